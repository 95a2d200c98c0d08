/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may mix, which limits bind what, and what is said when they clash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "mix_world.h"
#include "tradeoff/whatif.h"

/* Value and latency: everybody wants value. */
static const double models[] = {100, 300, 60, 100, 0, 20};

static void value_only(mix_world *m)
{
    for (size_t h = 0; h < m->w.s_n; h++) {
        m->w.weight[h * m->w.d] = 1;
        m->w.weight[h * m->w.d + 1] = 0;
    }
}

static tdo_constraint constraint(size_t criterion, double max)
{
    tdo_constraint k = {.owner = "product", .why = "", .stakeholder = TDO_NONE};
    k.condition.criterion = criterion;
    k.condition.has_max = true;
    k.condition.max = max;
    return k;
}

static void run_constrained(mix_world *m, tdo_constraint *k, size_t n)
{
    m->w.s.constraints = k;
    m->w.s.n_constraints = n;
}

/* world.h knows no constraints: m and the columns of them are set here. */
static tdo_status run_with(mix_world *m, tdo_constraint *k)
{
    static const double *no_column[1];
    static const bool *no_words[1];
    tdo_warnings warnings = {0};
    run_constrained(m, NULL, 0);
    assert_int_equal(world_run(&m->w, &m->err), TDO_OK);
    run_constrained(m, k, 1);
    m->w.x.m = 1;
    m->w.x.limited = no_column;
    m->w.x.matches = no_words;
    m->w.x.mix_limited = m->limited;
    assert_int_equal(tdo_screen(&m->w.s, &m->w.x, NULL, m->w.a, &m->w.f), TDO_OK);
    assert_int_equal(tdo_value(&m->w.s, &m->w.x, &m->w.f, m->w.a, &m->w.v, &warnings), TDO_OK);
    const tdo_case now = world_case(&m->w);
    assert_int_equal(tdo_utilities(&now, m->w.a, &m->w.u, &warnings), TDO_OK);
    return tdo_mix_solve(&now, m->w.a, &m->mix, &m->err);
}

static void who_is_infeasible_may_take_part(void **state)
{
    mix_world m;
    tdo_constraint k = constraint(1, 120);
    (void)state;
    mix_start(&m, models, 3, 2, 100);
    value_only(&m);
    assert_int_equal(run_with(&m, &k), TDO_OK);
    assert_int_equal(m.mix.n_shares, 1); /* the second one, without its better */
    near(m.mix.value, 0.6, 1e-15, 0);
    assert_int_equal(m.mix.limits, 0);
    mix_again(&m);
    m.w.s.mix.infeasible_may_mix = true;
    assert_int_equal(run_with(&m, &k), TDO_OK);
    assert_int_equal(m.mix.limits, 1);
    assert_true(m.mix.limit[0].from_constraint);
    near(m.mix.limit[0].reached, 120, 1e-12, 0);
    near(mix_share(&m, 0), 0.1, 1e-14, 0); /* 300 and 100 make 120 */
    near(m.mix.value, 0.64, 1e-15, 0);
    assert_int_equal(m.mix.single, 1);
    near(m.mix.limit[0].price.price, 0.4 / 200, 1e-15, 0);
    mix_again(&m);
    m.w.s.mix.limits[0] = constraint(1, 200); /* a looser limit of the mix: both bind */
    m.w.s.mix.n_limits = 1;
    assert_int_equal(run_with(&m, &k), TDO_OK);
    assert_int_equal(m.mix.limits, 2);
    assert_false(m.mix.limit[0].from_constraint);
    assert_true(m.mix.limit[1].from_constraint);
    near(mix_share(&m, 0), 0.1, 1e-14, 0);
    mix_end(&m);
}

static void nobody_is_feasible_but_a_split_is(void **state)
{
    static const double reading[] = {100, 300, 0, 20, 50, 400};
    mix_world m;
    tdo_constraint k = constraint(1, 120);
    (void)state;
    mix_start(&m, reading, 3, 2, 100);
    value_only(&m);
    m.w.criteria[0].has_range = false;
    k.condition.has_min = true;
    k.condition.min = 90;
    m.w.s.mix.infeasible_may_mix = true;
    assert_int_equal(run_with(&m, &k), TDO_OK);
    assert_int_equal(m.w.f.feasible_n, 0);
    assert_int_equal(m.mix.status, TDO_MIX_OPTIMAL);
    assert_int_equal(m.mix.limits, 2);
    assert_string_equal(m.mix.limit[0].text, "criterion >= 90");
    near(m.mix.limit[1].reached, 120, 1e-12, 0);
    near(mix_share(&m, 0), 100 / 280., 1e-14, 0);
    near(m.mix.value, 100 / 280., 1e-14, 0);
    assert_int_equal(m.mix.single, TDO_NONE);
    assert_true(m.mix.better);
    mix_end(&m);
}

