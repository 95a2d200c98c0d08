/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong, and where: in a cell, in a line, in the scenario. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "csv/cell.h"
#include "csv/join.h"

_Static_assert((int)TDO_ERROR_PATH == (int)TDO_ERROR_FILE, "a path is cut as a file name is");

const char *csv_name(const tdo_table_request *q)
{
    return q->name ? q->name : q->file;
}

/* Before anything is said of later rows. */
static void settle(csv_reading *t)
{
    if (t->n_waiting > 0 && t->settle(t) != TDO_OK)
        t->late = TDO_E_MEMORY;
}

void csv_report_error(csv_reading *t, const tdo_error *e)
{
    settle(t);
    t->bad = true;
    tdo_report_add(t->report, e);
}

static void report_at(csv_reading *t, const char *file, unsigned line, unsigned column,
                      const char *text)
{
    tdo_error e = {0};
    (void)tdo_fail_at(&e, TDO_E_INPUT, file, line, column, "%s", text);
    csv_report_error(t, &e);
}

void csv_report_cell(csv_reading *t, const csv_field *f, const char *text)
{
    report_at(t, t->request->file, f->line, csv_rows_column(&t->rows, f), text);
}

void csv_report_at(csv_reading *t, unsigned line, unsigned column, const char *text)
{
    report_at(t, t->request->file, line, column, text);
}

void csv_report_line(csv_reading *t, unsigned line, const char *text)
{
    report_at(t, t->request->file, line, 0, text);
}

void csv_report_place(csv_reading *t, const tdo_place *place, const char *text)
{
    tdo_error e = {0}, path = {0};
    if (!place->file) {
        (void)tdo_fail_at(&e, TDO_E_INPUT, t->request->file, t->rows.line, 0, "%s", text);
    } else {
        (void)tdo_fail_at(&e, TDO_E_INPUT, place->file, place->line, place->column, "%s", text);
        (void)tdo_fail_at(&path, TDO_E_INPUT, place->path, 0, 0, " "); /* cut as a file name is */
        memcpy(e.path, path.file, sizeof e.path);
    }
    csv_report_error(t, &e);
}

tdo_status csv_report_memory(csv_reading *t)
{
    tdo_error e = {0};
    (void)tdo_fail_at(&e, TDO_E_MEMORY, t->request->file, 0, 0, "out of memory");
    csv_report_error(t, &e);
    return TDO_E_MEMORY;
}

bool csv_only_counted(csv_reading *t)
{
    settle(t);
    t->bad = true;
    if (!t->report || t->report->count < TDO_REPORT_SHOWN)
        return false;
    t->report->count++;
    return true;
}

tdo_status csv_report_text(csv_reading *t, const csv_field *f, const tdo_sink *text)
{
    if (text->failed)
        return csv_report_memory(t);
    csv_report_cell(t, f, text->text);
    return TDO_OK;
}

/* ---- cells ---- */

/* A cell of a joined file may be used by many rows, and is reported once. */
static bool was_told(csv_reading *t, size_t column)
{
    csv_joined_cell *c = column < t->columns ? NULL : csv_joined_cell_of(t, column);
    if (!c)
        return false;
    bool told = c->told;
    c->told = true;
    return told;
}

/* column "cost": TEXT */
static tdo_sink start_text(csv_reading *t, size_t column)
{
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "column ");
    tdo_put_quoted(&text, csv_column_name(t, column));
    tdo_puts(&text, ": ");
    return text;
}

static tdo_status report_sink(csv_reading *t, size_t column, const tdo_sink *text)
{
    if (column < t->columns)
        return csv_report_text(t, &t->rows.field[column], text);
    if (text->failed)
        return csv_report_memory(t);
    size_t own = 0;
    const csv_joined *j = csv_joined_of(t, column, &own);
    const csv_joined_cell *c = csv_joined_cell_of(t, column);
    if (c)
        report_at(t, j->request.file, c->line, c->column, text->text);
    else
        csv_report_line(t, t->rows.line, text->text);
    return TDO_OK;
}

