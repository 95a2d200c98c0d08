/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes that the page hands over, taken piece by piece. */
#ifndef TRADEOFF_WEB_ENGINE_BYTES_H
#define TRADEOFF_WEB_ENGINE_BYTES_H

#include "tradeoff/scenario.h"

/* The bytes that are left. Once failed, every read gives 0 or NULL. */
typedef struct web_bytes {
    const uint8_t *at, *end;
    tdo_arena *a;
    bool failed; /* the bytes are not what the format says */
    bool full;   /* memory is out */
} web_bytes;

const uint8_t *bytes_take(web_bytes *r, size_t count, size_t size);
uint32_t bytes_u32(web_bytes *r);
double bytes_f64(web_bytes *r);
void *bytes_room(web_bytes *r, size_t count, size_t size);
void *bytes_array(web_bytes *r, size_t count, size_t size);
const char *bytes_text(web_bytes *r);
/* A count of things that take at least `least` bytes each, at most `most`. */
size_t bytes_count(web_bytes *r, size_t least, size_t most);
const char *const *bytes_texts(web_bytes *r, size_t n);
/* An index below n, or TDO_NONE where it is not one and may be none. */
size_t bytes_index(web_bytes *r, size_t n, bool may_be_none);
/* Were the bytes what they should be, and all of them taken? Errors: TDO_E_INPUT, TDO_E_MEMORY. */
tdo_status bytes_verdict(const web_bytes *r);

#endif
