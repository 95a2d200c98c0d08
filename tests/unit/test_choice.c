/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights behind each choice: published numbers, cases by hand, and the odd ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tradeoff/choice.h"

#include "near.h"
#include "world.h"

#include <string.h>

static world one;
static tdo_regions regions;
static tdo_case asked;
static tdo_choice y;

/* Ranges are [0, 1]: the readings are the values. */
static void start(size_t n, size_t d, size_t s, const double *reading)
{
    world_start(&one, n, d, s);
    memcpy(one.reading, reading, n * d * sizeof *reading);
    for (size_t c = 0; c < d; c++) {
        one.criteria[c].has_range = true;
        one.criteria[c].best = 1;
    }
    regions = (tdo_regions){.s = 0};
}

static void choose(void)
{
    tdo_error err = {.status = TDO_OK};
    assert_int_equal(world_run(&one, &err), TDO_OK);
    asked = world_case(&one);
    asked.regions = &regions;
    if (tdo_find_choice(&asked, one.a, &y, &err) != TDO_OK)
        fail_msg("%s", err.text);
}

static const tdo_candidate_choice *of(uint32_t slot)
{
    return &y.candidate[y.place[slot]];
}

static void end(void)
{
    world_end(&one);
}

static void holds(const tdo_hold *h, double from, double to, double tolerance)
{
    near(h->from, from, tolerance, 0);
    near(h->to, to, tolerance, 0);
}

/* ---- published ---- */

/* The weighted-sum example of Triantaphyllou and Sanchez, Decision Sciences 28(1), 1997: data
 * recalled, the intervals of its winner as in mcda-wsi-triantaphyllou1997,
 * "winner_stability_interval". */
static void triantaphyllou_1997(void **state)
{
    static const double reading[] = {0.3088, 0.2897, 0.3867, 0.1922, 0.2163, 0.3458,
                                     0.1755, 0.6288, 0.4509, 0.2473, 0.1194, 0.0575,
                                     0.024,  0.1172, 0.3184, 0.1215};
    static const double weight[] = {0.3277, 0.3058, 0.2876, 0.079};
    static const double want[4][2] = {{0, 0.5126}, {0, 0.5922}, {0.1242, 1}, {0, 0.1552}};
    (void)state;
    start(4, 4, 1, reading);
    memcpy(one.weight, weight, sizeof weight);
    choose();
    assert_int_equal(y.first, 0);
    assert_true(y.weighted.weights_known && y.weighted.weights == 4);
    for (size_t c = 0; c < 4; c++) {
        assert_int_equal(y.weighted.weight[c].criterion, c);
        holds(&y.weighted.weight[c], want[c][0], want[c][1], 2e-4);
    }
    assert_int_equal(y.weighted.powers, 0);
    end();
}

/* ---- by hand ---- */

/* a = (1, 0), b = (0, 1), c = (0.4, 0.4), weights 0.6 and 0.4: a is first, with 0.6 against 0.4. */
static void the_middle_that_no_weights_choose(void **state)
{
    (void)state;
    start(3, 2, 1, (double[]){1, 0, 0, 1, 0.4, 0.4});
    one.weight[0] = 3;
    one.weight[1] = 2;
    choose();
    assert_int_equal(y.first, 0);
    assert_int_equal(y.asked, 3);
    const tdo_choosable *c = &of(2)->any;
    assert_true(c->known && !c->yes); /* half of each is worth 0.5 everywhere */
    near(c->lead, -0.1, 1e-15, 0);
    assert_int_equal(c->n_beaten_by, 2);
    near(c->beaten_by[0].share, 0.5, 1e-15, 0);
    near(of(0)->any.lead, 0.6, 1e-15, 0); /* all weight on the first criterion: 1 to 0.4 */
    near(of(0)->any.weights[0], 1, 1e-15, 0);
    holds(&y.weighted.weight[0], 0.5, 1, 1e-15);
    assert_int_equal(y.weighted.weight[0].below, 1);
    assert_int_equal(y.weighted.weight[0].above, UINT32_MAX);
    holds(&y.weighted.weight[1], 0, 0.5, 1e-15);
    assert_int_equal(y.flip.to, 1);
    near(y.flip.change, 0.2, 1e-15, 0);
    near(y.flip.weights[0], 0.5, 1e-15, 0);
    /* b lacks 0.2: 0.2 / 0.6 of the first (the second is full), in nine digits. c lacks 0.2, too:
     * 0.2 / 0.6 of the first is less than 0.2 / 0.4 of the second. */
    assert_int_equal(of(1)->improvement.criterion, 0);
    near(of(1)->improvement.to, 0.33333334, 1e-15, 0);
    assert_int_equal(of(2)->improvement.criterion, 0);
    near(of(2)->improvement.from, 0.4, 0, 0);
    near(of(2)->improvement.to, 0.4 + 0.33333334, 1e-15, 0);
    near(of(2)->improvement.share, 0.33333334, 1e-15, 0);
    assert_int_equal(of(0)->improvement.criterion, TDO_NONE);
    /* c is never before both. */
    assert_true(of(2)->rank.known && of(2)->rank.best == 2 && of(2)->rank.worst == 3);
    assert_true(of(0)->rank.best == 1 && of(0)->rank.worst == 3);
    end();
}

