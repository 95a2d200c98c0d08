/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Nash product of a split: concave, so an LP that prices its slope finds the split to blend in
 * next, until the slope promises nothing more (simplicial decomposition, von Hohenbalken 1977: the
 * linear program is that of Frank and Wolfe 1956, but all splits found so far are blended anew, by
 * Newton's method). The promise of the last LP bounds what any split could reach, and its duals are
 * the prices. Tangent cuts would prove as much, but leave the shares right to the root of the
 * gap. */
#include "base/array.h"
#include "base/real.h"
#include "mix/mix.h"

#include "mix/log.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { ROUNDS = 400, STALLS = 5 };
static const double GAP = 1e-7;     /* of the logarithm: what counts as solved */
static const double STALLED = 1e-9; /* a promise below it that does not halve */
static const double GOOD = 1e-13;   /* ... and what is not worth another round */
static const double HELD = 1e-13;   /* how far below its optimum a gain is held, relative */

typedef struct nash {
    mix_lp *q;
    const mix_problem *m;
    tdo_arena *a;     /* the answer's */
    size_t d;         /* levels with power */
    size_t *level;    /* [d] which */
    double *power;    /* [d] sum 1 */
    double *gains;    /* [n x d] gains of the splits found */
    mix_split *split; /* [n] */
    double *blend;    /* [n] */
    size_t n;
    double *gain; /* [d] of the blend */
    double best_gap;
    mix_duals duals; /* of the round with the best gap, of the logarithm */
} nash;

static double log_value(const nash *s, const double *gain)
{
    double value = 0;
    for (size_t k = 0; k < s->d; k++)
        value += s->power[k] * real_log_of_any(gain[k]);
    return value;
}

static tdo_status start(nash *s)
{
    const mix_problem *m = s->m;
    s->level = tdo_alloc(s->a, m->levels, sizeof *s->level);
    s->power = tdo_alloc(s->a, m->levels, sizeof *s->power);
    s->gain = tdo_alloc(s->a, m->levels, sizeof *s->gain);
    s->duals.omega = tdo_alloc(s->a, m->levels, sizeof *s->duals.omega);
    s->duals.lambda = tdo_alloc(s->a, m->bounds, sizeof *s->duals.lambda);
    if (!s->level || !s->power || !s->gain || !s->duals.omega || !s->duals.lambda)
        return TDO_E_MEMORY;
    for (size_t l = 0; l < m->levels; l++)
        if (m->power[l] > 0) {
            s->level[s->d] = l;
            s->power[s->d++] = m->power[l];
        }
    return TDO_OK;
}

/* Gains are those of the LP: a criterion that mixes "worst" is fixed there. */
static tdo_status add_split(nash *s, const mix_point *p)
{
    bool good = true;
    s->gains = array_more_of(s->a, s->gains, s->n, s->d * sizeof *s->gains, &good);
    s->split = array_more_of(s->a, s->split, s->n, sizeof *s->split, &good);
    s->blend = array_more_of(s->a, s->blend, s->n, sizeof *s->blend, &good);
    if (!good)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < s->d; k++)
        s->gains[s->n * s->d + k] = p->y[s->level[k]];
    s->split[s->n] = p->split;
    s->blend[s->n++] = 0;
    return TDO_OK;
}

/* Who has no power: no part in the least gain, but no loss either. on: false undoes it. */
static tdo_status shield_powerless(const nash *s, bool on, tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t l = 0; l < s->m->levels && status == TDO_OK; l++) {
        if (s->m->power[l] > 0)
            continue;
        status = tdo_lp_set_bounds(s->q->lp, mix_col_y(s->q, l), on ? 0 : -INFINITY, INFINITY, err);
        if (status == TDO_OK)
            status = tdo_lp_set_row_bounds(s->q->lp, mix_row_t(s->q, l), on ? -INFINITY : 0,
                                           INFINITY, err);
    }
    return status;
}

/* The split with the largest least gain, where everybody gains. */
static tdo_status first_split(nash *s, bool *gains, tdo_error *err)
{
    mix_point p = {0};
    tdo_status status = shield_powerless(s, true, err);
    if (status == TDO_OK)
        status = mix_lp_solve(s->q, s->a, &p, err);
    *gains = status == TDO_OK && p.outcome == TDO_LP_OPTIMAL && p.v > TDO_TIE;
    if (*gains)
        status = add_split(s, &p);
    else if (status == TDO_OK)
        status = shield_powerless(s, false, err);
    if (*gains && status == TDO_OK)
        s->blend[0] = 1;
    return status;
}

static void sum_gains(nash *s)
{
    memset(s->gain, 0, s->d * sizeof *s->gain);
    for (size_t v = 0; v < s->n; v++)
        for (size_t k = 0; k < s->d; k++)
            s->gain[k] += s->blend[v] * s->gains[v * s->d + k];
}

