/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens, reads and looks up the files that are joined to a table. */
#include "csv/join.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* ---- which one ---- */

/* ---- headers ---- */

static tdo_status open_one(csv_reading *t, const tdo_join *is, const csv_limits *limits)
{
    csv_joined *j = &t->join[t->n_join];
    const size_t before = t->n_join;
    tdo_error err = {0};
    bool more = false;
    *j = (csv_joined){.join = is, .match = INDEX_ABSENT};
    j->request = (tdo_table_request){.file = is->path,
                                     .name = is->file,
                                     .path = is->path,
                                     .place = is->place,
                                     .delimiter = is->delimiter};
    j->from = (csv_reading){
        .request = &j->request, .arena = t->arena, .warnings = t->warnings, .report = t->report};
    j->first = before == 0 ? t->columns : j[-1].first + j[-1].from.columns;
    tdo_status status = csv_rows_open(&j->from.rows, &j->request, limits, &err);
    if (status == TDO_OK) {
        t->n_join++; /* from here on it is to be closed */
        status = csv_rows_next(&j->from.rows, &more, &err);
    }
    if (err.status != TDO_OK)
        csv_report_error(&j->from, &err);
    if (status == TDO_OK)
        status = csv_read_names(&j->from);
    if (status != TDO_OK)
        return status;
    j->left_at = tdo_alloc(t->arena, is->n_on, sizeof *j->left_at);
    j->right_at = tdo_alloc(t->arena, is->n_on, sizeof *j->right_at);
    j->slot = tdo_alloc(t->arena, j->from.columns, sizeof *j->slot);
    if (!j->left_at || !j->right_at || !j->slot)
        return csv_report_memory(t);
    return TDO_OK;
}

tdo_status csv_joins_open(csv_reading *t, const csv_limits *limits)
{
    const tdo_table_request *q = t->request;
    tdo_status status = TDO_OK;
    t->join = tdo_alloc(t->arena, q->n_join, sizeof *t->join);
    if (!t->join)
        return csv_report_memory(t);
    for (size_t k = 0; k < q->n_join && status == TDO_OK; k++)
        status = open_one(t, &q->join[k], limits);
    return status;
}

void csv_joins_close(csv_reading *t)
{
    for (size_t k = 0; k < t->n_join; k++) {
        csv_joined *j = &t->join[k];
        csv_rows_close(&j->from.rows);
        index_free(&j->from.names);
        index_free(&j->keys);
        free(j->key_text.s);
        free(j->from.key_text.s);
    }
    t->n_join = 0;
}

/* ---- rows ---- */

static tdo_status make_room(csv_reading *t, csv_joined *j)
{
    bool good = true;
    j->key = array_more_of(t->arena, j->key, j->n, sizeof *j->key, &good);
    j->line = array_more_of(t->arena, j->line, j->n, sizeof *j->line, &good);
    j->again = array_more_of(t->arena, j->again, j->n, sizeof *j->again, &good);
    j->matched = array_more_of(t->arena, j->matched, j->n, sizeof *j->matched, &good);
    j->cell = array_more_of(t->arena, j->cell, j->n, j->n_slots * sizeof *j->cell, &good);
    return good ? TDO_OK : csv_report_memory(t);
}

static tdo_status keep_cells(csv_reading *t, csv_joined *j)
{
    const csv_rows *r = &j->from.rows;
    for (size_t c = 0; c < j->from.columns; c++) {
        if (j->slot[c] == 0)
            continue;
        const csv_field *f = &r->field[c];
        csv_joined_cell *cell = &j->cell[j->n * j->n_slots + j->slot[c] - 1];
        *cell = (csv_joined_cell){.s = tdo_copy(t->arena, r->base + f->start, f->length),
                                  .length = f->length,
                                  .line = f->line,
                                  .column = csv_rows_column(r, f)};
        if (!cell->s)
            return csv_report_memory(t);
    }
    return TDO_OK;
}

