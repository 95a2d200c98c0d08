/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who takes part in a mix, and what each is worth to whom. */
#include "mix/mix.h"

#include <math.h>

static uint64_t averaging_constraints(const tdo_scenario *s)
{
    uint64_t mask = 0;
    for (size_t j = 0; s->mix.infeasible_may_mix && j < s->n_constraints; j++)
        mask |= mix_constraint_averages(s, j) ? UINT64_C(1) << j : 0;
    return mask;
}

/* Does i break nothing but constraints that average, and was it measured where it breaks them? */
static bool may_mix(const mix_problem *m, const tdo_screened *f, uint64_t averaging, size_t i)
{
    uint64_t broken = f->broken[i];
    if (m->x->dropped[i] || (broken & ~averaging) != 0)
        return false;
    for (size_t j = 0; j < m->s->n_constraints; j++)
        if ((broken >> j & 1) != 0 && isnan(tdo_miss(m->s, m->x, j, i)))
            return false;
    return true;
}

static bool is_measured(const mix_problem *m, size_t i)
{
    for (size_t k = 0; k < m->bounds; k++)
        if (isnan(m->bound[k].reading[i]))
            return false;
    return true;
}

static tdo_status find_participants(mix_problem *m, const tdo_screened *f)
{
    uint64_t averaging = averaging_constraints(m->s);
    uint32_t *candidate = tdo_alloc(m->a, m->x->n, sizeof *candidate);
    if (!candidate)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < m->x->n; i++) {
        if (!may_mix(m, f, averaging, i))
            continue;
        if (is_measured(m, i))
            candidate[m->n++] = (uint32_t)i;
        else
            m->unmeasured++;
    }
    m->candidate = candidate;
    m->effort.participants = m->n;
    return TDO_OK;
}

/* The participants are those that values and utilities are of. */
static tdo_status take_all(mix_problem *m)
{
    double *value = NULL, *utility = NULL;
    m->value = m->v->value;
    m->utility = m->u->utility;
    if (m->value && m->utility)
        return TDO_OK;
    m->value = value = tdo_alloc(m->a, m->v->d * m->n, sizeof *value);
    m->utility = utility = tdo_alloc(m->a, m->u->s * m->n, sizeof *utility);
    if (!value || !utility)
        return TDO_E_MEMORY;
    tdo_copy_values(m->v, value);
    tdo_copy_utilities(m->u, utility);
    return TDO_OK;
}

/* Ranges and the like from the participants, as if they were the feasible ones. */
static tdo_status judge_participants(mix_problem *m)
{
    tdo_screened as_if = {.feasible_n = m->n, .feasible = m->candidate};
    tdo_warnings unsaid = {0};
    uint32_t *slot = tdo_alloc(m->a, m->x->n, sizeof *slot);
    tdo_valued *v = tdo_alloc(m->a, 1, sizeof *v);
    tdo_utility *u = tdo_alloc(m->a, 1, sizeof *u);
    if (!slot || !v || !u)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < m->x->n; i++)
        slot[i] = UINT32_MAX;
    for (size_t q = 0; q < m->n; q++)
        slot[m->candidate[q]] = (uint32_t)q;
    as_if.slot = slot;
    tdo_status status = tdo_value(m->s, m->x, &as_if, m->a, v, &unsaid);
    if (status == TDO_OK)
        status =
            tdo_utilities(&(tdo_case){.s = m->s, .x = m->x, .f = &as_if, .v = v}, m->a, u, &unsaid);
    m->v = v;
    m->u = u;
    return status == TDO_OK ? take_all(m) : status;
}

static void value_participants(mix_problem *m, const tdo_screened *f, double *value)
{
    for (size_t c = 0; c < m->v->d; c++) {
        const tdo_criterion *k = &m->s->criteria[c];
        for (size_t q = 0; q < m->n; q++) {
            size_t i = m->candidate[q], slot = f->slot[i];
            double y = tdo_measurement(k, m->x->reading[c][i]);
            value[c * m->n + q] = slot != UINT32_MAX
                                      ? tdo_value_at(m->v, c, slot)
                                      : tdo_value_of(k, m->v->worst[c], m->v->best[c], y);
        }
    }
}

/* In the order of criteria, as tdo_utilities adds: the same sums to the last bit. */
static void sum_utilities(const mix_problem *m, double *utility)
{
    for (size_t h = 0; h < m->u->s; h++)
        for (size_t c = 0; c < m->u->d; c++) {
            double w = m->u->weight[h * m->u->d + c];
            for (size_t q = 0; w > 0 && q < m->n; q++)
                utility[h * m->n + q] += w * m->value[c * m->n + q];
        }
}

tdo_status mix_problem_start(const tdo_case *k, tdo_arena *a, mix_problem *out)
{
    const tdo_screened *f = k->f;
    const tdo_valued *v = k->v;
    const tdo_utility *u = k->u;
    *out = (mix_problem){.k = k, .s = k->s, .x = k->x, .v = v, .u = u, .a = a};
    tdo_status status = tdo_mix_rule_of(k->s, &out->rule, NULL);
    if (status == TDO_OK)
        status = mix_list_bounds(out);
    if (status == TDO_OK)
        status = find_participants(out, f);
    if (status != TDO_OK || out->n == 0)
        return status;
    if (f->feasible_n == 0)
        return judge_participants(out);
    if (out->n == f->feasible_n && !k->s->mix.infeasible_may_mix)
        return take_all(out); /* they are the feasible ones */
    double *value = tdo_alloc(a, v->d * out->n, sizeof *value);
    double *utility = tdo_alloc(a, u->s * out->n, sizeof *utility);
    if (!value || !utility)
        return TDO_E_MEMORY;
    value_participants(out, f, value);
    out->value = value;
    sum_utilities(out, utility);
    out->utility = utility;
    return TDO_OK;
}
