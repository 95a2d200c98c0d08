/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream: header, rows, cells; then what they add up to. */
#include <math.h>
#include <string.h>

#include "csv/cell.h"
#include "inspect/guess.h"
#include "inspect/profile_parts.h"

typedef struct profiling {
    const tdo_profile_request *request;
    tdo_arena *arena;
    tdo_profile *out;
    csv_rows rows;
    profile_distinct *distinct; /* [n_columns] */
    profile_numbers *plain;     /* [n_columns] */
    csv_points *points;         /* [n_columns] */
    profile_commas *commas;     /* [n_columns] */
    profile_form *form;         /* [n_columns] */
    size_t most_distinct;
    double *now_number; /* [n_columns] of the row in hand */
    uint64_t *now_text; /* [n_columns] */
    profile_sample sample;
    profile_header_facts header;
    tdo_cell_class *first;   /* [n_columns] of the first row's cells */
    const char **first_text; /* [n_columns] */
    size_t *stray;           /* [n_columns] */
    unsigned *stray_line;    /* [n_columns] */
} profiling;

static tdo_status no_memory(const profiling *p, tdo_error *err)
{
    return tdo_fail_at(err, TDO_E_MEMORY, p->request->file, 0, 0, "out of memory");
}

/* ---- the header ---- */

static bool alloc_columns(profiling *p, size_t n)
{
    p->out->n_columns = n;
    p->out->column = tdo_alloc(p->arena, n, sizeof *p->out->column);
    p->distinct = tdo_alloc(p->arena, n, sizeof *p->distinct);
    p->plain = tdo_alloc(p->arena, n, sizeof *p->plain);
    p->points = tdo_alloc(p->arena, n, sizeof *p->points);
    p->commas = tdo_alloc(p->arena, n, sizeof *p->commas);
    p->form = tdo_alloc(p->arena, n, sizeof *p->form);
    p->now_number = tdo_alloc(p->arena, n, sizeof *p->now_number);
    p->now_text = tdo_alloc(p->arena, n, sizeof *p->now_text);
    p->first = tdo_alloc(p->arena, n, sizeof *p->first);
    p->first_text = tdo_alloc(p->arena, n, sizeof *p->first_text);
    p->stray = tdo_alloc(p->arena, n, sizeof *p->stray);
    p->stray_line = tdo_alloc(p->arena, n, sizeof *p->stray_line);
    return p->out->column && p->distinct && p->plain && p->points && p->commas && p->form &&
           p->first && p->first_text && p->now_number && p->now_text && p->stray && p->stray_line;
}

/* The earlier column of the same name; blank names are all different. */
static size_t same_name(const tdo_profiled *column, size_t i)
{
    if (column[i].name[strspn(column[i].name, " \t")] == '\0')
        return TDO_NONE;
    for (size_t k = 0; k < i; k++)
        if (strcmp(column[k].name, column[i].name) == 0)
            return k;
    return TDO_NONE;
}

static tdo_status take_header(profiling *p, tdo_error *err)
{
    const csv_rows *r = &p->rows;
    size_t n = r->fields;
    csv_field *field = tdo_alloc(p->arena, n, sizeof *field);
    unsigned *at = tdo_alloc(p->arena, n, sizeof *at);
    size_t *same = tdo_alloc(p->arena, n, sizeof *same);
    if (!alloc_columns(p, n) || !field || !at || !same)
        return no_memory(p, err);
    for (size_t i = 0; i < n; i++) {
        field[i] = r->field[i];
        at[i] = csv_rows_column(r, &field[i]);
        p->out->column[i] =
            (tdo_profiled){.name = tdo_copy(p->arena, r->base + field[i].start, field[i].length),
                           .min = (double)NAN,
                           .median = (double)NAN,
                           .max = (double)NAN,
                           .partner_of = TDO_NONE};
        if (!p->out->column[i].name)
            return no_memory(p, err);
        p->form[i].column = p->out->column[i].name;
        p->form[i].commas = r->delimiter == ';';
        same[i] = same_name(p->out->column, i);
    }
    p->header = (profile_header_facts){.field = field,
                                       .byte_column = at,
                                       .same = same,
                                       .first = p->first,
                                       .first_text = p->first_text,
                                       .stray = p->stray,
                                       .stray_line = p->stray_line,
                                       .sep_line = r->sep_line};
    size_t most = TDO_PROFILE_DISTINCT_ALL / n;
    p->most_distinct = most < TDO_PROFILE_DISTINCT ? most : TDO_PROFILE_DISTINCT;
    p->sample = profile_sample_start(n);
    return TDO_OK;
}

