/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How two rows stand to each other. */
#include "frontier/frontier.h"

/* No early way out of the loop: its branch is hard to predict, and costs more than a few axes. */
bool tdo_dominates(const double *a, const double *b, size_t d)
{
    bool more = false, less = false;
    for (size_t c = 0; c < d; c++) {
        more |= a[c] > b[c];
        less |= a[c] < b[c];
    }
    return more && !less;
}
