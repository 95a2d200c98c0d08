/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mixes: pools of candidates against the same LP with all its columns, and published optima. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include "fifty.h"
#include "lp_verify.h"
#include "random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INF ((double)INFINITY)

/* ---- published ---- */

/* For any weights the optimum of an LP with two objectives is at one of its frontier's extreme
 * points: the least (sense 1) or largest (-1) of w f over them. */
static void check_frontier(tdo_arena *a, const tdo_lp_arrays *shape, bool maximise,
                           const double C[2][2], const double (*point)[2], size_t points)
{
    tdo_lp_arrays p = *shape;
    for (int k = 1; k < 40; k++) {
        const double w[] = {k / 40.0, 1 - k / 40.0};
        const double cost[] = {w[0] * C[0][0] + w[1] * C[1][0], w[0] * C[0][1] + w[1] * C[1][1]};
        double best = maximise ? -INF : INF;
        for (size_t q = 0; q < points; q++) {
            const double value = w[0] * point[q][0] + w[1] * point[q][1];
            best = maximise ? fmax(best, value) : fmin(best, value);
        }
        p.cost = cost;
        const tdo_lp_solution s = lp_solved(&p, maximise, NULL, a);
        assert_int_equal(s.outcome, TDO_LP_OPTIMAL);
        near(s.objective, best, 1e-14, 1e-15);
    }
}

/* jump-dev/MultiObjectiveAlgorithms.jl@b71397a, test_Dichotomy.jl, test_moi_bolp_1. */
static void test_bolp(void **state)
{
    const double A[] = {-1, -1, -0.5, -1, 0, -1}, upper[] = {-1, -0.75, -0.25};
    const double C[2][2] = {{2, 1}, {1, 3}}, point[][2] = {{1, 3}, {1.5, 2}, {2.25, 1.75}};
    tdo_lp_arrays p = lp_dense(*state, 3, 2, A);
    p.row_upper = upper;
    check_frontier(*state, &p, false, C, point, 3);
}

/* The same, test_Sandwiching.jl, test_molp_2 (an exercise of Revelle et al.). */
static void test_revelle(void **state)
{
    const double A[] = {-4, -8, 3, -6, 4, -2, 1, 0, -1, 3, -2, 4, -6, 3};
    const double upper[] = {-8, 6, 14, 6, 15, 18, 9}, C[2][2] = {{3, -2}, {-1, 2}};
    const double point[][2] = {{-3, 9}, {4, 8}, {8, 4}, {10, -2}};
    tdo_lp_arrays p = lp_dense(*state, 7, 2, A);
    p.row_upper = upper;
    check_frontier(*state, &p, true, C, point, 4);
}

/* The same, test_Sandwiching.jl, test_molp_1 (an example of Ehrgott's lectures). */
static void test_ehrgott(void **state)
{
    const double A[] = {0, 1, 3, -1}, upper[] = {3, 6}, C[2][2] = {{3, 1}, {-1, -2}};
    const double point[][2] = {{0, 0}, {3, -6}, {12, -9}};
    tdo_lp_arrays p = lp_dense(*state, 2, 2, A);
    p.row_upper = upper;
    check_frontier(*state, &p, false, C, point, 3);
}

/* ---- pools ---- */

enum { ROWS_MAX = 12 };

/* rows[0]: shares; then limits; then one row for each stakeholder, with a column t to maximise. */
typedef struct mix {
    size_t n, limits, stakeholders, rows;
    double *entry[ROWS_MAX]; /* [rows] each [n]; [0] NULL */
    double *cost, *same;
    double lower[ROWS_MAX], upper[ROWS_MAX];
} mix;

static void make_mix(mix *x, tdo_arena *a, rng *r, size_t n, size_t limits, size_t stakeholders,
                     double limit)
{
    *x = (mix){
        .n = n, .limits = limits, .stakeholders = stakeholders, .rows = 1 + limits + stakeholders};
    x->cost = tdo_alloc(a, n, sizeof *x->cost);
    x->same = tdo_alloc(a, x->rows, sizeof *x->same);
    assert_true(x->cost && x->same);
    x->same[0] = x->lower[0] = x->upper[0] = 1;
    for (size_t i = 1; i < x->rows; i++) {
        x->entry[i] = tdo_alloc(a, n, sizeof *x->entry[i]);
        assert_non_null(x->entry[i]);
        x->lower[i] = i <= limits ? -INF : 0;
        x->upper[i] = i <= limits ? limit : INF;
    }
    for (size_t j = 0; j < n; j++) {
        const double size = rng_unit(r);
        for (size_t i = 1; i < x->rows; i++)
            x->entry[i][j] = (size + rng_unit(r)) / 2;
        x->cost[j] = stakeholders > 0 ? 0 : (size + rng_unit(r)) / 2;
    }
}

