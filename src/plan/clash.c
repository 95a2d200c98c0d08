/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No plan keeps all limits: the fewest of those that the proof rests on, without which one would.
 */
#include "plan/plan.h"

#include <math.h>
#include <string.h>

/* Asks for nothing. */
static void let_go(tdo_plan_limit *l)
{
    l->min = -INFINITY;
    l->max = INFINITY;
    l->group_min = l->group_max = NULL;
}

/* Leaves out one after the other, and whatever still cannot hold without it stays without. */
static tdo_status shrink(const tdo_plan_problem *p, int threads, const tdo_fleet *fleet,
                         tdo_arena *a, tdo_plan_solution *out, tdo_error *err)
{
    tdo_plan_problem fewer = *p;
    tdo_plan_limit *limit = tdo_alloc(a, p->n_limits, sizeof *limit);
    tdo_status status = limit ? TDO_OK : TDO_E_MEMORY;
    fewer.limit = limit;
    for (size_t k = 0; k < p->n_limits && status == TDO_OK; k++) {
        tdo_plan_solution without;
        if (!out->clashes[k])
            continue;
        memcpy(limit, p->limit, p->n_limits * sizeof *limit);
        for (size_t q = 0; q < p->n_limits; q++)
            if (q == k || !out->clashes[q])
                let_go(&limit[q]);
        status = plan_solve(&fewer, threads, fleet, a, &without, err);
        if (status == TDO_OK && without.status == TDO_PLAN_INFEASIBLE && without.clashes)
            *out = without;
    }
    return status;
}

tdo_status tdo_plan_solve(const tdo_plan_problem *p, int threads, const tdo_fleet *fleet,
                          tdo_arena *a, tdo_plan_solution *out, tdo_error *err)
{
    const tdo_status status = plan_solve(p, threads, fleet, a, out, err);
    return status == TDO_OK && out->clashes ? shrink(p, threads, fleet, a, out, err) : status;
}
