/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allowed weights: corners, centroids, and which statements cannot all hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tradeoff/region.h"

#include "near.h"
#include "random.h"

#include <stdio.h>
#include <string.h>

enum { D = 14, PARTS = 20 };

/* A scenario of one stakeholder who compares. */
typedef struct wishes {
    tdo_arena *a;
    tdo_scenario s;
    tdo_criterion criteria[D];
    tdo_stakeholder h;
    double weights[D], coefficient[PARTS][D];
    tdo_preference prefers[PARTS];
    char text[PARTS][16];
    tdo_regions found;
    tdo_report report;
} wishes;

static void start(wishes *w, size_t d)
{
    static const char *const id[D] = {"a", "b", "c", "d", "e", "f", "g",
                                      "h", "i", "j", "k", "l", "m", "n"};
    *w = (wishes){.a = tdo_arena_new()};
    assert_non_null(w->a);
    for (size_t c = 0; c < d; c++)
        w->criteria[c].id = id[c];
    w->h = (tdo_stakeholder){.id = "legal",
                             .power = 1,
                             .weights = w->weights,
                             .only_prefers = true,
                             .prefers = w->prefers,
                             .place = {"scenario.json", "stakeholders.legal", 3, 5}};
    w->s = (tdo_scenario){
        .criteria = w->criteria, .n_criteria = d, .stakeholders = &w->h, .n_stakeholders = 1};
}

/* Adds "sum of coefficient w >= bound", a statement of its own. */
static void say(wishes *w, const double *coefficient, double bound, bool strict)
{
    size_t k = w->h.n_prefers++;
    assert_true(k < PARTS);
    memcpy(w->coefficient[k], coefficient, w->s.n_criteria * sizeof *coefficient);
    (void)snprintf(w->text[k], sizeof w->text[k], "s%zu", k);
    w->prefers[k] = (tdo_preference){.coefficient = w->coefficient[k],
                                     .bound = bound,
                                     .strict = strict,
                                     .statement = k,
                                     .text = w->text[k],
                                     .place = {"scenario.json", "prefers", 10 + (unsigned)k, 1}};
}

static tdo_status find(wishes *w)
{
    w->report = (tdo_report){.count = 0};
    const tdo_scenario *settled = &w->s;
    tdo_status status = tdo_find_regions(&settled, w->a, &w->found, &w->report);
    assert_true(settled != &w->s || status != TDO_OK || !w->found.any);
    if (settled != &w->s)
        memcpy(w->weights, settled->stakeholders->weights, w->s.n_criteria * sizeof *w->weights);
    return status;
}

static void end(wishes *w)
{
    tdo_arena_free(w->a);
}

/* ---- known ones ---- */

/* Rank-order centroids: Barron and Barrett 1996; the numbers are those of mcda-rank-weights,
 * "roc". */
static void a_full_ranking_gives_rank_order_centroids(void **state)
{
    static const double roc[3][5] = {{0.611111, 0.277778, 0.111111},
                                     {0.520833, 0.270833, 0.145833, 0.0625},
                                     {0.456667, 0.256667, 0.156667, 0.09, 0.04}};
    (void)state;
    for (size_t n = 3; n <= 8; n++) {
        wishes w;
        start(&w, n);
        for (size_t k = 0; k + 1 < n; k++) {
            double x[D] = {0};
            x[k] = 1;
            x[k + 1] = -1;
            say(&w, x, 0, false);
        }
        assert_int_equal(find(&w), TDO_OK);
        assert_int_equal(w.found.region[0].vertices, n);
        for (size_t c = 0; c < n; c++) {
            double sum = 0;
            for (size_t k = c + 1; k <= n; k++)
                sum += 1 / (double)k;
            near(w.weights[c], sum / (double)n, 1e-15, 0);
            if (n <= 5)
                near(w.weights[c], roc[n - 3][c], 1e-6, 0);
        }
        end(&w);
    }
}

