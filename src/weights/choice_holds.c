/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far each weight and each power may move: the table of the rules that know, and how the
 * answers are filled in. */
#include "weights/choice.h"

#include <assert.h>
#include <math.h>

/* How a rule's intervals are found, and the elementary steps of one path, about. */
typedef struct intervals {
    tdo_status (*find)(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n);
    double (*steps)(const tdo_case *k);
} intervals;

static double weighted_steps(const tdo_case *k)
{
    return (double)k->front->count * (double)(k->u->s + k->u->d);
}

static double level_steps(const tdo_case *k)
{
    double s = (double)k->u->s;
    return 64 * (double)k->v->f + (double)k->front->count * 64 * s * s;
}

static double shortfall_steps(const tdo_case *k)
{
    double d = (double)k->u->d;
    return (double)k->front->count * 8 * d * d;
}

static double place_steps(const tdo_case *k)
{
    double f = (double)k->v->f;
    return f > TDO_CHOICE_PLACES ? INFINITY : 32 * f * f;
}

static double kemeny_steps(const tdo_case *k)
{
    return k->v->f > TDO_CHOICE_KEMENY ? INFINITY : 1;
}

static const intervals weighted = {choice_holds_weighted, weighted_steps};
static const intervals maximin = {choice_holds_maximin, level_steps};
static const intervals nash = {choice_holds_nash, level_steps};
static const intervals kalai_smorodinsky = {choice_holds_kalai_smorodinsky, level_steps};
static const intervals minimax_regret = {choice_holds_minimax_regret, level_steps};
static const intervals chebyshev = {choice_holds_shortfall, shortfall_steps};
static const intervals borda = {choice_holds_borda, place_steps};
static const intervals copeland = {choice_holds_copeland, place_steps};
static const intervals kemeny = {choice_holds_kemeny, kemeny_steps};

/* Not found: nothing is claimed. */
static const intervals plurality, needs_first, owa, priorities;

static const intervals *const intervals_of[TDO_RULES] = {
#define RULE_INTERVALS(NAME, function, name) [TDO_RULE_##NAME] = &(function),
    TDO_EACH_RULE(RULE_INTERVALS)
#undef RULE_INTERVALS
};

/* An end that is 0 or 1 but for rounding is that: nobody is ahead beyond. */
static void settle_ends(tdo_hold *h)
{
    if (h->from < CHOICE_SAME_POINT) {
        h->from = 0;
        h->below = UINT32_MAX;
    }
    if (h->to > 1 - CHOICE_SAME_POINT) {
        h->to = 1;
        h->above = UINT32_MAX;
    }
}

static tdo_status fill(const tdo_case *k, const intervals *by, tdo_hold *hold, size_t n)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = TDO_E_MEMORY;
    if (!scratch)
        return status;
    for (size_t q = 0; q < n; q++) {
        hold[q].to = 1;
        hold[q].below = hold[q].above = UINT32_MAX;
    }
    status = by->find(k, scratch, hold, n);
    for (size_t q = 0; q < n; q++)
        settle_ends(&hold[q]);
    tdo_arena_free(scratch);
    return status;
}

tdo_status tdo_find_holds(const tdo_case *k, tdo_rule rule, tdo_arena *a, tdo_holds *out)
{
    const intervals *by = intervals_of[rule];
    const tdo_utility *u = k->u;
    assert(by && u->f > 0 && k->r);
    size_t weights = u->d > 1 ? u->s * u->d : 0, powers = u->s > 1 ? u->s : 0;
    tdo_hold *weight = tdo_alloc(a, weights, sizeof *weight);
    tdo_hold *power = tdo_alloc(a, powers, sizeof *power);
    tdo_status status = TDO_OK;
    if (!weight || !power)
        return TDO_E_MEMORY;
    *out = (tdo_holds){.rule = rule, .first = k->r->winner[rule]};
    if (out->first == UINT32_MAX)
        return TDO_OK; /* the rule was not computed */
    for (size_t q = 0; q < weights; q++)
        weight[q] =
            (tdo_hold){.stakeholder = q / u->d, .criterion = q % u->d, .current = u->weight[q]};
    for (size_t q = 0; q < powers; q++)
        power[q] = (tdo_hold){.stakeholder = q, .criterion = TDO_NONE, .current = u->power[q]};
    double each = by->steps ? by->steps(k) : INFINITY;
    if (each * (double)weights <= TDO_CHOICE_STEPS) {
        status = fill(k, by, weight, weights);
        out->weights_known = true;
        out->weight = weight;
        out->weights = weights;
    }
    if (status == TDO_OK && each * (double)powers <= TDO_CHOICE_STEPS) {
        status = fill(k, by, power, powers);
        out->powers_known = true;
        out->power = power;
        out->powers = powers;
    }
    return status;
}
