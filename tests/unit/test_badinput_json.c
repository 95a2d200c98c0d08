/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostile JSON files of tests/badinput: refused at a place, or read as what is pinned there;
 * none is a scenario. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hostile.h"
#include "tradeoff/scenario.h"
#include "json/json.h"

static void check_tree(const char *name, const char *verdict, const char *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = NULL;
    assert_non_null(a);
    tdo_status status =
        json_parse((json_text){bytes, length, name}, TDO_MAX_SCENARIO_DEPTH, a, &root, &err);
    if (strcmp(verdict, "refused") == 0) {
        if (status != TDO_E_INPUT || err.line == 0 || err.column == 0)
            fail_msg("%s is not refused at a place: %u:%u %s", name, err.line, err.column,
                     err.text);
    } else {
        tdo_sink o = tdo_sink_memory(a);
        if (status != TDO_OK)
            fail_msg("%s is refused: %u:%u %s", name, err.line, err.column, err.text);
        json_node_write(root, &o);
        assert_string_equal(o.text, verdict);
    }
    tdo_arena_free(a);
}

static void check_scenario(const char *name, const char *verdict, const char *bytes, size_t length)
{
    const char *path = "test_badinput_json.tmp";
    tdo_arena *a = tdo_arena_new();
    tdo_report report = {.count = 0};
    const tdo_scenario *s = NULL;
    FILE *f = fopen(path, "w");
    (void)verdict;
    assert_non_null(a);
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, length, f), length);
    assert_int_equal(fclose(f), 0);
    if (tdo_scenario_read(path, NULL, a, &s, &report) != TDO_E_INPUT || report.count == 0)
        fail_msg("%s is a scenario", name);
    assert_true(report.item[0].line > 0 && report.item[0].column > 0);
    assert_true(report.item[0].text[0] != '\0');
    assert_int_equal(remove(path), 0);
    tdo_arena_free(a);
}

static void trees(void **state)
{
    (void)state;
    assert_int_equal(hostile_each("tests/badinput/json.tsv", check_tree), 79);
}

static void scenarios(void **state)
{
    (void)state;
    assert_int_equal(hostile_each("tests/badinput/json.tsv", check_scenario), 79);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),
        cmocka_unit_test(scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
