/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/csv_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)TDO_ERROR_PATH == (int)TDO_ERROR_FILE, "a path is cut as a file name is");

/* ---- the report ---- */

static void report(tdo_reading *t, const tdo_error *e)
{
    t->bad = true;
    tdo_report_add(t->report, e);
}

void tdo_report_cell(tdo_reading *t, const tdo_field *f, const char *text)
{
    tdo_error e = {0};

    (void)tdo_fail_at(&e, TDO_E_INPUT, t->request->file, f->line, tdo_rows_column(&t->rows, f),
                      "%s", text);
    report(t, &e);
}

void tdo_report_place(tdo_reading *t, const tdo_place *place, const char *text)
{
    tdo_error e = {0}, path = {0};

    if (place->file == NULL) {
        (void)tdo_fail_at(&e, TDO_E_INPUT, t->request->file, t->rows.line, 0, "%s", text);
    } else {
        (void)tdo_fail_at(&e, TDO_E_INPUT, place->file, place->line, place->column, "%s", text);
        (void)tdo_fail_at(&path, TDO_E_INPUT, place->path, 0, 0, " "); /* cut as a file name is */
        memcpy(e.path, path.file, sizeof e.path);
    }
    report(t, &e);
}

tdo_status tdo_report_memory(tdo_reading *t)
{
    tdo_error e = {0};

    (void)tdo_fail_at(&e, TDO_E_MEMORY, t->request->file, 0, 0, "out of memory");
    report(t, &e);
    return TDO_E_MEMORY;
}

/* ---- warnings about the delimiter ---- */

static tdo_status warn_delimiter(tdo_reading *t)
{
    const tdo_rows *r = &t->rows;
    const char *file = t->request->file;
    char quoted[8] = "\"\\t\"";

    if (r->delimiter != '\t')
        (void)snprintf(quoted, sizeof quoted, "\"%c\"", r->delimiter);
    if (r->delimiter_from == TDO_DELIMITER_HEADER)
        return tdo_warn(t->warnings, t->arena, "W_DELIMITER",
                        "%s: the columns are separated by %s, found from the header; "
                        "\"delimiter\": %s in the scenario settles it",
                        file, quoted, quoted);
    if (r->sep_line)
        return tdo_warn(t->warnings, t->arena, "W_DELIMITER",
                        "%s: the first line, \"sep=\", is a hint for spreadsheets and no header; "
                        "the columns are separated by %s",
                        file, quoted);
    return TDO_OK;
}

/* ---- the result ---- */

/* Cuts an array to the rows kept; a failure to shrink is harmless. */
static void *trimmed(tdo_reading *t, void *array, size_t size)
{
    void *p = array == NULL ? NULL : tdo_grow(t->arena, array, t->room, t->n, size);

    return p == NULL ? array : p;
}

static tdo_status finish(tdo_reading *t, tdo_table *out)
{
    const tdo_table_request *q = t->request;
    tdo_column *column = tdo_alloc(t->arena, q->n_wanted, sizeof *column);

    if (column == NULL)
        return tdo_report_memory(t);
    for (size_t k = 0; k < q->n_wanted; k++) {
        const tdo_words *w = &t->words[k];
        column[k] = (tdo_column){.number = trimmed(t, t->number[k], sizeof *t->number[k]),
                                 .word = trimmed(t, t->word[k], sizeof *t->word[k]),
                                 .words = w->word,
                                 .word_missing = w->missing,
                                 .n_words = w->n};
    }
    *out = (tdo_table){.file = q->file,
                       .n = t->n,
                       .rows = t->read,
                       .where_dropped = t->read - t->n,
                       .id = trimmed(t, t->id, sizeof *t->id),
                       .line = trimmed(t, t->line, sizeof *t->line),
                       .column = column};
    tdo_source_hash(&t->rows.lines.source, out->sha256);
    return TDO_OK;
}

static tdo_status check_rows(tdo_reading *t)
{
    const tdo_table_request *q = t->request;

    if (t->read == 0)
        tdo_report_place(t, &(tdo_place){0}, "the file has a header, but no rows");
    else if (t->n == 0 && q->n_where > 0)
        tdo_report_place(t, &q->where[0].place, "no row meets the conditions of \"where\"");
    return t->bad ? TDO_E_INPUT : TDO_OK;
}

static tdo_status read_all(tdo_reading *t, tdo_error *err)
{
    bool more = false;
    tdo_status status = tdo_rows_next(&t->rows, &more, err);

    if (status == TDO_OK)
        status = tdo_read_header(t);
    if (status == TDO_OK)
        status = warn_delimiter(t) == TDO_OK ? TDO_OK : tdo_report_memory(t);
    if (status != TDO_OK)
        return status;
    t->rows.columns = t->columns;
    t->rows.keep = t->keep;
    for (;;) {
        status = tdo_rows_next(&t->rows, &more, err);
        if (status != TDO_OK || !more)
            return status;
        status = tdo_read_row(t);
        if (status != TDO_OK)
            return status;
    }
}

tdo_status tdo_table_read_within(const tdo_table_request *request, const tdo_limits *limits,
                                 bool direct, tdo_arena *a, tdo_table *out,
                                 tdo_warnings *warnings, tdo_report *report_to)
{
    tdo_reading t = {.request = request, .arena = a, .warnings = warnings, .report = report_to};
    tdo_error err = {0};
    tdo_status status = tdo_rows_open(&t.rows, request, limits, &err);

    if (status != TDO_OK)
        goto out;
    t.rows.direct = direct;
    status = read_all(&t, &err);
    if (status == TDO_OK)
        status = check_rows(&t);
    if (status == TDO_OK)
        status = finish(&t, out);
    tdo_rows_close(&t.rows);
out:
    if (err.status != TDO_OK)
        report(&t, &err);
    for (size_t k = 0; t.words != NULL && k < request->n_wanted; k++)
        tdo_index_free(&t.words[k].index);
    tdo_index_free(&t.names);
    tdo_index_free(&t.ids);
    free(t.joined);
    return status;
}

tdo_status tdo_table_read(const tdo_table_request *request, tdo_arena *a, tdo_table *out,
                          tdo_warnings *warnings, tdo_report *report_to)
{
    return tdo_table_read_within(request, &tdo_stated_limits, true, a, out, warnings, report_to);
}
