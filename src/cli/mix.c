/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff mix: the split alone, and the program behind it. */
#include "cli/cli.h"

#include <string.h>

enum { NO_SPLIT = 1 };

static tdo_status write_stdout(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    const char *format = j->args->format ? j->args->format : "table";
    if (strcmp(format, "json") == 0)
        return cli_write_result(what, o);
    if (strcmp(format, "csv") == 0)
        return tdo_write_mix_csv(j->run, o);
    return tdo_write_mix_table(j->run, &j->style, o);
}

static tdo_status write_lp(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    const tdo_case k = tdo_case_of(j->run);
    return tdo_mix_write_lp(&k, o, j->err);
}

/* One thing at most goes to standard output, and no file is written twice or over what is read. */
static int check_outputs(const cli_args *args, const tdo_run *run)
{
    const char *out[] = {args->output, args->write_lp}, *option[] = {"-o", "--write-lp"};
    size_t to_stdout = args->format != NULL;
    for (size_t k = 0; k < 2; k++)
        to_stdout += out[k] && strcmp(out[k], "-") == 0;
    if (to_stdout > 1)
        return cli_usage_error(
            "one thing can go to standard output: -o -, --write-lp - or --format");
    if (out[0] && out[1] && strcmp(out[0], "-") != 0 && cli_same_file(out[0], out[1]))
        return cli_usage_error("-o and --write-lp name the same file: %s", out[0]);
    int failed = 0;
    for (size_t k = 0; k < 2 && !failed; k++)
        failed = cli_check_not_read(run, option[k], out[k]);
    return failed;
}

static int write_program(const cli_job *j)
{
    int failed = cli_write(j->args->write_lp, write_lp, j);
    if (j->err->status != TDO_OK && j->err->text[0])
        cli_complain(j->err);
    return failed;
}

static int outcome(const tdo_mix *m, int failed)
{
    if (failed)
        return failed;
    return m->status == TDO_MIX_OPTIMAL      ? 0
           : m->status == TDO_MIX_INFEASIBLE ? NO_SPLIT
                                             : tdo_exit_status(TDO_E_LIMIT);
}

int cli_mix(const cli_args *typed)
{
    tdo_run run;
    tdo_error err = {.status = TDO_OK};
    cli_args args = *typed;
    args.mix = true;
    int failed = cli_load(&args, CLI_UNSAMPLED, &run);
    cli_job j = {&run, &args, cli_style(&args), &err};
    if (!failed)
        failed = check_outputs(&args, &run);
    if (!failed && args.write_lp)
        failed = write_program(&j);
    if (!failed && args.output)
        failed = cli_write(args.output, cli_write_result, &j);
    bool taken = (args.output && strcmp(args.output, "-") == 0) ||
                 (args.write_lp && strcmp(args.write_lp, "-") == 0);
    if (!failed && !taken)
        failed = cli_write("-", write_stdout, &j);
    failed = outcome(&run.mix, failed);
    tdo_run_free(&run);
    return failed;
}
