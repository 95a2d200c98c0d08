/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One weight or one power moves, the others keep their proportions. */
#include "weights/choice.h"

#include <math.h>

bool choice_path_make(const tdo_utility *u, size_t stakeholder, size_t criterion, double *rest,
                      choice_path *out)
{
    bool power = criterion == TDO_NONE;
    size_t n = power ? u->s : u->d, moved = power ? stakeholder : criterion;
    const double *now = power ? u->power : u->weight + stakeholder * u->d;
    double sum = 0;
    for (size_t q = 0; q < n; q++)
        sum += q == moved ? 0 : now[q];
    for (size_t q = 0; q < n; q++)
        rest[q] = q == moved ? 0 : sum > 0 ? now[q] / sum : 1 / (double)(n - 1);
    *out = (choice_path){stakeholder, criterion, now[moved], rest};
    return n > 1;
}

csv_line choice_path_utility(const choice_path *p, const tdo_valued *v, uint32_t k)
{
    double rest = 0;
    for (size_t c = 0; c < v->d; c++)
        rest += p->rest[c] * v->value[c * v->f + k];
    return (csv_line){rest, v->value[p->criterion * v->f + k] - rest};
}

/* ---- all paths ---- */

/* Elementary steps, about, of one path. */
static double steps_of(const tdo_case *k, tdo_rule rule)
{
    double rivals = (double)k->front->count, s = (double)k->u->s, d = (double)k->u->d;
    double f = (double)k->v->f;
    switch (rule) {
    case TDO_RULE_WEIGHTED:
        return rivals * (s + d);
    case TDO_RULE_BORDA:
    case TDO_RULE_COPELAND:
        return f > TDO_CHOICE_PLACES ? INFINITY : 32 * f * f;
    case TDO_RULE_KEMENY:
        return f > TDO_CHOICE_KEMENY ? INFINITY : 1;
    case TDO_RULE_CHEBYSHEV:
        return rivals * 8 * d * d;
    default:
        return 64 * f + rivals * 64 * s * s;
    }
}

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

static tdo_status fill(const tdo_case *k, tdo_rule rule, tdo_hold *hold, size_t n)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = TDO_E_MEMORY;
    if (!scratch)
        return status;
    for (size_t q = 0; q < n; q++) {
        hold[q].to = 1;
        hold[q].below = hold[q].above = UINT32_MAX;
    }
    if (rule == TDO_RULE_WEIGHTED)
        status = choice_holds_weighted(k, scratch, hold, n);
    else if (rule == TDO_RULE_KEMENY)
        status = choice_holds_kemeny(k, scratch, hold, n);
    else if (rule == TDO_RULE_BORDA || rule == TDO_RULE_COPELAND)
        status = choice_holds_places(k, rule, scratch, hold, n);
    else if (rule == TDO_RULE_CHEBYSHEV)
        status = choice_holds_shortfall(k, scratch, hold, n);
    else
        status = choice_holds_levels(k, rule, scratch, hold, n);
    for (size_t q = 0; q < n; q++)
        settle_ends(&hold[q]);
    tdo_arena_free(scratch);
    return status;
}

tdo_status tdo_find_holds(const tdo_case *k, tdo_rule rule, tdo_arena *a, tdo_holds *out)
{
    const tdo_utility *u = k->u;
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
        weight[q] = (tdo_hold){.stakeholder = q / u->d, .criterion = q % u->d, .now = u->weight[q]};
    for (size_t q = 0; q < powers; q++)
        power[q] = (tdo_hold){.stakeholder = q, .criterion = TDO_NONE, .now = u->power[q]};
    double each = steps_of(k, rule);
    if (each * (double)weights <= TDO_CHOICE_STEPS) {
        status = fill(k, rule, weight, weights);
        out->weights_known = true;
        out->weight = weight;
        out->weights = weights;
    }
    if (status == TDO_OK && each * (double)powers <= TDO_CHOICE_STEPS) {
        status = fill(k, rule, power, powers);
        out->powers_known = true;
        out->power = power;
        out->powers = powers;
    }
    return status;
}
