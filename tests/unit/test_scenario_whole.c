/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios as a whole: what is missing, the order and number of errors, limits of size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario_file.h"

#include "marked.h"

static void whole_texts(void **state)
{
    static const struct {
        const char *text;
        expected error[MOST];
    } whole[] = {
        {"@[]", {{"", "the scenario must be an object, found a list"}}},
        {"@{}",
         {{"", "\"candidates\" is missing in the scenario"},
          {"", "\"tradeoff\" is missing in the scenario"},
          {"", "\"criteria\" is missing in the scenario"},
          {"", "\"stakeholders\" is missing in the scenario"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"criteria\": @{},"
         " \"stakeholders\": {\"a\": {\"weights\": {\"q\": 1}}}}",
         {{"criteria", "there must be at least one criterion"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"stakeholders\": "
         "@{},"
         " \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": \"max\"}}}",
         {{"stakeholders", "there must be at least one stakeholder"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"stakeholders\": @{"
         "\"a\": {\"power\": 0, \"weights\": {\"q\": 1}}, \"b\": {\"power\": 0, \"weights\": "
         "{\"q\": "
         "1}}}, \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": \"max\"}}}",
         {{"stakeholders", "every power is 0: at least one must be more"}}},
        {"{\"tradeoff\": 1, \"candidates\": {\"file\": \"c\", \"id\": \"i\"}, \"stakeholders\": @{"
         "\"a\": {\"power\": 1e308, \"weights\": {\"q\": 1}}, \"b\": {\"power\": 1e308, "
         "\"weights\": "
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
        const tdo_scenario *s = NULL;
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
    char text[] = "{\n"
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
        ("unknown rule \"fair\" (allowed: \"weighted\", \"maximin\", \"nash\", "
         "\"kalai-smorodinsky\", \"minimax-regret\", \"chebyshev\", \"borda\", "
         "\"copeland\", \"kemeny\", \"plurality\", \"needs-first\", \"owa\", \"priorities\")"),
        "criteria.q.goal must be \"max\", \"min\" or {\"target\": number}, not \"up\"",
        ("unknown key \"extra\" in the scenario (allowed: \"tradeoff\", \"title\", "
         "\"candidates\", \"criteria\", \"stakeholders\", \"powers\", \"constraints\", \"rule\", "
         "\"simpler\", \"mix\", \"portfolio\", \"errors\", \"robustness\", \"measure\", "
         "\"worth_in\", \"segments\")"),
        "\"file\" is missing in candidates",
    };
    place at[TDO_REPORT_SHOWN + 4];
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
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
    const tdo_scenario *s = NULL;

    assert_non_null(text);
    char *p = text +
              sprintf(text, "{\"tradeoff\":1,\n\"stakeholders\":{\"a\":{\"weights\":{\"q\":1");
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
        int most;
    } of[] = {
        {"{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},\"stakeholders\":{\"a\":{"
         "\"weights\":{\"q\":1}}},\"criteria\":{\"q\":{\"column\":\"c\",\"goal\":\"max\"}",
         ",\n\"q%d\":{\"column\":\"c\",\"goal\":\"max\"}", "}}",
         "501 criteria, at most 500 are allowed", TDO_MAX_CRITERIA},
        {"{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},\"criteria\":{\"q\":{"
         "\"column\":"
         "\"c\",\"goal\":\"max\"}},\"stakeholders\":{\"a\":{\"weights\":{\"q\":1}}",
         ",\n\"a%d\":{\"weights\":{\"q\":1}}", "}}", "501 stakeholders, at most 500 are allowed",
         TDO_MAX_STAKEHOLDERS},
        {"{\"tradeoff\":1,\"candidates\":{\"file\":\"c\",\"id\":\"i\"},\"criteria\":{\"q\":{"
         "\"column\":"
         "\"c\",\"goal\":\"max\"}},\"stakeholders\":{\"a\":{\"weights\":{\"q\":1}}},"
         "\"constraints\":["
         "{\"column\":\"c\",\"min\":1}",
         ",\n{\"column\":\"c%d\",\"min\":1}", "]}", "more than 64 constraints and vetoes",
         TDO_MAX_CONSTRAINTS},
        {"{\"tradeoff\":1,\"criteria\":{\"q\":{\"column\":\"c\",\"goal\":\"max\"}},"
         "\"stakeholders\":{"
         "\"a\":{\"weights\":{\"q\":1}}},\"candidates\":{\"file\":\"c\",\"id\":\"i\",\"where\":["
         "{\"column\":\"c\",\"min\":1}",
         ",\n{\"column\":\"c%d\",\"min\":1}", "]}}",
         "candidates.where has 65 conditions, at most 64 are allowed", TDO_MAX_CONSTRAINTS},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        for (int n = of[i].most; n <= of[i].most + 1; n++) {
            const bool over = n > of[i].most;
            char text[TEXT_ROOM];
            tdo_report report = {.count = 0};
            const tdo_scenario *s = NULL;
            char *p = text + sprintf(text, "%s", of[i].start);
            for (int k = 1; k < n; k++) {
                const char *d = strstr(of[i].item, "%d");
                p += sprintf(p, "%.*s%d%s", (int)(d - of[i].item), of[i].item, k, d + 2);
            }
            strcpy(p, of[i].end);
            tdo_status status = read_text(text, NULL, *state, &s, &report);
            assert_int_equal(report.count, over);
            assert_int_equal(status, over ? TDO_E_INPUT : TDO_OK);
            if (over) {
                assert_string_equal(report.item[0].text, of[i].message);
                assert_int_equal(report.item[0].line, n);
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
    const tdo_scenario *s = NULL;
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

/* The traps of files that hold no scenarios, set again in one. NULL: it is read. */
static void traps(void **state)
{
    static const struct {
        const char *from, *to, *text;
    } trap[] = {
        {"{\n  \"tradeoff\"", "\xEF\xBB\xBF{\n  \"tradeoff\"", NULL},
        {"\"quality\": 3", "\"quality\": -0", NULL},
        {"\"quality\": 3", "\"quality\": 9007199254740993", NULL},
        {"\"tradeoff\": 1", "\"tradeoff\": 1, \"title\": \"</script><script>alert(1)</script>\"",
         NULL},
        {"\"tradeoff\": 1", "\"tradeoff\": 1, \"title\": \"a\xE2\x80\xA8\"", NULL},
        {"\"quality\": 3", "\"quality\": 9223372036854775808",
         "the integer 9223372036854775808 is out of range (write it as in 1e20)"},
        {"\"quality\": 3", "\"quality\": 1e400", "the number 1e400 is too large for a double"},
        {"\"quality\": 3", "\"quality\": 1e-400", "the number 1e-400 is too small for a double"},
        {"\"quality\": 3", "\"quality\": 3, \"qu\\u0061lity\": 1",
         "the key \"qu\\\\u0061lity\" stands twice in its object"},
        {"\"ml\"", "\"m\\u0000l\"", "\\u0000 is not allowed in a string"},
        {"\"ml\"", "\"m\\ud800l\"", "a \\u escape in this string is half of a surrogate pair"},
        {"\"quality\": 3", "\"quality\": NaN",
         "expected a value, found \"NaN\" (a value is a number, a string in double quotes, true, "
         "false, null, a list or an object)"},
    };
    for (size_t i = 0; i < sizeof trap / sizeof *trap; i++) {
        char text[TEXT_ROOM];
        tdo_report report = {.count = 0};
        const tdo_scenario *s = NULL;
        change(text, good_scenario, trap[i].from, trap[i].to);
        tdo_status status = read_text(text, NULL, *state, &s, &report);
        assert_int_equal(report.count, trap[i].text != NULL);
        assert_string_equal(report.item[0].text, trap[i].text ? trap[i].text : "");
        assert_int_equal(status, trap[i].text ? TDO_E_INPUT : TDO_OK);
        assert_int_equal(s != NULL, !trap[i].text);
    }
}

static void longest_string(void **state)
{
    for (size_t length = 1 << 20; length <= (1 << 20) + 1; length++) { /* with the quotes */
        char *text = malloc(length + strlen(good_scenario) + 100);
        tdo_report report = {.count = 0};
        const tdo_scenario *s = NULL;
        bool good = length == 1 << 20;
        assert_non_null(text);
        char *p = text + sprintf(text, "{\n \"title\": \"");
        memset(p, 'x', length - 2);
        (void)sprintf(p + length - 2, "\",%s", good_scenario + 1);
        assert_int_equal(read_text(text, NULL, *state, &s, &report), good ? TDO_OK : TDO_E_INPUT);
        if (good)
            assert_int_equal(strlen(s->title), length - 2);
        else
            assert_string_equal(report.item[0].text,
                                "a string of 1048577 bytes, at most 1048576 are allowed");
        assert_int_equal(report.item[0].line, good ? 0 : 2);
        assert_int_equal(report.item[0].column, good ? 0 : 11);
        free(text);
    }
}

/* Names at their longest, one past it, and far beyond what a message can hold. */
static void long_names(void **state)
{
    for (size_t length = TDO_MAX_NAME_BYTES; length <= 3000; length += length == 256 ? 1 : 2743) {
        char text[TEXT_ROOM], id[3001], to[4096];
        tdo_report report = {.count = 0};
        const tdo_scenario *s = NULL;
        memset(id, 'n', length);
        id[length] = '\0';
        (void)sprintf(to, "\"criteria\": {\"%s\": {\"column\": \"x\", \"goal\": \"max\"},", id);
        change(text, good_scenario, "\"criteria\": {", to);
        tdo_status status = read_text(text, NULL, *state, &s, &report);
        assert_int_equal(status, length == TDO_MAX_NAME_BYTES ? TDO_OK : TDO_E_INPUT);
        if (status == TDO_OK)
            continue;
        const char *want = tdo_text(*state,
                                    "the id of a criterion has %zu bytes, at most 256 are "
                                    "allowed",
                                    length);
        assert_string_equal(report.item[0].text, want);
        assert_int_equal(strlen(report.item[0].path), strlen("criteria.") + 80 + strlen("..."));
    }
}

static void not_readable(void **state)
{
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
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
        const tdo_scenario *s = NULL;
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
        const tdo_scenario *s = NULL;
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_int_equal(read_text(text, NULL, *state, &s, &report), TDO_E_INPUT);
        assert_string_equal(report.item[0].text,
                            depth > TDO_MAX_SCENARIO_DEPTH
                                ? "nested deeper than 32 levels"
                                : "the scenario must be an object, found a list");
        assert_int_equal(report.item[0].column, depth > TDO_MAX_SCENARIO_DEPTH ? 33 : 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(whole_texts),
        WITH_ARENA(in_the_order_of_the_file),
        WITH_ARENA(many_errors),
        WITH_ARENA(too_many),
        WITH_ARENA(one_veto_too_many),
        WITH_ARENA(long_names),
        WITH_ARENA(traps),
        WITH_ARENA(longest_string),
        WITH_ARENA(not_readable),
        WITH_ARENA(size_limit),
        WITH_ARENA(depth_limit),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
