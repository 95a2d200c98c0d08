/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings become gains (for dominance) and values in [0,1]: from here on larger is better. */
#include "base/decimal.h"
#include "model/model.h"

#include <assert.h>
#include <math.h>

enum { GAINS_AT_ONCE = 512 }; /* rows that stay in the cache */

static inline double measurement_of(const tdo_criterion *c, double reading)
{
    return c->goal == TDO_GOAL_TARGET ? fabs(decimal_difference(reading, c->target)) : reading;
}

double tdo_measurement(const tdo_criterion *c, double reading)
{
    return measurement_of(c, reading);
}

/* + 0.0 turns -0 into 0, so that equal gains are equal bytes too. */
static inline double gain_at(const tdo_criterion *c, double measurement)
{
    return (c->goal == TDO_GOAL_MAX ? measurement : -measurement) + 0.0;
}

static inline double gain_of(const tdo_criterion *c, double reading)
{
    return gain_at(c, measurement_of(c, reading));
}

double tdo_shifted_measurement(const tdo_criterion *c, double reading, double by)
{
    if (!(by < 0) && !(by > 0))
        return tdo_measurement(c, reading);
    return c->goal == TDO_GOAL_TARGET ? fabs(reading - c->target + by) : reading + by;
}

double tdo_shifted_gain(const tdo_criterion *c, double reading, double by)
{
    return gain_at(c, tdo_shifted_measurement(c, reading, by));
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
                gain[q * d + c] = gain_of(&k->s->criteria[c],
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
    double a = gain_of(c, reading_a), b = gain_of(c, reading_b);
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

/* The worst and best reading of some candidates, as candidates; TDO_NONE where there are none. */
typedef struct ends {
    size_t worst, best;
} ends;

/* Of equal ones the first. index: [n] who is looked at; NULL: all who are not dropped. */
static ends find_ends(const tdo_criterion *k, const double *reading, const uint32_t *index,
                      const bool *dropped, size_t n)
{
    ends e = {TDO_NONE, TDO_NONE};
    double low = INFINITY, high = -INFINITY;
    for (size_t q = 0; q < n; q++) {
        const size_t i = index ? index[q] : q;
        if (!index && dropped[i])
            continue;
        const double gain = gain_of(k, reading[i]);
        if (gain < low || e.worst == TDO_NONE) {
            low = gain;
            e.worst = i;
        }
        if (gain > high || e.best == TDO_NONE) {
            high = gain;
            e.best = i;
        }
    }
    return e;
}

static ends ends_of_all(const tdo_criterion *k, const double *reading, const tdo_measured *x)
{
    return find_ends(k, reading, NULL, x->dropped, x->n);
}

static ends ends_of_feasible(const tdo_criterion *k, const double *reading, const tdo_screened *f)
{
    return find_ends(k, reading, f->feasible, NULL, f->feasible_n);
}

/* worst and best of a criterion: given, or observed over all measured candidates, feasible or not,
 * so that no limit moves the scale. */
static void find_range(const tdo_criterion *k, const double *reading, const tdo_measured *x,
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
    } else {
        ends e = ends_of_all(k, reading, x);
        if (e.worst == TDO_NONE)
            return;
        *worst = tdo_measurement(k, reading[e.worst]) + 0.0;
        *best = tdo_measurement(k, reading[e.best]) + 0.0;
    }
}

/* Warns where the infeasible ones stretch an observed range to more than twice what the feasible
 * ones span, with the names of those who hold its ends. */
static tdo_status warn_stretched(const tdo_criterion *k, const double *reading,
                                 const tdo_measured *x, const tdo_screened *f, tdo_arena *a,
                                 tdo_warnings *w)
{
    if (f->feasible_n == x->n)
        return TDO_OK;
    ends all = ends_of_all(k, reading, x), e = ends_of_feasible(k, reading, f);
    model_named who = model_named_start(a);
    if (e.worst == TDO_NONE)
        return TDO_OK;
    double whole = tdo_measurement(k, reading[all.best]) - tdo_measurement(k, reading[all.worst]);
    double span = tdo_measurement(k, reading[e.best]) - tdo_measurement(k, reading[e.worst]);
    if (!(fabs(whole) > 2 * fabs(span)))
        return TDO_OK;
    for (size_t i = 0; i < x->n; i++)
        if (!x->dropped[i] && f->slot[i] == UINT32_MAX &&
            ((tdo_better(k, reading[i], reading[all.best]) == 0 &&
              tdo_better(k, reading[i], reading[e.best]) > 0) ||
             (tdo_better(k, reading[i], reading[all.worst]) == 0 &&
              tdo_better(k, reading[e.worst], reading[i]) > 0)))
            model_named_add(&who, x->id[i]);
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(w, a, "W_STRETCHED",
                             "criterion \"%s\": its observed range is more than twice what the "
                             "feasible candidates span, because of %s; %s what is worth 0 and 1",
                             k->id, names,
                             k->levels ? "\"value\" points settle" : "a \"range\" settles");
}

static bool outside(double y, double a, double b)
{
    return a < b ? y < a || y > b : y < b || y > a;
}

static tdo_status warn_constant(const tdo_criterion *k, const double *reading,
                                const tdo_screened *f, double value, tdo_arena *a, tdo_warnings *w)
{
    char text[TDO_NUMBER_TEXT];
    ends e = ends_of_feasible(k, reading, f);
    bool same = tdo_better(k, reading[e.best], reading[e.worst]) == 0;
    tdo_number_write(same ? tdo_measurement(k, reading[e.worst]) : value, text);
    const bool off = same && k->goal == TDO_GOAL_TARGET;
    if (same && k->levels)
        return tdo_warn(w, a, "W_CONSTANT",
                        "criterion \"%s\" cannot decide: all feasible candidates are \"%s\" in it",
                        k->id, k->levels[(size_t)reading[e.worst]]);
    return tdo_warn(w, a, "W_CONSTANT",
                    off    ? "criterion \"%s\" cannot decide: all feasible candidates are %s from "
                             "its target"
                    : same ? "criterion \"%s\" cannot decide: all feasible candidates measure %s"
                           : "criterion \"%s\" cannot decide: all feasible candidates have the "
                             "value %s in it",
                    k->id, text);
}

static tdo_status warn_clamped(const tdo_criterion *k, double worst, double best, model_named *who,
                               tdo_arena *a, tdo_warnings *w)
{
    char from[TDO_NUMBER_TEXT], to[TDO_NUMBER_TEXT];
    tdo_number_write(worst, from);
    tdo_number_write(best, to);
    const char *names = model_named_text(who);
    return !names
               ? TDO_E_MEMORY
               : tdo_warn(w, a, "W_CLAMPED",
                          who->count == 1
                              ? "criterion \"%s\": %zu feasible candidate measures outside %s to "
                                "%s and gets the value at that end (%s)"
                              : "criterion \"%s\": %zu feasible candidates measure outside %s to "
                                "%s and get the value at that end (%s)",
                          k->id, who->count, from, to, names);
}

tdo_status tdo_value(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f,
                     tdo_arena *a, tdo_valued *out, tdo_warnings *w)
{
    assert(x->d == s->n_criteria && f->feasible_n <= x->n);
    size_t n = f->feasible_n, d = x->d;
    double *value = tdo_alloc(a, n * d, sizeof *value);
    double *worst = tdo_alloc(a, d, sizeof *worst), *best = tdo_alloc(a, d, sizeof *best);
    bool *observed = tdo_alloc(a, d, sizeof *observed);
    bool *constant = tdo_alloc(a, d, sizeof *constant);
    size_t *clamped = tdo_alloc(a, d, sizeof *clamped);
    if (!value || !worst || !best || !observed || !constant || !clamped)
        return TDO_E_MEMORY;
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < d && status == TDO_OK; c++) {
        const tdo_criterion *k = &s->criteria[c];
        const double *reading = x->reading[c];
        model_named who = model_named_start(a);
        find_range(k, reading, x, &worst[c], &best[c], &observed[c]);
        constant[c] = n > 0;
        for (size_t q = 0; q < n; q++) {
            double y = measurement_of(k, reading[f->feasible[q]]);
            value[c * n + q] = value_of(k, worst[c], best[c], y);
            constant[c] = constant[c] && value[c * n + q] == value[c * n]; /* NOLINT: exact */
            if (outside(y, worst[c], best[c])) {
                clamped[c]++;
                model_named_add(&who, x->id[f->feasible[q]]);
            }
        }
        const bool choice = n > 1; /* of one alone nothing is to be decided */
        status = constant[c] && choice ? warn_constant(k, reading, f, value[c * n], a, w) : TDO_OK;
        if (status == TDO_OK && clamped[c])
            status = warn_clamped(k, worst[c], best[c], &who, a, w);
        if (status == TDO_OK && observed[c] && choice && !constant[c])
            status = warn_stretched(k, reading, x, f, a, w);
    }
    if (status == TDO_OK)
        *out = (tdo_valued){n, d, value, worst, best, observed, constant, clamped};
    return status;
}
