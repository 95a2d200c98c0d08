/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Criteria that are taken from subgroups: what is taken, its standard error, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data_run.h"
#include "tradeoff/output.h"

#define FROM       "\"file\": \"o.csv\", \"id\": \"id\", \"group\": \"g\", \"value\": \"v\""
#define TAKE(how)  "\"groups\": {" FROM ", \"take\": \"" how "\"}"
#define SIZED(how) "\"groups\": {" FROM ", \"size\": \"n\", \"take\": \"" how "\"}"
#define MAX        ", \"goal\": \"max\""
#define MIN        ", \"goal\": \"min\""
#define MAIN       "id\np\nq\n"

static void taken(void **state)
{
    (void)state;
    static const char three[] = "id,g,v\nq,s,7\np,s,2\np,t,5\nq,t,8\np,u,3\nq,u,12\n";
    static const data_case cases[] = {
        {MAIN, three, NULL, "", TAKE("worst") MAX, "p=2 q=7", ""},
        {MAIN, three, NULL, "", TAKE("worst") MIN, "p=5 q=12", ""},
        {MAIN, three, NULL, "", TAKE("worst") ", \"goal\": {\"target\": 4}", "p=2 q=12", ""},
        {MAIN, three, NULL, "", TAKE("gap") MIN, "p=3 q=5", ""},
        {MAIN, three, NULL, "", TAKE("gap") MAX, "p=3 q=5", ""},
        {MAIN, three, NULL, "", TAKE("ratio") MAX, "p=0.4 q=0.583333333333", ""},
        {MAIN, three, NULL, "", TAKE("ratio") ", \"goal\": {\"target\": 1}",
         "p=0.4 q=0.583333333333", ""},
        {MAIN, three, NULL, "", TAKE("mean") MAX, "p=3.33333333333 q=9", ""},
        {MAIN, "id,g,v,n\np,s,2,30\np,t,5,10\nq,s,1,1\nq,t,3,1\n", NULL, "", SIZED("mean") MAX,
         "p=2.75 q=2", ""},
        {MAIN, "id,g,v\np,s,-3\np,t,2\nq,s,0\nq,t,0\n", NULL, "", TAKE("gap") MIN, "p=5 q=0", ""},
        {MAIN, "id,g,v\np,s,0\np,t,2\nq,s,1\nq,t,1\n", NULL, "", TAKE("ratio") MAX, "p=0 q=1", ""},
        {"a,b\np,1\np,2\n", "b,a,g,v\n2,p,s,7\n1,p,s,9\n", NULL, "\"id\": [\"a\", \"b\"]",
         "\"groups\": {\"file\": \"o.csv\", \"id\": [\"a\", \"b\"], \"group\": \"g\", \"value\": "
         "\"v\", \"take\": \"worst\"}" MAX,
         "p / 1=9 p / 2=7", ""},
        {MAIN, "id;g;v\np;s;1\nq;s;2\n", NULL, "",
         "\"groups\": {" FROM ", \"take\": \"worst\", \"delimiter\": \";\"}" MAX, "p=1 q=2", ""},
        {MAIN, "id,g,v\np,s,\"1,500\"\nq,s,2\n", NULL, "",
         TAKE("worst") MAX ", \"thousands\": \",\"", "p=1500 q=2", ""},
        {"id,w\np,a\np,b\nq,a\n", "id,g,v\np,s,1\nq,s,2\n", NULL, /* rows averaged, groups not */
         "\"average\": {\"by\": \"id\", \"se\": true}", TAKE("worst") MAX, "p=1 q=2", ""},
    };

    EXPECT_RUNS(cases);
}

