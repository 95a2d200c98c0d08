/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gen KIND ROWS COLUMNS SEED [DECIMALS]: a CSV of candidates on standard output, the same bytes for
 * the same arguments. Columns: id, c1, c2, ... */
#include "data.h"

#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS_MOST = 64 };

static unsigned long long whole(const char *s, bool *ok)
{
    char *end = NULL;
    unsigned long long n = strtoull(s, &end, 10);
    *ok &= *s >= '0' && *s <= '9' && *end == '\0';
    return n;
}

int main(int argc, char **argv)
{
    bool ok = argc == 5 || argc == 6;
    data_kind kind = ok ? data_named(argv[1]) : DATA_KINDS;
    unsigned long long rows = ok ? whole(argv[2], &ok) : 0, d = ok ? whole(argv[3], &ok) : 0;
    rng r = {ok ? whole(argv[4], &ok) : 0};
    unsigned long long decimals = ok && argc == 6 ? whole(argv[5], &ok) : 6;
    double row[COLUMNS_MOST];
    if (!ok || kind == DATA_KINDS || d < 1 || d > COLUMNS_MOST || decimals > 17) {
        fputs("usage: gen independent|correlated|anticorrelated|sphere|grid ROWS COLUMNS SEED "
              "[DECIMALS]\n",
              stderr);
        return 2;
    }
    printf("id");
    for (unsigned long long c = 1; c <= d; c++)
        printf(",c%llu", c);
    putchar('\n');
    for (unsigned long long i = 1; i <= rows; i++) {
        data_row(&r, kind, row, (size_t)d);
        printf("m%llu", i);
        for (unsigned long long c = 0; c < d; c++)
            printf(",%.*f", (int)decimals, row[c]);
        putchar('\n');
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
