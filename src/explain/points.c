/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of 100, probabilities in 100 and counts, as they are written. */
#include <math.h>

#include "explain/amount.h"

enum { POINTS_DIGITS = 9 };

void amount_put_in_100(tdo_sink *o, double share, bool at_least)
{
    const double whole = floor(100 * share + 0.5);
    if (whole < 1)
        tdo_puts(o, "<1");
    else if (whole > 99)
        tdo_puts(o, ">99");
    else
        tdo_putf(o, "%d%s", (int)whole, at_least ? "+" : "");
}

void amount_put_points(tdo_sink *o, double points)
{
    const double x = fabs(points);
    const double shown = x < 1 ? floor(100 * x + 0.5) / 100 : floor(x + 0.5);
    if (x > 0 && !(shown > 0))
        tdo_puts(o, "less than 0.01 points");
    else {
        amount_put_rounded(o, shown, 6);
        tdo_puts(o, amount_point(shown, 6));
    }
}

/* points in units of which as many make one that the two differ. */
static double rounded_beside(double points, double other)
{
    enum { MOST_UNITS = 1000000 };
    double unit = 1;
    while (unit < MOST_UNITS && fabs(points - other) > 100 * TDO_TIE &&
           !(fabs(floor(points * unit + 0.5) - floor(other * unit + 0.5)) > 0))
        unit *= 10;
    return floor(points * unit + 0.5) / unit;
}

void amount_put_points_beside(tdo_sink *o, double points, double other)
{
    amount_put_rounded(o, rounded_beside(points, other), POINTS_DIGITS);
}

const char *amount_point_beside(double points, double other)
{
    return amount_point(rounded_beside(points, other), POINTS_DIGITS);
}

void amount_put_points_apart(tdo_sink *o, double points, const char *between, double other)
{
    amount_put_points_beside(o, points, other);
    tdo_puts(o, amount_point_beside(points, other));
    tdo_puts(o, between);
    amount_put_points_beside(o, other, points);
}

void amount_put_count(tdo_sink *o, size_t n, const char *one, const char *many)
{
    amount_put_grouped(o, (double)n);
    tdo_putf(o, " %s", n == 1 ? one : many);
}
