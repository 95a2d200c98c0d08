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

/* Does a stand before b? Must be a strict weak order. */
typedef bool (*sort_before_fn)(const void *user, uint32_t a, uint32_t b);

/* Sorts index by the order; what stands nowhere before the other keeps its order. room: [n].
 * O(n log n). */
void sort_by(uint32_t *index, size_t n, sort_before_fn before, const void *user, uint32_t *room);

#endif
