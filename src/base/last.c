/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last double for which something holds. */
#include "base/real.h"

#include <float.h>

/* Doubles are counted from 0 on, those below it backwards: a search by their numbers takes as many
 * steps near 0 as far from it. */
static int64_t number_of(double x)
{
    int64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    return bits >= 0 ? bits : INT64_MIN - bits;
}

static double double_of(int64_t number)
{
    const int64_t bits = number >= 0 ? number : INT64_MIN - number;
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The double `by` further on, at most the last finite one. */
static int64_t beyond(int64_t from, int64_t by)
{
    const int64_t end = number_of(by > 0 ? DBL_MAX : -DBL_MAX);
    if (by > 0)
        return from > end - by ? end : from + by;
    return from < end - by ? end : from + by;
}

double real_last(real_holds_fn holds, const void *of, double sign, double guess)
{
    const int64_t way = sign > 0 ? 1 : -1, most = INT64_C(1) << 62;
    int64_t yes = number_of(fmin(fmax(guess, -DBL_MAX), DBL_MAX)), no = yes, step = 1;
    const bool first = holds(of, double_of(yes));
    for (bool now = first; now == first; step *= step < most ? 2 : 1) {
        const int64_t from = first ? yes : no, to = beyond(from, first ? way * step : -way * step);
        if (to == from)
            return first ? double_of(to) : (double)NAN;
        now = holds(of, double_of(to));
        *(now ? &yes : &no) = to;
    }
    while (yes + way != no) {
        const int64_t middle = yes + (no - yes) / 2;
        *(holds(of, double_of(middle)) ? &yes : &no) = middle;
    }
    return double_of(yes);
}
