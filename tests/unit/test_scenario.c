/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a good scenario is read as. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "scenario_file.h"

/* Every key that this version reads. */
static const char *const full =
    "\xEF\xBB\xBF{\n"
    "  \"tradeoff\": 1.0,\n"
    "  \"title\": \"Restaurant \\u00e0 la carte\",\n"
    "  \"stakeholders\": {\n"
    "    \"ml\": {\"label\": \"ML engineers\", \"power\": 2, \"weights\": {\"parity\": 1, "
    "\"quality\": 3},\n"
    "           \"needs\": {\"quality\": {\"min\": 0.4, \"max\": 0.9, \"veto\": true},\n"
    "                     \"clarity\": {\"min\": \"post-hoc\"}}},\n"
    "    \"sales\": {\"weights\": {\"margin\": 1}, \"needs\": {\"clarity\": {\"max\": 1, \"veto\": "
    "true}}}\n"
    "  },\n"
    "  \"criteria\": {\n"
    "    \"quality\": {\"column\": \"ndcg10\", \"goal\": \"max\", \"unit\": \"NDCG@10\",\n"
    "                \"label\": \"Ranking quality\", \"se\": {\"column\": \"ndcg10_se\"}, "
    "\"percent\": true},\n"
    "    \"latency\": {\"column\": \"p95_ms\", \"goal\": \"min\", \"unit\": \"ms\", \"range\": "
    "[250, 20],\n"
    "                \"thousands\": \",\", \"indifference\": 0},\n"
    "    \"margin\": {\"linear\": {\"ad_fee\": 1, \"serving\": -1.5}, \"goal\": \"max\", \"se\": "
    "0.25},\n"
    "    \"parity\": {\"column\": \"impact\", \"goal\": {\"target\": 1}, \"value\": [[0, 1], [0.2, "
    "0.5], "
    "[1, 0]]},\n"
    "    \"clarity\": {\"column\": \"words\", \"levels\": [\"opaque\", \"post-hoc\", "
    "\"inherent\"],\n"
    "                \"range\": \"observed\", \"indifference\": 0.5}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"criterion\": \"latency\", \"max\": 150, \"owner\": \"product\", \"why\": \"checkout "
    "budget\"},\n"
    "    {\"column\": \"cluster\", \"in\": [\"no\", 0.50]},\n"
    "    {\"column\": \"status\", \"equals\": \"FINISHED\", \"not_in\": [1]},\n"
    "    {\"criterion\": \"clarity\", \"min\": \"post-hoc\", \"max\": 2},\n"
    "    {\"column\": \"memory_gb\", \"min\": -0.5}\n"
    "  ],\n"
    "  \"rule\": \"kalai-smorodinsky\",\n"
    "  \"simpler\": {\"criterion\": \"clarity\", \"within\": 0.01},\n"
    "  \"candidates\": {\"file\": \"data/c.csv\", \"id\": [\"model\", \"batch\"], \"missing\": "
    "\"worst\",\n"
    "                 \"where\": [{\"column\": \"status\", \"in\": [\"FINISHED\"]}, {\"column\": "
    "\"n\", "
    "\"min\": 1, \"max\": 2}],\n"
    "                 \"incumbent\": \"gbdt-v7 / 8\", \"delimiter\": \"\\t\"}\n"
    "}\n";

static void top_and_candidates(void **state)
{
    const tdo_scenario *s = read_good(full, NULL, *state);
    assert_string_equal(s->file, "scenario.json");
    assert_string_equal(s->title, "Restaurant \xC3\xA0 la carte");
    assert_int_equal(strlen(s->sha256), 64);
    assert_int_equal(s->rule, TDO_RULE_KALAI_SMORODINSKY);
    assert_place(s->rule_place, "scenario.json", 27, 11, "rule");
    assert_int_equal(s->simpler, 4);
    near(s->simpler_within, 0.01, 0, 0);
    assert_string_equal(s->candidates_file, "data/c.csv");
    assert_string_equal(s->candidates_path, "data/c.csv");
    assert_place(s->candidates_place, "scenario.json", 29, 26, "candidates.file");
    assert_int_equal(s->n_id_columns, 2);
    assert_string_equal(s->id_columns[1], "batch");
    assert_place(s->id_place, "scenario.json", 29, 46, "candidates.id");
    assert_int_equal(s->missing, TDO_MISSING_WORST);
    assert_string_equal(s->incumbent, "gbdt-v7 / 8");
    assert_int_equal(s->delimiter, '\t');
    assert_int_equal(s->n_where, 2);
    assert_string_equal(s->where[0].column, "status");
    assert_int_equal(s->where[0].criterion, TDO_NONE);
    assert_int_equal(s->where[0].n_in, 1);
    assert_false(s->where[0].has_min);
    assert_place(s->where[1].place, "scenario.json", 30, 81, "candidates.where.1.column");
    assert_true(s->where[1].has_min && s->where[1].has_max);
    near(s->where[1].max, 2, 0, 0);
}

