/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a number far from all others, and fractions beside percentages. */
#include "model/scales.h"

#include <math.h>

enum { FAR_AMONG = 5, FAR_TIMES = 20, MOST_MIXED = 1000 };

bool scales_find_far(const double *x, size_t n, size_t stride, scales_far *out)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    size_t known = 0, lowest = 0, highest = 0;
    for (size_t i = 0; i < n; i++) {
        const double y = x[i * stride];
        known += isnan(y) ? 0 : 1;
        if (y < low[0]) {
            lowest = i;
            low[1] = low[0];
            low[0] = y;
        } else if (y < low[1]) {
            low[1] = y;
        }
        if (y > high[0]) {
            highest = i;
            high[1] = high[0];
            high[0] = y;
        } else if (y > high[1]) {
            high[1] = y;
        }
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
    double small = 0, large = 0, small_most = 0, large_least = INFINITY, large_most = 0;
    size_t n_small = 0, n_large = 0, first_small = 0, first_large = 0;
    bool fractions = false;
    for (size_t i = 0; i < n; i++) {
        double y = x[i * stride];
        if (y < 0 || y > MOST_MIXED)
            return false;
        if (y > 1) {
            first_large = n_large++ == 0 ? i : first_large;
            large += y;
            large_least = y < large_least ? y : large_least;
            large_most = y > large_most ? y : large_most;
        } else if (y > 0) {
            first_small = n_small++ == 0 ? i : first_small;
            small += y;
            small_most = y > small_most ? y : small_most;
            fractions |= y < 1;
        }
    }
    if (!fractions || n_large == 0 || large_least < 5 * small_most)
        return false;
    double times = large / (double)n_large / (small / (double)n_small);
    const bool percent = large_most <= 100 && times >= 30 && times <= 300;
    const bool pointless = n_large < n_small && times > 300 && times <= 3000;
    *out = (scales_mixed){percent, percent ? n_small : n_large, percent ? first_small : first_large,
                          small_most, large_least};
    return percent || pointless;
}
