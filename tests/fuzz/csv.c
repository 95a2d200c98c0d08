/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of numbers and words, alone and joined: what is read reads again, in shards, and as it is
 * written anew. */
#include "fuzz.h"

#include <math.h>

enum { COLUMNS = 3, X = 0, W = 1, JOINED = 2 };

typedef struct csv_job {
    tdo_arena *a;
    tdo_wanted wanted[COLUMNS];
    const char *id[2];
    const char *by;
    tdo_join join;
    const char *left, *right;
    tdo_place on;
    tdo_table_request request;
} csv_job;

/* The first byte of the input says how cells are read and which ids are asked for. */
static void ask(csv_job *j, unsigned how, bool joined, tdo_bytes text)
{
    static const char *const marks[] = {"n/k"};
    j->id[0] = "id";
    j->id[1] = "w";
    j->by = "id";
    j->left = j->right = "id";
    j->wanted[X] = (tdo_wanted){.column = "x", .located = true};
    j->wanted[X].style.as = (tdo_cell_form)(how % TDO_CELL_FORMS);
    j->wanted[W] = (tdo_wanted){.column = "w", .words = true};
    j->wanted[JOINED] = (tdo_wanted){.column = "v"};
    if (how & 8) {
        j->wanted[X].style.marks = marks;
        j->wanted[X].style.n_marks = 1;
    }
    j->join = (tdo_join){.file = "j.csv",
                         .path = "j.csv",
                         .left = &j->left,
                         .right = &j->right,
                         .n_on = 1,
                         .on_place = &j->on};
    j->request = (tdo_table_request){.file = "c.csv",
                                     .path = "c.csv",
                                     .text = text,
                                     .id_columns = j->id,
                                     .n_id_columns = how & 16 ? 2 : 1,
                                     .wanted = j->wanted,
                                     .n_wanted = joined ? COLUMNS : COLUMNS - 1,
                                     .join = &j->join,
                                     .n_join = joined,
                                     .by = &j->by,
                                     .n_by = (how & 32) != 0};
}

static tdo_status read_table(const csv_job *j, tdo_table *t)
{
    static tdo_report report;
    tdo_warnings w = {0};
    memset(&report, 0, sizeof report);
    memset(t, 0, sizeof *t);
    tdo_status status = tdo_table_read(&j->request, j->a, t, &w, &report);
    FUZZ_MUST(status != TDO_E_INTERNAL && status != TDO_E_MEMORY);
    FUZZ_MUST((status == TDO_OK) == (report.count == 0));
    for (size_t k = 0; k < report.count && k < TDO_REPORT_SHOWN; k++)
        FUZZ_MUST(report.item[k].text[0] &&
                  tdo_utf8_valid(report.item[k].text, strlen(report.item[k].text)) ==
                      strlen(report.item[k].text));
    return status;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static const char *word_at(const tdo_table *t, size_t row)
{
    return t->column[W].words[t->column[W].word[row]];
}

static const char *id_at(const tdo_table *t, size_t row)
{
    return t->id[t->owner ? t->owner[row] : row];
}

static void judge(const tdo_table *t)
{
    FUZZ_MUST(t->n + t->where_dropped == t->rows);
    for (size_t i = 0; i < t->n; i++) {
        const char *id = id_at(t, i);
        FUZZ_MUST(*id && tdo_utf8_valid(id, strlen(id)) == strlen(id));
        FUZZ_MUST(!isinf(t->column[X].number[i]));
        FUZZ_MUST(t->line[i] > 1 && (i == 0 || t->line[i] > t->line[i - 1]));
    }
}

static void put_cell(tdo_sink *o, const char *s)
{
    tdo_puts(o, "\"");
    for (; *s; s++) {
        tdo_put(o, s, 1);
        if (*s == '"')
            tdo_put(o, s, 1);
    }
    tdo_puts(o, "\"");
}

/* Written with every cell quoted, the table reads as it was. */
static void write_anew(const csv_job *j, const tdo_table *t)
{
    csv_job again = *j;
    tdo_table u;
    tdo_sink o = tdo_sink_memory(j->a);
    o.raw = true;
    tdo_puts(&o, "id,x,w\n");
    for (size_t i = 0; i < t->n; i++) {
        put_cell(&o, id_at(t, i));
        tdo_puts(&o, ",");
        if (!isnan(t->column[X].number[i]))
            tdo_put_number(&o, t->column[X].number[i]);
        tdo_puts(&o, ",");
        put_cell(&o, word_at(t, i));
        tdo_puts(&o, "\n");
    }
    again.request.text = (tdo_bytes){o.text, o.length};
    again.request.delimiter = ',';
    again.wanted[X].style = (tdo_reading_style){0};
    again.request.wanted = again.wanted;
    FUZZ_MUST(read_table(&again, &u) == TDO_OK && u.n == t->n);
    for (size_t i = 0; i < t->n; i++)
        FUZZ_MUST(same_number(u.column[X].number[i], t->column[X].number[i]) &&
                  strcmp(word_at(&u, i), word_at(t, i)) == 0 &&
                  strcmp(id_at(&u, i), id_at(t, i)) == 0);
}

/* Two shards have every row once. */
static void read_in_shards(const csv_job *j, const tdo_table *t)
{
    csv_job shard = *j;
    tdo_table u;
    shard.request.shards = 2;
    size_t n = 0;
    for (size_t k = 0; k < 2; k++) {
        shard.request.shard = k;
        FUZZ_MUST(read_table(&shard, &u) == TDO_OK);
        for (size_t i = 0; i < u.n; i++)
            FUZZ_MUST(u.line[i] == t->line[2 * i + k] &&
                      same_number(u.column[X].number[i], t->column[X].number[2 * i + k]));
        n += u.n;
    }
    FUZZ_MUST(n == t->n);
}

void fuzz_csv(const uint8_t *bytes, size_t length)
{
    csv_job j = {.a = tdo_arena_new()};
    tdo_table t;
    fuzz_blob b;
    FUZZ_MUST(j.a);
    if (length == 0) {
        tdo_arena_free(j.a);
        return;
    }
    const unsigned how = bytes[0];
    fuzz_part_blob(bytes + 1, length - 1, j.a, &b);
    tdo_bytes joined = fuzz_file(&b, "j.csv"), table = fuzz_file(&b, "c.csv");
    if (!table.s)
        table = (tdo_bytes){(const char *)bytes + 1, length - 1};
    else if (joined.s)
        fuzz_put_file("j.csv", joined);
    ask(&j, how, joined.s != NULL, table);
    if (read_table(&j, &t) == TDO_OK) {
        judge(&t);
        if (!joined.s && j.request.n_id_columns == 1) {
            read_in_shards(&j, &t);
            write_anew(&j, &t);
        }
    }
    tdo_arena_free(j.a);
}
