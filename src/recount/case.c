/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who dominates whom, and who comes first. */
#include "recount/case.h"

#include <string.h>

#include "base/sort.h"

typedef struct rank_order {
    const verify_case *k;
    const uint32_t *rank;
} rank_order;

static bool stands_before(const void *user, uint32_t a, uint32_t b)
{
    const rank_order *s = user;
    if (s->rank[a] != s->rank[b])
        return s->rank[a] < s->rank[b];
    if (s->k->front[a] != s->k->front[b])
        return s->k->front[a];
    return strcmp(verify_slot_id(s->k, a), verify_slot_id(s->k, b)) < 0;
}

bool verify_order(verify_case *k, const uint32_t *rank, uint32_t *order)
{
    const rank_order s = {k, rank};
    uint32_t *room = NULL;
    if (!VERIFY_ROOM(k->j, room, k->s.f))
        return false;
    for (uint32_t q = 0; q < k->s.f; q++)
        order[q] = q;
    sort_by(order, k->s.f, stands_before, &s, room);
    return true;
}

size_t verify_first(const verify_case *k, const uint32_t *rank)
{
    const rank_order s = {k, rank};
    uint32_t first = 0;
    for (uint32_t q = 1; q < k->s.f; q++)
        first = stands_before(&s, q, first) ? q : first;
    return first;
}

bool verify_dominates(const verify_case *k, size_t a, size_t b)
{
    const size_t d = k->w->d;
    const double *x = k->s.gain + a * d, *y = k->s.gain + b * d;
    bool better = false;
    for (size_t c = 0; c < d; c++) {
        if (x[c] < y[c])
            return false;
        better = better || x[c] > y[c];
    }
    return better;
}
