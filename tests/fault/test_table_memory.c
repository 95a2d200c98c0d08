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

static volatile bool armed;         /* count, and fail the one whose turn it is */
static volatile size_t asked, turn; /* volatile: a compiler knows that malloc counts nothing */
static volatile ptrdiff_t live;     /* blocks not freed */

static bool refuse(void)
{
    return armed && ++asked == turn;
}

void *malloc(size_t size)
{
    void *p = refuse() ? NULL : __libc_malloc(size);
    live += armed && p;
    return p;
}

void *calloc(size_t count, size_t size)
{
    void *p = refuse() ? NULL : __libc_calloc(count, size);
    live += armed && p;
    return p;
}

void *realloc(void *old, size_t size)
{
    void *p = refuse() ? NULL : __libc_realloc(old, size);
    live += armed && p && !old;
    return p;
}

void free(void *p)
{
    live -= armed && p;
    __libc_free(p);
}

static const char *const id_columns[] = {"id", "batch"};
static const tdo_wanted wanted[] = {{.column = "cost"}, {.column = "cost", .words = true}};

/* Reads with the allocation of that turn denied (0: none), everything released again. */
static tdo_status read_once(const tdo_table_request *request, bool direct, size_t denied,
                            size_t *reported)
{
    csv_limits limits = csv_stated_limits;
    tdo_table table = {.n = 0};
    tdo_warnings warnings = {.n = 0};
    static tdo_report report;
    limits.through_libcsv = !direct;
    report.count = 0;
    asked = 0;
    live = 0;
    turn = denied;
    armed = true;
    tdo_arena *a = tdo_arena_new();
    tdo_status status = !a ? TDO_E_MEMORY
                           : csv_table_read_within(request, &limits, a, &table, &warnings, &report);
    bool has_arena = a != NULL;
    tdo_arena_free(a);
    armed = false;
    *reported = has_arena ? report.count : 1;
    return status;
}

static void every_turn(const tdo_table_request *q, bool direct, tdo_status otherwise)
{
    size_t reported = 0, denied = 0, least = otherwise == TDO_OK ? 0 : 1;
    assert_int_equal(read_once(q, direct, 0, &reported), otherwise);
    assert_int_equal(live, 0);
    assert_true(reported >= least);
    size_t all = asked;
    assert_true(all >= 8);
    for (size_t k = 1; k <= all; k++) {
        tdo_status status = read_once(q, direct, k, &reported);
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

/* Asks for another allocator's malloc: valgrind has put its own in the place of ours. */
static bool is_ours(void)
{
    asked = 0;
    armed = true;
    void *volatile probe = malloc(1);
    free(probe);
    armed = false;
    return asked > 0;
}

static FILE *make_file(char path[])
{
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    assert_non_null(f);
    return f;
}

static void tables(void **state)
{
    (void)state;
    char path[] = "/tmp/tradeoff-test-XXXXXX";
    const tdo_table_request q = {.file = "c.csv",
                                 .path = path,
                                 .id_columns = id_columns,
                                 .n_id_columns = 2,
                                 .wanted = wanted,
                                 .n_wanted = 2};

    if (!is_ours()) {
        print_message("the allocator is not ours to fail (sanitizer, valgrind): skipped\n");
        skip();
    }
    FILE *f = make_file(path);
    (void)fprintf(f, "batch;id;note;cost\n");
    for (int i = 0; i < 700; i++)
        (void)fprintf(f, "%d;%sm%d%s;x;%d\n", i % 3, i % 5 == 0 ? "\"" : "", i,
                      i % 5 == 0 ? "\"" : "", i % 200);
    assert_int_equal(fflush(f), 0);
    every_turn(&q, true, TDO_OK);
    every_turn(&q, false, TDO_OK);
    (void)fprintf(f, "1;m1;x;20ms\n1;m1;x;1\n"); /* a bad cell, an id twice */
    assert_int_equal(fclose(f), 0);
    every_turn(&q, true, TDO_E_INPUT);
    assert_int_equal(unlink(path), 0);
}

/* Rows that share an id, with two columns from a second file by a key of two; then the rows of ids
 * that are known. Some match nothing, and are warned of. */
static void tables_together(void **state)
{
    (void)state;
    char path[] = "/tmp/tradeoff-test-XXXXXX", other[] = "/tmp/tradeoff-test-XXXXXX";
    static const char *keys[] = {"vendor", "tier"}, *right[] = {"vendor", "level"};
    static const char *const by[] = {"id", "batch"}, *const known[] = {"m1 / 1", "m7 / 1"};
    static const tdo_wanted more[] = {{.column = "price"}, {.column = "note", .words = true}};
    static const tdo_wanted own[] = {{.column = "tier"}, {.column = "vendor", .words = true}};
    tdo_place places[2] = {{.file = NULL}, {.file = NULL}};
    const tdo_join join = {
        .path = other, .left = keys, .right = right, .n_on = 2, .on_place = places};
    tdo_table_request q = {.file = "c.csv",
                           .path = path,
                           .id_columns = id_columns,
                           .n_id_columns = 2,
                           .wanted = more,
                           .n_wanted = 2,
                           .join = &join,
                           .n_join = 1,
                           .by = by,
                           .n_by = 2};

    if (!is_ours()) {
        print_message("the allocator is not ours to fail (sanitizer, valgrind): skipped\n");
        skip();
    }
    FILE *f = make_file(path), *o = make_file(other);
    (void)fprintf(f, "batch,id,vendor,tier\n");
    for (int i = 0; i < 900; i++)
        (void)fprintf(f, "%d,m%d,v%d,%d\n", i % 3, i % 300, i % 90, i % 2);
    (void)fprintf(o, "price,note,vendor,level\n");
    for (int i = 0; i < 90; i++)
        (void)fprintf(o, "%d,\"n%d\",v%d,%d\n", i, i % 7, i + 10, i % 2);
    assert_int_equal(fflush(f) | fflush(o), 0);
    every_turn(&q, true, TDO_OK);
    (void)fprintf(o, "1,n,v20,0\n"); /* a key twice */
    (void)fprintf(f, "1,m1,v20,0\n");
    assert_int_equal(fclose(o) | fflush(f), 0);
    every_turn(&q, true, TDO_E_INPUT);
    q.n_join = q.n_by = 0;
    q.wanted = own;
    q.known = known;
    q.n_known = 2;
    q.known_from = "k.csv";
    every_turn(&q, true, TDO_OK);
    assert_int_equal(fclose(f) | unlink(path) | unlink(other), 0);
}
#else
static void tables(void **state)
{
    (void)state;
    print_message("the allocator is not ours to fail (sanitizer, valgrind): skipped\n");
    skip();
}

static void tables_together(void **state)
{
    (void)state;
    print_message("the allocator is not ours to fail (sanitizer, valgrind): skipped\n");
    skip();
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables), cmocka_unit_test(tables_together)};
    return cmocka_run_group_tests_name("table, memory out", tests, NULL, NULL);
}
