/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostile CSV files of tests/badinput, with a verdict each, and odd files that are right, cell
 * by cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "csv_case.h"
#include "hostile.h"

/* A missing value counts as refused, as it is under the default policy; so does a reading that is
 * too large, as it is once it is measured. */
static bool is_accepted(const csv_case *c)
{
    for (size_t k = 0; c->status == TDO_OK && k < c->request.n_wanted; k++)
        for (size_t i = 0; i < c->table.n; i++)
            if (!(fabs(c->table.column[k].number[i]) <= TDO_READING_MOST))
                return false;
    return c->status == TDO_OK;
}

/* Split directly, and through libcsv. */
static void check(const char *name, const char *verdict, const char *bytes, size_t length)
{
    for (int through = 0; through < 2; through++) {
        csv_case c = csv_case_new();
        c.limits.through_libcsv = through;
        csv_case_read(&c, bytes, length);
        if (is_accepted(&c) != (strcmp(verdict, "read") == 0))
            fail_msg("%s: status %d: %s", name, (int)c.status, c.report.item[0].text);
        if (c.status != TDO_OK) { /* a file without rows has no line to name */
            bool placeless = length == 0 || strncmp(name, "only_", 5) == 0;
            assert_int_equal(c.status, TDO_E_INPUT);
            assert_true(c.report.item[0].line > 0 || placeless);
        }
        csv_case_free(&c);
    }
}

static void hostile_files(void **state)
{
    (void)state;
    assert_int_equal(hostile_each("tests/badinput/csv.tsv", check), 117);
}

enum { CELLS = 9 };

/* Bytes, and what is in the cells, row by row. */
static const struct {
    const char *bytes;
    size_t columns, rows; /* with the names */
    const char *cell[CELLS];
} right[] = {
    {"n,m\n1,2\n", 2, 2, {"n", "m", "1", "2"}},
    {"n,m\r\n1,2\r\n", 2, 2, {"n", "m", "1", "2"}},
    {"n,m\r1,2\r", 2, 2, {"n", "m", "1", "2"}},
    {"n,m\n1,2", 2, 2, {"n", "m", "1", "2"}},
    {"who,where\n\"Roe, Jane\",\"7, Hill St\"\n",
     2,
     2,
     {"who", "where", "Roe, Jane", "7, Hill St"}},
    {"a,b,c\n1,\"\",\"\"\n2,,3\n", 3, 3, {"a", "b", "c", "1", "", "", "2", "", "3"}},
    {"say\n\"a \"\"big\"\" word\"\n\"\"\"\"\n", 1, 3, {"say", "a \"big\" word", "\""}},
    {"t,n\n\"first\nsecond\",1\n", 2, 2, {"t", "n", "first\nsecond", "1"}},
    {"t,n\r\n\"first\r\nsecond\",1\r\n", 2, 2, {"t", "n", "first\r\nsecond", "1"}},
    {"t,n\n\"a \"\"b\"\"\nc, d\",1\n", 2, 2, {"t", "n", "a \"b\"\nc, d", "1"}},
    {"k,v\n1,\"{\"\"at\"\": [3, 4]}\"\n", 2, 2, {"k", "v", "1", "{\"at\": [3, 4]}"}},
    {"k,v\n\xC3\xA9t\xC3\xA9,\xE2\x82\xAC\n",
     2,
     2,
     {"k", "v", "\xC3\xA9t\xC3\xA9", "\xE2\x82\xAC"}},
    {"k , v\n 1 ,\" 2 \"\n", 2, 2, {"k", "v", "1", " 2 "}},
    {"k,v\n\n1,2\n\n\n3,4\n", 2, 3, {"k", "v", "1", "2", "3", "4"}},
};

static void right_files(void **state)
{
    (void)state;
    for (size_t q = 0; q < sizeof right / sizeof *right; q++) {
        const char *path = "test_badinput_csv.tmp";
        const tdo_table_request request = {.file = path, .path = path};
        csv_rows r;
        tdo_error e = {0};
        bool more = true;
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        assert_int_equal(fputs(right[q].bytes, f) < 0 || fclose(f), 0);
        assert_int_equal(csv_rows_open(&r, &request, &csv_stated_limits, &e), TDO_OK);
        for (size_t i = 0; i <= right[q].rows; i++) {
            assert_int_equal(csv_rows_next(&r, &more, &e), TDO_OK);
            assert_int_equal(more, i < right[q].rows);
            r.columns = right[q].columns; /* known once the names are read */
            for (size_t k = 0; more && k < r.columns; k++) {
                const char *cell = right[q].cell[i * r.columns + k];
                assert_int_equal(r.field[k].length, strlen(cell));
                assert_memory_equal(r.base + r.field[k].start, cell, strlen(cell));
            }
        }
        csv_rows_close(&r);
        assert_int_equal(unlink(path), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_files),
        cmocka_unit_test(right_files),
    };
    return cmocka_run_group_tests_name("hostile csv", tests, NULL, NULL);
}
