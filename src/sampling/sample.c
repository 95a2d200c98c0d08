/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes one sample. Where nothing is uncertain the numbers are those of the run, to the last bit:
 * sums are added in the same order. */
#include "sampling/sample.h"

#include <math.h>
#include <string.h>

/* Streams: one for each stakeholder's weights, and one for the powers (those of errors come behind
 * them: noise_draw.c). */
enum { STREAM_POWERS = 1 << 15 };

/* ---- what samples share ---- */

/* The feasible candidates and, behind them, the incumbent, feasible or not; nobody where there is
 * none. */
static tdo_status make_slots(const tdo_case *k, const noise_plan *noise, tdo_arena *a,
                             noise_slots *out)
{
    size_t f = k->f->feasible_n, today = k->x->incumbent;
    uint32_t *at = tdo_alloc(a, f + 1, sizeof *at);
    if (!at)
        return TDO_E_MEMORY;
    memcpy(at, k->f->feasible, f * sizeof *at);
    at[f] = today == TDO_NONE ? UINT32_MAX : (uint32_t)today;
    return noise_slots_make(noise, k->x, at, f + 1, a, out);
}

tdo_status sampling_case_make(const tdo_case *k, const noise_plan *noise, tdo_arena *a,
                              sampling_case *out)
{
    size_t f = k->f->feasible_n, d = k->x->d, s = k->s->n_stakeholders;
    double *slope = tdo_alloc(a, d, sizeof *slope);
    noise_slots *slots = tdo_alloc(a, 1, sizeof *slots);
    sampling_region *region = tdo_alloc(a, s, sizeof *region), powers;
    const tdo_region none = {.open = false};
    tdo_status status = slope && slots && region ? make_slots(k, noise, a, slots) : TDO_E_MEMORY;
    for (size_t h = 0; h < s && status == TDO_OK; h++)
        status = sampling_region_make(k->regions ? &k->regions->of[h] : &none, a, &region[h]);
    if (status == TDO_OK)
        status = sampling_region_make(k->regions ? &k->regions->powers : &none, a, &powers);
    if (status != TDO_OK)
        return status;
    for (size_t c = 0; c < d; c++) {
        double span = k->v->best[c] - k->v->worst[c];
        slope[c] = span > 0 || span < 0 ? 1 / span : 0;
    }
    size_t today = k->x->incumbent;
    bool has_slot = today != TDO_NONE && k->f->slot[today] != UINT32_MAX;
    *out = (sampling_case){.k = k,
                           .noise = noise,
                           .slots = slots,
                           .region = region,
                           .powers = powers,
                           .slope = slope,
                           .incumbent = has_slot ? k->f->slot[today] : f,
                           .f = f,
                           .d = d,
                           .s = s};
    return TDO_OK;
}

tdo_status sampling_room_make(const sampling_case *c, const sampling_setting *set, tdo_arena *a,
                              sampling_room *out)
{
    size_t f = c->f, d = c->d, s = c->s, n = c->k->x->n;
    sampling_room r = {.c = c, .set = set};
    bool readings = tdo_rule_about[c->k->s->rule]->by_readings;
    for (size_t q = 0; q < c->noise->n; q++)
        r.moves |= set->noise[q];
    r.shift = tdo_alloc(a, f, sizeof(double));
    r.value = tdo_alloc(a, d * f, sizeof(double));
    r.weight = tdo_alloc(a, s * d, sizeof(double));
    r.power = tdo_alloc(a, s, sizeof(double));
    r.group = tdo_alloc(a, d, sizeof(double));
    r.utility = tdo_alloc(a, s * f, sizeof(double));
    r.best = tdo_alloc(a, s, sizeof(double));
    r.low = tdo_alloc(a, s, sizeof(double));
    r.score = tdo_alloc(a, f, sizeof(double));
    r.rank = tdo_alloc(a, f, sizeof(uint32_t));
    r.reading = readings ? tdo_alloc(a, d * n, sizeof(double)) : NULL;
    r.bucket = tdo_alloc(a, 3 * f + 1, sizeof(uint32_t));
    if (!r.bucket || noise_room_make(c->slots, a, &r.noise) != TDO_OK || !r.shift || !r.value ||
        !r.weight || !r.power || !r.group || !r.utility || !r.best || !r.low || !r.score ||
        !r.rank || (readings && !r.reading) || rule_room_make(a, f, &r.sorting) != TDO_OK)
        return TDO_E_MEMORY;
    memcpy(r.value, c->k->v->value, d * f * sizeof(double));
    memcpy(r.weight, set->weight ? set->weight : c->k->u->weight, s * d * sizeof(double));
    memcpy(r.power, c->k->u->power, s * sizeof(double));
    if (readings)
        memcpy(r.reading, c->k->x->reading, d * n * sizeof(double));
    *out = r;
    return TDO_OK;
}

/* ---- values ---- */

SAMPLING_CLONES
static void add_scaled(const double *x, double by, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * x[i];
}

double sampling_shift_of(const sampling_room *r, const noise_reader *reader, size_t k)
{
    return noise_shift(&r->noise, reader, k);
}

static void set_shift(sampling_room *r, const noise_reader *reader)
{
    memset(r->shift, 0, r->c->f * sizeof *r->shift);
    for (size_t q = 0; q < reader->n; q++)
        add_scaled(r->noise.deviation + reader->use[q].row * (r->c->f + 1),
                   reader->use[q].coefficient, r->c->f, r->shift);
}

