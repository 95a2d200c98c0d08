/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the LP room that a whole solve hides: the guard, the search of our own, pools at their
 * edges, and answers that only exact signs get right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include "lp/guard.h"
#include "lp/prove.h"
#include "lp_verify.h"
#include "random.h"

#include <glpk.h>
#include <string.h>

#define INF ((double)INFINITY)

/* ---- the guard ---- */

static void misuse(void *arg)
{
    glp_prob *p = glp_create_prob();
    *(int *)arg += 1;
    glp_set_obj_coef(p, 5, 1); /* there is no column 5: GLPK ends the process over this */
    *(int *)arg += 100;
}

static void behave(void *arg)
{
    glp_prob *p = glp_create_prob();
    *(int *)arg += glp_add_cols(p, 1);
    glp_delete_prob(p);
}

static void test_guard(void **state)
{
    char text[LP_GUARD_TEXT] = "";
    int count = 0;
    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        assert_int_equal(lp_guarded(misuse, &count, text), TDO_E_INTERNAL);
        assert_non_null(strstr(text, "glp_set_obj_coef: j = 5"));
        assert_null(strchr(text, '\n'));
        assert_int_equal(lp_guarded(behave, &count, text), TDO_OK);
        assert_string_equal(text, "");
    }
    assert_int_equal(count, 6);
    assert_int_equal(glp_free_env(), 1); /* no environment is left in this thread */
}

static void ask_too_much(void *arg)
{
    (void)arg;
    glp_mem_limit(1);
    (void)glp_alloc(1 << 20, 16);
}

static void test_guard_memory(void **state)
{
    char text[LP_GUARD_TEXT] = "";
    (void)state;
    assert_int_equal(lp_guarded(ask_too_much, NULL, text), TDO_E_MEMORY);
}

/* ---- the certificate ---- */

/* max 0.8 x + 0.5 y, x + y = 1, 200 x + 100 y <= 150: x = y = 0.5 at prices 0.2 and 0.003. What is
 * wrong with an answer shows in the residual it belongs to, at its size. */
static void test_certificate(void **state)
{
    tdo_arena *a = *state;
    const double A[] = {1, 1, 200, 100}, cost[] = {0.8, 0.5};
    const double lower[] = {1, -INF}, upper[] = {1, 150}, most[] = {INF, 0.75};
    tdo_lp_arrays p = lp_dense(a, 2, 2, A);
    tdo_error err = {0};
    lp_form f = {0};
    lp_scales z = {0};
    tdo_lp *lp = tdo_lp_new(a, true);
    p.cost = cost;
    p.upper = most;
    p.row_lower = lower;
    p.row_upper = upper;
    assert_int_equal(tdo_lp_add_arrays(lp, &p, &err), TDO_OK);
    assert_int_equal(lp_compile(lp, a, &f, &err), TDO_OK);
    assert_true(lp_scales_make(&f, a, &z));
    const double x[] = {0.5, 0.5}, y[] = {-0.2, -0.003};
    tdo_lp_certificate c = lp_check_optimal(&f, &z, &(lp_claim){.x = x, .y = y});
    assert_true(c.primal <= 1e-16 && c.dual <= 1e-16 && c.slackness <= 1e-16 && c.gap <= 1e-16);
    assert_true(lp_passes_optimal(&c));

    const double over[] = {0.50001, 0.5}; /* shares of 1.00001, and 150.002 of 150 */
    c = lp_check_optimal(&f, &z, &(lp_claim){.x = over, .y = y});
    near(c.primal, 0.002 / 150.002, 0, 1e-9);
    assert_false(lp_passes_optimal(&c));
    const double below[] = {-1e-7, 1.0000001};
    c = lp_check_optimal(&f, &z, &(lp_claim){.x = below, .y = y});
    assert_true(c.primal > 0.1);          /* of the size of that variable */
    const double dear[] = {-0.2, -0.004}; /* x would now have a reduced cost of the wrong sign */
    c = lp_check_optimal(&f, &z, &(lp_claim){.x = x, .y = dear});
    assert_true(c.slackness > 1e-2 && !lp_passes_optimal(&c));
    const double cheap[] = {-0.2, -0.003 + 1e-8}; /* x wants to grow, and has no upper bound */
    c = lp_check_optimal(&f, &z, &(lp_claim){.x = x, .y = cheap});
    assert_true(c.dual > 1e-7 && !lp_passes_optimal(&c));
    const double reversed[] = {-0.2, 0.003}; /* a price of the wrong sign */
    c = lp_check_optimal(&f, &z, &(lp_claim){.x = x, .y = reversed});
    assert_true(c.dual > 0.5);
    const double worse[] = {0.25, 0.75}; /* feasible, and 0.075 short */
    c = lp_check_optimal(&f, &z, &(lp_claim){.x = worse, .y = y});
    near(c.primal, 0, 1e-16, 0);
    near(c.dual, 0, 1e-15, 0);
    near(c.gap, 0.075 / (0.575 + 0.65), 0, 1e-12);
    assert_true(c.slackness > 1e-2);
}

