/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LPs by hand. Each goes through the shared verifier; what is asserted here is what that cannot
 * know: the outcome, the optimum, the sign of a price. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include "lp_verify.h"

#include <glpk.h>
#include <pthread.h>
#include <string.h>

#define INF ((double)INFINITY)

/* Solves by exact arithmetic and without it; both must say outcome and objective. */
static tdo_lp_solution expect(tdo_arena *a, const tdo_lp_arrays *p, bool maximise,
                              tdo_lp_outcome outcome, double objective)
{
    const tdo_lp_options rough = {.exact_work = 1};
    const tdo_lp_solution s = lp_solved(p, maximise, NULL, a);
    const tdo_lp_solution t = lp_solved(p, maximise, &rough, a);
    assert_int_equal(s.outcome, outcome);
    assert_int_equal(t.outcome, outcome);
    assert_true(s.certificate.exact);
    if (outcome == TDO_LP_OPTIMAL) {
        near(s.objective, objective, 0, 1e-15);
        near(t.objective, objective, 0, 1e-9);
        near(s.bound, s.objective, 0, 0);
    }
    return s;
}

/* Two candidates, one limit: the split has a share of each, and the limit has a price. */
static void test_mix(void **state)
{
    const double A[] = {1, 1, 200, 100}, cost[] = {0.8, 0.5};
    const double lower[] = {1, -INF}, upper[] = {1, 150};
    tdo_lp_arrays p = lp_dense(*state, 2, 2, A);
    p.cost = cost;
    p.row_lower = lower;
    p.row_upper = upper;
    const tdo_lp_solution s = expect(*state, &p, true, TDO_LP_OPTIMAL, 0.65);
    near(s.primal[0], 0.5, 0, 0);
    near(s.dual[1], 0.003, 0, 1e-15);
    assert_int_equal(s.ties, 0);
    assert_int_equal(s.degenerate, 0);
    assert_int_equal(s.row_place[1], TDO_LP_AT_UPPER);
}

/* The duals' signs: what the objective does when the bound moves up. */
static void test_signs(void **state)
{
    const double A[] = {1}, cost[] = {2};
    const double zero = 0, one = 1, five = 5;
    tdo_lp_arrays p = lp_dense(*state, 1, 1, A);
    p.cost = cost;
    p.row_lower = &one;
    p.row_upper = &five;
    p.lower = &zero;
    near(expect(*state, &p, true, TDO_LP_OPTIMAL, 10).dual[0], 2, 0, 0);
    near(expect(*state, &p, false, TDO_LP_OPTIMAL, 2).dual[0], 2, 0, 0);
    const double minus[] = {-2};
    p.cost = minus;
    near(expect(*state, &p, true, TDO_LP_OPTIMAL, -2).dual[0], -2, 0, 0);
    near(expect(*state, &p, false, TDO_LP_OPTIMAL, -10).dual[0], -2, 0, 0);
}

/* E. M. L. Beale, "Cycling in the dual simplex algorithm" (1955): the usual rule never ends on
 * it. */
static void test_beale(void **state)
{
    const double A[] = {0.25, -60, -0.04, 9, 0.5, -90, -0.02, 3, 0, 0, 1, 0};
    const double cost[] = {-0.75, 150, -0.02, 6}, upper[] = {0, 0, 1};
    tdo_lp_arrays p = lp_dense(*state, 3, 4, A);
    p.cost = cost;
    p.row_upper = upper;
    expect(*state, &p, false, TDO_LP_OPTIMAL, -0.05);
}

/* A corner in which five rows meet in two dimensions, and an edge on which all is optimal. */
static void test_degenerate(void **state)
{
    const double A[] = {1, 1, 2, 1, 1, 2, 3, 2, 2, 3}, cost[] = {1, 1};
    const double upper[] = {2, 3, 3, 5, 5};
    tdo_lp_arrays p = lp_dense(*state, 5, 2, A);
    p.cost = cost;
    p.row_upper = upper;
    const tdo_lp_solution s = expect(*state, &p, true, TDO_LP_OPTIMAL, 2);
    assert_true(s.degenerate > 0);
    const double edge[] = {1, 1}, one = 1;
    p = lp_dense(*state, 1, 2, edge);
    p.cost = cost;
    p.row_upper = &one;
    assert_true(expect(*state, &p, true, TDO_LP_OPTIMAL, 1).ties > 0);
}

static void test_infeasible(void **state)
{
    const double A[] = {1, 1, 1, 1}, lower[] = {2, -INF}, upper[] = {INF, 1};
    tdo_lp_arrays p = lp_dense(*state, 2, 2, A);
    p.row_lower = lower;
    p.row_upper = upper;
    expect(*state, &p, true, TDO_LP_INFEASIBLE, 0);
    const double short_of[] = {0.5, 0.25}; /* by the bounds of the columns alone */
    p.rows = 1;
    p.entries = 2;
    p.upper = short_of;
    expect(*state, &p, false, TDO_LP_INFEASIBLE, 0);
}