/* 0.2 <= a <= 0.5 cuts a strip out of the triangle: corners and centre by hand. */
static void a_strip(void **state)
{
    static const double want[4][3] = {{0.5, 0.5, 0}, {0.5, 0, 0.5}, {0.2, 0.8, 0}, {0.2, 0, 0.8}};
    wishes w;
    (void)state;
    start(&w, 4);
    say(&w, (double[]){10, 0, 0, 0}, 2, false);
    say(&w, (double[]){-10, 0, 0, 0}, -5, false);
    say(&w, (double[]){0, 1, 0, 0}, 0, false);
    say(&w, (double[]){0, 0, 1, 0}, 0, false); /* d is not named */
    assert_int_equal(find(&w), TDO_OK);
    const tdo_region *r = &w.found.region[0];
    assert_int_equal(r->n, 3);
    assert_int_equal(r->vertices, 4);
    for (size_t q = 0; q < 4; q++)
        for (size_t c = 0; c < 3; c++)
            near(r->vertex[q * 3 + c], want[q][c], 1e-16, 0);
    /* The width of the triangle at a is 1 - a: the mean of a is (integral of a (1 - a)) / (of 1 -
     * a). */
    double mean = ((0.125 - 0.125 / 3) - (0.02 - 0.008 / 3)) / ((0.5 - 0.125) - (0.2 - 0.02));
    near(w.weights[0], mean, 1e-15, 0);
    near(w.weights[1], (1 - mean) / 2, 1e-15, 0);
    near(w.weights[2], (1 - mean) / 2, 1e-15, 0);
    near(w.weights[3], 0, 0, 0);
    end(&w);
}

static void a_point_and_an_edge(void **state)
{
    wishes w;
    (void)state;
    start(&w, 3); /* a = 0.2, b = 0.3, c >= 0.5: in doubles 0.2 + 0.3 + 0.5 need not be 1 */
    for (int sign = 1; sign >= -1; sign -= 2) {
        say(&w, (double[]){10 * sign, 0, 0}, 2 * sign, false);
        say(&w, (double[]){0, 10 * sign, 0}, 3 * sign, false);
    }
    say(&w, (double[]){0, 0, 10}, 5, false);
    assert_int_equal(find(&w), TDO_OK);
    assert_int_equal(w.found.region[0].vertices, 1);
    near(w.weights[0], 0.2, 0, 0);
    near(w.weights[1], 0.3, 0, 0);
    near(w.weights[2], 0.5, 0, 0);
    end(&w);
    start(&w, 3); /* a = b */
    say(&w, (double[]){1, -1, 0}, 0, false);
    say(&w, (double[]){-1, 1, 0}, 0, false);
    say(&w, (double[]){0, 0, 1}, 0, false);
    assert_int_equal(find(&w), TDO_OK);
    assert_int_equal(w.found.region[0].vertices, 2);
    near(w.weights[0], 0.25, 0, 0);
    near(w.weights[2], 0.5, 0, 0);
    end(&w);
}

/* [l, u] on each of eight weights: many corners, one centre by symmetry. */
static void a_cube_like_region(void **state)
{
    wishes w;
    (void)state;
    start(&w, 8);
    for (size_t c = 0; c < 8; c++) {
        double x[D] = {0};
        x[c] = -100;
        say(&w, x, -20, false);
    }
    assert_int_equal(find(&w), TDO_OK);
    assert_int_equal(w.found.region[0].vertices, 56); /* five at 0.2, three at 0 */
    for (size_t c = 0; c < 8; c++)
        near(w.weights[c], 0.125, 1e-14, 0);
    end(&w);
}

static void names_the_smallest_clash(void **state)
{
    wishes w;
    (void)state;
    start(&w, 4);
    say(&w, (double[]){1, -1, 0, 0}, 0, false); /* a >= b */
    say(&w, (double[]){0, 1, -1, 0}, 0, false); /* b >= c */
    say(&w, (double[]){-1, 0, 1, 0}, 0, true);  /* c > a: these three clash */
    say(&w, (double[]){0, 0, 0, 1}, 0, false);
    say(&w, (double[]){0, 0, 10, 0}, 6, false); /* c >= 0.6 */
    assert_int_equal(find(&w), TDO_E_INPUT);    /* with b >= c: two do */
    assert_int_equal(w.report.count, 1);
    assert_string_equal(
        w.report.item[0].text,
        "\"s1\" and \"s4\" cannot both hold: no weights that are at least 0 and sum to "
        "1 obey them");
    assert_int_equal(w.report.item[0].line, 11);
    assert_string_equal(w.report.item[0].path, "prefers");
    w.h.n_prefers = 4;
    assert_int_equal(find(&w), TDO_E_INPUT);
    assert_string_equal(
        w.report.item[0].text,
        "\"s0\", \"s1\" and \"s2\" cannot all hold: no weights that are at least 0 and "
        "sum to 1 obey them");
    w.prefers[2].strict = false; /* now a = b = c may hold */
    assert_int_equal(find(&w), TDO_OK);
    w.h.n_prefers = 0;
    say(&w, (double[]){1, 0, 0, 0}, 2, false);
    assert_int_equal(find(&w), TDO_E_INPUT);
    assert_string_equal(w.report.item[0].text,
                        "\"s0\" cannot hold: no weights that are at least 0 and sum to 1 obey it");
    end(&w);
}

