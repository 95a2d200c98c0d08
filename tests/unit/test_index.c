/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that were made to collide do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "random.h"

enum { IDS = 4096, BYTES = 16 };

static const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);

/* The hash of the index without its key, after the first word of two. */
static uint64_t after(uint64_t word)
{
    uint64_t h = BYTES * factor;
    h ^= h >> 32;
    h = (h ^ word) * factor;
    return h ^ h >> 32;
}

/* [IDS] of BYTES bytes and a NUL, all of one hash where there is no key: the second word undoes the
 * first. */
static char (*colliding(void))[BYTES + 1]
{
    char(*id)[BYTES + 1] = calloc(IDS, sizeof *id);
    rng r = {7};
    assert_non_null(id);
    for (size_t n = 0; n < IDS;) {
        const uint64_t first = rng_next(&r), second = after(first) ^ 42;
        memcpy(id[n], &first, sizeof first);
        memcpy(id[n] + sizeof first, &second, sizeof second);
        n += strlen(id[n]) == BYTES;
    }
    return id;
}

static int by_value(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void nobody_knows_which_ids_collide(void **state)
{
    char(*id)[BYTES + 1] = colliding();
    uint32_t *hash = calloc(IDS, sizeof *hash);
    size_t distinct = 0;
    (void)state;
    assert_non_null(hash);
    for (size_t k = 0; k < IDS; k++)
        hash[k] = index_hash(id[k], BYTES);
    qsort(hash, IDS, sizeof *hash, by_value);
    for (size_t k = 0; k < IDS; k++)
        distinct += k == 0 || hash[k] != hash[k - 1];
    assert_true(distinct > IDS - IDS / 64);
    free(hash);
    free(id);
}

static void each_is_found_under_its_number(void **state)
{
    char(*id)[BYTES + 1] = colliding();
    const char **string = calloc(IDS, sizeof *string);
    index_table x = {0};
    uint32_t found = 0;
    (void)state;
    assert_non_null(string);
    for (uint32_t k = 0; k < IDS; k++) {
        string[k] = id[k];
        assert_int_equal(index_add(&x, string, index_key_of(id[k], BYTES), k, &found), TDO_OK);
        assert_int_equal(found, INDEX_ABSENT);
    }
    for (uint32_t k = 0; k < IDS; k++)
        assert_int_equal(index_find(&x, string, id[k], BYTES), k);
    assert_int_equal(index_find(&x, string, "nobody", 6), INDEX_ABSENT);
    index_free(&x);
    free(string);
    free(id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_knows_which_ids_collide),
        cmocka_unit_test(each_is_found_under_its_number),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
