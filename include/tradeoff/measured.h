/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured: every candidate's readings, before any judgement. n candidates loaded, d
 * criteria, m constraints. */
#ifndef TRADEOFF_MEASURED_H
#define TRADEOFF_MEASURED_H

#include "tradeoff/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The values of subgroups that a criterion was taken from. */
typedef struct tdo_subgroups {
    const char *file;        /* as the user named it */
    const char *const *name; /* [n_names] the subgroups, in the order of the file */
    size_t n_names;
    const size_t *start;   /* [n + 1] those of candidate i are at start[i] .. start[i + 1] - 1 */
    const uint32_t *group; /* [start[n]] index into name; ascends for each candidate */
    const double *value;   /* [start[n]] as read, measured */
    const double *size;    /* [start[n]] number of cases, NaN: not known; NULL: none is */
    const double *se; /* [start[n]] standard errors of the values, NaN: not known; NULL: none is
                         said */
    double rate;      /* the values are rates of 0 to this, and their sizes say how sure they
                         are (where se is NULL); 0: they are not */
} tdo_subgroups;

/* The items that a criterion was measured by, as its error. A unit is an item, or a cluster of
 * items; the units of one file are the same for all its criteria. With score e[i][u] of candidate i
 * and unit u (0 where it is not measured there) the covariance of the readings of i and j is
 * sum over u of e[i][u] e[j][u], also between criteria of a file. */
typedef struct tdo_item_scores {
    size_t criterion;
    const size_t *start;  /* [n + 1] those of candidate i are at start[i] .. start[i + 1] - 1 */
    const uint32_t *unit; /* [start[n]] ascends for each candidate; of a quantile: as value */
    const double *score;  /* [start[n]]; NULL: a quantile, of */
    const double *value;  /* [start[n]] what the items read, ascending for each candidate */
    double quantile;      /* of a quantile */
    bool share;           /* a mean of items that are each 0 or 1, not in clusters */
} tdo_item_scores;

typedef struct tdo_item_file {
    const char *name;          /* as the scenario names it */
    size_t units;              /* items, or clusters, that somebody is measured in */
    const tdo_item_scores *of; /* [n] its criteria, in the order of the scenario */
    size_t n;
} tdo_item_file;

/* An error of measurement, by candidate. */
typedef struct tdo_spread {
    const double *se; /* [n] standard errors, NaN: not known, which counts as exact; NULL: none */
    const double *below, *above; /* [n] of an interval: the scale on both sides of the reading,
                                    which is the median; NULL: it is none */
    const double *runs;          /* [n] from how many runs se comes, NaN: not known; NULL: many */
    bool has_bounds;             /* the reading is within [low, high], and cannot leave it, which
                                    says more than runs do: */
    double low, high;
    const double *reading; /* [n] this */
} tdo_spread;

typedef struct tdo_measured {
    size_t n, d, m;
    const char *const *id;        /* [n] */
    const uint32_t *line;         /* [n] of its first row */
    size_t rows;                  /* data rows in the file */
    size_t where_dropped;         /* rows that are no candidates */
    size_t averaged;              /* rows beyond the first of each candidate */
    const double *const *reading; /* [d] each [n]: as read, in the criterion's unit; NaN: not
                                     measured (then the candidate is dropped). Where it is just a
                                     column, that of the table */
    const double *const *rest; /* [d] each [n]: what the exact reading (a sum, a mean, a decimal of
                                  more than 17 digits) has beyond the decimal that `reading` stands
                                  for (base/decimal.h): comparisons with bounds and limits are of
                                  both together. NULL: nothing. NULL: for no criterion */
    const double *const *se;   /* [d] each [n] standard errors of the readings, NaN: not known; or
                                  NULL */
    const double *const *low; /* [d] each [n] ends of the intervals in the cells themselves, of 95 %
                                 where nothing else is said; NaN: not known; or NULL */
    const double *const *high;
    size_t draws;                       /* joint draws, of which the readings are means; 0: none */
    const uint32_t *draw_row;           /* [draws x n] the row of each draw and candidate */
    const double *const *drawn;         /* [d] each by row; NULL: the same in all draws */
    const double *const *drawn_limited; /* [m] as drawn, of limited columns */
    const tdo_spread *column_error;     /* [errors of the scenario] */
    const tdo_spread *error;            /* [d] of the readings; se as above */
    const bool *dropped;                /* [n] the missing policy "drop" took it out */
    const bool *imputed; /* [d x n] reading taken by the missing policy "worst"; NULL: none */
    const double *const *limited;      /* [m] each [n]: the column that a constraint limits, NaN:
                                          missing; NULL: the constraint is on a criterion, or has no
                                          min and no max */
    const double *const *limited_rest; /* [m] as rest. NULL: nothing */
    const bool *const *matches;  /* [m] each [n]: do equals, in, not_in hold? NULL: it has none */
    const uint32_t *const *word; /* [m] each [n]: the cell of a constraint's column, as an index
                                    into */
    const char *const *const *words;  /* [m] each: its distinct cells; NULL where matches is */
    size_t incumbent;                 /* index of the candidate that runs today; TDO_NONE */
    size_t measured_n;                /* candidates that are not dropped, also elsewhere; 0: those
                                         here */
    const double *const *mix_limited; /* [limits of the mix] each [n]: the column that one limits,
                                         NaN: missing; NULL: it is on a criterion. NULL: all
                                         are */
    const double *const *mix_limited_rest;       /* [limits of the mix] as rest. NULL: nothing */
    const double *const *portfolio_limited;      /* [limits of the portfolio] as mix_limited */
    const double *const *portfolio_limited_rest; /* [limits of the portfolio] as rest */
    const tdo_subgroups *const *groups;          /* [d] NULL: it has none. NULL: none has */
    const tdo_item_file *items;                  /* [n_items] files of items */
    size_t n_items;
    const double *const *const *cell; /* [d][n_terms] each [n], NULL where it holds words: the cells
                                         that a reading is the sum of; NULL: it is none of cells
                                         that are this candidate's alone (subgroups, means of rows,
                                         files that several candidates share). NULL: for no
                                         criterion */
} tdo_measured;

