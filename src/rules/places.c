/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks that are kept of some, and those that somebody asks for later. */
#include "rules/ranking.h"

#include <string.h>

tdo_status tdo_find_places(const tdo_case *k, const uint32_t *slot, size_t n, tdo_arena *a,
                           tdo_places *out)
{
    const tdo_rule headline = k->r->rule;
    tdo_arena *scratch = tdo_arena_new();
    rule_bench bench = {.level = NULL};
    rule_placing p = {.slot = slot, .n = n};
    double *spare = !scratch ? NULL : tdo_alloc(scratch, k->u->f, sizeof *spare);
    tdo_places y = {.slot = slot, .n = n};
    tdo_status status = spare ? rule_bench_for_all(headline, k->u, scratch, &bench) : TDO_E_MEMORY;
    for (int rule = 0; rule < TDO_RULES; rule++)
        p.asked[rule] = k->r->by_rule[rule].computed && rule != (int)headline;
    if (status == TDO_OK)
        status = rule_place(&bench, k, spare, a, &p);
    uint32_t *rank = status == TDO_OK ? tdo_alloc(a, n, sizeof *rank) : NULL;
    for (size_t q = 0; rank && q < n; q++)
        rank[q] = k->r->by_rule[headline].rank[slot[q]];
    p.rank[headline] = rank;
    tdo_arena_free(scratch);
    if (!rank)
        return status == TDO_OK ? TDO_E_MEMORY : status;
    y.own = p.own;
    memcpy(y.rank, p.rank, sizeof p.rank);
    *out = y;
    return TDO_OK;
}

size_t tdo_place_of(const tdo_places *p, uint32_t slot)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (p->slot[middle] < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->n && p->slot[low] == slot ? low : p->n;
}

uint32_t tdo_own_rank(const tdo_case *k, size_t s, uint32_t slot)
{
    const tdo_ranking *r = k->r;
    const size_t at = r->places ? tdo_place_of(r->places, slot) : 0;
    const double mine = tdo_utility_at(k->u, s, slot);
    uint32_t rank = 1;
    double u[MODEL_BLOCK];
    if (!r->places)
        return r->stakeholder_rank[s * k->u->f + slot];
    if (at < r->places->n)
        return r->places->own[s * r->places->n + at];
    for (size_t from = 0; from < k->u->f; from += MODEL_BLOCK) {
        const model_block b = model_block_at(k->u, from);
        model_utility_row(k->u, s, from, b.n, u);
        for (size_t q = 0; q < b.n; q++)
            rank += rule_above(u[q], mine);
    }
    return rank;
}
