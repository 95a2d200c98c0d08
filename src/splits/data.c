/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes and limits as exact columns: whole numbers of the last decimal place of each, but for
 * utilities, which are doubles. Where all is scaled by a power of ten, or candidates stand in
 * another order or twice, the columns are the same. */
#include "splits/splits.h"

#include "base/decimal.h"
#include "base/sort.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum {
    PART_MAX = 40, /* doubles in a sum: more than a number from the whole range of doubles needs */
    LIMBS_MORE = 4 /* beside the span: a reading of 30 digits, a carry */
};

/* ---- decimals in whole units ---- */

/* Without zeros at its end. */
static decimal stripped(double x)
{
    decimal is = decimal_of(x);
    while (is.mantissa != 0 && is.mantissa % 10 == 0) {
        is.mantissa /= 10;
        is.exponent++;
    }
    return is;
}

void splits_scale(exact_arith *A, exact_num *x, int places)
{
    mp_limb_t limb[4] = {0};
    exact_num ten = {.limb = limb, .room = 4};
    exact_set_double(A, &ten, 10);
    for (; places > 0 && x->size > 0; places--)
        exact_mul(A, x, x, &ten);
    for (; places < 0 && x->size > 0 && !exact_arith_stopped(A); places++)
        exact_divide(A, x, x, &ten);
}

/* sum += sign x, in units of 10^place, which no x is finer than. */
static void add_decimal(splits_problem *p, exact_num *sum, double sign, double x, int place)
{
    const decimal is = stripped(x);
    exact_num *t = &p->number[0];
    if (is.mantissa == 0)
        return;
    exact_set_double(&p->A, t, (double)(is.mantissa / 1000000000));
    exact_mul_double(&p->A, t, t, 1000000000);
    exact_set_double(&p->A, &p->number[1], (double)(is.mantissa % 1000000000));
    exact_add(&p->A, t, t, &p->number[1]);
    splits_scale(&p->A, t, is.exponent - place);
    if (sign > 0)
        exact_add(&p->A, sum, sum, t);
    else
        exact_sub(&p->A, sum, sum, t);
}

/* The places that the decimals of a column have. */
typedef struct places {
    int low, high; /* low > high: all are 0 */
} places;

static void take_place(places *s, double x)
{
    const decimal is = stripped(x);
    if (is.mantissa == 0)
        return;
    s->low = is.exponent < s->low ? is.exponent : s->low;
    s->high = is.exponent > s->high ? is.exponent : s->high;
}

/* One column: sign x (reading - less), or minus its size where it is a distance. */
typedef struct source {
    const double *reading, *rest; /* by candidate; rest NULL: nothing */
    double sign, less;
    bool distance;
    const double *utility; /* by participant, in place of all that; to be large */
} source;

static places places_of(const splits_problem *p, const source *s, const double *more, size_t n)
{
    places at = {INT_MAX, INT_MIN};
    take_place(&at, s->less);
    for (size_t k = 0; k < n; k++)
        take_place(&at, more[k]);
    for (size_t q = 0; q < p->n; q++) {
        const uint32_t i = p->m->candidate[p->who[q]];
        take_place(&at, s->reading[i]);
        if (s->rest)
            take_place(&at, s->rest[i]);
    }
    return at.low > at.high ? (places){0, 0} : at;
}

static void read_one(splits_problem *p, const source *s, size_t q, int place, exact_num *out)
{
    exact_set_double(&p->A, out, 0);
    if (s->utility) {
        exact_set_double(&p->A, out, -s->utility[p->who[q]]);
        return;
    }
    const uint32_t i = p->m->candidate[p->who[q]];
    add_decimal(p, out, s->sign, s->reading[i], place);
    if (s->rest)
        add_decimal(p, out, s->sign, s->rest[i], place);
    add_decimal(p, out, -s->sign, s->less, place);
    out->negative = s->distance ? false : out->negative;
}

/* ---- sums of doubles ---- */

typedef struct column {
    double *part[PART_MAX]; /* [n] each */
    size_t parts;
} column;

/* x as a sum of doubles, each the nearest to what is left. x is used up. */
static bool write_parts(splits_problem *p, exact_num *x, size_t q, column *out)
{
    mp_limb_t limb = 1;
    const exact_num one = {.limb = &limb, .room = 1, .size = 1};
    for (size_t k = 0; x->size > 0 && k < PART_MAX && !exact_arith_stopped(&p->A); k++) {
        if (k == out->parts) {
            out->part[k] = tdo_alloc(p->a, p->n, sizeof(double));
            if (!out->part[k])
                return false;
            out->parts++;
        }
        out->part[k][q] = exact_ratio(&p->A, x, &one);
        exact_set_double(&p->A, &p->number[0], out->part[k][q]);
        exact_sub(&p->A, x, x, &p->number[0]);
    }
    return true;
}

