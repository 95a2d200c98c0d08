/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --set, --limit and --rule change in a scenario. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "scenario_file.h"

static void sets(void **state)
{
    static const char *const set[] = {"stakeholders.ml.weights.quality=5",
                                      "stakeholders.ml.weights.clarity=0.5",
                                      "stakeholders.ml.label=12 people",
                                      "candidates.missing=drop",
                                      "constraints.1={\"column\":\"x\",\"in\":[\"a\"]}",
                                      "constraints.0.max=99",
                                      "title=true story"};
    static const tdo_overrides over = {.set = set, .n_set = sizeof set / sizeof *set};
    const tdo_scenario *s = read_good(good_scenario, &over, *state);
    near(s->stakeholders[0].weights[0], 5, 0, 0);
    near(s->stakeholders[0].weights[2], 0.5, 0, 0);
    assert_string_equal(s->stakeholders[0].label, "12 people");
    assert_int_equal(s->missing, TDO_MISSING_DROP);
    assert_string_equal(s->constraints[0].text, "latency <= 99 ms");
    assert_string_equal(s->constraints[1].text, "x in [a]");
    assert_place(s->constraints[1].condition.place,
                 "--set constraints.1={\"column\":\"x\",\"in\":[\"a\"]}", 0, 0,
                 "constraints.1.column");
    assert_string_equal(s->title, "true story");
}

static void limits(void **state)
{
    static const struct {
        const char *limit, *text[3];
        const char *owner; /* of the last one */
    } of[] = {
        {"latency<=80", {"latency <= 80 ms", "x >= 1", NULL}, "product"},
        {" latency <= 8e1 ", {"latency <= 80 ms", "x >= 1", NULL}, "product"},
        {"latency>=5", {"latency <= 150 ms", "x >= 1", "latency >= 5 ms"}, "command line"},
        {"x>=2", {"latency <= 150 ms", "x >= 2", NULL}, "product"},
        {"x<=2", {"latency <= 150 ms", "x >= 1", "x <= 2"}, "command line"},
        {"quality>=0.4", {"latency <= 150 ms", "x >= 1", "quality >= 0.4"}, "command line"},
        {"memory gb>=.5", {"latency <= 150 ms", "x >= 1", "memory gb >= 0.5"}, "command line"},
        {"a<=b>=-3", {"latency <= 150 ms", "x >= 1", "a<=b >= -3"}, "command line"},
        {"clarity>=post-hoc",
         {"latency <= 150 ms", "x >= 1", "clarity >= post-hoc"},
         "command line"},
        {"p95_ms<=80", {"latency <= 150 ms", "x >= 1", "p95_ms <= 80"}, "command line"},
    };
    char text[TEXT_ROOM];
    change(text, good_scenario, "{\"criterion\": \"latency\", \"max\": 150}",
           "{\"criterion\": \"latency\", \"max\": 150, \"owner\": \"product\"},"
           "{\"column\": \"x\", \"min\": 1, \"owner\": \"product\"}");
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const tdo_overrides over = {.limit = &of[i].limit, .n_limit = 1};
        const tdo_scenario *s = read_good(text, &over, *state);
        size_t n = of[i].text[2] ? 3 : 2;
        assert_int_equal(s->n_constraints, n);
        for (size_t k = 0; k < n; k++)
            assert_string_equal(s->constraints[k].text, of[i].text[k]);
        assert_string_equal(s->constraints[n - 1].owner, of[i].owner);
    }
}