tdo_status csv_report_column(csv_reading *t, size_t column, const char *what)
{
    if (was_told(t, column) || csv_only_counted(t))
        return TDO_OK;
    tdo_sink text = start_text(t, column);
    tdo_puts(&text, what);
    return report_sink(t, column, &text);
}

static tdo_status count_word(csv_reading *t, size_t column, csv_cell cell)
{
    csv_refused *w = &t->refused[column];
    if (w->words++ > 0)
        return TDO_OK;
    w->line = t->rows.field[column].line;
    w->first = tdo_copy(t->arena, cell.s, cell.length);
    return w->first ? TDO_OK : csv_report_memory(t);
}

/* What is said behind the cell, which stands in quotes. */
static const char *behind_cell(const char *text)
{
    const char *s = text + (*text == '"');
    while (*s && *s != '"')
        s += s[0] == '\\' && s[1] ? 2 : 1;
    return s;
}

/* Is a cell of the column refused for this reason already? Then it is counted there. */
static tdo_status count_alike(csv_reading *t, size_t column, csv_cell cell,
                              const tdo_reading_style *style, bool *alike)
{
    csv_refused *w = &t->refused[column];
    t->why.arena = t->arena;
    t->why.length = 0;
    csv_cell_explain(&t->why, cell.s, cell.length, style);
    if (t->why.failed)
        return csv_report_memory(t);
    const char *why = behind_cell(t->why.text);
    *alike = false;
    for (size_t k = 0; k < w->reasons && !*alike; k++)
        if (strcmp(w->alike[k].why, why) == 0) {
            w->alike[k].more++;
            *alike = true;
        }
    t->bad = t->bad || *alike;
    if (*alike)
        return TDO_OK;
    w->reported++;
    if (w->reasons == CSV_REASONS)
        return TDO_OK;
    csv_alike *is = &w->alike[w->reasons];
    const csv_field *f = &t->rows.field[column];
    *is =
        (csv_alike){tdo_copy(t->arena, why, strlen(why)), f->line, csv_rows_column(&t->rows, f), 0};
    w->reasons += is->why != NULL;
    return is->why ? TDO_OK : csv_report_memory(t);
}

/* Is the row in hand the header once more? */
static bool is_header(const csv_reading *t)
{
    for (size_t k = 0; k < t->columns; k++) {
        const csv_cell c = csv_cell_of(t, k);
        const char *name = csv_column_name(t, k);
        if (strlen(name) != c.length || memcmp(name, c.s, c.length) != 0)
            return false;
    }
    return true;
}

/* One error for all cells of such a row. */
static void report_header(csv_reading *t)
{
    if (t->header_again == t->rows.line)
        return;
    t->header_again = t->rows.line;
    if (!csv_only_counted(t))
        csv_report_line(
            t, t->rows.line,
            "the header once more, as where files were put together: leave the line out");
}

tdo_status csv_report_number(csv_reading *t, size_t column, const tdo_reading_style *style)
{
    if (column < t->columns && is_header(t)) {
        report_header(t);
        return TDO_OK;
    }
    const csv_cell cell = csv_cell_of(t, column);
    bool alike = false;
    if (column < t->columns && isalpha((unsigned char)cell.s[0]) &&
        count_word(t, column, cell) != TDO_OK)
        return TDO_E_MEMORY;
    if (column < t->columns && count_alike(t, column, cell, style, &alike) != TDO_OK)
        return TDO_E_MEMORY;
    if (alike || was_told(t, column) || csv_only_counted(t))
        return TDO_OK;
    tdo_sink text = start_text(t, column);
    csv_cell_explain(&text, cell.s, cell.length, style);
    return report_sink(t, column, &text);
}

/* Takes the errors about the cells of a column out of the report; false: not all are in words. */
static bool take_back(csv_reading *t, const char *about, size_t n)
{
    tdo_report *r = t->report;
    size_t kept = 0, shown = r->count < TDO_REPORT_SHOWN ? r->count : TDO_REPORT_SHOWN;
    for (size_t k = 0; k < shown; k++)
        kept += strncmp(r->item[k].text, about, strlen(about)) != 0;
    if (r->count - n != kept)
        return false;
    kept = 0;
    for (size_t k = 0; k < shown; k++)
        if (strncmp(r->item[k].text, about, strlen(about)) != 0)
            r->item[kept++] = r->item[k];
    r->count = kept;
    return true;
}

