/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes one sample. Where nothing is uncertain the numbers are those of the run, to the last bit:
 * sums are added in the same order. */
#include "sampling/sample.h"

#include "model/block.h"

#include <math.h>
#include <string.h>

/* Streams: one for each stakeholder's weights, and one for the powers (those of errors come behind
 * them: noise/draw.c). */
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
    tdo_status status = noise_slots_make(noise, k->x, at, f + 1, a, out);
    return status == TDO_OK ? noise_centre(out, k->s->sampling.seed) : status;
}

tdo_status sampling_case_make(const tdo_case *k, const noise_plan *noise, tdo_arena *a,
                              sampling_case *out)
{
    size_t f = k->f->feasible_n, d = k->x->d, s = k->s->n_stakeholders;
    double *slope = tdo_alloc(a, d, sizeof *slope);
    noise_slots *slots = tdo_alloc(a, 1, sizeof *slots);
    variate_region *region = tdo_alloc(a, s, sizeof *region), powers;
    const tdo_region none = {.open = false};
    tdo_status status = slope && slots && region ? make_slots(k, noise, a, slots) : TDO_E_MEMORY;
    for (size_t h = 0; h < s && status == TDO_OK; h++)
        status = variate_region_make(k->regions ? &k->regions->region[h] : &none, a, &region[h]);
    if (status == TDO_OK)
        status = variate_region_make(k->regions ? &k->regions->powers : &none, a, &powers);
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

/* ---- what is drawn ---- */

/* Marks what one setting at least draws. */
static void add_setting(sampling_drawn *y, const sampling_setting *set)
{
    const sampling_case *c = y->c;
    sampling_noise *of = y->noise;
    while (of < y->noise + y->n &&
           (of->correlation < set->correlation || of->correlation > set->correlation))
        of++;
    of->correlation = set->correlation;
    y->n += of == y->noise + y->n;
    for (size_t q = 0; q < c->noise->n; q++) {
        of->drawn[q] |= set->noise[q];
        of->any |= set->noise[q];
    }
    for (size_t h = 0; h < c->s; h++)
        y->weights[h] |= set->weights[h];
    y->powers |= set->powers;
}

tdo_status sampling_drawn_make(const sampling_case *c, const sampling_setting *set, size_t n,
                               tdo_arena *a, sampling_drawn *out)
{
    sampling_drawn y = {.c = c, .seed = n ? set->seed : 0};
    tdo_status status = TDO_OK;
    y.noise = tdo_alloc(a, n, sizeof *y.noise);
    y.weights = tdo_alloc(a, c->s, sizeof *y.weights);
    y.weight = tdo_alloc(a, c->s * c->d, sizeof *y.weight);
    y.power = tdo_alloc(a, c->s, sizeof *y.power);
    if (!y.noise || !y.weights || !y.weight || !y.power)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++) {
        y.noise[k].drawn = tdo_alloc(a, c->noise->n, sizeof(bool));
        if (!y.noise[k].drawn)
            return TDO_E_MEMORY;
    }
    for (size_t k = 0; k < n; k++)
        add_setting(&y, &set[k]);
    for (size_t k = 0; k < y.n && status == TDO_OK; k++)
        status = noise_room_make(c->slots, a, &y.noise[k].noise);
    memcpy(y.weight, c->k->u->weight, c->s * c->d * sizeof *y.weight);
    memcpy(y.power, c->k->u->power, c->s * sizeof *y.power);
    *out = y;
    return status;
}

void sampling_draw_all(sampling_drawn *y, uint64_t k)
{
    const sampling_case *c = y->c;
    const variate_draw powers = {y->seed, k, STREAM_POWERS};
    for (sampling_noise *of = y->noise; of < y->noise + y->n; of++)
        if (of->any)
            noise_draw(&of->noise,
                       &(noise_setting){y->seed, of->drawn, of->correlation, c->each_draw}, k);
    if (y->powers)
        variate_region_draw(&c->powers, &powers, c->s, y->power);
    for (size_t h = 0; h < c->s; h++) {
        const variate_draw d = {y->seed, k, (uint32_t)h};
        if (y->weights[h])
            variate_region_draw(&c->region[h], &d, c->d, y->weight + h * c->d);
    }
}

static const noise_room *noise_of(const sampling_drawn *y, const sampling_setting *set)
{
    const sampling_noise *of = y->noise;
    while (of->correlation < set->correlation || of->correlation > set->correlation)
        of++;
    return &of->noise;
}

