/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far it is worth looking for a cell that makes somebody first, and where limits end that. */
#include "weights/choice.h"
#include "weights/choice_lack.h"

#include <math.h>

/* Has every reader the value 1 there, for good? */
static bool is_at_best(const choice_lack *x, double cell)
{
    for (size_t q = 0; q < x->cell.n; q++) {
        const choice_reader *r = &x->cell.reader[q];
        choice_view y = choice_look(&x->cell, r, cell);
        if (r->weighed && (r->moves || tdo_value_of(r->criterion, y.worst, y.best,
                                                    tdo_measurement(r->criterion, y.reading)) < 1))
            return false;
    }
    return true;
}

double choice_least_of(const choice_lack *x)
{
    bool zero = true;
    for (size_t q = 0; q < x->cell.n; q++)
        zero &= !x->cell.reader[q].criterion->zero_is_missing;
    return zero ? 0 : x->cell.span * 1e-9;
}

double choice_clip(const choice_lack *x, double from, double end)
{
    if (choice_allows(x, end))
        return end;
    const double up = x->cell.up, last = choice_halve(x, from, end, choice_allows);
    const double bound = choice_in_digits(x, last, -up, choice_allows);
    return up * bound > up * last ? bound : last;
}

static bool is_wanted(const choice_lack *x, double cell)
{
    return choice_share_of(&x->cell, cell) <= x->most;
}

double choice_cut_off(const choice_lack *x, double from, double end)
{
    return is_wanted(x, end) ? end : choice_halve(x, from, end, is_wanted);
}

double choice_end_of(const choice_lack *x, double base)
{
    const choice_edit *c = &x->cell;
    double step = c->span, last = base;
    for (int k = 0; k < CHOICE_DOUBLINGS; k++, step *= 2) {
        double end = base + c->up * step;
        if (c->signless && end <= 0)
            return choice_least_of(x);
        if (!isfinite(end))
            return last;
        if (isnan(c->turn) && is_at_best(x, end))
            return end;
        last = end;
    }
    return last;
}

double choice_limit_behind(const choice_lack *x, double from)
{
    const choice_edit *c = &x->cell;
    double step = c->span;
    for (int k = 0; k < CHOICE_DOUBLINGS && choice_is_limited(c); k++, step *= 2) {
        const bool least = c->signless && from + c->up * step <= 0;
        const double end = least ? choice_least_of(x) : from + c->up * step;
        if (isfinite(end) && !choice_allows(x, end))
            return choice_in_digits(x, choice_clip(x, from, end), -c->up, choice_is_surely_good);
        if (least)
            break;
    }
    return NAN;
}
