/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goes over the samples. */
#include "fleet/fleet.h"
#include "sampling/counting.h"

#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#define IN_PARALLEL(pragma) _Pragma(#pragma)
#else
#define IN_PARALLEL(pragma)
#endif

enum {
    BLOCK = 256, /* samples whose sums are added up before they join the others */
    BATCH = 64,  /* blocks after which all meet and these join, in order */
    MOST_NUMBERS =
        4 * 1048576 /* of the sums and counts of a batch: fewer blocks where these are large */
};

/* ---- all of them ---- */

static bool stopped(const tdo_robust_options *o)
{
    return o->stop && *o->stop;
}

/* A thread at work. */
typedef struct crew {
    sampling_drawn drawn;
    pass_worker *worker; /* [n] one for each question */
    size_t n;
    tdo_status good;
} crew;

static tdo_status make_crew(const sampling_case *c, const pass_questions *ask, tdo_arena *a,
                            crew *out)
{
    tdo_status status = sampling_drawn_make(c, ask->set, ask->n, a, &out->drawn);
    out->n = ask->n;
    out->worker = tdo_alloc(a, ask->n, sizeof *out->worker);
    if (!out->worker)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < ask->n && status == TDO_OK; q++)
        status = pass_worker_make(&out->drawn, &ask->set[q], &ask->want[q], a, &out->worker[q]);
    return status;
}

/* The samples of one block, into [n]. Returns how many: all, but where told to stop. */
static uint64_t take_block(crew *k, const pass_tally *into, uint64_t block, uint64_t samples,
                           const tdo_robust_options *o)
{
    uint64_t from = block * BLOCK, to = from + BLOCK < samples ? from + BLOCK : samples, at = from;
    for (size_t q = 0; q < k->n; q++) {
        pass_tally *mine = &k->worker[q].mine;
        *mine = into[q];
        memset(mine->count, 0, (mine->counts + mine->sums) * sizeof *mine->count);
    }
    for (; at < to && !stopped(o); at++) {
        sampling_draw_all(&k->drawn, at);
        for (size_t q = 0; q < k->n; q++)
            pass_take_sample(&k->worker[q]);
    }
    return at - from;
}

static void join(const pass_tally *block, pass_tally *all)
{
    for (size_t q = 0; q < all->sums; q++)
        all->sum[q] += block->sum[q];
    for (size_t q = 0; q < all->counts; q++)
        all->count[q] += block->count[q];
}

/* All samples so far. */
typedef struct going {
    const sampling_case *c;
    const pass_questions *ask;
    const tdo_robust_options *o;
    pass_tally *all;   /* [ask->n] */
    pass_tally *batch; /* [batches x ask->n] over: */
    uint64_t *word; /* [batches x words] of each block how many samples, then what they count for */
    size_t batches, words;
    int threads;
    uint64_t done;
    tdo_status status;
    bool over; /* told to stop, or failed: decided where all threads, and processes, have met */
} going;

/* A thread has counted a block, or could not. */
static void note(going *g, uint64_t done, tdo_status status)
{
    g->done += done;
    g->status = g->status == TDO_OK ? status : g->status;
    if (g->o->progress)
        g->o->progress(g->o->user, g->done, g->o->samples);
}

/* Some of the blocks from first on, which are in no order here: each has a place of its own. */
static void count_blocks(going *g, crew *k, uint64_t first, fleet_part some, uint64_t to)
{
    IN_PARALLEL(omp for schedule(dynamic, 1))
    for (size_t b = some.from; b < some.to; b++) {
        uint64_t done = 0;
        if (k->good == TDO_OK)
            done = take_block(k, g->batch + b * k->n, first + b, to, g->o);
        g->word[b * g->words] = done;
        IN_PARALLEL(omp critical)
        note(g, done, k->good);
    }
}

/* All processes meet: each has counted its part of n blocks, which go to the sample `to`. Their
 * sums join the others, in the order of the blocks: who counted what, and when, changes no bit. */
static void join_blocks(going *g, size_t n, uint64_t to)
{
    const fleet_part mine = fleet_part_of(g->o->fleet, n);
    g->status = fleet_share(g->o->fleet, g->status, g->word, n, g->words * sizeof *g->word);
    for (size_t b = 0; b < mine.from && g->status == TDO_OK; b++)
        g->done += g->word[b * g->words];
    for (size_t b = mine.to; b < n && g->status == TDO_OK; b++)
        g->done += g->word[b * g->words];
    for (size_t q = 0; q < n * g->ask->n && g->status == TDO_OK; q++)
        join(&g->batch[q], &g->all[q % g->ask->n]);
    g->over = g->status != TDO_OK || g->done < to;
}

