/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario: which file holds the candidates, what is measured, who wants what.
 * Format 1 of the scenario file; "tradeoff help scenario" shows it key by key. */
#ifndef TRADEOFF_SCENARIO_H
#define TRADEOFF_SCENARIO_H

#include "tradeoff/beside.h"
#include "tradeoff/criterion.h"
#include "tradeoff/rule.h"
#include "tradeoff/set.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_MAX_CRITERIA = 500,
    TDO_MAX_STAKEHOLDERS = 500,
    TDO_MAX_CONSTRAINTS = 64, /* with the vetoes */
    TDO_MAX_JOINS = 16,
    TDO_MAX_SCENARIO_BYTES = 8 << 20,
    TDO_MAX_SCENARIO_DEPTH = 32,
    TDO_MAX_NAME_BYTES = 256, /* of an id of a criterion or stakeholder */
    TDO_MAX_PREFERS = 128     /* parts of the statements of one stakeholder */
};

#define TDO_MAX_SAMPLES 1e9

#define TDO_NONE ((size_t)-1) /* "no index" */

/* How errors and open weights are sampled. */
typedef struct tdo_sampling {
    bool asked; /* the scenario has a "robustness" */
    bool has_samples;
    uint64_t samples; /* where has_samples; with `until`, at most */
    double until;     /* > 0: as many as it takes for the standard error of how often the winner is
                         first to be below this; 0: not asked */
    uint64_t seed;    /* default 1 */
    double level;     /* from which on something counts as shown, in [0.5, 1); default 0.95 */
} tdo_sampling;

/* More items of a criterion that could be measured, the same for every feasible candidate. */
typedef struct tdo_measure_more {
    size_t criterion;
    double sd;   /* of one item, in the unit of the criterion; > 0 */
    double cost; /* of `per` items, for all candidates together; NaN: not said */
    double per;  /* items; >= 1 */
    tdo_place place;
} tdo_measure_more;

/* A word or a number to compare a cell with. */
typedef struct tdo_match {
    const char *text; /* as written */
    bool is_number;
    double number;
} tdo_match;

/* Whether a cell must be measured. */
typedef enum tdo_presence { TDO_EITHER, TDO_PRESENT, TDO_ABSENT } tdo_presence;

/* A condition on one column or one criterion. All parts that are present must hold. */
typedef struct tdo_condition {
    const char *column; /* NULL: on a criterion */
    size_t criterion;   /* index, or TDO_NONE: on a column */
    bool has_min, has_max;
    double min, max;   /* a limit on the reading, in its unit */
    tdo_match *equals; /* NULL: none */
    tdo_match *in;     /* [n_in]; NULL: none */
    tdo_match *not_in; /* [n_not_in]; NULL: none */
    size_t n_in, n_not_in;
    tdo_presence present; /* of where only */
    tdo_place place;
} tdo_condition;

/* Another file, whose columns are added to the candidates' rows. */
typedef struct tdo_join {
    const char *file;   /* as written; of an absolute path the last name */
    const char *path;   /* from the current folder */
    const char **left;  /* [n_on] key columns, of the candidates' file or of an earlier join */
    const char **right; /* [n_on] the same key in this file */
    size_t n_on;
    char delimiter;      /* 0: found from the header */
    tdo_place place;     /* of the file's name */
    tdo_place *on_place; /* [n_on] */
} tdo_join;

/* Several rows for each candidate: their mean is measured. */
typedef struct tdo_average {
    const char **by; /* [n_by] rows with the same text in these columns are one candidate */
    size_t n_by;     /* 0: no averaging */
    bool se;         /* the standard error of the mean becomes the criterion's */
    tdo_place by_place;
} tdo_average;

typedef struct tdo_constraint {
    tdo_condition condition; /* of a relative one the bounds that tdo_set_relative_bounds finds */
    bool relative;           /* no worse than the incumbent by more than worse_by */
    bool percent;            /* worse_by is in percent of the incumbent's reading */
    double worse_by;         /* >= 0 */
    double shown;        /* admits only those that are shown to meet it at this level, in [0.5, 1);
                            0: the reading decides */
    bool shown_over_all; /* at the level for all candidates together */
    const char *text;    /* "latency <= 150 ms": derived, for tables and words */
    const char *owner;   /* whose constraint; "" where not said */
    const char *why;     /* "" where not said */
    size_t stakeholder;  /* the one whose veto it is; TDO_NONE: none */
} tdo_constraint;