/* ---- cells ---- */

static bool first_of(profiling *p, tdo_cells *c, const csv_field *f, const char *s)
{
    size_t length = f->length < TDO_PROFILE_WORD_BYTES ? f->length : TDO_PROFILE_WORD_BYTES;
    c->line = f->line;
    c->at = csv_rows_column(&p->rows, f);
    c->text = tdo_copy(p->arena, s, tdo_utf8_valid(s, length));
    return c->text != NULL;
}

/* Counts a text apart; false: no memory. */
static bool tally(profiling *p, tdo_tally **list, size_t *n, const char *s, size_t length)
{
    for (size_t k = 0; k < *n; k++) {
        if ((*list)[k].length == length && memcmp((*list)[k].text, s, length) == 0) {
            (*list)[k].n++;
            return true;
        }
    }
    if (*n == TDO_PROFILE_MARKS)
        return true;
    if (!*list)
        *list = tdo_alloc(p->arena, TDO_PROFILE_MARKS, sizeof **list);
    const char *text = tdo_copy(p->arena, s, length);
    if (!*list || !text)
        return false;
    (*list)[(*n)++] = (tdo_tally){.text = text, .length = length, .n = 1};
    return true;
}

/* What may stand under no name: blanks, and in the first column the index of the row, as data
 * frames write it. */
static bool needs_no_name(const char *s, size_t length, bool first_column)
{
    size_t blanks = 0;
    for (size_t i = 0; i < length; i++)
        blanks += s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r';
    return blanks == length || first_column;
}

static bool count_text(profiling *p, tdo_profiled *c, tdo_cell_class is, const char *s,
                       size_t length)
{
    if (is == TDO_CELL_MISSING || is == TDO_CELL_NEAR)
        return tally(p, &c->mark, &c->n_marks, s, length);
    return is != TDO_CELL_INFINITE || tally(p, &c->infinity, &c->n_infinities, s, length);
}

/* What the cell is; its number goes to now_number, what is said of it to now_text. Errors:
 * TDO_E_MEMORY. */
static tdo_status classify(profiling *p, size_t i, const char *s, size_t length, tdo_cell_class *is)
{
    tdo_profiled *c = &p->out->column[i];
    double x = 0;
    bool percent = false, formed = false;
    *is = profile_classify(s, length, &c->style.thousands, &x, &percent);
    c->style.percent = c->style.percent || percent;
    p->now_number[i] = (double)NAN;
    p->now_text[i] = profile_comma_take(&p->commas[i], *is, s, length, x);
    if (*is == TDO_CELL_PLAIN || *is == TDO_CELL_PERCENT)
        profile_count(&p->plain[i], x);
    if (*is == TDO_CELL_PLAIN || *is == TDO_CELL_PERCENT || *is == TDO_CELL_GROUPED ||
        *is == TDO_CELL_COMMA)
        p->now_number[i] = x;
    if (*is != TDO_CELL_WORD)
        return TDO_OK;
    tdo_status status =
        profile_form_take(&p->form[i], p->arena, s, length, &p->now_number[i], &formed);
    *is = formed ? TDO_CELL_FORMED : *is;
    p->now_text[i] = formed ? PROFILE_FORMED : 0;
    return status;
}

static bool take_first(profiling *p, size_t i, tdo_cell_class is, const char *s)
{
    const csv_field *f = &p->rows.field[i];
    const size_t length = f->length < TDO_PROFILE_WORD_BYTES ? f->length : TDO_PROFILE_WORD_BYTES;
    p->header.first_line = p->rows.line;
    p->first[i] = is;
    p->first_text[i] = tdo_copy(p->arena, s, length);
    return p->first_text[i] != NULL;
}