static void a_clash_names_both_and_what_would_do(void **state)
{
    mix_world m;
    (void)state;
    mix_start(&m, models, 3, 2, 100);
    value_only(&m);
    mix_limit_criterion(&m, 1, 60);
    tdo_constraint *k = mix_limit_criterion(&m, 0, 0);
    k->condition.has_max = false;
    k->condition.has_min = true;
    k->condition.min = 90;
    mix_limit_criterion(&m, 1, 250)->owner = "infra"; /* this one is not to blame */
    assert_int_equal(mix_run(&m), TDO_OK);
    assert_int_equal(m.mix.status, TDO_MIX_INFEASIBLE);
    const tdo_mix_clash *c = &m.mix.clash;
    assert_int_equal(c->sets, 1);
    assert_int_equal(c->size[0], 2);
    assert_int_equal(c->set[0][0], 0);
    assert_int_equal(c->set[0][1], 1);
    assert_true(c->complete && c->margin > 0);
    near(c->relax[0], 250, 0, 0); /* 3/4 of the first and 1/4 of the second have value 90 */
    near(c->relax[1], 30, 0, 0);
    assert_true(isnan(c->relax[2]));
    for (size_t i = 0; i < 3; i++) { /* the proof, once more */
        double excess = 0, latency = models[2 * i + 1], value = models[2 * i];
        excess += c->proof[0] / c->scale[0] * (latency - 60);
        excess += c->proof[1] / c->scale[1] * (90 - value);
        excess += c->proof[2] / c->scale[2] * (latency - 250);
        assert_true(excess >= c->margin - 1e-12);
    }
    mix_end(&m);
}

static void too_few_models_are_counted(void **state)
{
    static const double column[] = {10, 0,  5,  0, 10,
                                    5,  10, 10, 0}; /* by candidate: three columns */
    mix_world m;
    (void)state;
    mix_start(&m, models, 3, 2, 100);
    value_only(&m);
    for (size_t k = 0; k < 3; k++) {
        double one[3] = {column[k], column[3 + k], column[6 + k]};
        tdo_constraint *limit = mix_limit_column(&m, one, k == 2 ? 3.75 : 7.5);
        if (k < 2) {
            limit->condition.has_min = true;
            limit->condition.min = 6;
        }
    }
    m.w.s.mix.max_models = 2;
    assert_int_equal(mix_run(&m), TDO_OK);
    assert_int_equal(m.mix.status, TDO_MIX_INFEASIBLE);
    assert_null(m.mix.clash.proof);
    assert_int_equal(m.mix.clash.models, 3);
    mix_end(&m);
}

static void a_limit_on_what_mixes_worst_binds_each(void **state)
{
    mix_world m;
    (void)state;
    mix_start(&m, models, 3, 2, 100);
    value_only(&m);
    m.w.criteria[1].mixes_worst = true;
    mix_limit_criterion(&m, 1, 200);
    mix_solve_ok(&m);
    assert_int_equal(m.mix.n_shares, 1);
    near(mix_share(&m, 1), 1, 0, 0);
    assert_true(m.mix.limit[0].each);
    assert_false(m.mix.limit[0].price.known);
    near(m.mix.reading[1], 100, 0, 0);
    m.limits[0].condition.max = 10; /* nobody */
    mix_again(&m);
    assert_int_equal(mix_run(&m), TDO_OK);
    assert_int_equal(m.mix.status, TDO_MIX_INFEASIBLE);
    assert_int_equal(m.mix.clash.sets, 1);
    near(m.mix.clash.relax[0], 20, 0, 0);
    mix_end(&m);
}

static void who_was_not_measured_takes_no_part(void **state)
{
    static const double column[] = {1, NAN, 1};
    mix_world m;
    (void)state;
    mix_start(&m, models, 3, 2, 100);
    value_only(&m);
    mix_limit_column(&m, column, 2);
    mix_solve_ok(&m);
    assert_int_equal(m.mix.unmeasured, 1);
    assert_int_equal(m.mix.effort.participants, 2);
    mix_end(&m);
}

/* ---- nash ---- */

static void without_a_gain_for_all_the_least_gain_counts(void **state)
{
    static const double utility[] = {0.9, 0.1, 0.1, 0.9, 0.6, 0.6};
    mix_world m;
    (void)state;
    mix_start(&m, utility, 3, 2, 1);
    m.w.incumbent = 2;
    m.w.s.mix.rule = TDO_MIX_NASH;
    mix_solve_ok(&m);
    assert_true(m.mix.no_gain);
    near(m.mix.value, 0, 1e-15, 0);
    near(mix_share(&m, 2), 1, 0, 0);
    assert_false(m.mix.better);
    mix_end(&m);
}