/* In doubles 0.1 + 0.2 is not 0.3: what is infeasible by rounding alone is not called infeasible.
 */
static void test_hair(void **state)
{
    const double A[] = {1, 1}, fixed[] = {0.1, 0.2}, sum = 0.3;
    tdo_lp_arrays p = lp_dense(*state, 1, 2, A);
    p.lower = p.upper = fixed;
    p.row_lower = p.row_upper = &sum;
    p.cost = A;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    assert_int_equal(s.outcome, TDO_LP_OPTIMAL);
    assert_false(s.certificate.exact);
    assert_true(s.certificate.primal > 0 && s.certificate.primal < 1e-15);
    const double far = 0.3000001;
    p.row_lower = p.row_upper = &far;
    expect(*state, &p, true, TDO_LP_INFEASIBLE, 0);
}

static void test_unbounded(void **state)
{
    const double A[] = {1, -1, -1, 1}, cost[] = {1, 1}, upper[] = {1, 1};
    tdo_lp_arrays p = lp_dense(*state, 2, 2, A);
    p.cost = cost;
    p.row_upper = upper;
    expect(*state, &p, true, TDO_LP_UNBOUNDED, 0);
    expect(*state, &p, false, TDO_LP_OPTIMAL, 0);
    const double free_[] = {-INF, -INF};
    p.lower = free_;
    expect(*state, &p, false, TDO_LP_UNBOUNDED, 0);
}

/* max t where t <= both utilities: a free column, and multipliers that sum to 1. */
static void test_free_column(void **state)
{
    const double A[] = {1, 1, 0, 0.9, 0.2, -1, 0.1, 0.7, -1}, cost[] = {0, 0, 1};
    const double lower[] = {1, 0, 0}, upper[] = {1, INF, INF}, column_lower[] = {0, 0, -INF};
    tdo_lp_arrays p = lp_dense(*state, 3, 3, A);
    p.cost = cost;
    p.row_lower = lower;
    p.row_upper = upper;
    p.lower = column_lower;
    const tdo_lp_solution s = expect(*state, &p, true, TDO_LP_OPTIMAL, 0.61 / 1.3);
    near(-s.dual[1] - s.dual[2], 1, 1e-15, 0);
}

/* The same max-min with utilities of 1e-6 and of 1e6: GLPK alone gets the first wrong. */
static void test_scaled(void **state)
{
    for (int k = -6; k <= 6; k += 3) {
        const double by = pow(10, k);
        const double A[] = {1, 1, 0, 0.9 * by, 0.2 * by, -1, 0.1 * by, 0.7 * by, -1};
        const double cost[] = {0, 0, 1}, lower[] = {1, 0, 0}, upper[] = {1, INF, INF};
        const double column_lower[] = {0, 0, -INF};
        tdo_lp_arrays p = lp_dense(*state, 3, 3, A);
        p.cost = cost;
        p.row_lower = lower;
        p.row_upper = upper;
        p.lower = column_lower;
        near(expect(*state, &p, true, TDO_LP_OPTIMAL, 0.61 / 1.3 * by).objective, 0.61 / 1.3 * by,
             0, 1e-15);
    }
}

/* Equations, fixed columns, empty rows and columns, a row without bounds. */
static void test_odd_parts(void **state)
{
    const double A[] = {1, 2, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 3, 1, 0, 0};
    const double cost[] = {1, 1, 1, -1}, lower[] = {4, -1, -INF, -INF}, upper[] = {4, 1, INF, INF};
    const double column_lower[] = {0, 1, 0, -2}, column_upper[] = {INF, 1, 3, 5};
    tdo_lp_arrays p = lp_dense(*state, 4, 4, A);
    p.cost = cost;
    p.row_lower = lower;
    p.row_upper = upper;
    p.lower = column_lower;
    p.upper = column_upper;
    const tdo_lp_solution s = expect(*state, &p, true, TDO_LP_OPTIMAL, 2 + 1 + 3 + 2);
    near(s.primal[3], -2, 0, 0);
    const double wrong[] = {4, 1, -INF, -INF}, wrong_up[] = {4, 2, INF, INF};
    p.row_lower = wrong; /* an empty row that must be at least 1 */
    p.row_upper = wrong_up;
    expect(*state, &p, true, TDO_LP_INFEASIBLE, 0);
}

static void test_nothing(void **state)
{
    tdo_lp_arrays p = {.rows = 0};
    const double one = 1, minus = -1, two = 2;
    expect(*state, &p, true, TDO_LP_OPTIMAL, 0);
    p.columns = 1; /* no rows */
    p.cost = &one;
    expect(*state, &p, true, TDO_LP_UNBOUNDED, 0);
    expect(*state, &p, false, TDO_LP_OPTIMAL, 0);
    p.upper = &two;
    expect(*state, &p, true, TDO_LP_OPTIMAL, 2);
    p = (tdo_lp_arrays){.rows = 1, .row_lower = &minus}; /* no columns */
    expect(*state, &p, true, TDO_LP_OPTIMAL, 0);
    p.row_lower = &one;
    expect(*state, &p, true, TDO_LP_INFEASIBLE, 0);
}

