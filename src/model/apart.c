/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far two candidates measure, or score, apart by luck alone: without samples. */
#include "tradeoff/decision.h"
#include "variates/variates.h"

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

/* An error that is not known counts as none. */
static double known(const double *se, size_t i)
{
    return se && !isnan(se[i]) ? se[i] : 0;
}

static double variance_apart(const tdo_criterion *k, const tdo_measured *x,
                             const tdo_limit_doubts *d, size_t c, size_t i, size_t j)
{
    const double *reading = x->reading[c], *se = x->se ? x->se[c] : NULL;
    const double a = known(se, i), b = known(se, j);
    const tdo_shared_error none = {0}, *with = d && d->shared ? &d->shared[c] : &none;
    double both = with->covariance ? covariance(with->covariance, i, j) : with->correlation * a * b;
    if (is_turned(k, reading[i]) != is_turned(k, reading[j]))
        both = -both;
    const double variance = a * a + b * b - 2 * both;
    return variance > 0 ? variance : 0;
}

double tdo_se_apart(const tdo_criterion *k, const tdo_measured *x, const tdo_limit_doubts *d,
                    size_t c, size_t i, size_t j)
{
    const double *se = x->se ? x->se[c] : NULL;
    if (!se || isnan(se[i]) || isnan(se[j]))
        return NAN;
    return sqrt(variance_apart(k, x, d, c, i, j));
}

double tdo_lead_holds(const tdo_case *k, uint32_t a, uint32_t b, double lead)
{
    const size_t i = k->f->feasible[a], j = k->f->feasible[b];
    double variance = 0;
    if (k->s->rule != TDO_RULE_WEIGHTED || !k->f->doubts || !k->f->doubts->plain)
        return NAN;
    for (size_t c = 0; c < k->x->d; c++) {
        const double span = k->v->best[c] - k->v->worst[c];
        const double by = span > 0 || span < 0 ? k->u->group_weight[c] / span : 0;
        variance += by * by * variance_apart(&k->s->criteria[c], k->x, k->f->doubts, c, i, j);
    }
    if (variance > 0)
        return variate_normal_below(lead / sqrt(variance));
    return lead > TDO_TIE ? 1 : 0.5;
}
