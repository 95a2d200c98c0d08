/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena: everything a run makes is freed in one call. Not thread-safe; one arena a thread. */
#ifndef TRADEOFF_MEMORY_H
#define TRADEOFF_MEMORY_H

#include "tradeoff/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tdo_arena tdo_arena;

/* An empty arena, or NULL when memory is out. */
TDO_API tdo_arena *tdo_arena_new(void);

/* Frees the arena and all that came from it. NULL is allowed. */
TDO_API void tdo_arena_free(tdo_arena *a);

/* count x size zeroed bytes, aligned to 64 where they are 4 KiB or more, else to 16. Never NULL
 * for 0 bytes. NULL when the product overflows or memory is out. */
TDO_API void *tdo_alloc(tdo_arena *a, size_t count, size_t size);

/* The same, but the bytes are not zeroed: for much room of which little may be needed. Whoever
 * takes it writes what it reads. */
TDO_API void *tdo_alloc_unset(tdo_arena *a, size_t count, size_t size);

/* Makes room for new_count items of a block that came from tdo_alloc or tdo_grow of the same arena
 * (or NULL, old_count 0). The first old_count items are kept, the others are zero. NULL as above;
 * the old block is then untouched. Large blocks are resized in place where the system can. */
TDO_API void *tdo_grow(tdo_arena *a, void *old, size_t old_count, size_t new_count, size_t size);

/* A NUL-terminated copy of the first length bytes of s. NULL when memory is out. */
TDO_API char *tdo_copy(tdo_arena *a, const char *s, size_t length);

/* Formatted text in the arena; locale-independent only as far as fmt holds no floating point. */
TDO_API char *tdo_text(tdo_arena *a, const char *fmt, ...) TDO_PRINTF(2, 3);

/* Bytes asked of the system so far (for the bench). */
TDO_API size_t tdo_arena_bytes(const tdo_arena *a);

/* From now on the arena asks for so many bytes at most; what would be more is as if memory was out.
 * 0: for as many as there are. */
TDO_API void tdo_arena_limit(tdo_arena *a, size_t bytes);
/* Was anything refused for that? */
TDO_API bool tdo_arena_refused(const tdo_arena *a);

#ifdef __cplusplus
}
#endif

#endif
