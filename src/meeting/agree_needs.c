/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does anybody meet all needs? Else a split of as few as possible; else which needs clash. Needs
 * are bounds on readings, so that the split is one of tdo_mix_solve with these limits. */
#include "meeting/agree.h"

#include <math.h>

static size_t count_needs(const tdo_scenario *s)
{
    size_t n = 0;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        n += s->stakeholders[h].n_needs;
    return n;
}

static bool meets(const tdo_case *k, const tdo_need *need, size_t i)
{
    const size_t at = need->criterion;
    const double x = k->x->reading[at][i], rest = tdo_rest(k->x, at, i);
    return !(need->has_min && tdo_beyond(x, rest, need->min) < 0) &&
           !(need->has_max && tdo_beyond(x, rest, need->max) > 0);
}

static tdo_status find_single(agree *g, size_t needs)
{
    const tdo_case *k = g->k;
    tdo_agree_needs *out = &g->out->needs;
    uint32_t *single = tdo_alloc(g->a, k->v->f, sizeof *single);
    if (!single)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < k->v->f; q++) {
        const uint32_t slot = k->r->order[q];
        bool all = true;
        for (size_t n = 0, h = 0; n < needs && all; n++)
            all = meets(k, tdo_need_at(k->s, n, &h), k->f->feasible[slot]);
        if (all)
            single[out->n_single++] = slot;
    }
    out->single = single;
    return TDO_OK;
}

/* ---- splits ---- */

/* A scenario whose split must meet all needs. */
typedef struct needing {
    agree *g;
    size_t needs;
    size_t own; /* limits of the mix that come first */
    tdo_scenario s;
    tdo_measured x;
    tdo_constraint *limit; /* [own + needs] */
} needing;

static tdo_status make(agree *g, size_t needs, bool within_mix, needing *out)
{
    const tdo_case *k = g->k;
    const tdo_mix_options *mix = &k->s->mix;
    *out = (needing){.g = g, .needs = needs, .own = within_mix ? mix->n_limits : 0};
    const size_t n = out->own + needs;
    out->limit = tdo_alloc(g->a, n, sizeof *out->limit);
    const double **column = tdo_alloc(g->a, n, sizeof *column);
    if (!out->limit || !column)
        return TDO_E_MEMORY;
    for (size_t q = 0, h = 0; q < n; q++) {
        if (q < out->own) {
            out->limit[q] = mix->limits[q];
            column[q] = k->x->mix_limited ? k->x->mix_limited[q] : NULL;
            continue;
        }
        const tdo_need *need = tdo_need_at(k->s, q - out->own, &h);
        out->limit[q] = (tdo_constraint){.condition = {.criterion = need->criterion,
                                                       .has_min = need->has_min,
                                                       .has_max = need->has_max,
                                                       .min = need->min,
                                                       .max = need->max},
                                         .owner = "",
                                         .why = "",
                                         .stakeholder = h};
    }
    out->s = *k->s;
    out->s.mix = (tdo_mix_options){.asked = true,
                                   .rule = TDO_MIX_WEIGHTED,
                                   .min_share = within_mix ? mix->min_share : 0,
                                   .limits = out->limit,
                                   .n_limits = n};
    out->x = *k->x;
    out->x.mix_limited = column;
    out->x.mix_limited_rest = NULL;
    return TDO_OK;
}

static tdo_status solve(needing *n, size_t models, tdo_mix *out)
{
    tdo_case k = *n->g->k;
    n->s.mix.max_models = models;
    k.s = &n->s;
    k.x = &n->x;
    return tdo_mix_solve(&k, n->g->a, out, n->g->err);
}

/* Narrows [low, high], the shares of candidate i beside j, to those that keep one bound. */
static void narrow(const needing *n, const tdo_mix_share *pair, const tdo_mix_limit *limit,
                   double *low, double *high)
{
    const size_t c = limit->constraint->condition.criterion,
                 at = (size_t)(limit->constraint - n->limit);
    const tdo_measured *x = &n->x;
    const double *reading = c != TDO_NONE ? x->reading[c] : x->mix_limited[at];
    const size_t i = pair[0].candidate, j = pair[1].candidate;
    const double rest_i = c != TDO_NONE ? tdo_rest(x, c, i) : 0;
    const double rest_j = c != TDO_NONE ? tdo_rest(x, c, j) : 0;
    const double lacks = -tdo_beyond(reading[j], rest_j, limit->bound);
    const double gains = tdo_beyond(reading[i], rest_i, reading[j]) - rest_j;
    if (limit->each || !(gains > 0 || gains < 0))
        return; /* both keep it, or both are the same */
    if ((gains > 0) == limit->is_max)
        *high = fmin(*high, lacks / gains);
    else
        *low = fmax(*low, lacks / gains);
}

