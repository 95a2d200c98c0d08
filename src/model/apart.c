/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far two candidates measure apart by luck alone. */
#include "tradeoff/decision.h"

#include <math.h>

/* Of a target: is what is measured on the other side of it than more is? */
static bool is_turned(const tdo_criterion *k, double reading)
{
    return k->goal == TDO_GOAL_TARGET && reading < k->target;
}

static double covariance(const double *of, size_t i, size_t j)
{
    return i >= j ? of[i * (i + 1) / 2 + j] : of[j * (j + 1) / 2 + i];
}

double tdo_se_apart(const tdo_criterion *k, const tdo_measured *x, const tdo_limit_doubts *d,
                    size_t c, size_t i, size_t j)
{
    const double *se = x->se ? x->se[c] : NULL, *reading = x->reading + c * x->n;
    const tdo_shared_error none = {0}, *with = d && d->shared ? &d->shared[c] : &none;
    if (!se || isnan(se[i]) || isnan(se[j]))
        return NAN;
    double both = with->covariance ? covariance(with->covariance, i, j)
                                   : with->correlation * se[i] * se[j];
    if (is_turned(k, reading[i]) != is_turned(k, reading[j]))
        both = -both;
    double variance = se[i] * se[i] + se[j] * se[j] - 2 * both;
    return sqrt(variance > 0 ? variance : 0);
}