static tdo_status take_cell(profiling *p, size_t i)
{
    tdo_profiled *c = &p->out->column[i];
    const csv_field *f = &p->rows.field[i];
    const char *s = p->rows.base + f->start;
    tdo_cell_class is = TDO_CELL_WORD;
    if (classify(p, i, s, f->length, &is) != TDO_OK)
        return TDO_E_MEMORY;
    tdo_cells *cells = &c->cells[is];
    if (p->out->rows == 0 && !take_first(p, i, is, s))
        return TDO_E_MEMORY;
    if ((is == TDO_CELL_PLAIN    ? csv_points_see(&p->points[i], '.', s, f->length)
         : is == TDO_CELL_FORMED ? csv_points_see_in(&p->points[i], s, f->length)
                                 : false) &&
        !first_of(p, &c->parted, f, s))
        return TDO_E_MEMORY;
    if (!needs_no_name(s, f->length, i == 0) && p->stray[i]++ == 0)
        p->stray_line[i] = f->line;
    if (cells->n++ == 0 && !first_of(p, cells, f, s))
        return TDO_E_MEMORY;
    if (!count_text(p, c, is, s, f->length))
        return TDO_E_MEMORY;
    if (is == TDO_CELL_MISSING)
        return TDO_OK;
    p->now_text[i] |= profile_text_hash(s, f->length);
    return profile_distinct_add(&p->distinct[i], p->arena, p->most_distinct, s, f->length,
                                p->now_text[i]);
}

static tdo_status take_row(profiling *p)
{
    size_t n = p->out->n_columns, place = TDO_NONE;
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status = take_cell(p, i);
    if (status == TDO_OK)
        status = profile_sample_next(&p->sample, p->arena, &place);
    if (status != TDO_OK)
        return status;
    p->out->rows++;
    if (place != TDO_NONE) {
        memcpy(p->sample.number + place * n, p->now_number, n * sizeof *p->now_number);
        memcpy(p->sample.text + place * n, p->now_text, n * sizeof *p->now_text);
        p->sample.line[place] = p->rows.line;
    }
    return TDO_OK;
}

/* ---- rows ---- */

/* A ragged row says which cells are whose only to who wrote it: it is counted, and left alone. */
static void take_ragged(profiling *p)
{
    if (p->out->ragged++ == 0) {
        p->header.ragged_line = p->rows.line;
        p->header.ragged_fields = p->rows.fields;
    }
}

static tdo_status take_rows(profiling *p, tdo_error *err)
{
    bool more = true;
    p->rows.columns = p->out->n_columns;
    while (more) {
        tdo_error ragged = {0};
        tdo_status status = csv_rows_next(&p->rows, &more, &ragged);
        if (status == TDO_E_INPUT && more) {
            take_ragged(p);
            continue;
        }
        if (status != TDO_OK) {
            *err = ragged;
            return status;
        }
        if (more && p->out->rows + p->out->ragged >= p->rows.limits.rows)
            return tdo_fail_at(err, TDO_E_INPUT, p->request->file, p->rows.line, 0,
                               "more than %zu rows", p->rows.limits.rows);
        if (more && take_row(p) != TDO_OK)
            return no_memory(p, err);
    }
    return TDO_OK;
}

/* ---- the result ---- */

/* Cells that are to be named as missing hold nothing. */
static void forget_marks(profiling *p, size_t column)
{
    const tdo_reading_style *style = &p->out->column[column].style;
    const size_t n = p->out->n_columns;
    for (size_t k = 0; k < style->n_marks; k++) {
        const uint64_t mark = profile_text_hash(style->marks[k], strlen(style->marks[k]));
        for (size_t r = 0; r < p->sample.rows; r++)
            if (p->sample.text[r * n + column] == mark)
                p->sample.text[r * n + column] = 0;
    }
}

/* Semicolons, or decimal commas in another column, speak for decimal commas, and for points between
 * thousands. */
static void settle_signs(profiling *p)
{
    const size_t n = p->out->n_columns;
    bool commas = p->out->delimiter == ';';
    for (size_t i = 0; i < n; i++)
        commas = commas || p->out->column[i].cells[TDO_CELL_COMMA].n > 0;
    for (size_t i = 0; i < n; i++)
        if (csv_points_suspect(&p->points[i], commas))
            p->out->column[i].parted.n = p->points[i].parted;
    for (size_t i = 0; i < n; i++) {
        profile_comma_settle(&p->out->column[i], &p->commas[i], commas, &p->plain[i]);
        profile_comma_correct(&p->out->column[i], p->sample.number + i, p->sample.text + i,
                              p->sample.rows, n);
    }
}

