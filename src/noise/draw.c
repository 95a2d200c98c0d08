/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the deviations of one sample. A candidate's variates are those of its place by id among all
 * that are loaded: neither who is feasible nor the order of the rows changes any. */
#include "noise/groups.h"

#include <math.h>
#include <string.h>

/* Streams: one for what the candidates share of every error, and some for each error. */
enum {
    STREAM_SHARED = 1 << 16,
    STREAM_NOISE = 1 << 17,
    STREAM_SPREAD = 1 << 18,
    STREAM_ITEMS = 1 << 19 /* those of subgroups come behind: groups_draw.c */
};

/* Drawing all rows is cheaper than drawing some, up to so many times their number. */
enum { ROWS_FOR_ONE = 8 };

/* ---- what is drawn for whom ---- */

/* x: [candidates]; NULL where memory is out. */
static double *gather(const noise_slots *s, const double *x, tdo_arena *a)
{
    double *y = tdo_alloc(a, s->n, sizeof *y);
    for (size_t i = 0; y && i < s->n; i++)
        y[i] = s->candidate[i] == UINT32_MAX ? 0 : x[s->candidate[i]];
    return y;
}

/* One for each slot; the shapes of those who are exact are 0, and so is their table. */
static variate_beta_table *tabulate(const noise_slots *s, const noise_source *of, tdo_arena *a)
{
    variate_beta_table *t = tdo_alloc(a, s->n, sizeof *t);
    for (size_t i = 0; t && i < s->n; i++)
        if (s->candidate[i] != UINT32_MAX && of->a[s->candidate[i]] > 0)
            variate_beta_tabulate(of->a[s->candidate[i]], of->b[s->candidate[i]], &t[i]);
    return t;
}

/* A factor of items for the slots alone: [depth x rows x slots]. */
static double *gather_factor(const noise_slots *s, const noise_source *of, tdo_arena *a)
{
    double *y = tdo_alloc(a, of->depth * of->rows * s->n, sizeof *y);
    for (size_t k = 0; y && k < of->depth * of->rows; k++)
        for (size_t i = 0; i < s->n; i++)
            y[k * s->n + i] =
                s->candidate[i] == UINT32_MAX ? 0 : of->factor[k * s->x->n + s->candidate[i]];
    return y;
}

/* Nobody has the variate of the first one, and no error that it would move. */
static tdo_status set_places(noise_slots *s, tdo_arena *a)
{
    uint32_t *place = tdo_alloc(a, s->n, sizeof *place);
    for (size_t i = 0; place && s->plan->place && i < s->n; i++)
        if (s->candidate[i] != UINT32_MAX)
            place[i] = s->plan->place[s->candidate[i]];
    s->place = place;
    return place ? TDO_OK : TDO_E_MEMORY;
}

tdo_status noise_slots_make(const noise_plan *p, const tdo_measured *x, const uint32_t *at,
                            size_t n, tdo_arena *a, noise_slots *out)
{
    *out = (noise_slots){.plan = p, .x = x, .candidate = at, .n = n};
    out->whole_rows = x->n <= ROWS_FOR_ONE * n;
    out->se = tdo_alloc(a, p->n, sizeof *out->se);
    out->beta = tdo_alloc(a, p->n, sizeof *out->beta);
    out->factor = tdo_alloc(a, p->n, sizeof *out->factor);
    out->groups = tdo_alloc(a, p->n, sizeof *out->groups);
    if (!out->se || !out->beta || !out->factor || !out->groups || set_places(out, a) != TDO_OK)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < p->n; q++) {
        const noise_source *s = &p->source[q];
        bool normal = s->kind && s->kind->normal && !s->items,
             beta = s->kind == &noise_beta && n <= NOISE_MANY_TABLES;
        out->se[q] = normal ? gather(out, s->se, a) : NULL;
        out->beta[q] = beta ? tabulate(out, s, a) : NULL;
        out->factor[q] = s->factor ? gather_factor(out, s, a) : NULL;
        if ((s->factor && !out->factor[q]) || (normal && !out->se[q]) || (beta && !out->beta[q]))
            return TDO_E_MEMORY;
        if (s->groups && noise_groups_slots_make(out, s, a, &out->groups[q]) != TDO_OK)
            return TDO_E_MEMORY;
    }
    return TDO_OK;
}

