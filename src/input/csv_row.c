/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One data row: is it a candidate at all, its id, its cells. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "input/csv_cell.h"
#include "input/csv_table.h"

enum { FIRST_ROWS = 256 };

static const char *bytes_of(const tdo_reading *t, const tdo_field *f)
{
    return t->rows.base + f->at;
}

/* Errors beyond those that are shown are only counted: their words would cost, and go nowhere. */
static bool only_counted(tdo_reading *t)
{
    t->bad = true;
    if (t->report == NULL || t->report->count < TDO_REPORT_SHOWN)
        return false;
    t->report->count++;
    return true;
}

/* column "cost": TEXT */
static tdo_sink start_text(tdo_reading *t, size_t column)
{
    tdo_sink text = tdo_sink_memory(t->arena);

    tdo_puts(&text, "column ");
    tdo_put_quoted(&text, t->name[column]);
    tdo_puts(&text, ": ");
    return text;
}

static tdo_status report_text(tdo_reading *t, const tdo_field *f, const tdo_sink *text)
{
    if (text->failed)
        return tdo_report_memory(t);
    tdo_report_cell(t, f, text->text);
    return TDO_OK;
}

static tdo_status report_column(tdo_reading *t, size_t column, const char *what)
{
    if (only_counted(t))
        return TDO_OK;
    tdo_sink text = start_text(t, column);
    tdo_puts(&text, what);
    return report_text(t, &t->rows.field[column], &text);
}

static tdo_status report_number(tdo_reading *t, size_t column, tdo_reading_style style)
{
    const tdo_field *f = &t->rows.field[column];

    if (only_counted(t))
        return TDO_OK;
    tdo_sink text = start_text(t, column);
    tdo_cell_explain(&text, bytes_of(t, f), f->length, style);
    return report_text(t, f, &text);
}

/* ---- where ---- */

static bool matches_one(const tdo_match *m, size_t n, const char *s, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (tdo_match_text(&m[i], s, length))
            return true;
    return false;
}

/* A missing value meets no limit. */
static tdo_status within(tdo_reading *t, size_t k, bool *holds)
{
    const tdo_condition *is = &t->request->where[k];
    size_t column = t->where_at[k];
    const tdo_field *f = &t->rows.field[column];
    const char *s = bytes_of(t, f);
    double x = 0;

    *holds = false;
    if (tdo_cell_number(s, f->length, t->where_style[k], &x) == TDO_NUMBER_OK)
        *holds = (!is->has_min || x >= is->min) && (!is->has_max || x <= is->max);
    else if (!tdo_is_missing_mark(s, f->length))
        return report_number(t, column, t->where_style[k]);
    return TDO_OK;
}

static tdo_status is_candidate(tdo_reading *t, bool *holds)
{
    tdo_status status = TDO_OK;

    *holds = true;
    for (size_t k = 0; k < t->request->n_where && *holds && status == TDO_OK; k++) {
        const tdo_condition *is = &t->request->where[k];
        const tdo_field *f = &t->rows.field[t->where_at[k]];
        const char *s = bytes_of(t, f);
        *holds = (is->equals == NULL || tdo_match_text(is->equals, s, f->length)) &&
                 (is->in == NULL || matches_one(is->in, is->n_in, s, f->length)) &&
                 (is->not_in == NULL || !matches_one(is->not_in, is->n_not_in, s, f->length));
        if (*holds && (is->has_min || is->has_max))
            status = within(t, k, holds);
    }
    return status;
}

/* ---- the id ---- */

/* Control characters in an id would act on the terminals and pages that show it. A tab or a line
 * break is allowed (only quotes let one in), and shown escaped. */
static bool has_control(const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)s[i];
        bool c1 = c == 0xC2 && i + 1 < length && (unsigned char)s[i + 1] < 0xA0;
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F || c1)
            return true;
    }
    return false;
}

static bool is_blank(const char *s, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n' && s[i] != '\r')
            return false;
    return true;
}

