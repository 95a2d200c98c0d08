/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines to rows of fields: libcsv parses; places, limits and messages are made here. */
#include "csv/rows.h"

#include <stdlib.h>
#include <string.h>

enum { PARSER_BLOCK = 64 << 10 }; /* libcsv's default of 128 bytes makes large fields quadratic */

static const char *file_of(const csv_rows *r)
{
    return r->lines.source.name;
}

static tdo_status no_memory(const csv_rows *r, tdo_error *err)
{
    return tdo_fail_at(err, TDO_E_MEMORY, file_of(r), 0, 0, "out of memory");
}

static bool is_blank_line(const csv_line *line, char delimiter)
{
    for (size_t i = 0; i < line->body; i++) {
        char c = line->bytes[i];
        if ((c != ' ' && c != '\t') || c == delimiter)
            return false;
    }
    return true;
}

/* ---- places ---- */

/* The column at which the nth field of a line starts. */
static unsigned column_in(const csv_line *line, char delimiter, bool quoted, unsigned nth)
{
    size_t i = 0;
    for (unsigned n = 0; n < nth && i < line->body; i++) {
        if (line->bytes[i] == '"')
            quoted = !quoted;
        else if (line->bytes[i] == delimiter && !quoted)
            n++;
    }
    while (i < line->body && (line->bytes[i] == ' ' || line->bytes[i] == '\t') &&
           line->bytes[i] != delimiter)
        i++;
    return (unsigned)i + 1;
}

unsigned csv_rows_column(const csv_rows *r, const csv_field *f)
{
    if (f->line == r->current.number && r->current.whole)
        return column_in(&r->current, r->delimiter, r->ran_in, f->nth);
    return 0;
}

/* ---- libcsv's callbacks ---- */

static bool make_room(csv_rows *r, size_t length)
{
    if (r->fields >= r->field_room) {
        size_t room = r->field_room == 0 ? 64 : 2 * r->field_room;
        csv_field *field = realloc(r->field, room * sizeof *field);
        if (!field)
            return false;
        r->field = field;
        r->field_room = room;
    }
    if (r->room - r->used <= length) {
        size_t room = 2 * (r->room + length + 1);
        char *text = realloc(r->text, room);
        if (!text)
            return false;
        r->text = text;
        r->room = room;
    }
    return true;
}

static tdo_status field_too_long(csv_rows *r)
{
    const csv_field *f = &r->begun;
    unsigned column = f->line == r->current.number ? csv_rows_column(r, f) : r->begun_column;
    return tdo_fail_at(r->err, TDO_E_INPUT, file_of(r), f->line, column,
                       "a field longer than the limit of %zu bytes%s", r->limits.field_bytes,
                       r->parser.quoted ? " (or a quote that is never closed)" : "");
}

static void on_field(void *bytes, size_t length, void *user)
{
    csv_rows *r = user;
    bool kept = r->columns == 0 || (r->fields < r->columns && (!r->keep || r->keep[r->fields]));
    if (r->status != TDO_OK)
        return;
    if (length > r->limits.field_bytes) {
        r->status = field_too_long(r);
    } else if (r->columns == 0 && r->fields >= r->limits.columns) {
        r->status = tdo_fail_at(r->err, TDO_E_INPUT, file_of(r), r->line, 0,
                                "more than %zu columns", r->limits.columns);
    } else if (kept && !make_room(r, length)) {
        r->status = no_memory(r, r->err);
    } else if (kept) {
        r->begun.start = r->used;
        r->begun.length = length;
        r->field[r->fields] = r->begun;
        if (length > 0)
            memcpy(r->text + r->used, bytes, length);
        r->used += length;
        r->text[r->used++] = '\0';
    } else if (r->fields == r->columns) {
        r->extra = r->begun;
    }
    r->empty = r->empty && length == 0;
    r->fields++;
    r->in_line++;
    r->begun.line = r->current.number;
    r->begun.nth = (unsigned)r->in_line;
}

