/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Beta distribution, its inverse, and Student's t by it. */
#include "variates/variates.h"

#include <float.h>
#include <math.h>

#define TWO_PI 6.28318530717958647693

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
    return (z - 0.5) * real_log(z) - z + sum - real_log(by) - ((x - 0.5) * real_log(x) - x);
}

/* d - ln r, r = 1 + d, without loss near d = 0; >= 0. */
static double log_gap(double d, double r)
{
    enum { TERMS = 25 };
    const double near = 0.4;
    if (fabs(d) > near)
        return d - real_log(r);
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
    return real_exp(rest - far) * sqrt(a / n * b / TWO_PI);
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
        if (fabs(d * c - 1) <= 2 * DBL_EPSILON)
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

double variate_beta_below(double x, double a, double b)
{
    double upper = 0, terms = 0;
    if (!(x >= DBL_MIN))
        return 0;
    return x < 1 ? lower(x, 1 - x, a, b, &upper, &terms) : 1;
}

double variate_student_below(double t, double freedom)
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

/* A point x = e^t / (1 + e^t) of a Beta distribution. */
typedef struct beta_point {
    double t, x, y; /* y = 1 - x */
    double terms;   /* the density by t */
} beta_point;

/* Where the lower tail is p <= 1/2, from out->t on. In t the density is log-concave, so that ln I
 * is concave, and Newton's steps for ln I = ln p come from the left after the first one; a bracket
 * holds those that would leave for where the density is too small for a double. */
static void find_tail(double p, double a, double b, beta_point *out)
{
    enum { MOST = 200 };
    const double enough = 1e-14;
    double log_p = real_log(p), from = -700, to = 700;
    for (int k = 0; k < MOST; k++) {
        double upper = 0, up = real_exp(out->t), below = 1;
        out->x = up / (1 + up);
        out->y = 1 / (1 + up);
        out->terms = 0;
        if (out->x < 1)
            below = lower(out->x, out->y, a, b, &upper, &out->terms);
        if (below < p)
            from = out->t;
        else
            to = out->t;
        double step = (log_p - real_log(below > DBL_MIN ? below : DBL_MIN)) * below / out->terms;
        double t = out->t + step;
        if (out->terms > DBL_MIN && fabs(step) <= enough * (1 + fabs(t)))
            break;
        out->t = t > from && t < to ? t : (from + to) / 2;
        if (to - from <= enough)
            break;
    }
}

/* The point at the normal variate z, from out->t on. */
static void find_point(double z, double a, double b, beta_point *out)
{
    double p = variate_normal_below(-fabs(z));
    p = p >= DBL_MIN ? p : DBL_MIN;
    if (z <= 0) {
        find_tail(p, a, b, out);
        return;
    }
    beta_point turned = {.t = -out->t};
    find_tail(p, b, a, &turned);
    *out = (beta_point){-turned.t, turned.y, turned.x, turned.terms};
}

double variate_beta_at_normal(double z, double a, double b)
{
    beta_point at = {.t = real_log(a) - real_log(b)};
    find_point(z, a, b, &at);
    return at.x;
}

/* ---- many from one ---- */

#define STEP (VARIATE_BETA_REACH / (VARIATE_BETA_KNOTS / 2))

static double normal_density(double z)
{
    return real_exp(-z * z / 2) / 2.50662827463100050242;
}

void variate_beta_tabulate(double a, double b, variate_beta_table *out)
{
    enum { MIDDLE = VARIATE_BETA_KNOTS / 2 };
    const double least = 0.3; /* below, most of it lies at an end, and its bend is too sharp */
    *out = (variate_beta_table){.a = a, .b = b, .direct = a < least || b < least};
    for (int side = -1; side <= 1 && !out->direct; side += 2) {
        beta_point at = {.t = real_log(a) - real_log(b)};
        for (int k = 0; k <= MIDDLE; k++) {
            double z = side * k * STEP;
            find_point(z, a, b, &at);
            double by = at.terms > 0 ? normal_density(z) / at.terms : 0; /* dt / dz */
            out->x[MIDDLE + side * k] = at.x;
            out->slope[MIDDLE + side * k] = by * at.x * at.y * STEP;
            at.t += side * by * STEP;
        }
    }
}

double variate_beta_look(const variate_beta_table *t, double z)
{
    double at = (z + VARIATE_BETA_REACH) / STEP;
    if (t->direct || !(at >= 0 && at < VARIATE_BETA_KNOTS - 1))
        return variate_beta_at_normal(z, t->a, t->b);
    int k = (int)at;
    double u = at - k, v = 1 - u, from = t->x[k], to = t->x[k + 1];
    return v * v * (from * (1 + 2 * u) + t->slope[k] * u) +
           u * u * (to * (1 + 2 * v) - t->slope[k + 1] * v);
}
