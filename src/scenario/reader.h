/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the scenario reader share: complaints in the order of the file, objects read by
 * a table of keys, and small values. Nothing here stops at an error: the reading goes on, so that
 * all errors are reported together, and the scenario is used only where there was none. */
#ifndef TRADEOFF_SCENARIO_READER_H
#define TRADEOFF_SCENARIO_READER_H

#include "tradeoff/scenario.h"
#include "json/json.h"

enum {
    SCENARIO_MAX_LEVELS = 1000, /* of one criterion */
    SCENARIO_MAX_MARKS = 100,   /* that mean "not measured", of one criterion */
    SCENARIO_MAX_PARTS =
        1000 /* columns of an id, summands of a "linear": no table has more columns */
};

typedef struct scenario_reader {
    tdo_arena *a;
    const tdo_node *root;
    tdo_scenario *s;
    const char **criterion_id; /* [s->n_criteria] as they stand in the file, read or not */
    bool *levels_known;        /* [s->n_criteria] its levels were read, or it has none */
    tdo_error *error;          /* [shown] the complaints that come first, sorted by place */
    size_t shown;              /* <= TDO_REPORT_SHOWN */
    size_t complaints;         /* all of them */
    const tdo_node *path_of;   /* the node of which the path was asked for last */
    const char *path;          /* that path */
    bool facts_only;           /* nobody need have wishes */
    bool segments_only;        /* there need be no candidates */
    bool outside_allowed;      /* files may lie outside the scenario's folder */
    bool set_trusted;          /* those that a --set names may: somebody typed it */
    bool no_memory;            /* once true, the reading fails whatever else it finds */
} scenario_reader;

/* ---- complaints (complaints.c) ---- */

typedef enum scenario_whereof { SCENARIO_AT_VALUE, SCENARIO_AT_KEY } scenario_whereof;

/* Notes an error in the value or the key of n. */
void scenario_complain(scenario_reader *r, const tdo_node *n, scenario_whereof whereof,
                       const char *fmt, ...) TDO_PRINTF(4, 5);

/* Pieces for the text of a complaint about n, "" where it comes too late to be shown. */
const char *scenario_say_path(scenario_reader *r,
                              const tdo_node *n); /* "criteria.latency", "the scenario" */
const char *scenario_say_value(scenario_reader *r,
                               const tdo_node *n); /* 3, the string "x", a list, ... */
const char *scenario_say_name(scenario_reader *r, const tdo_node *n, const char *name); /* "name" */
/* ` (did you mean "x"?)`, or else ` (KIND: "x", "y")`, or else "" where there is no word. */
const char *scenario_say_nearest(scenario_reader *r, const tdo_node *n, const char *name,
                                 const char *kind, const char *const *words, size_t n_words);

/* For what is found out later, when the tree is gone. */
tdo_place scenario_place_of(scenario_reader *r, const tdo_node *n, scenario_whereof whereof);

/* As tdo_alloc, and notes when there is no memory. */
void *scenario_reader_alloc(scenario_reader *r, size_t count, size_t size);

/* ---- objects (keys.c) ---- */

/* Types that a key may have, to be added. */
enum {
    SCENARIO_IS_BOOL = 1 << JSON_NODE_BOOL,
    SCENARIO_IS_NUMBER = 1 << JSON_NODE_NUMBER,
    SCENARIO_IS_STRING = 1 << JSON_NODE_STRING,
    SCENARIO_IS_LIST = 1 << JSON_NODE_LIST,
    SCENARIO_IS_OBJECT = 1 << JSON_NODE_OBJECT,
    SCENARIO_IS_ANY = 1 << 6 /* whoever reads the key says what it may be */
};

typedef enum scenario_key_use { SCENARIO_OPTIONAL, SCENARIO_REQUIRED } scenario_key_use;

typedef struct scenario_key {
    const char *name;
    unsigned types;
    scenario_key_use use;
    size_t offset; /* of the `const tdo_node *` in the record */
} scenario_key;

