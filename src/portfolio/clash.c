/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why there is no set: the fewest of what is asked that cannot hold together. All choices of one,
 * two, ... rows are tried while they are few; beyond, rows are left out as long as the rest still
 * cannot hold. */
#include "portfolio/portfolio.h"

#include <string.h>

enum { MOST_TRIES = 2000, MOST_STEPS = 200000 };

/* Rows that are looked at. */
typedef struct choosing {
    const pick_data *d;
    bool *chosen; /* [rows] */
    bool unsure;  /* of some choice it was not found out whether it can hold */
} choosing;

/* Can the rows that are chosen hold? Not known counts as yes. */
static tdo_status can_hold(choosing *c, bool *out, tdo_error *err)
{
    const pick_data *d = c->d;
    tdo_arena *room = tdo_arena_new();
    pick_row *row = room ? pick_more_rows(&d->p, 0, room) : NULL;
    pick_whole *nothing = room ? tdo_alloc(room, d->n, sizeof *nothing) : NULL;
    uint8_t *x = room ? tdo_alloc(room, d->n, 1) : NULL;
    pick_problem p = {.n = d->n, .row = row, .worth = {.levels = 1, .u = nothing}};
    pick_bound bound = {0};
    pick_demands demands = {0};
    pick_found found = {.x = x};
    uint64_t steps = MOST_STEPS;
    tdo_status status = row && nothing && x ? TDO_OK : TDO_E_MEMORY;
    for (size_t r = 0; r < d->p.rows && row; r++)
        if (c->chosen[r])
            row[p.rows++] = d->p.row[r];
    if (status == TDO_OK)
        status = pick_find_bound(&p, room, &bound, err);
    const pick_query q = {.p = &p,
                          .aim = PICK_FIRST,
                          .bound = &bound,
                          .floor = -PICK_FAR,
                          .demands = &demands,
                          .steps = &steps,
                          .a = room};
    if (status == TDO_OK)
        status = pick_search(&q, &found, err);
    *out = found.some || !found.complete;
    c->unsure = c->unsure || (!found.some && !found.complete);
    tdo_arena_free(room);
    return status;
}

/* The next choice of so many, in lexicographic order. False: there is none. */
static bool next_choice(size_t *at, size_t size, size_t n)
{
    for (size_t k = size; k-- > 0;)
        if (at[k] < n - (size - k)) {
            at[k]++;
            for (size_t j = k + 1; j < size; j++)
                at[j] = at[j - 1] + 1;
            return true;
        }
    return false;
}

/* size: of the clash found; 0: the tries ran out. */
static tdo_status try_choices(choosing *c, size_t *size, tdo_error *err)
{
    const pick_data *d = c->d;
    bool *chosen = c->chosen;
    size_t *at = tdo_alloc(d->a, d->p.rows, sizeof *at), tries = MOST_TRIES;
    tdo_status status = at ? TDO_OK : TDO_E_MEMORY;
    for (size_t n = 1; n <= d->p.rows && status == TDO_OK; n++) {
        for (size_t k = 0; k < n; k++)
            at[k] = k;
        do {
            bool holds = true;
            if (tries-- == 0)
                return TDO_OK;
            memset(chosen, 0, d->p.rows * sizeof *chosen);
            for (size_t k = 0; k < n; k++)
                chosen[at[k]] = true;
            status = can_hold(c, &holds, err);
            if (status == TDO_OK && !holds) {
                *size = n;
                return TDO_OK;
            }
        } while (status == TDO_OK && next_choice(at, n, d->p.rows));
    }
    return status;
}

static tdo_status leave_out(choosing *c, tdo_error *err)
{
    const pick_data *d = c->d;
    bool *chosen = c->chosen;
    tdo_status status = TDO_OK;
    for (size_t r = 0; r < d->p.rows; r++)
        chosen[r] = true;
    for (size_t r = d->p.rows; r-- > 0 && status == TDO_OK;) {
        bool holds = true;
        chosen[r] = false;
        status = can_hold(c, &holds, err);
        chosen[r] = status == TDO_OK && holds;
    }
    return status;
}

tdo_status pick_find_clash(const pick_data *d, tdo_portfolio *out, tdo_error *err)
{
    choosing c = {.d = d, .chosen = tdo_alloc(d->a, d->p.rows, sizeof *c.chosen)};
    tdo_portfolio_part *part = tdo_alloc(d->a, d->p.rows, sizeof *part);
    size_t size = 0;
    tdo_status status = c.chosen && part ? try_choices(&c, &size, err) : TDO_E_MEMORY;
    out->clash_proven = size > 0 && !c.unsure;
    if (status == TDO_OK && size == 0)
        status = leave_out(&c, err);
    for (size_t r = 0; r < d->p.rows && status == TDO_OK; r++)
        if (c.chosen[r])
            part[out->n_clash++] = (tdo_portfolio_part){d->text[r]};
    out->clash = part;
    return status;
}
