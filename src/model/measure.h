/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readings while they are made; they become a tdo_measured when all is well. */
#ifndef TRADEOFF_MODEL_MEASURE_H
#define TRADEOFF_MODEL_MEASURE_H

#include "model/model.h"

typedef struct model_readings {
    const tdo_scenario *s;
    const tdo_table *t;
    const tdo_table *group_table; /* [plan.n_groups] */
    const tdo_table *item_table;  /* [plan.n_items] */
    tdo_arena *a;
    tdo_warnings *w;
    tdo_report *report;
    model_plan plan;

    bool incomplete; /* as in tdo_tables */

    size_t n;                /* candidates */
    const uint32_t *line;    /* [n] the first of each */
    const uint32_t *order;   /* [t->n] the rows, those of a candidate together, in the file's order;
                                NULL: row i is candidate i */
    const size_t *start;     /* [n + 1] those of candidate i are order[start[i]] ..
                                order[start[i + 1] - 1]; NULL as above */
    const double **averaged; /* [plan.n_wanted] each [n], or NULL: not asked for yet */
    double **averaged_rest;  /* [plan.n_wanted] each [n], or NULL: nothing */

    double **reading;             /* [d] each [n], NaN: not measured */
    double **rest;                /* [d] each [n], or NULL: nothing */
    const double **se;            /* [d] each [n], or NULL */
    const double **low, **high;   /* [d] each [n], or NULL */
    tdo_spread *error;            /* [d] */
    tdo_spread *column_error;     /* [errors] */
    size_t draws;                 /* 0: there are none */
    const uint32_t *draw_row;     /* [draws x n] */
    const double **drawn;         /* [d] each [t->n] by row, or NULL: the same in all draws */
    const double **drawn_limited; /* [m] as drawn */
    const tdo_subgroups **groups; /* [d], or NULL */
    const tdo_item_file *items;   /* [n_items] */
    size_t n_items;
    bool no_memory;                   /* for a message: an input error is not what it is */
    bool *dropped;                    /* [n] */
    bool *imputed;                    /* [d x n]; NULL: nothing was */
    const double **limited;           /* [m] each [n], or NULL */
    const double **limited_rest;      /* [m] each [n], or NULL: nothing */
    const double **mix_limited;       /* [limits of the mix] each [n], or NULL */
    const double **mix_limited_rest;  /* each [n], or NULL: nothing */
    const double **portfolio_limited; /* [limits of the portfolio] likewise */
    const double **portfolio_limited_rest;
} model_readings;

/* Adds an error about a line of a file to the report. text comes from the arena; where it is NULL,
 * memory ran out, and that is what tdo_measure returns. */
void model_readings_complain(model_readings *r, const char *file, uint32_t line, const char *text);

/* Keeps a rest that is not 0 at place i of [n]. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_keep_rest(model_readings *r, double **rest, size_t n, size_t i,
                                        double x);

/* ---- average.c: several rows of a candidate ---- */

/* Sorts the rows by candidate. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_gather_rows(model_readings *r);

/* What is averaged. */
typedef struct model_rows {
    const char *what;   /* "criterion" or "column", and */
    const char *name;   /*   its name, for messages */
    const double *row;  /* [t->n] */
    const double *rest; /* [t->n]; NULL: nothing */
} model_rows;

/* The mean of each candidate's rows, over those measured. mean: [n], *rest: [n] or NULL, se: [n]
 * gets the standard error of the mean, runs: [n] from how many rows; NULL: not wanted. Errors:
 * TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_average_rows(model_readings *r, const model_rows *of, double *mean,
                                           double **rest, double *se, double *runs);

/* The standard error of a mean of rows that have each their own. row: [t->n] what is averaged,
 * row_se: [t->n], se: [n]. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_average_errors(model_readings *r, const double *row,
                                             const double *row_se, double *se);

/* By candidate, where several rows are one: the error of the mean of rows that have each their own.
 * row, y: [t->n]. NULL: no memory. */
const double *model_by_candidate(model_readings *r, const double *row, const double *y);

/* A wanted column of numbers or words, by candidate. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_candidate_numbers(model_readings *r, size_t column,
                                                const double **out, const double **rest);
TDO_MUST_USE tdo_status model_candidate_words(model_readings *r, size_t column,
                                              const uint32_t **out);

/* ---- readings.c, groups.c: one criterion ---- */

