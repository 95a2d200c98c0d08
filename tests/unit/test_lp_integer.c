/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer programs by hand and with published optima. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include "lp_verify.h"
#include "random.h"

#define INF ((double)INFINITY)

/* Whole numbers change the answer, and rounding the LP's does not find it. */
static void test_small(void **state)
{
    const double A[] = {2, 9, 11, -7}, cost[] = {1, 5}, upper[] = {40, 82};
    const bool integer[] = {true, true};
    tdo_lp_arrays p = lp_dense(*state, 2, 2, A);
    p.cost = cost;
    p.row_upper = upper;
    const tdo_lp_solution relaxed = lp_solved(&p, true, NULL, *state);
    p.integer = integer;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    double best = 0; /* by looking at all */
    for (int x = 0; x <= 20; x++) {
        for (int y = 0; y <= 4; y++) {
            if (2 * x + 9 * y <= 40 && 11 * x - 7 * y <= 82)
                best = fmax(best, x + 5 * y);
        }
    }
    near(s.objective, best, 0, 0);
    near(s.bound, best, 0, 0);
    assert_true(relaxed.objective > best + 0.1);
    assert_true(s.certificate.exact);
    near(s.certificate.gap, 0, 0, 0);
    assert_null(s.dual);
}

static void test_knapsack(void **state)
{
    enum { N = 14, ROOM = 47 };
    double weight[N], worth[N], upper[N];
    bool integer[N];
    double best[ROOM + 1] = {0}; /* the textbook's table */
    const double room = ROOM;

    for (size_t j = 0; j < N; j++) {
        weight[j] = 5 + (double)(j * 7 % 9);
        worth[j] = weight[j] + (double)(j * 11 % 6);
        upper[j] = 1;
        integer[j] = true;
        for (size_t w = ROOM; w >= (size_t)weight[j]; w--)
            best[w] = fmax(best[w], best[w - (size_t)weight[j]] + worth[j]);
    }
    tdo_lp_arrays p = lp_dense(*state, 1, N, weight);
    p.cost = worth;
    p.upper = upper;
    p.integer = integer;
    p.row_upper = &room;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    near(s.objective, best[ROOM], 0, 0);
    assert_true(s.certificate.exact);
}

static void test_none(void **state)
{
    const double A[] = {2, 2}, odd = 3, big = 1e6, half[] = {0.25, 0.75};
    const bool integer[] = {true, true};
    tdo_lp_arrays p = lp_dense(*state, 1, 2, A);
    const double upper[] = {5, 5};
    p.integer = integer;
    p.upper = upper;
    p.row_lower = p.row_upper = &odd; /* even = odd: only the whole numbers are in the way */
    tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    assert_int_equal(s.outcome, TDO_LP_INFEASIBLE);
    assert_null(s.farkas);
    assert_true(s.certificate.exact);
    p.row_lower = p.row_upper = &big; /* the LP already is infeasible */
    s = lp_solved(&p, true, NULL, *state);
    assert_int_equal(s.outcome, TDO_LP_INFEASIBLE);
    assert_non_null(s.farkas);
    p = (tdo_lp_arrays){.columns = 1, .lower = &half[0], .upper = &half[1], .integer = integer};
    s = lp_solved(&p, true, NULL, *state);
    assert_int_equal(s.outcome, TDO_LP_INFEASIBLE);
}

static void test_unbounded(void **state)
{
    const double A[] = {1, -1}, one = 1, cost[] = {1, 1};
    const bool integer[] = {true, false};
    tdo_lp_arrays p = lp_dense(*state, 1, 2, A);
    p.integer = integer;
    p.row_upper = &one;
    p.cost = cost;
    assert_int_equal(lp_solved(&p, true, NULL, *state).outcome, TDO_LP_UNBOUNDED);
}

/* Big-M: with y a yes or no, x <= 1e6 y. A tolerance of 1e-5 on y would let x = 1 through for
 * free. */
static void test_big_m(void **state)
{
    const double A[] = {1, -1e6}, zero = 0, cost[] = {1, -2}, upper[] = {1, 1};
    const bool integer[] = {false, true};
    tdo_lp_arrays p = lp_dense(*state, 1, 2, A);
    p.cost = cost;
    p.upper = upper;
    p.integer = integer;
    p.row_upper = &zero;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    near(s.objective, 0, 0, 0);
    assert_true(s.certificate.exact);
}

