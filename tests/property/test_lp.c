/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random LPs whose optimum is known otherwise: by construction, by looking at every corner, by
 * looking at every whole number, by the float path against the exact one. All go through the
 * verifier. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/lp_verify.h"
#include "../unit/random.h"

#define INF ((double)INFINITY)

enum { ROWS = 40, COLUMNS = 60 };

/* An LP with room to make it in. */
typedef struct made {
    tdo_lp_arrays p;
    double A[ROWS * COLUMNS], cost[COLUMNS], lower[COLUMNS], upper[COLUMNS];
    double row_lower[ROWS], row_upper[ROWS];
    bool integer[COLUMNS];
} made;

static void finish(made *x, tdo_arena *a, size_t m, size_t n)
{
    x->p = lp_dense(a, m, n, x->A);
    x->p.cost = x->cost;
    x->p.lower = x->lower;
    x->p.upper = x->upper;
    x->p.row_lower = x->row_lower;
    x->p.row_upper = x->row_upper;
}

/* -k to k, whole. */
static double whole(rng *r, size_t k)
{
    return (double)rng_below(r, 2 * k + 1) - (double)k;
}

/* ---- a known pair of solutions ---- */

/* Whole numbers x and y, then bounds and costs such that both are feasible and complementary:
 * both are optimal (Dantzig's duality), and the objective is exact in doubles. */
static double make_pair(made *x, rng *r, size_t m, size_t n)
{
    double value[COLUMNS], y[ROWS], objective = 0;
    for (size_t k = 0; k < m * n; k++)
        x->A[k] = rng_below(r, 3) == 0 ? 0 : whole(r, 9);
    for (size_t j = 0; j < n; j++)
        value[j] = whole(r, 5);
    for (size_t i = 0; i < m; i++) {
        double at = 0;
        for (size_t j = 0; j < n; j++)
            at += x->A[i * n + j] * value[j];
        const size_t kind = rng_below(r, 6);
        y[i] = kind < 4 ? 0 : whole(r, 4);         /* often 0: degenerate on the dual side */
        const bool tight = y[i] != 0 || kind == 3; /* tight without a price: on the primal side */
        x->row_lower[i] = y[i] > 0 || (tight && kind == 3) ? at : kind == 0 ? -INF : at - 3;
        x->row_upper[i] = y[i] < 0 ? at : kind == 1 ? INF : at + 2;
        if (kind == 5 && y[i] != 0)
            x->row_lower[i] = x->row_upper[i] = at;
    }
    for (size_t j = 0; j < n; j++) {
        const size_t kind = rng_below(r, 5);
        const double d = kind < 2 ? 0 : whole(r, 4);
        x->cost[j] = d;
        for (size_t i = 0; i < m; i++)
            x->cost[j] += x->A[i * n + j] * y[i];
        x->lower[j] = d > 0 || kind == 1 ? value[j] : kind == 0 ? -INF : value[j] - 1;
        x->upper[j] = d < 0 ? value[j] : kind == 3 ? INF : value[j] + 4;
        objective += x->cost[j] * value[j];
    }
    return objective;
}

static void test_known_pair(void **state)
{
    static made x;
    rng r = {1};
    (void)state;
    for (int turn = 0; turn < 1500; turn++) {
        tdo_arena *a = tdo_arena_new();
        const size_t m = 1 + rng_below(&r, turn % 10 == 0 ? ROWS : 8);
        const size_t n = 1 + rng_below(&r, turn % 10 == 0 ? COLUMNS : 12);
        const double objective = make_pair(&x, &r, m, n);
        finish(&x, a, m, n);
        const tdo_lp_solution s = lp_solved(&x.p, false, NULL, a);
        assert_int_equal(s.outcome, TDO_LP_OPTIMAL);
        assert_true(s.certificate.exact);
        near(s.objective, objective, 0, 0);
        for (size_t j = 0; j < n; j++)
            x.cost[j] = -x.cost[j];
        near(lp_solved(&x.p, true, NULL, a).objective, -objective, 0, 0);
        tdo_arena_free(a);
    }
}

