/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One data row: is it a candidate at all, its id, its cells. */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/plain.h"
#include "csv/cell.h"
#include "csv/join.h"

enum { FIRST_ROWS = 256 };

/* ---- where ---- */

/* A missing value meets no limit. */
static tdo_status within(csv_reading *t, size_t k, csv_cell cell, bool *holds)
{
    const tdo_condition *is = &t->request->where[k];
    double x = 0;
    *holds = false;
    if (tdo_is_missing(&t->where_style[k], cell.s, cell.length))
        return TDO_OK;
    if (csv_cell_number(cell.s, cell.length, &t->where_style[k], &x) == TDO_NUMBER_OK)
        *holds = (!is->has_min || x >= is->min) && (!is->has_max || x <= is->max);
    else
        return csv_report_number(t, t->where_at[k], &t->where_style[k]);
    return TDO_OK;
}

/* Do the conditions on the table's own columns hold, or those on the joined ones? */
static tdo_status meets(csv_reading *t, bool joined, bool *holds)
{
    tdo_status status = TDO_OK;
    *holds = true;
    for (size_t k = 0; k < t->request->n_where && *holds && status == TDO_OK; k++) {
        const tdo_condition *is = &t->request->where[k];
        if ((t->where_at[k] >= t->columns) != joined)
            continue;
        const csv_cell c = csv_cell_of(t, t->where_at[k]);
        *holds = (!is->equals || tdo_match_text(is->equals, c.s, c.length)) &&
                 (!is->in || terms_list_has(&t->where_in[k], c.s, c.length)) &&
                 (!is->not_in || !terms_list_has(&t->where_not_in[k], c.s, c.length)) &&
                 (is->present == TDO_EITHER ||
                  tdo_is_missing(&t->where_style[k], c.s, c.length) == (is->present == TDO_ABSENT));
        if (*holds && (is->has_min || is->has_max))
            status = within(t, k, c, holds);
    }
    return status;
}

/* Is the row one to be looked at? */
static tdo_status is_candidate(csv_reading *t, bool *holds)
{
    tdo_status status = t->n_join > 0 ? csv_joins_match(t) : TDO_OK;
    if (status == TDO_OK)
        status = meets(t, false, holds);
    if (status != TDO_OK || !*holds || t->n_join == 0)
        return status;
    status = csv_joins_count(t);
    return status == TDO_OK ? meets(t, true, holds) : status;
}

/* ---- the cells ---- */

static tdo_status take_word(csv_reading *t, size_t k)
{
    const csv_cell c = csv_cell_of(t, t->wanted_at[k]);
    csv_words *w = &t->words[k];
    uint32_t number = INDEX_ABSENT;
    if (index_add(&w->index, w->word, index_key_of(c.s, c.length), (uint32_t)w->n, &number) !=
        TDO_OK)
        return csv_report_memory(t);
    if (number == INDEX_ABSENT) {
        const char *word = tdo_copy(t->arena, c.s, c.length);
        bool good = word != NULL;
        w->word = array_more_of(t->arena, w->word, w->n, sizeof *w->word, &good);
        w->missing = array_more_of(t->arena, w->missing, w->n, sizeof *w->missing, &good);
        if (!good)
            return csv_report_memory(t);
        number = (uint32_t)w->n++;
        w->word[number] = word;
        w->missing[number] = tdo_is_missing(&t->request->wanted[k].style, c.s, c.length);
    }
    t->word[k][t->n] = number;
    return TDO_OK;
}

/* A cell that reads as a number: do points part its thousands? */
static tdo_status look_at_points(csv_reading *t, size_t k, csv_cell c)
{
    const tdo_reading_style *style = &t->request->wanted[k].style;
    csv_points *points = &t->parted[k].points;
    if (points->settled || style->thousands != '\0' || style->decimal != '\0')
        return TDO_OK;
    bool first = style->as == TDO_CELLS_PLAIN ? csv_points_see(points, '.', c.s, c.length)
                                              : csv_points_see_in(points, c.s, c.length);
    return first ? csv_parted_seen(t, k, c.s, c.length) : TDO_OK;
}

