/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One good scenario, and many that differ from it in one place: the facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario_file.h"

#include "marked.h"

#define QUALITY    "\"quality\": {\"column\": \"ndcg\", \"goal\": \"max\"}"
#define LATENCY    "\"goal\": \"min\", \"unit\": \"ms\""
#define CLARITY    "\"levels\": [\"opaque\", \"post-hoc\", \"inherent\"]"
#define CANDIDATES "{\"file\": \"c.csv\", \"id\": \"model\"}"
#define TOP        "\"tradeoff\": 1,"

static const variant top[] = {
    {TOP, "\"tradeoff\": @2,", {{"tradeoff", "unsupported format 2: this version reads format 1"}}},
    {TOP,
     "\"tradeoff\": @\"1\",",
     {{"tradeoff", "tradeoff must be a number, found the string \"1\""}}},
    {TOP,
     "\"tradeoff\": 1, @\"tittle\": \"x\",",
     {{"tittle", "unknown key \"tittle\" in the scenario (did you mean \"title\"?)"}}},
    {TOP,
     "\"tradeoff\": 1, @\"frobnicate\": \"x\",",
     {{"frobnicate",
       "unknown key \"frobnicate\" in the scenario (allowed: \"tradeoff\", \"title\", "
       "\"candidates\", \"criteria\", \"stakeholders\", \"powers\", \"constraints\", \"rule\", "
       "\"simpler\", "
       "\"mix\", \"portfolio\", \"errors\", \"robustness\", \"measure\", "
       "\"worth_in\", \"segments\")"}}},
    {TOP, "\"tradeoff\": 1, \"title\": @null,", {{"title", "title must be a string, found null"}}},
    {TOP,
     "\"tradeoff\": 1, \"robustness\": {\"until\": @0},",
     {{"robustness.until", "robustness.until must be at least 2e-05 and below 0.5, found 0"}}},
    {TOP,
     "\"tradeoff\": 1, \"rule\": @\"nosh\",",
     {{"rule", "unknown rule \"nosh\" (did you mean \"nash\"?)"}}},
    {TOP,
     "\"tradeoff\": 1, \"rule\": @\"dictator\",",
     {{"rule", "unknown rule \"dictator\" (allowed: \"weighted\", \"maximin\", \"nash\", "
               "\"kalai-smorodinsky\", \"minimax-regret\", \"chebyshev\", \"borda\", \"copeland\", "
               "\"kemeny\", \"plurality\", \"needs-first\", \"owa\", \"priorities\")"}}},
    {TOP,
     "\"tradeoff\": 1, \"simpler\": {\"criterion\": @\"qualty\", \"within\": @-1},",
     {{"simpler.criterion", "unknown criterion \"qualty\" in simpler.criterion (did you mean "
                            "\"quality\"?)"},
      {"simpler.within", "simpler.within must be at least 0, found -1"}}},
    {TOP,
     "\"tradeoff\": 1, \"simpler\": @{},",
     {{"simpler", "\"criterion\" is missing in simpler"},
      {"simpler", "\"within\" is missing in simpler"}}},
};