/* The slope of the logarithm as costs of the levels, the largest 1. Returns what was divided by. */
static tdo_status set_slope(const nash *s, double *scale, tdo_error *err)
{
    tdo_status status = tdo_lp_set_cost(s->q->lp, mix_col_v(s->q), 0, err);
    *scale = 0;
    for (size_t k = 0; k < s->d; k++)
        *scale = fmax(*scale, s->power[k] / s->gain[k]);
    for (size_t k = 0; k < s->d && status == TDO_OK; k++)
        status = tdo_lp_set_cost(s->q->lp, mix_col_y(s->q, s->level[k]),
                                 s->power[k] / s->gain[k] / *scale, err);
    return status;
}

/* One LP: the split that the slope likes best, and what it promises. */
static tdo_status price(nash *s, double *promise, mix_point *p, tdo_error *err)
{
    double scale = 1;
    tdo_status status = set_slope(s, &scale, err);
    *promise = INFINITY;
    if (status == TDO_OK)
        status = mix_lp_solve(s->q, s->a, p, err);
    if (status != TDO_OK || p->outcome != TDO_LP_OPTIMAL)
        return status;
    *promise = 0;
    for (size_t k = 0; k < s->d; k++)
        *promise += s->power[k] * (p->y[s->level[k]] / s->gain[k] - 1);
    if (*promise < s->best_gap) {
        s->best_gap = *promise;
        for (size_t l = 0; l < s->m->levels; l++)
            s->duals.omega[l] = p->pi[l] * scale;
        for (size_t k = 0; k < s->m->bounds; k++)
            s->duals.lambda[k] = p->lambda[k] * scale;
    }
    return TDO_OK;
}

static tdo_status climb(nash *s, tdo_error *err)
{
    tdo_status status = TDO_OK;
    s->best_gap = INFINITY;
    for (int round = 0, stalls = 0; round < ROUNDS && stalls < STALLS; round++) {
        double promise = INFINITY, before = s->best_gap;
        mix_point p = {0};
        status = mix_best_blend(s->power, s->d, s->gains, s->n, s->a, s->blend);
        if (status != TDO_OK)
            break;
        sum_gains(s);
        status = price(s, &promise, &p, err);
        if (status != TDO_OK || p.outcome != TDO_LP_OPTIMAL || promise <= GOOD)
            break;
        stalls = promise < before / 2 ? 0 : promise < STALLED ? stalls + 1 : stalls;
        status = add_split(s, &p);
        if (status != TDO_OK)
            break;
    }
    return status;
}

/* The blend as one split of those in the LP. */
static tdo_status merge(const nash *s, mix_split *out)
{
    double *share = tdo_alloc(s->a, s->m->n, sizeof *share);
    size_t some = 0;
    if (!share)
        return TDO_E_MEMORY;
    for (size_t v = 0; v < s->n; v++)
        for (size_t k = 0; s->blend[v] > 0 && k < s->split[v].n; k++)
            share[s->split[v].index[k]] += s->blend[v] * s->split[v].share[k];
    for (size_t q = 0; q < s->m->n; q++)
        some += share[q] > 0;
    out->index = tdo_alloc(s->a, some, sizeof *out->index);
    out->share = tdo_alloc(s->a, some, sizeof *out->share);
    if (!out->index || !out->share)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < s->m->n; q++)
        if (share[q] > 0) {
            out->index[out->n] = (uint32_t)q;
            out->share[out->n++] = share[q];
        }
    return TDO_OK;
}

/* Holds the gains reached, and takes a vertex among the splits that have them: fewer candidates. */
static tdo_status settle(nash *s, mix_answer *out, tdo_error *err)
{
    mix_point p = {0};
    double scale = 1;
    tdo_status status = set_slope(s, &scale, err);
    for (size_t k = 0; k < s->d && status == TDO_OK; k++)
        status = tdo_lp_set_bounds(s->q->lp, mix_col_y(s->q, s->level[k]), s->gain[k] * (1 - HELD),
                                   INFINITY, err);
    if (status == TDO_OK)
        status = mix_lp_solve(s->q, s->a, &p, err);
    if (status == TDO_OK && p.outcome == TDO_LP_OPTIMAL)
        out->split = p.split;
    else if (status == TDO_OK)
        status = merge(s, &out->split);
    return status;
}

tdo_status mix_solve_nash(mix_lp *q, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    assert(mix_is_product(q->m));
    nash s = {.q = q, .m = q->m, .a = a};
    bool gains = false;
    tdo_status status = start(&s);
    if (status == TDO_OK)
        status = first_split(&s, &gains, err);
    q->m->no_gain = status == TDO_OK && !gains;
    if (status != TDO_OK || !gains)
        return status;
    status = climb(&s, err);
    if (status == TDO_OK)
        status = settle(&s, out, err);
    if (status != TDO_OK)
        return status;
    double value = real_exp(log_value(&s, s.gain));
    for (size_t l = 0; l < q->m->levels; l++)
        s.duals.omega[l] *= value;
    for (size_t k = 0; k < q->m->bounds; k++)
        s.duals.lambda[k] *= value;
    out->duals = s.duals;
    out->status = s.best_gap <= GAP ? TDO_MIX_OPTIMAL : TDO_MIX_LIMIT;
    return TDO_OK;
}
