/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files joined to the candidates, and which rows are left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data_run.h"

#define ON_ID "\"join\": [{\"file\": \"o.csv\", \"on\": [\"id\"]}]"
#define PRICE "\"column\": \"price\", \"goal\": \"min\""

static void joined(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {"id\na\nb\n", "id,price\nb,2\na,1\n", NULL, ON_ID, PRICE, "a=1 b=2", ""},
        {"id\na\nb\n", "id,price\nb,2\na,1\n", NULL,
         "\"join\": [{\"file\": \"o.csv\", \"on\": \"id\"}]", PRICE, "a=1 b=2", ""},
        {"id\na\nb\n", "name,price\nb,2\na,1\n", NULL,
         "\"join\": [{\"file\": \"o.csv\", \"on\": {\"id\": \"name\"}}]", PRICE, "a=1 b=2", ""},
        {"id,v\na,p\nb,q\nc,p\n", "vendor,price\nq,2\np,1\n", NULL, /* many rows match one */
         "\"join\": [{\"file\": \"o.csv\", \"on\": [{\"v\": \"vendor\"}]}]", PRICE, "a=1 b=2 c=1",
         ""},
        {"id,v,w\na,p,1\nb,p,2\n", "v,w,price\np,2,20\np,1,10\n", NULL, /* a key of two columns */
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\", \"w\"]}]", PRICE, "a=10 b=20", ""},
        {"id,v\na,p\nb,q\n", "v,k\np,9\nq,8\n", "k,price\n8,1\n9,2\n", /* through a second file */
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\"]}, {\"file\": \"t.csv\", \"on\": "
         "[\"k\"]}]",
         PRICE, "a=2 b=1", ""},
        {"id\n\"a, b\"\nb\n", "price;id\n2;b\n1;\"a, b\"\n", NULL,
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"id\"], \"delimiter\": \";\"}]", PRICE,
         "a, b=1 b=2", ""},
        {"id\na\nb\n", "id;price\na;1\nb;2\n", NULL, ON_ID, PRICE, "a=1 b=2", "W_DELIMITER "},
        {"id,n\na,1\nb,2\n", "id,n,price\na,x,1\nb,x,2\n", NULL, ON_ID, PRICE, /* n is not used */
         "a=1 b=2", ""},
        {"id,name\na,1\nb,2\n", "name,price\na,1\nb,2\n", NULL, /* a key of the other stands back */
         "\"join\": [{\"file\": \"o.csv\", \"on\": {\"id\": \"name\"}}]",
         "\"linear\": {\"name\": 10, \"price\": 1}, \"goal\": \"min\"", "a=11 b=22", ""},
    };

    EXPECT_RUNS(cases);
}

static void unmatched(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {"id\na\nb\nc\n", "id,price\nb,2\na,1\n", NULL, ON_ID ", \"missing\": \"drop\"", PRICE,
         "a=1 b=2 c=dropped", "W_JOIN_UNMATCHED W_MISSING_DROPPED "},
        {"id\na\nb\nc\n", "id,price\nb,2\na,1\n", NULL, ON_ID, PRICE, NULL,
         "c.csv:4: \"x\" of \"c\" is not measured"},
        {"id\na\nb\n", "id,price\nb,2\na,1\nc,ask us\nd,1\nd,2\n,5\n", NULL, ON_ID, PRICE,
         "a=1 b=2", "W_JOIN_UNUSED "}, /* and what is wrong there is nobody's trouble */
        {"id,v\na,p\nb,\n", "v,price\np,1\n,2\n", NULL, /* nothing is no key */
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\"]}], \"missing\": \"worst\"", PRICE,
         "a=1 b=1!", "W_JOIN_UNMATCHED W_JOIN_UNUSED W_MISSING_WORST W_CONSTANT "},
        {"id\na\nb\n", "id,price\nA,1\n B ,2\n", NULL, ON_ID, PRICE, NULL,
         "scenario.json:2:63: no row of c.csv has a match in o.csv on \"id\" (such as \"a\" in the "
         "one and \"A\" in the other)"},
    };

    EXPECT_RUNS(cases);
    char *text = warning_of(&cases[0], "W_JOIN_UNMATCHED");
    assert_string_equal(text, "c.csv: 1 of 3 rows have no match in o.csv on \"id\" (\"c\"): what "
                              "they would get from there is not measured");
    free(text);
    text = warning_of(&cases[2], "W_JOIN_UNUSED");
    assert_string_equal(text, "o.csv: 4 of 6 rows have no match in c.csv on \"id\" (\"c\", \"d\") "
                              "and are not used");
    free(text);
}

