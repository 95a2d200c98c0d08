/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose row is it: every row has an id of its own, or several rows share one, or the ids are known
 * from another table. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/plain.h"
#include "csv/join.h"

/* Control characters in an id would act on the terminals and pages that show it. A tab or a line
 * break is allowed (only quotes let one in), and shown escaped. */
#define ALLOWED "\t\n\r"

static bool append(csv_bytes *b, const char *s, size_t length)
{
    if (b->room - b->used < length) {
        size_t room = 2 * (b->room + length) + 64;
        char *grown = realloc(b->s, room);
        if (!grown)
            return false;
        b->s = grown;
        b->room = room;
    }
    if (length > 0)
        memcpy(b->s + b->used, s, length);
    b->used += length;
    return true;
}

tdo_status csv_make_key(csv_reading *t, csv_key_parts of, csv_bytes *room, csv_key_text *out)
{
    assert(of.n >= 1);
    tdo_status status = TDO_OK;
    *out = (csv_key_text){.s = "", .good = true};
    room->used = 0;
    for (size_t k = 0; k < of.n && status == TDO_OK; k++) {
        const csv_cell cell = csv_cell_of(t, of.column[k]);
        if (plain_is_blank(cell.s, cell.length))
            out->blank = true;
        if (plain_has_control(cell.s, cell.length, ALLOWED)) {
            const char *text = tdo_text(t->arena, "a control character in the %s", of.what);
            out->good = false;
            status = text ? csv_report_column(t, of.column[k], text) : csv_report_memory(t);
        } else if (of.n == 1) {
            out->s = cell.s;
            out->length = cell.length;
        } else if ((k > 0 && !append(room, of.separator, strlen(of.separator))) ||
                   !append(room, cell.s, cell.length)) {
            status = csv_report_memory(t);
        }
    }
    if (of.n != 1 && room->used > 0) {
        out->s = room->s;
        out->length = room->used;
    }
    return status;
}

/* An id of rows that are not used, once. */
static tdo_status note_passed(csv_reading *t, const char *s, size_t length)
{
    uint32_t found = index_find(&t->passed, t->passed_id, s, length);
    bool good = true;
    if (found != INDEX_ABSENT)
        return TDO_OK;
    t->passed_id = array_more_of(t->arena, t->passed_id, t->n_passed, sizeof *t->passed_id, &good);
    const char *own = good ? tdo_copy(t->arena, s, length) : NULL;
    if (!own || index_add(&t->passed, t->passed_id, index_key_of(own, length),
                          (uint32_t)t->n_passed, &found) != TDO_OK)
        return csv_report_memory(t);
    t->passed_id[t->n_passed++] = own;
    return TDO_OK;
}

tdo_status csv_ids_start(csv_reading *t)
{
    const tdo_table_request *q = t->request;
    t->settle = csv_settle_ids;
    for (size_t i = 0; i < q->n_known; i++) {
        const index_key key = index_key_of(q->known[i], strlen(q->known[i]));
        uint32_t found = INDEX_ABSENT;
        if (index_add(&t->ids, q->known, key, (uint32_t)i, &found) != TDO_OK)
            return csv_report_memory(t);
    }
    for (size_t i = 0; i < q->n_passed_over; i++)
        if (note_passed(t, q->passed_over[i], strlen(q->passed_over[i])) != TDO_OK)
            return TDO_E_MEMORY;
    return TDO_OK;
}

static tdo_status refuse_empty(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->request->n_id_columns && status == TDO_OK; k++) {
        const csv_cell cell = csv_cell_of(t, t->id_at[k]);
        if (plain_is_blank(cell.s, cell.length))
            status = csv_report_column(t, t->id_at[k], "the id is empty");
    }
    return status;
}

tdo_status csv_pass_over(csv_reading *t)
{
    const csv_key_parts of = {t->id_at, t->request->n_id_columns, " / ", "id"};
    csv_key_text id;
    tdo_status status = csv_make_key(t, of, &t->id_text, &id);
    return status == TDO_OK && id.good ? note_passed(t, id.s, id.length) : status;
}

