/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors that stand in the cells themselves: 0.82 ± 0.02, 0.93 (0.87-0.98). */
#include "base/real.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

static const double LEVEL = 0.95; /* of the intervals in cells */

static bool has_interval(const tdo_column *x)
{
    return x->low != NULL;
}

static bool has_any(const tdo_column *x)
{
    return x->error || has_interval(x);
}

tdo_status model_warn_interval(model_readings *r, const char *id)
{
    return tdo_warn(
        r->w, r->a, "W_INTERVAL",
        "criterion \"%s\": the intervals in its cells are taken as 95 %% ones, with the "
        "reading as the median",
        id);
}

double *model_interval_errors(tdo_arena *a, const tdo_column *x, size_t n)
{
    double *se = tdo_alloc(a, n, sizeof *se);
    for (size_t i = 0; se && i < n; i++)
        se[i] = (x->high[i] - x->low[i]) / 2 / model_normal_reach(LEVEL);
    return se;
}

/* Of one term of row i, as a standard error to the lower or to the upper side of the sum. */
static double side(const tdo_column *x, double coefficient, size_t i, bool upper)
{
    if (!has_any(x))
        return 0;
    if (x->error)
        return coefficient * x->error[i];
    bool high = (coefficient > 0) == upper;
    return coefficient * (high ? x->high[i] - x->number[i] : x->number[i] - x->low[i]) /
           model_normal_reach(LEVEL);
}

/* To one side of each row's sum, as if the errors of its terms were independent. */
static double *sides(model_readings *r, size_t c, bool upper)
{
    const tdo_criterion *k = &r->s->criteria[c];
    double *y = tdo_alloc(r->a, r->t->n, sizeof *y);
    for (size_t i = 0; y && i < r->t->n; i++)
        for (size_t t = 0; t < k->n_terms; t++)
            y[i] = real_hypot(
                y[i], side(&r->t->column[r->plan.term[c][t]], k->terms[t].coefficient, i, upper));
    return y;
}

static tdo_status take_intervals(model_readings *r, size_t c, const double *below,
                                 const double *above)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const tdo_column *only = &r->t->column[r->plan.term[c][0]];
    const double *x = r->reading[c];
    double *low = tdo_alloc(r->a, r->n, sizeof *low), *high = tdo_alloc(r->a, r->n, sizeof *high);
    double *se = tdo_alloc(r->a, r->n, sizeof *se), z = model_normal_reach(LEVEL);
    if (!low || !high || !se)
        return TDO_E_MEMORY;
    const bool as_written = k->n_terms == 1 && k->terms[0].coefficient == 1 && !r->order;
    for (size_t i = 0; i < r->n; i++) {
        low[i] = as_written ? only->low[i] : x[i] - z * below[i];
        high[i] = as_written ? only->high[i] : x[i] + z * above[i];
        se[i] = (below[i] + above[i]) / 2;
    }
    r->low[c] = low;
    r->high[c] = high;
    r->error[c] = (tdo_spread){.se = se, .below = below, .above = above};
    return model_warn_interval(r, k->id);
}

tdo_status model_cell_errors(model_readings *r, size_t c, const double *row, bool *found)
{
    const tdo_criterion *k = &r->s->criteria[c];
    bool intervals = false;
    *found = false;
    for (size_t t = 0; t < k->n_terms && !k->levels; t++) {
        const tdo_column *x = &r->t->column[r->plan.term[c][t]];
        *found = *found || has_any(x);
        intervals = intervals || has_interval(x);
    }
    if (!*found)
        return TDO_OK;
    const double *below = model_by_candidate(r, row, sides(r, c, false));
    const double *above = intervals ? model_by_candidate(r, row, sides(r, c, true)) : below;
    if (!below || !above)
        return TDO_E_MEMORY;
    r->error[c].se = below;
    return intervals ? take_intervals(r, c, below, above) : TDO_OK;
}

static const tdo_column *find_column(const model_readings *r, const char *column)
{
    for (size_t c = 0; c < r->s->n_criteria; c++)
        for (size_t t = 0; t < r->s->criteria[c].n_terms; t++) {
            const tdo_column *x = &r->t->column[r->plan.term[c][t]];
            if (strcmp(r->s->criteria[c].terms[t].column, column) == 0 && has_any(x))
                return x;
        }
    return NULL;
}

tdo_status model_column_errors(model_readings *r, const char *column, tdo_spread *out)
{
    const tdo_column *x = find_column(r, column);
    double *below = x ? tdo_alloc(r->a, r->t->n, sizeof *below) : NULL;
    double *above = x ? tdo_alloc(r->a, r->t->n, sizeof *above) : NULL;
    double *se = tdo_alloc(r->a, r->n, sizeof *se);
    if (!below || !above || !se)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < r->t->n; i++) {
        below[i] = side(x, 1, i, false);
        above[i] = side(x, 1, i, true);
    }
    const double *low = model_by_candidate(r, x->number, below);
    const double *high = model_by_candidate(r, x->number, above);
    if (!low || !high)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < r->n; i++)
        se[i] = (low[i] + high[i]) / 2;
    *out = (tdo_spread){.se = se, .below = x->error ? NULL : low, .above = x->error ? NULL : high};
    return TDO_OK;
}