/* Two stakeholders, each for one criterion: the power between them is the weight. */
static void powers(void **state)
{
    (void)state;
    start(2, 2, 2, (double[]){0.9, 0.2, 0.3, 0.6});
    memcpy(one.weight, (double[]){1, 0, 0, 1}, 4 * sizeof(double));
    one.stakeholders[0].power = 3;
    choose();
    assert_int_equal(y.first, 0); /* 0.9 p + 0.2 (1 - p) = 0.3 p + 0.6 (1 - p) at p = 0.4 */
    near(y.weighted.power[0].current, 0.75, 0, 0);
    holds(&y.weighted.power[0], 0.4, 1, 1e-15);
    holds(&y.weighted.power[1], 0, 0.6, 1e-15);
    assert_int_equal(y.weighted.power[1].above, 1);
    end();
}

static void levels_and_targets(void **state)
{
    static const char *const level[] = {"low", "some", "much", "high"};
    (void)state;
    start(2, 2, 1, (double[]){3, 0.5, 0, 0.9}); /* (3, 0.4 off), (0, exact) */
    one.criteria[0] = (tdo_criterion){.id = "a",
                                      .label = "a",
                                      .unit = "",
                                      .levels = level,
                                      .n_levels = 4,
                                      .has_range = true,
                                      .best = 3};
    one.criteria[1].goal = TDO_GOAL_TARGET;
    one.criteria[1].target = 0.9;
    one.criteria[1].worst = 1;
    one.criteria[1].best = 0;
    one.weight[0] = 2;
    choose(); /* 2/3 + 0.6/3 against 1/3: 8/15 are missing, 0.8 of the first: level 2.4, so 3 */
    assert_int_equal(y.first, 0);
    assert_int_equal(of(1)->improvement.criterion, 0);
    near(of(1)->improvement.to, 3, 0, 0);
    near(of(1)->improvement.share, 1, 0, 0);
    end();
    start(2, 2, 1, (double[]){0.9, 0.7, 0.8, 0.2});
    one.criteria[1].goal = TDO_GOAL_TARGET; /* 0.2 and 0.7 off 0.9 */
    one.criteria[1].target = 0.9;
    one.criteria[1].worst = 1;
    one.criteria[1].best = 0;
    one.weight[0] = 1;
    one.weight[1] = 9;
    choose(); /* the gap is 0.01 + 0.45 = 0.46; 0.46 / 0.9 nearer to the target, from below */
    assert_int_equal(of(1)->improvement.criterion, 1);
    near(of(1)->improvement.to, 0.71111112, 1e-15, 0); /* 0.2 + 0.46 / 0.9, in nine digits */
    /* A limit on the reading is in the way: then nothing else is enough. */
    tdo_constraint limit = {.condition = {.criterion = 1, .has_max = true, .max = 0.7},
                            .text = "limit"};
    limit.stakeholder = TDO_NONE;
    one.s.constraints = &limit;
    one.s.n_constraints = 1;
    double steps = 1e6;
    tdo_improvement lacks;
    assert_int_equal(tdo_find_improvement(&asked, 1, one.a, &steps, &lacks), TDO_OK);
    assert_int_equal(lacks.criterion, TDO_NONE);
    end();
}

