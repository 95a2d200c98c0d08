/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks of reported doubles against the data, in compensated sums. Shares nothing with GLPK nor
 * with the exact judge but the form. */
#ifndef TRADEOFF_LP_CERTIFICATE_H
#define TRADEOFF_LP_CERTIFICATE_H

#include "lp/model.h"

/* A sum of products as if computed in twice the precision and rounded once (Dot2 of Ogita, Rump
 * and Oishi 2005), and the sum of the terms' magnitudes. */
typedef struct lp_sum {
    double high, low, size;
} lp_sum;

void lp_sum_add(lp_sum *s, double x, double y); /* += x y */

static inline double lp_sum_value(const lp_sum *s)
{
    return s->high + s->low;
}

/* What makes residuals comparable: divided by the scales of its row and column, an entry is about
 * 1 (geometric means, some passes of them). A residual is measured against the terms that it came
 * from, but not less than a term of ordinary size in its row or column: the largest variable or
 * cost of the LP, scaled so. Else a multiplier of 1e-17 for 0 would count as wholly wrong in a
 * column that has no other terms. */
typedef struct lp_scales {
    const double *row;    /* [m] > 0 */
    const double *column; /* [n] > 0 */
    double cost;          /* the largest scaled cost */
} lp_scales;

/* False when memory is out. */
bool lp_scales_make(const lp_form *f, tdo_arena *a, lp_scales *out);

/* A solution to be checked. */
typedef struct lp_claim {
    const double *x;  /* [n] */
    const double *y;  /* [m] duals of the minimisation; NULL: only primal is checked */
    double *activity; /* [m] gets the rows; NULL: not wanted */
    double *reduced;  /* [n] gets the reduced costs; NULL: not wanted */
    bool proven;      /* reduced costs that are 0 already are so by proof, and stay */
} lp_claim;

tdo_lp_certificate lp_check_optimal(const lp_form *f, const lp_scales *z, const lp_claim *c);

/* dual: multipliers that an infinite bound does not allow; gap: how far apart the two sides are. */
tdo_lp_certificate lp_check_farkas(const lp_form *f, const lp_scales *z, const double *y);

/* primal: where the ray leaves; gap: how fast it improves. */
tdo_lp_certificate lp_check_ray(const lp_form *f, const lp_scales *z, const double *ray);

bool lp_passes_optimal(const tdo_lp_certificate *c);
bool lp_passes_farkas(const tdo_lp_certificate *c);
bool lp_passes_ray(const tdo_lp_certificate *c);

#endif
