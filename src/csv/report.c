/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong, and where: in a cell, in a line, in the scenario. */
#include <string.h>

#include "csv/cell.h"
#include "csv/join.h"

_Static_assert((int)TDO_ERROR_PATH == (int)TDO_ERROR_FILE, "a path is cut as a file name is");

void tdo_report_error(tdo_reading *t, const tdo_error *e)
{
    t->bad = true;
    tdo_report_add(t->report, e);
}

static void report_at(tdo_reading *t, const char *file, unsigned line, unsigned column,
                      const char *text)
{
    tdo_error e = {0};

    (void)tdo_fail_at(&e, TDO_E_INPUT, file, line, column, "%s", text);
    tdo_report_error(t, &e);
}

void tdo_report_cell(tdo_reading *t, const tdo_field *f, const char *text)
{
    report_at(t, t->request->file, f->line, tdo_rows_column(&t->rows, f), text);
}

void tdo_report_line(tdo_reading *t, unsigned line, const char *text)
{
    report_at(t, t->request->file, line, 0, text);
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
    tdo_report_error(t, &e);
}

tdo_status tdo_report_memory(tdo_reading *t)
{
    tdo_error e = {0};

    (void)tdo_fail_at(&e, TDO_E_MEMORY, t->request->file, 0, 0, "out of memory");
    tdo_report_error(t, &e);
    return TDO_E_MEMORY;
}

bool tdo_only_counted(tdo_reading *t)
{
    t->bad = true;
    if (t->report == NULL || t->report->count < TDO_REPORT_SHOWN)
        return false;
    t->report->count++;
    return true;
}

tdo_status tdo_report_text(tdo_reading *t, const tdo_field *f, const tdo_sink *text)
{
    if (text->failed)
        return tdo_report_memory(t);
    tdo_report_cell(t, f, text->text);
    return TDO_OK;
}

/* ---- cells ---- */

/* A cell of a joined file may be used by many rows, and is reported once. */
static bool was_told(tdo_reading *t, size_t column)
{
    tdo_joined_cell *c = column < t->columns ? NULL : tdo_joined_cell_of(t, column);

    if (c == NULL)
        return false;
    bool told = c->told;
    c->told = true;
    return told;
}

/* column "cost": TEXT */
static tdo_sink start_text(tdo_reading *t, size_t column)
{
    tdo_sink text = tdo_sink_memory(t->arena);

    tdo_puts(&text, "column ");
    tdo_put_quoted(&text, tdo_column_name(t, column));
    tdo_puts(&text, ": ");
    return text;
}

static tdo_status report_sink(tdo_reading *t, size_t column, const tdo_sink *text)
{
    if (column < t->columns)
        return tdo_report_text(t, &t->rows.field[column], text);
    if (text->failed)
        return tdo_report_memory(t);
    size_t own = 0;
    const tdo_joined *j = tdo_joined_of(t, column, &own);
    const tdo_joined_cell *c = tdo_joined_cell_of(t, column);
    if (c != NULL)
        report_at(t, j->request.file, c->line, c->column, text->text);
    else
        tdo_report_line(t, t->rows.line, text->text);
    return TDO_OK;
}

tdo_status tdo_report_column(tdo_reading *t, size_t column, const char *what)
{
    if (was_told(t, column) || tdo_only_counted(t))
        return TDO_OK;
    tdo_sink text = start_text(t, column);
    tdo_puts(&text, what);
    return report_sink(t, column, &text);
}

tdo_status tdo_report_number(tdo_reading *t, size_t column, tdo_reading_style style)
{
    const tdo_cell cell = tdo_cell_of(t, column);

    if (was_told(t, column) || tdo_only_counted(t))
        return TDO_OK;
    tdo_sink text = start_text(t, column);
    tdo_cell_explain(&text, cell.s, cell.length, style);
    return report_sink(t, column, &text);
}

/* ---- a few of many ---- */

tdo_status tdo_few_add(tdo_few *f, tdo_arena *a, const char *s, size_t length)
{
    f->count++;
    for (size_t i = 0; i < f->n; i++)
        if (strlen(f->name[i]) == length && memcmp(f->name[i], s, length) == 0)
            return TDO_OK;
    if (f->n == TDO_FEW) {
        f->more = true;
        return TDO_OK;
    }
    f->name[f->n] = tdo_copy(a, s, length);
    if (f->name[f->n] == NULL)
        return TDO_E_MEMORY;
    f->n++;
    return TDO_OK;
}

void tdo_few_put(const tdo_few *f, tdo_sink *o)
{
    for (size_t i = 0; i < f->n; i++) {
        tdo_sink shown = tdo_sink_memory(o->arena);
        tdo_puts(o, i > 0 ? ", " : "");
        for (const char *s = f->name[i]; *s != '\0'; s++) /* the parts of a key, as ids show them */
            if (*s == TDO_KEY_SEPARATOR[0])
                tdo_puts(&shown, " / ");
            else
                tdo_put(&shown, s, 1);
        if (shown.failed)
            o->failed = true;
        else
            tdo_put_quoted(o, shown.text != NULL ? shown.text : "");
    }
    tdo_puts(o, f->more ? " and others" : "");
}