static void values_back_to_measurements(void **state)
{
    double x[] = {8, 50, 100, 200, 320}, v[] = {1, 0.85, 0.6, 0.6, 0};
    const tdo_criterion down = {.n_value = 5, .value_x = x, .value_v = v, .goal = TDO_GOAL_MIN};
    double up_v[] = {0, 0.25, 0.25, 0.5, 0.75};
    const tdo_criterion up = {.n_value = 5, .value_x = x, .value_v = up_v};
    const tdo_criterion plain = {.id = "plain"};
    (void)state;
    near(tdo_measurement_of(&down, 320, 8, 0.85), 50, 0, 0);
    near(tdo_measurement_of(&down, 320, 8, 0.925), 29, 1e-13, 0);
    near(tdo_measurement_of(&down, 320, 8, 0.6), 200, 0, 0); /* flat from 100: the farther end */
    near(tdo_measurement_of(&down, 320, 8, 0.3), 260, 1e-13, 0);
    near(tdo_measurement_of(&down, 320, 8, 0), 320, 0, 0);
    near(tdo_measurement_of(&down, 320, 8, 1), 8, 0, 0);
    near(tdo_measurement_of(&up, 8, 320, 0.25), 50, 0, 0);
    near(tdo_measurement_of(&up, 8, 320, 0.625), 260, 1e-13, 0);
    assert_true(isnan(tdo_measurement_of(&up, 8, 320, 0.76)));
    near(tdo_measurement_of(&plain, 250, 50, 0.75), 100, 1e-13, 0);
    near(tdo_measurement_of(&plain, 250, 50, -1), 250, 0, 0);
    near(tdo_measurement_of(&plain, -1e308, 1e308, 0.5), 0, 0, 0);
    assert_true(isnan(tdo_measurement_of(&plain, 250, 50, 1.0000001)));
}

/* ---- odd ones ---- */

static void one_candidate(void **state)
{
    (void)state;
    start(1, 2, 2, (double[]){0.3, 0.4});
    choose();
    assert_true(y.asked == 1 && of(0)->any.known && of(0)->any.yes && isnan(of(0)->any.lead));
    assert_true(y.flip.to == UINT32_MAX && of(0)->improvement.criterion == TDO_NONE);
    for (size_t q = 0; q < y.weighted.weights; q++)
        holds(&y.weighted.weight[q], 0, 1, 0);
    for (size_t q = 0; q < y.weighted.powers; q++)
        holds(&y.weighted.power[q], 0, 1, 0);
    assert_true(of(0)->rank.best == 1 && of(0)->rank.worst == 1);
    end();
}

static void twins_and_equals(void **state)
{
    (void)state;
    start(3, 2, 1, (double[]){0.9, 0.1, 0.9, 0.1, 0.2, 0.3}); /* two are the same */
    choose();
    for (uint32_t k = 0; k < 2; k++) {
        assert_true(of(k)->any.yes);
        near(of(k)->any.lead, 0.7, 1e-15, 0); /* over the third: the twin never counts */
        assert_true(of(k)->rank.best == 1 && of(k)->rank.worst == 2);
    }
    assert_int_equal(y.flip.to, 2); /* the twin is never ahead */
    end();
    start(3, 2, 1, (double[]){0.5, 0.5, 0.5, 0.5, 0.5, 0.5}); /* all are */
    choose();
    for (uint32_t k = 0; k < 3; k++) {
        assert_true(of(k)->any.known && of(k)->any.yes);
        assert_true(of(k)->rank.best == 1 && of(k)->rank.worst == 1);
    }
    assert_int_equal(y.flip.to, UINT32_MAX);
    end();
}

/* Level with a better one only where the first criterion has no weight: that is not first. */
static void ties_on_a_face_are_not_first(void **state)
{
    static const uint32_t range[5][2] = {{1, 2}, {2, 3}, {3, 4}, {1, 4}, {1, 2}};
    (void)state;
    for (size_t n = 4; n <= 5; n++) { /* the fifth equals the first */
        start(n, 2, 1, (double[]){0.9, 1, 0.6, 1, 0.1, 1, 0.95, 0, 0.9, 1});
        choose();
        for (uint32_t k = 0; k < n; k++) {
            uint32_t behind = n == 5 && k > 0 && k < 4; /* both equals are ahead, or neither is */
            assert_true(of(k)->any.known && of(k)->any.yes == (range[k][0] == 1));
            assert_int_equal(of(k)->rank.best, range[k][0] + (range[k][0] > 1 ? behind : 0));
            assert_int_equal(of(k)->rank.worst, range[k][1] + behind);
        }
        assert_int_equal(of(1)->any.n_beaten_by, 1);
        near(of(1)->any.lead, 0, 0, 0);
        end();
    }
}