static void refused(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {"id\na\nb\n", "id,price\nb,2\n\na,1\nb,2\n", NULL, ON_ID, PRICE, NULL,
         "o.csv:5: the key \"b\" is already on line 2, and line 3 of c.csv matches both"},
        {"id,v,w\na,p,1\n", "v,w,price\np,1,2\np,1,3\n", NULL,
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\", \"w\"]}]", PRICE, NULL,
         "o.csv:3: the key \"p / 1\" is already on line 2, and line 2 of c.csv matches both"},
        {"id\na\n", "id,price\na,20ms\n", NULL, ON_ID, PRICE, NULL,
         "o.csv:2:3: column \"price\": "},
        {"id\na\n", "id,price\na,\"1\"x\n", NULL, ON_ID, PRICE, NULL,
         "o.csv:2:6: text after a closing quote"},
        {"id\na\n", "id,price\na\n", NULL, ON_ID, PRICE, NULL,
         "o.csv:2:2: this row has 1 field, the header has 2"},
        {"id\na\n", "id,id\na,1\n", NULL, ON_ID, PRICE, NULL, "o.csv:1:4: two columns are named"},
        {"id\na\n", "id,,price\na,x,1\n", NULL, ON_ID, PRICE, NULL,
         "o.csv:2:3: column 2 has no name in the header"},
        {"id\na\n", "id,price\na\x07,1\n", NULL, ON_ID, PRICE, NULL,
         "o.csv:2:1: column \"id\": a control character in the key"},
        {"id,price\na,1\n", "id,price\na,1\n", NULL, ON_ID, PRICE, NULL,
         "scenario.json:3:30: column \"price\" is in c.csv and in o.csv"},
        {"id\na\n", "id,price\na,1\n", "id,price\na,1\n",
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"id\"]}, {\"file\": \"t.csv\", \"on\": "
         "[\"id\"]}]",
         PRICE, NULL, "scenario.json:3:30: column \"price\" is in o.csv and in t.csv"},
        {"id\na\n", "id,price\na,1\n", NULL, "\"join\": [{\"file\": \"o.csv\", \"on\": [\"ID\"]}]",
         PRICE, NULL, "scenario.json:2:79: no column \"ID\" in c.csv (did you mean \"id\"?)"},
        {"id\na\n", "name,price\na,1\n", NULL, ON_ID, PRICE, NULL,
         "scenario.json:2:79: no column \"id\" in o.csv; it has \"name\", \"price\""},
        {"id\na\n", "id,prize\na,1\n", NULL, ON_ID, PRICE, NULL,
         "scenario.json:3:30: no column \"price\" in c.csv or o.csv (did you mean \"prize\"?)"},
    };

    EXPECT_RUNS(cases);
}