/* What a stakeholder calls acceptable: reported, never a filter (a veto is a constraint too). */
typedef struct tdo_need {
    size_t criterion;
    bool has_min, has_max;
    double min, max; /* on the reading */
    bool veto;
    tdo_place place;
} tdo_need;

/* One part of a statement on the weights of a stakeholder (which sum to 1) or on the powers (which
 * do, too), all brought to one side: the sum of coefficient[c] x weight[c] is at least the bound.
 * "0.2 <= a <= 0.5" and "a = b" have two parts, "a >= b >= c" too. Numbers are multiplied by the
 * power of ten that makes them whole, so that they are as exact here as they were written.
 *
 * A statement may compare two candidates as wholes: the utility of the better one is at least that
 * of the other less `within`; "as good as" has two parts. Its coefficients are what their values
 * differ by, in units of TDO_WHOLE: tdo_weigh_statements sets them. */
typedef struct tdo_preference {
    const double *coefficient;  /* [criteria, or stakeholders] whole numbers up to 2^52, not all 0
                                   but of candidates with equal values; NULL: not known yet */
    double bound;               /* a whole number up to 2^52 */
    bool strict;                /* more than the bound */
    const char *better, *other; /* ids of the candidates that it compares; NULL: none */
    double within;              /* >= 0, in utility */
    size_t statement;           /* which one of the list it is a part of, from 0; those of "rates"
                                   come after those of "prefers" */
    const char *text;           /* that statement as written */
    tdo_place place;
} tdo_preference;

/* Values of candidates that are compared as wholes count in these units: what rounding did to a
 * value is less, so that differences that are equal in decimals are equal there, too. */
#define TDO_WHOLE 1e-14

/* Two candidates are as good as each other where their utilities differ by at most so much. */
#define TDO_AS_GOOD 0.02

/* What was said against a candidate (NULL: against all), word for word. */
typedef struct tdo_objection {
    const char *candidate, *by, *words; /* by whom; NULL: not said */
} tdo_objection;

typedef struct tdo_stakeholder {
    const char *id;
    const char *label; /* the id where the scenario gives none */
    tdo_place place;
    double power;      /* as written, >= 0; default 1; of statements alone: tdo_find_regions' */
    bool has_power;    /* it is written */
    double *weights;   /* [n_criteria] >= 0, one > 0; only_prefers: 0 until tdo_find_regions */
    bool only_prefers; /* no "weights" in the scenario */
    tdo_preference *prefers; /* [n_prefers] parts of "prefers" and "rates", in their order */
    size_t n_prefers;        /* 0: the weights are what they are */
    double vague;     /* in (0, 1]: each of the weights given may be off by so much; 0: not */
    tdo_need *needs;  /* [n_needs] */
    double move_cost; /* >= 0: what a move of its weights counts in an agreement; default 1 */
    tdo_objection *objections; /* [n_objections] */
    size_t n_needs, n_objections;
} tdo_stakeholder;

/* What the frontier of splits is a frontier of. */
typedef enum tdo_split_space {
    TDO_SPLITS_UNASKED,
    TDO_SPLITS_OF_CRITERIA,
    TDO_SPLITS_OF_STAKEHOLDERS
} tdo_split_space;

enum { TDO_SPLIT_AXES = 6 }; /* at most; at least 2 */

typedef struct tdo_split_options {
    tdo_split_space space;
    size_t axes, axis[TDO_SPLIT_AXES]; /* criteria that average, or stakeholders with power */
    size_t points;                     /* at most */
    double steps;                      /* at most; a whole number */
} tdo_split_options;

/* What is asked of a split between candidates. */
typedef struct tdo_mix_options {
    bool asked; /* the scenario has a "mix" */
    tdo_mix_rule rule;
    size_t max_models; /* candidates with a share, at most; 0: any number */
    double min_share;  /* of those with a share, in [0,1]; 0: any */
    tdo_constraint
        *limits; /* [n_limits] min, max: of the average (of the worst, where it mixes so) */
    size_t n_limits;
    bool infeasible_may_mix; /* who breaks bounds alone may take part: they bind the average, too */
    tdo_split_options frontier;
    tdo_place place, rule_place;
} tdo_mix_options;

/* What the object of a rule says beside its name. */
typedef struct tdo_rule_options {
    const double *owa_weights; /* [n_owa_weights] >= 0, none above the one before it, the worst-off
                                  first; n_owa_weights 0: S, S - 1, ..., 1 */
    size_t n_owa_weights;
    const size_t *stage; /* [n_stakeholders] of "priorities": whose stage is it, TDO_NONE: nobody
                            asks; NULL where the rule is another */
    size_t n_stages;
    double slack; /* >= 0, in utility */
} tdo_rule_options;

