/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small requests are cut from chunks. Large ones are blocks of malloc's own, so that growing a
 * large array is a realloc, which for the biggest moves page tables instead of bytes. Which of the
 * two a request is follows from its size alone; tdo_grow can therefore tell without a lookup. */
#include "tradeoff/memory.h"

#include "base/pages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
enum { RED_ZONE = 16 }; /* unreadable bytes after each small block */
#else
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum {
    SMALL_ALIGN = 16,
    LARGE_ALIGN = 64,
    LARGE = 4096,          /* bytes from which a request is a block of its own */
    FIRST_CHUNK = 5 << 10, /* thousands of arenas hold little */
    LAST_CHUNK = 1 << 20
};

/* Stands right before the bytes of a large block or a chunk. */
typedef struct block {
    struct block *previous, *next;
    void *raw;    /* what malloc gave */
    size_t asked; /* bytes asked of malloc */
} block;

struct tdo_arena {
    block *blocks; /* all of them, newest first */
    char *free;    /* the free part of the newest chunk; NULL: no chunk yet */
    char *end;
    size_t chunk;       /* bytes of the next chunk */
    size_t bytes, most; /* asked of malloc, and allowed; 0: any */
    bool refused;
};

_Static_assert(sizeof(block) <= LARGE_ALIGN, "a block's head fits before its aligned bytes");
_Static_assert(LARGE < FIRST_CHUNK - LARGE_ALIGN, "every small request fits in an empty chunk");

static char *align_up(char *p, size_t to)
{
    return p + (size_t)(-(uintptr_t)p & (to - 1));
}

static bool product(size_t count, size_t size, size_t *out)
{
    if (size != 0 && count > (size_t)PTRDIFF_MAX / size)
        return false;
    *out = count * size;
    return true;
}

tdo_arena *tdo_arena_new(void)
{
    tdo_arena *a = calloc(1, sizeof *a);
    if (a) {
        a->chunk = FIRST_CHUNK;
        a->bytes = sizeof *a;
    }
    return a;
}

void tdo_arena_free(tdo_arena *a)
{
    if (!a)
        return;
    for (block *b = a->blocks, *next = NULL; b; b = next) {
        next = b->next;
        free(b->raw);
    }
    free(a);
}

size_t tdo_arena_bytes(const tdo_arena *a)
{
    return a->bytes;
}

void tdo_arena_limit(tdo_arena *a, size_t bytes)
{
    a->most = bytes;
}

bool tdo_arena_refused(const tdo_arena *a)
{
    return a->refused;
}

static bool may_take(tdo_arena *a, size_t more)
{
    const bool fits = a->most == 0 || (a->bytes <= a->most && more <= a->most - a->bytes);
    a->refused = a->refused || !fits;
    return fits;
}

/* bytes + overhead, or 0 where that is too much for a block. */
static size_t with_head(size_t bytes)
{
    const size_t head = sizeof(block) + LARGE_ALIGN - 1;
    return bytes > (size_t)PTRDIFF_MAX - head ? 0 : bytes + head;
}

static char *block_bytes(void *raw)
{
    return align_up((char *)raw + sizeof(block), LARGE_ALIGN);
}

static block *block_of(void *bytes)
{
    return (block *)(void *)((char *)bytes - sizeof(block));
}

/* A block, linked into the arena. */
static char *add_block(tdo_arena *a, size_t bytes, bool zeroed)
{
    size_t asked = with_head(bytes);
    const bool fits = asked > 0 && may_take(a, asked);
    void *raw = !fits ? NULL : zeroed ? calloc(1, asked) : malloc(asked);
    if (!raw)
        return NULL;
    pages_wish_huge(raw, asked);
    char *data = block_bytes(raw);
    block *b = block_of(data);
    b->raw = raw;
    b->asked = asked;
    b->previous = NULL;
    b->next = a->blocks;
    if (b->next)
        b->next->previous = b;
    a->blocks = b;
    a->bytes += asked;
    return data;
}

static char *new_block(tdo_arena *a, size_t bytes)
{
    return add_block(a, bytes, true);
}

