/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out anywhere while regions are found or weights are asked about: always a
 * status, never a crash, a leak or half an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/world.h"
#include "deny.h"
#include "tradeoff/choice.h"

enum { N = 7, D = 3, S = 2, PARTS = 3, KINDS = TDO_RULES + 2 };

static const double reading[N * D] = {0.9, 0.1, 0.3, 0.1, 0.9, 0.2, 0.4, 0.4, 0.5, 0.5, 0.3,
                                      0.6, 0.2, 0.6, 0.7, 0.3, 0.3, 0.3, 0.8, 0.2, 0.4};
static const double coefficient[PARTS][D] = {{1, -1, 0}, {0, 2, -1}, {0, 0, 10}};

/* A decision under each rule; then two with allowed weights, the second without listed corners. */
typedef struct setting {
    world w;
    tdo_preference part[PARTS];
    tdo_regions regions;
} setting;

static void start(setting *m, int kind)
{
    tdo_error err = {.status = TDO_OK};
    world_start(&m->w, N, D, S);
    memcpy(m->w.reading, reading, sizeof reading);
    m->w.weight[1] = 2;
    m->w.weight[5] = 3;
    static tdo_need need = {.criterion = 0, .has_min = true};
    static const size_t stage[S] = {0, 1};
    m->w.stakeholders[0].needs = &need;
    m->w.stakeholders[0].n_needs = 1;
    m->w.s.rule_options = (tdo_rule_options){.stage = stage, .n_stages = 2};
    m->w.s.rule = kind < TDO_RULES ? (tdo_rule)kind : TDO_RULE_WEIGHTED;
    for (size_t k = 0; k < PARTS; k++)
        m->part[k] = (tdo_preference){.coefficient = coefficient[k],
                                      .bound = k == 2 ? 1 : 0,
                                      .statement = k,
                                      .text = "a statement",
                                      .place = {.file = "scenario.json"}};
    m->w.stakeholders[0].prefers = m->part;
    m->w.stakeholders[0].n_prefers = kind < TDO_RULES ? 0 : PARTS;
    m->w.stakeholders[0].only_prefers = kind >= TDO_RULES;
    m->regions = (tdo_regions){.s = 0};
    assert_int_equal(world_run(&m->w, &err), TDO_OK);
}

static tdo_status solve(int kind, long granted)
{
    static setting m;
    static tdo_region bare[S];
    tdo_choice y = {.computed = false};
    tdo_error err = {.status = TDO_OK};
    tdo_report report = {.count = 0};
    start(&m, kind);
    deny_asked = 0;
    deny_after = granted;
    const tdo_scenario *settled = &m.w.s;
    tdo_status status = tdo_find_regions(&settled, m.w.a, &m.regions, &report);
    m.w.s = *settled;
    if (status == TDO_OK && kind == KINDS - 1) {
        memcpy(bare, m.regions.region, sizeof bare);
        bare[0].vertex = NULL;
        bare[0].vertices = 0;
        m.regions.region = bare;
    }
    tdo_case k = world_case(&m.w);
    k.regions = &m.regions;
    if (status == TDO_OK)
        status = tdo_find_choice(&k, m.w.a, &y, &err);
    deny_after = -1;
    assert_true(y.computed == (status == TDO_OK));
    world_end(&m.w);
    return status;
}

static void choices_end_cleanly(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        assert_int_equal(solve(kind, -1), TDO_OK);
        long asked = deny_asked;
        assert_true(asked > 100);
        for (long granted = 0; granted < asked; granted += 1 + granted / 150) {
            tdo_status status = solve(kind, granted);
            if (status != TDO_E_MEMORY)
                fail_msg("kind %d, allocation %ld of %ld: status %d", kind, granted, asked, status);
        }
    }
}

/* Statements that clash: the search for the smallest set runs out, too. */
static tdo_status clash(long granted)
{
    static setting m;
    static const double against[D] = {-1, 1, 0};
    tdo_report report = {.count = 0};
    start(&m, TDO_RULES);
    m.part[1].coefficient = against;
    m.part[1].strict = true;
    deny_asked = 0;
    deny_after = granted;
    const tdo_scenario *settled = &m.w.s;
    tdo_status status = tdo_find_regions(&settled, m.w.a, &m.regions, &report);
    m.w.s = *settled;
    deny_after = -1;
    world_end(&m.w);
    return status;
}

static void clashes_end_cleanly(void **state)
{
    (void)state;
    assert_int_equal(clash(-1), TDO_E_INPUT);
    long asked = deny_asked;
    assert_true(asked > 100);
    for (long granted = 0; granted < asked; granted += 1 + granted / 150)
        assert_int_equal(clash(granted), TDO_E_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_end_cleanly),
        cmocka_unit_test_setup_teardown(choices_end_cleanly, deny_one, deny_rest),
        cmocka_unit_test(clashes_end_cleanly),
        cmocka_unit_test_setup_teardown(clashes_end_cleanly, deny_one, deny_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