static void errors_of_them(void **state)
{
    (void)state;
#define WITH_SE(how) "\"groups\": {" FROM ", \"se\": \"e\", \"take\": \"" how "\"}"
#define WITH_BOTH(how)                                                                             \
    "\"groups\": {" FROM ", \"size\": \"n\", \"se\": \"e\", \"take\": \"" how "\"}"
    static const char own[] = "id,g,v,e,n\np,s,3,0.3,2\np,t,4,0.4,6\nq,s,6,0,1\nq,t,8,,1\n";
    static const char rates[] = "id,g,v,n\np,s,0.5,100\np,t,0.8,400\nq,s,0,50\nq,t,1,50\n";
    static const data_case cases[] = {
        {MAIN, own, NULL, "", WITH_SE("worst") MAX, "p=3~0.3 q=6~0", ""},
        {MAIN, own, NULL, "", WITH_SE("worst") MIN, "p=4~0.4 q=8~", "W_SE_MISSING "},
        {MAIN, own, NULL, "", WITH_SE("gap") MIN, "p=1~0.5 q=2~", "W_SE_MISSING "},
        /* 0.75 sqrt((0.3/3)^2 + (0.4/4)^2) */
        {MAIN, own, NULL, "", WITH_SE("ratio") MAX, "p=0.75~0.106066017 q=0.75~",
         "W_SE_MISSING W_CONSTANT "},
        {MAIN, own, NULL, "", WITH_SE("mean") MAX, "p=3.5~0.25 q=7~", "W_SE_MISSING "},
        /* weights 1/4 and 3/4: sqrt(0.075^2 + 0.3^2) */
        {MAIN, own, NULL, "", WITH_BOTH("mean") MAX, "p=3.75~0.309232922 q=7~", "W_SE_MISSING "},
        /* of rates: sqrt(p (1 - p) / n) */
        {MAIN, rates, NULL, "", SIZED("worst") MAX, "p=0.5~0.05 q=0~0", ""},
        {MAIN, rates, NULL, "", SIZED("worst") MIN, "p=0.8~0.02 q=1~0", ""},
        {MAIN, rates, NULL, "", SIZED("gap") MIN, "p=0.3~0.0538516481 q=1~0", ""},
        {MAIN, rates, NULL, "", SIZED("ratio") MAX, "p=0.625~0.0644235254 q=0~0", ""},
        {MAIN, "id,g,v,n\np,s,50%,100\np,t,80,400\nq,s,10,\nq,t,90%,50\n", NULL, "",
         SIZED("worst") MAX ", \"percent\": true", "p=50~5 q=10~", "W_SE_MISSING "},
        /* a single value that is no rate: nothing tells the error of any of them */
        {MAIN, "id,g,v,n\np,s,0.5,100\np,t,0.8,400\nq,s,1.5,50\nq,t,1,50\n", NULL, "",
         SIZED("worst") MAX, "p=0.5 q=1", ""},
        {MAIN, "id,g,v\np,s,0.5\nq,s,0.4\n", NULL, "", TAKE("worst") MAX, "p=0.5 q=0.4", ""},
        /* the criterion's own come first */
        {MAIN, rates, NULL, "", SIZED("worst") MAX ", \"se\": 0.125", "p=0.5~0.125 q=0~0.125", ""},
        {"id,e\np,1\nq,2\n", rates, NULL, "", SIZED("worst") MAX ", \"se\": {\"column\": \"e\"}",
         "p=0.5~1 q=0~2", ""},
    };

    EXPECT_RUNS(cases);
}

