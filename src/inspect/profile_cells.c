/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell looks like, when nobody has said yet how it is to be read. */
#include <math.h>
#include <string.h>

#include "csv/cell.h"

#include "base/plain.h"
#include "inspect/profile_parts.h"

/* ---- dates ---- */

/* A time of day, with anything that is usual after it (seconds, fractions, a zone). */
static bool is_time(const char *s, size_t length)
{
    size_t hours = plain_digits_at(s, length, 0);
    if (hours < 1 || hours > 2 || hours >= length || s[hours] != ':' ||
        plain_digits_at(s, length, hours + 1) != 2)
        return false;
    for (size_t i = hours + 3; i < length; i++)
        if (!plain_is_digit(s[i]) && !strchr(":.,+-Z ", s[i]))
            return false;
    return true;
}

/* Year, month and day in either order, with one kind of separator; then, perhaps, a time. */
static bool is_date(const char *s, size_t length)
{
    size_t first = plain_digits_at(s, length, 0);
    if ((first != 4 && first != 1 && first != 2) || first >= length || !strchr("-/.", s[first]))
        return false;
    size_t middle = plain_digits_at(s, length, first + 1), at = first + 1 + middle;
    if (middle < 1 || middle > 2 || at >= length || s[at] != s[first])
        return false;
    size_t last = plain_digits_at(s, length, at + 1);
    if (first == 4 ? last < 1 || last > 2 : last != 4)
        return false;
    at += 1 + last;
    if (at == length)
        return true;
    return (s[at] == 'T' || s[at] == ' ') && is_time(s + at + 1, length - at - 1);
}

/* ---- numbers in disguise ---- */

static bool reads(const char *s, size_t length, char thousands, double *number)
{
    return csv_plain_number(s, length, false, (csv_signs){thousands, 0}, number) == TDO_NUMBER_OK;
}

static bool is_grouped(const char *s, size_t length, char *separator, double *number)
{
    static const char separators[] = {',', '\'', ' ', '_'};
    if (*separator != '\0')
        return memchr(s, *separator, length) && reads(s, length, *separator, number);
    for (size_t i = 0; i < sizeof separators; i++) {
        if (memchr(s, separators[i], length) && reads(s, length, separators[i], number)) {
            *separator = separators[i];
            return true;
        }
    }
    return false;
}

/* 0,97 or 1.234,5 */
static bool has_decimal_comma(const char *s, size_t length, double *number)
{
    return memchr(s, ',', length) &&
           csv_plain_number(s, length, false, (csv_signs){'.', ','}, number) == TDO_NUMBER_OK;
}

/* An apostrophe, straight or curly, before what would be a number. */
static bool has_apostrophe(const char *s, size_t length)
{
    size_t skip = s[0] == '\'' ? 1 : length > 3 && memcmp(s, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
    double x = 0;
    if (skip == 0 || skip == length)
        return false;
    s += skip;
    length -= skip;
    length -= s[length - 1] == '%';
    return tdo_number_read(s, length, &x) == TDO_NUMBER_OK;
}

static tdo_cell_class without_number(const char *s, size_t length)
{
    if (csv_cell_infinite(s, length))
        return TDO_CELL_INFINITE;
    if (csv_cell_near_mark(s, length))
        return TDO_CELL_NEAR;
    if (csv_cell_decorated(s, length))
        return TDO_CELL_DECORATED;
    return is_date(s, length) ? TDO_CELL_DATE : TDO_CELL_WORD;
}

tdo_cell_class profile_classify(const char *s, size_t length, char *separator, double *number,
                                bool *percent)
{
    *percent = false;
    if (tdo_is_missing_mark(s, length))
        return TDO_CELL_MISSING;
    switch (tdo_number_read(s, length, number)) {
    case TDO_NUMBER_OK:
        return fabs(*number) > TDO_READING_MOST ? TDO_CELL_RANGE : TDO_CELL_PLAIN;
    case TDO_NUMBER_OVERFLOW:
    case TDO_NUMBER_UNDERFLOW:
        return TDO_CELL_RANGE;
    case TDO_NUMBER_SYNTAX:
        break;
    }
    if (has_apostrophe(s, length))
        return TDO_CELL_APOSTROPHE;
    size_t body = length;
    if (s[length - 1] == '%') {
        body--;
        if (tdo_number_read(s, body, number) == TDO_NUMBER_OK) {
            *percent = true;
            return TDO_CELL_PERCENT;
        }
    }
    if (is_grouped(s, body, separator, number)) {
        *percent = body < length;
        return TDO_CELL_GROUPED;
    }
    if (has_decimal_comma(s, body, number)) {
        *percent = body < length;
        return TDO_CELL_COMMA;
    }
    return without_number(s, length);
}
