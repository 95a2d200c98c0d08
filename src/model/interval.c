/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An interval about a reading: two normal halves, of which the reading is the median. */
#include "model/measure.h"
#include "variates/variates.h"

#include <math.h>

double model_normal_reach(double level)
{
    return variate_normal_quantile((1 + level) / 2);
}

static void refuse(model_readings *r, const tdo_error_shape *shape, size_t row, double x,
                   double low, double high)
{
    tdo_sink o = tdo_sink_memory(r->a);
    tdo_puts(&o, "the reading ");
    tdo_put_number(&o, x);
    tdo_puts(&o, " lies outside of its interval, ");
    tdo_put_number(&o, low);
    tdo_puts(&o, " to ");
    tdo_put_number(&o, high);
    tdo_putf(&o, " (columns \"%s\" and \"%s\")", shape->low, shape->high);
    model_readings_complain(r, r->t->file, r->t->line[row], o.failed ? NULL : o.text);
}

tdo_status model_take_interval(model_readings *r, const tdo_error_shape *shape, const double *row,
                               const double *low, const double *high, tdo_spread *out)
{
    double *below = tdo_alloc(r->a, r->t->n, sizeof *below), z = model_normal_reach(shape->level);
    double *above = tdo_alloc(r->a, r->t->n, sizeof *above);
    double *se = tdo_alloc(r->a, r->n, sizeof *se);
    if (!below || !above || !se)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < r->t->n; i++) {
        if (row[i] < low[i] || row[i] > high[i])
            refuse(r, shape, i, row[i], low[i], high[i]);
        bool known = !isnan(low[i]) && !isnan(high[i]);
        below[i] = known ? (row[i] - low[i]) / z : (double)NAN;
        above[i] = known ? (high[i] - row[i]) / z : (double)NAN;
    }
    const double *lower = model_by_candidate(r, row, below);
    const double *upper = model_by_candidate(r, row, above);
    if (!lower || !upper)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < r->n; i++)
        se[i] = (lower[i] + upper[i]) / 2;
    *out = (tdo_spread){.se = se, .below = lower, .above = upper};
    return TDO_OK;
}