static void weights_must_lie_in_the_region(void **state)
{
    wishes w;
    (void)state;
    start(&w, 3);
    w.h.only_prefers = false;
    w.weights[0] = 1;
    w.weights[1] = 2;
    w.weights[2] = 7;
    say(&w, (double[]){10, 0, 0}, 1, false);  /* a >= 0.1: it is */
    say(&w, (double[]){-2, 1, 0}, 0, false);  /* b >= 2 a: it is */
    say(&w, (double[]){10, 10, 0}, 3, false); /* a + b >= 0.3, where 0.1 + 0.2 is not 0.3 */
    assert_int_equal(find(&w), TDO_OK);
    near(w.weights[2], 7, 0, 0);
    assert_int_equal(w.found.region[0].vertices, 3);
    say(&w, (double[]){0, -10, 0}, -1, false); /* b <= 0.1 */
    assert_int_equal(find(&w), TDO_E_INPUT);
    assert_string_equal(w.report.item[0].text, "\"s3\" does not hold for the weights of \"legal\"");
    assert_int_equal(w.report.item[0].line, 13);
    w.h.n_prefers = 1;
    w.prefers[0].strict = true; /* a > 0.1 */
    assert_int_equal(find(&w), TDO_E_INPUT);
    end(&w);
}

/* No weight is above 0.15, of 14: C(14, 6) x 8 corners. */
static void say_many(wishes *w)
{
    start(w, D);
    for (size_t c = 0; c < D; c++) {
        double x[D] = {0};
        x[c] = -100;
        say(w, x, -15, false);
    }
}

static void too_intricate(void **state)
{
    wishes w;
    (void)state;
    say_many(&w);
    assert_int_equal(find(&w), TDO_E_INPUT);
    assert_int_equal(w.report.item[0].line, 3);
    assert_string_equal(
        w.report.item[0].text,
        "what \"legal\" prefers leaves weights that are too intricate to take their "
        "centroid (too many corners): give nominal \"weights\" too");
    w.h.only_prefers = false; /* with weights there is a region, without a list of corners */
    for (size_t c = 0; c < D; c++)
        w.weights[c] = 100 + (double)c;
    assert_int_equal(find(&w), TDO_OK);
    assert_true(w.found.region[0].open);
    assert_null(w.found.region[0].vertex);
    for (size_t k = 0; k < w.found.region[0].m; k++) { /* what samples begin at */
        const double *row = w.found.region[0].row + D * k, *at = w.found.region[0].inside;
        double sum = 0;
        for (size_t c = 0; c < D; c++)
            sum += row[c] * at[c];
        assert_true(sum > 0);
    }
    assert_null(w.found.region[0].axis);
    end(&w);
}

/* Corners of rows whose numbers have many digits are those of the rows, each rounded once. */
static void many_digits(void **state)
{
    wishes w;
    (void)state;
    start(&w, 3);
    say(&w, (double[]){100000000000001, -3, 0}, 1, false);
    say(&w, (double[]){-3, 100000000000003, 1}, 7, false);
    say(&w, (double[]){0, 0, 1}, 0, false);
    assert_int_equal(find(&w), TDO_OK);
    const tdo_region *r = &w.found.region[0];
    /* 10^14 a >= 4 b + c, (10^14 - 4) b >= 10 a + 6 c: the triangle, 10^-14 at a time smaller */
    assert_int_equal(r->vertices, 3);
    near(r->vertex[1], 1e-13, 0, 1e-12);
    near(r->vertex[3], 4e-14, 0, 1e-12);
    near(r->vertex[6], 1e-14, 0, 1e-12);
    near(r->vertex[7], 6e-14, 0, 1e-12);
    near(w.weights[0], 1.0 / 3, 1e-13, 0);
    end(&w);
}

