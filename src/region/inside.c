/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point inside of a region whose corners are too many to be listed. In its cone,
 *
 *     maximise   the sum of all t
 *     where      w[c] >= t[c],  row[i] . w >= t[i],  w >= 0,  0 <= t <= 1:
 *
 * whatever can be above 0 at some w is 1 in the optimum, for sums of such w are in the cone, too,
 * and long enough multiples of them; what is 0 there is 0 everywhere, and so bounds the flat. */
#include "region/region.h"

#include "tradeoff/lp.h"

#include <math.h>
#include <string.h>

static tdo_status add_condition(tdo_lp *lp, const tdo_region *r, const double *row, uint32_t t,
                                tdo_error *err)
{
    uint32_t at[TDO_MAX_CRITERIA + 1] = {0};
    double value[TDO_MAX_CRITERIA + 1] = {0}, most = 0;
    tdo_lp_row x = {.upper = INFINITY, .column = at, .value = value};
    int exponent = 0;
    for (size_t q = 0; q < r->n; q++)
        most = fmax(most, fabs(row[q]));
    (void)frexp(most, &exponent);
    for (size_t q = 0; q < r->n; q++)
        if (row[q] != 0) {
            at[x.count] = (uint32_t)q;
            value[x.count++] = ldexp(row[q], -exponent);
        }
    at[x.count] = t;
    value[x.count++] = -1;
    return tdo_lp_add_row(lp, &x, err);
}

static tdo_status build(tdo_lp *lp, const tdo_region *r, tdo_error *err)
{
    const size_t n = r->n;
    double unit[TDO_MAX_CRITERIA];
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < n && status == TDO_OK; q++)
        status = tdo_lp_add_column(lp, &(tdo_lp_column){.upper = INFINITY}, err);
    for (size_t t = 0; t < n + r->m && status == TDO_OK; t++)
        status = tdo_lp_add_column(lp, &(tdo_lp_column){.cost = 1, .upper = 1}, err);
    for (size_t q = 0; q < n && status == TDO_OK; q++) {
        memset(unit, 0, n * sizeof *unit);
        unit[q] = 1;
        status = add_condition(lp, r, unit, (uint32_t)(n + q), err);
    }
    for (size_t i = 0; i < r->m && status == TDO_OK; i++)
        status = add_condition(lp, r, r->row + i * n, (uint32_t)(2 * n + i), err);
    return status;
}

/* Takes from x its parts along the axes; false: nothing is left. */
static bool make_orthogonal(const double *axis, size_t axes, size_t n, double *x)
{
    double before = 0, after = 0;
    for (size_t c = 0; c < n; c++)
        before += x[c] * x[c];
    for (size_t again = 0; again < 2; again++) /* the second time for what rounding left */
        for (size_t k = 0; k < axes; k++) {
            double along = 0;
            for (size_t c = 0; c < n; c++)
                along += axis[k * n + c] * x[c];
            for (size_t c = 0; c < n; c++)
                x[c] -= along * axis[k * n + c];
        }
    for (size_t c = 0; c < n; c++)
        after += x[c] * x[c];
    for (size_t c = 0; c < n && after > 0; c++)
        x[c] /= sqrt(after);
    return after > 1e-18 * before;
}

/* Axes across the flat first (its sum, and the rows that are 0 in it), then those along it. flat:
 * [n + m] what is 0. */
static tdo_status set_axes(tdo_region *r, const bool *flat, tdo_arena *a)
{
    const size_t n = r->n;
    double *axis = tdo_alloc(a, n * n, sizeof *axis), x[TDO_MAX_CRITERIA];
    size_t found = 0, across = 0;
    if (!axis)
        return TDO_E_MEMORY;
    for (size_t from = 0; from < 1 + 2 * n + r->m && found < n; from++) {
        for (size_t c = 0; c < n; c++)
            x[c] = from == 0          ? 1
                   : from <= n + r->m ? from <= n ? c + 1 == from : r->row[(from - 1 - n) * n + c]
                                      : c == from - 1 - n - r->m;
        across = from == n + r->m + 1 ? found : across;
        if (from > 0 && from <= n + r->m && !flat[from - 1])
            continue;
        if (!make_orthogonal(axis, found, n, x))
            continue;
        memcpy(axis + found * n, x, n * sizeof *x);
        found++;
    }
    r->axes = n - across;
    r->axis = axis + across * n;
    return TDO_OK;
}

static tdo_status take(tdo_region *r, const double *x, tdo_arena *a)
{
    double *inside = tdo_alloc(a, r->n, sizeof *inside), sum = 0;
    bool flat[TDO_MAX_CRITERIA + REGION_MOST_ROWS], any = false;
    if (!inside)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < r->n; c++)
        sum += x[c];
    for (size_t c = 0; c < r->n; c++)
        inside[c] = x[c] / sum;
    for (size_t t = 0; t < r->n + r->m; t++) {
        flat[t] = x[r->n + t] < 0.5;
        any |= flat[t];
    }
    r->inside = inside;
    return any ? set_axes(r, flat, a) : TDO_OK;
}

tdo_status region_find_inside(tdo_region *r, tdo_arena *a, tdo_error *err)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp *lp = !scratch ? NULL : tdo_lp_new(scratch, true);
    tdo_lp_solution x = {.outcome = TDO_LP_NUMERICAL};
    tdo_status status = !lp ? TDO_E_MEMORY : build(lp, r, err);
    if (status == TDO_OK)
        status = tdo_lp_solve(lp, NULL, scratch, &x, err);
    if (status == TDO_OK && x.outcome != TDO_LP_OPTIMAL)
        status = tdo_fail(err, TDO_E_INTERNAL, "no weights inside of a region were found (%s)",
                          tdo_lp_outcome_word(x.outcome));
    if (status == TDO_OK)
        status = take(r, x.primal, a);
    tdo_arena_free(scratch);
    return status;
}
