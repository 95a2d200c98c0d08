/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the mix. Everything a rule looks at is a number that shares average:
 *
 *     level l of a split   A[l](x) = sum over i of level[l][i] x[i]
 *                          (+ what criteria that mix "worst" add)
 *     bound k              sum over i of h[k][i] x[i] <= beta[k]
 *     value of a split     theta * min over l of A[l] + rho * sum over l of A[l],
 *                          or for nash the product of A[l]^power[l]
 *
 *   data.c    who takes part, with which utilities; bounds.c the limits; levels.c the levels
 *   point.c   evaluates a split from the data; the best single candidate
 *   lp.c      the LP over all who can matter, as a family: one build, many objectives
 *   rules.c   value and shares: one LP, leximin, or nash (nash.c with log.c)
 *   whole.c   whole numbers of models, criteria that mix "worst": few_search.c looks at all sets of
 *             a few models (few.c: at one), program.c searches among many (whole_sums.c: leximin),
 *             refine.c takes the shares from a solution
 *   curve.c   the optimum as a bound moves; price.c what it costs
 *   clash.c   why it cannot be done (clash_lp.c: its LPs); relax.c what would be enough
 *             (relax_counted.c: for so few models)
 *   report.c  what the result says of a split; next.c who is next to a share
 *   solve.c   the whole. Read that first */
#ifndef TRADEOFF_MIX_MIX_H
#define TRADEOFF_MIX_MIX_H

#include "tradeoff/lp.h"
#include "tradeoff/mix.h"

/* ---- the problem ---- */

/* Levels and scaled readings are of the size of 1. What is below this counts as 0: it would only
 * spoil the scaling of an LP. */
#define MIX_NOTHING 1e-13

/* How far a split may miss a limit or its proof, and a bound the value found: design's gap. */
#define MIX_PROVEN 1e-9

static inline double mix_flush(double x)
{
    return x < MIX_NOTHING && x > -MIX_NOTHING ? 0 : x;
}

/* One side of a limit, over the participants. */
typedef struct mix_bound {
    tdo_mix_limit limit;
    const double *reading; /* [loaded] */
    const double *rest;    /* [loaded] what the exact reading has beyond; NULL: nothing */
    double sign;           /* 1: a max, -1: a min */
    double shift;          /* h = sign (reading - shift) / (10^place 2^exponent), at most 1 in */
    int place, exponent;   /*   size; each: 1 for who breaks the bound, else 0 */
    double *h;             /* [n] */
    double beta;           /* the bound in the same units, */
    double cut; /*   less this: beta is at most 4 in size, where it never binds or never holds */
} mix_bound;

typedef struct mix_problem {
    const tdo_case *k;
    const tdo_scenario *s;
    const tdo_measured *x;
    const tdo_valued *v;  /* ranges, group weights and the like: of the feasible ones, or of the */
    const tdo_utility *u; /*   participants where nobody is feasible */
    tdo_arena *a;
    tdo_mix_rule rule;
    bool no_gain; /* nash: the least gain counts */
    bool strict;  /* nash: who has no power must gain, too (single candidates) */

    size_t n;                  /* participants */
    const uint32_t *candidate; /* [n] which one, ascending */
    const double *value;       /* [d x n] */
    const double *utility;     /* [S x n] */
    size_t unmeasured;

    size_t levels;
    size_t *subject; /* [levels] stakeholder or criterion */
    double *level;   /* [levels x n] the part that shares average */
    double *power;   /* [levels] nash: the exponent */
    double *factor;  /* [levels] what one more utility (value of the criterion) adds */
    double *less;    /* [levels] level = factor (utility - less); chebyshev: (value - 1) */
    double theta, rho;
    size_t worst_n; /* criteria that mix "worst" and count */
    size_t *worst;  /* [worst_n] */
    double *add;    /* [levels x worst_n] what a level gains with each one's value */

    size_t bounds;
    mix_bound *bound; /* [bounds] */
    bool *barred;     /* [n] breaks a bound that binds each: has no share in any split */

    size_t entered;
    const uint32_t *enter; /* [entered] participants that can matter, ascending */

    tdo_mix_effort effort;
} mix_problem;

