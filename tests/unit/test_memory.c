/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tradeoff/memory.h"

static void zeroed_and_aligned(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();

    assert_non_null(a);
    for (size_t bytes = 0; bytes < 20000; bytes = bytes * 5 / 4 + 1) {
        unsigned char *p = tdo_alloc(a, bytes, 1);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % (bytes >= 4096 ? 64 : 16), 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, bytes); /* must not show up in the next */
    }
    assert_true(tdo_arena_bytes(a) > 0);
    tdo_arena_free(a);
    tdo_arena_free(NULL);
}

static void products_that_overflow(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    int *p = tdo_alloc(a, 2, sizeof *p);

    assert_null(tdo_alloc(a, SIZE_MAX / 4 + 2, 4));
    assert_null(tdo_alloc(a, SIZE_MAX, SIZE_MAX));
    assert_null(tdo_alloc(a, PTRDIFF_MAX, 1)); /* no room for the block's head */
    assert_null(tdo_copy(a, "", SIZE_MAX));
    p[0] = 7;
    assert_null(tdo_grow(a, p, 2, SIZE_MAX / 4 + 2, sizeof *p));
    assert_int_equal(p[0], 7);
    int *q = tdo_alloc(a, 2000, sizeof *q);
    q[1999] = 8;
    assert_null(tdo_grow(a, q, 2000, PTRDIFF_MAX / sizeof *q, sizeof *q));
    assert_int_equal(q[1999], 8);
    assert_non_null(tdo_alloc(a, 0, SIZE_MAX));
    assert_non_null(tdo_alloc(a, SIZE_MAX, 0));
    tdo_arena_free(a);
}

/* Many arrays at once, grown and shrunk at random, against copies made with malloc. */
static void growing_keeps_the_old_and_zeroes_the_new(void **state)
{
    (void)state;
    enum { ARRAYS = 12 };
    rng r = {3};
    uint32_t *array[ARRAYS] = {NULL}, *copy[ARRAYS] = {NULL};
    size_t count[ARRAYS] = {0};
    tdo_arena *a = tdo_arena_new();

    assert_non_null(a);
    for (int step = 0; step < 4000; step++) {
        size_t k = rng_below(&r, ARRAYS);
        size_t most = rng_below(&r, 10) == 0 ? 40000 : 1500;
        size_t want = rng_below(&r, 3) == 0 ? count[k] + 1 + rng_below(&r, 8) : rng_below(&r, most);
        uint32_t *grown = tdo_grow(a, array[k], count[k], want, sizeof *grown);
        assert_non_null(grown);
        size_t kept = want < count[k] ? want : count[k];
        for (size_t i = kept; i < want; i++)
            assert_int_equal(grown[i], 0);
        copy[k] = realloc(copy[k], (want + 1) * sizeof *copy[k]);
        assert_non_null(copy[k]);
        for (size_t i = kept; i < want; i++)
            grown[i] = copy[k][i] = (uint32_t)rng_next(&r);
        array[k] = grown;
        count[k] = want;
        if (step % 16 == 0)
            for (size_t j = 0; j < ARRAYS; j++)
                assert_true(count[j] == 0 ||
                            memcmp(array[j], copy[j], count[j] * sizeof *copy[j]) == 0);
        (void)tdo_copy(a, "between", rng_below(&r, 8)); /* leaves the next block unaligned */
    }
    for (size_t j = 0; j < ARRAYS; j++)
        free(copy[j]);
    tdo_arena_free(a);
}

/* A large array that doubles is resized, not left behind: 2^16 + ... + 2^24 bytes would be twice
 * what is asked for here. */
static void large_arrays_are_resized(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    char *p = NULL;
    size_t had = 0;

    for (size_t want = 1 << 16; want <= 1 << 24; had = want, want *= 2)
        p = tdo_grow(a, p, had, want, 1);
    assert_non_null(p);
    assert_in_range(tdo_arena_bytes(a), 1 << 24, (1 << 24) + 4096);
    p = tdo_grow(a, p, had, 1 << 16, 1);
    assert_in_range(tdo_arena_bytes(a), 1 << 16, (1 << 16) + 4096);
    tdo_arena_free(a);
}

static void copies_and_texts(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    char longer[10001];

    memset(longer, 'y', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_string_equal(tdo_copy(a, "abcdef", 3), "abc");
    assert_string_equal(tdo_copy(a, NULL, 0), "");
    assert_string_equal(tdo_copy(a, longer, sizeof longer - 1), longer);
    assert_string_equal(tdo_text(a, "%s-%d", "x", 5), "x-5");
    assert_string_equal(tdo_text(a, "%s", longer), longer);
    longer[255] = '\0'; /* just fits the first try, and just does not */
    assert_string_equal(tdo_text(a, "%s", longer), longer);
    longer[255] = 'y';
    longer[256] = '\0';
    assert_string_equal(tdo_text(a, "%s", longer), longer);
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeroed_and_aligned),
        cmocka_unit_test(products_that_overflow),
        cmocka_unit_test(growing_keeps_the_old_and_zeroes_the_new),
        cmocka_unit_test(large_arrays_are_resized),
        cmocka_unit_test(copies_and_texts),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