/* A criterion in which all are the same makes nobody first. */
static void what_cannot_decide_does_not_count(void **state)
{
    (void)state;
    start(2, 3, 1, (double[]){0.9, 0.9, 0.5, 0.1, 0.1, 0.5});
    choose();
    assert_true(of(1)->any.known && !of(1)->any.yes);
    assert_int_equal(of(1)->any.beaten_by[0].slot, 0);
    near(of(1)->any.beaten_by[0].share, 1, 0, 0);
    near(of(1)->any.lead, -0.8, 1e-15, 0);
    assert_true(of(1)->rank.best == 2);
    end();
}

/* All weight on one criterion: the others share what it leaves. No power: nothing moves. */
static void weight_one_and_power_none(void **state)
{
    (void)state;
    start(2, 3, 2, (double[]){1, 0, 0.2, 0, 1, 0.4});
    memcpy(one.weight, (double[]){1, 0, 0, 1, 1, 1}, 6 * sizeof(double));
    one.stakeholders[1].power = 0;
    choose();
    near(y.weighted.weight[0].current, 1, 0, 0); /* t against 0.5 (1 - t) (1 + 0.2): t = 0.375 */
    holds(&y.weighted.weight[0], 0.375, 1, 1e-15);
    holds(&y.weighted.weight[1], 0, 0.5, 1e-15);
    holds(&y.weighted.weight[2], 0, 1 / 1.2, 1e-15);
    for (size_t q = 3; q < 6; q++)
        holds(&y.weighted.weight[q], 0, 1, 0);
    near(y.weighted.power[0].current, 1, 0, 0);
    holds(&y.weighted.power[0], 0, 1, 0.5);
    end();
}

/* One criterion, one stakeholder: nothing can move. */
static void nothing_to_move(void **state)
{
    (void)state;
    start(2, 1, 1, (double[]){0.4, 0.7});
    choose();
    assert_true(y.weighted.weights == 0 && y.weighted.powers == 0);
    assert_int_equal(y.first, 1);
    assert_true(!of(0)->any.yes && y.flip.to == UINT32_MAX);
    near(of(0)->improvement.to, 0.7, 1e-16, 0);
    assert_true(of(0)->rank.best == 2 && of(0)->rank.worst == 2);
    end();
}

/* What a stakeholder allows: a must count at least as much as b. */
static void allowed_weights(void **state)
{
    static const double coefficient[] = {1, -1};
    tdo_preference part = {.coefficient = coefficient, .text = "a >= b"};
    tdo_report report = {.count = 0};
    tdo_arena *a = tdo_arena_new();
    (void)state;
    start(3, 2, 1, (double[]){1, 0, 0, 1, 0.6, 0.7});
    one.stakeholders[0].prefers = &part;
    one.stakeholders[0].n_prefers = 1;
    one.stakeholders[0].only_prefers = true;
    one.stakeholders[0].weights = one.weight;
    memset(one.weight, 0, sizeof one.weight);
    one.s.criteria = one.criteria;
    one.s.n_criteria = 2;
    one.s.stakeholders = one.stakeholders;
    one.s.n_stakeholders = 1;
    const tdo_scenario *settled = &one.s;
    assert_int_equal(tdo_find_regions(&settled, a, &regions, &report), TDO_OK);
    memcpy(one.weight, settled->stakeholders->weights, 2 * sizeof *one.weight);
    near(one.weight[0], 0.75, 0, 0);
    choose(); /* weights (t, 1 - t), t in [0.5, 1] */
    assert_true(y.regions);
    assert_true(of(1)->any.yes && !of(1)->allowed.yes); /* b: 1 - t < 0.7 - 0.1 t there */
    assert_true(of(0)->allowed.yes && of(2)->allowed.yes);
    near(of(0)->regret, 0.15, 1e-15, 0); /* at t = 0.5: 0.65 against 0.5 */
    near(of(2)->regret, 0.4, 1e-15, 0);  /* at t = 1: 0.6 against 1 */
    near(of(1)->regret, 1, 1e-15, 0);
    assert_int_equal(y.least_regret, 0);
    assert_true(of(1)->rank.best == 3 && of(1)->rank.worst == 3); /* at t = 0.5 alone it ties a */
    assert_false(of(0)->necessary);
    end();
    tdo_arena_free(a);
}

