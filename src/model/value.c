/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings become gains (for dominance) and values in [0,1]. The only file that asks for a goal. */
#include "base/decimal.h"
#include "model/model.h"

#include <math.h>

double tdo_measurement(const tdo_criterion *c, double reading)
{
    return c->goal == TDO_GOAL_TARGET ? fabs(decimal_difference(reading, c->target)) : reading;
}

/* + 0.0 turns -0 into 0, so that equal gains are equal bytes too. */
static double gain_of(const tdo_criterion *c, double reading)
{
    double y = tdo_measurement(c, reading);
    return (c->goal == TDO_GOAL_MAX ? y : -y) + 0.0;
}

int tdo_better(const tdo_criterion *c, double reading_a, double reading_b)
{
    double a = gain_of(c, reading_a), b = gain_of(c, reading_b);
    return (a > b) - (a < b);
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

double tdo_value_of(const tdo_criterion *c, double worst, double best, double measurement)
{
    if (c->n_value)
        return piecewise(c, measurement);
    return worst == best ? 1 : clamp01(fraction(measurement, worst, best)); /* NOLINT: exact */
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

/* worst and best of criterion c: given, or observed over the feasible candidates. */
static void find_range(const tdo_criterion *k, const double *reading, const tdo_screened *f,
                       double *worst, double *best, bool *observed)
{
    *observed = !k->has_range && !k->n_value;
    *worst = *best = NAN;
    if (k->has_range) {
        *worst = k->worst;
        *best = k->best;
    } else if (k->n_value) {
        bool up = k->goal == TDO_GOAL_MAX;
        *worst = k->value_x[up ? 0 : k->n_value - 1];
        *best = k->value_x[up ? k->n_value - 1 : 0];
    } else if (f->feasible_n) {
        double low = reading[f->feasible[0]], high = low;
        for (size_t q = 1; q < f->feasible_n; q++) {
            double r = reading[f->feasible[q]];
            low = tdo_better(k, low, r) > 0 ? r : low;
            high = tdo_better(k, r, high) > 0 ? r : high;
        }
        *worst = tdo_measurement(k, low) + 0.0;
        *best = tdo_measurement(k, high) + 0.0;
    }
}

static bool outside(double y, double a, double b)
{
    return a < b ? y < a || y > b : y < b || y > a;
}

static tdo_status warn_about(const tdo_criterion *k, size_t clamped, bool constant, double worst,
                             double best, model_named *who, tdo_arena *a, tdo_warnings *w)
{
    char from[TDO_NUMBER_TEXT], to[TDO_NUMBER_TEXT];
    tdo_number_write(worst, from);
    tdo_number_write(best, to);
    if (constant)
        return tdo_warn(w, a, "W_CONSTANT",
                        "criterion \"%s\" cannot decide: all feasible candidates measure %s", k->id,
                        from);
    if (!clamped)
        return TDO_OK;
    const char *names = model_named_text(who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(w, a, "W_CLAMPED",
                             "criterion \"%s\": %zu feasible candidates measure outside %s to %s "
                             "and get the value at that end (%s)",
                             k->id, clamped, from, to, names);
}

tdo_status tdo_value(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f,
                     tdo_arena *a, tdo_valued *out, tdo_warnings *w)
{
    size_t n = f->feasible_n, d = x->d;
    double *gain = tdo_alloc(a, n * d, sizeof *gain), *value = tdo_alloc(a, n * d, sizeof *value);
    double *worst = tdo_alloc(a, d, sizeof *worst), *best = tdo_alloc(a, d, sizeof *best);
    bool *observed = tdo_alloc(a, d, sizeof *observed);
    bool *constant = tdo_alloc(a, d, sizeof *constant);
    size_t *clamped = tdo_alloc(a, d, sizeof *clamped);
    if (!gain || !value || !worst || !best || !observed || !constant || !clamped)
        return TDO_E_MEMORY;
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < d && status == TDO_OK; c++) {
        const tdo_criterion *k = &s->criteria[c];
        const double *reading = x->reading + c * x->n;
        model_named who = model_named_start(a);
        find_range(k, reading, f, &worst[c], &best[c], &observed[c]);
        constant[c] = n && worst[c] == best[c];
        for (size_t q = 0; q < n; q++) {
            double y = tdo_measurement(k, reading[f->feasible[q]]);
            gain[q * d + c] = gain_of(k, reading[f->feasible[q]]);
            value[c * n + q] = tdo_value_of(k, worst[c], best[c], y);
            if (outside(y, worst[c], best[c])) {
                clamped[c]++;
                model_named_add(&who, x->id[f->feasible[q]]);
            }
        }
        status = warn_about(k, clamped[c], constant[c], worst[c], best[c], &who, a, w);
    }
    if (status == TDO_OK)
        *out = (tdo_valued){n, d, gain, value, worst, best, observed, constant, clamped};
    return status;
}
