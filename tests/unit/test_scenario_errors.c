/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One good scenario and many that differ from it in one place. Each '@' in the changed text is taken
 * out; it marks where an error must be reported, in the file's order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario_file.h"

enum { MOST = 4 };

typedef struct expected {
    const char *path, *text;
} expected;

typedef struct variant {
    const char *from, *to;
    expected error[MOST];
} variant;

#define QUALITY "\"quality\": {\"column\": \"ndcg\", \"goal\": \"max\"}"
#define LATENCY "\"goal\": \"min\", \"unit\": \"ms\""
#define CLARITY "\"levels\": [\"opaque\", \"post-hoc\", \"inherent\"]"
#define ML "\"ml\": {\"weights\": {\"quality\": 3, \"latency\": 1}}"
#define OPS "\"ops\": {\"weights\": {\"latency\": 1}}"
#define LIMIT "{\"criterion\": \"latency\", \"max\": 150}"
#define CANDIDATES "{\"file\": \"c.csv\", \"id\": \"model\"}"
#define TOP "\"tradeoff\": 1,"

static const variant top[] = {
    {TOP, "\"tradeoff\": @2,",
     {{"tradeoff", "unsupported format 2: this version reads format 1"}}},
    {TOP, "\"tradeoff\": @\"1\",", {{"tradeoff", "tradeoff must be a number, found the string \"1\""}}},
    {TOP, "\"tradeoff\": 1, @\"tittle\": \"x\",",
     {{"tittle", "unknown key \"tittle\" in the scenario (did you mean \"title\"?)"}}},
    {TOP, "\"tradeoff\": 1, @\"frobnicate\": \"x\",",
     {{"frobnicate",
       "unknown key \"frobnicate\" in the scenario (allowed: \"tradeoff\", \"title\", "
       "\"candidates\", \"criteria\", \"stakeholders\", \"constraints\", \"rule\", \"simpler\")"}}},
    {TOP, "\"tradeoff\": 1, \"title\": @null,", {{"title", "title must be a string, found null"}}},
    {TOP, "\"tradeoff\": 1, @\"mix\": {\"max_models\": 3},", {{"mix", "\"mix\" is not supported yet"}}},
    {TOP, "\"tradeoff\": 1, @\"robustness\": {},",
     {{"robustness", "\"robustness\" is not supported yet"}}},
    {TOP, "\"tradeoff\": 1, @\"join\": [], @\"average\": {},",
     {{"join", "\"join\" is not supported yet"}, {"average", "\"average\" is not supported yet"}}},
    {TOP, "\"tradeoff\": 1, \"rule\": @\"nosh\",",
     {{"rule", "unknown rule \"nosh\" (did you mean \"nash\"?)"}}},
    {TOP, "\"tradeoff\": 1, \"rule\": @\"dictator\",",
     {{"rule",
       "unknown rule \"dictator\" (allowed: \"weighted\", \"maximin\", \"nash\", "
       "\"kalai-smorodinsky\", \"minimax-regret\", \"chebyshev\", \"borda\", \"copeland\", "
       "\"kemeny\")"}}},
    {TOP, "\"tradeoff\": 1, \"simpler\": {\"criterion\": @\"qualty\", \"within\": @-1},",
     {{"simpler.criterion", "unknown criterion \"qualty\" in simpler.criterion (did you mean "
                            "\"quality\"?)"},
      {"simpler.within", "simpler.within must be at least 0, found -1"}}},
    {TOP, "\"tradeoff\": 1, \"simpler\": @{},",
     {{"simpler", "\"criterion\" is missing in simpler"},
      {"simpler", "\"within\" is missing in simpler"}}},
};

