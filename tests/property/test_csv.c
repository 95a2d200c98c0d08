/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random CSV files. What was written comes back; and whatever the bytes are, lines split directly,
 * lines parsed by libcsv and lines that arrive in pieces give the same table or the same errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "../unit/csv_case.h"
#include "../unit/random.h"
#include "csv/marks.h"

enum { FILES = 4000, ROOM = 1 << 16 };

typedef struct text {
    char bytes[ROOM];
    size_t n;
} text;

static void put(text *t, const char *s)
{
    size_t length = strlen(s);
    assert_true(t->n + length < ROOM);
    memcpy(t->bytes + t->n, s, length);
    t->n += length;
}

static const char *pick(rng *r, const char *const *from, size_t n)
{
    return from[rng_below(r, n)];
}
#define PICK(r, from) pick(r, from, sizeof(from) / sizeof(from)[0])

/* ---- the same file, three ways ---- */

static void same(const csv_case *a, const csv_case *b, bool in_pieces)
{
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->report.count, b->report.count);
    for (size_t i = 0; i < a->report.count && i < TDO_REPORT_SHOWN; i++) {
        const tdo_error *x = &a->report.item[i], *y = &b->report.item[i];
        assert_int_equal(x->line, y->line);
        /* the pieces of a line are checked one by one: of two faults in it, another may be first */
        if (in_pieces && (strstr(x->text, "UTF-8") || strstr(y->text, "UTF-8")))
            continue;
        assert_string_equal(x->text, y->text);
        if (!in_pieces || y->column != 0)
            assert_int_equal(x->column, y->column);
    }
    if (a->status != TDO_OK)
        return;
    assert_int_equal(a->table.n, b->table.n);
    assert_int_equal(a->table.rows, b->table.rows);
    assert_string_equal(a->table.sha256, b->table.sha256);
    for (size_t i = 0; i < a->table.n; i++) {
        assert_string_equal(a->table.id[i], b->table.id[i]);
        assert_int_equal(a->table.line[i], b->table.line[i]);
        assert_int_equal(a->table.column[2].word[i], b->table.column[2].word[i]);
        assert_memory_equal(&a->table.column[0].number[i], &b->table.column[0].number[i],
                            sizeof(double));
    }
}

static void set_up(csv_case *c)
{
    static const tdo_wanted wanted[] = {
        {.column = "cost"},
        {.column = "accuracy", .style = {.percent = true, .thousands = ','}},
        {.column = "cost", .words = true}};
    static tdo_match no = {.text = "no"};
    static const tdo_condition where[] = {{.column = "note", .not_in = &no, .n_not_in = 1}};
    *c = csv_case_new();
    c->request.wanted = wanted;
    c->request.where = where;
    c->request.n_where = 1;
    c->request.delimiter = ','; /* a piece of a header is not enough to find one */
}

/* Reads all three ways; the first is left to the caller. */
static void read_three_ways(rng *r, const text *t, csv_case *first)
{
    csv_case parsed, pieces;
    set_up(first);
    set_up(&parsed);
    set_up(&pieces);
    parsed.limits.through_libcsv = true;
    pieces.limits.buffer = 16 + rng_below(r, 60);
    csv_case_read(first, t->bytes, t->n);
    csv_case_read(&parsed, t->bytes, t->n);
    csv_case_read(&pieces, t->bytes, t->n);
    same(first, &parsed, false);
    same(first, &pieces, true);
    csv_case_free(&parsed);
    csv_case_free(&pieces);
}

/* ---- marks ---- */

static void marks_are_those_of_each_byte(void **state)
{
    (void)state;
    static const char some[] = ",;\t|\n\r \"!#\0a9\x7F\x80\xFF";
    rng r = {13};
    for (int i = 0; i < FILES; i++) {
        char bytes[CSV_MARKED];
        const char delimiter = ",;\t|"[rng_below(&r, 4)];
        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = rng_below(&r, 2) ? (char)rng_below(&r, 256)
                                        : some[rng_below(&r, sizeof some - 1)];
        const csv_marks plainly = csv_marks_plainly(bytes, delimiter),
                        fast = csv_marks_of(bytes, delimiter);
        assert_true(plainly.delimiter == fast.delimiter);
        assert_true(plainly.odd == fast.odd);
        assert_true(plainly.far == fast.far);
    }
}

/* ---- soup ---- */

