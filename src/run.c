/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipeline: every stage once, in order. Read this first. */
#include "tables.h"

#include "fleet/fleet.h"

#include <string.h>

static void add(tdo_report *report, const tdo_error *e)
{
    if (e->status != TDO_OK)
        tdo_report_add(report, e);
}

/* A rule that this scenario cannot have, or that has no meaning for shares, is an error before
 * anything is read: so check says it, too. */
static tdo_status check_rules(const tdo_run *r, tdo_report *report)
{
    tdo_error err = {0};
    tdo_mix_rule rule = TDO_MIX_AS_HEADLINE;
    tdo_status status = tdo_check_rule(r->scenario, &err);
    if (status == TDO_OK && r->scenario->mix.asked)
        status = tdo_mix_rule_of(r->scenario, &rule, &err);
    add(report, &err);
    return status;
}

/* The files, and what stands in for them. */
static tdo_status read(tdo_run *r, const tdo_run_options *o, tdo_report *report)
{
    tdo_status status = o->unread ? TDO_OK : run_read_candidates(r, o, report);
    if (status == TDO_OK && !o->unread)
        status = run_read_groups(r, report);
    if (status == TDO_OK && !o->unread)
        status = run_read_items(r, report);
    if (status == TDO_OK)
        status = run_check_same(r, o->fleet, report);
    return status == TDO_OK ? run_take_tables(r, o, report) : status;
}

static tdo_status measure(tdo_run *r, const tdo_run_options *o, tdo_report *report)
{
    const tdo_tables tables = {.candidates = &r->table,
                               .groups = r->groups,
                               .items = r->items,
                               .incomplete = o->incomplete,
                               .measured_n = o->measured_n};
    return tdo_measure(r->scenario, &tables, r->arena, &r->measured, &r->warnings, report);
}

/* What people allow hangs on values where they compare candidates: those are found first. */
static tdo_status find_wishes(tdo_run *r, bool valued, tdo_report *report)
{
    tdo_status status = TDO_OK;
    if (tdo_compares_wholes(r->scenario) != valued)
        return TDO_OK;
    if (valued)
        status = tdo_weigh_statements(&r->scenario, &r->measured, &r->valued, r->arena, report);
    return status == TDO_OK ? tdo_find_regions(&r->scenario, r->arena, &r->regions, report)
                            : status;
}

static tdo_status value(tdo_run *r, tdo_warnings *w)
{
    return tdo_value(r->scenario, &r->measured, &r->screened, r->arena, &r->valued, w);
}

/* tradeoff check looks at no values, but where wishes hang on them. */
static tdo_status check_wishes(tdo_run *r, tdo_report *report)
{
    tdo_warnings unsaid = {0};
    if (!tdo_compares_wholes(r->scenario))
        return TDO_OK;
    tdo_status status = value(r, &unsaid);
    return status == TDO_OK ? find_wishes(r, true, report) : status;
}

static tdo_status find_utilities(tdo_run *r)
{
    const tdo_case k = tdo_case_of(r);
    return tdo_utilities(&k, r->arena, &r->utility, &r->warnings);
}

/* A split, where one is wanted; it may exist where no single candidate is feasible. */
static void tell_stoppable(const tdo_run_options *o, tdo_stoppable now)
{
    if (o->stoppable)
        o->stoppable(o->user, now);
}

static tdo_status mix(tdo_run *r, const tdo_run_options *o, tdo_report *report)
{
    const tdo_case k = tdo_case_of(r);
    tdo_error err = {0};
    tdo_status status = TDO_OK;
    r->mixed = r->scenario->mix.asked;
    if (r->mixed)
        status = tdo_mix_solve(&k, r->arena, &r->mix, &err);
    if (status == TDO_OK && r->scenario->mix.frontier.space != TDO_SPLITS_UNASKED) {
        tell_stoppable(o, TDO_STOPPABLE_SPLITS);
        status = tdo_find_splits(&k, o->stop, r->arena, &r->splits, &err);
        tell_stoppable(o, TDO_STOPPABLE_NOTHING);
    }
    add(report, &err);
    return status;
}

