/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several rules compute scores from. */
#include "rules/rules.h"

void rule_add_weighted(const rule_job *j, const bool *asked, double *sum)
{
    for (size_t s = 0; s < j->u->s; s++)
        for (size_t k = 0; (!asked || asked[s]) && k < j->u->f; k++)
            sum[k] += j->u->power[s] * rule_utility_of(j, s)[k];
}

/* The smaller ones into low, the larger ones into high. */
REAL_CLONES
static void exchange(double *low, double *high, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        double a = low[k], b = high[k];
        low[k] = b < a ? b : a;
        high[k] = b < a ? a : b;
    }
}

void rule_sort_levels(double *level, size_t levels, size_t n)
{
    for (size_t t = 1; t < levels; t++) /* insertion, all columns at once */
        for (size_t at = t; at > 0; at--)
            exchange(level + (at - 1) * n, level + at * n, n);
}
