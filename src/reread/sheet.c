/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CSV file in memory (RFC 4180; blanks about unquoted cells are not part of them). */
#include "reread/sheet.h"

#include "base/array.h"

#include <string.h>

typedef struct sheet_reader {
    verify_job *j;
    const verify_node *node;
    char *s; /* what is left; cells are unquoted where they stand */
    char *end;
    char delimiter;
    uint32_t line; /* of s */
    verify_cell *cell;
    size_t n;
} sheet_reader;

static bool is_blank(const sheet_reader *r, char c)
{
    return (c == ' ' || c == '\t') && c != r->delimiter;
}

static bool at_line_end(const sheet_reader *r)
{
    return r->s == r->end || *r->s == '\n' || *r->s == '\r';
}

static void end_line(sheet_reader *r)
{
    if (r->s == r->end)
        return;
    r->s += *r->s == '\r' && r->end - r->s > 1 && r->s[1] == '\n' ? 2 : 1;
    r->line++;
}

static void skip_blank_lines(sheet_reader *r)
{
    while (r->s < r->end) {
        char *s = r->s;
        while (s < r->end && is_blank(r, *s))
            s++;
        if (s < r->end && *s != '\n' && *s != '\r')
            return;
        r->s = s;
        end_line(r);
    }
}

static bool read_quoted(sheet_reader *r, verify_cell *out)
{
    char *to = ++r->s;
    out->s = to;
    for (; r->s < r->end; r->s++) {
        const bool pair = r->end - r->s > 1 && r->s[0] == '\r' && r->s[1] == '\n';
        if (*r->s == '"') {
            if (r->end - r->s < 2 || r->s[1] != '"')
                break;
            r->s++;
        } else if (*r->s == '\n' || (*r->s == '\r' && !pair)) {
            r->line++;
        }
        *to++ = *r->s;
    }
    out->length = (size_t)(to - out->s);
    if (r->s == r->end)
        return claim_fails(r->j, r->node, "line %u: a quote that is never closed",
                           (unsigned)r->line);
    r->s++;
    while (r->s < r->end && is_blank(r, *r->s))
        r->s++;
    return at_line_end(r) || *r->s == r->delimiter ||
           claim_fails(r->j, r->node, "line %u: something behind a quote", (unsigned)r->line);
}

static bool read_cell(sheet_reader *r, verify_cell *out)
{
    while (r->s < r->end && is_blank(r, *r->s))
        r->s++;
    if (r->s < r->end && *r->s == '"')
        return read_quoted(r, out);
    const char *from = r->s, *last = r->s;
    for (; !at_line_end(r) && *r->s != r->delimiter; r->s++)
        if (!is_blank(r, *r->s))
            last = r->s + 1;
    *out = (verify_cell){from, (size_t)(last - from)};
    return true;
}

/* Adds the cells of one row. *fields: how many; *empty: all of them are. */
static bool read_row(sheet_reader *r, size_t *fields, bool *empty)
{
    *fields = 0;
    *empty = true;
    for (bool more = true; more;) {
        verify_cell c = {"", 0};
        bool good = read_cell(r, &c);
        if (good) {
            r->cell = array_more_of(r->j->a, r->cell, r->n, sizeof *r->cell, &good);
            if (!good)
                r->j->status = tdo_fail(r->j->err, TDO_E_MEMORY, "out of memory");
        }
        if (!good)
            return false;
        r->cell[r->n++] = c;
        *empty = *empty && c.length == 0;
        ++*fields;
        more = r->s < r->end && *r->s == r->delimiter;
        r->s += more;
    }
    end_line(r);
    return true;
}

