/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff mix: the split alone, and the program behind it. */
#include "cli/format.h"

#include <string.h>

enum { NO_SPLIT = 1 };

static tdo_status write_csv(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_mix_csv(j->run, o);
}

static tdo_status write_table(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_mix_table(j->run, &j->style, o);
}

static const cli_format mix_format[] = {
    {"table", write_table}, {"json", cli_write_result}, {"csv", write_csv}};

static tdo_status write_lp(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    const tdo_case k = tdo_case_of(j->run);
    return tdo_mix_write_lp(&k, o, j->err);
}

/* One thing at most goes to standard output. */
static int check_outputs(const cli_args *args, size_t *to_stdout)
{
    const char *out[] = {args->output, args->write_lp};
    *to_stdout = args->format != NULL;
    for (size_t k = 0; k < 2; k++)
        *to_stdout += out[k] && strcmp(out[k], "-") == 0;
    return *to_stdout > 1 ? cli_usage_error("one thing can go to standard output: -o -, "
                                            "--write-lp - or --format")
                          : 0;
}

static int outcome(const tdo_run *run, int failed)
{
    const tdo_mix *m = &run->mix;
    if (failed)
        return failed;
    if (m->status == TDO_MIX_OPTIMAL && tdo_splits_cut(&run->splits))
        return tdo_exit_status(TDO_E_LIMIT);
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
    size_t to_stdout = 0;
    int failed = check_outputs(&args, &to_stdout);
    if (failed)
        return failed;
    failed = cli_load(&args, CLI_UNSAMPLED, &run);
    cli_job j = {&run, &args, cli_style(&args), &err};
    const cli_out out[] = {{.path = args.output, .write = cli_write_result, .what = &j},
                           {.path = args.write_lp, .write = write_lp, .what = &j, .why = &err},
                           {.path = to_stdout && !args.format ? NULL : "-",
                            .write = CLI_FORMAT_OF(&args, mix_format),
                            .what = &j}};
    if (!failed)
        failed = cli_write_all(out, sizeof out / sizeof *out);
    failed = outcome(&run, failed);
    tdo_run_free(&run);
    return failed;
}
