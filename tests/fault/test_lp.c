/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out in a solve, in two ways. Every request to the arena is denied in turn. And
 * every allocation of the process, those inside GLPK among them, fails once, and then with all
 * that follow it: every run must end with a status, and with as many blocks as before.
 *
 * For the second way the allocator is this program's own: definitions in an executable come
 * before those of the C library, for shared libraries too. (AddressSanitizer has its own, and
 * sees leaks itself; the first way is all that runs then.) */
#define _GNU_SOURCE /* dladdr */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deny.h"
#include "tradeoff/lp.h"

#include <dlfcn.h>
#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#define INF ((double)INFINITY)

/* ---- the allocator ---- */

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define OWN_ALLOCATOR 1

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

static volatile struct { /* volatile: compilers take it that malloc changes nothing of ours */
    bool armed, for_ever;
    size_t calls, fail_at, failed;
    bool watch_gmp;
    size_t by_gmp; /* requests that came from GMP */
    long live;
    long lost; /* blocks that GLPK is known to lose: see below */
} heap;

static bool is_from(const char *library, const void *code)
{
    Dl_info info = {0};
    return dladdr(code, &info) != 0 && strstr(info.dli_fname, library);
}

static bool fails(void)
{
    if (!heap.armed)
        return false;
    heap.calls++;
    const bool fail = heap.for_ever ? heap.calls >= heap.fail_at : heap.calls == heap.fail_at;
    heap.failed += fail;
    return fail;
}

#define EXPORT __attribute__((visibility("default")))

EXPORT void *malloc(size_t size)
{
    if (heap.watch_gmp)
        heap.by_gmp += is_from("libgmp", __builtin_return_address(0));
    void *p = fails() ? NULL : __libc_malloc(size);

    heap.live += p != NULL;
    return p;
}

EXPORT void *calloc(size_t count, size_t size)
{
    void *p = fails() ? NULL : __libc_calloc(count, size);
    heap.live += p != NULL;
    return p;
}

/* GLPK 5.0, env/alloc.c, unlinks a block before it calls realloc; when that fails, nothing leads
 * to the block any more, and glp_free_env leaves it behind. That one block is GLPK's to lose. */
EXPORT void *realloc(void *old, size_t size)
{
    if (fails()) {
        heap.lost += old && is_from("libglpk", __builtin_return_address(0));
        return NULL;
    }
    void *p = __libc_realloc(old, size);
    heap.live += p && !old;
    return p;
}

EXPORT void free(void *p)
{
    heap.live -= p != NULL;
    __libc_free(p);
}

#else
#define OWN_ALLOCATOR 0
#endif

/* ---- what is run ---- */

enum { M = 7, N = 24 };

/* A scenario solves something in the arena. */
typedef tdo_status (*scenario)(tdo_arena *a, tdo_error *err);

static tdo_lp *make_lp(tdo_arena *a, double limit, bool integer, tdo_status *s, tdo_error *err)
{
    tdo_lp *lp = tdo_lp_new(a, true);
    *s = !lp ? TDO_E_MEMORY : TDO_OK;
    for (size_t i = 0; *s == TDO_OK && i < M; i++) {
        const tdo_lp_row r = {.lower = i == 0 ? 1 : -INF, .upper = i == 0 ? 1 : limit};
        *s = tdo_lp_add_row(lp, &r, err);
    }
    for (size_t j = 0; *s == TDO_OK && j < N; j++) {
        uint32_t row[M];
        double value[M];
        for (size_t i = 0; i < M; i++) {
            row[i] = (uint32_t)i;
            value[i] = i == 0 ? 1 : 0.1 + (double)((i * 31 + j * j * 17) % 89) / 100;
        }
        const tdo_lp_column c = {.name = "some name",
                                 .cost = (double)(j * 13 % 29) / 29,
                                 .upper = integer ? 1 : INF,
                                 .integer = integer && j % 2 == 0,
                                 .count = M,
                                 .row = row,
                                 .value = value};
        *s = tdo_lp_add_column(lp, &c, err);
    }
    return lp;
}

static tdo_status solve(tdo_arena *a, double limit, bool integer, const tdo_lp_options *options,
                        tdo_lp_outcome expected, tdo_error *err)
{
    tdo_status s = TDO_OK;
    tdo_lp_solution x = {0};
    tdo_lp *lp = make_lp(a, limit, integer, &s, err);
    if (s == TDO_OK)
        s = tdo_lp_solve(lp, options, a, &x, err);
    if (s == TDO_OK && x.outcome != expected)
        s = TDO_E_INTERNAL;
    return s;
}

