/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a set as rows of whole numbers: sums in the last place that any of their
 * decimals has, counts, links. */
#include "portfolio/data.h"

#include "base/decimal.h"

#include <limits.h>
#include <math.h>

/* The readings that limit j sums, by candidate. */
const double *pick_reading_of(const pick_data *d, size_t j)
{
    const size_t c = d->o->limits[j].condition.criterion;
    return c != TDO_NONE ? d->k->x->reading[c] : d->k->x->portfolio_limited[j];
}

double pick_rest_of(const pick_data *d, size_t j, size_t i)
{
    const size_t c = d->o->limits[j].condition.criterion;
    const double *rest = d->k->x->portfolio_limited_rest[j];
    return c != TDO_NONE ? tdo_rest(d->k->x, c, i) : rest ? rest[i] : 0;
}

/* Digits of a sum in whole numbers; what is smaller is rounded. FEWER: where readings stand apart,
 * each of which counts as more than all others together. */
enum { DIGITS = 30, FEWER = 24 };

static pick_whole power_of_ten(int n)
{
    pick_whole x = 1;
    for (; n > 0; n--)
        x *= 10;
    return x;
}

static int top_of(decimal x)
{
    int digits = 0;
    for (int64_t m = x.mantissa < 0 ? -x.mantissa : x.mantissa; m > 0; m /= 10)
        digits++;
    return x.exponent + digits;
}

/* x in units of 10^place, rounded to nearest where it has more. */
static pick_whole units_of(double x, int place)
{
    const decimal is = decimal_of(x);
    if (is.mantissa == 0 || top_of(is) < place - 1)
        return 0;
    if (is.exponent >= place)
        return is.mantissa * power_of_ten(is.exponent - place);
    const pick_whole by = power_of_ten(place - is.exponent), half = by / 2;
    return is.mantissa < 0 ? -((-(pick_whole)is.mantissa + half) / by)
                           : ((pick_whole)is.mantissa + half) / by;
}

/* How readings become whole numbers: in units of 10^place, but for those that decide alone. */
typedef struct unit_scale {
    int place;
    double apart;     /* a reading whose size is above that decides alone */
    pick_whole alone; /* as many units as it counts for then */
} unit_scale;

static double bound_of(const tdo_condition *is, bool most)
{
    return most ? (is->has_max ? is->max : 0) : is->has_min ? is->min : 0;
}

/* The first and the last place of what limit j sums and of its bounds, without what stands apart.
 * False: all of it is 0. */
static bool find_places(const pick_data *d, size_t j, double apart, int *low, int *high)
{
    const size_t f = d->k->f->feasible_n;
    *low = INT_MAX;
    *high = INT_MIN;
    for (size_t k = 0; k < 2 * f + 2; k++) {
        const size_t i = k < 2 * f ? d->k->f->feasible[k / 2] : 0;
        const double reading = k < 2 * f ? pick_reading_of(d, j)[i] : 0;
        const double x = k >= 2 * f ? bound_of(&d->o->limits[j].condition, k > 2 * f)
                         : k % 2    ? pick_rest_of(d, j, i)
                                    : reading;
        const decimal y = decimal_of(isnan(x) || fabs(reading) > apart ? 0 : x);
        if (y.mantissa == 0)
            continue;
        *low = y.exponent < *low ? y.exponent : *low;
        *high = top_of(y) > *high ? top_of(y) : *high;
    }
    return *low != INT_MAX;
}

static pick_whole units_of_reading(const pick_data *d, size_t j, size_t i, const unit_scale *s)
{
    const double x = pick_reading_of(d, j)[i];
    if (fabs(x) > s->apart)
        return x > 0 ? s->alone : -s->alone;
    return isnan(x) ? 0 : units_of(x, s->place) + units_of(pick_rest_of(d, j, i), s->place);
}

static pick_whole size_of(pick_whole x)
{
    return x < 0 ? -x : x;
}

/* Readings that span more digits than whole numbers have: a 1e30 that stands for "never" must not
 * round the others away. What is beyond the bounds, whoever else is taken, counts as just beyond
 * them: no set that keeps the limit holds it, or (of a column, whose sum nobody compares) any set
 * with it keeps the limit. */
