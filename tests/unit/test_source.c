/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that change while they are read; their hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "files/source.h"
#include "random.h"
#include "temp_file.h"

enum { BYTES = 100000, LARGE = 5 << 20 };

/* A file of so many bytes that becomes as long as told after the first ones were read. */
static tdo_status read_changing(size_t length, off_t becomes, tdo_error *err)
{
    char path[TEMP_PATH], some[1000];
    char *bytes = calloc(length, 1);
    tdo_arena *a = tdo_arena_new();
    source_stream s = {.fd = -1};
    source_text all = {.length = 0};
    size_t got = 0;
    assert_true(bytes && a);
    temp_file_write(path, bytes, length);
    assert_int_equal(source_open(&s, path, "changing.csv", err), TDO_OK);
    assert_int_equal(source_read(&s, some, sizeof some, &got, err), TDO_OK);
    assert_int_equal(got, sizeof some);
    assert_int_equal(truncate(path, becomes), 0);
    const tdo_status status = source_slurp_open(&s, 2 * LARGE, a, &all, err);
    assert_int_equal(unlink(path), 0);
    tdo_arena_free(a);
    free(bytes);
    return status;
}

static void a_file_that_shrinks_is_not_taken_for_whole(void **state)
{
    const size_t length[] = {BYTES, LARGE}; /* the second one may be hashed by a thread */
    (void)state;
    for (size_t k = 0; k < 2; k++) {
        const off_t becomes[] = {0, 500, 1000, (off_t)length[k] - 1};
        for (size_t q = 0; q < 4; q++) {
            tdo_error err = {0};
            assert_int_equal(read_changing(length[k], becomes[q], &err), TDO_E_IO);
            assert_string_equal(err.file, "changing.csv");
            assert_non_null(strstr(err.text, "became shorter"));
        }
    }
}

static void a_file_that_stays_or_grows_is_read(void **state)
{
    tdo_error err = {0};
    (void)state;
    assert_int_equal(read_changing(BYTES, BYTES, &err), TDO_OK);
    assert_int_equal(read_changing(BYTES, BYTES + 10, &err), TDO_OK);
}

/* However the bytes come, and whether the processor has instructions for it or not. */
static void all_ways_of_hashing_agree(void **state)
{
    (void)state;
    enum { N = 3000 };
    rng r = {36};
    char bytes[N], expected[SHA256_DIGEST_STRING_LENGTH], got[SHA256_DIGEST_STRING_LENGTH];
    for (size_t k = 0; k < N; k++)
        bytes[k] = (char)rng_below(&r, 256);
    for (int turn = 0; turn < 500; turn++) {
        const size_t n = rng_below(&r, N + 1);
        SHA2_CTX whole, parts;
        SHA256Init(&whole);
        SHA256Init(&parts);
        SHA256Update(&whole, (const uint8_t *)bytes, n);
        for (size_t at = 0, some = 0; at < n; at += some) {
            some = 1 + rng_below(&r, turn % 2 ? 70 : N);
            some = some < n - at ? some : n - at;
            hasher_update(&parts, hasher_has_blocks(), bytes + at, some);
        }
        assert_string_equal(SHA256End(&parts, got), SHA256End(&whole, expected));
    }
    if (!hasher_has_blocks())
        return;
    for (size_t blocks = 0; blocks <= N / 64; blocks++) {
        uint32_t own[8], theirs[8];
        for (size_t k = 0; k < 8; k++)
            own[k] = theirs[k] = (uint32_t)rng_next(&r);
        hasher_add_blocks(own, (const uint8_t *)bytes, blocks);
        for (size_t k = 0; k < blocks; k++)
            SHA256Transform(theirs, (const uint8_t *)bytes + 64 * k);
        assert_memory_equal(own, theirs, sizeof own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_shrinks_is_not_taken_for_whole),
        cmocka_unit_test(a_file_that_stays_or_grows_is_read),
        cmocka_unit_test(all_ways_of_hashing_agree),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