static void on_row(int end, void *user)
{
    csv_rows *r = user;
    (void)end;
    r->done = true;
}

/* ---- one line ---- */

static tdo_status parse_error(csv_rows *r, size_t at)
{
    unsigned column = r->current.whole ? (unsigned)at + 1 : 0;
    if (csv_error(&r->parser) != CSV_EPARSE)
        return no_memory(r, r->err);
    if (r->parser.quoted)
        return tdo_fail_at(r->err, TDO_E_INPUT, file_of(r), r->current.number, column,
                           "text after a closing quote (a quote inside a quoted field is written "
                           "twice)");
    return tdo_fail_at(r->err, TDO_E_INPUT, file_of(r), r->current.number, column,
                       "a quote inside a field that does not start with one (quote the whole "
                       "field and write the quote twice)");
}

static tdo_status parse_line(csv_rows *r)
{
    size_t parsed = csv_parse(&r->parser, r->current.bytes, r->current.length, on_field, on_row, r);
    r->base = r->text;
    if (r->status != TDO_OK)
        return r->status;
    if (parsed != r->current.length)
        return parse_error(r, parsed);
    if (r->done)
        return TDO_OK;
    if (r->parser.entry_pos > r->limits.field_bytes)
        return field_too_long(r);
    if (r->begun.line == r->current.number) /* a quoted field runs on: its start may be asked for */
        r->begun_column = csv_rows_column(r, &r->begun);
    return TDO_OK;
}

static tdo_status take_line(csv_rows *r)
{
    r->ran_in = r->line != 0;
    if (!r->ran_in) {
        if (is_blank_line(&r->current, r->delimiter))
            return TDO_OK;
        r->line = r->current.number;
        r->begun = (csv_field){.line = r->current.number};
    }
    r->in_line = 0;
    return parse_line(r);
}

/* ---- rows ---- */

static tdo_status check_row(const csv_rows *r, tdo_error *err)
{
    if (r->columns == 0 || r->fields == r->columns)
        return TDO_OK;
    if (r->fields < r->columns)
        return tdo_fail_at(err, TDO_E_INPUT, file_of(r), r->current.number,
                           r->current.whole ? (unsigned)r->current.body + 1 : 0, /* where it ends */
                           "this row has %zu field%s, the header has %zu", r->fields,
                           r->fields == 1 ? "" : "s", r->columns);
    return tdo_fail_at(err, TDO_E_INPUT, file_of(r), r->extra.line, csv_rows_column(r, &r->extra),
                       "this row has %zu fields, the header has %zu (a field with a \"%c\" in it "
                       "must be quoted)",
                       r->fields, r->columns, r->delimiter);
}

/* The last line may lack its end: libcsv then holds the row back. */
static tdo_status end_parser(csv_rows *r, tdo_error *err)
{
    int failed = csv_fini(&r->parser, on_field, on_row, r);
    r->base = r->text;
    if (!failed)
        return r->status;
    if (csv_error(&r->parser) != CSV_EPARSE)
        return no_memory(r, err);
    return tdo_fail_at(err, TDO_E_INPUT, file_of(r), r->begun.line, r->begun_column,
                       "a quoted field starts here and its quote is never closed");
}

/* Reads one row, be it empty; done: there is one. */
static tdo_status next_row(csv_rows *r, tdo_error *err)
{
    tdo_status status = TDO_OK;
    bool got = true;
    r->err = err;
    r->line = 0;
    r->fields = r->used = 0;
    r->done = r->plain = false;
    r->empty = true;
    if (csv_take_plain(r))
        return TDO_OK;
    while (!r->done && got) {
        if (r->pending)
            r->pending = false;
        else
            status = csv_lines_next(&r->lines, &r->current, &got, err);
        if (status == TDO_OK)
            status = got ? take_line(r) : end_parser(r, err);
        if (status != TDO_OK)
            return status;
    }
    return TDO_OK;
}

