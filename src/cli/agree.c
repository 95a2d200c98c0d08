/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff agree: where an agreement is near. */
#include "cli/cli.h"

#include <string.h>

enum { NOTHING_FEASIBLE = 1 };

/* A number from 0 to below 1. */
static int read_below_1(const char *option, const char *text, double *out)
{
    if (tdo_number_read(text, strlen(text), out) == TDO_NUMBER_OK && *out >= 0 && *out < 1)
        return 0;
    return cli_usage_error("%s takes a number from 0 to below 1, not \"%s\"", option, text);
}

static int read_options(const cli_args *args, tdo_agree_options *out)
{
    *out = (tdo_agree_options){.accept = TDO_AGREE_ACCEPT, .unit = TDO_NONE};
    if (args->accepted && args->accepted_share)
        return cli_usage_error("--accept and --accept-share are two ways to say it: take one");
    out->share = args->accepted_share != NULL;
    return args->accepted ? read_below_1("--accept", args->accepted, &out->accept)
           : args->accepted_share
               ? read_below_1("--accept-share", args->accepted_share, &out->accept)
               : 0;
}

static int find_unit(const cli_args *args, const tdo_scenario *s, size_t *out)
{
    const char *id[TDO_MAX_CRITERIA];
    for (size_t c = 0; args->unit && c < s->n_criteria; c++) {
        id[c] = s->criteria[c].id;
        if (strcmp(id[c], args->unit) == 0)
            *out = c;
    }
    if (!args->unit || *out != TDO_NONE)
        return args->unit && s->criteria[*out].levels
                   ? cli_usage_error("--in: \"%s\" has words, and nothing is made up for in them",
                                     args->unit)
                   : 0;
    const char *near = tdo_nearest_word(args->unit, id, s->n_criteria);
    return near ? cli_usage_error("--in: no criterion \"%s\" (did you mean \"%s\"?)", args->unit,
                                  near)
                : cli_usage_error("--in: no criterion \"%s\"", args->unit);
}

static int agree(const cli_args *args, tdo_agree_options *o, tdo_run *run)
{
    tdo_error err = {.status = TDO_OK};
    int failed = find_unit(args, run->scenario, &o->unit);
    if (failed || !run->feasible)
        return failed;
    const tdo_case k = tdo_case_of(run);
    tdo_status status = tdo_agree(&k, &run->choice, o, run->arena, &run->agreement, &err);
    run->agreed = status == TDO_OK;
    if (status != TDO_OK && err.status == TDO_OK)
        (void)tdo_fail(&err, status, "out of memory");
    return run->agreed ? 0 : cli_complain(&err);
}

int cli_agree(const cli_args *args)
{
    tdo_run run = {0};
    tdo_agree_options o;
    int failed = cli_check_result(args);
    if (!failed)
        failed = read_options(args, &o);
    if (failed)
        return failed;
    failed = cli_load(args, CLI_UNSAMPLED, &run);
    if (!failed)
        failed = agree(args, &o, &run);
    if (!failed)
        failed = cli_write_shown(&run, args, tdo_write_agree_table);
    if (!failed && !run.feasible)
        failed = NOTHING_FEASIBLE;
    tdo_run_free(&run);
    return failed;
}
