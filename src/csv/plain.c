/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are one line without quotes: their fields lie in the buffer as they are, and libcsv,
 * which would copy each byte to say the same, is not asked. */
#include "csv/marks.h"
#include "csv/rows.h"

#include <limits.h>
#include <string.h>

_Static_assert((int)CSV_MARKED <= (int)CSV_LINES_SLACK,
               "marks are looked at past the end of what was read");

/* A line while it is looked through. */
typedef struct scan {
    const char *bytes; /* [length] from its start to the end of what was read */
    size_t length;
    size_t body, end; /* of the line, without and with its line end */
    bool blanks, far; /* it has blanks; bytes that are not ASCII */
} scan;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes in the odd byte at i. True: the line goes on. */
static bool pass_odd(scan *s, size_t i, bool *plain)
{
    const char c = s->bytes[i];
    s->blanks = s->blanks || is_blank(c);
    if (is_blank(c) || c == '!')
        return true;
    s->body = i;
    s->end = i + 1;
    if (c == '\r' && i + 1 < s->length) /* otherwise a line feed may follow */
        s->end += s->bytes[i + 1] == '\n';
    else
        *plain = c == '\n';
    return false;
}

/* Keeps a field; false: it is too long, or one too many. */
static bool keep_field(csv_rows *r, size_t start, size_t end)
{
    if (end - start > r->limits.field_bytes || r->fields == r->columns)
        return false;
    if (!r->keep || r->keep[r->fields])
        r->field[r->fields] =
            (csv_field){start, end - start, r->current.number, (unsigned)r->fields};
    r->fields++;
    return true;
}

/* Finds the fields of the line; false: it is not plain, or its end is not in the buffer. */
static bool find_fields(csv_rows *r, scan *s)
{
    size_t start = 0;
    for (size_t base = 0; base < s->length; base += CSV_MARKED) {
        const size_t left = s->length - base;
        csv_marks m = csv_marks_of(s->bytes + base, r->delimiter);
        uint64_t within = left < CSV_MARKED ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
        bool on = true, plain = true;
        for (uint64_t odd = m.odd & within; odd != 0 && on; odd &= odd - 1) {
            const unsigned i = (unsigned)__builtin_ctzll(odd);
            on = pass_odd(s, base + i, &plain);
            within = on ? within : ((uint64_t)1 << i) - 1;
        }
        if (!plain)
            return false;
        s->far = s->far || (m.far & within) != 0;
        for (uint64_t ends = m.delimiter & within; ends != 0; ends &= ends - 1) {
            const size_t at = base + (size_t)__builtin_ctzll(ends);
            if (!keep_field(r, start, at))
                return false;
            start = at + 1;
        }
        if (!on)
            return keep_field(r, start, s->body);
    }
    return false;
}

/* Does a kept field, or one that is passed over, begin or end with a blank? */
static bool is_padded(const csv_rows *r, const scan *s)
{
    for (size_t i = 0; i < s->body; i++) {
        if (!is_blank(s->bytes[i]) || s->bytes[i] == r->delimiter)
            continue;
        if (i == 0 || i + 1 == s->body || s->bytes[i - 1] == r->delimiter ||
            s->bytes[i + 1] == r->delimiter)
            return true;
    }
    return false;
}

bool csv_take_plain(csv_rows *r)
{
    csv_lines *l = &r->lines;
    scan s = {.bytes = l->buffer + l->start, .length = l->end - l->start};
    if (r->limits.through_libcsv || r->columns == 0 || r->pending || l->inside ||
        l->number >= UINT32_MAX)
        return false;
    r->current.number = (unsigned)l->number + 1;
    if (!find_fields(r, &s) || r->fields != r->columns || s.body == 0 ||
        (s.blanks && is_padded(r, &s)) || (s.far && tdo_utf8_valid(s.bytes, s.body) != s.body)) {
        r->fields = 0;
        return false;
    }
    csv_lines_pass(l, s.end);
    r->current = (csv_line){.bytes = s.bytes,
                            .length = s.end,
                            .body = s.body,
                            .number = r->current.number,
                            .whole = true};
    r->line = r->current.number;
    r->ran_in = false;
    r->empty = s.body + 1 == r->columns;
    r->base = s.bytes;
    r->done = r->plain = true;
    return true;
}
