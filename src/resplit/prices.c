/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best split while one limit moves, by a linear program over everybody who may take part. Its
 * solution is a split, whose value is added up; its multipliers are a proof for all splits, which
 * is added up, too. */
#include "resplit/prices.h"

#include "recount/simplex.h"

#include <math.h>
#include <string.h>

static const double close_enough = 1e-9; /* by which another limit may be exceeded */

/* How far participant q is beyond a bound. */
static double beyond(const verify_split *m, size_t b, size_t q)
{
    const verify_side *of = &m->bound[b];
    return of->sign * (verify_bound_reading(m, of, q) - of->is);
}

static double level_of(const verify_split *m, size_t l, size_t q)
{
    const double *x = m->of_criteria ? m->value : m->utility;
    return m->factor[l] * (x[m->subject[l] * m->n + q] - m->less[l]);
}

/* What each participant adds to the value by itself: all of it, or the small part of the sum. */
static double adds(const verify_split *m, size_t q)
{
    double sum = 0;
    for (size_t h = 0; h < m->k->w->people && m->weighted; h++)
        sum += m->k->w->person[h].power * m->utility[h * m->n + q];
    for (size_t l = 0; l < m->levels && m->of_criteria; l++)
        sum += 0.001 * level_of(m, l, q);
    return sum;
}

static size_t levels_of(const verify_split *m)
{
    return m->weighted ? 0 : m->levels;
}

static void look_at(verify_moving *y, size_t q)
{
    const verify_split *m = y->m;
    for (size_t l = 0; l < levels_of(m); l++) {
        y->low = fmin(y->low, level_of(m, l, q));
        y->high = fmax(y->high, level_of(m, l, q));
    }
}

bool verify_moving_start(verify_split *m, size_t bound, double work, verify_moving *out)
{
    verify_job *j = m->k->j;
    double low = INFINITY, high = -INFINITY;
    const size_t rows = levels_of(m) + m->bounds + 2;
    *out = (verify_moving){.m = m, .bound = bound, .forced = m->n, .left = work};
    if (!VERIFY_ROOM(j, out->h, m->n) || !VERIFY_ROOM(j, out->scale, m->bounds) ||
        !VERIFY_ROOM(j, out->a, rows * (m->n + 1)) || !VERIFY_ROOM(j, out->cost, m->n + 1) ||
        !VERIFY_ROOM(j, out->limit, rows))
        return false;
    for (size_t q = 0; q < m->n; q++) {
        out->h[q] = verify_is_barred(m, q) ? (double)NAN
                    : bound < m->bounds    ? beyond(m, bound, q)
                                           : 0;
        if (isnan(out->h[q]))
            continue;
        low = fmin(low, out->h[q]);
        high = fmax(high, out->h[q]);
        for (size_t b = 0; b < m->bounds; b++)
            out->scale[b] = fmax(out->scale[b], fabs(beyond(m, b, q)));
        look_at(out, q);
    }
    out->spread = high > low ? high - low : 0;
    for (size_t q = 0; q < m->n; q++)
        out->h[q] /= out->spread > 0 ? out->spread : 1;
    return true;
}

/* Is this a row of the program? */
static bool binds(const verify_moving *y, size_t b)
{
    return b != y->bound && !y->m->bound[b].each && y->scale[b] > 0;
}

/* By how much a share of one of q is short of what is forced, of all that there is. */
static double short_of(const verify_moving *y, size_t q)
{
    return y->least - (q == y->forced ? 1 : 0);
}

/* t, then the participants. Columns are shifted so that all of the shares pay: a split is a
 * solution that cannot be more. */
