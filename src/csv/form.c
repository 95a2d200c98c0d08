/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that say more than a number: its error, its interval, its unit. Each form is read as a
 * whole or not at all. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"
#include "csv/cell.h"

enum {
    LONGEST_NUMBER = 64, /* bytes of a number inside a form */
    DASH = 0x1E          /* stands for a dash that is no minus sign, while a cell is read */
};

/* What is left to read of a cell. */
typedef struct cursor {
    char text[CSV_FORM_BYTES + 1];
    const char *s; /* in text, up to its NUL */
    const tdo_reading_style *style;
} cursor;

/* ---- what a form is made of ---- */

/* Blanks of every kind are blanks, U+2212 is a minus sign; 0: the character stands for itself. */
static char plain_byte(uint32_t c)
{
    if (c == '\t' || c == 0xA0 || c == 0x202F || (c >= 0x2007 && c <= 0x200A))
        return ' ';
    if (c == 0x2212)
        return '-';
    return c == 0x2013 || c == 0x2014 ? DASH : '\0';
}

/* False where the cell is empty, or too long for any form. */
static bool start(cursor *c, const char *s, size_t length, const tdo_reading_style *style)
{
    size_t n = 0;
    for (size_t i = 0, more = 0; i < length; i += more) {
        uint32_t character = 0;
        more = utf8_next(s + i, length - i, &character);
        if (more == 0 || character == DASH || character == '\0' || n + more > CSV_FORM_BYTES)
            return false;
        char byte = plain_byte(character);
        if (byte == '\0')
            memcpy(c->text + n, s + i, more);
        else
            c->text[n] = byte;
        n += byte == '\0' ? more : 1;
    }
    while (n > 0 && c->text[n - 1] == ' ')
        n--;
    c->text[n] = '\0';
    c->s = c->text + strspn(c->text, " ");
    c->style = style;
    return *c->s != '\0';
}

static void skip_blanks(cursor *c)
{
    c->s += strspn(c->s, " ");
}

static bool eat(cursor *c, const char *what)
{
    size_t length = strlen(what);
    if (strncmp(c->s, what, length) != 0)
        return false;
    c->s += length;
    return true;
}

/* The longest number that stands here, with its percent sign where there may be one, and the blanks
 * behind it. */
static tdo_number_verdict eat_number(cursor *c, double *out)
{
    const csv_signs signs = csv_signs_of(c->style);
    size_t longest = 0;
    while (longest < LONGEST_NUMBER && c->s[longest] != '\0' &&
           (strchr("0123456789.eE+-", c->s[longest]) || c->s[longest] == signs.thousands ||
            c->s[longest] == signs.decimal))
        longest++;
    for (size_t n = longest; n > 0; n--) {
        tdo_number_verdict v = csv_plain_number(c->s, n, false, signs, out);
        if (v == TDO_NUMBER_SYNTAX)
            continue;
        c->s += n;
        if (c->style->percent)
            (void)eat(c, "%");
        skip_blanks(c);
        return v;
    }
    return TDO_NUMBER_SYNTAX;
}

static tdo_number_verdict refuse(csv_form *f, const char *reason)
{
    f->reason = reason;
    return TDO_NUMBER_SYNTAX;
}

/* ---- 0.82 ± 0.02, 0.82 (0.02) ---- */

static bool eat_plus_minus(cursor *c)
{
    bool yes = eat(c, "\xC2\xB1") || eat(c, "+/-") || eat(c, "+-");
    skip_blanks(c);
    return yes;
}

/* 0.8213(12) means 0.8213 ± 0.0012 to a metrologist, and 0.8213 ± 12 to a parser. */
static bool is_concise(const char *number, const char *error, const char *end, char comma)
{
    const char point = (char)(comma ? comma : '.');
    size_t whole = strcspn(number, " (");
    return memchr(number, point, whole) && !memchr(error, point, (size_t)(end - error)) &&
           !memchr(error, 'e', (size_t)(end - error)) && strspn(error, "0%) ") < strlen(error);
}