static unit_scale set_apart(const pick_data *d, size_t j, double above, double below)
{
    const tdo_condition *is = &d->o->limits[j].condition;
    unit_scale s = {
        .apart = 4 * (fabs(bound_of(is, false)) + fabs(bound_of(is, true)) + fmin(above, below))};
    int low = 0, high = 0;
    if (find_places(d, j, s.apart, &low, &high))
        s.place = high - low > FEWER ? high - FEWER : low;
    pick_whole alone = size_of(units_of(bound_of(is, false), s.place)) +
                       size_of(units_of(bound_of(is, true), s.place)) + 1;
    for (size_t k = 0; k < d->k->f->feasible_n; k++)
        alone += size_of(units_of_reading(d, j, d->k->f->feasible[k], &s));
    s.alone = alone;
    return s;
}

static unit_scale scale_of(const pick_data *d, size_t j)
{
    const tdo_condition *is = &d->o->limits[j].condition;
    int low = 0, high = 0;
    double above = 0, below = 0;
    if (!find_places(d, j, INFINITY, &low, &high) || high - low <= DIGITS)
        return (unit_scale){low == INT_MAX ? 0 : low, INFINITY, 0};
    for (size_t k = 0; k < d->k->f->feasible_n; k++) {
        const double x = pick_reading_of(d, j)[d->k->f->feasible[k]];
        above += x > 0 ? x : 0;
        below -= x < 0 ? x : 0;
    }
    if (is->criterion == TDO_NONE || (above > below ? is->has_max : is->has_min))
        return set_apart(d, j, above, below);
    return (unit_scale){high - DIGITS, INFINITY, 0};
}

typedef struct row_list {
    pick_data *d;
    pick_row *row;
    const char **text;
    size_t n;
    bool no_memory;
} row_list;

/* a: [n] of blocks. What cannot bind is left out. */
static void add_row(row_list *l, const pick_whole *a, pick_whole lo, pick_whole hi,
                    const char *text)
{
    pick_whole least = 0, most = 0;
    for (size_t b = 0; b < l->d->n; b++) {
        least += a[b] < 0 ? a[b] : 0;
        most += a[b] > 0 ? a[b] : 0;
    }
    lo = lo <= least ? -PICK_FAR : lo > most ? most + 1 : lo;
    hi = hi >= most ? PICK_FAR : hi < least ? least - 1 : hi;
    if (lo == -PICK_FAR && hi == PICK_FAR)
        return;
    l->row[l->n] = (pick_row){a, lo, hi};
    l->text[l->n++] = text;
}

static pick_whole *new_row(row_list *l)
{
    pick_whole *a = tdo_alloc(l->d->a, l->d->n, sizeof *a);
    l->no_memory = l->no_memory || !a;
    return a;
}

static const char *side_text(row_list *l, const tdo_constraint *limit, bool is_max)
{
    tdo_condition one = limit->condition;
    const tdo_criterion *c = one.criterion != TDO_NONE ? &l->d->k->s->criteria[one.criterion]
                                                       : NULL;
    tdo_sink o = tdo_sink_memory(l->d->a);
    if (!one.has_min || !one.has_max)
        return limit->text;
    tdo_putf(&o, "sum of %s %s ", c ? c->id : one.column, is_max ? "<=" : ">=");
    tdo_put_number(&o, is_max ? one.max : one.min);
    if (c && c->unit[0])
        tdo_putf(&o, " %s", c->unit);
    l->no_memory = l->no_memory || o.failed;
    return o.failed ? "" : o.text;
}

