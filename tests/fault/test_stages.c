/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the stages and the writers fails once: each ends in TDO_E_MEMORY. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/made_run.h"
#include "deny.h"
#include "tradeoff/output.h"

enum { ROWS = MADE_ROWS, KINDS = 4 };

static char long_name[3000]; /* longer than any buffer, and with something to escape */

/* A run up to its table: kind 0 recommends, 1 is infeasible, 2 drops and 3 imputes. */
static void start(made *m, int kind)
{
    made_row rows[ROWS];
    memcpy(rows, made_rows, sizeof rows);
    memset(long_name, 'q', sizeof long_name - 1);
    long_name[5] = '\x1b';
    rows[2].id = long_name;
    if (kind >= 2)
        rows[4].quality = NAN;
    made_start(m);
    if (kind == 1)
        m->constraint[0].condition.max = 1;
    m->scenario.missing = kind == 3 ? TDO_MISSING_WORST : TDO_MISSING_DROP;
    made_table(m, rows, ROWS);
}

/* The stages with so many allocations granted (-1: all). */
static tdo_status try_stages(int kind, long granted)
{
    made m;
    start(&m, kind);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = made_stages(&m);
    deny_after = -1;
    made_free(&m);
    return status;
}

static void stages_end_cleanly(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        assert_int_equal(try_stages(kind, -1), TDO_OK);
        long asked = deny_asked;
        assert_true(asked > 20);
        for (long granted = 0; granted < asked; granted++) {
            tdo_status status = try_stages(kind, granted);
            if (status != TDO_E_MEMORY)
                fail_msg("kind %d, allocation %ld of %ld: status %d", kind, granted, asked, status);
        }
    }
}

enum { WRITERS = 6 };

typedef tdo_status (*writer)(const tdo_run *run, tdo_sink *o);

static tdo_status write_result(const tdo_run *run, tdo_sink *o)
{
    return tdo_write_result(run, false, o);
}

static tdo_status write_csv(const tdo_run *run, tdo_sink *o)
{
    return tdo_write_csv(run, true, o);
}

static tdo_status write_table(const tdo_run *run, tdo_sink *o)
{
    const tdo_table_style style = {.width = 70, .colour = true};
    return tdo_write_table(run, &style, o);
}

static tdo_status write_full_table(const tdo_run *run, tdo_sink *o)
{
    const tdo_table_style style = {.width = 60, .height = 24, .full = true, .typed = "s.json"};
    return tdo_write_table(run, &style, o);
}

static bool ignore(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return true;
}

static tdo_status try_writer(const tdo_run *run, writer write, bool collect, long granted)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = collect ? tdo_sink_memory(a) : (tdo_sink){.write = ignore};
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = write(run, &o);
    deny_after = -1;
    tdo_arena_free(a);
    return status;
}

static void try_all(const tdo_run *run, size_t w, bool collect)
{
    static const writer writers[WRITERS] = {
        write_result,           write_csv,         write_table, write_full_table,
        tdo_write_frontier_csv, tdo_write_markdown};
    assert_int_equal(try_writer(run, writers[w], collect, -1), TDO_OK);
    long asked = deny_asked;
    assert_true(asked > 3);
    for (long granted = 0; granted < asked; granted++) {
        tdo_status status = try_writer(run, writers[w], collect, granted);
        if (status != TDO_E_MEMORY)
            fail_msg("writer %zu, allocation %ld of %ld: status %d", w, granted, asked, status);
    }
}

static void writers_end_cleanly(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        made m;
        start(&m, kind);
        assert_int_equal(made_stages(&m), TDO_OK);
        for (size_t w = 0; w < WRITERS; w++) {
            try_all(&m.run, w, false);
            try_all(&m.run, w, true);
        }
        made_free(&m);
    }
}

static tdo_status try_explanation(const tdo_run *run, size_t i, long granted)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sentences s = {0};
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_explain_candidate(run, i, (i + 1) % ROWS, a, &s);
    deny_after = -1;
    tdo_arena_free(a);
    return status;
}

static void explanations_end_cleanly(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        made m;
        start(&m, kind);
        assert_int_equal(made_stages(&m), TDO_OK);
        for (size_t i = 0; i < ROWS; i++) {
            assert_int_equal(try_explanation(&m.run, i, -1), TDO_OK);
            for (long granted = 0, asked = deny_asked; granted < asked; granted++)
                assert_int_equal(try_explanation(&m.run, i, granted), TDO_E_MEMORY);
        }
        made_free(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_end_cleanly),
        cmocka_unit_test_setup_teardown(stages_end_cleanly, deny_one, deny_rest),
        cmocka_unit_test(writers_end_cleanly),
        cmocka_unit_test(explanations_end_cleanly),
    };
    return cmocka_run_group_tests_name("out of memory", tests, NULL, NULL);
}
