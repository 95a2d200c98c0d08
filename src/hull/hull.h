/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of averages: of all x >= 0 with sum 1 and sum over j of row[c][j] x[j] <= 0, the
 * extreme points of { sum over j of axis[.][j] x[j] } + { y >= 0 }, and its faces. Exact: every
 * point is a rational vertex, every face comes with multipliers that prove it.
 *
 * By Benson's algorithm in weight space (Benson 1998; Ehrgott, Loehne and Shao 2012): the faces
 * known so far are those of the points found; each is tried by an LP with its weights, which proves
 * it or gives one more point. With V points and F faces that is V + F LPs of m + 1 rows. */
#ifndef TRADEOFF_HULL_HULL_H
#define TRADEOFF_HULL_HULL_H

#include "exact/dyadic.h"

enum { HULL_AXES = 6 };

/* A number is the sum of `parts` doubles, the first of them the nearest to it. */
typedef struct hull_columns {
    size_t n, d, m; /* n >= 1; d from 2 to HULL_AXES */
    size_t parts;
    const double *const *axis; /* [parts x d] each [n]: smaller is better; the least of an axis 0 */
    const double *const *row;  /* [parts x m] each [n] */
    const exact_num *unit;     /* [d] > 0: weights are told for so much of each axis */
} hull_columns;

typedef struct hull_limits {
    size_t points;
    uint64_t steps;           /* pivots, and neighbours found in weight space */
    const volatile int *stop; /* not 0: end here; NULL: nobody asks */
} hull_limits;

/* Numerators over `whole` > 0. */
typedef struct hull_point {
    size_t n;
    const uint32_t *column; /* [n] ascending */
    const exact_num *share; /* [n] > 0 */
    const exact_num *at;    /* [d] */
    exact_num whole;
    double *weights; /* [d] that choose it, inside of all that do; of units, sum 1 */
    double part;     /* of all weights, those that choose it among the points hull_found */
} hull_point;

/* multiplier: whole numbers without a common divisor, w[d], then a, then l[m] >= 0, with
 *     sum w axis[j] + sum l row[j] >= a    for each column j
 * and for the points on the face w at = a; w at = a + beyond (sum w unit) on one that is open. */
typedef struct hull_face {
    const exact_num *multiplier; /* [d + 1 + m] */
    const uint32_t *point;       /* [n] ascending */
    size_t n;
    double *weights; /* [d] of units, sum 1 */
    bool strict;     /* all of them are above 0 */
    double beyond;
} hull_face;

typedef struct hull_result {
    bool complete;
    bool too_long;     /* not complete, for numbers grew too long */
    double gap;        /* no average is better than those found by more, in units, at any weights:
                          the most that is beyond an open face */
    hull_point *point; /* [points] by their place on the first axis, then the second, ... */
    size_t points;     /* 0: no x meets the rows */
    hull_face *face;   /* [faces] by their points */
    size_t faces;
    hull_face *open; /* [opens] faces of the points found that are none of all: with those above
                        their weights are the corners of all cells. Where the gap is known */
    size_t opens;
    uint64_t steps;
    size_t lps;
} hull_result;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status hull_find(const hull_columns *c, const hull_limits *limits, tdo_arena *a,
                                  hull_result *out);

#endif