tdo_status noise_room_make(const noise_slots *slots, tdo_arena *a, noise_room *out)
{
    size_t depth = 0, units = 0;
    for (size_t q = 0; q < slots->plan->n; q++) {
        const noise_source *s = &slots->plan->source[q];
        size_t *most = s->weighed ? &units : &depth;
        *most = s->items && s->depth > *most ? s->depth : *most;
    }
    *out = (noise_room){
        .slots = slots,
        .shared = tdo_alloc(a, slots->plan->lanes, sizeof *out->shared),
        .normal = tdo_alloc(a, slots->whole_rows ? slots->x->n : 0, sizeof *out->normal),
        .kept = tdo_alloc(a, slots->n, sizeof *out->kept),
        .drawn = tdo_alloc(a, depth, sizeof *out->drawn),
        .weight = tdo_alloc(a, units, sizeof *out->weight),
        .deviation = tdo_alloc(a, slots->plan->rows * slots->n, sizeof *out->deviation)};
    return out->shared && out->normal && out->kept && out->drawn && out->weight && out->deviation
               ? noise_groups_room_make(slots, a, &out->groups)
               : TDO_E_MEMORY;
}

/* ---- variates ---- */

/* se (a z + b y), with factors of each place. */
REAL_CLONES
static void scale_errors(const double *se, double shared, double own, const double *normal,
                         size_t n, double *error)
{
    for (size_t i = 0; i < n; i++)
        error[i] = se[i] * (shared + own * normal[i]);
}

/* The root of chi2 by its degrees of freedom, at place i. chi2 of two degrees is -2 ln u: pairs
 * by the product of uniforms, an odd one by a normal variate. */
static double draw_spread(const variate_draw *d, uint32_t i, double freedom, double most)
{
    enum { AT_ONCE = 64, MANY = 16 };
    uint32_t word[AT_ONCE], pairs = (uint32_t)freedom / 2;
    uint32_t stride = (uint32_t)(most + 1 + NOISE_BLOCK) / NOISE_BLOCK * NOISE_BLOCK,
             first = i * stride;
    double sum = 0, product = 1;
    for (uint32_t k = 0; k < pairs; k++) {
        if (k % (AT_ONCE / 2) == 0) {
            uint32_t left = 2 * (pairs - k);
            variate_words(d, first + 2 * k, left < AT_ONCE ? left : AT_ONCE, word);
        }
        const uint32_t *w = word + 2 * (k % (AT_ONCE / 2));
        product *= ((double)(((uint64_t)w[0] << 32 | w[1]) >> 11) + 0.5) * 0x1p-53;
        if ((k + 1) % MANY == 0) { /* no less than 2^-864 */
            sum -= 2 * real_log(product);
            product = 1;
        }
    }
    sum -= 2 * real_log(product);
    if ((uint32_t)freedom % 2) {
        double y = noise_draw_one(d, first + 2 * pairs);
        sum += y * y;
    }
    return sqrt(sum / freedom);
}

/* ---- deviations ---- */

/* Any kind: one variate after another. */
static void bend(noise_room *r, const noise_source *s, const variate_draw *d, double shared,
                 double own, double *out)
{
    variate_draw spread = *d;
    spread.stream = STREAM_SPREAD + (uint32_t)s->lane;
    for (size_t i = 0; i < r->slots->n; i++) {
        uint32_t at = r->slots->candidate[i];
        bool few = at != UINT32_MAX && s->freedom && s->freedom[at] <= NOISE_MOST_FREEDOM;
        double by =
            few ? draw_spread(&spread, r->slots->plan->place[at], s->freedom[at], s->most_freedom)
                : 1;
        out[i] = at == UINT32_MAX ? 0 : s->kind->deviation(s, at, shared + own * r->kept[i], by);
    }
}

