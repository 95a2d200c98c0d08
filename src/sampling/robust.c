/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is: passes over the samples, one for each question. SMAA (Lahdelma and
 * Salminen 2001) for ranks, central weights and confidence. */
#include "tradeoff/robust.h"
#include "base/sort.h"
#include "sampling/pass.h"

#include <math.h>
#include <string.h>

/* Where correlations are not stated: as nearly alike as a common test set makes them. */
#define CORRELATED 0.9
/* Doubles of central weights, at most. */
#define MOST_CENTRAL 4000000

/* A question at work. */
typedef struct inquiry {
    const sampling_case *c;
    const tdo_robust_options *o;
    tdo_arena *a;
    tdo_robust *out;
    bool *noise;   /* [noise] all that is uncertain */
    bool *weights; /* [s] */
    bool any_noise, any_weights;
} inquiry;

uint64_t tdo_default_samples(size_t feasible)
{
    const uint64_t least = 1000, work = 40000000;
    uint64_t most = feasible ? work / feasible : TDO_ROBUST_SAMPLES;
    most = most > least ? most : least;
    return most < TDO_ROBUST_SAMPLES ? most : TDO_ROBUST_SAMPLES;
}

static sampling_setting all_uncertain(const inquiry *q)
{
    return (sampling_setting){.seed = q->out->seed, .noise = q->noise, .weights = q->weights};
}

static double share_of(uint64_t count, uint64_t samples)
{
    return (double)count / ((double)PASS_UNIT * (double)samples);
}

/* The standard error of a share of n samples, from the mean of its uniform prior. */
static double share_error(double share, uint64_t n)
{
    double q = (share * (double)n + 0.5) / ((double)n + 1);
    return sqrt(q * (1 - q) / (double)n);
}

/* ---- the first pass: everything is uncertain ---- */

static tdo_status set_candidate(const inquiry *q, const pass_result *p, size_t i, bool frontier)
{
    const sampling_case *c = q->c;
    tdo_robust_candidate *x = &q->out->of[i];
    uint64_t n = p->done;
    double *rank = tdo_alloc(q->a, q->out->ranks, sizeof *rank);
    double *regret = tdo_alloc(q->a, c->s, sizeof *regret), *central = NULL;
    bool centred = p->central && p->led[i] >= TDO_ROBUST_CENTRAL;
    central = centred ? tdo_alloc(q->a, c->s * c->d, sizeof *central) : NULL;
    if (!rank || !regret || (centred && !central))
        return TDO_E_MEMORY;
    for (size_t r = 0; r < q->out->ranks; r++)
        rank[r] = share_of(p->rank[i * q->out->ranks + r], n);
    for (size_t h = 0; h < c->s; h++)
        regret[h] = p->regret[h * c->f + i] / (double)n;
    for (size_t w = 0; centred && w < c->s * c->d; w++)
        central[w] = p->central[i * c->s * c->d + w] / (double)p->led[i];
    *x = (tdo_robust_candidate){.rank = rank,
                                .first = share_of(p->first[i], n),
                                .feasible = (double)p->holds[i] / (double)n,
                                .first_and_feasible = share_of(p->first_holds[i], n),
                                .on_frontier = NAN,
                                .expected = p->score[i] / (double)n,
                                .central = central,
                                .confidence = NAN,
                                .regret = regret};
    x->first_se = share_error(x->first, n);
    if (frontier)
        x->on_frontier = p->frontier ? (double)p->frontier[i] / (double)n : c->k->front->member[i];
    return TDO_OK;
}

static void set_leaders(tdo_robust *out, const uint32_t *order, size_t f)
{
    out->most_often = out->best_expected = order[0];
    for (size_t k = 1; k < f; k++) {
        uint32_t i = order[k];
        if (out->of[i].first > out->of[out->most_often].first)
            out->most_often = i;
        if (out->of[i].expected > out->of[out->best_expected].expected + TDO_TIE)
            out->best_expected = i;
    }
}

