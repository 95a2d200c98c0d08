/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of texts in memory, and its answers by id. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tradeoff/tradeoff.h"

static const char scenario[] =
    "{\"tradeoff\": 1, \"candidates\": {\"file\": \"nowhere.csv\", \"id\": \"model\"},"
    " \"criteria\": {\"quality\": {\"column\": \"q\", \"goal\": \"max\", \"range\": [0, 1]},"
    " \"cost\": {\"column\": \"c\", \"goal\": \"min\", \"range\": [10, 0]}},"
    " \"stakeholders\": {\"ml\": {\"weights\": {\"quality\": 1, \"cost\": 1}}},"
    " \"constraints\": [{\"criterion\": \"cost\", \"max\": 9}]}";
static const char csv[] = "model,q,c\na,0.5,5\nb,0.75,2\nc,1,10\n";

static tdo_bytes bytes(const char *s)
{
    return (tdo_bytes){s, strlen(s)};
}

static void answers_by_id(void **state)
{
    (void)state;
    tdo_run run;
    tdo_report report = {0};
    tdo_verdict v;
    assert_int_equal(tdo_run_text(bytes(scenario), bytes(csv), NULL, &run, &report), TDO_OK);
    assert_string_equal(tdo_recommended_id(&run), "b");
    assert_true(tdo_verdict_of(&run, "b", &v));
    assert_true(v.feasible && v.recommended && v.on_frontier && v.rank == 1);
    assert_true(v.score == 0.775); /* (0.75 + 0.8) / 2 */
    assert_true(tdo_verdict_of(&run, "a", &v));
    assert_true(v.feasible && !v.recommended && !v.on_frontier && v.rank == 2);
    assert_true(tdo_verdict_of(&run, "c", &v));
    assert_true(!v.feasible && v.rank == 0 && isnan(v.score));
    assert_false(tdo_verdict_of(&run, "d", &v));
    assert_true(tdo_reading_of(&run, "c", "cost") == 10);
    assert_true(isnan(tdo_reading_of(&run, "c", "speed")));
    assert_true(tdo_utility_of(&run, "a", "ml") == 0.5);
    assert_true(isnan(tdo_utility_of(&run, "c", "ml")));
    assert_true(isnan(tdo_utility_of(&run, "a", "sales")));
    tdo_run_free(&run);
}

static void errors_are_located(void **state)
{
    (void)state;
    static tdo_report first, second, third;
    tdo_run run;
    assert_int_equal(tdo_run_text(bytes("{\n \"tradeof\": 1}"), bytes(csv), NULL, &run, &first),
                     TDO_E_INPUT);
    assert_string_equal(first.item[0].file, "scenario.json");
    tdo_run_free(&run);
    assert_int_equal(
        tdo_run_text(bytes(scenario), bytes("model,q,c\na,x,1\n"), NULL, &run, &second),
        TDO_E_INPUT);
    assert_string_equal(second.item[0].file, "nowhere.csv");
    assert_int_equal(second.item[0].line, 2);
    assert_int_equal(second.item[0].column, 3);
    tdo_run_free(&run);
    assert_int_equal(tdo_run_text(bytes(scenario), (tdo_bytes){0}, NULL, &run, &third), TDO_E_IO);
    tdo_run_free(&run);
}

/* What a run says while it goes: 'p' for the end of the portfolio, 'N', 'F' and 'S' for what can be
 * stopped from then on. */
typedef struct said {
    char word[16];
    size_t n;
} said;

static void hear_stage(void *user, const char *name, size_t bytes)
{
    said *x = user;
    (void)bytes;
    if (strcmp(name, "portfolio") == 0)
        x->word[x->n++] = 'p';
}

static void hear_stoppable(void *user, tdo_stoppable now)
{
    said *x = user;
    x->word[x->n++] = "NFS"[now];
}

static void only_what_looks_at_stop_can_be_stopped(void **state)
{
    (void)state;
    static const char sets[] =
        "{\"tradeoff\": 1, \"candidates\": {\"file\": \"nowhere.csv\", \"id\": \"model\"},"
        " \"criteria\": {\"quality\": {\"column\": \"q\", \"goal\": \"max\", \"range\": [0, 1],"
        " \"se\": 0.1}, \"cost\": {\"column\": \"c\", \"goal\": \"min\", \"range\": [10, 0]}},"
        " \"stakeholders\": {\"ml\": {\"weights\": {\"quality\": 1, \"cost\": 1}}},"
        " \"mix\": {\"frontier\": {\"space\": \"criteria\"}},"
        " \"portfolio\": {\"count\": 2}}";
    said x = {.n = 0};
    tdo_run run;
    tdo_report report = {0};
    const tdo_run_options o = {.stage = hear_stage, .stoppable = hear_stoppable, .user = &x};
    const tdo_status status = tdo_run_text(bytes(sets), bytes(csv), &o, &run, &report);
    assert_string_equal(status == TDO_OK ? "" : report.item[0].text, "");
    assert_string_equal(x.word, "FNpSN"); /* the search for sets ends with the program */
    tdo_run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_by_id),
                                       cmocka_unit_test(errors_are_located),
                                       cmocka_unit_test(only_what_looks_at_stop_can_be_stopped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
