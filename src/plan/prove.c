/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the multipliers prove, in units of what is limited: without the scales and the extra columns
 * of the master. */
#include "fleet/fleet.h"
#include "plan/plan.h"

#include <math.h>

/* A lead of less than this part of what a worth is made of is left to be said. */
static const double CLOSE = 2e-10;

typedef struct proving {
    const plan_frame *f;
    plan_prices at;
    double *value, *limit, *gap, *bound;
    bool *listed;
    const uint32_t *choice;
} proving;

static tdo_status make(const plan_frame *f, const uint32_t *choice, proving *out)
{
    const tdo_plan_problem *p = f->p;
    *out = (proving){.f = f,
                     .at = {tdo_alloc(f->a, p->n_values, sizeof(double)),
                            tdo_alloc(f->a, p->candidates, sizeof(double)),
                            tdo_alloc(f->a, p->groups * f->columns, sizeof(double))},
                     .value = tdo_alloc(f->a, p->n_values, sizeof(double)),
                     .limit = tdo_alloc(f->a, p->n_limits, sizeof(double)),
                     .gap = tdo_alloc(f->a, p->n_limits * p->groups, sizeof(double)),
                     .bound = tdo_alloc(f->a, p->n_limits * p->groups, sizeof(double)),
                     .listed = tdo_alloc(f->a, p->segments, sizeof(bool)),
                     .choice = choice};
    const bool good = out->at.value && out->at.traffic && out->at.column && out->value &&
                      out->limit && out->gap && out->bound && out->listed;
    return good ? TDO_OK : TDO_E_MEMORY;
}

/* The multipliers of limits, from those of rows; of a gap's rows those of a group add up. */
static void take(proving *x, const plan_rows *rows, const double *y, double cost)
{
    const size_t groups = x->f->p->groups;
    for (size_t v = 0; v < x->f->p->n_values; v++)
        x->value[v] = x->f->p->n_values == 1 ? cost : 0;
    for (size_t i = 0; i < rows->n; i++) {
        const plan_row *r = &rows->row[i];
        const double is = y[i] / r->scale;
        const bool free_ends = r->low == TDO_NONE && r->high == TDO_NONE;
        switch (r->kind) {
        case PLAN_ROW_VALUE:
            x->value[r->index] = -is;
            break;
        case PLAN_ROW_ALL:
        case PLAN_ROW_TRAFFIC:
            x->limit[r->limit] = is;
            break;
        case PLAN_ROW_GROUP:
            (free_ends ? x->bound : x->gap)[r->limit * groups + r->group] += is;
            break;
        case PLAN_ROW_GAP:
            break; /* as large as those of the groups above 0 */
        }
    }
}

/* The least and the largest reading of whoever may serve somewhere. */
static void ends_of(const plan_frame *f, const double *of, double *least, double *most)
{
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = 0; i < f->p->segments * f->p->candidates; i++) {
        if (f->p->barred && f->p->barred[i])
            continue;
        *least = of[i] < *least ? of[i] : *least;
        *most = of[i] > *most ? of[i] : *most;
    }
}

static double side(double y, double min, double max)
{
    return y > 0 ? y * max : y < 0 ? y * min : 0;
}

/* Groups' averages times their multipliers: those above 0 against those below, as far as they
 * go; what is left over is no more than the largest reading. */
static double allowed_by_gap(const proving *x, size_t k)
{
    const tdo_plan_problem *p = x->f->p;
    const tdo_plan_limit *l = &p->limit[k];
    double above = 0, below = 0, least = 0, most = 0, sum = 0;
    for (size_t g = 0; g < p->groups; g++) {
        const double y = x->gap[k * p->groups + g];
        above += y > 0 ? y : 0;
        below -= y < 0 ? y : 0;
        sum += side(x->bound[k * p->groups + g], l->group_min ? l->group_min[g] : 0,
                    l->group_max ? l->group_max[g] : 0);
    }
    if (above > 0 || below > 0)
        ends_of(x->f, l->of, &least, &most);
    sum += above > 0 && below > 0 ? fmin(above, below) * l->max : 0;
    return sum + (above - below) * (above > below ? most : least);
}