static void all_criteria(void **state)
{
    const tdo_scenario *s = read_good(full, NULL, *state);
    const tdo_criterion *quality = &s->criteria[0], *latency = &s->criteria[1],
                        *margin = &s->criteria[2], *parity = &s->criteria[3],
                        *clarity = &s->criteria[4];
    assert_int_equal(s->n_criteria, 5);
    assert_string_equal(quality->id, "quality");
    assert_string_equal(quality->label, "Ranking quality");
    assert_string_equal(quality->unit, "NDCG@10");
    assert_int_equal(quality->goal, TDO_GOAL_MAX);
    assert_true(quality->style.percent && !quality->linear);
    assert_string_equal(quality->se_column, "ndcg10_se");
    assert_int_equal(quality->n_terms, 1);
    assert_string_equal(quality->terms[0].column, "ndcg10");
    near(quality->terms[0].coefficient, 1, 0, 0);
    assert_place(quality->terms[0].place, "scenario.json", 11, 27, "criteria.quality.column");
    assert_place(quality->place, "scenario.json", 11, 16, "criteria.quality");
    assert_false(quality->has_range || quality->has_indifference);

    assert_string_equal(latency->label, "latency");
    assert_int_equal(latency->goal, TDO_GOAL_MIN);
    assert_true(latency->has_range && latency->has_indifference);
    near(latency->worst, 250, 0, 0);
    near(latency->best, 20, 0, 0);
    assert_int_equal(latency->style.thousands, ',');
    near(latency->indifference, 0, 0, 0);

    assert_true(margin->linear);
    assert_int_equal(margin->n_terms, 2);
    assert_string_equal(margin->terms[1].column, "serving");
    near(margin->terms[1].coefficient, -1.5, 0, 0);
    assert_place(margin->terms[1].place, "scenario.json", 15, 40, "criteria.margin.linear.serving");
    near(margin->se, 0.25, 0, 0);
    assert_null(margin->se_column);
    assert_string_equal(margin->unit, "");

    assert_int_equal(parity->goal, TDO_GOAL_TARGET);
    near(parity->target, 1, 0, 0);
    assert_int_equal(parity->n_value, 3);
    near(parity->value_x[1], 0.2, 0, 0);
    near(parity->value_v[1], 0.5, 0, 0);

    assert_int_equal(clarity->goal, TDO_GOAL_MAX); /* the default with levels */
    assert_int_equal(clarity->n_levels, 3);
    assert_string_equal(clarity->levels[2], "inherent");
    assert_false(clarity->has_range); /* "observed" */
    near(clarity->indifference, 0.5, 0, 0);
}

static void all_stakeholders(void **state)
{
    const tdo_scenario *s = read_good(full, NULL, *state);
    const tdo_stakeholder *ml = &s->stakeholders[0], *sales = &s->stakeholders[1];
    static const double ml_weight[] = {3, 0, 0, 1, 0};
    assert_int_equal(s->n_stakeholders, 2);
    assert_string_equal(ml->label, "ML engineers");
    assert_string_equal(sales->label, "sales");
    near(ml->power, 2, 0, 0);
    near(sales->power, 1, 0, 0);
    for (size_t c = 0; c < s->n_criteria; c++)
        near(ml->weights[c], ml_weight[c], 0, 0);
    assert_int_equal(ml->n_needs, 2);
    assert_int_equal(ml->needs[0].criterion, 0);
    assert_true(ml->needs[0].veto && ml->needs[0].has_min && ml->needs[0].has_max);
    assert_int_equal(ml->needs[1].criterion, 4);
    assert_true(ml->needs[1].has_min && !ml->needs[1].has_max && !ml->needs[1].veto);
    near(ml->needs[1].min, 1, 0, 0); /* "post-hoc" */
    assert_place(ml->needs[1].place, "scenario.json", 7, 33, "stakeholders.ml.needs.clarity");
}