/* ---- our own search ---- */

/* Knapsacks from nothing: no answer of GLPK's to start from. */
static void test_prove(void **state)
{
    enum { N = 9 };
    rng r = {31};

    for (int turn = 0; turn < 60; turn++) {
        tdo_arena *a = *state;
        double weight[N], cost[N], upper[N], room = 0, best = 0;
        bool integer[N];
        tdo_error err = {0};
        for (size_t j = 0; j < N; j++) {
            weight[j] = 1 + (double)rng_below(&r, 30);
            cost[j] = 1 + rng_unit(&r); /* choices differ by little */
            upper[j] = 1;
            integer[j] = true;
            room += weight[j] / 2;
        }
        for (unsigned set = 0; set < 1u << N; set++) {
            double w = 0, c = 0;
            for (size_t j = 0; j < N; j++) {
                w += (set >> j & 1) != 0 ? weight[j] : 0;
                c += (set >> j & 1) != 0 ? cost[j] : 0;
            }
            best = w <= room ? fmax(best, c) : best;
        }
        tdo_lp_arrays p = lp_dense(a, 1, N, weight);
        p.cost = cost;
        p.upper = upper;
        p.row_upper = &room;
        tdo_lp *lp = tdo_lp_new(a, true);
        assert_int_equal(tdo_lp_add_arrays(lp, &p, &err), TDO_OK);
        lp_form f = {0};
        tdo_lp_options options = {0};
        lp_answer root = {0}, found = {.x = NULL};
        lp_proof proof = {0};
        assert_int_equal(lp_compile(lp, a, &f, &err), TDO_OK);
        assert_int_equal(lp_take_options(NULL, &options, &err), TDO_OK);
        const lp_task t = {.form = &f, .options = &options, .place = lp_last_places(lp, a)};
        assert_int_equal(lp_relax(&t, a, &root, &err), TDO_OK);
        lp_answer_free(&root);
        assert_int_equal(lp_prove(&t, integer, a, &found, &proof, &err), TDO_OK);
        assert_true(proof.complete && proof.exact);
        near(-found.objective, best, 0, 1e-15);
        near(-proof.bound, -found.objective, 0, 0);
        /* Stopped early it still bounds. */
        found.x = NULL;
        options.exact_nodes = 1 + (uint32_t)rng_below(&r, 3);
        assert_int_equal(lp_prove(&t, integer, a, &found, &proof, &err), TDO_OK);
        assert_true(-proof.bound >= best - 1e-14);
        assert_true(!found.x || -found.objective <= best + 1e-14);
    }
}

/* ---- exact signs ---- */

/* Costs one step of a double apart: far below every tolerance, and still the larger one wins. */
static void test_one_step(void **state)
{
    const double A[] = {1, 1, 1}, one = 1;
    const double cost[] = {0.3, nextafter(0.3, 1), nextafter(0.3, 0)};
    tdo_lp_arrays p = lp_dense(*state, 1, 3, A);
    p.cost = cost;
    p.row_lower = p.row_upper = &one;
    const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
    near(s.objective, cost[1], 0, 0);
    near(s.primal[1], 1, 0, 0);
    assert_int_equal(s.ties, 0);
    near(lp_solved(&p, false, NULL, *state).objective, cost[2], 0, 0);
}

