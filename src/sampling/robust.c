/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is: passes over the samples, one for each question. SMAA (Lahdelma and
 * Salminen 2001) for ranks, central weights and confidence. */
#include "tradeoff/robust.h"
#include "fleet/fleet.h"
#include "sampling/learn.h"

#include <math.h>

/* Doubles of central weights, at most. */
#define MOST_CENTRAL 4000000

/* Rows of items that each sample looks at again: those that quantiles are of. */
static size_t rows_looked_at(const tdo_measured *x)
{
    size_t rows = 0;
    for (size_t k = 0; k < x->n_items; k++)
        for (size_t c = 0; c < x->items[k].n; c++)
            rows += x->items[k].of[c].score ? 0 : x->items[k].of[c].start[x->n];
    return rows;
}

uint64_t tdo_default_samples(const tdo_measured *x, size_t feasible)
{
    const uint64_t least = 1000, work = 40000000;
    const size_t each = feasible + rows_looked_at(x);
    uint64_t most = each ? work / each : TDO_ROBUST_SAMPLES;
    most = most > least ? most : least;
    return most < TDO_ROBUST_SAMPLES ? most : TDO_ROBUST_SAMPLES;
}

tdo_status tdo_find_uncertain(const tdo_case *k, tdo_arena *a, bool *out)
{
    noise_plan noise;
    tdo_status status = noise_make_plan(k->s, k->x, a, &noise);
    if (status != TDO_OK)
        return status;
    *out = noise.n > 0 || (k->regions && k->regions->powers.open);
    for (size_t h = 0; k->regions && h < k->s->n_stakeholders; h++)
        *out |= k->regions->region[h].open;
    return TDO_OK;
}

/* ---- the first question: everything is uncertain ---- */

static bool counts_frontier(const sampling_inquiry *q)
{
    return q->c->f <= TDO_ROBUST_FRONTIER || !q->any_noise;
}

static tdo_status set_candidate(const sampling_inquiry *q, const pass_result *p, size_t i,
                                bool frontier)
{
    const sampling_case *c = q->c;
    tdo_robust_candidate *x = &q->out->candidate[i];
    uint64_t n = p->done;
    double *rank = tdo_alloc(q->a, q->out->ranks, sizeof *rank);
    double *regret = tdo_alloc(q->a, c->s, sizeof *regret), *central = NULL;
    bool centred = p->central && p->led[i] >= TDO_ROBUST_CENTRAL;
    central = centred ? tdo_alloc(q->a, c->s * c->d, sizeof *central) : NULL;
    if (!rank || !regret || (centred && !central))
        return TDO_E_MEMORY;
    for (size_t r = 0; r < q->out->ranks; r++)
        rank[r] = sampling_share(p->rank[i * q->out->ranks + r], n);
    for (size_t h = 0; h < c->s; h++)
        regret[h] = p->regret[h * c->f + i] / (double)n;
    for (size_t w = 0; centred && w < c->s * c->d; w++)
        central[w] = p->central[i * c->s * c->d + w] / (double)p->led[i];
    *x = (tdo_robust_candidate){.rank = rank,
                                .first = sampling_share(p->first[i], n),
                                .feasible = (double)p->holds[i] / (double)n,
                                .first_and_feasible = sampling_share(p->first_holds[i], n),
                                .on_frontier = NAN,
                                .expected = p->score[i] / (double)n,
                                .central = central,
                                .confidence = NAN,
                                .regret = regret};
    x->first_se = pass_share_error(p->first[i], n);
    if (frontier)
        x->on_frontier = p->frontier ? (double)p->frontier[i] / (double)n : c->k->front->member[i];
    return TDO_OK;
}

static void set_leaders(tdo_robust *out, const uint32_t *order, size_t f)
{
    out->most_often = out->best_expected = order[0];
    for (size_t k = 1; k < f; k++) {
        uint32_t i = order[k];
        if (out->candidate[i].first > out->candidate[out->most_often].first)
            out->most_often = i;
        if (out->candidate[i].expected > out->candidate[out->best_expected].expected + TDO_TIE)
            out->best_expected = i;
    }
}

static tdo_status pose_all(sampling_inquiry *q)
{
    const sampling_case *c = q->c;
    bool frontier = counts_frontier(q), few = c->f <= TDO_ROBUST_RANKS;
    pass_request want = {.want = PASS_FIRST | PASS_RANKS | PASS_LIMITS | PASS_MEANS,
                         .until = q->o->until};
    sampling_rivals *rivals = tdo_alloc(q->a, 1, sizeof *rivals);
    tdo_status status = rivals ? TDO_OK : TDO_E_MEMORY;
    want.ranks = q->out->ranks = few ? c->f : TDO_ROBUST_FIRST_RANKS + 1;
    if (frontier && q->any_noise && status == TDO_OK) {
        status = sampling_find_rivals(c, q->a, rivals);
        want.rivals = rivals;
        want.want |= PASS_FRONTIER;
    }
    if (c->f * c->s * c->d <= MOST_CENTRAL)
        want.want |= PASS_CENTRAL;
    const sampling_setting set = sampling_all_uncertain(q);
    return status == TDO_OK ? sampling_pose(q, &set, &want, &q->all) : status;
}

