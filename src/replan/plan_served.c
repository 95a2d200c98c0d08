/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan comes to: sums over all segments, each with what rounding took from it. */
#include "replan/plan.h"

#include <math.h>

typedef struct exact_sum {
    double high, low;
} exact_sum;

/* Both parts of a sum of two doubles (Knuth 1969). */
static void add(exact_sum *s, double x)
{
    const double sum = s->high + x, back = sum - s->high;
    s->low += (s->high - (sum - back)) + (x - back);
    s->high = sum;
}

static double value_of(exact_sum s)
{
    return s.high + s.low;
}

typedef struct plan_sums {
    const verify_plan *p;
    const double *utility;
    bool held;
    exact_sum *of, *average, *traffic;
} plan_sums;

static void add_part(plan_sums *v, size_t s, const verify_part *part)
{
    const verify_plan *p = v->p;
    const size_t people = p->w->people, g = p->group_of[s];
    const uint32_t row = verify_plan_row(p, s, part->candidate);
    const double size = p->size[s] * part->share;
    add(&v->traffic[part->candidate], size);
    for (size_t h = 0; h < people; h++)
        add(&v->of[g * people + h], size * v->utility[row * people + h]);
    for (size_t k = 0; k < p->n; k++)
        if (p->limit[k].bind != VERIFY_SHARE)
            add(&v->average[k * p->groups + g],
                size * (v->held ? p->limit[k].held : p->limit[k].x)[row]);
}

static double bound_by(const plan_sums *v, size_t k, const verify_served *out)
{
    const verify_plan *p = v->p;
    const verify_plan_limit *l = &p->limit[k];
    const double *average = out->average + k * p->groups;
    double least = average[0], most = average[0];
    exact_sum all = {0, 0};
    for (size_t g = 0; g < p->groups; g++) {
        least = fmin(least, average[g]);
        most = fmax(most, average[g]);
        add(&all, v->average[k * p->groups + g].high);
        add(&all, v->average[k * p->groups + g].low);
    }
    return l->bind == VERIFY_SHARE ? out->traffic[l->candidate]
           : l->bind == VERIFY_GAP ? most - least
                                   : value_of(all) / p->whole;
}

static void divide(const plan_sums *v, verify_served *out)
{
    const verify_plan *p = v->p;
    const size_t people = p->w->people;
    for (size_t j = 0; j < p->candidates; j++)
        out->traffic[j] = value_of(v->traffic[j]) / p->whole;
    for (size_t i = 0; i < p->n * p->groups; i++)
        out->average[i] = value_of(v->average[i]) / p->group_size[i % p->groups];
    for (size_t k = 0; k < p->n; k++)
        out->at[k] = bound_by(v, k, out);
    out->value = p->least_counts ? INFINITY : 0;
    for (size_t h = 0; h < people; h++) {
        exact_sum all = {0, 0};
        for (size_t g = 0; g < p->groups; g++) {
            add(&all, v->of[g * people + h].high);
            add(&all, v->of[g * people + h].low);
            out->of[g * people + h] = value_of(v->of[g * people + h]) / p->group_size[g];
        }
        out->utility[h] = value_of(all) / p->whole;
        if (!p->least_counts)
            out->value += p->w->person[h].power * out->utility[h];
        else if (p->w->person[h].power > 0)
            out->value = fmin(out->value, out->utility[h]);
    }
}

bool verify_plan_serve(const verify_plan *p, const verify_service *s, bool held, verify_served *out)
{
    const size_t of = p->groups * p->w->people, averages = p->n * p->groups;
    plan_sums v = {.p = p, .held = held};
    v.utility = held && p->held_utility ? p->held_utility : p->utility;
    if (!VERIFY_ROOM(p->j, v.of, of) || !VERIFY_ROOM(p->j, v.average, averages) ||
        !VERIFY_ROOM(p->j, v.traffic, p->candidates) || !VERIFY_ROOM(p->j, out->of, of) ||
        !VERIFY_ROOM(p->j, out->average, averages) || !VERIFY_ROOM(p->j, out->at, p->n) ||
        !VERIFY_ROOM(p->j, out->traffic, p->candidates) ||
        !VERIFY_ROOM(p->j, out->utility, p->w->people))
        return false;
    for (size_t k = 0; k < p->segments; k++)
        for (size_t q = s->first[k]; q < s->first[k + 1]; q++)
            add_part(&v, k, &s->part[q]);
    divide(&v, out);
    return true;
}

bool verify_plan_keeps(const verify_plan *p, size_t k, const verify_served *s)
{
    const verify_plan_limit *l = &p->limit[k];
    const double *average = s->average + k * p->groups;
    double slack = l->bind == VERIFY_SHARE ? 1e-9 : 0;
    for (size_t g = 0; g < p->groups; g++)
        slack = fmax(slack, 1e-9 * fabs(average[g]));
    if (!(s->at[k] >= l->min - slack && s->at[k] <= l->max + slack))
        return false;
    for (size_t g = 0; g < p->groups; g++)
        if ((l->least && average[g] < l->least[g] - slack) ||
            (l->most && average[g] > l->most[g] + slack))
            return false;
    return true;
}
