/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights are uniform over their regions: moments where they are known, and counts over a grid
 * against those of points of the simplex of which the ones outside are thrown away. Seeds are
 * fixed. Every check would fail for right draws with a probability below 1e-4 (a deviation of 4
 * standard errors has 6e-5); wrong ones fail always. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "near.h"
#include "variates/variates.h"

enum { N = 100000, SIDE = 40 };

static const uint32_t three[] = {0, 2, 3}, four[] = {0, 1, 2, 3};

/* ---- exact ways ---- */

/* w0 >= w1 >= w2: corners (1,0,0), (1/2,1/2,0), (1/3,1/3,1/3); means are the weights of the ranks'
 * centroid, 11/18, 5/18, 2/18, and E w0^2 = sum over pairs of corners of their products by 12, and
 * by 6 for squares. */
static void test_ordered_simplex(void **state)
{
    static const double row[] = {1, -1, 0, 0, 1, -1};
    static const double corner[] = {1, 0, 0, 0.5, 0.5, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3};
    const tdo_region r = {.open = true,
                          .n = 3,
                          .criterion = three,
                          .m = 2,
                          .row = row,
                          .vertices = 3,
                          .vertex = corner};
    tdo_arena *a = tdo_arena_new();
    variate_region way;
    double mean[5] = {0}, square = 0, n = N;
    (void)state;
    assert_int_equal(variate_region_make(&r, a, &way), TDO_OK);
    assert_int_equal(way.way, VARIATE_CORNERS);
    for (size_t k = 0; k < N; k++) {
        const variate_draw d = {.seed = 5, .sample = k, .stream = 0};
        double w[5] = {7, 7, 7, 7, 7};
        variate_region_draw(&way, &d, 5, w);
        assert_true(w[0] >= w[2] && w[2] >= w[3] && w[3] >= 0);
        assert_true(w[1] == 0 && w[4] == 0); /* not in the region: no weight */
        for (size_t c = 0; c < 5; c++)
            mean[c] += w[c] / n;
        square += w[0] * w[0] / n;
    }
    near(mean[0], 11.0 / 18, 4 * sqrt(0.02 / n), 0);
    near(mean[2], 5.0 / 18, 4 * sqrt(0.009 / n), 0);
    near(mean[3], 2.0 / 18, 4 * sqrt(0.007 / n), 0);
    double sum = 11.0 / 6, squares = 1 + 0.25 + 1.0 / 9;
    near(square, (sum * sum + squares) / 12, 4 * sqrt(0.05 / n), 0);
    tdo_arena_free(a);
}

/* ---- against rejection ---- */

typedef struct grid {
    double count[2][SIDE * SIDE];
} grid;

static void put(grid *g, size_t which, double x, double y)
{
    size_t i = (size_t)(x * SIDE), j = (size_t)(y * SIDE);
    g->count[which][(i < SIDE ? i : SIDE - 1) * SIDE + (j < SIDE ? j : SIDE - 1)]++;
}

/* The sum over cells of (a - b)^2/(a + b) is chi-square where the two are of one distribution: the
 * quantile of cells - 1 degrees of freedom at 1 - 1e-4 (Wilson and Hilferty 1931). Cells with few
 * are put together. */
static void check_same(const grid *g)
{
    double chi = 0, cells = 0, rest[2] = {0};
    for (size_t c = 0; c < (size_t)SIDE * SIDE; c++) {
        double a = g->count[0][c], b = g->count[1][c];
        if (a + b < 20) {
            rest[0] += a;
            rest[1] += b;
            continue;
        }
        chi += (a - b) * (a - b) / (a + b);
        cells++;
    }
    if (rest[0] + rest[1] > 0)
        chi += pow(rest[0] - rest[1], 2) / (rest[0] + rest[1]);
    double f = cells, h = 2 / (9 * f);
    assert_true(chi < f * pow(1 - h + 3.719 * sqrt(h), 3));
    assert_true(cells > 20);
}

static void draw_all(const tdo_region *r, int way, uint64_t seed, double scale, grid *g)
{
    tdo_arena *a = tdo_arena_new();
    variate_region x;
    assert_int_equal(variate_region_make(r, a, &x), TDO_OK);
    assert_int_equal(x.way, way);
    for (size_t k = 0; k < N; k++) {
        const variate_draw d = {.seed = seed, .sample = k, .stream = 0};
        double w[4] = {0}, sum = 0;
        variate_region_draw(&x, &d, 4, w);
        for (size_t c = 0; c < 4; c++)
            sum += w[c];
        near(sum, 1, 1e-13, 0);
        for (size_t i = 0; i < r->m; i++) {
            double y = 0;
            for (size_t q = 0; q < r->n; q++)
                y += r->row[i * r->n + q] * w[r->criterion[q]];
            assert_true(y > -1e-12);
        }
        put(g, 0, scale * w[r->criterion[0]], w[r->criterion[1]]);
    }
    tdo_arena_free(a);
}

