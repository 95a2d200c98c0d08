/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of CSV files: what is read, what is refused, and at which line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "csv_case.h"

#define HEAD "id,cost,accuracy,latency_ms\n"
#define ROW  "a,1,0.9,20\n"

/* A file that is refused: its bytes, the place, and a part of the first message. */
typedef struct refusal {
    const char *bytes;
    size_t length; /* 0: up to the NUL */
    unsigned line, column;
    const char *text;
} refusal;

static void expect_refusals(const refusal *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        csv_case c = csv_case_new();
        csv_case_read(&c, r[i].bytes, r[i].length == 0 ? strlen(r[i].bytes) : r[i].length);
        const tdo_error *e = &c.report.item[0];
        if (c.status != TDO_E_INPUT || e->line != r[i].line || e->column != r[i].column ||
            !strstr(e->text, r[i].text))
            fail_msg("case %zu (%s): status %d, %u:%u: %s", i, r[i].text, (int)c.status, e->line,
                     e->column, e->text);
        assert_string_equal(e->file, "c.csv");
        csv_case_free(&c);
    }
}
#define EXPECT_REFUSALS(r) expect_refusals(r, sizeof(r) / sizeof(r)[0])

/* A file that is read: its ids joined by "|", the line of the last, the sum of its costs. */
typedef struct acceptance {
    const char *bytes, *ids;
    unsigned last_line;
    double costs;
} acceptance;

static void expect_acceptances(const acceptance *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        csv_case c = csv_case_new();
        char ids[256] = "";
        double costs = 0;
        csv_case_read(&c, a[i].bytes, strlen(a[i].bytes));
        if (c.status != TDO_OK)
            fail_msg("case %zu (%s): %s", i, a[i].ids, c.report.item[0].text);
        for (size_t k = 0; k < c.table.n; k++) {
            (void)strcat(strcat(ids, k == 0 ? "" : "|"), c.table.id[k]);
            costs += c.table.column[0].number[k];
        }
        assert_string_equal(ids, a[i].ids);
        assert_true(costs == a[i].costs);
        assert_int_equal(c.table.line[c.table.n - 1], a[i].last_line);
        assert_int_equal(c.table.rows, c.table.n);
        assert_int_equal(c.table.where_dropped, 0);
        assert_string_equal(c.table.file, "c.csv");
        csv_case_free(&c);
    }
}
#define EXPECT_ACCEPTANCES(a) expect_acceptances(a, sizeof(a) / sizeof(a)[0])

static void envelopes(void **state)
{
    (void)state;
    static const acceptance good[] = {
        {HEAD ROW "b,2,0.8,10\n", "a|b", 3, 3},
        {HEAD "a,1,0.9,20", "a", 2, 1},
        {"\xEF\xBB\xBF" HEAD ROW, "a", 2, 1},
        {"\xEF\xBB\xBF\"id\",\"cost\",\"accuracy\",\"latency_ms\"\n" ROW, "a", 2, 1},
        {"id,cost,accuracy,latency_ms\r\na,1,0.9,20\r\nb,2,0.8,10\r\n", "a|b", 3, 3},
        {"id,cost,accuracy,latency_ms\ra,1,0.9,20\rb,2,0.8,10", "a|b", 3, 3},
        {HEAD "a,1,0.9,20\r\nb,2,0.8,10\nc,3,0.7,5\r", "a|b|c", 4, 6},
        {"\n\n" HEAD "\n" ROW "  \t\nb,2,0.8,10\n\n\n", "a|b", 7, 3},
        {"\r\n \r\n" HEAD ROW, "a", 4, 1},
        {" id , cost,accuracy\t,latency_ms\n  a b , 1 ,\t0.9,20\n", "a b", 2, 1},
        {"latency_ms,note,cost,id,accuracy\n20,x,1,a,0.9\n", "a", 2, 1}, /* any order, more */
        {",id,cost,accuracy,latency_ms\n7,a,1,0.9,20\n,b,2,0.9,20\n", "a|b", 3,
         3}, /* row numbers */
    };

    EXPECT_ACCEPTANCES(good);
}

