/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two axes: from the largest first part down, a row stays if its second part beats all before it.
 * Three axes: the same from the largest third part down, where "all before it" is a staircase,
 * kept as prefix maxima in a Fenwick tree over the ranks of the first part
 * (Kung, Luccio and Preparata 1975; Fenwick 1994). Rows are met in an order that is none of
 * memory: what is wanted of them stands together, and is fetched ahead. */
#include "frontier/frontier.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>

enum { AHEAD = 16 }; /* rows between fetching and meeting one */

typedef struct swept {
    double y;      /* the second part */
    uint32_t rank; /* of the first part among those alive, largest 0; equal parts share it */
    uint32_t row;
} swept;

typedef struct sweep {
    const front_rows *r;
    const uint32_t *row; /* [n] alive */
    swept *at;           /* [n] of each row alive */
    double *key;         /* [n] the part that is sorted by */
    uint32_t *order;     /* [n] places in row, ascending by key */
    uint64_t *room;      /* [2n] */
    double *highest;     /* [ranks] Fenwick tree of second parts; NULL with two axes */
    size_t n, ranks;
    bool *member;
} sweep;

static void sort_by_axis(sweep *s, size_t axis)
{
    for (size_t k = 0; k < s->n; k++) {
        s->key[k] = front_row(s->r, s->row[k])[axis];
        s->order[k] = (uint32_t)k;
    }
    sort_by_key(s->key, s->order, s->n, s->room);
}

/* The row at a place of the order; those to be met soon are fetched. */
static const swept *meet(const sweep *s, size_t k)
{
    if (k >= 2 * AHEAD)
        __builtin_prefetch(&s->at[s->order[k - 2 * AHEAD]]);
    if (s->highest && k >= AHEAD)
        __builtin_prefetch(&s->highest[s->at[s->order[k - AHEAD]].rank]);
    return &s->at[s->order[k]];
}

/* Does a row added have at least this first and this second part? */
static bool covered(const sweep *s, size_t rank, double y)
{
    for (size_t k = rank + 1; k > 0; k &= k - 1)
        if (s->highest[k - 1] >= y)
            return true;
    return false;
}

static void add(sweep *s, size_t rank, double y)
{
    for (size_t k = rank; k < s->ranks && s->highest[k] < y; k |= k + 1)
        s->highest[k] = y;
}

/* Marks the frontier of the first two parts of order[from, to), all with one third part, ranks
 * descending. Rows that an earlier step covers stay unmarked: a third part is against them. */
static void sweep_two(const sweep *s, size_t from, size_t to)
{
    double best = -INFINITY; /* of rows with a larger first part */
    for (size_t end = to, start = to; end > from; end = start) {
        const swept *first = meet(s, end - 1);
        double level = first->y;
        for (start = end - 1; start > from; start--) {
            const swept *p = meet(s, start - 1);
            if (p->rank != first->rank)
                break;
            level = p->y > level ? p->y : level;
        }
        if (!(level > best))
            continue;
        best = level;
        if (s->highest && covered(s, first->rank, level))
            continue;
        for (size_t k = start; k < end; k++)
            if (s->at[s->order[k]].y >= level)
                s->member[s->at[s->order[k]].row] = true;
    }
}

/* order ascends by the first part, which is key. */
static void set_ranks(sweep *s)
{
    double last = s->key[s->order[s->n - 1]];
    size_t rank = 0;
    for (size_t k = s->n; k-- > 0;) {
        if (k >= AHEAD) {
            __builtin_prefetch(&s->key[s->order[k - AHEAD]]);
            __builtin_prefetch(&s->at[s->order[k - AHEAD]], 1);
        }
        rank += s->key[s->order[k]] < last;
        last = s->key[s->order[k]];
        s->at[s->order[k]].rank = (uint32_t)rank;
    }
    s->ranks = rank + 1;
}

/* Several rows with one third part: their first parts once more in order, the largest last. */
static void sweep_level(sweep *s, size_t from, size_t to)
{
    for (size_t k = from; k < to; k++) /* their keys have done their part */
        s->key[s->order[k]] = -(double)s->at[s->order[k]].rank;
    sort_by_key(s->key, s->order + from, to - from, s->room);
    sweep_two(s, from, to);
    for (size_t k = from; k < to; k++) {
        const swept *p = &s->at[s->order[k]];
        if (s->member[p->row])
            add(s, p->rank, p->y);
    }
}

static void sweep_three(sweep *s)
{
    for (size_t k = 0; k < s->ranks; k++)
        s->highest[k] = -INFINITY;
    sort_by_axis(s, 2);
    for (size_t end = s->n, start = s->n; end > 0; end = start) {
        const double z = s->key[s->order[end - 1]];
        for (start = end - 1; start > 0 && s->key[s->order[start - 1]] >= z;)
            start--;
        if (start >= AHEAD)
            __builtin_prefetch(&s->key[s->order[start - AHEAD]]);
        if (end - start > 1) {
            sweep_level(s, start, end);
            continue;
        }
        const swept *p = meet(s, start);
        if (covered(s, p->rank, p->y))
            continue;
        s->member[p->row] = true;
        add(s, p->rank, p->y);
    }
}

/* ---- slabs of the first axis, each swept by itself ---- */

/* What slabs of smaller first parts need to know: no row has more of both, the largest z first. */
typedef struct step {
    double z, y;
} step;

typedef struct slab {
    tdo_arena *a;
    sweep s;
    step *stair; /* [steps] */
    size_t steps;
    tdo_status status;
} slab;

