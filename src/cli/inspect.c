/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff inspect: what a CSV file holds. */
#include "cli/cli.h"

#include <string.h>

typedef struct inspect_job {
    const tdo_profile *profile;
    tdo_table_style style;
    bool json;
} inspect_job;

static tdo_status write_profile(const void *what, tdo_sink *o)
{
    const inspect_job *j = what;
    return j->json ? tdo_write_profile_json(j->profile, o)
                   : tdo_write_profile(j->profile, &j->style, o);
}

int cli_inspect(const cli_args *args)
{
    const char *file = args->operand[0];
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    tdo_profile profile = {0};
    const tdo_profile_request request = {.file = strcmp(file, "-") == 0 ? "standard input" : file,
                                         .path = file};
    tdo_status status = a ? tdo_profile_read(&request, a, &profile, &err)
                          : tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    const inspect_job j = {&profile, cli_style(args),
                           args->format && strcmp(args->format, "json") == 0};
    int failed = status == TDO_OK ? cli_write("-", write_profile, &j) : cli_complain(&err);
    tdo_arena_free(a);
    return failed;
}
