/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a plan, or one candidate for all, serves how well; the best single candidate; and both again
 * on figures that did not choose. */
#include "plan/facts.h"

#include <math.h>

typedef struct serving {
    plan_facts *f;
    bool held;
    double *lost, *sum; /* [groups x stakeholders] compensated (Neumaier 1974) */
} serving;

static void add_to(double *sum, double *lost, double x)
{
    const double now = *sum + x;
    *lost += fabs(*sum) >= fabs(x) ? (*sum - now) + x : (x - now) + *sum;
    *sum = now;
}

static void serve_cell(serving *w, size_t segment, size_t candidate, double share)
{
    const plan_facts *f = w->f;
    const tdo_plan_problem *p = &f->out->problem;
    const size_t d = f->s->n_criteria, people = f->s->n_stakeholders;
    const size_t g = p->group ? p->group[segment] : 0, cell = segment * p->candidates + candidate;
    double value[TDO_MAX_CRITERIA];
    for (size_t c = 0; c < d; c++)
        value[c] = plan_value_of(f, c, cell, w->held);
    for (size_t h = 0; h < people; h++) {
        double u = 0;
        for (size_t c = 0; c < d; c++)
            u += f->weight[h * d + c] * value[c];
        add_to(&w->sum[g * people + h], &w->lost[g * people + h], p->size[segment] * share * u);
    }
}

static tdo_status take(const serving *w, tdo_served *out)
{
    const plan_facts *f = w->f;
    const tdo_plan_problem *p = &f->out->problem;
    const size_t people = f->s->n_stakeholders;
    double *group = tdo_alloc(f->a, p->groups * people, sizeof *group);
    double *utility = tdo_alloc(f->a, people, sizeof *utility), size = 0;
    if (!group || !utility)
        return TDO_E_MEMORY;
    for (size_t g = 0; g < p->groups; g++)
        size += f->out->group_size[g];
    for (size_t h = 0; h < people; h++) {
        double sum = 0, lost = 0;
        for (size_t g = 0; g < p->groups; g++) {
            add_to(&sum, &lost, w->sum[g * people + h]);
            lost += w->lost[g * people + h];
            group[g * people + h] = (w->sum[g * people + h] + w->lost[g * people + h]) /
                                    f->out->group_size[g];
        }
        utility[h] = (sum + lost) / size;
    }
    *out = (tdo_served){0, utility, group};
    if (f->s->rule == TDO_RULE_MAXIMIN)
        out->value = INFINITY;
    for (size_t h = 0; h < people; h++)
        if (f->s->rule != TDO_RULE_MAXIMIN)
            out->value += f->power[h] * utility[h];
        else if (f->power[h] > 0)
            out->value = fmin(out->value, utility[h]);
    return TDO_OK;
}

static tdo_status start(plan_facts *f, bool held, serving *out)
{
    const size_t n = f->out->problem.groups * f->s->n_stakeholders;
    *out = (serving){.f = f,
                     .held = held,
                     .lost = tdo_alloc(f->a, n, sizeof *out->lost),
                     .sum = tdo_alloc(f->a, n, sizeof *out->sum)};
    return out->lost && out->sum ? TDO_OK : TDO_E_MEMORY;
}

tdo_status plan_serve(plan_facts *f, const tdo_plan_solution *plan, bool held, tdo_served *out)
{
    serving w;
    size_t at = 0;
    tdo_status status = start(f, held, &w);
    for (size_t s = 0; s < f->out->problem.segments && status == TDO_OK; s++) {
        if (plan->choice[s] != TDO_PLAN_SPLIT)
            serve_cell(&w, s, plan->choice[s], 1);
        for (; at < plan->n_parts && plan->part[at].segment == s; at++)
            serve_cell(&w, s, plan->part[at].candidate, plan->part[at].share);
    }
    return status == TDO_OK ? take(&w, out) : status;
}

tdo_status plan_serve_all(plan_facts *f, size_t candidate, bool held, tdo_served *out)
{
    serving w;
    tdo_status status = start(f, held, &w);
    for (size_t s = 0; s < f->out->problem.segments && status == TDO_OK; s++)
        serve_cell(&w, s, candidate, 1);
    return status == TDO_OK ? take(&w, out) : status;
}

/* ---- the best single candidate ---- */

static bool may_serve_all(const tdo_plan_problem *p, size_t candidate)
{
    for (size_t s = 0; p->barred && s < p->segments; s++)
        if (p->barred[s * p->candidates + candidate])
            return false;
    return true;
}

