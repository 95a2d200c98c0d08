/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The logarithm of a normal positive number, written so that loops over it vectorise. */
#ifndef TRADEOFF_VARIATES_LOG_H
#define TRADEOFF_VARIATES_LOG_H

#include "variates/variates.h"

#include <string.h>

/* ln 2 in two parts: the first has enough trailing zero bits for small multiples to be exact. */
#define VARIATE_LN2_HIGH 0x1.62e42fefa38p-1
#define VARIATE_LN2_LOW  0x1.ef35793c7673p-45

/* x = 2^k m with m in [1/sqrt 2, sqrt 2); log m = 2 artanh s with s = (m - 1)/(m + 1), |s| < 0.172,
 * by its series, cut where a term is below 2^-56 of the sum. */
VARIATE_INLINE double variate_log_of(double x)
{
    const uint64_t root_half = UINT64_C(0x3FE6A09E667F3BCD), one = UINT64_C(1023) << 52;
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    uint64_t k = ((bits - root_half + one) >> 52) - 1023; /* may be "negative" */
    bits -= k << 52;
    double m = 0;
    memcpy(&m, &bits, sizeof m);
    double s = (m - 1) / (m + 1), z = s * s;
    double sum = z * (1.0 / 21 + z * (1.0 / 23));
    sum = z * (1.0 / 17 + z * (1.0 / 19 + sum));
    sum = z * (1.0 / 13 + z * (1.0 / 15 + sum));
    sum = z * (1.0 / 9 + z * (1.0 / 11 + sum));
    sum = z * (1.0 / 5 + z * (1.0 / 7 + sum));
    sum = z * (1.0 / 3 + sum);
    double e = (double)(int32_t)k;
    return e * VARIATE_LN2_HIGH + (e * VARIATE_LN2_LOW + 2 * s * sum + 2 * s);
}

#endif
