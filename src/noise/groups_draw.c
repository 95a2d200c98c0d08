/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the cells of files of subgroups, and takes of them what criteria do. */
#include "noise/groups.h"

#include <math.h>

/* Behind the streams of draw.c: what the candidates share of each subgroup, and one stream
 * for each. */
enum { STREAM_CELLS_SHARED = 1 << 20, STREAM_CELLS = 1 << 21 };

/* ---- what is taken ---- */

size_t noise_least_cells(const tdo_criterion *of)
{
    return of->groups->take == TDO_TAKE_GAP || of->groups->take == TDO_TAKE_RATIO ? 2 : 1;
}

static double mean(const double *value, const double *weight, size_t n)
{
    double sum = 0, all = 0;
    for (size_t q = 0; q < n; q++) {
        sum += weight[q] * value[q];
        all += weight[q];
    }
    return sum / all;
}

double noise_taken(const tdo_criterion *of, const double *value, const double *weight, size_t n)
{
    double low = value[0], high = value[0];
    for (size_t q = 1; q < n; q++) {
        low = value[q] < low ? value[q] : low;
        high = value[q] > high ? value[q] : high;
    }
    switch (of->groups->take) {
    case TDO_TAKE_GAP:
        return high - low;
    case TDO_TAKE_RATIO:
        return high > 0 ? low / high : 0;
    case TDO_TAKE_MEAN:
        return mean(value, weight, n);
    case TDO_TAKE_WORST:
    case TDO_TAKES:
        break;
    }
    return tdo_better(of, low, high) < 0 ? low : high;
}

/* ---- slots ---- */

/* Where each slot's cells begin among those of all slots. NULL: memory is out. */
static size_t *find_first(const noise_slots *s, const noise_cells *c, tdo_arena *a)
{
    size_t *first = tdo_alloc(a, s->n + 1, sizeof *first);
    for (size_t k = 0; first && k < s->n; k++) {
        uint32_t i = s->candidate[k];
        first[k + 1] = first[k] + (i == UINT32_MAX ? 0 : c->start[i + 1] - c->start[i]);
    }
    return first;
}

/* The cell of the plan that is number q of slot k. */
static size_t cell_of(const noise_slots *s, const noise_cells *c, const size_t *first, size_t k,
                      size_t q)
{
    return c->start[s->candidate[k]] + q - first[k];
}

static variate_beta_table *tabulate(const noise_slots *s, const noise_cells *c, const size_t *first,
                                    tdo_arena *a)
{
    variate_beta_table *t = tdo_alloc(a, first[s->n], sizeof *t);
    for (size_t k = 0; t && k < s->n; k++)
        for (size_t q = first[k]; q < first[k + 1]; q++) {
            const size_t at = cell_of(s, c, first, k, q);
            if (noise_cell_is_beta(c, at))
                variate_beta_tabulate(c->a[at], c->b[at], &t[q]);
        }
    return t;
}

static tdo_status set_base(const noise_slots *s, const noise_groups_file *file,
                           noise_groups_slots *y, tdo_arena *a)
{
    for (size_t t = 0; t < file->n; t++) {
        const noise_taking *of = &file->taking[t];
        const noise_cells *c = &file->cells[of->cells];
        const size_t *first = y->first[of->cells];
        y->base[t] = tdo_alloc(a, s->n, sizeof *y->base[t]);
        y->centre[0][t] = tdo_alloc(a, s->n, sizeof *y->centre[0][t]);
        y->centre[1][t] = tdo_alloc(a, s->n, sizeof *y->centre[1][t]);
        if (!y->base[t] || !y->centre[0][t] || !y->centre[1][t])
            return TDO_E_MEMORY;
        for (size_t k = 0; k < s->n; k++) {
            const size_t n = first[k + 1] - first[k];
            const size_t at = n ? cell_of(s, c, first, k, first[k]) : 0;
            if (n >= noise_least_cells(of->of))
                y->base[t][k] = noise_taken(of->of, c->value + at, c->weight + at, n);
        }
    }
    return TDO_OK;
}

tdo_status noise_groups_slots_make(const noise_slots *s, const noise_source *of, tdo_arena *a,
                                   noise_groups_slots **out)
{
    const noise_groups_file *file = of->groups;
    size_t cells = 0;
    noise_groups_slots *y = *out = tdo_alloc(a, 1, sizeof *y);
    if (!y)
        return TDO_E_MEMORY;
    y->first = tdo_alloc(a, file->n_cells, sizeof *y->first);
    y->beta = tdo_alloc(a, file->n_cells, sizeof *y->beta);
    y->base = tdo_alloc(a, file->n, sizeof *y->base);
    y->centre[0] = tdo_alloc(a, file->n, sizeof *y->centre[0]);
    y->centre[1] = tdo_alloc(a, file->n, sizeof *y->centre[1]);
    if (!y->first || !y->beta || !y->base || !y->centre[0] || !y->centre[1])
        return TDO_E_MEMORY;
    for (size_t k = 0; k < file->n_cells; k++) {
        y->first[k] = find_first(s, &file->cells[k], a);
        if (!y->first[k])
            return TDO_E_MEMORY;
        cells += y->first[k][s->n];
    }
    for (size_t k = 0; k < file->n_cells && cells <= NOISE_MANY_TABLES; k++) {
        y->beta[k] = tabulate(s, &file->cells[k], y->first[k], a);
        if (!y->beta[k])
            return TDO_E_MEMORY;
    }
    return set_base(s, file, y, a);
}