/* Without constraints; on a veto's criterion; on two constraints at once; two of them. */
static void limits_elsewhere(void **state)
{
    static const char *const one[] = {"quality>=0.5"};
    static const char *const two[] = {"quality>=0.1", "latency<=70"};
    static const tdo_overrides over = {.limit = one, .n_limit = 1};
    static const tdo_overrides twice = {.limit = two, .n_limit = 2};
    char text[TEXT_ROOM], with_veto[TEXT_ROOM];
    change(text, good_scenario,
           ",\n  \"constraints\": [\n    {\"criterion\": \"latency\", \"max\": 150}\n  ]", "");
    change(
        with_veto, text, "\"latency\": 1}},\n    \"ops\"",
        "\"latency\": 1}, \"needs\": {\"quality\": {\"min\": 0.4, \"veto\": true}}},\n    \"ops\"");
    const tdo_scenario *s = read_good(with_veto, &over, *state);
    assert_int_equal(s->n_constraints, 1); /* the veto moves */
    assert_string_equal(s->constraints[0].text, "quality >= 0.5");
    assert_string_equal(s->constraints[0].why, "veto");
    s = read_good(text, &over, *state);
    assert_int_equal(s->n_constraints, 1);
    assert_string_equal(s->constraints[0].text, "quality >= 0.5");
    assert_string_equal(s->constraints[0].owner, "command line");
    assert_non_null(strstr(s->json, "\"constraints\":[{\"criterion\":\"quality\",\"min\":0.5,"
                                    "\"owner\":\"command line\"}]"));

    change(text, good_scenario, "\"max\": 150}",
           "\"max\": 150}, {\"criterion\": \"latency\", \"min\": 1, \"max\": 120}");
    s = read_good(text, &twice, *state);
    assert_int_equal(s->n_constraints, 3);
    assert_string_equal(s->constraints[0].text, "latency <= 70 ms");
    assert_string_equal(s->constraints[1].text, "1 <= latency <= 70 ms");
}

/* All set, then all limit, then rule. */
static void order_of_overrides(void **state)
{
    static const char *const set[] = {"constraints.0.max=60", "rule=maximin",
                                      "criteria.cost={\"column\":\"usd\",\"goal\":\"min\"}"};
    static const char *const limit[] = {"latency<=80", "cost<=9"};
    static const tdo_overrides over = {
        .set = set, .n_set = 3, .limit = limit, .n_limit = 2, .rule = "copeland"};
    const tdo_scenario *s = read_good(good_scenario, &over, *state);
    assert_string_equal(s->constraints[0].text, "latency <= 80 ms");
    assert_string_equal(s->constraints[1].text, "cost <= 9");
    assert_int_equal(s->constraints[1].condition.criterion, 3); /* the criterion, not a column */
    assert_int_equal(s->rule, TDO_RULE_COPELAND);
    assert_place(s->rule_place, "--rule copeland", 0, 0, "rule");
}

