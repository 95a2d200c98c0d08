/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier's traps, each by name. Random problems are in tests/property. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frontier/frontier.h"
#include "random.h"

enum { D_MOST = 8 };

/* Straight from the definition. */
static bool beaten(const double *x, size_t n, size_t d, size_t i)
{
    for (size_t j = 0; j < n; j++) {
        size_t at_least = 0, more = 0;
        for (size_t c = 0; c < d; c++) {
            at_least += x[j * d + c] >= x[i * d + c];
            more += x[j * d + c] > x[i * d + c];
        }
        if (at_least == d && more > 0)
            return true;
    }
    return false;
}

/* With every set of instructions that this machine has, whole and divided. */
static void check_ways(const double *x, size_t n, size_t d, const bool *expected)
{
    static const size_t shares[] = {1, 2, 3, 8};
    const front_rows r = {x, n, d};
    const front_kernel *kernel[FRONT_KERNELS];
    const size_t kernels = front_kernels(d, kernel);
    for (size_t k = 0; k < kernels; k++)
        for (size_t t = 0; t < sizeof shares / sizeof *shares && shares[t] <= n; t++) {
            const front_way way = {kernel[k], shares[t]};
            bool *member = calloc(n, sizeof *member);
            assert_non_null(member);
            assert_int_equal(front_find(&r, &way, member), TDO_OK);
            assert_memory_equal(member, expected, n * sizeof *member);
            free(member);
        }
}

/* Compares with the definition; returns the count. */
static size_t check(const double *x, size_t n, size_t d)
{
    tdo_arena *a = tdo_arena_new();
    tdo_front front = {0};
    size_t listed = 0;
    assert_non_null(a);
    assert_int_equal(tdo_frontier(x, n, d, a, &front), TDO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(front.member[i], !beaten(x, n, d, i));
        if (front.member[i])
            assert_int_equal(front.list[listed++], i);
    }
    assert_int_equal(front.count, listed);
    if (d > 1)
        check_ways(x, n, d, front.member);
    tdo_arena_free(a);
    return listed;
}

static void nobody_and_one(void **state)
{
    (void)state;
    const double x[D_MOST] = {3, -1, 0, 1e300, -1e-300, 5, 5, 5};
    for (size_t d = 1; d <= D_MOST; d++) {
        assert_int_equal(check(x, 0, d), 0);
        assert_int_equal(check(x, 1, d), 1);
    }
}

static void equal_rows_are_both_kept(void **state)
{
    (void)state;
    for (size_t d = 1; d <= D_MOST; d++) {
        double x[4 * D_MOST];
        for (size_t c = 0; c < 4 * d; c++)
            x[c] = 1;
        assert_int_equal(check(x, 4, d), 4);
        x[3 * d] = 2; /* the fourth is better in one column */
        assert_int_equal(check(x, 4, d), 1);
        x[3 * d] = 0;
        assert_int_equal(check(x, 4, d), 3);
    }
}

static void one_ulp_decides(void **state)
{
    (void)state;
    for (size_t d = 1; d <= D_MOST; d++)
        for (size_t c = 0; c < d; c++) {
            double x[2 * D_MOST];
            for (size_t k = 0; k < 2 * d; k++)
                x[k] = 0.1;
            x[d + c] = nextafter(0.1, 1);
            assert_int_equal(check(x, 2, d), 1);
            if (d > 1) { /* and one ulp the other way in another column makes them incomparable */
                x[(c + 1) % d] = nextafter(0.1, 1);
                assert_int_equal(check(x, 2, d), 2);
            }
        }
}

static void both_zeros_are_equal(void **state)
{
    (void)state;
    for (size_t d = 1; d <= D_MOST; d++) {
        double x[3 * D_MOST];
        for (size_t k = 0; k < 3 * d; k++)
            x[k] = k / d == 1 ? -0.0 : 0.0;
        assert_int_equal(check(x, 3, d), 3);
        x[d] = -DBL_TRUE_MIN;
        assert_int_equal(check(x, 3, d), 2);
    }
}

static void constant_columns_do_not_matter(void **state)
{
    (void)state;
    rng r = {30};
    enum { N = 500 };
    double x[N * D_MOST];
    for (size_t d = 2; d <= D_MOST; d++)
        for (size_t constant = 0; constant < d; constant++) {
            for (size_t i = 0; i < N; i++)
                for (size_t c = 0; c < d; c++)
                    x[i * d + c] = c == constant ? 7 : rng_unit(&r);
            (void)check(x, N, d);
        }
    for (size_t d = 1; d <= D_MOST; d++) { /* all constant */
        for (size_t k = 0; k < N * d; k++)
            x[k] = -3;
        assert_int_equal(check(x, N, d), N);
    }
}

static void a_chain_has_one_end(void **state)
{
    (void)state;
    enum { N = 3000 };
    double *x = calloc(N * D_MOST, sizeof *x);
    assert_non_null(x);
    for (size_t d = 1; d <= D_MOST; d++)
        for (int down = 0; down < 2; down++) {
            for (size_t i = 0; i < N; i++)
                for (size_t c = 0; c < d; c++)
                    x[i * d + c] = (double)(down ? N - i : i) / 7;
            assert_int_equal(check(x, N, d), 1);
            /* all within a few ulps of each other: no code can tell them apart from far away */
            for (size_t i = 0; i < N; i++)
                for (size_t c = 0; c < d; c++)
                    x[i * d + c] = 1e6 + (double)(down ? N - i : i) * 0x1p-33;
            x[0] += 1e9;
            (void)check(x, N, d);
        }
    free(x);
}

