/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corners of a polytope of weights: of all w >= 0 with sum 1 and row . w >= 0. */
#ifndef TRADEOFF_EXACT_CONE_H
#define TRADEOFF_EXACT_CONE_H

#include "tradeoff/memory.h"

enum {
    EXACT_CONE_MOST_N = 64, /* beyond these two corners are not listed */
    EXACT_CONE_MOST_ROWS = 256,
    EXACT_CONE_WORDS = (EXACT_CONE_MOST_N + EXACT_CONE_MOST_ROWS + 63) / 64
};

/* A set of facets: c is w[c] = 0, n + k is row k . w = 0. */
typedef struct exact_facets {
    uint64_t word[EXACT_CONE_WORDS];
} exact_facets;

static inline void exact_facets_add(exact_facets *f, size_t i)
{
    f->word[i / 64] |= UINT64_C(1) << i % 64;
}

static inline bool exact_facets_has(const exact_facets *f, size_t i)
{
    return f->word[i / 64] >> i % 64 & 1;
}

typedef struct exact_cone {
    size_t n, m;         /* n >= 1 */
    const int64_t *row;  /* [m x n] up to 2^53 */
    size_t most_corners; /* at any time */
} exact_cone;

typedef struct exact_corners {
    bool listed; /* false: there are too many, or n or m is too large */
    size_t count;
    const double *corner;      /* [count x n] each sums to 1, each number rounded once */
    const exact_facets *tight; /* [count] the facets that it lies on */
} exact_corners;

/* Are corners (rays) i and j neighbours: does no third one of the `count` lie wherever both do? n:
 * of the weights; common: the facets of both. Facets of a corner on n - 1 alone are independent, so
 * that n - 2 of them meet in one edge, without a look at the others. */
bool exact_are_neighbours(const exact_facets *tight, size_t count, size_t n, size_t i, size_t j,
                          exact_facets *common);

/* By double description (Motzkin et al. 1953; Fukuda and Prodon 1996): the rows are put in one by
 * one, and each pair of neighbours on its two sides gives a corner on it. Neighbours are found by
 * their common facets and sides in whole numbers, so that no tolerance is needed. count 0: no
 * weights obey. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status exact_cone_corners(const exact_cone *cone, tdo_arena *a,
                                           exact_corners *out);

#endif
