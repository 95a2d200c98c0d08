/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of real numbers with the same bits on every machine: only + - * /, sqrt and whole
 * numbers are used, never the exp, log and pow of a libm, whose last bit differs. Written so that
 * loops over them vectorise. */
#ifndef TRADEOFF_BASE_REAL_H
#define TRADEOFF_BASE_REAL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Inner loops are compiled for wider vectors too where that is possible. Nothing is contracted to
 * fused operations and no sum is reordered, so that the bits are those of the plain version. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) &&   \
    !defined(__SANITIZE_ADDRESS__) && defined(__OPTIMIZE__)
#define REAL_CLONES                                                                                \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3")))
#else
#define REAL_CLONES
#endif
#define REAL_INLINE static inline __attribute__((always_inline))

/* ln 2 in two parts: the first has enough trailing zero bits for small multiples to be exact. */
#define REAL_LN2_HIGH 0x1.62e42fefa38p-1
#define REAL_LN2_LOW  0x1.ef35793c7673p-45

/* The natural logarithm of a normal number above 0; within 2 units in the last place.
 * x = 2^k m with m in [1/sqrt 2, sqrt 2); log m = 2 artanh s with s = (m - 1)/(m + 1), |s| < 0.172,
 * by its series, cut where a term is below 2^-56 of the sum. */
REAL_INLINE double real_log(double x)
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
    return e * REAL_LN2_HIGH + (e * REAL_LN2_LOW + 2 * s * sum + 2 * s);
}

/* The same of any number: -infinity at 0, NaN below it. */
REAL_INLINE double real_log_of_any(double x)
{
    const double normal = 0x1p-1022;
    if (!(x > 0) || isinf(x))
        return x == 0 ? -(double)INFINITY : x > 0 ? x : (double)NAN;
    return x < normal ? real_log(x * 0x1p54) - 54 * REAL_LN2_HIGH - 54 * REAL_LN2_LOW : real_log(x);
}

/* 2^k; k: a whole number from -1022 to 1023, maybe "negative". */
REAL_INLINE double real_power_of_2(uint64_t k)
{
    uint64_t bits = (k + 1023) << 52;
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* e^r - 1 for |r| < 0.35, by its series, cut where a term is below 2^-56 of e^r. */
REAL_INLINE double real_exp_series(double r)
{
    double sum = 1.0 / 479001600 + r * (1.0 / 6227020800);
    sum = 1.0 / 3628800 + r * (1.0 / 39916800 + r * sum);
    sum = 1.0 / 40320 + r * (1.0 / 362880 + r * sum);
    sum = 1.0 / 720 + r * (1.0 / 5040 + r * sum);
    sum = 1.0 / 24 + r * (1.0 / 120 + r * sum);
    sum = 0.5 + r * (1.0 / 6 + r * sum);
    return r + r * r * sum;
}

/* e^x; 0 below -745, infinite above 710; within 2 units in the last place where the result is
 * normal. x = k ln 2 + r with |r| < 0.35. */
REAL_INLINE double real_exp(double x)
{
    const double round = 0x1.8p52; /* added, it leaves whole numbers only: in its last bits */
    const double within = x > -745 ? (x < 710 ? x : 710) : -745;
    double t = within * (1 / (REAL_LN2_HIGH + REAL_LN2_LOW)) + round, whole = t - round;
    uint64_t k = 0, zero = 0;
    memcpy(&k, &t, sizeof k);
    memcpy(&zero, &round, sizeof zero);
    k -= zero;
    double r = within - whole * REAL_LN2_HIGH - whole * REAL_LN2_LOW;
    double sum = 1 + real_exp_series(r);
    uint64_t half = ((k + 2048) >> 1) - 1024; /* in two steps: the result may be subnormal */
    double y = sum * real_power_of_2(half) * real_power_of_2(k - half);
    return x > -745 ? (x < 710 ? y : (double)INFINITY) : 0;
}

/* e^x - 1, with no loss near 0. */
REAL_INLINE double real_expm1(double x)
{
    return fabs(x) < 0.34 ? real_exp_series(x) : real_exp(x) - 1;
}

/* x^p; 0 where x is not above 0. */
REAL_INLINE double real_power(double x, double p)
{
    return x > 0 ? real_exp(p * real_log(x)) : 0;
}

/* sqrt(x^2 + y^2), without an overflow on the way. */
REAL_INLINE double real_hypot(double x, double y)
{
    const double most = fmax(fabs(x), fabs(y)), a = x / most, b = y / most;
    return most > 0 && most < (double)INFINITY ? most * sqrt(a * a + b * b) : fabs(x) + fabs(y);
}

/* Does it hold at x? */
typedef bool (*real_holds_fn)(const void *of, double x);

/* The last finite double on the way up (sign 1; -1: down) for which it holds, as it does for all
 * before and none behind; NaN: it holds for none. Sought from guess on, which may be any: to the
 * last bit, by as few looks as the guess is good. */
double real_last(real_holds_fn holds, const void *of, double sign, double guess);

#endif
