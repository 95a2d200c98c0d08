/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine of the page: base, model, search and the sentences, behind a few functions that take
 * and give plain memory. The page may change limits (screen, value, frontier again) and wishes
 * (weights, powers, rule: utilities and ranks again); each has its arena, so that moving a weight
 * does not measure anything anew. engine.mjs is the other side of this file. */
#include <stdlib.h>
#include <string.h>

#include "engine/arrays.h"
#include "engine/read.h"
#include "explain/facts.h"
#include "rules/rules.h"
#include "tradeoff/explain.h"

/* A function that the page calls: its prototype, then its head. */
#define EXPORT(name, type, args)                                                                   \
    __attribute__((export_name(#name))) type name args;                                            \
    type name args

/* The one decision that a page shows. */
static struct {
    tdo_arena *data, *limits, *wishes, *words;
    uint8_t *input; /* what the page writes before it calls */
    size_t input_length;
    web_problem problem;
    tdo_run run;
    double *wish; /* [S x d] weights as set, then [S] powers */
    bool loaded, limited;
    web_slice array[ARRAYS];
    double facts[8];
    tdo_sink text;
    tdo_error error;
} e;

static bool renew(tdo_arena **a)
{
    tdo_arena_free(*a);
    *a = tdo_arena_new();
    return *a != NULL;
}

static void give(web_array what, const void *at, size_t count)
{
    e.array[what] = (web_slice){at, at ? count : 0};
}

/* Room for length bytes of input, zeroed; NULL when memory is out. */
EXPORT(room, uint8_t *, (size_t length))
{
    free(e.input);
    e.input = calloc(length ? length : 1, 1);
    e.input_length = e.input ? length : 0;
    return e.input;
}

/* Takes the input as the decision. */
EXPORT(load, int, (void))
{
    e.loaded = e.limited = false;
    e.error = (tdo_error){0};
    memset(e.array, 0, sizeof e.array);
    if (!renew(&e.data))
        return TDO_E_MEMORY;
    tdo_status st = web_read_problem(e.input, e.input_length, e.data, &e.problem);
    if (st != TDO_OK)
        return (int)st;
    tdo_scenario *s = &e.problem.scenario;
    e.wish = tdo_alloc(e.data, s->n_stakeholders * (s->n_criteria + 1), sizeof *e.wish);
    for (size_t h = 0; e.wish && h < s->n_stakeholders; h++)
        s->stakeholders[h].weights = e.wish + h * s->n_criteria;
    e.loaded = e.wish != NULL;
    return e.loaded ? TDO_OK : TDO_E_MEMORY;
}

/* Where the page writes weights (stakeholder by stakeholder), then powers. */
EXPORT(wishes, double *, (void))
{
    return e.loaded ? e.wish : NULL;
}

static tdo_status screen_and_value(void)
{
    tdo_run *r = &e.run;
    tdo_status st = tdo_screen(r->scenario, &r->measured, &r->doubts, e.limits, &r->screened);
    if (st != TDO_OK)
        return st;
    r->feasible = r->screened.feasible_n > 0;
    if (!r->feasible)
        return tdo_explain_infeasible(r->scenario, &r->measured, &r->screened, e.limits,
                                      &r->infeasible);
    st = tdo_value(r->scenario, &r->measured, &r->screened, e.limits, &r->valued, &r->warnings);
    return st != TDO_OK
               ? st
               : tdo_frontier(r->valued.gain, r->valued.f, r->valued.d, e.limits, &r->front);
}

static tdo_status give_infeasible(void)
{
    const tdo_infeasible *no = &e.run.infeasible;
    web_relax *relax = tdo_alloc(e.limits, no->n_relax, sizeof *relax);
    if (!relax)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < no->n_relax; k++)
        relax[k] = (web_relax){(double)no->relax[k].constraint, no->relax[k].to, no->relax[k].by,
                               (double)no->relax[k].admits};
    give(CONFLICT, no->conflict, no->n_conflict);
    give(RELAX, relax, 4 * no->n_relax);
    return TDO_OK;
}

static void give_limits(void)
{
    const tdo_run *r = &e.run;
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
}

/* Takes the input as the constraints. */
EXPORT(limit, int, (void))
{
    if (!e.loaded)
        return TDO_E_USAGE;
    e.limited = false;
    e.error = (tdo_error){0};
    memset(e.array, 0, sizeof e.array);
    if (!renew(&e.limits))
        return TDO_E_MEMORY;
    tdo_status st = web_read_limits(e.input, e.input_length, e.limits, &e.problem);
    if (st != TDO_OK)
        return (int)st;
    e.run = (tdo_run){.arena = e.limits,
                      .scenario = &e.problem.scenario,
                      .measured = e.problem.measured,
                      .doubts = e.problem.doubts};
    st = screen_and_value();
    if (st == TDO_OK && !e.run.feasible)
        st = give_infeasible();
    if (st != TDO_OK)
        return (int)st;
    give_limits();
    e.limited = true;
    return TDO_OK;
}

/* Best less own utility of everyone, and how far each need of each stakeholder is from met there:
 * [needs x F], stakeholder by stakeholder. */
static tdo_status regrets_and_needs(void)
{
    const tdo_run *r = &e.run;
    const tdo_utility *u = &r->utility;
    size_t needs = 0, at = 0;
    for (size_t h = 0; h < u->s; h++)
        needs += r->scenario->stakeholders[h].n_needs;
    double *regret = tdo_alloc(e.wishes, u->s * u->f, sizeof *regret);
    double *gap = tdo_alloc(e.wishes, needs * u->f, sizeof *gap);
    if (!regret || !gap)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < u->s; h++) {
        const tdo_stakeholder *who = &r->scenario->stakeholders[h];
        for (size_t k = 0; k < u->f; k++)
            regret[h * u->f + k] = facts_regret_at(r, h, (uint32_t)k);
        for (size_t q = 0; q < who->n_needs; q++, at++)
            for (size_t k = 0; k < u->f; k++)
                gap[at * u->f + k] = facts_need_gap(
                    &who->needs[q], facts_reading_at(r, who->needs[q].criterion, (uint32_t)k));
    }
    give(REGRET, regret, u->s * u->f);
    give(NEED_GAP, gap, needs * u->f);
    return TDO_OK;
}

/* Scores and ranks of all rules in one block each; a rule that was not computed has zeros. */
static tdo_status give_rules(void)
{
    const tdo_ranking *k = &e.run.ranking;
    size_t f = e.run.valued.f;
    double *score = tdo_alloc(e.wishes, TDO_RULES * f, sizeof *score);
    uint32_t *rank = tdo_alloc(e.wishes, TDO_RULES * f, sizeof *rank);
    uint32_t *computed = tdo_alloc(e.wishes, TDO_RULES, sizeof *computed);
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
    const tdo_utility *u = &e.run.utility;
    const tdo_ranking *k = &e.run.ranking;
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
    e.facts[0] = k->recommended;
    e.facts[1] = k->top;
    e.facts[2] = k->runner_up == UINT32_MAX ? -1 : (double)k->runner_up;
    e.facts[3] = k->margin;
    e.facts[4] = u->from_incumbent;
    give(FACTS, e.facts, sizeof e.facts / sizeof *e.facts);
}

/* How many feasible candidates a rule can rank. */
EXPORT(rule_limit, size_t, (unsigned rule))
{
    size_t most = rule < TDO_RULES ? tdo_rule_about[rule]->most : 0;
    return most ? most : SIZE_MAX;
}

enum { RANK_ALL, RANK_HEADLINE, RANK_GIVEN };

/* Ranks under the wishes as they are: by all rules, by the headline rule alone, or by the scores
 * that the input holds, one for each feasible candidate (for a rule that ranks by score alone). */
EXPORT(rank, int, (unsigned rule, int how))
{
    tdo_run *r = &e.run;
    if (!e.limited || !r->feasible || rule >= TDO_RULES)
        return TDO_E_USAGE;
    e.error = (tdo_error){0};
    if (!renew(&e.wishes))
        return TDO_E_MEMORY;
    tdo_scenario *s = &e.problem.scenario;
    s->rule = (tdo_rule)rule;
    if (how == RANK_GIVEN && e.input_length != r->valued.f * sizeof(double))
        return TDO_E_USAGE;
    const tdo_rank_options options = {.only_headline = how != RANK_ALL,
                                      .score = how == RANK_GIVEN ? (const void *)e.input : NULL};
    for (size_t h = 0; h < s->n_stakeholders; h++)
        s->stakeholders[h].power = e.wish[s->n_stakeholders * s->n_criteria + h];
    r->warnings = (tdo_warnings){0};
    const tdo_case k = tdo_case_of(r);
    tdo_status st = tdo_utilities(&k, e.wishes, &r->utility, &r->warnings);
    if (st == TDO_OK)
        st = tdo_rank_all(&k, &options, e.wishes, &r->ranking, &e.error);
    if (st != TDO_OK)
        return (int)st;
    give_wishes();
    st = regrets_and_needs();
    return (int)(st == TDO_OK ? give_rules() : st);
}

/* ---- what the page reads ---- */

EXPORT(array, const void *, (unsigned what))
{
    return what < ARRAYS ? e.array[what].at : NULL;
}

EXPORT(count, size_t, (unsigned what))
{
    return what < ARRAYS ? e.array[what].count : 0;
}

/* The nearest candidate when nothing is feasible, or TDO_NONE. */
EXPORT(nearest, size_t, (void))
{
    return e.limited && !e.run.feasible ? e.run.infeasible.nearest : TDO_NONE;
}

/* The feasible candidate that beats slot k outright, as a slot; UINT32_MAX: nobody. */
EXPORT(dominator, uint32_t, (uint32_t k))
{
    const tdo_run *r = &e.run;
    bool known = e.limited && r->feasible && k < r->valued.f && e.array[ORDER].at;
    return known ? tdo_dominator(&r->valued, &r->front, &r->ranking, k) : UINT32_MAX;
}

/* Is reading a of criterion c better (1), equal (0) or worse (-1) than b? */
EXPORT(better, int, (size_t c, double a, double b))
{
    return c < e.problem.measured.d ? tdo_better(&e.problem.scenario.criteria[c], a, b) : 0;
}

/* By how much candidate i misses constraint j; NaN where a word does not match. */
EXPORT(miss, double, (size_t j, size_t i))
{
    const tdo_measured *x = &e.run.measured;
    return e.limited && j < x->m && i < x->n ? tdo_miss(e.run.scenario, x, j, i) : 0;
}

/* ---- words ---- */

enum { SAY_RECOMMENDATION, SAY_CANDIDATE, SAY_REASONS, SAY_ERROR, SAY_WORD, SAY_LIMIT };

static tdo_status speak(unsigned what, size_t i, size_t j, tdo_sentences *out)
{
    const tdo_run *r = &e.run;
    bool ranked = !r->feasible || e.array[ORDER].at;
    if (!e.limited || !ranked)
        return TDO_E_USAGE;
    if (what == SAY_RECOMMENDATION)
        return tdo_explain_recommendation(r, e.words, out);
    if (i >= r->measured.n)
        return TDO_E_USAGE;
    if (what == SAY_CANDIDATE)
        return tdo_explain_candidate(r, i, j < r->measured.n ? j : TDO_NONE, e.words, out);
    return tdo_reasons(r, i, e.words, out);
}

/* Makes a text: sentences as a JSON array of strings. Returns a status. */
EXPORT(say, int, (unsigned what, size_t i, size_t j))
{
    tdo_sentences out = {0};
    const char *one[1] = {e.error.text};
    if (!renew(&e.words))
        return TDO_E_MEMORY;
    tdo_status st = TDO_OK;
    if (what == SAY_ERROR) {
        out = (tdo_sentences){one, 1};
    } else if (what == SAY_WORD) {
        one[0] = i < e.run.infeasible.n_relax ? e.run.infeasible.relax[i].word : NULL;
        out = (tdo_sentences){one, one[0] ? 1 : 0};
    } else if (what == SAY_LIMIT) {
        bool known = e.limited && i < e.problem.scenario.n_constraints;
        one[0] = known ? e.problem.scenario.constraints[i].text : NULL;
        out = (tdo_sentences){one, known ? 1 : 0};
    } else {
        st = speak(what, i, j, &out);
    }
    e.text = tdo_sink_memory(e.words);
    tdo_puts(&e.text, "[");
    for (size_t k = 0; st == TDO_OK && k < out.n; k++) {
        tdo_puts(&e.text, k ? "," : "");
        tdo_put_json_string(&e.text, out.item[k], false);
    }
    tdo_puts(&e.text, "]");
    return (int)(e.text.failed ? TDO_E_MEMORY : st);
}

EXPORT(said, const char *, (void))
{
    return e.text.text;
}

EXPORT(said_length, size_t, (void))
{
    return e.text.length;
}
