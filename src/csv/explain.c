/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a cell is no number. Only ever called for cells that are refused: it guesses what was meant,
 * the surest guess first. */
#include <string.h>

#include "base/utf8.h"

#include "base/plain.h"
#include "csv/cell.h"

enum { SHOWN_BYTES = 400 }; /* of a cell; more than its 80 columns need */

/* ---- what a text looks like ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of the longest number that the text starts with; 0: none. */
static size_t number_at_start(const char *s, size_t length)
{
    double x = 0;
    for (size_t n = length < 64 ? length : 64; n > 0; n--)
        if (tdo_number_read(s, n, &x) != TDO_NUMBER_SYNTAX)
            return n;
    return 0;
}

static bool is_space_character(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0xFEFF;
}

/* Facts about the characters of a cell. */
typedef struct traits {
    bool blank_inside, blank_around, all_blank;
    bool dash;     /* a minus sign or dash that is not "-" */
    bool currency; /* a currency sign */
    bool foreign;  /* a character beyond ASCII that is none of the above */
    size_t points, commas;
} traits;

static traits traits_of(const char *s, size_t length)
{
    traits t = {.all_blank = true};
    bool blank = false; /* since the last other character */
    for (size_t i = 0, n = 0; i < length; i += n) {
        uint32_t c = 0;
        n = utf8_next(s + i, length - i, &c);
        if (n == 0)
            n = 1;
        if (is_space_character(c)) {
            blank = true;
            t.blank_around = t.blank_around || i == 0 || i + n == length;
            continue;
        }
        t.blank_inside = t.blank_inside || (blank && !t.all_blank);
        blank = t.all_blank = false;
        t.points += c == '.';
        t.commas += c == ',';
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D)
            t.dash = true;
        else if (c == '$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF))
            t.currency = true;
        else if (c >= 0x80)
            t.foreign = true;
    }
    return t;
}

/* ≤ ≥ ≈ */
static bool is_bound_sign(const char *s)
{
    return strncmp(s, "\xE2\x89\xA4", 3) == 0 || strncmp(s, "\xE2\x89\xA5", 3) == 0 ||
           strncmp(s, "\xE2\x89\x88", 3) == 0;
}

/* **0.90**, 0.86*, 0.86† */
static bool is_marked(const char *s, size_t length)
{
    double x = 0;
    size_t from = 0;
    if (length == 0 || (s[length - 1] == ' ' && s[0] != '*'))
        return false;
    while (from < length && s[from] == '*')
        from++;
    while (length > from) {
        if (s[length - 1] == '*' || s[length - 1] == ' ')
            length--;
        else if (length > 3 && (memcmp(s + length - 3, "\xE2\x80\xA0", 3) == 0 ||
                                memcmp(s + length - 3, "\xE2\x80\xA1", 3) == 0))
            length -= 3;
        else
            break;
    }
    return tdo_number_read(s + from, length - from, &x) == TDO_NUMBER_OK;
}

/* 45/50 */
static bool is_ratio(const char *s, size_t length)
{
    double x = 0;
    const char *slash = memchr(s, '/', length);
    if (!slash || slash == s)
        return false;
    size_t before = (size_t)(slash - s), from = before + 1;
    while (before > 0 && s[before - 1] == ' ')
        before--;
    while (from < length && s[from] == ' ')
        from++;
    return tdo_number_read(s, before, &x) == TDO_NUMBER_OK &&
           tdo_number_read(s + from, length - from, &x) == TDO_NUMBER_OK;
}

/* <10, ~45 */
static bool is_bound(const char *s, size_t length)
{
    double x = 0;
    size_t sign = length == 0 ? 0 : strchr("<>~=", s[0]) ? 1 : is_bound_sign(s) ? 3 : 0;
    size_t from = sign;
    from += sign == 1 && length > 1 && s[1] == '=';
    while (from < length && s[from] == ' ')
        from++;
    return sign > 0 && tdo_number_read(s + from, length - from, &x) == TDO_NUMBER_OK;
}

