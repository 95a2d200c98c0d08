/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts the distinct texts of a column, up to a limit by keeping them, then by hashes. */
#include <stdlib.h>
#include <string.h>

#include "inspect/profile_parts.h"

enum { FIRST_ROOM = 64 };

/* Multiply and fold, eight bytes a step; the constant is 2^64 over the golden ratio, made odd. */
uint64_t profile_text_hash(const char *s, size_t length)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h = (length + 1) * factor, word = 0;
    for (; length >= sizeof word; length -= sizeof word, s += sizeof word) {
        memcpy(&word, s, sizeof word);
        h = (h ^ word) * factor;
        h ^= h >> 29;
    }
    word = 0;
    if (length > 0)
        memcpy(&word, s, length);
    h = (h ^ word) * factor;
    h = (h ^ h >> 32) * factor;
    h ^= h >> 29;
    h &= ~PROFILE_FLAGS;
    return h != 0 ? h : PROFILE_FLAGS + 1;
}

static bool enlarge(profile_distinct *d)
{
    size_t room = d->room == 0 ? FIRST_ROOM : 2 * d->room;
    uint64_t *slot = calloc(room, sizeof *slot);
    if (!slot)
        return false;
    for (size_t k = 0; k < d->room; k++) {
        size_t i = d->slot[k] & (room - 1);
        while (d->slot[k] != 0 && slot[i] != 0)
            i = (i + 1) & (room - 1);
        if (d->slot[k] != 0)
            slot[i] = d->slot[k];
    }
    free(d->slot);
    d->slot = slot;
    d->room = room;
    return true;
}

/* Counts a text that is there already. */
static void count_again(profile_distinct *d, uint64_t hash)
{
    d->repeats = true;
    for (size_t k = 0; k < d->n_words && !d->many; k++) {
        if (d->word_hash[k] == hash) {
            d->word[k].n++;
            return;
        }
    }
}

static tdo_status keep_word(profile_distinct *d, tdo_arena *a, const char *s, size_t length,
                            uint64_t hash)
{
    if (d->many)
        return TDO_OK;
    if (d->n_words == TDO_PROFILE_WORDS || length > TDO_PROFILE_WORD_BYTES) {
        d->many = true;
        return TDO_OK;
    }
    if (!d->word) {
        d->word = tdo_alloc(a, TDO_PROFILE_WORDS, sizeof *d->word);
        d->word_hash = tdo_alloc(a, TDO_PROFILE_WORDS, sizeof *d->word_hash);
    }
    const char *text = tdo_copy(a, s, length);
    if (!d->word || !d->word_hash || !text)
        return TDO_E_MEMORY;
    d->word_hash[d->n_words] = hash;
    d->word[d->n_words++] = (tdo_tally){.text = text, .length = length, .n = 1};
    return TDO_OK;
}

tdo_status profile_distinct_add(profile_distinct *d, tdo_arena *a, size_t limit, const char *s,
                                size_t length, uint64_t hash)
{
    if (2 * d->n >= d->room && !d->more && !enlarge(d))
        return TDO_E_MEMORY;
    size_t i = hash & (d->room - 1);
    while (d->slot[i] != 0 && d->slot[i] != hash)
        i = (i + 1) & (d->room - 1);
    if (d->slot[i] != 0) {
        count_again(d, hash);
        return TDO_OK;
    }
    if (d->n >= limit) {
        d->more = true;
        return TDO_OK;
    }
    d->slot[i] = hash;
    d->n++;
    return keep_word(d, a, s, length, hash);
}

void profile_distinct_free(profile_distinct *d)
{
    free(d->slot);
    d->slot = NULL;
}