typedef struct tdo_scenario {
    const char *file;  /* as the user named it */
    const char *name;  /* its last name, for results: the same in any folder */
    const char *title; /* "" where none */
    char sha256[65];   /* of the file's bytes, lower-case hex */
    const char *json;  /* the scenario in effect, with every override, as compact JSON */

    const char *candidates_file; /* as written; of an absolute path the last name */
    const char *candidates_path; /* from the current folder */
    const char **id_columns;     /* [n_id_columns] joined by " / " */
    tdo_place id_place, candidates_place, incumbent_place, rule_place;
    char delimiter;       /* 0: found from the header */
    tdo_condition *where; /* [n_where] rows that are candidates at all */
    size_t n_where, n_join, n_id_columns;
    tdo_join *join;      /* [n_join] before where */
    tdo_average average; /* after where */
    const char *draw;    /* the column of joint draws, over which is averaged; NULL: none */
    tdo_place draw_place;
    tdo_missing missing;
    const char *incumbent; /* NULL: none */

    tdo_criterion *criteria; /* [n_criteria] */
    size_t n_criteria;
    tdo_stakeholder *stakeholders; /* [n_stakeholders] */
    size_t n_stakeholders;
    tdo_preference *powers; /* [n_powers] parts of statements on the powers */
    size_t n_powers;        /* 0: the powers are what they are */
    tdo_place powers_place;
    tdo_constraint *constraints; /* [n_constraints] in the file's order, then the vetoes */
    size_t n_constraints;

    tdo_rule rule;
    tdo_rule_options rule_options;
    size_t simpler;        /* criterion of the simplest near-winner; or TDO_NONE */
    double simpler_within; /* in the unit of the headline score, >= 0 */
    double simpler_shown;  /* < 1; leads shown at this level are kept; 0: none are */
    tdo_mix_options mix;
    tdo_portfolio_options portfolio;
    tdo_column_error *errors; /* [n_errors] each column once */
    size_t n_errors;
    tdo_sampling sampling;
    tdo_measure_more *measure; /* [n_measure] each criterion once */
    size_t n_measure;
    size_t worth_in;        /* the criterion in whose unit knowledge is paid for; or TDO_NONE */
    double periods;         /* for which a choice lasts, in those that its unit counts by; > 0 */
    tdo_segments *segments; /* NULL: none; a scenario with segments may have no candidates_file */
} tdo_scenario;

/* The need of that index among all, in the scenario's order; NULL: there are fewer. */
TDO_API const tdo_need *tdo_need_at(const tdo_scenario *s, size_t index, size_t *stakeholder);

/* A file's bytes in memory. s NULL: they are read from the file. */
typedef struct tdo_bytes {
    const char *s; /* [length] */
    size_t length;
} tdo_bytes;

/* What the command line changes, applied in this order. */
typedef struct tdo_overrides {
    const char *const *set; /* [n_set] "PATH=VALUE": VALUE is JSON, or else a string */
    size_t n_set;
    const char *const *limit; /* [n_limit] "latency<=80", "latency>=5" */
    size_t n_limit;
    const char *rule;     /* NULL: the scenario's */
    bool mix;             /* a mix is asked, whether the scenario has one or not (before all) */
    const char *mix_rule; /* of that; NULL: the scenario's */
    const char *splits;   /* of that, the space of its frontier; NULL: the scenario's */
    bool robust;          /* samples are asked for, whether the scenario does or not (before all) */
    const char *samples;  /* how many; NULL: the scenario's, or the default */
    const char *seed;     /* NULL: the scenario's */
    bool facts_only;      /* nobody need have wishes: "stakeholders" may be missing */
    bool segments_only;   /* only "segments" is read of the data: "candidates" may be missing */
    tdo_bytes text;       /* the scenario; s NULL: the file's */
    bool allow_outside;   /* files may lie outside the scenario's folder: it is trusted */
    bool set_by_file;     /* the set are of a file (a decision record), not typed: no more trusted
                             than the scenario */
} tdo_overrides;

/* Reads and validates a scenario. file: a path, or "-" for standard input.
 * over may be NULL. *out is made in the arena and untouched on error.
 * Every error of the file is in the report (located, with "did you mean").
 * Errors: TDO_E_USAGE (a --set or --limit that cannot be read), TDO_E_INPUT, TDO_E_IO,
 * TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_scenario_read(const char *file, const tdo_overrides *over,
                                                  tdo_arena *a, const tdo_scenario **out,
                                                  tdo_report *report);

#ifdef __cplusplus
}
#endif

#endif
