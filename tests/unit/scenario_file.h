/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario texts for tests: a good one, changed in one place, read from a file of its own folder.
 * Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_SCENARIO_FILE_H
#define TRADEOFF_TESTS_SCENARIO_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tradeoff/scenario.h"

enum { TEXT_ROOM = 32768 };

/* The least that is a scenario, with one of everything that most changes are made to. */
static const char *const good_scenario =
    "{\n"
    "  \"tradeoff\": 1,\n"
    "  \"candidates\": {\"file\": \"c.csv\", \"id\": \"model\"},\n"
    "  \"criteria\": {\n"
    "    \"quality\": {\"column\": \"ndcg\", \"goal\": \"max\"},\n"
    "    \"latency\": {\"column\": \"p95_ms\", \"goal\": \"min\", \"unit\": \"ms\"},\n"
    "    \"clarity\": {\"column\": \"words\", \"levels\": [\"opaque\", \"post-hoc\", "
    "\"inherent\"]}\n"
    "  },\n"
    "  \"stakeholders\": {\n"
    "    \"ml\": {\"weights\": {\"quality\": 3, \"latency\": 1}},\n"
    "    \"ops\": {\"weights\": {\"latency\": 1}}\n"
    "  },\n"
    "  \"constraints\": [\n"
    "    {\"criterion\": \"latency\", \"max\": 150}\n"
    "  ]\n"
    "}\n";

/* base with `from` (which must be there once) replaced by `to`. */
static inline void change(char out[TEXT_ROOM], const char *base, const char *from, const char *to)
{
    const char *at = strstr(base, from);
    if (!at || strstr(at + 1, from))
        fail_msg("not there once: %s", from);
    assert_true(strlen(base) + strlen(to) < TEXT_ROOM);
    memcpy(out, base, (size_t)(at - base));
    strcpy(out + (at - base), to);
    strcat(out, at + strlen(from));
}

static inline void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, length, f), length);
    assert_int_equal(fclose(f), 0);
}

/* Reads text as "scenario.json" of the current folder. */
static inline tdo_status read_text(const char *text, const tdo_overrides *over, tdo_arena *a,
                                   const tdo_scenario **s, tdo_report *report)
{
    write_file("scenario.json", text, strlen(text));
    return tdo_scenario_read("scenario.json", over, a, s, report);
}

static inline const tdo_scenario *read_good(const char *text, const tdo_overrides *over,
                                            tdo_arena *a)
{
    const tdo_scenario *s = NULL;
    tdo_report report = {.count = 0};
    tdo_status status = read_text(text, over, a, &s, &report);
    if (status != TDO_OK)
        fail_msg("%s:%u:%u: %s", report.item[0].file, report.item[0].line, report.item[0].column,
                 report.item[0].text);
    assert_int_equal(report.count, 0);
    return s;
}

static inline void assert_place(tdo_place p, const char *file, unsigned line, unsigned column,
                                const char *path)
{
    assert_string_equal(p.file, file);
    assert_string_equal(p.path, path);
    assert_int_equal(p.line, line);
    assert_int_equal(p.column, column);
}

/* ---- the tests of a program run in a temporary folder, each with an arena ---- */

static char scratch[] = "/tmp/tradeoff-test-XXXXXX";

static inline int enter_scratch(void **state)
{
    (void)state;
    return !mkdtemp(scratch) || chdir(scratch) != 0;
}

static inline int leave_scratch(void **state)
{
    (void)state;
    (void)remove("scenario.json");
    return chdir("/") != 0 || rmdir(scratch) != 0;
}

static inline int make_arena(void **state)
{
    *state = tdo_arena_new();
    return !*state;
}

static inline int free_arena(void **state)
{
    tdo_arena_free(*state);
    return 0;
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)

#endif
