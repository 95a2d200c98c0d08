/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points that seem to part thousands: 950, 1.200, 2.100 is read as 950, 1.2, 2.1. */
#include <math.h>
#include <string.h>

#include "csv/cell.h"

enum { GROUP = 3, LEAST_LARGE = 100 };

static bool is_digits(const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return length > 0;
}

static double number_of(const char *s, size_t length)
{
    double x = 0;
    for (size_t i = 0; i < length; i++)
        x = 10 * x + (s[i] - '0');
    return x;
}

bool csv_points_see(csv_points *p, char sign, const char *s, size_t length)
{
    if (p->settled)
        return false;
    if (length > 0 && (s[0] == '-' || s[0] == '+')) {
        s++;
        length--;
    }
    if (length <= GROUP && is_digits(s, length)) {
        double x = number_of(s, length);
        p->least_whole = x > 0 && (p->whole == 0 || x < p->least_whole) ? x : p->least_whole;
        p->whole++;
        return false;
    }
    const size_t before = length > GROUP + 1 ? length - GROUP - 1 : 0;
    p->settled = before == 0 || before > GROUP || s[before] != sign || s[0] == '0' ||
                 !is_digits(s, before) || !is_digits(s + before + 1, GROUP);
    if (p->settled)
        return false;
    p->ends_in_zero = p->ends_in_zero || s[length - 1] == '0';
    return p->parted++ == 0;
}

bool csv_points_see_in(csv_points *p, const char *s, size_t length)
{
    size_t from = 0, to;
    while (from < length && (s[from] < '0' || s[from] > '9'))
        from++;
    for (to = from; to < length && ((s[to] >= '0' && s[to] <= '9') || s[to] == '.');)
        to++;
    if (to > from && to < length && s[to] == ',') /* those part thousands, or decimals */
        p->settled = true;
    return to > from && csv_points_see(p, '.', s + from, to - from);
}

bool csv_points_suspect(const csv_points *p, bool commas)
{
    if (p->settled || p->parted == 0)
        return false;
    return commas || (p->whole > 0 && p->ends_in_zero) ||
           (p->whole > 0 && p->parted > 1 && p->least_whole >= LEAST_LARGE);
}
