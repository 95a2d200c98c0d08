/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan comes to, from its shares alone. */
#include "plan/plan.h"

#include <math.h>

/* A sum and what rounding took from it (Neumaier 1974). */
typedef struct summed {
    double sum, lost;
} summed;

static void add_to(summed *s, double x)
{
    const double sum = s->sum + x;
    s->lost += fabs(s->sum) >= fabs(x) ? (s->sum - sum) + x : (x - sum) + s->sum;
    s->sum = sum;
}

typedef struct totals {
    const tdo_plan_problem *p;
    summed *value, *traffic, *group; /* group: [n_limits x groups] */
    summed *group_size, size;
} totals;

static void add_cell(totals *t, size_t segment, size_t candidate, double share)
{
    const tdo_plan_problem *p = t->p;
    const size_t cell = segment * p->candidates + candidate, g = p->group ? p->group[segment] : 0;
    const double w = p->size[segment] * share;
    for (size_t v = 0; v < p->n_values; v++)
        add_to(&t->value[v], w * p->value[v][cell]);
    add_to(&t->traffic[candidate], w);
    for (size_t k = 0; k < p->n_limits; k++)
        if (p->limit[k].of)
            add_to(&t->group[k * p->groups + g], w * p->limit[k].of[cell]);
}

static double whole(summed s)
{
    return s.sum + s.lost;
}

static double limited(const totals *t, size_t k)
{
    const tdo_plan_problem *p = t->p;
    const tdo_plan_limit *l = &p->limit[k];
    double least = INFINITY, most = -INFINITY;
    summed all = {0};
    if (l->bind == TDO_PLAN_SHARE)
        return whole(t->traffic[l->candidate]) / whole(t->size);
    for (size_t g = 0; g < p->groups; g++) {
        const double average = whole(t->group[k * p->groups + g]) / whole(t->group_size[g]);
        add_to(&all, t->group[k * p->groups + g].sum);
        add_to(&all, t->group[k * p->groups + g].lost);
        least = fmin(least, average);
        most = fmax(most, average);
    }
    return l->bind == TDO_PLAN_GAP ? most - least : whole(all) / whole(t->size);
}

static tdo_status take(const totals *t, tdo_arena *a, tdo_plan_totals *out)
{
    const tdo_plan_problem *p = t->p;
    double *value = tdo_alloc(a, p->n_values, sizeof *value);
    double *traffic = tdo_alloc(a, p->candidates, sizeof *traffic);
    double *group = tdo_alloc(a, p->n_limits * p->groups, sizeof *group);
    double *at = tdo_alloc(a, p->n_limits, sizeof *at);
    double least = INFINITY;
    if (!value || !traffic || !group || !at)
        return TDO_E_MEMORY;
    for (size_t v = 0; v < p->n_values; v++) {
        value[v] = whole(t->value[v]) / whole(t->size);
        least = fmin(least, value[v]);
    }
    for (size_t j = 0; j < p->candidates; j++)
        traffic[j] = whole(t->traffic[j]) / whole(t->size);
    for (size_t k = 0; k < p->n_limits; k++) {
        at[k] = limited(t, k);
        for (size_t g = 0; p->limit[k].of && g < p->groups; g++)
            group[k * p->groups + g] = whole(t->group[k * p->groups + g]) / whole(t->group_size[g]);
    }
    *out = (tdo_plan_totals){value, traffic, group, at, least};
    return TDO_OK;
}

tdo_status tdo_plan_total(const tdo_plan_problem *p, const uint32_t *choice,
                          const tdo_plan_part *part, size_t n_parts, tdo_arena *a,
                          tdo_plan_totals *out)
{
    totals t = {.p = p,
                .value = tdo_alloc(a, p->n_values, sizeof *t.value),
                .traffic = tdo_alloc(a, p->candidates, sizeof *t.traffic),
                .group = tdo_alloc(a, p->n_limits * p->groups, sizeof *t.group),
                .group_size = tdo_alloc(a, p->groups, sizeof *t.group_size)};
    if (!t.value || !t.traffic || !t.group || !t.group_size)
        return TDO_E_MEMORY;
    size_t at = 0;
    for (size_t s = 0; s < p->segments; s++) {
        add_to(&t.size, p->size[s]);
        add_to(&t.group_size[p->group ? p->group[s] : 0], p->size[s]);
        if (choice[s] != TDO_PLAN_SPLIT)
            add_cell(&t, s, choice[s], 1);
        for (; at < n_parts && part[at].segment == s; at++)
            add_cell(&t, s, part[at].candidate, part[at].share);
    }
    return take(&t, a, out);
}

bool tdo_plan_holds(const tdo_plan_problem *p, size_t k, const tdo_plan_totals *t)
{
    const tdo_plan_limit *l = &p->limit[k];
    const double rounding = 1e-9; /* of the limit's own size */
    double slack = l->bind == TDO_PLAN_SHARE ? rounding : 0;
    for (size_t g = 0; g < p->groups; g++)
        slack = fmax(slack, rounding * fabs(t->group[k * p->groups + g]));
    bool holds = t->at[k] >= l->min - slack && t->at[k] <= l->max + slack;
    for (size_t g = 0; g < p->groups && l->bind == TDO_PLAN_GAP; g++) {
        const double x = t->group[k * p->groups + g];
        holds = holds && (!l->group_min || x >= l->group_min[g] - slack) &&
                (!l->group_max || x <= l->group_max[g] + slack);
    }
    return holds;
}
