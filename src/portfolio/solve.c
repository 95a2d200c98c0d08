/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portfolio, from the scenario to the answer, and once more with or without a candidate. Read
 * this first. */
#include <math.h>

#include "portfolio/data.h"
#include "tradeoff/work.h"

/* The levels of a maximin, the next least raised once the least is settled, is left to the sums: a
 * set of equal least worth is preferred by what it costs. */
static tdo_status find_set(const pick_data *d, tdo_portfolio *out, tdo_error *err)
{
    const uint64_t allowed = tdo_work_left(d->k->work, TDO_PORTFOLIO_STEPS);
    uint64_t steps = allowed;
    pick_found y = {.x = tdo_alloc(d->a, d->n, sizeof *y.x)};
    pick_whole at_most = 0;
    const pick_sums then = {d->axis, d->n_axes};
    tdo_status status = y.x ? pick_best(&d->p, &then, &steps, &y, &at_most, err) : TDO_E_MEMORY;
    if (status != TDO_OK)
        return status;
    out->steps = allowed - steps;
    tdo_work_done(d->k->work, out->steps);
    out->found = y.some;
    out->status = !y.complete ? TDO_PORTFOLIO_LIMIT
                  : y.some    ? TDO_PORTFOLIO_OPTIMAL
                              : TDO_PORTFOLIO_INFEASIBLE;
    out->bound = (double)at_most / PICK_UNITS;
    if (!y.some)
        return TDO_OK;
    status = pick_report_set(d, y.x, &out->set);
    return status == TDO_OK ? pick_report_utility(d, y.x, &out->utility) : status;
}

tdo_status tdo_portfolio_solve(const tdo_case *k, tdo_arena *a, tdo_portfolio *out, tdo_warnings *w,
                               tdo_error *err)
{
    pick_data d;
    *out = (tdo_portfolio){0};
    tdo_status status = pick_make(k, a, &d, w);
    if (status == TDO_OK)
        status = find_set(&d, out, err);
    out->unmeasured = d.unmeasured;
    out->linked_out = d.linked_out;
    out->axis_of = (const tdo_constraint *const *)d.axis_of;
    out->n_axes = d.n_axes;
    if (status == TDO_OK && out->status == TDO_PORTFOLIO_OPTIMAL && d.n_axes)
        status = pick_find_frontier(&d, out, err);
    if (status == TDO_OK && out->status == TDO_PORTFOLIO_OPTIMAL)
        status = pick_find_core(&d, out, err);
    if (status == TDO_OK && out->status == TDO_PORTFOLIO_INFEASIBLE)
        status = pick_find_clash(&d, out, err);
    return status;
}

/* The row that holds the block of a slot in the set, or out of it; false: no block has it. */
static bool hold_block(const pick_data *d, uint32_t slot, bool in, pick_whole *a, pick_row *row)
{
    bool some = false;
    for (size_t b = 0; b < d->n; b++) {
        a[b] = 0;
        for (size_t q = 0; q < d->members[b]; q++)
            a[b] = d->member[b][q] == slot ? 1 : a[b];
        some = some || a[b];
    }
    *row = in ? (pick_row){a, 1, PICK_FAR} : (pick_row){a, -PICK_FAR, 0};
    return some;
}

tdo_status tdo_portfolio_turn(const tdo_case *k, const tdo_portfolio *is, size_t i, tdo_arena *a,
                              tdo_portfolio_turned *out, tdo_error *err)
{
    pick_data d;
    tdo_warnings told = {0}; /* said already */
    const uint32_t slot = k->f->slot[i];
    *out = (tdo_portfolio_turned){.with = is->found && !tdo_portfolio_takes(&is->set, i)};
    if (!is->found || slot == UINT32_MAX)
        return TDO_OK;
    tdo_status status = pick_make(k, a, &d, &told);
    if (status != TDO_OK)
        return status;
    pick_row *row = pick_more_rows(&d.p, 1, a);
    pick_whole *held = tdo_alloc(a, d.n, sizeof *held);
    if (!row || !held)
        return TDO_E_MEMORY;
    out->asked = hold_block(&d, slot, out->with, held, &row[d.p.rows]);
    out->linked_out = !out->asked;
    for (size_t j = 0; j < d.o->n_limits && out->linked_out; j++)
        out->linked_out = !isnan(pick_reading_of(&d, j)[i]);
    if (!out->asked)
        return TDO_OK;
    d.p.row = row;
    d.p.rows++;
    tdo_portfolio found = {0};
    status = find_set(&d, &found, err);
    out->status = found.status;
    out->found = found.found;
    out->set = found.set;
    return status;
}
