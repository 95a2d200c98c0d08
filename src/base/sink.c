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

void tdo_put(tdo_sink *o, const char *bytes, size_t length)
{
    if (o->failed || length == 0)
        return;
    if (o->write) {
        o->failed = !o->write(o->user, bytes, length);
    } else if (reserve(o, length)) {
        memcpy(o->text + o->length, bytes, length);
        o->text[o->length + length] = '\0';
    } else {
        o->failed = true;
    }
    if (!o->failed)
        o->length += length;
}

void tdo_puts(tdo_sink *o, const char *s)
{
    tdo_put(o, s, strlen(s));
}

void tdo_putf(tdo_sink *o, const char *fmt, ...)
{
    char brief[512];
    va_list args, again;
    va_start(args, fmt);
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
    va_end(args);
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

/* Characters that a terminal obeys or hides: shown by number. */
static bool is_treacherous(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0xA0) || /* controls, no-break space */
           c == 0xAD || c == 0x61C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F && c != 0x200D) || /* zero width, marks; not the joiner */
           (c >= 0x2028 && c <= 0x202F) ||                /* line ends, overrides, narrow space */
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;   /* word joiner, isolates, BOM */
}

void tdo_put_quoted(tdo_sink *o, const char *s)
{
    const char *end = s + strlen(s);
    size_t columns = 0;
    tdo_puts(o, "\"");
    while (s < end) {
        char shown[16];
        uint32_t c = 0;
        size_t length = utf8_next(s, (size_t)(end - s), &c);
        const char *text = s;
        size_t shown_length = length;
        if (length == 0 || short_escape(c) || is_treacherous(c)) {
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
        s += length == 0 ? 1 : length;
    }
    tdo_puts(o, "\"");
}
