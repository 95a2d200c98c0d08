/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part as JSON, format "tradeoff-part/1": what read.c takes in, with every double as the shortest
 * digits that read back as it. Its shape is held by output/part.schema.json. */
#include "parts/document.h"
#include "tradeoff/output.h"
#include "json/writer.h"

#include <string.h>

static void put_counts(json_writer *j, const char *key, const size_t *x, size_t n)
{
    json_put_array(j, key, JSON_FLOW);
    for (size_t k = 0; k < n; k++)
        json_put_count(j, NULL, x[k]);
    json_put_end(j);
}

/* The scenario's own text, a line at a time, so that it is read again as it was. */
static tdo_status write_scenario(json_writer *j, const parts_document *d, tdo_arena *a)
{
    const char *s = d->text.s, *end = s + d->text.length;
    json_put_object(j, "scenario", JSON_LINES);
    json_put_text(j, "name", d->scenario);
    json_put_text(j, "sha256", d->sha256);
    if (d->n_set)
        json_put_texts(j, "set", d->set, d->n_set);
    if (d->n_limit)
        json_put_texts(j, "limit", d->limit, d->n_limit);
    if (d->rule)
        json_put_text(j, "rule", d->rule);
    json_put_array(j, "lines", JSON_LINES);
    for (const char *line = s; line;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        const char *copy = tdo_copy(a, line, (size_t)((stop ? stop : end) - line));
        if (!copy)
            return TDO_E_MEMORY;
        json_put_text(j, NULL, copy);
        line = stop ? stop + 1 : NULL;
    }
    json_put_end(j);
    json_put_end(j);
    return TDO_OK;
}

static void write_counts(json_writer *j, const parts_counts *c)
{
    json_put_object(j, "counts", JSON_FLOW);
    json_put_count(j, "candidates", c->candidates);
    json_put_count(j, "measured", c->measured);
    if (c->screened) {
        json_put_count(j, "feasible", c->feasible);
        put_counts(j, "excludes", c->excludes, c->n_limits);
        put_counts(j, "alone", c->alone, c->n_limits);
    }
    json_put_end(j);
}

static void put_numbers(json_writer *j, const char *key, const double *x, size_t n)
{
    json_put_array(j, key, JSON_FLOW);
    for (size_t i = 0; i < n; i++)
        json_put_number(j, NULL, x[i]);
    json_put_end(j);
}

static void put_given(json_writer *j, const char *key, const double *x, size_t n)
{
    if (x)
        put_numbers(j, key, x, n);
}

static void write_words(json_writer *j, const tdo_column *x, size_t n)
{
    json_put_texts(j, "words", x->words, x->n_words);
    json_put_array(j, "missing", JSON_FLOW);
    for (size_t q = 0; q < x->n_words; q++)
        json_put_bool(j, NULL, x->word_missing[q]);
    json_put_end(j);
    json_put_array(j, "word", JSON_FLOW);
    for (size_t i = 0; i < n; i++)
        json_put_count(j, NULL, x->word[i]);
    json_put_end(j);
}

static void write_column(json_writer *j, const parts_head *head, const tdo_column *x, size_t n)
{
    json_put_object(j, NULL, JSON_LINES);
    json_put_text(j, "column", head->column);
    if (x->shared)
        json_put_bool(j, "shared", true);
    if (head->words) {
        write_words(j, x, n);
    } else {
        put_numbers(j, "number", x->number, n);
        put_given(j, "rest", x->rest, n);
        put_given(j, "error", x->error, n);
        put_given(j, "low", x->low, n);
        put_given(j, "high", x->high, n);
    }
    json_put_end(j);
}

static void write_joined(json_writer *j, const tdo_table *t)
{
    json_put_array(j, "joined", JSON_LINES);
    for (size_t k = 0; k < t->n_joined; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "file", t->joined[k].name);
        json_put_text(j, "sha256", t->joined[k].sha256);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_rows(json_writer *j, const char *role, const parts_rows *x)
{
    const tdo_table *t = &x->t;
    json_put_object(j, NULL, JSON_LINES);
    json_put_text(j, "role", role);
    json_put_text(j, "file", t->name);
    json_put_text(j, "sha256", t->sha256);
    json_put_count(j, "rows", t->rows);
    json_put_count(j, "where", t->where_dropped);
    if (t->owner)
        json_put_bool(j, "averaged", true);
    if (t->n_joined)
        write_joined(j, t);
    json_put_array(j, "line", JSON_FLOW);
    for (size_t i = 0; i < t->n; i++)
        json_put_count(j, NULL, t->line[i]);
    json_put_end(j);
    json_put_array(j, "id", JSON_FLOW);
    for (size_t i = 0; i < t->n; i++)
        json_put_text(j, NULL, t->id[t->owner ? t->owner[i] : i]);
    json_put_end(j);
    json_put_array(j, "columns", JSON_LINES);
    for (size_t c = 0; c < x->n_columns; c++)
        write_column(j, &x->head[c], &t->column[c], t->n);
    json_put_end(j);
    json_put_end(j);
}

tdo_status parts_write(const parts_document *d, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    json_writer j = {.o = o};
    if (!a)
        return TDO_E_MEMORY;
    json_put_object(&j, NULL, JSON_LINES);
    json_put_format(&j, "tradeoff-part/1");
    json_put_text(&j, "pass", parts_pass_name[d->pass]);
    json_put_count(&j, "shards", d->shards);
    put_counts(&j, "held", d->held, d->n_held);
    if (d->merged)
        json_put_text(&j, "next", parts_pass_name[d->pass + 1]);
    if (d->after)
        json_put_text(&j, "after", d->after);
    tdo_status status = write_scenario(&j, d, a);
    json_put_warnings(&j, &d->warnings);
    write_counts(&j, &d->counts);
    if (d->id)
        json_put_texts(&j, "ids", d->id, d->n_id);
    json_put_array(&j, "tables", JSON_LINES);
    for (size_t k = 0; k < d->tables.n; k++)
        write_rows(&j,
                   k == 0                    ? "candidates"
                   : k <= d->tables.n_groups ? "groups"
                                             : "items",
                   &d->tables.of[k]);
    json_put_end(&j);
    json_put_end(&j);
    tdo_arena_free(a);
    return status == TDO_OK ? tdo_sink_status(o) : status;
}

tdo_status tdo_write_run_part(const tdo_run_part *part, tdo_sink *o)
{
    return part->is_result ? tdo_write_result(&part->run, false, o)
                           : parts_write(part->document, o);
}