static void quotes(void **state)
{
    (void)state;
    static const acceptance good[] = {
        {HEAD "\"a,1\",1,0.9,20\n", "a,1", 2, 1},
        {HEAD "\"say \"\"a\"\"\",\"1\",0.9,20\n", "say \"a\"", 2, 1},
        {HEAD " \" a \" ,1,0.9,20\n", " a ", 2, 1},
        {HEAD "\"a\nb\",1,0.9,20\nc,2,0.8,10\n", "a\nb|c", 4, 3},
        {HEAD "\"a\r\nb\",1,0.9,20\nc,2,0.8,10\n", "a\r\nb|c", 4, 3},
        {HEAD "\"a\rb\",1,0.9,20\nc,2,0.8,10\n", "a\rb|c", 4, 3},
        {HEAD "\"\n\n   \nz\",1,0.9,20\n", "\n\n   \nz", 2, 1},
    };
    static const refusal bad[] = {
        {HEAD "a,\"1,0.9,20\nb,2,0.8,10\n", 0, 2, 3, "its quote is never closed"},
        {HEAD ROW "b,1,0.9,\"20", 0, 3, 9, "its quote is never closed"},
        {"id,\"cost\n", 0, 1, 4, "its quote is never closed"},
        {HEAD "a\"x,1,0.9,20\n", 0, 2, 2, "a quote inside a field"},
        {HEAD "\"a\"x,1,0.9,20\n", 0, 2, 4, "text after a closing quote"},
        {HEAD "\"a\" \"b\",1,0.9,20\n", 0, 2, 5, "text after a closing quote"},
        {HEAD "\"a\\\"b\",1,0.9,20\n", 0, 2, 5, "text after a closing quote"},
        {HEAD "\"a\nb\"x,1,0.9,20\n", 0, 3, 3, "text after a closing quote"},
        {HEAD "a\n\"b", 0, 2, 2, "this row has 1 field, the header has 4"},
    };

    EXPECT_ACCEPTANCES(good);
    EXPECT_REFUSALS(bad);
    csv_case c =
        csv_case_new(); /* a blank around an id is kept in quotes: that id is another one */
    csv_case_read(&c, HEAD "a,1,1,1\n\"a \",1,1,1\n", strlen(HEAD) + 17);
    assert_int_equal(c.status, TDO_OK);
    csv_case_free(&c);
}

