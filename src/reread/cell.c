/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell: a number in any of the ways that a scenario allows, a word, or nothing. */
#include "reread/cell.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 512, FORM = 256 };

/* ---- plain numbers ---- */

/* Takes out separators that stand before every third digit; 0: they stand elsewhere. */
static size_t without_separators(const char *s, size_t length, char separator, char *to)
{
    size_t n = 0, digits = 0, k = 0;
    bool some = false;
    if (length >= LONGEST)
        return 0;
    if (k < length && (s[k] == '+' || s[k] == '-'))
        to[n++] = s[k++];
    if (k < length && s[k] == '0')
        return 0;
    for (; k < length && ((s[k] >= '0' && s[k] <= '9') || s[k] == separator); k++) {
        if (s[k] == separator) {
            if (some ? digits != 3 : digits == 0 || digits > 3)
                return 0;
            some = true;
            digits = 0;
            continue;
        }
        digits++;
        to[n++] = s[k];
    }
    if (!some || digits != 3 || memchr(s + k, separator, length - k))
        return 0;
    memcpy(to + n, s + k, length - k);
    return n + length - k;
}

/* percent: may a percent sign follow? */
static bool read_plain(const char *s, size_t length, bool percent, const verify_style *style,
                       double *out)
{
    char plain[LONGEST];
    if (percent && length > 0 && s[length - 1] == '%')
        length--;
    if (style->thousands && memchr(s, style->thousands, length)) {
        length = without_separators(s, length, style->thousands, plain);
        s = plain;
    }
    if (style->comma) {
        if (length >= LONGEST || memchr(s, '.', length))
            return false;
        memmove(plain, s, length);
        s = plain;
        for (char *at = plain; (at = memchr(at, ',', length - (size_t)(at - plain)));)
            *at = '.';
    }
    return length > 0 && verify_read_double(s, length, out);
}

/* ---- forms: what is left of a cell ---- */

typedef struct cell_rest {
    char text[FORM + 1];
    const char *s;
    const verify_style *style;
} cell_rest;

static const struct {
    const char *bytes, *is;
} spellings[] = {{"\t", " "},           {"\xC2\xA0", " "},     {"\xE2\x80\xAF", " "},
                 {"\xE2\x80\x87", " "}, {"\xE2\x80\x88", " "}, {"\xE2\x80\x89", " "},
                 {"\xE2\x80\x8A", " "}, {"\xE2\x88\x92", "-"}, {"\xE2\x80\x93", "~"},
                 {"\xE2\x80\x94", "~"}};

/* Blanks of every kind are blanks, the minus sign is one, dashes become "~". */
static bool start(cell_rest *c, verify_cell cell, const verify_style *style)
{
    size_t n = 0;
    for (size_t k = 0; k < cell.length;) {
        size_t used = 0;
        if (cell.s[k] == '~' || n == FORM)
            return false;
        for (size_t q = 0; q < sizeof spellings / sizeof *spellings && !used; q++) {
            const size_t more = strlen(spellings[q].bytes);
            if (cell.length - k >= more && memcmp(cell.s + k, spellings[q].bytes, more) == 0) {
                c->text[n++] = spellings[q].is[0];
                used = more;
            }
        }
        if (!used)
            c->text[n++] = cell.s[k];
        k += used ? used : 1;
    }
    while (n > 0 && c->text[n - 1] == ' ')
        n--;
    c->text[n] = '\0';
    c->s = c->text + strspn(c->text, " ");
    c->style = style;
    return *c->s != '\0';
}

static void skip_blanks(cell_rest *c)
{
    c->s += strspn(c->s, " ");
}

static bool eat(cell_rest *c, const char *what)
{
    const size_t n = strlen(what);
    if (strncmp(c->s, what, n) != 0)
        return false;
    c->s += n;
    return true;
}

/* The longest number that stands here, then blanks. */
static bool eat_number(cell_rest *c, double *out)
{
    size_t n = 0;
    while (n < 64 && c->s[n] &&
           (strchr("0123456789.eE+-", c->s[n]) || c->s[n] == c->style->thousands ||
            (c->style->comma && c->s[n] == ',')))
        n++;
    while (n > 0 && !read_plain(c->s, n, false, c->style, out))
        n--;
    if (n == 0)
        return false;
    c->s += n;
    if (c->style->percent)
        (void)eat(c, "%");
    skip_blanks(c);
    return true;
}

static bool eat_plus_minus(cell_rest *c)
{
    const bool yes = eat(c, "\xC2\xB1") || eat(c, "+/-") || eat(c, "+-");
    skip_blanks(c);
    return yes;
}