/* A set of candidates, where one is wanted. */
static tdo_status pick(tdo_run *r, tdo_report *report)
{
    const tdo_case k = tdo_case_of(r);
    tdo_error err = {0};
    tdo_status status = TDO_OK;
    r->picked = r->scenario->portfolio.asked && r->feasible;
    if (r->picked)
        status = tdo_portfolio_solve(&k, r->arena, &r->portfolio, &r->warnings, &err);
    add(report, &err);
    return status;
}

static tdo_status check_portfolio(tdo_run *r, tdo_report *report)
{
    return r->scenario->portfolio.asked
               ? tdo_portfolio_check(r->scenario, &r->measured, r->arena, report)
               : TDO_OK;
}

static tdo_status find_frontier(tdo_run *r, const tdo_run_options *o)
{
    const tdo_case k = tdo_case_of(r);
    double *volume = NULL;
    tdo_status status = tdo_find_frontier_among(&k, o->threads, o->fleet, r->arena, &r->front);
    if (status == TDO_OK && o->layers > 1)
        status = tdo_find_layers(&k, o->layers, o->threads, r->arena, &r->layers);
    if (status == TDO_OK && o->volumes)
        status = tdo_find_volumes(&k, r->arena, &volume);
    r->volume = volume;
    return status;
}

/* Whom every rule puts where. */
static tdo_status rank(tdo_run *r, const tdo_run_options *o, tdo_report *report)
{
    const tdo_case k = tdo_case_of(r);
    const tdo_rank_options how = {.only_headline = o->headline_only,
                                  .few_scores = true,
                                  .best_ranks = k.x->n > TDO_LISTED_MAX ? TDO_LISTED_BEST : 0,
                                  .leads = tdo_sample_leads};
    tdo_error err = {0};
    tdo_status status = find_frontier(r, o);
    if (status == TDO_OK)
        status = tdo_rank_all(&k, &how, r->arena, &r->ranking, &err);
    add(report, &err);
    return status;
}

/* What limits moved, or somebody left out, would change. */
static tdo_status move_limits(tdo_run *r)
{
    const tdo_case k = tdo_case_of(r);
    tdo_status status = tdo_find_lifts(&k, r->arena, &r->lifts);
    if (status == TDO_OK && r->feasible)
        status = tdo_step_curves(&k, r->arena, &r->steps, &r->n_steps);
    if (status == TDO_OK && r->feasible)
        status = tdo_find_swings(&k, r->arena, &r->swings, &r->warnings);
    return status;
}

/* The weights behind the choice. */
static tdo_status weigh(tdo_run *r, tdo_report *report)
{
    const tdo_case k = tdo_case_of(r);
    tdo_error err = {0};
    tdo_status status = tdo_find_choice(&k, r->arena, &r->choice, &err);
    if (status == TDO_OK && r->ranking.rule != TDO_RULE_WEIGHTED)
        status = tdo_find_headline_improvements(&k, r->arena, &r->choice);
    if (status == TDO_OK)
        status = tdo_find_outside_improvements(&k, r->arena, &r->choice);
    add(report, &err);
    return status;
}

/* Samples of what is uncertain, where they are asked for, or not many are feasible. */
static tdo_status sample(tdo_run *r, const tdo_run_options *o)
{
    const tdo_sampling *s = &r->scenario->sampling;
    const tdo_case k = tdo_case_of(r);
    tdo_robust_options how = {.until = s->until,
                              .threads = o->threads,
                              .fleet = o->fleet,
                              .stop = o->stop,
                              .progress = o->sampling,
                              .user = o->user};
    bool some = false;
    tdo_status status = TDO_OK;
    how.each_draw = r->measured.draws > 0 && !s->has_samples && !(s->until > 0);
    how.samples = s->has_samples  ? s->samples
                  : s->until > 0  ? (uint64_t)TDO_MAX_SAMPLES
                  : how.each_draw ? r->measured.draws
                                  : tdo_default_samples(&r->measured, r->screened.feasible_n);
    if (!s->asked && !o->unsampled && r->feasible && r->screened.feasible_n <= TDO_ROBUST_UNASKED)
        status = tdo_find_uncertain(&k, r->arena, &some);
    r->sampled = s->asked ? how.samples > 0 || o->overrides.robust : some;
    if (!r->sampled || status != TDO_OK)
        return status;
    tell_stoppable(o, TDO_STOPPABLE_SAMPLES);
    status = tdo_sample(&k, &how, r->arena, &r->robust);
    tell_stoppable(o, TDO_STOPPABLE_NOTHING);
    return status;
}

