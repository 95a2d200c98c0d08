/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How loose a bound must be where models are counted or shares have a least size: the split that
 * exceeds it least, found as any best split is; then all bounds are tried on the models of that
 * split, with the bound as it would be typed. */
#include "mix/mix.h"

#include "mix/clash.h"
#include "mix/whole.h"

#include "base/decimal.h"

#include <math.h>
#include <string.h>

enum { TRIES = 3, TYPED_DIGITS = 12 };

bool mix_counts_models(const mix_problem *m)
{
    return m->s->mix.max_models > 0 || m->s->mix.min_share > 0;
}

double mix_loosen(const mix_bound *b, double to)
{
    return to == 0 || !isfinite(to) ? to : decimal_beyond(to, TYPED_DIGITS, b->sign > 0);
}

/* From here on the value of a split is its average of `level`, and of nothing else. */
static tdo_status set_goal(mix_problem *m, double *level)
{
    m->rule = TDO_MIX_WEIGHTED;
    m->no_gain = m->strict = false;
    m->theta = 0;
    m->rho = 1;
    m->worst_n = 0;
    m->levels = 1;
    m->level = level;
    m->subject = tdo_alloc(m->a, 1, sizeof *m->subject);
    m->power = tdo_alloc(m->a, 1, sizeof *m->power);
    if (!level || !m->subject || !m->power)
        return TDO_E_MEMORY;
    m->subject[0] = TDO_NONE;
    return mix_filter(m, false);
}

/* The best split by that value; none: y->split.n is 0. */
static tdo_status search(mix_clash *c, mix_problem *m, mix_answer *y)
{
    *y = (mix_answer){.status = TDO_MIX_INFEASIBLE};
    tdo_status status = m->entered > 0 ? mix_solve_whole(m, m->a, y, c->err) : TDO_OK;
    c->cut |= y->split.n == 0 && y->status != TDO_MIX_INFEASIBLE;
    return status;
}

/* Can these models alone meet all bounds, each with its least share? */
static tdo_status try_models(mix_clash *c, mix_problem *m, const mix_split *x, bool *holds)
{
    mix_lp q = {.m = m, .a = m->a, .who = x->index, .n = x->n, .floor = m->s->mix.min_share};
    mix_point p = {0};
    tdo_status status = mix_lp_make(&q, c->err);
    if (status == TDO_OK)
        status = mix_lp_solve(&q, m->a, &p, c->err);
    *holds = status == TDO_OK && p.outcome == TDO_LP_OPTIMAL;
    return status;
}

/* A copy of the problem whose bounds may be changed. */
static tdo_status copy_problem(const mix_problem *m, tdo_arena *a, mix_problem *out)
{
    *out = *m;
    out->a = a;
    out->bound = tdo_alloc(a, m->bounds, sizeof *out->bound);
    if (!out->bound)
        return TDO_E_MEMORY;
    memcpy(out->bound, m->bound, m->bounds * sizeof *m->bound);
    return TDO_OK;
}

static tdo_status least_beyond(mix_clash *c, size_t k, tdo_arena *a, mix_split *out)
{
    mix_problem m;
    mix_answer y = {0};
    tdo_status status = copy_problem(c->m, a, &m);
    double *level = tdo_alloc(a, m.n, sizeof *level);
    for (size_t q = 0; q < m.n && level; q++)
        level[q] = -c->m->bound[k].h[q];
    if (status == TDO_OK) {
        memmove(m.bound + k, m.bound + k + 1, (m.bounds - k - 1) * sizeof *m.bound);
        m.bounds--;
        status = set_goal(&m, level);
    }
    if (status == TDO_OK)
        status = search(c, &m, &y);
    *out = y.split;
    return status;
}

/* The bound at which the split is let in, as it can be typed: by the digits of this number. */
static tdo_status type_bound(mix_clash *c, size_t k, const mix_split *x, tdo_arena *a, double *to)
{
    mix_problem m;
    bool holds = false;
    double *level = tdo_alloc(a, c->m->n, sizeof *level);
    tdo_status status = copy_problem(c->m, a, &m);
    if (status == TDO_OK)
        status = set_goal(&m, level);
    if (status != TDO_OK)
        return status;
    mix_bound *b = &m.bound[k];
    double bound = mix_loosen(b, mix_bound_of(b, mix_split_average(x, b->h)));
    for (int n = 0; n < TRIES && status == TDO_OK && !holds; n++) {
        b->limit.bound = bound;
        status = mix_scale_bound(&m, b);
        if (status == TDO_OK)
            status = try_models(c, &m, x, &holds);
        if (!holds)
            bound = decimal_beyond(nextafter(bound, b->sign * INFINITY), TYPED_DIGITS, b->sign > 0);
    }
    *to = holds ? b->limit.bound : (double)NAN;
    c->cut |= !holds;
    return status;
}

tdo_status mix_relax_counted(mix_clash *c, size_t k, double *to)
{
    tdo_arena *scratch = tdo_arena_new();
    mix_split x = {0};
    tdo_status status = !scratch ? TDO_E_MEMORY : least_beyond(c, k, scratch, &x);
    if (status == TDO_OK && x.n > 0)
        status = type_bound(c, k, &x, scratch, to);
    tdo_arena_free(scratch);
    return status;
}

tdo_status mix_holds_counted(mix_clash *c, mix_problem *m, bool *holds)
{
    mix_answer y = {0};
    m->barred = tdo_alloc(m->a, m->n, sizeof *m->barred);
    if (!m->barred)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->bounds; k++)
        for (size_t q = 0; q < m->n && m->bound[k].limit.each; q++)
            m->barred[q] |= m->bound[k].h[q] > 0;
    tdo_status status = set_goal(m, tdo_alloc(m->a, m->n, sizeof *m->level));
    if (status == TDO_OK)
        status = search(c, m, &y);
    *holds = false;
    return status == TDO_OK && y.split.n > 0 ? try_models(c, m, &y.split, holds) : status;
}
