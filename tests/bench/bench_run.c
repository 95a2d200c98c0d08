/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_run CSV: five criteria c1..c5, three stakeholders, every stage timed; each time also as a
 * multiple of plainly reading the same file. */
#include "tradeoff/tradeoff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct watch {
    double last, plain;
} watch;

static void line(const char *name, double seconds, double plain, size_t bytes)
{
    printf("  %-20s %9.1f ms %8.1f x", name, 1e3 * seconds, seconds / plain);
    if (bytes)
        printf(" %8.1f MB", (double)bytes / 1e6);
    putchar('\n');
}

static void stage(void *user, const char *name, size_t bytes)
{
    watch *w = user;
    double t = now();
    line(name, t - w->last, w->plain, bytes);
    w->last = t;
}

static double plain_read(const char *path)
{
    static char buffer[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t lines = 0, got;
    double start = now();
    while (f && (got = fread(buffer, 1, sizeof buffer, f)) > 0)
        for (const char *p = buffer; (p = memchr(p, '\n', (size_t)(buffer + got - p))); p++)
            lines++;
    if (f)
        fclose(f);
    printf("  %-20s %9.1f ms          %zu lines\n", "plain read", 1e3 * (now() - start), lines);
    return now() - start;
}

static bool count(void *user, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)user += length;
    return true;
}

static bool write_scenario(const char *path, const char *csv)
{
    static const char *const text =
        "{\"tradeoff\": 1, \"candidates\": {\"file\": \"%s\", \"id\": \"id\"}, \"criteria\": {"
        "\"c1\": {\"column\": \"c1\", \"goal\": \"max\"}, \"c2\": {\"column\": \"c2\", \"goal\": "
        "\"max\"}, \"c3\": {\"column\": \"c3\", \"goal\": \"max\"}, \"c4\": {\"column\": \"c4\", "
        "\"goal\": \"max\"}, \"c5\": {\"column\": \"c5\", \"goal\": \"max\"}}, \"stakeholders\": {"
        "\"a\": {\"weights\": {\"c1\": 1, \"c2\": 1}}, \"b\": {\"weights\": {\"c3\": 2, \"c4\": "
        "1}}, "
        "\"c\": {\"weights\": {\"c5\": 1, \"c1\": 1}}}, \"rule\": \"nash\"}";
    FILE *f = fopen(path, "w");
    if (f)
        fprintf(f, text, strrchr(csv, '/') ? strrchr(csv, '/') + 1 : csv);
    return f && fclose(f) == 0;
}

int main(int argc, char **argv)
{
    char scenario[4096];
    tdo_report report = {0};
    tdo_run run;
    size_t written = 0;
    if (argc != 2 ||
        snprintf(scenario, sizeof scenario, "%s.json", argv[1]) >= (int)sizeof scenario ||
        !write_scenario(scenario, argv[1]))
        return 2;
    double plain = plain_read(argv[1]), start = now();
    watch w = {start, plain};
    tdo_run_options options = {.stage = stage, .user = &w};
    tdo_status status = tdo_run_scenario(scenario, &options, &run, &report);
    tdo_sink sink = {.write = count, .user = &written};
    if (status == TDO_OK)
        status = tdo_write_result(&run, false, &sink);
    line("write the result", now() - w.last, plain, 0);
    line("all", now() - start, plain, 0);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("  frontier %zu of %zu, result %.1f MB, peak memory %.1f MB\n", run.front.count,
           run.valued.f, (double)written / 1e6, (double)usage.ru_maxrss / 1e3);
    tdo_run_free(&run);
    remove(scenario);
    if (status != TDO_OK)
        fprintf(stderr, "failed: %s\n", report.item[0].text);
    return status == TDO_OK ? 0 : 1;
}