/* The blocks that hold the samples from, and before to. from: a multiple of BLOCK. */
static void go_over(going *g, uint64_t from, uint64_t to)
{
    const uint64_t start = from / BLOCK, end = (to + BLOCK - 1) / BLOCK, most = g->batches;
    IN_PARALLEL(omp parallel num_threads(g->threads))
    {
        crew k = {.n = 0};
        tdo_arena *own = tdo_arena_new();
        k.good = own ? make_crew(g->c, g->ask, own, &k) : TDO_E_MEMORY;
        for (uint64_t first = start; first < end && !g->over; first += most) {
            const size_t n = (size_t)(end - first < most ? end - first : most);
            count_blocks(g, &k, first, fleet_part_of(g->o->fleet, n), to);
            IN_PARALLEL(omp single)
            join_blocks(g, n, (first + n) * BLOCK < to ? (first + n) * BLOCK : to);
        }
        tdo_arena_free(own);
    }
}

/* Where the tallies of the blocks stand. */
static tdo_status lay_batch(going *g, tdo_arena *a)
{
    const size_t n = g->ask->n;
    g->batch = tdo_alloc(a, g->batches * n, sizeof *g->batch);
    g->word = tdo_alloc(a, g->batches * g->words, sizeof *g->word);
    if (!g->batch || !g->word)
        return TDO_E_MEMORY;
    uint64_t *at = g->word;
    for (size_t k = 0; k < g->batches * n; k++) {
        at += k % n == 0;
        pass_tally_lay(g->c, &g->ask->want[k % n], at, &g->batch[k]);
        at += g->batch[k].counts + g->batch[k].sums;
    }
    return TDO_OK;
}

/* Room for the blocks between two meetings: a few for each thread, as long as they are small. */
static tdo_status make_batch(going *g, tdo_arena *a)
{
    g->words = 1;
    for (size_t q = 0; q < g->ask->n; q++)
        g->words += g->all[q].counts + g->all[q].sums;
    size_t threads = 1;
#ifdef _OPENMP
    threads = (size_t)(g->o->threads > 0 ? g->o->threads : omp_get_max_threads());
#endif
    const uint64_t blocks = (g->o->samples + BLOCK - 1) / BLOCK;
    const size_t few = MOST_NUMBERS / g->words, least = threads * fleet_size(g->o->fleet);
    g->batches = few < BATCH ? few : BATCH;
    g->batches = g->batches < least ? least : g->batches;
    g->batches = g->batches < blocks ? g->batches : (size_t)blocks;
    g->threads = (int)(threads < g->batches ? threads : g->batches);
    const tdo_status status = fleet_tell(g->o->fleet, TDO_OK, &g->batches, sizeof g->batches);
    return status == TDO_OK ? lay_batch(g, a) : status;
}

/* Is it known well enough how often the first one at the readings is first, and the one that is
 * most often? */
static bool is_settled(const going *g)
{
    const uint64_t *first = g->all->result.first;
    size_t most = g->c->k->r->top;
    for (size_t i = 0; i < g->c->f; i++)
        most = first[i] > first[most] ? i : most;
    return pass_share_error(first[most], g->done) < g->ask->want->until &&
           pass_share_error(first[g->c->k->r->top], g->done) < g->ask->want->until;
}

tdo_status sampling_pass(const sampling_case *c, const pass_questions *ask,
                         const tdo_robust_options *o, tdo_arena *a, pass_result *out)
{
    going g = {.c = c, .ask = ask, .o = o};
    g.all = tdo_alloc(a, ask->n, sizeof *g.all);
    g.status = g.all ? TDO_OK : TDO_E_MEMORY;
    for (size_t q = 0; q < ask->n && g.status == TDO_OK; q++)
        g.status = pass_tally_make(c, &ask->want[q], a, &g.all[q]);
    tdo_arena *own = tdo_arena_new(); /* of what only a pass needs */
    if (g.status == TDO_OK)
        g.status = own ? make_batch(&g, own) : TDO_E_MEMORY;
    const uint64_t round = ask->want->until > 0 ? TDO_ROBUST_ROUND : o->samples;
    for (uint64_t from = 0; from < o->samples && g.status == TDO_OK && !g.over; from += round) {
        go_over(&g, from, from + round < o->samples ? from + round : o->samples);
        if (ask->want->until > 0 && g.status == TDO_OK && is_settled(&g))
            break;
    }
    tdo_arena_free(own);
    for (size_t q = 0; q < ask->n && g.status == TDO_OK; q++) {
        out[q] = g.all[q].result;
        out[q].done = g.done;
        out[q].cut = g.over && g.done < o->samples;
    }
    return g.status;
}
