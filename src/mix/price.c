/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each limit costs, in its own unit and in those of the criteria. */
#include "mix/mix.h"

#include <math.h>

static const double SAME = 1e-12; /* in units of the spread: the bound is at a corner */

/* ---- the exchange into other criteria ---- */

/* What one more of criterion c's average value adds to the rule's value, by the multipliers. */
static double value_weight(const mix_problem *m, const mix_duals *y, size_t c)
{
    double sum = 0;
    if (m->rule == TDO_MIX_WEIGHTED)
        return m->u->group_weight[c];
    for (size_t l = 0; l < m->levels; l++) {
        double of_level = m->rule == TDO_MIX_CHEBYSHEV ? (m->subject[l] == c)
                                                       : m->u->weight[m->subject[l] * m->u->d + c];
        sum += y->omega[l] * m->factor[l] * of_level;
    }
    return sum;
}

/* What one more unit of reading of every part of the split adds to the average value. */
static double reading_weight(const mix_problem *m, const mix_split *x, size_t c)
{
    const tdo_criterion *k = &m->s->criteria[c];
    double sum = 0;
    for (size_t q = 0; q < x->n; q++) {
        double y = m->x->reading[c][m->candidate[x->index[q]]];
        sum += x->share[q] *
               tdo_value_slope(k, m->v->worst[c], m->v->best[c], tdo_measurement(k, y));
    }
    return sum;
}

static tdo_status set_worth(const mix_problem *m, const mix_answer *y, const mix_bound *b,
                            tdo_price *p)
{
    double *worth = tdo_alloc(m->a, m->x->d, sizeof *worth);
    if (!worth)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < m->x->d; c++) {
        double unit = value_weight(m, &y->duals, c) * reading_weight(m, &y->split, c);
        bool counts = unit > 0 && p->price > 0 && c != b->limit.constraint->condition.criterion;
        worth[c] = counts ? p->price / unit : NAN;
    }
    p->worth = worth;
    return TDO_OK;
}

/* ---- the price at a bound ---- */

/* On the axis of h, on which relaxing is up: the slope on either side of beta, and how far each
 * goes. */
typedef struct sides {
    double tight, relax;
    double start, end;
} sides;

static double slope_at(const mix_curve *c, size_t p)
{
    return (c->v[p + 1] - c->v[p]) / (c->h[p + 1] - c->h[p]);
}

static sides sides_of(const mix_curve *c, double beta)
{
    size_t last = c->points - 1, p = 0;
    while (p < last && beta > c->h[p + 1] - SAME)
        p++; /* the corner at or below beta */
    if (beta < c->h[0] + SAME)
        return (sides){INFINITY, last > 0 ? slope_at(c, 0) : 0, c->h[0],
                       last > 0 ? c->h[1] : INFINITY};
    if (p == last && beta > c->h[last] + SAME)
        return (sides){0, 0, c->h[last], INFINITY};
    bool corner = beta < c->h[p] + SAME;
    return (sides){.tight = slope_at(c, corner ? p - 1 : p),
                   .relax = p == last ? 0 : slope_at(c, p),
                   .start = c->h[corner ? p - 1 : p],
                   .end = p == last ? INFINITY : c->h[p + 1]};
}

/* From h to the bound's own unit; exactly the bound where it is one. */
static double unscale(const mix_bound *b, double h)
{
    return fabs(h - b->beta) <= SAME ? b->limit.bound : isinf(h) ? b->sign * h : mix_bound_of(b, h);
}

static tdo_status read_curve(const mix_problem *m, const mix_bound *b, const mix_curve *c,
                             tdo_price *out)
{
    double *bound = tdo_alloc(m->a, c->points, sizeof *bound);
    double *value = tdo_alloc(m->a, c->points, sizeof *value);
    sides at = sides_of(c, b->beta);
    double tight = mix_per_unit(b, at.tight), relax = mix_per_unit(b, at.relax);
    if (!bound || !value)
        return TDO_E_MEMORY;
    for (size_t p = 0; p < c->points; p++) { /* ascending in the bound */
        size_t to = b->limit.is_max ? p : c->points - 1 - p;
        bound[to] = unscale(b, c->h[p]);
        value[to] = c->v[p];
    }
    *out = (tdo_price){.known = true,
                       .price = relax,
                       .left = b->limit.is_max ? tight : relax,
                       .right = b->limit.is_max ? relax : tight,
                       .from = unscale(b, b->limit.is_max ? at.start : at.end),
                       .to = unscale(b, b->limit.is_max ? at.end : at.start),
                       .bound = bound,
                       .value = value,
                       .points = c->points,
                       .complete = c->complete};
    return TDO_OK;
}

/* What the multiplier says, here: for nash, and where a curve was cut. */
static void read_multiplier(const mix_bound *b, double lambda, tdo_price *out)
{
    out->known = true;
    lambda = lambda > SAME ? lambda : 0; /* the rest is rounding */
    out->price = out->left = out->right = mix_per_unit(b, lambda);
    out->from = out->to = NAN;
}

tdo_status mix_find_prices(mix_problem *m, const mix_answer *y, tdo_mix *out, tdo_error *err)
{
    bool nash = mix_is_product(m);
    tdo_mix_limit *limit = tdo_alloc(m->a, m->bounds, sizeof *limit);
    tdo_arena *room = tdo_arena_new();
    mix_lp q = {.m = m, .a = room, .who = m->enter, .n = m->entered};
    tdo_status status = !limit || !room ? TDO_E_MEMORY : TDO_OK;
    if (status == TDO_OK && !nash)
        status = mix_lp_make(&q, err);
    for (size_t k = 0; k < m->bounds && status == TDO_OK; k++) {
        const mix_bound *b = &m->bound[k];
        mix_curve curve = {0};
        limit[k] = out->limit[k];
        if (b->limit.each)
            continue;
        if (!nash)
            status = mix_find_curve(&q, k, room, &curve, err);
        if (status == TDO_OK && !nash && curve.outcome == TDO_LP_OPTIMAL)
            status = read_curve(m, b, &curve, &limit[k].price);
        if (nash || !limit[k].price.complete)
            read_multiplier(b, y->duals.lambda[k], &limit[k].price);
        if (status == TDO_OK && limit[k].price.known)
            status = set_worth(m, y, b, &limit[k].price);
    }
    out->limit = limit;
    tdo_arena_free(room);
    return status;
}
