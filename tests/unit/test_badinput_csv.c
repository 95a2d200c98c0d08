/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stored collection of hostile CSV files with a verdict each, and csv-spectrum with its answers
 * in JSON. Where the collection is not at hand ($TDO_SHARED), this is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <jansson.h>
#include <math.h>

#include "csv_case.h"

/* What this program does where the collection leaves it open. A missing value counts as refused, as
 * it is under the default policy. */
static const struct {
    const char *name;
    bool accepted;
} decided[] = {
    {"blank_lines", true},           /* passed over; they count as lines */
    {"sep_line", true},              /* honoured, with a warning */
    {"trailing_comma_all", true},    /* a nameless column may be there as long as it is empty */
    {"header_quoted_spaces", false}, /* quotes keep blanks: another name, and the message says so */
    {"semicolon", false},            /* the delimiter is found; the decimal commas are refused */
    {"tab", true},
    {"newline_in_id", true}, /* shown escaped */
    {"cr_in_id", true},
    {"many_columns", false},  /* 1001 */
    {"num_underflow", false}, /* a measurement must not turn into nothing */
    {"num_denormal", true},
    {"num_plus_sign", true},
    {"num_leading_dot", true},
    {"num_trailing_dot", true},
    {"num_na", false},
    {"num_empty", false},
    {"num_quoted_empty", false},
    {"num_2p53", true}, /* the nearest double, as everywhere */
    {"num_range_600_decades", true},
    {"num_sum_overflow", true}, /* values are the next room's care */
};

static const char *shared(void)
{
    const char *folder = getenv("TDO_SHARED");
    return !folder ? "" : folder;
}

static FILE *open_or_skip(const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        print_message("no %s: skipped\n", path);
        skip();
    }
    return f;
}

static bool is_accepted(const csv_case *c)
{
    for (size_t k = 0; c->status == TDO_OK && k < c->request.n_wanted; k++)
        for (size_t i = 0; i < c->table.n; i++)
            if (isnan(c->table.column[k].number[i]))
                return false;
    return c->status == TDO_OK;
}

static bool is_expected(const char *name, const char *verdict)
{
    for (size_t i = 0; i < sizeof decided / sizeof decided[0]; i++)
        if (strcmp(decided[i].name, name) == 0) {
            assert_string_not_equal(verdict, decided[i].accepted ? "reject" : "accept");
            return decided[i].accepted;
        }
    if (strcmp(verdict, "policy") == 0)
        fail_msg("%s: not decided", name);
    return strcmp(verdict, "accept") == 0;
}

static void hostile_files(void **state)
{
    (void)state;
    char path[1024], line[1024];
    size_t checked = 0;

    (void)snprintf(path, sizeof path, "%s/badinput/MANIFEST.tsv", shared());
    FILE *f = open_or_skip(path);
    while (fgets(line, sizeof line, f)) {
        char name[128] = "", verdict[16] = "";
        if (sscanf(line, "csv-own/%100[^.].csv %10s", name, verdict) != 2)
            continue;
        csv_case c = csv_case_new();
        (void)snprintf(path, sizeof path, "%s/badinput/csv-own/%s.csv", shared(), name);
        csv_case_read_file(&c, path);
        if (is_accepted(&c) != is_expected(name, verdict))
            fail_msg("%s: status %d: %s", name, (int)c.status, c.report.item[0].text);
        if (c.status != TDO_OK) { /* a file without lines has no line to name */
            bool placeless = strcmp(name, "empty_file") == 0 || strcmp(name, "header_only") == 0;
            assert_int_equal(c.status, TDO_E_INPUT);
            assert_true(c.report.item[0].line > 0 || placeless);
        }
        csv_case_free(&c);
        checked++;
    }
    (void)fclose(f);
    assert_true(checked >= 118);
}

/* Every field of a file against the JSON beside it: a list of objects, one a row. */
static size_t compare_with_json(const char *name)
{
    char csv[1024], path[1024];
    char names[8][64];
    csv_rows r;
    tdo_error e = {0};
    bool more = false;
    size_t row = 0;
    (void)snprintf(csv, sizeof csv, "%s/badinput/csv-spectrum/csvs/%s.csv", shared(), name);
    (void)snprintf(path, sizeof path, "%s/badinput/csv-spectrum/json/%s.json", shared(), name);
    json_t *expected = json_load_file(path, 0, NULL);
    assert_non_null(expected);
    tdo_table_request request = {.file = csv, .path = csv};
    assert_int_equal(csv_rows_open(&r, &request, &csv_stated_limits, &e), TDO_OK);
    assert_int_equal(csv_rows_next(&r, &more, &e), TDO_OK);
    assert_in_range(r.fields, 1, 8);
    for (size_t i = 0; i < r.fields; i++)
        (void)snprintf(names[i], sizeof names[i], "%s", r.base + r.field[i].at);
    r.columns = r.fields;
    while (csv_rows_next(&r, &more, &e) == TDO_OK && more) {
        const json_t *object = json_array_get(expected, row++);
        assert_int_equal(json_object_size(object), r.columns);
        for (size_t i = 0; i < r.columns; i++) {
            const json_t *value = json_object_get(object, names[i]);
            assert_int_equal(json_string_length(value), r.field[i].length);
            assert_memory_equal(json_string_value(value), r.base + r.field[i].at,
                                r.field[i].length);
        }
    }
    assert_int_equal(e.status, TDO_OK);
    assert_int_equal(row, json_array_size(expected));
    csv_rows_close(&r);
    json_decref(expected);
    return row;
}

static void spectrum(void **state)
{
    (void)state;
    char path[1024];
    size_t files = 0;

    (void)snprintf(path, sizeof path, "%s/badinput/csv-spectrum/csvs", shared());
    DIR *folder = opendir(path);
    if (!folder) {
        print_message("no %s: skipped\n", path);
        skip();
    }
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char name[128];
        size_t length = strlen(entry->d_name);
        if (length <= 4 || length >= sizeof name || strcmp(entry->d_name + length - 4, ".csv") != 0)
            continue;
        (void)snprintf(name, sizeof name, "%.*s", (int)length - 4, entry->d_name);
        assert_true(compare_with_json(name) > 0);
        files++;
    }
    (void)closedir(folder);
    assert_int_equal(files, 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_files),
        cmocka_unit_test(spectrum),
    };
    return cmocka_run_group_tests_name("hostile csv", tests, NULL, NULL);
}
