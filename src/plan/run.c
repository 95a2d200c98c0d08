/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a scenario to its plan: every stage once, in order. */
#include "plan/facts.h"

#include "tradeoff/region.h"

#include <math.h>
#include <string.h>

static tdo_status check_scenario(plan_facts *f)
{
    static const tdo_place nowhere = {0};
    tdo_place at = nowhere;
    const char *what = NULL;
    at.file = f->s->file;
    if (!f->seg) {
        what = "the scenario has no \"segments\": a plan needs a row for each segment and "
               "candidate";
    } else if (tdo_compares_wholes(f->s)) {
        at = f->seg->place;
        what = "statements that compare two candidates as wholes (\"a over b\") have no meaning "
               "where each segment has readings of its own";
    }
    tdo_status status = what ? plan_complain_at(f, &at, what) : TDO_OK;
    return what && status == TDO_OK ? TDO_E_INPUT : status;
}

static tdo_status find_today(plan_facts *f)
{
    const char *id = f->seg->incumbent ? f->seg->incumbent : f->s->incumbent;
    const tdo_place *at = f->seg->incumbent ? &f->seg->incumbent_place : &f->s->incumbent_place;
    f->out->today = TDO_NONE;
    tdo_status status = id ? plan_find_candidate(f, id, at, &f->out->today) : TDO_OK;
    return status == TDO_OK && id && f->out->today == TDO_NONE ? TDO_E_INPUT : status;
}

/* Whoever serves all must keep today's bounds, too; the best who does keeps its own. */
static tdo_status find_single(plan_facts *f)
{
    tdo_status status = plan_bound_groups(f, TDO_BELOW_TODAY, f->out->today);
    if (status == TDO_OK)
        status = plan_find_single(f, &f->out->single, &f->out->reference);
    f->out->single_served.value = NAN;
    if (status == TDO_OK && f->out->single != TDO_NONE)
        status = plan_serve_all(f, f->out->single, false, &f->out->single_served);
    return status == TDO_OK ? plan_bound_groups(f, TDO_BELOW_SINGLE, f->out->reference) : status;
}

static tdo_status solve(plan_facts *f, int threads)
{
    tdo_error err = {0};
    tdo_planned *x = f->out;
    tdo_status status = tdo_plan_solve(&x->problem, threads, f->a, &x->solution, &err);
    if (err.status != TDO_OK)
        tdo_report_add(f->report, &err);
    x->plan.value = NAN;
    if (status != TDO_OK || !x->solution.choice)
        return status == TDO_OK ? plan_find_unserved(f) : status;
    status = tdo_plan_total(&x->problem, x->solution.choice, x->solution.part, x->solution.n_parts,
                            f->a, &x->totals);
    if (status == TDO_OK)
        status = plan_serve(f, &x->solution, false, &x->plan);
    if (status == TDO_OK)
        status = plan_find_levelled(f, threads);
    return status == TDO_OK && f->seg->n_holdout > 0 ? plan_hold_out(f) : status;
}

static tdo_status read_all(plan_facts *f, const tdo_segments_options *o)
{
    tdo_planned *x = f->out;
    tdo_regions regions;
    tdo_status status = check_scenario(f);
    if (status == TDO_OK)
        status = tdo_find_regions(&x->scenario, f->a, &regions, f->report);
    f->s = x->scenario; /* with the weights that follow from statements */
    if (status == TDO_OK)
        status = plan_read(f, o);
    if (status == TDO_OK)
        status = plan_place(f);
    if (status == TDO_OK)
        status = find_today(f);
    if (status != TDO_OK)
        return status;
    memcpy(x->sha256, f->table.sha256, sizeof x->sha256);
    x->rows = f->table.rows;
    status = plan_scale(f);
    if (status == TDO_OK)
        status = plan_find_values(f);
    return status == TDO_OK ? plan_find_limits(f) : status;
}

tdo_status tdo_plan_scenario(const char *file, const tdo_segments_options *options,
                             tdo_planned *out, tdo_report *report)
{
    tdo_segments_options o = options ? *options : (tdo_segments_options){0};
    *out = (tdo_planned){.arena = tdo_arena_new(), .single = TDO_NONE, .reference = TDO_NONE};
    plan_facts f = {.out = out, .report = report, .a = out->arena};
    o.overrides.segments_only = true;
    if (!out->arena)
        return TDO_E_MEMORY;
    tdo_status status = tdo_scenario_read(file, &o.overrides, f.a, &out->scenario, report);
    if (status != TDO_OK)
        return status;
    f.s = out->scenario;
    f.seg = f.s->segments;
    status = read_all(&f, &o);
    if (status == TDO_OK && !o.read_only)
        status = find_single(&f);
    return status == TDO_OK && !o.read_only ? solve(&f, o.threads) : status;
}

void tdo_planned_free(tdo_planned *x)
{
    if (x)
        tdo_arena_free(x->arena);
}
