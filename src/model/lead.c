/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure a lead of one candidate over another is, without samples. */
#include "tradeoff/decision.h"
#include "variates/variates.h"

#include <math.h>

static double se_of(const tdo_measured *x, size_t c, size_t i)
{
    const double *se = x->se ? x->se[c] : NULL;
    return se && !isnan(se[i]) ? se[i] : 0;
}

static double covariance(const tdo_case *k, size_t c, size_t i, size_t j)
{
    const tdo_shared_error *with = k->f->doubts->shared ? &k->f->doubts->shared[c] : NULL;
    const size_t low = i < j ? i : j, high = i < j ? j : i;
    if (with && with->covariance)
        return with->covariance[high * (high + 1) / 2 + low];
    return with ? with->correlation * se_of(k->x, c, i) * se_of(k->x, c, j) : 0;
}

double tdo_lead_holds(const tdo_case *k, uint32_t a, uint32_t b, double lead)
{
    const size_t i = k->f->feasible[a], j = k->f->feasible[b];
    double variance = 0;
    if (k->s->rule != TDO_RULE_WEIGHTED || !k->f->doubts || !k->f->doubts->plain)
        return NAN;
    for (size_t c = 0; c < k->x->d; c++) {
        const double span = k->v->best[c] - k->v->worst[c], x = se_of(k->x, c, i),
                     y = se_of(k->x, c, j);
        const double by = span > 0 || span < 0 ? k->u->group_weight[c] / span : 0;
        variance += by * by * (x * x + y * y - 2 * covariance(k, c, i, j));
    }
    if (variance > 0)
        return variate_normal_below(lead / sqrt(variance));
    return lead > TDO_TIE ? 1 : 0.5;
}
