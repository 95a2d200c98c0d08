/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts the triangle of splits by bounds and by the goal, and values what is left. */
#include "base/real.h"
#include "mix/mix.h"

#include "mix/few.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

enum { POINTS = 96, FACETS = 64, CUTS = 60 };
static const double SLACK = 1e-14;     /* a bound missed by rounding: the LP decides */
static const double NOTICEABLE = 1e-9; /* of a sum after the first */

/* ---- the splits that are left ---- */

typedef struct point {
    double share[FEW_MOST]; /* of the corners */
    uint64_t on;            /* facets */
} point;

typedef struct body {
    size_t k, points, facets;
    point point[POINTS];
} body;

static void body_start(body *b, size_t k)
{
    b->k = b->points = b->facets = k;
    for (size_t j = 0; j < k; j++) {
        for (size_t i = 0; i < FEW_MOST; i++)
            b->point[j].share[i] = i == j;
        b->point[j].on = ((UINT64_C(1) << k) - 1) & ~(UINT64_C(1) << j);
    }
}

static void body_copy(const body *from, body *to)
{
    to->k = from->k;
    to->points = from->points;
    to->facets = from->facets;
    memcpy(to->point, from->point, from->points * sizeof *from->point);
}

static bool are_neighbours(const body *b, const point *p, const point *q)
{
    uint64_t both = p->on & q->on;
    return b->k <= 2 || (b->k == 3 ? both != 0 : (both & (both - 1)) != 0);
}

/* Cuts off where sum of share x of[corner] is below 0. False: there is no room for what is left.
 * Points that are taken for neighbours and are none lie within, and do no harm. */
static bool body_cut(body *b, const double *of)
{
    double at[POINTS];
    size_t n = 0, before = b->points;
    const uint64_t facet = UINT64_C(1) << (b->facets & 63);
    if (b->facets++ >= FACETS)
        return false;
    for (size_t p = 0; p < before; p++) {
        at[p] = 0;
        for (size_t j = 0; j < b->k; j++)
            at[p] += b->point[p].share[j] * of[j];
        b->point[p].on |= at[p] == 0 ? facet : 0; /* NOLINT: exact */
    }
    for (size_t p = 0; p < before; p++)
        for (size_t q = 0; q < before && at[p] > 0; q++) {
            const point *in = &b->point[p], *out = &b->point[q];
            if (!(at[q] < 0) || !are_neighbours(b, in, out))
                continue;
            if (b->points == POINTS)
                return false;
            point *new = &b->point[b->points++];
            const double part = at[p] / (at[p] - at[q]);
            for (size_t j = 0; j < FEW_MOST; j++)
                new->share[j] = in->share[j] + part *(out->share[j] - in->share[j]);
            new->on = (in->on & out->on) | facet;
        }
    for (size_t p = 0; p < b->points; p++)
        if (p >= before || at[p] >= 0)
            b->point[n++] = b->point[p];
    b->points = n;
    return true;
}

static void body_centre(const body *b, double *share)
{
    for (size_t j = 0; j < b->k; j++) {
        share[j] = 0;
        for (size_t p = 0; p < b->points; p++)
            share[j] += b->point[p].share[j];
        share[j] /= (double)b->points;
    }
}

/* ---- what is to be exceeded ---- */

enum { LEVELS = TDO_MAX_CRITERIA > TDO_MAX_STAKEHOLDERS ? TDO_MAX_CRITERIA : TDO_MAX_STAKEHOLDERS };

/* A concave function of the levels at a point: its value, and a tangent there: nowhere is it more
 * than `constant` + sum of slope x level. */
typedef struct tangent {
    double value, constant;
    double slope[LEVELS];
} tangent;

static void start_tangent(const mix_problem *m, tangent *t)
{
    t->value = t->constant = 0;
    memset(t->slope, 0, m->levels * sizeof *t->slope);
}

/* The sum of the `count` least levels. */
static void sum_of_least(const mix_problem *m, const double *level, size_t count, tangent *t)
{
    start_tangent(m, t);
    for (size_t taken = 0; taken < count; taken++) {
        size_t least = SIZE_MAX;
        for (size_t l = 0; l < m->levels; l++)
            if (!(t->slope[l] > 0) && (least == SIZE_MAX || level[l] < level[least]))
                least = l;
        t->slope[least] = 1;
        t->value += level[least];
    }
}

static void value_of(const mix_problem *m, const double *level, tangent *t)
{
    sum_of_least(m, level, m->theta > 0, t);
    t->value *= m->theta;
    for (size_t l = 0; l < m->levels; l++) {
        t->slope[l] = m->theta * t->slope[l] + m->rho;
        t->value += m->rho * level[l];
    }
}

