/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model room on problems small enough to work out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "near.h"
#include "tradeoff/decision.h"

typedef struct world {
    tdo_arena *a;
    tdo_scenario s;
    tdo_measured x;
    tdo_warnings w;
} world;

static tdo_term one_column = {.column = "y", .coefficient = 1};

/* One criterion over n readings, m constraints given by the caller. */
static world make(tdo_criterion *c, const double *reading, size_t n)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
    static const bool nobody[6];
    static const double *no_se[1];
    world y = {.a = tdo_arena_new()};
    const double **column = tdo_alloc(y.a, 1, sizeof *column);
    assert_non_null(column);
    *column = reading;
    c->id = c->label = "y";
    c->unit = "";
    c->terms = &one_column;
    c->n_terms = 1;
    y.s = (tdo_scenario){.criteria = c, .n_criteria = 1, .simpler = TDO_NONE};
    y.x = (tdo_measured){.n = n,
                         .d = 1,
                         .id = ids,
                         .reading = column,
                         .se = no_se,
                         .dropped = nobody,
                         .incumbent = TDO_NONE};
    return y;
}

static tdo_valued valued(world *y)
{
    tdo_screened f;
    tdo_valued v;
    assert_int_equal(tdo_screen(&y->s, &y->x, NULL, y->a, &f), TDO_OK);
    assert_int_equal(tdo_value(&y->s, &y->x, &f, y->a, &v, &y->w), TDO_OK);
    return v;
}

static double gain_of(world *y, size_t which)
{
    tdo_screened f;
    double *gain = NULL;
    const tdo_case k = {.s = &y->s, .x = &y->x, .f = &f};
    assert_int_equal(tdo_screen(&y->s, &y->x, NULL, y->a, &f), TDO_OK);
    assert_int_equal(tdo_gains(&k, NULL, y->x.n, y->a, &gain), TDO_OK);
    return gain[which];
}

static void observed_range_ends_at_0_and_1(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MIN};
    world y = make(&c, (double[]){30, 10, 20}, 3);
    tdo_valued v = valued(&y);
    assert_true(v.observed[0]);
    near(v.worst[0], 30, 0, 0);
    near(v.best[0], 10, 0, 0);
    near(v.value[0], 0, 0, 0);
    near(v.value[1], 1, 0, 0);
    near(v.value[2], 0.5, 0, 0);
    near(gain_of(&y, 0), -30, 0, 0);
    assert_int_equal(y.w.n, 0);
    tdo_arena_free(y.a);
}

static void a_span_beyond_a_double_still_has_values(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MAX};
    world y = make(&c, (double[]){-1.7e308, 1.7e308, 0}, 3);
    tdo_valued v = valued(&y);
    near(v.value[0], 0, 0, 0);
    near(v.value[1], 1, 0, 0);
    near(v.value[2], 0.5, 1e-15, 0);
    tdo_arena_free(y.a);
}

static void a_limit_never_moves_the_scale(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MIN};
    world y = make(&c, (double[]){30, 10, 20, 90}, 4);
    tdo_valued before = valued(&y);
    tdo_constraint limit = {.condition = {.criterion = 0, .has_max = true, .max = 40}};
    const bool *matches[1] = {NULL};
    const double *limited[1] = {NULL};
    y.s.constraints = &limit;
    y.s.n_constraints = y.x.m = 1;
    y.x.matches = matches;
    y.x.limited = limited;
    tdo_valued after = valued(&y);
    assert_int_equal(after.f, 3);
    near(after.worst[0], 90, 0, 0);
    for (size_t k = 0; k < after.f; k++)
        near(after.value[k], before.value[k], 0, 0);
    assert_int_equal(y.w.n, 1); /* 80 is more than twice 20 */
    assert_string_equal(y.w.item[0].code, "W_STRETCHED");
    assert_non_null(strstr(y.w.item[0].message, "\"d\""));
    tdo_arena_free(y.a);
}

