/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several rules compute scores from. */
#include "rules/rules.h"

const double *rule_utility_of(const rule_bench *bench, const tdo_utility *u, size_t s)
{
    if (u->utility)
        return u->utility + s * u->f;
    model_utility_row(u, s, 0, u->f, bench->row);
    return bench->row;
}

model_block rule_block_at(const rule_bench *bench, const tdo_case *in, size_t from)
{
    model_block b = model_block_at(in->u, from);
    model_block_fill(in->v, in->u, bench->block, &b);
    return b;
}

void rule_add_weighted(const rule_job *j, const model_block *b, const bool *asked, double *sum)
{
    for (size_t s = 0; s < j->u->s; s++)
        if (!asked || asked[s])
            model_add_scaled(model_utilities_in(b, s), j->u->power[s], b->n, sum);
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

REAL_CLONES
double rule_largest(const double *x, size_t n)
{
    double most = x[0];
    for (size_t k = 1; k < n; k++)
        most = x[k] > most ? x[k] : most;
    return most;
}
