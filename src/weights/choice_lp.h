/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the weights behind each choice that need linear programs. (Not in the page's
 * engine.) */
#ifndef TRADEOFF_WEIGHTS_CHOICE_LP_H
#define TRADEOFF_WEIGHTS_CHOICE_LP_H

#include "weights/choice.h"

#include "tradeoff/lp.h"

/* One bundle of weights that may move by itself: w >= 0 on its criteria, summing to 1, row . w >=
 * 0. It counts with its power. */
typedef struct choice_bundle {
    double power; /* > 0 */
    size_t n, m;
    const uint32_t *criterion; /* [n] of each number; NULL: */
    const double *mix;         /* [n x d] each is a mixture of criteria, */
    size_t d;                  /*   which are so many */
    const double *row;         /* [m x n] scaled to about 1 */
    size_t vertices;
    const double *vertex; /* [vertices x n]; NULL: not listed */
} choice_bundle;

/* Group weights = fixed + sum over bundles of power x weights. */
typedef struct choice_wishes {
    double *fixed;         /* [d] */
    choice_bundle *bundle; /* [bundles] */
    size_t bundles;
    bool listed; /* every bundle's vertices are */
} choice_wishes;

/* The values of a slot. to: [d] */
void choice_values_of(const tdo_case *k, uint32_t slot, double *to);
/* What a number of the bundle counts for a candidate with these values. */
double choice_value(const choice_bundle *b, size_t q, const double *value);
/* Adds a number of that size to group weights. */
void choice_add_weight(const choice_bundle *b, size_t q, double size, double *weights);

/* All group weights on criteria that can decide: one bundle, without rows. bundles 0: none can. */
TDO_MUST_USE tdo_status choice_wishes_any(const tdo_case *k, tdo_arena *a, choice_wishes *out);
/* The allowed ones. Where powers are open, too, weights times powers are one bundle: power x weight
 * is what moves, each stakeholder's statements bind its part, and those on powers the sums. */
TDO_MUST_USE tdo_status choice_wishes_allowed(const tdo_case *k, tdo_arena *a, choice_wishes *out);

/* Does the criterion tell any feasible candidates apart? */
bool choice_can_decide(const tdo_valued *v, size_t c);

/* What a search costs. */
typedef struct choice_effort {
    size_t lps;
    double steps, seconds;
} choice_effort;

/* What all searches over weights are about. */
typedef struct choice_search {
    const tdo_case *k;
    const choice_wishes *w; /* the weights that count */
    choice_effort *effort;
    tdo_error *err;
} choice_search;

/* Sets .any or .allowed of each. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status choice_find_choosable(const choice_search *x, bool allowed,
                                              tdo_candidate_choice *of, size_t n, tdo_arena *a);

/* ---- pairs ---- */

/* Answers "by how much can j be ahead of i, at most?" for some candidates. */
typedef struct choice_ahead {
    choice_search search;
    uint32_t *index; /* [F] row below; UINT32_MAX: not one of them */
    double *fixed;   /* [rows] scores from the fixed weights */
    double *corner;  /* [rows x corners] scores at each vertex of each bundle, times its
                        power */
    size_t corners;
    tdo_lp **lp; /* [bundles] where its vertices are not listed */
} choice_ahead;

/* slot: [n] those that are asked about. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status choice_ahead_make(const choice_search *search, const uint32_t *slot,
                                          size_t n, tdo_arena *scratch, choice_ahead *out);
/* The largest (score of j) - (score of i) over the weights; INFINITY: an LP was not solved.
 * Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status choice_most_ahead(choice_ahead *x, uint32_t j, uint32_t i, double *out);

/* Sets .necessary and .regret of each; *least: the minimax-regret choice, UINT32_MAX where not
 * computed. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status choice_find_regret(const choice_search *x, tdo_candidate_choice *of,
                                           size_t n, uint32_t *least);

/* ---- rank ranges ---- */

/* Sets .rank of each. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_find_ranks(const choice_search *x, tdo_candidate_choice *of,
                                          size_t n, tdo_arena *a);
/* The same where all bundles share two criteria: group weights are then points of a line. *done
 * false: they do not. */
TDO_MUST_USE tdo_status choice_sweep_ranks(const tdo_case *k, const choice_wishes *w,
                                           tdo_candidate_choice *of, size_t n, tdo_arena *a,
                                           bool *done);

/* 1 + the number of candidates ahead of slot k at group weights. */
uint32_t choice_rank_at(const tdo_case *k, const double *weights, uint32_t slot);

#endif