static tdo_number_verdict read_plus_minus(cursor *c, csv_form *f)
{
    const char *number = c->s, *error = NULL;
    tdo_number_verdict v = eat_number(c, &f->number.x);
    if (v != TDO_NUMBER_OK)
        return v;
    bool stated = eat_plus_minus(c), bracket = !stated && eat(c, "(");
    if (!stated && !bracket)
        return refuse(f, NULL);
    skip_blanks(c);
    stated = stated || eat_plus_minus(c);
    error = c->s;
    v = eat_number(c, &f->number.error);
    if (v != TDO_NUMBER_OK)
        return v;
    const char *end = c->s;
    if ((bracket && !eat(c, ")")) || *c->s != '\0')
        return refuse(f, NULL);
    if (f->number.error < 0)
        return refuse(f, "has a negative error");
    if (!stated && is_concise(number, error, end, c->style->decimal))
        return refuse(f, "has a whole number in brackets after a number with a fraction, which "
                         "may count last digits; write it with \xC2\xB1");
    return TDO_NUMBER_OK;
}

/* ---- 0.93 (0.87-0.98), 0.93 [0.87, 0.98] ---- */

static bool eat_separator(cursor *c)
{
    static const char *const between[] = {",", ";", "-", "\x1E", "to", ".."};
    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
        if (!eat(c, between[i]))
            continue;
        skip_blanks(c);
        return true;
    }
    return false;
}

static tdo_number_verdict read_interval(cursor *c, csv_form *f)
{
    tdo_number_verdict v = eat_number(c, &f->number.x);
    if (v != TDO_NUMBER_OK)
        return v;
    const bool round = eat(c, "(");
    if (!round && !eat(c, "["))
        return refuse(f, NULL);
    skip_blanks(c);
    v = eat_number(c, &f->number.low);
    if (v == TDO_NUMBER_OK && !eat_separator(c))
        return refuse(f, NULL);
    if (v == TDO_NUMBER_OK)
        v = eat_number(c, &f->number.high);
    if (v != TDO_NUMBER_OK)
        return v;
    if (!eat(c, round ? ")" : "]") || *c->s != '\0')
        return refuse(f, NULL);
    if (f->number.low > f->number.high)
        return refuse(f, "has an interval whose first end is above the second");
    if (f->number.x < f->number.low || f->number.x > f->number.high)
        return refuse(f, "lies outside its own interval");
    return TDO_NUMBER_OK;
}

/* ---- 12 ms, 1.5 GB, $0.15, 1.2M ---- */

/* A currency before the number: $ or a code of three letters. */
static bool eat_currency(cursor *c, unit_of *unit)
{
    size_t length = strcspn(c->s, "0123456789.+- ");
    if (length == 0 || !unit_read(c->s, length, unit) || unit->dimension != UNIT_MONEY)
        return false;
    c->s += length;
    skip_blanks(c);
    return true;
}

/* The unit behind the number, with a factor before it where it is money. B is a size where a size
 * is wanted, and else 1e9. */
static bool read_unit(const char *s, bool sizes, csv_form *f)
{
    size_t length = strlen(s);
    const bool billions = length == 1 && *s == 'B' && !sizes;
    if (length == 0)
        return true;
    if (!f->has_unit && !billions && unit_read(s, length, &f->unit)) {
        f->has_unit = true;
        return true;
    }
    f->factor = unit_factor(*s);
    if (f->factor == 0)
        return false;
    s += 1 + strspn(s + 1, " ");
    if (*s == '\0')
        return true;
    const bool money = !f->has_unit && unit_read(s, strlen(s), &f->unit);
    f->has_unit = f->has_unit || money;
    return money && f->unit.dimension == UNIT_MONEY;
}

