/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out anywhere in a mix: always a status, never a crash, a leak or half an answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/mix_world.h"
#include "deny.h"
#include "tradeoff/output.h"

enum { N = 5, KINDS = 7 };

static const double utility[] = {0.9, 0.1, 0.1, 0.9, 0.4, 0.4, 0.5, 0.3, 0.2, 0.6};

/* A decision of each kind, up to its utilities. */
static void start(mix_world *m, int kind)
{
    static const tdo_mix_rule rules[KINDS] = {TDO_MIX_WEIGHTED,  TDO_MIX_LEXIMIN, TDO_MIX_NASH,
                                              TDO_MIX_CHEBYSHEV, TDO_MIX_MAXIMIN, TDO_MIX_NASH,
                                              TDO_MIX_MAXIMIN};
    const double cost[N] = {5, 3, 1, 2, 4}, room[N] = {1, 0, 2, 1, 1};
    mix_start(m, utility, N, 2, 1);
    m->w.s.mix.rule = rules[kind];
    m->w.s.mix.max_models = kind == 5 ? 2 : 0;
    m->w.criteria[0].mixes_worst = kind == 4;
    mix_limit_column(m, cost, kind == 6 ? 1.5 : 3);
    mix_limit_column(m, room, kind == 6 ? 1 : 1.5);
    assert_int_equal(world_run(&m->w, &m->err), TDO_OK);
    m->w.x.mix_limited = m->limited;
}

static tdo_status solve(int kind, long granted, tdo_mix_status *found)
{
    mix_world m;
    start(&m, kind);
    const tdo_case k = world_case(&m.w);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_mix_solve(&k, m.w.a, &m.mix, &m.err);
    deny_after = -1;
    assert_int_equal(m.err.status, status);
    *found = m.mix.status;
    mix_end(&m);
    return status;
}

static void mixes_end_cleanly(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        tdo_mix_status found = TDO_MIX_NUMERICAL;
        assert_int_equal(solve(kind, -1, &found), TDO_OK);
        assert_int_equal(found, kind == 6 ? TDO_MIX_INFEASIBLE : TDO_MIX_OPTIMAL);
        long asked = deny_asked;
        assert_true(asked > 50);
        for (long granted = 0; granted < asked; granted += granted < 300 ? 1 : 7) {
            tdo_status status = solve(kind, granted, &found);
            if (status != TDO_E_MEMORY)
                fail_msg("kind %d, allocation %ld of %ld: status %d", kind, granted, asked, status);
        }
    }
}

static tdo_status write_out(long granted)
{
    mix_world m;
    tdo_arena *a = tdo_arena_new();
    start(&m, 4);
    const tdo_case k = world_case(&m.w);
    tdo_sink o = tdo_sink_memory(a);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_mix_write_lp(&k, &o, &m.err);
    deny_after = -1;
    mix_end(&m);
    tdo_arena_free(a);
    return status;
}

static void writing_ends_cleanly(void **state)
{
    (void)state;
    assert_int_equal(write_out(-1), TDO_OK);
    long asked = deny_asked;
    for (long granted = 0; granted < asked; granted++)
        assert_int_not_equal(write_out(granted), TDO_OK);
}

/* The sentences and the table of a split (kind 1), and of a clash (6). */
static tdo_status say(int kind, long granted)
{
    static const tdo_table_style style = {.width = 80};
    mix_world m;
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    start(&m, kind);
    const tdo_case k = world_case(&m.w);
    m.w.s.title = "title";
    assert_int_equal(tdo_mix_solve(&k, m.w.a, &m.mix, &m.err), TDO_OK);
    tdo_run run = {.arena = m.w.a,
                   .scenario = &m.w.s,
                   .measured = m.w.x,
                   .screened = m.w.f,
                   .feasible = true,
                   .valued = m.w.v,
                   .front = m.w.front,
                   .utility = m.w.u,
                   .ranking = m.w.r,
                   .mixed = true,
                   .mix = m.mix};
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_write_mix_table(&run, &style, &o);
    deny_after = -1;
    mix_end(&m);
    tdo_arena_free(a);
    return status;
}

static void words_end_cleanly(void **state)
{
    (void)state;
    for (int kind = 1; kind <= 6; kind += 5) {
        assert_int_equal(say(kind, -1), TDO_OK);
        long asked = deny_asked;
        assert_true(asked > 5);
        for (long granted = 0; granted < asked; granted++)
            assert_int_equal(say(kind, granted), TDO_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixes_end_cleanly),
        cmocka_unit_test_setup_teardown(mixes_end_cleanly, deny_one, deny_rest),
        cmocka_unit_test(writing_ends_cleanly),
        cmocka_unit_test(words_end_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