/* clang-format off */
#define SCENARIO_KEY(record, field, types, use) {#field, types, use, offsetof(record, field)}
/* clang-format on */

/* Puts the children of an object into a record of `const tdo_node *`, NULL where a key is absent or
 * was complained about: an unknown key, a wrong type, a required one that is missing. */
void scenario_read_keys(scenario_reader *r, const tdo_node *object, const scenario_key *keys,
                        size_t n_keys, void *record);

/* Is the key absent, and no complaint about another key (misspelt, not supported yet) tells why? */
bool scenario_is_missing(const tdo_node *object, const scenario_key *keys, size_t n_keys,
                         const char *name);

/* ---- small values (values.c); NULL is "absent" and leaves *out as it is ---- */

/* Is n of one of these types? Complains where it is not. */
bool scenario_expect(scenario_reader *r, const tdo_node *n, unsigned types);
void scenario_read_text(const tdo_node *n, const char **out);
/* A string that is not empty. */
void scenario_read_name(scenario_reader *r, const tdo_node *n, const char **out);
/* The name of a column, and where it stands; nothing where n is NULL. */
void scenario_read_column(scenario_reader *r, const tdo_node *n, const char **column,
                          tdo_place *place);
/* A number that is not negative. True where *out was set. */
bool scenario_read_amount(scenario_reader *r, const tdo_node *n, double *out);
/* A number in [least, 1). True where *out was set. */
bool scenario_read_below_1(scenario_reader *r, const tdo_node *n, double least, double *out);
/* The least probability from which on something may count as shown. */
#define SCENARIO_LEAST_LEVEL 0.5
/* The index of a string among words. True where *out was set. */
bool scenario_read_choice(scenario_reader *r, const tdo_node *n, const char *const *words,
                          size_t n_words, size_t *out);
/* A reading of a criterion, by index (TDO_NONE: of a column): a number, or one of its levels. n is
 * not NULL. */
bool scenario_read_bound(scenario_reader *r, const tdo_node *n, size_t criterion, double *out);
/* The index of a criterion by its id. */
bool scenario_read_criterion_id(scenario_reader *r, const tdo_node *n, size_t *out);
/* Checks the id (the key) of a criterion or stakeholder: length, control characters. */
void scenario_check_id(scenario_reader *r, const tdo_node *n, const char *what);
/* The criterion that the key of n names; TDO_NONE: complained of. */
size_t scenario_key_criterion(scenario_reader *r, const tdo_node *n);

/* ---- the parts ---- */

/* candidates.c. n: NULL is absent. */
void scenario_read_candidates(scenario_reader *r, const tdo_node *n);

/* files.c. n: NULL is absent. */
/* A file: its name as written, and from the current folder. Both stay NULL where it is none. */
void scenario_read_file(scenario_reader *r, const tdo_node *n, const char **file,
                        const char **path);
/* A column, or a list of different ones. */
void scenario_read_columns(scenario_reader *r, const tdo_node *n, const char ***out, size_t *n_out);
void scenario_read_delimiter(scenario_reader *r, const tdo_node *n, char *out);
/* Standard input is no file beside the candidates'. */
void scenario_refuse_input(scenario_reader *r, const tdo_node *n, const char *file);
/* A file with several rows for each candidate, by its keys. */
void scenario_read_beside(scenario_reader *r, const tdo_node *file, const tdo_node *id,
                          const tdo_node *delimiter, tdo_beside *out);
/* True where *out was set. */
bool scenario_read_missing(scenario_reader *r, const tdo_node *n, tdo_missing *out);

/* join.c */
void scenario_read_joins(scenario_reader *r, const tdo_node *list);

/* groups.c */
void scenario_read_groups(scenario_reader *r, const tdo_node *n, tdo_criterion *c);

/* items.c */
void scenario_read_items(scenario_reader *r, const tdo_node *n, tdo_criterion *c);
/* After all criteria: what of one file is joint must be so. */
void scenario_check_items(scenario_reader *r, const tdo_node *criteria);

