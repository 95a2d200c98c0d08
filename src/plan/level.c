/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A limit on a gap may be kept by taking from those who are served well. Whoever is served worse
 * than without it is named. */
#include "explain/amount.h"
#include "fleet/fleet.h"
#include "plan/facts.h"

#include <math.h>

#define ROUNDING 1e-9 /* of the group's average: no change */

/* The same problem without limit k. */
static tdo_status without(plan_facts *f, size_t k, tdo_plan_problem *out)
{
    const tdo_plan_problem *p = &f->out->problem;
    tdo_plan_limit *limit = tdo_alloc(f->a, p->n_limits, sizeof *limit);
    if (!limit)
        return TDO_E_MEMORY;
    *out = *p;
    out->n_limits = 0;
    for (size_t q = 0; q < p->n_limits; q++)
        if (q != k)
            limit[out->n_limits++] = p->limit[q];
    out->limit = limit;
    return TDO_OK;
}

static void put_group(plan_facts *f, tdo_sink *o, size_t g, double now, double before)
{
    tdo_put_quoted(o, f->out->group[g]);
    tdo_puts(o, " (");
    amount_put_rounded(o, now, 4);
    tdo_puts(o, " instead of ");
    amount_put_rounded(o, before, 4);
    tdo_puts(o, ")");
}

/* Names the groups that are better (sign 1) or worse (-1) off with the limit. How many. */
static size_t put_groups(plan_facts *f, tdo_sink *o, size_t k, const double *before, int sign)
{
    const tdo_criterion *c = &f->s->criteria[f->seg->limits[k].on.criterion];
    const size_t groups = f->out->problem.groups;
    const double *now = f->out->totals.group + k * groups;
    size_t n = 0;
    for (size_t g = 0; g < groups; g++) {
        const bool moved = fabs(now[g] - before[g]) > ROUNDING * fmax(1, fabs(before[g]));
        if (!moved || tdo_better(c, now[g], before[g]) != sign)
            continue;
        tdo_puts(o, n++ > 0 ? ", " : "");
        put_group(f, o, g, now[g], before[g]);
    }
    return n;
}

static tdo_status warn(plan_facts *f, size_t k, const double *before)
{
    tdo_sink worse = tdo_sink_memory(f->a), better = tdo_sink_memory(f->a);
    const size_t lose = put_groups(f, &worse, k, before, -1);
    const size_t gain = put_groups(f, &better, k, before, 1);
    if (worse.failed || better.failed)
        return TDO_E_MEMORY;
    if (lose == 0)
        return TDO_OK;
    return tdo_warn(
        &f->out->warnings, f->a, "W_LEVELLED",
        "%s: with this limit %s served worse than without it: %s; %s%s", f->seg->limits[k].text,
        lose == 1 ? "a group is" : "groups are", worse.text,
        gain == 0 ? "no other group gains" : "served better: ", gain == 0 ? "" : better.text);
}

tdo_status plan_find_levelled(plan_facts *f, int threads)
{
    const tdo_plan_problem *p = &f->out->problem;
    tdo_status status = TDO_OK;
    tdo_error err = {0};
    for (size_t k = 0; k < p->n_limits && status == TDO_OK; k++) {
        tdo_plan_problem q;
        tdo_plan_solution s;
        tdo_plan_totals t;
        if (p->limit[k].bind != TDO_PLAN_GAP || f->seg->limits[k].on.criterion == SIZE_MAX ||
            !(f->out->solution.price[k] > 0 || p->limit[k].group_min || p->limit[k].group_max))
            continue;
        status = without(f, k, &q);
        if (status == TDO_OK)
            status = tdo_plan_solve(&q, threads, f->fleet, f->a, &s, &err);
        if (status != TDO_OK || !s.choice || !fleet_leads(f->fleet))
            continue;
        q.limit = &p->limit[k]; /* only its averages are asked for */
        q.n_limits = 1;
        status = tdo_plan_total(&q, s.choice, s.part, s.n_parts, f->a, &t);
        if (status == TDO_OK)
            status = warn(f, k, t.group);
    }
    return status;
}
