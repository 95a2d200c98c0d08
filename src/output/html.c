/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The viewer with a result inside. The page is built from web/ and linked in where node, clang and
 * wasi-libc were there at build time; it is empty where they were not. */
#include <string.h>

#include "explain/facts.h"
#include "tradeoff/output.h"

extern const char tdo_viewer_page[];
extern const size_t tdo_viewer_page_length;

const char *tdo_no_page(void)
{
    return tdo_viewer_page_length > 0
               ? NULL
               : "this build has no viewer: sudo apt-get install nodejs npm clang lld wasi-libc "
                 "libclang-rt-14-dev-wasm32 binaryen zopfli, then run \"make web && make\"";
}

/* Where the page waits for its result: between these two. */
static const char before[] = "<script type=\"application/json\" id=\"result\">";
static const char after[] = "null</script>";

static const char *find(const char *text, size_t length, const char *what, size_t n)
{
    for (size_t i = 0; i + n <= length; i++)
        if (memcmp(text + i, what, n) == 0)
            return text + i;
    return NULL;
}

/* JSON has <, > and & in strings only, where \u escapes mean the same; so that no string can end
 * the script element. U+2028 and U+2029 end lines for older readers of scripts. */
static size_t escape_at(const char *s, size_t left, const char **as)
{
    *as = *s == '<' ? "\\u003c" : *s == '>' ? "\\u003e" : *s == '&' ? "\\u0026" : NULL;
    if (*as)
        return 1;
    if (left < 3 || memcmp(s, "\xe2\x80", 2) != 0)
        return 0;
    *as = s[2] == '\xa8' ? "\\u2028" : s[2] == '\xa9' ? "\\u2029" : NULL;
    return *as ? 3 : 0;
}

static void put_inert(tdo_sink *o, const char *json, size_t length)
{
    size_t plain = 0;
    for (size_t i = 0; i < length;) {
        const char *as = NULL;
        size_t n = escape_at(json + i, length - i, &as);
        if (n) {
            tdo_put(o, json + plain, i - plain);
            tdo_puts(o, as);
            plain = i + n;
        }
        i += n ? n : 1;
    }
    tdo_put(o, json + plain, length - plain);
}

tdo_status tdo_write_html(const char *result_json, size_t length, tdo_sink *o)
{
    if (tdo_no_page())
        return TDO_E_USAGE;
    const char *page = tdo_viewer_page, *end = page + tdo_viewer_page_length;
    const char *slot = find(page, tdo_viewer_page_length, before, sizeof before - 1);
    slot = slot ? slot + sizeof before - 1 : NULL;
    if (!slot || (size_t)(end - slot) < sizeof after || memcmp(slot, after, sizeof after - 1) != 0)
        return TDO_E_INTERNAL;
    const bool raw = o->raw;
    o->raw = true; /* no terminal reads it, and the page shows texts as texts */
    tdo_put(o, page, (size_t)(slot - page));
    put_inert(o, result_json, length);
    slot += strlen("null");
    tdo_put(o, slot, (size_t)(end - slot));
    o->raw = raw;
    return tdo_sink_status(o);
}
