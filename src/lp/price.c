/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices all candidates of a pool in blocks; the few that are close are priced exactly. */
#include "lp/price.h"

#include "base/real.h"

#include <float.h>
#include <math.h>

enum {
    BLOCK = 512, /* candidates priced together: their values stay in the cache */
    LANES = 8
};

typedef double lanes __attribute__((vector_size(8 * LANES)));

/* Multipliers to price with: value = cost - sum of y a. */
typedef struct pricing {
    const tdo_lp_pool *pool;
    const double *y;  /* [rows] */
    double cost_sign; /* 0: a Farkas vector */
    double most;      /* no candidate's value is off by more */
    double near[BLOCK];
} pricing;

/* As in exact.c: each product, sum and factor is off by 2^-53 at most. size: of the terms. */
static double error_of(const tdo_lp_pool *p, double size)
{
    return ((double)p->rows + 4) * (DBL_EPSILON * size + DBL_MIN);
}

static void start_pricing(pricing *g, const tdo_lp_pool *p, const double *y, double cost_sign)
{
    double size = fabs(cost_sign) * p->largest_cost;
    g->pool = p;
    g->y = y;
    g->cost_sign = cost_sign;
    for (size_t i = 0; i < p->rows; i++)
        size += fabs(y[i]) * p->largest[i];
    g->most = error_of(p, size); /* rounding keeps order */
}

static void start_proven(pricing *g, const tdo_lp_pool *p, const lp_form *f, const lp_answer *x)
{
    const bool farkas = x->outcome == TDO_LP_INFEASIBLE;
    start_pricing(g, p, farkas ? x->farkas : x->y, farkas ? 0 : f->sense);
}

/* Eight candidates, the first of them `from`. */
REAL_INLINE void price_eight(const pricing *g, size_t from, double *out)
{
    const tdo_lp_pool *p = g->pool;
    lanes near;
    memcpy(&near, p->cost + from, sizeof near);
    near = g->cost_sign * near;
    for (size_t i = 0; i < p->rows; i++) {
        const double y = g->y[i];
        if (y == 0)
            continue;
        if (!p->entry[i]) {
            near -= y * p->same[i];
            continue;
        }
        lanes a;
        memcpy(&a, p->entry[i] + from, sizeof a);
        near -= y * a;
    }
    memcpy(out, &near, sizeof near);
}

static double price_one(const pricing *g, size_t j)
{
    double near = g->cost_sign * g->pool->cost[j];
    for (size_t i = 0; i < g->pool->rows; i++)
        if (g->y[i] != 0)
            near -= g->y[i] * lp_pool_entry(g->pool, i, j);
    return near;
}

/* Prices candidates from to from + count - 1. */
REAL_CLONES
static void price_block(pricing *g, size_t from, size_t count)
{
    size_t j = 0;
    for (; j + LANES <= count; j += LANES)
        price_eight(g, from + j, g->near + j);
    for (; j < count; j++)
        g->near[j] = price_one(g, from + j);
}

/* The sum of the magnitudes of a candidate's terms. */
static double size_of(const pricing *g, size_t j)
{
    double size = fabs(g->cost_sign * g->pool->cost[j]);
    for (size_t i = 0; i < g->pool->rows; i++)
        if (g->y[i] != 0)
            size += fabs(g->y[i] * lp_pool_entry(g->pool, i, j));
    return size;
}

/* The most negative values seen, least first. */
typedef struct leaders {
    size_t *index;
    size_t count, most;
    double value[16];
} leaders;

static bool may_lead(const leaders *l, double value)
{
    return l->count < l->most || (l->most > 0 && value < l->value[l->most - 1]);
}

static void put_leader(leaders *l, size_t candidate, double value)
{
    size_t at = l->count;
    if (!may_lead(l, value))
        return;
    if (l->count < l->most)
        l->count++;
    else
        at = l->most - 1;
    for (; at > 0 && l->value[at - 1] > value; at--) {
        l->value[at] = l->value[at - 1];
        l->index[at] = l->index[at - 1];
    }
    l->value[at] = value;
    l->index[at] = candidate;
}

typedef struct candidate {
    const tdo_lp_pool *pool;
    size_t index;
} candidate;

static double entry_of(const void *user, size_t row)
{
    const candidate *c = user;
    return row < c->pool->rows ? lp_pool_entry(c->pool, row, c->index) : 0;
}

