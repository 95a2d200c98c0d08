/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stays first where less is uncertain, or errors are shared. */
#include "sampling/inquiry.h"

#include <math.h>

static const pass_request who_is_first = {.want = PASS_FIRST};

/* ---- the leaders where nobody said how the errors are shared ---- */

tdo_status sampling_pose_correlated(sampling_inquiry *q)
{
    sampling_setting set = sampling_all_uncertain(q);
    bool unknown = false;
    for (size_t k = 0; k < q->out->n_noise; k++)
        unknown |= q->out->noise[k].unstated;
    q->correlated = TDO_NONE;
    set.correlation = NOISE_CORRELATED;
    return unknown ? sampling_pose(q, &set, &who_is_first, &q->correlated) : TDO_OK;
}

tdo_status sampling_set_correlated(sampling_inquiry *q)
{
    const pass_result *p = sampling_answer(q, q->correlated);
    if (!p)
        return TDO_OK;
    double *first = tdo_alloc(q->a, q->c->f, sizeof *first);
    for (size_t i = 0; first && i < q->c->f; i++)
        first[i] = sampling_share(p->first[i], p->done);
    q->out->correlated = first;
    return first ? TDO_OK : TDO_E_MEMORY;
}

/* ---- the doubt by source ---- */

/* The source is held, or alone. */
static tdo_status pose(sampling_inquiry *q, const tdo_doubt_source *source, bool alone, size_t *at)
{
    size_t n = q->out->n_noise, s = q->c->s;
    bool *noise = tdo_alloc(q->a, n, sizeof *noise), *weights = tdo_alloc(q->a, s, sizeof *weights);
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
    return sampling_pose(q, &set, &who_is_first, at);
}

/* Each source is two passes over the samples. */
static bool is_too_much(const sampling_inquiry *q)
{
    size_t open = q->out->n_noise + q->powers;
    for (size_t h = 0; h < q->c->s; h++)
        open += q->weights[h];
    return q->c->f > TDO_ROBUST_PAIRS || open > TDO_ROBUST_SOURCES;
}

tdo_status sampling_pose_doubt(sampling_inquiry *q)
{
    tdo_robust *out = q->out;
    size_t most = is_too_much(q) ? 0 : out->n_noise + q->c->s + 1;
    out->many_sources = most == 0 && q->c->f <= TDO_ROBUST_PAIRS;
    tdo_doubt_source *x = tdo_alloc(q->a, most, sizeof *x);
    q->without = tdo_alloc(q->a, most, sizeof *q->without);
    q->alone = tdo_alloc(q->a, most, sizeof *q->alone);
    if (!x || !q->without || !q->alone)
        return TDO_E_MEMORY;
    out->doubt = x;
    for (size_t k = 0; most > 0 && k < out->n_noise; k++)
        x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_NOISE, .index = k};
    for (size_t h = 0; most > 0 && h < q->c->s; h++)
        if (q->weights[h])
            x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_WEIGHTS, .index = h};
    if (most > 0 && q->powers)
        x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_POWERS};
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < out->n_doubt && status == TDO_OK; k++) {
        status = pose(q, &x[k], false, &q->without[k]);
        if (status == TDO_OK)
            status = pose(q, &x[k], true, &q->alone[k]);
    }
    return status;
}

void sampling_set_doubt(sampling_inquiry *q)
{
    tdo_robust *out = q->out;
    const uint32_t top = q->c->k->r->top;
    bool all = out->n_doubt > 0;
    for (size_t k = 0; k < out->n_doubt; k++) {
        const pass_result *without = sampling_answer(q, q->without[k]);
        const pass_result *alone = sampling_answer(q, q->alone[k]);
        out->doubt[k].without = without ? sampling_share(without->first[top], without->done) : NAN;
        out->doubt[k].alone = alone ? sampling_share(alone->first[top], alone->done) : NAN;
        all &= without && alone;
    }
    out->doubted = all;
    out->stays = out->candidate[top].first;
}
