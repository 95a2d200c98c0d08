/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LP behind a clash: every bound may be missed, for nothing, at a price, or not at all. */
#ifndef TRADEOFF_MIX_CLASH_H
#define TRADEOFF_MIX_CLASH_H

#include "mix/mix.h"

enum { TDO_BOUNDS_MAX = 4 * TDO_MAX_CONSTRAINTS }; /* two sides of limits and constraints */

typedef struct tdo_bound_set {
    uint64_t word[TDO_BOUNDS_MAX / 64];
} tdo_bound_set;

static inline bool tdo_set_has(const tdo_bound_set *s, size_t k)
{
    return (s->word[k / 64] >> (k % 64) & 1) != 0;
}

static inline void tdo_set_put(tdo_bound_set *s, size_t k, bool in)
{
    uint64_t bit = UINT64_C(1) << (k % 64);

    s->word[k / 64] = in ? s->word[k / 64] | bit : s->word[k / 64] & ~bit;
}

typedef enum tdo_miss_cost { TDO_MISS_FREE, TDO_MISS_PRICED, TDO_MISS_FORBIDDEN } tdo_miss_cost;

/* Columns: h[k] <= beta[k], then the misses r[k] >= 0, then all participants. */
typedef struct tdo_clash {
    tdo_mixing *m;
    tdo_arena *a; /* what lives as long as the LP */
    tdo_lp *lp;
    tdo_lp_pool *pool;
    tdo_error *err;
    size_t lps;
} tdo_clash;

/* c: m, a and err are set. Errors: TDO_E_MEMORY, TDO_E_INTERNAL; as all of these. */
TDO_MUST_USE tdo_status tdo_clash_make(tdo_clash *c);
TDO_MUST_USE tdo_status tdo_clash_set_miss(tdo_clash *c, size_t k, tdo_miss_cost cost);
/* The cheapest misses. */
TDO_MUST_USE tdo_status tdo_clash_solve(tdo_clash *c, tdo_arena *a, tdo_lp_pool_solution *s);
/* Can no split meet these bounds together? mu: [bounds] the duals that prove it; NULL: not
 * wanted. */
TDO_MUST_USE tdo_status tdo_clash_test(tdo_clash *c, const tdo_bound_set *kept, bool *clashes,
                                       double *mu);
/* For each bound how loose it must be when all others stay (mix_relax.c). */
TDO_MUST_USE tdo_status tdo_clash_relax(tdo_clash *c, tdo_mix_clash *out);

#endif
