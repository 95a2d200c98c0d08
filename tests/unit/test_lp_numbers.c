/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact numbers of the LP room, against GMP's rationals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exact/divisor.h"
#include "exact/kernel.h"
#include "lp/certificate.h"
#include "near.h"
#include "random.h"

#include <float.h>

enum { CAP = 40 };

typedef struct fixture {
    tdo_arena *arena;
    exact_arith A;
    exact_num *x; /* [8] */
} fixture;

static int set_up(void **state)
{
    static fixture f;
    f.arena = tdo_arena_new();
    if (!f.arena || !exact_arith_make(&f.A, CAP, UINT64_MAX, f.arena))
        return 1;
    f.x = exact_nums(f.arena, 8, CAP);
    *state = &f;
    return !f.x;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    tdo_arena_free(f->arena);
    return 0;
}

/* Any finite double: often with few bits, often of ordinary size. */
static double some_double(rng *r)
{
    const double m = rng_below(r, 2) == 0 ? rng_unit(r) : (double)rng_below(r, 9);
    const int e = rng_below(r, 3) == 0 ? (int)rng_below(r, 1200) - 600 : (int)rng_below(r, 80) - 40;
    return ldexp(rng_below(r, 2) == 0 ? m : -m, e);
}

static void to_rational(mpq_t q, const exact_num *x)
{
    mpz_import(mpq_numref(q), (size_t)x->size, -1, sizeof(mp_limb_t), 0, 0, x->limb);
    mpz_set_ui(mpq_denref(q), 1);
    if (x->low >= 0)
        mpq_mul_2exp(q, q, 64 * (mp_bitcnt_t)x->low);
    else
        mpq_div_2exp(q, q, 64 * (mp_bitcnt_t)-x->low);
    if (x->negative)
        mpq_neg(q, q);
}

/* x is q, and in normal form. */
static void same(const exact_num *x, mpq_t q)
{
    mpq_t have;
    mpq_init(have);
    to_rational(have, x);
    assert_true(mpq_equal(have, q));
    assert_true(x->size == 0 ? !x->negative : x->limb[0] != 0 && x->limb[x->size - 1] != 0);
    mpq_clear(have);
}

static void test_ring(void **state)
{
    fixture *f = *state;
    rng r = {1};
    mpq_t a, b, c;
    mpq_inits(a, b, c, NULL);
    for (int turn = 0; turn < 20000; turn++) {
        const double x = some_double(&r), y = some_double(&r), z = some_double(&r);
        exact_set_double(&f->A, &f->x[0], x);
        exact_set_double(&f->A, &f->x[1], y);
        mpq_set_d(a, x);
        mpq_set_d(b, y);
        same(&f->x[0], a);
        exact_add(&f->A, &f->x[2], &f->x[0], &f->x[1]);
        mpq_add(c, a, b);
        same(&f->x[2], c);
        exact_sub(&f->A, &f->x[2], &f->x[0], &f->x[1]);
        mpq_sub(c, a, b);
        same(&f->x[2], c);
        exact_mul(&f->A, &f->x[2], &f->x[0], &f->x[1]);
        mpq_mul(c, a, b);
        same(&f->x[2], c);
        if (y != 0) {
            exact_divide(&f->A, &f->x[3], &f->x[2], &f->x[1]);
            same(&f->x[3], a);
        }
        assert_int_equal(exact_cmp(&f->x[0], &f->x[1]), (x > y) - (x < y));
        exact_add_mul(&f->A, &f->x[2], &f->x[0], z);
        mpq_set_d(b, z);
        mpq_mul(b, a, b);
        mpq_add(c, c, b);
        same(&f->x[2], c);
        exact_sub(&f->A, &f->x[2], &f->x[2], &f->x[2]);
        assert_int_equal(exact_sign(&f->x[2]), 0);
        assert_false(exact_arith_stopped(&f->A));
    }
    mpq_clears(a, b, c, NULL);
}

