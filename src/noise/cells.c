/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a file of subgroups: the closed forms. A rate p of n cases is Beta(p n + 1/2,
 * n - p n + 1/2), what is left of not knowing it at all (Jeffreys); any other value is normal. */
#include "base/decimal.h"
#include "noise/groups.h"

#include <math.h>

bool noise_cell_is_beta(const noise_cells *c, size_t at)
{
    return c->a[at] > 0;
}

bool noise_cell_is_exact(const noise_cells *c, size_t at)
{
    return !noise_cell_is_beta(c, at) && !(c->se[at] > 0);
}

double noise_cell_sd(const noise_cells *c, size_t at)
{
    const double a = c->a[at], b = c->b[at];
    return noise_cell_is_beta(c, at) ? c->scale / (a + b) * sqrt(a * b / (a + b + 1)) : c->se[at];
}

double noise_cell_holds(const noise_cells *c, size_t at, double sign, double bound)
{
    const double a = c->a[at], b = c->b[at], beyond = sign * tdo_beyond(c->value[at], 0, bound);
    if (!noise_cell_is_beta(c, at))
        return c->se[at] > 0 ? variate_normal_below(beyond / c->se[at]) : beyond >= 0 ? 1 : 0;
    return sign > 0 ? variate_beta_below((c->scale - bound) / c->scale, b, a)
                    : variate_beta_below(bound / c->scale, a, b);
}

/* Both exact: compared as the decimals they are written as. */
static double compare(const noise_cells *c, const noise_pair *p)
{
    decimal_sum sum;
    decimal_clear(&sum);
    decimal_add_product(&sum, p->by, c->value[p->x]);
    decimal_add(&sum, -c->value[p->y]);
    decimal_add(&sum, -p->bound);
    return decimal_rounded(&sum, NULL) <= 0 ? 1 : 0;
}

double noise_pair_holds(const noise_cells *c, const noise_pair *p)
{
    const double left = p->by * c->value[p->x], right = c->value[p->y];
    if (noise_cell_is_exact(c, p->x) && noise_cell_is_exact(c, p->y))
        return compare(c, p);
    if (noise_cell_is_exact(c, p->y) && (p->by < 0 || p->by > 0))
        return noise_cell_holds(c, p->x, p->by > 0 ? -1 : 1, (p->bound + right) / p->by);
    if (noise_cell_is_exact(c, p->x) || !(p->by < 0 || p->by > 0))
        return noise_cell_holds(c, p->y, 1, left - p->bound);
    if (noise_cell_is_beta(c, p->x) || noise_cell_is_beta(c, p->y))
        return NAN;
    const double x = p->by * c->se[p->x], y = c->se[p->y];
    return variate_normal_below((p->bound - (left - right)) / sqrt(x * x + y * y));
}
