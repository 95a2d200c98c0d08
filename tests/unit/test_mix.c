/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits that can be worked out by hand, and published ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "mix_world.h"

/* Two specialists and a candidate that pleases nobody much. */
static const double specialists[] = {0.9, 0.1, 0.1, 0.9, 0.4, 0.4};

static void a_split_beats_every_single_one(void **state)
{
    mix_world m;
    (void)state;
    mix_start(&m, specialists, 3, 2, 1);
    m.w.s.mix.rule = TDO_MIX_MAXIMIN;
    mix_solve_ok(&m);
    near(m.mix.value, 0.5, 1e-15, 0);
    assert_int_equal(m.mix.n_shares, 2);
    near(mix_share(&m, 0), 0.5, 1e-15, 0);
    near(mix_share(&m, 1), 0.5, 1e-15, 0);
    near(m.mix.utility[0], 0.5, 1e-15, 0);
    near(m.mix.single_value, 0.4, 0, 0);
    assert_int_equal(m.mix.single, 2);
    assert_true(m.mix.better);
    assert_true(m.mix.unique_known && m.mix.unique);
    near(m.mix.level[0].weight, 0.5, 1e-15, 0);
    near(m.mix.shares[0].least, 0.5, 1e-9, 0);
    assert_int_equal(m.mix.next, 2);
    near(m.mix.next_lacks, 0.1, 1e-15, 0);
    mix_end(&m);
}

static void weighted_takes_the_best_one(void **state)
{
    const double utility[] = {0.9, 0.1, 0.2, 0.9, 0.4, 0.4};
    mix_world m;
    (void)state;
    mix_start(&m, utility, 3, 2, 1);
    mix_solve_ok(&m);
    assert_int_equal(m.mix.rule, TDO_MIX_WEIGHTED);
    near(m.mix.value, 0.55, 1e-15, 0);
    assert_int_equal(m.mix.n_shares, 1);
    assert_false(m.mix.better);
    assert_int_equal(m.mix.single, 1);
    mix_end(&m);
}

static void rules_that_count_places_are_refused(void **state)
{
    mix_world m;
    (void)state;
    mix_start(&m, specialists, 3, 2, 1);
    m.w.s.rule = TDO_RULE_BORDA;
    m.w.s.rule_place = (tdo_place){"scenario.json", "rule", 12, 11};
    assert_int_equal(mix_run(&m), TDO_E_INPUT);
    assert_string_equal(m.err.file, "scenario.json");
    assert_string_equal(m.err.path, "rule");
    assert_int_equal(m.err.line, 12);
    assert_non_null(strstr(m.err.text, "\"borda\""));
    assert_non_null(strstr(m.err.text, "leximin"));
    mix_end(&m);
}

/* Value 1 at cost 4, value 0 at cost 0; at most 3 on average, and it is worth 0.25 a unit. */
static void a_limit_has_a_price(void **state)
{
    const double value[] = {1, 0.6, 0}, cost[] = {4, 2, 0};
    mix_world m;
    (void)state;
    mix_start(&m, value, 3, 1, 1);
    mix_limit_column(&m, cost, 3);
    mix_solve_ok(&m);
    near(m.mix.value, 0.8, 1e-15, 0);
    const tdo_price *p = &m.mix.limit[0].price;
    assert_true(p->known);
    near(p->price, 0.2, 1e-15, 0);
    near(p->left, 0.2, 1e-15, 0);
    near(p->right, 0.2, 1e-15, 0);
    near(p->from, 2, 1e-15, 0);
    near(p->to, 4, 1e-15, 0);
    assert_int_equal(p->points, 3);
    near(p->bound[0], 0, 0, 0);
    near(p->value[0], 0, 0, 0);
    near(p->bound[1], 2, 0, 0);
    near(p->value[1], 0.6, 0, 0);
    near(p->bound[2], 4, 0, 0);
    near(p->value[2], 1, 0, 0);
    assert_true(p->complete);
    assert_int_equal(m.mix.single, 1);
    near(m.mix.single_value, 0.6, 0, 0);
    assert_true(m.mix.better);
    assert_string_equal(m.mix.limit[0].text, "column <= 3");
    near(m.mix.limit[0].reached, 3, 1e-15, 0);
    mix_end(&m);
}

