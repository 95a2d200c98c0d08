/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of a plan: of a segment, of all. */
#include "plan/facts.h"

#include "base/sort.h"

bool tdo_planned_next(const tdo_planned *x, size_t segment, size_t *at, size_t *candidate,
                      double *share)
{
    const tdo_plan_solution *s = &x->solution;
    if (s->choice[segment] != TDO_PLAN_SPLIT) {
        *candidate = s->choice[segment];
        *share = 1;
        return (*at)++ == 0;
    }
    size_t low = 0, high = s->n_parts; /* the first part of the segment */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->part[middle].segment < segment)
            low = middle + 1;
        else
            high = middle;
    }
    const size_t k = low + (*at)++;
    if (k >= s->n_parts || s->part[k].segment != segment)
        return false;
    *candidate = s->part[k].candidate;
    *share = s->part[k].share;
    return true;
}

static bool has_more(const void *user, uint32_t a, uint32_t b)
{
    const double *traffic = user;
    return traffic[a] > traffic[b];
}

/* Largest share first, then by id. NULL: out of memory. */
uint32_t *plan_by_share(const tdo_planned *x)
{
    const size_t m = x->problem.candidates;
    uint32_t *order = tdo_alloc(x->arena, m, sizeof *order);
    uint32_t *room = tdo_alloc(x->arena, m, sizeof *room);
    if (!order || !room)
        return NULL;
    for (size_t k = 0; k < m; k++)
        order[k] = (uint32_t)k;
    sort_by(order, m, has_more, x->totals.traffic, room);
    return order;
}
