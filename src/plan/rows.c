/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that couple the segments: what a master program, its prices and its bound make of them.
 * All are scaled, so that no unit decides what is small. */
#include "plan/plan.h"

#include <math.h>

static size_t count_rows(const plan_frame *f)
{
    const tdo_plan_problem *p = f->p;
    size_t n = p->n_values;
    for (size_t k = 0; k < p->n_limits; k++)
        n += p->limit[k].bind == TDO_PLAN_GAP ? 3 * p->groups + 1 : 1;
    return n;
}

static plan_row *add(plan_rows *rows, plan_row r)
{
    rows->row[rows->n] = r;
    return &rows->row[rows->n++];
}

static size_t add_extra(plan_rows *rows, plan_extra x)
{
    rows->extra[rows->n_extra] = x;
    return rows->n_extra++;
}

/* The least and the largest of a column. */
static void ends_of(const plan_frame *f, const double *x, double *least, double *most)
{
    const size_t cells = f->p->segments * f->p->candidates;
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = 0; i < cells; i++) {
        *least = x[i] < *least ? x[i] : *least;
        *most = x[i] > *most ? x[i] : *most;
    }
}

static void add_gap(const plan_frame *f, size_t k, plan_rows *rows)
{
    const tdo_plan_limit *l = &f->p->limit[k];
    const size_t c = f->column_of[k];
    const double scale = f->scale[c];
    double least = 0, most = 0;
    ends_of(f, l->of, &least, &most);
    const size_t low = add_extra(rows, (plan_extra){0, least / scale, most / scale});
    const size_t high = add_extra(rows, (plan_extra){0, least / scale, most / scale});
    for (size_t g = 0; g < f->p->groups; g++) {
        plan_row r = {PLAN_ROW_GROUP, c, g, k, scale, 0, INFINITY, low, TDO_NONE};
        add(rows, r);
        r.lower = -INFINITY;
        r.upper = 0;
        r.low = TDO_NONE;
        r.high = high;
        add(rows, r);
        r.high = TDO_NONE;
        r.lower = l->group_min ? l->group_min[g] / scale : -INFINITY;
        r.upper = l->group_max ? l->group_max[g] / scale : INFINITY;
        if (l->group_min || l->group_max)
            add(rows, r);
    }
    add(rows, (plan_row){PLAN_ROW_GAP, c, 0, k, scale, -INFINITY, l->max / scale, low, high});
}

tdo_status plan_rows_make(const plan_frame *f, plan_rows *out)
{
    const tdo_plan_problem *p = f->p;
    plan_rows rows = {.row = tdo_alloc(f->a, count_rows(f), sizeof *rows.row),
                      .extra = tdo_alloc(f->a, 2 * p->n_limits + 1, sizeof *rows.extra)};
    if (!rows.row || !rows.extra)
        return TDO_E_MEMORY;
    if (p->n_values > 1) {
        const size_t least = add_extra(&rows, (plan_extra){1, 0, 1});
        for (size_t v = 0; v < p->n_values; v++)
            add(&rows, (plan_row){PLAN_ROW_VALUE, v, 0, TDO_NONE, 1, 0, INFINITY, least, TDO_NONE});
    }
    for (size_t k = 0; k < p->n_limits; k++) {
        const tdo_plan_limit *l = &p->limit[k];
        if (isinf(l->min) && isinf(l->max) && !l->group_min && !l->group_max)
            continue; /* it asks for nothing */
        const bool share = l->bind == TDO_PLAN_SHARE;
        const double scale = share ? 1 : f->scale[f->column_of[k]];
        if (l->bind == TDO_PLAN_GAP)
            add_gap(f, k, &rows);
        else
            add(&rows, (plan_row){share ? PLAN_ROW_TRAFFIC : PLAN_ROW_ALL,
                                  share ? l->candidate : f->column_of[k], 0, k, scale,
                                  l->min / scale, l->max / scale, TDO_NONE, TDO_NONE});
    }
    *out = rows;
    return TDO_OK;
}