static void all_can_be_on_it(void **state)
{
    (void)state;
    enum { N = 2500 };
    rng r = {31};
    double *x = calloc(N * D_MOST, sizeof *x);
    assert_non_null(x);
    for (size_t d = 2; d <= D_MOST; d++) {
        for (size_t i = 0; i < N; i++) {
            for (size_t c = 0; c + 1 < d; c++)
                x[i * d + c] = c == 0 ? (double)i : rng_unit(&r);
            x[i * d + d - 1] = -(double)i;
        }
        assert_int_equal(check(x, N, d), N);
    }
    free(x);
}

/* Everything equal in the first parts; the sweeps must not let equal keys hide a better part. */
static void ties_in_the_swept_axes(void **state)
{
    (void)state;
    rng r = {32};
    enum { N = 400 };
    double x[N * D_MOST];
    for (int turn = 0; turn < 200; turn++) {
        size_t d = 1 + rng_below(&r, D_MOST), levels = 1 + rng_below(&r, 6);
        size_t n = 1 + rng_below(&r, N);
        for (size_t k = 0; k < n * d; k++)
            x[k] = (double)rng_below(&r, levels) / 10;
        (void)check(x, n, d);
    }
}

/* Above SAMPLE_LEAST rows the codes come from a sample; values it has not seen must not be lost. */
static void rare_values_beyond_the_sample(void **state)
{
    (void)state;
    rng r = {33};
    enum { N = 20000 };
    double *x = calloc(N * D_MOST, sizeof *x);
    assert_non_null(x);
    for (size_t d = 1; d <= D_MOST; d++) {
        for (size_t k = 0; k < N * d; k++)
            x[k] = rng_below(&r, 5000) ? (double)rng_below(&r, 3) : rng_unit(&r) * 1e308;
        (void)check(x, N, d);
        for (size_t k = 0; k < N * d; k++) /* all signs and magnitudes; spans beyond a double */
            x[k] = ldexp(rng_unit(&r) - 0.5, (int)rng_below(&r, 2048) - 1024);
        (void)check(x, N, d);
    }
    free(x);
}

/* Many columns: 64 are allowed. */
static void sixty_four_columns(void **state)
{
    (void)state;
    rng r = {34};
    enum { N = 600, D = TDO_MAX_CRITERIA };
    double *x = calloc(N * D, sizeof *x);
    assert_non_null(x);
    for (size_t k = 0; k < N * D; k++)
        x[k] = (double)rng_below(&r, 3);
    for (size_t i = 1; i < N; i += 2) /* every other one is the one before, lowered in a column */
        for (size_t c = 0; c < D; c++)
            x[i * D + c] = x[(i - 1) * D + c] - (c == i % D);
    assert_true(check(x, N, D) <= N / 2);
    free(x);
}

/* So many rows that screening, its rests and threads come in. The first answer is compared with
 * the definition for some, all others with the first. */
static void all_ways_agree_on_many_rows(void **state)
{
    (void)state;
    enum { N = 20000, ASKED = 20 };
    static const size_t axes[] = {2, 3, 4, 5, 6, 7, 8, 9};
    rng r = {35};
    double *x = calloc((size_t)N * 9, sizeof *x);
    assert_non_null(x);
    for (size_t q = 0; q < sizeof axes / sizeof *axes; q++)
        for (int kind = 0; kind < 3; kind++) { /* free; on a plane, nearly; with many ties */
            const size_t d = axes[q], n = kind == 1 && d > 5 ? N / 7 : N;
            for (size_t i = 0; i < n; i++) {
                double sum = 0;
                for (size_t c = 0; c < d; c++) {
                    const double u = kind == 2 ? (double)rng_below(&r, 6) : rng_unit(&r);
                    x[i * d + c] = kind == 1 && c + 1 == d ? u / 50 - sum : u;
                    sum += x[i * d + c];
                }
            }
            tdo_arena *a = tdo_arena_new();
            tdo_front front = {0};
            assert_non_null(a);
            assert_int_equal(tdo_frontier_threads(x, n, d, 0, a, &front), TDO_OK);
            for (size_t k = 0; k < ASKED; k++) {
                const size_t i = rng_below(&r, n);
                assert_int_equal(front.member[i], !beaten(x, n, d, i));
                const size_t on = front.list[rng_below(&r, front.count)];
                assert_false(beaten(x, n, d, on));
            }
            check_ways(x, n, d, front.member);
            tdo_arena_free(a);
        }
    free(x);
}

static void dominates_is_strict(void **state)
{
    (void)state;
    assert_true(tdo_dominates((double[]){1, 2}, (double[]){1, 1}, 2));
    assert_false(tdo_dominates((double[]){1, 1}, (double[]){1, 2}, 2));
    assert_false(tdo_dominates((double[]){1, 1}, (double[]){1, 1}, 2));
    assert_false(tdo_dominates((double[]){2, 0}, (double[]){1, 1}, 2));
    assert_false(tdo_dominates((double[]){0.0}, (double[]){-0.0}, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_and_one),
        cmocka_unit_test(equal_rows_are_both_kept),
        cmocka_unit_test(one_ulp_decides),
        cmocka_unit_test(both_zeros_are_equal),
        cmocka_unit_test(constant_columns_do_not_matter),
        cmocka_unit_test(a_chain_has_one_end),
        cmocka_unit_test(all_can_be_on_it),
        cmocka_unit_test(ties_in_the_swept_axes),
        cmocka_unit_test(rare_values_beyond_the_sample),
        cmocka_unit_test(sixty_four_columns),
        cmocka_unit_test(all_ways_agree_on_many_rows),
        cmocka_unit_test(dominates_is_strict),
    };
    return cmocka_run_group_tests_name("frontier", tests, NULL, NULL);
}
