/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff diff: what changed between two results. */
#include "cli/format.h"

#include <string.h>

enum { OTHER_RECOMMENDATION = 1 };

typedef struct diff_job {
    const tdo_diff *diff;
    tdo_table_style style;
} diff_job;

static tdo_status write_text(const void *what, tdo_sink *o)
{
    const diff_job *j = what;
    return tdo_write_diff_text(j->diff, &j->style, o);
}

static tdo_status write_markdown(const void *what, tdo_sink *o)
{
    const diff_job *j = what;
    return tdo_write_diff_markdown(j->diff, o);
}

static tdo_status write_json(const void *what, tdo_sink *o)
{
    const diff_job *j = what;
    return tdo_write_diff_json(j->diff, o);
}

static const cli_format diff_format[] = {
    {"text", write_text}, {"md", write_markdown}, {"json", write_json}};

static int write_gate(const cli_args *args, const tdo_diff *d, tdo_arena *a)
{
    tdo_sentences why = {0};
    tdo_finding f = {.state = d->same_answer ? TDO_FINDING_HOLDS : TDO_FINDING_FAILS,
                     .rule = "recommended",
                     .file = args->operand[1],
                     .line = 1};
    if (tdo_explain_diff(d, a, &why) != TDO_OK)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    f.text = why.n ? why.item[0] : "the same recommendation";
    return cli_write_findings(args, &f, 1, NULL);
}

int cli_diff(const cli_args *args)
{
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    tdo_result *was = NULL, *is = NULL;
    tdo_diff d = {0};
    diff_job j = {&d, cli_style(args)};
    int failed = 0;
    tdo_status status = a ? TDO_OK : TDO_E_MEMORY;
    if (strcmp(args->operand[0], "-") == 0 && strcmp(args->operand[1], "-") == 0)
        status = tdo_fail(&err, TDO_E_USAGE, "only one of the results can be standard input");
    if (status == TDO_OK)
        status = tdo_result_read(args->operand[0], a, &was, &err);
    if (status == TDO_OK)
        status = tdo_result_read(args->operand[1], a, &is, &err);
    if (status == TDO_OK)
        status = tdo_compare(was, is, a, &d);
    if (status != TDO_OK) {
        (void)tdo_fail(&err, status, "out of memory");
        failed = cli_complain(&err);
    } else if (cli_is_gate(args)) {
        failed = write_gate(args, &d, a);
    } else {
        failed = cli_write("-", CLI_FORMAT_OF(args, diff_format), &j);
    }
    if (!failed && !d.same_answer)
        failed = OTHER_RECOMMENDATION;
    tdo_arena_free(a);
    return failed;
}
