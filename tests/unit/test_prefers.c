/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What statements on weights are read as, and every complaint about one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "scenario_file.h"

#include "marked.h"

#define ML      "\"ml\": {\"weights\": {\"quality\": 3, \"latency\": 1}}"
#define SAYS(x) "\"ml\": {\"prefers\": [" x "]}"

/* The criteria of the scenario are quality, latency, clarity. */
typedef struct part {
    double coefficient[3], bound;
    bool strict;
} part;

static const struct {
    const char *text;
    part part[3]; /* until one without a coefficient */
} good[] = {
    {"quality >= latency", {{{1, -1, 0}, 0, false}}},
    {"quality>=2latency", {{{1, -2, 0}, 0, false}}},
    {"quality > 2 * latency", {{{1, -2, 0}, 0, true}}},
    {"  latency <= quality  ", {{{1, -1, 0}, 0, false}}},
    {"latency < 0.5 quality", {{{5, -10, 0}, 0, true}}},
    {"0.2 <= quality <= 0.5", {{{10, 0, 0}, 2, false}, {{-10, 0, 0}, -5, false}}},
    {"quality = .25", {{{100, 0, 0}, 25, false}, {{-100, 0, 0}, -25, false}}},
    {"quality == clarity", {{{1, 0, -1}, 0, false}, {{-1, 0, 1}, 0, false}}},
    {"quality >= latency > clarity", {{{1, -1, 0}, 0, false}, {{0, 1, -1}, 0, true}}},
    {"quality = latency >= clarity",
     {{{1, -1, 0}, 0, false}, {{-1, 1, 0}, 0, false}, {{0, 1, -1}, 0, false}}},
    {"quality + latency >= clarity + 0.1", {{{10, 10, -10}, 1, false}}},
    {"-quality >= -0.7", {{{-10, 0, 0}, -7, false}}},
    {"- quality + 2 clarity >= - 1e-1", {{{-10, 0, 20}, -1, false}}},
    {"quality - 0.3 >= latency - 0.1", {{{10, -10, 0}, 2, false}}},
    {"2 quality - quality >= 1.5e1 clarity", {{{1, 0, -15}, 0, false}}},
    {"`quality` >= 0.10`latency`", {{{10, -1, 0}, 0, false}}},
    {"100 quality >= 2500 latency", {{{1, -25, 0}, 0, false}}},
    {"quality \xE2\x89\xA5 latency", {{{1, -1, 0}, 0, false}}},
    {"quality\xE2\x89\xA4"
     "0.5",
     {{{-10, 0, 0}, -5, false}}},
    {"0.1 quality + 0.2 quality >= 0.3", {{{3, 0, 0}, 3, false}}},
    {"123456789012345 quality >= latency", {{{123456789012345, -1, 0}, 0, false}}},
    {"0 latency + quality >= 000.000", {{{1, 0, 0}, 0, false}}},
};

static bool has_coefficient(const part *p)
{
    return p->coefficient[0] != 0 || p->coefficient[1] != 0 || p->coefficient[2] != 0;
}

static void are_read_as_parts(void **state)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char text[TEXT_ROOM], with[TEXT_ROOM];
        (void)snprintf(with, sizeof with, "\"ml\": {\"prefers\": [\"%s\"]}", good[i].text);
        change(text, good_scenario, ML, with);
        const tdo_stakeholder *h = read_good(text, NULL, *state)->stakeholders;
        size_t n = 0;
        for (const part *p = good[i].part; n < 3 && has_coefficient(p); p++, n++) {
            if (n >= h->n_prefers)
                fail_msg("%s: %zu parts", good[i].text, h->n_prefers);
            const tdo_preference *q = &h->prefers[n];
            for (size_t c = 0; c < 3; c++)
                if (q->coefficient[c] != p->coefficient[c] || q->bound != p->bound ||
                    q->strict != p->strict)
                    fail_msg("%s, part %zu: %g %g %g >= %g", good[i].text, n, q->coefficient[0],
                             q->coefficient[1], q->coefficient[2], q->bound);
            assert_int_equal(q->statement, 0);
            assert_string_equal(q->text, good[i].text);
        }
        assert_int_equal(h->n_prefers, n);
        assert_true(h->only_prefers);
        near(h->weights[0] + h->weights[1] + h->weights[2], 0, 0, 0);
    }
}

static void with_weights_and_places(void **state)
{
    char text[TEXT_ROOM];
    change(text, good_scenario, ML,
           "\"ml\": {\"prefers\": [\"quality >= 0.1\",\n \"latency = 0.2\"], \"weights\": "
           "{\"quality\": 4, \"latency\": 1}}");
    const tdo_stakeholder *h = read_good(text, NULL, *state)->stakeholders;
    assert_false(h->only_prefers);
    near(h->weights[0], 4, 0, 0);
    assert_int_equal(h->n_prefers, 3);
    assert_int_equal(h->prefers[1].statement, 1);
    assert_int_equal(h->prefers[2].statement, 1);
    assert_place(h->prefers[0].place, "scenario.json", 10, 24, "stakeholders.ml.prefers.0");
    assert_place(h->prefers[2].place, "scenario.json", 11, 2, "stakeholders.ml.prefers.1");
    assert_int_equal(h[1].n_prefers, 0);
    assert_false(h[1].only_prefers);
}

