/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One good scenario, and many that differ from it in one place: the wishes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario_file.h"

#include "marked.h"

#define CLARITY "\"levels\": [\"opaque\", \"post-hoc\", \"inherent\"]"
#define ML      "\"ml\": {\"weights\": {\"quality\": 3, \"latency\": 1}}"
#define LIMIT   "{\"criterion\": \"latency\", \"max\": 150}"

static const variant people[] = {
    {ML,
     "\"ml\": @{}",
     {{"stakeholders.ml", "stakeholders.ml must have \"weights\", \"prefers\" or \"rates\""}}},
    {ML,
     "\"ml\": {@\"wieghts\": {\"quality\": 1}}",
     {{"stakeholders.ml.wieghts",
       "unknown key \"wieghts\" in stakeholders.ml (did you mean \"weights\"?)"}}},
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
       "constraints.0 tests nothing: it must have min, max, equals, in, not_in or than"}}},
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
       "constraints.0 has a \"min\" of \"inherent\" above its \"max\" of \"post-hoc\""}}},
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

RUN(people)
RUN(limits)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(in_people),
        WITH_ARENA(in_limits),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
