/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where sets could lie that no known one reaches: zones, each of what has more of everything than
 * its ends. None lies in another one. */
#include "verify/sets.h"

#include <string.h>

bool verify_start_zones(verify_sets *s, size_t d, verify_zones *out)
{
    verify_whole *all = NULL;
    *out = (verify_zones){.s = s, .d = d};
    if (!VERIFY_ROOM(s->k->j, all, d))
        return false;
    for (size_t c = 0; c < d; c++)
        all[c] = -VERIFY_FAR;
    out->end = all;
    out->n = out->room = 1;
    return true;
}

static bool within(const verify_zones *z, const verify_whole *a, const verify_whole *b)
{
    for (size_t c = 0; c < z->d; c++)
        if (a[c] < b[c])
            return false;
    return true;
}

static bool grow(verify_zones *z)
{
    verify_whole *more = verify_room(z->s->k->j, 2 * (z->n + 8) * z->d, sizeof *more);
    if (!more)
        return false;
    memcpy(more, z->end, z->n * z->d * sizeof *more);
    z->end = more;
    z->room = 2 * (z->n + 8);
    return true;
}

/* One more, unless it lies in another one; those from `first` on that lie in it are left out. */
static bool add(verify_zones *z, const verify_whole *end, size_t first)
{
    size_t kept = first;
    for (size_t k = 0; k < z->n; k++)
        if (within(z, end, z->end + k * z->d))
            return true;
    for (size_t k = first; k < z->n; k++)
        if (!within(z, z->end + k * z->d, end))
            memmove(z->end + kept++ * z->d, z->end + k * z->d, z->d * sizeof *end);
    z->n = kept;
    if (z->n == z->room && !grow(z))
        return false;
    memcpy(z->end + z->n++ * z->d, end, z->d * sizeof *end);
    return true;
}

bool verify_cut_zones(verify_zones *z, const verify_whole *at)
{
    size_t kept = 0, cut = 0;
    if (z->spare_room < z->n) {
        z->spare_room = z->room;
        if (!VERIFY_ROOM(z->s->k->j, z->spare, z->spare_room * z->d))
            return false;
    }
    for (size_t k = 0; k < z->n; k++) {
        const verify_whole *end = z->end + k * z->d;
        bool inside = true;
        for (size_t c = 0; c < z->d; c++)
            inside = inside && at[c] > end[c];
        verify_whole *to = inside ? z->spare + cut++ * z->d : z->end + kept++ * z->d;
        memmove(to, end, z->d * sizeof *to);
    }
    z->n = kept;
    for (size_t k = 0; k < cut; k++)
        for (size_t c = 0; c < z->d; c++) {
            verify_whole *part = z->spare + k * z->d;
            const verify_whole before = part[c];
            part[c] = at[c];
            if (!add(z, part, kept))
                return false;
            part[c] = before;
        }
    return true;
}