/* The reduced cost in twice the precision. */
static double precise(const pricing *g, size_t j)
{
    lp_sum s = {0};
    lp_sum_add(&s, g->cost_sign, g->pool->cost[j]);
    for (size_t i = 0; i < g->pool->rows; i++) {
        if (g->y[i] != 0)
            lp_sum_add(&s, -g->y[i], lp_pool_entry(g->pool, i, j));
    }
    return lp_sum_value(&s);
}

/* The sign of what is too close to 0 for doubles; without the exact judge, by tolerance. */
static int close_sign(const pricing *g, lp_answer *x, size_t j, double size)
{
    const bool farkas = x->outcome == TDO_LP_INFEASIBLE;
    const candidate c = {.pool = g->pool, .index = j};
    if (x->exact)
        return lp_exact_sign(x->exact, farkas, g->cost_sign * g->pool->cost[j], entry_of, &c);
    const double value = precise(g, j);
    return value < -TDO_LP_TOLERANCE * size ? -1 : value > TDO_LP_TOLERANCE * size ? 1 : 0;
}

/* No candidate is clearly negative: looks at those that are close to 0. */
static void price_close(pricing *g, lp_answer *x, leaders *l, lp_priced *priced)
{
    const tdo_lp_pool *p = g->pool;
    double worst = 0;
    priced->ties = 0;
    for (size_t from = 0; from < p->n; from += BLOCK) {
        const size_t count = p->n - from < BLOCK ? p->n - from : BLOCK;
        price_block(g, from, count);
        for (size_t j = 0; j < count; j++) {
            if (g->near[j] > g->most || p->column[from + j] != LP_NOT_ADDED)
                continue;
            const double size = size_of(g, from + j);
            if (g->near[j] > error_of(p, size))
                continue;
            const double value = precise(g, from + j);
            const int sign = close_sign(g, x, from + j, size);
            if (sign < 0)
                put_leader(l, from + j, value);
            else if (value < 0 && -value / size > worst)
                worst = -value / size;
            priced->ties += sign == 0;
        }
    }
    if (x->exact && exact_arith_stopped(&x->exact->A))
        x->certificate.exact = false;
    if (l->count == 0 && worst > x->certificate.dual)
        x->certificate.dual = worst;
}

/* Those that are clearly negative: by more than rounding, and than slack of their terms. */
static void price_clear(pricing *g, double slack, leaders *l)
{
    const tdo_lp_pool *p = g->pool;
    for (size_t from = 0; from < p->n; from += BLOCK) {
        const size_t count = p->n - from < BLOCK ? p->n - from : BLOCK;
        price_block(g, from, count);
        for (size_t j = 0; j < count; j++) {
            if (!(g->near[j] < 0) || !may_lead(l, g->near[j]) ||
                p->column[from + j] != LP_NOT_ADDED)
                continue;
            const double size = size_of(g, from + j);
            if (g->near[j] < -error_of(p, size) - slack * size)
                put_leader(l, from + j, g->near[j]);
        }
    }
}

size_t lp_price_near(const tdo_lp_pool *p, const lp_form *f, const double *y, size_t *out,
                     size_t most)
{
    pricing g;
    leaders l = {.index = out, .most = most};
    start_pricing(&g, p, y, f->sense);
    price_clear(&g, TDO_LP_TOLERANCE, &l);
    return l.count;
}

size_t lp_price(tdo_lp_pool *p, const lp_form *f, lp_answer *x, size_t *out, size_t most,
                lp_priced *priced)
{
    pricing g;
    leaders l = {.index = out, .most = most};
    start_proven(&g, p, f, x);
    price_clear(&g, x->exact ? 0 : TDO_LP_TOLERANCE, &l);
    if (l.count == 0)
        price_close(&g, x, &l, priced);
    return l.count;
}

void lp_price_all(const tdo_lp_pool *p, const lp_form *f, const lp_answer *x, double *reduced)
{
    pricing g;
    start_proven(&g, p, f, x);
    for (size_t from = 0; from < p->n; from += BLOCK) {
        const size_t count = p->n - from < BLOCK ? p->n - from : BLOCK;
        price_block(&g, from, count);
        for (size_t j = 0; j < count; j++) {
            double value = g.near[j];
            if (p->column[from + j] != LP_NOT_ADDED)
                value = x->reduced[p->column[from + j]];
            else if (value <= g.most && value <= error_of(p, size_of(&g, from + j)))
                /* proven not to be negative */
                value = fmax(precise(&g, from + j), 0);
            reduced[from + j] = f->sense * value + 0.0;
        }
    }
}
