/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells, conditions, limits and sources of CSV files. Their shape is in test_csv.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <sys/stat.h>

#include "csv/cell.h"
#include "csv_case.h"

#define HEAD "id,cost,accuracy,latency_ms\n"

/* ---- numbers ---- */

static void styles(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool percent;
        char thousands;
        tdo_number_verdict verdict;
        double value;
    } table[] = {
        {"77.4", true, 0, TDO_NUMBER_OK, 77.4},
        {"77.4%", true, 0, TDO_NUMBER_OK, 77.4},
        {"-3%", true, 0, TDO_NUMBER_OK, -3},
        {"%", true, 0, TDO_NUMBER_SYNTAX, 0},
        {"5%%", true, 0, TDO_NUMBER_SYNTAX, 0},
        {"5 %", true, 0, TDO_NUMBER_SYNTAX, 0},
        {"%5", true, 0, TDO_NUMBER_SYNTAX, 0},
        {"77.4%", false, 0, TDO_NUMBER_SYNTAX, 0},
        {"1,013.0", false, ',', TDO_NUMBER_OK, 1013},
        {"1,013.0", false, 0, TDO_NUMBER_SYNTAX, 0},
        {"-12,345,678", false, ',', TDO_NUMBER_OK, -12345678},
        {"+1,000e3", false, ',', TDO_NUMBER_OK, 1e6},
        {"1013.25", false, ',', TDO_NUMBER_OK, 1013.25},
        {"1,00", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1,0000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1000,000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {",000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1,,000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1,000,", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1.000,000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"0.1,000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1,000.5,000", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"1,013.5%", true, ',', TDO_NUMBER_OK, 1013.5},
        {"1 013", false, ' ', TDO_NUMBER_OK, 1013},
        {"1'013", false, '\'', TDO_NUMBER_OK, 1013},
        {"1.013", false, '.', TDO_NUMBER_OK, 1013},
        {"1.5", false, '.', TDO_NUMBER_SYNTAX, 0}, /* half a separator is none */
        {"1.013.5", false, '.', TDO_NUMBER_SYNTAX, 0},
        {"0,812", false, ',', TDO_NUMBER_SYNTAX, 0}, /* nobody parts that into thousands */
        {"-012,345", false, ',', TDO_NUMBER_SYNTAX, 0},
        {"0.812", false, '.', TDO_NUMBER_SYNTAX, 0},
        {"999,999e400", false, ',', TDO_NUMBER_OVERFLOW, 0},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        double x = 0;
        tdo_number_verdict v = csv_plain_number(table[i].text, strlen(table[i].text),
                                                table[i].percent,
                                                (csv_signs){table[i].thousands, 0}, &x);
        if (v != table[i].verdict || (v == TDO_NUMBER_OK && x != table[i].value))
            fail_msg("%s: verdict %d, %.17g", table[i].text, (int)v, x);
    }
    char longer[2000];
    double x = 0;
    for (size_t i = 0; i < sizeof longer; i++)
        longer[i] = i % 4 == 3 ? ',' : '1';
    assert_int_equal(csv_plain_number(longer, 1999, false, (csv_signs){',', 0}, &x),
                     TDO_NUMBER_SYNTAX);
    assert_int_equal(csv_plain_number(longer, 1999, false, (csv_signs){0, ','}, &x),
                     TDO_NUMBER_SYNTAX);
}

