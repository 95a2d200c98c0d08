/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of a plan in words, and what they cost. */
#include "plan/words.h"

#include <math.h>

#include "base/decimal.h"
#include "explain/amount.h"

enum {
    POINTS_DIGITS = 3,
    READING_DIGITS = 4,
    SHARE_DIGITS = 3,
    FULL_DIGITS = 15,
    GROUPS_SHOWN = 10
};

static const tdo_segment_limit *limit_of(const tdo_planned *x, size_t k)
{
    return &x->scenario->segments->limits[k];
}

static const tdo_criterion *criterion_of(const tdo_planned *x, size_t k)
{
    const size_t c = limit_of(x, k)->on.criterion;
    return c == TDO_NONE ? NULL : &x->scenario->criteria[c];
}

/* An amount of what the limit is on. */
static void put_amount(tdo_sink *o, const tdo_planned *x, size_t k, double amount, int digits)
{
    const tdo_criterion *c = criterion_of(x, k);
    const bool share = limit_of(x, k)->on.candidate;
    amount_put_rounded(o, share ? 100 * amount : amount, digits);
    if (share)
        tdo_puts(o, "%");
    else if (c)
        amount_put_unit(o, c);
}

static void put_bound(tdo_sink *o, const tdo_planned *x, size_t k, double bound)
{
    const tdo_criterion *c = criterion_of(x, k);
    if (limit_of(x, k)->on.candidate || !c)
        put_amount(o, x, k, bound, FULL_DIGITS);
    else
        amount_put_bound(o, c, bound);
}

/* Below whom no group may be. */
static void put_reference(tdo_sink *o, const tdo_planned *x)
{
    if (x->reference == TDO_NONE) {
        tdo_puts(o, ", no group below what the best single choice gives it (there is none)");
    } else {
        tdo_putf(o, ", no group below what it has under %s alone", x->candidate[x->reference]);
        tdo_puts(o, x->single == TDO_NONE ? ", the best single choice but for gaps" : "");
    }
}

void plan_put_limit(tdo_sink *o, const tdo_planned *x, size_t k)
{
    const tdo_segment_limit *l = limit_of(x, k);
    const tdo_criterion *c = criterion_of(x, k);
    if (l->on.candidate)
        tdo_putf(o, "share of %s", l->on.candidate);
    else
        tdo_putf(o, "%s%s", l->is_gap ? "gap of groups in " : "", c ? c->label : l->on.column);
    if (l->has_min) {
        tdo_puts(o, " at least ");
        put_bound(o, x, k, l->min);
    }
    if (l->has_max) {
        tdo_puts(o, l->has_min ? " and at most " : " at most ");
        put_bound(o, x, k, l->max);
    }
    if (l->not_below == TDO_BELOW_TODAY)
        tdo_puts(o, ", no group below what it has today");
    if (l->not_below == TDO_BELOW_SINGLE)
        put_reference(o, x);
}

static double bound_price(const tdo_planned *x, size_t k, size_t g)
{
    return fabs(x->solution.proof->bound[k * x->problem.groups + g]);
}

void plan_put_bound_groups(tdo_sink *o, const tdo_planned *x, size_t k)
{
    size_t n = 0;
    for (size_t g = 0; g < x->problem.groups; g++)
        n += bound_price(x, k, g) > 0;
    for (size_t g = 0, told = 0; g < x->problem.groups && told < GROUPS_SHOWN; g++)
        if (bound_price(x, k, g) > 0) {
            tdo_puts(o, told == 0 ? "; " : told + 1 == n ? " and " : ", ");
            tdo_puts(o, x->group[g]);
            told++;
        }
    if (n > GROUPS_SHOWN)
        tdo_putf(o, " and %zu others", n - GROUPS_SHOWN);
    if (n > 0)
        tdo_puts(o, n == 1 ? " has only what it must" : " have only what they must");
}

void plan_put_reached(tdo_sink *o, const tdo_planned *x, size_t k, double at)
{
    put_amount(o, x, k, at, limit_of(x, k)->on.candidate ? SHARE_DIGITS : READING_DIGITS);
}

void plan_put_whose(tdo_sink *o, const tdo_planned *x)
{
    const bool worst = x->scenario->rule == TDO_RULE_MAXIMIN && x->scenario->n_stakeholders > 1;
    tdo_puts(o, worst ? " for whoever is worst off" : " on average");
}

/* About a tenth of a bound, at most. */
static double step_of(double bound)
{
    return fabs(bound) > 0 ? decimal_ten_to(decimal_tens(fabs(bound)) - 1) : 0.01;
}

/* Of all groups together, for each unit by which "not_below" asks for less; 0: it asks nothing. */
static double bounds_price(const tdo_planned *x, size_t k)
{
    double price = 0;
    for (size_t g = 0; g < x->problem.groups; g++)
        price += bound_price(x, k, g);
    return price;
}

/* What "not_below" costs: each group's bound a step looser. */
static void put_bounds_price(tdo_sink *o, const tdo_planned *x, size_t k)
{
    const tdo_plan_limit *l = &x->problem.limit[k];
    const double *bound = l->group_min ? l->group_min : l->group_max;
    const double price = bounds_price(x, k);
    double most = 0;
    if (!(price > 0))
        return;
    for (size_t g = 0; g < x->problem.groups; g++)
        most = bound_price(x, k, g) > 0 ? fmax(most, fabs(bound[g])) : most;
    tdo_puts(o, "; ");
    put_amount(o, x, k, step_of(most), 2);
    tdo_puts(o, l->group_min ? " less" : " more");
    tdo_puts(o, " for every group would bring at most ");
    amount_put_rounded(o, 100 * step_of(most) * price, POINTS_DIGITS);
    tdo_puts(o, amount_point(100 * step_of(most) * price, POINTS_DIGITS));
    plan_put_whose(o, x);
}

/* The multiplier is of the bound that stands in the way; where both are as near, no reading tells
 * which that is. */
void plan_put_price(tdo_sink *o, const tdo_planned *x, size_t k)
{
    const tdo_segment_limit *l = limit_of(x, k);
    const double at = x->totals.at[k];
    plan_put_limit(o, x, k);
    tdo_puts(o, ": ");
    if (!(x->solution.price[k] > 0)) {
        tdo_puts(o, bounds_price(x, k) > 0 ? "nothing for the gap, it has " : "nothing, it has ");
        plan_put_reached(o, x, k, at);
        put_bounds_price(o, x, k);
        return;
    }
    const bool more = l->is_gap || x->solution.proof->limit[k] > 0;
    const double step = step_of(more ? l->max : l->min);
    put_amount(o, x, k, step, 2);
    tdo_puts(o, l->on.candidate ? " of the traffic" : "");
    tdo_puts(o, more ? " more would bring at most " : " less would bring at most ");
    amount_put_rounded(o, 100 * step * x->solution.price[k], POINTS_DIGITS);
    tdo_puts(o, amount_point(100 * step * x->solution.price[k], POINTS_DIGITS));
    plan_put_whose(o, x);
    put_bounds_price(o, x, k);
}
