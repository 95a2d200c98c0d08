/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine of the page: the program's rooms behind a few functions that take and give plain
 * memory. The page may change limits (screen, value, frontier again) and wishes
 * (weights, powers, rule: utilities and ranks again); each has its arena, so that moving a weight
 * does not measure anything anew. engine.mjs is the other side of this file. */
#include "engine/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "explain/facts.h"
#include "model/measure.h"
#include "rules/rules.h"
#include "tradeoff/explain.h"

web_engine web;

bool web_renew(tdo_arena **a)
{
    tdo_arena_free(*a);
    *a = tdo_arena_new();
    return *a != NULL;
}

static void give(web_array what, const void *at, size_t count)
{
    web.array[what] = (web_slice){at, at ? count : 0};
}

/* Room for length bytes of input, zeroed; NULL when memory is out. */
EXPORT(room, uint8_t *, (size_t length))
{
    free(web.input);
    web.input = calloc(length ? length : 1, 1);
    web.input_length = web.input ? length : 0;
    return web.input;
}

/* Takes the input as the decision. */
EXPORT(load, int, (void))
{
    web_stop_asking();
    web.loaded = web.limited = false;
    web.about = (web_about){.n_groups = 0};
    web.error = (tdo_error){0};
    memset(web.array, 0, sizeof web.array);
    if (!web_renew(&web.data))
        return TDO_E_MEMORY;
    tdo_status st = web_read_problem(web.input, web.input_length, web.data, &web.problem);
    if (st != TDO_OK)
        return (int)st;
    tdo_scenario *s = &web.problem.scenario;
    web.wish = tdo_alloc(web.data, s->n_stakeholders * (s->n_criteria + 1), sizeof *web.wish);
    for (size_t h = 0; web.wish && h < s->n_stakeholders; h++)
        s->stakeholders[h].weights = web.wish + h * s->n_criteria;
    web.loaded = web.wish != NULL;
    return web.loaded ? TDO_OK : TDO_E_MEMORY;
}

/* Where the page writes weights (stakeholder by stakeholder), then powers. */
EXPORT(wishes, double *, (void))
{
    return web.loaded ? web.wish : NULL;
}

static tdo_status screen_and_value(void)
{
    tdo_run *r = &web.run;
    tdo_status st = tdo_screen(r->scenario, &r->measured, &r->doubts, web.limits, &r->screened);
    if (st != TDO_OK)
        return st;
    r->feasible = r->screened.feasible_n > 0;
    st = tdo_value(r->scenario, &r->measured, &r->screened, web.limits, &r->valued, &r->warnings);
    if (st == TDO_OK && !r->feasible)
        return tdo_explain_infeasible(r->scenario, &r->measured, &r->screened, web.limits,
                                      &r->infeasible);
    const tdo_case k = tdo_case_of(r);
    return st == TDO_OK ? tdo_find_frontier(&k, 1, web.limits, &r->front) : st;
}

static tdo_status give_infeasible(void)
{
    const tdo_infeasible *no = &web.run.infeasible;
    web_relax *relax = tdo_alloc(web.limits, no->n_relax, sizeof *relax);
    if (!relax)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < no->n_relax; k++)
        relax[k] = (web_relax){(double)no->relax[k].constraint, no->relax[k].to, no->relax[k].by,
                               (double)no->relax[k].admits};
    give(CONFLICT, no->conflict, no->n_conflict);
    give(RELAX, relax, 4 * no->n_relax);
    return TDO_OK;
}

/* How surely each candidate keeps each limit: [m x n], NaN where that is not known. */
static tdo_status give_doubts(void)
{
    const tdo_run *r = &web.run;
    const size_t n = r->measured.n, m = r->doubts.n ? r->measured.m : 0;
    double *holds = tdo_alloc(web.limits, m * n, sizeof *holds);
    if (!holds)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m * n; k++)
        holds[k] = NAN;
    for (size_t q = 0; q < r->doubts.n; q++) {
        const tdo_limit_doubt *d = &r->doubts.limit[q];
        memcpy(holds + d->constraint * n, d->holds, n * sizeof *holds);
    }
    give(HOLDS, holds, m * n);
    return TDO_OK;
}