/* Who takes part, values, utilities. u: of the scenario's feasible ones. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status mix_problem_start(const tdo_case *k, tdo_arena *a, mix_problem *out);
/* The limits of the mix, then the constraints that average; who lacks a reading of one takes no
 * part. Called by mix_problem_start before participants are counted: fills bound[].is, reading,
 * sign. */
TDO_MUST_USE tdo_status mix_list_bounds(mix_problem *m);
/* The scaled readings, and who is barred. */
TDO_MUST_USE tdo_status mix_scale_bounds(mix_problem *m);
/* Those of one bound, anew. */
TDO_MUST_USE tdo_status mix_scale_bound(const mix_problem *m, mix_bound *b);
/* Does constraint j average over a split? */
bool mix_constraint_averages(const tdo_scenario *s, size_t j);
/* The levels of the rule (the least gain for nash where m->no_gain). Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status mix_set_levels(mix_problem *m);
/* Who can matter: not barred, and nobody else is as good in every level and bound and better in
 * one. all: everybody not barred. */
TDO_MUST_USE tdo_status mix_filter(mix_problem *m, bool all);

/* The bound of the scenario in h-units, and back. */
double mix_bound_of(const mix_bound *b, double h);
/* What is so much for one unit of h is so much for one unit of the reading. */
double mix_per_unit(const mix_bound *b, double of_h);

/* ---- a split ---- */

typedef struct mix_split {
    size_t n;
    uint32_t *index; /* [n] participants, ascending */
    double *share;   /* [n] > 0 */
} mix_split;

/* level: [levels], from the data, in compensated sums. */
void mix_split_levels(const mix_problem *m, const mix_split *x, double *level);
/* The rule's value of levels. */
double mix_levels_value(const mix_problem *m, const double *level);
/* Is a split with levels a better than one with levels b under the rule? By more than TDO_TIE; of
 * equal ones leximin decides, where the rule settles ties so. */
bool mix_levels_above(const mix_problem *m, const double *a, const double *b);
/* Does the rule settle ties by leximin? */
bool mix_is_leximin(const mix_problem *m);
/* Is the value a product of powers (nash, where somebody gains)? */
bool mix_is_product(const mix_problem *m);
double mix_split_average(const mix_split *x, const double *of_participant);
/* The least value of criterion c among those used. */
double mix_split_worst(const mix_problem *m, const mix_split *x, size_t c);
/* Drops shares below TDO_MIX_SHARE and scales the rest to sum 1. */
void mix_split_clean(mix_split *x);
/* level: [levels] of one candidate alone, from its utilities ([S]) and values ([d]). */
void mix_levels_of(const mix_problem *m, const double *utility, const double *value, double *level);
/* The best single participant that meets every bound: its index among the participants; SIZE_MAX:
 * none. level: [levels] its levels. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status mix_best_single(const mix_problem *m, size_t *out, double *level);

/* ---- the LP ---- */

/* Rows: the shares; each bound; each level; the value; each level less t. Only the first three
 * kinds hold candidates. Columns: h[k] of each bound, y[l] of each level, t, v, then the
 * candidates. */
typedef struct mix_lp {
    mix_problem *m;
    tdo_lp *lp;
    tdo_lp_pool *pool;
    tdo_arena *a;        /* outlives the LP, and holds all of it */
    const uint32_t *who; /* [n] participants */
    size_t n;
    double floor;        /* every share is at least this */
    const double *worst; /* [worst_n] values of the criteria that mix "worst", fixed; NULL: none */
    double *cost;        /* [n] of the candidates */
} mix_lp;

/* What a solve gives, in the arena of that solve. */
typedef struct mix_point {
    tdo_lp_outcome outcome;
    bool exact;
    double objective;
    mix_split split;
    double *h; /* [bounds] */
    double *y; /* [levels] */
    double v;
    double *lambda; /* [bounds] >= 0: what relaxing a bound by one unit of h buys */
    double *omega;  /* [levels] >= 0: multipliers of the rows "level less t" */
    double *pi;     /* [levels] what one more of a level is worth in the objective */
    size_t ties;
} mix_point;

