/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing, linear probing, keyed hashes kept beside the numbers. */
#include "base/index.h"

#include "base/pages.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <sys/auxv.h>
#endif

enum { FIRST_ROOM = 64 };

/* What the system drew for this process: a file cannot hold ids that collide by design. Nothing
 * that is written depends on it. 0 where there is none. */
static uint64_t process_key(void)
{
    uint64_t key = 0;
#ifdef __linux__
    const void *drawn = (const void *)getauxval(AT_RANDOM); /* 16 bytes */
    if (drawn)
        memcpy(&key, (const char *)drawn + sizeof key, sizeof key);
#endif
    return key;
}

/* Multiply and fold, eight bytes a step; the constant is 2^64 over the golden ratio, made odd. */
uint32_t index_hash(const char *s, size_t length)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h = (process_key() ^ length) * factor, word = 0;
    h ^= h >> 32;
    for (; length >= sizeof word; length -= sizeof word, s += sizeof word) {
        memcpy(&word, s, sizeof word);
        h = (h ^ word) * factor;
        h ^= h >> 32;
    }
    word = 0;
    if (length > 0)
        memcpy(&word, s, length);
    h = (h ^ word) * factor;
    h = (h ^ h >> 32) * factor;
    return (uint32_t)(h >> 32);
}

/* The slot of s, or the free one where it would go. */
static size_t probe(const index_table *x, const char *const *strings, index_key key)
{
    assert(x->room > x->n && (x->room & (x->room - 1)) == 0);
    size_t i = key.hash & (x->room - 1);
    for (; x->slot[i] != 0; i = (i + 1) & (x->room - 1)) {
        if (x->slot[i] >> 32 != key.hash)
            continue;
        const char *other = strings[(uint32_t)x->slot[i] - 1];
        if (strncmp(other, key.s, key.length) == 0 && other[key.length] == '\0')
            break;
    }
    return i;
}

static bool enlarge(index_table *x, size_t room)
{
    uint64_t *slot = calloc(room, sizeof *slot);
    if (!slot)
        return false;
    pages_wish_huge(slot, room * sizeof *slot);
    for (size_t k = 0; k < x->room; k++) {
        if (x->slot[k] == 0)
            continue;
        size_t i = (x->slot[k] >> 32) & (room - 1);
        while (slot[i] != 0)
            i = (i + 1) & (room - 1);
        slot[i] = x->slot[k];
    }
    free(x->slot);
    x->slot = slot;
    x->room = room;
    return true;
}

tdo_status index_reserve(index_table *x, size_t n)
{
    size_t room = x->room == 0 ? FIRST_ROOM : x->room;
    while (room / 2 < n)
        room *= 2;
    return room == x->room || enlarge(x, room) ? TDO_OK : TDO_E_MEMORY;
}

void index_prefetch(const index_table *x, uint32_t hash)
{
#ifdef __GNUC__
    if (x->room > 0)
        __builtin_prefetch(&x->slot[hash & (x->room - 1)], 1);
#else
    (void)x, (void)hash;
#endif
}

uint32_t index_find(const index_table *x, const char *const *strings, const char *s, size_t length)
{
    if (x->room == 0)
        return INDEX_ABSENT;
    return (uint32_t)x->slot[probe(x, strings, index_key_of(s, length))] - 1;
}

tdo_status index_add(index_table *x, const char *const *strings, index_key key, uint32_t number,
                     uint32_t *found)
{
    assert(number != INDEX_ABSENT);
    if (2 * x->n >= x->room && !enlarge(x, x->room == 0 ? FIRST_ROOM : 2 * x->room))
        return TDO_E_MEMORY;
    size_t i = probe(x, strings, key);
    *found = (uint32_t)x->slot[i] - 1; /* a free slot holds 0: absent */
    if (x->slot[i] == 0) {
        x->slot[i] = (uint64_t)key.hash << 32 | (number + 1);
        x->n++;
    }
    return TDO_OK;
}

void index_free(index_table *x)
{
    free(x->slot);
    *x = (index_table){0};
}
