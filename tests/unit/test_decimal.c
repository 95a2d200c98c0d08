/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums, products and quotients of decimals, exact and rounded once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "random.h"
#include "tradeoff/text.h"

static void test_shortest(void **state)
{
    (void)state;
    decimal y = decimal_of(0.1);
    assert_true(y.mantissa == 1 && y.exponent == -1);
    y = decimal_of(-0.30000000000000004);
    assert_true(y.mantissa == -30000000000000004 && y.exponent == -17);
    y = decimal_of(5e-324);
    assert_true(y.mantissa == 494065645841247 && y.exponent == -338);
    y = decimal_of(1e300);
    assert_true(y.mantissa == 1 && y.exponent == 300);
    y = decimal_of(0);
    assert_true(y.mantissa == 0);
}

static double sum(const double *a, const double *b, size_t n, double *rest)
{
    decimal_sum s;
    decimal_clear(&s);
    for (size_t i = 0; i < n; i++)
        decimal_add_product(&s, a[i], b[i]);
    return decimal_rounded(&s, rest);
}

static void test_sums(void **state)
{
    (void)state;
    double rest = 1;
    assert_true(decimal_difference(0.3, 0) == decimal_difference(0.4, 0.1));
    assert_true(decimal_difference(1.1, 1) == decimal_difference(1, 0.9));
    assert_true(sum((double[]){1, 1}, (double[]){0.1, 0.2}, 2, &rest) == 0.3 && rest == 0);
    assert_true(sum((double[]){1, 1}, (double[]){1e10, 1e-10}, 2, &rest) == 1e10 && rest == 1e-10);
    assert_true(sum((double[]){1, 1, 1}, (double[]){1e300, 1, -1e300}, 3, &rest) == 1);
    assert_true(rest == 0);
    assert_true(sum((double[]){1, -1}, (double[]){1, 1 + 1e-20}, 2, &rest) == 0);
    assert_true(sum((double[]){-1, 1}, (double[]){1e300, 1e-300}, 2, &rest) == -1e300);
    assert_true(rest == 1e-300);
    assert_true(sum((double[]){1e300}, (double[]){1e300}, 1, &rest) == (double)INFINITY);
    assert_true(sum((double[]){5e-324}, (double[]){5e-324}, 1, &rest) == 0);
    assert_true(sum((double[]){1e300, -1e300}, (double[]){1e300, 1e300}, 2, &rest) == 0);
    assert_true(isnan(sum((double[]){1}, (double[]){INFINITY}, 1, &rest)));
}

static double quotient(double a, double b, double *rest)
{
    decimal_sum x, y;
    decimal_clear(&x);
    decimal_clear(&y);
    decimal_add(&x, a);
    decimal_add(&y, b);
    return decimal_quotient(&x, &y, rest);
}

static void test_quotients(void **state)
{
    (void)state;
    double rest = 1;
    assert_true(quotient(0.3, 3, &rest) == 0.1 && rest == 0);
    assert_true(quotient(1, 3, &rest) == 1.0 / 3);
    assert_true(fabs(rest / 3.3333333333333333e-17 - 1) < 1e-9);
    assert_true(quotient(-1, 3, &rest) == -1.0 / 3 && rest < 0);
    assert_true(quotient(2, 3, &rest) == 2.0 / 3 && rest > 6e-17 && rest < 7e-17);
    assert_true(quotient(1e-300, 1e300, &rest) == 0);
    assert_true(quotient(1e300, 1e-300, &rest) == (double)INFINITY);
    assert_true(quotient(0.8099999999999999, 0.9, &rest) == 0.8999999999999999);
}

/* Of powers of ten and their neighbours, where a logarithm errs. */
static void test_rounded(void **state)
{
    (void)state;
    for (int tens = -307; tens <= 308; tens++) {
        const double x = decimal_ten_to(tens);
        assert_int_equal(decimal_tens(x), tens);
        assert_int_equal(decimal_tens(-nextafter(x, INFINITY)), tens);
        assert_int_equal(decimal_tens(nextafter(x, 0)), tens - 1);
        assert_true(decimal_beyond(nextafter(x, 0), 12, true) == x);
        assert_true(decimal_beyond(-nextafter(x, 0), 12, false) == -x);
    }
    assert_int_equal(decimal_tens(250), 2);
    assert_int_equal(decimal_tens(0.004), -3);
    assert_true(decimal_beyond(2.0 / 3, 3, true) == 0.667);
    assert_true(decimal_beyond(2.0 / 3, 3, false) == 0.666);
    assert_true(decimal_beyond(-2.0 / 3, 3, true) == -0.666);
    assert_true(decimal_beyond(0.25, 2, true) == 0.25 && decimal_beyond(0.25, 2, false) == 0.25);
}

/* Whole numbers by one power of ten: what whole numbers say. */
static void test_random(void **state)
{
    (void)state;
    rng r = {7};
    for (int k = 0; k < 200000; k++) {
        double power[] = {1, 1e3, 1e7, 1e12};
        int64_t digits = (int64_t)(rng_below(&r, 4));
        int64_t m[2], most[] = {1000, 1000000, 1000000000, 100000000000000};
        for (int i = 0; i < 2; i++)
            m[i] = (int64_t)(rng_next(&r) % (uint64_t)(2 * most[digits])) - most[digits];
        double p = power[rng_below(&r, 4)], a = (double)m[0] / p, b = (double)m[1] / p;
        char text[64];
        int64_t y = m[0] - m[1];
        double want = 0;
        int n = snprintf(text, sizeof text, "%llde-%d", (long long)y, (int)lround(log10(p)));
        assert_true(tdo_number_read(text, (size_t)n, &want) == TDO_NUMBER_OK);
        assert_true(decimal_difference(a, b) == want);
        if (m[1] != 0) {
            double rest = 0;
            assert_true(quotient(a, b, &rest) == (double)m[0] / (double)m[1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shortest),  cmocka_unit_test(test_sums),
        cmocka_unit_test(test_quotients), cmocka_unit_test(test_rounded),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