static const refusal bytes_refused[] = {
    {"", 0, 0, 0, "the file is empty"},
    {"\xEF\xBB\xBF", 0, 0, 0, "only blank lines"},
    {"\n \n\t\r\n", 0, 0, 0, "only blank lines"},
    {HEAD, 0, 0, 0, "a header, but no rows"},
    {"id,cost,accuracy,latency_ms", 0, 0, 0, "a header, but no rows"},
    {HEAD "\n\n", 0, 0, 0, "a header, but no rows"},
    {HEAD "caf\xE9,1,0.9,20\n", 0, 2, 4, "not valid UTF-8 (byte 0xE9 at offset 31 of the file)"},
    {HEAD "x\xC0\xAF,1,0.9,20\n", 0, 2, 2, "not valid UTF-8"},
    {HEAD "x\xED\xA0\x80,1,0.9,20\n", 0, 2, 2, "not valid UTF-8"},
    {HEAD "x\xE2\x82,1,0.9,20\n", 0, 2, 2, "not valid UTF-8"},
    {HEAD ROW "b,1,0.9,20\xC3", 0, 3, 11, "not valid UTF-8"},
    {"\xEF\xBB\xBFid,\xFF\n", 0, 1, 4, "offset 6 of the file"},
    {HEAD "a,1\0"
          "2,0.9,20\n",
     sizeof HEAD - 1 + 12, 2, 4, "a NUL byte"},
    {HEAD "a\0b,1,0.9,20\n", sizeof HEAD - 1 + 13, 2, 2, "a NUL byte"},
    {HEAD "a\0\xFF,1,0.9,20\n", sizeof HEAD - 1 + 13, 2, 2, "a NUL byte"},
    {HEAD "a\xFF\0,1,0.9,20\n", sizeof HEAD - 1 + 13, 2, 2, "not valid UTF-8"},
    {"\xFF\xFEi\0d\0", 6, 1, 1, "this is UTF-16 text"},
    {"\xFE\xFF\0i\0d", 6, 1, 1, "this is UTF-16 text"},
    {"i\0d\0,\0", 6, 1, 1, "this is UTF-16 text"},
    {"\0i\0d\0,", 6, 1, 1, "this is UTF-16 text"},
    {"\xFF\xFE\0\0i\0\0\0", 8, 1, 1, "this is UTF-32 text"},
    {"\0\0\xFE\xFF\0\0\0i", 8, 1, 1, "this is UTF-32 text"},
    {"i\0\0\0d\0\0\0", 8, 1, 1, "this is UTF-32 text"},
    {"\0\0\0i\0\0\0d", 8, 1, 1, "this is UTF-32 text"},
    {"\x1F\x8B\x08\0\0\0", 6, 1, 1, "this is a gzip file"},
    {"PK\x03\x04xyz", 0, 1, 1, "this is a zip file or an Excel workbook"},
    {"\xD0\xCF\x11\xE0", 0, 1, 1, "this is an old Excel workbook"},
    {"\x28\xB5\x2F\xFDxyz", 0, 1, 1, "this is a zstd file"},
    {"PAR1\x15\x04", 0, 1, 1, "this is a Parquet file"},
    {"SQLite format 3", 16, 1, 1, "this is an SQLite database"},
    {"[{\"id\":\"a\"}]\n", 0, 1, 1, "this is a JSON file"},
    {"\n {\n \"id\": 1}", 0, 1, 1, "this is a JSON file"},
    {"\xEF\xBB\xBF[1,2]", 0, 1, 1, "this is a JSON file"},
    {"<!DOCTYPE html><html>", 0, 1, 1, "this is an HTML page"},
    {"\n<HTML lang=en>", 0, 1, 1, "this is an HTML page"},
    {"<?xml version=\"1.0\"?>", 0, 1, 1, "this is an XML file"},
    {HEAD "a,1,0.9\n" ROW, 0, 2, 8, "this row has 3 fields, the header has 4"},
    {HEAD ROW "b,1,0.9,20,99\n", 0, 3, 12, "this row has 5 fields, the header has 4"},
    {HEAD "\"a\nb\",1,0.9,20,99,x\n", 0, 3, 13, "this row has 6 fields"},
    {HEAD ROW "x\n", 0, 3, 2, "this row has 1 field, the header has 4"},
};

static void wrong_bytes(void **state)
{
    (void)state;
    EXPECT_REFUSALS(bytes_refused);
}

static void headers(void **state)
{
    (void)state;
    static const acceptance good[] = {
        {"id,cost,accuracy,latency_ms,\na,1,0.9,20,\n", "a", 2,
         1}, /* a comma too many, all along */
        {"id,cost,,accuracy,latency_ms,,\na,1, ,0.9,20,\"\",\n", "a", 2, 1},
        {"[id],id,cost,accuracy,latency_ms\nx,a,1,0.9,20\n", "a", 2, 1},
        {"#,id,cost,accuracy,latency_ms\n1,a,1,0.9,20\n", "a", 2, 1},
        {"sep=,x,id,cost,accuracy,latency_ms\n1,2,a,1,0.9,20\n", "a", 2, 1},
    };
    static const refusal bad[] = {
        {"id,cost,cost,latency_ms\na,1,2,3\n", 0, 1, 9,
         "two columns are named \"cost\" (columns 2"},
        {"id,x,cost,accuracy,latency_ms,x\na,1,1,2,3,4\n", 0, 1, 31, "two columns are named \"x\""},
        {"id,cost,latency_ms\na,1,20\n", 0, 1, 0, "no column \"accuracy\" in c.csv; it has \"id\""},
        {"id,cost,acuracy,latency_ms\na,1,1,20\n", 0, 1, 0, "(did you mean \"acuracy\"?)"},
        {"ID,cost,accuracy,latency_ms\na,1,1,20\n", 0, 1, 0, "(did you mean \"ID\"?)"},
        {"\" id \",cost,accuracy,latency_ms\na,1,2,3\n", 0, 1, 0,
         "(did you mean \" id \", which has blanks inside its quotes?)"},
        {"# my data\n" HEAD ROW, 0, 1, 0, "its first line looks like a comment"},
        {"1,2,3,4\n5,6,7,8\n", 0, 1, 0, "its first line holds numbers"},
        {"id|cost|accuracy|latency_ms\na|1|1|1\n", 0, 1, 0, "its header has one column only"},
        {"\"id\",\"co\nst\",accuracy,latency_ms\n" ROW, 0, 1, 0,
         "a line break inside a column name"},
        {"id,co\x01st,accuracy,latency_ms\n" ROW, 0, 1, 4, "a control character inside a column"},
        {"id,cost,accuracy,latency_ms,\na,1,0.9,20,\nb,1,0.9,20,x\n", 0, 3, 12,
         "column 5 has no name in the header, but is not empty here"},
        {"id,,cost,accuracy,latency_ms\na,0,1,0.9,20\n", 0, 2, 3, "column 2 has no name"},
        {",,,\na,1,2,3\n", 0, 1, 0, "the header names no column"},
        {"\"\"\na\n", 0, 1, 0, "the header names no column"},
    };

    EXPECT_ACCEPTANCES(good);
    EXPECT_REFUSALS(bad);
}

