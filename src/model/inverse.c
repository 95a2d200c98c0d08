/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a value back to a measurement. */
#include "model/model.h"

#include <math.h>

/* Between x0 (value v0) and x1 (value v1 > v0), from v0 < value <= v1. */
static double between(double x0, double v0, double x1, double v1, double value)
{
    double t = (value - v0) / (v1 - v0);
    return value < v1 ? x0 * (1 - t) + x1 * t : x1;
}

/* The first piece from the low end in which the value is reached. */
static double piecewise(const tdo_criterion *c, double value)
{
    const double *x = c->value_x, *v = c->value_v;
    size_t last = c->n_value - 1;
    bool up = v[last] >= v[0];
    if (value <= v[up ? 0 : last])
        return x[up ? 0 : last];
    for (size_t k = 0; k < last; k++) {
        size_t low = up ? k : last - k, high = up ? k + 1 : last - k - 1;
        if (value <= v[high])
            return between(x[low], v[low], x[high], v[high], value);
    }
    return NAN;
}

double tdo_measurement_of(const tdo_criterion *c, double worst, double best, double value)
{
    if (c->n_value)
        return piecewise(c, value);
    if (worst == best) /* NOLINT: exact */
        return value <= 1 ? worst : NAN;
    return value <= 0 ? worst : value <= 1 ? between(worst, 0, best, 1, value) : NAN;
}
