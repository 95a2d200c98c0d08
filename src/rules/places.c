/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of some among all, without an order of all: everybody's score is looked up among theirs. */
#include "rules/ranking.h"

#include <assert.h>
#include <string.h>

enum { MANY = 8 }; /* where more than one of so many is asked for, all are ranked */

tdo_status rule_some_make(const uint32_t *slot, size_t n, size_t f, tdo_arena *a, rule_some *out)
{
    *out = (rule_some){.slot = slot, .n = n};
    out->key = tdo_alloc(a, n, sizeof *out->key);
    out->sorted = tdo_alloc(a, n, sizeof *out->sorted);
    out->index = tdo_alloc(a, n, sizeof *out->index);
    out->count = tdo_alloc(a, n + 1, sizeof *out->count);
    out->word = tdo_alloc(a, n, 2 * sizeof *out->word);
    out->rank = tdo_alloc(a, f, sizeof *out->rank);
    return out->key && out->sorted && out->index && out->count && out->word && out->rank
               ? TDO_OK
               : TDO_E_MEMORY;
}

/* Of n scores, ascending, how many this one is above: they come first. */
static size_t count_below(const double *sorted, size_t n, double score)
{
    size_t low = 0;
    for (size_t half = 0; n > 1; n -= half) {
        half = n / 2;
        low += rule_above(score, sorted[low + half - 1]) ? half : 0;
    }
    return low + (n > 0 && rule_above(score, sorted[low]));
}

void rule_rank_some(const rule_some *some, const double *score, size_t f, uint32_t *rank)
{
    const size_t n = some->n;
    size_t above = 0;
    for (size_t q = 0; q < n; q++) {
        some->key[q] = score[some->slot[q]];
        some->index[q] = (uint32_t)q;
    }
    sort_by_key(some->key, some->index, n, some->word);
    for (size_t q = 0; q < n; q++)
        some->sorted[q] = some->key[some->index[q]];
    memset(some->count, 0, (n + 1) * sizeof *some->count);
    for (size_t k = 0; k < f; k++)
        some->count[count_below(some->sorted, n, score[k])]++;
    for (size_t q = n; q-- > 0;) { /* who is above more than q of them is above the q-th */
        above += some->count[q + 1];
        rank[some->index[q]] = (uint32_t)(1 + above);
    }
}

rule_set rule_place_on(const rule_bench *bench, tdo_rule rule, const tdo_case *in, double *score,
                       const rule_some *some, uint32_t *rank)
{
    const size_t f = in->u->f;
    const rule_set set = rule_apply_at(bench, rule, in, score, some->rank);
    if (set == RULE_NONE)
        return set;
    if (set == RULE_SCORE && some->n <= f / MANY) {
        rule_rank_some(some, score, f, rank);
        return set;
    }
    if (set == RULE_SCORE)
        rule_rank_in(&bench->room, score, f, some->rank);
    for (size_t q = 0; q < some->n; q++)
        rank[q] = some->rank[some->slot[q]];
    return RULE_RANK;
}

tdo_status tdo_find_places(const tdo_case *k, const uint32_t *slot, size_t n, tdo_arena *a,
                           tdo_places *out)
{
    const size_t f = k->u->f;
    tdo_arena *scratch = tdo_arena_new();
    rule_bench bench = {.level = NULL};
    rule_some some = {.n = 0};
    tdo_places y = {.slot = slot, .n = n};
    double *score = !scratch ? NULL : tdo_alloc(scratch, f, sizeof *score);
    tdo_status status = score ? rule_bench_for_all(k->s->rule, k->u->s, f, scratch, &bench)
                              : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = rule_some_make(slot, n, f, scratch, &some);
    for (int rule = 0; rule < TDO_RULES && status == TDO_OK; rule++) {
        if (!k->r->by_rule[rule].computed)
            continue;
        uint32_t *rank = tdo_alloc(a, n, sizeof *rank);
        if (rank)
            (void)rule_place_on(&bench, (tdo_rule)rule, k, score, &some, rank);
        y.rank[rule] = rank;
        status = rank ? TDO_OK : TDO_E_MEMORY;
    }
    tdo_arena_free(scratch);
    if (status == TDO_OK)
        *out = y;
    return status;
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
