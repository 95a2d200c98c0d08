/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision as plain arrays of numbers: measured -> screened -> valued -> utility.
 * Each stage takes the earlier results as const and adds one of its own, in the run's arena.
 * n candidates loaded, F of them feasible, d criteria, S stakeholders, m constraints.
 * Arrays over feasible candidates have F entries, in the order of the file. */
#ifndef TRADEOFF_DECISION_H
#define TRADEOFF_DECISION_H

#include "tradeoff/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Scores and utilities closer than this count as tied. */
#define TDO_TIE 1e-12

/* ---- measured: every candidate's readings, before any judgement ---- */

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
    bool has_bounds;             /* the reading is within [low, high], and cannot leave it: */
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
 * averaged. Errors: TDO_E_INPUT (a level that is not in the list, rows of a candidate that disagree
 * in a word, what cannot be taken of subgroups, a missing measurement under the policy "error", an
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

/* ---- doubted: how sure it is that a limit holds, where what it reads has an error ---- */

typedef enum tdo_shown { TDO_NOT_SHOWN, TDO_SHOWN, TDO_BROKEN, TDO_SHOWN_NAMES } tdo_shown;

/* A limit on what has an error, or one that must be shown to hold. */
typedef struct tdo_limit_doubt {
    size_t constraint;
    double level;
    double *holds;     /* [n] the probability that it holds: of its parts (min, max) the smallest;
                          NaN: dropped, or not measured */
    tdo_shown *status; /* [n] shown: every part reaches the level; broken: some part is below
                          (1 - level) by the number of parts */
    double *shown_min; /* [n] the largest min that is shown to hold, and */
    double *shown_max; /* [n] the least max, so that a moved bound is judged, too; NaN: not
                          known */
    const double *se;  /* [n] of the normal error that decides; 0: none; NaN: another kind */
    double *needs;     /* [n] so many times as many items would show it if the reading holds:
                          above 1 where it is not shown; NaN: not known, or no number would */
    double *corrected; /* [n] of what is taken of noisy subgroups: 2 reading - mean of the draws,
                          without what noise alone adds; NaN: of no such; NULL: nobody's is */
} tdo_limit_doubt;

/* Candidates up to which the covariances of joint errors are kept. */
enum { TDO_MOST_JOINT = 200 };

/* What the errors of two candidates share in a criterion: that of their difference hangs on it. */
typedef struct tdo_shared_error {
    double correlation;       /* of every two; 0: none is stated */
    const double *covariance; /* [n (n + 1) / 2] where errors are joint (items, draws, sums): of i
                                 and j <= i at i (i + 1) / 2 + j; NULL: the correlation says all,
                                 or there are more than TDO_MOST_JOINT */
} tdo_shared_error;

typedef struct tdo_limit_doubts {
    const tdo_limit_doubt *limit; /* [n] in the order of the constraints */
    size_t n;
    const double *const *se; /* [d] each [n]: of the normal error that limits on it are judged by;
                                NULL: none */
    const tdo_shared_error *shared; /* [d]; NULL: nothing is */
    bool plain; /* errors are normal, of one criterion each, and no value is bent */
} tdo_limit_doubts;

/* The standard error of what candidate i measures less what j does; of a target, of their distances
 * to it. NaN: not known. */
TDO_API double tdo_se_apart(const tdo_criterion *k, const tdo_measured *x,
                            const tdo_limit_doubts *d, size_t c, size_t i, size_t j);

/* That of constraint j; NULL: it is on what has no error. */
TDO_API const tdo_limit_doubt *tdo_doubt_of(const tdo_limit_doubts *d, size_t j);
/* By what constraint j is judged, where it asks to be shown; NULL: by the readings. */
TDO_API const tdo_limit_doubt *tdo_judge_of(const tdo_scenario *s, const tdo_limit_doubts *d,
                                            size_t j);

/* Is constraint j shown to hold for candidate i, with the bounds that it has in s? */
TDO_API bool tdo_is_shown(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubt *d,
                          size_t i);

/* ---- screened: who is feasible, and what each constraint costs in candidates ---- */

typedef struct tdo_screened {
    size_t feasible_n;        /* F */
    const uint32_t *feasible; /* [F] index of the k-th feasible candidate */
    const uint32_t *slot;     /* [n] its place among the feasible ones; UINT32_MAX: not feasible */
    const uint64_t *broken;   /* [n] bit j: the candidate breaks constraint j; 0 for dropped ones */
    size_t dropped_n;         /* by the missing policy */
    const size_t *excludes;   /* [m] candidates that break it */
    const size_t *alone;      /* [m] candidates that break it and no other */
    const tdo_limit_doubts *doubts; /* by which limits were judged that ask to be shown; NULL: the
                                       readings decided */
} tdo_screened;

/* d: what limits with "shown" are judged by; NULL: the readings decide there, too.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_screen(const tdo_scenario *s, const tdo_measured *x,
                                           const tdo_limit_doubts *d, tdo_arena *a,
                                           tdo_screened *out);

/* How far the bound of constraint j has to move for candidate i: as tdo_miss, but with "shown"
 * until it is shown. NaN where that is not known, too. */
TDO_API double tdo_shortfall(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f,
                             size_t j, size_t i);

/* By how much candidate i misses constraint j, in its unit: > 0 where a bound is missed, 0 where it
 * holds, NaN where a word does not match or nothing was measured. */
TDO_API double tdo_miss(const tdo_scenario *s, const tdo_measured *x, size_t j, size_t i);

/* By how much candidate i misses a need, in its unit: < 0 below its min, > 0 above its max, 0 where
 * it is met, NaN where it is not measured. Exact, rounded once. */
TDO_API double tdo_need_miss(const tdo_need *need, const tdo_measured *x, size_t i);

/* ---- valued: larger is better from here on ---- */

typedef struct tdo_valued {
    size_t f, d;
    const double *gain;    /* [F x d] row-major: measurements turned so that larger is better (max:
                              the reading; min: its negative; target: minus the distance). Exact */
    const double *value;   /* [d x F] value[c * F + k] in [0,1] */
    const double *worst;   /* [d] the measurement (a distance, for a target) with value 0; NaN
                              where nobody is measured */
    const double *best;    /* [d] with value 1 */
    const bool *observed;  /* [d] worst and best come from the measured candidates */
    const bool *constant;  /* [d] all feasible ones have the same value */
    const size_t *clamped; /* [d] measurements outside [worst, best] */
} tdo_valued;

/* Directions are resolved here and nowhere else. Adds a warning for each criterion that clamps or
 * that cannot decide. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_value(const tdo_scenario *s, const tdo_measured *x,
                                          const tdo_screened *f, tdo_arena *a, tdo_valued *out,
                                          tdo_warnings *w);

/* The measurement of a reading under a criterion's goal: the reading, or its distance to the
 * target. */
TDO_API double tdo_measurement(const tdo_criterion *c, double reading);

/* The measurement of a reading that is so much larger, and its gain (as in tdo_valued). */
TDO_API double tdo_shifted_measurement(const tdo_criterion *c, double reading, double by);
TDO_API double tdo_shifted_gain(const tdo_criterion *c, double reading, double by);

/* The value of one measurement, in [0,1] (clamped), for a criterion with the worst and best that
 * tdo_value found. */
TDO_API double tdo_value_of(const tdo_criterion *c, double worst, double best, double measurement);

/* How much value one unit of measurement is worth there, in the direction of better: >= 0; at a
 * kink what a little more buys; 0 from the best on and where it is clamped. */
TDO_API double tdo_value_slope(const tdo_criterion *c, double worst, double best,
                               double measurement);

/* The measurement farthest from the best that has at least that value: what tdo_value_of undoes.
 * NaN: none has. */
TDO_API double tdo_measurement_of(const tdo_criterion *c, double worst, double best, double value);

/* Do two readings differ (two distances, for a target) by no more than the criterion's
 * indifference, which is 0 where none is given? */
TDO_API bool tdo_is_indifferent(const tdo_criterion *c, double reading_a, double reading_b);

/* Is measurement a better than b under the criterion's goal? -1 worse, 0 equal, 1 better. */
TDO_API int tdo_better(const tdo_criterion *c, double reading_a, double reading_b);

/* Does somebody compare candidates as wholes? */
TDO_API bool tdo_compares_wholes(const tdo_scenario *s);

/* Finds the coefficients of statements on candidates as wholes, by the values of their readings
 * (those of an infeasible one are on the same scale): *s becomes a copy that has them. Errors:
 * TDO_E_INPUT (no such candidate, or it was dropped; all located, in the report), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_weigh_statements(const tdo_scenario **s, const tdo_measured *x,
                                                     const tdo_valued *v, tdo_arena *a,
                                                     tdo_report *report);

/* ---- utility ---- */

typedef struct tdo_utility {
    size_t f, s, d;
    const double *weight;       /* [S x d] weight[s * d + c] >= 0, each row sums to 1 */
    const double *power;        /* [S] >= 0, sums to 1 */
    const double *group_weight; /* [d] sum over s of power[s] weight[s][c] */
    const double *utility;      /* [S x F] utility[s * F + k] in [0,1] */
    const double *best;         /* [S] the largest over feasible candidates */
    const double *disagreement; /* [S] utility at the incumbent, or else the least one */
    bool from_incumbent;        /* which of the two */
} tdo_utility;

/* A case on its way through the stages: the results so far. Each stage says what it looks at. */
typedef struct tdo_case {
    const tdo_scenario *s;
    const tdo_measured *x;
    const tdo_screened *f;
    const tdo_valued *v;
    const tdo_utility *u;
    const struct tdo_front *front;
    const struct tdo_ranking *r;
    const struct tdo_regions *regions; /* NULL: nobody has one */
    uint64_t *work;                    /* of tradeoff/work.h */
} tdo_case;

/* s to v of the case. F = 0 gives weights and powers only. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_utilities(const tdo_case *k, tdo_arena *a, tdo_utility *out,
                                              tdo_warnings *w);

/* The probability that slot a, ahead of b by lead as read, has the better score under noise alone.
 * NaN: no closed form, as there is under `weighted` where errors are plain. */
TDO_API double tdo_lead_holds(const tdo_case *k, uint32_t a, uint32_t b, double lead);

/* ---- why nobody is feasible ---- */

typedef struct tdo_relaxation {
    size_t constraint;
    double to;        /* the bound that lets somebody in; NaN: a word is let in */
    const char *word; /* that word; NULL: a bound */
    double by;        /* how far the bound moves; NaN for a word */
    size_t admits;    /* candidate */
} tdo_relaxation;

typedef struct tdo_infeasible {
    const size_t *conflict; /* [n_conflict] the smallest set of constraints that excludes everybody;
                               among equally small sets the first in the scenario's order */
    size_t n_conflict;
    bool proven; /* it is a smallest one; false: the search was cut short, it is only irreducible */
    size_t nearest;              /* candidate with the least total miss; TDO_NONE: all were dropped.
                                    Each miss is divided by the spread of that reading over the
                                    loaded candidates (0 spread: by 1); a word or a missing cell
                                    counts 1 */
    const tdo_relaxation *relax; /* [n_relax] for each constraint that alone keeps somebody out */
    size_t n_relax;
} tdo_infeasible;

/* Exact (branch and bound over the distinct sets of broken constraints) unless that takes too much
 * work, which is then said. Meant for F = 0.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_infeasible(const tdo_scenario *s, const tdo_measured *x,
                                                       const tdo_screened *f, tdo_arena *a,
                                                       tdo_infeasible *out);

#ifdef __cplusplus
}
#endif

#endif