/* Vague weights with so many corners that they are not listed; two criteria that are as much as
 * each other make it flat. */
static void flat_without_corners(void **state)
{
    wishes w;
    double x[D] = {0};
    (void)state;
    say_many(&w);
    w.h.only_prefers = false;
    w.h.vague = 0.05;
    for (size_t c = 0; c < D; c++)
        w.weights[c] = 10 + (double)(c / 2);
    x[0] = 1;
    x[1] = -1;
    say(&w, x, 0, false);
    x[0] = -1;
    x[1] = 1;
    say(&w, x, 0, false);
    assert_int_equal(find(&w), TDO_OK);
    const tdo_region *r = &w.found.region[0];
    assert_null(r->vertex);
    assert_int_equal(r->axes, D - 2);
    near(r->inside[0], r->inside[1], 1e-12, 0);
    for (size_t k = 0; k < r->axes; k++) {
        double sum = 0;
        for (size_t c = 0; c < D; c++)
            sum += r->axis[k * D + c];
        near(sum, 0, 1e-12, 0);
        near(r->axis[k * D], r->axis[k * D + 1], 1e-12, 0);
    }
    for (size_t c = 0; c < D; c++)
        assert_true(fabs(r->inside[c] - r->centre[c]) < r->slack[c]);
    end(&w);
}

/* (0.75, 0.25) that may be off by 0.1, and by no more than what is there. */
static void vague(void **state)
{
    wishes w;
    (void)state;
    start(&w, 3);
    w.h.only_prefers = false;
    w.weights[0] = 3;
    w.weights[2] = 1;
    w.h.vague = 0.1;
    assert_int_equal(find(&w), TDO_OK);
    assert_int_equal(w.found.region[0].n, 2);
    assert_int_equal(w.found.region[0].vertices, 2);
    near(w.found.region[0].vertex[0], 0.85, 1e-15, 0);
    near(w.found.region[0].vertex[2], 0.65, 1e-15, 0);
    w.h.vague = 1;
    assert_int_equal(find(&w), TDO_OK);
    near(w.found.region[0].vertex[0], 1, 0, 0);
    near(w.found.region[0].vertex[2], 0.5, 0, 0);
    w.weights[0] = 0; /* all of it is on one: it cannot be off */
    assert_int_equal(find(&w), TDO_OK);
    assert_false(w.found.region[0].open);
    end(&w);
}

/* ---- random ones ---- */

static void random_statements(wishes *w, rng *r)
{
    size_t parts = 1 + rng_below(r, 5);
    for (size_t k = 0; k < parts; k++) {
        double x[D] = {0};
        for (size_t c = 0; c < w->s.n_criteria; c++)
            x[c] = (double)rng_below(r, 5) - 2;
        x[k % w->s.n_criteria] += x[k % w->s.n_criteria] == 0; /* all are named soon */
        say(w, x, (double)rng_below(r, 3) - 1, false);
    }
    for (size_t c = 0; c < w->s.n_criteria && w->h.n_prefers < PARTS; c++) {
        double x[D] = {0};
        x[c] = 1;
        say(w, x, 0, false);
    }
}

static double slack(const wishes *w, size_t k, const double *x)
{
    double sum = -w->prefers[k].bound;
    for (size_t c = 0; c < w->s.n_criteria; c++)
        sum += w->prefers[k].coefficient[c] * x[c];
    return sum;
}

static bool inside(const wishes *w, const double *x)
{
    for (size_t k = 0; k < w->h.n_prefers; k++)
        if (slack(w, k, x) < -1e-9)
            return false;
    return true;
}

/* Uniform on the simplex. */
static void random_point(rng *r, size_t n, double *x)
{
    double sum = 0;
    for (size_t c = 0; c < n; c++)
        sum += x[c] = -log(1 - rng_unit(r));
    for (size_t c = 0; c < n; c++)
        x[c] /= sum;
}

/* The farthest corner in a direction. */
static double reach(const tdo_region *r, const double *direction)
{
    double most = -INFINITY;
    for (size_t v = 0; v < r->vertices; v++) {
        double at = 0;
        for (size_t c = 0; c < r->n; c++)
            at += direction[c] * r->vertex[v * r->n + c];
        most = fmax(most, at);
    }
    return most;
}

