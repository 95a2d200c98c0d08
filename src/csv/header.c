/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header: names to columns. */
#include <string.h>

#include "base/list.h"
#include "base/plain.h"
#include "csv/join.h"

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

static tdo_status take_name(csv_reading *t, size_t i)
{
    const csv_field *f = &t->rows.field[i];
    uint32_t found = INDEX_ABSENT;
    const char *name = tdo_copy(t->arena, t->rows.base + f->start, f->length);
    t->name[i] = name;
    if (!name)
        return csv_report_memory(t);
    const char *fault = name_fault(name);
    if (fault) {
        csv_report_cell(t, f, fault);
        return TDO_OK;
    }
    if (plain_is_blank(name, strlen(name))) {
        t->nameless[t->n_nameless++] = i;
        t->keep[i] = true;
        return TDO_OK;
    }
    if (index_add(&t->names, t->name, index_key_of(name, f->length), (uint32_t)i, &found) != TDO_OK)
        return csv_report_memory(t);
    if (found == INDEX_ABSENT)
        return TDO_OK;
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "two columns are named ");
    tdo_put_quoted(&text, name);
    tdo_putf(&text, " (columns %zu and %zu)", (size_t)found + 1, i + 1);
    if (text.failed)
        return csv_report_memory(t);
    csv_report_cell(t, f, text.text);
    return TDO_OK;
}

tdo_status csv_read_names(csv_reading *t)
{
    tdo_status status = TDO_OK;
    size_t n = t->rows.fields;
    t->columns = n;
    t->name = tdo_alloc(t->arena, n, sizeof *t->name);
    t->keep = tdo_alloc(t->arena, n, sizeof *t->keep);
    t->nameless = tdo_alloc(t->arena, n, sizeof *t->nameless);
    if (!t->name || !t->keep || !t->nameless)
        return csv_report_memory(t);
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status = take_name(t, i);
    if (status == TDO_OK && !t->bad && t->n_nameless == n)
        csv_report_place(t, &(tdo_place){0}, "the header names no column");
    return status == TDO_OK && t->bad ? TDO_E_INPUT : status;
}

static bool is_asked_for(const csv_reading *t, const char *s, size_t length)
{
    const tdo_table_request *q = t->request;
    bool yes = false;
    for (size_t k = 0; k < q->n_id_columns && !yes; k++)
        yes = strlen(q->id_columns[k]) == length && memcmp(q->id_columns[k], s, length) == 0;
    for (size_t k = 0; k < q->n_wanted && !yes; k++)
        yes = strlen(q->wanted[k].column) == length && memcmp(q->wanted[k].column, s, length) == 0;
    return yes;
}

/* The header does not do: does the next row look like one? */
tdo_status csv_doubt_header(csv_reading *t, bool bad_names)
{
    size_t words = 0, asked = 0, numbers = 0;
    double x = 0;
    bool first_blank = false;
    tdo_error err = {0};
    bool more = false;
    t->rows.columns = 0;
    t->rows.keep = NULL;
    if (csv_rows_next(&t->rows, &more, &err) != TDO_OK || !more)
        return err.status == TDO_E_MEMORY ? csv_report_memory(t) : TDO_OK;
    for (size_t i = 0; i < t->rows.fields; i++) {
        const csv_field *f = &t->rows.field[i];
        const char *s = t->rows.base + f->start;
        numbers += tdo_number_read(s, f->length, &x) != TDO_NUMBER_SYNTAX;
        words += !plain_is_blank(s, f->length);
        first_blank = first_blank || (i == 0 && plain_is_blank(s, f->length));
        asked += is_asked_for(t, s, f->length);
    }
    const bool below = t->rows.fields == t->columns && (bad_names || first_blank);
    if (numbers > 0 || words < 2 || (asked == 0 && !below))
        return TDO_OK;
    csv_report_line(t, t->rows.line,
                    asked > 0 ? "is this the header, and what stands above it a title, a comment "
                                "or a part of the header? There must be one row of names, the "
                                "first"
                              : "the header seems to span several rows, down to this one: join "
                                "them into one");
    return TDO_OK;
}

