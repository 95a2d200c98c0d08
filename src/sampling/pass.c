/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goes over the samples. */
#include "sampling/pass.h"

#include <math.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#define IN_PARALLEL(pragma) _Pragma(#pragma)
#else
#define IN_PARALLEL(pragma)
#endif

enum { BLOCK = 256 }; /* samples whose sums are added up before they join the others */

/* Counts and sums of one pass, or one thread, or one block: two arrays with names. */
typedef struct tally {
    uint64_t *count;
    double *sum;
    size_t counts, sums;
    pass_result at; /* into both */
} tally;

static uint64_t *take_counts(tally *t, bool wanted, size_t n)
{
    size_t at = t->counts;
    t->counts += wanted ? n : 0;
    return wanted && t->count ? t->count + at : NULL;
}

static double *take_sums(tally *t, bool wanted, size_t n)
{
    size_t at = t->sums;
    t->sums += wanted ? n : 0;
    return wanted && t->sum ? t->sum + at : NULL;
}

/* Sets where everything stands; without arrays it only counts how much room that takes. */
static void lay_out(const sampling_case *c, const pass_request *w, tally *t)
{
    unsigned want = w->want;
    t->counts = t->sums = 0;
    t->at.first = take_counts(t, want & PASS_FIRST, c->f);
    t->at.led = take_counts(t, want & PASS_FIRST, c->f);
    t->at.rank = take_counts(t, want & PASS_RANKS, c->f * w->ranks);
    t->at.holds = take_counts(t, want & PASS_LIMITS, c->f);
    t->at.first_holds = take_counts(t, want & PASS_LIMITS, c->f);
    t->at.frontier = take_counts(t, want & PASS_FRONTIER, c->f);
    t->at.below = take_counts(t, want & PASS_TIE, w->m);
    t->at.confident = take_counts(t, want & PASS_CONFIDENT, w->n_asked);
    t->at.score = take_sums(t, want & PASS_MEANS, c->f);
    t->at.regret = take_sums(t, want & PASS_MEANS, c->s * c->f);
    t->at.central = take_sums(t, want & PASS_CENTRAL, c->f * c->s * c->d);
    t->at.moved = take_sums(t, want & PASS_SPREAD, w->m);
    t->at.product = take_sums(t, want & PASS_SPREAD, w->m * w->m);
    t->at.flattered = take_sums(t, want & PASS_SPREAD, 1);
}

static tdo_status tally_make(const sampling_case *c, const pass_request *w, tdo_arena *a, tally *t)
{
    *t = (tally){.count = NULL};
    lay_out(c, w, t);
    t->count = tdo_alloc(a, t->counts, sizeof *t->count);
    t->sum = tdo_alloc(a, t->sums, sizeof *t->sum);
    if (!t->count || !t->sum)
        return TDO_E_MEMORY;
    lay_out(c, w, t);
    return TDO_OK;
}

/* ---- one sample ---- */

/* A thread at work. */
typedef struct worker {
    const sampling_case *c;
    const pass_request *w;
    sampling_room room;
    tally mine;      /* of the block at hand */
    uint32_t *first; /* [f] */
    size_t firsts;
    bool *holds;  /* [f] do all limits hold? */
    double *gain; /* [noisy x f] FRONTIER */
    size_t noisy;
    uint32_t *tied; /* [f + 1] how many have each rank */
    double *moved;  /* [m] */
} worker;

static tdo_status worker_make(const sampling_case *c, const sampling_setting *set,
                              const pass_request *w, tdo_arena *a, worker *out)
{
    *out = (worker){.c = c, .w = w};
    out->first = tdo_alloc(a, c->f, sizeof *out->first);
    out->holds = tdo_alloc(a, c->f, sizeof *out->holds);
    out->tied = tdo_alloc(a, c->f + 1, sizeof *out->tied);
    out->moved = tdo_alloc(a, w->m, sizeof *out->moved);
    out->noisy = sampling_noisy_criteria(c);
    out->gain = tdo_alloc(a, w->want & PASS_FRONTIER ? c->f * out->noisy : 0, sizeof *out->gain);
    tdo_status status = tally_make(c, w, a, &out->mine);
    if (status == TDO_OK)
        status = sampling_room_make(c, set, a, &out->room);
    if (!out->first || !out->holds || !out->tied || !out->moved || !out->gain)
        return TDO_E_MEMORY;
    return status;
}

static void count_first(worker *k)
{
    uint64_t share = PASS_UNIT / k->firsts;
    for (size_t q = 0; q < k->firsts; q++) {
        k->mine.at.first[k->first[q]] += share;
        k->mine.at.led[k->first[q]]++;
    }
}

