/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier, by several processes. Each finds that of its part of the candidates; whoever is
 * left there is beaten by somebody left in another part, or by nobody, and each asks that for its
 * own. */
#include "frontier/frontier.h"

#include "fleet/fleet.h"

#include <string.h>

enum {
    WORTH_IT = 4096, /* candidates for which others are asked */
    SWEPT = 3        /* axes up to which all of those left are swept: that is cheap */
};

/* Those left of all parts. */
typedef struct left_rows {
    uint32_t *slot; /* [n] ascending */
    size_t n;
    size_t start[TDO_FLEET_MOST + 1]; /* [parts + 1] where each part begins */
    size_t parts, mine;
    bool *member; /* [n] */
} left_rows;

/* The frontier of this process's own part. */
static tdo_status find_own(const tdo_case *k, int threads, fleet_part part, tdo_arena *a,
                           tdo_front *out)
{
    const size_t n = part.to - part.from;
    uint32_t *slot = tdo_alloc(a, n, sizeof *slot);
    for (size_t q = 0; slot && q < n; q++)
        slot[q] = (uint32_t)(part.from + q);
    return slot ? tdo_frontier_of(k, slot, n, threads, a, out) : TDO_E_MEMORY;
}

/* What each has left, to all. */
static tdo_status gather(const tdo_fleet *f, tdo_status status, const tdo_front *own, size_t first,
                         tdo_arena *a, left_rows *out)
{
    size_t count[TDO_FLEET_MOST] = {0};
    out->parts = f->size;
    out->mine = f->place;
    count[f->place] = own->count;
    status = fleet_share(f, status, count, f->size, sizeof *count);
    if (status != TDO_OK)
        return status;
    for (size_t p = 0; p < f->size; p++)
        out->start[p + 1] = out->start[p] + count[p];
    out->n = out->start[f->size];
    out->slot = tdo_alloc(a, out->n, sizeof *out->slot);
    out->member = tdo_alloc(a, out->n, sizeof *out->member);
    status = out->slot && out->member ? TDO_OK : TDO_E_MEMORY;
    for (size_t q = 0; status == TDO_OK && q < own->count; q++)
        out->slot[out->start[f->place] + q] = (uint32_t)(first + own->list[q]);
    return fleet_share_blocks(f, status, out->slot, out->start, f->size, sizeof *out->slot);
}

/* ---- who is beaten by somebody of another part ---- */

typedef struct parted {
    const front_rows *r; /* of those left */
    const left_rows *left;
    const front_kernel *kernel;
    front_codes codes;
    front_window *other; /* [parts] of the others: all are kept, as none beats another one there */
    tdo_arena *a;
} parted;

/* A window of the rows [from, to). */
static tdo_status open_window(const parted *x, size_t from, size_t to, tdo_arena *a,
                              front_window *out)
{
    const size_t n = to - from;
    front_alive some = {tdo_alloc(a, n, sizeof *some.row), tdo_alloc(a, n, x->r->d), n};
    if (!some.row || !some.code)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++)
        some.row[q] = (uint32_t)(from + q);
    x->kernel->encode(x->r, &x->codes, &some);
    return front_window_keep(x->r, &some, a, out, x->left->member);
}

static tdo_status open_others(parted *x)
{
    tdo_status status = front_codes_make(x->r, x->a, &x->codes);
    x->other = tdo_alloc(x->a, x->left->parts, sizeof *x->other);
    status = status == TDO_OK && !x->other ? TDO_E_MEMORY : status;
    for (size_t p = 0; p < x->left->parts && status == TDO_OK; p++)
        if (p != x->left->mine)
            status = open_window(x, x->left->start[p], x->left->start[p + 1], x->a, &x->other[p]);
    return status;
}

