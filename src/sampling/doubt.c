/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stays first where less is uncertain, or errors are shared. */
#include "sampling/inquiry.h"

/* Where correlations are not stated: as nearly alike as a common test set makes them. */
#define CORRELATED 0.9

static tdo_status find_first(const sampling_inquiry *q, const sampling_setting *set, pass_result *p)
{
    const pass_request want = {.want = PASS_FIRST};
    return sampling_pass(q->c, set, &want, q->o, q->a, p);
}

/* The leaders where nobody said how the errors are shared. */
tdo_status sampling_find_correlated(sampling_inquiry *q)
{
    sampling_setting set = sampling_all_uncertain(q);
    bool unknown = false;
    pass_result p;
    for (size_t k = 0; k < q->out->n_noise; k++)
        unknown |= q->out->noise[k].unstated;
    if (!unknown)
        return TDO_OK;
    set.correlation = CORRELATED;
    tdo_status status = find_first(q, &set, &p);
    double *first = tdo_alloc(q->a, q->c->f, sizeof *first);
    if (status != TDO_OK || !first)
        return status == TDO_OK ? TDO_E_MEMORY : status;
    for (size_t i = 0; i < q->c->f && p.done; i++)
        first[i] = sampling_share(p.first[i], p.done);
    if (sampling_goes_on(q, &p))
        q->out->correlated = first;
    return TDO_OK;
}

/* How often the one that is first now stays first where source k is held, or alone. */
static tdo_status find_stay(sampling_inquiry *q, const tdo_doubt_source *source, bool alone,
                            double *out)
{
    size_t n = q->out->n_noise, s = q->c->s;
    bool *noise = tdo_alloc(q->a, n, sizeof *noise), *weights = tdo_alloc(q->a, s, sizeof *weights);
    pass_result p;
    if (!noise || !weights)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        noise[k] = (source->kind == TDO_DOUBT_NOISE && source->index == k) == alone;
    for (size_t h = 0; h < s; h++)
        weights[h] = q->weights[h] &&
                     (source->kind == TDO_DOUBT_WEIGHTS && source->index == h) == alone;
    const sampling_setting set = {.seed = q->out->seed,
                                  .noise = noise,
                                  .weights = weights,
                                  .powers = q->powers &&
                                            (source->kind == TDO_DOUBT_POWERS) == alone};
    tdo_status status = find_first(q, &set, &p);
    if (status == TDO_OK && sampling_goes_on(q, &p))
        *out = sampling_share(p.first[q->c->k->r->top], p.done);
    return status;
}

tdo_status sampling_find_doubt(sampling_inquiry *q)
{
    tdo_robust *out = q->out;
    tdo_doubt_source *x = tdo_alloc(q->a, out->n_noise + q->c->s + 1, sizeof *x);
    tdo_status status = x ? TDO_OK : TDO_E_MEMORY;
    if (q->c->f > TDO_ROBUST_PAIRS || status != TDO_OK)
        return status;
    out->doubt = x;
    for (size_t k = 0; k < out->n_noise; k++)
        x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_NOISE, .index = k};
    for (size_t h = 0; h < q->c->s; h++)
        if (q->weights[h])
            x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_WEIGHTS, .index = h};
    if (q->powers)
        x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_POWERS};
    for (size_t k = 0; k < out->n_doubt && status == TDO_OK && !out->interrupted; k++) {
        status = find_stay(q, &x[k], false, &x[k].without);
        if (status == TDO_OK && !out->interrupted)
            status = find_stay(q, &x[k], true, &x[k].alone);
    }
    out->doubted = status == TDO_OK && !out->interrupted;
    out->stays = out->of[q->c->k->r->top].first;
    return status;
}
