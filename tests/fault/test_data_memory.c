/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a run over joined files, averaged rows and subgroups fails once: it ends in
 * TDO_E_MEMORY, with good data and with bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/data_run.h"
#include "deny.h"
#include "tradeoff/explain.h"
#include "tradeoff/output.h"

#define GROUPS(how)                                                                                \
    "{\"groups\": {\"file\": \"t.csv\", \"id\": \"id\", \"group\": \"g\", \"value\": \"v\", "      \
    "\"size\": \"n\", \"take\": \"" how "\"}, \"goal\": \"max\", \"zero_is_missing\": true, "      \
    "\"missing\": \"worst\"}"

/* Gaps, zeros, strangers, one subgroup only: every warning there is. */
static const data_case good = {
    "id,a,e,w,v\np,1,0.1,low,x\np,3,0.2,,x\nq,0,1,high,y\nq,2,1,high,y\nr,N/"
    "A,1,low,z\nr,1,,low,z\n",
    "v,price\nx,1\ny,2\nu,3\n",
    "id,g,v,n\np,s,0.5,10\np,t,0.25,20\nq,s,0,5\nq,t,1,5\nr,s,0.5,4\nelse,s,1,1\n",
    "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\"]}], \"average\": {\"by\": \"id\", "
    "\"se\": true}, "
    "\"missing\": \"worst\", \"where\": [{\"column\": \"id\", \"present\": true}]",
    "\"column\": \"a\", \"goal\": \"max\", \"zero_is_missing\": true}, \"own\": "
    "{\"column\": \"a\", "
    "\"goal\": \"min\", \"se\": {\"column\": \"e\"}}, \"price\": {\"column\": \"price\", "
    "\"goal\": "
    "\"min\"}, \"w\": {\"column\": \"w\", \"levels\": [\"low\", \"high\"]}, "
    "\"worst\": " GROUPS("worst") ", \"gap\": " GROUPS("gap") ", \"ratio\": " GROUPS(
        "ratio") ", \"mean\": {\"groups\": "
                 "{\"file\": \"t.csv\", \"id\": \"id\", \"group\": \"g\", \"value\": "
                 "\"v\", \"take\": \"mean\"}, "
                 "\"goal\": {\"target\": 1}",
    NULL,
    NULL};

/* Something wrong in each of the files. */
static const data_case bad = {
    "id,w,v\np,low,x\np,high,x\nq,lowest,y\n",
    "v,price\nx,1\nx,2\ny,2\n",
    "id,g,v,n\np,s,0,10\np,t,0,20\nq,s,1,-5\nq,s,1,5\nq,,1,5\n",
    "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\"]}], \"average\": {\"by\": \"id\"}",
    "\"column\": \"w\", \"levels\": [\"low\", \"high\"]}, \"ratio\": {\"groups\": {\"file\": "
    "\"t.csv\", \"id\": \"id\", \"group\": \"g\", \"value\": \"v\", \"size\": \"n\", \"take\": "
    "\"ratio\"}, \"goal\": \"max\"",
    NULL,
    NULL};

/* Cells that say more than a number. */
static const data_case formed = {
    "id,a,b,c,v\np,1 (0.1),2 [1; 3],12 ms,x\np,3 (0.2),2 [1; 3],-,x\nq,0.5 (0.1),4 [3; 5],1 "
    "min,y\n",
    "v,price\nx,950\ny,1.200\n",
    "id,g,v,n\np,s,0.5 (0.1),10\nq,s,0.1 (0.1),5\n",
    "\"join\": [{\"file\": \"o.csv\", \"on\": [\"v\"]}], \"average\": {\"by\": \"id\"}",
    "\"column\": \"a\", \"goal\": \"max\", \"as\": \"plus-minus\", \"missing_marks\": "
    "[\"gone\"]}, "
    "\"b\": {\"column\": \"b\", \"goal\": \"max\", \"as\": \"interval\"}, "
    "\"c\": {\"column\": \"c\", \"goal\": \"min\", \"as\": \"quantity\", \"unit\": \"h\"}, "
    "\"sum\": {\"linear\": {\"a\": 1, \"b\": 2}, \"goal\": \"max\"}, "
    "\"price\": {\"column\": \"price\", \"goal\": \"min\"}, "
    "\"worst\": {\"groups\": {\"file\": \"t.csv\", \"id\": \"id\", \"group\": \"g\", "
    "\"value\": \"v\", \"size\": \"n\", \"take\": \"worst\"}, \"goal\": \"max\", "
    "\"as\": \"plus-minus\"",
    NULL,
    NULL};

