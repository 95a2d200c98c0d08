/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits and floors as arrays over the cells. */
#include "plan/facts.h"

#include <math.h>

/* ---- cells of what is limited ---- */

tdo_status plan_cells_of(plan_facts *f, const tdo_segment_limit *l, size_t column, bool held,
                         const double **out)
{
    const size_t cells = f->out->problem.segments * f->out->problem.candidates;
    double *x = tdo_alloc(f->a, cells, sizeof *x);
    for (size_t i = 0; x && i < cells; i++)
        x[i] = column != TDO_NONE ? f->table.column[column].number[f->cell[i]]
                                  : plan_reading_of(f, l->on.criterion, i, held);
    *out = x;
    return x ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status complain_missing(plan_facts *f, size_t row, const char *column)
{
    return plan_complain(
        f, f->table.line[row],
        tdo_text(f->a, "column \"%s\" is not measured for \"%s\"", column, f->row_id[row]));
}

/* A limited column must be measured, unless the row is left out for something else. */
static tdo_status check_measured(plan_facts *f, size_t column, const char *name)
{
    const double *x = column == TDO_NONE ? NULL : f->table.column[column].number;
    tdo_status status = TDO_OK;
    for (size_t i = 0; x && i < f->table.n && status == TDO_OK; i++)
        if (isnan(x[i]) && !f->chosen.x.dropped[i])
            status = complain_missing(f, i, name);
    return status;
}

static bool same_subject(const tdo_segment_limit *a, const tdo_segment_limit *b, size_t column_a,
                         size_t column_b)
{
    return !a->on.candidate && !b->on.candidate && column_a == column_b &&
           a->on.criterion == b->on.criterion;
}

static tdo_status take_limit(plan_facts *f, size_t k, tdo_plan_limit *out)
{
    const tdo_segment_limit *l = &f->seg->limits[k];
    const size_t column = f->at.limit[k];
    *out = (tdo_plan_limit){
        .bind = l->is_gap         ? TDO_PLAN_GAP
                : l->on.candidate ? TDO_PLAN_SHARE
                                  : TDO_PLAN_AVERAGE,
        .min = l->has_min ? l->min : -INFINITY,
        .max = l->has_max ? l->max : INFINITY,
    };
    if (l->on.candidate)
        return plan_find_candidate(f, l->on.candidate, &l->place, &out->candidate);
    for (size_t q = 0; q < k; q++)
        if (same_subject(l, &f->seg->limits[q], column, f->at.limit[q]))
            out->of = out[(ptrdiff_t)q - (ptrdiff_t)k].of;
    tdo_status status = check_measured(f, column, l->on.column);
    return status != TDO_OK || out->of ? status : plan_cells_of(f, l, column, false, &out->of);
}

/* ---- floors ---- */

static tdo_segment_limit floor_at(const plan_facts *f, size_t k, size_t *column)
{
    if (k < f->seg->n_floors) {
        *column = f->at.floor[k];
        return f->seg->floors[k];
    }
    const tdo_condition *is = &f->s->constraints[k - f->seg->n_floors].condition;
    *column = f->at.constraint[k - f->seg->n_floors];
    return (tdo_segment_limit){.on = {is->criterion, is->column, NULL},
                               .has_min = is->has_min,
                               .has_max = is->has_max,
                               .min = is->min,
                               .max = is->max};
}

const char *plan_floor_text(const tdo_scenario *s, size_t k)
{
    const tdo_segments *g = s->segments;
    return k < g->n_floors ? g->floors[k].text : s->constraints[k - g->n_floors].text;
}

double plan_miss(const plan_facts *f, size_t k, size_t cell, bool held)
{
    size_t column = TDO_NONE;
    const tdo_segment_limit l = floor_at(f, k, &column);
    const double x = column != TDO_NONE ? f->table.column[column].number[f->cell[cell]]
                                        : plan_reading_of(f, l.on.criterion, cell, held);
    if (l.has_min && tdo_beyond(x, 0, l.min) < 0)
        return -tdo_beyond(x, 0, l.min);
    return l.has_max && tdo_beyond(x, 0, l.max) > 0 ? tdo_beyond(x, 0, l.max) : 0;
}

static tdo_status bar(plan_facts *f)
{
    const size_t floors = f->seg->n_floors + f->s->n_constraints;
    const size_t cells = f->out->problem.segments * f->out->problem.candidates;
    bool *barred = tdo_alloc(f->a, cells, sizeof *barred), some = false;
    tdo_status status = barred ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < floors && status == TDO_OK; k++) {
        size_t column = TDO_NONE;
        const tdo_segment_limit l = floor_at(f, k, &column);
        status = check_measured(f, column, l.on.column);
        for (size_t i = 0; i < cells && status == TDO_OK; i++)
            barred[i] = barred[i] || plan_miss(f, k, i, false) > 0;
    }
    for (size_t i = 0; i < cells && status == TDO_OK; i++) {
        barred[i] = barred[i] || f->chosen.x.dropped[f->cell[i]];
        some = some || barred[i];
    }
    f->out->problem.barred = some ? barred : NULL;
    return status;
}

