/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two axes: from the largest first part down, a row stays if its second part beats all before it.
 * Three axes: the same from the largest third part down, where "all before it" is a staircase,
 * kept as prefix maxima in a Fenwick tree over the ranks of the first part
 * (Kung, Luccio and Preparata 1975; Fenwick 1994). */
#include "frontier/frontier.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>

typedef struct sweep {
    const front_rows *r;
    const uint32_t *row; /* [n] alive */
    double *key;         /* [n] */
    uint32_t *order;     /* [n] places in row */
    uint64_t *room;      /* [2n] */
    uint32_t *rank;      /* [n] of the first part, largest 0; equal parts share it */
    double *highest;     /* [ranks] Fenwick tree of second parts */
    size_t n, ranks;
} sweep;

static double part(const sweep *s, size_t place, size_t axis)
{
    return front_row(s->r, s->row[place])[axis];
}

static void sort_by_axis(sweep *s, size_t axis)
{
    for (size_t k = 0; k < s->n; k++)
        s->key[k] = part(s, k, axis);
    sort_by_key(s->key, s->order, s->n, s->room);
}

/* The largest second part among rows added whose first part is at least the one of this rank. */
static double highest_at(const sweep *s, size_t rank)
{
    double best = -INFINITY;
    for (size_t k = rank + 1; k > 0; k &= k - 1)
        best = s->highest[k - 1] > best ? s->highest[k - 1] : best;
    return best;
}

static void add(sweep *s, size_t rank, double y)
{
    for (size_t k = rank; k < s->ranks; k |= k + 1)
        if (s->highest[k] < y)
            s->highest[k] = y;
}

/* Marks the frontier of the first two parts of order[from, to), which ascends by the first part.
 * Rows that an earlier step of the sweep covers stay unmarked: a third part is against them. */
static void sweep_two(const sweep *s, size_t from, size_t to, bool *member)
{
    double best = -INFINITY; /* of rows with a larger first part */
    for (size_t end = to, start = to; end > from; end = start) {
        start = end - 1;
        double x = part(s, s->order[start], 0), level = part(s, s->order[start], 1);
        for (; start > from && part(s, s->order[start - 1], 0) >= x; start--) {
            double y = part(s, s->order[start - 1], 1);
            level = y > level ? y : level;
        }
        if (!(level > best))
            continue;
        best = level;
        if (s->highest && highest_at(s, s->rank[s->order[start]]) >= level)
            continue;
        for (size_t k = start; k < end; k++)
            if (part(s, s->order[k], 1) >= level)
                member[s->row[s->order[k]]] = true;
    }
}

/* order ascends by the first part. */
static void set_ranks(sweep *s)
{
    for (size_t k = s->n; k-- > 0;) {
        if (k + 1 < s->n && part(s, s->order[k], 0) < part(s, s->order[k + 1], 0))
            s->ranks++;
        s->rank[s->order[k]] = (uint32_t)s->ranks;
    }
    s->ranks++;
    for (size_t k = 0; k < s->ranks; k++)
        s->highest[k] = -INFINITY;
}

static void sweep_three(sweep *s, bool *member)
{
    set_ranks(s);
    sort_by_axis(s, 2); /* stable: the first part ascends among equals */
    for (size_t end = s->n, start = s->n; end > 0; end = start) {
        start = end - 1;
        double z = s->key[s->order[start]];
        for (; start > 0 && s->key[s->order[start - 1]] >= z;)
            start--;
        sweep_two(s, start, end, member);
        for (size_t k = start; k < end; k++)
            if (member[s->row[s->order[k]]])
                add(s, s->rank[s->order[k]], part(s, s->order[k], 1));
    }
}

tdo_status front_sweep(const front_rows *r, const front_alive *alive, tdo_arena *a, bool *member)
{
    assert(r->d == 2 || r->d == 3);
    sweep s = {.r = r, .row = alive->row, .n = alive->n};
    s.key = tdo_alloc(a, s.n, sizeof *s.key);
    s.order = tdo_alloc(a, s.n, sizeof *s.order);
    s.room = tdo_alloc(a, s.n, 2 * sizeof *s.room);
    if (!s.key || !s.order || !s.room)
        return TDO_E_MEMORY;
    if (r->d == 3) {
        s.rank = tdo_alloc(a, s.n, sizeof *s.rank);
        s.highest = tdo_alloc(a, s.n, sizeof *s.highest);
        if (!s.rank || !s.highest)
            return TDO_E_MEMORY;
    }
    for (size_t k = 0; k < s.n; k++)
        s.order[k] = (uint32_t)k;
    sort_by_axis(&s, 0);
    if (r->d == 2)
        sweep_two(&s, 0, s.n, member);
    else
        sweep_three(&s, member);
    return TDO_OK;
}
