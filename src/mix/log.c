/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Newton steps, held inside the simplex, for the product of powers over a few points. */
#include "mix/log.h"
#include "base/real.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { STEPS = 300, HALVINGS = 40 };
static const double TINY = 1e-16;   /* a promised gain that rounding hides */
static const double ENOUGH = 1e-14; /* gradients this close to 1 are 1 */

typedef struct blender {
    const double *power, *at;
    size_t d, n;
    double *blend;    /* [n] */
    double *sum;      /* [d] of the blend */
    double *gradient; /* [n]; at the best one 1 where blend > 0, at most 1 elsewhere */
    double *step;     /* [n + 1] */
    double *system;   /* [(n + 1) x (n + 2)] */
    double *trial;    /* [n] */
    size_t *free;     /* [n] points with blend > 0 */
    size_t n_free;
} blender;

static double value_of(const blender *b, const double *blend, double *sum)
{
    double value = 0;
    memset(sum, 0, b->d * sizeof *sum);
    for (size_t v = 0; v < b->n; v++)
        for (size_t s = 0; blend[v] > 0 && s < b->d; s++)
            sum[s] += blend[v] * b->at[v * b->d + s];
    for (size_t s = 0; s < b->d; s++)
        value += b->power[s] * real_log_of_any(sum[s]);
    return value;
}

static void find_gradient(blender *b)
{
    for (size_t v = 0; v < b->n; v++) {
        b->gradient[v] = 0;
        for (size_t s = 0; s < b->d; s++)
            b->gradient[v] += b->power[s] * b->at[v * b->d + s] / b->sum[s];
    }
}

/* Gauss with row pivots; n rows of n + 1. False: singular. */
static bool solve(double *m, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(m[i * (n + 1) + k]) > fabs(m[best * (n + 1) + k]))
                best = i;
        if (!(fabs(m[best * (n + 1) + k]) > 0))
            return false;
        for (size_t j = k; j <= n && best != k; j++) {
            double t = m[k * (n + 1) + j];
            m[k * (n + 1) + j] = m[best * (n + 1) + j];
            m[best * (n + 1) + j] = t;
        }
        for (size_t i = 0; i < n; i++) {
            double f = i == k ? 0 : m[i * (n + 1) + k] / m[k * (n + 1) + k];
            for (size_t j = k; j <= n && f != 0; j++)
                m[i * (n + 1) + j] -= f * m[k * (n + 1) + j];
        }
    }
    for (size_t k = 0; k < n; k++)
        m[k * (n + 1) + n] /= m[k * (n + 1) + k];
    return true;
}

/* The Newton step on the free points, which keeps their sum. The small ridge keeps the system
 * regular where points can be exchanged for each other; it changes the way, not the end. */
static bool newton_step(blender *b)
{
    size_t n = b->n_free + 1;
    double trace = 0;
    memset(b->step, 0, b->n * sizeof *b->step);
    memset(b->system, 0, n * (n + 1) * sizeof *b->system);
    for (size_t i = 0; i < b->n_free; i++) {
        const double *x = b->at + b->free[i] * b->d;
        for (size_t j = 0; j < b->n_free; j++) {
            const double *y = b->at + b->free[j] * b->d;
            double *cell = &b->system[i * (n + 1) + j];
            for (size_t s = 0; s < b->d; s++)
                *cell += b->power[s] * (x[s] / b->sum[s]) * (y[s] / b->sum[s]);
        }
        trace += b->system[i * (n + 1) + i];
        b->system[i * (n + 1) + n - 1] = b->system[(n - 1) * (n + 1) + i] = 1;
        b->system[i * (n + 1) + n] = b->gradient[b->free[i]];
    }
    for (size_t i = 0; i < b->n_free; i++)
        b->system[i * (n + 1) + i] += 1e-13 * trace;
    if (!solve(b->system, n))
        return false;
    for (size_t i = 0; i < b->n_free; i++)
        b->step[b->free[i]] = b->system[i * (n + 1) + n];
    return true;
}

/* Goes along the step as far as it helps. False: not at all. slope: what the step promises; below
 * TINY the whole step is taken, for no value can tell any more, and Newton's method is at its
 * end. */