tdo_status plan_find_limits(plan_facts *f)
{
    const size_t n = f->seg->n_limits, errors = f->report->count;
    tdo_plan_limit *limit = tdo_alloc(f->a, n, sizeof *limit);
    tdo_status status = limit ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < n && status == TDO_OK; k++)
        status = take_limit(f, k, &limit[k]);
    if (status == TDO_OK)
        status = bar(f);
    f->out->problem.limit = limit;
    f->out->problem.n_limits = n;
    return status == TDO_OK && f->report->count > errors ? TDO_E_INPUT : status;
}

/* ---- segments that nobody may serve ---- */

/* The floor that a cell misses most, in units of what the file spans. */
static double misses_most(const plan_facts *f, const double *span, size_t cell, size_t *floor)
{
    const size_t floors = f->seg->n_floors + f->s->n_constraints;
    double most = 0;
    *floor = TDO_NONE;
    for (size_t k = 0; k < floors; k++) {
        const double by = plan_miss(f, k, cell, false) / span[k];
        if (by > most) {
            most = by;
            *floor = k;
        }
    }
    return *floor == TDO_NONE ? INFINITY : most; /* left out: nothing brings it back */
}

static double span_of(const plan_facts *f, size_t k)
{
    const size_t cells = f->out->problem.segments * f->out->problem.candidates;
    size_t column = TDO_NONE;
    const tdo_segment_limit l = floor_at(f, k, &column);
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < cells; i++) {
        const double x = column != TDO_NONE ? f->table.column[column].number[f->cell[i]]
                                            : plan_reading_of(f, l.on.criterion, i, false);
        least = fmin(least, x);
        most = fmax(most, x);
    }
    return most > least ? most - least : 1;
}

static tdo_unserved find_nearest(const plan_facts *f, const double *span, size_t s)
{
    const size_t m = f->out->problem.candidates;
    tdo_unserved out = {(uint32_t)s, 0, TDO_NONE, NAN};
    double least = INFINITY;
    for (size_t j = 0; j < m; j++) {
        size_t floor = TDO_NONE;
        const double most = misses_most(f, span, s * m + j, &floor);
        if (most < least) {
            least = most;
            out.nearest = (uint32_t)j;
            out.floor = floor;
            out.by = plan_miss(f, floor, s * m + j, false);
        }
    }
    return out;
}

tdo_status plan_find_unserved(plan_facts *f)
{
    const tdo_plan_problem *p = &f->out->problem;
    const size_t floors = f->seg->n_floors + f->s->n_constraints;
    tdo_unserved *list = tdo_alloc(f->a, TDO_UNSERVED_LISTED, sizeof *list);
    double *span = tdo_alloc(f->a, floors, sizeof *span);
    if (!list || !span)
        return TDO_E_MEMORY;
    f->out->unserved = list;
    if (f->out->solution.unserved == TDO_NONE)
        return TDO_OK;
    for (size_t k = 0; k < floors; k++)
        span[k] = span_of(f, k);
    for (size_t s = 0; s < p->segments; s++) {
        size_t j = 0;
        while (j < p->candidates && p->barred[s * p->candidates + j])
            j++;
        if (j < p->candidates)
            continue;
        if (f->out->n_unserved++ < TDO_UNSERVED_LISTED)
            list[f->out->n_listed++] = find_nearest(f, span, s);
    }
    return TDO_OK;
}