static tdo_status count_all(inquiry *q)
{
    const sampling_case *c = q->c;
    bool frontier = c->f <= TDO_ROBUST_FRONTIER || !q->any_noise, few = c->f <= TDO_ROBUST_RANKS;
    pass_request want = {.want = PASS_FIRST | PASS_RANKS | PASS_LIMITS | PASS_MEANS};
    pass_result p;
    want.ranks = q->out->ranks = few ? c->f : TDO_ROBUST_FIRST_RANKS + 1;
    sampling_rivals rivals = {.start = NULL};
    tdo_status status = TDO_OK;
    if (frontier && q->any_noise) {
        status = sampling_find_rivals(c, q->a, &rivals);
        want.rivals = &rivals;
        want.want |= PASS_FRONTIER;
    }
    if (c->f * c->s * c->d <= MOST_CENTRAL)
        want.want |= PASS_CENTRAL;
    const sampling_setting set = all_uncertain(q);
    if (status == TDO_OK)
        status = sampling_pass(c, &set, &want, q->o, q->a, &p);
    q->out->of = tdo_alloc(q->a, c->f, sizeof *q->out->of);
    if (status != TDO_OK || !q->out->of)
        return status == TDO_OK ? TDO_E_MEMORY : status;
    q->out->samples = p.done;
    q->out->interrupted = p.done < q->o->samples;
    for (size_t i = 0; i < c->f && p.done && status == TDO_OK; i++)
        status = set_candidate(q, &p, i, frontier);
    if (status == TDO_OK && p.done)
        set_leaders(q->out, c->k->r->order, c->f);
    return status;
}

/* ---- only who is first ---- */

/* Another question to all samples. False: interrupted. */
static bool goes_on(const inquiry *q, const pass_result *p)
{
    if (p->done < q->o->samples)
        q->out->interrupted = true;
    return !q->out->interrupted;
}

static tdo_status find_first(const inquiry *q, const sampling_setting *set, pass_result *p)
{
    const pass_request want = {.want = PASS_FIRST};
    return sampling_pass(q->c, set, &want, q->o, q->a, p);
}

/* The leaders where nobody said how the errors are shared. */
static tdo_status find_correlated(inquiry *q)
{
    sampling_setting set = all_uncertain(q);
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
        first[i] = share_of(p.first[i], p.done);
    if (goes_on(q, &p))
        q->out->correlated = first;
    return TDO_OK;
}

/* How often the one that is first now stays first where source k is held, or alone. */
static tdo_status find_stay(inquiry *q, const tdo_doubt_source *source, bool alone, double *out)
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
    const sampling_setting set = {.seed = q->out->seed, .noise = noise, .weights = weights};
    tdo_status status = find_first(q, &set, &p);
    if (status == TDO_OK && goes_on(q, &p))
        *out = share_of(p.first[q->c->k->r->top], p.done);
    return status;
}

static tdo_status find_doubt(inquiry *q)
{
    tdo_robust *out = q->out;
    tdo_doubt_source *x = tdo_alloc(q->a, out->n_noise + q->c->s, sizeof *x);
    tdo_status status = x ? TDO_OK : TDO_E_MEMORY;
    if (q->c->f > TDO_ROBUST_PAIRS || status != TDO_OK)
        return status;
    out->doubt = x;
    for (size_t k = 0; k < out->n_noise; k++)
        x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_NOISE, .index = k};
    for (size_t h = 0; h < q->c->s; h++)
        if (q->weights[h])
            x[out->n_doubt++] = (tdo_doubt_source){.kind = TDO_DOUBT_WEIGHTS, .index = h};
    for (size_t k = 0; k < out->n_doubt && status == TDO_OK && !out->interrupted; k++) {
        status = find_stay(q, &x[k], false, &x[k].without);
        if (status == TDO_OK && !out->interrupted)
            status = find_stay(q, &x[k], true, &x[k].alone);
    }
    out->doubted = status == TDO_OK && !out->interrupted;
    out->stays = out->of[q->c->k->r->top].first;
    return status;
}

/* ---- by noise alone, at nominal wishes ---- */

/* mean, per_sd, lead of the request from the moments. */
static void set_spread(const inquiry *q, const pass_result *p, double *mean, double *per_sd,
                       double *lead, pass_request *want)
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
static tdo_status set_tie(const inquiry *q, const pass_request *want, const pass_result *p)
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

/* The ten most often first that have central weights, and these. */
static tdo_status set_asked(const inquiry *q, pass_request *want)
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

