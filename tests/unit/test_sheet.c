/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CSV and Markdown of a result: what a spreadsheet or a page would make of hostile names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "made_run.h"
#include "tradeoff/output.h"

/* ---- a strict reader of RFC 4180 ---- */

enum { CELLS = 4096, CELL_BYTES = 1 << 17 };

typedef struct sheet {
    char *cell[CELLS];
    size_t columns, cells;
    char text[CELL_BYTES];
} sheet;

static const char *read_cell(const char *p, char **out)
{
    char *to = *out;
    if (*p == '"') {
        for (p++; !(p[0] == '"' && p[1] != '"'); p++) {
            assert_int_not_equal(*p, '\0');
            *to++ = *p;
            p += *p == '"';
        }
        p++;
    } else {
        while (*p && !strchr(",\r\n", *p)) {
            assert_int_not_equal(*p, '"');
            *to++ = *p++;
        }
    }
    assert_true(*p == ',' || (p[0] == '\r' && p[1] == '\n'));
    *to++ = '\0';
    *out = to;
    return p;
}

static sheet *read_sheet(const char *p)
{
    sheet *s = calloc(1, sizeof *s);
    char *to = s->text;
    size_t column = 0;
    assert_true(s && strlen(p) < CELL_BYTES);
    while (*p) {
        assert_true(s->cells < CELLS);
        s->cell[s->cells++] = to;
        p = read_cell(p, &to);
        column++;
        if (*p == ',') {
            p++;
        } else {
            p += 2;
            s->columns = s->columns ? s->columns : column;
            assert_int_equal(column, s->columns); /* all rows are of one length */
            column = 0;
        }
    }
    assert_int_equal(column, 0);
    return s;
}

static const char *cell(const sheet *s, size_t row, const char *column)
{
    for (size_t c = 0; c < s->columns; c++)
        if (strcmp(s->cell[c], column) == 0)
            return s->cell[row * s->columns + c];
    fail_msg("no column %s", column);
    return NULL;
}

/* ---- what is written ---- */

typedef tdo_status (*writer)(const tdo_run *run, tdo_sink *o);

static tdo_status all_of_them(const tdo_run *run, tdo_sink *o)
{
    return tdo_write_csv(run, false, o);
}

static char *written(const tdo_run *run, writer write)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(write(run, &o), TDO_OK);
    char *text = malloc(o.length + 1);
    assert_non_null(text);
    memcpy(text, o.text, o.length + 1);
    tdo_arena_free(a);
    return text;
}

static sheet *sheet_of(const tdo_run *run, writer write)
{
    char *text = written(run, write);
    sheet *s = read_sheet(text);
    free(text);
    return s;
}

static const char *const hostile[] = {
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\xEF\xBC\x9DSUM(1)", /* a full-width = */
    "plain",
    "comma, \"quotes\"\r\nand a line",
    " blanks at its ends ",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "`code` **bold** _it_ ~~no~~",
    "pipe | pipe",
    "![i](http://x/y.png)",
    "www.example.org",
    "https://example.org/",
    "\xE2\x80\xAEright to left",
    "# 1. heading",
    "&lt;b&gt;",
    "@somebody",
    "-",
    "-0.5",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile, BATCH = 8 }; /* Markdown shows ten */
_Static_assert(HOSTILE % BATCH == 0, "whole batches");

/* A run over n of the hostile names. */
static void make_hostile(made *m, size_t from, size_t n)
{
    made_row rows[HOSTILE];
    for (size_t k = 0; k < n; k++) {
        rows[k] = made_rows[1];
        rows[k].id = hostile[from + k];
        rows[k].quality += 0.001 * (double)k;
        rows[k].latency += (double)(k % 5);
    }
    made_start(m);
    m->scenario.incumbent = NULL;
    m->criterion[1].label = "a|b <i>label</i>";
    m->stakeholder[1].label = "=cmd|'/c calc'";
    m->constraint[0].owner = "@owner";
    m->scenario.title = "Title\n# <script>alert(1)</script>";
    assert_int_equal(made_finish(m, rows, n), TDO_OK);
}