static void who_has_no_power_is_left_out(void **state)
{
    static const double utility[] = {0.9, 0.2, 0.1, 0.9, 0.3, 0.3};
    mix_world m;
    (void)state;
    mix_start(&m, utility, 3, 2, 1);
    m.w.incumbent = 2;
    m.w.stakeholders[1].power = 0;
    m.w.s.mix.rule = TDO_MIX_NASH;
    mix_solve_ok(&m);
    assert_false(m.mix.no_gain);
    near(m.mix.utility[1], 0.2, 1e-12, 0); /* a loss: nobody asks */
    near(m.mix.value, 0.9 - 0.3, 1e-12, 0);
    near(mix_share(&m, 0), 1, 1e-12, 0);
    mix_end(&m);
}

static double nash_at(mix_world *m, double bound)
{
    m->limits[0].condition.max = bound;
    mix_again(m);
    mix_solve_ok(m);
    return m->mix.value;
}

static void the_price_of_nash_is_its_slope(void **state)
{
    static const double utility[] = {0.9, 0.2, 0.1, 0.8, 0.3, 0.3}, cost[] = {5, 4, 1};
    mix_world m;
    (void)state;
    mix_start(&m, utility, 3, 2, 1);
    mix_limit_column(&m, cost, 3);
    m.w.incumbent = 2;
    m.w.s.mix.rule = TDO_MIX_NASH;
    mix_solve_ok(&m);
    double price = m.mix.limit[0].price.price, step = 1e-5;
    assert_true(price > 0.01 && m.mix.limit[0].price.points == 0);
    assert_true(isnan(m.mix.limit[0].price.from));
    double up = nash_at(&m, 3 + step), down = nash_at(&m, 3 - step);
    near(price, (up - down) / (2 * step), 0, 1e-6);
    mix_end(&m);
}

/* ---- single candidates as a bound moves ---- */

static void steps_of_the_best_score(void **state)
{
    static const double reading[] = {100, 300, 60, 100, 0, 20, 60, 90, 80, 100};
    const tdo_step_curve *curve = NULL;
    tdo_constraint k = constraint(1, 120);
    size_t n = 0;
    mix_world m;
    (void)state;
    mix_start(&m, reading, 5, 2, 100);
    value_only(&m);
    assert_int_equal(run_with(&m, &k), TDO_OK);
    const tdo_case now = world_case(&m.w);
    assert_int_equal(tdo_step_curves(&now, m.w.a, &curve, &n), TDO_OK);
    assert_int_equal(n, 1);
    assert_true(curve->is_max);
    near(curve->bound, 120, 0, 0);
    assert_int_equal(curve->steps, 4);
    static const double bound[] = {20, 90, 100, 300}, score[] = {0, 0.6, 0.8, 1};
    static const size_t who[] = {2, 3, 4, 0};
    for (size_t q = 0; q < 4; q++) {
        near(curve->step[q].bound, bound[q], 0, 0);
        near(curve->step[q].score, score[q], 1e-15, 0);
        assert_int_equal(curve->step[q].candidate, who[q]);
    }
    mix_end(&m);
}

/* ---- writing ---- */

static void the_program_is_written(void **state)
{
    mix_world m;
    (void)state;
    mix_start(&m, models, 3, 2, 100);
    mix_limit_criterion(&m, 1, 150)->text = "latency <= 150 ms";
    m.w.s.mix.rule = TDO_MIX_MAXIMIN;
    m.w.s.mix.max_models = 2;
    assert_int_equal(mix_run(&m), TDO_OK);
    tdo_sink o = tdo_sink_memory(m.w.a);
    const tdo_case now = world_case(&m.w);
    assert_int_equal(tdo_mix_write_lp(&now, &o, &m.err), TDO_OK);
    assert_non_null(strstr(o.text, "Maximize"));
    assert_non_null(strstr(o.text, "c00"));
    assert_non_null(strstr(o.text, "shares"));
    assert_non_null(strstr(o.text, "latency"));
    mix_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_infeasible_may_take_part),
        cmocka_unit_test(nobody_is_feasible_but_a_split_is),
        cmocka_unit_test(a_clash_names_both_and_what_would_do),
        cmocka_unit_test(too_few_models_are_counted),
        cmocka_unit_test(a_limit_on_what_mixes_worst_binds_each),
        cmocka_unit_test(who_was_not_measured_takes_no_part),
        cmocka_unit_test(without_a_gain_for_all_the_least_gain_counts),
        cmocka_unit_test(who_has_no_power_is_left_out),
        cmocka_unit_test(the_price_of_nash_is_its_slope),
        cmocka_unit_test(steps_of_the_best_score),
        cmocka_unit_test(the_program_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