/* The two sides of a limit, and its sum as an axis. */
static void add_limit(row_list *l, size_t j, const pick_whole **sum)
{
    pick_data *d = l->d;
    const tdo_constraint *limit = &d->o->limits[j];
    const tdo_condition *is = &limit->condition;
    const unit_scale s = scale_of(d, j);
    pick_whole *a = new_row(l);
    *sum = a;
    for (size_t b = 0; a && b < d->n; b++)
        for (size_t q = 0; q < d->members[b]; q++) {
            const size_t i = d->k->f->feasible[d->member[b][q]];
            a[b] += units_of_reading(d, j, i, &s);
        }
    if (a && is->has_min)
        add_row(l, a, units_of(is->min, s.place), PICK_FAR, side_text(l, limit, false));
    if (a && is->has_max)
        add_row(l, a, -PICK_FAR, units_of(is->max, s.place), side_text(l, limit, true));
}

static const char *count_text(row_list *l, size_t n, bool most)
{
    const char *text =
        tdo_text(l->d->a, "at %s %zu candidate%s", most ? "most" : "least", n, n == 1 ? "" : "s");
    l->no_memory = l->no_memory || !text;
    return text;
}

static void add_count(row_list *l)
{
    pick_data *d = l->d;
    const tdo_portfolio_options *o = d->o;
    pick_whole *a = new_row(l);
    size_t least = o->has_count ? o->count_min : 0;
    least = o->best && least == 0 ? 1 : least; /* a menu has something on it */
    for (size_t b = 0; a && b < d->n; b++)
        a[b] = (pick_whole)d->members[b];
    if (a && least > 0)
        add_row(l, a, (pick_whole)least, PICK_FAR, count_text(l, least, false));
    if (a && o->has_count)
        add_row(l, a, -PICK_FAR, (pick_whole)o->count_max, count_text(l, o->count_max, true));
}

/* The block of the one that a link names at place q; UINT32_MAX: that one cannot be taken. */
static uint32_t linked_block(const row_list *l, const uint32_t *block_of, size_t link, size_t q)
{
    const uint32_t k = pick_slot_of(l->d, link, q);
    return k == UINT32_MAX ? UINT32_MAX : block_of[k];
}

static void add_apart(row_list *l, size_t at, const uint32_t *block_of)
{
    const tdo_link *link = &l->d->o->links[at];
    pick_whole *a = new_row(l);
    for (size_t q = 0; a && q < link->n; q++) {
        const uint32_t b = linked_block(l, block_of, at, q);
        if (b != UINT32_MAX)
            a[b] += 1;
    }
    if (a)
        add_row(l, a, -PICK_FAR, 1, link->text);
}

/* x of the first <= x of each other; one that cannot be taken counts as 0. */
static void add_requires(row_list *l, size_t at, const uint32_t *block_of)
{
    const tdo_link *link = &l->d->o->links[at];
    const uint32_t first = linked_block(l, block_of, at, 0);
    for (size_t q = 1; q < link->n && first != UINT32_MAX; q++) {
        const uint32_t b = linked_block(l, block_of, at, q);
        pick_whole *a = b == first ? NULL : new_row(l);
        if (!a)
            continue;
        a[first] = 1;
        if (b != UINT32_MAX)
            a[b] = -1;
        add_row(l, a, -PICK_FAR, 0, link->text);
    }
}

tdo_status pick_make_rows(pick_data *d, const uint32_t *block_of, const pick_whole **sum)
{
    const tdo_portfolio_options *o = d->o;
    size_t most = 2 * o->n_limits + 2;
    for (size_t q = 0; q < o->n_links; q++)
        most += o->links[q].n;
    row_list l = {.d = d,
                  .row = tdo_alloc(d->a, most, sizeof *l.row),
                  .text = tdo_alloc(d->a, most, sizeof *l.text)};
    if (!l.row || !l.text)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < o->n_limits; j++)
        add_limit(&l, j, &sum[j]);
    add_count(&l);
    for (size_t q = 0; q < o->n_links; q++) {
        if (o->links[q].kind == TDO_LINK_APART)
            add_apart(&l, q, block_of);
        else if (o->links[q].kind == TDO_LINK_REQUIRES)
            add_requires(&l, q, block_of);
    }
    d->p = (pick_problem){.n = d->n, .rows = l.n, .row = l.row};
    d->text = l.text;
    return l.no_memory ? TDO_E_MEMORY : TDO_OK;
}
