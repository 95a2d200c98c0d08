/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says how sure it is that a limit is kept, from the standard errors of its readings. */
#include "explain/limits.h"

#include <math.h>

double speech_error_under(const tdo_run *run, size_t j, size_t i)
{
    size_t c = run->scenario->constraints[j].is.criterion;
    const double *se = c == TDO_NONE || !run->measured.se ? NULL : run->measured.se[c];
    return se ? se[i] : (double)NAN;
}

/* How far the reading of i is from the nearest bound of limit j. */
static double distance(const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].is;
    double y = run->measured.reading[is->criterion * run->measured.n + i], far = INFINITY;
    if (is->has_min)
        far = fmin(far, fabs(tdo_beyond(y, 0, is->min)));
    if (is->has_max)
        far = fmin(far, fabs(tdo_beyond(y, 0, is->max)));
    return far;
}

static void put_sure(tdo_sink *o, size_t sure, size_t of)
{
    if (sure == of)
        tdo_puts(o, of == 1 ? "it" : "all");
    else if (sure)
        tdo_putf(o, "%zu", sure);
    else
        tdo_puts(o, "none");
    tdo_puts(o, " by more than two standard errors");
}

bool speech_put_sureness(tdo_sink *o, const tdo_run *run, size_t j)
{
    size_t n[2] = {0}, sure[2] = {0}, known = 0; /* kept, broken */
    for (size_t i = 0; i < run->measured.n; i++) {
        double se = speech_error_under(run, j, i);
        size_t broken = run->screened.broken[i] >> j & 1;
        if (run->measured.dropped[i])
            continue;
        n[broken]++;
        if (isnan(se))
            continue;
        known++;
        sure[broken] += distance(run, j, i) > 2 * se;
    }
    if (!known)
        return false;
    tdo_putf(o, "%s: %zu break%s it", run->scenario->constraints[j].text, n[1],
             n[1] == 1 ? "s" : "");
    if (n[1]) {
        tdo_puts(o, ", ");
        put_sure(o, sure[1], n[1]);
    }
    tdo_putf(o, "; of %zu that keep%s it ", n[0], n[0] == 1 ? "s" : "");
    put_sure(o, sure[0], n[0]);
    return true;
}
