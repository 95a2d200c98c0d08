/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corners of a polytope of weights: of all w >= 0 with sum 1 and row . w >= 0. */
#ifndef TRADEOFF_LP_CONE_H
#define TRADEOFF_LP_CONE_H

#include "tradeoff/memory.h"

enum {
    LP_CONE_MOST_N = 64,
    LP_CONE_MOST_ROWS = 256,
    LP_CONE_WORDS = (LP_CONE_MOST_N + LP_CONE_MOST_ROWS + 63) / 64
};

/* A set of facets: c is w[c] = 0, n + k is row k . w = 0. */
typedef struct lp_facets {
    uint64_t word[LP_CONE_WORDS];
} lp_facets;

static inline void lp_facets_add(lp_facets *f, size_t i)
{
    f->word[i / 64] |= UINT64_C(1) << i % 64;
}

static inline bool lp_facets_has(const lp_facets *f, size_t i)
{
    return f->word[i / 64] >> i % 64 & 1;
}

/* How many facets both lie on; common: which. */
size_t lp_facets_common(const lp_facets *x, const lp_facets *y, lp_facets *common);
bool lp_facets_include(const lp_facets *all, const lp_facets *some);

typedef struct lp_cone {
    size_t n, m;         /* n from 1 to LP_CONE_MOST_N, m <= LP_CONE_MOST_ROWS */
    const int64_t *row;  /* [m x n] up to 2^53 */
    size_t most_corners; /* at any time */
} lp_cone;

typedef struct lp_corners {
    bool listed; /* false: there are too many */
    size_t count;
    const double *at;       /* [count x n] each sums to 1, each number rounded once */
    const lp_facets *tight; /* [count] the facets that it lies on */
} lp_corners;

/* By double description (Motzkin et al. 1953; Fukuda and Prodon 1996): the rows are put in one by
 * one, and each pair of neighbours on its two sides gives a corner on it. Neighbours are found by
 * their common facets and sides in whole numbers, so that no tolerance is needed. count 0: no
 * weights obey. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_cone_corners(const lp_cone *cone, tdo_arena *a, lp_corners *out);

#endif
