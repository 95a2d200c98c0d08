/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard normal distribution, its inverse, and variates. */
#include "variates/variates.h"

#include <assert.h>
#include <math.h>

#define ROOT_OF_2_PI 2.50662827463100050242

/* ---- the distribution function ---- */

/* phi(x) times the odd series x + x^3/3 + x^5/(3 5) + ...: the probability between 0 and x
 * (Marsaglia 2004). */
static double near_middle(double x)
{
    double term = x, sum = x;
    for (int k = 3; term > 0x1p-60 * sum; k += 2) {
        term *= x * x / k;
        sum += term;
    }
    return sum * real_exp(-x * x / 2) / ROOT_OF_2_PI;
}

/* Beyond x, by Laplace's continued fraction, from its end. */
static double far_out(double x)
{
    enum { LEVELS = 100 };
    double y = x;
    for (int k = LEVELS; k > 0; k--)
        y = x + k / y;
    return real_exp(-x * x / 2) / ROOT_OF_2_PI / y;
}

double variate_normal_below(double x)
{
    enum { FAR = 2 };
    double size = fabs(x);
    if (size < FAR)
        return x < 0 ? 0.5 - near_middle(size) : 0.5 + near_middle(size);
    return x < 0 ? far_out(size) : 1 - far_out(size);
}

double variate_unit_loss(double u)
{
    const double far = 40; /* nothing is left there, and infinity times nothing is no number */
    return u > far ? 0 : real_exp(-u * u / 2) / ROOT_OF_2_PI - u * variate_normal_below(-u);
}

/* ---- its inverse: AS 241, PPND16 (Wichura 1988) ---- */

enum { DEGREE = 7 };

static const double middle_over[DEGREE + 1] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                               1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                               4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                               3.3430575583588128105e+4, 2.5090809287301226727e+3};
static const double middle_under[DEGREE + 1] = {1,
                                                4.2313330701600911252e+1,
                                                6.8718700749205790830e+2,
                                                5.3941960214247511077e+3,
                                                2.1213794301586595867e+4,
                                                3.9307895800092710610e+4,
                                                2.8729085735721942674e+4,
                                                5.2264952788528545610e+3};
static const double tail_over[DEGREE + 1] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                             5.76949722146069140550e0,  3.64784832476320460504e0,
                                             1.27045825245236838258e0,  2.41780725177450611770e-1,
                                             2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double tail_under[DEGREE + 1] = {1,
                                              2.05319162663775882187e0,
                                              1.67638483018380384940e0,
                                              6.89767334985100004550e-1,
                                              1.48103976427480074590e-1,
                                              1.51986665636164571966e-2,
                                              5.47593808499534494600e-4,
                                              1.05075007164441684324e-9};
static const double end_over[DEGREE + 1] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                            1.78482653991729133580e0,  2.96560571828504891230e-1,
                                            2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                            2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double end_under[DEGREE + 1] = {1,
                                             5.99832206555887937690e-1,
                                             1.36929880922735805310e-1,
                                             1.48753612908506148525e-2,
                                             7.86869131145613259100e-4,
                                             1.84631831751005468180e-5,
                                             1.42151175831644588870e-7,
                                             2.04426310338993978564e-15};

/* Within this of one half the first fraction holds. */
#define MIDDLE 0.425

REAL_INLINE double polynomial(const double *a, double x)
{
    double y = a[DEGREE];
    for (int k = DEGREE - 1; k >= 0; k--)
        y = y * x + a[k];
    return y;
}

REAL_INLINE double in_middle(double q)
{
    double r = MIDDLE * MIDDLE - q * q;
    return q * polynomial(middle_over, r) / polynomial(middle_under, r);
}

/* p: the smaller of both sides' probabilities. r = sqrt(-log p) */
REAL_INLINE double tail_at(double r)
{
    return polynomial(tail_over, r - 1.6) / polynomial(tail_under, r - 1.6);
}

static double in_tail(double p)
{
    double r = sqrt(-real_log(p));
    return r <= 5 ? tail_at(r) : polynomial(end_over, r - 5) / polynomial(end_under, r - 5);
}

double variate_normal_quantile(double p)
{
    assert(p > 0 && p < 1);
    double q = p - 0.5;
    if (fabs(q) <= MIDDLE)
        return in_middle(q);
    return q < 0 ? -in_tail(p) : in_tail(1 - p);
}

/* ---- variates ---- */

enum { AT_ONCE = 256 };

/* All as if they were in the middle. */
REAL_CLONES
static void take_middle(const uint32_t *word, size_t n, double *out)
{
    for (size_t k = 0; k < n; k++)
        out[k] = in_middle(((double)word[k] + 0.5) * 0x1p-32 - 0.5);
}

/* p: [n] at least 2^-33, where r < 5. */
REAL_CLONES
static void take_tail(const double *p, size_t n, double *out)
{
    for (size_t k = 0; k < n; k++)
        out[k] = tail_at(sqrt(-real_log(p[k])));
}

/* Is the probability that the word stands for further than MIDDLE from one half? In the words
 * themselves: the first of them is below 0.075 by less than a word. */
REAL_INLINE bool is_in_tail(uint32_t word)
{
    const uint32_t first = (uint32_t)((0.5 - MIDDLE) * 0x1p32 - 0.5) + 1;
    return word - first >= 0 - 2 * first;
}

void variate_normals(const variate_draw *d, uint32_t first, size_t n, double *out)
{
    uint32_t word[AT_ONCE], at[AT_ONCE];
    double p[AT_ONCE], tail[AT_ONCE];
    for (; n > 0; first += AT_ONCE) {
        size_t here = n < AT_ONCE ? n : AT_ONCE, tails = 0;
        variate_words(d, first, here, word);
        take_middle(word, here, out);
        for (size_t k = 0; k < here; k++) {
            at[tails] = (uint32_t)k;
            tails += is_in_tail(word[k]);
        }
        for (size_t k = 0; k < tails; k++) {
            uint32_t up = word[at[k]], least = up >> 31 ? ~up : up;
            p[k] = ((double)least + 0.5) * 0x1p-32; /* exact, as is 1 less it */
        }
        take_tail(p, tails, tail);
        for (size_t k = 0; k < tails; k++)
            out[at[k]] = word[at[k]] >> 31 ? tail[k] : -tail[k];
        out += here;
        n -= here;
    }
}