static void not_measured(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {MAIN, "id,g,v\np,s,1\n", NULL, "", TAKE("worst") MAX, NULL,
         "c.csv:3: \"x\" of \"q\" is not measured in o.csv"},
        {MAIN, "id,g,v\np,s,1\n", NULL, "\"missing\": \"drop\"", TAKE("worst") MAX, "p=1 q=dropped",
         "W_MISSING_DROPPED "},
        {MAIN, "id,g,v\np,s,1\nr,s,ask\nq,s,2\nr,t,\nz,s,1\n", NULL, "", TAKE("worst") MAX,
         "p=1 q=2", "W_GROUPS_UNKNOWN "},
        {MAIN, "id,g,v\np,s,1\np,t,2\nq,s,2\n", NULL, "", TAKE("worst") MAX, "p=1 q=2",
         "W_GROUPS_LACKING "},
        {MAIN, "id,g,v\np,s,1\np,t,2\nq,s,2\nq,t,N/A\n", NULL, "", TAKE("mean") MAX, "p=1.5 q=2",
         "W_GROUPS_LACKING "},
        {MAIN, "id,g,v,n\np,s,1,5\np,t,2,5\nq,s,2,5\nq,t,9,0\n", NULL, "", SIZED("mean") MAX,
         "p=1.5 q=2", "W_GROUPS_LACKING "}, /* nobody in it */
        {MAIN, "id,g,v\np,s,1\np,t,2\nq,s,2\n", NULL, "\"missing\": \"drop\"", TAKE("gap") MIN,
         "p=1 q=dropped", "W_GROUPS_SINGLE W_MISSING_DROPPED "},
        {MAIN, "id,g,v\np,s,1\np,t,2\nq,s,2\nq,t,0\n", NULL, "",
         TAKE("worst") MAX ", \"zero_is_missing\": true", "p=1 q=2",
         "W_ZERO_MISSING W_GROUPS_LACKING "},
    };

    EXPECT_RUNS(cases);
    char *text = warning_of(&cases[2], "W_GROUPS_UNKNOWN");
    assert_string_equal(text, "o.csv: 3 of 5 rows are of no candidate of c.csv (\"r\", \"z\") and "
                              "are not used");
    free(text);
    text = warning_of(&cases[3], "W_GROUPS_LACKING");
    assert_string_equal(text, "criterion \"x\": 1 of 2 candidates are not measured in every "
                              "subgroup in o.csv (\"q\"): what is not measured may be what is "
                              "worst");
    free(text);
}

static void refused(void **state)
{
    (void)state;
    static const data_case cases[] = {
        {MAIN, "id,g,v\np,s,1\nq,s,2\n\nq,t,2\np,s,3\n", NULL, "", TAKE("worst") MAX, NULL,
         "o.csv:6: the subgroup \"s\" of \"p\" is already on line 2"},
        {MAIN, "id,g,v\np,s,1\nq,s,2\np,s,\n", NULL, "", TAKE("worst") MAX, NULL,
         "o.csv:4: the subgroup \"s\" of \"p\" is already on line 2"}, /* measured or not */
        {MAIN, "id,g,v\np,,1\n", NULL, "", TAKE("worst") MAX, NULL,
         "o.csv:2: the subgroup in column \"g\" has no name"},
        {MAIN, "id,g,v\n,s,1\n", NULL, "", TAKE("worst") MAX, NULL,
         "o.csv:2:1: column \"id\": the id is empty"},
        {MAIN, "id,g,v\np,s,1.2.3\n", NULL, "", TAKE("worst") MAX, NULL,
         "o.csv:2:5: column \"v\": "},
        {MAIN, "id,g,v\np,s,0\np,t,0\nq,s,1\nq,t,1\n", NULL, "", TAKE("ratio") MAX, NULL,
         "o.csv:2: no ratio can be taken of column \"v\" for \"p\": its largest value is 0"},
        {MAIN, "id,g,v\np,s,1\np,t,2\nq,s,-1\nq,t,1\n", NULL, "", TAKE("ratio") MAX, NULL,
         "o.csv:4: no ratio can be taken of column \"v\" for \"q\": its least value is negative"},
        {MAIN, "id,g,v,n\np,s,1,-5\nq,s,1,1\n", NULL, "", SIZED("worst") MAX, NULL,
         "o.csv:2: the size in column \"n\" is negative"},
        {MAIN, "id,g,v,n\np,s,1,4\nq,s,1,\n", NULL, "", SIZED("mean") MAX, NULL,
         "o.csv:3: column \"n\" has no size for the mean to weigh the subgroup by"},
        {MAIN, "id,g,v,e\np,s,1,-1\nq,s,1,1\n", NULL, "", WITH_SE("worst") MAX, NULL,
         "o.csv:2: the standard error in column \"e\" is negative"},
        {MAIN, "id,g,v\np,s,-9e299\np,t,9e299\n", NULL, "", TAKE("gap") MIN, NULL,
         "o.csv:2: the gap of column \"v\" for \"p\" is beyond 1e300"},
        {MAIN, "id,g,w\np,s,1\n", NULL, "", TAKE("worst") MAX, NULL,
         "scenario.json:3:83: no column \"v\" in o.csv (did you mean"},
        {MAIN, "id,g,v\nr,s,1\n", NULL, "", TAKE("worst") MAX, NULL,
         "c.csv:2: \"x\" of \"p\" is not measured in o.csv"},
    };

    EXPECT_RUNS(cases);
}