/* The same wishes for all samples: what noise alone does. */
static tdo_status find_by_noise(inquiry *q)
{
    const sampling_case *c = q->c;
    size_t m = c->f < TDO_ROBUST_PAIRS ? c->f : TDO_ROBUST_PAIRS;
    bool *none = tdo_alloc(q->a, c->s, sizeof *none);
    double *mean = tdo_alloc(q->a, m, sizeof *mean), *lead = tdo_alloc(q->a, m, sizeof *lead);
    double *per_sd = tdo_alloc(q->a, m * m, sizeof *per_sd);
    sampling_setting set = all_uncertain(q);
    pass_request spread = {.want = PASS_SPREAD, .among = c->k->r->order, .m = m};
    pass_request more = {.among = c->k->r->order, .m = m};
    pass_result p;
    if (!none || !mean || !lead || !per_sd)
        return TDO_E_MEMORY;
    set.weights = none;
    tdo_status status = sampling_pass(c, &set, &spread, q->o, q->a, &p);
    if (status != TDO_OK || !goes_on(q, &p))
        return status;
    q->out->optimism = *p.flattered / (double)p.done;
    if (!tdo_rule_about[c->k->s->rule]->in_stages && c->f <= TDO_ROBUST_PAIRS) {
        set_spread(q, &p, mean, per_sd, lead, &more);
        more.want |= PASS_TIE;
    }
    status = set_asked(q, &more);
    if (more.n_asked > 0)
        more.want |= PASS_CONFIDENT;
    if (status == TDO_OK)
        status = sampling_pass(c, &set, &more, q->o, q->a, &p);
    if (status != TDO_OK || !goes_on(q, &p))
        return status;
    for (size_t k = 0; k < more.n_asked; k++)
        q->out->of[more.asked[k]].confidence = share_of(p.confident[k], p.done);
    return more.want & PASS_TIE ? set_tie(q, &more, &p) : TDO_OK;
}

/* ---- the stage ---- */

static tdo_status set_uncertain(inquiry *q)
{
    tdo_robust *out = q->out;
    const tdo_case *k = q->c->k;
    size_t *weights = tdo_alloc(q->a, q->c->s, sizeof *weights);
    q->noise = tdo_alloc(q->a, out->n_noise, sizeof *q->noise);
    q->weights = tdo_alloc(q->a, q->c->s, sizeof *q->weights);
    if (!q->noise || !q->weights || !weights)
        return TDO_E_MEMORY;
    q->any_noise = out->n_noise > 0;
    for (size_t n = 0; n < out->n_noise; n++)
        q->noise[n] = true;
    for (size_t h = 0; h < q->c->s; h++) {
        q->weights[h] = q->c->region[h].way != SAMPLING_FIXED;
        q->any_weights |= q->weights[h];
        if (!q->weights[h] && k->regions && k->regions->of[h].open)
            weights[out->n_exact_weights++] = h;
    }
    out->exact_weights = weights;
    return TDO_OK;
}

/* Criteria whose cells have errors: these are not sampled. */
static tdo_status set_exact_groups(const tdo_case *k, tdo_arena *a, tdo_robust *out)
{
    size_t *list = tdo_alloc(a, k->x->d, sizeof *list);
    if (!list)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < k->x->d; c++)
        if (k->s->criteria[c].groups && !k->s->criteria[c].has_se && k->x->se && k->x->se[c])
            list[out->n_exact_groups++] = c;
    out->exact_groups = list;
    return TDO_OK;
}

static tdo_status ask(inquiry *q)
{
    tdo_status status = set_uncertain(q);
    if (status == TDO_OK)
        status = count_all(q);
    if (status == TDO_OK && !q->out->interrupted && q->any_noise)
        status = find_by_noise(q);
    if (status == TDO_OK && !q->out->interrupted && q->any_noise)
        status = find_correlated(q);
    if (status == TDO_OK && !q->out->interrupted && (q->any_noise || q->any_weights))
        status = find_doubt(q);
    return status;
}

tdo_status tdo_sample(const tdo_case *k, const tdo_robust_options *o, tdo_arena *a, tdo_robust *out)
{
    noise_plan noise;
    sampling_case c;
    *out =
        (tdo_robust){.seed = k->s->sampling.seed, .level = k->s->sampling.level, .optimism = NAN};
    inquiry q = {.c = &c, .o = o, .a = a, .out = out};
    tdo_status status = noise_make_plan(k->s, k->x, a, &noise);
    if (status != TDO_OK)
        return status;
    out->noise = tdo_alloc(a, noise.n, sizeof *out->noise);
    if (!out->noise)
        return TDO_E_MEMORY;
    for (size_t n = out->n_noise = noise.n; n-- > 0;)
        out->noise[n] = noise.source[n].is;
    status = noise_judge_limits(k, &noise, a, out);
    if (status == TDO_OK)
        status = set_exact_groups(k, a, out);
    if (status != TDO_OK || k->f->feasible_n == 0)
        return status;
    status = sampling_case_make(k, &noise, a, &c);
    c.each_draw = o->each_draw;
    return status == TDO_OK ? ask(&q) : status;
}
