/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a number far from all others, and fractions beside percentages. */
#include "model/scales.h"

#include <math.h>

enum { FAR_AMONG = 5, FAR_TIMES = 20 };

bool scales_find_far(const double *x, size_t n, size_t stride, scales_far *out)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    size_t known = 0, lowest = 0, highest = 0;
    for (size_t i = 0; i < n; i++) {
        double y = x[i * stride];
        if (isnan(y))
            continue;
        known++;
        lowest = y < low[0] ? i : lowest;
        highest = y > high[0] ? i : highest;
        low[1] = y < low[0] ? low[0] : fmin(low[1], y);
        low[0] = fmin(low[0], y);
        high[1] = y > high[0] ? high[0] : fmax(high[1], y);
        high[0] = fmax(high[0], y);
    }
    if (known < FAR_AMONG)
        return false;
    bool above = high[0] - low[0] > FAR_TIMES * (high[1] - low[0]) && high[1] > low[0];
    bool below = high[0] - low[0] > FAR_TIMES * (high[0] - low[1]) && high[0] > low[1];
    *out = above ? (scales_far){highest, low[0], high[1]} : (scales_far){lowest, low[1], high[0]};
    return above || below;
}

bool scales_find_mixed(const double *x, size_t n, size_t stride, scales_mixed *out)
{
    double small = 0, large = 0, small_most = 0, large_least = INFINITY;
    size_t n_small = 0, n_large = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
        double y = x[i * stride];
        if (y < 0 || y > 100)
            return false;
        if (y > 1) {
            large += y;
            large_least = fmin(large_least, y);
            n_large++;
        } else if (y > 0) {
            first = n_small++ == 0 ? i : first;
            small += y;
            small_most = fmax(small_most, y);
        }
    }
    if (n_small == 0 || n_large == 0 || large_least < 5 * small_most)
        return false;
    double times = large / (double)n_large / (small / (double)n_small);
    *out = (scales_mixed){n_small, first, small_most, large_least};
    return times >= 30 && times <= 300;
}
