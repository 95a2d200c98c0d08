/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index sorts: order, stability, and the keys that their shortcuts could stumble over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "random.h"

enum { SIZES = 8 };
static const size_t size[SIZES] = {0, 1, 2, 23, 25, 1000, 2049, 20011};

typedef double (*key_fn)(rng *r);

static double uniform(rng *r)
{
    return rng_unit(r) * 2 - 1;
}
static double few_values(rng *r)
{
    return (double)rng_below(r, 7) / 4;
}
static double one_value(rng *r)
{
    (void)rng_next(r);
    return 42;
}
static double both_zeros(rng *r)
{
    return rng_below(r, 2) ? 0.0 : -0.0;
}
static double any_exponent(rng *r)
{
    return ldexp(rng_unit(r) - 0.5, (int)rng_below(r, 2000) - 1000);
}
static double largest_span(rng *r)
{
    static const double ends[] = {-DBL_MAX, DBL_MAX, 0, -1, 1};
    return ends[rng_below(r, 5)];
}
static double subnormal(rng *r)
{
    return (double)rng_below(r, 9) * 0x1p-1074;
}
/* Nearly all share an image, because one is far away; they still differ. */
static double far_outlier(rng *r)
{
    return rng_below(r, 500) ? rng_unit(r) : 1e300;
}
static double neighbours(rng *r)
{
    return 1 + (double)rng_below(r, 50) * DBL_EPSILON;
}

/* Ascending and stable is unique: the ranks follow from counting, but checking neighbours is enough
 * when the result is a permutation. The start is in descending order of index, so that stability
 * differs from sorting by index. */
static void check(const double *key, uint32_t *index, size_t n)
{
    uint64_t *room = calloc(2 * n + 1, sizeof *room);
    char *seen = calloc(n + 1, 1);
    assert_non_null(room);
    assert_non_null(seen);
    for (size_t i = 0; i < n; i++)
        index[i] = (uint32_t)(n - 1 - i);
    sort_by_key(key, index, n, room);
    for (size_t i = 0; i < n; i++) {
        assert_true(index[i] < n && !seen[index[i]]);
        seen[index[i]] = 1;
        if (i > 0) {
            double before = key[index[i - 1]], after = key[index[i]];
            assert_true(before < after || (before <= after && index[i - 1] > index[i]));
        }
    }
    free(seen);
    free(room);
}

/* The words are in the order of sort_by_key, and images show no difference that is not there. */
static void check_places(const double *key, const uint32_t *index, size_t n)
{
    uint64_t *room = calloc(2 * n + 1, sizeof *room);
    uint32_t *order = calloc(n + 1, sizeof *order);
    assert_non_null(room);
    assert_non_null(order);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    sort_by_key(key, order, n, room);
    const sort_words y = sort_places(key, n, room);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(sort_place(y.word[i]), order[i]);
        assert_false(key[order[i]] < key[index[i]] || key[order[i]] > key[index[i]]);
        if (i > 0 && y.word[i] >> 32 > (y.word[i - 1] >> 32) + 1)
            assert_true(key[order[i]] - key[order[i - 1]] > y.apart);
    }
    free(order);
    free(room);
}

static void by_key_all_kinds(void **state)
{
    static const key_fn kinds[] = {uniform,      few_values, one_value,   both_zeros, any_exponent,
                                   largest_span, subnormal,  far_outlier, neighbours};
    (void)state;
    rng r = {20};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        for (size_t s = 0; s < SIZES; s++) {
            double *key = calloc(size[s] + 1, sizeof *key);
            uint32_t *index = calloc(size[s] + 1, sizeof *index);
            assert_non_null(key);
            assert_non_null(index);
            for (size_t i = 0; i < size[s]; i++)
                key[i] = kinds[kind](&r);
            check(key, index, size[s]);
            check_places(key, index, size[s]);
            free(key);
            free(index);
        }
}

static void by_key_of_a_part(void **state)
{
    (void)state;
    const double key[] = {9, 1, 8, 2, 7, 3};
    uint32_t index[] = {4, 2, 2, 5};
    uint64_t room[8];
    sort_by_key(key, index, 4, room);
    const uint32_t expected[] = {5, 4, 2, 2};
    assert_memory_equal(index, expected, sizeof expected);
}

/* Ignores the last digit, so that stability shows. */
static bool tens_before(const void *user, uint32_t a, uint32_t b)
{
    (void)user;
    return a / 10 < b / 10;
}

static void by_order_is_stable(void **state)
{
    (void)state;
    rng r = {21};
    for (size_t s = 0; s < SIZES; s++) {
        size_t n = size[s];
        uint32_t *index = calloc(n + 1, sizeof *index), *room = calloc(n + 1, sizeof *room);
        size_t *last = calloc(4000, sizeof *last); /* how often each number was seen */
        assert_non_null(index);
        assert_non_null(room);
        assert_non_null(last);
        for (size_t i = 0; i < n; i++) /* within ten: 0, 1, 2, ... in the order of appearance */
            index[i] = (uint32_t)(10 * rng_below(&r, 300));
        for (size_t i = 0; i < n; i++)
            index[i] += (uint32_t)(last[index[i] / 10]++ < 9 ? last[index[i] / 10] - 1 : 9);
        sort_by(index, n, tens_before, NULL, room);
        for (size_t i = 1; i < n; i++)
            assert_true(index[i - 1] <= index[i]);
        free(index);
        free(room);
        free(last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_key_all_kinds),
        cmocka_unit_test(by_key_of_a_part),
        cmocka_unit_test(by_order_is_stable),
    };
    return cmocka_run_group_tests_name("sort", tests, NULL, NULL);
}