/* Where its readings are, or will be: [n]. Those that just are a column stand there already, and
 * nothing else is put into them. NULL: memory is out. */
double *model_room_for_reading(const model_readings *r, size_t c);

/* Its readings and their standard errors. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_read_criterion(model_readings *r, size_t c);

/* Those of a criterion with subgroups. se: [n], all NaN where nothing tells it.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_take_groups(model_readings *r, size_t c, double *se);

/* ---- items.c: all criteria that are measured item by item ---- */

/* Their readings and errors. What is wrong with items is in the report. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_take_items(model_readings *r);

/* ---- spread.c: errors ---- */

/* [n] of one number; NULL: no memory. */
double *model_constant(const model_readings *r, double x);

/* The error of criterion c, into se and error. row: the readings by row, where rows are averaged;
 * se, runs: [n] what follows from the rows or the subgroups; NULL: nothing does. What stands in the
 * cells comes before these, and the scenario's own before all. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_settle_error(model_readings *r, size_t c, const double *row,
                                           const double *se, const double *runs);

/* The errors of columns, after all criteria; sums of such columns get theirs. Errors: TDO_E_MEMORY.
 */
TDO_MUST_USE tdo_status model_read_errors(model_readings *r);

/* ---- interval.c ---- */

/* z with P(-z < x < z) = level of a standard normal x; level in (0, 0.9999]. */
double model_normal_reach(double level);

/* The ends of an interval as an error: low, high: [t->n] by row, row: the readings likewise. An
 * interval without its reading is reported. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_take_interval(model_readings *r, const tdo_error_shape *shape,
                                            const double *row, const double *low,
                                            const double *high, tdo_spread *out);

/* ---- cell_errors.c ---- */

/* The errors that stand in the cells of a criterion, where any do, into se, low, high and error.
 * row: the readings by row, where rows are averaged. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_cell_errors(model_readings *r, size_t c, const double *row,
                                          bool *found);

/* The errors that stand in the cells of a column that some criterion reads. Errors: TDO_E_MEMORY.
 */
TDO_MUST_USE tdo_status model_column_errors(model_readings *r, const char *column, tdo_spread *out);

/* [n] of a column of intervals; NULL: no memory. */
double *model_interval_errors(tdo_arena *a, const tdo_column *x, size_t n);

/* Says what a column of intervals is taken for. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_warn_interval(model_readings *r, const char *id);

/* ---- draws.c ---- */

/* Which row is which draw of whom, after criteria and constraints. Errors: TDO_E_MEMORY; what is
 * twice, or not there, is in the report. */
TDO_MUST_USE tdo_status model_read_draws(model_readings *r);

/* ---- missing.c ---- */

/* What becomes of a criterion's missing readings. */
tdo_missing model_policy_of(const model_readings *r, size_t c);

/* Applies the missing policies to what is NaN in reading and limited.
 * Errors: TDO_E_MEMORY; bad rows are in the report. */
TDO_MUST_USE tdo_status model_missing_policy(model_readings *r);

/* ---- doubts.c ---- */

/* Warns of words that occur nowhere, far values, mixed scales, ranges in another unit, and wishes
 * that are hardly meant. After the missing policy. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_find_doubts(model_readings *r);

/* Are they the same but for case, blanks and signs? */
bool model_letters_agree(const char *a, const char *b);

/* ---- doubt_text.c ---- */

/* "scenario.json:4:9: ", or nothing where it was not read from a file; "criterion \"latency\"". */
void model_put_place(tdo_sink *o, const tdo_place *p);
void model_put_criterion(tdo_sink *o, const tdo_criterion *k);
/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_warn(model_readings *r, const char *code, const tdo_sink *text);

/* ---- doubt_numbers.c ---- */

/* What criterion c measures, and its errors. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_doubt_numbers(model_readings *r, size_t c);
/* The bounds of constraint j. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_doubt_bound(model_readings *r, size_t j);
/* A need of stakeholder h. */
TDO_MUST_USE tdo_status model_doubt_need(model_readings *r, size_t h, const tdo_need *need);

/* ---- doubt_rows.c ---- */

/* Warns of rows that are hardly candidates. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_doubt_rows(model_readings *r);

#endif