/* A share of this process's own rows, by one thread. */
static tdo_status ask_others(const parted *x, size_t t, size_t shares)
{
    const size_t first = x->left->start[x->left->mine];
    const size_t n = x->left->start[x->left->mine + 1] - first;
    tdo_arena *a = tdo_arena_new();
    front_window w;
    tdo_status status =
        a ? open_window(x, first + n * t / shares, first + n * (t + 1) / shares, a, &w)
          : TDO_E_MEMORY;
    for (size_t p = 0; p < x->left->parts && status == TDO_OK; p++)
        if (p != x->left->mine)
            x->kernel->cross(&w, &x->other[p]);
    tdo_arena_free(a);
    return status;
}

static tdo_status decide(const front_rows *r, left_rows *left, int threads, tdo_arena *a)
{
    const front_kernel *kernel[FRONT_KERNELS];
    parted x = {.r = r, .left = left, .kernel = kernel[front_kernels(r->d, kernel) - 1], .a = a};
    const size_t own = left->start[left->mine + 1] - left->start[left->mine];
    const size_t shares = front_shares(own, threads);
    tdo_status each[FRONT_SHARES] = {TDO_OK}, status = open_others(&x);
    if (status != TDO_OK || own == 0)
        return status;
    FRONT_PARALLEL(omp parallel for num_threads((int)shares) schedule(static, 1))
    for (size_t t = 0; t < shares; t++)
        each[t] = ask_others(&x, t, shares);
    for (size_t t = 0; t < shares; t++)
        status = each[t] != TDO_OK ? each[t] : status;
    return status;
}

static tdo_status sift(const tdo_case *k, int threads, const tdo_fleet *f, left_rows *left)
{
    tdo_arena *a = tdo_arena_new();
    double *gain = NULL;
    tdo_front all = {.count = 0};
    const size_t d = k->x->d;
    tdo_status status = a ? tdo_gains(k, left->slot, left->n, a, &gain) : TDO_E_MEMORY;
    const front_rows rows = {gain, left->n, d};
    if (status == TDO_OK && d <= SWEPT)
        status = tdo_frontier_threads(gain, left->n, d, threads, a, &all);
    else if (status == TDO_OK)
        status = decide(&rows, left, threads, a);
    if (status == TDO_OK && d <= SWEPT)
        memcpy(left->member, all.member, left->n * sizeof *left->member);
    status =
        fleet_share_blocks(f, status, left->member, left->start, left->parts, sizeof *left->member);
    tdo_arena_free(a);
    return status;
}

static tdo_status take(const left_rows *left, size_t n, tdo_arena *a, tdo_front *out)
{
    size_t count = 0;
    for (size_t q = 0; q < left->n; q++)
        count += left->member[q];
    bool *member = tdo_alloc(a, n, sizeof *member);
    uint32_t *list = tdo_alloc(a, count, sizeof *list);
    if (!member || !list)
        return TDO_E_MEMORY;
    *out = (tdo_front){member, list, count};
    for (size_t q = 0; q < left->n; q++)
        if (left->member[q])
            member[ *list++ = left->slot[q]] = true;
    return TDO_OK;
}

tdo_status tdo_find_frontier_among(const tdo_case *k, int threads, const tdo_fleet *fleet,
                                   tdo_arena *a, tdo_front *out)
{
    const size_t n = k->f->feasible_n;
    if (!fleet || n < WORTH_IT)
        return tdo_find_frontier(k, threads, a, out);
    const fleet_part part = fleet_part_of(fleet, n);
    tdo_arena *scratch = tdo_arena_new();
    left_rows left = {.n = 0};
    tdo_front own = {.count = 0};
    tdo_status status = scratch ? find_own(k, threads, part, scratch, &own) : TDO_E_MEMORY;
    status = gather(fleet, status, &own, part.from, scratch, &left);
    if (status == TDO_OK)
        status = sift(k, threads, fleet, &left);
    if (status == TDO_OK)
        status = take(&left, n, a, out);
    tdo_arena_free(scratch);
    return status;
}
