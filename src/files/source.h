/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a file or of standard input, hashed as they pass. */
#ifndef TRADEOFF_FILES_SOURCE_H
#define TRADEOFF_FILES_SOURCE_H

#include <sha2.h>

#include "files/hasher.h"
#include "tradeoff/memory.h"

typedef struct source_stream {
    int fd;               /* -1: not open */
    bool owned;           /* close it; standard input is not ours to close */
    const char *name;     /* as the user named it */
    const char *text;     /* in memory; NULL: fd is read */
    uint64_t total;       /* bytes of a regular file; 0: not known */
    uint64_t taken;       /* bytes read so far */
    hasher_state *hasher; /* for a large file; NULL: hash is used */
    bool by_blocks;       /* hasher_update's */
    SHA2_CTX hash;
} source_stream;

/* A source of bytes in memory, which it does not own; nothing can fail. */
void source_open_text(source_stream *s, const char *text, size_t length, const char *name);

/* Opens path ("-": standard input). On error nothing is open.
 * Errors: TDO_E_IO for what cannot be opened, and for folders. */
TDO_MUST_USE tdo_status source_open(source_stream *s, const char *path, const char *name,
                                    tdo_error *err);

/* Is the file that a scenario calls `name`, at `path` from the current folder, anywhere but in the
 * scenario's folder or below? So it is with an absolute name, with "..", and where a link leads
 * out; not where there is no such file. Nothing is opened. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status source_leads_outside(const char *scenario, const char *name,
                                             const char *path, bool *outside);

/* Fills the room bytes of to, fewer only at the end of the source. Errors: TDO_E_IO, also for a
 * file that has fewer bytes than when it was opened. */
TDO_MUST_USE tdo_status source_read(source_stream *s, char *to, size_t room, size_t *got,
                                    tdo_error *err);

/* The SHA-256 of what was read, in lower-case hex. Once only, after the last read. */
void source_hash(source_stream *s, char sha256[65]);

/* Closes a source that was opened, or failed to open, or is {.fd = -1}. */
void source_close(source_stream *s);

/* A whole file. */
typedef struct source_text {
    char *bytes; /* [length], with a NUL after them */
    size_t length;
    char sha256[65];
} source_text;

/* Reads a file, or a source that was opened and is closed by it, of at most limit bytes into the
 * arena.
 * Errors: TDO_E_IO, TDO_E_INPUT (larger than limit), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status source_slurp_open(source_stream *s, size_t limit, tdo_arena *a,
                                          source_text *out, tdo_error *err);
TDO_MUST_USE tdo_status source_slurp(const char *path, const char *name, size_t limit, tdo_arena *a,
                                     source_text *out, tdo_error *err);

/* The name of a file in the folder of path that is nearly called like it, by the arena; NULL: none,
 * or the folder cannot be read. */
const char *source_nearest(const char *path, tdo_arena *a);

#endif