static tdo_number_verdict read_quantity(cursor *c, csv_form *f)
{
    const char *tail = "";
    const unit_of wanted = unit_of_criterion(c->style->unit, &tail);
    const bool negative = *c->s == '-' && !strchr("0123456789.", c->s[1]);
    c->s += negative;
    f->factor = 1;
    f->unit = (unit_of){UNIT_COUNT, 1, "", ""};
    f->has_unit = eat_currency(c, &f->unit);
    tdo_number_verdict v = negative && !f->has_unit ? TDO_NUMBER_SYNTAX
                                                    : eat_number(c, &f->number.x);
    if (v != TDO_NUMBER_OK)
        return v;
    if (negative)
        f->number.x = -f->number.x;
    size_t length = strlen(c->s), behind = strlen(tail);
    char *rest = c->text + (c->s - c->text);
    if (behind > 0 && length >= behind && strcmp(rest + length - behind, tail) == 0)
        rest[length - behind] = '\0'; /* 12 ms/query, where the unit is ms/query */
    if (!read_unit(rest, wanted.dimension == UNIT_SIZE, f))
        return refuse(f,
                      strpbrk(rest, "0123456789") ? NULL : "has a unit that is none of those read");
    return TDO_NUMBER_OK;
}

/* ---- any of them ---- */

static tdo_number_verdict read_as(tdo_cell_form as, cursor *c, csv_form *f)
{
    *f = (csv_form){.as = as, .number = {NAN, 0, NAN, NAN, NAN}};
    switch (as) {
    case TDO_CELLS_PLUS_MINUS:
        return read_plus_minus(c, f);
    case TDO_CELLS_INTERVAL:
        return read_interval(c, f);
    case TDO_CELLS_QUANTITY:
        return read_quantity(c, f);
    case TDO_CELLS_PLAIN:
    case TDO_CELL_FORMS:
        break;
    }
    return TDO_NUMBER_SYNTAX;
}

tdo_number_verdict csv_form_read(const char *s, size_t length, const tdo_reading_style *style,
                                 csv_form *out)
{
    assert(style->as != TDO_CELLS_PLAIN);
    cursor c;
    *out = (csv_form){.as = style->as};
    return start(&c, s, length, style) ? read_as(style->as, &c, out) : TDO_NUMBER_SYNTAX;
}

tdo_number_verdict csv_form_convert(const tdo_reading_style *style, csv_form *q)
{
    assert(style->as == TDO_CELLS_QUANTITY);
    const char *tail = "";
    const unit_of to = unit_of_criterion(style->unit, &tail);
    const bool counts = to.dimension == UNIT_COUNT || to.dimension == UNIT_MONEY;
    if (!q->has_unit && q->factor == 1)
        return style->unit_optional || (counts && to.by == 1) ? TDO_NUMBER_OK
                                                              : refuse(q, "has no unit");
    if (q->has_unit
            ? q->unit.dimension != to.dimension || strcmp(q->unit.currency, to.currency) != 0
            : !counts)
        return refuse(q, "is in a unit that cannot be converted");
    const double by = q->factor * (q->has_unit ? q->unit.by : 1);
    if (by == to.by) /* NOLINT: whole numbers */
        return TDO_NUMBER_OK;
    decimal_sum n, d;
    decimal_clear(&n);
    decimal_clear(&d);
    decimal_add_product(&n, q->number.x, by);
    decimal_add(&d, to.by);
    q->number.x = decimal_quotient(&n, &d, &q->number.rest);
    return isfinite(q->number.x) ? TDO_NUMBER_OK : TDO_NUMBER_OVERFLOW;
}

bool csv_form_guess(const char *s, size_t length, const tdo_reading_style *style, csv_form *out)
{
    for (int as = TDO_CELLS_PLUS_MINUS; as < TDO_CELL_FORMS; as++) {
        tdo_reading_style with = *style;
        with.as = (tdo_cell_form)as;
        if (csv_form_read(s, length, &with, out) != TDO_NUMBER_OK)
            continue;
        if (as != TDO_CELLS_QUANTITY)
            return true;
        return out->has_unit
                   ? out->unit.dimension != UNIT_MONEY || unit_is_usual_currency(out->unit.currency)
                   : out->factor != 1;
    }
    return false;
}
