/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and limits: what follows from one reading. */
#include "reread/value.h"

#include <math.h>

double verify_measurement(const verify_criterion *c, double reading)
{
    mpq_t y, t;
    if (c->goal != VERIFY_NEARER || !isfinite(reading))
        return reading;
    mpq_inits(y, t, NULL);
    verify_set_decimal(y, reading);
    verify_set_decimal(t, c->target);
    mpq_sub(y, y, t);
    const double distance = fabs(verify_round(y));
    mpq_clears(y, t, NULL);
    return distance;
}

double verify_measured(const verify_world *w, size_t c, size_t i)
{
    const size_t at = c * w->n + i;
    const double reading = w->x[at].y;
    if (w->criterion[c].goal == VERIFY_NEARER && w->distance && reading >= w->distance_of[at] &&
        reading <= w->distance_of[at])
        return w->distance[at];
    return verify_measurement(&w->criterion[c], reading);
}

bool verify_find_distances(verify_world *w)
{
    double *distance = NULL, *of = NULL;
    if (!VERIFY_ROOM(w->job, distance, w->d * w->n) || !VERIFY_ROOM(w->job, of, w->d * w->n))
        return false;
    for (size_t c = 0; c < w->d; c++)
        for (size_t i = 0; i < w->n; i++) {
            of[c * w->n + i] = w->x[c * w->n + i].y;
            distance[c * w->n + i] = verify_measured(w, c, i);
        }
    w->distance = distance;
    w->distance_of = of;
    return true;
}

double verify_gain(const verify_criterion *c, double reading)
{
    const double y = verify_measurement(c, reading);
    return c->goal == VERIFY_MORE ? y : -y;
}

/* (x - from) / (to - from), of the doubles: off by three roundings at most, which is far below what
 * a claim may be off; exactly where a difference is beyond the range of doubles. */
static double fraction(double x, double from, double to)
{
    mpq_t a, b, c;
    if (isfinite(x - from) && isfinite(to - from))
        return (x - from) / (to - from);
    mpq_inits(a, b, c, NULL);
    mpq_set_d(a, x);
    mpq_set_d(b, from);
    mpq_set_d(c, to);
    mpq_sub(a, a, b);
    mpq_sub(c, c, b);
    mpq_div(a, a, c);
    const double y = verify_round(a);
    mpq_clears(a, b, c, NULL);
    return y;
}

static double clamp(double v)
{
    return v > 1 ? 1 : v > 0 ? v : 0;
}

double verify_value(const verify_criterion *c, double worst, double best, double y)
{
    const double *x = c->value_x, *v = c->value_v;
    if (isnan(y))
        return NAN;
    if (c->n_value == 0) {
        const bool beyond_best = worst < best ? y >= best : y <= best;
        const bool beyond_worst = worst < best ? y <= worst : y >= worst;
        if (!(worst < best) && !(worst > best))
            return 1;
        return beyond_best ? 1 : beyond_worst ? 0 : clamp(fraction(y, worst, best));
    }
    if (y <= x[0])
        return v[0];
    for (size_t k = 1; k < c->n_value; k++)
        if (y < x[k])
            return v[k - 1] + (v[k] - v[k - 1]) * fraction(y, x[k - 1], x[k]);
    return v[c->n_value - 1];
}

/* Of a straight line, or of the piece that a little more of better goes along. */
double verify_value_slope(const verify_criterion *c, double worst, double best, double y)
{
    const double *x = c->value_x, *v = c->value_v;
    const bool rises = c->n_value == 0 ? worst < best : c->goal == VERIFY_MORE;
    if (c->n_value == 0) {
        const bool inside = rises ? y >= worst && y < best : y <= worst && y > best;
        return inside ? 1 / fabs(best - worst) : 0;
    }
    for (size_t k = 1; k < c->n_value; k++)
        if (rises ? x[k - 1] <= y && y < x[k] : x[k - 1] < y && y <= x[k])
            return fabs((v[k] - v[k - 1]) / (x[k] - x[k - 1]));
    return 0;
}

static double exceeds(verify_number x, double bound)
{
    mpq_t y, b;
    mpq_inits(y, b, NULL);
    verify_add(y, 1, x, b);
    verify_set_decimal(b, bound);
    mpq_sub(y, y, b);
    const double by = verify_round(y);
    mpq_clears(y, b, NULL);
    return by;
}

bool verify_keeps(const verify_world *w, const verify_limit *k, size_t i, double *by)
{
    verify_number x = {0, 0};
    *by = 0;
    if (k->relative && (int)i == w->incumbent)
        return true;
    if (k->criterion != VERIFY_NONE)
        x = verify_reading(w, (size_t)k->criterion, i);
    else if (k->x)
        x = k->x[i];
    *by = NAN;
    if (isnan(x.y) || (k->word && !k->words_hold[i]))
        return false;
    if (k->has_min && verify_compare(x, k->min) < 0)
        *by = -exceeds(x, k->min);
    else if (k->has_max && verify_compare(x, k->max) > 0)
        *by = exceeds(x, k->max);
    else
        *by = 0;
    return !(*by > 0);
}