/* A cell of a column that has a form, or marks of its own. */
static tdo_status take_formed(csv_reading *t, size_t k, csv_cell c)
{
    const tdo_reading_style *style = &t->request->wanted[k].style;
    csv_beside *b = &t->beside[k];
    csv_number number = {NAN, 0, NAN, NAN, NAN};
    tdo_status status = TDO_OK;
    if (!tdo_is_missing(style, c.s, c.length)) {
        if (csv_cell_read(c.s, c.length, style, &number) != TDO_NUMBER_OK)
            status = csv_report_number(t, t->wanted_at[k], style);
        else
            status = look_at_points(t, k, c);
        if (status == TDO_OK && style->percent)
            status = csv_percent_seen(t, k, c.s, c.length, number.x);
    }
    t->number[k][t->n] = number.x;
    b->any_rest = b->any_rest || number.rest != 0;
    if (b->rest)
        b->rest[t->n] = number.rest;
    if (b->error)
        b->error[t->n] = number.error;
    if (b->low) {
        b->low[t->n] = number.low;
        b->high[t->n] = number.high;
    }
    return status;
}

static tdo_status take_number(csv_reading *t, size_t k)
{
    const tdo_reading_style *style = &t->request->wanted[k].style;
    const csv_cell c = csv_cell_of(t, t->wanted_at[k]);
    double *x = &t->number[k][t->n];
    if (t->parted[k].bare && tdo_number_read(c.s, c.length, x) == TDO_NUMBER_OK)
        return t->parted[k].points.settled ? TDO_OK : look_at_points(t, k, c);
    if (style->as != TDO_CELLS_PLAIN || style->n_marks > 0)
        return take_formed(t, k, c);
    if (csv_plain_number(c.s, c.length, style->percent, csv_signs_of(style), x) == TDO_NUMBER_OK) {
        const tdo_status status = look_at_points(t, k, c);
        if (status != TDO_OK)
            return status;
        return style->percent ? csv_percent_seen(t, k, c.s, c.length, *x) : TDO_OK;
    }
    *x = (double)NAN;
    if (tdo_is_missing_mark(c.s, c.length))
        return TDO_OK;
    return csv_report_number(t, t->wanted_at[k], style);
}

/* Where the cell of column k stands. */
static void take_place(csv_reading *t, size_t k)
{
    const size_t column = t->wanted_at[k];
    csv_beside *b = &t->beside[k];
    if (column < t->columns) {
        const csv_field *f = &t->rows.field[column];
        b->at[t->n] = f->line == t->rows.line ? csv_rows_column(&t->rows, f) : 0;
        return;
    }
    const csv_joined_cell *c = csv_joined_cell_of(t, column);
    b->at[t->n] = c ? c->column : 0;
    b->at_line[t->n] = c ? c->line : 0;
}

/* How many rows to make room for: as many as the bytes still to come will hold at the present rate
 * and a little more, or half as many again where the size of the source is not known. */
static size_t rows_to_expect(const csv_reading *t)
{
    const csv_lines *l = &t->rows.lines;
    size_t room = t->room == 0 ? FIRST_ROWS : t->room + t->room / 2;
    if (t->room > 0 && l->source.total > l->offset && l->offset > 0) {
        double rate = (double)t->n / (double)l->offset;
        double expected = rate * (double)l->source.total * 1.02 + 16;
        if (expected > (double)t->n && expected < (double)t->rows.limits.rows)
            room = (size_t)expected;
    }
    return room <= t->n ? t->n + 1 : room;
}

/* Makes one of the arrays larger; a failed one is as it was. */
#define ENLARGE(array) enlarge(t, room, &good, (array), sizeof *(array))
static void *enlarge(csv_reading *t, size_t room, bool *good, void *array, size_t size)
{
    void *grown = *good ? tdo_grow(t->arena, array, t->room, room, size) : NULL;
    *good = grown != NULL;
    return grown ? grown : array;
}

