/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order, and who stands out in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "near.h"
#include "world.h"

/* n candidates and d criteria, row by row. */
static world *with(size_t n, size_t d, size_t s_n, const double *reading)
{
    static world w;
    world_start(&w, n, d, s_n);
    memcpy(w.reading, reading, n * d * sizeof *reading);
    return &w;
}

static void run(world *w)
{
    tdo_error err = {0};
    assert_int_equal(world_run(w, &err), TDO_OK);
    assert_int_equal(err.status, TDO_OK);
}

static void order_is(const world *w, const uint32_t *expected)
{
    for (size_t i = 0; i < w->n; i++)
        assert_int_equal(w->r.order[i], expected[i]);
}

static void tied_ones_stand_frontier_first_then_by_id(void **state)
{
    (void)state;
    /* The second criterion has no weight: all but the last are tied, three are on the frontier. */
    world *w = with(5, 2, 1, (double[]){1, 3, 1, 5, 1, 5, 1, 5, 0, 4});
    w->weight[1] = 0;
    strcpy(w->id[1], "b");
    strcpy(w->id[2], "a\xff");
    strcpy(w->id[3], "a");
    run(w);
    order_is(w, (uint32_t[]){3, 2, 1, 0, 4});
    assert_int_equal(w->r.recommended, 3);
    assert_int_equal(w->r.runner_up, 2);
    near(w->r.margin, 0, 0, 0);
    const tdo_case k = world_case(w);
    assert_int_equal(w->r.winner[TDO_RULE_WEIGHTED], 3);
    assert_int_equal(tdo_dominator(&k, 0), 3);
    assert_int_equal(tdo_dominator(&k, 4), 3);
    assert_int_equal(tdo_dominator(&k, 2), UINT32_MAX);
    world_end(w);
}

static void favourites_are_each_ones_own(void **state)
{
    (void)state;
    world *w = with(3, 2, 3, (double[]){10, 0, 0, 10, 6, 6});
    const double weight[] = {1, 0, 0, 1, 1, 1};
    memcpy(w->weight, weight, sizeof weight);
    w->s.rule = TDO_RULE_MAXIMIN;
    run(w);
    assert_int_equal(w->r.favourite[0], 0);
    assert_int_equal(w->r.favourite[1], 1);
    assert_int_equal(w->r.favourite[2], 2);
    assert_int_equal(w->r.recommended, 2);
    assert_int_equal(w->r.stakeholder_rank[0], 1);
    assert_int_equal(w->r.stakeholder_rank[1], 3);
    assert_int_equal(w->r.stakeholder_rank[2], 2);
    near(w->r.margin, 0.6, 1e-15, 0);
    world_end(w);
}

static void one_candidate_has_no_runner_up(void **state)
{
    (void)state;
    for (int rule = 0; rule < TDO_RULES; rule++) {
        world *w = with(1, 2, 2, (double[]){3, 4});
        const size_t stage[] = {0, 1};
        tdo_need need = {.criterion = 0};
        w->s.rule = (tdo_rule)rule;
        w->s.rule_options = (tdo_rule_options){.stage = stage, .n_stages = 2};
        w->stakeholders[0].needs = &need;
        w->stakeholders[0].n_needs = 1;
        run(w);
        assert_int_equal(w->r.recommended, 0);
        assert_int_equal(w->r.top, 0);
        assert_int_equal(w->r.runner_up, UINT32_MAX);
        near(w->r.margin, 0, 0, 0);
        assert_int_equal(w->r.winner[rule], 0);
        world_end(w);
    }
}

/* Scores 1, 0.95, 0.9, 0.4, 0; the second column says how simple, smaller is better. */
static world *simplicity(double within)
{
    world *w = with(5, 2, 1, (double[]){100, 7, 95, 5, 90, 5, 40, 1, 0, 9});
    w->criteria[1].goal = TDO_GOAL_MIN;
    w->weight[1] = 0;
    w->s.simpler = 1;
    w->s.simpler_within = within;
    return w;
}

