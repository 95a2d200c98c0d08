/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last double for which something holds, from guesses near and far. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>

#include "base/real.h"

typedef struct edge {
    double at, sign;
    int *looks; /* counted */
} edge;

static bool is_before(const void *of, double x)
{
    const edge *e = of;
    (*e->looks)++;
    return e->sign * x <= e->sign * e->at;
}

static bool never(const void *of, double x)
{
    (void)of;
    (void)x;
    return false;
}

static bool always(const void *of, double x)
{
    return !never(of, x);
}

/* From any guess, in at most as many looks as there are bits twice. */
static void test_edges(void **state)
{
    static const double place[] = {0, DBL_TRUE_MIN, 1e-300, DBL_MIN, 1e-17,  0.1,
                                   1, 3.25,         0x1p53, 1e300,   DBL_MAX};
    enum { PLACES = sizeof place / sizeof *place, MOST = 130 };
    (void)state;
    for (size_t k = 0; k < 4 * PLACES * PLACES; k++) {
        const double at = place[k / 4 % PLACES] * (k % 2 ? 1 : -1);
        const double guess = place[k / 4 / PLACES] * (k / 2 % 2 ? 1 : -1);
        for (int sign = -1; sign <= 1; sign += 2) {
            int looks = 0;
            const edge e = {at, sign, &looks};
            const double last = real_last(is_before, &e, sign, guess);
            assert_true(last == at); /* NOLINT: exact */
            assert_true(looks <= MOST);
        }
    }
}

static void test_near(void **state)
{
    int looks = 0;
    const edge e = {1.5, 1, &looks};
    (void)state;
    assert_true(real_last(is_before, &e, 1, nextafter(1.5, 2)) == 1.5); /* NOLINT: exact */
    assert_true(looks == 2);
    looks = 0;
    assert_true(real_last(is_before, &e, 1, 1.5) == 1.5); /* NOLINT: exact */
    assert_true(looks == 2);
}

static void test_none(void **state)
{
    (void)state;
    for (int sign = -1; sign <= 1; sign += 2) {
        assert_true(isnan(real_last(never, NULL, sign, 1)));
        assert_true(real_last(always, NULL, sign, INFINITY) == sign * DBL_MAX); /* NOLINT: exact */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_near),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests_name("last", tests, NULL, NULL);
}
