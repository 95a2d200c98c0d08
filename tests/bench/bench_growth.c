/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_growth [MOST]: a run of independent candidates in five criteria for four stakeholders,
 * twice as many each time: processor time on one thread, as a multiple of libcsv alone over the
 * same bytes, what doubling multiplies it by, and peak memory a row. Each run is a process. */
#include "data.h"
#include "plain.h"
#include "tradeoff/tradeoff.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CRITERIA = 5, FIRST = 10000, USUAL = 4000000, TRIES = 3 };

static bool write_rows(const char *path, size_t n)
{
    FILE *f = fopen(path, "w");
    rng r = {1};
    double row[CRITERIA];
    if (!f)
        return false;
    fputs("id,c1,c2,c3,c4,c5\n", f);
    for (size_t i = 1; i <= n; i++) {
        data_row(&r, DATA_INDEPENDENT, row, CRITERIA);
        fprintf(f, "m%zu,%.6f,%.6f,%.6f,%.6f,%.6f\n", i, row[0], row[1], row[2], row[3], row[4]);
    }
    return fclose(f) == 0;
}

static bool write_scenario(const char *path)
{
    FILE *f = fopen(path, "w");
    if (f) {
        fputs("{\"tradeoff\": 1, \"candidates\": {\"file\": \"growth.csv\", \"id\": \"id\"}, ", f);
        for (int c = 1; c <= CRITERIA; c++)
            fprintf(f, "%s\"c%d\": {\"column\": \"c%d\", \"goal\": \"max\"}",
                    c == 1 ? "\"criteria\": {" : ", ", c, c);
        fputs("}, \"stakeholders\": {\"a\": {\"weights\": {\"c1\": 1, \"c2\": 1}}, "
              "\"b\": {\"weights\": {\"c3\": 2, \"c4\": 1}}, \"c\": {\"weights\": {\"c5\": 1, "
              "\"c1\": 1}}, \"d\": {\"weights\": {\"c2\": 1, \"c4\": 3, \"c5\": 1}}}}",
              f);
    }
    return f && fclose(f) == 0;
}

/* What a child tells. */
typedef struct cost {
    double seconds, bytes;
} cost;

static bool put(void *user, const char *bytes, size_t length)
{
    return fwrite(bytes, 1, length, user) == length;
}

static cost run(const char *scenario, const char *result)
{
    tdo_report report = {0};
    tdo_run r;
    const tdo_run_options one = {.threads = 1};
    struct rusage usage = {0};
    const double start = plain_now();
    tdo_status status = tdo_run_scenario(scenario, &one, &r, &report);
    FILE *f = fopen(result, "w");
    tdo_sink sink = {.write = put, .user = f};
    if (status == TDO_OK && f)
        status = tdo_write_result(&r, false, &sink);
    if (f)
        fclose(f);
    tdo_run_free(&r);
    getrusage(RUSAGE_SELF, &usage);
    return (cost){status == TDO_OK ? plain_now() - start : (double)NAN,
                  1024.0 * (double)usage.ru_maxrss};
}

/* The least of some tries. */
static cost measure(const char *scenario, const char *result)
{
    cost least = {INFINITY, 0}, one = {NAN, NAN};
    for (int k = 0; k < TRIES; k++) {
        int ends[2];
        if (pipe(ends) != 0)
            return one;
        const pid_t child = fork();
        if (child == 0) {
            one = run(scenario, result);
            _exit(write(ends[1], &one, sizeof one) == (ssize_t)sizeof one ? 0 : 1);
        }
        if (child < 0 || read(ends[0], &one, sizeof one) != (ssize_t)sizeof one)
            one.seconds = NAN;
        waitpid(child, NULL, 0);
        close(ends[0]);
        close(ends[1]);
        least = one.seconds < least.seconds ? one : least;
    }
    return least;
}

int main(int argc, char **argv)
{
    const size_t most = argc > 1 ? strtoul(argv[1], NULL, 10) : USUAL;
    char folder[] = "/tmp/growth.XXXXXX";
    double before = NAN;
    if (!mkdtemp(folder) || chdir(folder) != 0 || !write_scenario("growth.json"))
        return 1;
    for (size_t n = FIRST; n <= most; n *= 2) {
        if (!write_rows("growth.csv", n))
            return 1;
        double plain = INFINITY;
        for (int k = 0; k < TRIES; k++)
            plain = fmin(plain, plain_read("growth.csv"));
        const cost x = measure("growth.json", "growth.result");
        printf("%8zu rows: %8.1f ms, %5.1f times libcsv alone, ", n, 1e3 * x.seconds,
               x.seconds / plain);
        if (n > FIRST)
            printf("doubled x %.2f, ", x.seconds / before);
        printf("%.0f bytes a row\n", x.bytes / (double)n);
        (void)fflush(stdout); /* before the next child has a copy */
        before = x.seconds;
    }
    remove("growth.csv");
    remove("growth.json");
    remove("growth.result");
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : 1;
}
