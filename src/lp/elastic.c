/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each row gets a column up and a column down, at a cost of 1, that bend it; the least total
 * bending is positive exactly if the LP is infeasible, and its duals then are a Farkas vector. */
#include "lp/relax.h"

#include "lp/guard.h"

#include <math.h>
#include <string.h>

static bool make_elastic(const lp_form *f, tdo_arena *a, lp_form *out)
{
    const size_t n = f->n, m = f->m, wide = n + 2 * m, entries = f->start[n];
    double *cost = tdo_alloc(a, wide, sizeof *cost);
    double *lower = tdo_alloc(a, wide + m, sizeof *lower);
    double *upper = tdo_alloc(a, wide + m, sizeof *upper);
    size_t *start = tdo_alloc(a, wide + 1, sizeof *start);
    uint32_t *row = tdo_alloc(a, entries + 2 * m, sizeof *row);
    double *value = tdo_alloc(a, entries + 2 * m, sizeof *value);
    if (!cost || !lower || !upper || !start || !row || !value)
        return false;
    memcpy(lower, f->lower, n * sizeof *lower);
    memcpy(upper, f->upper, n * sizeof *upper);
    memcpy(lower + wide, f->lower + n, m * sizeof *lower);
    memcpy(upper + wide, f->upper + n, m * sizeof *upper);
    memcpy(start, f->start, (n + 1) * sizeof *start);
    memcpy(row, f->row, entries * sizeof *row);
    memcpy(value, f->value, entries * sizeof *value);
    for (size_t k = 0; k < 2 * m; k++) {
        cost[n + k] = 1;
        upper[n + k] = (double)INFINITY;
        row[entries + k] = (uint32_t)(k / 2);
        value[entries + k] = k % 2 == 0 ? 1 : -1;
        start[n + k + 1] = entries + k + 1;
    }
    *out = (lp_form){.m = m,
                     .n = wide,
                     .sense = 1,
                     .cost = cost,
                     .lower = lower,
                     .upper = upper,
                     .start = start,
                     .row = row,
                     .value = value};
    return true;
}

tdo_status lp_elastic(const lp_task *t, tdo_arena *a, double *y, bool *found, lp_answer *count)
{
    const lp_form *f = t->form;
    lp_form wide = {0};
    lp_simplex_result r = {.y = y};
    char text[LP_GUARD_TEXT] = "";
    const lp_way way = {.scale = LP_SCALE_FULL};
    *found = false;
    if (!make_elastic(f, a, &wide))
        return TDO_E_MEMORY;
    uint8_t *place = tdo_alloc(a, wide.n + wide.m, 1);
    r.x = tdo_alloc(a, wide.n, sizeof *r.x);
    r.ray = tdo_alloc(a, wide.n, sizeof *r.ray);
    if (!place || !r.x || !r.ray)
        return TDO_E_MEMORY;
    tdo_status s = lp_simplex(&wide, way, t->options, place, &r, text);
    count->attempts++;
    count->iterations += r.iterations;
    count->seconds += r.seconds;
    *found = s == TDO_OK && r.verdict == LP_V_OPTIMAL;
    for (size_t i = 0; *found && i < f->m; i++) {
        if ((y[i] > 0 && isinf(f->lower[f->n + i])) || (y[i] < 0 && isinf(f->upper[f->n + i])))
            y[i] = 0;
    }
    return s == TDO_E_INTERNAL ? TDO_OK : s;
}