/* A limit met by one step of a double, or missed by it. */
static void test_one_step_of_a_limit(void **state)
{
    const double A[] = {1, 1, 0.3, 0.1}, cost[] = {1, 0}, lower[] = {1, -INF};
    for (int k = -1; k <= 1; k++) {
        const double upper[] = {1, k == 0 ? 0.3 : nextafter(0.3, k)};
        tdo_lp_arrays p = lp_dense(*state, 2, 2, A);
        p.cost = cost;
        p.row_lower = lower;
        p.row_upper = upper;
        const tdo_lp_solution s = lp_solved(&p, true, NULL, *state);
        assert_int_equal(s.outcome, TDO_LP_OPTIMAL);
        assert_true(s.certificate.exact);
        assert_true(k < 0 ? s.primal[0] < 1 : s.primal[0] == 1);
        assert_int_equal(s.row_place[1] == TDO_LP_BASIC, k > 0 || s.degenerate > 0);
    }
}

/* ---- pools ---- */

/* More candidates than are priced in one block, the best of them at any place, some twice. */
static void test_pool_blocks(void **state)
{
    enum { N = 3001 };
    static double cost[N], size[N];
    const double *entry[] = {NULL, size}, same[] = {1, 0};
    rng r = {32};

    for (int turn = 0; turn < 40; turn++) {
        tdo_error err = {0};
        tdo_lp *lp = tdo_lp_new(*state, true);
        tdo_lp_pool *pool = NULL;
        tdo_lp_pool_solution s = {0};
        double best = -INF;
        const tdo_lp_row rows[] = {{.lower = 1, .upper = 1}, {.lower = -INF, .upper = 0.5}};
        for (size_t j = 0; j < N; j++) {
            size[j] = rng_unit(&r);
            cost[j] = size[j] * size[j]; /* below the line between the ends ... */
        }
        const size_t low = rng_below(&r, N), high = (low + 1 + rng_below(&r, N - 2)) % N;
        size[low] = 0.25; /* ... and two above it */
        size[high] = 0.75;
        cost[low] = cost[high] = 1;
        const size_t twin = (high + 1) % N == low ? (high + 2) % N : (high + 1) % N;
        size[twin] = size[high];
        cost[twin] = cost[high];
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(tdo_lp_add_row(lp, &rows[i], &err), TDO_OK);
        const tdo_lp_candidates c = {.n = N, .cost = cost, .entry = entry, .same = same};
        assert_int_equal(tdo_lp_pool_new(lp, &c, *state, &pool, &err), TDO_OK);
        assert_int_equal(
            tdo_lp_pool_solve(pool, &(tdo_lp_options){.all_reduced = true}, *state, &s, &err),
            TDO_OK);
        assert_int_equal(s.lp.outcome, TDO_LP_OPTIMAL);
        near(s.lp.objective, 1, 0, 0);
        assert_true(s.lp.ties >= 1); /* the twin */
        for (size_t j = 0; j < N; j++)
            best = fmax(best, s.reduced[j]);
        near(best, 0, 0, 0);
        near(s.reduced[twin], s.reduced[high], 0, 0);
    }
}

/* Rows that come after the pool hold none of its candidates. */
static void test_pool_later_row(void **state)
{
    const double cost[] = {1, 2}, same[] = {1}, *entry[] = {NULL};
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(*state, true);
    tdo_lp_pool *pool = NULL;
    tdo_lp_pool_solution s = {0};
    const tdo_lp_row shares = {.lower = 1, .upper = 1};
    const tdo_lp_column other = {.cost = 5, .upper = INF};
    const tdo_lp_row later = {.lower = -INF,
                              .upper = 3,
                              .count = 1,
                              .column = (const uint32_t[]){0},
                              .value = (const double[]){2}};
    const tdo_lp_candidates c = {.n = 2, .cost = cost, .entry = entry, .same = same};
    assert_int_equal(tdo_lp_add_row(lp, &shares, &err), TDO_OK);
    assert_int_equal(tdo_lp_add_column(lp, &other, &err), TDO_OK);
    assert_int_equal(tdo_lp_pool_new(lp, &c, *state, &pool, &err), TDO_OK);
    assert_int_equal(tdo_lp_pool_solve(pool, NULL, *state, &s, &err), TDO_OK);
    assert_int_equal(s.lp.outcome, TDO_LP_UNBOUNDED);
    assert_int_equal(tdo_lp_add_row(lp, &later, &err), TDO_OK);
    assert_int_equal(tdo_lp_pool_solve(pool, NULL, *state, &s, &err), TDO_OK);
    assert_int_equal(s.lp.outcome, TDO_LP_OPTIMAL);
    near(s.lp.objective, 2 + 7.5, 0, 0);
    assert_int_equal(s.count, 1);
    assert_int_equal(s.index[0], 1);
}

