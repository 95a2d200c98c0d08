/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LP behind a clash: every bound may be missed, for nothing, at a price, or not at all. */
#ifndef TRADEOFF_MIX_CLASH_H
#define TRADEOFF_MIX_CLASH_H

#include "mix/mix.h"

enum { MIX_BOUNDS_MAX = 4 * TDO_MAX_CONSTRAINTS }; /* two sides of limits and constraints */

typedef struct mix_bound_set {
    uint64_t word[MIX_BOUNDS_MAX / 64];
} mix_bound_set;

static inline bool mix_set_has(const mix_bound_set *s, size_t k)
{
    return (s->word[k / 64] >> (k % 64) & 1) != 0;
}

static inline void mix_set_put(mix_bound_set *s, size_t k, bool in)
{
    uint64_t bit = UINT64_C(1) << (k % 64);
    s->word[k / 64] = in ? s->word[k / 64] | bit : s->word[k / 64] & ~bit;
}

typedef enum mix_miss_cost { MIX_MISS_FREE, MIX_MISS_PRICED, MIX_MISS_FORBIDDEN } mix_miss_cost;

/* Columns: h[k] <= beta[k], then the misses r[k] >= 0, then all participants. */
typedef struct mix_clash {
    mix_problem *m;
    tdo_arena *a; /* what lives as long as the LP */
    tdo_lp *lp;
    tdo_lp_pool *pool;
    tdo_error *err;
    size_t lps;
    bool cut; /* a search ran out of work: what would be enough may have been missed */
} mix_clash;

/* c: m, a and err are set. Errors: TDO_E_MEMORY, TDO_E_INTERNAL; as all of these. */
TDO_MUST_USE tdo_status mix_clash_make(mix_clash *c);
TDO_MUST_USE tdo_status mix_clash_set_miss(mix_clash *c, size_t k, mix_miss_cost cost);
/* The cheapest misses. */
TDO_MUST_USE tdo_status mix_clash_solve(mix_clash *c, tdo_arena *a, tdo_lp_pool_solution *s);
/* Can no split meet these bounds together? mu: [bounds] the duals that prove it; NULL: not
 * wanted. */
TDO_MUST_USE tdo_status mix_clash_test(mix_clash *c, const mix_bound_set *kept, bool *clashes,
                                       double *mu);
/* For each bound how loose it must be when all others stay (relax.c). */
TDO_MUST_USE tdo_status mix_clash_relax(mix_clash *c, tdo_mix_clash *out);

/* ---- where models are counted or shares have a least size (relax_counted.c) ---- */

bool mix_counts_models(const mix_problem *m);
/* The bound in its unit, rounded to 12 digits towards looser, so that it can be typed and holds. */
double mix_loosen(const mix_bound *b, double to);
/* Bound k, which binds the average, as loose as it must be. NaN: not enough, or c->cut. */
TDO_MUST_USE tdo_status mix_relax_counted(mix_clash *c, size_t k, double *to);
/* Is there a split, with the bounds of m? false with c->cut: not found. m: with an arena of its
 * own. */
TDO_MUST_USE tdo_status mix_holds_counted(mix_clash *c, mix_problem *m, bool *holds);

#endif