/* The rows, and t where there are stakeholders. */
static tdo_lp *mix_rows(const mix *x, tdo_arena *a)
{
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(a, true);
    uint32_t row[ROWS_MAX];
    double value[ROWS_MAX];
    for (size_t i = 0; i < x->rows; i++)
        assert_int_equal(
            tdo_lp_add_row(lp, &(tdo_lp_row){.lower = x->lower[i], .upper = x->upper[i]}, &err),
            TDO_OK);
    for (size_t s = 0; s < x->stakeholders; s++) {
        row[s] = (uint32_t)(1 + x->limits + s);
        value[s] = -1;
    }
    const tdo_lp_column t = {.name = "t",
                             .cost = 1,
                             .lower = -INF,
                             .upper = INF,
                             .count = x->stakeholders,
                             .row = row,
                             .value = value};
    if (x->stakeholders > 0)
        assert_int_equal(tdo_lp_add_column(lp, &t, &err), TDO_OK);
    return lp;
}

static tdo_lp_pool *mix_pool(const mix *x, tdo_lp *lp, tdo_arena *a)
{
    tdo_error err = {0};
    tdo_lp_pool *p = NULL;
    const double *entry[ROWS_MAX];
    for (size_t i = 0; i < x->rows; i++)
        entry[i] = x->entry[i];
    const tdo_lp_candidates c = {.n = x->n, .cost = x->cost, .entry = entry, .same = x->same};
    assert_int_equal(tdo_lp_pool_new(lp, &c, a, &p, &err), TDO_OK);
    return p;
}

/* The whole LP as arrays: t, then all candidates. */
static tdo_lp_arrays mix_arrays(const mix *x, tdo_arena *a)
{
    const size_t extra = x->stakeholders > 0, columns = x->n + extra;
    double *dense = tdo_alloc(a, x->rows * columns, sizeof *dense);
    double *cost = tdo_alloc(a, columns, sizeof *cost);
    double *lower = tdo_alloc(a, columns, sizeof *lower);
    assert_true(dense && cost && lower);
    for (size_t i = 0; i < x->rows; i++) {
        for (size_t j = 0; j < x->n; j++)
            dense[i * columns + extra + j] = !x->entry[i] ? x->same[i] : x->entry[i][j];
        if (extra > 0 && i > x->limits)
            dense[i * columns] = -1;
    }
    for (size_t j = 0; j < x->n; j++)
        cost[extra + j] = x->cost[j];
    if (extra > 0) {
        cost[0] = 1;
        lower[0] = -INF;
    }
    tdo_lp_arrays p = lp_dense(a, x->rows, columns, dense);
    p.cost = cost;
    p.lower = lower;
    p.row_lower = x->lower;
    p.row_upper = x->upper;
    return p;
}

/* The pool's answer, as a solution of the whole LP, through the verifier. */
static void verify_pool(const mix *x, const tdo_lp_pool_solution *s, tdo_arena *a)
{
    const size_t extra = x->stakeholders > 0, columns = x->n + extra;
    const tdo_lp_arrays p = mix_arrays(x, a);
    tdo_lp_solution whole = s->lp;
    double *primal = tdo_alloc(a, columns, sizeof *primal);
    double *reduced = tdo_alloc(a, columns, sizeof *reduced);
    uint8_t *place = tdo_alloc(a, columns, 1);
    assert_true(primal && reduced && place);
    if (s->lp.outcome == TDO_LP_OPTIMAL) {
        memset(place, TDO_LP_AT_LOWER, columns);
        if (extra > 0) {
            primal[0] = s->lp.primal[0];
            place[0] = s->lp.column_place[0];
        }
        memcpy(reduced + extra, s->reduced, x->n * sizeof *reduced);
        for (size_t k = 0; k < s->count; k++) {
            primal[extra + s->index[k]] = s->share[k];
            place[extra + s->index[k]] = TDO_LP_BASIC;
            assert_true(k == 0 || s->index[k - 1] < s->index[k]);
        }
        size_t basic = 0; /* those in the basis at 0 have no share: any of them do for the count */
        for (size_t i = 0; i < x->rows; i++)
            basic += s->lp.row_place[i] == TDO_LP_BASIC;
        for (size_t j = 0; j < columns; j++)
            basic += place[j] == TDO_LP_BASIC;
        for (size_t j = extra; j < columns && basic < x->rows; j++) {
            if (place[j] != TDO_LP_BASIC && reduced[j] == 0) {
                place[j] = TDO_LP_BASIC;
                basic++;
            }
        }
        whole.primal = primal;
        whole.reduced = reduced;
        whole.column_place = place;
    }
    lp_verify(&p, true, &whole);
}