static size_t set_rows(verify_moving *y, double of_v, double slope)
{
    const verify_split *m = y->m;
    const size_t width = m->n + 1;
    double shift = 1, least = INFINITY;
    size_t row = 0;
    memset(y->cost, 0, width * sizeof *y->cost);
    memset(y->limit, 0, (levels_of(m) + m->bounds + 2) * sizeof *y->limit);
    y->cost[0] = levels_of(m) > 0 ? of_v : 0;
    for (size_t q = 0; q < m->n; q++)
        if (!isnan(y->h[q])) {
            y->cost[1 + q] = of_v * adds(m, q) - slope * y->h[q];
            least = fmin(least, y->cost[1 + q]);
        }
    shift -= least;
    for (size_t q = 0; q < m->n; q++)
        y->cost[1 + q] = isnan(y->h[q]) ? 0 : y->cost[1 + q] + shift;
    for (size_t l = 0; l < levels_of(m); l++, row++) {
        double *a = y->a + row * width;
        a[0] = 1;
        for (size_t q = 0; q < m->n; q++)
            a[1 + q] = isnan(y->h[q]) ? 0 : y->low - level_of(m, l, q);
    }
    for (size_t b = 0; b < m->bounds; b++) {
        double *a = y->a + row * width;
        if (!binds(y, b))
            continue;
        a[0] = 0;
        for (size_t q = 0; q < m->n; q++)
            a[1 + q] = isnan(y->h[q]) ? 1 : beyond(m, b, q) / y->scale[b];
        row++;
    }
    for (size_t q = 0; q < m->n && y->forced < m->n; q++)
        y->a[row * width + 1 + q] = short_of(y, q);
    y->a[row * width] = 0;
    row += y->forced < m->n;
    y->a[row * width] = 0;
    for (size_t q = 0; q < m->n; q++)
        y->a[row * width + 1 + q] = 1;
    y->limit[row++] = 1;
    return row;
}

/* What the multipliers allow anybody: no split has more. */
static double most_by(const verify_moving *y, double of_v, double slope, const double *price)
{
    const verify_split *m = y->m;
    double sum = 0, most = -INFINITY;
    for (size_t l = 0; l < levels_of(m); l++)
        sum += price[l];
    for (size_t q = 0; q < m->n; q++) {
        double has = of_v * adds(m, q) - slope * y->h[q];
        size_t row = 0;
        for (; row < levels_of(m) && of_v > 0; row++)
            has += of_v * price[row] / sum * level_of(m, row, q);
        row = levels_of(m);
        for (size_t b = 0; b < m->bounds; b++)
            has -= binds(y, b) ? price[row++] * (beyond(m, b, q) / y->scale[b]) : 0;
        has -= y->forced < m->n ? price[row] * short_of(y, q) : 0;
        most = isnan(has) || has < most ? most : has;
    }
    return most;
}

/* The split of the solution. false: it is none, by more than rounding. */
static bool add_up(const verify_moving *y, const double *x, verify_best *out)
{
    const verify_split *m = y->m;
    double all = 0, least = INFINITY, sum = 0;
    for (size_t q = 0; q < m->n; q++)
        all += isnan(y->h[q]) ? 0 : x[1 + q];
    if (!(fabs(all - 1) <= close_enough))
        return false;
    for (size_t q = 0; q < m->n; q++) {
        const double share = x[1 + q] / all;
        if (!(x[1 + q] > 0) || isnan(y->h[q]))
            continue;
        sum += share * adds(m, q);
        out->h += share * y->h[q];
    }
    for (size_t l = 0; l < levels_of(m); l++) {
        double level = 0;
        for (size_t q = 0; q < m->n; q++)
            level += x[1 + q] > 0 && !isnan(y->h[q]) ? x[1 + q] / all * level_of(m, l, q) : 0;
        least = fmin(least, level);
    }
    if (y->forced < m->n && !(x[1 + y->forced] >= y->least - close_enough))
        return false;
    out->value = (levels_of(m) > 0 ? least : 0) + sum;
    for (size_t b = 0; b < m->bounds; b++) {
        double by = 0;
        for (size_t q = 0; q < m->n && binds(y, b); q++)
            by += x[1 + q] > 0 && !isnan(y->h[q]) ? x[1 + q] * (beyond(m, b, q) / y->scale[b]) : 0;
        if (by > close_enough)
            return false;
    }
    return true;
}

bool verify_best_at(verify_moving *y, double of_v, double slope, verify_best *out)
{
    verify_program p = {.columns = y->m->n + 1, .a = y->a, .limit = y->limit, .cost = y->cost};
    *out = (verify_best){.known = false};
    p.rows = set_rows(y, of_v, slope);
    if (!verify_maximise(y->m->k->j, &p, &y->left))
        return y->m->k->j->status == TDO_OK;
    out->known = !p.unbounded && add_up(y, p.x, out);
    if (out->known)
        out->most = most_by(y, of_v, slope, p.price);
    return true;
}