/* The third part; with two axes the rows are all of one. */
static double third(const sweep *s, const swept *p)
{
    return s->r->d == 3 ? front_row(s->r, p->row)[2] : 0;
}

static tdo_status set_stair(slab *b)
{
    double best = -INFINITY;
    b->stair = tdo_alloc(b->a, b->s.n, sizeof *b->stair);
    if (!b->stair)
        return TDO_E_MEMORY;
    for (size_t k = b->s.n; k-- > 0;) {
        const swept *p = meet(&b->s, k);
        if (!b->s.member[p->row] || !(p->y > best))
            continue;
        best = p->y;
        b->stair[b->steps++] = (step){third(&b->s, p), best};
    }
    return TDO_OK;
}

/* Strikes out what a row with a larger first part has at least the others of. */
static void cross(const slab *b, const slab *larger)
{
    double best = -INFINITY;
    size_t at = 0;
    for (size_t k = b->s.n; k-- > 0;) {
        const swept *p = meet(&b->s, k);
        const double z = third(&b->s, p);
        for (; at < larger->steps && larger->stair[at].z >= z; at++)
            best = larger->stair[at].y;
        if (best >= p->y)
            b->s.member[p->row] = false;
    }
}

static tdo_status sweep_alone(sweep *s, tdo_arena *a)
{
    s->at = tdo_alloc(a, s->n, sizeof *s->at);
    s->key = tdo_alloc(a, s->n, sizeof *s->key);
    s->order = tdo_alloc(a, s->n, sizeof *s->order);
    s->room = tdo_alloc(a, s->n, 2 * sizeof *s->room);
    if (s->r->d == 3)
        s->highest = tdo_alloc(a, s->n, sizeof *s->highest);
    if (!s->at || !s->key || !s->order || !s->room || (s->r->d == 3 && !s->highest))
        return TDO_E_MEMORY;
    if (s->n == 0)
        return TDO_OK;
    for (size_t k = 0; k < s->n; k++)
        s->at[k] = (swept){front_row(s->r, s->row[k])[1], 0, s->row[k]};
    sort_by_axis(s, 0);
    set_ranks(s);
    if (s->r->d == 2)
        sweep_two(s, 0, s->n);
    else
        sweep_three(s);
    return TDO_OK;
}

/* Takes the rows whose first code is in [range[0], range[1]). */
static tdo_status sweep_slab(const front_alive *alive, const size_t range[2], slab *b)
{
    const size_t d = b->s.r->d;
    size_t n = 0;
    uint32_t *row = NULL;
    b->a = tdo_arena_new();
    for (size_t k = 0; k < alive->n; k++)
        n += alive->code[k * d] >= range[0] && alive->code[k * d] < range[1];
    row = b->a ? tdo_alloc(b->a, n, sizeof *row) : NULL;
    if (!row)
        return TDO_E_MEMORY;
    b->s.row = row;
    for (size_t k = 0; k < alive->n; k++)
        if (alive->code[k * d] >= range[0] && alive->code[k * d] < range[1])
            row[b->s.n++] = alive->row[k];
    const tdo_status status = sweep_alone(&b->s, b->a);
    return status == TDO_OK ? set_stair(b) : status;
}

/* Ends of n slabs with about as many rows each; equal first parts have equal codes. end: [n + 1] */
static void divide(const front_alive *alive, size_t d, size_t n, size_t *end)
{
    size_t count[FRONT_CODE_STEPS + 1] = {0}, below = 0, t = 1;
    for (size_t k = 0; k < alive->n; k++)
        count[alive->code[k * d]]++;
    for (size_t code = 0; code <= FRONT_CODE_STEPS; code++) {
        for (; t < n && below >= alive->n * t / n; t++)
            end[t] = code;
        below += count[code];
    }
    for (; t <= n; t++)
        end[t] = FRONT_CODE_STEPS + 1;
    end[0] = 0;
}

static tdo_status sweep_slabs(const front_rows *r, const front_alive *alive, size_t n, tdo_arena *a,
                              bool *member)
{
    tdo_status status = TDO_OK;
    slab *b = tdo_alloc(a, n, sizeof *b);
    size_t *end = tdo_alloc(a, n + 1, sizeof *end);
    if (!b || !end)
        return TDO_E_MEMORY;
    divide(alive, r->d, n, end);
    FRONT_PARALLEL(omp parallel for num_threads((int)n) schedule(static, 1))
    for (size_t t = 0; t < n; t++) {
        b[t].s = (sweep){.r = r, .member = member};
        b[t].status = sweep_slab(alive, end + t, &b[t]);
    }
    for (size_t t = 0; t < n; t++)
        status = b[t].status != TDO_OK ? b[t].status : status;
    if (status == TDO_OK) {
        FRONT_PARALLEL(omp parallel for num_threads((int)n) schedule(static, 1))
        for (size_t t = 0; t < n; t++)
            for (size_t larger = t + 1; larger < n; larger++)
                cross(&b[t], &b[larger]);
    }
    for (size_t t = 0; t < n; t++)
        tdo_arena_free(b[t].a);
    return status;
}

tdo_status front_sweep(const front_rows *r, const front_alive *alive, size_t slabs, tdo_arena *a,
                       bool *member)
{
    assert(r->d == 2 || r->d == 3);
    sweep s = {.r = r, .row = alive->row, .n = alive->n, .member = member};
    return slabs > 1 ? sweep_slabs(r, alive, slabs, a, member) : sweep_alone(&s, a);
}