/* What the limits allow at the multipliers. */
static double allowed(const proving *x, double cost)
{
    const tdo_plan_problem *p = x->f->p;
    double sum = 0, value = 0;
    for (size_t v = 0; v < p->n_values; v++)
        value += x->value[v];
    if (p->n_values > 1 && cost > 0)
        sum += fmax(0, 1 - value);
    for (size_t k = 0; k < p->n_limits; k++)
        sum += p->limit[k].bind == TDO_PLAN_GAP
                   ? allowed_by_gap(x, k)
                   : side(x->limit[k], p->limit[k].min, p->limit[k].max);
    return sum;
}

/* *size: what the worth is made of. */
static double worth_of(const proving *x, size_t segment, size_t j, double *size)
{
    const plan_frame *f = x->f;
    const size_t cell = segment * f->p->candidates + j;
    const double *column = x->at.column + plan_group_of(f, segment) * f->columns;
    double sum = -x->at.traffic[j];
    *size = fabs(sum);
    for (size_t v = 0; v < f->p->n_values; v++) {
        sum += x->at.value[v] * f->p->value[v][cell];
        *size += x->at.value[v] * f->p->value[v][cell];
    }
    for (size_t c = 0; c < f->columns; c++) {
        sum -= column[c] * f->column[c][cell];
        *size += fabs(column[c] * f->column[c][cell]);
    }
    return sum;
}

/* The worth of a block; marks segments whose choice it does not tell. */
static double go_through(proving *x, size_t block)
{
    const tdo_plan_problem *p = x->f->p;
    const size_t to = plan_block_start(x->f, block + 1);
    double total = 0;
    for (size_t s = plan_block_start(x->f, block); s < to; s++) {
        double most = -INFINITY, next = -INFINITY, of = 0;
        size_t best = 0;
        for (size_t j = 0; j < p->candidates; j++) {
            double size = 0;
            if (p->barred && p->barred[s * p->candidates + j])
                continue;
            const double is = worth_of(x, s, j, &size);
            next = is > most ? most : is > next ? is : next;
            best = is > most ? j : best;
            most = is > most ? is : most;
            of = size > of ? size : of;
        }
        total += p->size[s] * x->f->per_size * most;
        x->listed[s] = x->choice && (x->choice[s] != best || most - next < CLOSE * (1 + of));
    }
    return total;
}

tdo_status plan_prove(const plan_frame *f, const plan_rows *rows, const double *y, double cost,
                      const uint32_t *choice, tdo_plan_proof *out)
{
    const int threads = f->threads;
    proving x;
    double worth[PLAN_BLOCKS];
    size_t start[PLAN_BLOCKS + 1];
    tdo_status status = make(f, choice, &x);
    if (status != TDO_OK)
        return status;
    (void)threads;
    take(&x, rows, y, cost);
    plan_rows_prices(f, rows, y, cost, &x.at);
    const fleet_part mine = fleet_part_of(f->fleet, f->blocks);
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
#endif
    for (size_t b = mine.from; b < mine.to; b++)
        worth[b] = go_through(&x, b);
    for (size_t b = 0; b <= f->blocks; b++)
        start[b] = plan_block_start(f, b);
    status = fleet_share(f->fleet, TDO_OK, worth, f->blocks, sizeof *worth);
    status = fleet_share_blocks(f->fleet, status, x.listed, start, f->blocks, sizeof *x.listed);
    if (status != TDO_OK)
        return status;
    double most = allowed(&x, cost);
    for (size_t b = 0; b < f->blocks; b++)
        most += worth[b];
    *out = (tdo_plan_proof){.value = x.value,
                            .limit = x.limit,
                            .gap = x.gap,
                            .bound = x.bound,
                            .most = most,
                            .listed = x.listed};
    return TDO_OK;
}
