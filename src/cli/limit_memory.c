/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --max-memory: a size as it is typed. */
#include "cli/cli.h"

#include <string.h>

/* "512M" in bytes; 0: it is no size. */
static size_t size_of(const char *s)
{
    static const char unit[] = "KMG";
    size_t n = 0;
    for (; *s >= '0' && *s <= '9'; s++) {
        if (n > SIZE_MAX / 16)
            return 0;
        n = 10 * n + (size_t)(*s - '0');
    }
    const char *at = *s ? strchr(unit, *s) : NULL;
    const unsigned bits = at ? 10 * ((unsigned)(at - unit) + 1) : 0;
    s += at ? 1 : 0;
    return *s == '\0' && n <= SIZE_MAX >> bits ? n << bits : 0;
}

int cli_read_memory(const cli_args *args, size_t *bytes)
{
    *bytes = args->max_memory ? size_of(args->max_memory) : 0;
    return !args->max_memory || *bytes > 0
               ? 0
               : cli_usage_error("--max-memory takes bytes, or 64K, 512M, 2G, not \"%s\"",
                                 args->max_memory);
}