/* Whole numbers times a common factor, whatever it is, are those numbers without their divisor. */
static void test_shorten(void **state)
{
    static const double part[][3] = {{3, -4, 5}, {0, 0, 7}, {0, -2, 0}, {9, 6, -12}, {1, 0, 64}};
    static const double least[][3] = {{3, -4, 5}, {0, 0, 1}, {0, -1, 0}, {3, 2, -4}, {1, 0, 64}};
    fixture *f = *state;
    rng r = {7};
    exact_divisor s;
    assert_true(exact_divisor_make(&s, CAP, f->arena));
    for (int turn = 0; turn < 2000; turn++) {
        const size_t which = (size_t)turn % (sizeof part / sizeof *part);
        const double odd = (double)(1 + rng_below(&r, 100000));
        const int twos = (int)rng_below(&r, 1200) - 600;
        for (size_t c = 0; c < 3; c++) {
            exact_set_double(&f->A, &f->x[c], ldexp(part[which][c] * odd, twos));
            for (int times = 0; times < turn % 3; times++) /* also beyond the range of doubles */
                exact_mul_double(&f->A, &f->x[c], &f->x[c], ldexp(1, 900));
        }
        exact_shorten(&f->A, &s, f->x, 3);
        for (size_t c = 0; c < 3; c++) {
            exact_set_double(&f->A, &f->x[3], least[which][c]);
            assert_int_equal(exact_cmp(&f->x[c], &f->x[3]), 0);
            assert_int_equal(f->x[c].low, 0);
        }
        assert_false(exact_arith_stopped(&f->A));
    }
}

/* |r - q| is at most half the distance to either neighbour, and on a tie r is even. */
static void check_rounding(double r, mpq_t q)
{
    mpq_t at, below, above, half;
    mpq_inits(at, below, above, half, NULL);
    mpq_set_d(at, r);
    mpq_set_d(below, nextafter(r, -(double)INFINITY));
    mpq_set_d(above, nextafter(r, (double)INFINITY));
    mpq_add(below, below, at);
    mpq_div_2exp(below, below, 1);
    mpq_add(above, above, at);
    mpq_div_2exp(above, above, 1);
    assert_true(mpq_cmp(below, q) <= 0 && mpq_cmp(q, above) <= 0);
    if (mpq_equal(below, q) || mpq_equal(q, above)) {
        int e = 0;
        const double m = ldexp(frexp(r, &e), 53);
        assert_true(e < -1021 || fmod(m, 2) == 0);
    }
    mpq_clears(at, below, above, half, NULL);
}

static void test_ratio(void **state)
{
    fixture *f = *state;
    rng r = {2};
    mpq_t a, b;
    mpq_inits(a, b, NULL);
    for (int turn = 0; turn < 20000; turn++) {
        double x = some_double(&r), y = some_double(&r);
        if (turn % 4 == 0) { /* quotients half way between two doubles, and a hair beside */
            const double beside[] = {0, 0, 0x1p-300, -0x1p-300};
            x = (double)(rng_next(&r) >> 11 | 1);
            y = ldexp(1, (int)rng_below(&r, 9));
            exact_set_double(&f->A, &f->x[0], x);
            exact_set_double(&f->A, &f->x[1], 0x1p53); /* 54 bits, the last of them set */
            exact_add(&f->A, &f->x[0], &f->x[0], &f->x[1]);
            exact_set_double(&f->A, &f->x[2], beside[turn / 4 % 4]);
            exact_add(&f->A, &f->x[0], &f->x[0], &f->x[2]);
        } else {
            exact_set_double(&f->A, &f->x[0], x);
        }
        if (y == 0)
            continue;
        exact_set_double(&f->A, &f->x[1], y);
        to_rational(a, &f->x[0]);
        mpq_set_d(b, y);
        mpq_div(a, a, b);
        if (fabs(mpq_get_d(a)) < 1e300)
            check_rounding(exact_ratio(&f->A, &f->x[0], &f->x[1]), a);
    }
    assert_false(exact_arith_stopped(&f->A));
    mpq_clears(a, b, NULL);
}

static void test_ratio_ends(void **state)
{
    fixture *f = *state;
    const double small[][3] = {{0x1p-1000, 0x1p74, 0x1p-1074},
                               {0x1p-1000, 0x1p75, 0},
                               {0x1.8p-1000, 0x1p75, 0x1p-1074},
                               {0x1.4p-1000, 0x1p73, 0x1p-1073},
                               {0x1.cp-1000, 0x1p73, 0x1p-1072},
                               {0x1p-1000, 0x1p200, 0},
                               {DBL_MAX, 1, DBL_MAX},
                               {DBL_MIN, 2, DBL_MIN / 2}};
    for (size_t k = 0; k < sizeof small / sizeof small[0]; k++) {
        exact_set_double(&f->A, &f->x[0], -small[k][0]);
        exact_set_double(&f->A, &f->x[1], small[k][1]);
        near(exact_ratio(&f->A, &f->x[0], &f->x[1]), -small[k][2], 0, 0);
    }
    assert_false(f->A.full);
    exact_set_double(&f->A, &f->x[0], DBL_MAX);
    exact_set_double(&f->A, &f->x[1], 0.5);
    (void)exact_ratio(&f->A, &f->x[0], &f->x[1]);
    assert_true(f->A.full); /* no double is that large */
}