static void all_constraints(void **state)
{
    static const char *const text[] = {
        "latency <= 150 ms",
        "cluster in [no, 0.50]",
        "status = FINISHED and status not in [1]",
        "post-hoc <= clarity <= inherent",
        "memory_gb >= -0.5",
        "0.4 <= quality <= 0.9 NDCG@10",
        "clarity <= post-hoc",
    };
    const tdo_scenario *s = read_good(full, NULL, *state);
    const tdo_constraint *c = s->constraints;
    assert_int_equal(s->n_constraints, sizeof text / sizeof *text);
    for (size_t i = 0; i < s->n_constraints; i++)
        assert_string_equal(c[i].text, text[i]);
    assert_string_equal(c[0].owner, "product");
    assert_string_equal(c[0].why, "checkout budget");
    assert_int_equal(c[0].stakeholder, TDO_NONE);
    assert_int_equal(c[0].condition.criterion, 1);
    assert_null(c[0].condition.column);
    assert_place(c[0].condition.place, "scenario.json", 21, 19, "constraints.0.criterion");
    assert_string_equal(c[1].owner, "");
    assert_int_equal(c[1].condition.criterion, TDO_NONE);
    assert_string_equal(c[1].condition.in[1].text, "0.50"); /* as written */
    assert_true(c[1].condition.in[1].is_number && !c[1].condition.in[0].is_number);
    near(c[1].condition.in[1].number, 0.5, 0, 0);
    assert_string_equal(c[2].condition.equals->text, "FINISHED");
    near(c[3].condition.min, 1, 0, 0);
    near(c[3].condition.max, 2, 0, 0);

    assert_int_equal(c[5].stakeholder, 0); /* the vetoes */
    assert_string_equal(c[5].owner, "ML engineers");
    assert_string_equal(c[5].why, "veto");
    assert_int_equal(c[5].condition.criterion, 0);
    assert_place(c[5].condition.place, "scenario.json", 6, 33, "stakeholders.ml.needs.quality");
    assert_string_equal(c[6].owner, "sales");
    assert_int_equal(c[6].stakeholder, 1);
}

static void defaults(void **state)
{
    const tdo_scenario *s = read_good(good_scenario, NULL, *state);
    assert_string_equal(s->title, "");
    assert_int_equal(s->rule, TDO_RULE_WEIGHTED);
    assert_place(s->rule_place, "scenario.json", 0, 0, "rule");
    assert_int_equal(s->simpler, TDO_NONE);
    assert_int_equal(s->missing, TDO_MISSING_ERROR);
    assert_null(s->incumbent);
    assert_int_equal(s->delimiter, 0);
    assert_int_equal(s->n_where, 0);
    assert_int_equal(s->n_id_columns, 1);
    assert_string_equal(s->id_columns[0], "model");
    assert_string_equal(
        s->json, "{\"tradeoff\":1,\"candidates\":{\"file\":\"c.csv\",\"id\":\"model\"},"
                 "\"criteria\":{\"quality\":{\"column\":\"ndcg\",\"goal\":\"max\"},\"latency\":{"
                 "\"column\":\"p95_ms\",\"goal\":\"min\",\"unit\":\"ms\"},\"clarity\":{"
                 "\"column\":\"words\",\"levels\":[\"opaque\",\"post-hoc\",\"inherent\"]}},"
                 "\"stakeholders\":{\"ml\":{\"weights\":{\"quality\":3,\"latency\":1}},\"ops\":{"
                 "\"weights\":{\"latency\":1}}},\"constraints\":[{\"criterion\":\"latency\","
                 "\"max\":150}]}");
}

/* The scenario in effect, read again, is the same. */
static void reads_what_it_writes(void **state)
{
    static const char *const set[] = {"title=\"\\u2028<\\\\>\\u0007\"",
                                      "candidates.where.0.min=1e-7"};
    static const tdo_overrides over = {.set = set, .n_set = 2, .rule = "borda"};
    const tdo_scenario *s = read_good(full, &over, *state);
    const tdo_scenario *again = read_good(s->json, NULL, *state);
    assert_string_equal(again->json, s->json);
    assert_string_equal(again->title, "\xE2\x80\xA8<\\>\a");
    assert_int_equal(again->rule, TDO_RULE_BORDA);
    near(again->where[0].min, 1e-7, 0, 0);
    assert_int_equal(again->n_constraints, s->n_constraints);
}