static void reject_all(const tdo_region *r, uint64_t seed, grid *g)
{
    for (size_t k = 0, taken = 0; taken < N; k++) {
        const variate_draw d = {.seed = seed, .sample = k, .stream = 0};
        double w[3];
        bool inside = true;
        variate_simplex(&d, 3, w);
        for (size_t i = 0; i < r->m && inside; i++)
            inside = r->row[3 * i] * w[0] + r->row[3 * i + 1] * w[1] + r->row[3 * i + 2] * w[2] >=
                     0;
        if (!inside)
            continue;
        put(g, 1, w[0], w[1]);
        taken++;
    }
}

/* 0.1 <= w0 <= 0.6, w1 <= 0.7: five corners. */
static const double cut[] = {9, -1, -1, -2, 3, 3, 7, -3, 7};

static void test_walks_between_corners(void **state)
{
    static const double corner[] = {0.6, 0.4, 0,   0.6, 0,   0.4, 0.3, 0.7,
                                    0,   0.1, 0.7, 0.2, 0.1, 0,   0.9};
    const tdo_region r = {.open = true,
                          .n = 3,
                          .criterion = three,
                          .m = 3,
                          .row = cut,
                          .vertices = 5,
                          .vertex = corner};
    static grid g;
    (void)state;
    draw_all(&r, VARIATE_WALK_CORNERS, 6, 1, &g);
    reject_all(&r, 7, &g);
    check_same(&g);
}

static void test_walks_without_corners(void **state)
{
    static const double inside[] = {0.2, 0.1, 0.7};
    const tdo_region r = {
        .open = true, .n = 3, .criterion = three, .m = 3, .row = cut, .inside = inside};
    static grid g;
    (void)state;
    draw_all(&r, VARIATE_WALK_PAIRS, 8, 1, &g);
    reject_all(&r, 9, &g);
    check_same(&g);
}

/* (0.5, 0.3, 0.2) that may be off by 0.1, 0.25 and 0.1. */
static void test_boxes(void **state)
{
    static const double centre[] = {0.5, 0.3, 0.2}, slack[] = {0.1, 0.25, 0.1};
    double bound[18];
    const tdo_region r = {.open = true,
                          .n = 3,
                          .criterion = three,
                          .m = 6,
                          .row = bound,
                          .centre = centre,
                          .slack = slack};
    static grid g;
    (void)state;
    for (size_t c = 0; c < 3; c++)
        for (size_t q = 0; q < 3; q++) {
            bound[6 * c + q] = (q == c) - (centre[c] - slack[c]);
            bound[6 * c + 3 + q] = (centre[c] + slack[c]) - (q == c);
        }
    draw_all(&r, VARIATE_BOX, 10, 1, &g);
    reject_all(&r, 11, &g);
    check_same(&g);
}

/* w0 = w3: a triangle with the corners (1/2, 0, 0, 1/2), (0, 1, 0, 0) and (0, 0, 1, 0). */
static void test_flat_walks(void **state)
{
    static const double row[] = {1, 0, 0, -1, -1, 0, 0, 1};
    static const double inside[] = {0.1, 0.7, 0.1, 0.1};
    const double r2 = sqrt(0.5), axis[] = {0, r2, -r2, 0, 0.5, -0.5, -0.5, 0.5};
    const tdo_region r = {.open = true,
                          .n = 4,
                          .criterion = four,
                          .m = 2,
                          .row = row,
                          .inside = inside,
                          .axes = 2,
                          .axis = axis};
    static grid g;
    (void)state;
    draw_all(&r, VARIATE_WALK_AXES, 12, 2, &g);
    reject_all(&(tdo_region){.n = 3}, 13, &g);
    check_same(&g);
}

/* One corner is a point. */
static void test_points(void **state)
{
    static const double corner[] = {0.2, 0.3, 0.5};
    const tdo_region none = {.open = false},
                     point = {
                         .open = true, .n = 3, .criterion = three, .vertices = 1, .vertex = corner};
    const variate_draw d = {.seed = 1, .sample = 1, .stream = 0};
    double w[4] = {1, 2, 3, 4};
    tdo_arena *a = tdo_arena_new();
    variate_region way;
    (void)state;
    assert_int_equal(variate_region_make(&none, a, &way), TDO_OK);
    assert_int_equal(way.way, VARIATE_FIXED);
    variate_region_draw(&way, &d, 4, w);
    near(w[1], 2, 0, 0);
    assert_int_equal(variate_region_make(&point, a, &way), TDO_OK);
    variate_region_draw(&way, &d, 4, w);
    near(w[0], 0.2, 0, 0);
    near(w[1], 0, 0, 0);
    near(w[3], 0.5, 0, 0);
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordered_simplex),
        cmocka_unit_test(test_walks_between_corners),
        cmocka_unit_test(test_walks_without_corners),
        cmocka_unit_test(test_boxes),
        cmocka_unit_test(test_flat_walks),
        cmocka_unit_test(test_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
