/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a table: opens it, takes row by row, trims, warns. Start here. */
#include "csv/join.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- warnings about the delimiter ---- */

static tdo_status warn_delimiter(csv_reading *t)
{
    const csv_rows *r = &t->rows;
    const char *file = csv_name(t->request);
    char quoted[8] = "\"\\t\"";
    tdo_status status = TDO_OK;
    if (r->delimiter != '\t')
        (void)snprintf(quoted, sizeof quoted, "\"%c\"", r->delimiter);
    if (r->delimiter_from == CSV_DELIMITER_HEADER)
        status = tdo_warn(t->warnings, t->arena, "W_DELIMITER",
                          "%s: the columns are separated by %s, found from the header; "
                          "\"delimiter\": %s in the scenario settles it",
                          file, quoted, quoted);
    else if (r->sep_line)
        status = tdo_warn(t->warnings, t->arena, "W_DELIMITER",
                          "%s: the first line, \"sep=\", is a hint for spreadsheets and no header; "
                          "the columns are separated by %s",
                          file, quoted);
    return status == TDO_OK ? TDO_OK : csv_report_memory(t);
}

/* ---- the result ---- */

/* Cuts an array to the rows kept; a failure to shrink is harmless. */
static void *trimmed(csv_reading *t, void *array, size_t size)
{
    void *p = !array ? NULL : tdo_grow(t->arena, array, t->room, t->n, size);
    return !p ? array : p;
}

/* The ids of other shards stand behind those of this one. Errors: TDO_E_MEMORY. */
static tdo_status take_elsewhere(csv_reading *t)
{
    const char **all = NULL;
    if (t->n_elsewhere == 0)
        return TDO_OK;
    all = tdo_alloc(t->arena, t->n_ids + t->n_elsewhere, sizeof *all);
    if (!all)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < t->n_ids; i++)
        all[i] = t->id[i];
    for (size_t i = 0; i < t->n_elsewhere; i++)
        all[t->n_ids + i] = t->elsewhere[i];
    t->id = all;
    return TDO_OK;
}

#define BESIDE(array) trimmed(t, t->beside[k].array, sizeof *t->beside[k].array)

static tdo_status finish(csv_reading *t, tdo_table *out)
{
    const tdo_table_request *q = t->request;
    tdo_column *column = tdo_alloc(t->arena, q->n_wanted, sizeof *column);
    tdo_joined_file *joined = tdo_alloc(t->arena, t->n_join, sizeof *joined);
    if (!column || !joined || take_elsewhere(t) != TDO_OK)
        return csv_report_memory(t);
    for (size_t k = 0; k < q->n_wanted; k++) {
        const csv_words *w = &t->words[k];
        size_t own = 0;
        const csv_joined *from = csv_joined_of(t, t->wanted_at[k], &own);
        column[k] = (tdo_column){.number = trimmed(t, t->number[k], sizeof *t->number[k]),
                                 .word = trimmed(t, t->word[k], sizeof *t->word[k]),
                                 .rest = t->beside[k].any_rest ? BESIDE(rest) : NULL,
                                 .error = BESIDE(error),
                                 .low = BESIDE(low),
                                 .high = BESIDE(high),
                                 .at = BESIDE(at),
                                 .at_line = BESIDE(at_line),
                                 .at_file = from ? from->request.file : NULL,
                                 .shared = from && from->shared,
                                 .words = w->word,
                                 .word_missing = w->missing,
                                 .n_words = w->n};
    }
    for (size_t k = 0; k < t->n_join; k++) {
        joined[k].file = t->join[k].request.file;
        joined[k].name = csv_name(&t->join[k].request);
        source_hash(&t->join[k].from.rows.lines.source, joined[k].sha256);
    }
    *out = (tdo_table){.file = q->file,
                       .name = csv_name(q),
                       .n = t->n,
                       .rows = t->read,
                       .where_dropped = t->read - t->n - t->others,
                       .id = q->known         ? q->known
                             : t->n_elsewhere ? t->id
                                              : trimmed(t, t->id, sizeof *t->id),
                       .n_elsewhere = t->n_elsewhere,
                       .n_ids = q->known ? q->n_known : t->n_ids,
                       .owner = trimmed(t, t->owner, sizeof *t->owner),
                       .line = trimmed(t, t->line, sizeof *t->line),
                       .column = column,
                       .passed_over = t->passed_id,
                       .n_passed_over = t->n_passed,
                       .joined = joined,
                       .n_joined = t->n_join};
    source_hash(&t->rows.lines.source, out->sha256);
    return TDO_OK;
}