/* Those who are tied share their places. */
static void count_ranks(worker *k)
{
    size_t f = k->c->f, ranks = k->w->ranks;
    const uint32_t *rank = k->room.rank;
    memset(k->tied, 0, (f + 1) * sizeof *k->tied);
    for (size_t i = 0; i < f; i++)
        k->tied[rank[i]]++;
    for (size_t i = 0; i < f; i++) {
        uint64_t *at = k->mine.at.rank + i * ranks;
        size_t n = k->tied[rank[i]];
        for (size_t place = rank[i] - 1; place < rank[i] - 1 + n; place++)
            at[place < ranks ? place : ranks - 1] += PASS_UNIT / n;
    }
}

/* Is slot i no worse than the incumbent by more than a relative limit allows? */
static bool keeps_up(const worker *k, size_t j, size_t i)
{
    const tdo_constraint *limit = &k->c->k->s->constraints[j];
    const tdo_measured *x = k->c->k->x;
    const tdo_criterion *of = &k->c->k->s->criteria[limit->is.criterion];
    const double *reading = x->reading + limit->is.criterion * x->n;
    const noise_reader *reader = &k->c->noise->limit[j];
    uint32_t at = k->c->k->f->feasible[i];
    double mine = sampling_shift_of(&k->room, reader, i);
    double base = sampling_shift_of(&k->room, reader, k->c->incumbent);
    double by = limit->percent ? limit->worse_by / 100 * fabs(reading[x->incumbent] + base)
                               : limit->worse_by;
    return at == x->incumbent || tdo_shifted_gain(of, reading[at], mine) >=
                                     tdo_shifted_gain(of, reading[x->incumbent], base) - by;
}

/* Does the limit hold for the sampled reading of slot i? What is exact holds: it is feasible. */
static bool limit_holds(const worker *k, size_t j, size_t i)
{
    const tdo_case *now = k->c->k;
    const tdo_condition *is = &now->s->constraints[j].is;
    uint32_t at = now->f->feasible[i];
    if (now->s->constraints[j].relative)
        return keeps_up(k, j, i);
    double by = sampling_shift_of(&k->room, &k->c->noise->limit[j], i);
    double y = is->criterion != TDO_NONE ? now->x->reading[is->criterion * now->x->n + at]
                                         : now->x->limited[j][at];
    if (!(by < 0) && !(by > 0))
        return true;
    return !(is->has_min && y + by < is->min) && !(is->has_max && y + by > is->max);
}

static void count_limits(worker *k)
{
    for (size_t i = 0; i < k->c->f; i++) {
        k->holds[i] = true;
        for (size_t j = 0; j < k->c->k->x->m && k->holds[i]; j++)
            k->holds[i] = k->c->noise->limit[j].n == 0 || limit_holds(k, j, i);
        k->mine.at.holds[i] += k->holds[i];
    }
    for (size_t q = 0; q < k->firsts; q++)
        if (k->holds[k->first[q]])
            k->mine.at.first_holds[k->first[q]] += PASS_UNIT / k->firsts;
}

static void count_frontier(worker *k)
{
    sampling_set_gains(&k->room, k->gain);
    for (size_t i = 0; i < k->c->f; i++)
        k->mine.at.frontier[i] += !sampling_is_dominated(k->c, k->w->rivals, k->gain, k->noisy, i);
}

SAMPLING_CLONES
static void add_all(const double *x, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += x[i];
}

SAMPLING_CLONES
static void add_regrets(const double *utility, double best, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += best - utility[i];
}

static void add_means(worker *k)
{
    size_t f = k->c->f;
    add_all(k->room.score, f, k->mine.at.score);
    for (size_t h = 0; h < k->c->s; h++)
        add_regrets(k->room.utility + h * f, k->room.best[h], f, k->mine.at.regret + h * f);
}

static void add_central(worker *k)
{
    size_t n = k->c->s * k->c->d;
    for (size_t q = 0; q < k->firsts; q++)
        add_all(k->room.weight, n, k->mine.at.central + k->first[q] * n);
}

/* By how much each score moved, among those that are compared. */
static void set_moved(worker *k)
{
    const double *now = k->c->k->r->by_rule[k->c->k->s->rule].score;
    for (size_t q = 0; q < k->w->m; q++)
        k->moved[q] = k->room.score[k->w->among[q]] - now[k->w->among[q]];
}

SAMPLING_CLONES
static void add_products(const double *x, double by, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * x[i];
}

static void add_spread(worker *k)
{
    const double *now = k->c->k->r->by_rule[k->c->k->s->rule].score;
    size_t m = k->w->m;
    add_all(k->moved, m, k->mine.at.moved);
    for (size_t q = 0; q < m; q++)
        add_products(k->moved, k->moved[q], q + 1, k->mine.at.product + q * m);
    for (size_t q = 0; q < k->firsts; q++)
        *k->mine.at.flattered += (k->room.score[k->first[q]] - now[k->first[q]]) /
                                 (double)k->firsts;
}

