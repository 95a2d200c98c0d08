/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LPs behind a clash: least misses, and whether some bounds can hold together. */
#include "mix/mix.h"

#include "mix/clash.h"

#include <math.h>

tdo_status mix_clash_make(mix_clash *c)
{
    const mix_problem *m = c->m;
    const double **entry = tdo_alloc(c->a, m->bounds + 1, sizeof *entry);
    double *same = tdo_alloc(c->a, m->bounds + 1, sizeof *same);
    double *cost = tdo_alloc(c->a, m->n, sizeof *cost);
    c->lp = tdo_lp_new(c->a, true);
    if (!entry || !same || !cost || !c->lp)
        return TDO_E_MEMORY;
    tdo_status status = tdo_lp_add_row(c->lp, &(tdo_lp_row){.lower = 1, .upper = 1}, c->err);
    for (size_t k = 0; k < m->bounds && status == TDO_OK; k++)
        status = tdo_lp_add_row(c->lp, &(tdo_lp_row){0}, c->err);
    for (size_t k = 0; k < 2 * m->bounds && status == TDO_OK; k++) {
        bool miss = k >= m->bounds;
        const uint32_t row = (uint32_t)(1 + k % (m->bounds ? m->bounds : 1));
        status = tdo_lp_add_column(c->lp,
                                   &(tdo_lp_column){.cost = miss ? -1 : 0,
                                                    .lower = miss ? 0 : -INFINITY,
                                                    .upper = miss ? INFINITY : m->bound[k].beta,
                                                    .count = 1,
                                                    .row = &row,
                                                    .value = (double[]){-1}},
                                   c->err);
    }
    same[0] = 1;
    for (size_t k = 0; k < m->bounds; k++)
        entry[1 + k] = m->bound[k].h;
    tdo_lp_candidates *all = tdo_alloc(c->a, 1, sizeof *all);
    if (!all)
        return TDO_E_MEMORY;
    *all = (tdo_lp_candidates){.n = m->n, .cost = cost, .entry = entry, .same = same};
    return status == TDO_OK ? tdo_lp_pool_new(c->lp, all, c->a, &c->pool, c->err) : status;
}

tdo_status mix_clash_set_miss(mix_clash *c, size_t k, mix_miss_cost how)
{
    size_t column = c->m->bounds + k;
    tdo_status status = tdo_lp_set_cost(c->lp, column, how == MIX_MISS_PRICED ? -1 : 0, c->err);
    return status == TDO_OK ? tdo_lp_set_bounds(c->lp, column, 0,
                                                how == MIX_MISS_FORBIDDEN ? 0 : INFINITY, c->err)
                            : status;
}

tdo_status mix_clash_solve(mix_clash *c, tdo_arena *a, tdo_lp_pool_solution *s)
{
    tdo_status status = tdo_lp_pool_solve(c->pool, NULL, a, s, c->err);
    c->lps++;
    if (status == TDO_OK) {
        c->m->effort.lps++;
        c->m->effort.rounds += s->rounds;
        c->m->effort.seconds += s->lp.seconds;
    }
    return status;
}

tdo_status mix_clash_test(mix_clash *c, const mix_bound_set *kept, bool *clashes, double *mu)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp_pool_solution s = {0};
    tdo_status status = !scratch ? TDO_E_MEMORY : TDO_OK;
    *clashes = false;
    for (size_t k = 0; k < c->m->bounds && status == TDO_OK; k++)
        status = mix_clash_set_miss(c, k, mix_set_has(kept, k) ? MIX_MISS_PRICED : MIX_MISS_FREE);
    if (status == TDO_OK)
        status = mix_clash_solve(c, scratch, &s);
    if (status == TDO_OK && s.lp.outcome == TDO_LP_OPTIMAL)
        *clashes = s.lp.objective < (s.lp.certificate.exact ? 0 : -MIX_PROVEN);
    for (size_t k = 0; k < c->m->bounds && *clashes && mu; k++)
        mu[k] = fmax(0, s.lp.reduced[k]);
    tdo_arena_free(scratch);
    return status;
}
