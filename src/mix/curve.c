/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The optimum as one bound moves: concave and piecewise linear, so its corners are the corners of
 * the frontier of two objectives, the value and the bound, which the dichotomy of Aneja and Nair
 * (1979) finds one LP at a time. The ranges that a solver gives of a basis are wrong at corners. */
#include "base/array.h"
#include "mix/mix.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double ROUNDED = 1e-10; /* what an LP without an exact solution may be off */
static const double CLOSE = 1e-12;   /* corners nearer than that, in units of the spread, are one */

typedef struct tracer {
    mix_lp *q;
    size_t k;
    tdo_arena *a;
    mix_curve *curve;
    tdo_error *err;
    bool exact;
} tracer;

typedef struct corner {
    double h, v;
} corner;

/* Maximises v - price h over the splits that meet the bounds. */
static tdo_status best_at(tracer *t, double of_v, double price, tdo_lp_outcome *outcome,
                          corner *out)
{
    tdo_arena *scratch = tdo_arena_new();
    mix_point p = {0};
    tdo_status status = !scratch ? TDO_E_MEMORY : TDO_OK;
    if (status == TDO_OK)
        status = tdo_lp_set_cost(t->q->lp, mix_col_v(t->q), of_v, t->err);
    if (status == TDO_OK)
        status = tdo_lp_set_cost(t->q->lp, mix_col_h(t->q, t->k), -price, t->err);
    if (status == TDO_OK)
        status = mix_lp_solve(t->q, scratch, &p, t->err);
    *outcome = p.outcome;
    if (status == TDO_OK && p.outcome == TDO_LP_OPTIMAL) {
        *out = (corner){p.h[t->k], p.v};
        t->exact = p.exact;
    }
    tdo_arena_free(scratch);
    return status;
}

static tdo_status add(tracer *t, corner at)
{
    mix_curve *c = t->curve;
    bool good = true;
    c->h = array_more_of(t->a, c->h, c->points, sizeof *c->h, &good);
    c->v = array_more_of(t->a, c->v, c->points, sizeof *c->v, &good);
    if (!good)
        return TDO_E_MEMORY;
    c->h[c->points] = at.h;
    c->v[c->points++] = at.v;
    return TDO_OK;
}

/* Is `at` a corner of its own above the chord with this slope through a? By more than a
 * tie: h and v are of the size of 1. */
static bool is_above(const tracer *t, corner at, corner a, double slope)
{
    return at.v - a.v - slope * (at.h - a.h) > (t->exact ? TDO_TIE : ROUNDED) * (1 + slope);
}

/* All corners from left (added already) to right, in order, each step after an LP that says so. An
 * LP that minimises h or maximises v alone may stop anywhere on a level edge; the corner that ends
 * this edge lies above the chord, and so is found like any other. */
static tdo_status fill(tracer *t, corner left, corner right)
{
    corner *stack = tdo_alloc(t->a, TDO_MIX_CURVE + 1, sizeof *stack);
    size_t depth = 0;
    tdo_status status = !stack ? TDO_E_MEMORY : TDO_OK;
    if (status == TDO_OK)
        stack[depth++] = right;
    while (status == TDO_OK && depth > 0) {
        corner to = stack[depth - 1], at = to;
        double slope = (to.v - left.v) / (to.h - left.h);
        bool full = t->curve->points + depth >= TDO_MIX_CURVE;
        tdo_lp_outcome outcome = TDO_LP_OPTIMAL;
        if (!full && to.h - left.h > CLOSE && slope > 0)
            status = best_at(t, 1, slope, &outcome, &at);
        t->curve->complete &= !full && outcome == TDO_LP_OPTIMAL;
        bool above = status == TDO_OK && at.h < to.h && is_above(t, at, left, slope);
        if (above && at.h > left.h) {
            stack[depth++] = at;
        } else if (above) { /* straight up from the left end */
            left = at;
            t->curve->v[t->curve->points - 1] = at.v;
        } else {
            depth--;
            left = to;
            if (status == TDO_OK)
                status = add(t, to);
        }
    }
    return status;
}

/* Takes out what comes after the largest value, points on the line between their neighbours (an LP
 * may stop anywhere on an edge), and the lower of two that are one. */
static void straighten(mix_curve *c)
{
    size_t n = 0;
    while (c->points >= 2 && !(c->v[c->points - 1] > c->v[c->points - 2]))
        c->points--;
    for (size_t p = 0; p < c->points; p++) {
        if (n > 0 && c->h[p] - c->h[n - 1] <= CLOSE) {
            c->v[n - 1] = c->v[p];
            continue;
        }
        while (n >= 2) {
            double run = c->h[p] - c->h[n - 2], part = c->h[n - 1] - c->h[n - 2];
            double chord = c->v[n - 2] + (c->v[p] - c->v[n - 2]) * (part / run);
            if (c->v[n - 1] - chord > TDO_TIE)
                break;
            n--;
        }
        c->h[n] = c->h[p];
        c->v[n++] = c->v[p];
    }
    c->points = n;
}

tdo_status mix_find_curve(mix_lp *q, size_t k, tdo_arena *a, mix_curve *out, tdo_error *err)
{
    assert(k < q->m->bounds);
    tracer t = {.q = q, .k = k, .a = a, .curve = out, .err = err};
    corner left = {0, 0}, right = {0, 0};
    *out = (mix_curve){.complete = true};
    tdo_status status = tdo_lp_set_bounds(q->lp, mix_col_h(q, k), -INFINITY, INFINITY, err);
    if (status == TDO_OK)
        status = best_at(&t, 0, 1, &out->outcome, &left);
    if (status == TDO_OK && out->outcome == TDO_LP_OPTIMAL)
        status = best_at(&t, 1, 0, &out->outcome, &right);
    bool flat = right.h - left.h <= CLOSE;
    if (status == TDO_OK && out->outcome == TDO_LP_OPTIMAL)
        status = add(&t, flat ? (corner){left.h, right.v} : left);
    if (status == TDO_OK && out->outcome == TDO_LP_OPTIMAL && !flat)
        status = fill(&t, left, right);
    if (status == TDO_OK)
        status = tdo_lp_set_cost(q->lp, mix_col_h(q, k), 0, err);
    if (status == TDO_OK)
        status = tdo_lp_set_cost(q->lp, mix_col_v(q), 1, err);
    if (status == TDO_OK)
        status = tdo_lp_set_bounds(q->lp, mix_col_h(q, k), -INFINITY, q->m->bound[k].beta, err);
    straighten(out);
    return status;
}