static tdo_status run_exact(tdo_arena *a, tdo_error *err)
{
    return solve(a, 0.5, false, NULL, TDO_LP_OPTIMAL, err);
}

static tdo_status run_rough(tdo_arena *a, tdo_error *err)
{
    const tdo_lp_options rough = {.exact_work = 1};
    return solve(a, 0.5, false, &rough, TDO_LP_OPTIMAL, err);
}

static tdo_status run_infeasible(tdo_arena *a, tdo_error *err)
{
    return solve(a, 0.05, false, NULL, TDO_LP_INFEASIBLE, err);
}

static tdo_status run_rough_infeasible(tdo_arena *a, tdo_error *err)
{
    const tdo_lp_options rough = {.exact_work = 1};
    return solve(a, 0.05, false, &rough, TDO_LP_INFEASIBLE, err);
}

static tdo_status run_unbounded(tdo_arena *a, tdo_error *err)
{
    const tdo_lp_options rough = {.exact_work = 1};
    tdo_status s = TDO_OK;
    tdo_lp_solution x = {0};
    tdo_lp *lp = make_lp(a, 0.5, false, &s, err);
    const tdo_lp_column free_column = {.cost = 1,
                                       .upper = INF,
                                       .count = 1,
                                       .row = (const uint32_t[]){2},
                                       .value = (const double[]){-1}};
    if (s == TDO_OK)
        s = tdo_lp_add_column(lp, &free_column, err);
    if (s == TDO_OK)
        s = tdo_lp_solve(lp, &rough, a, &x, err);
    return s != TDO_OK || x.outcome == TDO_LP_UNBOUNDED ? s : TDO_E_INTERNAL;
}

static tdo_status run_integer(tdo_arena *a, tdo_error *err)
{
    return solve(a, 0.5, true, NULL, TDO_LP_OPTIMAL, err);
}

static tdo_status run_pool(tdo_arena *a, tdo_error *err)
{
    static double cost[N], size[N];
    const double same[] = {1, 0}, *entry[] = {NULL, size};
    const tdo_lp_candidates c = {.n = N, .cost = cost, .entry = entry, .same = same};
    const tdo_lp_row rows[] = {{.lower = 1, .upper = 1}, {.lower = -INF, .upper = 0.4}};
    tdo_lp *lp = tdo_lp_new(a, true);
    tdo_lp_pool *pool = NULL;
    tdo_lp_pool_solution x = {0};
    tdo_status s = !lp ? TDO_E_MEMORY : TDO_OK;
    for (size_t j = 0; j < N; j++) {
        cost[j] = (double)(j * 13 % 29) / 29;
        size[j] = (double)(j * 7 % 31) / 31;
    }
    for (size_t i = 0; s == TDO_OK && i < 2; i++)
        s = tdo_lp_add_row(lp, &rows[i], err);
    if (s == TDO_OK)
        s = tdo_lp_pool_new(lp, &c, a, &pool, err);
    if (s == TDO_OK)
        s = tdo_lp_pool_solve(pool, NULL, a, &x, err);
    return s != TDO_OK || x.lp.outcome == TDO_LP_OPTIMAL ? s : TDO_E_INTERNAL;
}

static tdo_status run_write(tdo_arena *a, tdo_error *err)
{
    tdo_status s = TDO_OK;
    tdo_sink sink = tdo_sink_memory(a);
    tdo_lp *lp = make_lp(a, 0.5, true, &s, err);
    if (s == TDO_OK)
        s = tdo_lp_write(lp, &sink, err);
    return s;
}

/* ---- the sweeps ---- */

static tdo_status deny_once(scenario f, long granted)
{
    tdo_error err = {0};
    tdo_arena *a = tdo_arena_new();
    assert_non_null(a);
    deny_asked = 0;
    deny_after = granted;
    const tdo_status s = f(a, &err);
    deny_after = -1;
    tdo_arena_free(a);
    return s;
}

static void sweep_arena(scenario f)
{
    assert_int_equal(deny_once(f, -1), TDO_OK);
    const long asked = deny_asked;

    for (int alone = 0; alone < 2; alone++) {
        deny_single = alone > 0;
        for (long k = 0; k < asked; k++) {
            const tdo_status s = deny_once(f, k);
            if (s != TDO_E_MEMORY && s != TDO_E_IO)
                fail_msg("request %ld of %ld: status %d", k, asked, (int)s);
        }
    }
    deny_single = false;
}

#if OWN_ALLOCATOR

/* valgrind puts its own in the place of ours. */
static bool is_ours(void)
{
    const long before = heap.live;
    void *volatile p = malloc(1);
    const bool ours = heap.live == before + 1;
    free(p);
    return ours;
}

