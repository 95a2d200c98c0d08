/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading costs at least: libcsv alone over the bytes of a file, on one thread. */
#ifndef TRADEOFF_BENCH_PLAIN_H
#define TRADEOFF_BENCH_PLAIN_H

#include <csv.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

/* Processor time of all threads of this process, in seconds. */
static inline double plain_now(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline void plain_count(void *bytes, size_t n, void *total)
{
    (void)bytes;
    *(size_t *)total += n;
}

/* The seconds that libcsv takes; NaN: the file does not open. */
static inline double plain_read(const char *path)
{
    static char buffer[1 << 16];
    struct csv_parser p;
    size_t got = 0, total = 0;
    FILE *f = fopen(path, "rb");
    const double start = plain_now();
    if (!f || csv_init(&p, 0) != 0)
        return (double)NAN;
    while ((got = fread(buffer, 1, sizeof buffer, f)) > 0)
        (void)csv_parse(&p, buffer, got, plain_count, NULL, &total);
    (void)csv_fini(&p, plain_count, NULL, &total);
    csv_free(&p);
    fclose(f);
    return plain_now() - start;
}

#endif