static size_t most_cells(const noise_slots *s)
{
    size_t most = 0;
    for (size_t q = 0; q < s->plan->n; q++)
        for (size_t k = 0; s->groups[q] && k < s->plan->source[q].groups->n_cells; k++)
            most = s->groups[q]->first[k][s->n] > most ? s->groups[q]->first[k][s->n] : most;
    return most;
}

tdo_status noise_groups_room_make(const noise_slots *s, tdo_arena *a, noise_groups_room **out)
{
    noise_groups_room *y = *out = s->plan->cell_lanes ? tdo_alloc(a, 1, sizeof *y) : NULL;
    if (!s->plan->cell_lanes)
        return TDO_OK;
    if (!y)
        return TDO_E_MEMORY;
    *y = (noise_groups_room){.shared = tdo_alloc(a, s->plan->cell_lanes, sizeof *y->shared),
                             .next = tdo_alloc(a, s->n, sizeof *y->next),
                             .value = tdo_alloc(a, most_cells(s), sizeof *y->value)};
    return y->shared && y->next && y->value ? TDO_OK : TDO_E_MEMORY;
}

/* ---- one sample ---- */

void noise_draw_cell_lanes(noise_room *r, const noise_setting *set, uint64_t k)
{
    const noise_plan *p = r->slots->plan;
    const variate_draw d = {set->seed, k, STREAM_CELLS_SHARED};
    bool any = false;
    for (size_t q = 0; q < p->n; q++)
        any |= set->drawn[q] && p->source[q].groups &&
               noise_correlation(&p->source[q], set->correlation) > 0;
    if (any)
        variate_normals(&d, 0, p->cell_lanes, r->groups->shared);
}

/* A cell at the standard normal variate y. table: NULL: there is none. */
static double draw_cell(const noise_cells *c, size_t at, const variate_beta_table *table, double y)
{
    if (!noise_cell_is_beta(c, at))
        return c->value[at] + c->se[at] * y;
    return c->scale *
           (table ? variate_beta_look(table, y) : variate_beta_at_normal(y, c->a[at], c->b[at]));
}

void noise_draw_cells(noise_room *r, size_t q, size_t cells, const noise_setting *set, uint64_t k)
{
    const noise_slots *s = r->slots;
    const noise_source *of = &s->plan->source[q];
    const noise_cells *c = &of->groups->cells[cells];
    const size_t *first = s->groups[q]->first[cells];
    const variate_beta_table *table = s->groups[q]->beta[cells];
    const double share = noise_correlation(of, set->correlation);
    const double together = sqrt(share), own = sqrt(1 - share);
    size_t *next = r->groups->next;
    for (size_t i = 0; i < s->n; i++)
        next[i] = first[i];
    for (size_t lane = 0; lane < c->names; lane++) {
        const size_t number = c->first + lane;
        const variate_draw d = {set->seed, k, STREAM_CELLS + (uint32_t)number};
        const double shared = share > 0 ? together * r->groups->shared[number] : 0;
        noise_draw_normals(r, &d);
        for (size_t i = 0; i < s->n; i++) {
            const size_t to = next[i];
            const size_t at = to < first[i + 1] ? cell_of(s, c, first, i, to) : 0;
            if (to == first[i + 1] || c->lane[at] != lane)
                continue;
            r->groups->value[to] =
                draw_cell(c, at, table ? &table[to] : NULL, shared + own * r->kept[i]);
            next[i]++;
        }
    }
}

/* Rows 2t and 2t + 1 of the source: how far what is taken of the cells that were drawn is off. */
static void take(noise_room *r, size_t q, size_t t, const double *centre)
{
    const noise_slots *s = r->slots;
    const noise_source *of = &s->plan->source[q];
    const noise_taking *y = &of->groups->taking[t];
    const noise_cells *c = &of->groups->cells[y->cells];
    const size_t *first = s->groups[q]->first[y->cells];
    double *drawn = r->deviation + (of->row + 2 * t) * s->n, *centred = drawn + s->n;
    for (size_t i = 0; i < s->n; i++) {
        const size_t n = first[i + 1] - first[i];
        if (n < noise_least_cells(y->of))
            continue; /* 0 from the start */
        const size_t at = cell_of(s, c, first, i, first[i]);
        drawn[i] = noise_taken(y->of, r->groups->value + first[i], c->weight + at, n) -
                   s->groups[q]->base[t][i];
        centred[i] = drawn[i] - centre[i];
    }
}

void noise_draw_groups(noise_room *r, size_t q, const noise_setting *set, uint64_t k)
{
    const noise_groups_file *file = r->slots->plan->source[q].groups;
    double **centre = r->slots->groups[q]->centre[set->correlation > 0];
    for (size_t cells = 0; cells < file->n_cells; cells++) {
        noise_draw_cells(r, q, cells, set, k);
        for (size_t t = 0; t < file->n; t++)
            if (file->taking[t].cells == cells)
                take(r, q, t, centre[t]);
    }
}
