/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a scenario to its plan: every stage once, in order. */
#include "plan/facts.h"

#include "fleet/fleet.h"
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

/* What is read off a plan, process 0 reads alone. */
static tdo_status solve(plan_facts *f, int threads)
{
    const bool leads = fleet_leads(f->fleet);
    tdo_error err = {0};
    tdo_planned *x = f->out;
    tdo_status status = tdo_plan_solve(&x->problem, threads, f->fleet, f->a, &x->solution, &err);
    if (err.status != TDO_OK)
        tdo_report_add(f->report, &err);
    x->plan.value = NAN;
    if (status != TDO_OK || !x->solution.choice)
        return status == TDO_OK ? plan_find_unserved(f) : status;
    if (leads)
        status = tdo_plan_total(&x->problem, x->solution.choice, x->solution.part,
                                x->solution.n_parts, f->a, &x->totals);
    if (status == TDO_OK && leads)
        status = plan_serve(f, &x->solution, false, &x->plan);
    if (status == TDO_OK)
        status = plan_find_levelled(f, threads);
    return status == TDO_OK && leads && f->seg->n_holdout > 0 ? plan_hold_out(f) : status;
}

static tdo_status refuse_standard_input(plan_facts *f)
{
    const tdo_status status = plan_complain_at(
        f, &f->seg->place,
        "standard input reaches one process alone: where several run together, segments are in a "
        "file that all of them can read");
    return status == TDO_OK ? TDO_E_INPUT : status;
}

/* Each process reads by itself: do all read the same? */
static tdo_status check_same(plan_facts *f)
{
    char first[2][65], mine[2][65];
    memcpy(mine[0], f->s->sha256, sizeof mine[0]);
    memcpy(mine[1], f->table.sha256, sizeof mine[1]);
    memcpy(first, mine, sizeof mine);
    tdo_status status = fleet_tell(f->fleet, TDO_OK, first, sizeof first);
    if (status != TDO_OK || memcmp(first, mine, sizeof mine) == 0)
        return status;
    const bool other = memcmp(first[0], mine[0], sizeof mine[0]) != 0;
    const tdo_place at = {.file = other ? f->s->file : f->seg->from.path};
    status = plan_complain_at(f, &at, tdo_text(f->a, FLEET_NOT_THE_SAME, f->fleet->place));
    return status == TDO_OK ? TDO_E_INPUT : status;
}

static tdo_status read_all(plan_facts *f, const tdo_segments_options *o)
{
    tdo_planned *x = f->out;
    tdo_regions regions;
    tdo_status status = check_scenario(f);
    if (status == TDO_OK)
        status = tdo_find_regions(&x->scenario, f->a, &regions, f->report);
    f->s = x->scenario; /* with the weights that follow from statements */
    if (status == TDO_OK && f->fleet && strcmp(f->seg->from.path, "-") == 0)
        status = refuse_standard_input(f);
    if (status == TDO_OK)
        status = plan_read(f, o);
    if (status == TDO_OK)
        status = check_same(f);
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

static tdo_status plan_all(plan_facts *f, const char *file, const tdo_segments_options *o)
{
    tdo_status status = tdo_scenario_read(file, &o->overrides, f->a, &f->out->scenario, f->report);
    if (status != TDO_OK)
        return status;
    f->s = f->out->scenario;
    f->seg = f->s->segments;
    status = read_all(f, o);
    if (status == TDO_OK && !o->read_only)
        status = find_single(f);
    return status == TDO_OK && !o->read_only ? solve(f, o->threads) : status;
}

tdo_status tdo_plan_scenario(const char *file, const tdo_segments_options *options,
                             tdo_planned *out, tdo_report *report)
{
    tdo_segments_options o = options ? *options : (tdo_segments_options){0};
    *out = (tdo_planned){.arena = tdo_arena_new(), .single = TDO_NONE, .reference = TDO_NONE};
    plan_facts f = {.out = out, .report = report, .a = out->arena, .fleet = o.fleet};
    o.overrides.segments_only = true;
    const tdo_status status = out->arena ? plan_all(&f, file, &o) : TDO_E_MEMORY;
    return fleet_agree(o.fleet, status, report, report ? sizeof *report : 0);
}

void tdo_planned_free(tdo_planned *x)
{
    if (x)
        tdo_arena_free(x->arena);
}
