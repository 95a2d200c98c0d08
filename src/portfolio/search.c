/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Depth first over all sets. A set that is begun is given up where a row can no longer hold or a
 * bound shows that it comes to too little; blocks that the bound tells most of are decided first.
 * Of blocks that are the same in every row and level only the first ones are taken. */
#include "portfolio/portfolio.h"

#include "base/sort.h"

#include <string.h>

/* Steps of a search until it is worth to look for what its rows demand. */
enum { PATIENCE = 1000 };

typedef struct entry {
    uint32_t row;
    pick_whole a;
} entry;

typedef struct walker {
    const pick_query *q;
    size_t n, rows;
    uint32_t *order;        /* [n] */
    uint32_t *twin;         /* [n] the same block before; UINT32_MAX: none */
    size_t *start;          /* [n + 1] into entry */
    entry *entry;           /* those of each block that are not 0 */
    pick_whole *low, *high; /* [rows] what the row can still come to */
    uint8_t *x, *tried;     /* [n] by block; by place */
    pick_whole most, need;  /* what the bound leaves, and has to */
    size_t demands;
    pick_whole *gain, *left; /* [n x demands] of the blocks; [demands] what they leave */
    uint64_t patience;       /* steps until the demands of the rows are sought */
    pick_whole floor;
    pick_found *found;
    bool ended;
} walker;

pick_whole pick_worth_of(const pick_worth *w, size_t n, const uint8_t *x)
{
    pick_whole worth = 0;
    for (size_t l = 0; l < w->levels; l++) {
        pick_whole level = 0;
        for (size_t i = 0; i < n; i++) {
            const pick_whole u = x[i] ? w->u[l * n + i] : 0;
            level = !w->best ? level + u : u > level ? u : level;
        }
        worth = !w->least ? worth + level : l == 0 || level < worth ? level : worth;
    }
    return worth;
}

/* ---- before ---- */

static tdo_status list_entries(walker *w)
{
    const pick_problem *p = w->q->p;
    size_t count = 0;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t i = 0; i < p->n; i++)
            count += p->row[r].a[i] != 0;
    w->entry = tdo_alloc(w->q->a, count, sizeof *w->entry);
    if (!w->entry)
        return TDO_E_MEMORY;
    count = 0;
    for (size_t i = 0; i < p->n; i++) {
        w->start[i] = count;
        for (size_t r = 0; r < p->rows; r++) {
            const pick_whole a = p->row[r].a[i];
            if (a == 0)
                continue;
            w->entry[count++] = (entry){(uint32_t)r, a};
            w->low[r] += a < 0 ? a : 0;
            w->high[r] += a > 0 ? a : 0;
        }
    }
    w->start[p->n] = count;
    return TDO_OK;
}

static pick_whole size_of(pick_whole x)
{
    return x < 0 ? -x : x;
}

static bool tells_more(const void *user, uint32_t i, uint32_t j)
{
    const pick_bound *b = user;
    return size_of(b->gain[i]) > size_of(b->gain[j]);
}

static bool same_in(const pick_worth *w, size_t n, size_t i, size_t j)
{
    bool same = true;
    for (size_t l = 0; w && l < w->levels && same; l++)
        same = w->u[l * n + i] == w->u[l * n + j];
    return same;
}

static bool same(const walker *w, size_t i, size_t j)
{
    const size_t count = w->start[i + 1] - w->start[i];
    bool all = count == w->start[j + 1] - w->start[j] && same_in(&w->q->p->worth, w->n, i, j) &&
               same_in(w->q->also, w->n, i, j);
    for (size_t e = 0; e < count && all; e++) {
        const entry *a = &w->entry[w->start[i] + e], *b = &w->entry[w->start[j] + e];
        all = a->row == b->row && a->a == b->a;
    }
    return all;
}

/* Blocks that are the same have the same gain: they stand next to each other in the order. */
static void find_twins(walker *w)
{
    for (size_t at = 0; at < w->n; at++) {
        const uint32_t i = w->order[at];
        w->twin[i] = UINT32_MAX;
        for (size_t back = at; back-- > 0 && w->q->aim != PICK_EVERY;) {
            const uint32_t j = w->order[back];
            if (w->q->bound->gain[i] != w->q->bound->gain[j])
                break;
            if (same(w, i, j)) {
                w->twin[i] = j;
                break;
            }
        }
    }
}

static tdo_status prepare(walker *w)
{
    tdo_arena *a = w->q->a;
    uint32_t *room = tdo_alloc(a, w->n, sizeof *room);
    w->order = tdo_alloc(a, w->n, sizeof *w->order);
    w->twin = tdo_alloc(a, w->n, sizeof *w->twin);
    w->start = tdo_alloc(a, w->n + 1, sizeof *w->start);
    w->low = tdo_alloc(a, w->rows, sizeof *w->low);
    w->high = tdo_alloc(a, w->rows, sizeof *w->high);
    w->x = tdo_alloc(a, w->n, sizeof *w->x);
    w->tried = tdo_alloc(a, w->n, sizeof *w->tried);
    if (!room || !w->order || !w->twin || !w->start || !w->low || !w->high || !w->x || !w->tried)
        return TDO_E_MEMORY;
    tdo_status status = list_entries(w);
    for (size_t i = 0; i < w->n; i++)
        w->order[i] = (uint32_t)i;
    if (status != TDO_OK)
        return status;
    sort_by(w->order, w->n, tells_more, w->q->bound, room);
    find_twins(w);
    for (size_t i = 0; w->q->aim == PICK_FIRST && i < w->n; i++)
        w->order[i] = (uint32_t)i;
    return TDO_OK;
}

/* ---- the walk ---- */