static bool is_number(const char *s)
{
    double x = 0;
    return tdo_number_read(s, strlen(s), &x) == TDO_NUMBER_OK;
}

/* Would a spreadsheet take the cell for a formula? */
static bool runs(const char *s)
{
    return *s && (strchr("=+-@\t\r\n", *s) || strncmp(s, "\xEF\xBC\x9D", 3) == 0) && !is_number(s);
}

static void no_cell_runs_as_a_formula(void **state)
{
    const writer writers[] = {all_of_them, tdo_write_frontier_csv};
    (void)state;
    made m;
    make_hostile(&m, 0, HOSTILE);
    for (size_t w = 0; w < 2; w++) {
        sheet *s = sheet_of(&m.run, writers[w]);
        for (size_t k = 0; k < s->cells; k++)
            if (runs(s->cell[k]))
                fail_msg("the cell %s would run", s->cell[k]);
        free(s);
    }
    made_free(&m);
}

static void names_survive_but_for_the_guard(void **state)
{
    (void)state;
    made m;
    make_hostile(&m, 0, HOSTILE);
    sheet *s = sheet_of(&m.run, all_of_them);
    for (size_t k = 0; k < HOSTILE; k++) {
        bool found = false;
        for (size_t r = 1; r < s->cells / s->columns; r++) {
            const char *id = cell(s, r, "id");
            bool guarded = id[0] == '\'' && strcmp(id + 1, hostile[k]) == 0;
            found = found || guarded || strcmp(id, hostile[k]) == 0;
            if (guarded)
                assert_true(runs(hostile[k]) || is_number(hostile[k]));
        }
        if (!found)
            fail_msg("%s is not there", hostile[k]);
    }
    free(s);
    made_free(&m);
}

static void rows_stand_in_the_order_of_the_ranking(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    sheet *s = sheet_of(&m.run, all_of_them);
    const tdo_run *run = &m.run;
    size_t f = run->valued.f;
    assert_int_equal(s->cells / s->columns, MADE_ROWS + 1);
    for (size_t q = 0; q < f; q++) {
        uint32_t k = run->ranking.order[q];
        double x = 0;
        assert_string_equal(cell(s, q + 1, "id"), run->measured.id[run->screened.feasible[k]]);
        assert_string_equal(cell(s, q + 1, "frontier"), run->front.member[k] ? "yes" : "no");
        assert_int_equal(cell(s, q + 1, "dominated_by")[0] == '\0', run->front.member[k]);
        const char *u = cell(s, q + 1, "utility.legal");
        assert_int_equal(tdo_number_read(u, strlen(u), &x), TDO_NUMBER_OK);
        assert_true(x == run->utility.utility[2 * f + k]);
        assert_true(is_number(cell(s, q + 1, "quality")));
        assert_false(is_number(cell(s, q + 1, "clarity"))); /* its word */
    }
    for (size_t r = f + 1; r <= MADE_ROWS; r++) {
        assert_string_equal(cell(s, r, "status"), "infeasible");
        assert_string_equal(cell(s, r, "rank"), "");
        assert_string_equal(cell(s, r, "value.quality"), "");
        assert_string_equal(cell(s, r, "rank.ml"), "");
        assert_true(is_number(cell(s, r, "latency")));
        assert_true(strlen(cell(s, r, "reasons")) > 10);
    }
    free(s);
    made_free(&m);
}

static void the_frontier_alone(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    sheet *s = sheet_of(&m.run, tdo_write_frontier_csv);
    assert_int_equal(s->cells / s->columns, m.run.front.count + 1);
    assert_string_equal(s->cell[0], "rank");
    assert_string_equal(s->cell[s->columns - 1], "utility.legal");
    free(s);
    made_free(&m);
    made_start(&m);
    m.constraint[0].condition.max = 1;
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    s = sheet_of(&m.run, tdo_write_frontier_csv); /* nobody is feasible: the heading */
    assert_int_equal(s->cells, s->columns);
    free(s);
    s = sheet_of(&m.run, all_of_them);
    assert_int_equal(s->cells / s->columns, MADE_ROWS + 1);
    free(s);
    made_free(&m);
}