static tdo_status give_limits(void)
{
    const tdo_run *r = &web.run;
    const tdo_valued *v = &r->valued;
    size_t n = r->measured.n, m = r->measured.m;
    give(FEASIBLE, r->screened.feasible, r->screened.feasible_n);
    give(SLOT, r->screened.slot, n);
    give(BROKEN, r->screened.broken, 2 * n);
    give(EXCLUDES, r->screened.excludes, m);
    give(ALONE, r->screened.alone, m);
    give(VALUE, v->value, v->d * v->f);
    give(WORST, v->worst, v->d);
    give(BEST, v->best, v->d);
    give(OBSERVED, v->observed, v->d);
    give(CONSTANT, v->constant, v->d);
    give(CLAMPED, v->clamped, v->d);
    give(MEMBER, r->front.member, v->f);
    return give_doubts();
}

/* Bounds that look as if they were in another unit, as the program tells of them. */
static tdo_status doubt_bounds(void)
{
    const tdo_measured *x = &web.problem.measured;
    model_readings r = {.s = &web.problem.scenario, .a = web.limits, .w = &web.run.warnings};
    tdo_status st = TDO_OK;
    r.n = x->n;
    r.reading = tdo_alloc(web.limits, x->d, sizeof *r.reading);
    r.limited = tdo_alloc(web.limits, x->m, sizeof *r.limited);
    if (!r.reading || !r.limited)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < x->d; c++)
        r.reading[c] = (double *)x->reading[c];
    for (size_t j = 0; j < x->m; j++)
        r.limited[j] = x->limited[j];
    for (size_t j = 0; j < x->m && st == TDO_OK; j++)
        st = model_doubt_bound(&r, j);
    return st;
}

/* Takes the input as the constraints. */
EXPORT(limit, int, (void))
{
    if (!web.loaded)
        return TDO_E_USAGE;
    web_stop_asking();
    web.limited = false;
    web.error = (tdo_error){0};
    memset(web.array, 0, sizeof web.array);
    if (!web_renew(&web.limits))
        return TDO_E_MEMORY;
    tdo_status st = web_read_limits(web.input, web.input_length, web.limits, &web.problem);
    if (st != TDO_OK)
        return (int)st;
    web.run = (tdo_run){.arena = web.limits,
                        .scenario = &web.problem.scenario,
                        .measured = web.problem.measured,
                        .doubts = web.problem.doubts,
                        .table = web.about.table,
                        .groups = web.about.groups,
                        .n_groups = web.about.n_groups};
    st = doubt_bounds();
    if (st == TDO_OK)
        st = screen_and_value();
    web.limit_warnings = web.run.warnings;
    web.run.warnings = (tdo_warnings){0};
    if (st == TDO_OK && !web.run.feasible)
        st = give_infeasible();
    if (st != TDO_OK)
        return (int)st;
    st = give_limits();
    web.limited = st == TDO_OK;
    return (int)st;
}

/* Best less own utility of everyone, and how far each need of each stakeholder is from met there:
 * [needs x F], stakeholder by stakeholder. */
static tdo_status regrets_and_needs(void)
{
    const tdo_run *r = &web.run;
    const tdo_utility *u = &r->utility;
    size_t needs = 0, at = 0;
    for (size_t h = 0; h < u->s; h++)
        needs += r->scenario->stakeholders[h].n_needs;
    double *regret = tdo_alloc(web.wishes, u->s * u->f, sizeof *regret);
    double *gap = tdo_alloc(web.wishes, needs * u->f, sizeof *gap);
    if (!regret || !gap)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < u->s; h++) {
        const tdo_stakeholder *who = &r->scenario->stakeholders[h];
        for (size_t k = 0; k < u->f; k++)
            regret[h * u->f + k] = facts_regret_at(r, h, (uint32_t)k);
        for (size_t q = 0; q < who->n_needs; q++, at++)
            for (size_t k = 0; k < u->f; k++)
                gap[at * u->f + k] = facts_need_gap(r, &who->needs[q], r->screened.feasible[k]);
    }
    give(REGRET, regret, u->s * u->f);
    give(NEED_GAP, gap, needs * u->f);
    return TDO_OK;
}

