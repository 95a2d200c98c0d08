/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a cell that is a number and nothing else, but for a percent sign and separators. */
#include "csv/cell.h"

#include "base/plain.h"

#include <string.h>

enum { LONGEST_GROUPED = 512 }; /* bytes of a number with separators; no measurement is longer */

/* Copies [+-] d{1,3} (separator d{3})+ without the separators, then the rest, which must hold none.
 * Returns the length, or 0 where the text is not of that form; nobody parts 0,812 into thousands.
 */
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
    if (i == first || i - first > 3 || s[first] == '0')
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

/* Copies a number with another decimal sign than the point; 0: it has a point, or is too long. */
static size_t to_point(const char *s, size_t length, char decimal, char *to)
{
    if (length > LONGEST_GROUPED || memchr(s, '.', length))
        return 0;
    for (size_t i = 0; i < length; i++)
        to[i] = (char)(s[i] == decimal ? '.' : s[i]);
    return length;
}

tdo_number_verdict csv_plain_number(const char *s, size_t length, bool percent, csv_signs signs,
                                    double *out)
{
    char plain[LONGEST_GROUPED], pointed[LONGEST_GROUPED];
    if (percent && length > 0 && s[length - 1] == '%')
        length--;
    if (signs.thousands != '\0' && memchr(s, signs.thousands, length)) {
        length = ungroup(s, length, signs.thousands, plain);
        s = plain;
        if (length == 0)
            return TDO_NUMBER_SYNTAX;
    }
    if (signs.decimal == '\0' || length == 0)
        return tdo_number_read(s, length, out);
    length = to_point(s, length, signs.decimal, pointed);
    return length == 0 ? TDO_NUMBER_SYNTAX : tdo_number_read(pointed, length, out);
}