static void file_paths(void **state)
{
    static const char *const set[] = {"candidates.file=/tmp/x.csv"};
    static const tdo_overrides absolute = {.set = set, .n_set = 1};
    static const char *const dash[] = {"candidates.file=-"};
    static const tdo_overrides standard_input = {.set = dash, .n_set = 1};
    const tdo_scenario *s = NULL;
    write_file("scenario.json", good_scenario, strlen(good_scenario));
    assert_int_equal(tdo_scenario_read("./scenario.json", NULL, *state, &s, NULL), TDO_OK);
    assert_string_equal(s->file, "./scenario.json");
    assert_string_equal(s->candidates_path, "./c.csv");
    assert_string_equal(s->candidates_file, "c.csv");
    assert_int_equal(tdo_scenario_read("./scenario.json", &absolute, *state, &s, NULL), TDO_OK);
    assert_string_equal(s->candidates_path, "/tmp/x.csv");
    assert_string_equal(s->candidates_file, "x.csv");
    assert_int_equal(tdo_scenario_read("./scenario.json", &standard_input, *state, &s, NULL),
                     TDO_OK);
    assert_string_equal(s->candidates_path, "-");
}

static void from_standard_input(void **state)
{
    static const char *const dash[] = {"candidates.file=-"};
    static const tdo_overrides both = {.set = dash, .n_set = 1};
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
    write_file("scenario.json", good_scenario, strlen(good_scenario));
    assert_non_null(freopen("scenario.json", "r", stdin));
    assert_int_equal(tdo_scenario_read("-", NULL, *state, &s, &report), TDO_OK);
    assert_string_equal(s->candidates_path, "c.csv");
    assert_non_null(freopen("scenario.json", "r", stdin));
    assert_int_equal(tdo_scenario_read("-", &both, *state, &s, &report), TDO_E_INPUT);
    assert_string_equal(report.item[0].text,
                        "candidates.file is standard input, which is the scenario already");
    assert_string_equal(report.item[0].file, "--set candidates.file=-");
}

/* Every level, unit and shape that is allowed beside the full scenario's. */
static void also_good(void **state)
{
    static const struct {
        const char *from, *to;
    } good[] = {
        {"\"goal\": \"min\"", "\"goal\": {\"target\": 5}, \"range\": [10, 0]"},
        {"\"goal\": \"min\"", "\"goal\": \"min\", \"value\": [[1, 1], [2, 1], [3, 1]]"},
        {"\"goal\": \"min\"", "\"goal\": \"min\", \"value\": [[-5, 1], [1e300, 0]]"},
        {"\"inherent\"]",
         "\"inherent\"], \"goal\": \"min\", \"range\": [\"inherent\", \"opaque\"]"},
        {"\"inherent\"]", "\"inherent\"], \"goal\": {\"target\": \"post-hoc\"}"},
        {"\"inherent\"]",
         "\"inherent\"], \"value\": [[\"opaque\", 0], [\"post-hoc\", 0.2], [2, 1]]"},
        {"\"inherent\"]", "\"None\", \"NA\"], \"percent\": false"},
        {"\"goal\": \"min\"", "\"goal\": \"min\", \"thousands\": \"'\", \"percent\": true"},
        {"\"weights\": {\"quality\": 3, \"latency\": 1}",
         "\"power\": 0, \"weights\": {\"quality\": 5e-324}"},
        {"\"max\": 150", "\"min\": 150, \"max\": 150"},
        {"\"criterion\": \"latency\", \"max\": 150",
         "\"column\": \"p95_ms\", \"equals\": 9007199254740993"},
        {"{\"criterion\": \"latency\", \"max\": 150}", ""},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char text[TEXT_ROOM];
        change(text, good_scenario, good[i].from, good[i].to);
        (void)read_good(text, NULL, *state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(top_and_candidates), WITH_ARENA(all_criteria),
        WITH_ARENA(all_stakeholders),   WITH_ARENA(all_constraints),
        WITH_ARENA(defaults),           WITH_ARENA(reads_what_it_writes),
        WITH_ARENA(file_paths),         WITH_ARENA(from_standard_input),
        WITH_ARENA(also_good),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