tdo_status plan_find_single(plan_facts *f, size_t *best, size_t *reference)
{
    const tdo_plan_problem *p = &f->out->problem;
    uint32_t *choice = tdo_alloc(f->a, p->segments, sizeof *choice);
    double most = -INFINITY, most_ungapped = -INFINITY;
    tdo_status status = choice ? TDO_OK : TDO_E_MEMORY;
    *best = *reference = TDO_NONE;
    for (size_t j = 0; j < p->candidates && status == TDO_OK; j++) {
        tdo_plan_totals t;
        bool holds = true, ungapped = true;
        if (!may_serve_all(p, j))
            continue;
        for (size_t s = 0; s < p->segments; s++)
            choice[s] = (uint32_t)j;
        status = tdo_plan_total(p, choice, NULL, 0, f->a, &t);
        for (size_t k = 0; k < p->n_limits && status == TDO_OK; k++) {
            const bool here = tdo_plan_holds(p, k, &t);
            holds = holds && here;
            ungapped = ungapped && (here || p->limit[k].bind == TDO_PLAN_GAP);
        }
        if (status == TDO_OK && holds && t.least > most + TDO_TIE) {
            most = t.least;
            *best = j;
        }
        if (status == TDO_OK && ungapped && t.least > most_ungapped + TDO_TIE) {
            most_ungapped = t.least;
            *reference = j;
        }
    }
    *reference = *best != TDO_NONE ? *best : *reference;
    return status;
}

/* ---- bounds of groups ---- */

/* Averages of a limit's readings in the groups when one candidate serves all. */
static double *averages_of(plan_facts *f, const double *of, size_t candidate)
{
    const tdo_plan_problem *p = &f->out->problem;
    double *sum = tdo_alloc(f->a, p->groups, sizeof *sum);
    double *lost = tdo_alloc(f->a, p->groups, sizeof *lost);
    if (!sum || !lost)
        return NULL;
    for (size_t s = 0; s < p->segments; s++) {
        const size_t g = p->group ? p->group[s] : 0;
        add_to(&sum[g], &lost[g], p->size[s] * of[s * p->candidates + candidate]);
    }
    for (size_t g = 0; g < p->groups; g++)
        sum[g] = (sum[g] + lost[g]) / f->out->group_size[g];
    return sum;
}

tdo_status plan_bound_groups(plan_facts *f, tdo_not_below what, size_t who)
{
    tdo_plan_problem *p = &f->out->problem;
    tdo_plan_limit *limit = tdo_alloc(f->a, p->n_limits, sizeof *limit);
    tdo_status status = limit ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < p->n_limits && status == TDO_OK; k++) {
        const tdo_segment_limit *l = &f->seg->limits[k];
        limit[k] = p->limit[k];
        if (l->not_below != what)
            continue;
        if (who == TDO_NONE) {
            status =
                tdo_warn(&f->out->warnings, f->a, "W_NO_SINGLE",
                         "segments.limits[%zu]: no single candidate keeps the other limits, so "
                         "that \"not_below\": \"single\" asks for nothing",
                         k);
            continue;
        }
        const double *average = averages_of(f, limit[k].of, who);
        if (!average)
            return TDO_E_MEMORY;
        if (f->s->criteria[l->on.criterion].goal == TDO_GOAL_MAX)
            limit[k].group_min = average;
        else
            limit[k].group_max = average;
    }
    p->limit = limit;
    return status;
}

/* ---- figures that did not choose ---- */

static tdo_status recheck_limits(plan_facts *f, tdo_held_out *out)
{
    const tdo_plan_solution *plan = &f->out->solution;
    tdo_plan_problem p = f->out->problem;
    tdo_plan_limit *limit = tdo_alloc(f->a, p.n_limits, sizeof *limit);
    tdo_rechecked *held = tdo_alloc(f->a, p.n_limits, sizeof *held);
    tdo_plan_totals t;
    tdo_status status = limit && held ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < p.n_limits && status == TDO_OK; k++) {
        limit[k] = p.limit[k];
        if (limit[k].of)
            status = plan_cells_of(f, &f->seg->limits[k], f->at.limit[k], true, &limit[k].of);
    }
    p.limit = limit;
    if (status == TDO_OK)
        status = tdo_plan_total(&p, plan->choice, plan->part, plan->n_parts, f->a, &t);
    for (size_t k = 0; k < p.n_limits && status == TDO_OK; k++)
        held[k] = (tdo_rechecked){t.at[k], tdo_plan_holds(&p, k, &t)};
    out->limit = held;
    return status;
}

static size_t count_below(const plan_facts *f)
{
    const size_t floors = f->seg->n_floors + f->s->n_constraints, m = f->out->problem.candidates;
    size_t n = 0;
    for (size_t s = 0; s < f->out->problem.segments; s++) {
        bool below = false;
        double share = 0;
        for (size_t at = 0, j = 0; tdo_planned_next(f->out, s, &at, &j, &share);)
            for (size_t k = 0; k < floors; k++)
                below = below || plan_miss(f, k, s * m + j, true) > 0;
        n += below;
    }
    return n;
}

tdo_status plan_hold_out(plan_facts *f)
{
    tdo_held_out *out = &f->out->holdout;
    tdo_status status = plan_serve(f, &f->out->solution, true, &out->plan);
    out->single.value = NAN;
    if (status == TDO_OK && f->out->single != TDO_NONE)
        status = plan_serve_all(f, f->out->single, true, &out->single);
    if (status == TDO_OK)
        status = recheck_limits(f, out);
    if (status == TDO_OK)
        out->below_floor = count_below(f);
    f->out->has_holdout = true;
    return status;
}
