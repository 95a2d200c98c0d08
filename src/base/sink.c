/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text into memory that grows, or to a function: bytes, numbers, JSON strings, quoted names. */
#include "tradeoff/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { QUOTED_COLUMNS = 80 };

tdo_sink tdo_sink_memory(tdo_arena *a)
{
    return (tdo_sink){.arena = a};
}

tdo_status tdo_sink_status(const tdo_sink *o)
{
    return !o->failed ? TDO_OK : o->write ? TDO_E_IO : TDO_E_MEMORY;
}

/* Room for more bytes and a final NUL in a collecting sink. */
static bool reserve(tdo_sink *o, size_t more)
{
    if (o->room - o->length > more)
        return true;
    if (more >= PTRDIFF_MAX || o->length >= PTRDIFF_MAX - more)
        return false;
    size_t room = o->length + more + 1;
    if (room < 2 * o->room)
        room = 2 * o->room;
    if (room < 128)
        room = 128;
    char *text = tdo_grow(o->arena, o->text, o->room, room, 1);
    if (!text)
        return false;
    o->text = text;
    o->room = room;
    return true;
}

/* ---- what leaves ---- */

static void let_out(tdo_sink *o, const char *bytes, size_t length)
{
    if (length > 0 && !o->failed)
        o->failed = !o->write(o->user, bytes, length);
    if (!o->failed)
        o->length += length;
}

