/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers that are none: a title or a comment above them, or several rows of them. */
#include <string.h>

#include "base/plain.h"
#include "inspect/profile_parts.h"

static bool is_named(const tdo_profile *p, size_t i)
{
    return !plain_is_blank(p->column[i].name, strlen(p->column[i].name));
}

static size_t names(const tdo_profile *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_columns; i++)
        n += is_named(p, i);
    return n;
}

/* A word that stands below a name in a second row of the header: which statistic, which unit. */
static bool is_below_name(const char *s)
{
    static const char *const words[] = {
        "mean", "avg", "average", "std",     "stdev",  "sd",  "se",    "sem",   "stderr", "min",
        "max",  "sum", "count",   "n",       "median", "ci",  "lower", "upper", "value",  "low",
        "high", "s",   "ms",      "us",      "ns",     "sec", "kb",    "mb",    "gb",     "usd",
        "eur",  "$",   "%",       "percent", "kg",     "kwh", "h",     "min",   "b",      "m"};
    char lower[16] = "";
    size_t length = strlen(s);
    if (length >= sizeof lower)
        return false;
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] - 'A' + 'a' : s[i]);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(lower, words[i]) == 0)
            return true;
    return false;
}

/* The first row below the header holds words only, and some of them above numbers: it is a part of
 * the header where the names alone do not do, or where its words say so. */
static bool spans_rows(const tdo_profile *p, const profile_header_facts *h)
{
    size_t below = 0, words = 0, over_numbers = 0;
    bool doubled = false;
    if (p->rows < 2)
        return false;
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_cell_class is = h->first[i];
        if (is != TDO_CELL_WORD && is != TDO_CELL_MISSING && is != TDO_CELL_NEAR)
            return false;
        words += is == TDO_CELL_WORD;
        over_numbers += is == TDO_CELL_WORD &&
                        (p->column[i].numbers > 0 || p->column[i].cells[TDO_CELL_FORMED].n > 0);
        below += is == TDO_CELL_WORD && is_below_name(h->first_text[i]);
        doubled = doubled || h->same[i] != TDO_NONE || (i > 0 && !is_named(p, i));
    }
    if (over_numbers == 0)
        return false;
    return doubled || h->first[0] == TDO_CELL_MISSING || below + 1 >= words;
}

/* Numbers in the place of names, above columns of numbers that are much like them. Years above
 * what was measured in them are names. */
static bool is_data(const tdo_profile *p)
{
    size_t numeric = 0, like = 0;
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *c = &p->column[i];
        double x = 0;
        if (!c->numeric || !(c->numbers > 0))
            continue;
        numeric++;
        const double room = c->max - c->min;
        like += csv_cell_number(c->name, strlen(c->name), &c->style, &x) == TDO_NUMBER_OK &&
                x >= c->min - room && x <= c->max + room;
    }
    return numeric > 0 && like == numeric;
}

static bool is_comment(const char *s)
{
    s += strspn(s, " \t");
    return s[0] == '#' || strncmp(s, "//", 2) == 0;
}

const char *profile_header_doubt(const tdo_profile *p, const profile_header_facts *h,
                                 const char **code)
{
    const char *first = p->column[0].name;
    const bool other = p->ragged > 0 && p->rows == 0; /* rows of another length than the header */
    *code = "title_line";
    if (is_comment(first) && (p->ragged > 0 || names(p) == 1 ||
                              (p->rows > 1 && h->first[0] == TDO_CELL_WORD && p->n_columns > 1 &&
                               h->first[1] == TDO_CELL_WORD))) {
        *code = "comment_line";
        return "line 1 looks like a comment, but must be the header: remove what stands above it";
    }
    if (other && p->n_columns < h->ragged_fields)
        return "line 1 has fewer cells than every row below it: a title above the header? Remove "
               "what stands above it";
    if (p->n_columns > 1 && names(p) == 1 && p->rows > 1 && h->first[0] == TDO_CELL_WORD &&
        h->first[1] == TDO_CELL_WORD)
        return "line 1 has one name only, and line 2 looks like the header: a title above it? "
               "Remove what stands above the header";
    if (p->n_columns == 1 && p->rows > 1 && h->first_text[0] && strpbrk(h->first_text[0], ";\t|") &&
        !strpbrk(first, ";\t|"))
        return "line 1 has no separator, and the rows below have one: a title above the header? "
               "Remove what stands above it";
    *code = "no_header";
    if (is_data(p))
        return "line 1 looks like data, not a header (its numbers are as those below them): put a "
               "line with the names of the columns above it";
    *code = "header_rows";
    if (spans_rows(p, h))
        return "the header seems to span several rows: join them into one";
    return NULL;
}
