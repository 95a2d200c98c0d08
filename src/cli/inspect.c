/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff inspect: what a CSV file holds. */
#include "cli/format.h"

#include <string.h>

typedef struct inspect_job {
    const tdo_profile *profile;
    tdo_table_style style;
} inspect_job;

static tdo_status write_text(const void *what, tdo_sink *o)
{
    const inspect_job *j = what;
    return tdo_write_profile(j->profile, &j->style, o);
}

static tdo_status write_json(const void *what, tdo_sink *o)
{
    const inspect_job *j = what;
    return tdo_write_profile_json(j->profile, o);
}

static const cli_format inspect_format[] = {{"text", write_text}, {"json", write_json}};

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
    const inspect_job j = {&profile, cli_style(args)};
    int failed = status == TDO_OK ? cli_write("-", CLI_FORMAT_OF(args, inspect_format), &j)
                                  : cli_complain(&err);
    tdo_arena_free(a);
    return failed;
}
