/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff part, tradeoff merge: a run in shards, and their merges. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* A whole number of at most six digits at s, up to the byte `end`. */
static bool read_number(const char *s, char end, size_t *out, const char **behind)
{
    size_t n = 0, x = 0;
    for (; n < 6 && s[n] >= '0' && s[n] <= '9'; n++)
        x = 10 * x + (size_t)(s[n] - '0');
    *out = x;
    *behind = s + n + (end != '\0');
    return n > 0 && s[n] == end;
}

static int read_shard(const char *text, tdo_shard *out)
{
    const char *s = text;
    if (!text)
        return cli_usage_error("part needs --shard I/N: which shard, counted from 0, of how many");
    if (!read_number(s, '/', &out->index, &s) || !read_number(s, '\0', &out->of, &s) ||
        out->of < 1 || out->of > TDO_MAX_SHARDS || out->index >= out->of)
        return cli_typed_error("--shard", text,
                               "it must be I/N, shard I, from 0 to N - 1, of N, from 1 to %d",
                               TDO_MAX_SHARDS);
    return 0;
}

static tdo_status write_part(const void *what, tdo_sink *o)
{
    return tdo_write_run_part(what, o);
}

static int write_out(const cli_args *args, const tdo_run_part *part)
{
    return cli_write(args->output ? args->output : "-", write_part, part);
}

/* What the shard's run read is not to be written over. */
static int note_files(const tdo_run *run)
{
    int failed = run->table.file ? cli_note_read(run->table.file) : 0;
    return failed ? failed : cli_note_side_tables(run);
}

int cli_part(const cli_args *args)
{
    tdo_run_part part = {.arena = NULL};
    tdo_run_part_options o = {.overrides = {.set = args->set,
                                            .n_set = args->n_set,
                                            .limit = args->limit,
                                            .n_limit = args->n_limit,
                                            .rule = args->rule,
                                            .allow_outside = args->allow_outside},
                              .after = args->after};
    int failed = read_shard(args->shard, &o.shard);
    tdo_report *report = calloc(1, sizeof *report);
    if (!failed && !report)
        failed = cli_complain(&(tdo_error){.status = TDO_E_MEMORY, .text = "out of memory"});
    if (!failed) {
        const tdo_status status = tdo_part_scenario(args->operand[0], &o, &part, report);
        failed = status == TDO_OK ? 0 : cli_complain_all(status, report);
    }
    if (!failed)
        failed = note_files(&part.run);
    if (!failed)
        failed = write_out(args, &part);
    free(report);
    tdo_run_part_free(&part);
    return failed;
}

int cli_merge(const cli_args *args)
{
    tdo_run_part part = {.arena = NULL};
    tdo_report *report = calloc(1, sizeof *report);
    int failed = 0;
    if (!report)
        return cli_complain(&(tdo_error){.status = TDO_E_MEMORY, .text = "out of memory"});
    const tdo_status status =
        tdo_merge_parts(args->operand, args->n_operands, args->partial, &part, report);
    if (part.is_result)
        cli_show_warnings(&part.run.warnings, args);
    failed = status == TDO_OK ? 0 : cli_complain_all(status, report);
    if (!failed)
        failed = write_out(args, &part);
    if (part.is_result)
        failed = cli_outcome(&part.run, failed);
    free(report);
    tdo_run_part_free(&part);
    return failed;
}
