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
    double most = -variate_normal_quantile(doubt);
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
        if (!q->out->candidate[i].central)
            continue;
        while (at > 0 && q->out->candidate[asked[at - 1]].first < q->out->candidate[i].first)
            at--;
        size_t last = want->n_asked < TDO_ROBUST_CONFIDENT ? want->n_asked++
                                                           : TDO_ROBUST_CONFIDENT - 1;
        for (size_t move = last; move > at; move--)
            asked[move] = asked[move - 1];
        if (at <= last)
            asked[at] = i;
    }
    for (size_t k = 0; k < want->n_asked; k++)
        memcpy(weight + k * n, q->out->candidate[asked[k]].central, n * sizeof *weight);
    want->asked = asked;
    want->weight = weight;
    return TDO_OK;
}

tdo_status sampling_pose_spread(sampling_inquiry *q)
{
    const sampling_case *c = q->c;
    const sampling_setting set = sampling_noise_alone(q);
    const pass_request want = {.want = PASS_SPREAD,
                               .among = c->k->r->order,
                               .m = c->f < TDO_ROBUST_PAIRS ? c->f : TDO_ROBUST_PAIRS};
    return sampling_pose(q, &set, &want, &q->by_noise);
}

tdo_status sampling_pose_tie(sampling_inquiry *q, const pass_result *spread)
{
    const sampling_case *c = q->c;
    const sampling_setting set = sampling_noise_alone(q);
    size_t m = c->f < TDO_ROBUST_PAIRS ? c->f : TDO_ROBUST_PAIRS;
    double *mean = tdo_alloc(q->a, m, sizeof *mean), *lead = tdo_alloc(q->a, m, sizeof *lead);
    double *per_sd = tdo_alloc(q->a, m * m, sizeof *per_sd);
    pass_request *want = &q->tie;
    tdo_status status = mean && lead && per_sd ? TDO_OK : TDO_E_MEMORY;
    *want = (pass_request){.among = c->k->r->order, .m = m};
    if (status == TDO_OK)
        q->out->optimism = *spread->flattered / (double)spread->done;
    if (status == TDO_OK && !tdo_rule_about[c->k->s->rule]->in_stages) {
        set_spread(q, spread, mean, per_sd, lead, want);
        if (c->f <= TDO_ROBUST_PAIRS)
            want->want |= PASS_TIE;
        else
            status = set_wide_tie(q, want);
    }
    if (status == TDO_OK)
        status = set_asked(q, want);
    if (want->n_asked > 0 && q->any_wishes) /* else their weights are all the same */
        want->want |= PASS_CONFIDENT;
    return status == TDO_OK ? sampling_pose(q, &set, want, &q->by_noise) : status;
}

tdo_status sampling_set_tie(sampling_inquiry *q)
{
    const pass_result *p = sampling_answer(q, q->by_noise);
    for (size_t k = 0; p && k < q->tie.n_asked; k++) {
        tdo_robust_candidate *x = &q->out->candidate[q->tie.asked[k]];
        x->confidence = p->confident ? sampling_share(p->confident[k], p->done) : x->first;
    }
    return p && p->below ? set_tie(q, &q->tie, p) : TDO_OK;
}
