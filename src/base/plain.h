/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for people: names made harmless, shortened, folded into lines. Names come from files that
 * anybody may have written; a terminal obeys control characters and reorders by direction marks. */
#ifndef TRADEOFF_BASE_PLAIN_H
#define TRADEOFF_BASE_PLAIN_H

#include <string.h>

#include "tradeoff/text.h"

static inline bool plain_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many digits stand at place i. */
static inline size_t plain_digits_at(const char *s, size_t length, size_t i)
{
    size_t n = 0;
    while (i + n < length && plain_is_digit(s[i + n]))
        n++;
    return n;
}

/* Columns that a text takes. */
static inline size_t plain_width(const char *s)
{
    return tdo_utf8_width(s, strlen(s));
}

/* Are there only blanks, tabs and line ends? */
bool plain_is_blank(const char *s, size_t length);

/* Is there a control character (C0, DEL, C1) that is none of those in `except`? */
bool plain_has_control(const char *s, size_t length, const char *except);

/* s with hidden characters as \u escapes, in the arena; s itself where it has none. Hidden is what
 * a terminal or a page would obey or not show: controls, line ends, marks of direction, blanks of
 * no width (but for the joiners that emoji and several scripts need). NULL: out of memory. */
const char *plain_text(tdo_arena *a, const char *s);

/* s, its middle replaced by ".." where it is wider than so many columns; characters and what joins
 * them stay whole. NULL: out of memory. */
const char *plain_shorten(tdo_arena *a, const char *s, size_t columns);

/* Do two different ones of n names (NULL: none) look the same when shortened so? */
bool plain_alike(tdo_arena *a, const char *const *name, size_t n, size_t columns);

/* Writes s folded at blanks into lines of at most width columns (0: one line), the first after
 * `used` columns that are written already, the others indented. The last line is not ended. */
void plain_put_folded(tdo_sink *o, const char *s, size_t width, size_t used, size_t indent);

void plain_put_blanks(tdo_sink *o, size_t n);
/* A text in so many columns (more where it takes more), at their right end or at their left. */
void plain_put_padded(tdo_sink *o, const char *text, size_t width, bool right);

#endif
