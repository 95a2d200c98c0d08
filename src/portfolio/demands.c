/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows ask of a set, taken together: the largest that the sum of one row can come to under
 * all others. A row alone shows that a set that is begun cannot hold it only once little is left
 * to decide; the multipliers of the others show it much earlier (Glover 1965: surrogate
 * constraints; Ehrgott and Gandibleux 2007: bound sets), above all where nothing can hold but
 * everything nearly does. */
#include "portfolio/portfolio.h"

#include <string.h>

/* Rows of fewer blocks tell nothing early, and of more demands each says less. */
enum { LEAST_BLOCKS = 4, MOST_OF_ROWS = 12, FIRST_ROOM = 16 };

tdo_status pick_add_demand(pick_demands *d, const pick_bound *bound, pick_whole floor, tdo_arena *a)
{
    if (d->n == d->room) {
        const size_t room = d->room ? 2 * d->room : FIRST_ROOM;
        pick_demand *more = tdo_alloc(a, room, sizeof *more);
        if (!more)
            return TDO_E_MEMORY;
        if (d->n)
            memcpy(more, d->demand, d->n * sizeof *more);
        d->demand = more;
        d->room = room;
    }
    d->demand[d->n++] = (pick_demand){*bound, bound->proof ? 0 : pick_bound_needs(bound, floor)};
    return TDO_OK;
}

static size_t blocks_of(const pick_row *row, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += row->a[i] != 0;
    return count;
}

/* Of a row's lower side, or of its upper one turned. */
static tdo_status demand_side(const pick_problem *p, const pick_row *row, bool upper,
                              pick_demands *d, tdo_arena *a, tdo_error *err)
{
    pick_whole *u = tdo_alloc(a, p->n, sizeof *u);
    pick_problem one = *p;
    pick_bound bound = {0};
    if (!u)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < p->n; i++)
        u[i] = upper ? -row->a[i] : row->a[i];
    one.worth = (pick_worth){.levels = 1, .u = u};
    tdo_status status = pick_find_bound(&one, a, &bound, err);
    return status == TDO_OK ? pick_add_demand(d, &bound, upper ? -row->hi : row->lo, a) : status;
}

tdo_status pick_seek_demands(const pick_problem *p, pick_demands *d, tdo_arena *a, tdo_error *err)
{
    tdo_status status = TDO_OK;
    const size_t most = d->n + MOST_OF_ROWS;
    if (d->sought)
        return TDO_OK;
    d->sought = true;
    for (size_t r = p->rows; r-- > 0 && status == TDO_OK && d->n < most;) {
        const pick_row *row = &p->row[r];
        if (blocks_of(row, p->n) < LEAST_BLOCKS)
            continue;
        if (row->lo != -PICK_FAR)
            status = demand_side(p, row, false, d, a, err);
        if (row->hi != PICK_FAR && status == TDO_OK && d->n < most)
            status = demand_side(p, row, true, d, a, err);
    }
    return status;
}