/* Where somebody does not gain (without power: loses), `value` is -INFINITY and the tangent says
 * so. */
static void log_of(const mix_problem *m, const double *level, tangent *t)
{
    start_tangent(m, t);
    for (size_t l = 0; l < m->levels; l++) {
        double least = m->power[l] > 0 ? TDO_TIE : -TDO_TIE;
        if (!(level[l] > least)) {
            start_tangent(m, t);
            t->value = -INFINITY;
            t->constant = -least;
            t->slope[l] = 1;
            return;
        }
        if (m->power[l] > 0) {
            t->value += m->power[l] * real_log_of_any(level[l]);
            t->slope[l] = m->power[l] / level[l];
            t->constant -= m->power[l];
        }
    }
    t->constant += t->value;
}

/* The sum of the least `sum` levels (from 1); of other rules the value. */
static void tangent_of(const mix_problem *m, size_t sum, const double *level, tangent *t)
{
    if (mix_is_product(m))
        log_of(m, level, t);
    else if (mix_is_leximin(m) && m->levels > 0)
        sum_of_least(m, level, sum, t);
    else
        value_of(m, level, t);
}

void few_set_goal(const mix_problem *m, const double *level, few_goal *out)
{
    tangent t;
    out->sums = mix_is_leximin(m) && m->levels > 0 ? m->levels : 1;
    for (size_t q = 0; q < out->sums; q++) {
        tangent_of(m, q + 1, level, &t);
        out->reached[q] = t.value;
    }
}

/* ---- the question ---- */

typedef struct asking {
    const mix_problem *m;
    const few_models *s;
    const few_goal *goal;
    body left;
} asking;

typedef enum reply { NOTHING_LEFT, NOT_ABOVE, MAYBE } reply;

/* Where the function at the centre is below `least`, cuts there. *enough: it is not. */
static bool cut_below(asking *a, const tangent *t, double least, bool *enough)
{
    double of[FEW_MOST];
    *enough = t->value >= least;
    if (*enough)
        return true;
    for (size_t j = 0; j < a->s->k; j++) {
        of[j] = t->constant - (isinf(t->value) ? 0 : least);
        for (size_t l = 0; l < a->m->levels; l++)
            of[j] += t->slope[l] * a->s->level[j][l];
    }
    return body_cut(&a->left, of);
}

/* Can sum q (from 0) exceed what is known, the earlier ones as they are? NOTHING_LEFT: these cannot
 * even be kept. */
static reply ask(asking *a, size_t q)
{
    double share[FEW_MOST], level[LEVELS];
    const few_goal *g = a->goal;
    const double more = q == 0 ? TDO_TIE / 2 : NOTICEABLE;
    reply emptied = NOTHING_LEFT;
    for (int cuts = 0; cuts < CUTS && a->left.points > 0; cuts++) {
        bool enough = true;
        tangent t;
        body_centre(&a->left, share);
        for (size_t l = 0; l < a->m->levels; l++) {
            level[l] = 0;
            for (size_t j = 0; j < a->s->k; j++)
                level[l] += share[j] * a->s->level[j][l];
        }
        for (size_t before = 0; before < q && enough; before++) {
            tangent_of(a->m, before + 1, level, &t);
            if (!cut_below(a, &t, g->reached[before] - TDO_TIE * (double)(before + 1), &enough))
                return MAYBE;
        }
        if (!enough)
            continue;
        tangent_of(a->m, q + 1, level, &t);
        if (!cut_below(a, &t, g->sums == 0 ? -DBL_MAX : g->reached[q] + more, &enough))
            return MAYBE;
        if (enough)
            return MAYBE;
        emptied = NOT_ABOVE; /* from here on it is not known what the earlier sums alone leave */
    }
    return a->left.points > 0 ? MAYBE : emptied;
}

bool few_may_exceed(const mix_problem *m, const few_models *s, const few_goal *goal)
{
    assert(s->k >= 1 && s->k <= FEW_MOST);
    asking a;
    body within;
    a.m = m;
    a.s = s;
    a.goal = goal;
    body_start(&within, s->k);
    for (size_t b = 0; b < m->bounds && within.points > 0; b++) {
        double of[FEW_MOST];
        for (size_t j = 0; j < s->k; j++)
            of[j] = SLACK - s->over[j][b];
        if (!body_cut(&within, of))
            return true;
    }
    if (within.points == 0)
        return false;
    for (size_t q = 0; q < (goal->sums > 0 ? goal->sums : 1); q++) {
        body_copy(&within, &a.left);
        reply is = ask(&a, q);
        if (is != NOT_ABOVE)
            return is == MAYBE;
    }
    return false;
}
