/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers of domination: the frontier of whoever is left, again and again. */
#include "tradeoff/search.h"

#include "base/sort.h"

#include <string.h>

static bool named_before(const void *user, uint32_t a, uint32_t b)
{
    const tdo_case *k = user;
    return strcmp(k->x->id[k->f->feasible[a]], k->x->id[k->f->feasible[b]]) < 0;
}

typedef struct peeling {
    uint32_t *left;         /* [n_left] slots, ascending */
    uint32_t *slot, *layer; /* [n] found */
    uint32_t *room;         /* [F] */
    size_t n_left, n;
} peeling;

/* Moves those of a front from who is left to who is found; deep 1: nowhere. */
static void peel(const tdo_case *k, const tdo_front *front, uint32_t deep, peeling *y)
{
    const size_t before = y->n;
    size_t kept = 0;
    for (size_t q = 0; q < y->n_left; q++) {
        if (!front->member[q]) {
            y->left[kept++] = y->left[q];
        } else if (deep > 1) {
            y->layer[y->n] = deep;
            y->slot[y->n++] = y->left[q];
        }
    }
    y->n_left = kept;
    sort_by(y->slot + before, y->n - before, named_before, k, y->room);
}

tdo_status tdo_find_layers(const tdo_case *k, size_t last, int threads, tdo_arena *a,
                           tdo_layers *out)
{
    const size_t f = k->f->feasible_n, rest = f - k->front->count;
    tdo_arena *scratch = tdo_arena_new();
    peeling y = {.slot = tdo_alloc(a, rest, sizeof *y.slot),
                 .layer = tdo_alloc(a, rest, sizeof *y.layer)};
    if (scratch) {
        y.left = tdo_alloc(scratch, f, sizeof *y.left);
        y.room = tdo_alloc(scratch, rest, sizeof *y.room);
    }
    tdo_status status = y.slot && y.layer && y.left && y.room ? TDO_OK : TDO_E_MEMORY;
    for (; status == TDO_OK && y.n_left < f; y.n_left++)
        y.left[y.n_left] = (uint32_t)y.n_left;
    if (status == TDO_OK)
        peel(k, k->front, 1, &y);
    for (uint32_t deep = 2; deep <= last && y.n_left > 0 && status == TDO_OK; deep++) {
        tdo_arena *own = tdo_arena_new();
        tdo_front front = {.count = 0};
        status = own ? tdo_frontier_of(k, y.left, y.n_left, threads, own, &front) : TDO_E_MEMORY;
        if (status == TDO_OK)
            peel(k, &front, deep, &y);
        tdo_arena_free(own);
    }
    tdo_arena_free(scratch);
    *out = (tdo_layers){y.slot, y.layer, y.n, y.n_left};
    return status;
}