static tdo_status make_room(csv_reading *t)
{
    const tdo_table_request *q = t->request;
    const size_t room = rows_to_expect(t);
    bool good = true;
    t->line = ENLARGE(t->line);
    if (!q->known)
        t->id = ENLARGE(t->id);
    if (q->known || q->n_by > 0)
        t->owner = ENLARGE(t->owner);
    if (q->n_by > 0) {
        t->key = ENLARGE(t->key);
        t->first = ENLARGE(t->first);
    }
    for (size_t k = 0; k < q->n_wanted; k++) {
        if (q->wanted[k].words)
            t->word[k] = ENLARGE(t->word[k]);
        else
            t->number[k] = ENLARGE(t->number[k]);
        csv_beside *b = &t->beside[k];
        if (q->wanted[k].located)
            b->at = ENLARGE(b->at);
        if (q->wanted[k].located && t->wanted_at[k] >= t->columns)
            b->at_line = ENLARGE(b->at_line);
        if (q->wanted[k].style.as == TDO_CELLS_PLUS_MINUS && !q->wanted[k].words)
            b->error = ENLARGE(b->error);
        if (q->wanted[k].style.as == TDO_CELLS_QUANTITY && !q->wanted[k].words)
            b->rest = ENLARGE(b->rest);
        if (q->wanted[k].style.as == TDO_CELLS_INTERVAL && !q->wanted[k].words) {
            b->low = ENLARGE(b->low);
            b->high = ENLARGE(b->high);
        }
    }
    if (!good || (!q->known && q->n_by == 0 && index_reserve(&t->ids, room) != TDO_OK))
        return csv_report_memory(t);
    t->room = room;
    return TDO_OK;
}

/* Does another shard keep the row in hand? */
static bool is_elsewhere(const csv_reading *t)
{
    const tdo_table_request *q = t->request;
    return q->shards > 0 && (t->read - 1) % q->shards != q->shard;
}

/* The cells of a row, then its id: its place in the index is on its way meanwhile. What another
 * shard keeps is written over by the next row. */
static tdo_status take_row(csv_reading *t, const csv_key_text *id)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->request->n_wanted && status == TDO_OK; k++) {
        status = t->number[k] ? take_number(t, k) : take_word(t, k);
        if (t->beside[k].at)
            take_place(t, k);
    }
    t->line[t->n] = t->rows.line;
    if (t->header_again == t->rows.line) /* reported; its names are no ids */
        return status;
    if (status == TDO_OK && is_elsewhere(t)) {
        t->others++;
        return csv_leave_id(t, id);
    }
    if (status == TDO_OK)
        status = csv_take_id(t, id);
    t->n += status == TDO_OK;
    return status;
}

tdo_status csv_read_row(csv_reading *t)
{
    bool holds = false;
    csv_key_text id;
    tdo_status status = TDO_OK;
    t->read++;
    status = is_candidate(t, &holds);
    if (status == TDO_OK && !holds && t->request->names_passed_over)
        return csv_pass_over(t);
    if (status != TDO_OK || !holds)
        return status;
    if (t->n >= t->rows.limits.rows) {
        tdo_sink text = tdo_sink_memory(t->arena);
        tdo_putf(&text, "more than %zu rows", t->rows.limits.rows);
        status = csv_report_text(t, &(csv_field){.line = t->rows.line}, &text);
        return status == TDO_OK ? TDO_E_INPUT : status;
    }
    status = csv_check_nameless(t);
    if (status == TDO_OK)
        status = csv_make_id(t, &id, &holds);
    if (status != TDO_OK || !holds)
        return status;
    if (t->n == t->room)
        status = make_room(t);
    return status == TDO_OK ? take_row(t, &id) : status;
}
