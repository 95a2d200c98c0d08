/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranks of those who are listed. */
#include "explain/facts.h"

tdo_status facts_find_places(const tdo_run *run, const facts_listing *list, tdo_arena *a,
                             const tdo_places **out)
{
    const tdo_places *kept = run->ranking.places;
    uint32_t *slot = tdo_alloc(a, kept ? list->count : 0, sizeof *slot);
    tdo_places *own = tdo_alloc(a, 1, sizeof *own);
    size_t n = 0;
    bool all = true;
    if (!slot || !own)
        return TDO_E_MEMORY;
    *out = kept;
    for (size_t i = 0; kept && run->feasible && i < run->measured.n; i++) {
        const uint32_t k = run->screened.slot[i];
        if (k == UINT32_MAX || !facts_is_listed(list, i))
            continue;
        all = all && tdo_place_of(kept, k) < kept->n;
        slot[n++] = k;
    }
    if (all)
        return TDO_OK;
    const tdo_case now = tdo_case_of(run);
    *out = own;
    return tdo_find_places(&now, slot, n, a, own);
}

uint32_t facts_rank_in(const tdo_run *run, const tdo_places *places, tdo_rule rule, uint32_t k)
{
    const uint32_t *all = run->ranking.by_rule[rule].rank;
    return all ? all[k] : places->rank[rule][tdo_place_of(places, k)];
}

uint32_t facts_own_rank_in(const tdo_run *run, const tdo_places *places, size_t stakeholder,
                           uint32_t k)
{
    const uint32_t *all = run->ranking.stakeholder_rank;
    return all ? all[stakeholder * run->utility.f + k]
               : places->own[stakeholder * places->n + tdo_place_of(places, k)];
}
