/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several rules compute scores from. */
#include "rules/rules.h"

#include <assert.h>

void rule_add_weighted(const rule_job *j, const bool *asked, double *sum)
{
    for (size_t s = 0; s < j->u->s; s++)
        for (size_t k = 0; (!asked || asked[s]) && k < j->u->f; k++)
            sum[k] += j->u->power[s] * rule_utility_of(j, s)[k];
}

void rule_insert_ascending(double *level, size_t n, double x)
{
    assert(n == 0 || level[0] <= level[n - 1]);
    for (; n > 0 && level[n - 1] > x; n--)
        level[n] = level[n - 1];
    level[n] = x;
}
