/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order with the least total disagreement (Kemeny 1959), by dynamic programming over the sets
 * of candidates that stand last (Held and Karp 1962; Betzler et al. 2009). */
#include "rules/rules.h"

#include <assert.h>

enum { HALF_BITS = TDO_KEMENY_MAX / 2, HALVES = 1 << HALF_BITS };

_Static_assert(2 * HALF_BITS == TDO_KEMENY_MAX, "two halves hold all candidates");

tdo_status rule_kemeny_make(size_t n, tdo_arena *a, rule_kemeny_room *out)
{
    assert(n >= 1 && n <= TDO_KEMENY_MAX);
    out->ahead = tdo_alloc(a, n * 2 * HALVES, sizeof *out->ahead);
    out->least = tdo_alloc(a, (size_t)1 << n, sizeof *out->least);
    return out->ahead && out->least ? TDO_OK : TDO_E_MEMORY;
}

/* The halves without anybody stay 0. */
static void set_ahead(const rule_kemeny_room *t, const double *before, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double *half = t->ahead + (2 * i + j / HALF_BITS) * HALVES;
            size_t bit = (size_t)1 << j % HALF_BITS;
            for (size_t set = 0; set < bit; set++)
                half[set | bit] = half[set] + (i == j ? 0 : before[i * n + j]);
        }
}

static double put_first(const rule_kemeny_room *t, size_t i, size_t set)
{
    const double *half = t->ahead + 2 * i * HALVES;
    return half[set % HALVES] + half[HALVES + set / HALVES];
}

/* The cost of the best order of a set that starts with i. */
static double starting_with(const rule_kemeny_room *t, size_t i, size_t set)
{
    size_t rest = set & ~((size_t)1 << i);
    return put_first(t, i, rest) + t->least[rest];
}

void rule_kemeny_order(const double *before, size_t n, const rule_kemeny_room *t, uint32_t *order)
{
    size_t all = ((size_t)1 << n) - 1;
    double spent = 0;
    set_ahead(t, before, n);
    for (size_t set = 1; set <= all; set++) {
        bool none = true;
        for (size_t i = 0; i < n; i++) {
            if ((set >> i & 1) == 0)
                continue;
            double cost = starting_with(t, i, set);
            t->least[set] = none || cost < t->least[set] ? cost : t->least[set];
            none = false;
        }
    }
    for (size_t set = all, place = 0; set != 0; place++) {
        /* What the rest may cost. It can always cost its least: rounding must not say otherwise. */
        double budget = t->least[all] + TDO_TIE - spent;
        budget = budget < t->least[set] ? t->least[set] : budget;
        size_t i = 0;
        while ((set >> i & 1) == 0 || starting_with(t, i, set) > budget)
            i++;
        set &= ~((size_t)1 << i);
        spent += put_first(t, i, set);
        order[place] = (uint32_t)i;
    }
}