/* A character by its number; JSON reads it back. */
static void show_character(tdo_sink *o, uint32_t c)
{
    char shown[24];
    const unsigned rest = (unsigned)c - 0x10000;
    const int length = c < 0x10000 ? snprintf(shown, sizeof shown, "\\u%04x", (unsigned)c)
                                   : snprintf(shown, sizeof shown, "\\u%04x\\u%04x",
                                              0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
    let_out(o, shown, (size_t)length);
}

/* The length of the style that the bytes start with; 0: none. */
static size_t style_at(const char *s, size_t length)
{
    const size_t mark = sizeof TDO_STYLE - 1;
    size_t n = mark;
    if (length <= mark || memcmp(s, TDO_STYLE, mark) != 0)
        return 0;
    while (n < length && n < mark + 4 && ((s[n] >= '0' && s[n] <= '9') || s[n] == ';'))
        n++;
    return n < length && s[n] == 'm' ? n + 1 : 0;
}

/* Might the bytes be the start of a character, and no more? */
static bool is_part(const char *s, size_t length)
{
    const unsigned char first = (unsigned char)*s;
    const size_t whole = first >= 0xF0 && first < 0xF8 ? 4
                         : first >= 0xE0               ? 3
                         : first >= 0xC2               ? 2
                                                       : 1;
    for (size_t k = 1; k < length; k++)
        if (((unsigned char)s[k] & 0xC0) != 0x80)
            return false;
    return first < 0xF8 && length < whole;
}

/* Lets out the first character (or byte, or style) of s; 0: not all of it has come. */
static size_t pass_one(tdo_sink *o, const char *s, size_t length)
{
    char shown[8];
    uint32_t c = 0;
    const size_t style = style_at(s, length), bytes = style ? style : utf8_next(s, length, &c);
    const bool ends_line = c == '\n' || (c == '\r' && length > 1 && s[1] == '\n'); /* of CSV */
    if (style) {
        let_out(o, "\033", 1);
        let_out(o, s + 1, style - 1);
    } else if (bytes && !ends_line && utf8_hidden(o->before, c)) {
        show_character(o, c);
    } else if (bytes) {
        let_out(o, s, bytes);
    } else if (is_part(s, length)) {
        return 0;
    } else {
        (void)snprintf(shown, sizeof shown, "\\x%02x", (unsigned)(unsigned char)*s);
        let_out(o, shown, strlen(shown));
    }
    o->before = c;
    return bytes ? bytes : 1;
}

static size_t plain_start(const char *s, size_t length)
{
    size_t n = 0;
    while (n < length && ((s[n] >= ' ' && s[n] < 0x7F) || s[n] == '\n'))
        n++;
    return n;
}

static void let_out_visibly(tdo_sink *o, const char *s, size_t length)
{
    while (o->parts > 0 && length > 0) { /* the rest of a character, byte by byte */
        o->part[o->parts++] = *s++;
        length--;
        for (size_t n = 1; o->parts > 0 && n > 0; o->parts -= n) {
            n = pass_one(o, o->part, o->parts);
            memmove(o->part, o->part + n, o->parts - n);
        }
    }
    while (length > 0) {
        size_t n = plain_start(s, length);
        let_out(o, s, n);
        o->before = n > 0 ? 0 : o->before;
        if (n == 0)
            n = pass_one(o, s, length);
        if (n == 0) {
            memcpy(o->part, s, length); /* fewer bytes than a character has */
            o->parts = n = length;
        }
        s += n;
        length -= n;
    }
}

/* ---- bytes ---- */

void tdo_put(tdo_sink *o, const char *bytes, size_t length)
{
    if (o->failed || length == 0)
        return;
    if (o->write && o->raw) {
        let_out(o, bytes, length);
        return;
    }
    if (o->write) {
        let_out_visibly(o, bytes, length);
        return;
    }
    if (!reserve(o, length)) {
        o->failed = true;
        return;
    }
    memcpy(o->text + o->length, bytes, length);
    o->length += length;
    o->text[o->length] = '\0';
}

void tdo_puts(tdo_sink *o, const char *s)
{
    tdo_put(o, s, strlen(s));
}

void tdo_putf(tdo_sink *o, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    tdo_putv(o, fmt, args);
    va_end(args);
}

void tdo_putv(tdo_sink *o, const char *fmt, va_list args)
{
    char brief[512];
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(brief, sizeof brief, fmt, args);
    if (length < 0) {
        o->failed = true;
    } else if ((size_t)length < sizeof brief) {
        tdo_put(o, brief, (size_t)length);
    } else {
        char *text = malloc((size_t)length + 1);
        if (!text) {
            o->failed = true;
        } else {
            (void)vsnprintf(text, (size_t)length + 1, fmt, again);
            tdo_put(o, text, (size_t)length);
        }
        free(text);
    }
    va_end(again);
}

void tdo_put_number(tdo_sink *o, double x)
{
    char text[TDO_NUMBER_TEXT];
    tdo_put(o, text, tdo_number_write(x, text));
}

void tdo_put_rounded(tdo_sink *o, double x, int digits)
{
    char text[TDO_NUMBER_TEXT];
    tdo_put(o, text, tdo_number_round(x, digits, text));
}

/* The two-character escape of a byte in JSON, or NULL. */
static const char *short_escape(uint32_t c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

void tdo_put_json_string(tdo_sink *o, const char *s, bool html)
{
    const char *end = s + strlen(s);
    const char *plain = s; /* start of the bytes that can go out as they are */
    tdo_puts(o, "\"");
    while (s < end) {
        uint32_t c = 0;
        size_t length = utf8_next(s, (size_t)(end - s), &c);
        const char *brief = length == 0 ? NULL : short_escape(c);
        bool in_markup = html && (c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029);
        if (length > 0 && c >= 0x20 && !brief && !in_markup) {
            s += length;
            continue;
        }
        tdo_put(o, plain, (size_t)(s - plain));
        if (length == 0)
            tdo_puts(o, "\\ufffd"); /* not UTF-8: JSON has no way to say which byte */
        else if (brief)
            tdo_puts(o, brief);
        else
            tdo_putf(o, "\\u%04x", (unsigned)c);
        s += length == 0 ? 1 : length;
        plain = s;
    }
    tdo_put(o, plain, (size_t)(s - plain));
    tdo_puts(o, "\"");
}

/* Characters that a terminal obeys or hides, or that look like a blank: shown by number. */
static bool is_treacherous(uint32_t before, uint32_t c)
{
    return utf8_hidden(before, c) || c == 0xA0 || c == 0x202F;
}

void tdo_put_quoted(tdo_sink *o, const char *s)
{
    const char *end = s + strlen(s);
    size_t columns = 0;
    uint32_t before = 0;
    tdo_puts(o, "\"");
    while (s < end) {
        char shown[16];
        uint32_t c = 0;
        size_t length = utf8_next(s, (size_t)(end - s), &c);
        const char *text = s;
        size_t shown_length = length;
        if (length == 0 || short_escape(c) || is_treacherous(before, c)) {
            if (length == 0)
                (void)snprintf(shown, sizeof shown, "\\x%02X", (unsigned)(unsigned char)*s);
            else if (short_escape(c))
                (void)snprintf(shown, sizeof shown, "%s", short_escape(c));
            else
                (void)snprintf(shown, sizeof shown, "\\u%04x", (unsigned)c);
            text = shown;
            shown_length = strlen(shown);
        }
        columns += tdo_utf8_width(text, shown_length);
        if (columns > QUOTED_COLUMNS) {
            tdo_puts(o, "...");
            break;
        }
        tdo_put(o, text, shown_length);
        before = c;
        s += length == 0 ? 1 : length;
    }
    tdo_puts(o, "\"");
}