static void decimal_commas(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char thousands;
        tdo_number_verdict verdict;
        double value;
    } table[] = {
        {"0,812", 0, TDO_NUMBER_OK, 0.812},
        {"-1,5e3", 0, TDO_NUMBER_OK, -1500},
        {"81,2%", 0, TDO_NUMBER_OK, 81.2},
        {"7", 0, TDO_NUMBER_OK, 7},
        {"0.812", 0, TDO_NUMBER_SYNTAX, 0},
        {"1.200", 0, TDO_NUMBER_SYNTAX, 0},
        {"1,2,3", 0, TDO_NUMBER_SYNTAX, 0},
        {"1,200,300", 0, TDO_NUMBER_SYNTAX, 0},
        {",", 0, TDO_NUMBER_SYNTAX, 0},
        {"", 0, TDO_NUMBER_SYNTAX, 0},
        {"1.200,50", '.', TDO_NUMBER_OK, 1200.5},
        {"1.200", '.', TDO_NUMBER_OK, 1200},
        {"12.400.000,5", '.', TDO_NUMBER_OK, 12400000.5},
        {"900,00", '.', TDO_NUMBER_OK, 900},
        {"1.2", '.', TDO_NUMBER_SYNTAX, 0},
        {"1,5.200", '.', TDO_NUMBER_SYNTAX, 0},
        {"0.812,5", '.', TDO_NUMBER_SYNTAX, 0},
        {"1 200,5", ' ', TDO_NUMBER_OK, 1200.5},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        double x = 0;
        tdo_number_verdict v = csv_plain_number(table[i].text, strlen(table[i].text), true,
                                                (csv_signs){table[i].thousands, ','}, &x);
        if (v != table[i].verdict || (v == TDO_NUMBER_OK && x != table[i].value))
            fail_msg("%s: verdict %d, %.17g", table[i].text, (int)v, x);
    }
}

static void points_between_thousands(void **state)
{
    (void)state;
    static const struct {
        const char *cells[4];
        bool alone, with_commas;
    } table[] = {
        {{"950", "1.200", "2.100"}, true, true},
        {{"1.200", "950"}, true, true},
        {{"-1.200", "+950"}, true, true},
        {{"950", "1.234", "2.345"}, true, true},
        {{"950", "1.234"}, false, true}, /* one cell, which may be what was measured */
        {{"1.200", "2.100"}, false, true},
        {{"5", "1.234", "2.345"}, false, true},
        {{"950", "0.200", "2.100"}, false, false},
        {{"950", "1.2", "2.100"}, false, false},
        {{"1000", "1.200", "2.100"}, false, false},
        {{"950", "1200.500"}, false, false},
        {{"950", "1.200e3"}, false, false},
        {{"950", "12"}, false, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        csv_points p = {.settled = false};
        size_t first = 0;
        for (size_t k = 0; k < 4 && table[i].cells[k]; k++)
            first += csv_points_see(&p, '.', table[i].cells[k], strlen(table[i].cells[k]));
        assert_true(first <= 1);
        assert_int_equal(csv_points_suspect(&p, false), table[i].alone);
        assert_int_equal(csv_points_suspect(&p, true), table[i].with_commas);
    }
}

static void cells_that_are_no_number(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *text;
    } table[] = {
        {"20ms", "column \"cost\": \"20ms\" has a unit after the number"},
        {"20 ms", "has a unit"},
        {"20\xC2\xB5s", "has a unit"},
        {"3/s", "has a unit"},
        {"\"1,5\"", "has a decimal comma: write a point, or"},
        {"\"-0,25\"", "has a decimal comma"},
        {"\"1.234,5\"", "the criterion needs \"decimal\": \",\" and \"thousands\": \".\""},
        {"\"1,000\"", "the criterion needs \"thousands\": \",\""},
        {"\"1,234,567.5\"", "the criterion needs \"thousands\": \",\""},
        {"\"1,00,000\"", "no separators of three digits"},
        {"95%", "the criterion needs \"percent\": true"},
        {"x%", "has a percent sign and is no number before it"},
        {"0x1p3", "is hexadecimal"},
        {"-0X1F", "is hexadecimal"},
        {"inf", "is not finite"},
        {"-Infinity", "is not finite"},
        {"\xE2\x88\x9E", "is not finite"},
        {"NAN",
         "the marks are an empty cell, NA, N/A, n/a, NaN, nan, null, None, -, #N/A and #DIV/0!"},
        {"na", "the marks are"},
        {"NULL", "the marks are"},
        {"none", "the marks are"},
        {"--", "the marks are"},
        {"?", "the marks are"},
        {"nan(1)", "the marks are"},
        {"\xEF\xBC\x91\xEF\xBC\x92", "other than the ASCII digits"},
        {"\xD9\xA3", "other than the ASCII digits"},
        {"\xE2\x88\x92"
         "1",
         "has a dash that is not the ASCII minus sign"},
        {"\xE2\x80\x93"
         "1",
         "has a dash that is not the ASCII minus sign"},
        {"\xC2\xA0"
         "1",
         "\"\\u00a01\" has a blank before or after the number"},
        {"\" 1\"", "has a blank before or after the number"},
        {"\"1\n\"", "has a blank before or after the number"},
        {"\" \"", "holds only blanks"},
        {"1 000", "has a blank between digits"},
        {"1\xE2\x80\xAF"
         "000",
         "has a blank between digits"},
        {"1_000", "has a separator between digits"},
        {"1'000", "has a separator between digits"},
        {"$1.50", "has a currency sign"},
        {"1.50\xE2\x82\xAC", "has a currency sign"},
        {"1-Mar", "looks like a date"},
        {"2024-05-01", "looks like a date"},
        {"3/4/2024", "looks like a date"},
        {"12:30", "looks like a date or a time"},
        {"1.2.3", "has more than one decimal point"},
        {"--1", "has two signs"},
        {"+-1", "has two signs"},
        {"(5)", "is in brackets"},
        {"<5", "is a bound or an estimate"},
        {"~5", "is a bound or an estimate"},
        {"1e", "has an exponent without digits"},
        {"1e+", "has an exponent without digits"},
        {"1d5", "has an exponent in Fortran's style"},
        {"1f", "has a unit"},
        {"true", "is a yes or no"},
        {"No", "is a yes or no"},
        {"#REF!", "is an error of a spreadsheet"},
        {"fast", "\"fast\" is not a number"},
        {"+", "\"+\" is not a number"},
        {"1e400", "is too large"},
        {"-1e400", "is too large"},
        {"1e-400", "is too small"},
        {"e5", "is not a number"},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        csv_case c = csv_case_new();
        char bytes[256];
        (void)snprintf(bytes, sizeof bytes, HEAD "a,1,0.9,20\nb,%s,0.9,20\n", table[i].cell);
        csv_case_read(&c, bytes, strlen(bytes));
        const tdo_error *e = &c.report.item[0];
        if (c.report.count != 1 || !strstr(e->text, table[i].text))
            fail_msg("%s: %zu errors: %s", table[i].cell, c.report.count, e->text);
        assert_int_equal(e->line, 3);
        /* the file's own line is gone where the cell breaks it */
        assert_int_equal(e->column, !strchr(table[i].cell, '\n') ? 3 : 0);
        csv_case_free(&c);
    }
}

