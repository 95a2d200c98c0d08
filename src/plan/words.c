/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of a plan in words, and what they cost. */
#include "plan/words.h"

#include <math.h>

#include "base/decimal.h"
#include "explain/amount.h"

enum { POINTS_DIGITS = 3, READING_DIGITS = 4, SHARE_DIGITS = 3, FULL_DIGITS = 15 };

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
        tdo_puts(o, ", no group below what the best single choice gives it");
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

void plan_put_price(tdo_sink *o, const tdo_planned *x, size_t k)
{
    const tdo_segment_limit *l = limit_of(x, k);
    const double bound = fabs(l->has_max ? l->max : l->min);
    const double step = bound > 0 ? decimal_ten_to(decimal_tens(bound) - 1) : 0.01;
    const double at = x->totals.at[k];
    plan_put_limit(o, x, k);
    tdo_puts(o, ": ");
    if (!(x->solution.price[k] > 0)) {
        tdo_puts(o, "nothing, it has ");
        plan_put_reached(o, x, k, at);
        return;
    }
    const bool more = l->has_max && (!l->has_min || at - l->min > l->max - at);
    put_amount(o, x, k, step, 2);
    tdo_puts(o, l->on.candidate ? " of the traffic" : "");
    tdo_puts(o, more ? " more would bring at most " : " less would bring at most ");
    amount_put_rounded(o, 100 * step * x->solution.price[k], POINTS_DIGITS);
    tdo_puts(o, " points");
    plan_put_whose(o, x);
}