/* A pool begins with what it is given, from the basis that it is given, and serves a second LP. */
static void test_pool_begins(void **state)
{
    enum { N = 200 };
    rng r = {33};
    double cost[N], size[N];
    const double same[] = {1, 0}, *entry[] = {NULL, size};
    const tdo_lp_row rows[] = {{.lower = 1, .upper = 1}, {.lower = -INF, .upper = 0.5}};
    const uint8_t on_second[] = {TDO_LP_AT_LOWER, TDO_LP_BASIC},
                  slack[] = {TDO_LP_FIXED, TDO_LP_BASIC};
    tdo_error err = {0};
    tdo_lp_pool *pool = NULL;
    double best[3] = {0};
    for (size_t j = 0; j < N; j++) {
        size[j] = rng_unit(&r);
        cost[j] = sqrt(size[j]) * rng_unit(&r);
    }
    size[1] = 0.25;
    for (size_t turn = 0; turn < 3; turn++) {
        tdo_lp_pool_solution s = {0};
        tdo_lp *lp = tdo_lp_new(*state, true);
        for (size_t i = 0; i < 2; i++)
            assert_int_equal(tdo_lp_add_row(lp, &rows[i], &err), TDO_OK);
        if (turn == 0) {
            const tdo_lp_candidates c = {.n = N, .cost = cost, .entry = entry, .same = same};
            assert_int_equal(tdo_lp_pool_new(lp, &c, *state, &pool, &err), TDO_OK);
        } else {
            tdo_lp_pool_renew(pool, lp);
            assert_int_equal(tdo_lp_pool_take(pool, (const uint32_t[]){0, 1, 1}, 3, &err), TDO_OK);
            assert_int_equal(tdo_lp_columns(lp), 2);
        }
        if (turn == 2)
            assert_int_equal(tdo_lp_start_at(lp, on_second, slack, &err), TDO_OK);
        assert_int_equal(tdo_lp_pool_solve(pool, NULL, *state, &s, &err), TDO_OK);
        assert_int_equal(s.lp.outcome, TDO_LP_OPTIMAL);
        assert_true(s.lp.certificate.exact);
        best[turn] = s.lp.objective;
    }
    near(best[1], best[0], 0, 0);
    near(best[2], best[0], 0, 0);
}

/* No basis: too few in it, or a place that there is not. */
static void test_no_start(void **state)
{
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(*state, true);
    const tdo_lp_column x = {.cost = 1, .upper = 1};
    assert_int_equal(tdo_lp_add_row(lp, &(tdo_lp_row){.upper = 1}, &err), TDO_OK);
    assert_int_equal(tdo_lp_add_column(lp, &x, &err), TDO_OK);
    const uint8_t lower[] = {TDO_LP_AT_LOWER}, other[] = {TDO_LP_FIXED + 1}, basic[] = {0};
    assert_int_equal(tdo_lp_start_at(lp, lower, lower, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_start_at(lp, basic, basic, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_start_at(lp, other, basic, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_start_at(lp, lower, basic, &err), TDO_OK);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_guard),          TEST(test_guard_memory),        TEST(test_prove),
        TEST(test_one_step),       TEST(test_one_step_of_a_limit), TEST(test_pool_blocks),
        TEST(test_pool_later_row), TEST(test_certificate),         TEST(test_pool_begins),
        TEST(test_no_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