/* 0.82 +/- 0.02, 0.82 (0.02), 0.82 (+/- 0.02) */
static bool read_plus_minus(cell_rest *c, verify_reading_of_cell *out)
{
    if (!eat_number(c, &out->x.y))
        return false;
    bool stated = eat_plus_minus(c);
    const bool bracket = !stated && eat(c, "(");
    skip_blanks(c);
    stated = stated || (bracket && eat_plus_minus(c));
    return (stated || bracket) && eat_number(c, &out->error) && out->error >= 0 &&
           (!bracket || eat(c, ")")) && *c->s == '\0';
}

/* 0.93 (0.87-0.98), 0.93 [0.87, 0.98] */
static bool read_interval(cell_rest *c, verify_reading_of_cell *out)
{
    static const char *const between[] = {",", ";", "-", "~", "to", ".."};
    bool parted = false;
    if (!eat_number(c, &out->x.y))
        return false;
    const bool round = eat(c, "(");
    if (!round && !eat(c, "["))
        return false;
    skip_blanks(c);
    if (!eat_number(c, &out->low))
        return false;
    for (size_t k = 0; k < sizeof between / sizeof *between && !parted; k++)
        parted = eat(c, between[k]);
    skip_blanks(c);
    return parted && eat_number(c, &out->high) && eat(c, round ? ")" : "]") && *c->s == '\0' &&
           out->low <= out->x.y && out->x.y <= out->high;
}

/* ---- quantities ---- */

typedef struct unit {
    char kind;    /* t time, s size, m money, c count */
    double by;    /* in ns, bytes, 1 */
    char code[4]; /* of money */
} unit;

static const struct {
    const char *text;
    unit is;
} units[] = {{"ns", {'t', 1, ""}},           {"us", {'t', 1e3, ""}},
             {"\xC2\xB5s", {'t', 1e3, ""}},  {"\xCE\xBCs", {'t', 1e3, ""}},
             {"ms", {'t', 1e6, ""}},         {"s", {'t', 1e9, ""}},
             {"min", {'t', 60e9, ""}},       {"h", {'t', 3600e9, ""}},
             {"d", {'t', 86400e9, ""}},      {"B", {'s', 1, ""}},
             {"kB", {'s', 1e3, ""}},         {"MB", {'s', 1e6, ""}},
             {"GB", {'s', 1e9, ""}},         {"TB", {'s', 1e12, ""}},
             {"KiB", {'s', 1024, ""}},       {"MiB", {'s', 1048576, ""}},
             {"GiB", {'s', 1073741824, ""}}, {"TiB", {'s', 1099511627776, ""}},
             {"$", {'m', 1, "USD"}},         {"\xE2\x82\xAC", {'m', 1, "EUR"}},
             {"\xC2\xA3", {'m', 1, "GBP"}}};

static bool read_unit(const char *s, size_t length, unit *out)
{
    for (size_t k = 0; k < sizeof units / sizeof *units; k++)
        if (strlen(units[k].text) == length && memcmp(units[k].text, s, length) == 0) {
            *out = units[k].is;
            return true;
        }
    if (length != 3)
        return false;
    for (size_t k = 0; k < 3; k++)
        if (s[k] < 'A' || s[k] > 'Z')
            return false;
    *out = (unit){'m', 1, {s[0], s[1], s[2], '\0'}};
    return true;
}

static double factor_of(char c)
{
    return c == 'k' || c == 'K'   ? 1e3
           : c == 'M'             ? 1e6
           : c == 'G' || c == 'B' ? 1e9
           : c == 'T'             ? 1e12
                                  : 0;
}

/* The unit of a criterion ("ms/query"), and what stands behind it. */
static unit wanted_unit(const char *text, const char **tail)
{
    unit is = {'c', 1, ""};
    const size_t length = strcspn(text, " /");
    *tail = length > 0 ? text + length : "";
    if (length == 1 && factor_of(text[0]) > 0 && (text[0] != 'B' || text[1] == ' '))
        is.by = factor_of(text[0]);
    else if (length == 0 || !read_unit(text, length, &is))
        *tail = "";
    return is;
}

/* What stands behind the number: a unit, a factor, a factor and a currency. */
static bool read_behind(const char *s, bool sizes, bool *has, unit *is, double *factor)
{
    const size_t length = strlen(s);
    if (length == 0)
        return true;
    if (!*has && !(length == 1 && *s == 'B' && !sizes) && read_unit(s, length, is))
        return *has = true;
    *factor = factor_of(*s);
    if (!(*factor > 0))
        return false;
    s += 1 + strspn(s + 1, " ");
    if (*s == '\0')
        return true;
    if (*has || !read_unit(s, strlen(s), is))
        return false;
    *has = true;
    return is->kind == 'm';
}

