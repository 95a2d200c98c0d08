/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goes over the samples. */
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
    BATCH = 64,  /* blocks after which all threads meet and these join, in order */
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
        memset(mine->sum, 0, mine->sums * sizeof *mine->sum);
        memset(mine->count, 0, mine->counts * sizeof *mine->count);
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

/* The tallies of one block. */
typedef struct block_tally {
    pass_tally *of; /* [questions] */
    uint64_t done;  /* samples; fewer than a block has: told to stop */
} block_tally;

/* All samples so far. */
typedef struct going {
    const sampling_case *c;
    const pass_questions *ask;
    const tdo_robust_options *o;
    pass_tally *all;    /* [ask->n] */
    block_tally *batch; /* [batches] */
    size_t batches;
    int threads;
    uint64_t done;
    tdo_status status;
    bool over; /* told to stop, or failed: decided where all threads have met */
} going;

/* A thread has counted a block, or could not. */
static void note(going *g, uint64_t done, tdo_status status)
{
    g->done += done;
    g->status = g->status == TDO_OK ? status : g->status;
    if (g->o->progress)
        g->o->progress(g->o->user, g->done, g->o->samples);
}

/* Blocks first to last, which are in no order here: each has a place of its own. */
static void count_blocks(going *g, crew *k, int64_t first, int64_t last, uint64_t to)
{
    IN_PARALLEL(omp for schedule(dynamic, 1))
    for (int64_t block = first; block < last; block++) {
        block_tally *mine = &g->batch[block - first];
        mine->done = 0;
        if (k->good == TDO_OK && !stopped(g->o))
            mine->done = take_block(k, mine->of, (uint64_t)block, to, g->o);
        IN_PARALLEL(omp critical)
        note(g, mine->done, k->good);
    }
}

/* The sums of a batch join the others, in the order of the blocks: which thread counted what, and
 * when, changes no bit. */
static void join_blocks(going *g, size_t n)
{
    for (size_t b = 0; b < n && g->status == TDO_OK; b++)
        for (size_t q = 0; q < g->ask->n && g->batch[b].done > 0; q++)
            join(&g->batch[b].of[q], &g->all[q]);
    g->over = g->status != TDO_OK || stopped(g->o);
}

/* The blocks that hold the samples from, and before to. from: a multiple of BLOCK. */
static void go_over(going *g, uint64_t from, uint64_t to)
{
    const int64_t start = (int64_t)(from / BLOCK), end = (int64_t)((to + BLOCK - 1) / BLOCK);
    const int64_t most = (int64_t)g->batches;
    IN_PARALLEL(omp parallel num_threads(g->threads))
    {
        crew k = {.n = 0};
        tdo_arena *own = tdo_arena_new();
        k.good = own ? make_crew(g->c, g->ask, own, &k) : TDO_E_MEMORY;
        for (int64_t first = start; first < end && !g->over; first += most) {
            const int64_t last = end - first < most ? end : first + most;
            count_blocks(g, &k, first, last, to);
            IN_PARALLEL(omp single)
            join_blocks(g, (size_t)(last - first));
        }
        tdo_arena_free(own);
    }
}

/* Room for the blocks between two meetings: a few for each thread, as long as they are small. */
static tdo_status make_batch(going *g, tdo_arena *a)
{
    size_t each = 1;
    for (size_t q = 0; q < g->ask->n; q++)
        each += g->all[q].sums + g->all[q].counts;
    g->threads = 1;
#ifdef _OPENMP
    g->threads = g->o->threads > 0 ? g->o->threads : omp_get_max_threads();
#endif
    const uint64_t blocks = (g->o->samples + BLOCK - 1) / BLOCK;
    g->threads = (uint64_t)g->threads < blocks ? g->threads : (int)blocks;
    g->batches = MOST_NUMBERS / each < BATCH ? MOST_NUMBERS / each : BATCH;
    g->batches = g->batches < (size_t)g->threads ? (size_t)g->threads : g->batches;
    g->batches = g->batches < blocks ? g->batches : (size_t)blocks;
    g->batch = tdo_alloc(a, g->batches, sizeof *g->batch);
    tdo_status status = g->batch ? TDO_OK : TDO_E_MEMORY;
    for (size_t b = 0; b < g->batches && status == TDO_OK; b++) {
        g->batch[b].of = tdo_alloc(a, g->ask->n, sizeof *g->batch[b].of);
        status = g->batch[b].of ? TDO_OK : TDO_E_MEMORY;
        for (size_t q = 0; q < g->ask->n && status == TDO_OK; q++)
            status = pass_tally_make(g->c, &g->ask->want[q], a, &g->batch[b].of[q]);
    }
    return status;
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
    for (uint64_t from = 0; from < o->samples && g.status == TDO_OK && !stopped(o); from += round) {
        go_over(&g, from, from + round < o->samples ? from + round : o->samples);
        if (ask->want->until > 0 && g.status == TDO_OK && is_settled(&g))
            break;
    }
    tdo_arena_free(own);
    for (size_t q = 0; q < ask->n && g.status == TDO_OK; q++) {
        out[q] = g.all[q].result;
        out[q].done = g.done;
    }
    return g.status;
}
