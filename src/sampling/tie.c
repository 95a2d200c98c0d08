/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same wishes for all samples: what noise alone does. */
#include "sampling/inquiry.h"

#include <math.h>
#include <string.h>

/* mean, per_sd, lead of the request from the moments. */
static void set_spread(const sampling_inquiry *q, const pass_result *p, double *mean,
                       double *per_sd, double *lead, pass_request *want)
{
    const double *score = q->c->k->r->by_rule[q->c->k->s->rule].score;
    size_t m = want->m;
    double n = (double)p->done;
    for (size_t i = 0; i < m; i++)
        mean[i] = p->moved[i] / n;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < i; j++) {
            double ii = p->product[i * m + i] / n - mean[i] * mean[i];
            double jj = p->product[j * m + j] / n - mean[j] * mean[j];
            double ij = p->product[i * m + j] / n - mean[i] * mean[j];
            double variance = ii + jj - 2 * ij;
            bool some = variance > 1e-14 * (ii + jj);
            per_sd[i * m + j] = per_sd[j * m + i] = some ? 1 / sqrt(variance) : 0;
        }
    for (size_t i = 0; i < m; i++) {
        lead[i] = -INFINITY;
        for (size_t j = 0; j < m; j++) {
            double d = score[want->among[j]] - score[want->among[i]];
            double by = per_sd[i * m + j] > 0 ? d * per_sd[i * m + j]
                        : d > TDO_TIE         ? INFINITY
                                              : -INFINITY;
            lead[i] = by > lead[i] ? by : lead[i];
        }
    }
    want->mean = mean;
    want->per_sd = per_sd;
    want->lead = lead;
}

/* Who is in the tie: the level-quantile of the largest lead over it is not below what the readings
 * show, so that fewer than ceil(level n) samples are. */
static tdo_status set_tie(const sampling_inquiry *q, const pass_request *want, const pass_result *p)
{
    uint32_t *tie = tdo_alloc(q->a, want->m, sizeof *tie);
    double place = ceil(q->out->level * (double)p->done - 1e-9);
    if (!tie)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < want->m; i++)
        if ((double)p->below[i] < place)
            tie[q->out->n_tie++] = want->among[i];
    q->out->tie = tie;
    return TDO_OK;
}

/* Beyond so many candidates that all leads are sampled: each pair by itself, at a level that leaves
 * no more doubt to all together (Bonferroni). Whoever is ahead of one of the best is one of them.
 */
static tdo_status set_wide_tie(const sampling_inquiry *q, const pass_request *want)
{
    uint32_t *tie = tdo_alloc(q->a, want->m, sizeof *tie);
    double doubt = (1 - q->out->level) / (double)(q->c->f - 1);
    double most = -sampling_normal_quantile(doubt);
    if (!tie)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < want->m; i++)
        if (want->lead[i] <= most)
            tie[q->out->n_tie++] = want->among[i];
    q->out->tie = tie;
    return TDO_OK;
}

/* The ten most often first that have central weights, and these. */
static tdo_status set_asked(const sampling_inquiry *q, pass_request *want)
{
    size_t f = q->c->f, n = q->c->s * q->c->d;
    uint32_t *asked = tdo_alloc(q->a, TDO_ROBUST_CONFIDENT, sizeof *asked);
    double *weight = tdo_alloc(q->a, TDO_ROBUST_CONFIDENT * n, sizeof *weight);
    if (!asked || !weight)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < f; k++) { /* in the ranking's order, so that ties go by it */
        uint32_t i = q->c->k->r->order[k];
        size_t at = want->n_asked;
        if (!q->out->of[i].central)
            continue;
        while (at > 0 && q->out->of[asked[at - 1]].first < q->out->of[i].first)
            at--;
        size_t last = want->n_asked < TDO_ROBUST_CONFIDENT ? want->n_asked++
                                                           : TDO_ROBUST_CONFIDENT - 1;
        for (size_t move = last; move > at; move--)
            asked[move] = asked[move - 1];
        if (at <= last)
            asked[at] = i;
    }
    for (size_t k = 0; k < want->n_asked; k++)
        memcpy(weight + k * n, q->out->of[asked[k]].central, n * sizeof *weight);
    want->asked = asked;
    want->weight = weight;
    return TDO_OK;
}

tdo_status sampling_find_by_noise(sampling_inquiry *q)
{
    const sampling_case *c = q->c;
    size_t m = c->f < TDO_ROBUST_PAIRS ? c->f : TDO_ROBUST_PAIRS;
    bool *none = tdo_alloc(q->a, c->s, sizeof *none);
    double *mean = tdo_alloc(q->a, m, sizeof *mean), *lead = tdo_alloc(q->a, m, sizeof *lead);
    double *per_sd = tdo_alloc(q->a, m * m, sizeof *per_sd);
    sampling_setting set = sampling_all_uncertain(q);
    pass_request spread = {.want = PASS_SPREAD, .among = c->k->r->order, .m = m};
    pass_request more = {.among = c->k->r->order, .m = m};
    pass_result p;
    if (!none || !mean || !lead || !per_sd)
        return TDO_E_MEMORY;
    set.weights = none;
    set.powers = false;
    tdo_status status = sampling_pass(c, &set, &spread, q->o, q->a, &p);
    if (status != TDO_OK || !sampling_goes_on(q, &p))
        return status;
    q->out->optimism = *p.flattered / (double)p.done;
    if (!tdo_rule_about[c->k->s->rule]->in_stages) {
        set_spread(q, &p, mean, per_sd, lead, &more);
        if (c->f <= TDO_ROBUST_PAIRS)
            more.want |= PASS_TIE;
        else
            status = set_wide_tie(q, &more);
    }
    if (status == TDO_OK)
        status = set_asked(q, &more);
    if (more.n_asked > 0)
        more.want |= PASS_CONFIDENT;
    if (status == TDO_OK)
        status = sampling_pass(c, &set, &more, q->o, q->a, &p);
    if (status != TDO_OK || !sampling_goes_on(q, &p))
        return status;
    for (size_t k = 0; k < more.n_asked; k++)
        q->out->of[more.asked[k]].confidence = sampling_share(p.confident[k], p.done);
    return more.want & PASS_TIE ? set_tie(q, &more, &p) : TDO_OK;
}