static pick_whole positive(pick_whole x)
{
    return x > 0 ? x : 0;
}

/* Decides block i; undo: takes it back. False: a row, or a bound, cannot hold any more. */
static bool decide(walker *w, size_t i, bool take, bool undo)
{
    const pick_query *q = w->q;
    const pick_whole sign = undo ? -1 : 1;
    bool good = true;
    for (size_t e = w->start[i]; e < w->start[i + 1]; e++) {
        const entry *y = &w->entry[e];
        pick_whole *low = &w->low[y->row], *high = &w->high[y->row];
        if ((y->a > 0) == take)
            *low += sign * size_of(y->a);
        else
            *high -= sign * size_of(y->a);
        good = good && *low <= q->p->row[y->row].hi && *high >= q->p->row[y->row].lo;
    }
    const pick_whole gain = q->bound->gain[i];
    w->most += sign * ((take ? gain : 0) - positive(gain));
    for (size_t d = 0; d < w->demands; d++) {
        const pick_whole by = w->gain[i * w->demands + d];
        w->left[d] += sign * ((take ? by : 0) - positive(by));
        good = good && w->left[d] >= q->demands->demand[d].need;
    }
    w->x[i] = take && !undo;
    return good && w->most >= w->need;
}

/* What the demands leave where the blocks at the first `at` places are decided. *open false: some
 * cannot be met. */
static tdo_status weigh_demands(walker *w, size_t at, bool *open)
{
    const pick_demands *all = w->q->demands;
    w->demands = all->n;
    w->gain = tdo_alloc(w->q->a, w->n * w->demands, sizeof *w->gain);
    w->left = tdo_alloc(w->q->a, w->demands, sizeof *w->left);
    if (!w->gain || !w->left)
        return TDO_E_MEMORY;
    for (size_t d = 0; d < w->demands; d++) {
        const pick_bound *b = &all->demand[d].bound;
        w->left[d] = b->base;
        for (size_t k = 0; k < w->n; k++) {
            const uint32_t i = w->order[k];
            w->gain[i * w->demands + d] = b->gain[i];
            w->left[d] += k >= at ? positive(b->gain[i]) : w->x[i] ? b->gain[i] : 0;
        }
        *open = *open && w->left[d] >= all->demand[d].need;
    }
    return TDO_OK;
}

/* The search takes long: what is begun so far is given up by what is found in the next step. */
static tdo_status seek_demands(walker *w, size_t at, tdo_error *err)
{
    bool open = true;
    tdo_status status = pick_seek_demands(w->q->p, w->q->demands, w->q->a, err);
    return status == TDO_OK ? weigh_demands(w, at, &open) : status;
}

static tdo_status take_leaf(walker *w)
{
    const pick_query *q = w->q;
    const pick_whole worth = pick_worth_of(&q->p->worth, w->n, w->x);
    if (worth < w->floor || (q->also && pick_worth_of(q->also, w->n, w->x) < q->also_floor))
        return TDO_OK;
    if (q->aim == PICK_EVERY) {
        w->found->some = true;
        return q->visit(q->user, w->x);
    }
    memcpy(w->found->x, w->x, w->n);
    w->found->some = true;
    w->found->worth = worth;
    w->ended = q->aim == PICK_FIRST;
    w->floor = worth + 1;
    if (!q->bound->proof)
        w->need = pick_bound_needs(q->bound, w->floor);
    return TDO_OK;
}

/* What is tried first: what the bound would do; PICK_FIRST: to take it. */
static bool first_of(const walker *w, size_t i)
{
    return w->q->aim == PICK_FIRST || w->q->bound->gain[i] > 0;
}

static tdo_status walk(walker *w, tdo_error *err)
{
    tdo_status status = TDO_OK;
    size_t at = 0;
    while (!w->ended && status == TDO_OK) {
        if (at == w->n) {
            status = take_leaf(w);
            if (at-- == 0)
                break;
            decide(w, w->order[at], w->x[w->order[at]], true);
            continue;
        }
        const uint32_t i = w->order[at];
        if (w->tried[at] == 2) {
            w->tried[at] = 0;
            if (at-- == 0)
                break;
            decide(w, w->order[at], w->x[w->order[at]], true);
            continue;
        }
        const bool take = first_of(w, i) == (w->tried[at] == 0);
        w->tried[at]++;
        if (take && w->twin[i] != UINT32_MAX && !w->x[w->twin[i]])
            continue;
        if (*w->q->steps == 0) {
            w->found->complete = false;
            break;
        }
        --*w->q->steps;
        if (w->patience > 0 && --w->patience == 0)
            status = seek_demands(w, at, err);
        if (decide(w, i, take, false))
            at++;
        else
            decide(w, i, take, true);
    }
    return status;
}

tdo_status pick_search(const pick_query *q, pick_found *out, tdo_error *err)
{
    walker w = {.q = q,
                .n = q->p->n,
                .rows = q->p->rows,
                .floor = q->floor,
                .need = q->bound->proof ? 0 : pick_bound_needs(q->bound, q->floor),
                .most = q->bound->base,
                .patience = q->demands->sought ? 0 : PATIENCE,
                .found = out};
    tdo_status status = prepare(&w);
    out->some = false;
    out->complete = true;
    if (status != TDO_OK)
        return status;
    bool open = true;
    status = weigh_demands(&w, 0, &open);
    for (size_t i = 0; i < w.n; i++)
        w.most += positive(q->bound->gain[i]);
    for (size_t r = 0; r < w.rows; r++)
        open = open && w.low[r] <= q->p->row[r].hi && w.high[r] >= q->p->row[r].lo;
    return status == TDO_OK && open && w.most >= w.need ? walk(&w, err) : status;
}
