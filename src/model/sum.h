/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums that carry their rounding errors along (Neumaier 1974; Ogita, Rump and Oishi 2005), so that
 * the mean of equal numbers is that number, and a mean prints as short as it can. */
#ifndef TRADEOFF_MODEL_SUM_H
#define TRADEOFF_MODEL_SUM_H

#include <math.h>

typedef struct model_sum {
    double high, low; /* the sum is about high + low */
} model_sum;

static inline void model_sum_add(model_sum *s, double x)
{
    double y = s->high + x;
    s->low += fabs(s->high) >= fabs(x) ? (s->high - y) + x : (x - y) + s->high;
    s->high = y;
}

static inline void model_sum_add_product(model_sum *s, double a, double b)
{
    double y = a * b;
    model_sum_add(s, y);
    s->low += fma(a, b, -y);
}

/* The sum by `by`, with one step of correction. */
static inline double model_sum_over(const model_sum *s, double by)
{
    double y = s->high / by;
    return isinf(y) ? y : y + (fma(-y, by, s->high) + s->low) / by;
}

#endif
