/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header: names to columns. */
#include <string.h>

#include "input/csv_cell.h"
#include "input/csv_table.h"

enum { LISTED = 12 }; /* columns named in a message */

static bool is_blank(const char *s)
{
    return s[strspn(s, " \t")] == '\0';
}

/* A name with a line break or another control character is a quote gone wrong. */
static const char *name_fault(const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '\n' || *s == '\r')
            return "a line break inside a column name";
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            return "a control character inside a column name";
    }
    return NULL;
}

static tdo_status take_name(tdo_reading *t, size_t i)
{
    const tdo_field *f = &t->rows.field[i];
    uint32_t found = TDO_INDEX_ABSENT;
    const char *name = tdo_copy(t->arena, t->rows.base + f->at, f->length);

    t->name[i] = name;
    if (name == NULL)
        return tdo_report_memory(t);
    const char *fault = name_fault(name);
    if (fault != NULL) {
        tdo_report_cell(t, f, fault);
        return TDO_OK;
    }
    if (is_blank(name)) {
        t->nameless[t->n_nameless++] = i;
        t->keep[i] = true;
        return TDO_OK;
    }
    if (tdo_index_add(&t->names, t->name, name, f->length, tdo_index_hash(name, f->length),
                      (uint32_t)i, &found) != TDO_OK)
        return tdo_report_memory(t);
    if (found == TDO_INDEX_ABSENT)
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "two columns are named ");
    tdo_put_quoted(&text, name);
    tdo_putf(&text, " (columns %zu and %zu)", (size_t)found + 1, i + 1);
    if (text.failed)
        return tdo_report_memory(t);
    tdo_report_cell(t, f, text.text);
    return TDO_OK;
}

/* ---- columns that are not there ---- */

/* A column whose name differs from s by blanks at its ends only, which quotes keep. */
static const char *same_but_blanks(const tdo_reading *t, const char *s)
{
    size_t length = strlen(s);

    for (size_t i = 0; i < t->columns; i++) {
        const char *name = t->name[i] + strspn(t->name[i], " \t");
        if (strncmp(name, s, length) == 0 && is_blank(name + length))
            return t->name[i];
    }
    return NULL;
}

static bool is_all_numbers(const tdo_reading *t)
{
    double x = 0;

    for (size_t i = 0; i < t->columns; i++)
        if (tdo_number_read(t->name[i], strlen(t->name[i]), &x) != TDO_NUMBER_OK)
            return false;
    return true;
}

static void put_hint(tdo_sink *o, const tdo_reading *t, const char *column)
{
    const char *padded = same_but_blanks(t, column);
    const char *near = padded != NULL ? padded : tdo_nearest_word(column, t->name, t->columns);

    if (near != NULL && !is_blank(near)) {
        tdo_puts(o, " (did you mean ");
        tdo_put_quoted(o, near);
        tdo_puts(o, padded != NULL ? ", which has blanks inside its quotes?)" : "?)");
        return;
    }
    if (t->name[0][0] == '#') {
        tdo_puts(o, ": its first line looks like a comment, but must be the header");
    } else if (is_all_numbers(t)) {
        tdo_puts(o, ": its first line holds numbers, but must be the header");
    } else if (t->columns == 1) {
        tdo_puts(o, ": its header has one column only, ");
        tdo_put_quoted(o, t->name[0]);
        tdo_puts(o, " (is there another \"delimiter\"?)");
    } else {
        size_t listed = 0, named = t->columns - t->n_nameless;
        tdo_puts(o, "; it has ");
        for (size_t i = 0; i < t->columns && listed < LISTED; i++) {
            if (is_blank(t->name[i]))
                continue;
            tdo_puts(o, listed++ == 0 ? "" : ", ");
            tdo_put_quoted(o, t->name[i]);
        }
        if (named > listed)
            tdo_putf(o, " and %zu more", named - listed);
    }
}

/* Finds a column, marks it as kept; reports it where it is not there. */
static tdo_status bind(tdo_reading *t, const char *column, const tdo_place *place, size_t *at)
{
    uint32_t found = tdo_index_find(&t->names, t->name, column, strlen(column));

    if (found != TDO_INDEX_ABSENT) {
        *at = found;
        t->keep[found] = true;
        return TDO_OK;
    }
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "no column ");
    tdo_put_quoted(&text, column);
    tdo_putf(&text, " in %s", t->request->file);
    put_hint(&text, t, column);
    if (text.failed)
        return tdo_report_memory(t);
    tdo_report_place(t, place, text.text);
    return TDO_OK;
}

static tdo_status bind_all(tdo_reading *t)
{
    const tdo_table_request *q = t->request;
    tdo_status status = TDO_OK;

    for (size_t k = 0; k < q->n_id_columns && status == TDO_OK; k++)
        status = bind(t, q->id_columns[k], &q->id_place, &t->id_at[k]);
    for (size_t k = 0; k < q->n_where && status == TDO_OK; k++) {
        status = bind(t, q->where[k].column, &q->where[k].place, &t->where_at[k]);
        for (size_t j = 0; j < q->n_wanted; j++) /* a limit reads as the criterion reads */
            if (!q->wanted[j].words && strcmp(q->wanted[j].column, q->where[k].column) == 0)
                t->where_style[k] = q->wanted[j].style;
    }
    for (size_t k = 0; k < q->n_wanted && status == TDO_OK; k++) {
        bool told = false; /* the same column, wanted before, was reported before */
        for (size_t j = 0; j < k && !told; j++)
            told = strcmp(q->wanted[j].column, q->wanted[k].column) == 0;
        if (told && tdo_index_find(&t->names, t->name, q->wanted[k].column,
                                   strlen(q->wanted[k].column)) == TDO_INDEX_ABSENT)
            continue;
        status = bind(t, q->wanted[k].column, &q->wanted[k].place, &t->wanted_at[k]);
    }
    return status;
}

tdo_status tdo_read_header(tdo_reading *t)
{
    const tdo_table_request *q = t->request;
    tdo_status status = TDO_OK;
    size_t n = t->rows.fields;

    t->columns = n;
    t->name = tdo_alloc(t->arena, n, sizeof *t->name);
    t->keep = tdo_alloc(t->arena, n, sizeof *t->keep);
    t->nameless = tdo_alloc(t->arena, n, sizeof *t->nameless);
    t->id_at = tdo_alloc(t->arena, q->n_id_columns, sizeof *t->id_at);
    t->wanted_at = tdo_alloc(t->arena, q->n_wanted, sizeof *t->wanted_at);
    t->where_at = tdo_alloc(t->arena, q->n_where, sizeof *t->where_at);
    t->where_style = tdo_alloc(t->arena, q->n_where, sizeof *t->where_style);
    t->number = tdo_alloc(t->arena, q->n_wanted, sizeof *t->number);
    t->word = tdo_alloc(t->arena, q->n_wanted, sizeof *t->word);
    t->words = tdo_alloc(t->arena, q->n_wanted, sizeof *t->words);
    if (t->name == NULL || t->keep == NULL || t->nameless == NULL || t->id_at == NULL ||
        t->wanted_at == NULL || t->where_at == NULL || t->where_style == NULL ||
        t->number == NULL || t->word == NULL || t->words == NULL)
        return tdo_report_memory(t);
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status = take_name(t, i);
    if (status == TDO_OK && !t->bad && t->n_nameless == n)
        tdo_report_place(t, &(tdo_place){0}, "the header names no column");
    if (status == TDO_OK && !t->bad)
        status = bind_all(t);
    return status == TDO_OK && t->bad ? TDO_E_INPUT : status;
}
