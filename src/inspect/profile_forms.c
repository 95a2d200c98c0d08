/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns whose cells say more than a number: which form, and in which unit, the first of them
 * shows; the others must read the same way. */
#include <math.h>
#include <string.h>

#include "csv/cell.h"
#include "inspect/guess.h"
#include "inspect/profile_parts.h"

void profile_count(profile_numbers *p, double x)
{
    p->min = p->n == 0 || x < p->min ? x : p->min;
    p->max = p->n == 0 || x > p->max ? x : p->max;
    p->n++;
    p->zeros += x == 0;
    p->negatives += x < 0;
    p->integers += floor(x) == x;
}

/* Which signs to try, in turn. */
enum { SIGNS = 4 };
static const csv_signs points_first[SIGNS] = {{0, 0}, {',', 0}, {0, ','}, {'.', ','}},
                       commas_first[SIGNS] = {{0, 0}, {0, ','}, {'.', ','}, {',', 0}};

/* A style with percent signs, or other signs: tries 2 * SIGNS. False: that excludes what the column
 * has. */
static bool try_style(const tdo_reading_style *is, bool commas, int at, tdo_reading_style *out)
{
    const csv_signs signs = (commas ? commas_first : points_first)[at / 2];
    *out = *is;
    out->percent = is->percent || at % 2 != 0;
    if (signs.thousands || signs.decimal) {
        if ((is->thousands && is->thousands != signs.thousands) ||
            (is->decimal && is->decimal != signs.decimal))
            return false;
        out->thousands = signs.thousands;
        out->decimal = signs.decimal;
    }
    return !(out->percent && out->as == TDO_CELLS_QUANTITY);
}

/* Tries a reading with percent signs, separators of thousands and decimal commas, too. */
static bool reads(profile_form *f, const char *s, size_t length, csv_number *out)
{
    for (int at = 0; at < 2 * SIGNS; at++) {
        tdo_reading_style style;
        if (!try_style(&f->style, f->commas, at, &style) ||
            csv_cell_read(s, length, &style, out) != TDO_NUMBER_OK)
            continue;
        f->pointed = f->pointed || (!style.decimal && memchr(s, '.', length));
        f->style = style;
        return true;
    }
    return false;
}

static bool has_digit(const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (s[i] >= '0' && s[i] <= '9')
            return true;
    return false;
}

static bool guesses(const char *s, size_t length, bool commas, csv_form *out)
{
    for (int at = 0; at < 2 * SIGNS; at++) {
        tdo_reading_style style = {.as = TDO_CELLS_PLAIN};
        if (try_style(&(tdo_reading_style){.as = TDO_CELLS_PLAIN}, commas, at, &style) &&
            csv_form_guess(s, length, &style, out))
            return true;
    }
    return false;
}

/* The unit of a column: what its name says, where the first cell converts to it, or else that of
 * the first cell. NULL: no memory. */
static const char *unit_for(const csv_form *first, const char *name, tdo_arena *a)
{
    const char *words = guess_name_words(a, name), *tail = "";
    if (!words)
        return NULL;
    const char *named = guess_unit(words, a);
    if (!named)
        return NULL;
    unit_of is = unit_of_criterion(named, &tail);
    if (!first->has_unit)
        return is.dimension == UNIT_MONEY ? named : "";
    if (is.dimension == first->unit.dimension && strcmp(is.currency, first->unit.currency) == 0)
        return named;
    return first->unit.dimension == UNIT_MONEY ? tdo_copy(a, first->unit.currency, 3)
                                               : first->unit.spelt;
}

tdo_status profile_form_take(profile_form *f, tdo_arena *a, const char *s, size_t length,
                             double *number, bool *yes)
{
    csv_form first;
    csv_number is;
    *yes = has_digit(s, length) && guesses(s, length, f->commas, &first);
    if (!*yes)
        return TDO_OK;
    if (f->style.as == TDO_CELLS_PLAIN) {
        f->style.as = first.as;
        f->style.unit = first.as == TDO_CELLS_QUANTITY ? unit_for(&first, f->column, a) : NULL;
        if (first.as == TDO_CELLS_QUANTITY && !f->style.unit)
            return TDO_E_MEMORY;
    }
    if (reads(f, s, length, &is)) {
        profile_count(&f->numbers, is.x);
        *number = is.x;
    }
    return TDO_OK;
}

static void take_numbers(tdo_profiled *c, const profile_numbers *p)
{
    if (p->n == 0)
        return;
    c->min = c->numbers == 0 || p->min < c->min ? p->min : c->min;
    c->max = c->numbers == 0 || p->max > c->max ? p->max : c->max;
    c->numbers += p->n;
    c->zeros += p->zeros;
    c->negatives += p->negatives;
    c->integers += p->integers;
}

/* Beside 1.2k and $3 a number alone reads, too. */
static bool reads_alone(const tdo_reading_style *style)
{
    csv_number is;
    return csv_cell_read("1", 1, style, &is) == TDO_NUMBER_OK;
}

bool profile_form_settle(tdo_profiled *c, const profile_form *f, const profile_numbers *plain,
                         size_t rows)
{
    const size_t known = rows - c->cells[TDO_CELL_MISSING].n - c->cells[TDO_CELL_NEAR].n;
    const bool all =
        f->style.as != TDO_CELLS_PLAIN && c->cells[TDO_CELL_PERCENT].n == 0 &&
        (c->cells[TDO_CELL_GROUPED].n == 0 || c->style.thousands == f->style.thousands) &&
        (c->cells[TDO_CELL_COMMA].n == 0 || c->style.decimal == f->style.decimal) &&
        !(f->style.decimal && f->pointed) && f->numbers.n + plain->n == known &&
        (plain->n == 0 || reads_alone(&f->style));
    take_numbers(c, plain);
    if (all) {
        take_numbers(c, &f->numbers);
        c->style = f->style;
    }
    return all || f->numbers.n == 0;
}

void profile_form_forget(double *number, const uint64_t *text, size_t rows, size_t step)
{
    for (size_t r = 0; r < rows; r++)
        if (text[r * step] & PROFILE_FORMED)
            number[r * step] = (double)NAN;
}