/* All columns that are not there are named in one run, each once, where the scenario names them. */
static void missing_columns_are_placed_in_the_scenario(void **state)
{
    (void)state;
    static const tdo_wanted wanted[] = {
        {.column = "p95", .place = {"s.json", "criteria.latency.column", 7, 12}},
        {.column = "p95", .words = true, .place = {"s.json", "constraints[0]", 9, 3}},
        {.column = "cost", .place = {"s.json", "criteria.cost.column", 8, 12}},
    };
    static const tdo_condition where[] = {
        {.column = "status", .place = {"s.json", "candidates.where[0]", 5, 20}}};
    csv_case c = csv_case_new();

    c.request.id_place = (tdo_place){"s.json", "candidates.id", 4, 11};
    c.request.wanted = wanted;
    c.request.where = where;
    c.request.n_where = 1;
    csv_case_read(&c, "model,cost,p95_ms\na,1,2\n", 24);
    assert_int_equal(c.status, TDO_E_INPUT);
    assert_int_equal(c.report.count, 3);
    assert_int_equal(c.report.item[0].line, 4);
    assert_string_equal(c.report.item[0].path, "candidates.id");
    assert_int_equal(c.report.item[1].line, 5);
    assert_string_equal(c.report.item[2].file, "s.json");
    assert_int_equal(c.report.item[2].line, 7);
    assert_int_equal(c.report.item[2].column, 12);
    assert_string_equal(c.report.item[2].path, "criteria.latency.column");
    csv_case_free(&c);
}

static void delimiters(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        char given;
        const char *warning; /* a part of it; NULL: none */
        unsigned line;
    } table[] = {
        {HEAD ROW, 0, NULL, 2},
        {"id;cost;accuracy;latency_ms\na;1;0.9;20\n", 0, "separated by \";\", found", 2},
        {"id;cost;accuracy;latency_ms\na;1;0.9;20\n", ';', NULL, 2},
        {"id\tcost\taccuracy\tlatency_ms\na\t1\t0.9\t20\n", 0, "separated by \"\\t\", found", 2},
        {"id\tcost\taccuracy\tlatency_ms\n a b \t1\t \t20\n", '\t', NULL, 2},
        {"id|cost|accuracy|latency_ms\na|1|0.9|20\n", '|', NULL, 2},
        {"id;\"a,b,c,d,e,f\";cost;accuracy;latency_ms\na;;1;0.9;20\n", 0, "\";\", found", 2},
        {"sep=;\nid;cost;accuracy;latency_ms\na;1;0.9;20\n", 0, "hint for spreadsheets", 3},
        {"\"sep=|\"\r\nid|cost|accuracy|latency_ms\r\na|1|0.9|20\r\n", 0, "separated by \"|\"", 3},
        {"sep=,\n" HEAD ROW, 0, "hint for spreadsheets", 3},
        {"sep=;\n" HEAD ROW, ',', "separated by \",\"", 3},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        csv_case c = csv_case_new();
        c.request.delimiter = table[i].given;
        csv_case_read(&c, table[i].bytes, strlen(table[i].bytes));
        if (c.status != TDO_OK)
            fail_msg("case %zu: %s", i, c.report.item[0].text);
        assert_int_equal(c.table.line[0], table[i].line);
        assert_true(c.table.column[2].number[0] == 20);
        assert_int_equal(c.warnings.n, table[i].warning != NULL);
        if (table[i].warning) {
            assert_string_equal(c.warnings.item[0].code, "W_DELIMITER");
            assert_non_null(strstr(c.warnings.item[0].message, table[i].warning));
        }
        csv_case_free(&c);
    }
    static const refusal bad[] = {
        {"sep=;\n", 0, 0, 0, "only blank lines"},
        {"sep=;\n" HEAD ROW, 0, 2, 0, "its header has one column only"},
        {"id;cost;accuracy;latency_ms\na;1,0;0,9;20\n", 0, 2, 3, "has a decimal comma"},
    };
    EXPECT_REFUSALS(bad);
}