static void column_names_are_unique(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    m.criterion[0].id = "score";
    m.criterion[1].id = "measured.score";
    m.criterion[2].id = "value.score";
    m.criterion[3].id = "=id";
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    sheet *s = sheet_of(&m.run, all_of_them);
    for (size_t c = 0; c < s->columns; c++)
        for (size_t k = 0; k < c; k++)
            assert_string_not_equal(s->cell[c], s->cell[k]);
    assert_non_null(cell(s, 0, "'=id"));
    free(s);
    made_free(&m);
}

/* ---- Markdown ---- */

/* Is the character at p escaped by a backslash? */
static bool is_escaped(const char *start, const char *p)
{
    size_t n = 0;
    while (p > start && p[-1] == '\\') {
        p--;
        n++;
    }
    return n % 2 == 1;
}

static void markdown_shows_names_and_does_nothing(void **state)
{
    static const char *const live[] = {
        "<script", "<img",        "<i>",        "](",    "![",    "**bold",       "`code", "~~no",
        "https:/", "www.example", " @somebody", "\n# <", "&lt;b", "\xE2\x80\xAE", "\t",    "\r"};
    static const char *const shown[] = {"&lt;img src=x onerror=alert(1)&gt;", "pipe \\| pipe",
                                        "\\\\u202eright to left", "\\# 1. heading",
                                        "&amp;lt;b&amp;gt;"};
    size_t found = 0;
    (void)state;
    for (size_t from = 0; from < HOSTILE; from += BATCH) {
        made m;
        make_hostile(&m, from, BATCH);
        char *text = written(&m.run, tdo_write_markdown);
        for (size_t k = 0; k < sizeof live / sizeof *live; k++)
            for (const char *at = text; (at = strstr(at, live[k])); at++)
                if (!is_escaped(text, at))
                    fail_msg("%s is live: %.60s", live[k], at);
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
            found += strstr(text, shown[k]) != NULL;
        free(text);
        made_free(&m);
    }
    assert_int_equal(found, sizeof shown / sizeof *shown);
}

static void markdown_tables_have_even_rows(void **state)
{
    (void)state;
    made m;
    make_hostile(&m, 0, HOSTILE);
    char *text = written(&m.run, tdo_write_markdown);
    size_t bars = 0, tables = 0;
    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        size_t n = 0;
        for (const char *p = line; *p != '\n'; p++)
            n += *p == '|' && !is_escaped(line, p);
        if (*line == '|') {
            tables += bars == 0;
            assert_true(bars == 0 || n == bars);
        }
        bars = *line == '|' ? n : 0;
    }
    assert_int_equal(tables, 5); /* ranking, stakeholders, constraints, rules, inputs */
    free(text);
    made_free(&m);
}

static void markdown_names_the_inputs(void **state)
{
    (void)state;
    made m;
    for (int infeasible = 0; infeasible < 2; infeasible++) {
        made_start(&m);
        m.constraint[0].condition.max = infeasible ? 1 : 150;
        assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
        char *text = written(&m.run, tdo_write_markdown);
        assert_non_null(strstr(text, m.scenario.sha256));
        assert_non_null(strstr(text, m.run.table.sha256));
        assert_non_null(strstr(text, "tradeoff " TDO_VERSION));
        assert_int_equal(strstr(text, "**Nothing is feasible.**") != NULL, infeasible);
        free(text);
        made_free(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cell_runs_as_a_formula),
        cmocka_unit_test(names_survive_but_for_the_guard),
        cmocka_unit_test(rows_stand_in_the_order_of_the_ranking),
        cmocka_unit_test(the_frontier_alone),
        cmocka_unit_test(column_names_are_unique),
        cmocka_unit_test(markdown_shows_names_and_does_nothing),
        cmocka_unit_test(markdown_tables_have_even_rows),
        cmocka_unit_test(markdown_names_the_inputs),
    };
    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
