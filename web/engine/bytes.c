/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes numbers, texts and lists off the bytes that the page wrote. */
#include "engine/bytes.h"

#include <string.h>

const uint8_t *bytes_take(web_bytes *r, size_t count, size_t size)
{
    const uint8_t *p = r->at;
    if (r->failed || (size && count > (size_t)(r->end - r->at) / size)) {
        r->failed = true;
        return NULL;
    }
    r->at += count * size;
    return p;
}

uint32_t bytes_u32(web_bytes *r)
{
    uint32_t x = 0;
    const uint8_t *p = bytes_take(r, 1, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

double bytes_f64(web_bytes *r)
{
    double x = 0;
    const uint8_t *p = bytes_take(r, 1, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

void *bytes_room(web_bytes *r, size_t count, size_t size)
{
    void *p = tdo_alloc(r->a, count, size);
    r->full = r->full || !p;
    r->failed = r->failed || !p;
    return p;
}

void *bytes_array(web_bytes *r, size_t count, size_t size)
{
    const uint8_t *from = bytes_take(r, count, size);
    void *to = from ? bytes_room(r, count, size) : NULL;
    if (to && count)
        memcpy(to, from, count * size);
    return to;
}

const char *bytes_text(web_bytes *r)
{
    uint32_t n = bytes_u32(r);
    const uint8_t *p = bytes_take(r, n, 1);
    char *s = p ? tdo_copy(r->a, (const char *)p, n) : NULL;
    r->full = r->full || (p && !s);
    r->failed = r->failed || !s;
    return s ? s : "";
}

/* A count of things that take at least `least` bytes each, at most `most`. */
size_t bytes_count(web_bytes *r, size_t least, size_t most)
{
    uint32_t n = bytes_u32(r);
    if (n > most || (least && n > (size_t)(r->end - r->at) / least))
        r->failed = true;
    return r->failed ? 0 : n;
}

const char *const *bytes_texts(web_bytes *r, size_t n)
{
    const char **s = bytes_room(r, n, sizeof *s);
    for (size_t k = 0; s && k < n; k++)
        s[k] = bytes_text(r);
    return s;
}

/* An index below n, or TDO_NONE where it is not one and may be none. */
size_t bytes_index(web_bytes *r, size_t n, bool may_be_none)
{
    uint32_t i = bytes_u32(r);
    if (i < n)
        return i;
    r->failed = r->failed || !may_be_none || i != UINT32_MAX;
    return TDO_NONE;
}

tdo_status bytes_verdict(const web_bytes *r)
{
    return r->full ? TDO_E_MEMORY : r->failed || r->at != r->end ? TDO_E_INPUT : TDO_OK;
}