/* ---- every corner ---- */

enum { SIDES = 3, MOST_TIGHT = 16 };

/* Solves k equations in k unknowns. False: singular. */
static bool solve_square(size_t k, long double e[SIDES][SIDES + 1], double *x)
{
    for (size_t s = 0; s < k; s++) {
        size_t best = s;
        for (size_t i = s + 1; i < k; i++)
            best = fabsl(e[i][s]) > fabsl(e[best][s]) ? i : best;
        if (fabsl(e[best][s]) < 1e-9L)
            return false;
        for (size_t c = 0; c <= k; c++) {
            const long double swap = e[s][c];
            e[s][c] = e[best][c];
            e[best][c] = swap;
        }
        for (size_t i = 0; i < k; i++) {
            const long double by = i == s ? 0 : e[i][s] / e[s][s];
            for (size_t c = s; c <= k && i != s; c++)
                e[i][c] -= by * e[s][c];
        }
    }
    for (size_t s = 0; s < k; s++)
        x[s] = (double)(e[s][k] / e[s][s]);
    return true;
}

static bool feasible(const made *x, size_t m, size_t n, const double *value)
{
    for (size_t j = 0; j < n; j++) {
        if (value[j] < x->lower[j] - 1e-9 || value[j] > x->upper[j] + 1e-9)
            return false;
    }
    for (size_t i = 0; i < m; i++) {
        double at = 0;
        for (size_t j = 0; j < n; j++)
            at += x->A[i * n + j] * value[j];
        if (at < x->row_lower[i] - 1e-9 || at > x->row_upper[i] + 1e-9)
            return false;
    }
    return true;
}

/* The least cost over all points in which n of the finite bounds are met; NaN: no such point is
 * feasible. With boxed columns that is the optimum (every corner is such a point). */
static double best_corner(const made *x, size_t m, size_t n)
{
    long double plane[MOST_TIGHT][SIDES + 1] = {{0}};
    size_t planes = 0, pick[SIDES] = {0};
    double best = (double)NAN;
    for (size_t v = 0; v < n + m; v++) {
        for (int side = 0; side < 2; side++) {
            const double bound = v < n ? (side == 0 ? x->lower[v] : x->upper[v])
                                       : (side == 0 ? x->row_lower[v - n] : x->row_upper[v - n]);
            if (isinf(bound))
                continue;
            for (size_t j = 0; j < n; j++)
                plane[planes][j] = v < n ? (v == j) : x->A[(v - n) * n + j];
            plane[planes++][n] = bound;
        }
    }
    for (size_t k = 0; k < n; k++)
        pick[k] = k;
    while (planes >= n) {
        long double e[SIDES][SIDES + 1] = {{0}};
        double value[SIDES] = {0}, cost = 0;
        for (size_t k = 0; k < n; k++) {
            for (size_t c = 0; c <= n; c++)
                e[k][c] = plane[pick[k]][c];
        }
        if (solve_square(n, e, value) && feasible(x, m, n, value)) {
            for (size_t j = 0; j < n; j++)
                cost += x->cost[j] * value[j];
            best = isnan(best) || cost < best ? cost : best;
        }
        size_t k = n; /* the next choice of n among planes */
        while (k > 0 && pick[k - 1] == planes - n + k - 1)
            k--;
        if (k == 0)
            break;
        pick[k - 1]++;
        for (; k < n; k++)
            pick[k] = pick[k - 1] + 1;
    }
    return best;
}

