/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mix, from the scenario to the answer. Read this first. */
#include "mix/mix.h"

#include "mix/program.h"

#include <math.h>

static tdo_status prepare(const tdo_case *k, tdo_arena *a, mix_problem *m)
{
    tdo_status status = mix_problem_start(k, a, m);
    if (status == TDO_OK && m->n > 0)
        status = mix_scale_bounds(m);
    if (status == TDO_OK && m->n > 0)
        status = mix_set_levels(m);
    if (status == TDO_OK && m->n > 0)
        status = mix_filter(m, false);
    return status;
}

/* Do the shares keep to max_models and min_share as they are? */
static bool is_modest(const mix_problem *m, const mix_split *x)
{
    const tdo_mix_options *o = &m->s->mix;
    if (o->max_models > 0 && x->n > o->max_models)
        return false;
    for (size_t q = 0; q < x->n; q++)
        if (x->share[q] < o->min_share)
            return false;
    return true;
}

/* A split that is no better than one candidate alone is that candidate. */
static tdo_status prefer_single(const mix_problem *m, mix_answer *y)
{
    size_t best = SIZE_MAX;
    double *alone = tdo_alloc(m->a, m->levels, sizeof *alone);
    double *level = tdo_alloc(m->a, m->levels, sizeof *level);
    tdo_status status = alone && level ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = mix_best_single(m, &best, alone);
    if (status != TDO_OK || best == SIZE_MAX)
        return status;
    mix_split_levels(m, &y->split, level);
    if (mix_levels_above(m, level, alone))
        return TDO_OK;
    y->split.n = 1;
    y->split.index[0] = (uint32_t)best;
    y->split.share[0] = 1;
    return TDO_OK;
}

/* Shares of any size first: where they keep to the whole numbers asked for, nothing is better. */
static tdo_status solve_shares(mix_problem *m, mix_answer *y, tdo_error *err)
{
    tdo_arena *room = tdo_arena_new();
    mix_lp q = {.m = m, .a = room, .who = m->enter, .n = m->entered};
    tdo_status status = !room ? TDO_E_MEMORY : mix_lp_make(&q, err);
    if (status == TDO_OK)
        status = mix_solve_rule(&q, m->a, y, err);
    if (status == TDO_OK && y->split.n > 0)
        mix_split_clean(&y->split);
    if (status == TDO_OK && y->split.n > 0)
        status = prefer_single(m, y);
    if (status == TDO_OK && y->split.n > 0 && is_modest(m, &y->split))
        status = mix_find_ranges(&q, m->a, y, err);
    y->unique_known &= y->unique || !mix_needs_whole(m);
    tdo_arena_free(room);
    return status;
}

static tdo_status solve(mix_problem *m, mix_answer *y, tdo_mix *out, tdo_error *err)
{
    tdo_status status = TDO_OK;
    bool split = false;
    if (m->worst_n == 0) {
        status = solve_shares(m, y, err);
        split = status == TDO_OK && y->split.n > 0;
        out->relaxed_prices = split && mix_needs_whole(m) && is_modest(m, &y->split);
    }
    out->whole = m->worst_n > 0 || (split && !is_modest(m, &y->split));
    if (status == TDO_OK && out->whole)
        status = mix_solve_whole(m, m->a, y, err);
    if (status == TDO_OK && out->whole && y->split.n > 0)
        status = prefer_single(m, y);
    return status;
}

/* What was found is only called optimal when the proof says so. */
static tdo_mix_status proven(const tdo_mix *y)
{
    const tdo_mix_certificate *c = &y->certificate;
    if (y->status != TDO_MIX_OPTIMAL)
        return y->status;
    if (!(c->primal <= MIX_PROVEN) || (!y->whole && !(c->dual <= MIX_PROVEN)))
        return TDO_MIX_NUMERICAL;
    return c->gap <= MIX_PROVEN ? TDO_MIX_OPTIMAL : TDO_MIX_LIMIT;
}

