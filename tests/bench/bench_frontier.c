/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_frontier [KIND ROWS AXES]: time of tdo_frontier, of one thread, beside two floors of the
 * same run: one multiply-add pass over the same numbers, and, where it ends soon, a plain sorted
 * filter (best sum first, each row against those kept). */
#include "data.h"
#include "frontier/frontier.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TURNS = 3 };

static const double FILTER_MOST = 2.5e9; /* comparisons of rows that the plain filter may need */

/* Of the processor, so that what else runs on the machine counts little: one thread works. */
static double now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double pass(const double *x, size_t count)
{
    double sum[4] = {0};
    for (size_t i = 0; i + 4 <= count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += 0.5 * x[i + k];
    return sum[0] + sum[1] + sum[2] + sum[3];
}

/* ---- the plain filter ---- */

typedef struct ranked {
    double sum;
    const double *row;
} ranked;

static int best_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return (x->sum < y->sum) - (x->sum > y->sum);
}

/* How many are on the frontier; room: [n]. */
static size_t filter(const double *x, size_t n, size_t d, ranked *room)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        room[i] = (ranked){0, x + i * d};
        for (size_t c = 0; c < d; c++)
            room[i].sum += x[i * d + c];
    }
    qsort(room, n, sizeof *room, best_first);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < kept && !tdo_dominates(room[k].row, room[i].row, d))
            k++;
        if (k == kept)
            room[kept++] = room[i];
    }
    return kept;
}

/* ---- one line of the table ---- */

typedef struct task {
    data_kind kind;
    size_t n, d;
} task;

static bool measure(const task *t, double *x, ranked *room)
{
    double best = 1e300, floor_ms = 1e300, filter_ms = 0;
    volatile double keep = 0;
    size_t count = 0;
    rng r = {1};
    for (size_t i = 0; i < t->n; i++)
        data_row(&r, t->kind, x + i * t->d, t->d);
    for (int turn = 0; turn < TURNS; turn++) {
        tdo_arena *a = tdo_arena_new();
        tdo_front front = {0};
        const double t0 = now_ms();
        keep = pass(x, t->n * t->d);
        const double t1 = now_ms();
        const tdo_status status = !a ? TDO_E_MEMORY : tdo_frontier(x, t->n, t->d, a, &front);
        const double t2 = now_ms();
        count = front.count;
        tdo_arena_free(a);
        if (status != TDO_OK)
            return false;
        floor_ms = t1 - t0 < floor_ms ? t1 - t0 : floor_ms;
        best = t2 - t1 < best ? t2 - t1 : best;
    }
    (void)keep;
    printf("%-15s %9zu %2zu %9zu %10.2f ms %7.1f x", data_name[t->kind], t->n, t->d, count, best,
           best / floor_ms);
    if ((double)count * (double)t->n < FILTER_MOST) {
        const double start = now_ms();
        if (filter(x, t->n, t->d, room) != count)
            return false;
        filter_ms = now_ms() - start;
        printf(" %7.3f x", best / filter_ms);
    }
    putchar('\n');
    fflush(stdout);
    return true;
}

int main(int argc, char **argv)
{
    static const task usual[] = {
        {DATA_INDEPENDENT, 100000, 5},
        {DATA_INDEPENDENT, 1000000, 5},
        {DATA_INDEPENDENT, 1000000, 8},
        {DATA_INDEPENDENT, 10000000, 5},
        {DATA_CORRELATED, 1000000, 5},
        {DATA_ANTICORRELATED, 100000, 8},
        {DATA_ANTICORRELATED, 1000000, 5},
        {DATA_ANTICORRELATED, 1000000, 8},
        {DATA_SPHERE, 100000, 5},
        {DATA_SPHERE, 1000000, 3},
        {DATA_GRID, 1000000, 5},
        {DATA_INDEPENDENT, 1000000, 3},
        {DATA_ANTICORRELATED, 1000000, 3},
        {DATA_INDEPENDENT, 1000000, 2},
        {DATA_ANTICORRELATED, 1000000, 12},
    };
    const front_kernel *kernel[FRONT_KERNELS];
    task own = {0};
    bool good = true;
    if (argc == 4)
        own = (task){data_named(argv[1]), strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10)};
    if (argc != 1 && (argc != 4 || own.kind == DATA_KINDS || own.n < 1 || own.d < 1)) {
        fputs("usage: bench_frontier [KIND ROWS AXES]\n", stderr);
        return 2;
    }
    printf("with %s\n", kernel[front_kernels(5, kernel) - 1]->name);
    printf("kind                 rows  d  frontier          time      pass   filter\n");
    for (size_t k = 0; k < (argc == 4 ? 1 : sizeof usual / sizeof *usual) && good; k++) {
        const task *t = argc == 4 ? &own : &usual[k];
        double *x = malloc(t->n * t->d * sizeof *x);
        ranked *room = malloc(t->n * sizeof *room);
        good = x && room && measure(t, x, room);
        free(room);
        free(x);
    }
    if (!good)
        fputs("bench_frontier: out of memory, or the filter found others\n", stderr);
    return good ? 0 : 1;
}
