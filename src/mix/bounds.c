/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits of a mix as bounds on averages, each scaled to the spread of its readings. */
#include "mix/mix.h"

#include "base/decimal.h"

#include <assert.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool mix_constraint_averages(const tdo_scenario *s, size_t j)
{
    const tdo_condition *is = &s->constraints[j].condition;
    if (is->equals || is->in || is->not_in || (!is->has_min && !is->has_max))
        return false;
    return is->criterion == TDO_NONE || !s->criteria[is->criterion].mixes_worst;
}

/* A name as messages show it, without the quotes. */
static void put_name(tdo_sink *o, const char *name, tdo_arena *a)
{
    tdo_sink quoted = tdo_sink_memory(a);
    tdo_put_quoted(&quoted, name);
    o->failed |= quoted.failed;
    if (!o->failed)
        tdo_put(o, quoted.text + 1, quoted.length - 2);
}

/* The text of one side; the limit's own where it has only that one. */
static const char *text_of(const mix_problem *m, const tdo_constraint *of, bool is_max,
                           double bound)
{
    const tdo_criterion *c =
        of->condition.criterion != TDO_NONE ? &m->s->criteria[of->condition.criterion] : NULL;
    tdo_sink o = tdo_sink_memory(m->a);
    if (of->text && of->condition.has_min != of->condition.has_max)
        return of->text;
    put_name(&o, c ? c->id : of->condition.column, m->a);
    tdo_puts(&o, is_max ? " <= " : " >= ");
    tdo_put_number(&o, bound);
    if (c && c->unit[0] != '\0') {
        tdo_puts(&o, " ");
        put_name(&o, c->unit, m->a);
    }
    return o.failed ? NULL : o.text;
}

static const double *row_of(const double *const *rows, size_t k)
{
    return rows ? rows[k] : NULL;
}

/* column, rest: where the limit is on no criterion. */
static tdo_status add_side(mix_problem *m, const tdo_constraint *of, const double *column,
                           const double *rest, bool from_constraint, bool is_max)
{
    mix_bound *b = &m->bound[m->bounds++];
    size_t c = of->condition.criterion;
    b->limit = (tdo_mix_limit){.constraint = of,
                               .from_constraint = from_constraint,
                               .is_max = is_max,
                               .each = c != TDO_NONE && m->s->criteria[c].mixes_worst,
                               .bound = is_max ? of->condition.max : of->condition.min,
                               .reached = NAN,
                               .multiplier = NAN};
    b->limit.text = text_of(m, of, is_max, b->limit.bound);
    b->reading = c != TDO_NONE ? m->x->reading[c] : column;
    b->rest = c != TDO_NONE ? row_of(m->x->rest, c) : rest;
    b->sign = is_max ? 1 : -1;
    return b->limit.text ? TDO_OK : TDO_E_MEMORY;
}

tdo_status mix_list_bounds(mix_problem *m)
{
    const tdo_mix_options *o = &m->s->mix;
    tdo_status status = TDO_OK;
    m->bound = tdo_alloc(m->a, 2 * (o->n_limits + m->s->n_constraints), sizeof *m->bound);
    if (!m->bound)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < 2 * o->n_limits && status == TDO_OK; k++) {
        const tdo_constraint *of = &o->limits[k / 2];
        bool is_max = k % 2 == 1;
        if (is_max ? of->condition.has_max : of->condition.has_min)
            status = add_side(m, of, row_of(m->x->mix_limited, k / 2),
                              row_of(m->x->mix_limited_rest, k / 2), false, is_max);
    }
    for (size_t j = 0; j < 2 * m->s->n_constraints && status == TDO_OK; j++) {
        const tdo_constraint *of = &m->s->constraints[j / 2];
        bool is_max = j % 2 == 1, has = is_max ? of->condition.has_max : of->condition.has_min;
        if (o->infeasible_may_mix && has && mix_constraint_averages(m->s, j / 2))
            status = add_side(m, of, row_of(m->x->limited, j / 2),
                              row_of(m->x->limited_rest, j / 2), true, is_max);
    }
    return status;
}

/* ---- scaling ---- */

/* Readings and bounds are the decimals they were written as. In the last place that any of them has
 * they are whole numbers; so are their differences, and 0.9 and 0.1 make 1. */
__extension__ typedef __int128 units;

enum {
    SPAN_MAX = 18, /* between two exponents: 10^17 x 10^18 is below 2^127 */
    PLACE_MAX = 22 /* 10^22 is a double */
};

/* 10^n, exactly. 0 <= n <= PLACE_MAX. */
static double power_of_ten(int n)
{
    double x = 1;
    for (; n > 0; n--)
        x *= 10;
    return x;
}

/* x in units of 10^place, which is not above its exponent. */
static units units_of(double x, int place)
{
    decimal is = decimal_of(x);
    return is.mantissa == 0 ? 0 : (units)is.mantissa * (int64_t)power_of_ten(is.exponent - place);
}

