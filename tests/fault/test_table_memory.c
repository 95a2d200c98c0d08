/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every single allocation of reading a table fails once, libcsv's and the arena's included: it ends
 * in TDO_E_MEMORY, is reported, and leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/csv_case.h"
#include "deny.h" /* the linker asks for it in this folder; here nothing is denied that way */

/* The C library's allocator under our own names; a sanitizer brings another, and cannot share. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OTHER_ALLOCATOR 1
#endif
#endif
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OTHER_ALLOCATOR 1
#endif

#ifndef OTHER_ALLOCATOR
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

static volatile bool armed; /* count, and fail the one whose turn it is */
static volatile size_t asked, turn; /* volatile: a compiler knows that malloc counts nothing */
static volatile ptrdiff_t live; /* blocks not freed */

static bool refuse(void)
{
    return armed && ++asked == turn;
}

void *malloc(size_t size)
{
    void *p = refuse() ? NULL : __libc_malloc(size);

    live += armed && p != NULL;
    return p;
}

void *calloc(size_t count, size_t size)
{
    void *p = refuse() ? NULL : __libc_calloc(count, size);

    live += armed && p != NULL;
    return p;
}

void *realloc(void *old, size_t size)
{
    void *p = refuse() ? NULL : __libc_realloc(old, size);

    live += armed && p != NULL && old == NULL;
    return p;
}

void free(void *p)
{
    live -= armed && p != NULL;
    __libc_free(p);
}

static const char *const id_columns[] = {"id", "batch"};
static const tdo_wanted wanted[] = {{.column = "cost"}, {.column = "cost", .words = true}};

/* Reads with the allocation of that turn denied (0: none), everything released again. */
static tdo_status read_once(const char *path, bool direct, size_t denied, size_t *reported)
{
    tdo_table_request request = {.file = "c.csv",
                                 .path = path,
                                 .id_columns = id_columns,
                                 .n_id_columns = 2,
                                 .wanted = wanted,
                                 .n_wanted = 2};
    tdo_table table = {.n = 0};
    tdo_warnings warnings = {.n = 0};
    static tdo_report report;

    report.count = 0;
    asked = 0;
    live = 0;
    turn = denied;
    armed = true;
    tdo_arena *a = tdo_arena_new();
    tdo_status status = a == NULL ? TDO_E_MEMORY
                                  : tdo_table_read_within(&request, &tdo_stated_limits, direct, a,
                                                          &table, &warnings, &report);
    bool has_arena = a != NULL;
    tdo_arena_free(a);
    armed = false;
    *reported = has_arena ? report.count : 1;
    return status;
}

static void every_turn(const char *path, bool direct, tdo_status otherwise)
{
    size_t reported = 0, denied = 0, least = otherwise == TDO_OK ? 0 : 1;

    assert_int_equal(read_once(path, direct, 0, &reported), otherwise);
    assert_int_equal(live, 0);
    assert_true(reported >= least);
    size_t all = asked;
    assert_true(all > 20);
    for (size_t k = 1; k <= all; k++) {
        tdo_status status = read_once(path, direct, k, &reported);
        if (live != 0)
            fail_msg("allocation %zu of %zu denied: %td blocks left", k, all, live);
        /* an array that cannot be cut to its length stays as it is */
        if (status != TDO_E_MEMORY && status != otherwise)
            fail_msg("allocation %zu of %zu denied: status %d", k, all, (int)status);
        assert_true(status == TDO_OK || reported >= 1);
        denied += status == TDO_E_MEMORY;
    }
    assert_true(denied + 8 >= all);
}

static void tables(void **state)
{
    (void)state;
    char path[] = "/tmp/tradeoff-test-XXXXXX";

    asked = 0;
    armed = true;
    void *volatile probe = malloc(1);
    free(probe);
    armed = false;
    if (asked == 0) /* valgrind has put its own in the place of ours */
        skip();
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");

    assert_non_null(f);
    (void)fprintf(f, "batch;id;note;cost\n");
    for (int i = 0; i < 700; i++)
        (void)fprintf(f, "%d;%sm%d%s;x;%d\n", i % 3, i % 5 == 0 ? "\"" : "", i,
                      i % 5 == 0 ? "\"" : "", i % 200);
    assert_int_equal(fflush(f), 0);
    every_turn(path, true, TDO_OK);
    every_turn(path, false, TDO_OK);
    (void)fprintf(f, "1;m1;x;20ms\n1;m1;x;1\n"); /* a bad cell, an id twice */
    assert_int_equal(fclose(f), 0);
    every_turn(path, true, TDO_E_INPUT);
    assert_int_equal(unlink(path), 0);
}
#else
static void tables(void **state)
{
    (void)state;
    skip();
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables)};
    return cmocka_run_group_tests_name("table, memory out", tests, NULL, NULL);
}