static void make_boxed(made *x, rng *r, size_t m, size_t n)
{
    for (size_t k = 0; k < m * n; k++)
        x->A[k] = whole(r, 3);
    for (size_t j = 0; j < n; j++) {
        x->cost[j] = whole(r, 5);
        x->lower[j] = whole(r, 2);
        x->upper[j] = x->lower[j] + (double)rng_below(r, 5);
    }
    for (size_t i = 0; i < m; i++) { /* near what the lower corner gives: often feasible */
        const size_t kind = rng_below(r, 4);
        double bound = whole(r, 3);
        for (size_t j = 0; j < n; j++)
            bound += x->A[i * n + j] * x->lower[j];
        x->row_lower[i] = kind == 0 ? -INF : bound;
        x->row_upper[i] = kind == 1 ? INF : kind == 2 ? bound : bound + (double)rng_below(r, 4);
    }
}

static void test_corners(void **state)
{
    static made x;
    rng r = {2};
    size_t feasible_ones = 0;
    (void)state;
    for (int turn = 0; turn < 4000; turn++) {
        tdo_arena *a = tdo_arena_new();
        const size_t m = 1 + rng_below(&r, 5), n = 1 + rng_below(&r, SIDES);
        make_boxed(&x, &r, m, n);
        finish(&x, a, m, n);
        const tdo_lp_solution s = lp_solved(&x.p, false, NULL, a);
        const double best = best_corner(&x, m, n);
        assert_int_equal(s.outcome, isnan(best) ? TDO_LP_INFEASIBLE : TDO_LP_OPTIMAL);
        if (!isnan(best)) {
            near(s.objective, best, 1e-12, 1e-12);
            feasible_ones++;
        }
        tdo_arena_free(a);
    }
    assert_in_range(feasible_ones, 1000, 3500);
}

/* ---- every whole number ---- */

static double best_whole(const made *x, size_t m, size_t n)
{
    double value[COLUMNS], best = (double)NAN;
    size_t j = 0;
    for (j = 0; j < n; j++)
        value[j] = x->lower[j];
    do {
        double cost = 0;
        for (j = 0; j < n; j++)
            cost += x->cost[j] * value[j];
        if ((isnan(best) || cost < best) && feasible(x, m, n, value))
            best = cost;
        for (j = 0; j < n && value[j] >= x->upper[j]; j++)
            value[j] = x->lower[j];
        if (j < n)
            value[j]++;
    } while (j < n);
    return best;
}

static void test_whole(void **state)
{
    static made x;
    rng r = {3};
    size_t found = 0;
    (void)state;
    for (int turn = 0; turn < 1500; turn++) {
        tdo_arena *a = tdo_arena_new();
        const size_t m = 1 + rng_below(&r, 4), n = 2 + rng_below(&r, 5);
        make_boxed(&x, &r, m, n);
        for (size_t k = 0; k < m * n && turn % 2 == 0; k++)
            x.A[k] += rng_unit(&r) - 0.5;
        for (size_t i = 0; i < m; i++) { /* equations of random numbers have no whole solutions */
            if (x.row_lower[i] == x.row_upper[i])
                x.row_lower[i] = -INF;
        }
        finish(&x, a, m, n);
        for (size_t j = 0; j < n; j++)
            x.integer[j] = true;
        x.p.integer = x.integer;
        const tdo_lp_solution s = lp_solved(&x.p, false, NULL, a);
        const double best = best_whole(&x, m, n);
        assert_int_equal(s.outcome, isnan(best) ? TDO_LP_INFEASIBLE : TDO_LP_OPTIMAL);
        assert_true(s.certificate.exact);
        if (!isnan(best)) {
            near(s.objective, best, 1e-13, 1e-13);
            near(s.certificate.gap, 0, 0, 0);
            found++;
        }
        tdo_arena_free(a);
    }
    assert_in_range(found, 500, 1400);
}

