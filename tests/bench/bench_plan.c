/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_plan [SEGMENTS ...]: eight candidates of rising quality and cost in segments that are hard
 * in different degrees, three limits: processor time, rounds, proven gap, split segments, and the
 * memory that the plan took as a part of the numbers it was given. */
#include "data.h"
#include "tradeoff/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CANDIDATES = 8, LIMITS = 3 };

static double now(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct bench {
    size_t segments;
    double *size, *value, *column[LIMITS];
} bench;

static bool make_room(bench *b, tdo_arena *a)
{
    const size_t cells = b->segments * CANDIDATES;
    b->size = tdo_alloc(a, b->segments, sizeof *b->size);
    b->value = tdo_alloc(a, cells, sizeof *b->value);
    bool good = b->size && b->value;
    for (size_t k = 0; k < LIMITS; k++) {
        b->column[k] = tdo_alloc(a, cells, sizeof *b->column[k]);
        good = good && b->column[k];
    }
    return good;
}

static void fill(bench *b)
{
    rng r = {15};
    for (size_t s = 0; s < b->segments; s++) {
        const double hard = rng_unit(&r);
        b->size[s] = 0.1 + rng_unit(&r);
        for (size_t j = 0; j < CANDIDATES; j++) {
            const size_t cell = s * CANDIDATES + j;
            const double able = (double)(j + 1) / CANDIDATES, lack = 1 - able;
            b->value[cell] = 1 - 1.2 * hard * lack * lack + 0.15 * (rng_unit(&r) - 0.5);
            b->column[0][cell] = able * (0.7 + 0.6 * rng_unit(&r));
            b->column[1][cell] = 0.3 * able + 0.7 * rng_unit(&r);
            b->column[2][cell] = 0.3 * able + 0.7 * rng_unit(&r);
        }
    }
}

static int measure(size_t segments, int threads)
{
    tdo_arena *a = tdo_arena_new(), *own = tdo_arena_new();
    bench b = {.segments = segments};
    tdo_plan_limit limit[LIMITS];
    tdo_plan_solution s;
    tdo_error err = {0};
    int failed = !a || !own || !make_room(&b, a);
    if (failed)
        goto out;
    fill(&b);
    for (size_t k = 0; k < LIMITS; k++)
        limit[k] = (tdo_plan_limit){.bind = TDO_PLAN_AVERAGE,
                                    .of = b.column[k],
                                    .min = -(double)INFINITY,
                                    .max = 0.45 + 0.02 * (double)k};
    const double *const value[] = {b.value};
    const tdo_plan_problem p = {.segments = segments,
                                .candidates = CANDIDATES,
                                .groups = 1,
                                .size = b.size,
                                .value = value,
                                .n_values = 1,
                                .limit = limit,
                                .n_limits = LIMITS};
    const double start = now();
    failed = tdo_plan_solve(&p, threads, NULL, own, &s, &err) != TDO_OK;
    if (!failed)
        printf("%9zu segments, %d thread%s: %6.2f s, %3zu rounds, %s, gap %.1e, %zu split, "
               "memory %.2f of the numbers\n",
               segments, threads, threads == 1 ? "" : "s", now() - start, s.rounds,
               tdo_plan_status_word[s.status], s.gap, s.split_segments,
               (double)tdo_arena_bytes(own) /
                   (double)(segments * (CANDIDATES * (1 + LIMITS) + 1) * sizeof(double)));
out:
    tdo_arena_free(own);
    tdo_arena_free(a);
    return failed;
}

int main(int argc, char **argv)
{
    static const size_t usual[] = {1000, 10000, 100000, 1000000};
    int failed = 0;
    for (int k = 1; k < argc && !failed; k++)
        failed = measure(strtoul(argv[k], NULL, 10), 1) || measure(strtoul(argv[k], NULL, 10), 2);
    for (size_t k = 0; argc == 1 && k < sizeof usual / sizeof *usual && !failed; k++)
        failed = measure(usual[k], 1) || measure(usual[k], 2);
    return failed;
}
