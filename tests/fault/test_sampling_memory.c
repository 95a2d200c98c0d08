/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the sampling stages fails once, and all that follow it: each ends in
 * TDO_E_MEMORY. Errors of every kind, open weights and powers, limits that are to be shown, and
 * more measurements that cost something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/scenario_file.h"
#include "deny.h"
#include "tradeoff/run.h"

#define PEOPLE                                                                                     \
    "\"stakeholders\": {\"s\": {\"weights\": {\"x\": 2, \"y\": 1}, \"vague\": 0.2}, "              \
    "\"t\": {\"prefers\": [\"x >= y\"]}}, \"powers\": [\"s >= t\"], "

#define TABLE(criteria, more)                                                                      \
    "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"id\", \"incumbent\": "      \
    "\"a\"}, " PEOPLE "\"criteria\": {" criteria "}, " more "\"robustness\": {\"samples\": 40}}"

#define Y "\"y\": {\"column\": \"y\", \"goal\": \"min\"}"

static const char *const scenario[] = {
    /* normal, shared between two; a limit that is to be shown, and one beside the incumbent */
    TABLE("\"x\": {\"column\": \"x\", \"goal\": \"max\", \"range\": [0, 1], \"se\": 0.1}, " Y,
          "\"constraints\": [{\"criterion\": \"x\", \"min\": 0.2, \"shown\": 0.8}, {\"criterion\": "
          "\"x\", \"than\": \"incumbent\", \"worse_by\": 0.5}], \"measure\": [{\"criterion\": "
          "\"x\", \"cost\": 1, \"per\": 10, \"sd\": 2}], \"worth_in\": {\"criterion\": \"y\", "
          "\"periods\": 5}, "),
    /* of few runs, and within bounds, under another rule */
    TABLE("\"x\": {\"column\": \"x\", \"goal\": \"max\", \"se\": 0.1, \"runs\": 5}, \"y\": "
          "{\"column\": \"y\", \"goal\": \"min\", \"se\": 0.05, \"bounds\": [0, 1]}",
          "\"rule\": \"maximin\", \"constraints\": [{\"criterion\": \"y\", \"max\": 0.9}], "),
    /* intervals, and a target */
    TABLE("\"x\": {\"column\": \"x\", \"goal\": {\"target\": 0.6}, \"interval\": {\"low\": "
          "\"lo\", \"high\": \"hi\"}}, " Y,
          ""),
    /* items: a mean and a quantile */
    TABLE("\"x\": {\"items\": {\"file\": \"i.csv\", \"id\": \"id\", \"item\": \"q\", \"value\": "
          "\"v\"}, \"goal\": \"max\"}, \"y\": {\"items\": {\"file\": \"i.csv\", \"id\": \"id\", "
          "\"item\": \"q\", \"value\": \"v\", \"quantile\": 0.5}, \"goal\": \"max\"}",
          ""),
    /* subgroups: rates, and normal cells */
    TABLE("\"x\": {\"groups\": {\"file\": \"g.csv\", \"id\": \"id\", \"group\": \"g\", "
          "\"value\": \"v\", \"size\": \"n\", \"take\": \"ratio\"}, \"goal\": \"max\"}, "
          "\"y\": {\"groups\": {\"file\": \"g.csv\", \"id\": \"id\", \"group\": \"g\", "
          "\"value\": \"w\", \"se\": \"e\", \"take\": \"worst\"}, \"goal\": \"max\"}",
          ""),
    /* joint draws */
    "{\"tradeoff\": 1, \"candidates\": {\"file\": \"d.csv\", \"id\": \"id\", \"draw\": "
    "\"d\"}, " PEOPLE "\"criteria\": {\"x\": {\"column\": \"x\", \"goal\": \"max\"}, " Y
    "}, \"constraints\": [{\"criterion\": \"x\", \"min\": 0.1, \"shown\": 0.6}]}",
};

static const char *const file[][2] = {
    {"c.csv", "id,x,y,lo,hi\na,0.5,0.5,0.4,0.7\nb,0.6,0.7,0.5,0.7\nc,0.4,0.2,0.1,0.5\n"},
    {"i.csv", "id,q,v\na,1,1\na,2,0\na,3,1\nb,1,0\nb,2,1\nb,3,1\nc,1,1\nc,2,0\nc,3,0\n"},
    {"g.csv", "id,g,v,n,w,e\na,p,0.5,20,0.4,0.1\na,q,0.6,30,0.5,0.1\nb,p,0.7,20,0.4,0.2\n"
              "b,q,0.6,30,0.3,0\nc,p,0.5,20,0.6,0.1\nc,q,0.5,30,0.7,0.1\n"},
    {"d.csv", "id,d,x,y\na,1,0.5,0.1\na,2,0.6,0.3\nb,1,0.4,0.2\nb,2,0.7,0.2\n"},
};

static bool samples_next; /* of the stages, that which samples is the next one */

static long before; /* allocations until then, */
static long within; /*   and those of it */

/* Counts from the stage before the samples on. */
static void note(void *user, const char *name, size_t bytes)
{
    (void)user;
    (void)bytes;
    if (samples_next)
        within = deny_asked - before;
    samples_next = strcmp(name, "portfolio") == 0;
    if (samples_next)
        before = deny_asked;
}

static tdo_status try_run(long granted)
{
    const tdo_run_options o = {.stage = note, .threads = 1};
    tdo_report report = {.count = 0};
    tdo_run run;
    samples_next = false;
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_run_scenario("scenario.json", &o, &run, &report);
    deny_after = -1;
    tdo_run_free(&run);
    return status;
}

static void samples_end_cleanly(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof file / sizeof *file; k++)
        write_file(file[k][0], file[k][1], strlen(file[k][1]));
    for (size_t k = 0; k < sizeof scenario / sizeof *scenario; k++) {
        write_file("scenario.json", scenario[k], strlen(scenario[k]));
        assert_int_equal(try_run(-1), TDO_OK);
        long first = before, end = before + within;
        assert_true(within > 20);
        for (long granted = first; granted < end; granted++) {
            tdo_status status = try_run(granted);
            if (status != TDO_E_MEMORY)
                fail_msg("scenario %zu, allocation %ld of %ld to %ld: status %d", k, granted, first,
                         end, status);
        }
    }
    for (size_t k = 0; k < sizeof file / sizeof *file; k++)
        (void)remove(file[k][0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_end_cleanly),
        cmocka_unit_test_setup_teardown(samples_end_cleanly, deny_one, deny_rest)};
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