/* The one of , ; and tab that the line has most of, outside quotes; of equal ones the first. */
static char find_delimiter(const sheet_reader *r)
{
    static const char among[] = {',', ';', '\t'};
    size_t count[sizeof among] = {0}, best = 0;
    bool quoted = false;
    for (const char *s = r->s; s < r->end && *s != '\n' && *s != '\r'; s++) {
        quoted = quoted != (*s == '"');
        for (size_t k = 0; k < sizeof among && !quoted; k++)
            count[k] += *s == among[k];
    }
    for (size_t k = 1; k < sizeof among; k++)
        if (count[k] > count[best])
            best = k;
    return among[best];
}

/* A first line sep=; or "sep=;" names the delimiter. */
static char eat_sep_line(sheet_reader *r)
{
    char *s = r->s;
    const bool quoted = s < r->end && *s == '"';
    s += quoted;
    if (r->end - s < 5 + quoted || memcmp(s, "sep=", 4) != 0 || !memchr(",;\t|", s[4], 4))
        return '\0';
    const char named = s[4];
    s += 5;
    if (quoted && *s++ != '"')
        return '\0';
    if (s < r->end && *s != '\n' && *s != '\r')
        return '\0';
    r->s = s;
    end_line(r);
    skip_blank_lines(r);
    return named;
}

static bool read_header(sheet_reader *r, verify_sheet *out)
{
    bool empty = false;
    const char **name = NULL;
    if (!read_row(r, &out->columns, &empty))
        return false;
    out->name = VERIFY_ROOM(r->j, name, out->columns);
    for (size_t c = 0; name && c < out->columns; c++) {
        name[c] = tdo_copy(r->j->a, r->cell[c].s, r->cell[c].length);
        if (!name[c]) {
            r->j->status = tdo_fail(r->j->err, TDO_E_MEMORY, "out of memory");
            return false;
        }
    }
    return name != NULL;
}

static bool read_rows(sheet_reader *r, verify_sheet *out)
{
    uint32_t *line = NULL;
    for (skip_blank_lines(r); r->s < r->end; skip_blank_lines(r)) {
        const uint32_t at = r->line;
        size_t fields = 0;
        bool empty = false, good = true;
        if (!read_row(r, &fields, &empty))
            return false;
        if (fields != out->columns)
            return claim_fails(r->j, r->node, "line %u has %zu cells, the header %zu", (unsigned)at,
                               fields, out->columns);
        if (empty && fields > 1) {
            r->n -= fields;
            continue;
        }
        line = array_more_of(r->j->a, line, out->rows, sizeof *line, &good);
        if (!good) {
            r->j->status = tdo_fail(r->j->err, TDO_E_MEMORY, "out of memory");
            return false;
        }
        line[out->rows++] = at;
    }
    out->line = line;
    out->cell = r->cell;
    return true;
}

bool verify_sheet_read(verify_job *j, const verify_node *node, char delimiter, verify_cell file,
                       verify_sheet *out)
{
    sheet_reader r = {.j = j, .node = node, .line = 1};
    *out = (verify_sheet){0};
    if (tdo_utf8_valid(file.s, file.length) != file.length)
        return claim_fails(j, node, "the file is not in UTF-8");
    r.s = tdo_copy(j->a, file.s, file.length);
    if (!r.s) {
        j->status = tdo_fail(j->err, TDO_E_MEMORY, "out of memory");
        return false;
    }
    r.end = r.s + file.length;
    if (file.length >= 3 && memcmp(r.s, "\xEF\xBB\xBF", 3) == 0)
        r.s += 3;
    skip_blank_lines(&r);
    const char named = eat_sep_line(&r);
    r.delimiter = delimiter ? delimiter : named ? named : find_delimiter(&r);
    if (!read_header(&r, out))
        return false;
    r.n = 0; /* the names were copied */
    return read_rows(&r, out);
}

int verify_column(const verify_sheet *s, const char *name)
{
    for (size_t c = 0; name && c < s->columns; c++)
        if (strcmp(s->name[c], name) == 0)
            return (int)c;
    return VERIFY_NONE;
}

bool verify_cell_is(verify_cell c, const char *text)
{
    return strlen(text) == c.length && memcmp(c.s, text, c.length) == 0;
}
