/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One good scenario, and many that differ from it in one place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario_file.h"

#include "marked.h"

typedef struct variant {
    const char *from, *to;
    expected error[MOST];
} variant;

#define QUALITY    "\"quality\": {\"column\": \"ndcg\", \"goal\": \"max\"}"
#define LATENCY    "\"goal\": \"min\", \"unit\": \"ms\""
#define CLARITY    "\"levels\": [\"opaque\", \"post-hoc\", \"inherent\"]"
#define ML         "\"ml\": {\"weights\": {\"quality\": 3, \"latency\": 1}}"
#define OPS        "\"ops\": {\"weights\": {\"latency\": 1}}"
#define LIMIT      "{\"criterion\": \"latency\", \"max\": 150}"
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
       "\"candidates\", \"criteria\", \"stakeholders\", \"constraints\", \"rule\", \"simpler\")"}}},
    {TOP, "\"tradeoff\": 1, \"title\": @null,", {{"title", "title must be a string, found null"}}},
    {TOP,
     "\"tradeoff\": 1, @\"mix\": {\"max_models\": 3},",
     {{"mix", "\"mix\" is not supported yet"}}},
    {TOP,
     "\"tradeoff\": 1, @\"robustness\": {},",
     {{"robustness", "\"robustness\" is not supported yet"}}},
    {TOP,
     "\"tradeoff\": 1, @\"join\": [], @\"average\": {},",
     {{"join", "\"join\" is not supported yet"}, {"average", "\"average\" is not supported yet"}}},
    {TOP,
     "\"tradeoff\": 1, \"rule\": @\"nosh\",",
     {{"rule", "unknown rule \"nosh\" (did you mean \"nash\"?)"}}},
    {TOP,
     "\"tradeoff\": 1, \"rule\": @\"dictator\",",
     {{"rule", "unknown rule \"dictator\" (allowed: \"weighted\", \"maximin\", \"nash\", "
               "\"kalai-smorodinsky\", \"minimax-regret\", \"chebyshev\", \"borda\", \"copeland\", "
               "\"kemeny\")"}}},
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
     {{"candidates", "candidates must be an object, found the string \"c.csv\""}}},
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
     {{"candidates.zero_is_missing", "\"zero_is_missing\" is not supported yet"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [@{\"column\": \"x\"}, @3]}",
     {{"candidates.where.0",
       "candidates.where.0 tests nothing: it must have min, max, equals, in or not_in"},
      {"candidates.where.1", "candidates.where.1 must be an object, found 3"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [@{\"min\": 3}]}",
     {{"candidates.where.0", "\"column\" is missing in candidates.where.0"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [{\"column\": \"x\", @\"present\": "
     "true}]}",
     {{"candidates.where.0.present", "\"present\" is not supported yet"}}},
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
       "\"equals\", \"in\", \"not_in\")"}}},
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
     {{"criteria.quality", "criteria.quality must be an object, found true"}}},
    {QUALITY,
     "\"quality\": @{\"goal\": \"max\"}",
     {{"criteria.quality", "criteria.quality must have a \"column\" or a \"linear\""}}},
    {QUALITY,
     "\"quality\": @{\"column\": \"ndcg\"}",
     {{"criteria.quality", "\"goal\" is missing in criteria.quality"}}},
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
       "criteria.quality must have one of \"column\" and \"linear\", found both"}}},
    {QUALITY,
     "\"quality\": {@\"groups\": {\"file\": \"g.csv\"}, \"goal\": \"max\"}",
     {{"criteria.quality.groups", "\"groups\" is not supported yet"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", @\"mixes\": \"worst\"}",
     {{"criteria.quality.mixes", "\"mixes\" is not supported yet"}}},
    {QUALITY,
     "\"quality\": {\"column\": @\"\", \"goal\": @\"MAX\"}",
     {{"criteria.quality.column", "criteria.quality.column must not be empty"},
      {"criteria.quality.goal", "unknown criteria.quality.goal \"MAX\" (did you mean \"max\"?)"}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": @\"target\"}",
     {{"criteria.quality.goal",
       "criteria.quality.goal must be \"max\", \"min\" or {\"target\": number}"}}},
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
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": @\".\"}",
     {{"criteria.quality.thousands",
       "criteria.quality.thousands must be one ASCII character that is no part of a number, as in "
       "\",\", found the string \".\""}}},
    {QUALITY,
     "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": @\"\\u202f\"}",
     {{"criteria.quality.thousands",
       "criteria.quality.thousands must be one ASCII character that is no part of a number, as in "
       "\",\", found the string \"\\u202f\""}}},
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
     "\"levels\": [1, 2]",
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

static const variant people[] = {
    {ML, "\"ml\": @{}", {{"stakeholders.ml", "\"weights\" is missing in stakeholders.ml"}}},
    {ML,
     "\"ml\": {@\"wieghts\": {\"quality\": 1}}",
     {{"stakeholders.ml.wieghts",
       "unknown key \"wieghts\" in stakeholders.ml (did you mean \"weights\"?)"}}},
    {ML,
     "\"ml\": {@\"prefers\": [\"quality >= latency\"]}",
     {{"stakeholders.ml.prefers", "\"prefers\" is not supported yet"}}},
    {ML,
     "\"ml\": {\"weights\": {@\"latencyP95\": 1, \"quality\": 1}}",
     {{"stakeholders.ml.weights.latencyP95",
       "unknown criterion \"latencyP95\" in stakeholders.ml.weights (did you mean \"latency\"?)"}}},
    {ML,
     "\"ml\": {\"weights\": {@\"p95_ms\": 1, \"quality\": 1}}",
     {{"stakeholders.ml.weights.p95_ms",
       "unknown criterion \"p95_ms\" in stakeholders.ml.weights (criteria: \"quality\", "
       "\"latency\", \"clarity\")"}}},
    {ML,
     "\"ml\": {\"weights\": @{}}",
     {{"stakeholders.ml.weights",
       "stakeholders.ml.weights must have a weight that is more than 0"}}},
    {ML,
     "\"ml\": {\"weights\": @{\"quality\": 0, \"latency\": -0.0}}",
     {{"stakeholders.ml.weights",
       "stakeholders.ml.weights must have a weight that is more than 0"}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": @-1}}",
     {{"stakeholders.ml.weights.quality",
       "stakeholders.ml.weights.quality must be at least 0, found -1"}}},
    {ML,
     "\"ml\": {\"weights\": @{\"quality\": 1e308, \"latency\": 1e308}}",
     {{"stakeholders.ml.weights", "the sum of stakeholders.ml.weights is more than a double can "
                                  "hold"}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": @\"0.5\"}}",
     {{"stakeholders.ml.weights.quality",
       "stakeholders.ml.weights.quality must be a number, found the string \"0.5\""}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": @true, \"latency\": @null}}",
     {{"stakeholders.ml.weights.quality",
       "stakeholders.ml.weights.quality must be a number, found true"},
      {"stakeholders.ml.weights.latency",
       "stakeholders.ml.weights.latency must be a number, found null"}}},
    {ML,
     "\"ml\": {\"power\": @-1, \"weights\": {\"quality\": 1}}",
     {{"stakeholders.ml.power", "stakeholders.ml.power must be at least 0, found -1"}}},
    {ML,
     "@\"\": {\"weights\": {\"quality\": 1}}",
     {{"stakeholders.", "the id of a stakeholder must not be empty"}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {@\"qality\": {\"min\": 1}}}",
     {{"stakeholders.ml.needs.qality",
       "unknown criterion \"qality\" in stakeholders.ml.needs (did you mean \"quality\"?)"}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"quality\": @{\"veto\": true}}}",
     {{"stakeholders.ml.needs.quality",
       "stakeholders.ml.needs.quality must have a \"min\" or a \"max\""}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"quality\": {\"min\": 2, \"max\": @1}}}",
     {{"stakeholders.ml.needs.quality.max",
       "stakeholders.ml.needs.quality has a \"min\" of 2 above its \"max\" of 1"}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"quality\": {\"min\": @\"high\", "
     "\"veto\": "
     "@1}}}",
     {{"stakeholders.ml.needs.quality.min",
       "stakeholders.ml.needs.quality.min must be a number, found the string \"high\""},
      {"stakeholders.ml.needs.quality.veto",
       "stakeholders.ml.needs.quality.veto must be true or false, found 1"}}},
    {ML,
     "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"clarity\": {\"min\": @\"blurry\", "
     "\"max\": "
     "@true}}}",
     {{"stakeholders.ml.needs.clarity.min",
       "unknown level \"blurry\" in stakeholders.ml.needs.clarity.min (levels: \"opaque\", "
       "\"post-hoc\", \"inherent\")"},
      {"stakeholders.ml.needs.clarity.max",
       "stakeholders.ml.needs.clarity.max must be a number or a level, found true"}}},
};

static const variant limits[] = {
    {LIMIT,
     "@{\"max\": 150}",
     {{"constraints.0", "constraints.0 must have a \"criterion\" or a \"column\""}}},
    {LIMIT,
     "@{\"criterion\": \"latency\", \"column\": \"p95_ms\", \"max\": 150}",
     {{"constraints.0",
       "constraints.0 must have one of \"criterion\" and \"column\", found both"}}},
    {LIMIT,
     "{\"criterion\": @\"latncy\", \"max\": 150}",
     {{"constraints.0.criterion",
       "unknown criterion \"latncy\" in constraints.0.criterion (did you mean \"latency\"?)"}}},
    {LIMIT,
     "@{\"criterion\": \"latency\"}",
     {{"constraints.0",
       "constraints.0 tests nothing: it must have min, max, equals, in or not_in"}}},
    {LIMIT,
     "{\"criterion\": \"latency\", @\"equals\": 5, \"max\": 7, @\"in\": [5]}",
     {{"constraints.0.equals",
       "constraints.0.equals goes only with \"column\"; a criterion has \"min\" and \"max\""},
      {"constraints.0.in",
       "constraints.0.in goes only with \"column\"; a criterion has \"min\" and \"max\""}}},
    {LIMIT,
     "{\"criterion\": \"latency\", \"min\": 10, \"max\": @5}",
     {{"constraints.0.max", "constraints.0 has a \"min\" of 10 above its \"max\" of 5"}}},
    {LIMIT,
     "{\"criterion\": \"clarity\", \"min\": \"inherent\", \"max\": @\"post-hoc\"}",
     {{"constraints.0.max",
       "constraints.0 has a \"min\" of inherent above its \"max\" of post-hoc"}}},
    {LIMIT,
     "{\"column\": \"x\", \"max\": @\"post-hoc\", \"owner\": @3, \"why\": @null}",
     {{"constraints.0.max", "constraints.0.max must be a number, found the string \"post-hoc\""},
      {"constraints.0.owner", "constraints.0.owner must be a string, found 3"},
      {"constraints.0.why", "constraints.0.why must be a string, found null"}}},
    {LIMIT,
     "{\"column\": @\"\", \"in\": @\"no\"}",
     {{"constraints.0.column", "constraints.0.column must not be empty"},
      {"constraints.0.in", "constraints.0.in must be a list, found the string \"no\""}}},
    {LIMIT,
     "@\"latency <= 150\"",
     {{"constraints.0", "constraints.0 must be an object, found the string \"latency <= 150\""}}},
    /* An unusable list of levels is complained about once, and not where its words are used. */
    {CLARITY "}\n  },",
     "\"levels\": @[\"a\"]}\n  },",
     {{"criteria.clarity.levels", "criteria.clarity.levels must have 2 to 1000 words, found 1"}}},
};

static void run(tdo_arena *a, const variant *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char text[TEXT_ROOM];
        place at[TDO_REPORT_SHOWN + 4];
        tdo_report report = {.count = 0};
        tdo_scenario *s = NULL;
        change(text, good_scenario, v[i].from, v[i].to);
        size_t marks = take_marks(text, at);
        tdo_status status = read_text(text, NULL, a, &s, &report);
        check(text, &report, at, marks, v[i].error);
        assert_int_equal(status, TDO_E_INPUT);
        assert_null(s);
    }
}

#define RUN(name)                                                                                  \
    static void in_##name(void **state)                                                            \
    {                                                                                              \
        run(*state, name, sizeof name / sizeof *name);                                             \
    }
RUN(top)
RUN(candidates)
RUN(criteria)
RUN(shapes)
RUN(people)
RUN(limits)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(in_top),    WITH_ARENA(in_candidates), WITH_ARENA(in_criteria),
        WITH_ARENA(in_shapes), WITH_ARENA(in_people),     WITH_ARENA(in_limits),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