double plan_row_of(const plan_frame *f, const plan_row *r, const double *sums)
{
    double sum = 0;
    switch (r->kind) {
    case PLAN_ROW_VALUE:
        return sums[r->index];
    case PLAN_ROW_TRAFFIC:
        return sums[plan_at_traffic(f, r->index)];
    case PLAN_ROW_GROUP:
        return sums[plan_at_column(f, r->index, r->group)] / f->group_share[r->group] / r->scale;
    case PLAN_ROW_ALL:
        for (size_t g = 0; g < f->p->groups; g++)
            sum += sums[plan_at_column(f, r->index, g)];
        return sum / r->scale;
    case PLAN_ROW_GAP:
        break;
    }
    return 0;
}

static tdo_status add_rows(const plan_frame *f, const plan_rows *rows, const double *base,
                           double times, tdo_lp *lp, tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < rows->n && status == TDO_OK; i++) {
        const plan_row *r = &rows->row[i];
        const double has = base ? plan_row_of(f, r, base) : 0;
        const bool gap = r->kind == PLAN_ROW_GAP;
        const uint32_t both[] = {(uint32_t)r->high, (uint32_t)r->low};
        const double difference[] = {times, -times}, less[] = {-times};
        const uint32_t one[] = {(uint32_t)(r->low != TDO_NONE ? r->low : r->high)};
        const bool some = r->low != TDO_NONE || r->high != TDO_NONE;
        status = tdo_lp_add_row(lp,
                                &(tdo_lp_row){.lower = (r->lower - has) * times,
                                              .upper = (r->upper - has) * times,
                                              .count = gap    ? 2
                                                       : some ? 1
                                                              : 0,
                                              .column = gap ? both : one,
                                              .value = gap ? difference : less},
                                err);
    }
    return status;
}

tdo_status plan_rows_program(const plan_frame *f, const plan_rows *rows, const double *base,
                             double times, tdo_lp **out, tdo_error *err)
{
    tdo_lp *lp = tdo_lp_new(f->a, true);
    tdo_status status = lp ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < rows->n_extra && status == TDO_OK; k++) {
        const plan_extra *x = &rows->extra[k];
        status = tdo_lp_add_column(
            lp, &(tdo_lp_column){.cost = times * x->cost, .lower = x->lower, .upper = x->upper},
            err);
    }
    if (status == TDO_OK)
        status = add_rows(f, rows, base, times, lp, err);
    *out = lp;
    return status;
}

void plan_rows_prices(const plan_frame *f, const plan_rows *rows, const double *y, double cost,
                      plan_prices *out)
{
    const tdo_plan_problem *p = f->p;
    for (size_t v = 0; v < p->n_values; v++)
        out->value[v] = p->n_values == 1 ? cost : 0;
    for (size_t j = 0; j < p->candidates; j++)
        out->traffic[j] = 0;
    for (size_t k = 0; k < p->groups * f->columns; k++)
        out->column[k] = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const plan_row *r = &rows->row[i];
        if (r->kind == PLAN_ROW_VALUE)
            out->value[r->index] -= y[i];
        else if (r->kind == PLAN_ROW_TRAFFIC)
            out->traffic[r->index] += y[i];
        for (size_t g = 0; r->kind == PLAN_ROW_ALL && g < p->groups; g++)
            out->column[g * f->columns + r->index] += y[i] / r->scale;
        if (r->kind == PLAN_ROW_GROUP)
            out->column[r->group * f->columns + r->index] += y[i] / f->group_share[r->group] /
                                                             r->scale;
    }
}

double plan_rows_bound(const plan_rows *rows, double *y)
{
    double bound = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const plan_row *r = &rows->row[i];
        if ((y[i] > 0 && isinf(r->upper)) || (y[i] < 0 && isinf(r->lower)))
            y[i] = 0;
        if (y[i] > 0 || y[i] < 0)
            bound += y[i] * (y[i] > 0 ? r->upper : r->lower);
    }
    for (size_t k = 0; k < rows->n_extra; k++) {
        const plan_extra *x = &rows->extra[k];
        double reduced = x->cost;
        for (size_t i = 0; i < rows->n; i++) {
            const plan_row *r = &rows->row[i];
            if (r->kind == PLAN_ROW_GAP)
                reduced += r->low == k ? y[i] : r->high == k ? -y[i] : 0;
            else if (r->low == k || r->high == k)
                reduced += y[i];
        }
        bound += reduced * (reduced > 0 ? x->upper : x->lower);
    }
    return bound;
}