tdo_status csv_report_worded(csv_reading *t)
{
    for (size_t k = 0; t->report && k < t->request->n_wanted; k++) {
        const size_t column = t->wanted_at[k];
        csv_refused *w = column < t->columns ? &t->refused[column] : NULL;
        if (!w || w->words < 2 || w->words != t->n || !t->request->wanted[k].place.file)
            continue;
        tdo_sink about = start_text(t, column), text = tdo_sink_memory(t->arena);
        tdo_puts(&text, "column ");
        tdo_put_quoted(&text, csv_column_name(t, column));
        tdo_puts(&text, " holds words (");
        tdo_put_quoted(&text, w->first);
        tdo_putf(&text,
                 " on line %u, and %zu more), where numbers are read: choose a column of "
                 "numbers; a criterion may list words as \"levels\", worst first",
                 w->line, w->words - 1);
        if (about.failed || text.failed)
            return csv_report_memory(t);
        if (take_back(t, about.text, w->reported))
            csv_report_place(t, &t->request->wanted[k].place, text.text);
        w->words = 0;
    }
    return TDO_OK;
}

/* Adds to an error in words how many cells are like it. */
static void add_alike(csv_reading *t, const csv_alike *of)
{
    tdo_report *r = t->report;
    for (size_t k = 0; k < r->count && k < TDO_REPORT_SHOWN; k++) {
        tdo_error *e = &r->item[k];
        const size_t n = strlen(e->text);
        if (e->line == of->line && e->column == of->column &&
            strcmp(e->file, t->request->file) == 0) {
            (void)snprintf(e->text + n, sizeof e->text - n, " (and %zu more %s of this column)",
                           of->more, of->more == 1 ? "cell" : "cells");
            return;
        }
    }
}

void csv_report_alike(csv_reading *t)
{
    for (size_t c = 0; t->report && t->refused && c < t->columns; c++)
        for (size_t k = 0; k < t->refused[c].reasons; k++)
            if (t->refused[c].alike[k].more)
                add_alike(t, &t->refused[c].alike[k]);
}

/* ---- a few of many ---- */

static int compare_name(const char *s, size_t length, const char *name)
{
    const int order = strncmp(s, name, length);
    return order ? order : name[length] ? -1 : 0;
}

tdo_status csv_few_add(csv_few *f, tdo_arena *a, const char *s, size_t length)
{
    f->count++;
    size_t at = 0;
    int order = 1;
    while (at < f->n && (order = compare_name(s, length, f->name[at])) > 0)
        at++;
    if (at < f->n && order == 0)
        return TDO_OK;
    f->more = f->more || f->n == CSV_FEW;
    if (at == CSV_FEW)
        return TDO_OK;
    char *last = f->n == CSV_FEW ? f->name[CSV_FEW - 1] : NULL; /* its room, where it suffices */
    char *mine = last && strlen(last) >= length ? last : tdo_copy(a, s, length);
    if (!mine)
        return TDO_E_MEMORY;
    memmove(mine, s, length);
    mine[length] = '\0';
    f->n += f->n < CSV_FEW;
    memmove(f->name + at + 1, f->name + at, (f->n - at - 1) * sizeof *f->name);
    f->name[at] = mine;
    return TDO_OK;
}

void csv_few_put(const csv_few *f, tdo_sink *o)
{
    for (size_t i = 0; i < f->n; i++) {
        tdo_sink shown = tdo_sink_memory(o->arena);
        tdo_puts(o, i > 0 ? ", " : "");
        for (const char *s = f->name[i]; *s != '\0'; s++) /* the parts of a key, as ids show them */
            if (*s == CSV_KEY_SEPARATOR[0])
                tdo_puts(&shown, " / ");
            else
                tdo_put(&shown, s, 1);
        if (shown.failed)
            o->failed = true;
        else
            tdo_put_quoted(o, shown.text ? shown.text : "");
    }
    tdo_puts(o, f->more ? " and others" : "");
}
