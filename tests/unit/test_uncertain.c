/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose doubt makes a run sample, and what the error of a cell becomes in sums. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tradeoff/tradeoff.h"

static const char head[] =
    "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"id\"},";

static void run_text(const char *criteria, const char *people, const char *csv, tdo_run *run)
{
    static tdo_report report;
    char text[2000];
    report = (tdo_report){0};
    const int n = snprintf(text, sizeof text, "%s \"criteria\": {%s}, \"stakeholders\": {%s}}",
                           head, criteria, people);
    assert_true(n > 0 && (size_t)n < sizeof text);
    if (tdo_run_text((tdo_bytes){text, (size_t)n}, (tdo_bytes){csv, strlen(csv)}, NULL, run,
                     &report) != TDO_OK)
        fail_msg("%s", report.item[0].text);
}

#define TWO                                                                                        \
    "\"x\": {\"column\": \"x\", \"goal\": \"max\"}, \"y\": {\"column\": \"y\", \"goal\": \"max\"}"
#define OPEN   "{\"prefers\": [\"x >= y\"]}"
#define SET(x) "{\"weights\": {\"" #x "\": 1}}"

static bool samples(const char *people)
{
    tdo_run run;
    run_text(TWO, people, "id,x,y\na,1,3\nb,2,2\nc,3,1\n", &run);
    const bool sampled = run.sampled;
    tdo_run_free(&run);
    return sampled;
}

/* Whoever it is whose weights are open, the first and the last among them. */
static void anybodys_open_weights_are_sampled(void **state)
{
    (void)state;
    assert_false(samples("\"p\": " SET(x) ", \"q\": " SET(y) ", \"r\": " SET(x)));
    assert_true(samples("\"p\": " OPEN ", \"q\": " SET(y) ", \"r\": " SET(x)));
    assert_true(samples("\"p\": " SET(x) ", \"q\": " OPEN ", \"r\": " SET(x)));
    assert_true(samples("\"p\": " SET(x) ", \"q\": " SET(y) ", \"r\": " OPEN));
}

/* An interval as it is written is the interval of its reading; of a multiple or a sum it is not. */
static void intervals_in_cells_follow_the_coefficients(void **state)
{
    static const char csv[] =
        "id,x,y\na,\"10 [8, 14]\",\"1 [1, 1]\"\nb,\"20 [18, 24]\",\"2 [2, 2]\"\n";
    static const char *const form[] = {
        "\"x\": {\"column\": \"x\", \"goal\": \"max\", \"as\": \"interval\"}",
        "\"x\": {\"linear\": {\"x\": 2}, \"goal\": \"max\", \"as\": \"interval\"}",
        "\"x\": {\"linear\": {\"x\": 1, \"y\": 1}, \"goal\": \"max\", \"as\": \"interval\"}"};
    static const double low[] = {8, 16, 9}, high[] = {14, 28, 15};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        tdo_run run;
        run_text(form[k], "\"p\": " SET(x), csv, &run);
        assert_true(run.measured.low && run.measured.low[0] && run.measured.high[0]);
        assert_true(fabs(run.measured.low[0][0] - low[k]) < 1e-9);
        assert_true(fabs(run.measured.high[0][0] - high[k]) < 1e-9);
        tdo_run_free(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(anybodys_open_weights_are_sampled),
        cmocka_unit_test(intervals_in_cells_follow_the_coefficients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