static const tdo_lp_options priced = {.all_reduced = true};

static void test_pool(void **state)
{
    rng r = {11};
    for (int turn = 0; turn < 60; turn++) {
        mix x;
        tdo_lp_pool_solution s = {0};
        tdo_error err = {0};
        tdo_arena *a = tdo_arena_new();
        const double limit = turn % 5 == 4 ? 0.05 : 0.45; /* some cannot be met */
        make_mix(&x, a, &r, 5 + rng_below(&r, 300), rng_below(&r, 4), rng_below(&r, 6), limit);
        const tdo_lp_arrays p = mix_arrays(&x, a);
        const tdo_lp_solution whole = lp_solved(&p, true, NULL, a);
        assert_int_equal(tdo_lp_pool_solve(mix_pool(&x, mix_rows(&x, a), a), &priced, a, &s, &err),
                         TDO_OK);
        assert_int_equal(s.lp.outcome, whole.outcome);
        assert_true(s.lp.certificate.exact);
        verify_pool(&x, &s, a);
        if (whole.outcome == TDO_LP_OPTIMAL)
            near(s.lp.objective, whole.objective, 0, 0);
        assert_true(s.added < x.n || x.n < 60);
        tdo_arena_free(a);
    }
    (void)state;
}

/* The same by tolerance only. */
static void test_pool_rough(void **state)
{
    const tdo_lp_options rough = {.exact_work = 1, .all_reduced = true};
    rng r = {12};
    for (int turn = 0; turn < 30; turn++) {
        mix x;
        tdo_lp_pool_solution s = {0};
        tdo_error err = {0};
        tdo_arena *a = tdo_arena_new();
        const double limit = turn % 5 == 4 ? 0.05 : 0.45;
        make_mix(&x, a, &r, 5 + rng_below(&r, 300), 2, rng_below(&r, 6), limit);
        const tdo_lp_arrays p = mix_arrays(&x, a);
        const tdo_lp_solution whole = lp_solved(&p, true, NULL, a);
        assert_int_equal(tdo_lp_pool_solve(mix_pool(&x, mix_rows(&x, a), a), &rough, a, &s, &err),
                         TDO_OK);
        assert_int_equal(s.lp.outcome, whole.outcome);
        assert_false(s.lp.certificate.exact);
        if (whole.outcome == TDO_LP_OPTIMAL) {
            near(s.lp.objective, whole.objective, 1e-9, 0);
            assert_true(s.lp.certificate.dual <= 1e-9 && s.lp.certificate.gap <= 1e-9);
        }
        tdo_arena_free(a);
    }
    (void)state;
}

/* One pool, many limits, costs and a further row: always the optimum of all columns. */
static void test_pool_family(void **state)
{
    tdo_arena *a = *state;
    tdo_error err = {0};
    mix x;
    rng r = {13};
    make_mix(&x, a, &r, 400, 3, 0, 0.45);
    tdo_lp *lp = mix_rows(&x, a);
    tdo_lp_pool *pool = mix_pool(&x, lp, a);
    for (int turn = 0; turn < 25; turn++) {
        tdo_lp_pool_solution s = {0};
        x.upper[1] = 0.2 + 0.02 * turn;
        assert_int_equal(tdo_lp_set_row_bounds(lp, 1, -INF, x.upper[1], &err), TDO_OK);
        if (turn % 4 == 3) {
            for (size_t j = 0; j < x.n; j++)
                x.cost[j] = rng_unit(&r);
            assert_int_equal(tdo_lp_pool_set_cost(pool, x.cost, &err), TDO_OK);
        }
        assert_int_equal(tdo_lp_pool_solve(pool, &priced, a, &s, &err), TDO_OK);
        verify_pool(&x, &s, a);
        const tdo_lp_arrays p = mix_arrays(&x, a);
        near(s.lp.objective, lp_solved(&p, true, NULL, a).objective, 0, 0);
    }
}

