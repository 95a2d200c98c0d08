/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of a criterion: what is measured, how its cells are read, and its errors. */
#ifndef TRADEOFF_CRITERION_H
#define TRADEOFF_CRITERION_H

#include "tradeoff/beside.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tdo_goal { TDO_GOAL_MAX, TDO_GOAL_MIN, TDO_GOAL_TARGET, TDO_GOALS } tdo_goal;
TDO_API extern const char *const tdo_goal_name[TDO_GOALS]; /* "max", "min", "target" */

typedef enum tdo_missing { TDO_MISSING_ERROR, TDO_MISSING_DROP, TDO_MISSING_WORST } tdo_missing;

/* What the cells of a column of numbers hold. */
typedef enum tdo_cell_form {
    TDO_CELLS_PLAIN,      /* a number */
    TDO_CELLS_PLUS_MINUS, /* 0.82 ± 0.02, 0.82 (0.02): a number and its standard error */
    TDO_CELLS_INTERVAL,   /* 0.93 (0.87-0.98), 0.93 [0.87, 0.98]: a number and its interval */
    TDO_CELLS_QUANTITY,   /* 12 ms, 1.5 GB, $0.15, 1.2M: a number and its unit */
    TDO_CELL_FORMS        /* how many there are */
} tdo_cell_form;

/* What "as" calls them: "" for plain ones, "plus-minus", ...; in the order of the enum. */
TDO_API extern const char *const tdo_cell_form_name[TDO_CELL_FORMS];

/* How the text of a number column is to be read. */
typedef struct tdo_reading_style {
    bool percent;   /* a final % is allowed; 77.4% reads as 77.4 */
    char thousands; /* the separator of groups of three digits; 0: none */
    char decimal;   /* the decimal sign where it is no point; 0: a point */
    tdo_cell_form as;
    bool unit_optional;       /* of quantities: a number alone is in the unit */
    const char *unit;         /* of quantities: what they are converted to; NULL: none */
    const char *const *marks; /* [n_marks] words that mean "not measured", beside the known ones */
    size_t n_marks;
} tdo_reading_style;

/* Do two styles read every cell alike? */
TDO_API bool tdo_same_style(const tdo_reading_style *a, const tdo_reading_style *b);

/* Does the text mean "not measured" in this style? */
TDO_API bool tdo_is_missing(const tdo_reading_style *style, const char *s, size_t length);

/* One summand of a derived measurement. */
typedef struct tdo_term {
    const char *column;
    double coefficient;
    tdo_place place;
} tdo_term;

/* What is said of an error beside its size, if anything. */
typedef struct tdo_error_shape {
    const char *low, *high;  /* columns of the ends of an interval, which take the place of a
                                standard error; NULL: there is none */
    double level;            /* of the interval, in (0, 1) */
    double runs;             /* it comes from so few runs: whole, >= 2; 0: not said */
    const char *runs_column; /* or the column that says it; NULL: none */
    bool has_bounds;         /* the reading cannot leave [bound_low, bound_high] */
    double bound_low, bound_high;
    tdo_place place;
} tdo_error_shape;

typedef struct tdo_criterion {
    const char *id;
    const char *label; /* the id where the scenario gives none */
    const char *unit;  /* "" where none */
    tdo_place place;
    tdo_term *terms; /* [n_terms] the measurement is their sum; one term with coefficient 1: a
                        column */
    size_t n_terms;
    bool linear; /* written as "linear" */
    tdo_reading_style style;
    const char *const *levels; /* [n_levels] ordinal words, worst first; NULL: numbers */
    size_t n_levels;
    tdo_goal goal;
    double target;             /* for TDO_GOAL_TARGET: the reading that is best */
    bool has_range;            /* worst and best are given, as measurements (distances, */
    double worst, best;        /*   where the goal is a target) */
    double *value_x, *value_v; /* [n_value] piecewise-linear value function; NULL: none */
    size_t n_value;
    bool has_se;           /* se or an interval is given (here, or for its only column in "errors"),
                              and takes the place of what cells and averages tell */
    double se;             /* standard error of every measurement; 0: none */
    const char *se_column; /* or the column that holds it; NULL: none */
    tdo_error_shape shape;
    tdo_place error_place; /* where the scenario says its error; file NULL: nowhere */
    bool has_correlation, has_indifference;
    double correlation;   /* of the errors of any two candidates, in [0, 1) */
    double indifference;  /* >= 0; 0 where none is given */
    bool mixes_worst;     /* a split is as bad as the worst of those used (else: the mean) */
    tdo_groups *groups;   /* measured in subgroups, and n_terms is 0; NULL: it is not */
    tdo_items *items;     /* measured item by item, and n_terms is 0; NULL: it is not */
    bool zero_is_missing; /* a cell that reads 0 was not measured */
    bool has_missing;     /* has a missing policy of its own (else: the scenario's) */
    tdo_missing missing;
} tdo_criterion;

/* The error of a column, of "errors" or of a criterion that reads nothing else. */
typedef struct tdo_column_error {
    const char *column;
    double se;             /* standard error of every cell */
    const char *se_column; /* or the column that holds it; NULL: none */
    bool in_cells;         /* or each cell says it (0.82 ± 0.02) */
    tdo_error_shape shape;
    bool has_correlation;
    double correlation; /* of the errors of any two candidates, in [0, 1) */
    tdo_place place;
} tdo_column_error;

#ifdef __cplusplus
}
#endif

#endif
