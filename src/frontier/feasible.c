/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of the feasible candidates. Their gains, a row each, are needed for it alone. */
#include "frontier/frontier.h"

tdo_status tdo_find_frontier(const tdo_case *k, int threads, tdo_arena *a, tdo_front *out)
{
    tdo_arena *scratch = tdo_arena_new();
    double *gain = NULL;
    const size_t n = k->f->feasible_n;
    tdo_status status = scratch ? tdo_gains(k, NULL, n, scratch, &gain) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_frontier_threads(gain, n, k->x->d, threads, a, out);
    tdo_arena_free(scratch);
    return status;
}
