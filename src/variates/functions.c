/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log and exp with the same bits everywhere: reduced to a small interval by exact steps, then their
 * series, cut where a term is below 2^-56 of the sum. */
#include "variates/log.h"

#include <math.h>

enum { EXP_TERMS = 14 };

double variate_log(double x)
{
    return variate_log_of(x);
}

double variate_exp(double x)
{
    if (!(x > -745))
        return 0;
    double k = floor(x / (VARIATE_LN2_HIGH + VARIATE_LN2_LOW) + 0.5), sum = 0;
    double r = x - k * VARIATE_LN2_HIGH - k * VARIATE_LN2_LOW; /* |r| < 0.35 */
    for (int i = EXP_TERMS; i > 0; i--)
        sum = r / i * (1 + sum);
    return ldexp(1 + sum, (int)k); /* exact unless subnormal */
}