static bool convert(unit is, bool has, double factor, unit to, mpq_t room[2], verify_number *x)
{
    const bool counts = to.kind == 'c' || to.kind == 'm';
    const double by = factor * (has ? is.by : 1);
    if (!has && !(factor < 1) && !(factor > 1))
        return counts && !(to.by < 1) && !(to.by > 1);
    if (has ? is.kind != to.kind || strcmp(is.code, to.code) != 0 : !counts)
        return false;
    if (!(by < to.by) && !(by > to.by))
        return true;
    verify_set_decimal(room[0], x->y);
    verify_set_decimal(room[1], by);
    mpq_mul(room[0], room[0], room[1]);
    verify_set_decimal(room[1], to.by);
    mpq_div(room[0], room[0], room[1]);
    *x = verify_number_of(room[0], room[1]);
    return true;
}

/* 12 ms, 1.5 GB, $0.15, 1.2M */
static bool read_quantity(cell_rest *c, mpq_t room[2], verify_reading_of_cell *out)
{
    const char *tail = "";
    const unit to = wanted_unit(c->style->unit, &tail);
    const bool negative = *c->s == '-' && !(c->s[1] && strchr("0123456789.", c->s[1]));
    unit is = {'c', 1, ""};
    double factor = 1;
    c->s += negative;
    const size_t before = strcspn(c->s, "0123456789.+- ");
    bool has = before > 0 && read_unit(c->s, before, &is) && is.kind == 'm';
    if (has) {
        c->s += before;
        skip_blanks(c);
    }
    if ((negative && !has) || !eat_number(c, &out->x.y))
        return false;
    out->x.y = negative ? -out->x.y : out->x.y;
    const size_t length = strlen(c->s), behind = strlen(tail);
    if (behind > 0 && length >= behind && strcmp(c->s + length - behind, tail) == 0)
        c->text[c->s - c->text + (ptrdiff_t)(length - behind)] = '\0';
    return read_behind(c->s, to.kind == 's', &has, &is, &factor) &&
           convert(is, has, factor, to, room, &out->x);
}

/* ---- any cell ---- */

bool verify_is_missing(verify_cell c, const verify_node *marks)
{
    static const char *const known[] = {"",    "-",    "NA",   "N/A",  "n/a",    "NaN",
                                        "nan", "null", "None", "#N/A", "#DIV/0!"};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (verify_cell_is(c, known[k]))
            return true;
    for (const verify_node *m = marks ? marks->first : NULL; m; m = m->next)
        if (m->kind == VERIFY_TEXT && verify_cell_is(c, m->text))
            return true;
    return false;
}

bool verify_read_cell(verify_cell c, const verify_style *style, mpq_t room[2],
                      verify_reading_of_cell *out)
{
    cell_rest left;
    *out = (verify_reading_of_cell){{NAN, 0}, NAN, NAN, NAN};
    if (verify_is_missing(c, style->marks))
        return true;
    if (!style->as)
        return read_plain(c.s, c.length, style->percent, style, &out->x.y);
    if (!start(&left, c, style))
        return false;
    return strcmp(style->as, "quantity") == 0   ? read_quantity(&left, room, out)
           : strcmp(style->as, "interval") == 0 ? read_interval(&left, out)
                                                : read_plus_minus(&left, out);
}

/* Does the cell equal a word, or a number, of a condition? */
static bool verify_matches(verify_cell c, const verify_node *with)
{
    double x = 0;
    if (with->kind == VERIFY_NUMBER)
        return verify_read_double(c.s, c.length, &x) && !(x < with->number) && !(x > with->number);
    return with->kind == VERIFY_TEXT && verify_cell_is(c, with->text);
}

static bool matches_one(verify_cell c, const verify_node *list)
{
    for (const verify_node *x = list->first; x; x = x->next)
        if (verify_matches(c, x))
            return true;
    return false;
}

bool verify_words_hold(verify_cell c, const verify_node *equals, const verify_node *in,
                       const verify_node *not_in)
{
    return (!equals || verify_matches(c, equals)) && (!in || matches_one(c, in)) &&
           (!not_in || !matches_one(c, not_in));
}

static bool measures(const verify_criterion *c, const char *column)
{
    return !c->levels &&
           ((c->column && strcmp(c->column, column) == 0) || verify_get(c->linear, column));
}

verify_style verify_style_of(const verify_world *w, const char *column, const verify_style *by)
{
    for (size_t c = 0; c < w->d && !(by && by->as); c++)
        if (w->criterion[c].style.as && measures(&w->criterion[c], column))
            return w->criterion[c].style;
    for (size_t c = 0; c < w->d && !by; c++)
        if (measures(&w->criterion[c], column))
            return w->criterion[c].style;
    return by ? *by : (verify_style){.as = NULL, .unit = ""};
}
