/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts one sample, for all that is wanted of it. */
#include "sampling/counting.h"

#include <math.h>
#include <string.h>

static uint64_t *take_counts(pass_tally *t, bool wanted, size_t n)
{
    size_t at = t->counts;
    t->counts += wanted ? n : 0;
    return wanted && t->count ? t->count + at : NULL;
}

static double *take_sums(pass_tally *t, bool wanted, size_t n)
{
    size_t at = t->sums;
    t->sums += wanted ? n : 0;
    return wanted && t->sum ? t->sum + at : NULL;
}

void pass_tally_lay(const sampling_case *c, const pass_request *w, uint64_t *at, pass_tally *t)
{
    unsigned want = w->want;
    *t = (pass_tally){.count = at};
    t->result.first = take_counts(t, want & PASS_FIRST, c->f);
    t->result.led = take_counts(t, want & PASS_FIRST, c->f);
    t->result.rank = take_counts(t, want & PASS_RANKS, c->f * w->ranks);
    t->result.holds = take_counts(t, want & PASS_LIMITS, c->f);
    t->result.first_holds = take_counts(t, want & PASS_LIMITS, c->f);
    t->result.frontier = take_counts(t, want & PASS_FRONTIER, c->f);
    t->result.below = take_counts(t, want & PASS_TIE, w->m);
    t->result.confident = take_counts(t, want & PASS_CONFIDENT, w->n_asked);
    t->sum = at ? (void *)(at + t->counts) : NULL;
    t->result.score = take_sums(t, want & PASS_MEANS, c->f);
    t->result.regret = take_sums(t, want & PASS_MEANS, c->s * c->f);
    t->result.central = take_sums(t, want & PASS_CENTRAL, c->f * c->s * c->d);
    t->result.moved = take_sums(t, want & PASS_SPREAD, w->m);
    t->result.product = take_sums(t, want & PASS_SPREAD, w->m * w->m);
    t->result.flattered = take_sums(t, want & PASS_SPREAD, 1);
    t->result.missed = take_sums(t, want & PASS_MISSED, 2);
    t->result.missed_square = take_sums(t, want & PASS_MISSED, 2);
}

tdo_status pass_tally_make(const sampling_case *c, const pass_request *w, tdo_arena *a,
                           pass_tally *t)
{
    pass_tally_lay(c, w, NULL, t);
    uint64_t *at = tdo_alloc(a, t->counts + t->sums, sizeof *at);
    if (!at)
        return TDO_E_MEMORY;
    pass_tally_lay(c, w, at, t);
    return TDO_OK;
}

/* ---- one sample ---- */

tdo_status pass_worker_make(const sampling_drawn *drawn, const sampling_setting *set,
                            const pass_request *w, tdo_arena *a, pass_worker *out)
{
    const sampling_case *c = drawn->c;
    *out = (pass_worker){.c = c, .w = w};
    out->first = tdo_alloc(a, c->f, sizeof *out->first);
    out->holds = tdo_alloc(a, c->f, sizeof *out->holds);
    out->tied = tdo_alloc(a, c->f + 1, sizeof *out->tied);
    out->moved = tdo_alloc(a, w->m, sizeof *out->moved);
    out->noisy = sampling_noisy_criteria(c);
    out->gain = tdo_alloc(a, w->want & PASS_FRONTIER ? c->f * out->noisy : 0, sizeof *out->gain);
    tdo_status status = sampling_room_make(drawn, set, a, &out->room);
    out->room.ends |= (w->want & PASS_MEANS) != 0;
    if (!out->first || !out->holds || !out->tied || !out->moved || !out->gain)
        return TDO_E_MEMORY;
    return status;
}

static void count_first(pass_worker *k)
{
    uint64_t share = PASS_UNIT / k->firsts;
    for (size_t q = 0; q < k->firsts; q++) {
        k->mine.result.first[k->first[q]] += share;
        k->mine.result.led[k->first[q]]++;
    }
}

/* Those who are tied share their places. */
static void share_ranks(pass_worker *k)
{
    size_t f = k->c->f, ranks = k->w->ranks;
    const uint32_t *rank = k->room.rank;
    memset(k->tied, 0, (f + 1) * sizeof *k->tied);
    for (size_t i = 0; i < f; i++)
        k->tied[rank[i]]++;
    for (size_t i = 0; i < f; i++) {
        uint64_t *at = k->mine.result.rank + i * ranks;
        size_t n = k->tied[rank[i]], first = rank[i] - 1;
        uint64_t share = n == 1 ? PASS_UNIT : PASS_UNIT / n; /* a division is slow, and rare */
        for (size_t place = first; place < first + n; place++)
            at[place < ranks ? place : ranks - 1] += share;
    }
}

static void count_ranks(pass_worker *k)
{
    size_t ranks = k->w->ranks;
    uint64_t *at = k->mine.result.rank;
    if (k->room.tied) {
        share_ranks(k);
        return;
    }
    for (size_t i = 0; i < k->c->f; i++, at += ranks) {
        size_t place = k->room.rank[i] - 1;
        at[place < ranks ? place : ranks - 1] += PASS_UNIT;
    }
}

