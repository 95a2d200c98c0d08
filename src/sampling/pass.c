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
    BLOCK = 256,  /* samples whose sums are added up before they join the others */
    ROUND = 65536 /* samples after which all threads meet: few blocks are left when told to stop */
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

/* The samples of one block. Returns how many: all, but where told to stop. */
static uint64_t take_block(crew *k, uint64_t block, uint64_t samples, const tdo_robust_options *o)
{
    uint64_t from = block * BLOCK, to = from + BLOCK < samples ? from + BLOCK : samples, at = from;
    for (size_t q = 0; q < k->n; q++) {
        pass_tally *mine = &k->worker[q].mine;
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

/* All samples so far. */
typedef struct going {
    const sampling_case *c;
    const pass_questions *ask;
    const tdo_robust_options *o;
    pass_tally *all; /* [ask->n] */
    uint64_t done;
    tdo_status status;
} going;

/* A block has been counted, or (done 0) could not be; in the order of the blocks. */
static void note(going *g, const crew *k, uint64_t done, tdo_status status)
{
    for (size_t q = 0; q < g->ask->n && status == TDO_OK; q++)
        join(&k->worker[q].mine, &g->all[q]);
    g->done += done;
    g->status = g->status == TDO_OK ? status : g->status;
    if (g->o->progress)
        g->o->progress(g->o->user, g->done, g->o->samples);
}

/* The blocks that hold the samples from, and before to. from: a multiple of BLOCK. */
static void go_over(going *g, uint64_t from, uint64_t to)
{
    const int64_t first = (int64_t)(from / BLOCK), last = (int64_t)((to + BLOCK - 1) / BLOCK);
#ifdef _OPENMP
    int threads = g->o->threads > 0 ? g->o->threads : omp_get_max_threads();
    threads = (int64_t)threads < last - first ? threads : (int)(last - first);
#endif
    IN_PARALLEL(omp parallel num_threads(threads))
    {
        crew k = {.n = 0};
        tdo_arena *own = tdo_arena_new();
        tdo_status good = own ? make_crew(g->c, g->ask, own, &k) : TDO_E_MEMORY;
        IN_PARALLEL(omp for ordered schedule(static, 1))
        for (int64_t block = first; block < last; block++) {
            uint64_t some = 0;
            if (good == TDO_OK && !stopped(g->o))
                some = take_block(&k, (uint64_t)block, to, g->o);
            if (some == 0 && good == TDO_OK)
                continue; /* told to stop: the blocks that are left are many, and nothing */
            IN_PARALLEL(omp ordered)
            note(g, &k, some, good);
        }
        tdo_arena_free(own);
    }
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
    uint64_t round = ask->want->until > 0 ? TDO_ROBUST_ROUND : ROUND;
    for (uint64_t from = 0; from < o->samples && g.status == TDO_OK && !stopped(o); from += round) {
        go_over(&g, from, from + round < o->samples ? from + round : o->samples);
        if (ask->want->until > 0 && g.status == TDO_OK && is_settled(&g))
            break;
    }
    for (size_t q = 0; q < ask->n && g.status == TDO_OK; q++) {
        out[q] = g.all[q].result;
        out[q].done = g.done;
    }
    return g.status;
}