static tdo_status run_once(long granted, size_t *reported)
{
    static tdo_report report;
    tdo_sentences why = {0};
    tdo_run run;
    report = (tdo_report){.count = 0};
    deny_asked = 0;
    deny_after = granted;
    tdo_status status =
        tdo_run_scenario("scenario.json", &(tdo_run_options){.unsampled = true}, &run, &report);
    if (status == TDO_OK) {
        tdo_sink o = tdo_sink_memory(run.arena);
        status = tdo_write_result(&run, true, &o);
    }
    if (status == TDO_OK)
        status = tdo_explain_candidate(&run, 0, TDO_NONE, run.arena, &why);
    deny_after = -1;
    tdo_run_free(&run);
    *reported = report.count;
    return status;
}

static void every_allocation(const data_case *c, const char *more, tdo_status otherwise)
{
    size_t reported = 0, denied = 0;
    put_case(c, more);
    assert_int_equal(run_once(-1, &reported), otherwise);
    const long asked = deny_asked;
    assert_true(asked > 100);
    for (long granted = 0; granted < asked; granted++) {
        tdo_status status = run_once(granted, &reported);
        /* an array that cannot be cut to its length stays as it is; a message may lack its words */
        if (status != TDO_E_MEMORY && status != otherwise)
            fail_msg("allocation %ld of %ld denied: status %d", granted, asked, (int)status);
        denied += status == TDO_E_MEMORY;
    }
    if (denied * 10 < (size_t)asked * 7)
        fail_msg("only %zu of %ld denied allocations were noticed", denied, asked);
}

static void good_data(void **state)
{
    (void)state;
    every_allocation(&good,
                     ", \"constraints\": [{\"column\": \"e\", \"max\": 9}, {\"column\": \"v\", "
                     "\"not_in\": [\"none\"]}]",
                     TDO_OK);
}

static void formed_cells(void **state)
{
    (void)state;
    data_case c = formed;
    every_allocation(&c, ", \"constraints\": [{\"column\": \"a\", \"max\": 9}]", TDO_OK);
    c.main = "id,a,b,c,v\np,1,2 [3; 3],12 MB,x\nq,1(2),4 [3; 5],1,y\n";
    every_allocation(&c, "", TDO_E_INPUT);
}

static void bad_data(void **state)
{
    (void)state;
    every_allocation(&bad, "", TDO_E_INPUT);
}

static void bad_words(void **state)
{
    (void)state;
    data_case c = bad;
    c.other = "v,price\nx,1\ny,2\n";
    c.third = "id,g,v,n\np,s,1,10\np,t,2,20\nq,s,1,5\nq,t,1,5\n";
    every_allocation(&c, "", TDO_E_INPUT);
    c.main = "id,w,v\np,low,x\np,low,x\nq,high,y\n";
    c.third = "id,g,v,n\np,s,0,10\np,t,0,20\nq,s,1,-5\nq,s,1,5\nq,,1,5\n";
    every_allocation(&c, "", TDO_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_data),
        cmocka_unit_test_setup_teardown(good_data, deny_one, deny_rest),
        cmocka_unit_test(formed_cells),
        cmocka_unit_test(bad_data),
        cmocka_unit_test(bad_words),
    };
    return cmocka_run_group_tests_name("data, memory out", tests, enter_scratch, leave_data);
}