tdo_status sampling_room_make(const sampling_drawn *drawn, const sampling_setting *set,
                              tdo_arena *a, sampling_room *out)
{
    const sampling_case *c = drawn->c;
    size_t f = c->f, d = c->d, s = c->s;
    tdo_rule rule = c->k->s->rule;
    sampling_room r = {.c = c, .set = set, .drawn = drawn, .noise = noise_of(drawn, set)};
    bool readings = tdo_rule_about[rule]->by_readings;
    for (size_t q = 0; q < c->noise->n; q++)
        r.moves |= set->noise[q];
    r.changes = r.moves || set->powers;
    r.ends = rule != TDO_RULE_WEIGHTED;
    for (size_t h = 0; h < s; h++)
        r.changes |= set->weights[h];
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
    r.reading = readings ? tdo_copy_readings(c->k->x, a) : NULL;
    r.bucket = tdo_alloc(a, 3 * f, sizeof(uint32_t));
    r.sorted = tdo_alloc(a, f, sizeof(double));
    if (!r.shift || !r.value || !r.weight || !r.power || !r.group || !r.utility || !r.best ||
        !r.low || !r.score || !r.rank || (readings && !r.reading) || !r.bucket || !r.sorted ||
        rule_bench_make(rule, c->k->u, a, &r.bench) != TDO_OK)
        return TDO_E_MEMORY;
    tdo_copy_values(c->k->v, r.value);
    memcpy(r.weight, c->k->u->weight, s * d * sizeof(double));
    memcpy(r.power, c->k->u->power, s * sizeof(double));
    *out = r;
    return TDO_OK;
}

/* ---- values ---- */

REAL_CLONES
static void add_scaled(const double *x, double by, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * x[i];
}

double sampling_shift_of(const sampling_room *r, const noise_reader *reader, size_t k)
{
    const double *deviation = r->noise->deviation;
    double sum = 0;
    for (size_t q = 0; q < reader->n; q++)
        if (r->set->noise[reader->use[q].source])
            sum += reader->use[q].coefficient *
                   deviation[reader->use[q].row * r->noise->slots->n + k];
    return sum;
}

static void set_shift(sampling_room *r, const noise_reader *reader)
{
    memset(r->shift, 0, r->c->f * sizeof *r->shift);
    for (size_t q = 0; q < reader->n; q++)
        if (r->set->noise[reader->use[q].source])
            add_scaled(r->noise->deviation + reader->use[q].row * r->noise->slots->n,
                       reader->use[q].coefficient, r->c->f, r->shift);
}

/* Does what the reader reads move? */
static bool moves(const sampling_room *r, const noise_reader *reader)
{
    bool any = false;
    for (size_t q = 0; q < reader->n; q++)
        any |= r->set->noise[reader->use[q].source];
    return any;
}

static void set_values(sampling_room *r, size_t c)
{
    const tdo_case *k = r->c->k;
    const tdo_criterion *of = &k->s->criteria[c];
    size_t f = r->c->f;
    const double *reading = k->x->reading[c];
    double *value = r->value + c * f, slope = r->c->slope[c];
    set_shift(r, &r->c->noise->criterion[c]);
    for (size_t i = 0; i < f && r->reading; i++)
        r->reading[c][k->f->feasible[i]] = reading[k->f->feasible[i]] + r->shift[i];
    if (of->n_value == 0 && of->goal != TDO_GOAL_TARGET) {
        model_values(k->v, c, NULL, 0, f, value);
        add_scaled(r->shift, slope, f, value);
        return;
    }
    for (size_t i = 0; i < f; i++) {
        double x = reading[k->f->feasible[i]], y = tdo_shifted_measurement(of, x, r->shift[i]);
        value[i] = of->n_value ? tdo_value_of(of, k->v->worst[c], k->v->best[c], y)
                               : tdo_value_at(k->v, c, i) + slope * (y - tdo_measurement(of, x));
    }
}

/* ---- utilities ---- */

static void set_utility(sampling_room *r, size_t h)
{
    const sampling_case *c = r->c;
    const double *weight = r->weight + h * c->d;
    double *u = r->utility + h * c->f;
    sampling_blend(r->value, weight, c->d, c->f, u);
    if (!r->ends)
        return;
    const tdo_utility *now = c->k->u;
    size_t incumbent = now->from_incumbent ? c->k->f->slot[c->k->x->incumbent] : TDO_NONE;
    double low = 0;
    sampling_ends(u, c->f, &low, &r->best[h]);
    r->low[h] = incumbent == TDO_NONE ? low : u[incumbent];
}

void sampling_make(sampling_room *r)
{
    const sampling_case *c = r->c;
    for (size_t q = 0; q < c->d && r->moves; q++)
        if (moves(r, &c->noise->criterion[q]))
            set_values(r, q);
    r->scored &= !r->changes;
    if (r->set->powers)
        memcpy(r->power, r->drawn->power, c->s * sizeof *r->power);
    for (size_t h = 0; h < c->s; h++) {
        if (r->set->weights[h])
            memcpy(r->weight + h * c->d, r->drawn->weight + h * c->d, c->d * sizeof *r->weight);
        if (r->moves || r->set->weights[h] || !r->made)
            set_utility(r, h);
    }
    r->made = true;
}

void sampling_reweigh(sampling_room *r, const double *weight)
{
    memcpy(r->weight, weight, r->c->s * r->c->d * sizeof *weight);
    for (size_t h = 0; h < r->c->s; h++)
        set_utility(r, h);
    r->scored = false;
}

void sampling_restore(sampling_room *r)
{
    memcpy(r->weight, r->c->k->u->weight, r->c->s * r->c->d * sizeof *r->weight);
    r->made = r->scored = false;
}
