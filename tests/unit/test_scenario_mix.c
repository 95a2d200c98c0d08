/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what is asked of a mix. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "scenario_file.h"

#include "marked.h"

#define TOP "\"tradeoff\": 1,"

static const variant mixes[] = {
    {TOP,
     "\"tradeoff\": 1, \"mix\": @[],",
     {{"mix", "mix must be an object, found an empty list"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {@\"max_model\": 3},",
     {{"mix.max_model", "unknown key \"max_model\" in mix (did you mean \"max_models\"?)"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"rule\": @\"borda\"},",
     {{"mix.rule", "unknown mix.rule \"borda\" (allowed: \"weighted\", \"maximin\", \"leximin\", "
                   "\"nash\", \"kalai-smorodinsky\", \"minimax-regret\", \"chebyshev\")"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"rule\": @\"headline\"},",
     {{"mix.rule", "unknown mix.rule \"headline\" (allowed: \"weighted\", \"maximin\", "
                   "\"leximin\", \"nash\", \"kalai-smorodinsky\", \"minimax-regret\", "
                   "\"chebyshev\")"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"max_models\": @0, \"min_share\": @1.5},",
     {{"mix.max_models", "mix.max_models must be a whole number from 1 to 1000000, found 0"},
      {"mix.min_share", "mix.min_share must be from 0 to 1, found 1.5"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"max_models\": @2.5, \"min_share\": @-0.1},",
     {{"mix.max_models", "mix.max_models must be a whole number from 1 to 1000000, found 2.5"},
      {"mix.min_share", "mix.min_share must be from 0 to 1, found -0.1"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"infeasible_may_mix\": @1},",
     {{"mix.infeasible_may_mix", "mix.infeasible_may_mix must be true or false, found 1"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"limits\": [@{\"criterion\": \"latency\"}, @{\"max\": 3}]},",
     {{"mix.limits.0", "mix.limits.0 must have a \"min\" or a \"max\""},
      {"mix.limits.1", "mix.limits.1 must have a \"criterion\" or a \"column\""}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"limits\": [{\"criterion\": @\"latncy\", \"max\": 3}, "
     "{\"column\": \"a\", @\"in\": [1], \"max\": @\"inherent\"}]},",
     {{"mix.limits.0.criterion",
       "unknown criterion \"latncy\" in mix.limits.0.criterion (did you mean \"latency\"?)"},
      {"mix.limits.1.in", "unknown key \"in\" in mix.limits.1 (did you mean \"min\"?)"},
      {"mix.limits.1.max", "mix.limits.1.max must be a number, found the string \"inherent\""}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"limits\": [{\"criterion\": \"latency\", \"min\": 4, "
     "\"max\": @3}]},",
     {{"mix.limits.0.max", "mix.limits.0 has a \"min\" of 4 above its \"max\" of 3"}}},
    {TOP,
     "\"tradeoff\": 1, \"mix\": {\"limits\": [@{\"criterion\": \"latency\", \"column\": \"a\", "
     "\"min\": 4}]},",
     {{"mix.limits.0", "mix.limits.0 must have one of \"criterion\" and \"column\", found both"}}},
};

RUN(mixes)

static void all_of_it(void **state)
{
    char text[TEXT_ROOM], more[TEXT_ROOM];
    change(text, good_scenario, TOP,
           TOP
           "\"mix\": {\"rule\": \"leximin\", \"max_models\": 3, \"min_share\": 0.05,\n"
           "\"infeasible_may_mix\": true, \"limits\": [\n"
           "{\"criterion\": \"latency\", \"max\": 120, \"owner\": \"ops\", \"why\": \"slow\"},\n"
           "{\"column\": \"memory_gb\", \"min\": 1, \"max\": 33.1},\n"
           "{\"criterion\": \"clarity\", \"min\": \"post-hoc\"}]},");
    change(more, text, "\"unit\": \"ms\"", "\"unit\": \"ms\", \"mixes\": \"worst\"");
    const tdo_scenario *s = read_good(more, NULL, *state);
    const tdo_mix_options *m = &s->mix;
    assert_true(m->asked && m->infeasible_may_mix);
    assert_int_equal(m->rule, TDO_MIX_LEXIMIN);
    assert_int_equal(m->max_models, 3);
    near(m->min_share, 0.05, 0, 0);
    assert_int_equal(m->n_limits, 3);
    assert_string_equal(m->limits[0].text, "latency <= 120 ms");
    assert_string_equal(m->limits[0].owner, "ops");
    assert_string_equal(m->limits[0].why, "slow");
    assert_string_equal(m->limits[1].text, "1 <= memory_gb <= 33.1");
    assert_string_equal(m->limits[1].condition.column, "memory_gb");
    near(m->limits[2].condition.min, 1, 0, 0);
    assert_false(m->limits[2].condition.has_max);
    assert_true(s->criteria[1].mixes_worst);
    assert_false(s->criteria[0].mixes_worst);
    assert_place(m->place, "scenario.json", 2, 17, "mix");
}

static void without_it_nothing_is_asked(void **state)
{
    const tdo_scenario *s = read_good(good_scenario, NULL, *state);
    assert_false(s->mix.asked);
    assert_int_equal(s->mix.rule, TDO_MIX_AS_HEADLINE);
    assert_int_equal(s->mix.n_limits, 0);
}

static void a_set_reaches_into_it(void **state)
{
    const char *const set[] = {"mix.max_models=2", "mix.rule=nash"};
    const tdo_overrides over = {.set = set, .n_set = 2};
    char text[TEXT_ROOM];
    change(text, good_scenario, TOP, TOP "\"mix\": {},");
    const tdo_scenario *s = read_good(text, &over, *state);
    assert_true(s->mix.asked);
    assert_int_equal(s->mix.max_models, 2);
    assert_int_equal(s->mix.rule, TDO_MIX_NASH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(in_mixes),
        WITH_ARENA(all_of_it),
        WITH_ARENA(without_it_nothing_is_asked),
        WITH_ARENA(a_set_reaches_into_it),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
