/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several rows of a candidate, zeros that are none, and what to do about a gap in one criterion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data_run.h"

#define BY_ID    "\"average\": {\"by\": [\"id\"]}"
#define BY_ID_SE "\"average\": {\"by\": \"id\", \"se\": true}"
#define A        "\"column\": \"a\", \"goal\": \"max\""

static void means(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {"id,a\np,1\nq,5\np,2\np,6\nq,7\n", NULL, NULL, BY_ID, A, "p=3 q=6", ""},
        /* 1, 2, 6: the sum of squares about 3 is 14, so the error is sqrt(14 / 2 / 3) */
        {"id,a\np,1\nq,5\np,2\np,6\nq,7\n", NULL, NULL, BY_ID_SE, A, "p=3~1.52752523 q=6~1",
         "W_FEW_RUNS "},
        {"id,a\np,1\nq,5\nq,7\n", NULL, NULL, BY_ID_SE, A, "p=1~ q=6~1",
         "W_FEW_RUNS W_SE_MISSING "},
        {"id,a\np,1\nq,5\n", NULL, NULL, BY_ID_SE, A, "p=1~ q=5~", "W_SE_MISSING "},
        {"id,a\np,0.1\np,0.1\np,0.1\nq,1\n", NULL, NULL, BY_ID, A, "p=0.1 q=1", ""},
        {"id,a\np,1e300\np,9e299\nq,1\n", NULL, NULL, BY_ID, A, "p=9.5e+299 q=1", ""},
        /* over what is measured */
        {"id,a\np,1\nq,N/A\np,\np,3\nq,\nr,1\n", NULL, NULL, BY_ID ", \"missing\": \"drop\"", A,
         "p=2 q=dropped r=1", "W_AVERAGE_MISSING W_MISSING_DROPPED "},
        {"id,a\np,1\nq,5\np,0\np,3\n", NULL, NULL, BY_ID, A ", \"zero_is_missing\": true",
         "p=2 q=5", "W_ZERO_MISSING W_AVERAGE_MISSING "},
        /* a sum is averaged as a sum: rows that lack a part lack all of it */
        {"id,a,b\np,1,1\np,2,\np,6,4\nq,0,0\n", NULL, NULL, BY_ID_SE,
         "\"linear\": {\"a\": 1, \"b\": -1}, \"goal\": \"max\"", "p=1~1 q=0~",
         "W_AVERAGE_MISSING W_FEW_RUNS W_SE_MISSING "},
        /* the distance to a target is that of the mean */
        {"id,a\np,0\np,2\nq,1\n", NULL, NULL, BY_ID, "\"column\": \"a\", \"goal\": {\"target\": 1}",
         "p=1 q=1", "W_CONSTANT "},
        /* errors of its own: a number is that of the mean, a column has those of the rows */
        {"id,a\np,1\np,3\nq,1\n", NULL, NULL, BY_ID_SE, A ", \"se\": 0.25", "p=2~0.25 q=1~0.25",
         ""},
        {"id,a,e\np,1,3\np,3,4\nq,1,2\n", NULL, NULL, BY_ID_SE, A ", \"se\": {\"column\": \"e\"}",
         "p=2~2.5 q=1~2", ""},
        {"id,a,e\np,1,3\np,,\nq,1,\n", NULL, NULL, BY_ID_SE, A ", \"se\": {\"column\": \"e\"}",
         "p=1~3 q=1~", "W_AVERAGE_MISSING W_SE_MISSING W_CONSTANT "},
    };

    EXPECT_RUNS(cases);
    char *text = warning_of(&cases[6], "W_AVERAGE_MISSING");
    assert_string_equal(text,
                        "criterion \"x\": 1 of 3 candidates averaged over fewer rows than they "
                        "have (\"p\"); rows not measured: 1");
    free(text);
}

