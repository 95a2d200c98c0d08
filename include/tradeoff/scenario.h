/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario: which file holds the candidates, what is measured, who wants what.
 * Format 1 of the scenario file; the README shows it by example. */
#ifndef TRADEOFF_SCENARIO_H
#define TRADEOFF_SCENARIO_H

#include "tradeoff/text.h"

enum {
    TDO_MAX_CRITERIA = 64,
    TDO_MAX_STAKEHOLDERS = 64,
    TDO_MAX_CONSTRAINTS = 64, /* with the vetoes */
    TDO_MAX_SCENARIO_BYTES = 8 << 20,
    TDO_MAX_SCENARIO_DEPTH = 32,
    TDO_MAX_NAME_BYTES = 256 /* of an id of a criterion or stakeholder */
};

#define TDO_NONE ((size_t)-1) /* "no index" */

/* Where a value stands in the scenario file, for messages about it that come later. */
typedef struct tdo_place {
    const char *file; /* the scenario as the user named it, or the text of a --set or --limit */
    const char *path; /* key path */
    unsigned line, column;
} tdo_place;

typedef enum tdo_goal { TDO_GOAL_MAX, TDO_GOAL_MIN, TDO_GOAL_TARGET } tdo_goal;

typedef enum tdo_missing { TDO_MISSING_ERROR, TDO_MISSING_DROP, TDO_MISSING_WORST } tdo_missing;

typedef enum tdo_rule {
    TDO_RULE_WEIGHTED,
    TDO_RULE_MAXIMIN,
    TDO_RULE_NASH,
    TDO_RULE_KALAI_SMORODINSKY,
    TDO_RULE_MINIMAX_REGRET,
    TDO_RULE_CHEBYSHEV,
    TDO_RULE_BORDA,
    TDO_RULE_COPELAND,
    TDO_RULE_KEMENY,
    TDO_RULES /* how many there are */
} tdo_rule;

/* "weighted", "maximin", ...; the names of the scenario format, in the order of the enum. */
TDO_API extern const char *const tdo_rule_name[TDO_RULES];

/* How the text of a number column is to be read. */
typedef struct tdo_reading_style {
    bool percent;   /* a final % is allowed; 77.4% reads as 77.4 */
    char thousands; /* the separator of groups of three digits; 0: none */
} tdo_reading_style;

/* One summand of a derived measurement. */
typedef struct tdo_term {
    const char *column;
    double coefficient;
    tdo_place place;
} tdo_term;

typedef struct tdo_criterion {
    const char *id;
    const char *label; /* the id where the scenario gives none */
    const char *unit;  /* "" where none */
    tdo_place place;
    tdo_term *terms; /* [n_terms] the measurement is their sum; one term with coefficient 1: a
                        column */
    size_t n_terms;
    bool linear;              /* written as "linear" */
    tdo_reading_style style;
    const char *const *levels; /* [n_levels] ordinal words, worst first; NULL: numbers */
    size_t n_levels;
    tdo_goal goal;
    double target;             /* for TDO_GOAL_TARGET: the reading that is best */
    bool has_range;            /* worst and best are given, as measurements (distances, */
    double worst, best;        /*   where the goal is a target) */
    double *value_x, *value_v; /* [n_value] piecewise-linear value function; NULL: none */
    size_t n_value;
    double se;                 /* standard error of every measurement; 0: none given */
    const char *se_column;     /* or the column that holds it; NULL: none */
    double indifference;       /* >= 0; 0 where none is given */
    bool has_indifference;
} tdo_criterion;

/* A word or a number to compare a cell with. */
typedef struct tdo_match {
    const char *text; /* as written */
    bool is_number;
    double number;
} tdo_match;

/* A condition on one column or one criterion. All parts that are present must hold. */
typedef struct tdo_condition {
    const char *column; /* NULL: on a criterion */
    size_t criterion;   /* index, or TDO_NONE: on a column */
    bool has_min, has_max;
    double min, max;      /* a limit on the reading, in its unit */
    tdo_match *equals;    /* NULL: none */
    tdo_match *in;        /* [n_in]; NULL: none */
    size_t n_in;
    tdo_match *not_in;    /* [n_not_in]; NULL: none */
    size_t n_not_in;
    tdo_place place;
} tdo_condition;

typedef struct tdo_constraint {
    tdo_condition is;
    const char *text;   /* "latency <= 150 ms": derived, for tables and words */
    const char *owner;  /* whose constraint; "" where not said */
    const char *why;    /* "" where not said */
    size_t stakeholder; /* the one whose veto it is; TDO_NONE: none */
} tdo_constraint;

/* What a stakeholder calls acceptable: reported, never a filter (a veto is a constraint too). */
typedef struct tdo_need {
    size_t criterion;
    bool has_min, has_max;
    double min, max; /* on the reading */
    bool veto;
    tdo_place place;
} tdo_need;

typedef struct tdo_stakeholder {
    const char *id;
    const char *label; /* the id where the scenario gives none */
    tdo_place place;
    double power;      /* as written, >= 0; default 1 */
    double *weights;   /* [n_criteria] as written, >= 0, at least one > 0 */
    tdo_need *needs;   /* [n_needs] */
    size_t n_needs;
} tdo_stakeholder;

typedef struct tdo_scenario {
    const char *file;  /* as the user named it */
    const char *title; /* "" where none */
    char sha256[65];   /* of the file's bytes, lower-case hex */
    const char *json;  /* the scenario in effect (with every --set, --limit and --rule), as compact
                          JSON */

    const char *candidates_file; /* as written */
    const char *candidates_path; /* from the current folder */
    const char **id_columns;     /* [n_id_columns] joined by " / " */
    size_t n_id_columns;
    tdo_place id_place, candidates_place, incumbent_place, rule_place;
    char delimiter;              /* 0: found from the header */
    tdo_condition *where;        /* [n_where] rows that are candidates at all */
    size_t n_where;
    tdo_missing missing;
    const char *incumbent;       /* NULL: none */

    tdo_criterion *criteria;     /* [n_criteria] */
    size_t n_criteria;
    tdo_stakeholder *stakeholders; /* [n_stakeholders] */
    size_t n_stakeholders;
    tdo_constraint *constraints; /* [n_constraints] in the file's order, then the vetoes */
    size_t n_constraints;

    tdo_rule rule;
    size_t simpler;        /* criterion of the simplest near-winner; or TDO_NONE */
    double simpler_within; /* in the unit of the headline score, >= 0 */
} tdo_scenario;

/* What the command line changes, applied in this order. */
typedef struct tdo_overrides {
    const char *const *set;   /* [n_set] "PATH=VALUE": VALUE is JSON, or else a string */
    size_t n_set;
    const char *const *limit; /* [n_limit] "latency<=80", "latency>=5" */
    size_t n_limit;
    const char *rule;         /* NULL: the scenario's */
} tdo_overrides;

/* Reads and validates a scenario. file: a path, or "-" for standard input.
 * over may be NULL. *out is made in the arena and untouched on error.
 * Every error of the file is in the report (located, with "did you mean").
 * Errors: TDO_E_INPUT, TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_scenario_read(const char *file, const tdo_overrides *over,
                                                  tdo_arena *a, tdo_scenario **out,
                                                  tdo_report *report);

#endif