static void other_readings_may_have_one_value(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MAX, .has_range = true, .worst = 0, .best = 1};
    world y = make(&c, (double[]){2, 3}, 2);
    tdo_valued v = valued(&y);
    assert_true(v.constant[0]);
    assert_string_equal(y.w.item[0].code, "W_CONSTANT");
    assert_string_equal(y.w.item[1].code, "W_CLAMPED");
    tdo_arena_free(y.a);
}

static void the_same_everywhere_cannot_decide(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MAX};
    world y = make(&c, (double[]){4, 4}, 2);
    tdo_valued v = valued(&y);
    near(v.value[0], 1, 0, 0);
    assert_true(v.constant[0]);
    assert_int_equal(y.w.n, 1);
    assert_string_equal(y.w.item[0].code, "W_CONSTANT");
    tdo_arena_free(y.a);
}

static void outside_a_given_range_is_clamped_and_said(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MIN, .has_range = true, .worst = 200, .best = 100};
    world y = make(&c, (double[]){250, 50, 125}, 3);
    tdo_valued v = valued(&y);
    near(v.value[0], 0, 0, 0);
    near(v.value[1], 1, 0, 0);
    near(v.value[2], 0.75, 0, 0);
    assert_int_equal(v.clamped[0], 2);
    assert_string_equal(y.w.item[0].code, "W_CLAMPED");
    assert_non_null(strstr(y.w.item[0].message, "\"a\", \"b\""));
    tdo_arena_free(y.a);
}

static void a_target_measures_the_distance(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_TARGET, .target = 1};
    world y = make(&c, (double[]){0.5, 1.25, 1, 1.5}, 4);
    tdo_valued v = valued(&y);
    near(v.worst[0], 0.5, 0, 0);
    near(v.best[0], 0, 0, 0);
    near(v.value[1], 0.5, 0, 0);
    near(gain_of(&y, 0), -0.5, 0, 0);
    near(gain_of(&y, 3), -0.5, 0, 0);
    assert_int_equal(tdo_better(&c, 0.5, 1.5), 0);
    assert_int_equal(tdo_better(&c, 0.5, 1.25), -1);
    tdo_arena_free(y.a);
}

/* gertvv/rsmaa, smaa/tests/pvf.R (commit 2ce6bbd), the clipped form. */
static void piecewise_values_agree_with_rsmaa(void **state)
{
    (void)state;
    double x1[] = {50, 75, 90, 100}, v1[] = {1, 0.8, 0.5, 0};
    tdo_criterion down = {.goal = TDO_GOAL_MIN, .value_x = x1, .value_v = v1, .n_value = 4};
    double in1[] = {50, 60, 75, 90, 100, 10, 40, 101, 120};
    double out1[] = {1, 0.92, 0.8, 0.5, 0, 1, 1, 0, 0};
    for (size_t k = 0; k < 9; k++)
        near(tdo_value_of(&down, 100, 50, in1[k]), out1[k], 1e-12, 0);
    double x2[] = {-0.15, 0, 0.25, 0.35}, v2[] = {0, 0.1, 0.9, 1};
    tdo_criterion up = {.goal = TDO_GOAL_MAX, .value_x = x2, .value_v = v2, .n_value = 4};
    double in2[] = {0.35, -0.15, 0, 0.25, 0.1, 0.38, -0.2};
    double out2[] = {1, 0, 0.1, 0.9, 0.42, 1, 0};
    for (size_t k = 0; k < 7; k++)
        near(tdo_value_of(&up, -0.15, 0.35, in2[k]), out2[k], 1e-12, 0);
}

/* a breaks 0, b breaks 1, c breaks 2: all three are needed. With d breaking 0 and 1 nothing
 * changes. */