/* A mix of at most two candidates: x[j] <= y[j], sum of y <= 2. */
static void test_cardinality(void **state)
{
    enum { N = 8, COLUMNS = 2 * N, ROWS = 3 + N };
    double A[ROWS * COLUMNS] = {0}, cost[COLUMNS] = {0}, upper[COLUMNS];
    double row_lower[ROWS], row_upper[ROWS];
    bool integer[COLUMNS] = {false};
    rng r = {7};

    for (size_t j = 0; j < N; j++) {
        cost[j] = rng_unit(&r);
        A[j] = 1;
        A[COLUMNS + j] = rng_unit(&r);
        A[2 * COLUMNS + N + j] = 1;
        A[(3 + j) * COLUMNS + j] = 1;
        A[(3 + j) * COLUMNS + N + j] = -1;
        upper[j] = INF;
        upper[N + j] = 1;
        integer[N + j] = true;
    }
    for (size_t i = 0; i < ROWS; i++) {
        row_lower[i] = i == 0 ? 1 : -INF;
        row_upper[i] = i == 0 ? 1 : i == 1 ? 0.4 : i == 2 ? 2 : 0;
    }
    tdo_lp_arrays p = lp_dense(*state, ROWS, COLUMNS, A);
    p.cost = cost;
    p.upper = upper;
    p.integer = integer;
    p.row_lower = row_lower;
    p.row_upper = row_upper;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    double best = -INF; /* every pair, at its best split (or one end) */
    for (size_t j = 0; j < N; j++) {
        for (size_t k = 0; k < N; k++) {
            const double gj = A[COLUMNS + j], gk = A[COLUMNS + k];
            if (gj <= 0.4)
                best = fmax(best, cost[j]);
            if (gj < 0.4 && gk > 0.4)
                best = fmax(best, cost[j] + (0.4 - gj) / (gk - gj) * (cost[k] - cost[j]));
        }
    }
    near(s.objective, best, 1e-15, 1e-15);
    assert_true(s.certificate.exact);
}

/* A knapsack with three objectives; jump-dev/MultiObjectiveAlgorithms.jl@b71397a,
 * test/problems.jl, test_problem_knapsack_max_p3 (all 2^10 choices were looked at). For any
 * weights the optimum is at one of the points that weights can choose. */
static void test_three_objectives(void **state)
{
    enum { N = 10 };
    static const double profit[3][N] = {{566, 611, 506, 180, 817, 184, 585, 423, 26, 317},
                                        {62, 84, 977, 979, 874, 54, 269, 93, 881, 563},
                                        {664, 982, 962, 140, 224, 215, 12, 869, 332, 537}};
    static const double weight[N] = {557, 898, 148, 63, 78, 964, 246, 662, 386, 272};
    static const double point[][3] = {
        {2854, 3570, 3714}, {2854, 4636, 3076}, {3042, 4627, 3189}, {3394, 3817, 3408}};
    const double capacity = 2137;
    double cost[N], upper[N];
    bool integer[N];
    tdo_lp_arrays p = lp_dense(*state, 1, N, weight);

    for (size_t j = 0; j < N; j++) {
        upper[j] = 1;
        integer[j] = true;
    }
    p.upper = upper;
    p.integer = integer;
    p.cost = cost;
    p.row_upper = &capacity;
    for (int a = 1; a < 8; a++) {
        for (int b = 1; a + b < 8; b++) {
            const double w[] = {a, b, 8 - a - b};
            double best = 0;
            for (size_t k = 0; k < 4; k++)
                best = fmax(best, w[0] * point[k][0] + w[1] * point[k][1] + w[2] * point[k][2]);
            for (size_t j = 0; j < N; j++)
                cost[j] = w[0] * profit[0][j] + w[1] * profit[1][j] + w[2] * profit[2][j];
            near(lp_solved(&p, true, NULL, *state).objective, best, 0, 0);
        }
    }
}

/* A search that may look at one node only, and one that may stop half way. */
static void test_limit(void **state)
{
    enum { N = 30, ROWS = 5 };
    double A[ROWS * N], cost[N], upper[N], row_upper[ROWS];
    bool integer[N];
    rng r = {3};
    const tdo_lp_options one = {.nodes = 1, .exact_nodes = 1};
    const tdo_lp_options loose = {.gap = 0.5, .exact_nodes = 1};

    for (size_t j = 0; j < N; j++) {
        cost[j] = 10 + (double)rng_below(&r, 20);
        upper[j] = 1;
        integer[j] = true;
    }
    for (size_t k = 0; k < ROWS * N; k++)
        A[k] = 5 + (double)rng_below(&r, 30);
    for (size_t i = 0; i < ROWS; i++)
        row_upper[i] = 150;
    tdo_lp_arrays p = lp_dense(*state, ROWS, N, A);
    p.cost = cost;
    p.upper = upper;
    p.integer = integer;
    p.row_upper = row_upper;
    const tdo_lp_solution s = lp_solved(&p, true, &one, *state);
    assert_int_equal(s.outcome, TDO_LP_LIMIT);
    assert_true(s.bound > 0 && isfinite(s.bound));
    const tdo_lp_solution t = lp_solved(&p, true, NULL, *state);
    assert_int_equal(t.outcome, TDO_LP_OPTIMAL);
    assert_true(t.objective <= s.bound);
    assert_true(!s.primal || s.objective <= t.objective);
    tdo_lp_solution u = {0};
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(*state, true);
    assert_int_equal(tdo_lp_add_arrays(lp, &p, &err), TDO_OK);
    assert_int_equal(tdo_lp_solve(lp, &loose, *state, &u, &err), TDO_OK);
    assert_int_equal(u.outcome, TDO_LP_OPTIMAL); /* as good as was asked for */
    assert_true(u.objective <= t.objective && u.bound >= t.objective);
    assert_true(u.objective >= 0.5 * t.objective);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_small), TEST(test_knapsack),    TEST(test_none),  TEST(test_unbounded),
        TEST(test_big_m), TEST(test_cardinality), TEST(test_limit), TEST(test_three_objectives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