static void on_candidates_as_wholes(void **state)
{
    static const struct {
        const char *text, *better, *other;
        double within;
    } said[] = {
        {"ebm over gbdt-v7", "ebm", "gbdt-v7", 0},
        {"  a b   over  c ", "a b", "c", 0},
        {"a=1 over b<2", "a=1", "b<2", 0},
        {"`game over` over `x over y`", "game over", "x over y", 0},
        {"`a` over`b`", "a", "b", 0},
        {"`a``b` over b`c", "a`b", "b`c", 0},
        {"``` ` over x", "` ", "x", 0},
        {"over over overt", "over", "overt", 0},
        {"ebm as good as gbdt-v7", "ebm", "gbdt-v7", 0.02},
        {"quality over latency", "quality", "latency", 0},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        char text[TEXT_ROOM], with[TEXT_ROOM];
        (void)snprintf(with, sizeof with, "\"ml\": {\"prefers\": [\"quality >= 0\", \"%s\"]}",
                       said[i].text);
        change(text, good_scenario, ML, with);
        const tdo_stakeholder *h = read_good(text, NULL, *state)->stakeholders;
        assert_int_equal(h->n_prefers, said[i].within > 0 ? 3 : 2);
        for (size_t k = 1; k < h->n_prefers; k++) {
            const tdo_preference *p = &h->prefers[k];
            assert_string_equal(k == 1 ? p->better : p->other, said[i].better);
            assert_string_equal(k == 1 ? p->other : p->better, said[i].other);
            near(p->within, said[i].within, 0, 0);
            assert_null(p->coefficient);
            assert_int_equal(p->statement, 1);
            assert_string_equal(p->text, said[i].text);
        }
    }
}

/* A criterion's own name may hold such a word, and signs then tell what is meant. */
static void words_in_names_of_criteria(void **state)
{
    static const char *const odd =
        "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"model\"},\n"
        "\"criteria\": {\"cost over time\": {\"column\": \"a\", \"goal\": \"max\"},\n"
        "  \"b\": {\"column\": \"b\", \"goal\": \"max\"}},\n"
        "\"stakeholders\": {\"ml\": {\"prefers\": [\"b >= 2 cost over time\",\n"
        "  \"`cost over time` >= 0.1\", \"b over c\"]}}}";
    const tdo_stakeholder *h = read_good(odd, NULL, *state)->stakeholders;
    assert_int_equal(h->n_prefers, 3);
    near(h->prefers[0].coefficient[0], -2, 0, 0);
    near(h->prefers[1].coefficient[0], 10, 0, 0);
    assert_string_equal(h->prefers[2].other, "c");
}

/* Ranges [worst, best], straight values, levels with a value; amounts in long decimals. */
static void rates(void **state)
{
    static const char *const people =
        "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"model\"},\n"
        "\"criteria\": {\n"
        "  \"quality\": {\"column\": \"q\", \"goal\": \"max\", \"range\": [0.3, 0.5]},\n"
        "  \"latency\": {\"column\": \"l\", \"goal\": \"min\", \"range\": [250, 20]},\n"
        "  \"margin\": {\"column\": \"m\", \"goal\": \"max\",\n"
        "    \"value\": [[-10, 0.1], [0, 0.3], [20, 0.7]]},\n"
        "  \"parity\": {\"column\": \"p\", \"goal\": {\"target\": 1}, \"range\": [0.4, 0]}},\n"
        "\"stakeholders\": {\"ml\": {\"rates\": [\"%s\"]}}}";
    static const struct {
        const char *text;
        double coefficient[4];
    } said[] = {
        {"10 latency = 30 margin", {0, 10, -138, 0}}, /* 10/230 and 30 x 0.6/30 */
        {"0.01 quality = 10 latency", {23, -20, 0, 0}},
        {"margin=5 parity", {0, 0, 2, -1250}}, /* 0.02 and 12.5 */
        {"1e-3 quality = 0.123 parity", {2, 0, 0, -123}},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        char text[TEXT_ROOM];
        (void)snprintf(text, sizeof text, people, said[i].text);
        const tdo_stakeholder *h = read_good(text, NULL, *state)->stakeholders;
        assert_int_equal(h->n_prefers, 2);
        double first = 0, want = 0;
        for (size_t c = 0; c < 4 && first == 0; c++) {
            first = h->prefers[0].coefficient[c];
            want = said[i].coefficient[c];
        }
        for (size_t c = 0; c < 4; c++) { /* up to a factor */
            near(h->prefers[0].coefficient[c] / first, said[i].coefficient[c] / want, 0, 1e-15);
            near(h->prefers[1].coefficient[c] / first, -said[i].coefficient[c] / want, 0, 1e-15);
        }
        near(h->prefers[0].bound, 0, 0, 0);
    }
}

