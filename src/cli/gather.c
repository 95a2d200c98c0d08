/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff gather: what people wrote, into the scenario. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct gather_job {
    const tdo_run *run;
    const tdo_gathered *gathered;
    const tdo_ballot *ballot;
    tdo_table_style style;
} gather_job;

static tdo_status write_scenario(const void *what, tdo_sink *o)
{
    const gather_job *j = what;
    tdo_put(o, j->gathered->scenario, j->gathered->length);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static tdo_status write_words(const void *what, tdo_sink *o)
{
    const gather_job *j = what;
    return tdo_write_gathered(j->run, j->gathered, &j->style, o);
}

static tdo_status write_ballot(const void *what, tdo_sink *o)
{
    const gather_job *j = what;
    return tdo_write_ballot(j->run, j->ballot, o);
}

/* ---- what was typed ---- */

static int check_typed(const cli_args *args)
{
    if (args->blank)
        return args->n_operands == 1 && !args->merge
                   ? 0
                   : cli_usage_error("--blank makes a ballot, and takes neither ballots nor "
                                     "--merge");
    if (args->n_operands < 2)
        return cli_usage_error("gather needs SCENARIO BALLOT...; see \"tradeoff help gather\"");
    if (!args->output)
        return cli_usage_error("gather needs -o FILE: where the scenario with these wishes goes");
    for (size_t k = 0; k < args->n_operands; k++)
        for (size_t q = 0; q < k; q++)
            if (cli_same_file(args->operand[k], args->operand[q]))
                return cli_usage_error("%s is named twice", args->operand[k]);
    return 0;
}

/* A scenario names its files from its own folder, so that another one must be beside it. */
static int check_folder(const cli_args *args)
{
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    const char *path = NULL;
    int failed = 0;
    const bool to_file = strcmp(args->output, "-") != 0 && strcmp(args->operand[0], "-") != 0;
    if (!a)
        failed = cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    else if (to_file && cli_relative_path(args->output, args->operand[0], a, &path, &err) != TDO_OK)
        failed = cli_complain(&err);
    else if (to_file && strchr(path, '/'))
        failed = cli_usage_error("-o must be in the folder of %s: the scenario names its files "
                                 "from there",
                                 args->operand[0]);
    tdo_arena_free(a);
    return failed;
}

static tdo_merge merge_of(const cli_args *args)
{
    for (size_t k = 0; args->merge && k < TDO_MERGES; k++)
        if (strcmp(args->merge, tdo_merge_name[k]) == 0)
            return (tdo_merge)k;
    return TDO_MERGE_MEAN;
}

/* ---- the two uses ---- */

static int make_ballot(const cli_args *args, gather_job *j)
{
    tdo_ballot ballot;
    size_t who = 0;
    const int failed = cli_find_stakeholder(j->run, args->blank, &who);
    if (failed)
        return failed;
    tdo_status status = tdo_ballot_of(j->run, who, j->run->arena, &ballot);
    if (status != TDO_OK)
        return cli_complain_all(status, &(tdo_report){0});
    j->ballot = &ballot;
    return cli_write(args->output ? args->output : "-", write_ballot, j);
}

/* The words go where the scenario does not. */
static int write_both(const cli_args *args, const gather_job *j)
{
    const cli_out out = {.path = args->output, .write = write_scenario, .what = j, .copy = true};
    int failed = cli_write_all(&out, 1);
    if (failed || strcmp(args->output, "-") != 0)
        return failed ? failed : cli_write("-", write_words, j);
    tdo_sink o = tdo_sink_memory(j->run->arena);
    if (args->quiet)
        return 0;
    if (write_words(j, &o) != TDO_OK || !o.text)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    cli_say(stderr, "%s", o.text);
    return fflush(stderr) == 0 && !ferror(stderr) ? 0 : tdo_exit_status(TDO_E_IO);
}

static int gather(const cli_args *args, gather_job *j)
{
    const tdo_gather_request request = {.run = j->run,
                                        .file = args->operand + 1,
                                        .n_files = args->n_operands - 1,
                                        .merge = merge_of(args),
                                        .allow_outside = args->allow_outside};
    tdo_gathered gathered;
    tdo_report *report = calloc(1, sizeof *report);
    tdo_status status = report ? tdo_gather(&request, j->run->arena, &gathered, report)
                               : TDO_E_MEMORY;
    j->gathered = &gathered;
    int failed = status == TDO_OK ? write_both(args, j)
                                  : cli_complain_all(status, report ? report : &(tdo_report){0});
    free(report);
    return failed;
}

int cli_gather(const cli_args *args)
{
    tdo_run run;
    gather_job j = {.run = &run, .style = cli_style(args)};
    int failed = check_typed(args);
    if (!failed && !args->blank)
        failed = check_folder(args);
    if (failed)
        return failed;
    failed = cli_load(args, CLI_READ_ONLY, &run);
    if (!failed && args->output && strcmp(args->output, "-") != 0)
        failed = cli_check_new(args->output, args->force);
    if (!failed)
        failed = args->blank ? make_ballot(args, &j) : gather(args, &j);
    tdo_run_free(&run);
    return failed;
}