static void missing_marks(void **state)
{
    (void)state;
    static const char bytes[] = HEAD "a,,NA,N/A\nb,NaN,null,None\nc,-,\"\",\"NA\"\nd,-0,1,1\n";
    csv_case c = csv_case_new();

    csv_case_read(&c, bytes, sizeof bytes - 1);
    assert_int_equal(c.status, TDO_OK);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 3; i++)
            assert_true(isnan(c.table.column[k].number[i]));
    assert_true(c.table.column[0].number[3] == 0 && !signbit(c.table.column[0].number[3]));
    csv_case_free(&c);
    static const char *const not_marks[] = {"na", "NAN", "Nan",   "Null", "NULL", "none", " ",
                                            "--", "N/a", "#REF!", "NA ",  "Na",   "?",    "0"};
    for (size_t i = 0; i < sizeof not_marks / sizeof not_marks[0]; i++)
        assert_false(tdo_is_missing_mark(not_marks[i], strlen(not_marks[i])));
}

/* The same column as words and as numbers, in its own style. */
static void words_and_styles(void **state)
{
    (void)state;
    static const tdo_wanted wanted[] = {
        {.column = "share", .style = {.percent = true}},
        {.column = "share", .words = true},
        {.column = "tier", .words = true},
        {.column = "orders", .style = {.thousands = ','}},
    };
    static const char bytes[] = "id,tier,share,orders\n"
                                "a,gold,50%,\"1,013.0\"\nb,silver,7,12\nc,gold,NA,\"2,000\"\n"
                                "d,NA,50%,0\ne,\" gold\",1e1%,-\nf,gold,0%,1\n";
    csv_case c = csv_case_new();

    c.request.wanted = wanted;
    c.request.n_wanted = 4;
    csv_case_read(&c, bytes, sizeof bytes - 1);
    assert_int_equal(c.status, TDO_OK);
    const tdo_column *x = c.table.column;
    assert_true(x[0].number[0] == 50 && x[0].number[1] == 7 && x[0].number[4] == 10);
    assert_true(isnan(x[0].number[2]) && isnan(x[3].number[4]));
    assert_true(x[3].number[0] == 1013 && x[3].number[2] == 2000);
    assert_null(x[0].word);
    assert_null(x[1].number);
    assert_int_equal(x[1].n_words, 5); /* 50%, 7, NA, 1e1%, 0% */
    assert_string_equal(x[1].words[x[1].word[3]], "50%");
    assert_int_equal(x[2].n_words, 4);
    assert_string_equal(x[2].words[0], "gold");
    assert_string_equal(x[2].words[3], " gold");
    assert_int_equal(x[2].word[5], 0);
    assert_true(x[2].word_missing[x[2].word[3]]);
    assert_false(x[2].word_missing[0]);
    csv_case_free(&c);
}