tdo_status csv_rows_next(csv_rows *r, bool *more, tdo_error *err)
{
    tdo_status status = next_row(r, err);
    while (status == TDO_OK && r->done && r->empty && r->columns > 1 && r->fields == r->columns) {
        r->empty_line = r->empty_rows++ == 0 ? r->line : r->empty_line;
        status = next_row(r, err);
    }
    *more = status == TDO_OK && r->done;
    return *more ? check_row(r, err) : status;
}

/* ---- the start of the file ---- */

/* The delimiter that a line has most of, outside quotes; ties and none: the comma first. */
static char most_frequent(const csv_line *line)
{
    static const char among[] = {',', ';', '\t'};
    size_t count[sizeof among] = {0};
    bool quoted = false;
    size_t best = 0;
    for (size_t i = 0; i < line->body; i++) {
        if (line->bytes[i] == '"')
            quoted = !quoted;
        for (size_t k = 0; k < sizeof among && !quoted; k++)
            count[k] += line->bytes[i] == among[k];
    }
    for (size_t k = 1; k < sizeof among; k++)
        if (count[k] > count[best])
            best = k;
    return among[best];
}

/* The X of a line sep=X or "sep=X", where it is a delimiter that a scenario may name; else NUL. */
static char named_by_sep_line(const csv_line *line)
{
    const char *s = line->bytes;
    size_t length = line->body;
    if (length == 7 && s[0] == '"' && s[6] == '"') {
        s++;
        length -= 2;
    }
    if (length != 5 || memcmp(s, "sep=", 4) != 0)
        return '\0';
    return memchr(",;\t|", s[4], 4) ? s[4] : '\0';
}

/* Reads up to the first line that is not blank. */
static tdo_status first_line(csv_rows *r, tdo_error *err)
{
    bool got = true;
    tdo_status status = TDO_OK;
    do
        status = csv_lines_next(&r->lines, &r->current, &got, err);
    while (status == TDO_OK && got && is_blank_line(&r->current, '\0'));
    if (status == TDO_OK && !got)
        status = tdo_fail_at(err, TDO_E_INPUT, file_of(r), 0, 0,
                             "the file holds no header, only blank lines");
    return status;
}

static tdo_status find_delimiter(csv_rows *r, char given, tdo_error *err)
{
    tdo_status status = first_line(r, err);
    if (status != TDO_OK)
        return status;
    char named = named_by_sep_line(&r->current);
    if (named != '\0') {
        r->sep_line = true;
        status = first_line(r, err);
        if (status != TDO_OK)
            return status;
    }
    if (given != '\0') {
        r->delimiter = given;
        r->delimiter_from = CSV_DELIMITER_GIVEN;
    } else if (named != '\0') {
        r->delimiter = named;
        r->delimiter_from = CSV_DELIMITER_SEP_LINE;
    } else {
        r->delimiter = most_frequent(&r->current);
        r->delimiter_from = r->delimiter == ',' ? CSV_DELIMITER_USUAL : CSV_DELIMITER_HEADER;
    }
    r->pending = true;
    return TDO_OK;
}

tdo_status csv_rows_open(csv_rows *r, const tdo_table_request *request, const csv_limits *limits,
                         tdo_error *err)
{
    *r = (csv_rows){.limits = *limits};
    tdo_status status = csv_lines_open(&r->lines, request, limits, err);
    if (status != TDO_OK)
        return status;
    status = find_delimiter(r, request->delimiter, err);
    if (status == TDO_OK && csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        status = no_memory(r, err);
    if (status != TDO_OK) {
        csv_lines_close(&r->lines);
        return status;
    }
    r->has_parser = true;
    csv_set_delim(&r->parser, (unsigned char)r->delimiter);
    csv_set_blk_size(&r->parser, PARSER_BLOCK);
    return TDO_OK;
}

void csv_rows_close(csv_rows *r)
{
    csv_lines_close(&r->lines);
    if (r->has_parser)
        csv_free(&r->parser);
    free(r->field);
    free(r->text);
    r->field = NULL;
    r->text = NULL;
    r->has_parser = false;
}
