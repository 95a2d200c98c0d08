/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the loop knows: hull.c goes round, write.c makes the result of it. */
#ifndef TRADEOFF_HULL_SEARCH_H
#define TRADEOFF_HULL_SEARCH_H

#include "hull/rays.h"
#include "hull/simplex.h"

/* A point as it was found; on its basis the LPs of the faces around it start. */
typedef struct hull_found {
    hull_point is;
    uint32_t *basis; /* [m + 1] */
} hull_found;

typedef struct hull_search {
    const hull_columns *c;
    const hull_limits *limits;
    tdo_arena *a, *room; /* of the result; of the search */
    exact_arith A;
    exact_divisor divisor;
    hull_lp lp;
    hull_rays rays;
    exact_num *number;       /* [d + 1 + m] */
    exact_num *left, *right; /* what is compared */
    hull_found *point;
    size_t points, lps;
    bool more; /* there is one more point than may be listed */
} hull_search;

/* sum = the weights of a ray in units; number[0 .. d - 1] each. */
void hull_add_units(hull_search *f, const exact_num *weight, exact_num *sum);
/* Points, faces and cells. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status hull_write(hull_search *f, hull_result *out);

#endif
