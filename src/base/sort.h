/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stable sorts of indices. They allocate nothing: the caller lends the room. */
#ifndef TRADEOFF_BASE_SORT_H
#define TRADEOFF_BASE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts index so that key[index[i]] ascends; equal keys (-0 equals 0) keep their order.
 * index: [n] distinct or not, each a place in key. Keys are finite. room: [2n], contents lost.
 * O(n) where the keys are spread over their range, O(n log n) else. */
void sort_by_key(const double *key, uint32_t *index, size_t n, uint64_t *room);

/* All of 0 .. n - 1 in the order of their keys, as words: the place in the lower half, in the upper
 * one an image of the key that ascends with it. */
typedef struct sort_words {
    const uint64_t *word; /* [n] in the room */
    double apart;         /* keys whose images differ by 2 or more differ by more than this; 0: by
                             anything */
} sort_words;

/* The order of sort_by_key, for whoever can do without looking up most keys. room: [2n]. */
sort_words sort_places(const double *key, size_t n, uint64_t *room);

static inline uint32_t sort_place(uint64_t word)
{
    return (uint32_t)word;
}

/* Does a stand before b? Must be a strict weak order. */
typedef bool (*sort_before_fn)(const void *user, uint32_t a, uint32_t b);

/* Sorts index by the order; what stands nowhere before the other keeps its order. room: [n].
 * O(n log n). */
void sort_by(uint32_t *index, size_t n, sort_before_fn before, const void *user, uint32_t *room);

#endif
