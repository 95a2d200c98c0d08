/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says about its files: joins, averages, subgroups, zeros and gaps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario_file.h"

#include "marked.h"

#define CANDIDATES "{\"file\": \"c.csv\", \"id\": \"model\"}"
#define QUALITY    "\"quality\": {\"column\": \"ndcg\", \"goal\": \"max\"}"
#define CLARITY    "\"levels\": [\"opaque\", \"post-hoc\", \"inherent\"]"
#define GROUPS                                                                                     \
    "\"groups\": {\"file\": \"g.csv\", \"id\": \"a\", \"group\": \"g\", \"value\": \"v\", "        \
    "\"take\": \"gap\"}"

/* What stands in "candidates" beside a file and an id. */
#define BESIDE(more) "{\"file\": \"c.csv\", \"id\": \"model\", " more "}"

static const variant files[] = {
    {CANDIDATES,
     BESIDE("\"join\": @{}, \"average\": @[]"),
     {{"candidates.join", "candidates.join must be a list, found an empty object"},
      {"candidates.average", "candidates.average must be an object, found an empty list"}}},
    {CANDIDATES,
     BESIDE("\"join\": [@{}]"),
     {{"candidates.join.0", "\"file\" is missing in candidates.join.0"},
      {"candidates.join.0", "\"on\" is missing in candidates.join.0"}}},
    {CANDIDATES,
     BESIDE("\"join\": [@\"o.csv\"]"),
     {{"candidates.join.0", "candidates.join.0 must be an object, found the string \"o.csv\""}}},
    {CANDIDATES,
     BESIDE("\"join\": [{\"file\": @\"-\", \"on\": @[], \"delimiter\": @\"x\"}]"),
     {{"candidates.join.0.file",
       "candidates.join.0.file must be a file: standard input can only be "
       "the candidates"},
      {"candidates.join.0.on", "candidates.join.0.on must have 1 to 1000 columns"},
      {"candidates.join.0.delimiter",
       "candidates.join.0.delimiter must be \",\", \";\", \"\\t\" or "
       "\"|\", found the string \"x\""}}},
    {CANDIDATES,
     BESIDE("\"join\": [{\"file\": \"o.csv\", \"on\": [@3, @\"\", @{}, {@\"\": \"a\"}]}]"),
     {{"candidates.join.0.on.0", "candidates.join.0.on.0 must be a string or an object, found 3"},
      {"candidates.join.0.on.1", "candidates.join.0.on.1 must not be empty"},
      {"candidates.join.0.on.2", "candidates.join.0.on.2 names no columns"},
      {"candidates.join.0.on.3.", "a column in candidates.join.0.on.3 has no name"}}},
    {CANDIDATES,
     BESIDE("\"join\": [{\"file\": \"o.csv\", \"on\": {\"a\": @4}}]"),
     {{"candidates.join.0.on.a", "candidates.join.0.on.a must be a string, found 4"}}},
    {CANDIDATES,
     BESIDE("\"join\": [{\"file\": \"o.csv\", \"on\": @{}}]"),
     {{"candidates.join.0.on", "candidates.join.0.on must have 1 to 1000 columns"}}},
    {CANDIDATES,
     BESIDE("\"average\": @{\"se\": @1}"),
     {{"candidates.average", "\"by\" is missing in candidates.average"},
      {"candidates.average.se", "candidates.average.se must be true or false, found 1"}}},
    {CANDIDATES,
     BESIDE("\"average\": {\"by\": [\"a\", @\"a\"]}"),
     {{"candidates.average.by.1",
       "candidates.average.by.1 is \"a\", which is in the list already"}}},
    {CANDIDATES,
     BESIDE("\"average\": {\"by\": @[]}"),
     {{"candidates.average.by", "candidates.average.by must have 1 to 1000 columns, found 0"}}},
};