static tdo_status check_rows(csv_reading *t)
{
    const tdo_table_request *q = t->request;
    if (t->read == 0 && t->rows.empty_rows > 0)
        csv_report_line(t, t->rows.empty_line, "every row below the header is empty");
    else if (t->read == 0)
        csv_report_place(t, &(tdo_place){0}, "the file has a header, but no rows");
    else if (t->n + t->others == 0 && q->n_where > 0)
        csv_report_place(t, &q->where[0].place, "no row meets the conditions of \"where\"");
    return t->bad ? TDO_E_INPUT : TDO_OK;
}

/* The header, and all that is to be known before the first row. */
static tdo_status start(csv_reading *t, tdo_error *err)
{
    bool more = false;
    tdo_status status = csv_rows_next(&t->rows, &more, err);
    if (status == TDO_OK)
        status = csv_read_names(t);
    const bool bad_names = status != TDO_OK;
    if (status == TDO_OK)
        status = csv_joins_open(t, &t->rows.limits);
    if (status == TDO_OK)
        status = csv_bind_columns(t);
    if (status == TDO_E_INPUT && err->status == TDO_OK && csv_doubt_header(t, bad_names) != TDO_OK)
        status = TDO_E_MEMORY;
    if (status == TDO_OK)
        status = warn_delimiter(t);
    for (size_t k = 0; k < t->n_join && status == TDO_OK; k++)
        status = warn_delimiter(&t->join[k].from);
    if (status == TDO_OK)
        status = csv_joins_read(t);
    return status == TDO_OK ? csv_ids_start(t) : status;
}

static tdo_status read_all(csv_reading *t, tdo_error *err)
{
    bool more = true;
    tdo_status status = TDO_OK;
    t->rows.columns = t->columns;
    t->rows.keep = t->keep;
    while (status == TDO_OK) {
        status = csv_rows_next(&t->rows, &more, err);
        if (status != TDO_OK || !more)
            break;
        status = csv_read_row(t);
    }
    const tdo_status settled = csv_settle_ids(t);
    return status != TDO_OK ? status : settled != TDO_OK ? settled : t->late;
}

static void end(csv_reading *t)
{
    csv_joins_close(t);
    for (size_t k = 0; t->words && k < t->request->n_wanted; k++)
        index_free(&t->words[k].index);
    index_free(&t->names);
    index_free(&t->ids);
    index_free(&t->passed);
    index_free(&t->keys);
    free(t->id_text.s);
    free(t->key_text.s);
}

static tdo_status warn_empty_rows(csv_reading *t)
{
    size_t n = t->rows.empty_rows;
    if (n > 0 &&
        tdo_warn(t->warnings, t->arena, "W_EMPTY_ROWS",
                 "%s: %zu row%s in which every cell is empty %s passed over", csv_name(t->request),
                 n, n == 1 ? "" : "s", n == 1 ? "is" : "are") != TDO_OK)
        return csv_report_memory(t);
    return TDO_OK;
}

tdo_status csv_table_read_within(const tdo_table_request *request, const csv_limits *limits,
                                 tdo_arena *a, tdo_table *out, tdo_warnings *warnings,
                                 tdo_report *report)
{
    csv_reading t = {.request = request, .arena = a, .warnings = warnings, .report = report};
    tdo_error err = {0};
    tdo_status status = csv_rows_open(&t.rows, request, limits, &err);
    if (status != TDO_OK)
        goto out;
    status = start(&t, &err);
    if (status == TDO_OK)
        status = read_all(&t, &err);
    if (status == TDO_OK)
        status = csv_joins_warn(&t);
    if (status == TDO_OK)
        status = csv_ids_warn(&t);
    if (status == TDO_OK)
        status = csv_percents_warn(&t);
    if (status == TDO_OK)
        status = csv_parted_warn(&t);
    if (status == TDO_OK)
        status = warn_empty_rows(&t);
    if (status == TDO_OK)
        status = csv_report_worded(&t);
    csv_report_alike(&t);
    if (status == TDO_OK)
        status = check_rows(&t);
    if (status == TDO_OK)
        status = finish(&t, out);
    csv_rows_close(&t.rows);
out:
    if (err.status != TDO_OK)
        csv_report_error(&t, &err);
    end(&t);
    return status;
}

tdo_status tdo_table_read(const tdo_table_request *request, tdo_arena *a, tdo_table *out,
                          tdo_warnings *warnings, tdo_report *report_to)
{
    return csv_table_read_within(request, &csv_stated_limits, a, out, warnings, report_to);
}
