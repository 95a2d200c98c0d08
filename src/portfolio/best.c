/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best set; of equally good ones (within TDO_TIE) the one of the largest sums, then the first.
 */
#include "portfolio/portfolio.h"

#include <string.h>

pick_row *pick_more_rows(const pick_problem *p, size_t more, tdo_arena *a)
{
    pick_row *row = tdo_alloc(a, p->rows + more, sizeof *row);
    if (row && p->rows)
        memcpy(row, p->row, p->rows * sizeof *row);
    return row;
}

/* A worth of one sum that must be at least so much, as a row. */
static pick_row row_of(const pick_worth *w, pick_whole floor)
{
    return (pick_row){w->u, floor, PICK_FAR};
}

/* Of the sets of that worth, the one that has most of each of `then` in turn: each that is found is
 * held by a row, of which there is room in `row`. then: sums of one level. */
static tdo_status raise(const pick_query *of, const pick_sums *then, pick_problem *held,
                        pick_row *row, pick_found *out, tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < then->n && status == TDO_OK && out->complete; q++) {
        pick_problem p = {
            .n = held->n, .rows = held->rows, .row = held->row, .worth = then->sum[q]};
        pick_bound bound = {0};
        pick_query one = *of;
        pick_found now = *out;
        status = pick_find_bound(&p, of->a, &bound, err);
        one.p = &p;
        one.aim = PICK_LARGEST;
        one.bound = &bound;
        one.floor = pick_worth_of(&then->sum[q], p.n, out->x) + 1; /* this much is there already */
        one.also = &held->worth;
        one.also_floor = of->floor;
        if (status == TDO_OK)
            status = pick_search(&one, &now, err);
        out->complete = now.complete;
        const pick_whole most = pick_worth_of(&then->sum[q], p.n, out->x);
        row[held->rows++] = row_of(&then->sum[q], most);
        if (status == TDO_OK)
            status = pick_add_demand(of->demands, &bound, most, of->a);
    }
    return status;
}

/* Of the sets that are held, the first. */
static tdo_status take_first(const pick_query *of, const pick_problem *held, pick_found *out,
                             tdo_error *err)
{
    pick_query one = *of;
    pick_found now = *out;
    if (!out->complete)
        return TDO_OK;
    one.p = held;
    one.aim = PICK_FIRST;
    tdo_status status = pick_search(&one, &now, err);
    out->complete = now.complete;
    return status;
}

tdo_status pick_best(const pick_problem *p, const pick_sums *then, uint64_t *steps, pick_found *out,
                     pick_whole *at_most, tdo_error *err)
{
    pick_bound bound = {0};
    pick_demands demands = {0};
    pick_problem held = *p;
    tdo_arena *room = tdo_arena_new();
    const size_t levels = p->worth.best ? 0 : p->worth.levels;
    pick_row *row = room ? pick_more_rows(p, levels + then->n, room) : NULL;
    pick_query q = {.p = p,
                    .aim = PICK_LARGEST,
                    .bound = &bound,
                    .floor = -PICK_FAR,
                    .demands = &demands,
                    .steps = steps,
                    .a = room};
    tdo_status status = row ? pick_find_bound(p, room, &bound, err) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = pick_search(&q, out, err);
    *at_most = bound.proof ? PICK_FAR : pick_bound_at_most(&bound, p->n);
    if (status == TDO_OK && out->some && out->complete) {
        *at_most = out->worth;
        held.row = row;
        q.floor = out->worth - PICK_TIE;
        for (size_t l = 0; l < levels; l++) /* one, or each of a least */
            row[held.rows++] = (pick_row){p->worth.u + l * p->n, q.floor, PICK_FAR};
        status = pick_add_demand(&demands, &bound, q.floor, room);
        if (status == TDO_OK)
            status = raise(&q, then, &held, row, out, err);
        if (status == TDO_OK)
            status = take_first(&q, &held, out, err);
        out->worth = pick_worth_of(&p->worth, p->n, out->x);
        out->complete = true; /* the worth is proven, if not who is first among equals */
    }
    tdo_arena_free(room);
    return status;
}