static void who_is_averaged(void **state)
{
    (void)state;
    static const data_case cases[] = {
        /* the id is made of columns of `by` */
        {"m,b,a\np,1,1\np,2,2\np,1,3\n", NULL, NULL,
         "\"id\": [\"m\", \"b\"], \"average\": {\"by\": [\"m\", \"b\"]}", A, "p / 1=2 p / 2=2",
         "W_CONSTANT "},
        /* ... or is the same wherever `by` is */
        {"id,m,a\np,1,1\nq,2,2\np,1,3\n", NULL, NULL, "\"average\": {\"by\": \"m\"}", A, "p=2 q=2",
         "W_CONSTANT "},
        {"id,m,a\np,1,1\nq,2,2\n\nr,1,3\n", NULL, NULL, "\"average\": {\"by\": \"m\"}", A, NULL,
         "c.csv:5:1: the id is \"r\" here and \"p\" on line 2, which has the same in the columns "
         "of "
         "\"average\""},
        {"id,m,a\np,1,1\nq,2,2\np,2,3\n", NULL, NULL, "\"average\": {\"by\": [\"id\", \"m\"]}", A,
         NULL,
         "c.csv:4:1: the id \"p\" is already on line 2, with something else in the columns of "
         "\"average\""},
        {"id,a\np,1\np,2\n", NULL, NULL, "\"missing\": \"error\"", A, NULL,
         "c.csv:3:1: the id \"p\" is already on line 2 (in \"candidates\", \"average\" takes the "
         "mean of several rows)"},
        /* two columns are not their concatenation */
        {"id,m,n,a\np,x / y,z,1\nq,x,y / z,3\np,x / y,z,2\n", NULL, NULL,
         "\"average\": {\"by\": [\"m\", \"n\"]}", A, "p=1.5 q=3", ""},
        {"id,m,a\np,x\x1Fy,1\n", NULL, NULL, "\"average\": {\"by\": [\"m\", \"id\"]}", A, NULL,
         "c.csv:2:3: column \"m\": a control character in the columns of \"average\""},
        {"id,a\np,1\n", NULL, NULL, "\"average\": {\"by\": [\"run\"]}", A, NULL,
         "scenario.json:2:63: no column \"run\" in c.csv"},
        /* after where, and after a join that it may be by */
        {"id,ok,a\np,yes,1\np,no,9\np,yes,3\n", NULL, NULL,
         BY_ID ", \"where\": [{\"column\": \"ok\", \"equals\": \"yes\"}]", A, "p=2", ""},
        {"run,a\n1,1\n2,2\n3,4\n", "run,id\n1,p\n2,q\n3,p\n", NULL,
         "\"join\": [{\"file\": \"o.csv\", \"on\": [\"run\"]}], " BY_ID, A, "p=2.5 q=2", ""},
    };

    EXPECT_RUNS(cases);
}

static void words_must_agree(void **state)
{
    (void)state;
#define LEVELS "\"column\": \"w\", \"levels\": [\"low\", \"high\"]"
    static const data_case cases[] = {
        {"id,w\np,low\nq,high\np,low\n", NULL, NULL, BY_ID_SE, LEVELS, "p=0 q=1", ""},
        {"id,w\np,\np,low\nq,high\np,N/A\n", NULL, NULL, BY_ID, LEVELS, "p=0 q=1", ""},
        {"id,w\np,\np,N/A\nq,high\n", NULL, NULL, BY_ID ", \"missing\": \"drop\"", LEVELS,
         "p=dropped q=1", "W_MISSING_DROPPED W_WORD_ABSENT "},
        {"id,w\np,\np,low\nq,high\np,high\n", NULL, NULL, BY_ID, LEVELS, NULL,
         "c.csv:5: column \"w\" is \"high\" here and \"low\" on line 3: the rows of \"p\" cannot "
         "be "
         "averaged unless their words agree"},
        {"id,w\np,low\np,hi\n", NULL, NULL, BY_ID, LEVELS, NULL,
         "c.csv:3: \"hi\" in column \"w\" is not one of the levels of \"x\""},
        {"id,a\np,1\np,1e999\n", NULL, NULL, BY_ID, A, NULL, "c.csv:3:3: column \"a\": "},
        {"id,a\np,-1.7e308\np,1e300\n", NULL, NULL, BY_ID_SE, A, NULL,
         "c.csv:2: criterion \"x\" of \"p\" is beyond 1e300"},
    };

    EXPECT_RUNS(cases);
}

static tdo_status run_with(const data_case *c, const char *more, tdo_run *run, tdo_report *report)
{
    put_case(c, more);
    *report = (tdo_report){.count = 0};
    return tdo_run_scenario("scenario.json", &(tdo_run_options){.unsampled = true}, run, report);
}

