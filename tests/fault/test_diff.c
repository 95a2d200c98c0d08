/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of reading two results, comparing them and writing that fails once: each ends in
 * TDO_E_MEMORY. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/made_result.h"
#include "deny.h"

typedef tdo_status (*writer)(const tdo_diff *d, tdo_sink *o);

static tdo_status write_text(const tdo_diff *d, tdo_sink *o)
{
    const tdo_table_style style = {.width = 70, .colour = true};
    return tdo_write_diff_text(d, &style, o);
}

/* Two results that differ in everything. */
static void make_texts(tdo_arena *a, const char **was, const char **is)
{
    static char name[300]; /* longer than is shown, and with something to escape */
    made m, other;
    made_row rows[MADE_ROWS];
    memset(name, 'q', sizeof name - 1);
    name[5] = '\x1b';
    memcpy(rows, made_rows, sizeof rows);
    rows[1].quality = 0.5;
    rows[2].cluster = "yes";
    rows[8].id = name;
    made_start(&m);
    m.scenario.json = MADE_SCENARIO("nash", "[150,30]");
    *was = made_text(&m, made_rows, MADE_ROWS, a);
    made_free(&m);
    made_start(&other);
    other.scenario.json = MADE_SCENARIO("weighted", "[150,20]");
    other.scenario.rule = TDO_RULE_WEIGHTED;
    other.constraint[0].condition.max = 145;
    other.stakeholder[1].power = 5;
    other.weights[0][1] = 2;
    made_table(&other, rows, MADE_ROWS);
    memset(other.run.table.sha256, 'c', 64);
    assert_int_equal(made_stages(&other), TDO_OK);
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(tdo_write_result(&other.run, true, &o), TDO_OK);
    *is = o.text;
    made_free(&other);
}

static tdo_status attempt(const char *was_text, const char *is_text, writer write, long granted)
{
    tdo_arena *a = tdo_arena_new(), *taken = tdo_arena_new();
    tdo_result *was = NULL, *is = NULL;
    tdo_diff d = {0};
    tdo_error err = {0};
    tdo_sink o = tdo_sink_memory(taken);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_result_parse(was_text, strlen(was_text), "was.json", a, &was, &err);
    if (status == TDO_OK)
        status = tdo_result_parse(is_text, strlen(is_text), "is.json", a, &is, &err);
    if (status == TDO_OK)
        status = tdo_compare(was, is, a, &d);
    if (status == TDO_OK)
        status = write(&d, &o);
    deny_after = -1;
    tdo_arena_free(a);
    tdo_arena_free(taken);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    static const writer writers[] = {write_text, tdo_write_diff_markdown, tdo_write_diff_json};
    tdo_arena *a = tdo_arena_new();
    const char *was = NULL, *is = NULL;
    (void)state;
    make_texts(a, &was, &is);
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(attempt(was, is, writers[k], -1), TDO_OK);
        long asked = deny_asked;
        assert_true(asked > 100);
        for (long granted = 0; granted < asked; granted++) {
            tdo_status status = attempt(was, is, writers[k], granted);
            if (status != TDO_E_MEMORY)
                fail_msg("writer %zu, allocation %ld of %ld: status %d", k, granted, asked, status);
        }
    }
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
