/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff view: the report of a result. */
#include "cli/cli.h"

#include "files/source.h"
#include "tradeoff/result.h"

#include <string.h>
#include <unistd.h>

typedef struct text {
    const char *bytes;
    size_t length;
} text;

static tdo_status write_page(const void *what, tdo_sink *o)
{
    const text *t = what;
    return tdo_write_html(t->bytes, t->length, o);
}

int cli_view(const cli_args *args)
{
    const char *file = args->operand[0], *name = strcmp(file, "-") ? file : "standard input";
    if (!args->output && isatty(STDOUT_FILENO))
        return cli_usage_error("a report is no text for a terminal: -o REPORT.html names a file "
                               "for it");
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    tdo_result *result = NULL; /* read for its errors: the page reads the text itself */
    source_text all = {.length = 0};
    text t = {0};
    int failed = 0;
    tdo_status status = a ? TDO_OK : tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    if (status == TDO_OK)
        status = source_slurp(file, name, TDO_MAX_RESULT_BYTES, a, &all, &err);
    t = (text){all.bytes, all.length};
    if (status == TDO_OK)
        status = tdo_result_parse(t.bytes, t.length, name, a, &result, &err);
    if (status == TDO_OK && t.length >= 3 && memcmp(t.bytes, "\xef\xbb\xbf", 3) == 0)
        t = (text){t.bytes + 3, t.length - 3};
    if (status != TDO_OK)
        failed = cli_complain(&err);
    else if (tdo_no_page())
        failed = cli_usage_error("%s", tdo_no_page());
    else
        failed = cli_write(args->output ? args->output : "-", write_page, &t);
    tdo_arena_free(a);
    return failed;
}
