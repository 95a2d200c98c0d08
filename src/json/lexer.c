/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tokens of a JSON text, one after the other, with their places. */
#include "json/lexer.h"

#include <string.h>

json_lexer json_lexer_start(const char *bytes, size_t length)
{
    return (json_lexer){.p = bytes, .end = bytes + length, .line_start = bytes, .line = 1};
}

static void skip_blanks(json_lexer *l)
{
    for (; l->p < l->end && (*l->p == ' ' || *l->p == '\t' || *l->p == '\r' || *l->p == '\n');
         l->p++) {
        if (*l->p == '\n') {
            l->line++;
            l->line_start = l->p + 1;
        }
    }
}

static bool in_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
           c == '-' || c == '.' || c == '_';
}

/* Past the second quote; or to the line end or the end of the text, where there is none. */
static bool skip_string(json_lexer *l)
{
    for (l->p++; l->p < l->end && *l->p != '\n'; l->p++) {
        if (*l->p == '"') {
            l->p++;
            return true;
        }
        if (*l->p == '\\' && l->p + 1 < l->end && l->p[1] != '\n')
            l->p++;
    }
    return false;
}

json_token json_lexer_next(json_lexer *l)
{
    skip_blanks(l);
    json_token t = {.start = l->p, .line = l->line, .column = (unsigned)(l->p - l->line_start) + 1};
    if (l->p == l->end)
        return t;
    if (*l->p == '"') {
        t.kind = '"';
        t.closed = skip_string(l);
    } else if (memchr("{}[]:,", *l->p, 6)) {
        t.kind = *l->p++;
    } else if (in_word(*l->p)) {
        t.kind = 'w';
        while (l->p < l->end && in_word(*l->p))
            l->p++;
    } else {
        t.kind = '?';
        do { /* a whole character */
            l->p++;
        } while (l->p < l->end && ((unsigned char)*l->p & 0xC0) == 0x80);
    }
    t.length = (size_t)(l->p - t.start);
    return t;
}

static unsigned hex4(const char *s)
{
    unsigned x = 0;
    for (int i = 0; i < 4; i++) {
        unsigned c = (unsigned char)s[i];
        x = x << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return x;
}

size_t json_token_decoded_length(const json_token *string)
{
    const char *end = string->start + string->length - 1;
    size_t length = 0;
    for (const char *p = string->start + 1; p < end; p++, length++) {
        if (*p != '\\')
            continue;
        p++;
        if (*p != 'u' || end - p < 5)
            continue;
        unsigned unit = hex4(p + 1);
        bool half_a_pair = unit >= 0xD800 && unit < 0xE000; /* 2 bytes of the 4 */
        length += unit < 0x80 ? 0 : unit < 0x800 || half_a_pair ? 1 : 2;
        p += 4;
    }
    return length;
}
