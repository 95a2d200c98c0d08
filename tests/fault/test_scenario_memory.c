/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of reading a scenario fails, once and from there on, the arena's and jansson's:
 * it ends in TDO_E_MEMORY, or reads what it reads with memory, and never in a wrong complaint. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <jansson.h>

#include "../unit/scenario_file.h"
#include "deny.h"

/* Long keys, strings and numbers make jansson's buffer grow. */
static const char *const good_text =
    "{\"tradeoff\": 1, \"title\": \"a title that is rather longer than the others\",\n"
    " \"candidates\": {\"file\": \"c.csv\", \"id\": [\"model\", \"batch\"],\n"
    "   \"where\": [{\"column\": \"status\", \"in\": [\"FINISHED\", 1]}], \"incumbent\": \"x\",\n"
    "   \"join\": [{\"file\": \"o.csv\", \"on\": [\"a\", {\"b\": \"c\"}]}],\n"
    "   \"average\": {\"by\": [\"a\", \"b\"], \"se\": true}},\n"
    " \"criteria\": {\n"
    "   \"quality of the ranking, offline\": {\"column\": \"ndcg\", \"goal\": \"max\",\n"
    "      \"range\": [0.00000000000000000001234567, 0.5], \"se\": {\"column\": \"se\"}},\n"
    "   \"margin\": {\"linear\": {\"fee\": 1, \"cost\": -1}, \"goal\": {\"target\": 3},\n"
    "      \"value\": [[0, 1], [2, 0]]},\n"
    "   \"gap\": {\"groups\": {\"file\": \"g.csv\", \"id\": [\"a\", \"b\"], \"group\": \"g\",\n"
    "      \"value\": \"v\", \"size\": \"n\", \"take\": \"gap\"}, \"goal\": \"min\"},\n"
    "   \"clarity\": {\"column\": \"w\", \"levels\": [\"opaque\", \"clear\"]}},\n"
    " \"stakeholders\": {\"ml\": {\"weights\": {\"margin\": 1},\n"
    "   \"needs\": {\"clarity\": {\"min\": \"clear\", \"veto\": true}}}},\n"
    " \"constraints\": [{\"criterion\": \"margin\", \"max\": 150}, {\"column\": \"x\", \"in\": "
    "[\"a\"]}],\n"
    " \"simpler\": {\"criterion\": \"clarity\", \"within\": 0.1}}\n";

static const char *const bad_text =
    "{\"tradeoff\": 1, \"tittle\": 3, \"candidates\": {\"id\": \"\", \"missing\": \"x\"},\n"
    " \"criteria\": {\"q\": {\"column\": \"c\", \"goal\": \"mx\", \"range\": \"wide\"},\n"
    "   \"l\": {\"column\": \"c\", \"levels\": [\"a\", \"a\"]}},\n"
    " \"stakeholders\": {\"s\": {\"weights\": {\"r\": -1, \"q\": \"one\"}}},\n"
    " \"constraints\": [{\"criterion\": \"q\", \"max\": 1, \"min\": 2}, {}]}\n";

static const char *const set[] = {"candidates.missing=worst", "title=\"some other title\""};
static const char *const limit[] = {"margin<=100", "y>=1"};
static const tdo_overrides over = {
    .set = set, .n_set = 2, .limit = limit, .n_limit = 2, .rule = "nash"};

typedef struct outcome {
    tdo_status status;
    char json[4096];
    tdo_report report;
} outcome;

static void read_once(const char *text, outcome *out)
{
    const tdo_scenario *s = NULL;
    tdo_arena *a = tdo_arena_new();
    assert_non_null(a);
    memset(out, 0, sizeof *out);
    out->status = read_text(text, &over, a, &s, &out->report);
    if (out->status == TDO_OK)
        (void)snprintf(out->json, sizeof out->json, "%s", s->json);
    tdo_arena_free(a);
}

static bool same(const outcome *a, const outcome *b)
{
    return a->status == b->status && strcmp(a->json, b->json) == 0 &&
           memcmp(&a->report, &b->report, sizeof a->report) == 0;
}

/* ---- the arena ---- */

static void arena_denied(const char *text)
{
    static outcome with_memory, out;
    deny_after = -1;
    deny_asked = 0;
    read_once(text, &with_memory);
    long asked = deny_asked;
    assert_true(asked > 100);
    for (long i = 0; i < asked; i++) {
        deny_after = i; /* this one and all that follow */
        read_once(text, &out);
        deny_after = -1;
        assert_int_equal(out.status, TDO_E_MEMORY);
        assert_int_equal(out.report.count, 0);
    }
}

static void arena_good(void **state)
{
    (void)state;
    arena_denied(good_text);
}

static void arena_bad(void **state)
{
    (void)state;
    arena_denied(bad_text);
}

/* ---- jansson ---- */

static long asked, turn; /* turn: the allocation that fails; 0: none */
static bool for_good;    /* and all after it */

static void *failing(size_t size)
{
    asked++;
    if (turn > 0 && (asked == turn || (for_good && asked > turn))) {
        errno = ENOMEM; /* as malloc does */
        return NULL;
    }
    return malloc(size);
}

static void jansson_denied(const char *text)
{
    static outcome with_memory, out;
    turn = asked = 0;
    read_once(text, &with_memory);
    long n = asked;
    assert_true(n > 50);
    for (int forever = 0; forever <= 1; forever++) {
        for (long i = 1; i <= n; i++) {
            for_good = forever;
            turn = i;
            asked = 0;
            read_once(text, &out);
            if (out.status != TDO_E_MEMORY && !same(&out, &with_memory))
                fail_msg("allocation %ld: status %d, %s", i, (int)out.status,
                         out.report.item[0].text);
        }
    }
    turn = 0;
}

static void jansson_good(void **state)
{
    (void)state;
    jansson_denied(good_text);
}

static void jansson_bad(void **state)
{
    (void)state;
    jansson_denied(bad_text);
}

static int enter(void **state)
{
    json_set_alloc_funcs(failing, free);
    return enter_scratch(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_good),
        cmocka_unit_test(arena_bad),
        cmocka_unit_test(jansson_good),
        cmocka_unit_test(jansson_bad),
    };
    return cmocka_run_group_tests(tests, enter, leave_scratch);
}
