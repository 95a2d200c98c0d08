/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes names harmless and short: control and direction marks become visible or vanish. */
#include "base/plain.h"

#include <string.h>

#include "base/utf8.h"

enum { JOINER = 0x200D };

bool plain_is_blank(const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n' && s[i] != '\r')
            return false;
    return true;
}

/* Are eight bytes from ' ' to '~'? What is below ' ' borrows, as 0 does where DEL was: then an
 * upper bit is set. A borrow may also reach the next byte, which is then looked at for nothing. */
static bool are_printed(const char *s)
{
    const uint64_t one = UINT64_C(0x0101010101010101), upper = one << 7;
    uint64_t word = 0, to_del = 0;
    memcpy(&word, s, sizeof word);
    to_del = word ^ 0x7F * one; /* 0 where it is DEL */
    return (((word - ' ' * one) | word | (to_del - one)) & upper) == 0;
}

bool plain_has_control(const char *s, size_t length, const char *except)
{
    for (; length >= sizeof(uint64_t) && are_printed(s); length -= sizeof(uint64_t))
        s += sizeof(uint64_t);
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)s[i];
        if (c == 0xC2 && i + 1 < length && (unsigned char)s[i + 1] < 0xA0) /* C1 in UTF-8 */
            return true;
        if ((c < 0x20 || c == 0x7F) && (c == '\0' || !strchr(except, c)))
            return true;
    }
    return false;
}

/* The character that s (not empty) starts with, and its length. A byte that is no UTF-8 comes back
 * as U+FFFD with length 1. */
static size_t next_character(const char *s, uint32_t *character)
{
    size_t length = utf8_next(s, strnlen(s, 4), character);
    if (!length)
        *character = 0xFFFD;
    return length ? length : 1;
}

static bool is_plain(const char *s)
{
    size_t length = strlen(s);
    if (tdo_utf8_valid(s, length) != length)
        return false;
    for (uint32_t before = 0, c = 0; *s; before = c) {
        s += next_character(s, &c);
        if (utf8_hidden(before, c))
            return false;
    }
    return true;
}

const char *plain_text(tdo_arena *a, const char *s)
{
    if (is_plain(s))
        return s;
    tdo_sink o = tdo_sink_memory(a);
    for (uint32_t before = 0, c = 0; *s; before = c) {
        size_t length = next_character(s, &c);
        if (c == 0xFFFD && length == 1)
            tdo_putf(&o, "\\x%02x", (unsigned)(unsigned char)*s);
        else if (utf8_hidden(before, c))
            tdo_putf(&o, "\\u%04x", (unsigned)c);
        else
            tdo_put(&o, s, length);
        s += length;
    }
    return o.failed ? NULL : o.text;
}

/* The bytes of the first character of s and of those that stand on it or are joined to it. */
static size_t cluster(const char *s)
{
    uint32_t c = 0;
    size_t length = next_character(s, &c);
    while (s[length]) {
        uint32_t next = 0;
        size_t more = next_character(s + length, &next);
        if (c != JOINER && tdo_utf8_width(s + length, more) > 0)
            break;
        length += more;
        c = next;
    }
    return length;
}

/* How many bytes at the start (or end) of s fit in so many columns. */
static size_t fit_start(const char *s, size_t columns)
{
    size_t length = 0, width = 0;
    while (s[length]) {
        size_t more = cluster(s + length);
        width += tdo_utf8_width(s + length, more);
        if (width > columns)
            break;
        length += more;
    }
    return length;
}

static size_t fit_end(const char *s, size_t columns)
{
    size_t length = strlen(s);
    size_t skip = 0, width = tdo_utf8_width(s, length);
    while (width > columns) {
        size_t more = cluster(s + skip);
        width -= tdo_utf8_width(s + skip, more);
        skip += more;
    }
    return length - skip;
}

const char *plain_shorten(tdo_arena *a, const char *s, size_t columns)
{
    size_t length = strlen(s);
    if (tdo_utf8_width(s, length) <= columns)
        return s;
    size_t left = columns > 2 ? (columns - 2 + 1) / 2 : 0, dots = columns < 2 ? columns : 2;
    size_t head = fit_start(s, left);
    size_t tail = fit_end(s, columns - dots - left);
    tdo_sink o = tdo_sink_memory(a);
    tdo_put(&o, s, head);
    tdo_put(&o, "..", dots);
    tdo_put(&o, s + length - tail, tail);
    return o.failed ? NULL : o.text ? o.text : "";
}

bool plain_alike(tdo_arena *a, const char *const *name, size_t n, size_t columns)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            if (!name[i] || !name[k] || strcmp(name[i], name[k]) == 0)
                continue;
            const char *x = plain_shorten(a, name[i], columns),
                       *y = plain_shorten(a, name[k], columns);
            if (x && y && strcmp(x, y) == 0)
                return true;
        }
    return false;
}

void plain_put_padded(tdo_sink *o, const char *text, size_t width, bool right)
{
    const size_t has = plain_width(text), pad = has < width ? width - has : 0;
    plain_put_blanks(o, right ? pad : 0);
    tdo_puts(o, text);
    plain_put_blanks(o, right ? 0 : pad);
}

void plain_put_blanks(tdo_sink *o, size_t n)
{
    static const char blanks[] = "                                ";
    for (size_t some; n > 0; n -= some) {
        some = n < sizeof blanks - 1 ? n : sizeof blanks - 1;
        tdo_put(o, blanks, some);
    }
}

void plain_put_folded(tdo_sink *o, const char *s, size_t width, size_t used, size_t indent)
{
    bool fresh = true; /* nothing of s is on this line yet */
    while (*s == ' ')
        s++;
    while (*s) {
        size_t length = strcspn(s, " "), columns = tdo_utf8_width(s, length);
        if (!fresh && width && used + 1 + columns > width) {
            tdo_puts(o, "\n");
            plain_put_blanks(o, indent);
            used = indent;
            fresh = true;
        }
        if (!fresh)
            tdo_puts(o, " ");
        tdo_put(o, s, length);
        used += columns + !fresh;
        fresh = false;
        s += length;
        while (*s == ' ')
            s++;
    }
}