/* Every bad cell is found in one run, in the file's order; those of a column that are refused for
 * the same reason as one before are counted there. */
static void all_bad_cells_are_counted(void **state)
{
    (void)state;
    char bytes[4096] = HEAD;
    csv_case c = csv_case_new();

    for (int i = 0; i < 15; i++)
        (void)snprintf(bytes + strlen(bytes), 64, "r%d,x,%s,5ms\n", i, i == 3 ? "y" : "1");
    csv_case_read(&c, bytes, strlen(bytes));
    assert_int_equal(c.status, TDO_E_INPUT);
    assert_int_equal(c.report.count, 3);
    assert_int_equal(c.report.item[0].line, 2);
    assert_non_null(strstr(c.report.item[0].text, " (and 14 more cells of this column)"));
    assert_int_equal(c.report.item[1].column, 8);
    assert_non_null(strstr(c.report.item[1].text, " (and 14 more cells of this column)"));
    assert_int_equal(c.report.item[2].line, 5);
    assert_non_null(strstr(c.report.item[2].text, "column \"accuracy\": \"y\""));
    assert_null(strstr(c.report.item[2].text, "more cell"));
    csv_case_free(&c);

    (void)strcat(bytes, "r99,1,1\n"); /* what breaks the shape comes after, and ends it */
    (void)strcat(bytes, "r100,z,z,z\n");
    csv_case d = csv_case_new();
    csv_case_read(&d, bytes, strlen(bytes));
    assert_int_equal(d.report.count, 4);
    csv_case_free(&d);
}

/* ---- where ---- */

static void matching(void **state)
{
    (void)state;
    static const tdo_match word = {.text = "yes"}, quoted = {.text = "1"},
                           number = {.text = "1", .is_number = true, .number = 1};

    assert_true(tdo_match_text(&word, "yes", 3));
    assert_false(tdo_match_text(&word, "Yes", 3));
    assert_false(tdo_match_text(&word, "yes ", 4));
    assert_false(tdo_match_text(&word, "ye", 2));
    assert_true(tdo_match_text(&quoted, "1", 1));
    assert_false(tdo_match_text(&quoted, "1.0", 3));
    assert_true(tdo_match_text(&number, "1.0", 3));
    assert_true(tdo_match_text(&number, "1e0", 3));
    assert_false(tdo_match_text(&number, "1%", 2));
    assert_false(tdo_match_text(&number, "one", 3));
}