/* bits: between the places of the numbers. least: where not NULL, gets the least number, which is
 * taken away from all. */
static bool make_column(splits_problem *p, const source *s, int place, int bits, column *out,
                        exact_num **least)
{
    const int limbs = bits / 64 + LIMBS_MORE;
    exact_num *x = exact_nums(p->a, p->n, limbs);
    size_t low = 0;
    if (!x)
        return false;
    for (size_t q = 0; q < p->n; q++) {
        read_one(p, s, q, place, &x[q]);
        low = exact_cmp(&x[q], &x[low]) < 0 ? q : low;
    }
    if (least) {
        *least = exact_nums(p->a, 1, limbs);
        if (!*least)
            return false;
        exact_set(&p->A, *least, &x[low]);
    }
    out->part[0] = tdo_alloc(p->a, p->n, sizeof(double));
    out->parts = 1;
    for (size_t q = 0; q < p->n && out->part[0]; q++) {
        if (least)
            exact_sub(&p->A, &x[q], &x[q], *least);
        if (!write_parts(p, &x[q], q, out))
            return false;
    }
    return out->part[0] != NULL;
}

/* ---- what the columns are ---- */

static int bits_of(places at)
{
    return (at.high - at.low) * 10 / 3 + 1; /* 2^10 > 10^3 */
}

/* The bits between 1 and the last one of any utility. */
static int utility_bits(const splits_problem *p, const double *utility)
{
    int low = 0;
    for (size_t q = 0; q < p->n; q++)
        if (utility[p->who[q]] > 0 && ilogb(utility[p->who[q]]) < low)
            low = ilogb(utility[p->who[q]]);
    return -low;
}

static source axis_source(const splits_problem *p, size_t k)
{
    const size_t which = p->o->axis[k];
    if (p->o->space == TDO_SPLITS_OF_STAKEHOLDERS)
        return (source){.utility = p->m->utility + which * p->m->n};
    const tdo_criterion *c = &p->m->s->criteria[which];
    const bool distance = c->goal == TDO_GOAL_TARGET;
    return (source){.reading = p->m->x->reading[which],
                    .rest = p->m->x->rest ? p->m->x->rest[which] : NULL,
                    .sign = distance || tdo_shifted_gain(c, 1, 0) < 0 ? 1 : -1,
                    .less = distance ? c->target : 0,
                    .distance = distance};
}

/* What is worth 1 on axis k; where nothing is, whatever the participants span. */
static bool find_unit(splits_problem *p, size_t k, const column *of)
{
    const bool criteria = p->o->space == TDO_SPLITS_OF_CRITERIA;
    exact_num *unit = &p->unit[k];
    exact_set_double(&p->A, unit, criteria ? 0 : 1);
    if (criteria) {
        const double worst = p->m->v->worst[p->o->axis[k]], best = p->m->v->best[p->o->axis[k]];
        if (isfinite(worst) && isfinite(best)) {
            add_decimal(p, unit, 1, best, p->place[k]);
            add_decimal(p, unit, -1, worst, p->place[k]);
        }
        unit->negative = false;
    }
    double span = 0;
    for (size_t q = 0; q < p->n; q++)
        span = of->part[0][q] > span ? of->part[0][q] : span;
    if (unit->size == 0)
        exact_set_double(&p->A, unit, span > 0 ? span : 1);
    return !exact_arith_stopped(&p->A);
}

static tdo_status make_axis(splits_problem *p, size_t k, column *out)
{
    const source s = axis_source(p, k);
    places at = {0, 0};
    if (!s.utility) {
        const size_t c = p->o->axis[k];
        const double ends[] = {p->m->v->worst[c], p->m->v->best[c]};
        at = places_of(p, &s, ends, isfinite(ends[0]) && isfinite(ends[1]) ? 2 : 0);
    }
    p->place[k] = at.low;
    const int bits = s.utility ? utility_bits(p, s.utility) : bits_of(at);
    if (!make_column(p, &s, at.low, bits, out, &p->least[k]))
        return TDO_E_MEMORY;
    (void)find_unit(p, k, out);
    return TDO_OK;
}

static tdo_status make_row(splits_problem *p, size_t r, column *out)
{
    const mix_bound *b = &p->m->bound[p->bound[r]];
    const source s = {
        .reading = b->reading, .rest = b->rest, .sign = b->sign, .less = b->limit.bound};
    const places at = places_of(p, &s, NULL, 0);
    p->place[p->o->axes + r] = at.low;
    return make_column(p, &s, at.low, bits_of(at), out, NULL) ? TDO_OK : TDO_E_MEMORY;
}

/* ---- one order, and nobody twice ---- */

