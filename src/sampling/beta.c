/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Beta distribution, its inverse, and Student's t by it. */
#include "sampling/draws.h"

#include <float.h>
#include <math.h>

#define TWO_PI           6.28318530717958647693
#define HALF_LOG_OF_2_PI 0.918938533204672741780

/* ---- the density ---- */

/* ln Gamma(x) less Stirling's (x - 1/2) ln x - x + ln root 2 pi. Above 15 by Abramowitz and Stegun
 * 6.1.41, of which the first term that is left out is below 3e-17; below by Gamma(x + 1) = x
 * Gamma(x). */
static double stirling_rest(double x)
{
    static const double c[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                               5.0 / 5940, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    const double large = 15;
    double by = 1, z = x, sum = 0;
    for (; z < large; z++)
        by *= z;
    for (int k = sizeof c / sizeof *c - 1; k >= 0; k--)
        sum = sum / (z * z) + c[k];
    sum /= z;
    if (x >= large)
        return sum;
    return (z - 0.5) * sampling_log(z) - z + sum - sampling_log(by) -
           ((x - 0.5) * sampling_log(x) - x);
}

/* d - ln r, r = 1 + d, without loss near d = 0; >= 0. */
static double log_gap(double d, double r)
{
    enum { TERMS = 25 };
    const double near = 0.4;
    if (fabs(d) > near)
        return d - sampling_log(r);
    double s = d / (2 + d), z = s * s, sum = 0; /* ln r = 2 artanh s, and d - 2 s = d s */
    for (int k = TERMS; k > 0; k--)
        sum = z * (1.0 / (2 * k + 1) + sum);
    return d * s - 2 * s * sum;
}

/* x^a y^b / Beta(a, b), y = 1 - x, by the distance from the mean, so that nothing large cancels
 * (Loader 2000, "Fast and accurate computation of binomial probabilities"). */
static double power_terms(double x, double y, double a, double b)
{
    double n = a + b, from_mean = x * b - y * a;
    double far = a * log_gap(from_mean / a, x * n / a) + b * log_gap(-from_mean / b, y * n / b);
    double rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    return sampling_exp(rest - far) * sqrt(a / n * b / TWO_PI);
}

/* ---- the distribution function ---- */

/* The continued fraction of I_x(a, b), which converges fast below the mean (Press et al., Numerical
 * Recipes, 6.4; by Lentz's method). */
static double fraction(double x, double a, double b)
{
    enum { MOST = 100000 };
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), h = d;
    for (int m = 1; m <= MOST; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        h *= d * c;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        h *= d * c;
        if (fabs(d * c - 1) < DBL_EPSILON)
            break;
    }
    return h;
}

/* I_x(a, b), y = 1 - x; both in [DBL_MIN, 1). *upper: 1 less it, *terms: as above. */
static double lower(double x, double y, double a, double b, double *upper, double *terms)
{
    bool turned = x * (a + b + 2) > a + 1;
    *terms = power_terms(x, y, a, b);
    double side = turned ? *terms * fraction(y, b, a) / b : *terms * fraction(x, a, b) / a;
    side = side > 1 ? 1 : side;
    *upper = turned ? side : 1 - side;
    return turned ? 1 - side : side;
}

double sampling_beta_below(double x, double a, double b)
{
    double upper = 0, terms = 0;
    if (!(x >= DBL_MIN))
        return 0;
    return x < 1 ? lower(x, 1 - x, a, b, &upper, &terms) : 1;
}

double sampling_student_below(double t, double freedom)
{
    double upper = 0, terms = 0, square = t * t, all = freedom + square;
    if (!(square >= DBL_MIN))
        return 0.5;
    if (!(freedom / all >= DBL_MIN))
        return t < 0 ? 0 : 1;
    double tails = lower(freedom / all, square / all, freedom / 2, 0.5, &upper, &terms);
    return t < 0 ? tails / 2 : 1 - tails / 2;
}

/* ---- its inverse ---- */

/* Where the lower tail is p <= 1/2; *y: 1 less it. In t = ln(x / y) the density is log-concave, so
 * that ln I is concave, and Newton's steps for ln I = ln p come from the left after the first one:
 * no bracket is needed. */
static double tail_quantile(double p, double a, double b, double *y)
{
    enum { MOST = 100 };
    const double far = 700, enough = 1e-14;
    double t = sampling_log(a) - sampling_log(b), log_p = sampling_log(p), x = 0;
    for (int k = 0; k < MOST; k++) {
        double upper = 0, terms = 0;
        if (t < -far) {
            *y = 1;
            return 0;
        }
        double up = sampling_exp(t < far ? t : far);
        x = up / (1 + up);
        *y = 1 / (1 + up);
        double below = x < 1 ? lower(x, *y, a, b, &upper, &terms) : 1;
        if (!(terms > 0) || !(below > 0)) { /* far on one side of everything */
            t += below > p ? -1 : 1;
            continue;
        }
        double step = (log_p - sampling_log(below)) * below / terms;
        t += step;
        if (fabs(step) <= enough * (1 + fabs(t)))
            break;
    }
    return x;
}

double sampling_beta_at_normal(double z, double a, double b)
{
    double y = 0, p = sampling_normal_below(-fabs(z));
    if (!(p >= DBL_MIN))
        return z < 0 ? 0 : 1;
    if (z <= 0)
        return tail_quantile(p, a, b, &y);
    (void)tail_quantile(p, b, a, &y);
    return y;
}

double sampling_beta_density(double x, double a, double b)
{
    double y = 1 - x;
    return x >= DBL_MIN && y > 0 ? power_terms(x, y, a, b) / x / y : 0;
}