static void test_pool_refused(void **state)
{
    tdo_arena *a = *state;
    tdo_error err = {0};
    mix x;
    rng r = {14};
    tdo_lp_pool *pool = NULL;
    make_mix(&x, a, &r, 3, 1, 0, 1);
    const double *entry[] = {NULL, x.entry[1]};
    tdo_lp_candidates c = {.n = 3, .cost = x.cost, .entry = entry, .same = x.same};
    x.entry[1][2] = (double)NAN;
    assert_int_equal(tdo_lp_pool_new(mix_rows(&x, a), &c, a, &pool, &err), TDO_E_INPUT);
    assert_string_equal(err.text, "a coefficient of candidate 3 is not a finite number");
    x.entry[1][2] = 0;
    tdo_lp *lp = mix_rows(&x, a);
    const tdo_lp_column whole = {.upper = 1, .integer = true};
    assert_int_equal(tdo_lp_add_column(lp, &whole, &err), TDO_OK);
    assert_int_equal(tdo_lp_pool_new(lp, &c, a, &pool, &err), TDO_E_INPUT);
    c.n = 0; /* nobody: no shares can sum to 1 */
    assert_int_equal(tdo_lp_pool_new(mix_rows(&x, a), &c, a, &pool, &err), TDO_OK);
    tdo_lp_pool_solution s = {0};
    assert_int_equal(tdo_lp_pool_solve(pool, &priced, a, &s, &err), TDO_OK);
    assert_int_equal(s.lp.outcome, TDO_LP_INFEASIBLE);
}

/* ---- a mixture of 50 candidates: 3 objectives, 3 limits ---- */

static void test_mixture(void **state)
{
    static double x[FIFTY_COLUMNS][FIFTY];
    double cost[FIFTY], same[] = {1, 0, 0, 0}, range[3];
    const double *entry[] = {NULL, x[3], x[4], x[5]};
    tdo_error err = {0};
    for (size_t c = 0; c < FIFTY_COLUMNS; c++)
        for (size_t j = 0; j < FIFTY; j++)
            x[c][j] = fifty[j][c];
    for (size_t c = 0; c < 3; c++) {
        double low = INF, high = -INF;
        for (size_t j = 0; j < FIFTY; j++) {
            low = fmin(low, x[c][j]);
            high = fmax(high, x[c][j]);
        }
        range[c] = high - low;
    }
    for (size_t k = 0; k < FIFTY_OPTIMA; k++) {
        const double *weight = fifty_optimum[k].weight;
        tdo_lp *lp = tdo_lp_new(*state, true);
        tdo_lp_pool *pool = NULL;
        tdo_lp_pool_solution s = {0};
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(tdo_lp_add_row(lp,
                                            &(tdo_lp_row){.lower = i == 0 ? 1 : -INF,
                                                          .upper = i == 0 ? 1 : fifty_limit[i - 1]},
                                            &err),
                             TDO_OK);
        for (size_t j = 0; j < FIFTY; j++)
            cost[j] = weight[0] * x[0][j] / range[0] - weight[1] * x[1][j] / range[1] -
                      weight[2] * x[2][j] / range[2];
        const tdo_lp_candidates c = {.n = FIFTY, .cost = cost, .entry = entry, .same = same};
        assert_int_equal(tdo_lp_pool_new(lp, &c, *state, &pool, &err), TDO_OK);
        assert_int_equal(tdo_lp_pool_solve(pool, &priced, *state, &s, &err), TDO_OK);
        assert_int_equal(s.lp.outcome, TDO_LP_OPTIMAL);
        near(s.lp.objective, fifty_optimum[k].score, 1e-14, 0);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_bolp),       TEST(test_revelle),     TEST(test_ehrgott),      TEST(test_pool),
        TEST(test_pool_rough), TEST(test_pool_family), TEST(test_pool_refused), TEST(test_mixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