/* A row without a key matches nothing; of several with the same key the first is kept. */
static tdo_status keep_row(csv_reading *t, csv_joined *j)
{
    csv_key_text key;
    uint32_t found = INDEX_ABSENT;
    tdo_status status = csv_check_nameless(&j->from);
    if (status == TDO_OK)
        status = csv_make_key(&j->from,
                              (csv_key_parts){j->right_at, j->join->n_on, CSV_KEY_SEPARATOR, "key"},
                              &j->from.key_text, &key);
    if (status != TDO_OK || !key.good || key.blank)
        return status;
    if (index_add(&j->keys, j->key, index_key_of(key.s, key.length), (uint32_t)j->n, &found) !=
        TDO_OK)
        return csv_report_memory(t);
    if (found != INDEX_ABSENT) {
        if (j->again[found] == 0)
            j->again[found] = j->from.rows.line;
        return TDO_OK;
    }
    status = make_room(t, j);
    if (status != TDO_OK)
        return status;
    j->key[j->n] = tdo_copy(t->arena, key.s, key.length);
    j->line[j->n] = j->from.rows.line;
    if (!j->key[j->n])
        return csv_report_memory(t);
    status = keep_cells(t, j);
    j->n += status == TDO_OK;
    return status;
}

static tdo_status read_one(csv_reading *t, csv_joined *j)
{
    csv_rows *r = &j->from.rows;
    tdo_error err = {0};
    bool more = true;
    tdo_status status = TDO_OK;
    r->columns = j->from.columns;
    r->keep = j->from.keep;
    while (status == TDO_OK) {
        status = csv_rows_next(r, &more, &err);
        if (status != TDO_OK || !more)
            break;
        if (j->from.read++ == r->limits.rows)
            status = tdo_fail_at(&err, TDO_E_INPUT, j->request.file, r->line, 0,
                                 "more than %zu rows", r->limits.rows);
        else
            status = keep_row(t, j);
    }
    if (err.status != TDO_OK)
        csv_report_error(&j->from, &err);
    t->bad = t->bad || j->from.bad;
    return status;
}

tdo_status csv_joins_read(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->n_join && status == TDO_OK; k++)
        status = read_one(t, &t->join[k]);
    return status;
}

/* ---- matches ---- */

tdo_status csv_joins_match(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->n_join && status == TDO_OK; k++) {
        csv_joined *j = &t->join[k];
        const csv_key_parts of = {j->left_at, j->join->n_on, CSV_KEY_SEPARATOR, "key"};
        csv_key_text *key = &j->now_key;
        j->match = INDEX_ABSENT;
        status = csv_make_key(t, of, &j->key_text, key);
        if (status == TDO_OK && key->good && !key->blank)
            j->match = index_find(&j->keys, j->key, key->s, key->length);
        if (j->match != INDEX_ABSENT) {
            j->shared |= j->matched[j->match];
            j->matched[j->match] = true;
        }
    }
    return status;
}

static tdo_status report_two(csv_reading *t, csv_joined *j)
{
    const unsigned again = j->again[j->match];
    csv_few key = {.n = 0};
    j->again[j->match] = 0; /* once is enough */
    if (csv_only_counted(t))
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    if (csv_few_add(&key, t->arena, j->now_key.s, j->now_key.length) != TDO_OK)
        return csv_report_memory(t);
    tdo_puts(&text, "the key ");
    csv_few_put(&key, &text);
    tdo_putf(&text, " is already on line %u, and line %u of %s matches both", j->line[j->match],
             t->rows.line, t->request->file);
    if (text.failed)
        return csv_report_memory(t);
    csv_report_line(&j->from, again, text.text);
    return TDO_OK;
}