/* Makes the LP of what the caller has set: m, a, who, n, floor, worst.
 * Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status mix_lp_make(mix_lp *q, tdo_error *err);
TDO_MUST_USE tdo_status mix_lp_solve(mix_lp *q, tdo_arena *a, mix_point *out, tdo_error *err);
/* Columns and rows by name. */
size_t mix_col_h(const mix_lp *q, size_t k);
size_t mix_col_y(const mix_lp *q, size_t l);
size_t mix_col_v(const mix_lp *q);
size_t mix_row_t(const mix_lp *q, size_t l);

/* A number that y or v can surely reach, given that an optimum came out as x: rounded down, further
 * where the optimum was not proven exactly. */
double mix_reached(double x, bool exact);

/* ---- answers ---- */

/* Multipliers of an optimum, in the units of the rule's value. */
typedef struct mix_duals {
    double *omega;  /* [levels] what one more of a level is worth */
    double *lambda; /* [bounds] */
} mix_duals;

typedef struct mix_answer {
    tdo_mix_status status;
    double value;
    double limit; /* nothing is better than this (only where there are no duals) */
    mix_split split;
    mix_duals duals; /* NULL where a search for whole numbers was needed */
    double top;      /* what whoever is worth most is worth at them (mix_report_split) */
    unsigned *round; /* [levels] leximin: when a level was settled; NULL: not leximin */
    bool unique, unique_known;
    double *least, *most; /* [split.n] ranges of the shares over all optimal splits */
} mix_answer;

/* Solves the rule on q (continuous). The LP is left with its optimum held by bounds: every split of
 * it is as good. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status mix_solve_rule(mix_lp *q, tdo_arena *a, mix_answer *out, tdo_error *err);
/* The same for nash; where nobody can gain from a split, only m->no_gain is set: then the least
 * gain counts, which is one LP. */
TDO_MUST_USE tdo_status mix_solve_nash(mix_lp *q, tdo_arena *a, mix_answer *out, tdo_error *err);
/* Adds the ranges of the shares: what else is as good. q as mix_solve_rule left it. */
TDO_MUST_USE tdo_status mix_find_ranges(mix_lp *q, tdo_arena *a, mix_answer *answer,
                                        tdo_error *err);
/* With whole numbers of models and criteria that mix "worst". */
TDO_MUST_USE tdo_status mix_solve_whole(mix_problem *m, tdo_arena *a, mix_answer *out,
                                        tdo_error *err);
/* The least number of candidates that meets the bounds and min_share; 0: no number does. */
TDO_MUST_USE tdo_status mix_fewest(mix_problem *m, size_t *out, tdo_error *err);
bool mix_needs_whole(const mix_problem *m);

/* Cleans the shares of an answer and fills what follows from them and its multipliers: value,
 * levels, utilities, readings, certificate. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status mix_report_split(const mix_problem *m, mix_answer *answer, tdo_mix *out);
/* What participant q is worth at the multipliers. */
double mix_worth(const mix_problem *m, const mix_duals *y, size_t q);
/* Who is next to a share, and what that costs. y: as mix_report_split left it, with multipliers.
 * Nothing where nobody can have one, or more than 64 would have to be tried. Errors: TDO_E_MEMORY,
 * TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status mix_find_next(mix_problem *m, const mix_answer *y, tdo_mix *out,
                                      tdo_error *err);
/* The best single candidate beside it. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status mix_report_single(const mix_problem *m, const mix_split *split,
                                          tdo_mix *out);

/* Prices and curves of all bounds. q: a fresh LP of the problem. */
TDO_MUST_USE tdo_status mix_find_prices(mix_problem *m, const mix_answer *answer, tdo_mix *out,
                                        tdo_error *err);

/* The optimum as h[k] moves. */
typedef struct mix_curve {
    double *h, *v; /* [points] h ascending, v ascending, concave */
    size_t points;
    bool complete;
    tdo_lp_outcome outcome; /* other than optimal: no curve */
} mix_curve;

TDO_MUST_USE tdo_status mix_find_curve(mix_lp *q, size_t k, tdo_arena *a, mix_curve *out,
                                       tdo_error *err);

/* Why the bounds cannot be met. */
TDO_MUST_USE tdo_status mix_find_clash(mix_problem *m, tdo_mix_clash *out, tdo_error *err);

#endif