/* spread.c. A "se": a number, or the column that holds it. se: NULL is absent. */
void scenario_read_se(scenario_reader *r, const tdo_node *se, double *number, const char **column);
/* What gives an error; NULL: not given. */
typedef struct scenario_error_nodes {
    const tdo_node *se, *interval, *runs, *bounds;
} scenario_error_nodes;
void scenario_read_shape(scenario_reader *r, const scenario_error_nodes *given,
                         tdo_error_shape *out);
/* errors.c. After the constraints. errors: NULL is absent. */
void scenario_read_errors(scenario_reader *r, const tdo_node *errors, const tdo_node *criteria);
/* n: NULL is absent. */
void scenario_read_robustness(scenario_reader *r, const tdo_node *n);

/* worth.c. After the criteria. measure, worth_in: NULL is absent. */
void scenario_read_worth(scenario_reader *r, const tdo_node *measure, const tdo_node *worth_in);

/* criteria.c */
void scenario_read_criteria(scenario_reader *r, const tdo_node *n);

/* shape.c. range, value: NULL where absent; goal: its name, NULL where not known. */
void scenario_read_criterion_shape(scenario_reader *r, const tdo_node *range, const tdo_node *value,
                                   const char *goal, size_t criterion);

/* people.c */
void scenario_read_stakeholders(scenario_reader *r, const tdo_node *n);

/* After the stakeholders. n: NULL is absent. */
void scenario_read_powers(scenario_reader *r, const tdo_node *n);

/* prefers.c. Statements on what the subject (statement.h) names; n_part is 0 after a complaint. */
struct scenario_subject;
void scenario_read_statements(scenario_reader *r, const tdo_node *list,
                              const struct scenario_subject *about, tdo_preference **part,
                              size_t *n_part);

/* limits.c */
/* How many of a list of limits are read. */
size_t scenario_limits_room(const tdo_node *list);
/* Is n, before which so many were read, one too many? Then it is complained of. what: "limits" */
bool scenario_is_beyond(scenario_reader *r, const tdo_node *list, const tdo_node *n, size_t read,
                        const char *what);
void scenario_read_where(scenario_reader *r, const tdo_node *n);
void scenario_read_constraints(scenario_reader *r, const tdo_node *n);
/* Does it say neither "criterion" nor "column", and no complaint tells why? */
bool scenario_lacks_subject(const tdo_node *object, const scenario_key *keys, size_t n_keys);
/* What is limited: "criterion" or "column" (NULL: absent), one of them. False where that is not
 * known. n: the object. lacking: it says neither. */
bool scenario_read_subject(scenario_reader *r, const tdo_node *n, bool lacking,
                           const tdo_node *criterion, const tdo_node *column, tdo_condition *out);
/* min and max, each NULL where absent, of a criterion (TDO_NONE: of a column). */
void scenario_read_bounds(scenario_reader *r, const tdo_node *min, const tdo_node *max,
                          size_t criterion, tdo_condition *out);
/* A condition in words; "" once there was a complaint: then nobody reads it. */
const char *scenario_say_condition(scenario_reader *r, const tdo_condition *is);
/* Appends a constraint; n is to blame where there are too many. */
void scenario_add_constraint(scenario_reader *r, const tdo_node *n, const tdo_constraint *c);

/* rule.c. After the stakeholders. n: NULL is absent. */
void scenario_read_rule(scenario_reader *r, const tdo_node *n);

/* segments.c. After the stakeholders. */
void scenario_read_segments(scenario_reader *r, const tdo_node *n);

/* mix.c */
void scenario_read_mix(scenario_reader *r, const tdo_node *n);

/* splits.c: the frontier of the mix. */
void scenario_read_splits(scenario_reader *r, const tdo_node *n);
/* portfolio.c */
void scenario_read_portfolio(scenario_reader *r, const tdo_node *n);

/* ---- the command line (overrides.c) ---- */

/* Errors: TDO_E_USAGE, TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status scenario_apply_overrides(tdo_node *root, const tdo_overrides *over,
                                                 tdo_arena *a, tdo_error *err);

#endif