tdo_status csv_joins_count(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->n_join && status == TDO_OK; k++) {
        csv_joined *j = &t->join[k];
        const csv_key_text *key = &j->now_key;
        j->asked++;
        if (j->match == INDEX_ABSENT && key->blank)
            j->unmatched.count++; /* and there is nothing to name */
        else if (j->match == INDEX_ABSENT)
            status = csv_few_add(&j->unmatched, t->arena, key->s, key->length);
        else if (j->again[j->match] != 0)
            status = report_two(t, j);
    }
    return status == TDO_E_MEMORY ? csv_report_memory(t) : status;
}

/* ---- what found no match ---- */

/* "model" or "model" = "name" */
static void put_on(tdo_sink *o, const tdo_join *is)
{
    for (size_t k = 0; k < is->n_on; k++) {
        tdo_puts(o, k == 0 ? "" : k + 1 < is->n_on ? ", " : " and ");
        tdo_put_quoted(o, is->left[k]);
        if (strcmp(is->left[k], is->right[k]) != 0) {
            tdo_puts(o, " = ");
            tdo_put_quoted(o, is->right[k]);
        }
    }
}

static tdo_status collect_unused(const csv_joined *j, tdo_arena *a, csv_few *out)
{
    for (size_t i = 0; i < j->n; i++)
        if (!j->matched[i] && csv_few_add(out, a, j->key[i], strlen(j->key[i])) != TDO_OK)
            return TDO_E_MEMORY;
    return TDO_OK;
}

static tdo_status refuse_no_match(csv_reading *t, const csv_joined *j, const csv_few *unused)
{
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_putf(&text, "no row of %s has a match in %s on ", t->request->file, j->request.file);
    put_on(&text, j->join);
    if (j->unmatched.n > 0 && unused->n > 0) {
        csv_few here = {.name = {j->unmatched.name[0]}, .n = 1};
        csv_few there = {.name = {unused->name[0]}, .n = 1};
        tdo_puts(&text, " (such as ");
        csv_few_put(&here, &text);
        tdo_puts(&text, " in the one and ");
        csv_few_put(&there, &text);
        tdo_puts(&text, " in the other)");
    }
    if (text.failed)
        return csv_report_memory(t);
    csv_report_place(t, &j->join->place, text.text);
    return TDO_OK;
}

static const char *few_text(const csv_few *f, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    tdo_puts(&o, f->n > 0 ? " (" : "");
    csv_few_put(f, &o);
    tdo_puts(&o, f->n > 0 ? ")" : "");
    return o.failed ? NULL : o.text ? o.text : "";
}

static tdo_status warn_one(csv_reading *t, const csv_joined *j)
{
    csv_few unused = {.n = 0};
    tdo_sink on = tdo_sink_memory(t->arena);
    tdo_status status = collect_unused(j, t->arena, &unused);
    size_t used = 0;
    put_on(&on, j->join);
    for (size_t i = 0; i < j->n; i++)
        used += j->matched[i];
    if (status == TDO_OK && j->asked > 0 && j->unmatched.count == j->asked)
        return refuse_no_match(t, j, &unused);
    const char *left = few_text(&j->unmatched, t->arena), *right = few_text(&unused, t->arena);
    if (status != TDO_OK || on.failed || !left || !right)
        return TDO_E_MEMORY;
    if (j->unmatched.count > 0)
        status = tdo_warn(t->warnings, t->arena, "W_JOIN_UNMATCHED",
                          "%s: %zu of %zu rows have no match in %s on %s%s: what they would get "
                          "from there is not measured",
                          csv_name(t->request), j->unmatched.count, j->asked, csv_name(&j->request),
                          on.text, left);
    if (status == TDO_OK && used < j->from.read)
        status = tdo_warn(t->warnings, t->arena, "W_JOIN_UNUSED",
                          "%s: %zu of %zu rows have no match in %s on %s%s and are not used",
                          csv_name(&j->request), j->from.read - used, j->from.read,
                          csv_name(t->request), on.text, right);
    return status;
}

tdo_status csv_joins_warn(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->n_join && status == TDO_OK; k++)
        status = warn_one(t, &t->join[k]);
    return status == TDO_E_MEMORY ? csv_report_memory(t) : status;
}
