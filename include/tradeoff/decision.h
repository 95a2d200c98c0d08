/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision as plain arrays of numbers: measured -> screened -> valued -> utility.
 * Each stage takes the earlier results as const and adds one of its own, in the run's arena.
 * n candidates loaded, F of them feasible, d criteria, S stakeholders, m constraints.
 * Arrays over feasible candidates have F entries, in the order of the file. */
#ifndef TRADEOFF_DECISION_H
#define TRADEOFF_DECISION_H

#include "tradeoff/measured.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Scores and utilities closer than this count as tied. */
#define TDO_TIE 1e-12

/* ---- doubted: how sure it is that a limit holds, where what it reads has an error ---- */

typedef enum tdo_shown { TDO_NOT_SHOWN, TDO_SHOWN, TDO_BROKEN, TDO_SHOWN_NAMES } tdo_shown;

/* A limit on what has an error, or one that must be shown to hold. */
typedef struct tdo_limit_doubt {
    size_t constraint;
    double level;
    double *holds;     /* [n] the probability that it holds: of its parts (min, max) the smallest;
                          NaN: dropped, or not measured, or all that says how wide its error is
                          are items or runs that do not differ: then no bound is shown */
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
    bool partial;      /* there are too many candidates to find shown_min and shown_max of all */
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

/* Is it known whether that is shown for candidate i: is it not dropped, and measured there? */
TDO_API bool tdo_is_judged(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubt *d,
                           size_t i);

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

/* Of more than so many feasible candidates neither values nor utilities are kept: each is computed
 * where it is asked for. The page, which looks at those of all, is built with another limit. */
#ifndef TDO_KEPT_MAX
#define TDO_KEPT_MAX 10000
#endif

typedef struct tdo_valued {
    size_t f, d;
    const double *value;   /* [d x F] value[c * F + k] in [0,1]; NULL: not kept (tdo_value_at) */
    const double *worst;   /* [d] the measurement (a distance, for a target) with value 0; NaN
                              where nobody is measured */
    const double *best;    /* [d] with value 1 */
    const bool *observed;  /* [d] worst and best come from the measured candidates */
    const bool *constant;  /* [d] all feasible ones have the same value */
    const size_t *clamped; /* [d] measurements outside [worst, best] */
    const tdo_criterion *criterion; /* [d] what values are computed from: of these, */
    const double *const *reading;   /* [d] each [n] as in tdo_measured, */
    const uint32_t *feasible;       /* [F] and of these candidates */
} tdo_valued;

/* The value of slot k in criterion c where it is not kept. */
TDO_API double tdo_value_made(const tdo_valued *v, size_t c, size_t k);

/* The value of slot k in criterion c. */
static inline double tdo_value_at(const tdo_valued *v, size_t c, size_t k)
{
    return v->value ? v->value[c * v->f + k] : tdo_value_made(v, c, k);
}

/* All values. to: [d x F] */
TDO_API void tdo_copy_values(const tdo_valued *v, double *to);

/* Directions are resolved here: of values, larger is better. Adds a warning for each criterion that
 * clamps or that cannot decide. Errors: TDO_E_MEMORY. */
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
    const double *utility;      /* [S x F] utility[s * F + k] in [0,1]; NULL: not kept
                                   (tdo_utility_at) */
    const double *best;         /* [S] the largest over feasible candidates */
    const double *disagreement; /* [S] utility at the incumbent, or else the least one */
    bool from_incumbent;        /* which of the two */
    tdo_valued values;          /* that utilities are computed from where they are not kept */
} tdo_utility;

/* The utility of slot k for stakeholder s where it is not kept. */
TDO_API double tdo_utility_made(const tdo_utility *u, size_t s, size_t k);

/* The utility of slot k for stakeholder s. */
static inline double tdo_utility_at(const tdo_utility *u, size_t s, size_t k)
{
    return u->utility ? u->utility[s * u->f + k] : tdo_utility_made(u, s, k);
}

/* All utilities. to: [S x F] */
TDO_API void tdo_copy_utilities(const tdo_utility *u, double *to);

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

/* The gains of n slots (slot NULL: of the first n), [n x d] row-major: measurements turned so that
 * larger is better (max: the reading; min: its negative; target: minus the distance). Exact; never
 * -0. s to f of the case. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_gains(const tdo_case *k, const uint32_t *slot, size_t n,
                                          tdo_arena *a, double **out);

/* Is slot a no worse than slot b by any gain, and better by one? s to f of the case. */
TDO_API bool tdo_slot_dominates(const tdo_case *k, uint32_t a, uint32_t b);

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
    bool none_relaxes; /* of candidates that were measured, none is let in by another bound or word
                          of one constraint; false: some is, or it is not known */
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
