/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of feasible candidates. Their gains, a row each, are needed for it alone: of many
 * they are made of some at a time. Whoever is beaten among those is beaten among all, and by
 * somebody who is not, so the frontier of who is left is that of all. */
#include "frontier/frontier.h"

enum {
    AT_ONCE = 1 << 18, /* rows, for each of which there are gains */
    TOO_MANY = 4       /* where more than one of so many is left, it is looked for among all */
};

/* In a block: the places, and the slots of those. */
typedef struct some_rows {
    uint32_t *place, *slot; /* [n] */
    size_t n;
} some_rows;

/* Of the block those that no other one of it dominates. */
static tdo_status sift(const tdo_case *k, int threads, some_rows *b)
{
    tdo_arena *scratch = tdo_arena_new();
    double *gain = NULL;
    tdo_front front = {.count = 0};
    tdo_status status = scratch ? tdo_gains(k, b->slot, b->n, scratch, &gain) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_frontier_threads(gain, b->n, k->x->d, threads, scratch, &front);
    if (status == TDO_OK) {
        for (size_t q = 0; q < front.count; q++) { /* list ascends: what is written was read */
            b->place[q] = b->place[front.list[q]];
            b->slot[q] = b->slot[front.list[q]];
        }
        b->n = front.count;
    }
    tdo_arena_free(scratch);
    return status;
}

static void add_place(some_rows *b, const uint32_t *slot, size_t place)
{
    b->place[b->n] = (uint32_t)place;
    b->slot[b->n++] = slot ? slot[place] : (uint32_t)place;
}

/* Those who may be on the frontier. left: room for n. */
static tdo_status narrow(const tdo_case *k, const uint32_t *slot, size_t n, int threads,
                         some_rows *left)
{
    tdo_status status = TDO_OK;
    bool few = n > 2 * (size_t)AT_ONCE;
    for (size_t from = 0, to = 0; from < n && status == TDO_OK; from = to) {
        const size_t before = left->n;
        some_rows some = {left->place + before, left->slot + before, 0};
        to = n - from < AT_ONCE || !few ? n : from + AT_ONCE;
        for (size_t q = from; q < to; q++)
            add_place(&some, slot, q);
        if (few)
            status = sift(k, threads, &some);
        few = few && some.n <= AT_ONCE / TOO_MANY;
        left->n = before + some.n;
    }
    return status == TDO_OK ? sift(k, threads, left) : status;
}

static tdo_status take(const some_rows *left, size_t n, tdo_arena *a, tdo_front *out)
{
    bool *member = tdo_alloc(a, n, sizeof *member);
    uint32_t *list = tdo_alloc(a, left->n, sizeof *list);
    if (!member || !list)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < left->n; q++) {
        list[q] = left->place[q];
        member[list[q]] = true;
    }
    *out = (tdo_front){member, list, left->n};
    return TDO_OK;
}

tdo_status tdo_frontier_of(const tdo_case *k, const uint32_t *slot, size_t n, int threads,
                           tdo_arena *a, tdo_front *out)
{
    tdo_arena *scratch = tdo_arena_new();
    some_rows left = {.n = 0};
    if (scratch) {
        left.place = tdo_alloc(scratch, n, sizeof *left.place);
        left.slot = tdo_alloc(scratch, n, sizeof *left.slot);
    }
    tdo_status status = left.place && left.slot ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = narrow(k, slot, n, threads, &left);
    if (status == TDO_OK)
        status = take(&left, n, a, out);
    tdo_arena_free(scratch);
    return status;
}

tdo_status tdo_find_frontier(const tdo_case *k, int threads, tdo_arena *a, tdo_front *out)
{
    return tdo_frontier_of(k, NULL, k->f->feasible_n, threads, a, out);
}