/* A row of nobody, where everybody is known: told once for each id. */
static tdo_status refuse_unknown(csv_reading *t, const csv_key_text *id)
{
    const tdo_table_request *q = t->request;
    if (index_find(&t->passed, t->passed_id, id->s, id->length) != INDEX_ABSENT)
        return TDO_OK;
    if (note_passed(t, id->s, id->length) != TDO_OK)
        return TDO_E_MEMORY;
    if (csv_only_counted(t))
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    const char *own = t->passed_id[t->n_passed - 1];
    const char *near = tdo_nearest_word(own, q->known, q->n_known);
    tdo_put_quoted(&text, own);
    tdo_puts(&text, " is no candidate of ");
    tdo_puts(&text, q->known_from);
    if (near) {
        tdo_puts(&text, " (did you mean ");
        tdo_put_quoted(&text, near);
        tdo_puts(&text, "?)");
    }
    return csv_report_text(t, &t->rows.field[t->id_at[0]], &text);
}

tdo_status csv_make_id(csv_reading *t, csv_key_text *id, bool *wanted)
{
    const tdo_table_request *q = t->request;
    const csv_key_parts of = {t->id_at, q->n_id_columns, " / ", "id"};
    tdo_status status = csv_make_key(t, of, &t->id_text, id);
    *wanted = true;
    if (status == TDO_OK && id->blank) {
        id->good = false;
        status = refuse_empty(t);
    }
    if (status != TDO_OK || !id->good)
        return status;
    id->hash = index_hash(id->s, id->length);
    if (!q->known) {
        index_prefetch(&t->ids, id->hash);
        return TDO_OK;
    }
    *wanted = index_find(&t->ids, q->known, id->s, id->length) != INDEX_ABSENT;
    if (!*wanted && q->all_known)
        return refuse_unknown(t, id);
    if (!*wanted && csv_few_add(&t->unknown, t->arena, id->s, id->length) != TDO_OK)
        return csv_report_memory(t);
    return TDO_OK;
}

static uint32_t first_line(const csv_reading *t, uint32_t place)
{
    return t->line[t->first ? t->first[place] : place];
}

static tdo_status report_id(csv_reading *t, const tdo_sink *text)
{
    const size_t own = t->id_at[0] < t->columns ? t->id_at[0] : 0;
    return csv_report_text(t, &t->rows.field[own], text);
}

/* Where a duplicate stands: line and column. */
static tdo_status report_duplicate(csv_reading *t, uint32_t earlier, const csv_waiting *at)
{
    if (csv_only_counted(t))
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "the id ");
    tdo_put_quoted(&text, t->id[earlier]);
    tdo_putf(&text, " is already on line %u", (unsigned)first_line(t, earlier));
    tdo_puts(&text, t->key ? ", with something else in the columns of \"average\""
                           : " (in \"candidates\", \"average\" takes the mean of several rows)");
    if (text.failed)
        return csv_report_memory(t);
    csv_report_at(t, at->line, at->column, text.text);
    return TDO_OK;
}

tdo_status csv_settle_ids(csv_reading *t)
{
    const size_t n = t->n_waiting;
    tdo_status status = TDO_OK;
    t->n_waiting = 0; /* reports ask for this, too */
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        const csv_waiting *w = &t->waiting[i];
        uint32_t found = INDEX_ABSENT;
        if (index_add(&t->ids, t->id, (index_key){t->id[w->place], w->length, w->hash}, w->place,
                      &found) != TDO_OK)
            return csv_report_memory(t);
        if (found == INDEX_ABSENT)
            continue;
        t->id[w->place] = "";
        status = report_duplicate(t, found, w);
    }
    return status;
}

/* The id of the next place; a second one of the same name takes a place too, and is an error. It
 * waits for its slot in the index where its place in the file can be told later. */