static const variant candidates[] = {
    {CANDIDATES,
     "@\"c.csv\"",
     {{"candidates", "candidates must be an object, as in {\"file\": \"models.csv\", \"id\": "
                     "\"model\"}, found the string \"c.csv\""}}},
    {CANDIDATES, "@{\"id\": \"model\"}", {{"candidates", "\"file\" is missing in candidates"}}},
    {CANDIDATES,
     "{@\"fiel\": \"c.csv\", \"id\": \"model\"}", /* and not "file is missing" too */
     {{"candidates.fiel", "unknown key \"fiel\" in candidates (did you mean \"file\"?)"}}},
    {CANDIDATES,
     "{\"file\": @\"\", \"id\": \"model\"}",
     {{"candidates.file", "candidates.file must not be empty"}}},
    {CANDIDATES,
     "{\"file\": @[\"c.csv\"], \"id\": @7}",
     {{"candidates.file", "candidates.file must be a string, found a list"},
      {"candidates.id", "candidates.id must be a string or a list, found 7"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": @[]}",
     {{"candidates.id", "candidates.id must have 1 to 1000 columns, found 0"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": [\"a\", @\"\", @\"a\", @{}]}",
     {{"candidates.id.1", "candidates.id.1 must not be empty"},
      {"candidates.id.2", "candidates.id.2 is \"a\", which is in the list already"},
      {"candidates.id.3", "candidates.id.3 must be a string, found an empty object"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"missing\": @\"dropp\"}",
     {{"candidates.missing", "unknown candidates.missing \"dropp\" (did you mean \"drop\"?)"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"incumbent\": @\"\"}",
     {{"candidates.incumbent", "candidates.incumbent must not be empty"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"delimiter\": @\":\"}",
     {{"candidates.delimiter",
       "candidates.delimiter must be \",\", \";\", \"\\t\" or \"|\", found the string \":\""}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"delimiter\": @\",,\"}",
     {{"candidates.delimiter",
       "candidates.delimiter must be \",\", \";\", \"\\t\" or \"|\", found the string \",,\""}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", @\"zero_is_missing\": true}",
     {{"candidates.zero_is_missing",
       "unknown key \"zero_is_missing\" in candidates (allowed: \"file\", \"id\", \"join\", "
       "\"where\", \"average\", \"draw\", \"missing\", \"incumbent\", \"delimiter\")"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [@{\"column\": \"x\"}, @3]}",
     {{"candidates.where.0",
       "candidates.where.0 tests nothing: it must have min, max, equals, in, not_in or "
       "present"},
      {"candidates.where.1", "candidates.where.1 must be an object, found 3"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [@{\"min\": 3}]}",
     {{"candidates.where.0", "\"column\" is missing in candidates.where.0"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [{\"column\": \"x\", \"present\": "
     "@1}]}",
     {{"candidates.where.0.present", "candidates.where.0.present must be true or false, found 1"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [{\"column\": \"x\", \"min\": @\"a\", "
     "\"in\": @[], \"equals\": @true, \"not_in\": [1, @null]}]}",
     {{"candidates.where.0.min", "candidates.where.0.min must be a number, found the string \"a\""},
      {"candidates.where.0.in", "candidates.where.0.in must not be empty"},
      {"candidates.where.0.equals",
       "candidates.where.0.equals must be a string or a number, found true"},
      {"candidates.where.0.not_in.1",
       "candidates.where.0.not_in.1 must be a string or a number, found null"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [{\"column\": \"x\", @\"criterion\": "
     "\"quality\", \"min\": 1}]}",
     {{"candidates.where.0.criterion",
       "unknown key \"criterion\" in candidates.where.0 (allowed: \"column\", \"min\", \"max\", "
       "\"equals\", \"in\", \"not_in\", \"present\")"}}},
};

static const variant criteria[] = {
    {QUALITY,
     "@\"\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY,
     {{"criteria.", "the id of a criterion must not be empty"}}},
    {QUALITY,
     "@\"a\\u0007\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY,
     {{"criteria.a\\u0007", "the id \"a\\u0007\" of a criterion has a control character"}}},
    {QUALITY,
     "@\"a\\u0085\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY,
     {{"criteria.a\\u0085", "the id \"a\\u0085\" of a criterion has a control character"}}},
    {QUALITY,
     "\"quality\": @true",
     {{"criteria.quality", "criteria.quality must be an object, as in {\"column\": \"auc\", "
                           "\"goal\": \"max\"}, found true"}}},
    {QUALITY,
     "\"quality\": @{\"goal\": \"max\"}",
     {{"criteria.quality",
       "criteria.quality must have a \"column\", a \"linear\", \"groups\" or \"items\""}}},
    {QUALITY,
     "\"quality\": @{\"column\": \"ndcg\"}",
     {{"criteria.quality",
       "\"goal\" is missing in criteria.quality: \"max\", \"min\" or {\"target\": number}"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"ndcg\", @\"gaol\": \"max\"}",
     {{"criteria.quality.gaol",
       "unknown key \"gaol\" in criteria.quality (did you mean \"goal\"?)"}}},
    {QUALITY,
     "\"quality\": {@\"colunm\": \"ndcg\", \"goal\": \"max\", \"unit\": @3}",
     {{"criteria.quality.colunm",
       "unknown key \"colunm\" in criteria.quality (did you mean \"column\"?)"},
      {"criteria.quality.unit", "criteria.quality.unit must be a string, found 3"}}},
    {QUALITY,
     "\"quality\": @{\"column\": \"ndcg\", \"linear\": {\"a\": 1}, \"goal\": \"max\"}",
     {{"criteria.quality",
       "criteria.quality must have one of \"column\", \"linear\", \"groups\" and \"items\", "
       "found two"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"mixes\": @\"worse\"}",
     {{"criteria.quality.mixes", "unknown criteria.quality.mixes \"worse\" (did you mean "
                                 "\"worst\"?)"}}},
    {QUALITY,
     "\"quality\": {\"column\": @\"\", \"goal\": @\"MAX\"}",
     {{"criteria.quality.column", "criteria.quality.column must not be empty"},
      {"criteria.quality.goal", "unknown criteria.quality.goal \"MAX\" (did you mean \"max\"?)"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": @\"target\"}",
     {{"criteria.quality.goal",
       "criteria.quality.goal must be \"max\", \"min\" or {\"target\": number}, not \"target\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": @{}}",
     {{"criteria.quality.goal", "\"target\" is missing in criteria.quality.goal"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": {\"target\": @\"1\"}}",
     {{"criteria.quality.goal.target",
       "criteria.quality.goal.target must be a number, found the string \"1\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": {\"target\": 1, @\"x\": 2}}",
     {{"criteria.quality.goal.x",
       "unknown key \"x\" in criteria.quality.goal (allowed: \"target\")"}}},
    {QUALITY,
     "\"quality\": {\"linear\": @{}, \"goal\": \"max\"}",
     {{"criteria.quality.linear", "criteria.quality.linear must have 1 to 1000 columns, found 0"}}},
    {QUALITY,
     "\"quality\": {\"linear\": {\"a\": @0, @\"\": 1, \"b\": @\"1\"}, \"goal\": \"max\"}",
     {{"criteria.quality.linear.a", "criteria.quality.linear.a must not be 0"},
      {"criteria.quality.linear.", "a column in criteria.quality.linear has no name"},
      {"criteria.quality.linear.b",
       "criteria.quality.linear.b must be a number, found the string \"1\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"label\": @\"\"}",
     {{"criteria.quality.label", "criteria.quality.label must not be empty"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"percent\": @\"yes\"}",
     {{"criteria.quality.percent",
       "criteria.quality.percent must be true or false, found the string \"yes\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": @\"-\"}",
     {{"criteria.quality.thousands",
       "criteria.quality.thousands must be one ASCII character that is no part of a number, as in "
       "\",\", found the string \"-\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": @\"\\u202f\"}",
     {{"criteria.quality.thousands",
       "criteria.quality.thousands must be one ASCII character that is no part of a number, as in "
       "\",\", found the string \"\\u202f\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"decimal\": @\";\"}",
     {{"criteria.quality.decimal",
       "criteria.quality.decimal must be \",\" or \".\", found the string \";\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": \",\", "
     "\"decimal\": @\",\"}",
     {{"criteria.quality.decimal",
       "criteria.quality.decimal and \"thousands\" are the same sign: one of them parts thousands, "
       "the other is the decimal sign"}}},
    {CLARITY,
     CLARITY ", @\"decimal\": \",\"",
     {{"criteria.clarity.decimal",
       "criteria.clarity.decimal is for numbers, and \"levels\" are words"}}},
    {CLARITY,
     CLARITY ", @\"percent\": true",
     {{"criteria.clarity.percent",
       "criteria.clarity.percent is for numbers, and \"levels\" are words"}}},
    {CLARITY,
     CLARITY ", @\"thousands\": \",\"",
     {{"criteria.clarity.thousands",
       "criteria.clarity.thousands is for numbers, and \"levels\" are words"}}},
    {CLARITY,
     "\"levels\": @[\"a\"]",
     {{"criteria.clarity.levels", "criteria.clarity.levels must have 2 to 1000 words, found 1"}}},
    {CLARITY,
     "\"levels\": [\"a\", @\"\", \"b\", @\"a\"]",
     {{"criteria.clarity.levels.1", "criteria.clarity.levels.1 must not be empty"},
      {"criteria.clarity.levels.3",
       "criteria.clarity.levels.3 is \"a\", which is in the list already"}}},
    {CLARITY,
     "\"levels\": [@1, @2]",
     {{"criteria.clarity.levels.0", "criteria.clarity.levels.0 must be a string, found 1"},
      {"criteria.clarity.levels.1", "criteria.clarity.levels.1 must be a string, found 2"}}},
    {"{\"column\": \"words\", " CLARITY,
     "{\"linear\": {\"words\": 1}, @" CLARITY,
     {{"criteria.clarity.levels", "criteria.clarity.levels goes only with \"column\""}}},
    {LATENCY,
     LATENCY ", \"se\": @-1",
     {{"criteria.latency.se", "criteria.latency.se must be at least 0, found -1"}}},
    {LATENCY,
     LATENCY ", \"se\": @{}",
     {{"criteria.latency.se", "\"column\" is missing in criteria.latency.se"}}},
    {LATENCY,
     LATENCY ", \"se\": {\"column\": @\"\"}",
     {{"criteria.latency.se.column", "criteria.latency.se.column must not be empty"}}},
    {LATENCY,
     LATENCY ", \"indifference\": @-0.5",
     {{"criteria.latency.indifference",
       "criteria.latency.indifference must be at least 0, found -0.5"}}},
};

static const variant shapes[] = {
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"range\": @[0.9, 0.1]}",
     {{"criteria.quality.range", "criteria.quality.range is [worst, best], and with the goal "
                                 "\"max\" worst must be less than best"}}},
    {LATENCY,
     LATENCY ", \"range\": @[20, 250]",
     {{"criteria.latency.range", "criteria.latency.range is [worst, best], and with the goal "
                                 "\"min\" worst must be more than best"}}},
    {LATENCY,
     LATENCY ", \"range\": @[20, 2e1]",
     {{"criteria.latency.range",
       "criteria.latency.range must have two different ends, found 20 twice"}}},
    {LATENCY,
     LATENCY ", \"range\": @[1e308, -1e308]",
     {{"criteria.latency.range", "criteria.latency.range is wider than a double can hold"}}},
    {LATENCY,
     LATENCY ", \"range\": @[20]",
     {{"criteria.latency.range",
       "criteria.latency.range must be [worst, best], found a list of 1"}}},
    {LATENCY,
     LATENCY ", \"range\": [@\"a\", @null]",
     {{"criteria.latency.range.0",
       "criteria.latency.range.0 must be a number, found the string \"a\""},
      {"criteria.latency.range.1", "criteria.latency.range.1 must be a number, found null"}}},
    {LATENCY,
     LATENCY ", \"range\": @\"seen\"",
     {{"criteria.latency.range", "criteria.latency.range must be [worst, best] or \"observed\", "
                                 "found the string \"seen\""}}},
    {LATENCY,
     LATENCY ", \"range\": [9, 1], @\"value\": [[1, 1], [2, 0]]",
     {{"criteria.latency.value",
       "criteria.latency.value replaces \"range\", and cannot stand beside it"}}},
    {"\"goal\": \"max\"",
     "\"goal\": {\"target\": 1}, \"range\": @[0, 0.5]",
     {{"criteria.quality.range",
       "criteria.quality.range is [worst, best], and with the goal \"target\" worst must be more "
       "than best (they are distances to the target)"}}},
    {"\"goal\": \"max\"",
     "\"goal\": {\"target\": 1}, \"range\": [0.5, @-0.1]",
     {{"criteria.quality.range.1", "criteria.quality.range.1 must be at least 0, found -0.1"}}},
    {CLARITY,
     CLARITY ", \"range\": [\"opaque\", @\"inherint\"]",
     {{"criteria.clarity.range.1",
       "unknown level \"inherint\" in criteria.clarity.range.1 (did you "
       "mean \"inherent\"?)"}}},
    {CLARITY,
     CLARITY ", \"range\": @[\"inherent\", 0]",
     {{"criteria.clarity.range", "criteria.clarity.range is [worst, best], and with the goal "
                                 "\"max\" worst must be less than best"}}},
    {LATENCY,
     LATENCY ", \"value\": @[[20, 1]]",
     {{"criteria.latency.value", "criteria.latency.value must have at least 2 points, found 1"}}},
    {LATENCY,
     LATENCY ", \"value\": [[20, 1], @[30], @7]",
     {{"criteria.latency.value.1",
       "criteria.latency.value.1 must be [measurement, value], found a list of 1"},
      {"criteria.latency.value.2", "criteria.latency.value.2 must be a list, found 7"}}},
    {LATENCY,
     LATENCY ", \"value\": [[20, 1], [@20, 0.5], [@10, 0]]",
     {{"criteria.latency.value.1.0", "criteria.latency.value.1.0 must be more than the measurement "
                                     "of the point before, found 20"},
      {"criteria.latency.value.2.0", "criteria.latency.value.2.0 must be more than the measurement "
                                     "of the point before, found 10"}}},
    {LATENCY,
     LATENCY ", \"value\": [[20, 0.5], [30, @0.6], [40, 0.6]]",
     {{"criteria.latency.value.1.1",
       "criteria.latency.value.1.1: with the goal \"min\" values must "
       "not rise from point to point, found 0.6"}}},
    {"\"goal\": \"max\"",
     "\"goal\": \"max\", \"value\": [[20, 0.5], [30, @0.4]]",
     {{"criteria.quality.value.1.1",
       "criteria.quality.value.1.1: with the goal \"max\" values must "
       "not fall from point to point, found 0.4"}}},
    {"\"goal\": \"max\"",
     "\"goal\": {\"target\": 0}, \"value\": [[@-1, 1], [30, 0.4]]",
     {{"criteria.quality.value.0.0", "criteria.quality.value.0.0 must be at least 0, found -1"}}},
    {"\"goal\": \"max\"",
     "\"goal\": {\"target\": 0}, \"value\": [[0, 0.5], [30, @1]]",
     {{"criteria.quality.value.1.1", "criteria.quality.value.1.1: with the goal \"target\" values "
                                     "must not rise from point to point, found 1"}}},
    {LATENCY,
     LATENCY ", \"value\": [[20, @1.5], [30, @-0.1], [40, @\"1\"]]",
     {{"criteria.latency.value.0.1",
       "criteria.latency.value.0.1 is a value, and must be from 0 to 1, found 1.5"},
      {"criteria.latency.value.1.1",
       "criteria.latency.value.1.1 is a value, and must be from 0 to 1, found -0.1"},
      {"criteria.latency.value.2.1",
       "criteria.latency.value.2.1 must be a number, found the string \"1\""}}},
    {LATENCY,
     LATENCY ", \"value\": [[-1e308, 1], [@1e308, 0]]",
     {{"criteria.latency.value.1.0",
       "criteria.latency.value.1.0 is further from the point before than a double can hold"}}},
};

RUN(top)
RUN(candidates)
RUN(criteria)
RUN(shapes)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(in_top),
        WITH_ARENA(in_candidates),
        WITH_ARENA(in_criteria),
        WITH_ARENA(in_shapes),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