/* Columns that only constraints look at are averaged too, each once. */
static void constraints_on_means(void **state)
{
    (void)state;
    static const data_case c = {
        "id,a,n,w\np,1,1,yes\np,3,5,yes\nq,2,8,no\n", NULL, NULL, BY_ID, A, NULL, NULL};
    static const data_case odd = {
        "id,a,n,w\np,1,1,yes\np,3,5,no\nq,2,8,no\n", NULL, NULL, BY_ID, A, NULL, NULL};
    static const char *const limits =
        ", \"constraints\": [{\"column\": \"n\", \"max\": 3}, {\"column\": \"n\", \"min\": 3},"
        " {\"column\": \"w\", \"equals\": \"yes\"}]";
    tdo_report *report = calloc(1, sizeof *report);
    tdo_run run;

    assert_int_equal(run_with(&c, limits, &run, report), TDO_OK);
    assert_int_equal(run.screened.feasible_n, 1);
    assert_true(run.measured.limited[0] == run.measured.limited[1]);
    assert_true(run.measured.limited[0][0] == 3 && run.measured.limited[0][1] == 8);
    assert_int_equal(run.measured.averaged, 1);
    assert_int_equal(run.measured.line[1], 4);
    tdo_run_free(&run);
    assert_int_equal(run_with(&odd, limits, &run, report), TDO_E_INPUT);
    assert_int_equal(report->item[0].line, 3);
    assert_non_null(
        strstr(report->item[0].text, "column \"w\" is \"no\" here and \"yes\" on line"));
    tdo_run_free(&run);
    free(report);
}

static void zeros(void **state)
{
    (void)state;
#define NO_ZERO A ", \"zero_is_missing\": true"
    static const data_case cases[] = {
        {"id,a\np,0\nq,2\n", NULL, NULL, "\"missing\": \"drop\"", NO_ZERO, "p=dropped q=2",
         "W_ZERO_MISSING W_MISSING_DROPPED "},
        {"id,a\np,-0.0\nq,2\nr,3\n", NULL, NULL, "\"missing\": \"worst\"", NO_ZERO, "p=2! q=2 r=3",
         "W_ZERO_MISSING W_MISSING_WORST W_SCALE "}, /* without q, p would be taken as r is */
        {"id,a\np,0\nq,2\n", NULL, NULL, "\"missing\": \"error\"", NO_ZERO, NULL,
         "c.csv:2: \"x\" of \"p\" is not measured"},
        {"id,a\np,0\nq,2\n", NULL, NULL, "\"missing\": \"drop\"", A ", \"zero_is_missing\": false",
         "p=0 q=2", ""},
        /* a price of 0 is no price, whatever is added to it; a sum of 0 is a sum */
        {"id,a,b\np,0,2\nq,1,-1\nr,1,1\n", NULL, NULL, "\"missing\": \"drop\"",
         "\"linear\": {\"a\": 1, \"b\": 1}, \"goal\": \"max\", \"zero_is_missing\": true",
         "p=dropped q=0 r=2", "W_ZERO_MISSING W_MISSING_DROPPED "},
    };

    EXPECT_RUNS(cases);
    char *text = warning_of(&cases[0], "W_ZERO_MISSING");
    assert_string_equal(text, "criterion \"x\": 1 zero counts as not measured (\"p\")");
    free(text);
}

static void each_criterion_its_own_policy(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {"id,a\np,\nq,2\nr,3\n", NULL, NULL, "\"missing\": \"error\"", A ", \"missing\": \"drop\"",
         "p=dropped q=2 r=3", "W_MISSING_DROPPED "},
        {"id,a\np,\nq,2\nr,3\n", NULL, NULL, "\"missing\": \"drop\"", A ", \"missing\": \"worst\"",
         "p=2! q=2 r=3", "W_MISSING_WORST W_SCALE "},
        {"id,a\np,\nq,2\n", NULL, NULL, "\"missing\": \"drop\"", A ", \"missing\": \"error\"", NULL,
         "c.csv:2: \"x\" of \"p\" is not measured"},
        /* who is left out for one criterion needs no other, and is nobody's worst */
        {"id,a,b\np,1,\nq,,2\nr,3,1\ns,4,5\n", NULL, NULL, "\"missing\": \"error\"",
         A ", \"missing\": \"worst\"}, \"y\": {\"column\": \"b\", \"goal\": \"max\", \"missing\": "
           "\"drop\"",
         "p=dropped q=3! r=3 s=4", "W_MISSING_DROPPED W_MISSING_WORST W_UNWEIGHED "},
        {"id,a,b\np,,\nq,1,2\n", NULL, NULL, "\"missing\": \"error\"",
         A "}, \"y\": {\"column\": \"b\", \"goal\": \"max\", \"missing\": \"drop\"",
         "p=dropped q=1", "W_MISSING_DROPPED W_UNWEIGHED "},
    };

    EXPECT_RUNS(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means),
        cmocka_unit_test(who_is_averaged),
        cmocka_unit_test(words_must_agree),
        cmocka_unit_test(constraints_on_means),
        cmocka_unit_test(zeros),
        cmocka_unit_test(each_criterion_its_own_policy),
    };
    return cmocka_run_group_tests_name("averages and gaps", tests, enter_scratch, leave_data);
}