/* Corners lie in the region; no point in it lies beyond them in 20 directions; the centroid is the
 * mean of the points in it, within five standard errors. */
static void against_random_points(void **state)
{
    enum { POINTS = 5000, DIRECTIONS = 20 };
    rng r = {7};
    size_t empty = 0, full = 0;

    (void)state;
    for (size_t round = 0; round < 400; round++) {
        wishes w;
        size_t n = 2 + rng_below(&r, 4), points = 0;
        double sum[D] = {0}, squares[D] = {0}, direction[DIRECTIONS][D], most[DIRECTIONS] = {0};
        start(&w, n);
        random_statements(&w, &r);
        bool ok = find(&w) == TDO_OK;
        const tdo_region *reg = &w.found.region[0];
        for (size_t v = 0; ok && v < reg->vertices; v++)
            assert_true(inside(&w, reg->vertex + v * n));
        for (size_t q = 0; ok && q < DIRECTIONS; q++) {
            for (size_t c = 0; c < n; c++)
                direction[q][c] = rng_unit(&r) - 0.5;
            most[q] = reach(reg, direction[q]);
        }
        for (size_t k = 0; k < POINTS; k++) {
            double x[D] = {0};
            random_point(&r, n, x);
            if (!inside(&w, x))
                continue;
            assert_true(ok);
            points++;
            for (size_t q = 0; q < DIRECTIONS; q++) {
                double at = 0;
                for (size_t c = 0; c < n; c++)
                    at += direction[q][c] * x[c];
                assert_true(at <= most[q] + 1e-9);
            }
            for (size_t c = 0; c < n; c++) {
                sum[c] += x[c];
                squares[c] += x[c] * x[c];
            }
        }
        full += points > 100;
        for (size_t c = 0; points > 100 && c < n; c++) {
            double mean = sum[c] / (double)points;
            double variance = squares[c] / (double)points - mean * mean;
            near(w.weights[c], mean, 5 * sqrt(variance / (double)points) + 1e-12, 0);
        }
        empty += !ok;
        end(&w);
    }
    assert_true(empty > 20 && full > 100);
}

/* Centroids of two halves, weighted by the points in them, are the centroid of the whole. */
static void halves_make_the_whole(void **state)
{
    rng r = {11};
    (void)state;
    for (size_t round = 0; round < 200; round++) {
        wishes w;
        size_t n = 3 + rng_below(&r, 3);
        double whole[D], half[2][D], x[D] = {0}, back[D] = {0};
        start(&w, n);
        random_statements(&w, &r);
        if (find(&w) != TDO_OK || w.found.region[0].vertices < n) {
            end(&w);
            continue;
        }
        memcpy(whole, w.weights, sizeof whole);
        x[0] = 1;
        x[1] = -1;
        back[0] = -1;
        back[1] = 1;
        if (w.h.n_prefers == PARTS) {
            end(&w);
            continue;
        }
        bool both = true;
        for (size_t side = 0; side < 2; side++) {
            memset(w.weights, 0, sizeof w.weights);
            say(&w, side == 0 ? x : back, 0, true);
            both = find(&w) == TDO_OK && w.found.region[0].vertices >= n && both;
            memcpy(half[side], w.weights, sizeof whole);
            w.h.n_prefers--;
        }
        for (size_t c = 1; both && c < n; c++) { /* on one line through the whole's */
            double a = half[0][0] - whole[0], b = half[1][0] - whole[0];
            double p = half[0][c] - whole[c], q = half[1][c] - whole[c];
            near(a * q - b * p, 0, 1e-13, 0);
            assert_true(a * b <= 1e-15 && p * q <= 1e-12);
        }
        end(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_ranking_gives_rank_order_centroids),
        cmocka_unit_test(a_strip),
        cmocka_unit_test(a_point_and_an_edge),
        cmocka_unit_test(a_cube_like_region),
        cmocka_unit_test(names_the_smallest_clash),
        cmocka_unit_test(weights_must_lie_in_the_region),
        cmocka_unit_test(too_intricate),
        cmocka_unit_test(many_digits),
        cmocka_unit_test(flat_without_corners),
        cmocka_unit_test(vague),
        cmocka_unit_test(against_random_points),
        cmocka_unit_test(halves_make_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