/* What does not fit says so, and nothing is written past the end (the sanitizers watch). */
static void test_full(void **state)
{
    fixture *f = *state;
    exact_set_double(&f->A, &f->x[0], 0.1);
    for (int k = 0; k < 12 && !f->A.full; k++)
        exact_mul(&f->A, &f->x[0], &f->x[0], &f->x[0]);
    assert_true(f->A.full);
    f->A.full = false;
    exact_set_double(&f->A, &f->x[0], 0x1p1000);
    for (int k = 0; k < 6; k++)
        exact_mul(&f->A, &f->x[0], &f->x[0], &f->x[0]);
    assert_false(f->A.full); /* one limb, far away */
    exact_set_double(&f->A, &f->x[1], 1);
    exact_add(&f->A, &f->x[2], &f->x[0], &f->x[1]);
    assert_true(f->A.full);
    f->A.full = false;
    exact_set_double(&f->A, &f->x[0], 1);
    exact_set_double(&f->A, &f->x[1], 3);
    exact_divide(&f->A, &f->x[2], &f->x[0], &f->x[1]);
    assert_true(f->A.full); /* not a number of this kind */
    f->A.work_max = f->A.work;
    exact_mul(&f->A, &f->x[2], &f->x[0], &f->x[1]);
    assert_true(f->A.spent);
}

/* K x = b and K' y = c: put back in, exactly. */
static void check_system(fixture *f, exact_kernel *K, size_t k, const double *a, const double *b,
                         bool transposed)
{
    for (size_t i = 0; i < k; i++)
        exact_set_double(&f->A, &K->right[i], b[i]);
    exact_num *x = exact_nums(f->arena, k, CAP);
    assert_non_null(x);
    exact_kernel_solve(K, &f->A, transposed, x);
    assert_false(exact_arith_stopped(&f->A));
    for (size_t i = 0; i < k; i++) {
        exact_mul_double(&f->A, &f->x[0], K->determinant, -b[i]);
        for (size_t j = 0; j < k; j++)
            exact_add_mul(&f->A, &f->x[0], &x[j], transposed ? a[j * k + i] : a[i * k + j]);
        assert_int_equal(exact_sign(&f->x[0]), 0);
    }
}

static void test_kernel(void **state)
{
    fixture *f = *state;
    rng r = {3};
    size_t singular = 0;
    for (int turn = 0; turn < 600; turn++) {
        enum { K_MAX = 9 };
        const size_t k = rng_below(&r, K_MAX + 1);
        double a[K_MAX * K_MAX] = {0}, b[K_MAX];
        exact_kernel K = {0};
        assert_true(exact_kernel_make(&K, k, CAP, &f->A, f->arena));
        for (size_t i = 0; i < k; i++) {
            b[i] = rng_unit(&r) - 0.5;
            for (size_t j = 0; j < k; j++) {
                a[i * k + j] = rng_below(&r, 2) == 0 ? 0 : rng_unit(&r) - 0.5;
                if (turn % 3 == 0)
                    a[i * k + j] = (double)rng_below(&r, 3) - 1;
                if (turn % 7 == 0 && i + 1 == k && k > 1) /* the sum of two others */
                    a[i * k + j] = a[j] + a[(k - 2) * k + j];
            }
        }
        for (size_t e = 0; e < k * k; e++)
            exact_set_double(&f->A, &K.a[e], a[e]);
        exact_kernel_factor(&K, &f->A);
        assert_false(exact_arith_stopped(&f->A));
        if (K.rank < k) {
            singular++;
            continue;
        }
        assert_true(k == 0 || exact_sign(K.determinant) != 0);
        check_system(f, &K, k, a, b, false);
        check_system(f, &K, k, a, b, true);
    }
    assert_in_range(singular, 50, 400);
}

/* 1e100 + 1 - 1e100 is 1 in twice the precision only where the errors are kept. */
static void test_sum(void **state)
{
    lp_sum s = {0};
    (void)state;
    lp_sum_add(&s, 1e16, 1);
    lp_sum_add(&s, 1, 1);
    lp_sum_add(&s, -1e16, 1);
    near(lp_sum_value(&s), 1, 0, 0);
    near(s.size, 2e16, 0, 1e-15);
    s = (lp_sum){0};
    lp_sum_add(&s, 0.1, 10); /* a bit more than 1 */
    lp_sum_add(&s, -1, 1);
    near(lp_sum_value(&s), 0x1p-54, 0, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_ring),   TEST(test_ratio), TEST(test_ratio_ends), TEST(test_full),
        TEST(test_kernel), TEST(test_sum),   TEST(test_shorten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