/* ---- columns that are ---- */

static uint32_t find_in(const csv_reading *t, const char *column)
{
    return index_find(&t->names, t->name, column, strlen(column));
}

static bool is_key(const csv_joined *j, const char *column)
{
    for (size_t k = 0; k < j->join->n_on; k++)
        if (strcmp(j->join->right[k], column) == 0)
            return true;
    return false;
}

static void use_joined(csv_joined *j, size_t own)
{
    j->from.keep[own] = true;
    if (j->slot[own] == 0)
        j->slot[own] = ++j->n_slots;
}

static tdo_status report_both(csv_reading *t, const char *column, const char *a, const char *b,
                              const tdo_place *place)
{
    tdo_sink text = tdo_sink_memory(t->arena);
    tdo_puts(&text, "column ");
    tdo_put_quoted(&text, column);
    tdo_putf(&text, " is in %s and in %s: one of the two needs another name", a, b);
    if (text.failed)
        return csv_report_memory(t);
    csv_report_place(t, place, text.text);
    return TDO_OK;
}

/* Finds a column, marks it as kept; reports it where it is in no file of the scope, or in two. The
 * key of a joined file says what the table's own says, and stands back. */
static tdo_status bind(csv_reading *t, const char *column, csv_scope in, const tdo_place *place,
                       size_t *at)
{
    uint32_t found = in.own ? find_in(t, column) : INDEX_ABSENT, key = INDEX_ABSENT;
    const char *file = found != INDEX_ABSENT ? t->request->file : NULL;
    csv_joined *holder = NULL;
    for (size_t k = in.first; k < in.last; k++) {
        csv_joined *j = &t->join[k];
        uint32_t own = find_in(&j->from, column);
        if (own == INDEX_ABSENT || (in.own && file && is_key(j, column)))
            continue;
        if (file && (!holder || !is_key(holder, column)))
            return report_both(t, column, file, j->request.file, place);
        file = j->request.file;
        holder = j;
        key = own;
    }
    if (!file)
        return csv_report_absent(t, column, in, place);
    if (holder) {
        use_joined(holder, key);
        *at = holder->first + key;
    } else {
        t->keep[found] = true;
        *at = found;
    }
    return TDO_OK;
}

/* The keys on both sides. */
static tdo_status bind_join(csv_reading *t, size_t k)
{
    csv_joined *j = &t->join[k];
    const tdo_join *is = j->join;
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < is->n_on && status == TDO_OK; i++) {
        uint32_t right = find_in(&j->from, is->right[i]);
        status = bind(t, is->left[i], (csv_scope){true, 0, k}, &is->on_place[i], &j->left_at[i]);
        if (status == TDO_OK && right == INDEX_ABSENT) {
            status =
                csv_report_absent(t, is->right[i], (csv_scope){false, k, k + 1}, &is->on_place[i]);
        } else if (status == TDO_OK) {
            j->from.keep[right] = true;
            j->right_at[i] = right;
        }
    }
    return status;
}

static tdo_status bind_wanted(csv_reading *t, csv_scope all)
{
    const tdo_table_request *q = t->request;
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < q->n_wanted && status == TDO_OK; k++) {
        size_t j = 0; /* the same column, wanted before, was bound or reported before */
        while (j < k && strcmp(q->wanted[j].column, q->wanted[k].column) != 0)
            j++;
        if (j < k)
            t->wanted_at[k] = t->wanted_at[j];
        else
            status = bind(t, q->wanted[k].column, all, &q->wanted[k].place, &t->wanted_at[k]);
        t->parted[k].bare = csv_style_is_bare(&q->wanted[k].style);
    }
    return status;
}

/* Of words, only what is missing matters. */
static void take_style(tdo_reading_style *to, const tdo_wanted *from)
{
    if (!from->words) {
        *to = from->style;
    } else if (to->n_marks == 0) {
        to->marks = from->style.marks;
        to->n_marks = from->style.n_marks;
    }
}