typedef struct table {
    const splits_problem *p;
    const column *column;
    size_t columns;
} table;

static int compare_rows(const table *t, uint32_t a, uint32_t b)
{
    for (size_t c = 0; c < t->columns; c++)
        for (size_t k = 0; k < t->column[c].parts; k++) {
            const double *x = t->column[c].part[k];
            if (x[a] < x[b] || x[a] > x[b])
                return x[a] < x[b] ? -1 : 1;
        }
    return 0;
}

static bool is_before(const void *user, uint32_t a, uint32_t b)
{
    const table *t = user;
    const splits_problem *p = t->p;
    const int is = compare_rows(t, a, b);
    const char *const *id = p->m->x->id;
    return is != 0 ? is < 0
                   : strcmp(id[p->m->candidate[p->who[a]]], id[p->m->candidate[p->who[b]]]) < 0;
}

/* Sorts the columns by their numbers; of equal ones the first by id stays. */
static tdo_status put_in_order(splits_problem *p, column *all, size_t columns)
{
    const table t = {p, all, columns};
    uint32_t *index = tdo_alloc(p->a, p->n, sizeof *index);
    uint32_t *room = tdo_alloc(p->a, p->n, sizeof *room);
    double *moved = tdo_alloc(p->a, p->n, sizeof *moved);
    size_t kept = 0;
    if (!index || !room || !moved)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < p->n; q++)
        index[q] = (uint32_t)q;
    sort_by(index, p->n, is_before, &t, room);
    for (size_t q = 0; q < p->n; q++)
        if (q == 0 || compare_rows(&t, index[kept - 1], index[q]) != 0)
            index[kept++] = index[q];
    for (size_t c = 0; c < columns; c++)
        for (size_t k = 0; k < all[c].parts; k++) {
            for (size_t q = 0; q < kept; q++)
                moved[q] = all[c].part[k][index[q]];
            memcpy(all[c].part[k], moved, kept * sizeof *moved);
        }
    for (size_t q = 0; q < kept; q++)
        room[q] = p->who[index[q]];
    p->who = room;
    p->n = kept;
    return TDO_OK;
}

/* ---- all of them ---- */

static tdo_status list_columns(splits_problem *p, const column *all)
{
    const size_t d = p->o->axes, m = p->rows;
    size_t parts = 1;
    for (size_t c = 0; c < d + m; c++)
        parts = all[c].parts > parts ? all[c].parts : parts;
    const double *nothing = tdo_alloc(p->a, p->n, sizeof *nothing);
    const double **axis = tdo_alloc(p->a, parts * d, sizeof *axis);
    const double **row = tdo_alloc(p->a, parts * m, sizeof *row);
    if (!nothing || !axis || !row)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < parts; k++) {
        for (size_t c = 0; c < d; c++)
            axis[k * d + c] = k < all[c].parts ? all[c].part[k] : nothing;
        for (size_t r = 0; r < m; r++)
            row[k * m + r] = k < all[d + r].parts ? all[d + r].part[k] : nothing;
    }
    p->columns = (hull_columns){
        .n = p->n, .d = d, .m = m, .parts = parts, .axis = axis, .row = row, .unit = p->unit};
    return TDO_OK;
}

static tdo_status find_who(splits_problem *p)
{
    const mix_problem *m = p->m;
    p->who = tdo_alloc(p->a, m->n, sizeof *p->who);
    p->bound = tdo_alloc(p->a, m->bounds, sizeof *p->bound);
    if (!p->who || !p->bound)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < m->n; q++)
        if (!m->barred[q])
            p->who[p->n++] = (uint32_t)q;
    for (size_t k = 0; k < m->bounds; k++)
        if (!m->bound[k].limit.each)
            p->bound[p->rows++] = k;
    return TDO_OK;
}

tdo_status splits_make(splits_problem *p)
{
    tdo_status status = p->m->n > 0 ? find_who(p) : TDO_OK;
    if (status != TDO_OK || p->n == 0)
        return status;
    const size_t columns = p->o->axes + p->rows;
    column *all = tdo_alloc(p->a, columns, sizeof *all);
    p->place = tdo_alloc(p->a, columns, sizeof *p->place);
    p->least = tdo_alloc(p->a, p->o->axes, sizeof *p->least);
    p->unit = exact_nums(p->a, p->o->axes, EXACT_CAP_MAX);
    if (!all || !p->place || !p->least || !p->unit)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < columns && status == TDO_OK; c++)
        status = c < p->o->axes ? make_axis(p, c, &all[c]) : make_row(p, c - p->o->axes, &all[c]);
    if (status == TDO_OK)
        status = put_in_order(p, all, columns);
    return status == TDO_OK ? list_columns(p, all) : status;
}