static void rows_left(void **state)
{
    (void)state;
#define WHERE(condition) "\"where\": [" condition "]"
#define A_COLUMN         "\"column\": \"a\", \"goal\": \"max\""
    static const char main[] = "id,a,b\np,1,x\nq,N/A,\nr,3,0\n";
    static const data_case cases[] = {
        {main, NULL, NULL, WHERE("{\"column\": \"a\", \"present\": true}"), A_COLUMN, "p=1 r=3",
         ""},
        {main, NULL, NULL,
         WHERE("{\"column\": \"a\", \"present\": false}") ", \"missing\": \"drop\"", A_COLUMN,
         "q=dropped", "W_MISSING_DROPPED "},
        {main, NULL, NULL, /* 0 is measured */
         WHERE("{\"column\": \"b\", \"present\": true}, {\"column\": \"a\", \"min\": 2}"), A_COLUMN,
         "r=3", ""},
        {main, NULL, NULL, WHERE("{\"column\": \"a\", \"present\": true, \"max\": 1}"), A_COLUMN,
         "p=1", ""},
        /* a joined column decides; who is not looked at may be as wrong as can be, and twice */
        {"id,a\np,1\nq,oops\nq,2\nq,3\n", "a,on\n1,yes\noops,no\n2,yes\n3,no\n", NULL,
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"a\"]}], " WHERE(
             "{\"column\": \"on\", \"equals\": \"yes\"}"),
         A_COLUMN, "p=1 q=2", ""},
        /* own columns come first: who is out by them is not missed in the other file */
        {"id,a,b\np,1,x\nq,2,y\n", "id,on\np,yes\n", NULL,
         ON_ID ", " WHERE("{\"column\": \"b\", \"equals\": \"x\"}, {\"column\": \"on\", \"in\": "
                          "[\"yes\"]}"),
         A_COLUMN, "p=1", ""},
        {"id,a\np,1\nq,2\n", "id,on\np,yes\n", NULL,
         ON_ID ", " WHERE("{\"column\": \"on\", \"present\": true}"), A_COLUMN, "p=1",
         "W_JOIN_UNMATCHED "},
        {"id,a\np,1\n", "id,n\np,oops\n", NULL, ON_ID ", " WHERE("{\"column\": \"n\", \"min\": 1}"),
         A_COLUMN, NULL, "o.csv:2:3: column \"n\": "},
        {"id,a\np,1\n", "id,on\np,no\n", NULL,
         ON_ID ", " WHERE("{\"column\": \"on\", \"equals\": \"yes\"}"), A_COLUMN, NULL,
         "scenario.json:2:109: no row meets the conditions of \"where\""},
    };

    EXPECT_RUNS(cases);
}

static void a_bad_joined_cell_is_told_once(void **state)
{
    (void)state;
    static const data_case c = {"id,v\na,p\nb,p\nc,q\nd,p\n",
                                "v,price\np,1 USD\nq,one\n",
                                NULL,
                                "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\"]}]",
                                PRICE,
                                NULL,
                                NULL};
    tdo_report *report = calloc(1, sizeof *report);
    tdo_run run;

    put_case(&c, "");
    assert_int_equal(tdo_run_scenario("scenario.json", NULL, &run, report), TDO_E_INPUT);
    assert_int_equal(report->count, 2);
    assert_int_equal(report->item[0].line, 2);
    assert_int_equal(report->item[1].line, 3);
    tdo_run_free(&run);
    free(report);
}

/* Forty thousand rows against thirty thousand: the indices grow, and every cell finds its row. */
static void many_rows(void **state)
{
    (void)state;
    enum { LEFT = 40000, RIGHT = 30000 };
    static const data_case c = {"", "", NULL, ON_ID ", \"missing\": \"drop\"", PRICE, NULL, NULL};
    tdo_report *report = calloc(1, sizeof *report);
    tdo_run run;

    put_case(&c, "");
    FILE *left = fopen("c.csv", "wb"), *right = fopen("o.csv", "wb");
    assert_true(left && right);
    fputs("id\n", left);
    fputs("price,id\n", right);
    for (int i = 0; i < LEFT; i++)
        fprintf(left, "m%d\n", i);
    for (int i = RIGHT; i-- > 0;)
        fprintf(right, "%d,m%d\n", 3 * i, 2 * i);
    assert_int_equal(fclose(left) | fclose(right), 0);
    if (tdo_run_scenario("scenario.json", NULL, &run, report) != TDO_OK)
        fail_msg("%s", report->item[0].text);
    assert_int_equal(run.measured.n, LEFT);
    for (int i = 0; i < LEFT; i++) {
        assert_true(run.measured.dropped[i] == (i % 2 == 1));
        if (i % 2 == 0)
            assert_true(run.measured.reading[0][i] == 1.5 * i);
    }
    assert_int_equal(run.table.n_joined, 1);
    assert_string_equal(run.table.joined[0].file, "o.csv");
    tdo_run_free(&run);
    free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined),
        cmocka_unit_test(unmatched),
        cmocka_unit_test(refused),
        cmocka_unit_test(rows_left),
        cmocka_unit_test(a_bad_joined_cell_is_told_once),
        cmocka_unit_test(many_rows),
    };
    return cmocka_run_group_tests_name("joined files", tests, enter_scratch, leave_data);
}