/* An exact reading (rest: 0 where there is none) less a bound, rounded once: its sign is right. */
TDO_API double tdo_beyond(double reading, double rest, double bound);

/* The rest of a reading; 0 where there is none. */
TDO_API double tdo_rest(const tdo_measured *x, size_t c, size_t i);

/* All readings, to be edited: [d] each [n]. NULL: memory is out. */
TDO_API double **tdo_copy_readings(const tdo_measured *x, tdo_arena *a);

/* The columns that tdo_measure needs, in an order of its own.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_columns_wanted(const tdo_scenario *s, tdo_arena *a,
                                                   tdo_wanted **out, size_t *n_out);

/* The tables of subgroups that tdo_measure needs: each file once for all criteria that find their
 * candidates in it in the same way. `known` is left to the caller.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_groups_wanted(const tdo_scenario *s, tdo_arena *a,
                                                  tdo_table_request **out, size_t *n_out);

/* The tables of items that tdo_measure needs, likewise.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_items_wanted(const tdo_scenario *s, tdo_arena *a,
                                                 tdo_table_request **out, size_t *n_out);

/* Where the subgroups of candidate i are that criterion c takes for the worst and the best off: for
 * a gap or a ratio those of the least and the largest value, else by the goal; equal ones by the
 * bytes of their names. TDO_NONE: it has no subgroups. */
TDO_API void tdo_subgroup_ends(const tdo_criterion *c, const tdo_subgroups *g, size_t i,
                               size_t *worst, size_t *best);

/* What criterion c takes of the values of n subgroups (a gap or a ratio: 2 at least), exact and
 * rounded once. size: [n]; NULL: all count alike. *rest: as in tdo_measured. NaN: no ratio can be
 * taken of them. */
TDO_API double tdo_taken(const tdo_criterion *c, const double *value, const double *size, size_t n,
                         double *rest);

/* The tables that a scenario names, read with the columns it wants. */
typedef struct tdo_tables {
    const tdo_table *candidates;
    const tdo_table *groups; /* those of tdo_groups_wanted, with the ids of the candidates as known;
                                NULL where it wants none */
    const tdo_table *items;  /* those of tdo_items_wanted, likewise */
    bool incomplete;         /* other candidates are in tables elsewhere: whoever is not here (the
                                incumbent, the one measured worst) is no error, and a reading may
                                stay NaN though the policy is "worst" */
    size_t measured_n;       /* candidates that are not dropped, also elsewhere; 0: those here */
} tdo_tables;

/* Turns the tables into readings and applies the missing policy. Several rows of a candidate are
 * averaged.
 * Errors: TDO_E_INPUT (a level that is not in the list, rows of a candidate that disagree in a
 * word, what cannot be taken of subgroups, a missing measurement under the policy "error", an
 * unknown incumbent; all in the report), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_measure(const tdo_scenario *s, const tdo_tables *tables,
                                            tdo_arena *a, tdo_measured *out, tdo_warnings *w,
                                            tdo_report *report);

/* The candidate with this id, or TDO_NONE. O(n). */
TDO_API size_t tdo_find_candidate(const tdo_measured *x, const char *id);

/* The bounds of limits that are relative to the incumbent: of a target those on both sides of it.
 * Where there are such, *s becomes a copy that has them. Errors: TDO_E_INPUT (the incumbent was not
 * measured there, or a percentage of 0 is asked for; located, in the report), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_set_relative_bounds(const tdo_scenario **s,
                                                        const tdo_measured *x, tdo_arena *a,
                                                        tdo_report *report);

#ifdef __cplusplus
}
#endif

#endif