static tdo_status set_all(sampling_inquiry *q)
{
    const pass_result *p = &q->together.found[q->all];
    tdo_status status = TDO_OK;
    q->out->candidate = tdo_alloc(q->a, q->c->f, sizeof *q->out->candidate);
    if (!q->out->candidate)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < q->c->f && p->done && status == TDO_OK; i++)
        status = set_candidate(q, p, i, counts_frontier(q));
    if (status == TDO_OK && p->done)
        set_leaders(q->out, q->c->k->r->order, q->c->f);
    return status;
}

/* ---- the stage ---- */

static tdo_status set_uncertain(sampling_inquiry *q)
{
    tdo_robust *out = q->out;
    q->noise = tdo_alloc(q->a, out->n_noise, sizeof *q->noise);
    q->weights = tdo_alloc(q->a, q->c->s, sizeof *q->weights);
    q->no_weights = tdo_alloc(q->a, q->c->s, sizeof *q->no_weights);
    if (!q->noise || !q->weights || !q->no_weights)
        return TDO_E_MEMORY;
    q->any_noise = out->n_noise > 0;
    for (size_t n = 0; n < out->n_noise; n++)
        q->noise[n] = true;
    for (size_t h = 0; h < q->c->s; h++) {
        q->weights[h] = q->c->region[h].way != VARIATE_FIXED;
        q->any_wishes |= q->weights[h];
    }
    q->powers = q->c->powers.way != VARIATE_FIXED;
    q->any_wishes |= q->powers;
    return TDO_OK;
}

/* Criteria whose cells have errors that are not drawn: those of joint draws. */
static tdo_status set_exact_groups(const tdo_case *k, tdo_arena *a, tdo_robust *out)
{
    size_t *list = tdo_alloc(a, k->x->d, sizeof *list);
    if (!list)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < k->x->d && k->x->draws > 0; c++)
        if (k->s->criteria[c].groups && !k->s->criteria[c].has_se && k->x->se && k->x->se[c])
            list[out->n_exact_groups++] = c;
    out->exact_groups = list;
    return TDO_OK;
}

static tdo_status pose_first(sampling_inquiry *q)
{
    tdo_status status = pose_all(q);
    q->by_noise = q->correlated = TDO_NONE;
    if (status == TDO_OK && q->any_noise)
        status = sampling_pose_spread(q);
    if (status == TDO_OK && q->any_noise)
        status = sampling_pose_correlated(q);
    if (status == TDO_OK && (q->any_noise || q->any_wishes))
        status = sampling_pose_doubt(q);
    return status;
}

static tdo_status ask(sampling_inquiry *q)
{
    tdo_status status = set_uncertain(q);
    if (status == TDO_OK)
        status = pose_first(q);
    if (status == TDO_OK)
        status = sampling_ask(q);
    if (status == TDO_OK)
        status = set_all(q);
    if (status != TDO_OK || !q->out->samples)
        return status;
    status = sampling_set_correlated(q);
    sampling_set_doubt(q);
    const pass_result *spread = sampling_answer(q, q->by_noise);
    q->by_noise = TDO_NONE;
    q->together = (sampling_questions){.n = 0}; /* what follows builds on the answers */
    if (status == TDO_OK && spread)
        status = sampling_pose_tie(q, spread);
    if (status == TDO_OK)
        status = sampling_pose_information(q);
    if (status == TDO_OK)
        status = sampling_ask(q);
    if (status == TDO_OK)
        status = sampling_set_tie(q);
    if (status != TDO_OK)
        return status;
    sampling_set_information(q);
    return fleet_leads(q->o->fleet) ? sampling_learn(q) : TDO_OK;
}

tdo_status tdo_sample(const tdo_case *k, const tdo_robust_options *o, tdo_arena *a, tdo_robust *out)
{
    noise_plan noise;
    sampling_case c;
    *out = (tdo_robust){.seed = k->s->sampling.seed,
                        .level = k->s->sampling.level,
                        .optimism = NAN,
                        .information = {.swap_to = UINT32_MAX, .changes = NAN, .per_utility = NAN}};
    sampling_inquiry q = {.c = &c, .o = o, .settled = *o, .a = a, .out = out};
    tdo_status status = noise_make_plan(k->s, k->x, a, &noise);
    if (status != TDO_OK)
        return status;
    out->noise = tdo_alloc(a, noise.n, sizeof *out->noise);
    if (!out->noise)
        return TDO_E_MEMORY;
    for (size_t n = out->n_noise = noise.n; n-- > 0;)
        out->noise[n] = noise.source[n].error;
    status = set_exact_groups(k, a, out);
    if (status != TDO_OK || k->f->feasible_n == 0 || o->samples == 0)
        return status;
    status = noise_factorise(&noise, NULL, a);
    if (status == TDO_OK)
        status = sampling_case_make(k, &noise, a, &c);
    c.each_draw = o->each_draw;
    return status == TDO_OK ? ask(&q) : status;
}
