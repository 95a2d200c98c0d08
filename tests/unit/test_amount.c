/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them: by their errors or their spread, grouped, never across a bound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "explain/amount.h"

static void expect(const char *wanted, double x, int tens, bool whole)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    amount_put(&o, &(amount_scale){.tens = tens, .whole = whole}, x);
    assert_string_equal(o.text, wanted);
    tdo_arena_free(a);
}

static void digits_follow_the_step(void **state)
{
    (void)state;
    expect("0.4215", 0.42153, -4, false);
    expect("24,300", 24331, 2, true);
    expect("4,900", 4891, 2, true);
    expect("-4,900", -4891, 2, true);
    expect("45", 45.1, 0, false);
    expect("1.0000", 1, -4, false);
    expect("329,000,000", 328999999.6, 0, false);
    expect("0", 0, -3, false);
}

static void two_digits_at_least_and_whole_ones_stay_whole(void **state)
{
    (void)state;
    expect("0.029", 0.0291, -1, false);
    expect("0.0000013", 0.0000013, -2, false);
    expect("40", 40, 2, true);
    expect("4", 4, 2, true);
    expect("4", 4, 0, true);
}

static void what_no_step_fits_is_written_all_the_same(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    const double odd[] = {DBL_MAX, -DBL_MAX, DBL_MIN,   5e-324, 1e300,
                          1e-300,  INFINITY, -INFINITY, NAN};
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
        for (int tens = -400; tens <= 400; tens += 100) {
            tdo_sink o = tdo_sink_memory(a);
            amount_put(&o, &(amount_scale){.tens = tens, .whole = false}, odd[k]);
            assert_true(o.length > 0 && o.length < 48);
        }
    tdo_arena_free(a);
}

static void readings_stay_on_their_side_of_a_bound(void **state)
{
    (void)state;
    tdo_criterion c = {.id = "rate", .label = "Rate", .unit = ""};
    tdo_constraint limit = {.condition = {.criterion = 0, .has_min = true, .min = 0.8}};
    tdo_scenario s = {.criteria = &c, .n_criteria = 1, .constraints = &limit, .n_constraints = 1};
    const tdo_run run = {.scenario = &s};
    const amount_scale scale = {.tens = -2};
    static const struct {
        double x;
        const char *text;
    } of[] = {{0.798483, "0.798"}, {0.95007, "0.95"}, {0.8, "0.80"}, {0.79999, "0.79999"}};
    tdo_arena *a = tdo_arena_new();
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        tdo_sink o = tdo_sink_memory(a);
        amount_put_bare(&o, &run, &scale, 0, of[k].x);
        assert_string_equal(o.text, of[k].text);
    }
    tdo_arena_free(a);
}

static void chances_are_whole_numbers_of_100(void **state)
{
    (void)state;
    static const struct {
        double x;
        bool at_least;
        const char *text;
    } of[] = {{0, false, "<1"},     {0.004, false, "<1"}, {0.946, true, "95+"},
              {0.946, false, "95"}, {1, false, ">99"},    {0.996, true, ">99"}};
    tdo_arena *a = tdo_arena_new();
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        tdo_sink o = tdo_sink_memory(a);
        amount_put_in_100(&o, of[k].x, of[k].at_least);
        assert_string_equal(o.text, of[k].text);
    }
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_follow_the_step),
        cmocka_unit_test(two_digits_at_least_and_whole_ones_stay_whole),
        cmocka_unit_test(what_no_step_fits_is_written_all_the_same),
        cmocka_unit_test(readings_stay_on_their_side_of_a_bound),
        cmocka_unit_test(chances_are_whole_numbers_of_100),
    };
    return cmocka_run_group_tests_name("amount", tests, NULL, NULL);
}
