/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is beaten by nobody. The steps are in frontier.h. */
#include "frontier/frontier.h"

#include <assert.h>

static void mark_largest(const double *x, size_t n, bool *member)
{
    double best = x[0];
    for (size_t i = 1; i < n; i++)
        best = x[i] > best ? x[i] : best;
    for (size_t i = 0; i < n; i++)
        member[i] = x[i] >= best;
}

static tdo_status mark(const front_rows *r, bool *member)
{
    tdo_status status = TDO_E_MEMORY;
    front_codes codes = {0};
    front_alive alive = {0};
    tdo_arena *scratch = tdo_arena_new();
    if (!scratch)
        goto out;
    status = front_codes_make(r, scratch, &codes);
    if (status == TDO_OK)
        status = front_screen_rows(r, &codes, scratch, &alive);
    if (status == TDO_OK)
        status = r->d <= 3 ? front_sweep(r, &alive, scratch, member)
                           : front_window(r, &alive, scratch, member);
out:
    tdo_arena_free(scratch);
    return status;
}

tdo_status tdo_frontier(const double *x, size_t n, size_t d, tdo_arena *a, tdo_front *out)
{
    const front_rows rows = {x, n, d};
    bool *member = tdo_alloc(a, n, sizeof *member);
    size_t count = 0;
    assert(d >= 1 && n < UINT32_MAX);
    if (!member)
        return TDO_E_MEMORY;
    if (n > 0 && d == 1)
        mark_largest(x, n, member);
    tdo_status status = n > 0 && d > 1 ? mark(&rows, member) : TDO_OK;
    if (status != TDO_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        count += member[i];
    uint32_t *list = tdo_alloc(a, count, sizeof *list);
    if (!list)
        return TDO_E_MEMORY;
    *out = (tdo_front){member, list, count};
    for (size_t i = 0; i < n; i++)
        if (member[i])
            *list++ = (uint32_t)i;
    return TDO_OK;
}