static void the_smallest_conflict_is_found(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MAX};
    world y = make(&c, (double[]){1, 2, 3, 4, 5, 6}, 6);
    tdo_constraint limits[4] = {
        {.condition = {.criterion = 0, .has_max = true, .max = 0.5}, .text = "y <= 0.5"},
        {.condition = {.criterion = 0, .has_min = true, .min = 3}, .text = "y >= 3"},
        {.condition = {.criterion = 0, .has_max = true, .max = 2}, .text = "y <= 2"},
        {.condition = {.criterion = 0, .has_min = true, .min = 9}, .text = "y >= 9"}};
    y.s.constraints = limits + 1;
    y.s.n_constraints = y.x.m = 3;
    const double *none[4] = {NULL};
    const bool *no_words[4] = {NULL};
    y.x.limited = none;
    y.x.matches = no_words;
    tdo_screened f;
    tdo_infeasible why;
    assert_int_equal(tdo_screen(&y.s, &y.x, NULL, y.a, &f), TDO_OK);
    assert_int_equal(f.feasible_n, 0);
    assert_int_equal(f.excludes[0], 2);
    assert_int_equal(f.excludes[2], 6);
    assert_int_equal(f.alone[2], 0);
    assert_int_equal(tdo_explain_infeasible(&y.s, &y.x, &f, y.a, &why), TDO_OK);
    assert_int_equal(why.n_conflict, 1);
    assert_int_equal(why.conflict[0], 2);
    assert_int_equal(why.n_relax, 0);
    y.s.n_constraints = y.x.m = 2; /* y >= 3 and y <= 2 */
    assert_int_equal(tdo_screen(&y.s, &y.x, NULL, y.a, &f), TDO_OK);
    assert_int_equal(tdo_explain_infeasible(&y.s, &y.x, &f, y.a, &why), TDO_OK);
    assert_int_equal(why.n_conflict, 2);
    assert_int_equal(why.n_relax, 2);
    near(why.relax[0].to, 2, 0, 0);
    assert_string_equal(y.x.id[why.relax[0].admits], "b");
    near(why.relax[1].to, 3, 0, 0);
    near(why.relax[1].by, 1, 0, 0);
    assert_string_equal(y.x.id[why.nearest], "b");
    near(tdo_miss(&y.s, &y.x, 1, 4), 3, 0, 0);
    tdo_arena_free(y.a);
}

static void weights_and_powers_are_shares(void **state)
{
    (void)state;
    tdo_criterion c = {.goal = TDO_GOAL_MAX};
    world y = make(&c, (double[]){1, 3, 2}, 3);
    tdo_stakeholder people[2] = {{.id = "p", .power = 1, .weights = (double[]){4}},
                                 {.id = "q", .power = 3, .weights = (double[]){0.5}}};
    y.s.stakeholders = people;
    y.s.n_stakeholders = 2;
    y.x.incumbent = 2;
    tdo_screened f;
    tdo_utility u;
    tdo_valued v = valued(&y);
    assert_int_equal(tdo_screen(&y.s, &y.x, NULL, y.a, &f), TDO_OK);
    const tdo_case k = {.s = &y.s, .x = &y.x, .f = &f, .v = &v};
    assert_int_equal(tdo_utilities(&k, y.a, &u, &y.w), TDO_OK);
    near(u.weight[0], 1, 0, 0);
    near(u.power[1], 0.75, 0, 0);
    near(u.group_weight[0], 1, 0, 0);
    near(u.utility[3 + 2], 0.5, 0, 0);
    near(u.disagreement[0], 0.5, 0, 0);
    assert_true(u.from_incumbent);
    tdo_arena_free(y.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(observed_range_ends_at_0_and_1),
        cmocka_unit_test(a_span_beyond_a_double_still_has_values),
        cmocka_unit_test(a_limit_never_moves_the_scale),
        cmocka_unit_test(other_readings_may_have_one_value),
        cmocka_unit_test(the_same_everywhere_cannot_decide),
        cmocka_unit_test(outside_a_given_range_is_clamped_and_said),
        cmocka_unit_test(a_target_measures_the_distance),
        cmocka_unit_test(piecewise_values_agree_with_rsmaa),
        cmocka_unit_test(the_smallest_conflict_is_found),
        cmocka_unit_test(weights_and_powers_are_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