static tdo_status run_once(scenario f, size_t fail_at, bool for_ever)
{
    tdo_error err = {0};
    tdo_status s = TDO_E_MEMORY;
    heap.calls = heap.failed = 0;
    heap.lost = 0;
    heap.fail_at = fail_at;
    heap.for_ever = for_ever;
    heap.armed = true;
    tdo_arena *a = tdo_arena_new();
    if (a)
        s = f(a, &err);
    heap.armed = false;
    tdo_arena_free(a);
    return s;
}

static void sweep_process(scenario f)
{
    if (!is_ours())
        return;
    assert_int_equal(run_once(f, SIZE_MAX, false), TDO_OK);
    const size_t calls = heap.calls;

    for (int for_ever = 0; for_ever < 2; for_ever++) {
        for (size_t k = 1; k <= calls; k++) {
            const long before = heap.live;
            const tdo_status s = run_once(f, k, for_ever != 0);
            assert_true(heap.failed > 0);
            if (heap.live != before + heap.lost || (s != TDO_E_MEMORY && s != TDO_E_IO))
                fail_msg("allocation %zu of %zu (%s): status %d, %ld blocks left", k, calls,
                         for_ever ? "and all after" : "only", (int)s, heap.live - before);
        }
    }
    assert_int_equal(run_once(f, SIZE_MAX, false), TDO_OK); /* nothing is broken for good */
}

/* Kernels as large as they come: GMP, which would abort, never asks for memory. */
static void test_gmp(void **state)
{
    enum { BIG = 60 };
    tdo_arena *a = tdo_arena_new();
    tdo_lp *lp = tdo_lp_new(a, true);
    tdo_lp_solution x = {0};
    tdo_error err = {0};
    const tdo_lp_options patient = {.exact_work = 4000000000};
    uint32_t row[BIG];
    double value[BIG];

    (void)state;
    if (!is_ours()) {
        tdo_arena_free(a);
        print_message("the allocator is not ours to fail (sanitizer, valgrind): skipped\n");
        skip();
    }
    for (uint32_t i = 0; i < BIG; i++) {
        const tdo_lp_row r = {.lower = 1.0 / (i + 1), .upper = 1.0 / (i + 1)};
        assert_int_equal(tdo_lp_add_row(lp, &r, &err), TDO_OK);
        row[i] = i;
    }
    for (uint32_t j = 0; j < BIG; j++) {
        for (uint32_t i = 0; i < BIG; i++)
            value[i] = ldexp(1.0 / (1 + (i * 7919 + j * j * 104729) % 9973), (int)(i + j) % 40);
        const tdo_lp_column c = {.cost = 1.0 / (j + 3),
                                 .lower = -INF,
                                 .upper = INF,
                                 .count = BIG,
                                 .row = row,
                                 .value = value};
        assert_int_equal(tdo_lp_add_column(lp, &c, &err), TDO_OK);
    }
    heap.watch_gmp = true;
    mpz_t number; /* the watch sees what GMP does ask for */
    mpz_init2(number, 1000);
    mpz_clear(number);
    assert_int_equal(heap.by_gmp, 1);
    heap.by_gmp = 0;
    assert_int_equal(tdo_lp_solve(lp, &patient, a, &x, &err), TDO_OK);
    heap.watch_gmp = false;
    assert_int_equal(x.outcome, TDO_LP_OPTIMAL);
    assert_true(x.certificate.exact);
    assert_int_equal(heap.by_gmp, 0);
    tdo_arena_free(a);
}

#else

static void sweep_process(scenario f)
{
    (void)f;
}

static void test_gmp(void **state)
{
    (void)state;
    print_message("the allocator is not ours to fail (sanitizer, valgrind): skipped\n");
    skip();
}

#endif

#define SWEEP(name)                                                                                \
    static void test_##name(void **state)                                                          \
    {                                                                                              \
        (void)state;                                                                               \
        sweep_arena(run_##name);                                                                   \
        sweep_process(run_##name);                                                                 \
    }

SWEEP(exact)
SWEEP(rough)
SWEEP(infeasible)
SWEEP(rough_infeasible)
SWEEP(unbounded)
SWEEP(integer)
SWEEP(pool)
SWEEP(write)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),      cmocka_unit_test(test_rough),
        cmocka_unit_test(test_infeasible), cmocka_unit_test(test_rough_infeasible),
        cmocka_unit_test(test_unbounded),  cmocka_unit_test(test_integer),
        cmocka_unit_test(test_pool),       cmocka_unit_test(test_write),
        cmocka_unit_test(test_gmp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
