/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far vague weights may be off: a box around them. */
#include "base/decimal.h"
#include "region/region.h"

#include <math.h>

/* Shares are whole numbers of such a part of the sum where the decimals are too long. */
#define FINE 0x1p50

/* The weights by their sum, and vague, all as whole parts of `whole`. */
typedef struct shares {
    int64_t part[TDO_MAX_CRITERIA];
    int64_t slack, whole;
} shares;

static bool scale(int64_t *x, int tens)
{
    for (; tens > 0 && *x != 0; tens--) {
        *x *= 10;
        if (*x > (int64_t)FINE)
            return false;
    }
    return *x <= (int64_t)FINE;
}

/* Exactly, if all fit. */
static bool take_decimals(const double *weight, size_t n, double vague, shares *out)
{
    const decimal off = decimal_of(vague);
    int64_t sum = 0, one = 1;
    int least = 0;
    for (size_t c = 0; c < n; c++) {
        int exponent = decimal_of(weight[c]).exponent;
        least = exponent < least ? exponent : least;
    }
    for (size_t c = 0; c < n; c++) {
        const decimal w = decimal_of(weight[c]);
        out->part[c] = w.mantissa;
        if (w.mantissa > (int64_t)FINE || !scale(&out->part[c], w.exponent - least))
            return false;
        sum += out->part[c]; /* of at most 500 of 2^50 */
    }
    if (off.exponent < -15 || !scale(&one, -off.exponent) || sum > (int64_t)FINE / one)
        return false;
    out->whole = sum * one;
    out->slack = off.mantissa * sum; /* <= whole */
    for (size_t c = 0; c < n; c++)
        out->part[c] *= one;
    return true;
}

static void take_nearest(const double *weight, size_t n, double vague, shares *out)
{
    double sum = 0;
    for (size_t c = 0; c < n; c++)
        sum += weight[c];
    out->whole = (int64_t)FINE;
    out->slack = (int64_t)ceil(vague * FINE);
    for (size_t c = 0; c < n; c++)
        out->part[c] = (int64_t)floor(weight[c] / sum * FINE);
}

/* low x sum <= w[c] x whole, or the other way round. */
static void add_row(int64_t *row, size_t n, size_t c, int64_t bound, int64_t whole, int sign)
{
    for (size_t q = 0; q < n; q++)
        row[q] = -sign * bound;
    row[c] += sign * whole;
}

size_t region_add_vague(const double *weight, size_t n, double vague, int64_t *row, double *centre,
                        double *slack)
{
    shares x;
    size_t rows = 0;
    double sum = 0;
    if (!take_decimals(weight, n, vague, &x))
        take_nearest(weight, n, vague, &x);
    for (size_t c = 0; c < n; c++)
        sum += weight[c];
    for (size_t c = 0; c < n; c++) {
        int64_t off = x.slack, below = x.part[c], above = x.whole - x.part[c];
        off = off < below ? off : below;
        off = off < above ? off : above;
        if (x.part[c] > off)
            add_row(row + rows++ * n, n, c, x.part[c] - off, x.whole, 1);
        add_row(row + rows++ * n, n, c, x.part[c] + off, x.whole, -1);
        centre[c] = weight[c] / sum;
        slack[c] = fmin(vague, fmin(centre[c], 1 - centre[c]));
    }
    return rows;
}
