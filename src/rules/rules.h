/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the group rules. "Better" is everywhere a - b > TDO_TIE. */
#ifndef TRADEOFF_RULES_RULES_H
#define TRADEOFF_RULES_RULES_H

#include "tradeoff/search.h"

/* The weight of the sum beside the maximum in chebyshev. */
#define RULE_AUGMENT 0.001

static inline bool rule_above(double a, double b)
{
    return a - b > TDO_TIE;
}

/* Room to sort n candidates in, used again and again. */
typedef struct rule_room {
    uint32_t *order; /* [n] */
    uint64_t *word;  /* [2n] */
} rule_room;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_room_make(tdo_arena *a, size_t n, rule_room *out);

/* room->order: all n, ascending by score. */
void rule_room_sort(const rule_room *room, const double *score, size_t n);

/* tdo_rank, in a lent room. */
void rule_rank_in(const rule_room *room, const double *score, size_t n, uint32_t *rank);

/* One rule at work. */
typedef struct rule_job {
    const tdo_case *in;
    const tdo_utility *u; /* in->u */
    tdo_arena *scratch;
    rule_room room;
    double *score;  /* [F] */
    uint32_t *rank; /* [F] 0: the score decides it */
} rule_job;

static inline const double *rule_utility_of(const rule_job *j, size_t s)
{
    return j->u->utility + s * j->u->f;
}

/* Who has no power is shown, and left out of every rule. */
static inline bool rule_hears(const tdo_utility *u, size_t s)
{
    return u->power[s] > 0;
}

/* Rules that need more of the scenario than utilities. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_needs_first(rule_job *j);
TDO_MUST_USE tdo_status rule_owa(rule_job *j);
TDO_MUST_USE tdo_status rule_priorities(rule_job *j);

/* ---- what several rules compute (score.c) ---- */

/* power x utility, summed over who is asked by a mask of stakeholders; NULL: all. sum: [F] zeros.
 */
void rule_add_weighted(const rule_job *j, const bool *asked, double *sum);

/* Puts x into its place among n numbers that ascend. level: room for n + 1. */
void rule_insert_ascending(double *level, size_t n, double x);

/* ---- ranks ---- */

/* rank[k] = 1 + number of j that are better than k in the first level on which the two differ by
 * more than TDO_TIE. level: [levels x n], the first level first. O(levels n log n), but
 * O(levels m^2) for m candidates within TDO_TIE of each other in a chain longer than that. */
void rule_rank_leximin(const rule_room *room, const double *level, size_t levels, size_t n,
                       uint32_t *rank);

/* The order with the least cost; among those within TDO_TIE of it the lexicographically first.
 * before: [n x n] cost of i standing before j is before[i * n + j]. order: [n], the best first.
 * n <= TDO_KEMENY_MAX. O(2^n n). Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_kemeny_order(const double *before, size_t n, tdo_arena *scratch,
                                          uint32_t *order);

#endif
