/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random decisions, many of them full of ties, equal rows, constant columns and zero weights.
 * Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_DECISIONS_H
#define TRADEOFF_TESTS_DECISIONS_H

#include "../unit/random.h"
#include "../unit/world.h"

#include <string.h>

enum { SEED = 20240607 };

static size_t at_case;

static inline rng start_case(size_t number)
{
    at_case = number;
    return (rng){SEED + number * UINT64_C(1000003)};
}

static inline int say_case(void **state)
{
    (void)state;
    print_message("# seed %d, last case %zu\n", SEED, at_case);
    return 0;
}

static inline double coarse(rng *r, size_t kind)
{
    switch (kind) {
    case 0:
        return (double)rng_below(r, 5) * 0.25;
    case 1:
        return (double)rng_below(r, 11) * 0.1;
    case 2:
        return 3;
    default:
        return rng_unit(r) * 200 - 100;
    }
}

static inline void random_readings(world *w, rng *r)
{
    size_t style = rng_below(r, 5);
    for (size_t c = 0; c < w->d; c++) {
        size_t kind = style < 4 ? style : rng_below(r, 4);
        if (style == 2) /* only one of the columns is constant */
            kind = c == 0 ? 2 : 1;
        for (size_t i = 0; i < w->n; i++)
            w->reading[i * w->d + c] = coarse(r, kind);
    }
    for (size_t k = rng_below(r, 2) * rng_below(r, w->n); k > 0; k--) {
        size_t from = rng_below(r, w->n), to = rng_below(r, w->n);
        memmove(w->reading + to * w->d, w->reading + from * w->d, w->d * sizeof(double));
    }
}

/* whole: small whole numbers, with zeros; the first is never zero. */
static inline double amount(rng *r, bool whole, bool first)
{
    return whole ? (double)(first ? 1 + rng_below(r, 3) : rng_below(r, 4)) : rng_unit(r) + 1e-3;
}

static inline void random_wishes(world *w, rng *r)
{
    bool whole = rng_below(r, 2);
    for (size_t h = 0; h < w->s_n; h++) {
        for (size_t c = 0; c < w->d; c++) /* the first in turn: everybody wants something else */
            w->weight[h * w->d + c] = amount(r, whole, c == h % w->d);
        w->stakeholders[h].power = amount(r, whole, h == 0);
    }
    for (size_t c = 0; c < w->d; c++) {
        w->criteria[c].goal = (tdo_goal)rng_below(r, 3);
        w->criteria[c].target = (double)rng_below(r, 5) * 0.25;
        w->criteria[c].has_indifference = rng_below(r, 4) == 0;
        w->criteria[c].indifference = w->criteria[c].has_indifference ? rng_unit(r) : 0;
    }
    w->s.rule =
        (tdo_rule)rng_below(r, w->n <= TDO_KEMENY_SURE ? TDO_RULE_KEMENY + 1 : TDO_RULE_KEMENY);
    w->s.simpler = rng_below(r, 2) ? rng_below(r, w->d) : TDO_NONE;
    w->s.simpler_within = rng_unit(r) / 2;
    w->incumbent = rng_below(r, 2) ? rng_below(r, w->n) : TDO_NONE;
}

/* Ids in another order than the rows. */
static inline void shuffle_ids(world *w, rng *r)
{
    for (size_t i = w->n; i > 1; i--) {
        char swap[sizeof w->id[0]];
        size_t j = rng_below(r, i);
        memcpy(swap, w->id[j], sizeof swap);
        memcpy(w->id[j], w->id[i - 1], sizeof swap);
        memcpy(w->id[i - 1], swap, sizeof swap);
    }
}

static inline void random_world(world *w, rng *r)
{
    size_t n = 1 + rng_below(r, rng_below(r, 2) ? 8 : 40);
    world_start(w, n, 1 + rng_below(r, 6), 1 + rng_below(r, 6));
    random_readings(w, r);
    random_wishes(w, r);
    shuffle_ids(w, r);
}

static inline void decide(world *w)
{
    tdo_error err = {0};
    assert_int_equal(world_run(w, &err), TDO_OK);
}

#endif
