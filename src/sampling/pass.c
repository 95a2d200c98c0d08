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

/* The samples of one block; *done: how many. */
static tdo_status take_block(pass_worker *k, uint64_t block, uint64_t samples,
                             const tdo_robust_options *o, uint64_t *done)
{
    uint64_t from = block * BLOCK, to = from + BLOCK < samples ? from + BLOCK : samples;
    tdo_status status = TDO_OK;
    *done = 0;
    memset(k->mine.sum, 0, k->mine.sums * sizeof *k->mine.sum);
    memset(k->mine.count, 0, k->mine.counts * sizeof *k->mine.count);
    for (; from < to && status == TDO_OK && !stopped(o); from++) {
        status = pass_take_sample(k, from);
        *done += status == TDO_OK;
    }
    return status;
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
    const sampling_setting *set;
    const pass_request *want;
    const tdo_robust_options *o;
    pass_tally all;
    uint64_t done;
    tdo_status status;
} going;

/* A block has been counted, or (done 0) could not be; in the order of the blocks. */
static void note(going *g, const pass_worker *k, uint64_t done, tdo_status status)
{
    if (status == TDO_OK)
        join(&k->mine, &g->all);
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
        pass_worker k = {.c = g->c};
        tdo_arena *own = tdo_arena_new();
        tdo_status good = own ? pass_worker_make(g->c, g->set, g->want, own, &k) : TDO_E_MEMORY;
        IN_PARALLEL(omp for ordered schedule(static, 1))
        for (int64_t block = first; block < last; block++) {
            uint64_t some = 0;
            if (good == TDO_OK && !stopped(g->o))
                good = take_block(&k, (uint64_t)block, to, g->o, &some);
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
    const uint64_t *first = g->all.at.first;
    size_t most = g->c->k->r->top;
    for (size_t i = 0; i < g->c->f; i++)
        most = first[i] > first[most] ? i : most;
    return pass_share_error(first[most], g->done) < g->want->until &&
           pass_share_error(first[g->c->k->r->top], g->done) < g->want->until;
}

tdo_status sampling_pass(const sampling_case *c, const sampling_setting *set,
                         const pass_request *want, const tdo_robust_options *o, tdo_arena *a,
                         pass_result *out)
{
    going g = {.c = c, .set = set, .want = want, .o = o};
    g.status = pass_tally_make(c, want, a, &g.all);
    uint64_t round = want->until > 0 ? TDO_ROBUST_ROUND : ROUND;
    for (uint64_t from = 0; from < o->samples && g.status == TDO_OK && !stopped(o); from += round) {
        go_over(&g, from, from + round < o->samples ? from + round : o->samples);
        if (want->until > 0 && g.status == TDO_OK && is_settled(&g))
            break;
    }
    *out = g.all.at;
    out->done = g.done;
    return g.status;
}
