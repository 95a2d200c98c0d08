/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each candidate is worth in each segment: on one scale for all segments. */
#include "plan/facts.h"

#include <math.h>

tdo_status plan_scale(plan_facts *f)
{
    const tdo_screened nobody = {0};
    tdo_valued v;
    tdo_utility u;
    tdo_status status = tdo_value(&f->chosen.s, &f->chosen.x, &nobody, f->a, &v, &f->out->warnings);
    const tdo_case k = {.s = f->s, .x = &f->chosen.x, .f = &nobody, .v = &v};
    if (status == TDO_OK)
        status = tdo_utilities(&k, f->a, &u, &f->out->warnings);
    if (status != TDO_OK)
        return status;
    f->worst = v.worst;
    f->best = v.best;
    f->weight = f->out->weight = u.weight;
    f->power = f->out->power = u.power;
    return TDO_OK;
}

/* Which reading of the holdout is of criterion c; TDO_NONE: none. */
static size_t held_at(const plan_facts *f, size_t c)
{
    for (size_t k = 0; k < f->seg->n_holdout; k++)
        if (f->seg->holdout[k].criterion == c)
            return k;
    return TDO_NONE;
}

double plan_reading_of(const plan_facts *f, size_t c, size_t cell, bool held)
{
    const size_t k = held ? held_at(f, c) : TDO_NONE, row = f->cell[cell];
    return k == TDO_NONE ? f->chosen.x.reading[c][row] : f->held.x.reading[k][row];
}

double plan_value_of(const plan_facts *f, size_t c, size_t cell, bool held)
{
    const tdo_criterion *k = &f->s->criteria[c];
    const double y = tdo_measurement(k, plan_reading_of(f, c, cell, held));
    return isnan(y) ? 0 : tdo_value_of(k, f->worst[c], f->best[c], y); /* left out: barred */
}

/* weight: [criteria] */
static const double *weighted(plan_facts *f, const double *weight)
{
    const size_t cells = f->out->problem.segments * f->out->problem.candidates;
    double *x = tdo_alloc(f->a, cells, sizeof *x);
    for (size_t c = 0; x && c < f->s->n_criteria; c++)
        for (size_t i = 0; weight[c] > 0 && i < cells; i++)
            x[i] += weight[c] * plan_value_of(f, c, i, false);
    return x;
}

static tdo_status warn_clamped(plan_facts *f, size_t c)
{
    const tdo_criterion *k = &f->s->criteria[c];
    const double low = fmin(f->worst[c], f->best[c]), high = fmax(f->worst[c], f->best[c]);
    char from[TDO_NUMBER_TEXT], to[TDO_NUMBER_TEXT];
    size_t n = 0;
    for (size_t i = 0; i < f->chosen.x.n; i++) {
        const double y = tdo_measurement(k, f->chosen.x.reading[c][i]);
        n += y < low || y > high;
    }
    if (n == 0)
        return TDO_OK;
    tdo_number_write(f->worst[c], from);
    tdo_number_write(f->best[c], to);
    return tdo_warn(&f->out->warnings, f->a, "W_CLAMPED",
                    "criterion \"%s\": %zu of %zu rows measure outside %s to %s and get the value "
                    "at that end",
                    k->id, n, f->chosen.x.n, from, to);
}

static tdo_status check_rule(plan_facts *f)
{
    const tdo_rule rule = f->s->rule;
    if (rule == TDO_RULE_WEIGHTED || rule == TDO_RULE_MAXIMIN)
        return TDO_OK;
    tdo_status status = plan_complain_at(
        f, &f->s->rule_place,
        tdo_text(f->a, "a plan is made under \"weighted\" or \"maximin\", not under \"%s\"",
                 tdo_rule_name[rule]));
    return status == TDO_OK ? TDO_E_INPUT : status;
}

tdo_status plan_find_values(plan_facts *f)
{
    const size_t d = f->s->n_criteria, people = f->s->n_stakeholders;
    const double **value = tdo_alloc(f->a, people, sizeof *value);
    double *group = tdo_alloc(f->a, d, sizeof *group);
    tdo_status status = value && group ? check_rule(f) : TDO_E_MEMORY;
    for (size_t c = 0; c < d && status == TDO_OK; c++)
        status = warn_clamped(f, c);
    if (status != TDO_OK)
        return status;
    tdo_plan_problem *p = &f->out->problem;
    for (size_t h = 0; h < people; h++)
        for (size_t c = 0; c < d; c++)
            group[c] += f->power[h] * f->weight[h * d + c];
    if (f->s->rule == TDO_RULE_WEIGHTED)
        value[p->n_values++] = weighted(f, group);
    else
        for (size_t h = 0; h < people; h++)
            if (f->power[h] > 0)
                value[p->n_values++] = weighted(f, f->weight + h * d);
    for (size_t v = 0; v < p->n_values; v++)
        if (!value[v])
            return TDO_E_MEMORY;
    p->value = value;
    return TDO_OK;
}