/* A number but for a minus sign or blanks of another kind. */
static bool is_foreign_number(const char *s, size_t length)
{
    const tdo_reading_style style = {.as = TDO_CELLS_QUANTITY};
    csv_form f;
    return csv_form_read(s, length, &style, &f) == TDO_NUMBER_OK && !f.has_unit && f.factor == 1;
}

bool csv_cell_decorated(const char *s, size_t length)
{
    char text[64];
    if (length == 0 || length >= sizeof text)
        return false;
    if (is_foreign_number(s, length))
        return true;
    memcpy(text, s, length);
    text[length] = '\0';
    return is_bound(text, length) || is_marked(text, length) || is_ratio(text, length);
}

static bool is_grouped(const char *s, size_t length, char separator)
{
    double x = 0;
    return csv_plain_number(s, length, false, (csv_signs){separator, 0}, &x) == TDO_NUMBER_OK;
}

/* 1-Mar, 2024-05-01, 3/4/2024, 12:30 */
static bool is_date_like(const char *s, size_t length)
{
    size_t first = plain_digits_at(s, length, 0);
    if (first == 0 || first > 4 || first + 1 >= length)
        return false;
    char c = s[first], after = s[first + 1];
    return ((c == '-' || c == '/' || c == ':') && plain_is_digit(after)) ||
           (c == '-' && is_letter(after));
}

/* ---- what to say ---- */

static const char *word_reason(const char *s, size_t length)
{
    if (csv_cell_infinite(s, length))
        return "is not finite; a \"where\" with \"not_in\" leaves such rows out";
    if (s[0] == '#' && length > 1)
        return "is an error of a spreadsheet, not a number";
    if (csv_cell_near_mark(s, length))
        return "is not a missing mark as spelt here; the marks are an empty cell, NA, N/A, n/a, "
               "NaN, nan, null, None, -, #N/A and #DIV/0!; \"missing_marks\" of the criterion "
               "names others";
    if (csv_cell_truth(s, length))
        return "is a yes or no, not a number; write 1 or 0";
    return NULL;
}

static const char *comma_reason(const char *s, size_t length, const traits *t)
{
    double x = 0;
    if (is_grouped(s, length, ','))
        return "has a comma: where it separates thousands, the criterion needs \"thousands\": "
               "\",\"; where it is a decimal comma, \"decimal\": \",\"";
    if (t->commas != 1)
        return "has commas that are no separators of three digits each";
    if (csv_plain_number(s, length, true, (csv_signs){'.', ','}, &x) == TDO_NUMBER_OK)
        return t->points == 0
                   ? "has a decimal comma: write a point, or, where the whole column has commas, "
                     "the criterion needs \"decimal\": \",\""
                   : "has a decimal comma after points: the criterion needs "
                     "\"decimal\": \",\" and \"thousands\": \".\"";
    return "has a comma; write a plain number such as 1234.5";
}

/* Where the text is a number and something after it. */
static const char *tail_reason(const char *s, size_t length)
{
    size_t n = number_at_start(s, length);
    if (n == 0 || n == length)
        return NULL;
    char c = s[n];
    size_t sign = n + 1 < length && (s[n + 1] == '-' || s[n + 1] == '+');
    if ((c == 'e' || c == 'E') && n + 1 + sign == length)
        return "has an exponent without digits";
    if ((c == 'd' || c == 'D') && plain_digits_at(s, length, n + 1 + sign) > 0)
        return "has an exponent in Fortran's style; write e for d";
    if (c == '_' || c == '\'')
        return "has a separator between digits; write the digits alone";
    if (is_letter(c) || c == '/' || c == ' ' || (unsigned char)c >= 0x80)
        return "has a unit after the number; write the number alone";
    return NULL;
}