/* Beta, by tables. */
static void look_up(noise_room *r, const noise_source *s, const variate_beta_table *table,
                    double shared, double own, double *out)
{
    for (size_t i = 0; i < r->slots->n; i++) {
        double x = table[i].a > 0 ? variate_beta_look(&table[i], shared + own * r->kept[i]) : 0;
        out[i] = table[i].a > 0
                     ? s->low + (s->high - s->low) * x - s->reading[r->slots->candidate[i]]
                     : 0;
    }
}

static void draw_source(noise_room *r, const noise_setting *set, size_t q, variate_draw d)
{
    const noise_source *s = &r->slots->plan->source[q];
    double share = noise_correlation(s, set->correlation);
    double shared = sqrt(share) * r->shared[s->lane], own = sqrt(1 - share);
    double *out = r->deviation + s->row * r->slots->n;
    d.stream = STREAM_NOISE + (uint32_t)s->lane;
    noise_draw_normals(r, &d);
    if (r->slots->se[q])
        scale_errors(r->slots->se[q], shared, own, r->kept, r->slots->n, out);
    else if (r->slots->beta[q])
        look_up(r, s, r->slots->beta[q], shared, own, out);
    else
        bend(r, s, &d, shared, own, out);
}

/* What joint draw t reads less the mean, of one row. */
static void take_draw(const noise_slots *s, uint64_t t, const double *drawn, const double *reading,
                      double *out)
{
    const uint32_t *row = s->x->draw_row + t * s->x->n;
    for (size_t i = 0; i < s->n; i++)
        out[i] = s->candidate[i] == UINT32_MAX
                     ? 0
                     : drawn[row[s->candidate[i]]] - reading[s->candidate[i]];
}

static void take_draws(noise_room *r, const noise_setting *set, uint64_t k)
{
    const tdo_measured *x = r->slots->x;
    const variate_draw d = {set->seed, k, STREAM_NOISE};
    double u = 0;
    variate_uniforms(&d, 1, &u);
    uint64_t t = set->each_draw ? k % x->draws : (uint64_t)(u * (double)x->draws);
    for (size_t c = 0; c < x->d; c++)
        if (x->drawn[c])
            take_draw(r->slots, t, x->drawn[c], x->reading[c],
                      r->deviation + (1 + c) * r->slots->n);
    for (size_t j = 0; j < x->m; j++)
        if (x->drawn_limited[j])
            take_draw(r->slots, t, x->drawn_limited[j], x->limited[j],
                      r->deviation + (1 + x->d + j) * r->slots->n);
}

static bool shares(const noise_plan *p, const noise_setting *set)
{
    for (size_t q = 0; q < p->n; q++)
        if (set->drawn[q] && p->source[q].kind && !p->source[q].items && !p->source[q].groups &&
            noise_correlation(&p->source[q], set->correlation) > 0)
            return true;
    return false;
}

void noise_draw(noise_room *r, const noise_setting *set, uint64_t k)
{
    const noise_plan *p = r->slots->plan;
    const variate_draw d = {set->seed, k, STREAM_SHARED};
    if (r->slots->x->draws > 0) {
        take_draws(r, set, k);
        return;
    }
    if (shares(p, set))
        variate_normals(&d, 0, p->lanes, r->shared);
    if (r->groups)
        noise_draw_cell_lanes(r, set, k);
    for (size_t q = 0; q < p->n; q++) {
        const variate_draw own = {set->seed, k, STREAM_ITEMS + (uint32_t)p->source[q].lane};
        if (set->drawn[q] && p->source[q].items)
            noise_draw_items(r, q, &own);
        else if (set->drawn[q] && p->source[q].groups)
            noise_draw_groups(r, q, set, k);
        else if (set->drawn[q])
            draw_source(r, set, q, d);
    }
}

double noise_shift(const noise_room *r, const noise_reader *reader, size_t slot)
{
    double sum = 0;
    for (size_t q = 0; q < reader->n; q++)
        sum += reader->use[q].coefficient * r->deviation[reader->use[q].row * r->slots->n + slot];
    return sum;
}
