/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What if a limit moved, what if somebody were left out: each allocation denied in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/world.h"
#include "deny.h"
#include "tradeoff/whatif.h"

static tdo_status ask(tdo_rule rule, long granted)
{
    static const double reading[] = {0.9, 10, 0.5, 40, 0.2, 90, 0.7, 30};
    static world w;
    const tdo_step_curve *curve = NULL;
    size_t n = 0;
    tdo_swings swings;
    tdo_warnings warnings = {0};
    tdo_error err = {.status = TDO_OK};
    tdo_constraint limit = {.text = "second <= 50",
                            .condition = {.criterion = 1, .has_max = true, .max = 50}};
    /* first >= 2 second, second >= 0.1 */
    static const double first[] = {1, -2}, second[] = {0, 10};
    tdo_preference said[] = {{.coefficient = first, .statement = 0, .text = "first"},
                             {.coefficient = second, .bound = 1, .statement = 1, .text = "second"}};
    tdo_deciding deciding;
    world_start(&w, 4, 2, 2);
    for (size_t q = 0; q < 8; q++)
        w.reading[q] = reading[q];
    w.weight[0] = 3;
    w.s.rule = rule;
    w.stakeholders[0].prefers = said;
    w.stakeholders[0].n_prefers = 2;
    w.stakeholders[0].only_prefers = true;
    w.s.constraints = &limit;
    w.s.n_constraints = 1;
    assert_int_equal(world_run(&w, &err), TDO_OK);
    const tdo_case k = world_case(&w);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_step_curves(&k, w.a, &curve, &n);
    if (status == TDO_OK)
        status = tdo_find_swings(&k, w.a, &swings, &warnings);
    if (status == TDO_OK)
        status = tdo_find_deciding(&k, w.a, &deciding);
    deny_after = -1;
    if (status == TDO_OK)
        assert_int_equal(deciding.asked, 2);
    world_end(&w);
    return status;
}

static void questions_end_cleanly(void **state)
{
    static const tdo_rule rules[] = {TDO_RULE_WEIGHTED, TDO_RULE_KALAI_SMORODINSKY, TDO_RULE_BORDA};
    (void)state;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        assert_int_equal(ask(rules[r], -1), TDO_OK);
        long asked = deny_asked;
        assert_true(asked > 20);
        for (long granted = 0; granted < asked; granted++)
            assert_int_equal(ask(rules[r], granted), TDO_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_end_cleanly),
        cmocka_unit_test_setup_teardown(questions_end_cleanly, deny_one, deny_rest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