static void any_bytes(void **state)
{
    (void)state;
    static const char *const bits[] = {",",
                                       ",",
                                       ",",
                                       "\n",
                                       "\n",
                                       "\r\n",
                                       "\r",
                                       "\"",
                                       "\"\"",
                                       " ",
                                       "\t",
                                       "1",
                                       "2.5",
                                       "x",
                                       "no",
                                       "NA",
                                       "5%",
                                       "1e400",
                                       "\xC3\xA9",
                                       "-",
                                       "\"a\"",
                                       "1,000",
                                       ",,,,",
                                       "a,1,2,3\n",
                                       "b,2,3%,\n",
                                       "\"q\n\",1,2,no\n",
                                       "\xE2\x82",
                                       "            ",
                                       "a b",
                                       "!",
                                       "0.1234567890123456789012345678901234567890",
                                       "\x01"};
    rng r = {11};
    size_t read = 0;

    for (int i = 0; i < FILES; i++) {
        static text t;
        csv_case c;
        size_t rows = rng_below(&r, i % 8 == 0 ? 60 : 6), parts = rng_below(&r, 12);
        const size_t ids = rng_below(&r, 4) == 0 ? 30
                                                 : rows; /* some of them twice, or more often */
        t.n = 0;
        put(&t, rng_below(&r, 4) == 0 ? "id,cost,accuracy,note\r\n" : "id,cost,accuracy,note\n");
        for (size_t k = 0; k < rows; k++) {
            char row[64];
            const char *worth = rng_below(&r, 60) == 0 ? "x" : "";
            (void)snprintf(row, sizeof row, "r%zu,%zu%s,%zu%%,\n", k % (ids + 1), k, worth, k);
            put(&t, rng_below(&r, 60) == 0 ? "\"q\",1,2,\n" : "");
            put(&t, row);
        }
        for (size_t k = 0; k < parts; k++)
            put(&t, PICK(&r, bits));
        read_three_ways(&r, &t, &c);
        read += c.status == TDO_OK;
        csv_case_free(&c);
    }
    assert_in_range(read, FILES / 10, FILES - FILES / 10); /* both sides are seen */
}

/* ---- what was written comes back ---- */

typedef struct row {
    char id[64];
    double cost;
    unsigned line;
    bool dropped;
} row;

/* A field as CSV: quoted where it must be, or at random. Counts the line breaks in it. */
static void put_field(rng *r, text *t, const char *s, unsigned *line)
{
    bool quoted = s[strcspn(s, ",\"\r\n")] != '\0' || *s == ' ' || *s == '\t' ||
                  (*s != '\0' && strchr(" \t", s[strlen(s) - 1])) || rng_below(r, 8) == 0;
    if (!quoted && rng_below(r, 8) == 0)
        put(t, rng_below(r, 2) == 0 ? " " : "\t ");
    put(t, quoted ? "\"" : "");
    for (; *s != '\0'; s++) {
        char c[3] = {*s, '\0', '\0'};
        if (*s == '"')
            c[1] = '"';
        *line += *s == '\n' || (*s == '\r' && s[1] != '\n');
        put(t, c);
    }
    put(t, quoted ? "\"" : "");
    if (rng_below(r, 10) == 0)
        put(t, "  ");
}

static size_t put_rows(rng *r, text *t, row *rows, size_t n, const char *end)
{
    static const char *const ids[] = {
        "gbdt",        "m,1",        "say \"x\"",        "two\nlines", "cr\rid", " pad ",
        "caf\xC3\xA9", "crlf\r\nid", "\xF0\x9F\x98\x80", "\"",         "a b"};
    unsigned line = 2;
    put(t, "id,cost,note,accuracy");
    put(t, end);
    for (size_t i = 0; i < n; i++) {
        char cost[64], accuracy[64];
        for (size_t blank = rng_below(r, 6); blank > 4; blank--) {
            put(t, rng_below(r, 2) == 0 ? "  \t" : "");
            put(t, end);
            line++;
        }
        rows[i].line = line;
        rows[i].dropped = rng_below(r, 5) == 0;
        rows[i].cost = (double)(int64_t)(rng_next(r) >> 20) / (double)(1 + rng_below(r, 1000));
        (void)snprintf(rows[i].id, sizeof rows[i].id, "%s%zu%s", rng_below(r, 2) ? "" : " ", i,
                       PICK(r, ids));
        (void)snprintf(cost, sizeof cost, "%.17g", rows[i].cost);
        (void)snprintf(accuracy, sizeof accuracy, "1,%03u.5%%", (unsigned)rng_below(r, 1000));
        put_field(r, t, rows[i].id, &line);
        put(t, ",");
        put_field(r, t, cost, &line);
        put(t, ",");
        put_field(r, t, rows[i].dropped ? "no" : "x\ny", &line);
        put(t, ",");
        put_field(r, t, accuracy, &line);
        put(t, i + 1 < n || rng_below(r, 2) == 0 ? end : "");
        line++;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        kept += !rows[i].dropped;
    return kept;
}

static void written_files(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    enum { MOST = 40 };
    rng r = {12};

    for (int i = 0; i < FILES; i++) {
        static text t;
        row rows[MOST] = {{.line = 0}};
        csv_case c;
        size_t n = 1 + rng_below(&r, MOST), k = 0;
        t.n = 0;
        put(&t, rng_below(&r, 4) == 0 ? "\xEF\xBB\xBF" : "");
        size_t kept = put_rows(&r, &t, rows, n, PICK(&r, ends));
        read_three_ways(&r, &t, &c);
        if (kept == 0) {
            assert_int_equal(c.status, TDO_E_INPUT);
        } else {
            assert_int_equal(c.status, TDO_OK);
            assert_int_equal(c.table.n, kept);
            assert_int_equal(c.table.rows, n);
        }
        for (size_t j = 0; j < n && kept > 0; j++) {
            if (rows[j].dropped)
                continue;
            assert_string_equal(c.table.id[k], rows[j].id);
            assert_int_equal(c.table.line[k], rows[j].line);
            assert_true(c.table.column[0].number[k] == rows[j].cost);
            k++;
        }
        csv_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_those_of_each_byte),
        cmocka_unit_test(any_bytes),
        cmocka_unit_test(written_files),
    };
    return cmocka_run_group_tests_name("random csv", tests, NULL, NULL);
}