SAMPLING_CLONES
static double largest_lead(const double *moved, const double *mean, const double *per_sd,
                           double mine, size_t m)
{
    double most = -1e300;
    for (size_t j = 0; j < m; j++) {
        double lead = ((moved[j] - mean[j]) - mine) * per_sd[j];
        most = per_sd[j] > 0 && lead > most ? lead : most;
    }
    return most;
}

static void count_ties(worker *k)
{
    const pass_request *w = k->w;
    for (size_t q = 0; q < w->m; q++)
        k->mine.at.below[q] += largest_lead(k->moved, w->mean, w->per_sd + q * w->m,
                                            k->moved[q] - w->mean[q], w->m) < w->lead[q];
}

/* At the weights of each that is asked about; the room keeps the last ones. */
static tdo_status count_confident(worker *k)
{
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < k->w->n_asked && status == TDO_OK; q++) {
        status = sampling_rescore(&k->room, k->w->weight + q * k->c->s * k->c->d);
        size_t n = status == TDO_OK ? sampling_first(&k->room, k->first) : 0;
        for (size_t p = 0; p < n; p++)
            if (k->first[p] == k->w->asked[q])
                k->mine.at.confident[q] += PASS_UNIT / n;
    }
    return status;
}

static tdo_status take_sample(worker *k, uint64_t number)
{
    unsigned want = k->w->want;
    sampling_make(&k->room, number);
    tdo_status status = TDO_OK;
    if (want & ~(unsigned)PASS_CONFIDENT)
        status = sampling_score(&k->room);
    if (status != TDO_OK)
        return status;
    if (want & (PASS_FIRST | PASS_LIMITS | PASS_CENTRAL | PASS_SPREAD))
        k->firsts = sampling_first(&k->room, k->first);
    if (want & PASS_FIRST)
        count_first(k);
    if (want & PASS_RANKS) {
        sampling_rank(&k->room);
        count_ranks(k);
    }
    if (want & PASS_LIMITS)
        count_limits(k);
    if (want & PASS_MEANS)
        add_means(k);
    if (want & PASS_CENTRAL)
        add_central(k);
    if (want & (PASS_SPREAD | PASS_TIE))
        set_moved(k);
    if (want & PASS_SPREAD)
        add_spread(k);
    if (want & PASS_TIE)
        count_ties(k);
    if (want & PASS_FRONTIER)
        count_frontier(k);
    if (want & PASS_CONFIDENT)
        status = count_confident(k);
    return status;
}

/* ---- all of them ---- */

static bool stopped(const tdo_robust_options *o)
{
    return o->stop && *o->stop;
}

/* The samples of one block; *done: how many. */
static tdo_status take_block(worker *k, uint64_t block, uint64_t samples,
                             const tdo_robust_options *o, uint64_t *done)
{
    uint64_t from = block * BLOCK, to = from + BLOCK < samples ? from + BLOCK : samples;
    tdo_status status = TDO_OK;
    *done = 0;
    memset(k->mine.sum, 0, k->mine.sums * sizeof *k->mine.sum);
    memset(k->mine.count, 0, k->mine.counts * sizeof *k->mine.count);
    for (; from < to && status == TDO_OK && !stopped(o); from++) {
        status = take_sample(k, from);
        *done += status == TDO_OK;
    }
    return status;
}

static void join(const tally *block, tally *all)
{
    for (size_t q = 0; q < all->sums; q++)
        all->sum[q] += block->sum[q];
    for (size_t q = 0; q < all->counts; q++)
        all->count[q] += block->count[q];
}

tdo_status sampling_pass(const sampling_case *c, const sampling_setting *set,
                         const pass_request *want, const tdo_robust_options *o, tdo_arena *a,
                         pass_result *out)
{
    tally all;
    int64_t blocks = (int64_t)((o->samples + BLOCK - 1) / BLOCK);
    uint64_t done = 0;
    tdo_status status = tally_make(c, want, a, &all);
    if (status != TDO_OK)
        return status;
#ifdef _OPENMP
    int threads = o->threads > 0 ? o->threads : omp_get_max_threads();
    threads = (int64_t)threads < blocks ? threads : (int)blocks;
#endif
    IN_PARALLEL(omp parallel num_threads(threads))
    {
        worker k = {.c = c};
        tdo_arena *own = tdo_arena_new();
        tdo_status good = own ? worker_make(c, set, want, own, &k) : TDO_E_MEMORY;
        IN_PARALLEL(omp for ordered schedule(static, 1))
        for (int64_t block = 0; block < blocks; block++) {
            uint64_t some = 0;
            if (good == TDO_OK && !stopped(o))
                good = take_block(&k, (uint64_t)block, o->samples, o, &some);
            if (some == 0 && good == TDO_OK)
                continue; /* told to stop: the blocks that are left are many, and nothing */
            IN_PARALLEL(omp ordered)
            {
                if (good == TDO_OK)
                    join(&k.mine, &all);
                done += some;
                status = status == TDO_OK ? good : status;
            }
        }
        tdo_arena_free(own);
    }
    *out = all.at;
    out->done = done;
    return status;
}