static void conditions(void **state)
{
    (void)state;
    static tdo_match finished[] = {{.text = "FINISHED"}, {.text = "DONE"}};
    static tdo_match broken[] = {{.text = "broken"}};
    static tdo_match one = {.text = "1", .is_number = true, .number = 1};
    static const tdo_condition where[] = {
        {.column = "status", .in = finished, .n_in = 2},
        {.column = "note", .not_in = broken, .n_not_in = 1},
        {.column = "stage", .equals = &one},
        {.column = "share", .has_min = true, .min = 10, .has_max = true, .max = 90},
    };
    static const tdo_wanted wanted[] = {{.column = "share", .style = {.percent = true}}};
    static const char bytes[] = "id,status,note,stage,share\n"
                                "a,FINISHED,,1,10%\n"
                                ",FAILED,,1,x\n"        /* not looked at: no id, a bad cell */
                                "a,DONE,broken,1,50%\n" /* nor for its id */
                                "b,DONE,ok,1.0,90\n"
                                "c,DONE,ok,2,50\n"
                                "d,DONE,ok,1,9.99\n"
                                "e,DONE,ok,1,90.01\n"
                                "f,DONE,ok,1,NA\n"; /* a missing value meets no limit */
    csv_case c = csv_case_new();

    c.request.wanted = wanted;
    c.request.n_wanted = 1;
    c.request.where = where;
    c.request.n_where = 4;
    csv_case_read(&c, bytes, sizeof bytes - 1);
    assert_int_equal(c.status, TDO_OK);
    assert_int_equal(c.table.n, 2);
    assert_int_equal(c.table.rows, 8);
    assert_int_equal(c.table.where_dropped, 6);
    assert_string_equal(c.table.id[1], "b");
    assert_int_equal(c.table.line[1], 5);
    assert_true(c.table.column[0].number[0] == 10 && c.table.column[0].number[1] == 90);
    csv_case_free(&c);

    csv_case d = csv_case_new(); /* dropped rows must still have their fields */
    d.request.where = where;
    d.request.n_where = 1;
    d.request.wanted = wanted;
    d.request.n_wanted = 1;
    csv_case_read(&d, "id,status,share\na,DONE,1\nb,FAILED\n", 35);
    assert_int_equal(d.report.item[0].line, 3);
    assert_non_null(strstr(d.report.item[0].text, "this row has 2 fields"));
    csv_case_free(&d);

    csv_case e = csv_case_new(); /* a limit needs numbers; nobody left is an error */
    e.request.where = where + 3;
    e.request.n_where = 1;
    e.request.wanted = wanted;
    e.request.n_wanted = 1;
    csv_case_read(&e, "id,share\na,low\n", 15);
    assert_int_equal(e.report.count, 2);
    assert_non_null(strstr(e.report.item[0].text, "column \"share\": \"low\" is not a number"));
    assert_non_null(strstr(e.report.item[1].text, "no row meets the conditions"));
    csv_case_free(&e);
}

/* ---- limits ---- */

static void expect_limit(const csv_limits *limits, const char *bytes, const char *text)
{
    csv_case c = csv_case_new();
    c.limits = *limits;
    csv_case_read(&c, bytes, strlen(bytes));
    if (!text)
        assert_int_equal(c.status, TDO_OK);
    else if (c.status != TDO_E_INPUT || !strstr(c.report.item[0].text, text))
        fail_msg("not \"%s\" but: %s", text, c.report.item[0].text);
    csv_case_free(&c);
}

static void small_limits(void **state)
{
    (void)state;
    static const char two[] = HEAD "a,1,1,1\nb,1,1,1\n";
    csv_limits l = csv_stated_limits;

    l.rows = 2;
    expect_limit(&l, two, NULL);
    l.rows = 1;
    expect_limit(&l, two, "more than 1 rows");
    l = csv_stated_limits;
    l.columns = 4;
    expect_limit(&l, two, NULL);
    l.columns = 3;
    expect_limit(&l, two, "more than 3 columns");
    l = csv_stated_limits;
    l.bytes = sizeof two - 1;
    expect_limit(&l, two, NULL);
    l.bytes = sizeof two - 2;
    expect_limit(&l, two, "larger than the limit of 43 bytes");
    l = csv_stated_limits;
    l.field_bytes = 10; /* latency_ms */
    expect_limit(&l, two, NULL);
    l.field_bytes = 9;
    expect_limit(&l, two, "longer than the limit of 9 bytes");
}

/* A file of one row whose unwanted column is so long. */
static void expect_field(size_t length, bool quoted, const char *text)
{
    size_t room = length + 200;
    char *bytes = malloc(room);
    assert_non_null(bytes);
    int n =
        snprintf(bytes, room, "id,cost,accuracy,latency_ms,note\na,1,1,1,%s", quoted ? "\"" : "");
    memset(bytes + n, 'x', length);
    (void)snprintf(bytes + n + length, room - (size_t)n - length, "%s\n", quoted ? "\"" : "");
    expect_limit(&csv_stated_limits, bytes, text);
    free(bytes);
}

