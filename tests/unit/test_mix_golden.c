/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published mixes and ones computed in fractions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fifty.h"
#include "mix_world.h"

/* utility: [s x n], a row for each stakeholder. */
static void start_rows(mix_world *m, const double *utility, size_t s, size_t n, double low,
                       double top)
{
    double by_candidate[WORLD_N * WORLD_S];
    for (size_t h = 0; h < s; h++)
        for (size_t i = 0; i < n; i++)
            by_candidate[i * s + h] = utility[h * n + i];
    mix_start(m, by_candidate, n, s, top);
    for (size_t h = 0; h < s; h++)
        m->w.criteria[h].worst = low;
}

/* ---- leximin on mixtures: molp-leximin-tiny.json; test LPs in exact fractions ---- */

typedef struct tiny {
    size_t s, n;
    double utility[5][6];
    bool limited;
    double row[6], bound;
    double leximin[5];
} tiny;

/* In the first, third, sixth and seventh, settling everybody who is tight gives a worse vector. */
static const tiny tinies[] = {
    {5,
     6,
     {{6, 0, 6, 2, 3, 0},
      {7, 9, 8, 6, 8, 3},
      {0, 7, 8, 4, 8, 5},
      {3, 1, 9, 4, 1, 3},
      {0, 0, 8, 3, 6, 9}},
     false,
     {0},
     0,
     {6, 8, 8, 9, 8}},
    {3, 4, {{5, 7, 9, 8}, {6, 0, 9, 6}, {0, 5, 7, 5}}, true, {6, 7, 0, 3}, 5, {9, 9, 7}},
    {5,
     6,
     {{9, 3, 7, 9, 8, 0},
      {7, 1, 6, 0, 7, 3},
      {3, 1, 3, 4, 3, 3},
      {4, 2, 2, 9, 0, 4},
      {2, 0, 5, 2, 6, 1}},
     false,
     {0},
     0,
     {17 / 2., 7 / 2., 7 / 2., 9 / 2., 4}},
    {3, 3, {{4, 4, 0}, {5, 7, 9}, {5, 0, 0}}, true, {5, 6, 6}, 5, {4, 5, 5}},
    {3, 3, {{3, 7, 2}, {8, 7, 3}, {3, 8, 3}}, false, {0}, 0, {7, 7, 8}},
    {3,
     6,
     {{9, 4, 2, 2, 7, 1}, {9, 0, 0, 5, 9, 3}, {8, 1, 7, 8, 0, 5}},
     true,
     {5, 5, 2, 1, 9, 0},
     5,
     {9, 9, 8}},
    {4,
     5,
     {{7, 4, 7, 3, 8}, {4, 0, 5, 5, 5}, {1, 0, 6, 1, 9}, {9, 0, 1, 0, 1}},
     false,
     {0},
     0,
     {68 / 9., 41 / 9., 49 / 9., 41 / 9.}},
    {3, 3, {{1, 1, 0}, {1, 201 / 200., 3}, {2, 1, 9}}, false, {0}, 0, {1, 202 / 201., 202 / 201.}},
};

static void leximin_on_mixtures(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof tinies / sizeof *tinies; k++) {
        const tiny *t = &tinies[k];
        double utility[5 * 6];
        mix_world m;
        for (size_t h = 0; h < t->s; h++)
            memcpy(utility + h * t->n, t->utility[h], t->n * sizeof *utility);
        start_rows(&m, utility, t->s, t->n, 0, 16);
        m.w.s.mix.rule = TDO_MIX_LEXIMIN;
        if (t->limited)
            mix_limit_column(&m, t->row, t->bound);
        mix_solve_ok(&m);
        for (size_t h = 0; h < t->s; h++)
            near(16 * m.mix.level[h].level, t->leximin[h], 1e-13, 1e-13);
        mix_end(&m);
    }
}

/* ---- leximin on boxes: erelsgl/cvxpy_leximin, README and tests/test_problem.py ---- */

