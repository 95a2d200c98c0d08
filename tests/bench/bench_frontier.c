/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_frontier [ROWS ...]: time of tdo_frontier beside one plain pass over the same memory. */
#include "data.h"
#include "tradeoff/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TURNS = 3 };

static double now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The least that any program does: read every number once. */
static double pass(const double *x, size_t count)
{
    double sum[4] = {0};
    for (size_t i = 0; i + 4 <= count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += x[i + k];
    return sum[0] + sum[1] + sum[2] + sum[3];
}

static int measure(data_kind kind, size_t n, size_t d, double *x)
{
    double best = 1e300, best_pass = 1e300;
    volatile double keep = 0;
    size_t count = 0;
    rng r = {1};
    for (size_t i = 0; i < n; i++)
        data_row(&r, kind, x + i * d, d);
    for (int turn = 0; turn < TURNS; turn++) {
        tdo_arena *a = tdo_arena_new();
        tdo_front front = {0};
        double t0 = now_ms();
        keep = pass(x, n * d);
        double t1 = now_ms();
        tdo_status status = !a ? TDO_E_MEMORY : tdo_frontier(x, n, d, a, &front);
        double t2 = now_ms();
        count = front.count;
        tdo_arena_free(a);
        if (status != TDO_OK)
            return 1;
        best_pass = t1 - t0 < best_pass ? t1 - t0 : best_pass;
        best = t2 - t1 < best ? t2 - t1 : best;
    }
    (void)keep;
    printf("%-15s %9zu %2zu %9zu %10.2f ms %7.1f x\n", data_name[kind], n, d, count, best,
           best / best_pass);
    fflush(stdout);
    return 0;
}

int main(int argc, char **argv)
{
    static const size_t usual[] = {100000, 1000000}, axes[] = {2, 3, 5, 8};
    size_t turns = argc > 1 ? (size_t)argc - 1 : 2;
    int failed = 0;
    printf("kind                 rows  d  frontier       time   plain pass\n");
    for (size_t t = 0; t < turns && !failed; t++) {
        size_t n = argc > 1 ? strtoul(argv[t + 1], NULL, 10) : usual[t];
        double *x = malloc(n * axes[3] * sizeof *x);
        for (int kind = 0; kind < DATA_KINDS && x; kind++)
            for (size_t k = 0; k < 4; k++)
                failed |= measure((data_kind)kind, n, axes[k], x);
        failed |= !x;
        free(x);
    }
    if (failed)
        fputs("bench_frontier: out of memory\n", stderr);
    return failed;
}