static tdo_status report(mix_problem *m, mix_answer *y, tdo_mix *out, tdo_error *err)
{
    tdo_status status = TDO_OK;
    out->status = y->status;
    out->no_gain = m->no_gain && y->split.n > 0;
    if (y->split.n > 0) {
        status = mix_report_split(m, y, out);
        out->status = proven(out);
        if (status == TDO_OK && out->status == TDO_MIX_OPTIMAL && y->duals.omega)
            status = mix_find_next(m, y, out, err);
        if (status == TDO_OK && !out->whole && y->duals.omega)
            status = mix_find_prices(m, y, out, err);
        if (status == TDO_OK)
            status = mix_report_single(m, &y->split, out);
    } else {
        tdo_mix_limit *limit = tdo_alloc(m->a, m->bounds, sizeof *limit);
        if (!limit)
            return TDO_E_MEMORY;
        for (size_t k = 0; k < m->bounds; k++)
            limit[k] = m->bound[k].limit;
        out->limit = limit;
        out->limits = m->bounds;
        if (y->status == TDO_MIX_INFEASIBLE)
            status = mix_find_clash(m, &out->clash, err);
        if (out->clash.proof && !(out->clash.margin > 0)) /* by less than can be shown */
            out->status = TDO_MIX_NUMERICAL;
    }
    return status;
}

tdo_status tdo_mix_solve(const tdo_case *k, tdo_arena *a, tdo_mix *out, tdo_error *err)
{
    mix_problem m = {0};
    mix_answer y = {.status = TDO_MIX_INFEASIBLE};
    tdo_mix_rule rule = TDO_MIX_AS_HEADLINE;
    tdo_status status = tdo_mix_rule_of(k->s, &rule, err);
    *out = (tdo_mix){.rule = rule,
                     .value = NAN,
                     .single = TDO_NONE,
                     .single_value = NAN,
                     .next = TDO_NONE,
                     .next_lacks = NAN,
                     .next_share = NAN,
                     .next_costs = NAN,
                     .certificate = {NAN, NAN, NAN}};
    if (status == TDO_OK)
        status = prepare(k, a, &m);
    if (status == TDO_OK && m.entered > 0)
        status = solve(&m, &y, out, err);
    if (status == TDO_OK)
        status = report(&m, &y, out, err);
    out->unmeasured = m.unmeasured;
    out->effort = m.effort;
    if (status != TDO_OK && err && err->status == TDO_OK)
        (void)tdo_fail(err, status, status == TDO_E_MEMORY ? "out of memory" : "the mix failed");
    return status;
}

/* ---- writing what is solved ---- */

/* nash: the slope at its solution as costs of the gains. */
static tdo_status set_nash_costs(mix_problem *m, mix_program *g, tdo_error *err)
{
    mix_answer y = {.status = TDO_MIX_INFEASIBLE};
    tdo_mix unused = {0};
    tdo_status status = solve(m, &y, &unused, err);
    double *level = tdo_alloc(g->a, m->levels, sizeof *level);
    if (status == TDO_OK && !level)
        status = TDO_E_MEMORY;
    if (status != TDO_OK || y.split.n == 0 || m->no_gain)
        return status;
    mix_split_levels(m, &y.split, level);
    status = tdo_lp_set_cost(g->lp, g->col_v, 0, err);
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++) {
        if (m->power[l] > 0)
            status = tdo_lp_set_cost(g->lp, g->col_y + l, m->power[l] / level[l], err);
        else
            status = tdo_lp_set_bounds(g->lp, g->col_y + l, 0, INFINITY, err);
        if (status == TDO_OK)
            status = tdo_lp_set_row_bounds(g->lp, g->row_t + l, -INFINITY, INFINITY, err);
    }
    return status;
}

tdo_status tdo_mix_write_lp(const tdo_case *k, tdo_sink *o, tdo_error *err)
{
    tdo_arena *a = tdo_arena_new();
    mix_problem m = {0};
    mix_program g = {0};
    tdo_mix_rule rule = TDO_MIX_AS_HEADLINE;
    tdo_status status = !a ? TDO_E_MEMORY : tdo_mix_rule_of(k->s, &rule, err);
    if (status == TDO_OK)
        status = prepare(k, a, &m);
    if (status == TDO_OK && m.entered == 0)
        status = tdo_fail(err, TDO_E_INPUT, "there is no LP: no candidate may take part in a mix");
    if (status == TDO_OK)
        status = mix_program_make(&m, MIX_PROGRAM_VALUE, a, &g, err);
    if (status == TDO_OK && m.rule == TDO_MIX_NASH)
        status = set_nash_costs(&m, &g, err);
    if (status == TDO_OK)
        status = tdo_lp_write(g.lp, o, err);
    tdo_arena_free(a);
    return status;
}