/* Without the proof of our own the bound is GLPK's, and still holds. */
static void test_search_alone(void **state)
{
    static made x;
    const tdo_lp_options one = {.exact_nodes = 1};
    rng r = {4};
    (void)state;
    for (int turn = 0; turn < 500; turn++) {
        tdo_arena *a = tdo_arena_new();
        const size_t m = 1 + rng_below(&r, 4), n = 2 + rng_below(&r, 5);
        tdo_lp_solution s = {0};
        tdo_error err = {0};
        tdo_lp *lp = tdo_lp_new(a, false);
        make_boxed(&x, &r, m, n);
        finish(&x, a, m, n);
        for (size_t j = 0; j < n; j++)
            x.integer[j] = true;
        x.p.integer = x.integer;
        assert_int_equal(tdo_lp_add_arrays(lp, &x.p, &err), TDO_OK);
        assert_int_equal(tdo_lp_solve(lp, &one, a, &s, &err), TDO_OK);
        const double best = best_whole(&x, m, n);
        assert_int_equal(s.outcome, isnan(best) ? TDO_LP_INFEASIBLE : TDO_LP_OPTIMAL);
        if (!isnan(best)) {
            near(s.objective, best, 1e-12, 1e-12);
            assert_true(s.bound <= best + 1e-12);
            near(s.bound, best, 1e-5, 1e-5);
        }
        tdo_arena_free(a);
    }
}

/* ---- two ways ---- */

/* All kinds of bounds, whole or random numbers, right-hand sides from 1e-9 to 1e9. */
static void make_any(made *x, rng *r, size_t m, size_t n)
{
    const bool round = rng_below(r, 2) == 0;
    const double by = pow(10, (double)rng_below(r, 19) - 9);
    for (size_t k = 0; k < m * n; k++)
        x->A[k] = rng_below(r, 3) == 0 ? 0 : round ? whole(r, 3) : 2 * rng_unit(r) - 1;
    for (size_t j = 0; j < n; j++) {
        const size_t kind = rng_below(r, 6);
        const double bound = by * (round ? whole(r, 3) : 2 * rng_unit(r) - 1);
        x->cost[j] = round ? whole(r, 3) : 2 * rng_unit(r) - 1;
        x->lower[j] = kind == 0 || kind == 1 ? -INF : kind == 2 ? bound : 0;
        x->upper[j] = kind == 1 || kind == 2 ? bound : kind == 3 ? by * rng_unit(r) : INF;
    }
    for (size_t i = 0; i < m; i++) {
        const size_t kind = rng_below(r, 4);
        const double bound = by * (round ? whole(r, 3) : 2 * rng_unit(r) - 1);
        x->row_lower[i] = kind == 0 ? -INF : bound;
        x->row_upper[i] = kind == 1 ? INF : kind == 2 ? bound : bound + by * rng_unit(r);
    }
}

static void test_two_ways(void **state)
{
    static made x;
    const tdo_lp_options rough = {.exact_work = 1};
    rng r = {5};
    size_t count[5] = {0};
    (void)state;
    for (int turn = 0; turn < 8000; turn++) {
        tdo_arena *a = tdo_arena_new();
        const size_t m = 1 + rng_below(&r, 6), n = 1 + rng_below(&r, 8);
        make_any(&x, &r, m, n);
        finish(&x, a, m, n);
        const bool maximise = rng_below(&r, 2) == 0;
        const tdo_lp_solution s = lp_solved(&x.p, maximise, NULL, a);
        const tdo_lp_solution t = lp_solved(&x.p, maximise, &rough, a);
        assert_int_equal(s.outcome, t.outcome);
        if (s.outcome == TDO_LP_OPTIMAL) {
            double size = 0;
            for (size_t j = 0; j < n; j++)
                size += fabs(x.cost[j] * s.primal[j]);
            near(s.objective, t.objective, 1e-9 * size, 1e-9);
        }
        count[s.outcome]++;
        tdo_arena_free(a);
    }
    assert_true(count[TDO_LP_OPTIMAL] > 500 && count[TDO_LP_INFEASIBLE] > 500 &&
                count[TDO_LP_UNBOUNDED] > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_pair), cmocka_unit_test(test_corners),
        cmocka_unit_test(test_whole),      cmocka_unit_test(test_search_alone),
        cmocka_unit_test(test_two_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