static tdo_status set_limits(tdo_run *r, const tdo_run_options *o)
{
    tdo_arena_limit(r->arena, o->max_memory);
    if (!o->max_work)
        return TDO_OK;
    r->work = tdo_alloc(r->arena, 1, sizeof *r->work);
    if (!r->work)
        return TDO_E_MEMORY;
    *r->work = o->max_work;
    return TDO_OK;
}

/* All of them; r->arena is there. What only process 0 of a fleet needs, it finds alone. */
static tdo_status run_stages(const char *file, const tdo_run_options *o, tdo_run *r,
                             tdo_report *report)
{
    const bool leads = fleet_leads(o->fleet);
    tdo_status status = set_limits(r, o);
#define STAGE(name, call)                                                                          \
    do {                                                                                           \
        if (status == TDO_OK)                                                                      \
            status = (call);                                                                       \
        if (status == TDO_OK && o->stage)                                                          \
            o->stage(o->user, name, tdo_arena_bytes(r->arena));                                    \
    } while (0)
    STAGE("scenario", tdo_scenario_read(file, &o->overrides, r->arena, &r->scenario, report));
    STAGE("wishes", find_wishes(r, false, report));
    STAGE("rules", check_rules(r, report));
    STAGE("read", read(r, o, report));
    STAGE("measure", measure(r, o, report));
    if (o->until == TDO_UNTIL_MEASURED)
        return status;
    if (o->until == TDO_UNTIL_END)
        STAGE("portfolio named", check_portfolio(r, report));
    STAGE("relative bounds", tdo_set_relative_bounds(&r->scenario, &r->measured, r->arena, report));
    STAGE("limits",
          tdo_doubt_limits(r->scenario, &r->measured, r->arena, &r->doubts, &r->warnings));
    STAGE("screen", tdo_screen(r->scenario, &r->measured, &r->doubts, r->arena, &r->screened));
    r->feasible = r->screened.feasible_n > 0;
    if (o->read_only) {
        STAGE("wishes", check_wishes(r, report));
        return status;
    }
    STAGE("value", value(r, &r->warnings));
    if (r->scenario && !r->scenario->n_stakeholders) { /* facts only: nobody to rank for */
        if (r->feasible)
            STAGE("frontier", find_frontier(r, o));
        return status;
    }
    STAGE("wishes", find_wishes(r, true, report));
    STAGE("utility", find_utilities(r));
    if (r->feasible)
        STAGE("frontier and rank", rank(r, o, report));
    if (o->until == TDO_UNTIL_RANKED)
        return status;
    if (leads && r->feasible) {
        STAGE("limits moved", move_limits(r));
        STAGE("choice", weigh(r, report));
    } else if (leads)
        STAGE("infeasible", tdo_explain_infeasible(r->scenario, &r->measured, &r->screened,
                                                   r->arena, &r->infeasible));
    if (leads) {
        STAGE("mix", mix(r, o, report));
        STAGE("portfolio", pick(r, report));
    }
    STAGE("robust", sample(r, o));
#undef STAGE
    return status;
}

tdo_status tdo_run_scenario(const char *file, const tdo_run_options *o, tdo_run *r,
                            tdo_report *report)
{
    const tdo_run_options none = {0};
    o = o ? o : &none;
    memset(r, 0, sizeof *r);
    r->arena = tdo_arena_new();
    const tdo_status status = r->arena ? run_stages(file, o, r, report) : TDO_E_MEMORY;
    return fleet_agree(o->fleet, status, report, report ? sizeof *report : 0);
}

tdo_status tdo_run_text(tdo_bytes scenario, tdo_bytes candidates, const tdo_run_options *options,
                        tdo_run *run, tdo_report *report)
{
    tdo_run_options o = options ? *options : (tdo_run_options){0};
    o.overrides.text = scenario;
    o.candidates_text = candidates;
    return tdo_run_scenario("scenario.json", &o, run, report);
}

void tdo_run_free(tdo_run *r)
{
    if (r)
        tdo_arena_free(r->arena);
}

const char *tdo_recommended_id(const tdo_run *r)
{
    return r->feasible ? r->measured.id[r->screened.feasible[r->ranking.recommended]] : NULL;
}
