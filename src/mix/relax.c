/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How loose a bound must be for the others to stay. */
#include "mix/mix.h"

#include "mix/clash.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

/* Bound k as loose as it must be, all others as they are. NaN: not enough. */
static tdo_status relax_average(mix_clash *c, size_t k, double *to)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp_pool_solution s = {0};
    tdo_status status = !scratch ? TDO_E_MEMORY : TDO_OK;
    for (size_t j = 0; j < c->m->bounds && status == TDO_OK; j++)
        status = mix_clash_set_miss(c, j, j == k ? MIX_MISS_PRICED : MIX_MISS_FORBIDDEN);
    if (status == TDO_OK)
        status = mix_clash_solve(c, scratch, &s);
    if (status == TDO_OK && s.lp.outcome == TDO_LP_OPTIMAL) {
        const mix_bound *b = &c->m->bound[k];
        double miss = s.lp.primal[c->m->bounds + k];
        *to = mix_loosen(b, mix_bound_of(b, b->beta + miss));
    }
    tdo_arena_free(scratch);
    return status;
}

/* Do all bounds hold together when bound k (which binds each) is at this reading? */
static tdo_status holds_at(mix_clash *c, size_t k, double reading, bool *holds)
{
    mix_problem m = *c->m;
    mix_clash own = {.m = &m, .a = tdo_arena_new(), .err = c->err};
    mix_bound_set all = {{0}};
    bool clashes = true;
    tdo_status status = TDO_E_MEMORY;
    if (!own.a)
        return status;
    m.bound = tdo_alloc(own.a, m.bounds, sizeof *m.bound);
    double *h = tdo_alloc(own.a, m.n, sizeof *h);
    if (!m.bound || !h)
        goto out;
    memcpy(m.bound, c->m->bound, m.bounds * sizeof *m.bound);
    mix_bound *b = &m.bound[k];
    for (size_t q = 0; q < m.n; q++)
        h[q] = b->sign * (b->reading[m.candidate[q]] - reading) > 0;
    b->h = h;
    if (mix_counts_models(&m)) {
        m.a = own.a;
        status = mix_holds_counted(c, &m, holds);
        goto out;
    }
    for (size_t j = 0; j < m.bounds; j++)
        mix_set_put(&all, j, true);
    status = mix_clash_make(&own);
    if (status == TDO_OK)
        status = mix_clash_test(&own, &all, &clashes, NULL);
    *holds = !clashes;
out:
    tdo_arena_free(own.a);
    return status;
}

/* The readings that are too much for bound k, each once, the nearest first, as sign x reading. */
static tdo_status list_beyond(const mix_clash *c, size_t k, tdo_arena *a, double **out, size_t *n)
{
    const mix_problem *m = c->m;
    const mix_bound *b = &m->bound[k];
    double *y = tdo_alloc(a, m->n, sizeof *y), *list = tdo_alloc(a, m->n, sizeof *list);
    uint32_t *order = tdo_alloc(a, m->n, sizeof *order);
    uint64_t *word = tdo_alloc(a, m->n, 2 * sizeof *word);
    if (!y || !list || !order || !word)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < m->n; q++) {
        y[q] = b->sign * b->reading[m->candidate[q]];
        order[q] = (uint32_t)q;
    }
    sort_by_key(y, order, m->n, word);
    *n = 0;
    for (size_t q = 0; q < m->n; q++) {
        double at = y[order[q]];
        if (at > b->sign * b->limit.bound && (*n == 0 || at > list[*n - 1]))
            list[(*n)++] = at;
    }
    *out = list;
    return TDO_OK;
}

/* The same for a bound that binds each: the nearest reading at which all hold. */
static tdo_status relax_each(mix_clash *c, size_t k, double *to)
{
    tdo_arena *scratch = tdo_arena_new();
    double *beyond = NULL;
    size_t n = 0, low = 0;
    bool holds = false;
    tdo_status status = !scratch ? TDO_E_MEMORY : list_beyond(c, k, scratch, &beyond, &n);
    double sign = c->m->bound[k].sign;
    if (status == TDO_OK && n > 0)
        status = holds_at(c, k, sign * beyond[n - 1], &holds);
    for (size_t high = n - 1; status == TDO_OK && holds && low < high;) {
        size_t middle = low + (high - low) / 2;
        bool enough = false;
        status = holds_at(c, k, sign * beyond[middle], &enough);
        if (enough)
            high = middle;
        else
            low = middle + 1;
    }
    *to = holds ? sign * beyond[low] : NAN;
    tdo_arena_free(scratch);
    return status;
}

tdo_status mix_clash_relax(mix_clash *c, tdo_mix_clash *out)
{
    double *relax = tdo_alloc(c->m->a, c->m->bounds, sizeof *relax);
    tdo_status status = !relax ? TDO_E_MEMORY : TDO_OK;
    for (size_t k = 0; k < c->m->bounds && status == TDO_OK; k++) {
        relax[k] = NAN;
        status = c->m->bound[k].limit.each ? relax_each(c, k, &relax[k])
                 : mix_counts_models(c->m) ? mix_relax_counted(c, k, &relax[k])
                                           : relax_average(c, k, &relax[k]);
    }
    out->relax = relax;
    out->relax_cut = c->cut;
    return status;
}
