/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of writing a record, reading it and rechecking it fails once: each ends in
 * TDO_E_MEMORY. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/made_result.h"
#include "../unit/scenario_file.h"
#include "deny.h"
#include "tradeoff/recheck.h"

static const tdo_decision decision = {
    .chosen = "dnn-large", .because = "why\nnot", .scenario = "s.json"};

static tdo_status write_markdown(const tdo_run *run, tdo_sink *o)
{
    return tdo_write_record(run, &decision, "d.json", o);
}

static tdo_status write_json(const tdo_run *run, tdo_sink *o)
{
    return tdo_write_record_json(run, &decision, o);
}

/* Reads decision.json of the scratch folder, and compares it with the run. */
static tdo_status recheck(const tdo_run *run, tdo_sink *o)
{
    const tdo_table_style style = {.width = 60, .colour = true};
    tdo_arena *a = tdo_arena_new();
    tdo_record *r = NULL;
    tdo_recheck check = {0};
    tdo_diff d = {0};
    tdo_error err = {0};
    tdo_status status = tdo_record_read("decision.json", a, &r, &err);
    if (status == TDO_OK)
        status = tdo_recheck_decision(r, run, a, &check);
    if (status == TDO_OK)
        status = tdo_compare(r->result, r->result, a, &d);
    if (status == TDO_OK)
        status = tdo_write_recheck(r, &check, &d, &style, o);
    tdo_arena_free(a);
    return status;
}

typedef tdo_status (*step)(const tdo_run *run, tdo_sink *o);

static tdo_status attempt(step take, const tdo_run *run, long granted)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = take(run, &o);
    deny_after = -1;
    tdo_arena_free(a);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    static const step steps[] = {write_markdown, write_json, recheck};
    tdo_arena *a = tdo_arena_new();
    tdo_sink json = tdo_sink_memory(a);
    made m;
    (void)state;
    made_start(&m);
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    assert_int_equal(tdo_write_record_json(&m.run, &decision, &json), TDO_OK);
    write_file("decision.json", json.text, json.length);
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        assert_int_equal(attempt(steps[k], &m.run, -1), TDO_OK);
        long asked = deny_asked;
        assert_true(asked > 20);
        for (long granted = 0; granted < asked; granted++) {
            tdo_status status = attempt(steps[k], &m.run, granted);
            if (status != TDO_E_MEMORY)
                fail_msg("step %zu, allocation %ld of %ld: status %d", k, granted, asked, status);
        }
    }
    assert_int_equal(remove("decision.json"), 0);
    made_free(&m);
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
