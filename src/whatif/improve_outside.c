/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate that is not feasible lacks to be first, were it let in. */
#include "tradeoff/whatif.h"
#include "whatif/whatif.h"

#include <string.h>

/* Everybody who is feasible, and i; what it breaks stays known. */
static tdo_status let_in(const tdo_screened *f, size_t n, size_t i, tdo_arena *a, tdo_screened *out)
{
    uint32_t *feasible = tdo_alloc(a, f->feasible_n + 1, sizeof *feasible);
    uint32_t *slot = tdo_alloc(a, n, sizeof *slot);
    size_t count = 0;
    if (!feasible || !slot)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++) {
        const bool in = f->slot[q] != UINT32_MAX || q == i;
        slot[q] = in ? (uint32_t)count : UINT32_MAX;
        if (in)
            feasible[count++] = (uint32_t)q;
    }
    *out = *f;
    out->feasible_n = count;
    out->feasible = feasible;
    out->slot = slot;
    return TDO_OK;
}

/* What candidate i lacks, under the headline rule and under `weighted`. */
static tdo_status improve_outside(const tdo_case *now, size_t i, double *steps, tdo_outside *out)
{
    static const tdo_rank_options headline = {.only_headline = true};
    tdo_arena *a = tdo_arena_new();
    tdo_screened f = {0};
    tdo_valued v = {0};
    tdo_utility u = {0};
    tdo_front front = {0};
    tdo_ranking r = {0};
    tdo_warnings unsaid = {0};
    tdo_case k = *now;
    k.f = &f;
    k.v = &v;
    k.u = &u;
    k.front = &front;
    k.r = &r;
    tdo_status status = a ? let_in(now->f, k.x->n, i, a, &f) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_value(k.s, k.x, &f, a, &v, &unsaid);
    if (status == TDO_OK)
        status = tdo_utilities(&k, a, &u, &unsaid);
    if (status == TDO_OK)
        status = tdo_find_frontier(&k, 1, a, &front);
    if (status == TDO_OK)
        status = tdo_rank_all(&k, &headline, a, &r, NULL);
    if (status == TDO_OK && r.rule != TDO_RULE_WEIGHTED)
        status = tdo_apply_rule(TDO_RULE_WEIGHTED, &k, a, &r.by_rule[TDO_RULE_WEIGHTED]);
    if (status == TDO_OK)
        status = tdo_find_improvement(&k, f.slot[i], a, steps, &out->weighted);
    out->headline = out->weighted;
    if (status == TDO_OK && r.rule != TDO_RULE_WEIGHTED)
        status = whatif_improve(&k, f.slot[i], a, steps, &out->headline);
    tdo_arena_free(a);
    return status;
}

/* By the bytes of the id. */
static void sort_outside(const tdo_measured *x, tdo_outside *of, size_t n)
{
    for (size_t p = 1; p < n; p++)
        for (size_t q = p; q > 0 && strcmp(x->id[of[q].candidate], x->id[of[q - 1].candidate]) < 0;
             q--) {
            tdo_outside held = of[q];
            of[q] = of[q - 1];
            of[q - 1] = held;
        }
}

tdo_status tdo_find_outside_improvements(const tdo_case *k, tdo_arena *a, tdo_choice *choice)
{
    const size_t n = k->x->n;
    double steps = WHATIF_IMPROVE_ANEW;
    const double cost = WHATIF_RUN_ANEW + whatif_cost(k->s, n, k->u->f + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += k->f->broken[i] != 0;
    if (!count || count > TDO_CHOICE_MANY)
        return TDO_OK;
    tdo_outside *out = tdo_alloc(a, count, sizeof *out);
    if (!out)
        return TDO_E_MEMORY;
    count = 0;
    for (size_t i = 0; i < n; i++)
        if (k->f->broken[i])
            out[count++].candidate = i;
    sort_outside(k->x, out, count);
    for (size_t q = 0; q < count; q++) {
        tdo_status status = TDO_OK;
        out[q].weighted = out[q].headline =
            (tdo_improvement){.criterion = TDO_NONE, .left_out = true};
        if (cost > steps)
            continue;
        steps -= cost;
        status = improve_outside(k, out[q].candidate, &steps, &out[q]);
        if (status != TDO_OK)
            return status;
    }
    choice->outside = out;
    choice->n_outside = count;
    return TDO_OK;
}
