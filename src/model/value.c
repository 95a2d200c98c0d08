/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings become gains (for dominance) and values in [0,1]: from here on larger is better. */
#include "base/decimal.h"
#include "base/real.h"
#include "model/block.h"
#include "model/gain.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { GAINS_AT_ONCE = 512 }; /* rows that stay in the cache */

double tdo_measurement(const tdo_criterion *c, double reading)
{
    return model_measurement(c, reading);
}

double tdo_shifted_measurement(const tdo_criterion *c, double reading, double by)
{
    if (!(by < 0) && !(by > 0))
        return tdo_measurement(c, reading);
    return c->goal == TDO_GOAL_TARGET ? fabs(reading - c->target + by) : reading + by;
}

double tdo_shifted_gain(const tdo_criterion *c, double reading, double by)
{
    return model_gain_at(c, tdo_shifted_measurement(c, reading, by));
}

tdo_status tdo_gains(const tdo_case *k, const uint32_t *slot, size_t n, tdo_arena *a, double **out)
{
    const size_t d = k->x->d;
    double *gain = tdo_alloc(a, n, d * sizeof *gain);
    *out = gain;
    for (size_t from = 0, to = 0; gain && from < n; from = to) {
        to = n - from < GAINS_AT_ONCE ? n : from + GAINS_AT_ONCE;
        for (size_t c = 0; c < d; c++)
            for (size_t q = from; q < to; q++)
                gain[q * d + c] = model_gain(&k->s->criteria[c],
                                             k->x->reading[c][k->f->feasible[slot ? slot[q] : q]]);
    }
    return gain ? TDO_OK : TDO_E_MEMORY;
}

bool tdo_slot_dominates(const tdo_case *k, uint32_t a, uint32_t b)
{
    const size_t i = k->f->feasible[a], j = k->f->feasible[b];
    bool better = false;
    for (size_t c = 0; c < k->x->d; c++) {
        const int by = tdo_better(&k->s->criteria[c], k->x->reading[c][i], k->x->reading[c][j]);
        if (by < 0)
            return false;
        better = better || by > 0;
    }
    return better;
}

int tdo_better(const tdo_criterion *c, double reading_a, double reading_b)
{
    double a = model_gain(c, reading_a), b = model_gain(c, reading_b);
    return (a > b) - (a < b);
}

bool tdo_is_indifferent(const tdo_criterion *c, double reading_a, double reading_b)
{
    const bool one_side = c->goal != TDO_GOAL_TARGET ||
                          (reading_a >= c->target) == (reading_b >= c->target);
    double by =
        one_side ? decimal_difference(reading_a, reading_b) /* as the distances do */
                 : decimal_difference(tdo_measurement(c, reading_a), tdo_measurement(c, reading_b));
    return fabs(by) <= (c->has_indifference ? c->indifference : 0);
}

/* Where x lies between from (0) and to (1). The halves keep a span of 2e308 finite. */
static double fraction(double x, double from, double to)
{
    double span = to - from;
    return isinf(span) ? (x / 2 - from / 2) / (to / 2 - from / 2) : (x - from) / span;
}

static double clamp01(double v)
{
    return v > 1 ? 1 : v > 0 ? v : 0;
}

static double piecewise(const tdo_criterion *c, double y)
{
    const double *x = c->value_x, *v = c->value_v;
    size_t low = 0, high = c->n_value - 1;
    if (y <= x[low])
        return v[low];
    if (y >= x[high])
        return v[high];
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (x[middle] <= y)
            low = middle;
        else
            high = middle;
    }
    return clamp01(v[low] + (v[high] - v[low]) * fraction(y, x[low], x[high]));
}

static inline double value_of(const tdo_criterion *c, double worst, double best, double measurement)
{
    assert(!isnan(measurement));
    if (c->n_value)
        return piecewise(c, measurement);
    return worst == best ? 1 : clamp01(fraction(measurement, worst, best)); /* NOLINT: exact */
}

double tdo_value_of(const tdo_criterion *c, double worst, double best, double measurement)
{
    return value_of(c, worst, best, measurement);
}

/* The same as value_of, for an ordinary range. */
REAL_CLONES
static void scale(double worst, double span, size_t n, double *x)
{
    for (size_t k = 0; k < n; k++)
        x[k] = clamp01((x[k] - worst) / span);
}

void model_measure(const tdo_valued *v, size_t c, const uint32_t *slot, size_t from, size_t n,
                   double *to)
{
    const tdo_criterion *of = &v->criterion[c];
    const double *reading = v->reading[c];
    const uint32_t *who = slot ? NULL : v->feasible + from;
    if (who && n > 0 && who[n - 1] - who[0] == n - 1) /* nobody between them is left out */
        memcpy(to, reading + who[0], n * sizeof *to);
    else
        for (size_t k = 0; k < n; k++)
            to[k] = reading[v->feasible[slot ? slot[k] : from + k]];
    for (size_t k = 0; of->goal == TDO_GOAL_TARGET && k < n; k++)
        to[k] = model_measurement(of, to[k]);
}

void model_put_values(const tdo_valued *v, size_t c, size_t n, double *x)
{
    const tdo_criterion *k = &v->criterion[c];
    const double worst = v->worst[c], best = v->best[c], span = best - worst;
    if (!k->n_value && worst != best && !isinf(span)) /* NOLINT: exact */
        scale(worst, span, n, x);
    else
        for (size_t i = 0; i < n; i++)
            x[i] = value_of(k, worst, best, x[i]);
}

void model_values(const tdo_valued *v, size_t c, const uint32_t *slot, size_t from, size_t n,
                  double *to)
{
    if (v->value) {
        for (size_t k = 0; k < n; k++)
            to[k] = v->value[c * v->f + (slot ? slot[k] : from + k)];
        return;
    }
    model_measure(v, c, slot, from, n, to);
    model_put_values(v, c, n, to);
}

/* The slope of the piece through which a little more of "better" leads; 0 on no piece. */
static double piece_slope(const tdo_criterion *c, double y)
{
    bool up = c->goal == TDO_GOAL_MAX;
    const double *x = c->value_x, *v = c->value_v;
    for (size_t k = 0; k + 1 < c->n_value; k++)
        if (up ? y >= x[k] && y < x[k + 1] : y > x[k] && y <= x[k + 1])
            return fabs((v[k + 1] - v[k]) / (x[k + 1] - x[k]));
    return 0;
}

double tdo_value_slope(const tdo_criterion *c, double worst, double best, double y)
{
    if (c->n_value)
        return piece_slope(c, y);
    bool inside = worst < best ? y >= worst && y < best : y <= worst && y > best;
    return inside ? 1 / fabs(best - worst) : 0;
}

double tdo_value_made(const tdo_valued *v, size_t c, size_t k)
{
    const tdo_criterion *of = &v->criterion[c];
    return tdo_value_of(of, v->worst[c], v->best[c],
                        tdo_measurement(of, v->reading[c][v->feasible[k]]));
}
