/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers for tests: splitmix64 (Steele, Lea and Flood 2014). Same seed, same numbers. */
#ifndef TRADEOFF_TESTS_RANDOM_H
#define TRADEOFF_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct rng {
    uint64_t state;
} rng;

static inline uint64_t rng_next(rng *r)
{
    uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* In [0, 1). */
static inline double rng_unit(rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

/* In [0, n), n >= 1. (The bias of % is far below what a test can see.) */
static inline size_t rng_below(rng *r, size_t n)
{
    return (size_t)(rng_next(r) % n);
}

#endif
