/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part of what is whose, and how all get it. */
#include "fleet/fleet.h"

#include <assert.h>

size_t fleet_size(const tdo_fleet *f)
{
    return f ? f->size : 1;
}

bool fleet_leads(const tdo_fleet *f)
{
    return !f || f->place == 0;
}

/* Where the part of process p begins. Process 0 has some, if there is one. */
static size_t start_of(const tdo_fleet *f, size_t p, size_t n)
{
    return n / f->size * p + (n % f->size * p + f->size - 1) / f->size;
}

fleet_part fleet_part_of(const tdo_fleet *f, size_t n)
{
    return f ? (fleet_part){start_of(f, f->place, n), start_of(f, f->place + 1, n)}
             : (fleet_part){0, n};
}

tdo_status fleet_share(const tdo_fleet *f, tdo_status mine, void *items, size_t n, size_t size)
{
    size_t start[TDO_FLEET_MOST + 1];
    if (!f)
        return mine;
    assert(f->size <= TDO_FLEET_MOST);
    for (size_t p = 0; p <= f->size; p++)
        start[p] = start_of(f, p, n) * size;
    return f->gather(f->user, mine, items, start);
}

tdo_status fleet_share_blocks(const tdo_fleet *f, tdo_status mine, void *items, const size_t *start,
                              size_t n, size_t size)
{
    size_t at[TDO_FLEET_MOST + 1];
    if (!f)
        return mine;
    assert(f->size <= TDO_FLEET_MOST);
    for (size_t p = 0; p <= f->size; p++)
        at[p] = start[start_of(f, p, n)] * size;
    return f->gather(f->user, mine, items, at);
}

tdo_status fleet_tell(const tdo_fleet *f, tdo_status mine, void *bytes, size_t n)
{
    size_t start[TDO_FLEET_MOST + 1] = {0};
    if (!f)
        return mine;
    assert(f->size <= TDO_FLEET_MOST);
    for (size_t p = 1; p <= f->size; p++)
        start[p] = n;
    return f->gather(f->user, mine, bytes, start);
}

tdo_status fleet_agree(const tdo_fleet *f, tdo_status mine, void *said, size_t size)
{
    return f ? f->agree(f->user, mine, said, size) : mine;
}