static tdo_status take_place(csv_reading *t, const csv_key_text *id)
{
    const uint32_t place = (uint32_t)t->n_ids++;
    const csv_field *f = &t->rows.field[t->id_at[0] < t->columns ? t->id_at[0] : 0];
    csv_waiting w = {.place = place, .hash = id->hash, .line = f->line, .length = id->length};
    tdo_status status = TDO_OK;
    t->id[place] = "";
    if (!id->good)
        return TDO_OK;
    if (t->n_waiting == CSV_WAITING || !t->rows.plain)
        status = csv_settle_ids(t);
    w.column = t->rows.plain ? (unsigned)f->start + 1 : csv_rows_column(&t->rows, f);
    t->id[place] = status == TDO_OK ? tdo_copy(t->arena, id->s, id->length) : NULL;
    if (!t->id[place])
        return status == TDO_OK ? csv_report_memory(t) : status;
    t->waiting[t->n_waiting++] = w;
    return t->rows.plain ? TDO_OK : csv_settle_ids(t);
}

static tdo_status report_other_id(csv_reading *t, uint32_t place, const csv_key_text *id)
{
    const char *own = tdo_copy(t->arena, id->s, id->length);
    if (!own)
        return csv_report_memory(t);
    if (csv_only_counted(t))
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "the id is ");
    tdo_put_quoted(&text, own);
    tdo_puts(&text, " here and ");
    tdo_put_quoted(&text, t->id[place]);
    tdo_putf(&text, " on line %u, which has the same in the columns of \"average\"",
             (unsigned)first_line(t, place));
    return report_id(t, &text);
}

/* The place of the rows that have the same key. */
static tdo_status share_place(csv_reading *t, const csv_key_text *id)
{
    const tdo_table_request *q = t->request;
    const csv_key_parts of = {t->by_at, q->n_by, CSV_KEY_SEPARATOR, "columns of \"average\""};
    csv_key_text key;
    uint32_t place = INDEX_ABSENT;
    tdo_status status = csv_make_key(t, of, &t->key_text, &key);
    if (status != TDO_OK || !key.good || !id->good)
        return status;
    if (index_add(&t->keys, t->key, index_key_of(key.s, key.length), (uint32_t)t->n_ids, &place) !=
        TDO_OK)
        return csv_report_memory(t);
    if (place != INDEX_ABSENT) {
        t->owner[t->n] = place;
        bool same = strncmp(t->id[place], id->s, id->length) == 0 && !t->id[place][id->length];
        return same ? TDO_OK : report_other_id(t, place, id);
    }
    place = (uint32_t)t->n_ids;
    t->owner[t->n] = place;
    t->first[place] = (uint32_t)t->n;
    t->key[place] = tdo_copy(t->arena, key.s, key.length);
    return !t->key[place] ? csv_report_memory(t) : take_place(t, id);
}

tdo_status csv_take_id(csv_reading *t, const csv_key_text *id)
{
    assert(t->n < t->room);
    const tdo_table_request *q = t->request;
    if (!q->known)
        return q->n_by > 0 ? share_place(t, id) : take_place(t, id);
    t->owner[t->n] = index_find(&t->ids, q->known, id->s, id->length);
    return TDO_OK;
}

tdo_status csv_leave_id(csv_reading *t, const csv_key_text *id)
{
    bool good = true;
    if (!t->request->names_elsewhere || !id->good)
        return TDO_OK;
    t->elsewhere =
        array_more_of(t->arena, t->elsewhere, t->n_elsewhere, sizeof *t->elsewhere, &good);
    const char *own = good ? tdo_copy(t->arena, id->s, id->length) : NULL;
    if (!own)
        return csv_report_memory(t);
    t->elsewhere[t->n_elsewhere++] = own;
    return TDO_OK;
}

tdo_status csv_ids_warn(csv_reading *t)
{
    const csv_few *f = &t->unknown;
    tdo_sink names = tdo_sink_memory(t->arena);
    if (f->count == 0)
        return TDO_OK;
    csv_few_put(f, &names);
    if (names.failed ||
        tdo_warn(t->warnings, t->arena, "W_GROUPS_UNKNOWN",
                 "%s: %zu of %zu rows are of no candidate of %s (%s) and are not used",
                 csv_name(t->request), f->count, t->read, t->request->known_from,
                 names.text) != TDO_OK)
        return csv_report_memory(t);
    return TDO_OK;
}