/* Every order of the rows gives the same digits, and the same end for equal values. */
static void the_order_of_rows_is_nothing(void **state)
{
    (void)state;
    static const char *const row[] = {"p,s,0.1,7\n", "p,t,0.7,11\n", "p,u,0.3,3\n", "p,w,0.1,13\n"};
    tdo_report *report = calloc(1, sizeof *report);
    double mean = 0, se = 0;

    for (int order = 0; order < 24; order++) {
        int left[] = {0, 1, 2, 3}, code = order;
        char text[256] = "id,g,v,n\n";
        for (int k = 4; k > 0; k--) {
            int at = code % k;
            code /= k;
            strcat(text, row[left[at]]);
            left[at] = left[k - 1];
        }
        const data_case c = {"id\np\n", text, NULL, "", SIZED("mean") MAX, NULL, NULL};
        tdo_run run;
        size_t worst = 0, best = 0;
        put_case(&c, "");
        assert_int_equal(
            tdo_run_scenario("scenario.json", &(tdo_run_options){.unsampled = true}, &run, report),
            TDO_OK);
        if (order == 0) {
            mean = run.measured.reading[0][0];
            se = run.measured.se[0][0];
        }
        assert_true(run.measured.reading[0][0] == mean);
        assert_true(run.measured.se[0][0] == se);
        const tdo_subgroups *g = run.measured.groups[0];
        tdo_subgroup_ends(&run.scenario->criteria[0], g, 0, &worst, &best);
        assert_string_equal(g->name[g->group[worst]], "s");
        assert_string_equal(g->name[g->group[best]], "t");
        tdo_run_free(&run);
    }
    free(report);
}

/* One file is read once, however many criteria look at it in however many ways. */
static void one_file_once(void **state)
{
    (void)state;
    static const data_case c = {
        MAIN,
        "id,g,v,n\np,s,0.5,4\np,t,0.6,4\nq,s,1,4\nq,t,0.2,4\n",
        "id,g,v\np,a,1\nq,a,2\n",
        "",
        SIZED("worst") MAX "}, \"y\": {" TAKE("gap") MIN
        "}, \"z\": {\"groups\": {\"file\": "
        "\"t.csv\", \"id\": \"id\", \"group\": \"g\", \"value\": \"v\", \"take\": \"mean\"}" MAX,
        NULL,
        NULL};
    tdo_report *report = calloc(1, sizeof *report);
    tdo_run run;

    put_case(&c, "");
    assert_int_equal(
        tdo_run_scenario("scenario.json", &(tdo_run_options){.unsampled = true}, &run, report),
        TDO_OK);
    assert_int_equal(run.n_groups, 2);
    assert_string_equal(run.groups[0].file, "o.csv");
    assert_string_equal(run.groups[1].file, "t.csv");
    tdo_sink o = tdo_sink_memory(run.arena);
    assert_int_equal(tdo_write_result(&run, false, &o), TDO_OK);
    assert_non_null(strstr(o.text, "\"role\": \"groups\", \"file\": \"t.csv\""));
    assert_non_null(strstr(o.text,
                           "\"groups\": {\"x\": {\"s\": 0.5, \"t\": 0.6}, \"y\": {\"s\": 0.5,"
                           " \"t\": 0.6}, \"z\": {\"a\": 1}}"));
    assert_non_null(strstr(o.text, "\"group_sizes\": {\"x\": {\"s\": 4, \"t\": 4}}"));
    assert_non_null(strstr(o.text, "x: the worst-off subgroup is \\\"s\\\" with 0.5 over 4 n."));
    tdo_run_free(&run);
    free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taken),
        cmocka_unit_test(errors_of_them),
        cmocka_unit_test(not_measured),
        cmocka_unit_test(refused),
        cmocka_unit_test(the_order_of_rows_is_nothing),
        cmocka_unit_test(one_file_once),
    };
    return cmocka_run_group_tests_name("subgroups", tests, enter_scratch, leave_data);
}
