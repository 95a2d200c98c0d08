/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of many strings is this one? A hash table of their numbers, beside the strings. */
#ifndef TRADEOFF_BASE_INDEX_H
#define TRADEOFF_BASE_INDEX_H

#include "tradeoff/status.h"

#define INDEX_ABSENT UINT32_MAX

typedef struct index_table {
    uint64_t *slot; /* [room] hash << 32 | number + 1; 0: free */
    size_t room;    /* a power of two, or 0 */
    size_t n;
} index_table;

/* A string that is looked for. */
typedef struct index_key {
    const char *s; /* without NUL, and without one at its end */
    size_t length;
    uint32_t hash;
} index_key;

/* Another one in every process: what is kept or written must not depend on it. */
uint32_t index_hash(const char *s, size_t length);

static inline index_key index_key_of(const char *s, size_t length)
{
    return (index_key){s, length, index_hash(s, length)};
}

/* Makes room for n strings in all. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status index_reserve(index_table *x, size_t n);

/* Asks the processor for the memory that a search for this hash will start at: a large table is in
 * no cache, and there is other work to do meanwhile. */
void index_prefetch(const index_table *x, uint32_t hash);

/* The number of the string that equals the length bytes of s, or INDEX_ABSENT. */
uint32_t index_find(const index_table *x, const char *const *strings, const char *s, size_t length);

/* The same; but an absent string gets a number (which the caller must then store under it), and is
 * reported as absent. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status index_add(index_table *x, const char *const *strings, index_key key,
                                  uint32_t number, uint32_t *found);

void index_free(index_table *x);

#endif