/* ---- caps ---- */

/* Too many to ask about: the frontier and the best, in the order of the ranking. */
static void some_are_asked(void **state)
{
    enum { N = 3000 };
    tdo_arena *a = tdo_arena_new();
    double *value = tdo_alloc(a, 2 * N, sizeof *value);
    uint32_t *slot = tdo_alloc(a, N, sizeof *slot);
    const char **id = tdo_alloc(a, N, sizeof *id);
    double *reading = tdo_alloc(a, 2 * N, sizeof *reading);
    const double *const column[2] = {reading, reading + N};
    double weight[2] = {1, 1};
    tdo_criterion criteria[2] = {{.id = "x"}, {.id = "y"}};
    tdo_stakeholder h = {.id = "s", .power = 1, .weights = weight};
    tdo_scenario s = {.criteria = criteria,
                      .n_criteria = 2,
                      .stakeholders = &h,
                      .n_stakeholders = 1,
                      .simpler = TDO_NONE};
    tdo_measured x = {.n = N, .d = 2, .id = id, .reading = column, .incumbent = TDO_NONE};
    const tdo_screened f = {.feasible_n = N, .feasible = slot, .slot = slot};
    double worst[2] = {0, 0}, best[2] = {1, 1};
    bool no[2] = {false, false};
    const tdo_valued v = {.f = N,
                          .d = 2,
                          .value = value,
                          .worst = worst,
                          .best = best,
                          .observed = no,
                          .constant = no};
    tdo_front front = {.count = 0};
    tdo_utility u = {.f = 0};
    tdo_ranking r = {.rule = TDO_RULE_WEIGHTED};
    tdo_warnings w = {.n = 0};
    tdo_error err = {.status = TDO_OK};

    (void)state;
    for (size_t k = 0; k < N; k++) { /* a front of 1000, and 2000 behind it */
        double t = (double)(k % 1000) / 1000, by = k < 1000 ? 1 : 0.9;
        slot[k] = (uint32_t)k;
        id[k] = tdo_text(a, "c%04zu", k);
        value[k] = reading[k] = by * t;
        value[N + k] = reading[N + k] = by * (1 - t * t);
    }
    const tdo_case k = {&s, &x, &f, &v, &u, &front, &r, NULL, NULL};
    assert_int_equal(tdo_utilities(&k, a, &u, &w), TDO_OK);
    assert_int_equal(tdo_find_frontier(&k, 1, a, &front), TDO_OK);
    assert_int_equal(tdo_rank_all(&k, NULL, a, &r, &err), TDO_OK);
    assert_int_equal(tdo_find_choice(&k, a, &y, &err), TDO_OK);
    assert_int_equal(front.count, 1000);
    assert_int_equal(y.asked, TDO_CHOICE_MANY);
    for (size_t i = 1; i < y.asked; i++)
        assert_true(r.by_rule[0].rank[y.candidate[i - 1].slot] <=
                    r.by_rule[0].rank[y.candidate[i].slot]);
    for (size_t i = 0; i < y.asked; i++) /* strictly concave: each of the front has its weights */
        assert_true(y.candidate[i].any.known &&
                    y.candidate[i].any.yes == front.member[y.candidate[i].slot]);
    size_t count = 0;
    for (size_t i = 0; i < N; i++)
        count += y.place[i] != UINT32_MAX;
    assert_int_equal(count, y.asked);
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triantaphyllou_1997),
        cmocka_unit_test(the_middle_that_no_weights_choose),
        cmocka_unit_test(powers),
        cmocka_unit_test(levels_and_targets),
        cmocka_unit_test(values_back_to_measurements),
        cmocka_unit_test(one_candidate),
        cmocka_unit_test(twins_and_equals),
        cmocka_unit_test(ties_on_a_face_are_not_first),
        cmocka_unit_test(what_cannot_decide_does_not_count),
        cmocka_unit_test(weight_one_and_power_none),
        cmocka_unit_test(nothing_to_move),
        cmocka_unit_test(allowed_weights),
        cmocka_unit_test(some_are_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
