/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff robust: how sure the choice is. */
#include "cli/cli.h"

#include <string.h>

static tdo_status write_stdout(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    if (j->args->format && strcmp(j->args->format, "json") == 0)
        return cli_write_result(what, o);
    return tdo_write_robust_table(j->run, &j->style, o);
}

int cli_robust(const cli_args *typed)
{
    enum { NOTHING_FEASIBLE = 1 };
    tdo_run run;
    cli_args args = *typed;
    args.sample = true;
    bool to_stdout = args.output && strcmp(args.output, "-") == 0;
    if (to_stdout && args.format && strcmp(args.format, "json") != 0)
        return cli_usage_error("-o - writes JSON to standard output, --format %s would too",
                               args.format);
    int failed = cli_load(&args, CLI_SAMPLED, &run);
    cli_job j = {&run, &args, cli_style(&args), NULL};
    const cli_out out[] = {{.path = args.output, .write = cli_write_result, .what = &j},
                           {.path = to_stdout ? NULL : "-", .write = write_stdout, .what = &j}};
    if (!failed)
        failed = cli_write_all(out, sizeof out / sizeof *out);
    if (!failed)
        failed = run.robust.interrupted ? tdo_exit_status(TDO_E_LIMIT)
                 : run.feasible         ? 0
                                        : NOTHING_FEASIBLE;
    tdo_run_free(&run);
    return failed;
}
