/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters of UTF-8 texts, and the tables of those that are wide or take no room. */
#ifndef TRADEOFF_BASE_UTF8_H
#define TRADEOFF_BASE_UTF8_H

#include "tradeoff/text.h"

/* The character that s starts with, and its length in bytes; 0 where s does not start with valid
 * UTF-8 or is empty. */
size_t utf8_next(const char *s, size_t length, uint32_t *character);

/* An inclusive range of characters. */
typedef struct utf8_range {
    uint32_t first, last;
} utf8_range;

/* Ascending, apart from each other. */
extern const utf8_range utf8_zero[]; /* characters that take no column */
extern const size_t utf8_zeros;
extern const utf8_range utf8_wide[]; /* characters that take two */
extern const size_t utf8_wides;

/* Would a terminal obey it or not show it: a control, a format character, a separator of lines or
 * paragraphs (Cc, Cf, Zl, Zp)? Not so a joiner behind a character of a script from U+0590 on, or
 * an emoji. before: the character before it; 0: none. */
bool utf8_hidden(uint32_t before, uint32_t c);

#endif
