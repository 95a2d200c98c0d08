/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of many strings is this one? A hash table of their numbers, beside the strings. */
#ifndef TRADEOFF_BASE_INDEX_H
#define TRADEOFF_BASE_INDEX_H

#include "tradeoff/status.h"

#define TDO_INDEX_ABSENT UINT32_MAX

typedef struct tdo_index {
    uint64_t *slot; /* [room] hash << 32 | number + 1; 0: free */
    size_t room;    /* a power of two, or 0 */
    size_t n;
} tdo_index;

uint32_t tdo_index_hash(const char *s, size_t length);

/* Asks the processor for the memory that a search for this hash will start at: a large table is in
 * no cache, and there is other work to do meanwhile. */
void tdo_index_prefetch(const tdo_index *x, uint32_t hash);

/* The number of the string that equals the length bytes of s, or TDO_INDEX_ABSENT. No NUL in s. */
uint32_t tdo_index_find(const tdo_index *x, const char *const *strings, const char *s,
                        size_t length);

/* The same; but an absent string gets a number (which the caller must then store under it), and is
 * reported as absent. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_index_add(tdo_index *x, const char *const *strings, const char *s,
                                      size_t length, uint32_t hash, uint32_t number,
                                      uint32_t *found);

void tdo_index_free(tdo_index *x);

#endif
