/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is beaten by nobody. The steps are in frontier.h. */
#include "frontier/frontier.h"

#include <assert.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

enum {
    FEW = 64,           /* rows that are compared pair by pair */
    SHARE_LEAST = 32768 /* rows that are worth a thread */
};

static void mark_largest(const double *x, size_t n, bool *member)
{
    double best = x[0];
    for (size_t i = 1; i < n; i++)
        best = x[i] > best ? x[i] : best;
    for (size_t i = 0; i < n; i++)
        member[i] = x[i] >= best;
}

static bool is_above(const double *a, const double *b, size_t d)
{
    bool more = false;
    for (size_t c = 0; c < d; c++) {
        if (a[c] < b[c])
            return false;
        more = more || a[c] > b[c];
    }
    return more;
}

/* So few that finding them needs no room. */
static void mark_few(const front_rows *r, bool *member)
{
    for (size_t i = 0; i < r->n; i++) {
        bool below = false;
        for (size_t j = 0; j < r->n && !below; j++)
            below = is_above(r->x + j * r->d, r->x + i * r->d, r->d);
        member[i] = !below;
    }
}

/* ---- shares of the rows, a thread each ---- */

typedef struct slice {
    tdo_arena *a;
    front_alive alive;
    front_window w;
    tdo_status status;
} slice;

typedef struct hunt {
    const front_rows *r;
    const front_way *way;
    front_codes codes;
    slice *share; /* [way->shares] */
    bool *member;
} hunt;

static bool sweeps(const hunt *s)
{
    return s->r->d <= 3;
}

static tdo_status search_share(const hunt *s, size_t t)
{
    slice *mine = &s->share[t];
    const size_t n = s->r->n, shares = s->way->shares;
    const size_t range[2] = {n * t / shares, n * (t + 1) / shares};
    mine->a = tdo_arena_new();
    if (!mine->a)
        return TDO_E_MEMORY;
    tdo_status status =
        front_screen_rows(s->r, &s->codes, s->way->kernel, range, mine->a, &mine->alive);
    if (status == TDO_OK && !sweeps(s))
        status =
            front_window_fill(s->r, &mine->alive, s->way->kernel, mine->a, &mine->w, s->member);
    return status;
}

static void cross_share(const hunt *s, size_t t)
{
    const size_t shares = s->way->shares;
    for (size_t k = 1; k < shares; k++)
        s->way->kernel->cross(&s->share[t].w, &s->share[(t + k) % shares].w);
    front_window_settle(&s->share[t].w);
}

/* The rows alive of all shares, as one. */
static tdo_status join(const hunt *s, tdo_arena *a, front_alive *out)
{
    const size_t d = s->r->d;
    size_t n = 0;
    if (s->way->shares == 1) {
        *out = s->share[0].alive;
        return TDO_OK;
    }
    for (size_t t = 0; t < s->way->shares; t++)
        n += s->share[t].alive.n;
    *out = (front_alive){tdo_alloc(a, n, sizeof *out->row), tdo_alloc(a, n, d), 0};
    if (!out->row || !out->code)
        return TDO_E_MEMORY;
    for (size_t t = 0; t < s->way->shares; t++) {
        const front_alive *some = &s->share[t].alive;
        if (some->n > 0) {
            memcpy(out->row + out->n, some->row, some->n * sizeof *some->row);
            memcpy(out->code + out->n * d, some->code, some->n * d);
        }
        out->n += some->n;
    }
    return TDO_OK;
}

static tdo_status search_all(hunt *s, tdo_arena *a)
{
    const size_t shares = s->way->shares;
    tdo_status status = TDO_OK;
    FRONT_PARALLEL(omp parallel for num_threads((int)shares) schedule(static, 1))
    for (size_t t = 0; t < shares; t++)
        s->share[t].status = search_share(s, t);
    for (size_t t = 0; t < shares; t++)
        status = s->share[t].status != TDO_OK ? s->share[t].status : status;
    if (status == TDO_OK && sweeps(s)) {
        front_alive alive;
        status = join(s, a, &alive);
        return status == TDO_OK ? front_sweep(s->r, &alive, shares, a, s->member) : status;
    }
    if (status == TDO_OK) {
        FRONT_PARALLEL(omp parallel for num_threads((int)shares) schedule(static, 1))
        for (size_t t = 0; t < shares; t++)
            cross_share(s, t);
    }
    return status;
}

tdo_status front_find(const front_rows *r, const front_way *way, bool *member)
{
    assert(r->n >= 1 && r->d >= 2 && way->shares >= 1 && way->shares <= r->n);
    tdo_arena *scratch = tdo_arena_new();
    hunt s = {.r = r, .way = way, .member = member};
    if (!scratch)
        return TDO_E_MEMORY;
    tdo_status status = front_codes_make(r, scratch, &s.codes);
    s.share = status == TDO_OK ? tdo_alloc(scratch, way->shares, sizeof *s.share) : NULL;
    status = status == TDO_OK && !s.share ? TDO_E_MEMORY : status;
    if (status == TDO_OK)
        status = search_all(&s, scratch);
    for (size_t t = 0; s.share && t < way->shares; t++)
        tdo_arena_free(s.share[t].a);
    tdo_arena_free(scratch);
    return status;
}

/* ---- the whole ---- */

size_t front_shares(size_t n, int threads)
{
#ifdef _OPENMP
    const size_t most = (size_t)(threads > 0 ? threads : omp_get_max_threads());
#else
    const size_t most = 1;
    (void)threads;
#endif
    const size_t worth = n / SHARE_LEAST, all = most < FRONT_SHARES ? most : FRONT_SHARES;
    return worth == 0 ? 1 : worth < all ? worth : all;
}

tdo_status tdo_frontier(const double *x, size_t n, size_t d, tdo_arena *a, tdo_front *out)
{
    return tdo_frontier_threads(x, n, d, 1, a, out);
}

tdo_status tdo_frontier_threads(const double *x, size_t n, size_t d, int threads, tdo_arena *a,
                                tdo_front *out)
{
    const front_rows rows = {x, n, d};
    bool *member = tdo_alloc(a, n, sizeof *member);
    size_t count = 0;
    assert(d >= 1 && n < UINT32_MAX);
    if (!member)
        return TDO_E_MEMORY;
    if (n > 0 && d == 1)
        mark_largest(x, n, member);
    if (d > 1 && n <= FEW) {
        mark_few(&rows, member);
    } else if (n > 0 && d > 1) {
        const front_kernel *kernel[FRONT_KERNELS];
        const front_way way = {kernel[front_kernels(d, kernel) - 1], front_shares(n, threads)};
        const tdo_status status = front_find(&rows, &way, member);
        if (status != TDO_OK)
            return status;
    }
    for (size_t i = 0; i < n; i++)
        count += member[i];
    uint32_t *list = tdo_alloc(a, count, sizeof *list);
    if (!list)
        return TDO_E_MEMORY;
    *out = (tdo_front){member, list, count};
    for (size_t i = 0; i < n; i++)
        if (member[i])
            *list++ = (uint32_t)i;
    return TDO_OK;
}
