/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of utilities as they are found: one stakeholder decides, somebody gains nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

enum { N = 10, TWO = 2 };

/* Two stakeholders who each look at one of two criteria: `who` is worse off at the first k of N. */
static void start(world *w, size_t who, size_t k)
{
    world_start(w, N, 2, TWO);
    for (size_t h = 0; h < TWO; h++)
        w->weight[h * 2 + (1 - h)] = 0;
    for (size_t i = 0; i < N; i++) {
        w->reading[i * 2 + who] = i < k ? 0 : 1;
        w->reading[i * 2 + (1 - who)] = i < k ? 1 : 0;
    }
    w->s.rule = TDO_RULE_MAXIMIN;
}

/* How often a warning is said of its utilities. */
static size_t said(world *w, const char *code)
{
    tdo_error err = {.status = TDO_OK};
    tdo_warnings warnings = {0};
    size_t n = 0;
    assert_int_equal(world_run(w, &err), TDO_OK);
    const tdo_case k = world_case(w);
    assert_int_equal(tdo_utilities(&k, w->a, &w->u, &warnings), TDO_OK);
    for (size_t q = 0; q < warnings.n; q++)
        n += strcmp(warnings.item[q].code, code) == 0;
    world_end(w);
    return n;
}

static void one_decides_from_nine_in_ten(void **state)
{
    (void)state;
    for (size_t who = 0; who < TWO; who++) {
        world w;
        start(&w, who, 9);
        assert_int_equal(said(&w, "W_ONE_DECIDES"), 1);
        start(&w, who, 8);
        assert_int_equal(said(&w, "W_ONE_DECIDES"), 0);
        start(&w, who, 9);
        w.s.rule = TDO_RULE_WEIGHTED;
        assert_int_equal(said(&w, "W_ONE_DECIDES"), 0);
        start(&w, who, 9); /* nobody else has a say, so the other is never the worst-off */
        w.stakeholders[who].power = 0;
        assert_int_equal(said(&w, "W_ONE_DECIDES"), 0);
    }
}

/* Where both are equally badly off, none of them decides alone. */
static void who_shares_the_last_place_does_not_decide(void **state)
{
    world w;
    (void)state;
    start(&w, 0, 9);
    w.reading[0 * 2 + 1] = 0;
    assert_int_equal(said(&w, "W_ONE_DECIDES"), 0);
}

/* Over the incumbent: whoever has it at their best. */
static void no_gain_is_said_of_whom_it_holds_for(void **state)
{
    world w;
    (void)state;
    start(&w, 0, 5);
    w.s.rule = TDO_RULE_NASH;
    assert_int_equal(said(&w, "W_NO_GAIN"), 0);
    start(&w, 0, 5);
    w.s.rule = TDO_RULE_NASH;
    w.incumbent = 0;
    assert_int_equal(said(&w, "W_NO_GAIN"), 1);
    start(&w, 0, 5);
    w.s.rule = TDO_RULE_NASH;
    w.incumbent = 0;
    w.stakeholders[1].power = 0; /* it is at this one's best */
    assert_int_equal(said(&w, "W_NO_GAIN"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_decides_from_nine_in_ten),
        cmocka_unit_test(who_shares_the_last_place_does_not_decide),
        cmocka_unit_test(no_gain_is_said_of_whom_it_holds_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