static void stated_limits(void **state)
{
    (void)state;
    static const char too_long[] = "longer than the limit of 32768 bytes";
    size_t room = 20 * TDO_MAX_COLUMNS;
    char *bytes = malloc(room);

    assert_non_null(bytes);
    expect_field(TDO_MAX_FIELD_BYTES, false, NULL);
    expect_field(TDO_MAX_FIELD_BYTES, true, NULL);
    expect_field(TDO_MAX_FIELD_BYTES + 1, false, too_long);
    expect_field(TDO_MAX_FIELD_BYTES + 1, true, too_long);
    expect_field(10 * TDO_MAX_FIELD_BYTES, true, too_long); /* longer than what is read at once */
    for (size_t columns = TDO_MAX_COLUMNS; columns <= TDO_MAX_COLUMNS + 1; columns++) {
        (void)strcpy(bytes, "id,cost,accuracy,latency_ms");
        for (size_t i = 5; i <= columns; i++)
            (void)snprintf(bytes + strlen(bytes), 16, ",c%zu", i);
        (void)strcat(bytes, "\na,1,1,1");
        for (size_t i = 5; i <= columns; i++)
            (void)strcat(bytes, ",1");
        expect_limit(&csv_stated_limits, bytes,
                     columns == TDO_MAX_COLUMNS ? NULL : "more than 1000 columns");
    }
    free(bytes);
}

/* An unclosed quote must not swallow a large file: it ends at the limit of a field. */
static void unclosed_quote_in_a_large_file(void **state)
{
    (void)state;
    size_t n = 4 << 20;
    char *bytes = malloc(n);
    csv_case c = csv_case_new();

    assert_non_null(bytes);
    memset(bytes, '\n', n);
    memcpy(bytes, HEAD "a,\"1,1,1", strlen(HEAD) + 8);
    csv_case_read(&c, bytes, n);
    assert_int_equal(c.report.item[0].line, 2);
    assert_int_equal(c.report.item[0].column, 3);
    assert_non_null(strstr(c.report.item[0].text, "(or a quote that is never closed)"));
    csv_case_free(&c);
    free(bytes);
}

/* ---- sources ---- */

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    csv_case c = csv_case_new(), d = csv_case_new();

    csv_case_read_file(&c, "/nonexistent/c.csv");
    assert_int_equal(c.status, TDO_E_IO);
    assert_non_null(strstr(c.report.item[0].text, "cannot open: "));
    assert_string_equal(c.report.item[0].file, "c.csv");
    csv_case_read_file(&d, "/");
    assert_int_equal(d.status, TDO_E_IO);
    assert_string_equal(d.report.item[0].text, "cannot read: it is a folder, not a file");
    csv_case_free(&c);
    csv_case_free(&d);
}

static uint64_t seen_bytes;

static void on_progress(void *user, uint64_t bytes, uint64_t total)
{
    (void)user;
    assert_true(bytes > seen_bytes && bytes <= total);
    seen_bytes = bytes;
}

/* Lines of every length over the border of what is read at once, with CR LF and two-byte letters.
 */
static void large_files(void **state)
{
    (void)state;
    enum { ROWS = 60000 };
    size_t room = (size_t)ROWS * 64 + 64, n = 0;
    char *bytes = malloc(room);
    csv_case c = csv_case_new();

    assert_non_null(bytes);
    n += (size_t)snprintf(bytes, room, "id,cost,accuracy,latency_ms\r\n");
    for (int i = 0; i < ROWS; i++)
        n += (size_t)snprintf(bytes + n, room - n, "%s\xC3\xA9%d%s,%d,0.5,%d.25\r\n",
                              i % 7 == 0 ? "\"" : "", i, i % 7 == 0 ? "\"" : "", i, i % 97);
    seen_bytes = 0;
    c.request.progress = on_progress;
    csv_case_read(&c, bytes, n);
    assert_int_equal(c.status, TDO_OK);
    assert_int_equal(c.table.n, ROWS);
    assert_int_equal(seen_bytes, n);
    for (int i = 0; i < ROWS; i++) {
        char id[32];
        (void)snprintf(id, sizeof id, "\xC3\xA9%d", i);
        assert_string_equal(c.table.id[i], id);
        assert_int_equal(c.table.line[i], i + 2);
        assert_true(c.table.column[0].number[i] == i);
        assert_true(c.table.column[2].number[i] == i % 97 + 0.25);
    }
    csv_case_free(&c);
    free(bytes);
}

