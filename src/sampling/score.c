/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores and ranks of one sample. */
#include "sampling/sample.h"

#include <string.h>

/* The case with what the sample moved. */
static void set_case(sampling_room *r)
{
    const tdo_case *now = r->c->k;
    r->v = *now->v;
    r->v.value = r->value;
    r->u = *now->u;
    r->u.weight = r->weight;
    r->u.power = r->power;
    r->u.group_weight = r->group;
    r->u.utility = r->utility;
    r->u.best = r->best;
    r->u.disagreement = r->low;
    r->x = *now->x;
    if (r->reading)
        r->x.reading = r->reading;
    r->k = *now;
    r->k.x = &r->x;
    r->k.v = &r->v;
    r->k.u = &r->u;
}

VARIATE_CLONES
static void add_utility(const double *u, double power, size_t n, double *score)
{
    for (size_t i = 0; i < n; i++)
        score[i] += power * u[i];
}

void sampling_score(sampling_room *r)
{
    const sampling_case *c = r->c;
    const tdo_rule rule = c->k->s->rule;
    if (r->scored)
        return;
    r->scored = true;
    r->by_rank = false;
    if (rule == TDO_RULE_WEIGHTED) {
        memset(r->score, 0, c->f * sizeof *r->score);
        for (size_t h = 0; h < c->s; h++)
            add_utility(r->utility + h * c->f, r->power[h], c->f, r->score);
        return;
    }
    set_case(r);
    r->by_rank = rule_apply_at(&r->bench, rule, &r->k, r->score, r->rank);
}

/* rank[i] = 1 + how many are above i by more than a tie: all pairs, where they are few. */
VARIATE_CLONES
static void rank_pairs(const double *score, size_t n, uint32_t *rank)
{
    for (size_t i = 0; i < n; i++) {
        double mine = score[i];
        uint32_t above = 1;
        for (size_t j = 0; j < n; j++)
            above += score[j] - mine > TDO_TIE;
        rank[i] = above;
    }
}

/* The same by as many buckets as there are scores, from the best on, and insertion in each. False:
 * too many fell into one. room: [3n + 1]. */
static bool rank_buckets(const double *score, size_t n, uint32_t *room, uint32_t *rank)
{
    enum { MOST_IN_ONE = 32 };
    uint32_t *start = room, *bucket = room + n + 1, *order = bucket + n;
    double best = score[0], least = score[0];
    for (size_t i = 1; i < n; i++) {
        best = score[i] > best ? score[i] : best;
        least = score[i] < least ? score[i] : least;
    }
    double scale = best > least ? (double)(n - 1) / (best - least) : 0;
    if (!(scale > 0 && scale < 1e300))
        return false;
    memset(start, 0, (n + 1) * sizeof *start);
    for (size_t i = 0; i < n; i++) {
        bucket[i] = (uint32_t)((best - score[i]) * scale);
        if (bucket[i] >= n || ++start[bucket[i] + 1] > MOST_IN_ONE)
            return false;
    }
    for (size_t k = 0; k < n; k++)
        start[k + 1] += start[k];
    for (uint32_t i = 0; i < n; i++)
        order[start[bucket[i]]++] = i;
    for (size_t i = 1; i < n; i++) {
        uint32_t x = order[i];
        size_t at = i;
        for (; at > 0 && score[order[at - 1]] < score[x]; at--)
            order[at] = order[at - 1];
        order[at] = x;
    }
    for (size_t i = 0, above = 0; i < n; i++) {
        while (score[order[above]] - score[order[i]] > TDO_TIE)
            above++;
        rank[order[i]] = (uint32_t)above + 1;
    }
    return true;
}

void sampling_rank(sampling_room *r)
{
    enum { PAIRS = 64 };
    if (r->by_rank)
        return;
    if (r->c->f <= PAIRS)
        rank_pairs(r->score, r->c->f, r->rank);
    else if (!rank_buckets(r->score, r->c->f, r->bucket, r->rank))
        rule_rank_in(&r->bench.room, r->score, r->c->f, r->rank);
    r->by_rank = true;
}

size_t sampling_first(const sampling_room *r, uint32_t *list)
{
    size_t n = 0;
    double best = r->score[0];
    for (size_t i = 1; i < r->c->f && !r->by_rank; i++)
        best = r->score[i] > best ? r->score[i] : best;
    for (uint32_t i = 0; i < r->c->f; i++)
        if (r->by_rank ? r->rank[i] == 1 : !(best - r->score[i] > TDO_TIE))
            list[n++] = i;
    return n;
}