static void bad_overrides(void **state)
{
    static const struct {
        const char *set, *limit, *rule;
        tdo_status status;
        const char *file, *text;
    } of[] = {
        {"stakeholders.ml.power", NULL, NULL, TDO_E_USAGE, "--set stakeholders.ml.power",
         "expected PATH=VALUE, as in stakeholders.ml.power=2"},
        {"stakeholders.mll.power=1", NULL, NULL, TDO_E_INPUT, "--set stakeholders.mll.power=1",
         "there is no \"mll\" in stakeholders (did you mean \"ml\"?)"},
        {"simpler.within=0.1", NULL, NULL, TDO_E_INPUT, "--set simpler.within=0.1",
         "there is no \"simpler\" in the scenario"},
        {"stakeholders.ml.weights.qualty=1", NULL, NULL, TDO_E_INPUT,
         "--set stakeholders.ml.weights.qualty=1",
         "unknown criterion \"qualty\" in stakeholders.ml.weights (did you mean \"quality\"?)"},
        {"stakeholders.ml.weights.quality=much", NULL, NULL, TDO_E_INPUT,
         "--set stakeholders.ml.weights.quality=much",
         "stakeholders.ml.weights.quality must be a number, found the string \"much\""},
        {"constraints=none", "latency<=5", NULL, TDO_E_INPUT, "--set constraints=none",
         "constraints must be a list, as in [{\"criterion\": \"latency\", \"max\": 80}], found the "
         "string \"none\""},
        {"criteria=none", "latency<=5", NULL, TDO_E_INPUT, "--set criteria=none",
         "criteria must be an object, as in {\"quality\": {\"column\": \"auc\", \"goal\": "
         "\"max\"}}, found the string \"none\""},
        {NULL, "latency<80", NULL, TDO_E_USAGE, "--limit latency<80",
         "did you mean \"latency<=80\"?"},
        {NULL, "<=80", NULL, TDO_E_USAGE, "--limit <=80",
         "expected NAME<=NUMBER or NAME>=NUMBER, as in \"latency<=80\" (the shell needs the "
         "quotes)"},
        {NULL, "latency<= ", NULL, TDO_E_USAGE, "--limit latency<= ",
         "expected NAME<=NUMBER or NAME>=NUMBER, as in \"latency<=80\" (the shell needs the "
         "quotes)"},
        {NULL, "", NULL, TDO_E_USAGE, "--limit ",
         "expected NAME<=NUMBER or NAME>=NUMBER, as in \"latency<=80\" (the shell needs the "
         "quotes)"},
        {NULL, "latency<=80ms", NULL, TDO_E_USAGE, "--limit latency<=80ms",
         "\"80ms\" is no number: write 80 alone, in ms"},
        {NULL, "latency<=1e999", NULL, TDO_E_USAGE, "--limit latency<=1e999",
         "\"1e999\" is no number, and the criterion has no levels"},
        {NULL, "clarity>=shiny", NULL, TDO_E_INPUT, "--limit clarity>=shiny",
         "unknown level \"shiny\" in constraints.1.min (levels: \"opaque\", \"post-hoc\", "
         "\"inherent\")"},
        {"constraints.0.min=100", "latency<=80", NULL, TDO_E_INPUT, "--set constraints.0.min=100",
         "constraints.0 has a \"min\" of 100 above its \"max\" of 80"},
        {NULL, NULL, "nosh", TDO_E_INPUT, "--rule nosh",
         "unknown rule \"nosh\" (did you mean \"nash\"?)"},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const tdo_overrides over = {.set = &of[i].set,
                                    .n_set = of[i].set != NULL,
                                    .limit = &of[i].limit,
                                    .n_limit = of[i].limit != NULL,
                                    .rule = of[i].rule};
        tdo_report report = {.count = 0};
        const tdo_scenario *s = NULL;
        assert_int_equal(read_text(good_scenario, &over, *state, &s, &report), of[i].status);
        assert_int_equal(report.count, 1);
        assert_string_equal(report.item[0].text, of[i].text);
        assert_string_equal(report.item[0].file, of[i].file);
        assert_int_equal(report.item[0].line, 0);
        assert_int_equal(report.item[0].status, of[i].status);
        assert_null(s);
    }
}

/* The file's errors first, by place; those of the command line behind them. */
static void errors_of_both(void **state)
{
    static const char *const set[] = {"title=3", "tittle=4"};
    static const tdo_overrides over = {.set = set, .n_set = 2};
    char text[TEXT_ROOM];
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
    change(text, good_scenario, "\"max\": 150", "\"max\": null");
    assert_int_equal(read_text(text, &over, *state, &s, &report), TDO_E_INPUT);
    assert_int_equal(report.count, 3);
    assert_string_equal(report.item[0].file, "scenario.json");
    assert_string_equal(report.item[0].path, "constraints.0.max");
    assert_string_equal(report.item[1].file, "--set title=3");
    assert_string_equal(report.item[1].text, "title must be a string, found 3");
    assert_string_equal(report.item[2].file, "--set tittle=4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(sets),
        WITH_ARENA(limits),
        WITH_ARENA(limits_elsewhere),
        WITH_ARENA(order_of_overrides),
        WITH_ARENA(bad_overrides),
        WITH_ARENA(errors_of_both),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