static bool join(tdo_reading *t, size_t *used, const char *s, size_t length)
{
    if (t->joined_room - *used < length) {
        size_t room = 2 * (t->joined_room + length) + 64;
        char *joined = realloc(t->joined, room);
        if (joined == NULL)
            return false;
        t->joined = joined;
        t->joined_room = room;
    }
    if (length > 0)
        memcpy(t->joined + *used, s, length);
    *used += length;
    return true;
}

/* The bytes of the row's id; *good is false where a part was refused. */
static tdo_status make_id(tdo_reading *t, const char **id, size_t *length, bool *good)
{
    size_t parts = t->request->n_id_columns;
    tdo_status status = TDO_OK;

    *good = true;
    *length = 0;
    for (size_t k = 0; k < parts && status == TDO_OK; k++) {
        const tdo_field *f = &t->rows.field[t->id_at[k]];
        const char *s = bytes_of(t, f);
        const char *fault = is_blank(s, f->length)      ? "the id is empty"
                            : has_control(s, f->length) ? "a control character in the id"
                                                        : NULL;
        if (fault != NULL) {
            *good = false;
            status = report_column(t, t->id_at[k], fault);
        } else if (parts == 1) {
            *id = s;
            *length = f->length;
        } else if ((k > 0 && !join(t, length, " / ", 3)) || !join(t, length, s, f->length)) {
            status = tdo_report_memory(t);
        }
    }
    if (parts != 1)
        *id = t->joined;
    return status;
}

static tdo_status report_duplicate(tdo_reading *t, uint32_t earlier)
{
    if (only_counted(t))
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "the id ");
    tdo_put_quoted(&text, t->id[earlier]);
    tdo_putf(&text, " is already on line %u", (unsigned)t->line[earlier]);
    return report_text(t, &t->rows.field[t->id_at[0]], &text);
}

static tdo_status take_id(tdo_reading *t, const char *s, size_t length, uint32_t hash)
{
    uint32_t found = TDO_INDEX_ABSENT;

    if (tdo_index_add(&t->ids, t->id, s, length, hash, (uint32_t)t->n, &found) != TDO_OK)
        return tdo_report_memory(t);
    if (found != TDO_INDEX_ABSENT)
        return report_duplicate(t, found);
    t->id[t->n] = tdo_copy(t->arena, s, length);
    return t->id[t->n] == NULL ? tdo_report_memory(t) : TDO_OK;
}

/* ---- the cells ---- */

static tdo_status take_word(tdo_reading *t, size_t k)
{
    const tdo_field *f = &t->rows.field[t->wanted_at[k]];
    const char *s = bytes_of(t, f);
    tdo_words *w = &t->words[k];
    uint32_t number = TDO_INDEX_ABSENT;

    if (w->n == w->room) {
        size_t room = w->room == 0 ? 16 : 2 * w->room;
        const char **word = tdo_grow(t->arena, w->word, w->room, room, sizeof *word);
        if (word != NULL)
            w->word = word;
        bool *missing = tdo_grow(t->arena, w->missing, w->room, room, sizeof *missing);
        if (missing != NULL)
            w->missing = missing;
        if (word == NULL || missing == NULL)
            return tdo_report_memory(t);
        w->room = room;
    }
    if (tdo_index_add(&w->index, w->word, s, f->length, tdo_index_hash(s, f->length),
                      (uint32_t)w->n, &number) != TDO_OK)
        return tdo_report_memory(t);
    if (number == TDO_INDEX_ABSENT) {
        number = (uint32_t)w->n;
        w->word[number] = tdo_copy(t->arena, s, f->length);
        w->missing[number] = tdo_is_missing_mark(s, f->length);
        w->n++;
        if (w->word[number] == NULL)
            return tdo_report_memory(t);
    }
    t->word[k][t->n] = number;
    return TDO_OK;
}

static tdo_status take_number(tdo_reading *t, size_t k)
{
    const tdo_wanted *want = &t->request->wanted[k];
    const tdo_field *f = &t->rows.field[t->wanted_at[k]];
    const char *s = bytes_of(t, f);
    double *x = &t->number[k][t->n];

    if (tdo_cell_number(s, f->length, want->style, x) == TDO_NUMBER_OK)
        return TDO_OK;
    *x = (double)NAN;
    if (tdo_is_missing_mark(s, f->length))
        return TDO_OK;
    return report_number(t, t->wanted_at[k], want->style);
}

