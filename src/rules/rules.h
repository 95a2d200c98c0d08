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
typedef struct record_room {
    uint32_t *order; /* [n] */
    uint64_t *word;  /* [2n] */
} record_room;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_room_make(tdo_arena *a, size_t n, record_room *out);

/* room->order: all n, ascending by score. */
void rule_room_sort(const record_room *room, const double *score, size_t n);

/* tdo_rank, in a lent room. */
void rule_rank_in(const record_room *room, const double *score, size_t n, uint32_t *rank);

/* rank[k] = 1 + number of j that are better than k in the first level on which the two differ by
 * more than TDO_TIE. level: [levels x n], the first level first. O(levels n log n), but
 * O(levels m^2) for m candidates within TDO_TIE of each other in a chain longer than that. */
void rule_rank_leximin(const record_room *room, const double *level, size_t levels, size_t n,
                       uint32_t *rank);

/* The order with the least cost; among those within TDO_TIE of it the lexicographically first.
 * before: [n x n] cost of i standing before j is before[i * n + j]. order: [n], the best first.
 * n <= TDO_KEMENY_MAX. O(2^n n). Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_kemeny_order(const double *before, size_t n, tdo_arena *scratch,
                                          uint32_t *order);

#endif