static void ids(void **state)
{
    (void)state;
    static const acceptance good[] = {
        {HEAD "NA,1,1,1\n-,2,1,1\n", "NA|-", 3, 3}, /* names, not missing marks */
        {HEAD "\"\t=1\",1,1,1\n", "\t=1", 2, 1},
        {HEAD "caf\xC3\xA9,1,1,1\ncafe\xCC\x81,1,1,1\n", "caf\xC3\xA9|cafe\xCC\x81", 3, 2},
        {HEAD "a,1,1,1\nA,1,1,1\n", "a|A", 3, 2},
    };
    static const refusal bad[] = {
        {HEAD "a,1,1,1\nb,1,1,1\n\n \"a\",2,2,2\n", 0, 5, 2, "the id \"a\" is already on line 2"},
        {HEAD ",1,1,1\n", 0, 2, 1, "column \"id\": the id is empty"},
        {HEAD "\" \n\",1,1,1\n", 0, 2, 0, "column \"id\": the id is empty"},
        {HEAD ",,,\n\"\",,,\n", 0, 2, 0, "every row below the header is empty"},
        {HEAD ",,\n", 0, 2, 3, "this row has 3 fields, the header has 4"},
        {HEAD "a\x1B[31mred,1,1,1\n", 0, 2, 1, "a control character in the id"},
        {HEAD "a\x7F,1,1,1\n", 0, 2, 1, "a control character in the id"},
        {HEAD "a\xC2\x9B"
              "1m,1,1,1\n",
         0, 2, 1, "a control character in the id"},
    };

    EXPECT_ACCEPTANCES(good);
    EXPECT_REFUSALS(bad);
}

static void ids_of_several_columns(void **state)
{
    (void)state;
    static const char *const columns[] = {"model", "batch"};
    csv_case c = csv_case_new(), d = csv_case_new();
    const char *good = "batch,model,cost,accuracy,latency_ms\n1,a,1,1,1\n2,a,1,1,1\n1,b,1,1,1\n";
    const char *bad =
        "batch,model,cost,accuracy,latency_ms\n1,a / 1,1,1,1\n1 / 1,a,1,1,1\n,a,1,1,1";

    c.request.id_columns = d.request.id_columns = columns;
    c.request.n_id_columns = d.request.n_id_columns = 2;
    csv_case_read(&c, good, strlen(good));
    assert_int_equal(c.status, TDO_OK);
    assert_string_equal(c.table.id[0], "a / 1");
    assert_string_equal(c.table.id[1], "a / 2");
    assert_string_equal(c.table.id[2], "b / 1");
    csv_case_read(&d, bad, strlen(bad));
    assert_int_equal(d.report.count, 2);
    assert_non_null(strstr(d.report.item[0].text, "the id \"a / 1 / 1\" is already on line 2"));
    assert_int_equal(d.report.item[1].line, 4);
    assert_non_null(strstr(d.report.item[1].text, "column \"batch\": the id is empty"));
    csv_case_free(&c);
    csv_case_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(envelopes),
        cmocka_unit_test(quotes),
        cmocka_unit_test(wrong_bytes),
        cmocka_unit_test(headers),
        cmocka_unit_test(missing_columns_are_placed_in_the_scenario),
        cmocka_unit_test(delimiters),
        cmocka_unit_test(ids),
        cmocka_unit_test(ids_of_several_columns),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