static void the_simplest_near_the_top_is_recommended(void **state)
{
    (void)state;
    world *w = simplicity(0.1); /* two are equally simple: the better of them */
    run(w);
    assert_int_equal(w->r.top, 0);
    assert_int_equal(w->r.recommended, 1);
    assert_int_equal(w->r.runner_up, 0);
    near(w->r.margin, -0.05, 1e-15, 0);
    world_end(w);
    w = simplicity(0.05); /* at the border, in spite of rounding (1 - 0.95 > 0.05 in doubles) */
    run(w);
    assert_int_equal(w->r.recommended, 1);
    world_end(w);
    w = simplicity(0.04);
    run(w);
    assert_int_equal(w->r.recommended, 0);
    assert_int_equal(w->r.runner_up, 1);
    world_end(w);
    w = simplicity(1);
    run(w);
    assert_int_equal(w->r.recommended, 3);
    world_end(w);
    w = simplicity(0.1); /* just as simple is not simpler */
    w->reading[1] = 5;
    run(w);
    assert_int_equal(w->r.recommended, 0);
    world_end(w);
}

static void practical_ties_need_every_criterion(void **state)
{
    (void)state;
    /* Distance to 10 in the second: 8 and 12 are equally far. The third has no indifference. */
    const double reading[] = {100, 8, 1, 98, 12, 1, 97, 9, 1, 99, 8, 1.5, 98, 8, 1};
    world *w = with(5, 3, 1, reading);
    w->weight[1] = w->weight[2] = 0;
    w->criteria[1].goal = TDO_GOAL_TARGET;
    w->criteria[1].target = 10;
    run(w);
    assert_int_equal(w->r.n_tied, 0); /* nobody said what counts as equal */
    world_end(w);
    w = with(5, 3, 1, reading);
    w->weight[1] = w->weight[2] = 0;
    w->criteria[0].indifference = 2;
    w->criteria[0].has_indifference = true;
    w->criteria[1].goal = TDO_GOAL_TARGET;
    w->criteria[1].target = 10;
    run(w);
    assert_int_equal(w->r.recommended, 0);
    assert_int_equal(w->r.n_tied, 2); /* c01 and c04; c02 is 3 behind, c03 differs in the third */
    assert_int_equal(w->r.tied[0], 1);
    assert_int_equal(w->r.tied[1], 4);
    world_end(w);
}

static void too_many_for_the_headline_rule(void **state)
{
    (void)state;
    for (size_t n = TDO_KEMENY_SURE; n <= TDO_KEMENY_SURE + 1; n++) {
        static world w;
        tdo_error err = {0};
        world_start(&w, n, 1, 1);
        for (size_t i = 0; i < n; i++)
            w.reading[i] = (double)i;
        w.s.rule = TDO_RULE_KEMENY;
        w.s.rule_place = (tdo_place){"scenario.json", "rule", 7, 11};
        tdo_status status = world_run(&w, &err);
        if (n <= TDO_KEMENY_SURE) {
            assert_int_equal(status, TDO_OK);
            assert_int_equal(w.r.recommended, n - 1);
        } else {
            assert_int_equal(status, TDO_E_INPUT);
            assert_int_equal(err.line, 7);
            assert_int_equal(err.column, 11);
            assert_string_equal(err.file, "scenario.json");
            assert_string_equal(err.path, "rule");
            assert_string_equal(
                err.text, "kemeny decides among at most 16 candidates, and 17 meet every limit: "
                          "take another rule (\"tradeoff help rules\"), or add a "
                          "limit");
        }
        world_end(&w);
    }
}

static void rules_that_are_too_slow_are_left_out(void **state)
{
    (void)state;
    world *w = with(TDO_KEMENY_MAX + 1, 1, 1, (double[TDO_KEMENY_MAX + 1]){5, 1});
    run(w);
    assert_false(w->r.by_rule[TDO_RULE_KEMENY].computed);
    assert_null(w->r.by_rule[TDO_RULE_KEMENY].rank);
    assert_int_equal(w->r.winner[TDO_RULE_KEMENY], UINT32_MAX);
    for (int rule = 0; rule < TDO_RULE_KEMENY; rule++) {
        assert_true(w->r.by_rule[rule].computed);
        assert_int_equal(w->r.winner[rule], 0);
    }
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tied_ones_stand_frontier_first_then_by_id),
        cmocka_unit_test(favourites_are_each_ones_own),
        cmocka_unit_test(one_candidate_has_no_runner_up),
        cmocka_unit_test(the_simplest_near_the_top_is_recommended),
        cmocka_unit_test(practical_ties_need_every_criterion),
        cmocka_unit_test(too_many_for_the_headline_rule),
        cmocka_unit_test(rules_that_are_too_slow_are_left_out),
    };
    return cmocka_run_group_tests_name("ranking", tests, NULL, NULL);
}