/* How many rows to make room for: as many as the bytes still to come will hold at the present rate
 * and a little more, or half as many again where the size of the source is not known. */
static size_t rows_to_expect(const tdo_reading *t)
{
    const tdo_lines *l = &t->rows.lines;
    size_t room = t->room == 0 ? FIRST_ROWS : t->room + t->room / 2;

    if (t->room > 0 && l->source.total > l->offset && l->offset > 0) {
        double rate = (double)t->n / (double)l->offset;
        double expected = rate * (double)l->source.total * 1.02 + 16;
        if (expected > (double)t->n && expected < (double)t->rows.limits.rows)
            room = (size_t)expected;
    }
    return room <= t->n ? t->n + 1 : room;
}

static tdo_status make_room(tdo_reading *t)
{
    size_t room = rows_to_expect(t);
    const char **id = tdo_grow(t->arena, t->id, t->room, room, sizeof *id);
    bool good = id != NULL;

    if (id != NULL)
        t->id = id;
    uint32_t *line = tdo_grow(t->arena, t->line, t->room, room, sizeof *line);
    good = good && line != NULL;
    if (line != NULL)
        t->line = line;
    for (size_t k = 0; k < t->request->n_wanted && good; k++) {
        if (t->request->wanted[k].words) {
            uint32_t *word = tdo_grow(t->arena, t->word[k], t->room, room, sizeof *word);
            good = word != NULL;
            t->word[k] = good ? word : t->word[k];
        } else {
            double *number = tdo_grow(t->arena, t->number[k], t->room, room, sizeof *number);
            good = number != NULL;
            t->number[k] = good ? number : t->number[k];
        }
    }
    if (!good)
        return tdo_report_memory(t);
    t->room = room;
    return TDO_OK;
}

static tdo_status check_nameless(tdo_reading *t)
{
    for (size_t k = 0; k < t->n_nameless; k++) {
        const tdo_field *f = &t->rows.field[t->nameless[k]];
        if (is_blank(bytes_of(t, f), f->length))
            continue;
        tdo_sink text = tdo_sink_memory(t->arena);
        tdo_putf(&text, "column %zu has no name in the header, but is not empty here",
                 t->nameless[k] + 1);
        tdo_status status = report_text(t, f, &text);
        return status == TDO_OK ? TDO_E_INPUT : status;
    }
    return TDO_OK;
}

/* The id and the cells of a candidate. */
static tdo_status take_row(tdo_reading *t)
{
    const char *id = NULL;
    size_t length = 0;
    uint32_t hash = 0;
    bool good = false;
    tdo_status status = make_id(t, &id, &length, &good);

    if (status == TDO_OK && good) {
        hash = tdo_index_hash(id, length);
        tdo_index_prefetch(&t->ids, hash);
    }
    for (size_t k = 0; k < t->request->n_wanted && status == TDO_OK; k++)
        status = t->number[k] != NULL ? take_number(t, k) : take_word(t, k);
    t->id[t->n] = "";
    t->line[t->n] = t->rows.line;
    if (status == TDO_OK && good)
        status = take_id(t, id, length, hash);
    t->n += status == TDO_OK;
    return status;
}

tdo_status tdo_read_row(tdo_reading *t)
{
    bool holds = false;
    tdo_status status = TDO_OK;

    t->read++;
    status = is_candidate(t, &holds);
    if (status != TDO_OK || !holds)
        return status;
    if (t->n >= t->rows.limits.rows) {
        tdo_sink text = tdo_sink_memory(t->arena);
        tdo_putf(&text, "more than %zu rows", t->rows.limits.rows);
        status = report_text(t, &(tdo_field){.line = t->rows.line}, &text);
        return status == TDO_OK ? TDO_E_INPUT : status;
    }
    status = check_nameless(t);
    if (status == TDO_OK && t->n == t->room)
        status = make_room(t);
    return status == TDO_OK ? take_row(t) : status;
}