static void set_range(const needing *n, const tdo_mix *mix, tdo_agree_needs *out)
{
    double low = n->s.mix.min_share, high = 1 - n->s.mix.min_share;
    for (size_t q = 0; q < 4; q++)
        out->range[q / 2][q % 2] = NAN;
    if (mix->n_shares != 2)
        return;
    for (size_t q = 0; q < mix->limits; q++)
        narrow(n, mix->shares, &mix->limit[q], &low, &high);
    out->range[0][0] = fmax(low, 0);
    out->range[0][1] = fmin(high, 1);
    out->range[1][0] = 1 - out->range[0][1];
    out->range[1][1] = 1 - out->range[0][0];
}

/* A split of two, else of as few as are needed. Somebody alone, who misses a need by less than a
 * split's limits are held to, is none: then nothing is known. */
static tdo_status find_split(needing *n, bool within_mix, tdo_mix *mix)
{
    tdo_agree_needs *out = &n->g->out->needs;
    tdo_status status = solve(n, 2, mix);
    if (status == TDO_OK && mix->status == TDO_MIX_INFEASIBLE && mix->clash.models > 2)
        status = solve(n, mix->clash.models, mix);
    if (status == TDO_OK && mix->status != TDO_MIX_OPTIMAL && mix->n_shares == 0 &&
        mix->clash.models != 0)
        status = solve(n, 0, mix);
    if (status != TDO_OK || mix->n_shares < 2)
        return status;
    out->split = true;
    out->within_mix = within_mix;
    out->share = mix->shares;
    out->n_shares = mix->n_shares;
    set_range(n, mix, out);
    return TDO_OK;
}

/* ---- clashes ---- */

/* Limits as needs: both bounds of one are one. */
static tdo_status set_clashes(needing *n, const tdo_mix *mix)
{
    tdo_agree_needs *out = &n->g->out->needs;
    const uint32_t **set = tdo_alloc(n->g->a, mix->clash.sets, sizeof *set);
    size_t *size = tdo_alloc(n->g->a, mix->clash.sets, sizeof *size);
    if (!set || !size)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < mix->clash.sets; q++) {
        uint32_t *need = tdo_alloc(n->g->a, mix->clash.size[q], sizeof *need);
        if (!need)
            return TDO_E_MEMORY;
        for (size_t i = 0; i < mix->clash.size[q]; i++) {
            const tdo_mix_limit *limit = &mix->limit[mix->clash.set[q][i]];
            const uint32_t is = (uint32_t)(limit->constraint - n->limit);
            if (!size[q] || need[size[q] - 1] != is)
                need[size[q]++] = is;
        }
        set[q] = need;
    }
    out->clash = set;
    out->clash_size = size;
    out->n_clashes = mix->clash.sets;
    out->complete = mix->clash.complete;
    return TDO_OK;
}

tdo_status agree_find_needs(agree *g)
{
    const tdo_mix_options *own = &g->k->s->mix;
    const size_t needs = g->out->needs.asked = count_needs(g->k->s);
    needing n;
    tdo_mix mix = {.status = TDO_MIX_INFEASIBLE};
    tdo_status status = needs ? find_single(g, needs) : TDO_OK;
    if (status != TDO_OK || !needs || g->out->needs.n_single)
        return status;
    if (own->n_limits || own->min_share > 0) {
        status = make(g, needs, true, &n);
        if (status == TDO_OK)
            status = find_split(&n, true, &mix);
    }
    if (status != TDO_OK || g->out->needs.split)
        return status;
    status = make(g, needs, false, &n);
    if (status == TDO_OK)
        status = find_split(&n, !own->n_limits && !(own->min_share > 0), &mix);
    if (status == TDO_OK && !g->out->needs.split && mix.status == TDO_MIX_INFEASIBLE)
        status = set_clashes(&n, &mix);
    return status;
}