/* Ids that look like numbers, operators or starts of each other. */
static void odd_names(void **state)
{
    static const char *const odd =
        "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"model\"},\n"
        "\"criteria\": {\"a\": {\"column\": \"a\", \"goal\": \"max\"},\n"
        "  \"a-b\": {\"column\": \"b\", \"goal\": \"max\"},\n"
        "  \"a b\": {\"column\": \"c\", \"goal\": \"max\"},\n"
        "  \"2x\": {\"column\": \"d\", \"goal\": \"max\"},\n"
        "  \"7\": {\"column\": \"e\", \"goal\": \"max\"},\n"
        "  \"cost (USD/1k)\": {\"column\": \"f\", \"goal\": \"min\"}},\n"
        "\"stakeholders\": {\"ml\": {\"prefers\": [\"a-b >= a - `a b`\", \"2x + 7 `7` >= 7\",\n"
        "  \"cost (USD/1k) > a b\"]}}}\n";
    const tdo_stakeholder *h = read_good(odd, NULL, *state)->stakeholders;
    static const part want[] = {
        {{-1, 1, 1}, 0, false}, {{0, 0, 0}, 7, false}, {{0, 0, -1}, 0, true}};
    assert_int_equal(h->n_prefers, 3);
    for (size_t i = 0; i < 3; i++) {
        for (size_t c = 0; c < 3; c++)
            near(h->prefers[i].coefficient[c], want[i].coefficient[c], 0, 0);
        near(h->prefers[i].bound, want[i].bound, 0, 0);
        assert_true(h->prefers[i].strict == want[i].strict);
    }
    near(h->prefers[1].coefficient[3], 1, 0, 0);
    near(h->prefers[1].coefficient[4], 7, 0, 0);
    near(h->prefers[2].coefficient[5], 1, 0, 0);
}

#define AT "stakeholders.ml.prefers.0"
#define LONG_ONE                                                                                   \
    "the numbers of stakeholders.ml.prefers.0 have too many digits, or are too far apart, to be "  \
    "compared exactly (at most 15 digits from the first of the largest to the last of the "        \
    "smallest)"