static const variant measures[] = {
    {QUALITY,
     "\"quality\": {\"groups\": @{\"id\": \"a\"}, \"goal\": \"max\"}",
     {{"criteria.quality.groups", "\"file\" is missing in criteria.quality.groups"},
      {"criteria.quality.groups", "\"group\" is missing in criteria.quality.groups"},
      {"criteria.quality.groups", "\"value\" is missing in criteria.quality.groups"},
      {"criteria.quality.groups", "\"take\" is missing in criteria.quality.groups"}}},
    {QUALITY,
     "\"quality\": {\"groups\": {\"file\": @\"-\", \"id\": @[], \"group\": \"g\", \"value\": "
     "\"v\", \"take\": @\"best\"}, \"goal\": \"max\"}",
     {{"criteria.quality.groups.file",
       "criteria.quality.groups.file must be a file: standard input "
       "can only be the candidates"},
      {"criteria.quality.groups.id",
       "criteria.quality.groups.id must have 1 to 1000 columns, found 0"},
      {"criteria.quality.groups.take", "unknown criteria.quality.groups.take \"best\" (allowed: "
                                       "\"worst\", \"gap\", \"ratio\", \"mean\")"}}},
    {QUALITY,
     "\"quality\": @{" GROUPS ", \"column\": \"x\", \"linear\": {\"x\": 1}, \"goal\": \"max\"}",
     {{"criteria.quality", "criteria.quality must have one of \"column\", \"linear\", "
                           "\"groups\" and \"items\", found three"}}},
    {QUALITY,
     "\"quality\": @{" GROUPS "}",
     {{"criteria.quality",
       "\"goal\" is missing in criteria.quality: \"max\", \"min\" or {\"target\": number}"}}},
    {QUALITY,
     "\"quality\": {" GROUPS ", @\"levels\": [\"a\", \"b\"]}",
     {{"criteria.quality.levels", "criteria.quality.levels goes only with \"column\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"missing\": @\"wrost\", "
     "\"zero_is_missing\": @1}",
     {{"criteria.quality.missing",
       "unknown criteria.quality.missing \"wrost\" (did you mean \"worst\"?)"},
      {"criteria.quality.zero_is_missing",
       "criteria.quality.zero_is_missing must be true or false, found 1"}}},
    {CLARITY,
     CLARITY ", @\"zero_is_missing\": true",
     {{"criteria.clarity.zero_is_missing",
       "criteria.clarity.zero_is_missing is for numbers, and \"levels\" are words"}}},
};

RUN(files)
RUN(measures)

static void what_is_joined(void **state)
{
    char text[TEXT_ROOM];
    change(text, good_scenario, CANDIDATES,
           BESIDE("\"join\": [{\"file\": \"o.csv\", \"on\": [\"model\", {\"vendor\": \"name\"}], "
                  "\"delimiter\": \";\"}, {\"file\": \"t.csv\", \"on\": \"a\"}], "
                  "\"where\": [{\"column\": \"x\", \"present\": true}, {\"column\": \"y\", "
                  "\"present\": false}, {\"column\": \"z\", \"min\": 1}], "
                  "\"average\": {\"by\": [\"model\", \"seed\"], \"se\": true}"));
    const tdo_scenario *s = read_good(text, NULL, *state);
    assert_int_equal(s->n_join, 2);
    assert_string_equal(s->join[0].path, "o.csv");
    assert_int_equal(s->join[0].n_on, 2);
    assert_string_equal(s->join[0].left[0], "model");
    assert_string_equal(s->join[0].right[0], "model");
    assert_string_equal(s->join[0].left[1], "vendor");
    assert_string_equal(s->join[0].right[1], "name");
    assert_place(s->join[0].on_place[1], "scenario.json", 3, 104, "candidates.join.0.on.1.vendor");
    assert_int_equal(s->join[0].delimiter, ';');
    assert_string_equal(s->join[1].path, "t.csv");
    assert_int_equal(s->join[1].delimiter, 0);
    assert_int_equal(s->where[0].present, TDO_PRESENT);
    assert_int_equal(s->where[1].present, TDO_ABSENT);
    assert_int_equal(s->where[2].present, TDO_EITHER);
    assert_int_equal(s->average.n_by, 2);
    assert_string_equal(s->average.by[1], "seed");
    assert_true(s->average.se);
}

static void what_is_measured(void **state)
{
    char text[TEXT_ROOM];
    change(text, good_scenario, QUALITY,
           "\"quality\": {\"groups\": {\"file\": \"g.csv\", \"id\": [\"a\", \"b\"], \"group\": "
           "\"who\", \"value\": \"v\", \"size\": \"n\", \"se\": \"e\", \"take\": \"ratio\", "
           "\"delimiter\": \"|\"}, \"goal\": \"max\", \"missing\": \"worst\", "
           "\"zero_is_missing\": true}");
    const tdo_scenario *s = read_good(text, NULL, *state);
    const tdo_criterion *c = &s->criteria[0];
    const tdo_groups *g = c->groups;
    assert_int_equal(c->n_terms, 0);
    assert_true(c->zero_is_missing && c->has_missing);
    assert_int_equal(c->missing, TDO_MISSING_WORST);
    assert_string_equal(g->from.path, "g.csv");
    assert_int_equal(g->from.n_id_columns, 2);
    assert_string_equal(g->group, "who");
    assert_string_equal(g->value, "v");
    assert_string_equal(g->size, "n");
    assert_string_equal(g->se, "e");
    assert_int_equal(g->take, TDO_TAKE_RATIO);
    assert_int_equal(g->from.delimiter, '|');
    assert_false(s->criteria[1].has_missing || s->criteria[1].zero_is_missing);
    assert_null(s->criteria[1].groups);
    assert_int_equal(s->average.n_by, 0);
}

/* Paths are the scenario's, and --set reaches them. */
static void files_are_beside_the_scenario(void **state)
{
    static const char *const set[] = {"criteria.quality.groups.file=by_sex.csv",
                                      "candidates.join.0.file=../p.csv"};
    const tdo_overrides over = {.set = set, .n_set = 2};
    char text[TEXT_ROOM], with_join[TEXT_ROOM];
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
    change(text, good_scenario, QUALITY, "\"quality\": {" GROUPS ", \"goal\": \"max\"}");
    change(with_join, text, CANDIDATES, BESIDE("\"join\": [{\"file\": \"o.csv\", \"on\": \"a\"}]"));
    write_file("./scenario.json", with_join, strlen(with_join));
    assert_int_equal(tdo_scenario_read("./scenario.json", &over, *state, &s, &report), TDO_OK);
    assert_string_equal(s->criteria[0].groups->from.path, "./by_sex.csv");
    assert_string_equal(s->join[0].path, "./../p.csv");
    assert_string_equal(s->join[0].file, "../p.csv");
}

static void too_many_joins(void **state)
{
    char list[4096] = "\"join\": [", text[TEXT_ROOM];
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
    for (int i = 0; i <= TDO_MAX_JOINS; i++)
        strcat(list,
               i == 0 ? "{\"file\": \"o\", \"on\": \"a\"}" : ", {\"file\": \"o\", \"on\": \"a\"}");
    strcat(list, "]");
    char to[5000];
    (void)snprintf(to, sizeof to, "{\"file\": \"c.csv\", \"id\": \"model\", %s}", list);
    change(text, good_scenario, CANDIDATES, to);
    assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
    assert_int_equal(report.count, 1);
    assert_string_equal(report.item[0].text,
                        "candidates.join has 17 files, at most 16 are allowed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(in_files),
        WITH_ARENA(in_measures),
        WITH_ARENA(what_is_joined),
        WITH_ARENA(what_is_measured),
        WITH_ARENA(files_are_beside_the_scenario),
        WITH_ARENA(too_many_joins),
    };
    return cmocka_run_group_tests_name("data of a scenario", tests, enter_scratch, leave_scratch);
}
