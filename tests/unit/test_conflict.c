/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conflict of limits that is too large to be searched for the smallest one: what is said instead.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"
#include "tradeoff/tradeoff.h"

enum { LIMITS = 60, CANDIDATES = 600, BROKEN = 7 };

static bool breaks[CANDIDATES][LIMITS];

static bool anybody_keeps(const bool *of)
{
    for (size_t i = 0; i < CANDIDATES; i++) {
        bool keeps = true;
        for (size_t j = 0; j < LIMITS && keeps; j++)
            keeps = !(of[j] && breaks[i][j]);
        if (keeps)
            return true;
    }
    return false;
}

static void write_files(tdo_sink *scenario, tdo_sink *csv)
{
    tdo_puts(scenario, "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"id\"},"
                       "\"criteria\": {\"x\": {\"column\": \"c0\", \"goal\": \"max\"}},"
                       "\"stakeholders\": {\"p\": {\"weights\": {\"x\": 1}}}, \"constraints\": [");
    tdo_puts(csv, "id");
    for (int j = 0; j < LIMITS; j++) {
        tdo_putf(scenario, "%s{\"column\": \"c%d\", \"max\": 0}", j ? "," : "", j);
        tdo_putf(csv, ",c%d", j);
    }
    tdo_puts(scenario, "]}");
    for (int i = 0; i < CANDIDATES; i++) {
        tdo_putf(csv, "\nm%d", i);
        for (int j = 0; j < LIMITS; j++)
            tdo_puts(csv, breaks[i][j] ? ",1" : ",0");
    }
    tdo_puts(csv, "\n");
}

static void too_large_to_search_is_still_a_conflict(void **state)
{
    static tdo_report report;
    rng seed = {7};
    tdo_arena *a = tdo_arena_new();
    tdo_sink scenario = tdo_sink_memory(a), csv = tdo_sink_memory(a);
    tdo_run run;
    bool of[LIMITS] = {false};
    (void)state;
    for (size_t i = 0; i < CANDIDATES; i++)
        for (int k = 0; k < BROKEN; k++)
            breaks[i][rng_below(&seed, LIMITS)] = true;
    write_files(&scenario, &csv);
    assert_int_equal(tdo_run_text((tdo_bytes){scenario.text, scenario.length},
                                  (tdo_bytes){csv.text, csv.length}, NULL, &run, &report),
                     TDO_OK);
    const tdo_infeasible *x = &run.infeasible;
    assert_false(run.feasible || x->proven);
    assert_true(x->n_conflict > 0);
    for (size_t k = 0; k < x->n_conflict; k++)
        of[x->conflict[k]] = true;
    assert_false(anybody_keeps(of));
    for (size_t k = 0; k < x->n_conflict; k++) { /* none of it can be left out */
        of[x->conflict[k]] = false;
        assert_true(anybody_keeps(of));
        of[x->conflict[k]] = true;
    }
    tdo_run_free(&run);
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(too_large_to_search_is_still_a_conflict)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
