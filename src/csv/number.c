/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a cell that is a number and nothing else, but for a percent sign and separators. */
#include "csv/cell.h"

#include "base/plain.h"

#include <string.h>

enum { LONGEST_GROUPED = 512 }; /* bytes of a number with separators; no measurement is longer */

/* Copies [+-] d{1,3} (separator d{3})+ without the separators, then the rest, which must hold none.
 * Returns the length, or 0 where the text is not of that form. */
static size_t ungroup(const char *s, size_t length, char separator, char *to)
{
    size_t i = 0, n = 0, first = 0, groups = 0;
    if (length > LONGEST_GROUPED)
        return 0;
    if (i < length && (s[i] == '+' || s[i] == '-'))
        to[n++] = s[i++];
    first = i;
    while (i < length && plain_is_digit(s[i]))
        to[n++] = s[i++];
    if (i == first || i - first > 3)
        return 0;
    for (; i < length && s[i] == separator; groups++) {
        size_t digits = 0;
        for (i++; i < length && plain_is_digit(s[i]); digits++)
            to[n++] = s[i++];
        if (digits != 3)
            return 0;
    }
    if (groups == 0 || memchr(s + i, separator, length - i))
        return 0;
    memcpy(to + n, s + i, length - i);
    return n + length - i;
}

tdo_number_verdict csv_plain_number(const char *s, size_t length, bool percent, char thousands,
                                    double *out)
{
    char plain[LONGEST_GROUPED];
    if (percent && length > 0 && s[length - 1] == '%')
        length--;
    if (thousands == '\0' || !memchr(s, thousands, length))
        return tdo_number_read(s, length, out);
    length = ungroup(s, length, thousands, plain);
    return length == 0 ? TDO_NUMBER_SYNTAX : tdo_number_read(plain, length, out);
}