static const char *reason(const char *s, size_t length, const tdo_reading_style *style)
{
    traits t = traits_of(s, length);
    double x = 0;
    const char *why = NULL;
    if (t.all_blank)
        return "holds only blanks; leave a cell empty where nothing was measured";
    if (t.blank_around)
        return "has a blank before or after the number, inside the quotes or of an unusual kind";
    why = word_reason(s, length);
    if (why)
        return why;
    size_t sign = s[0] == '-' || s[0] == '+';
    if (length > sign + 1 && s[sign] == '0' && (s[sign + 1] | 0x20) == 'x')
        return "is hexadecimal; write it in decimal";
    if (s[length - 1] == '%' && !style->percent)
        return csv_plain_number(s, length - 1, false, csv_signs_of(style), &x) == TDO_NUMBER_OK
                   ? "has a percent sign; where percentages are meant, the criterion needs "
                     "\"percent\": true"
                   : "has a percent sign and is no number before it";
    if (s[length - 1] == '%' && t.blank_inside && strchr("+-.0123456789", s[0]))
        return "has a blank before the percent sign";
    if (t.currency)
        return "has a currency sign; write the number alone";
    if (t.dash)
        return "has a dash that is not the ASCII minus sign; write -";
    if (sign && length > 1 && (s[1] == '-' || s[1] == '+'))
        return "has two signs";
    if (s[0] == '(' && s[length - 1] == ')')
        return "is in brackets; write a negative number with a minus sign";
    if (strchr("<>~=", s[0]) || is_bound_sign(s))
        return "is a bound or an estimate, not a measured number";
    if (style->decimal != '\0' && t.points > 0 && style->thousands != '.' &&
        csv_plain_number(s, length, false, (csv_signs){'.', 0}, &x) == TDO_NUMBER_OK)
        return "has a point, and \"decimal\" says that another sign is the decimal point; where "
               "points part thousands, the criterion needs \"thousands\": \".\"";
    if (is_marked(s, length))
        return "has a mark beside the number; write the number alone";
    if (is_ratio(s, length))
        return "is one number over another; write their ratio";
    if (style->thousands == ',' && t.commas > 0 &&
        csv_plain_number(s, length, true, (csv_signs){0, ','}, &x) == TDO_NUMBER_OK)
        return "has a decimal comma, and none that parts thousands: the criterion needs "
               "\"decimal\": \",\" in the place of \"thousands\"";
    if (style->thousands != '\0' && memchr(s, style->thousands, length))
        return "has a thousands separator that does not part groups of exactly three digits";
    if (t.commas > 0)
        return comma_reason(s, length, &t);
    if (is_date_like(s, length))
        return "looks like a date or a time (a spreadsheet may have changed it)";
    if (t.blank_inside && number_at_start(s, length) > 0 && plain_is_digit(s[length - 1]))
        return "has a blank between digits; write the digits alone";
    if (t.points > 1)
        return "has more than one decimal point";
    why = tail_reason(s, length);
    if (why)
        return why;
    if (t.foreign)
        return "has characters other than the ASCII digits 0 to 9";
    return "is not a number";
}

void csv_cell_explain(tdo_sink *o, const char *s, size_t length, const tdo_reading_style *style)
{
    char text[SHOWN_BYTES + 1];
    double x = 0;
    size_t shown = tdo_utf8_valid(s, length < SHOWN_BYTES ? length : SHOWN_BYTES);
    memcpy(text, s, shown);
    text[shown] = '\0';
    tdo_put_quoted(o, text);
    tdo_puts(o, " ");
    switch (csv_cell_number(s, length, style, &x)) {
    case TDO_NUMBER_OVERFLOW:
        tdo_puts(o, "is too large (readings are at most 1e300)");
        break;
    case TDO_NUMBER_UNDERFLOW:
        tdo_puts(o, "is too small for a number that is not zero (below 4.9e-324)");
        break;
    case TDO_NUMBER_OK:
    case TDO_NUMBER_SYNTAX:
        if (length == 0)
            tdo_puts(o, "is not a number");
        else if (!csv_form_explain(o, text, shown, style))
            tdo_puts(o, reason(text, shown, style));
        break;
    }
}