static tdo_status sum_up(profiling *p)
{
    tdo_profile *out = p->out;
    double *median = tdo_alloc(p->arena, out->n_columns, sizeof *median);
    if (!median)
        return TDO_E_MEMORY;
    settle_signs(p);
    for (size_t i = 0; i < out->n_columns; i++)
        if (!profile_form_settle(&out->column[i], &p->form[i], &p->plain[i], out->rows))
            profile_form_forget(p->sample.number + i, p->sample.text + i, p->sample.rows,
                                out->n_columns);
    tdo_status status = profile_sample_medians(&p->sample, p->arena, median);
    out->sampled = p->sample.rows;
    out->whole = p->sample.rows == out->rows;
    out->number = p->sample.number;
    out->text = p->sample.text;
    out->line = p->sample.line;
    for (size_t i = 0; i < out->n_columns; i++) {
        tdo_profiled *c = &out->column[i];
        const profile_distinct *d = &p->distinct[i];
        c->median = median[i];
        c->median_estimated = c->numbers > 0 && !out->whole;
        c->distinct = d->n;
        c->distinct_more = d->more;
        c->repeats = d->repeats;
        c->word = d->many ? NULL : d->word;
        c->n_words = d->many ? 0 : d->n_words;
    }
    if (status == TDO_OK)
        status = guess_goals(out, p->arena);
    if (status == TDO_OK)
        status = profile_find_kinds(out, p->arena);
    for (size_t i = 0; i < out->n_columns && status == TDO_OK; i++)
        forget_marks(p, i);
    if (status == TDO_OK)
        status = guess_partners(out, p->arena);
    if (status == TDO_OK)
        status = guess_shape(out, p->arena);
    if (status == TDO_OK)
        status = guess_layout(out, p->arena);
    if (status == TDO_OK)
        status = guess_summaries(out, p->arena);
    return status == TDO_OK ? profile_find_notes(out, &p->header, p->arena) : status;
}

static tdo_status read_with(profiling *p, char delimiter, tdo_error *err)
{
    const tdo_profile_request *q = p->request;
    const tdo_table_request table = {.file = q->file,
                                     .path = q->path,
                                     .delimiter = delimiter,
                                     .progress = q->progress,
                                     .progress_user = q->progress_user};
    bool more = false;
    tdo_status status = csv_rows_open(&p->rows, &table, &csv_stated_limits, err);
    if (status != TDO_OK)
        return status;
    p->out->delimiter = p->rows.delimiter;
    p->out->delimiter_named = p->rows.delimiter_from == CSV_DELIMITER_USUAL ||
                              p->rows.delimiter_from == CSV_DELIMITER_SEP_LINE;
    status = csv_rows_next(&p->rows, &more, err);
    if (status == TDO_OK)
        status = take_header(p, err);
    return status;
}

/* One column with bars in its name: a file separated by bars, which are found nowhere else. */
static bool is_barred(const profiling *p)
{
    return p->out->n_columns == 1 && strchr(p->out->column[0].name, '|') &&
           strcmp(p->request->path, "-") != 0;
}

tdo_status tdo_profile_read(const tdo_profile_request *request, tdo_arena *a, tdo_profile *out,
                            tdo_error *err)
{
    profiling p = {.request = request, .arena = a, .out = out};
    *out = (tdo_profile){.file = request->file};
    tdo_status status = read_with(&p, '\0', err);
    if (status == TDO_OK && is_barred(&p)) {
        csv_rows_close(&p.rows);
        status = read_with(&p, '|', err);
    }
    if (status == TDO_OK)
        status = take_rows(&p, err);
    if (status == TDO_OK)
        source_hash(&p.rows.lines.source, out->sha256);
    if (status == TDO_OK && sum_up(&p) != TDO_OK)
        status = no_memory(&p, err);
    for (size_t i = 0; p.distinct && i < out->n_columns; i++)
        profile_distinct_free(&p.distinct[i]);
    csv_rows_close(&p.rows);
    return status;
}
