/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points that are uniform on a simplex. */
#include "variates/variates.h"

#include <assert.h>

void variate_simplex(const variate_draw *d, size_t n, double *out)
{
    assert(n >= 1);
    double below = 0;
    if (n == 0)
        return;
    variate_uniforms(d, n - 1, out);
    for (size_t k = 1; k + 1 < n; k++) { /* few: by insertion */
        double x = out[k];
        size_t at = k;
        for (; at > 0 && out[at - 1] > x; at--)
            out[at] = out[at - 1];
        out[at] = x;
    }
    for (size_t k = 0; k + 1 < n; k++) {
        double x = out[k];
        out[k] = x - below;
        below = x;
    }
    out[n - 1] = 1 - below;
}
