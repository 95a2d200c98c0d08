/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bits of a word: sets of facets and of corners. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_BITS_H
#define TRADEOFF_WEIGHTS_CHOICE_BITS_H

#include <stddef.h>
#include <stdint.h>

/* By halves: 2, 4, 8 bits at a time, then all bytes into the highest one. */
static inline size_t count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* The place of the lowest bit of x, not 0. */
static inline size_t lowest_bit(uint64_t x)
{
    return count_bits((x & -x) - 1);
}

static inline size_t highest_bit(uint64_t x)
{
    for (size_t by = 1; by < 64; by *= 2)
        x |= x >> by;
    return count_bits(x) - 1;
}

#endif
