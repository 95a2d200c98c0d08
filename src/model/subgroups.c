/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken of the values of subgroups, and of which of them. */
#include "base/decimal.h"

#include "tradeoff/decision.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void tdo_subgroup_ends(const tdo_criterion *c, const tdo_subgroups *g, size_t i, size_t *worst,
                       size_t *best)
{
    bool by_goal = c->groups->take == TDO_TAKE_WORST || c->groups->take == TDO_TAKE_MEAN;
    *worst = *best = g->start[i] < g->start[i + 1] ? g->start[i] : TDO_NONE;
    for (size_t q = g->start[i] + 1; q < g->start[i + 1]; q++) {
        double v = g->value[q], low = g->value[*worst], high = g->value[*best];
        const char *name = g->name[g->group[q]];
        int lower = by_goal ? tdo_better(c, low, v) : (v < low) - (v > low);
        int higher = by_goal ? tdo_better(c, v, high) : (v > high) - (v < high);
        if (lower > 0 || (lower == 0 && strcmp(name, g->name[g->group[*worst]]) < 0))
            *worst = q;
        if (higher > 0 || (higher == 0 && strcmp(name, g->name[g->group[*best]]) < 0))
            *best = q;
    }
}

static double taken_mean(const double *value, const double *size, size_t n, double *rest)
{
    decimal_sum sum, all;
    decimal_clear(&sum);
    decimal_clear(&all);
    for (size_t q = 0; q < n; q++) {
        double w = size ? size[q] : 1;
        decimal_add(&all, w);
        decimal_add_product(&sum, w, value[q]);
    }
    return decimal_quotient(&sum, &all, rest);
}

double tdo_taken(const tdo_criterion *c, const double *value, const double *size, size_t n,
                 double *rest)
{
    double low = value[0], high = value[0];
    decimal_sum a, b;
    assert(n > 0);
    *rest = 0;
    if (c->groups->take == TDO_TAKE_MEAN)
        return taken_mean(value, size, n, rest);
    for (size_t q = 1; q < n; q++) {
        low = value[q] < low ? value[q] : low;
        high = value[q] > high ? value[q] : high;
    }
    if (c->groups->take == TDO_TAKE_WORST)
        return tdo_better(c, low, high) < 0 ? low : high;
    decimal_clear(&a);
    decimal_clear(&b);
    decimal_add(&a, c->groups->take == TDO_TAKE_GAP ? high : low);
    if (c->groups->take == TDO_TAKE_GAP) {
        decimal_add_product(&a, -1, low);
        return decimal_rounded(&a, rest);
    }
    if (low < 0 || !(high > 0))
        return NAN;
    decimal_add(&b, high);
    return decimal_quotient(&a, &b, rest);
}