static void slurping(void **state)
{
    (void)state;
    char path[TEMP_PATH];
    source_text x = {.length = 0};
    tdo_arena *a = tdo_arena_new();
    tdo_error e = {0};
    int fd = temp_file_open(path);
    assert_int_equal(source_slurp(path, "x", 3, a, &x, &e), TDO_OK);
    assert_int_equal(x.length, 0);
    assert_int_equal(x.bytes[0], '\0');
    /* FIPS 180-2, appendix B.1, and the hash of nothing */
    assert_string_equal(x.sha256,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_int_equal(write(fd, "abc", 3), 3);
    assert_int_equal(source_slurp(path, "x", 3, a, &x, &e), TDO_OK);
    assert_int_equal(x.length, 3);
    assert_string_equal(x.bytes, "abc");
    assert_string_equal(x.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(source_slurp(path, "x", 2, a, &x, &e), TDO_E_INPUT);
    assert_string_equal(e.text, "the file is larger than the limit of 2 bytes");
    e = (tdo_error){0};
    assert_int_equal(source_slurp("/", "x", 2, a, &x, &e), TDO_E_IO);
    assert_int_equal(close(fd), 0);
    assert_int_equal(unlink(path), 0);
    tdo_arena_free(a);
}

/* A large file is hashed in a thread: the hash is that of all its bytes, in their order. */
static void large_files_are_hashed(void **state)
{
    (void)state;
    size_t n = (5 << 20) + 12345;
    char *bytes = malloc(n), expected[65] = "";
    SHA2_CTX hash;
    csv_case c = csv_case_new();

    assert_non_null(bytes);
    for (size_t i = 0; i < n; i++)
        bytes[i] = i % 7 == 0 ? '\n' : ' ';
    memcpy(bytes, HEAD "a,1,1,1\n", sizeof HEAD + 7);
    memcpy(bytes + n - 10, "\nb,1,1,2\n\n", 10);
    SHA256Init(&hash);
    SHA256Update(&hash, (const uint8_t *)bytes, n);
    SHA256End(&hash, expected);
    csv_case_read(&c, bytes, n);
    assert_int_equal(c.status, TDO_OK);
    assert_int_equal(c.table.n, 2);
    assert_string_equal(c.table.sha256, expected);
    csv_case_free(&c);
    free(bytes);
}

/* A pipe has no size and gives few bytes at a time. */
static void from_a_pipe(void **state)
{
    (void)state;
    char path[512];
    source_text x = {.length = 0};
    tdo_arena *a = tdo_arena_new();
    tdo_error e = {0};
    int ends[2] = {-1, -1};

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], HEAD "a,1,1,1\n", sizeof HEAD + 7), sizeof HEAD + 7);
    assert_int_equal(close(ends[1]), 0);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(source_slurp(path, "x", 100, a, &x, &e), TDO_OK);
    assert_int_equal(x.length, sizeof HEAD + 7);
    assert_int_equal(close(ends[0]), 0);

    csv_case c = csv_case_new();
    int saved = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], HEAD "a,1,1,1\n", sizeof HEAD + 7), sizeof HEAD + 7);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    csv_case_read_file(&c, "-");
    assert_int_equal(c.status, TDO_OK);
    assert_int_equal(c.table.n, 1);
    assert_string_equal(c.table.sha256, x.sha256);
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    assert_int_equal(close(saved), 0);
    assert_int_equal(close(ends[0]), 0);
    csv_case_free(&c);
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_between_thousands),
        cmocka_unit_test(styles),
        cmocka_unit_test(decimal_commas),
        cmocka_unit_test(cells_that_are_no_number),
        cmocka_unit_test(missing_marks),
        cmocka_unit_test(words_and_styles),
        cmocka_unit_test(all_bad_cells_are_counted),
        cmocka_unit_test(matching),
        cmocka_unit_test(conditions),
        cmocka_unit_test(small_limits),
        cmocka_unit_test(stated_limits),
        cmocka_unit_test(unclosed_quote_in_a_large_file),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(large_files),
        cmocka_unit_test(large_files_are_hashed),
        cmocka_unit_test(slurping),
        cmocka_unit_test(from_a_pipe),
    };
    return cmocka_run_group_tests_name("csv cells", tests, NULL, NULL);
}
