/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores and ranks of one sample. */
#include "sampling/sample.h"

#include <string.h>

static void set_group_weights(sampling_room *r)
{
    const sampling_case *c = r->c;
    memset(r->group, 0, c->d * sizeof *r->group);
    for (size_t h = 0; h < c->s; h++)
        for (size_t q = 0; q < c->d; q++)
            r->group[q] += r->power[h] * r->weight[h * c->d + q];
}

/* The case with what the sample moved. */
static void set_case(sampling_room *r)
{
    const tdo_case *now = r->c->k;
    set_group_weights(r);
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
        r->x.reading = (const double *const *)r->reading;
    r->k = *now;
    r->k.x = &r->x;
    r->k.v = &r->v;
    r->k.u = &r->u;
}

REAL_CLONES
void sampling_blend(const double *x, const double *by, size_t rows, size_t n, double *out)
{
    enum { LANES = 8 }; /* so many sums at once, which stay in registers; the last ones overlap */
    for (size_t i = 0; n >= LANES && i < n; i += LANES) {
        const size_t from = n - i < LANES ? n - LANES : i;
        double sum[LANES] = {0};
        for (size_t q = 0; q < rows; q++) {
            const double *at = x + q * n + from;
            for (size_t l = 0; l < LANES; l++)
                sum[l] += by[q] * at[l];
        }
        memcpy(out + from, sum, sizeof sum);
    }
    for (size_t i = 0; n < LANES && i < n; i++) {
        double sum = 0;
        for (size_t q = 0; q < rows; q++)
            sum += by[q] * x[q * n + i];
        out[i] = sum;
    }
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
        sampling_blend(r->utility, r->power, c->s, c->f, r->score);
        return;
    }
    set_case(r);
    r->tied = true;
    r->by_rank = rule_apply_at(&r->bench, rule, &r->k, r->score, r->rank) == RULE_RANK;
}

REAL_CLONES
void sampling_ends(const double *x, size_t n, double *least, double *most)
{
    enum { LANES = 8 }; /* so many at once, as one alone would wait for the last; these overlap */
    double low[LANES], high[LANES];
    for (size_t l = 0; l < LANES; l++)
        low[l] = high[l] = x[l < n ? l : 0];
    for (size_t i = LANES; i < n; i += LANES) {
        const double *at = x + (n - i < LANES ? n - LANES : i);
        for (size_t l = 0; l < LANES; l++) {
            low[l] = at[l] < low[l] ? at[l] : low[l];
            high[l] = at[l] > high[l] ? at[l] : high[l];
        }
    }
    for (size_t half = LANES / 2; half > 0; half /= 2)
        for (size_t l = 0; l < half; l++) {
            low[l] = low[l + half] < low[l] ? low[l + half] : low[l];
            high[l] = high[l + half] > high[l] ? high[l + half] : high[l];
        }
    *least = low[0];
    *most = high[0];
}

/* bucket[i] = how many steps of 1/scale score i is below the best; less than 2^31. */
REAL_CLONES
static void find_buckets(const double *score, double best, double scale, size_t n, uint32_t *bucket)
{
    for (size_t i = 0; i < n; i++)
        bucket[i] = (uint32_t)(int32_t)((best - score[i]) * scale);
}

/* order: from the best on, by buckets: start[k] is where bucket k ends, after. False: too many fell
 * into one. */
static bool fill_buckets(const uint32_t *bucket, size_t n, uint32_t *start, uint32_t *order)
{
    enum { MOST_IN_ONE = 32 };
    uint32_t most = 0, at = 0;
    memset(start, 0, n * sizeof *start);
    for (size_t i = 0; i < n; i++)
        start[bucket[i]]++;
    for (size_t k = 0; k < n; k++) {
        uint32_t here = start[k];
        most = here > most ? here : most;
        start[k] = at;
        at += here;
    }
    for (uint32_t i = 0; i < n && most <= MOST_IN_ONE; i++)
        order[start[bucket[i]]++] = i;
    return most <= MOST_IN_ONE;
}

/* The same by as many buckets as there are scores, from the best on, and insertion in each; and do
 * some share a rank? False: too many fell into one. room: [3n], sorted: [n]. */
static bool rank_buckets(const double *score, size_t n, uint32_t *room, double *sorted,
                         uint32_t *rank, bool *tied)
{
    uint32_t *start = room, *bucket = room + n, *order = bucket + n;
    double least = 0, best = 0;
    sampling_ends(score, n, &least, &best);
    double scale = best > least ? (double)(n - 1) / (best - least) : 0;
    if (!(scale > 0 && scale < 1e300) || n > INT32_MAX)
        return false;
    find_buckets(score, best, scale, n, bucket);
    if (!fill_buckets(bucket, n, start, order))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t x = order[i];
        double mine = score[x];
        size_t at = i;
        for (; at > 0 && sorted[at - 1] < mine; at--) {
            sorted[at] = sorted[at - 1];
            order[at] = order[at - 1];
        }
        sorted[at] = mine;
        order[at] = x;
    }
    for (size_t i = 0, above = 0; i < n; i++) {
        while (sorted[above] - sorted[i] > TDO_TIE)
            above++;
        rank[order[i]] = (uint32_t)above + 1;
        *tied |= above < i;
    }
    return true;
}

void sampling_rank(sampling_room *r)
{
    const size_t f = r->c->f;
    if (r->by_rank)
        return;
    r->by_rank = true;
    r->tied = false;
    if (f <= RULE_FEW) {
        r->tied = !rule_rank_pairs(r->score, f, r->rank);
    } else if (!rank_buckets(r->score, f, r->bucket, r->sorted, r->rank, &r->tied)) {
        rule_rank_in(&r->bench.room, r->score, f, r->rank);
        r->tied = true; /* for all that is known */
    }
}

size_t sampling_first(const sampling_room *r, uint32_t *list)
{
    size_t n = 0;
    double best = 0, least = 0;
    if (!r->by_rank)
        sampling_ends(r->score, r->c->f, &least, &best);
    for (uint32_t i = 0; i < r->c->f; i++) { /* without a branch, which could not be foretold */
        list[n] = i;
        n += r->by_rank ? r->rank[i] == 1 : !(best - r->score[i] > TDO_TIE);
    }
    return n;
}
