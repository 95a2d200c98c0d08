/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_read [ROWS]: a table of an id and eight numbers, with 6 decimals and with 17, read and
 * hashed on one thread: processor time as a multiple of libcsv alone over the same bytes, the hash
 * apart, and memory a row. The least of some tries. */
#include "data.h"
#include "plain.h"
#include "tradeoff/memory.h"
#include "tradeoff/table.h"

#include "files/hasher.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COLUMNS = 8, USUAL = 1000000, TRIES = 5 };

static bool write_rows(const char *path, size_t n, int decimals)
{
    FILE *f = fopen(path, "w");
    rng r = {1};
    double row[COLUMNS];
    if (!f)
        return false;
    fputs("id,c1,c2,c3,c4,c5,c6,c7,c8\n", f);
    for (size_t i = 1; i <= n; i++) {
        data_row(&r, DATA_INDEPENDENT, row, COLUMNS);
        fprintf(f, "m%zu", i);
        for (size_t c = 0; c < COLUMNS; c++)
            fprintf(f, ",%.*f", decimals, row[c]);
        fputc('\n', f);
    }
    return fclose(f) == 0;
}

static double hash_alone(const char *path)
{
    static char buffer[1 << 18];
    size_t got = 0;
    const bool by_blocks = hasher_has_blocks();
    SHA2_CTX hash;
    FILE *f = fopen(path, "rb");
    if (!f)
        return (double)NAN;
    SHA256Init(&hash);
    const double start = plain_now();
    while ((got = fread(buffer, 1, sizeof buffer, f)) > 0)
        hasher_update(&hash, by_blocks, buffer, got);
    fclose(f);
    return plain_now() - start;
}

/* Seconds; *bytes: what the table holds in memory. */
static double read_table(const char *path, size_t n, size_t *bytes)
{
    static const char *const id[] = {"id"};
    static const char *const name[COLUMNS] = {"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"};
    tdo_wanted wanted[COLUMNS];
    tdo_report report = {0};
    tdo_warnings warnings = {0};
    tdo_table t = {0};
    tdo_arena *a = tdo_arena_new();
    for (size_t c = 0; c < COLUMNS; c++)
        wanted[c] = (tdo_wanted){.column = name[c]};
    const tdo_table_request request = {.file = path,
                                       .path = path,
                                       .id_columns = id,
                                       .n_id_columns = 1,
                                       .wanted = wanted,
                                       .n_wanted = COLUMNS};
    const double start = plain_now();
    const tdo_status status = tdo_table_read(&request, a, &t, &warnings, &report);
    const double took = plain_now() - start;
    *bytes = tdo_arena_bytes(a);
    tdo_arena_free(a);
    return status == TDO_OK && t.n == n ? took : (double)NAN;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : USUAL;
    static const int decimals[] = {6, 17};
    char path[] = "/tmp/read.XXXXXX";
    struct stat about = {0};
    const int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        return 1;
    for (size_t k = 0; k < sizeof decimals / sizeof *decimals; k++) {
        double plain = INFINITY, hash = INFINITY, own = INFINITY;
        size_t bytes = 0;
        if (!write_rows(path, n, decimals[k]) || stat(path, &about) != 0)
            return 1;
        for (int try = 0; try < TRIES; try++) {
            plain = fmin(plain, plain_read(path));
            hash = fmin(hash, hash_alone(path));
            own = fmin(own, read_table(path, n, &bytes));
        }
        printf("%zu rows, %.1f MB, %d decimals: %.1f ms, %.2f times libcsv alone (%.1f ms); "
               "hashing %.1f ms (%s); %.0f bytes a row\n",
               n, (double)about.st_size / 1e6, decimals[k], 1e3 * own, own / plain, 1e3 * plain,
               1e3 * hash, hasher_has_blocks() ? "by the processor" : "libmd",
               (double)bytes / (double)n);
    }
    return unlink(path) == 0 ? 0 : 1;
}