/* A box is the set of blends of its corners a = (0 or 1)^k. */
static void leximin_on_boxes(void **state)
{
    double resources[2 * 8], chores[2 * 8], thirds[2 * 16];
    mix_world m;
    (void)state;
    for (unsigned v = 0; v < 16; v++) {
        double a0 = v & 1, a1 = v >> 1 & 1, a2 = v >> 2 & 1, a3 = v >> 3 & 1;
        thirds[v] = (a0 + a2 + a3) / 3;
        thirds[16 + v] = 3 - a0 - a1 - a2;
        if (v >= 8)
            continue;
        resources[v] = 5 * a0 + 3 * a1;
        resources[8 + v] = 2 * (1 - a0) + 4 * (1 - a1) + 9 * (1 - a2);
        chores[v] = -resources[v];
        chores[8 + v] = -resources[8 + v];
    }
    start_rows(&m, resources, 2, 8, 0, 16);
    m.w.s.mix.rule = TDO_MIX_LEXIMIN;
    mix_solve_ok(&m);
    near(16 * m.mix.level[0].level, 8, 1e-13, 0);
    near(16 * m.mix.level[1].level, 9, 1e-13, 0);
    mix_end(&m);
    start_rows(&m, chores, 2, 8, -16, 0);
    m.w.s.mix.rule = TDO_MIX_LEXIMIN;
    mix_solve_ok(&m);
    near(16 * m.mix.level[0].level - 16, -18 / 7., 1e-13, 0);
    near(16 * m.mix.level[1].level - 16, -18 / 7., 1e-13, 0);
    mix_end(&m);
    start_rows(&m, thirds, 2, 16, 0, 4);
    m.w.s.mix.rule = TDO_MIX_LEXIMIN;
    mix_solve_ok(&m);
    near(4 * m.mix.level[0].level, 1, 1e-13, 0);
    near(4 * m.mix.level[1].level, 1, 1e-13, 0);
    mix_end(&m);
}

/* ---- group rules: mcda-group-bargaining.json; the definitions are those of pref_voting,
 * utility_methods.py ---- */

/* Nobody gains from e, which runs today: the disagreement is 0.2 for all. */
static void bargains(void **state)
{
    static const double utility[] = {0.9, 0.3, 0.6, 0.6, 0.6, 0.6, 0.8, 0.5,
                                     0.4, 0.2, 0.9, 0.9, 0.2, 0.2, 0.2};
    static const struct {
        tdo_mix_rule rule;
        double power, value;
        size_t single;
    } is[] = {{TDO_MIX_WEIGHTED, 1, 2.0 / 3, 3},
              {TDO_MIX_MAXIMIN, 1, 0.6, 1},
              {TDO_MIX_LEXIMIN, 1, 0.6, 1},
              {TDO_MIX_NASH, 1, 0.4, 1}, /* 0.064 to the power of a third */
              {TDO_MIX_NASH, 2, 0.4, 1}, /* 0.0256 to the power of a quarter */
              {TDO_MIX_KALAI_SMORODINSKY, 1, 4 / 7., 1},
              {TDO_MIX_MINIMAX_REGRET, 1, -0.3, 1}};

    (void)state;
    for (size_t k = 0; k < sizeof is / sizeof *is; k++) {
        mix_world m;
        mix_start(&m, utility, 5, 3, 1);
        m.w.incumbent = 4;
        m.w.s.mix.rule = is[k].rule;
        m.w.stakeholders[0].power = is[k].power;
        mix_solve_ok(&m);
        assert_int_equal(m.mix.single, is[k].single);
        near(m.mix.single_value, is[k].value, 1e-6, 0);
        assert_true(m.mix.value >= m.mix.single_value - 1e-12);
        mix_end(&m);
    }
}

/* ---- weighted optima on 50 candidates with three limits ---- */

static void weighted_optima(void **state)
{
    (void)state;
    for (size_t k = 0; k < FIFTY_OPTIMA; k++) {
        mix_world m;
        double score = 0, column[FIFTY];
        mix_start(&m, (double[FIFTY * 3]){0}, FIFTY, 3, 1);
        m.w.s_n = 1;
        for (size_t c = 0; c < 3; c++) {
            double low = INFINITY, high = -INFINITY;
            for (size_t i = 0; i < FIFTY; i++) {
                m.w.reading[i * 3 + c] = fifty[i][c];
                low = fmin(low, fifty[i][c]);
                high = fmax(high, fifty[i][c]);
            }
            m.w.criteria[c].has_range = false;
            m.w.criteria[c].goal = c == 0 ? TDO_GOAL_MAX : TDO_GOAL_MIN;
            m.w.weight[c] = fifty_optimum[k].weight[c];
            score += fifty_optimum[k].weight[c] * (c == 0 ? low : -high) / (high - low);
        }
        for (size_t j = 0; j < 3; j++) {
            for (size_t i = 0; i < FIFTY; i++)
                column[i] = fifty[i][3 + j];
            mix_limit_column(&m, column, fifty_limit[j]);
        }
        mix_solve_ok(&m);
        near(m.mix.value + score, fifty_optimum[k].score, 0, 1e-9);
        for (size_t c = 0; c < 3; c++)
            near(m.mix.reading[c], fifty_optimum[k].point[c], 0, 1e-9);
        mix_end(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leximin_on_mixtures),
        cmocka_unit_test(leximin_on_boxes),
        cmocka_unit_test(bargains),
        cmocka_unit_test(weighted_optima),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