static const variant candidates[] = {
    {CANDIDATES, "@\"c.csv\"",
     {{"candidates", "candidates must be an object, found the string \"c.csv\""}}},
    {CANDIDATES, "@{\"id\": \"model\"}", {{"candidates", "\"file\" is missing in candidates"}}},
    {CANDIDATES, "{@\"fiel\": \"c.csv\", \"id\": \"model\"}", /* and not "file is missing" too */
     {{"candidates.fiel", "unknown key \"fiel\" in candidates (did you mean \"file\"?)"}}},
    {CANDIDATES, "{\"file\": @\"\", \"id\": \"model\"}",
     {{"candidates.file", "candidates.file must not be empty"}}},
    {CANDIDATES, "{\"file\": @[\"c.csv\"], \"id\": @7}",
     {{"candidates.file", "candidates.file must be a string, found a list"},
      {"candidates.id", "candidates.id must be a string or a list, found 7"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": @[]}",
     {{"candidates.id", "candidates.id must have 1 to 1000 columns, found 0"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": [\"a\", @\"\", @\"a\", @{}]}",
     {{"candidates.id.1", "candidates.id.1 must not be empty"},
      {"candidates.id.2", "candidates.id.2 is \"a\", which is in the list already"},
      {"candidates.id.3", "candidates.id.3 must be a string, found an empty object"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", \"missing\": @\"dropp\"}",
     {{"candidates.missing", "unknown candidates.missing \"dropp\" (did you mean \"drop\"?)"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", \"incumbent\": @\"\"}",
     {{"candidates.incumbent", "candidates.incumbent must not be empty"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", \"delimiter\": @\":\"}",
     {{"candidates.delimiter",
       "candidates.delimiter must be \",\", \";\", \"\\t\" or \"|\", found the string \":\""}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", \"delimiter\": @\",,\"}",
     {{"candidates.delimiter",
       "candidates.delimiter must be \",\", \";\", \"\\t\" or \"|\", found the string \",,\""}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", @\"zero_is_missing\": true}",
     {{"candidates.zero_is_missing", "\"zero_is_missing\" is not supported yet"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [@{\"column\": \"x\"}, @3]}",
     {{"candidates.where.0",
       "candidates.where.0 tests nothing: it must have min, max, equals, in or not_in"},
      {"candidates.where.1", "candidates.where.1 must be an object, found 3"}}},
    {CANDIDATES, "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [@{\"min\": 3}]}",
     {{"candidates.where.0", "\"column\" is missing in candidates.where.0"}}},
    {CANDIDATES,
     "{\"file\": \"c.csv\", \"id\": \"model\", \"where\": [{\"column\": \"x\", @\"present\": true}]}",
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
    {QUALITY, "@\"\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY,
     {{"criteria.", "the id of a criterion must not be empty"}}},
    {QUALITY, "@\"a\\u0007\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY,
     {{"criteria.a\\u0007", "the id \"a\\u0007\" of a criterion has a control character"}}},
    {QUALITY, "@\"a\\u0085\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY,
     {{"criteria.a\\u0085", "the id \"a\\u0085\" of a criterion has a control character"}}},
    {QUALITY, "\"quality\": @true", {{"criteria.quality", "criteria.quality must be an object, found true"}}},
    {QUALITY, "\"quality\": @{\"goal\": \"max\"}",
     {{"criteria.quality", "criteria.quality must have a \"column\" or a \"linear\""}}},
    {QUALITY, "\"quality\": @{\"column\": \"ndcg\"}",
     {{"criteria.quality", "\"goal\" is missing in criteria.quality"}}},
    {QUALITY, "\"quality\": {\"column\": \"ndcg\", @\"gaol\": \"max\"}",
     {{"criteria.quality.gaol",
       "unknown key \"gaol\" in criteria.quality (did you mean \"goal\"?)"}}},
    {QUALITY, "\"quality\": {@\"colunm\": \"ndcg\", \"goal\": \"max\", \"unit\": @3}",
     {{"criteria.quality.colunm",
       "unknown key \"colunm\" in criteria.quality (did you mean \"column\"?)"},
      {"criteria.quality.unit", "criteria.quality.unit must be a string, found 3"}}},
    {QUALITY, "\"quality\": @{\"column\": \"ndcg\", \"linear\": {\"a\": 1}, \"goal\": \"max\"}",
     {{"criteria.quality",
       "criteria.quality must have one of \"column\" and \"linear\", found both"}}},
    {QUALITY, "\"quality\": {@\"groups\": {\"file\": \"g.csv\"}, \"goal\": \"max\"}",
     {{"criteria.quality.groups", "\"groups\" is not supported yet"}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": \"max\", @\"mixes\": \"worst\"}",
     {{"criteria.quality.mixes", "\"mixes\" is not supported yet"}}},
    {QUALITY, "\"quality\": {\"column\": @\"\", \"goal\": @\"MAX\"}",
     {{"criteria.quality.column", "criteria.quality.column must not be empty"},
      {"criteria.quality.goal", "unknown criteria.quality.goal \"MAX\" (did you mean \"max\"?)"}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": @\"target\"}",
     {{"criteria.quality.goal",
       "criteria.quality.goal must be \"max\", \"min\" or {\"target\": number}"}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": @{}}",
     {{"criteria.quality.goal", "\"target\" is missing in criteria.quality.goal"}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": {\"target\": @\"1\"}}",
     {{"criteria.quality.goal.target",
       "criteria.quality.goal.target must be a number, found the string \"1\""}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": {\"target\": 1, @\"x\": 2}}",
     {{"criteria.quality.goal.x",
       "unknown key \"x\" in criteria.quality.goal (allowed: \"target\")"}}},
    {QUALITY, "\"quality\": {\"linear\": @{}, \"goal\": \"max\"}",
     {{"criteria.quality.linear", "criteria.quality.linear must have 1 to 1000 columns, found 0"}}},
    {QUALITY, "\"quality\": {\"linear\": {\"a\": @0, @\"\": 1, \"b\": @\"1\"}, \"goal\": \"max\"}",
     {{"criteria.quality.linear.a", "criteria.quality.linear.a must not be 0"},
      {"criteria.quality.linear.", "a column in criteria.quality.linear has no name"},
      {"criteria.quality.linear.b",
       "criteria.quality.linear.b must be a number, found the string \"1\""}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"label\": @\"\"}",
     {{"criteria.quality.label", "criteria.quality.label must not be empty"}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"percent\": @\"yes\"}",
     {{"criteria.quality.percent",
       "criteria.quality.percent must be true or false, found the string \"yes\""}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": @\".\"}",
     {{"criteria.quality.thousands",
       "criteria.quality.thousands must be one ASCII character that is no part of a number, as in "
       "\",\", found the string \".\""}}},
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"thousands\": @\"\\u202f\"}",
     {{"criteria.quality.thousands",
       "criteria.quality.thousands must be one ASCII character that is no part of a number, as in "
       "\",\", found the string \"\\u202f\""}}},
    {CLARITY, CLARITY ", @\"percent\": true",
     {{"criteria.clarity.percent",
       "criteria.clarity.percent is for numbers, and \"levels\" are words"}}},
    {CLARITY, CLARITY ", @\"thousands\": \",\"",
     {{"criteria.clarity.thousands",
       "criteria.clarity.thousands is for numbers, and \"levels\" are words"}}},
    {CLARITY, "\"levels\": @[\"a\"]",
     {{"criteria.clarity.levels", "criteria.clarity.levels must have 2 to 1000 words, found 1"}}},
    {CLARITY, "\"levels\": [\"a\", @\"\", \"b\", @\"a\"]",
     {{"criteria.clarity.levels.1", "criteria.clarity.levels.1 must not be empty"},
      {"criteria.clarity.levels.3",
       "criteria.clarity.levels.3 is \"a\", which is in the list already"}}},
    {CLARITY, "\"levels\": [1, 2]",
     {{"criteria.clarity.levels.0", "criteria.clarity.levels.0 must be a string, found 1"},
      {"criteria.clarity.levels.1", "criteria.clarity.levels.1 must be a string, found 2"}}},
    {"{\"column\": \"words\", " CLARITY, "{\"linear\": {\"words\": 1}, @" CLARITY,
     {{"criteria.clarity.levels", "criteria.clarity.levels goes only with \"column\""}}},
    {LATENCY, LATENCY ", \"se\": @-1", {{"criteria.latency.se", "criteria.latency.se must be at least 0, found -1"}}},
    {LATENCY, LATENCY ", \"se\": @{}",
     {{"criteria.latency.se", "\"column\" is missing in criteria.latency.se"}}},
    {LATENCY, LATENCY ", \"se\": {\"column\": @\"\"}",
     {{"criteria.latency.se.column", "criteria.latency.se.column must not be empty"}}},
    {LATENCY, LATENCY ", \"indifference\": @-0.5",
     {{"criteria.latency.indifference",
       "criteria.latency.indifference must be at least 0, found -0.5"}}},
};

static const variant shapes[] = {
    {QUALITY, "\"quality\": {\"column\": \"x\", \"goal\": \"max\", \"range\": @[0.9, 0.1]}",
     {{"criteria.quality.range", "criteria.quality.range is [worst, best], and with the goal "
                                 "\"max\" worst must be less than best"}}},
    {LATENCY, LATENCY ", \"range\": @[20, 250]",
     {{"criteria.latency.range", "criteria.latency.range is [worst, best], and with the goal "
                                 "\"min\" worst must be more than best"}}},
    {LATENCY, LATENCY ", \"range\": @[20, 2e1]",
     {{"criteria.latency.range",
       "criteria.latency.range must have two different ends, found 20 twice"}}},
    {LATENCY, LATENCY ", \"range\": @[1e308, -1e308]",
     {{"criteria.latency.range", "criteria.latency.range is wider than a double can hold"}}},
    {LATENCY, LATENCY ", \"range\": @[20]",
     {{"criteria.latency.range", "criteria.latency.range must be [worst, best], found a list of 1"}}},
    {LATENCY, LATENCY ", \"range\": [@\"a\", @null]",
     {{"criteria.latency.range.0",
       "criteria.latency.range.0 must be a number, found the string \"a\""},
      {"criteria.latency.range.1", "criteria.latency.range.1 must be a number, found null"}}},
    {LATENCY, LATENCY ", \"range\": @\"seen\"",
     {{"criteria.latency.range", "criteria.latency.range must be [worst, best] or \"observed\", "
                                 "found the string \"seen\""}}},
    {LATENCY, LATENCY ", \"range\": [9, 1], @\"value\": [[1, 1], [2, 0]]",
     {{"criteria.latency.value",
       "criteria.latency.value replaces \"range\", and cannot stand beside it"}}},
    {"\"goal\": \"max\"", "\"goal\": {\"target\": 1}, \"range\": @[0, 0.5]",
     {{"criteria.quality.range",
       "criteria.quality.range is [worst, best], and with the goal \"target\" worst must be more "
       "than best (they are distances to the target)"}}},
    {"\"goal\": \"max\"", "\"goal\": {\"target\": 1}, \"range\": [0.5, @-0.1]",
     {{"criteria.quality.range.1", "criteria.quality.range.1 must be at least 0, found -0.1"}}},
    {CLARITY, CLARITY ", \"range\": [\"opaque\", @\"inherint\"]",
     {{"criteria.clarity.range.1", "unknown level \"inherint\" in criteria.clarity.range.1 (did you "
                                   "mean \"inherent\"?)"}}},
    {CLARITY, CLARITY ", \"range\": @[\"inherent\", 0]",
     {{"criteria.clarity.range", "criteria.clarity.range is [worst, best], and with the goal "
                                 "\"max\" worst must be less than best"}}},
    {LATENCY, LATENCY ", \"value\": @[[20, 1]]",
     {{"criteria.latency.value", "criteria.latency.value must have at least 2 points, found 1"}}},
    {LATENCY, LATENCY ", \"value\": [[20, 1], @[30], @7]",
     {{"criteria.latency.value.1",
       "criteria.latency.value.1 must be [measurement, value], found a list of 1"},
      {"criteria.latency.value.2", "criteria.latency.value.2 must be a list, found 7"}}},
    {LATENCY, LATENCY ", \"value\": [[20, 1], [@20, 0.5], [@10, 0]]",
     {{"criteria.latency.value.1.0",
       "criteria.latency.value.1.0 must be more than the measurement of the point before, found 20"},
      {"criteria.latency.value.2.0", "criteria.latency.value.2.0 must be more than the measurement "
                                     "of the point before, found 10"}}},
    {LATENCY, LATENCY ", \"value\": [[20, 0.5], [30, @0.6], [40, 0.6]]",
     {{"criteria.latency.value.1.1", "criteria.latency.value.1.1: with the goal \"min\" values must "
                                     "not rise from point to point, found 0.6"}}},
    {"\"goal\": \"max\"", "\"goal\": \"max\", \"value\": [[20, 0.5], [30, @0.4]]",
     {{"criteria.quality.value.1.1", "criteria.quality.value.1.1: with the goal \"max\" values must "
                                     "not fall from point to point, found 0.4"}}},
    {"\"goal\": \"max\"", "\"goal\": {\"target\": 0}, \"value\": [[@-1, 1], [30, 0.4]]",
     {{"criteria.quality.value.0.0", "criteria.quality.value.0.0 must be at least 0, found -1"}}},
    {"\"goal\": \"max\"", "\"goal\": {\"target\": 0}, \"value\": [[0, 0.5], [30, @1]]",
     {{"criteria.quality.value.1.1", "criteria.quality.value.1.1: with the goal \"target\" values "
                                     "must not rise from point to point, found 1"}}},
    {LATENCY, LATENCY ", \"value\": [[20, @1.5], [30, @-0.1], [40, @\"1\"]]",
     {{"criteria.latency.value.0.1",
       "criteria.latency.value.0.1 is a value, and must be from 0 to 1, found 1.5"},
      {"criteria.latency.value.1.1",
       "criteria.latency.value.1.1 is a value, and must be from 0 to 1, found -0.1"},
      {"criteria.latency.value.2.1",
       "criteria.latency.value.2.1 must be a number, found the string \"1\""}}},
    {LATENCY, LATENCY ", \"value\": [[-1e308, 1], [@1e308, 0]]",
     {{"criteria.latency.value.1.0",
       "criteria.latency.value.1.0 is further from the point before than a double can hold"}}},
};

static const variant people[] = {
    {ML, "\"ml\": @{}", {{"stakeholders.ml", "\"weights\" is missing in stakeholders.ml"}}},
    {ML, "\"ml\": {@\"wieghts\": {\"quality\": 1}}",
     {{"stakeholders.ml.wieghts",
       "unknown key \"wieghts\" in stakeholders.ml (did you mean \"weights\"?)"}}},
    {ML, "\"ml\": {@\"prefers\": [\"quality >= latency\"]}",
     {{"stakeholders.ml.prefers", "\"prefers\" is not supported yet"}}},
    {ML, "\"ml\": {\"weights\": {@\"latencyP95\": 1, \"quality\": 1}}",
     {{"stakeholders.ml.weights.latencyP95",
       "unknown criterion \"latencyP95\" in stakeholders.ml.weights (did you mean \"latency\"?)"}}},
    {ML, "\"ml\": {\"weights\": {@\"p95_ms\": 1, \"quality\": 1}}",
     {{"stakeholders.ml.weights.p95_ms",
       "unknown criterion \"p95_ms\" in stakeholders.ml.weights (criteria: \"quality\", "
       "\"latency\", \"clarity\")"}}},
    {ML, "\"ml\": {\"weights\": @{}}",
     {{"stakeholders.ml.weights",
       "stakeholders.ml.weights must have a weight that is more than 0"}}},
    {ML, "\"ml\": {\"weights\": @{\"quality\": 0, \"latency\": -0.0}}",
     {{"stakeholders.ml.weights",
       "stakeholders.ml.weights must have a weight that is more than 0"}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": @-1}}",
     {{"stakeholders.ml.weights.quality",
       "stakeholders.ml.weights.quality must be at least 0, found -1"}}},
    {ML, "\"ml\": {\"weights\": @{\"quality\": 1e308, \"latency\": 1e308}}",
     {{"stakeholders.ml.weights", "the sum of stakeholders.ml.weights is more than a double can "
                                  "hold"}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": @\"0.5\"}}",
     {{"stakeholders.ml.weights.quality",
       "stakeholders.ml.weights.quality must be a number, found the string \"0.5\""}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": @true, \"latency\": @null}}",
     {{"stakeholders.ml.weights.quality",
       "stakeholders.ml.weights.quality must be a number, found true"},
      {"stakeholders.ml.weights.latency",
       "stakeholders.ml.weights.latency must be a number, found null"}}},
    {ML, "\"ml\": {\"power\": @-1, \"weights\": {\"quality\": 1}}",
     {{"stakeholders.ml.power", "stakeholders.ml.power must be at least 0, found -1"}}},
    {ML, "@\"\": {\"weights\": {\"quality\": 1}}",
     {{"stakeholders.", "the id of a stakeholder must not be empty"}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {@\"qality\": {\"min\": 1}}}",
     {{"stakeholders.ml.needs.qality",
       "unknown criterion \"qality\" in stakeholders.ml.needs (did you mean \"quality\"?)"}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"quality\": @{\"veto\": true}}}",
     {{"stakeholders.ml.needs.quality",
       "stakeholders.ml.needs.quality must have a \"min\" or a \"max\""}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"quality\": {\"min\": 2, \"max\": @1}}}",
     {{"stakeholders.ml.needs.quality.max",
       "stakeholders.ml.needs.quality has a \"min\" of 2 above its \"max\" of 1"}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"quality\": {\"min\": @\"high\", \"veto\": "
         "@1}}}",
     {{"stakeholders.ml.needs.quality.min",
       "stakeholders.ml.needs.quality.min must be a number, found the string \"high\""},
      {"stakeholders.ml.needs.quality.veto",
       "stakeholders.ml.needs.quality.veto must be true or false, found 1"}}},
    {ML, "\"ml\": {\"weights\": {\"quality\": 1}, \"needs\": {\"clarity\": {\"min\": @\"blurry\", \"max\": "
         "@true}}}",
     {{"stakeholders.ml.needs.clarity.min",
       "unknown level \"blurry\" in stakeholders.ml.needs.clarity.min (levels: \"opaque\", "
       "\"post-hoc\", \"inherent\")"},
      {"stakeholders.ml.needs.clarity.max",
       "stakeholders.ml.needs.clarity.max must be a number or a level, found true"}}},
};

static const variant limits[] = {
    {LIMIT, "@{\"max\": 150}",
     {{"constraints.0", "constraints.0 must have a \"criterion\" or a \"column\""}}},
    {LIMIT, "@{\"criterion\": \"latency\", \"column\": \"p95_ms\", \"max\": 150}",
     {{"constraints.0", "constraints.0 must have one of \"criterion\" and \"column\", found both"}}},
    {LIMIT, "{\"criterion\": @\"latncy\", \"max\": 150}",
     {{"constraints.0.criterion",
       "unknown criterion \"latncy\" in constraints.0.criterion (did you mean \"latency\"?)"}}},
    {LIMIT, "@{\"criterion\": \"latency\"}",
     {{"constraints.0", "constraints.0 tests nothing: it must have min, max, equals, in or not_in"}}},
    {LIMIT, "{\"criterion\": \"latency\", @\"equals\": 5, \"max\": 7, @\"in\": [5]}",
     {{"constraints.0.equals",
       "constraints.0.equals goes only with \"column\"; a criterion has \"min\" and \"max\""},
      {"constraints.0.in",
       "constraints.0.in goes only with \"column\"; a criterion has \"min\" and \"max\""}}},
    {LIMIT, "{\"criterion\": \"latency\", \"min\": 10, \"max\": @5}",
     {{"constraints.0.max", "constraints.0 has a \"min\" of 10 above its \"max\" of 5"}}},
    {LIMIT, "{\"criterion\": \"clarity\", \"min\": \"inherent\", \"max\": @\"post-hoc\"}",
     {{"constraints.0.max",
       "constraints.0 has a \"min\" of inherent above its \"max\" of post-hoc"}}},
    {LIMIT, "{\"column\": \"x\", \"max\": @\"post-hoc\", \"owner\": @3, \"why\": @null}",
     {{"constraints.0.max", "constraints.0.max must be a number, found the string \"post-hoc\""},
      {"constraints.0.owner", "constraints.0.owner must be a string, found 3"},
      {"constraints.0.why", "constraints.0.why must be a string, found null"}}},
    {LIMIT, "{\"column\": @\"\", \"in\": @\"no\"}",
     {{"constraints.0.column", "constraints.0.column must not be empty"},
      {"constraints.0.in", "constraints.0.in must be a list, found the string \"no\""}}},
    {LIMIT, "@\"latency <= 150\"",
     {{"constraints.0", "constraints.0 must be an object, found the string \"latency <= 150\""}}},
    /* An unusable list of levels is complained about once, and not where its words are used. */
    {CLARITY "}\n  },", "\"levels\": @[\"a\"]}\n  },", {{"criteria.clarity.levels",
       "criteria.clarity.levels must have 2 to 1000 words, found 1"}}},
};

/* ---- the check ---- */

typedef struct place {
    unsigned line, column;
} place;

/* Takes the marks out and says where they were. */
static size_t take_marks(char *text, place out[TDO_REPORT_SHOWN + 4])
{
    size_t n = 0;
    place at = {1, 1};
    char *to = text;

    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '@') {
            assert_true(n < TDO_REPORT_SHOWN + 4);
            out[n++] = at;
            continue;
        }
        at.line += *p == '\n';
        at.column = *p == '\n' ? 1 : at.column + 1;
        *to++ = *p;
    }
    *to = '\0';
    return n;
}

static void check(const char *text, const tdo_report *report, const place *at, size_t marks,
                  const expected *error)
{
    size_t n = 0;

    while (n < MOST && error[n].text != NULL)
        n++;
    for (size_t i = 0; i < report->count && i < TDO_REPORT_SHOWN; i++) {
        const tdo_error *e = &report->item[i];
        /* Errors with one mark all stand there. */
        const place *p = marks == 1 ? at : i < marks ? &at[i] : NULL;
        bool same = i < n && strcmp(e->text, error[i].text) == 0 &&
                    strcmp(e->path, error[i].path) == 0;
        if (!same || (p != NULL && (e->line != p->line || e->column != p->column)))
            fail_msg("%s\nerror %zu is at %u:%u [%s] %s\n  not at %u:%u [%s] %s", text, i, e->line,
                     e->column, e->path, e->text, p ? p->line : 0, p ? p->column : 0,
                     i < n ? error[i].path : "", i < n ? error[i].text : "(no error)");
        assert_string_equal(e->file, "scenario.json");
        assert_int_equal(e->status, TDO_E_INPUT);
    }
    if (report->count != n)
        fail_msg("%s\n%zu errors, not %zu", text, report->count, n);
}

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

/* ---- more than one change ---- */

static void whole_texts(void **state)
{
    static const struct {
        const char *text;
        expected error[MOST];
    } whole[] = {
        {"@[]", {{"", "the scenario must be an object, found a list"}}},
        {"@{}",
         {{"", "\"tradeoff\" is missing in the scenario"},
          {"", "\"candidates\" is missing in the scenario"},
          {"", "\"criteria\" is missing in the scenario"},
          {"", "\"stakeholders\" is missing in the scenario"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"criteria\": @{},"
         " \"stakeholders\": {\"a\": {\"weights\": {\"q\": 1}}}}",
         {{"criteria", "there must be at least one criterion"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"stakeholders\": @{},"
         " \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": \"max\"}}}",
         {{"stakeholders", "there must be at least one stakeholder"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"stakeholders\": @{"
         "\"a\": {\"power\": 0, \"weights\": {\"q\": 1}}, \"b\": {\"power\": 0, \"weights\": {\"q\": "
         "1}}}, \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": \"max\"}}}",
         {{"stakeholders", "every power is 0: at least one must be more"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"stakeholders\": @{"
         "\"a\": {\"power\": 1e308, \"weights\": {\"q\": 1}}, \"b\": {\"power\": 1e308, \"weights\": "
         "{\"q\": 1}}}, \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": \"max\"}}}",
         {{"stakeholders", "the sum of the powers is more than a double can hold"}}},
        /* another format: one error says it all */
        {"{\"tradeoff\": @3, \"models\": {}}",
         {{"tradeoff", "unsupported format 3: this version reads format 1"}}},
    };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        char text[TEXT_ROOM];
        place at[TDO_REPORT_SHOWN + 4];
        tdo_report report = {.count = 0};
        tdo_scenario *s = NULL;
        strcpy(text, whole[i].text);
        size_t marks = take_marks(text, at);
        tdo_status status = read_text(text, NULL, *state, &s, &report);
        check(text, &report, at, marks, whole[i].error);
        assert_int_equal(status, TDO_E_INPUT);
    }
}

/* Stakeholders stand before the criteria that they name, and the errors are still in order. */
static void in_the_order_of_the_file(void **state)
{
    char text[] =
        "{\n"
        "  \"stakeholders\": {\"a\": {\"weights\": {\"q\": 1, @\"r\": 2}},\n"
        "                   \"b\": {\"weights\": {\"q\": @-1}}},\n"
        "  \"rule\": @\"fair\",\n"
        "  \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": @\"up\"}},\n"
        "  @\"extra\": 1,\n"
        "  \"candidates\": @{\"id\": \"i\"},\n"
        "  \"tradeoff\": 1\n"
        "}";
    static const char *const want[] = {
        "unknown criterion \"r\" in stakeholders.a.weights (did you mean \"q\"?)",
        "stakeholders.b.weights.q must be at least 0, found -1",
        "unknown rule \"fair\" (allowed: \"weighted\", \"maximin\", \"nash\", \"kalai-smorodinsky\", "
        "\"minimax-regret\", \"chebyshev\", \"borda\", \"copeland\", \"kemeny\")",
        "unknown criteria.q.goal \"up\" (allowed: \"max\", \"min\")",
        "unknown key \"extra\" in the scenario (allowed: \"tradeoff\", \"title\", \"candidates\", "
        "\"criteria\", \"stakeholders\", \"constraints\", \"rule\", \"simpler\")",
        "\"file\" is missing in candidates",
    };
    place at[TDO_REPORT_SHOWN + 4];
    tdo_report report = {.count = 0};
    tdo_scenario *s = NULL;
    size_t marks = take_marks(text, at);

    assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
    assert_int_equal(report.count, marks);
    for (size_t i = 0; i < marks; i++) {
        assert_string_equal(report.item[i].text, want[i]);
        assert_int_equal(report.item[i].line, at[i].line);
        assert_int_equal(report.item[i].column, at[i].column);
    }
}

/* Twenty are shown, the first ones by place, and all are counted; a million cost little. */
static void many_errors(void **state)
{
    enum { ERRORS = 200000, EACH = 16 };
    char *text = malloc((size_t)ERRORS * EACH + 1000);
    tdo_report report = {.count = 0};
    tdo_scenario *s = NULL;

    assert_non_null(text);
    char *p = text + sprintf(text, "{\"tradeoff\":1,\n\"stakeholders\":{\"a\":{\"weights\":{\"q\":1");
    for (int i = 0; i < ERRORS; i++)
        p += sprintf(p, ",\n\"x%d\":1", i);
    strcpy(p, "}}},\"criteria\":{\"q\":{\"column\":\"c\",\"goal\":\"max\"}},"
              "\"candidates\":{\"file\":\"c\"}}");
    size_t before = tdo_arena_bytes(*state);
    assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
    assert_int_equal(report.count, ERRORS + 1);
    for (unsigned i = 0; i < TDO_REPORT_SHOWN; i++)
        assert_int_equal(report.item[i].line, 3 + i);
    /* the tree, and nothing for errors that are not shown */
    assert_true(tdo_arena_bytes(*state) - before < (size_t)ERRORS * 300);
    free(text);
}

static void too_many(void **state)
{
    static const struct {
        const char *start, *item, *end, *message; /* item: %d is its number */
    } of[] = {
        {"{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},\"stakeholders\":{\"a\":{"
         "\"weights\":{\"q\":1}}},\"criteria\":{\"q\":{\"column\":\"c\",\"goal\":\"max\"}",
         ",\n\"q%d\":{\"column\":\"c\",\"goal\":\"max\"}", "}}", "65 criteria, at most 64 are allowed"},
        {"{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},\"criteria\":{\"q\":{\"column\":"
         "\"c\",\"goal\":\"max\"}},\"stakeholders\":{\"a\":{\"weights\":{\"q\":1}}",
         ",\n\"a%d\":{\"weights\":{\"q\":1}}", "}}", "65 stakeholders, at most 64 are allowed"},
        {"{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},\"criteria\":{\"q\":{\"column\":"
         "\"c\",\"goal\":\"max\"}},\"stakeholders\":{\"a\":{\"weights\":{\"q\":1}}},\"constraints\":["
         "{\"column\":\"c\",\"min\":1}",
         ",\n{\"column\":\"c%d\",\"min\":1}", "]}", "more than 64 constraints and vetoes"},
        {"{\"tradeoff\":1,\"criteria\":{\"q\":{\"column\":\"c\",\"goal\":\"max\"}},\"stakeholders\":{"
         "\"a\":{\"weights\":{\"q\":1}}},\"candidates\":{\"file\":\"c\",\"id\":\"i\",\"where\":["
         "{\"column\":\"c\",\"min\":1}",
         ",\n{\"column\":\"c%d\",\"min\":1}", "]}}",
         "candidates.where has 65 conditions, at most 64 are allowed"},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        for (int n = 64; n <= 65; n++) {
            char text[TEXT_ROOM];
            tdo_report report = {.count = 0};
            tdo_scenario *s = NULL;
            char *p = text + sprintf(text, "%s", of[i].start);
            for (int k = 1; k < n; k++) {
                const char *d = strstr(of[i].item, "%d");
                p += sprintf(p, "%.*s%d%s", (int)(d - of[i].item), of[i].item, k, d + 2);
            }
            strcpy(p, of[i].end);
            tdo_status status = read_text(text, NULL, *state, &s, &report);
            assert_int_equal(report.count, n == 65);
            assert_int_equal(status, n == 65 ? TDO_E_INPUT : TDO_OK);
            if (n == 65) {
                assert_string_equal(report.item[0].text, of[i].message);
                assert_int_equal(report.item[0].line, 65);
                assert_int_equal(report.item[0].column, 1);
            }
        }
    }
}

/* A veto counts as a constraint. */
static void one_veto_too_many(void **state)
{
    char text[TEXT_ROOM];
    tdo_report report = {.count = 0};
    tdo_scenario *s = NULL;
    char *p = text + sprintf(text, "{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},"
                                   "\"criteria\":{\"q\":{\"column\":\"c\",\"goal\":\"max\"}},"
                                   "\"constraints\":[{\"column\":\"c\",\"min\":1}");
    for (int k = 1; k < 64; k++)
        p += sprintf(p, ",{\"column\":\"c\",\"min\":1}");
    strcpy(p, "],\n\"stakeholders\":{\"a\":{\"weights\":{\"q\":1},\n\"needs\":{\"q\":{\"min\":1,"
              "\"veto\":true}}}}}");
    assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
    assert_int_equal(report.count, 1);
    assert_string_equal(report.item[0].text, "more than 64 constraints and vetoes");
    assert_string_equal(report.item[0].path, "stakeholders.a.needs.q");
    assert_int_equal(report.item[0].line, 3);
}

/* Names at their longest, one past it, and far beyond what a message can hold. */
static void long_names(void **state)
{
    for (size_t length = TDO_MAX_NAME_BYTES; length <= 3000; length += length == 256 ? 1 : 2743) {
        char text[TEXT_ROOM], id[3001], to[4096];
        tdo_report report = {.count = 0};
        tdo_scenario *s = NULL;
        memset(id, 'n', length);
        id[length] = '\0';
        (void)sprintf(to, "\"%s\": {\"column\": \"x\", \"goal\": \"max\"}, " QUALITY, id);
        change(text, good_scenario, QUALITY, to);
        tdo_status status = read_text(text, NULL, *state, &s, &report);
        assert_int_equal(status, length == TDO_MAX_NAME_BYTES ? TDO_OK : TDO_E_INPUT);
        if (status == TDO_OK)
            continue;
        const char *want = tdo_text(*state, "the id of a criterion has %zu bytes, at most 256 are "
                                            "allowed", length);
        assert_string_equal(report.item[0].text, want);
        assert_int_equal(strlen(report.item[0].path), strlen("criteria.") + 80 + strlen("..."));
    }
}

static void not_readable(void **state)
{
    tdo_report report = {.count = 0};
    tdo_scenario *s = NULL;

    assert_int_equal(tdo_scenario_read("nowhere.json", NULL, *state, &s, &report), TDO_E_IO);
    assert_int_equal(report.count, 1);
    assert_string_equal(report.item[0].file, "nowhere.json");
    assert_int_equal(tdo_scenario_read(".", NULL, *state, &s, &report), TDO_E_IO);
    assert_int_equal(report.count, 2);
    assert_null(s);
}

static void size_limit(void **state)
{
    for (size_t over = 0; over <= 1; over++) {
        size_t length = TDO_MAX_SCENARIO_BYTES + over, good = strlen(good_scenario);
        char *text = malloc(length);
        tdo_report report = {.count = 0};
        tdo_scenario *s = NULL;
        assert_non_null(text);
        memset(text, ' ', length);
        memcpy(text, good_scenario, good);
        write_file("scenario.json", text, length);
        free(text);
        assert_int_equal(tdo_scenario_read("scenario.json", NULL, *state, &s, &report),
                         over ? TDO_E_INPUT : TDO_OK);
        assert_int_equal(report.count, over);
        if (over)
            assert_string_equal(report.item[0].text, "the file is larger than the limit of 8388608 "
                                                     "bytes");
    }
}

static void depth_limit(void **state)
{
    for (size_t depth = TDO_MAX_SCENARIO_DEPTH; depth <= TDO_MAX_SCENARIO_DEPTH + 1; depth++) {
        char text[128] = "";
        tdo_report report = {.count = 0};
        tdo_scenario *s = NULL;
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
        assert_string_equal(report.item[0].text, depth > TDO_MAX_SCENARIO_DEPTH
                                                     ? "nested deeper than 32 levels"
                                                     : "the scenario must be an object, found a list");
        assert_int_equal(report.item[0].column, depth > TDO_MAX_SCENARIO_DEPTH ? 33 : 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(in_top),       WITH_ARENA(in_candidates), WITH_ARENA(in_criteria),
        WITH_ARENA(in_shapes),    WITH_ARENA(in_people),     WITH_ARENA(in_limits),
        WITH_ARENA(whole_texts),  WITH_ARENA(in_the_order_of_the_file),
        WITH_ARENA(many_errors),  WITH_ARENA(too_many),      WITH_ARENA(one_veto_too_many),
        WITH_ARENA(long_names),   WITH_ARENA(not_readable),  WITH_ARENA(size_limit),
        WITH_ARENA(depth_limit),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