/* Scores and ranks of all rules in one block each; a rule that was not computed has zeros. */
static tdo_status give_rules(void)
{
    const tdo_ranking *k = &web.run.ranking;
    size_t f = web.run.valued.f;
    double *score = tdo_alloc(web.wishes, TDO_RULES * f, sizeof *score);
    uint32_t *rank = tdo_alloc(web.wishes, TDO_RULES * f, sizeof *rank);
    uint32_t *computed = tdo_alloc(web.wishes, TDO_RULES, sizeof *computed);
    if (!score || !rank || !computed)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < TDO_RULES; q++) {
        computed[q] = k->by_rule[q].computed;
        if (!computed[q])
            continue;
        memcpy(score + q * f, k->by_rule[q].score, f * sizeof *score);
        memcpy(rank + q * f, k->by_rule[q].rank, f * sizeof *rank);
    }
    give(COMPUTED, computed, TDO_RULES);
    give(RULE_SCORES, score, TDO_RULES * f);
    give(RULE_RANKS, rank, TDO_RULES * f);
    return TDO_OK;
}

static void give_wishes(void)
{
    const tdo_utility *u = &web.run.utility;
    const tdo_ranking *k = &web.run.ranking;
    size_t f = u->f;
    give(WEIGHT, u->weight, u->s * u->d);
    give(POWER, u->power, u->s);
    give(GROUP_WEIGHT, u->group_weight, u->d);
    give(UTILITY, u->utility, u->s * f);
    give(FAVOURED, u->best, u->s);
    give(DISAGREEMENT, u->disagreement, u->s);
    give(STAKEHOLDER_RANK, k->stakeholder_rank, u->s * f);
    give(ORDER, k->order, f);
    give(FAVOURITE, k->favourite, u->s);
    give(WINNER, k->winner, TDO_RULES);
    give(TIED, k->tied, k->n_tied);
    give(SCORE, k->by_rule[k->rule].score, f);
    give(RANK, k->by_rule[k->rule].rank, f);
    web.facts[0] = k->recommended;
    web.facts[1] = k->top;
    web.facts[2] = k->runner_up == UINT32_MAX ? -1 : (double)k->runner_up;
    web.facts[3] = k->margin;
    web.facts[4] = u->from_incumbent;
    give(FACTS, web.facts, sizeof web.facts / sizeof *web.facts);
}

/* Among how many feasible candidates a rule can decide. */
EXPORT(rule_limit, size_t, (unsigned rule))
{
    size_t most = rule < TDO_RULES ? tdo_rule_most_led((tdo_rule)rule) : 0;
    return most ? most : SIZE_MAX;
}

/* What the program sampled, where it sampled just this. */
static tdo_status sampled_leads(void *user, const tdo_case *k, uint32_t top, const uint32_t *slot,
                                size_t n, double *holds)
{
    const web_leads *of = &web.problem.leads;
    const size_t s = k->u->s, d = k->x->d;
    (void)user;
    bool same = of->top == k->f->feasible[top] && of->rule == (uint32_t)k->s->rule &&
                memcmp(web.wish, of->weight, s * d * sizeof *web.wish) == 0 &&
                memcmp(web.wish + s * d, of->power, s * sizeof *web.wish) == 0;
    for (size_t i = 0; i < k->x->n; i++)
        same = same && of->feasible[i] == (k->f->slot[i] != UINT32_MAX);
    for (size_t q = 0; q < n; q++)
        for (size_t u = 0; same && u < of->n_over; u++)
            if (of->candidate[u] == k->f->feasible[slot[q]])
                holds[q] = of->holds[u];
    return TDO_OK;
}