static void set_values(sampling_room *r, size_t c)
{
    const tdo_case *k = r->c->k;
    const tdo_criterion *of = &k->s->criteria[c];
    size_t f = r->c->f;
    const double *reading = k->x->reading + c * k->x->n, *now = k->v->value + c * f;
    double *value = r->value + c * f, slope = r->c->slope[c];
    set_shift(r, &r->c->noise->criterion[c]);
    for (size_t i = 0; i < f && r->reading; i++)
        r->reading[c * k->x->n + k->f->feasible[i]] = reading[k->f->feasible[i]] + r->shift[i];
    if (of->n_value == 0 && of->goal != TDO_GOAL_TARGET) {
        memcpy(value, now, f * sizeof *value);
        add_scaled(r->shift, slope, f, value);
        return;
    }
    for (size_t i = 0; i < f; i++) {
        double x = reading[k->f->feasible[i]], y = tdo_shifted_measurement(of, x, r->shift[i]);
        value[i] = of->n_value ? tdo_value_of(of, k->v->worst[c], k->v->best[c], y)
                               : now[i] + slope * (y - tdo_measurement(of, x));
    }
}

/* ---- utilities ---- */

static void set_utility(sampling_room *r, size_t h)
{
    const sampling_case *c = r->c;
    const double *weight = r->weight + h * c->d;
    double *u = r->utility + h * c->f;
    memset(u, 0, c->f * sizeof *u);
    for (size_t q = 0; q < c->d; q++)
        if (weight[q] > 0)
            add_scaled(r->value + q * c->f, weight[q], c->f, u);
    const tdo_utility *now = c->k->u;
    size_t incumbent = now->from_incumbent ? c->k->f->slot[c->k->x->incumbent] : TDO_NONE;
    double best = u[0], low = u[0];
    for (size_t i = 1; i < c->f; i++) {
        best = u[i] > best ? u[i] : best;
        low = u[i] < low ? u[i] : low;
    }
    r->best[h] = best;
    r->low[h] = incumbent == TDO_NONE ? low : u[incumbent];
}

static void set_group_weights(sampling_room *r)
{
    const sampling_case *c = r->c;
    memset(r->group, 0, c->d * sizeof *r->group);
    for (size_t h = 0; h < c->s; h++)
        for (size_t q = 0; q < c->d; q++)
            r->group[q] += r->power[h] * r->weight[h * c->d + q];
}

void sampling_make(sampling_room *r, uint64_t k)
{
    const sampling_case *c = r->c;
    if (r->moves) {
        noise_draw(&r->noise,
                   &(noise_setting){r->set->seed, r->set->noise, r->set->correlation, c->each_draw},
                   k);
        for (size_t q = 0; q < c->d; q++)
            if (c->noise->criterion[q].n > 0)
                set_values(r, q);
    }
    const sampling_draw powers = {r->set->seed, k, STREAM_POWERS};
    if (r->set->powers)
        sampling_region_draw(&c->powers, &powers, c->s, r->power);
    for (size_t h = 0; h < c->s; h++) {
        const sampling_draw d = {r->set->seed, k, (uint32_t)h};
        if (r->set->weights[h])
            sampling_region_draw(&c->region[h], &d, c->d, r->weight + h * c->d);
        if (r->moves || r->set->weights[h] || !r->made)
            set_utility(r, h);
    }
    r->made = true;
    set_group_weights(r);
}

/* ---- scores ---- */

static tdo_status apply_rule(sampling_room *r)
{
    const tdo_case *now = r->c->k;
    tdo_rule_result result = {0};
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
    tdo_arena *a = tdo_arena_new();
    tdo_status status = a ? tdo_apply_rule(now->s->rule, &r->k, a, &result) : TDO_E_MEMORY;
    if (status == TDO_OK) {
        memcpy(r->score, result.score, r->c->f * sizeof *r->score);
        memcpy(r->rank, result.rank, r->c->f * sizeof *r->rank);
        r->by_rank = true;
    }
    tdo_arena_free(a);
    return status;
}

tdo_status sampling_score(sampling_room *r)
{
    const sampling_case *c = r->c;
    r->by_rank = false;
    if (c->k->s->rule != TDO_RULE_WEIGHTED)
        return apply_rule(r);
    memset(r->score, 0, c->f * sizeof *r->score);
    for (size_t h = 0; h < c->s; h++)
        add_scaled(r->utility + h * c->f, r->power[h], c->f, r->score);
    return TDO_OK;
}

tdo_status sampling_rescore(sampling_room *r, const double *weight)
{
    memcpy(r->weight, weight, r->c->s * r->c->d * sizeof *weight);
    for (size_t h = 0; h < r->c->s; h++)
        set_utility(r, h);
    set_group_weights(r);
    return sampling_score(r);
}

void sampling_restore(sampling_room *r)
{
    const double *weight = r->set->weight ? r->set->weight : r->c->k->u->weight;
    memcpy(r->weight, weight, r->c->s * r->c->d * sizeof *weight);
    r->made = false;
}

/* rank[i] = 1 + how many are above i by more than a tie: all pairs, where they are few. */
SAMPLING_CLONES
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
        rule_rank_in(&r->sorting, r->score, r->c->f, r->rank);
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