/* Numbers with more digits are known to the rounding of a double only. */
static const int64_t KNOWN = 1000000000000000;

/* The last place of the readings and the bound. rounded: some have too many digits to be known
 * exactly. False: the places are too far apart. */
static bool find_place(const mix_problem *m, const mix_bound *b, int *place, bool *rounded)
{
    int low = INT_MAX, high = 0;
    for (size_t q = 0; q <= m->n; q++) {
        decimal is = decimal_of(q < m->n ? b->reading[m->candidate[q]] : b->limit.bound);
        *rounded |= is.mantissa >= KNOWN || is.mantissa <= -KNOWN;
        if (is.mantissa == 0)
            continue;
        high = low == INT_MAX || is.exponent > high ? is.exponent : high;
        low = is.exponent < low ? is.exponent : low;
    }
    *place = low == INT_MAX ? 0 : low;
    return high - *place <= SPAN_MAX && abs(*place) <= PLACE_MAX;
}

/* x - shift in units of 10^place: exactly, unless it has more than 53 bits; then, and where places
 * are too far apart, rounded once. */
static double apart(const mix_bound *b, double x, bool exact)
{
    return exact ? (double)(units_of(x, b->place) - units_of(b->shift, b->place))
                 : decimal_difference(x, b->shift);
}

/* The power of two above |x|; 0 for 0. */
static int exponent_of(double x)
{
    int e = 0;
    (void)frexp(x, &e);
    return e;
}

double mix_bound_of(const mix_bound *b, double h)
{
    assert(b->sign == 1 || b->sign == -1);
    decimal_sum y;
    decimal_clear(&y);
    decimal_add(&y, b->shift);
    decimal_add_product(&y, b->sign * ldexp(h, b->exponent),
                        b->place < 0 ? 1 / power_of_ten(-b->place) : power_of_ten(b->place));
    return decimal_rounded(&y, NULL);
}

double mix_per_unit(const mix_bound *b, double of_h)
{
    double x = ldexp(of_h, -b->exponent);
    return b->place < 0 ? x * power_of_ten(-b->place) : x / power_of_ten(b->place);
}

/* Shifts by the bound (or the nearest reading, where it lies outside) and scales by a power of two:
 * the differences are what matters. Where numbers are rounded, a miss by their rounding is none. */
static void scale(const mix_problem *m, mix_bound *b)
{
    double low = INFINITY, high = -INFINITY, most = 0;
    bool rounded = false, exact = find_place(m, b, &b->place, &rounded);
    for (size_t q = 0; q < m->n; q++) {
        double y = b->reading[m->candidate[q]];
        low = y < low ? y : low;
        high = y > high ? y : high;
    }
    b->place = exact ? b->place : 0;
    b->shift = b->limit.bound < low ? low : b->limit.bound > high ? high : b->limit.bound;
    for (size_t q = 0; q < m->n; q++) {
        b->h[q] = b->sign * apart(b, b->reading[m->candidate[q]], exact);
        most = fmax(most, fabs(b->h[q]));
    }
    b->exponent = exponent_of(most);
    for (size_t q = 0; q < m->n; q++)
        b->h[q] = ldexp(b->h[q], -b->exponent);
    b->beta = ldexp(b->sign * apart(b, b->limit.bound, exact), -b->exponent);
    if (rounded || !exact)
        b->beta +=
            mix_per_unit(b, DBL_EPSILON * fmax(fmax(fabs(low), fabs(high)), fabs(b->limit.bound)));
    const double beta = b->beta > 4    ? 4
                        : b->beta < -4 ? -4
                                       : b->beta; /* never binds, never holds */
    b->cut = b->beta - beta;
    b->beta = beta;
}

static void mark_breakers(const mix_problem *m, mix_bound *b)
{
    for (size_t q = 0; q < m->n; q++) {
        double y = b->reading[m->candidate[q]];
        b->h[q] = b->limit.is_max ? y > b->limit.bound : y < b->limit.bound;
        m->barred[q] |= b->h[q] > 0;
    }
    b->beta = 0;
}

tdo_status mix_scale_bound(const mix_problem *m, mix_bound *b)
{
    b->h = tdo_alloc(m->a, m->n, sizeof *b->h);
    if (!b->h)
        return TDO_E_MEMORY;
    if (b->limit.each)
        mark_breakers(m, b);
    else
        scale(m, b);
    return TDO_OK;
}

tdo_status mix_scale_bounds(mix_problem *m)
{
    m->barred = tdo_alloc(m->a, m->n, sizeof *m->barred);
    if (!m->barred)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->bounds; k++) {
        mix_bound *b = &m->bound[k];
        const tdo_status status = mix_scale_bound(m, b);
        if (status != TDO_OK)
            return status;
    }
    return TDO_OK;
}