static bool go(blender *b, double value, double *slope)
{
    double room = 1;
    size_t hits = b->n;
    *slope = 0;
    for (size_t v = 0; v < b->n; v++) {
        *slope += b->step[v] * b->gradient[v];
        if (b->step[v] < 0 && b->blend[v] < -b->step[v] * room) {
            room = b->blend[v] / -b->step[v];
            hits = v;
        }
    }
    if (!(*slope > 0) || !isfinite(*slope))
        return false;
    for (int half = 0; half < HALVINGS; half++, room /= 2) {
        for (size_t v = 0; v < b->n; v++)
            b->trial[v] = fmax(0, b->blend[v] + room * b->step[v]);
        if (half == 0 && hits < b->n)
            b->trial[hits] = 0;
        double now = value_of(b, b->trial, b->sum);
        if (isfinite(now) && (*slope < TINY || now >= value + 1e-4 * room * *slope)) {
            memcpy(b->blend, b->trial, b->n * sizeof *b->blend);
            return true;
        }
    }
    return false;
}

/* Cover's step: multiply by the gradient, where none is negative. It never makes the value
 * worse. */
static bool multiply(blender *b, double value)
{
    double sum = 0;
    for (size_t v = 0; v < b->n; v++) {
        b->trial[v] = b->blend[v] * b->gradient[v];
        sum += b->trial[v];
        if (b->trial[v] < 0)
            return false;
    }
    for (size_t v = 0; v < b->n; v++)
        b->trial[v] /= sum;
    if (!(value_of(b, b->trial, b->sum) > value))
        return false;
    memcpy(b->blend, b->trial, b->n * sizeof *b->blend);
    return true;
}

/* The points in the blend. How far from 1 their gradients are; which other one it would gain from
 * most (n: none). */
static double survey(blender *b, size_t *other)
{
    double off = 0, most = 1 + ENOUGH;
    b->n_free = 0;
    *other = b->n;
    for (size_t v = 0; v < b->n; v++) {
        if (b->blend[v] > 0) {
            b->free[b->n_free++] = v;
            off = fmax(off, fabs(b->gradient[v] - 1));
        } else if (b->gradient[v] > most) {
            most = b->gradient[v];
            *other = v;
        }
    }
    return off;
}

/* From the blend straight towards one point. */
static bool go_towards(blender *b, size_t point, double value)
{
    double slope = 0;
    if (point == b->n)
        return false;
    for (size_t v = 0; v < b->n; v++)
        b->step[v] = (v == point) - b->blend[v];
    return go(b, value, &slope);
}

static void normalise(double *blend, size_t n)
{
    double sum = 0;
    for (size_t v = 0; v < n; v++)
        sum += blend[v];
    for (size_t v = 0; v < n; v++)
        blend[v] /= sum;
}

tdo_status mix_best_blend(const double *power, size_t d, const double *at, size_t n, tdo_arena *a,
                          double *blend)
{
    assert(n >= 1 && d >= 1);
    blender b = {.power = power, .at = at, .d = d, .n = n, .blend = blend};
    b.sum = tdo_alloc(a, d, sizeof *b.sum);
    b.gradient = tdo_alloc(a, n, sizeof *b.gradient);
    b.step = tdo_alloc(a, n + 1, sizeof *b.step);
    b.system = tdo_alloc(a, (n + 1) * (n + 2), sizeof *b.system);
    b.trial = tdo_alloc(a, n, sizeof *b.trial);
    b.free = tdo_alloc(a, n, sizeof *b.free);
    if (!b.sum || !b.gradient || !b.step || !b.system || !b.trial || !b.free)
        return TDO_E_MEMORY;
    for (int k = 0, settled = 0; k < STEPS; k++) {
        size_t other = n;
        double slope = 0;
        normalise(blend, n);
        double value = value_of(&b, blend, b.sum);
        find_gradient(&b);
        double off = survey(&b, &other);
        if (settled || off <= ENOUGH) {
            settled = 0;
            if (!go_towards(&b, other, value))
                break;
        } else if (newton_step(&b) && go(&b, value, &slope)) {
            settled = slope < TINY;
        } else if (!multiply(&b, value) && !go_towards(&b, other, value)) {
            break;
        }
    }
    normalise(blend, n);
    return TDO_OK;
}