static void at_a_kink_the_two_prices_differ(void **state)
{
    const double value[] = {1, 0.6, 0}, cost[] = {4, 2, 0};
    mix_world m;
    (void)state;
    mix_start(&m, value, 3, 1, 1);
    mix_limit_column(&m, cost, 2);
    mix_solve_ok(&m);
    const tdo_price *p = &m.mix.limit[0].price;
    near(p->left, 0.3, 1e-15, 0);
    near(p->right, 0.2, 1e-15, 0);
    near(p->price, 0.2, 1e-15, 0);
    near(p->from, 0, 0, 0);
    near(p->to, 4, 0, 0);
    mix_end(&m);
    mix_start(&m, value, 3, 1, 1);
    mix_limit_column(&m, cost, 0); /* nothing below */
    mix_solve_ok(&m);
    p = &m.mix.limit[0].price;
    assert_true(isinf(p->left));
    near(p->right, 0.3, 1e-15, 0);
    near(p->from, 0, 0, 0);
    near(p->to, 2, 0, 0);
    mix_end(&m);
    mix_start(&m, value, 3, 1, 1);
    mix_limit_column(&m, cost, 9); /* far from binding */
    mix_solve_ok(&m);
    p = &m.mix.limit[0].price;
    near(p->price, 0, 0, 0);
    near(p->left, 0, 0, 0);
    near(p->from, 4, 0, 0);
    assert_true(isinf(p->to) && p->to > 0);
    mix_end(&m);
}

/* The same the other way up: at least so much on average. */
static void a_floor_has_a_price_too(void **state)
{
    const double value[] = {1, 0.6, 0}, quality[] = {-4, -2, 0};
    mix_world m;
    (void)state;
    mix_start(&m, value, 3, 1, 1);
    tdo_constraint *k = mix_limit_column(&m, quality, 0);
    k->condition.has_max = false;
    k->condition.has_min = true;
    k->condition.min = -3;
    mix_solve_ok(&m);
    const tdo_price *p = &m.mix.limit[0].price;
    near(m.mix.value, 0.8, 1e-15, 0);
    near(p->price, 0.2, 1e-15, 0);
    near(p->from, -4, 0, 0);
    near(p->to, -2, 0, 0);
    near(p->bound[0], -4, 0, 0);
    near(p->value[0], 1, 0, 0);
    near(p->bound[2], 0, 0, 0);
    near(p->value[2], 0, 0, 0);
    assert_string_equal(m.mix.limit[0].text, "column >= -3");
    k->condition.min = -2;
    mix_again(&m);
    mix_solve_ok(&m);
    p = &m.mix.limit[0].price;
    near(p->left, 0.2, 1e-15, 0); /* relaxing is downwards here */
    near(p->right, 0.3, 1e-15, 0);
    near(p->price, 0.2, 1e-15, 0);
    mix_end(&m);
}

/* One criterion in ms that the limit is on, one in USD that everybody wants. */
static void a_price_in_the_units_of_others(void **state)
{
    const double reading[] = {100, 1000, 50, 0};
    mix_world m;
    (void)state;
    mix_start(&m, reading, 2, 2, 1000);
    for (size_t h = 0; h < 2; h++) {
        m.w.weight[2 * h] = 0;
        m.w.weight[2 * h + 1] = 1;
    }
    mix_limit_criterion(&m, 0, 60);
    mix_solve_ok(&m);
    near(m.mix.value, 0.2, 1e-15, 0);
    near(m.mix.limit[0].price.price, 0.02, 1e-15, 0);
    assert_true(isnan(m.mix.limit[0].price.worth[0]));
    /* a value of 0.02 is 20 USD; only the 80 % that are at 0 USD can gain */
    near(m.mix.limit[0].price.worth[1], 25, 1e-12, 0);
    near(m.mix.reading[0], 60, 1e-13, 0);
    near(m.mix.reading[1], 200, 1e-12, 0);
    mix_end(&m);
}

static void other_splits_may_be_as_good(void **state)
{
    const double utility[] = {0.5, 0.5, 0.5, 0.5, 0.2, 0.9};
    mix_world m;
    (void)state;
    mix_start(&m, utility, 3, 2, 1);
    m.w.s.mix.rule = TDO_MIX_MAXIMIN;
    mix_solve_ok(&m);
    near(m.mix.value, 0.5, 1e-15, 0);
    assert_true(m.mix.unique_known);
    assert_false(m.mix.unique);
    near(m.mix.shares[0].least, 0, 1e-12, 0);
    near(m.mix.shares[0].most, 1, 1e-12, 0);
    mix_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_split_beats_every_single_one),
        cmocka_unit_test(weighted_takes_the_best_one),
        cmocka_unit_test(rules_that_count_places_are_refused),
        cmocka_unit_test(a_limit_has_a_price),
        cmocka_unit_test(at_a_kink_the_two_prices_differ),
        cmocka_unit_test(a_floor_has_a_price_too),
        cmocka_unit_test(a_price_in_the_units_of_others),
        cmocka_unit_test(other_splits_may_be_as_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
