/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell is asked while it is edited, and where the answer turns: by halving, in nine digits.
 */
#include "weights/choice_lack.h"

#include "base/decimal.h"

#include <math.h>

enum { HALVINGS = 120, DIGITS = 9, FINE = 100 };

bool choice_allows(const choice_lack *x, double cell)
{
    return choice_is_allowed(&x->cell, cell);
}

bool choice_suffices(const choice_lack *x, double cell)
{
    return x->probe->is_first(x->probe->user, &x->cell, cell);
}

bool choice_is_good(const choice_lack *x, double cell)
{
    return choice_allows(x, cell) && choice_suffices(x, cell);
}

bool choice_is_sure(const choice_lack *x, double cell)
{
    const choice_probe *p = x->probe;
    return (p->is_surely ? p->is_surely : p->is_first)(p->user, &x->cell, cell);
}

bool choice_is_surely_good(const choice_lack *x, double cell)
{
    return choice_allows(x, cell) && choice_is_sure(x, cell);
}

double choice_halve(const choice_lack *x, double good, double bad, choice_question is)
{
    const double narrow = CHOICE_NARROW * x->cell.span;
    for (int k = 0; k<HALVINGS && * x->steps> 0; k++) {
        double middle = good / 2 + bad / 2;
        if (fabs(good - bad) <= fmax(CHOICE_NARROW * fabs(good), narrow))
            break;
        if (is(x, middle))
            good = middle;
        else
            bad = middle;
    }
    return good;
}

double choice_in_digits(const choice_lack *x, double from, double way, choice_question is)
{
    const double span = x->cell.span, fine = span / FINE;
    decimal size = decimal_of(fabs(from) < fine ? fine : fmax(fabs(from), span));
    int exponent = size.exponent - DIGITS;
    for (int64_t m = size.mantissa; m > 0; m /= 10)
        exponent++;
    int64_t q = (int64_t)floor(from / decimal_number((decimal){1, exponent}));
    for (int k = -1; k <= 2; k++) {
        double y = decimal_number((decimal){way > 0 ? q + k : q + 1 - k, exponent});
        if (is(x, y))
            return y;
    }
    return NAN;
}

/* Where ranks are of some alone: the best one is among those who are first. */
bool choice_is_behind(const tdo_ranking *r, tdo_rule rule, uint32_t slot)
{
    const tdo_rule_result *y = &r->by_rule[rule];
    size_t above = y->rank ? y->rank[slot] - 1 : 0;
    for (size_t q = 0; !y->rank && q < r->n_first[rule]; q++)
        above += y->score[r->first[rule][q]] - y->score[slot] > TDO_TIE;
    return above > 0;
}
