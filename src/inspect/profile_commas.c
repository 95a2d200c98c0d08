/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns whose commas are decimal signs: 0,812 is no thousand, and 1,100 beside it is none either.
 */
#include <math.h>
#include <string.h>

#include "inspect/profile_parts.h"

enum { GROUP = 1000 };

/* 1,013 and nothing else: it reads either way. */
static bool reads_either_way(const char *s, size_t length)
{
    const char *comma = memchr(s, ',', length);
    return comma && !memchr(comma + 1, ',', length - (size_t)(comma + 1 - s)) &&
           !memchr(s, '.', length);
}

uint64_t profile_comma_take(profile_commas *k, tdo_cell_class is, const char *s, size_t length,
                            double x)
{
    const size_t body = length - (length > 0 && s[length - 1] == '%');
    const bool point = memchr(s, '.', body) != NULL;
    switch (is) {
    case TDO_CELL_PLAIN:
    case TDO_CELL_PERCENT:
        k->pointed = k->pointed || point;
        (void)csv_points_see(&k->points, ',', s, body);
        return 0;
    case TDO_CELL_GROUPED:
        profile_count(&k->grouped, x);
        (void)csv_points_see(&k->points, ',', s, body);
        k->certain = k->certain || !reads_either_way(s, body);
        if (!reads_either_way(s, body))
            return 0;
        profile_count(&k->decimal, x / GROUP); /* as the decimal reads: both are exact */
        return PROFILE_PARTED;
    case TDO_CELL_COMMA:
        profile_count(&k->decimal, x);
        k->parts = k->parts || point;
        return PROFILE_COMMA;
    default:
        return 0;
    }
}

static bool is_decimal(const tdo_profiled *c, const profile_commas *k, bool commas)
{
    if (k->decimal.n == 0 || k->certain || k->pointed)
        return false;
    return c->cells[TDO_CELL_COMMA].n > 0 || (commas && !csv_points_suspect(&k->points, false));
}

/* Adds the numbers of other cells. */
static void add_numbers(profile_numbers *to, const profile_numbers *p)
{
    if (p->n == 0)
        return;
    to->min = to->n == 0 || p->min < to->min ? p->min : to->min;
    to->max = to->n == 0 || p->max > to->max ? p->max : to->max;
    to->n += p->n;
    to->zeros += p->zeros;
    to->negatives += p->negatives;
    to->integers += p->integers;
}

void profile_comma_settle(tdo_profiled *c, const profile_commas *k, bool commas,
                          profile_numbers *plain)
{
    tdo_cells *decimal = &c->cells[TDO_CELL_COMMA], *grouped = &c->cells[TDO_CELL_GROUPED];
    if (!is_decimal(c, k, commas)) {
        add_numbers(plain, &k->grouped);
        return;
    }
    c->style.decimal = ',';
    c->style.thousands = (char)(k->parts ? '.' : '\0');
    const size_t n = decimal->n + grouped->n;
    if (grouped->n > 0 && (decimal->n == 0 || grouped->line < decimal->line))
        *decimal = *grouped;
    decimal->n = n;
    *grouped = (tdo_cells){0};
    add_numbers(plain, &k->decimal);
}

void profile_comma_correct(const tdo_profiled *c, double *number, const uint64_t *text, size_t rows,
                           size_t step)
{
    for (size_t r = 0; r < rows; r++, number += step, text += step) {
        if (c->style.decimal && (*text & PROFILE_PARTED))
            *number /= GROUP;
        else if (!c->style.decimal && (*text & PROFILE_COMMA))
            *number = (double)NAN;
    }
}
