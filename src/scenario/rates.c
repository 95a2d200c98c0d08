/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "10 latency = 30 margin": amounts that are worth the same, in the units of the criteria. With
 * values that are straight in the measurement, an amount is worth weight x amount x dv / dx. */
#include "scenario/statement.h"

#include "base/decimal.h"

#include <assert.h>
#include <math.h>

enum { FACTORS = 3 };

static const int64_t MOST_RATE = INT64_C(1) << 52;

/* Whole numbers, and a power of ten, whose product it is. */
typedef struct product {
    int64_t factor[FACTORS];
    size_t n;
    int exponent;
} product;

static void multiply(product *y, int64_t digits, int exponent)
{
    y->factor[y->n++] = digits;
    y->exponent += exponent;
}

static void multiply_by(product *y, double x)
{
    const decimal d = decimal_of(x);
    multiply(y, d.mantissa, d.exponent);
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void cancel(product *a, product *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++) {
            const int64_t by = common_divisor(a->factor[i], b->factor[j]);
            a->factor[i] /= by;
            b->factor[j] /= by;
        }
}

/* In units of 10^least; 0: too long. */
static int64_t whole_of(const product *y, int least)
{
    int64_t whole = 1;
    for (size_t i = 0; i < y->n; i++) {
        if (whole > MOST_RATE / y->factor[i])
            return 0;
        whole *= y->factor[i];
    }
    for (int e = y->exponent; e > least; e--) {
        if (whole > MOST_RATE / 10)
            return 0;
        whole *= 10;
    }
    return whole;
}

/* Do all points of the value function lie on one line? */
static bool is_straight(const tdo_criterion *c)
{
    assert(c->n_value >= 2);
    const size_t last = c->n_value - 1;
    const double dx = decimal_difference(c->value_x[last], c->value_x[0]);
    const double dv = decimal_difference(c->value_v[last], c->value_v[0]);
    for (size_t i = 1; i < last; i++) {
        decimal_sum off;
        decimal_clear(&off);
        decimal_add_product(&off, dx, decimal_difference(c->value_v[i], c->value_v[0]));
        decimal_add_product(&off, -dv, decimal_difference(c->value_x[i], c->value_x[0]));
        const double by = decimal_rounded(&off, NULL);
        if (by < 0 || by > 0)
            return false;
    }
    return dv < 0 || dv > 0;
}

/* Multiplies one side by dv of its criterion and the other side by its dx. */
static bool take_slope(scenario_statement *t, size_t criterion, product *own, product *other)
{
    const tdo_criterion *c = &t->r->s->criteria[criterion];
    if (!c->has_range && !(c->n_value && is_straight(c))) {
        scenario_complain(t->r, t->n, SCENARIO_AT_VALUE,
                          "%s: what an amount of \"%s\" is worth is not settled: give it a "
                          "\"range\"%s",
                          scenario_say_path(t->r, t->n), c->id,
                          c->n_value ? " (its \"value\" is not one straight line)" : "");
        return false;
    }
    const size_t last = c->n_value - 1;
    const double dx = c->has_range ? fabs(decimal_difference(c->worst, c->best))
                                   : decimal_difference(c->value_x[last], c->value_x[0]);
    const double dv = c->has_range ? 1 : fabs(decimal_difference(c->value_v[last], c->value_v[0]));
    if (!(dx > 0) || isinf(dx)) /* refused already */
        return false;
    multiply_by(other, dx);
    multiply_by(own, dv);
    return true;
}

/* Is it two amounts, and an equals sign? */
static bool check(scenario_statement *t)
{
    bool good = t->n_sums == 2 && t->sign[0] == '=' && t->n_terms == 2 && t->from[1] == 1;
    for (size_t k = 0; k < 2 && good; k++)
        good = t->term[k].name != TDO_NONE && t->term[k].digits > 0;
    if (!good)
        scenario_complain(t->r, t->n, SCENARIO_AT_VALUE,
                          "%s must be two amounts above 0 that are worth the same, as in "
                          "\"10 latency = 30 margin\"",
                          scenario_say_path(t->r, t->n));
    else if (t->term[0].name == t->term[1].name)
        scenario_complain(t->r, t->n, SCENARIO_AT_VALUE, "%s compares \"%s\" with itself",
                          scenario_say_path(t->r, t->n), t->about->name[t->term[0].name]);
    return good && t->term[0].name != t->term[1].name;
}

bool scenario_weigh_rate(scenario_statement *t, int64_t *whole)
{
    product side[2] = {{.n = 0}, {.n = 0}};
    if (!check(t))
        return false;
    for (size_t k = 0; k < 2; k++)
        multiply(&side[k], t->term[k].digits, t->term[k].exponent);
    for (size_t k = 0; k < 2; k++)
        if (!take_slope(t, t->term[k].name, &side[k], &side[1 - k]))
            return false;
    cancel(&side[0], &side[1]);
    const int least = side[0].exponent < side[1].exponent ? side[0].exponent : side[1].exponent;
    for (size_t c = 0; c <= t->about->n; c++)
        whole[c] = 0;
    for (size_t k = 0; k < 2; k++) {
        const int64_t size = whole_of(&side[k], least);
        if (size == 0) {
            scenario_complain_digits(t);
            return false;
        }
        whole[t->term[k].name] = k == 0 ? size : -size;
    }
    return true;
}
