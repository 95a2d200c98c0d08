/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text inside the page: nothing in it can end its element, and it reads back as what it was. The
 * page here is the smallest that has the element. */
#include "fuzz.h"

extern const char tdo_viewer_page[];
extern const size_t tdo_viewer_page_length;

#define FUZZ_BEFORE "<html><script type=\"application/json\" id=\"result\">"
#define FUZZ_AFTER  "</script></html>"
const char tdo_viewer_page[] = FUZZ_BEFORE "null" FUZZ_AFTER;
const size_t tdo_viewer_page_length = sizeof tdo_viewer_page - 1;

/* The character that an escape of the page stands for; its length in *n. */
static const char *plain_at(const char *s, size_t left, size_t *n)
{
    static const char *const of[][2] = {{"\\u003c", "<"},
                                        {"\\u003e", ">"},
                                        {"\\u0026", "&"},
                                        {"\\u2028", "\xe2\x80\xa8"},
                                        {"\\u2029", "\xe2\x80\xa9"}};
    for (size_t k = 0; k < sizeof of / sizeof *of; k++)
        if (left >= 6 && memcmp(s, of[k][0], 6) == 0) {
            *n = 6;
            return of[k][1];
        }
    *n = 1;
    return NULL;
}

void fuzz_page(const uint8_t *bytes, size_t length)
{
    const size_t before = sizeof FUZZ_BEFORE - 1, after = sizeof FUZZ_AFTER - 1;
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a), was = tdo_sink_memory(a), is = tdo_sink_memory(a);
    const char *text = (const char *)bytes;
    size_t n = 0;
    FUZZ_MUST(a && tdo_write_html(text, length, &o) == TDO_OK);
    FUZZ_MUST(o.length >= before + after + length && memcmp(o.text, FUZZ_BEFORE, before) == 0 &&
              memcmp(o.text + o.length - after, FUZZ_AFTER, after) == 0);
    const char *in = o.text + before, *end = o.text + o.length - after;
    was.raw = is.raw = true;
    for (const char *p = in; p < end; p += n) {
        FUZZ_MUST(*p != '<' && *p != '>' && *p != '&');
        FUZZ_MUST(end - p < 3 || memcmp(p, "\xe2\x80\xa8", 3) != 0);
        const char *plain = plain_at(p, (size_t)(end - p), &n);
        tdo_put(&is, plain ? plain : p, plain ? strlen(plain) : 1);
    }
    for (const char *p = text; p < text + length; p += n) { /* escapes that were there already */
        const char *plain = plain_at(p, (size_t)(text + length - p), &n);
        tdo_put(&was, plain ? plain : p, plain ? strlen(plain) : 1);
    }
    FUZZ_MUST(was.length == is.length &&
              (was.length == 0 || memcmp(was.text, is.text, was.length) == 0));
    tdo_arena_free(a);
}
