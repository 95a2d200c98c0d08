/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile JSON files that others collected, from the folder that TDO_SHARED names; skipped without
 * it. n_: must be refused. i_ and the transforms: what this reader does is pinned here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/source.h"
#include "tradeoff/scenario.h"
#include "json/json.h"

enum { PATH_ROOM = 1024 };

/* Those that are read, and what as; all others are refused. */
static const struct {
    const char *name, *json;
} accepted[] = {
    {"i_structure_UTF-8_BOM_empty_object.json", "{}"},
    {"number_-9223372036854775808.json", "[-9.223372036854776e+18]"},
    {"number_1.0.json", "[1]"},
    {"number_1.000000000000000005.json", "[1]"},
    {"number_1000000000000000.json", "[1e+15]"},
    {"number_1e6.json", "[1000000]"},
    {"number_9223372036854775807.json", "[9.223372036854776e+18]"},
    {"object_key_nfc_nfd.json", "{\"\xC3\xA9\":\"NFC\",\"e\xCC\x81\":\"NFD\"}"},
    {"object_key_nfd_nfc.json", "{\"e\xCC\x81\":\"NFD\",\"\xC3\xA9\":\"NFC\"}"},
    {"array_top.json", "[]"},
    {"bom.json", "{\"a\":1}"},
    {"bool_as_number.json", "{\"w\":true}"},
    {"int_2p53_plus1.json", "{\"w\":9007199254740992}"},
    {"long_string_64k.json", NULL},
    {"minus_zero_int.json", "{\"w\":0}"},
    {"null_value.json", "{\"w\":null}"},
    {"number_as_string.json", "{\"w\":\"0.5\"}"},
    {"script_close.json", "{\"name\":\"</script><script>alert(1)</script>\"}"},
    {"u2028.json", "{\"name\":\"a\xE2\x80\xA8"
                   "b\"}"},
    {"unknown_key.json", "{\"wieghts\":{\"cost\":1}}"},
    {"weight_1e308.json", "{\"weights\":{\"cost\":1e+308,\"accuracy\":1e+308}}"},
    {"weight_negative.json", "{\"weights\":{\"cost\":-1}}"},
    {"weights_sum_zero.json", "{\"weights\":{\"cost\":0,\"accuracy\":0}}"},
};
enum { ACCEPTED = sizeof accepted / sizeof *accepted };

static size_t find_accepted(const char *name)
{
    size_t i = 0;
    while (i < ACCEPTED && strcmp(accepted[i].name, name) != 0)
        i++;
    return i;
}

static void check_tree(const char *path, const char *name)
{
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = NULL;
    char *bytes = NULL, sha256[65];
    size_t length = 0, i = find_accepted(name);
    assert_non_null(a);
    assert_int_equal(
        source_slurp(path, name, TDO_MAX_SCENARIO_BYTES, a, &bytes, &length, sha256, &err), TDO_OK);
    tdo_status status = json_parse(bytes, length, name, TDO_MAX_SCENARIO_DEPTH, a, &root, &err);
    if (i == ACCEPTED && (status != TDO_E_INPUT || err.line == 0 || err.column == 0))
        fail_msg("%s is not refused at a place: %u:%u %s", name, err.line, err.column, err.text);
    if (i < ACCEPTED && status != TDO_OK)
        fail_msg("%s is refused: %u:%u %s", name, err.line, err.column, err.text);
    if (i < ACCEPTED && accepted[i].json) {
        tdo_sink o = tdo_sink_memory(a);
        json_node_write(root, &o);
        assert_string_equal(o.text, accepted[i].json);
    }
    tdo_arena_free(a);
}

/* None of them is a scenario, and each says where and why. */
static void check_scenario(const char *path)
{
    tdo_arena *a = tdo_arena_new();
    tdo_report report = {.count = 0};
    tdo_scenario *s = NULL;
    assert_non_null(a);
    assert_int_equal(tdo_scenario_read(path, NULL, a, &s, &report), TDO_E_INPUT);
    assert_true(report.count > 0);
    assert_true(report.item[0].line > 0 && report.item[0].column > 0);
    assert_true(report.item[0].text[0] != '\0');
    tdo_arena_free(a);
}

/* Checks every file of a folder; at_least guards against a folder that was emptied. */
static void check_folder(const char *folder, size_t at_least)
{
    const char *shared = getenv("TDO_SHARED");
    char path[PATH_ROOM];
    size_t n = 0;
    if (!shared)
        skip();
    (void)snprintf(path, sizeof path, "%s/badinput/%s", shared, folder);
    DIR *d = opendir(path);
    if (!d)
        skip();
    for (struct dirent *e = readdir(d); e; e = readdir(d)) {
        size_t length = strlen(e->d_name);
        if (length < 6 || strcmp(e->d_name + length - 5, ".json") != 0)
            continue;
        (void)snprintf(path, sizeof path, "%s/badinput/%s/%s", shared, folder, e->d_name);
        check_tree(path, e->d_name);
        check_scenario(path);
        n++;
    }
    (void)closedir(d);
    assert_true(n >= at_least);
}

static void suite(void **state)
{
    (void)state;
    check_folder("json-suite", 221);
}

static void transforms(void **state)
{
    (void)state;
    check_folder("json-transform", 22);
}

static void own(void **state)
{
    (void)state;
    check_folder("json-own", 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suite),
        cmocka_unit_test(transforms),
        cmocka_unit_test(own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