tdo_status csv_bind_columns(csv_reading *t)
{
    const tdo_table_request *q = t->request;
    const csv_scope all = {true, 0, t->n_join};
    t->id_at = tdo_alloc(t->arena, q->n_id_columns, sizeof *t->id_at);
    t->by_at = tdo_alloc(t->arena, q->n_by, sizeof *t->by_at);
    t->wanted_at = tdo_alloc(t->arena, q->n_wanted, sizeof *t->wanted_at);
    t->where_at = tdo_alloc(t->arena, q->n_where, sizeof *t->where_at);
    t->where_style = tdo_alloc(t->arena, q->n_where, sizeof *t->where_style);
    t->where_in = tdo_alloc(t->arena, 2 * q->n_where, sizeof *t->where_in);
    t->where_not_in = t->where_in ? t->where_in + q->n_where : NULL;
    t->number = tdo_alloc(t->arena, q->n_wanted, sizeof *t->number);
    t->word = tdo_alloc(t->arena, q->n_wanted, sizeof *t->word);
    t->percents = tdo_alloc(t->arena, q->n_wanted, sizeof *t->percents);
    t->parted = tdo_alloc(t->arena, q->n_wanted, sizeof *t->parted);
    t->beside = tdo_alloc(t->arena, q->n_wanted, sizeof *t->beside);
    t->words = tdo_alloc(t->arena, q->n_wanted, sizeof *t->words);
    t->refused = tdo_alloc(t->arena, t->columns, sizeof *t->refused);
    if (!t->id_at || !t->by_at || !t->wanted_at || !t->where_at || !t->where_style ||
        !t->where_in || !t->number || !t->percents || !t->parted || !t->beside || !t->word ||
        !t->words || !t->refused)
        return csv_report_memory(t);
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->n_join && status == TDO_OK; k++)
        status = bind_join(t, k);
    for (size_t k = 0; k < q->n_id_columns && status == TDO_OK; k++)
        status = bind(t, q->id_columns[k], all, &q->id_place, &t->id_at[k]);
    for (size_t k = 0; k < q->n_by && status == TDO_OK; k++)
        status = bind(t, q->by[k], all, &q->by_place, &t->by_at[k]);
    for (size_t k = 0; k < q->n_where && status == TDO_OK; k++) {
        status = bind(t, q->where[k].column, all, &q->where[k].place, &t->where_at[k]);
        for (size_t j = 0; j < q->n_wanted; j++) /* a limit reads as the criterion reads */
            if (strcmp(q->wanted[j].column, q->where[k].column) == 0)
                take_style(&t->where_style[k], &q->wanted[j]);
        if (terms_list_make(q->where[k].in, q->where[k].n_in, t->arena, &t->where_in[k]) ||
            terms_list_make(q->where[k].not_in, q->where[k].n_not_in, t->arena,
                            &t->where_not_in[k]))
            return csv_report_memory(t);
    }
    if (status == TDO_OK)
        status = bind_wanted(t, all);
    return status == TDO_OK && t->bad ? TDO_E_INPUT : status;
}

/* Data frames write the index of a row first, under no name: it is passed over, since nothing can
 * ask for it. What stands under no name elsewhere is a header gone wrong. */
tdo_status csv_check_nameless(csv_reading *t)
{
    for (size_t k = 0; k < t->n_nameless; k++) {
        const size_t column = t->nameless[k];
        const csv_cell c = csv_cell_of(t, column);
        if (column == 0 || plain_is_blank(c.s, c.length))
            continue;
        tdo_sink text = tdo_sink_memory(t->arena);
        tdo_putf(&text, "column %zu has no name in the header, but is not empty here", column + 1);
        tdo_status status = csv_report_text(t, &t->rows.field[column], &text);
        return status == TDO_OK ? TDO_E_INPUT : status;
    }
    return TDO_OK;
}