/* Resizes a large block; bytes past the old ones are not set. */
static char *resize_block(tdo_arena *a, char *data, size_t keep, size_t bytes)
{
    block *b = block_of(data);
    size_t asked = with_head(bytes);
    size_t offset = (size_t)(data - (char *)b->raw);
    const bool fits = asked > 0 && (asked <= b->asked || may_take(a, asked - b->asked));
    char *raw = fits ? realloc(b->raw, asked) : NULL;
    if (!raw)
        return NULL;
    pages_wish_huge(raw, asked);
    char *moved = block_bytes(raw);
    if (moved != raw + offset) /* malloc promises 16 bytes of alignment, not 64 */
        memmove(moved - sizeof(block), raw + offset - sizeof(block), sizeof(block) + keep);
    b = block_of(moved);
    a->bytes = a->bytes - b->asked + asked;
    b->raw = raw;
    b->asked = asked;
    if (b->previous)
        b->previous->next = b;
    else
        a->blocks = b;
    if (b->next)
        b->next->previous = b;
    return moved;
}

/* Cuts a small block from the newest chunk, or from a new one. Its bytes are not set: thousands of
 * arenas use little of their first chunk. */
static char *cut(tdo_arena *a, size_t bytes, size_t align)
{
    char *p = !a->free ? NULL : align_up(a->free, align);
    if (!p || p > a->end || (size_t)(a->end - p) < bytes + RED_ZONE) {
        p = add_block(a, a->chunk, false);
        if (!p)
            return NULL;
        a->end = p + a->chunk;
        HIDE(p, a->chunk);
        if (a->chunk < LAST_CHUNK)
            a->chunk *= 2;
    }
    a->free = p + bytes + RED_ZONE;
    SHOW(p, bytes);
    return p;
}

void *tdo_alloc(tdo_arena *a, size_t count, size_t size)
{
    size_t bytes = 0;
    if (!product(count, size, &bytes))
        return NULL;
    if (bytes >= LARGE)
        return new_block(a, bytes);
    char *p = cut(a, bytes == 0 ? 1 : bytes, SMALL_ALIGN);
    return p ? memset(p, 0, bytes) : NULL;
}

void *tdo_alloc_unset(tdo_arena *a, size_t count, size_t size)
{
    size_t bytes = 0;
    return product(count, size, &bytes) && bytes >= LARGE ? add_block(a, bytes, false)
                                                          : tdo_alloc(a, count, size);
}

void *tdo_grow(tdo_arena *a, void *old, size_t old_count, size_t new_count, size_t size)
{
    size_t had = 0, want = 0;
    if (!old)
        return tdo_alloc(a, new_count, size);
    if (!product(old_count, size, &had) || !product(new_count, size, &want))
        return NULL;
    if (had >= LARGE && want >= LARGE) {
        char *p = resize_block(a, old, had < want ? had : want, want);
        if (p && want > had)
            memset(p + had, 0, want - had);
        return p;
    }
    if (want <= had)
        return old;
    char *tail = (char *)old + had;
    if (want < LARGE && tail + RED_ZONE == a->free && (size_t)(a->end - a->free) >= want - had) {
        a->free += want - had; /* the newest small block grows where it is */
        SHOW(tail, want - had);
        memset(tail, 0, want - had);
        return old;
    }
    char *p = tdo_alloc(a, new_count, size);
    if (p && had > 0)
        memcpy(p, old, had);
    return p;
}

char *tdo_copy(tdo_arena *a, const char *s, size_t length)
{
    char *p = NULL;
    if (length >= LARGE)
        p = length >= PTRDIFF_MAX ? NULL : new_block(a, length + 1);
    else
        p = cut(a, length + 1, 1); /* names are many and short: packed */
    if (p) {
        if (length > 0)
            memcpy(p, s, length);
        p[length] = '\0';
    }
    return p;
}

char *tdo_text(tdo_arena *a, const char *fmt, ...)
{
    char brief[256];
    char *p = NULL;
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int length = vsnprintf(brief, sizeof brief, fmt, args);
    if (length >= 0 && (size_t)length < sizeof brief) {
        p = tdo_copy(a, brief, (size_t)length);
    } else if (length >= 0) {
        p = tdo_alloc(a, (size_t)length + 1, 1);
        if (p)
            (void)vsnprintf(p, (size_t)length + 1, fmt, again);
    }
    va_end(again);
    va_end(args);
    return p;
}