static const variant bad[] = {
    {ML,
     "\"ml\": {\"prefers\": @[]}",
     {{"stakeholders.ml.prefers", "stakeholders.ml.prefers must have a statement"}}},
    {ML,
     "\"ml\": {\"prefers\": @\"quality >= latency\"}",
     {{"stakeholders.ml.prefers", "stakeholders.ml.prefers must be a list, as in [\"quality >= "
                                  "latency\"], found the string \"quality >= latency\""}}},
    {ML,
     SAYS("@3, @\"quality\""),
     {{AT, "stakeholders.ml.prefers.0 must be a string, found 3"},
      {"stakeholders.ml.prefers.1",
       "stakeholders.ml.prefers.1 ends where one of >=, >, <=, < and = is expected"}}},
    {ML,
     SAYS("@\"\""),
     {{AT, "stakeholders.ml.prefers.0 ends where a criterion or a number is expected"}}},
    {ML,
     SAYS("@\"quality >=\""),
     {{AT, "stakeholders.ml.prefers.0 ends where a criterion or a number is expected"}}},
    {ML,
     SAYS("@\"quality >= 2 *\""),
     {{AT, "stakeholders.ml.prefers.0 ends where a criterion or a number is expected"}}},
    {ML,
     SAYS("@\"quality => latency\""),
     {{AT, "stakeholders.ml.prefers.0 must have \">=\" for \"=>\" at \"> latency\""}}},
    {ML,
     SAYS("@\"quality latency\""),
     {{AT, "stakeholders.ml.prefers.0 must have one of >=, >, <=, <, = and + at \"latency\""}}},
    {ML,
     SAYS("@\"quality >= 2 3 latency\""),
     {{AT, "stakeholders.ml.prefers.0 must have one of >=, >, <=, <, = and + at \"3 latency\""}}},
    {ML,
     SAYS("@\"latency quality\""),
     {{AT, "stakeholders.ml.prefers.0 must have one of >=, >, <=, <, = and + at \"quality\""}}},
    {ML,
     SAYS("@\"quality >= latnecy\""),
     {{AT, "unknown criterion \"latnecy\" in stakeholders.ml.prefers.0 (did you mean "
           "\"latency\"?)"}}},
    {ML,
     SAYS("@\"`qualities` >= 1\""),
     {{AT, "unknown criterion \"qualities\" in stakeholders.ml.prefers.0 (did you mean "
           "\"quality\"?)"}}},
    {ML,
     SAYS("@\"qualityX >= 1\""),
     {{AT, "unknown criterion \"qualityX\" in stakeholders.ml.prefers.0 (did you mean "
           "\"quality\"?)"}}},
    {ML,
     SAYS("@\"a over b over c\""),
     {{AT,
       "stakeholders.ml.prefers.0 has \"over\" and \"over\": a statement compares two candidates, "
       "and a name that holds such a word stands between backticks"}}},
    {ML,
     SAYS("@\"a over \""),
     {{AT, "stakeholders.ml.prefers.0 must have a candidate on both sides of \"over\""}}},
    {ML,
     SAYS("@\"a as good as `a`\""),
     {{AT, "stakeholders.ml.prefers.0 compares \"a\" with itself"}}},
    {ML,
     "\"ml\": {\"rates\": [@\"1 quality >= 2 latency\"]}",
     {{"stakeholders.ml.rates.0",
       "stakeholders.ml.rates.0 must be two amounts above 0 that are worth the same, as in \"10 "
       "latency = 30 margin\""}}},
    {ML,
     "\"ml\": {\"rates\": [@\"1 quality = 0\"]}",
     {{"stakeholders.ml.rates.0",
       "stakeholders.ml.rates.0 must be two amounts above 0 that are worth the same, as in \"10 "
       "latency = 30 margin\""}}},
    {ML,
     "\"ml\": {\"rates\": [@\"1 quality = 2 quality\"]}",
     {{"stakeholders.ml.rates.0", "stakeholders.ml.rates.0 compares \"quality\" with itself"}}},
    {ML,
     "\"ml\": {\"rates\": [@\"1 quality = 2 latency\"]}",
     {{"stakeholders.ml.rates.0",
       "stakeholders.ml.rates.0: what an amount of \"quality\" is worth is not settled: give it a "
       "\"range\""}}},
    {ML,
     SAYS("@\"`quality >= 1\""),
     {{AT, "stakeholders.ml.prefers.0 must have a second backtick at \"`quality >= 1\""}}},
    {ML,
     SAYS("@\"0.1 >= quality <= 0.5\""),
     {{AT, "stakeholders.ml.prefers.0 has both > and <: the signs of a chain agree"}}},
    {ML, SAYS("@\"0.1 <= 0.5\""), {{AT, "stakeholders.ml.prefers.0 says nothing about a weight"}}},
    {ML,
     SAYS("@\"quality >= 1 quality\""),
     {{AT, "stakeholders.ml.prefers.0 says nothing about a weight"}}},
    {ML, SAYS("@\"1234567890123456 quality >= latency\""), {{AT, LONG_ONE}}},
    {ML, SAYS("@\"quality >= 1e-20 + latency\""), {{AT, LONG_ONE}}},
    {ML, SAYS("@\"quality >= 1e1000 latency\""), {{AT, LONG_ONE}}},
    {ML, SAYS("@\"quality >= 1e99999999999999999999 latency\""), {{AT, LONG_ONE}}},
};

RUN(bad)

/* 128 comparisons are allowed, 129 are not. */
static void too_many(void **state)
{
    for (size_t n = TDO_MAX_PREFERS; n <= TDO_MAX_PREFERS + 1; n++) {
        char text[TEXT_ROOM], with[TEXT_ROOM] = "\"ml\": {\"prefers\": [\"quality >= 0";
        tdo_report report = {.count = 0};
        const tdo_scenario *s = NULL;
        for (size_t i = 1; i < n; i++)
            strcat(with, i % 2 != 0 ? "\", \"latency >= 0" : " >= clarity");
        strcat(with, "\"]}");
        change(text, good_scenario, ML, with);
        tdo_status status = read_text(text, NULL, *state, &s, &report);
        assert_int_equal(status, n > TDO_MAX_PREFERS ? TDO_E_INPUT : TDO_OK);
    }
    char text[TEXT_ROOM], with[TEXT_ROOM] = "\"ml\": {\"prefers\": [\"quality >= 0";
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
    for (size_t i = 0; i < 1000; i++)
        strcat(with, " 1 1 1");
    strcat(with, "\"]}");
    change(text, good_scenario, ML, with);
    assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
    assert_string_equal(report.item[0].text,
                        "stakeholders.ml.prefers.0 has 6012 bytes, at most 4096 are allowed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(are_read_as_parts),
        WITH_ARENA(with_weights_and_places),
        WITH_ARENA(on_candidates_as_wholes),
        WITH_ARENA(words_in_names_of_criteria),
        WITH_ARENA(rates),
        WITH_ARENA(odd_names),
        WITH_ARENA(in_bad),
        WITH_ARENA(too_many),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
