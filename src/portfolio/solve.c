/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portfolio, from the scenario to the answer. Read this first. */
#include "portfolio/portfolio.h"
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