/* Too little time for GLPK, and no exact arithmetic to go on with. */
static void test_limit(void **state)
{
    enum { M = 12, N = 30 };
    double A[M * N], cost[N], upper[M];
    const tdo_lp_options hasty = {.iterations = 1, .exact_work = 1};
    const tdo_lp_options patient = {.iterations = 1};

    for (size_t k = 0; k < M * N; k++)
        A[k] = (double)(k * k % 17) / 17;
    for (size_t j = 0; j < N; j++)
        cost[j] = 1 + (double)(j * 7 % 11) / 11;
    for (size_t i = 0; i < M; i++)
        upper[i] = 1;
    tdo_lp_arrays p = lp_dense(*state, M, N, A);
    p.cost = cost;
    p.row_upper = upper;
    const tdo_lp_solution s = lp_solved(&p, true, &hasty, *state);
    assert_int_equal(s.outcome, TDO_LP_LIMIT);
    assert_non_null(s.primal); /* all zero is feasible */
    const tdo_lp_solution t = lp_solved(&p, true, &patient, *state);
    assert_int_equal(t.outcome, TDO_LP_OPTIMAL); /* the exact steps went on */
    assert_true(t.pivots > 0 && t.objective > s.objective);
}

/* Rows of Hilbert's matrix: so nearly dependent that GLPK alone stops far from the optimum. */
static void test_ill_conditioned(void **state)
{
    enum { M = 10, N = 13 };
    double A[M * N], cost[N], bound[M] = {0};

    for (size_t i = 0; i < M; i++) {
        for (size_t j = 0; j < N; j++) {
            A[i * N + j] = 1.0 / (double)(i + j + 1);
            bound[i] += A[i * N + j];
        }
    }
    for (size_t j = 0; j < N; j++)
        cost[j] = (double)(j * 37 % 11) / 11;
    tdo_lp_arrays p = lp_dense(*state, M, N, A);
    p.cost = cost;
    p.row_lower = p.row_upper = bound;
    const tdo_lp_solution s = lp_solved(&p, false, NULL, *state);
    assert_int_equal(s.outcome, TDO_LP_OPTIMAL);
    assert_true(s.certificate.exact);
}

/* Coefficients from 1e-300 to 1e300: GLPK's own numbers overflow, ours do not. */
static void test_extreme(void **state)
{
    const double A[] = {1e300, 1e-300}, cost[] = {1e300, 1e-300}, upper[] = {1}, least[] = {0, 0};
    const double most[] = {1, 1e300};
    tdo_lp_arrays p = lp_dense(*state, 1, 2, A);
    p.cost = cost;
    p.row_upper = upper;
    p.lower = least;
    p.upper = most;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    assert_int_equal(s.outcome, TDO_LP_OPTIMAL);
    near(s.objective, 1, 0, 1e-15);
}

/* ---- threads and other users of GLPK ---- */

static void *solve_in_thread(void *arg)
{
    double *objective = arg;
    tdo_arena *a = tdo_arena_new();
    void *state = a;
    test_degenerate(&state);
    test_scaled(&state);
    *objective = 1;
    tdo_arena_free(a);
    return NULL;
}

static void test_threads(void **state)
{
    enum { THREADS = 4 };
    pthread_t id[THREADS];
    double done[THREADS] = {0};

    (void)state;
    for (size_t k = 0; k < THREADS; k++)
        assert_int_equal(pthread_create(&id[k], NULL, solve_in_thread, &done[k]), 0);
    for (size_t k = 0; k < THREADS; k++) {
        assert_int_equal(pthread_join(id[k], NULL), 0);
        near(done[k], 1, 0, 0);
    }
}

/* A problem of the application's own in this thread outlives our solves. */
static void test_other_user(void **state)
{
    glp_prob *mine = glp_create_prob();
    const int was = glp_term_out(GLP_ON);
    glp_add_cols(mine, 3);
    test_mix(state);
    assert_int_equal(glp_get_num_cols(mine), 3);
    assert_int_equal(glp_term_out(was), GLP_ON);
    glp_delete_prob(mine);
    (void)glp_free_env();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_mix),
        TEST(test_signs),
        TEST(test_beale),
        TEST(test_degenerate),
        TEST(test_infeasible),
        TEST(test_hair),
        TEST(test_unbounded),
        TEST(test_free_column),
        TEST(test_scaled),
        TEST(test_odd_parts),
        TEST(test_nothing),
        TEST(test_limit),
        TEST(test_ill_conditioned),
        TEST(test_extreme),
        TEST(test_threads),
        TEST(test_other_user),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