/* Is slot i no worse than the incumbent by more than a relative limit allows? */
static bool keeps_up(const pass_worker *k, size_t j, size_t i)
{
    const tdo_constraint *limit = &k->c->k->s->constraints[j];
    const tdo_measured *x = k->c->k->x;
    const tdo_criterion *of = &k->c->k->s->criteria[limit->condition.criterion];
    const double *reading = x->reading[limit->condition.criterion];
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
static bool limit_holds(const pass_worker *k, size_t j, size_t i)
{
    const tdo_case *now = k->c->k;
    const tdo_condition *is = &now->s->constraints[j].condition;
    uint32_t at = now->f->feasible[i];
    if (now->s->constraints[j].relative)
        return keeps_up(k, j, i);
    double by = sampling_shift_of(&k->room, &k->c->noise->limit[j], i);
    double y = is->criterion != TDO_NONE ? now->x->reading[is->criterion][at]
                                         : now->x->limited[j][at];
    if (!(by < 0) && !(by > 0))
        return true;
    return !(is->has_min && y + by < is->min) && !(is->has_max && y + by > is->max);
}

static void count_limits(pass_worker *k)
{
    for (size_t i = 0; i < k->c->f; i++) {
        k->holds[i] = true;
        for (size_t j = 0; j < k->c->k->x->m && k->holds[i]; j++)
            k->holds[i] = k->c->noise->limit[j].n == 0 || limit_holds(k, j, i);
        k->mine.result.holds[i] += k->holds[i];
    }
    for (size_t q = 0; q < k->firsts; q++)
        if (k->holds[k->first[q]])
            k->mine.result.first_holds[k->first[q]] += PASS_UNIT / k->firsts;
}

static void count_frontier(pass_worker *k)
{
    sampling_set_gains(&k->room, k->gain);
    for (size_t i = 0; i < k->c->f; i++)
        k->mine.result.frontier[i] +=
            !sampling_is_dominated(k->c, k->w->rivals, k->gain, k->noisy, i);
}

REAL_CLONES
static void add_all(const double *x, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += x[i];
}

REAL_CLONES
static void add_regrets(const double *utility, double best, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += best - utility[i];
}

static void add_means(pass_worker *k)
{
    size_t f = k->c->f;
    add_all(k->room.score, f, k->mine.result.score);
    for (size_t h = 0; h < k->c->s; h++)
        add_regrets(k->room.utility + h * f, k->room.best[h], f, k->mine.result.regret + h * f);
}

static void add_central(pass_worker *k)
{
    size_t n = k->c->s * k->c->d;
    for (size_t q = 0; q < k->firsts; q++)
        add_all(k->room.weight, n, k->mine.result.central + k->first[q] * n);
}

/* By how much each score moved, among those that are compared. */
static void set_moved(pass_worker *k)
{
    const double *now = k->c->k->r->by_rule[k->c->k->s->rule].score;
    for (size_t q = 0; q < k->w->m; q++)
        k->moved[q] = k->room.score[k->w->among[q]] - now[k->w->among[q]];
}

REAL_CLONES
static void add_products(const double *x, double by, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * x[i];
}

static void add_spread(pass_worker *k)
{
    const double *now = k->c->k->r->by_rule[k->c->k->s->rule].score;
    size_t m = k->w->m;
    add_all(k->moved, m, k->mine.result.moved);
    for (size_t q = 0; q < m; q++)
        add_products(k->moved, k->moved[q], q + 1, k->mine.result.product + q * m);
    for (size_t q = 0; q < k->firsts; q++)
        *k->mine.result.flattered += (k->room.score[k->first[q]] - now[k->first[q]]) /
                                     (double)k->firsts;
}

REAL_CLONES
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

static void count_ties(pass_worker *k)
{
    const pass_request *w = k->w;
    for (size_t q = 0; q < w->m; q++)
        k->mine.result.below[q] += largest_lead(k->moved, w->mean, w->per_sd + q * w->m,
                                                k->moved[q] - w->mean[q], w->m) < w->lead[q];
}

static void add_missed(pass_worker *k)
{
    const double *score = k->room.score;
    double best = 0, least = 0;
    sampling_ends(score, k->c->f, &least, &best);
    for (size_t q = 0; q < 2; q++) {
        double by = best - score[k->w->missed[q]];
        k->mine.result.missed[q] += by;
        k->mine.result.missed_square[q] += by * by;
    }
}

/* At the weights of each that is asked about. */
static void count_confident(pass_worker *k)
{
    for (size_t q = 0; q < k->w->n_asked; q++) {
        sampling_reweigh(&k->room, k->w->weight + q * k->c->s * k->c->d);
        sampling_score(&k->room);
        size_t n = sampling_first(&k->room, k->first);
        for (size_t p = 0; p < n; p++)
            if (k->first[p] == k->w->asked[q])
                k->mine.result.confident[q] += PASS_UNIT / n;
    }
    sampling_restore(&k->room);
}

void pass_take_sample(pass_worker *k)
{
    unsigned want = k->w->want;
    sampling_make(&k->room);
    if (want & ~(unsigned)PASS_CONFIDENT)
        sampling_score(&k->room);
    if (want & PASS_RANKS)
        sampling_rank(&k->room); /* by which the first ones are told, too */
    if (want & (PASS_FIRST | PASS_LIMITS | PASS_CENTRAL | PASS_SPREAD))
        k->firsts = sampling_first(&k->room, k->first);
    if (want & PASS_FIRST)
        count_first(k);
    if (want & PASS_RANKS)
        count_ranks(k);
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
    if (want & PASS_MISSED)
        add_missed(k);
    if (want & PASS_FRONTIER)
        count_frontier(k);
    if (want & PASS_CONFIDENT)
        count_confident(k);
}