/* Nobody simpler is preferred where only samples can say whether a lead is shown. */
static tdo_status warn_of_leads(tdo_run *r)
{
    for (size_t q = 0; q < r->ranking.n_leads; q++)
        if (isnan(r->ranking.lead[q].holds))
            return tdo_warn(&r->warnings, web.wishes, "W_SHOWN",
                            "whether the lead over what is simpler is shown has to be sampled, "
                            "which the program does for these wishes and this page does not: "
                            "nobody simpler is preferred");
    return TDO_OK;
}

enum { RANK_ALL, RANK_HEADLINE, RANK_GIVEN };

/* Ranks under the wishes as they are (where nobody is feasible, the wishes are all there is): by
 * all rules, by the headline rule alone, or by the scores that the input holds, one for each
 * feasible candidate (for a rule that ranks by score alone). */
EXPORT(rank, int, (unsigned rule, int how))
{
    tdo_run *r = &web.run;
    if (!web.limited || rule >= TDO_RULES)
        return TDO_E_USAGE;
    web.error = (tdo_error){0};
    if (!web_renew(&web.wishes))
        return TDO_E_MEMORY;
    tdo_scenario *s = &web.problem.scenario;
    s->rule = (tdo_rule)rule;
    if (how == RANK_GIVEN && web.input_length != r->valued.f * sizeof(double))
        return TDO_E_USAGE;
    const tdo_rank_options options = {.only_headline = how != RANK_ALL,
                                      .leads = sampled_leads,
                                      .score = how == RANK_GIVEN ? (const void *)web.input : NULL};
    for (size_t h = 0; h < s->n_stakeholders; h++)
        s->stakeholders[h].power = web.wish[s->n_stakeholders * s->n_criteria + h];
    r->warnings = (tdo_warnings){0};
    r->choice = (tdo_choice){.computed = false};
    r->n_steps = 0;
    r->swings = (tdo_swings){.n = 0};
    r->sampled = false;
    const tdo_case k = tdo_case_of(r);
    tdo_status st = tdo_utilities(&k, web.wishes, &r->utility, &r->warnings);
    if (!r->feasible)
        return (int)st;
    if (st == TDO_OK)
        st = tdo_rank_all(&k, &options, web.wishes, &r->ranking, &web.error);
    if (st == TDO_OK)
        st = warn_of_leads(r);
    if (st != TDO_OK)
        return (int)st;
    give_wishes();
    st = regrets_and_needs();
    return (int)(st == TDO_OK ? give_rules() : st);
}

/* ---- what the page reads ---- */

EXPORT(array, const void *, (unsigned what))
{
    return what < ARRAYS ? web.array[what].at : NULL;
}

EXPORT(count, size_t, (unsigned what))
{
    return what < ARRAYS ? web.array[what].count : 0;
}

/* The nearest candidate when nothing is feasible, or TDO_NONE. */
EXPORT(nearest, size_t, (void))
{
    return web.limited && !web.run.feasible ? web.run.infeasible.nearest : TDO_NONE;
}

/* The feasible candidate that beats slot k outright, as a slot; UINT32_MAX: nobody. */
EXPORT(dominator, uint32_t, (uint32_t k))
{
    const tdo_run *r = &web.run;
    bool known = web.limited && r->feasible && k < r->valued.f && web.array[ORDER].at;
    const tdo_case now = tdo_case_of(r);
    return known ? tdo_dominator(&now, k) : UINT32_MAX;
}

/* Is reading a of criterion c better (1), equal (0) or worse (-1) than b? */
EXPORT(better, int, (size_t c, double a, double b))
{
    return c < web.problem.measured.d ? tdo_better(&web.problem.scenario.criteria[c], a, b) : 0;
}

/* By how much candidate i misses constraint j; NaN where a word does not match. */
EXPORT(miss, double, (size_t j, size_t i))
{
    const tdo_measured *x = &web.run.measured;
    return web.limited && j < x->m && i < x->n ? tdo_miss(web.run.scenario, x, j, i) : 0;
}
