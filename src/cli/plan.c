/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff plan: who serves which segment. */
#include "cli/fleet.h"
#include "cli/format.h"

#include <stdlib.h>
#include <string.h>

enum { NO_PLAN = 1 };

typedef struct plan_job {
    const tdo_planned *plan;
    const cli_args *args;
    tdo_table_style style;
} plan_job;

static tdo_status write_result(const void *what, tdo_sink *o)
{
    const plan_job *j = what;
    return tdo_write_plan(j->plan, o);
}

static tdo_status write_csv(const void *what, tdo_sink *o)
{
    const plan_job *j = what;
    return tdo_write_plan_csv(j->plan, o);
}

static tdo_router router_of(const cli_args *args)
{
    size_t k = 0;
    while (k + 1 < TDO_ROUTERS && strcmp(args->routes, tdo_router_name[k]) != 0)
        k++;
    return (tdo_router)k;
}

static tdo_status write_routes(const void *what, tdo_sink *o)
{
    const plan_job *j = what;
    return tdo_write_routes(j->plan, router_of(j->args), o);
}

static tdo_status write_table(const void *what, tdo_sink *o)
{
    const plan_job *j = what;
    return tdo_write_plan_table(j->plan, &j->style, o);
}

static const cli_format plan_format[] = {
    {"table", write_table}, {"json", write_result}, {"csv", write_csv}};

static bool is_stdout(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static int check_outputs(const cli_args *args)
{
    size_t to_stdout = args->format != NULL;
    to_stdout += is_stdout(args->output);
    to_stdout += is_stdout(args->csv);
    if ((args->routes != NULL) != (args->n_operands == 2))
        return cli_usage_error(
            "--routes %s goes with a second file, to which the routes are written",
            args->routes ? args->routes : "litellm|nginx|envoy");
    to_stdout += is_stdout(args->operand[1]);
    return to_stdout > 1 ? cli_usage_error("one thing can go to standard output: -o -, --csv -, "
                                           "--routes or --format")
                         : 0;
}

/* The second operand is the one that is written, not read. */
static int check_routes(const cli_args *args, const char *segments)
{
    const char *const read[] = {args->operand[0], segments};
    for (size_t k = 0; k < 2 && args->routes; k++)
        if (!is_stdout(args->operand[1]) && cli_same_file(args->operand[1], read[k]))
            return cli_usage_error("--routes would write over %s, which is read", read[k]);
    return 0;
}

static int write_outputs(const plan_job *j)
{
    const cli_args *args = j->args;
    const bool taken = is_stdout(args->output) || is_stdout(args->csv) ||
                       is_stdout(args->operand[1]);
    const char *bad = args->routes ? tdo_unroutable(j->plan, router_of(args)) : NULL;
    if (bad)
        return cli_usage_error("--routes %s: its configuration cannot hold the name \"%s\"",
                               args->routes, bad);
    const cli_out out[] = {
        {.path = args->output, .write = write_result, .what = j},
        {.path = args->csv, .write = write_csv, .what = j},
        {.path = args->operand[1], .write = write_routes, .what = j, .over = args->operand[1]},
        {.path = taken ? NULL : "-", .write = CLI_FORMAT_OF(args, plan_format), .what = j}};
    int failed = check_routes(args, j->plan->scenario->segments->from.path);
    if (!failed)
        failed = cli_note_read(j->plan->scenario->segments->from.path);
    return failed ? failed : cli_write_all(out, sizeof out / sizeof *out);
}

/* ---- the run ---- */

static int load(const cli_args *args, int threads, tdo_planned *plan)
{
    tdo_report *report = calloc(1, sizeof *report);
    const tdo_segments_options options = {.overrides = {.set = args->set,
                                                        .n_set = args->n_set,
                                                        .rule = args->rule,
                                                        .allow_outside = args->allow_outside},
                                          .threads = threads,
                                          .fleet = args->fleet};
    tdo_status status = report ? tdo_plan_scenario(args->operand[0], &options, plan, report)
                               : TDO_E_MEMORY;
    cli_show_warnings(&plan->warnings, args);
    int failed = status == TDO_OK ? 0
                                  : cli_complain_all(status, report ? report : &(tdo_report){0});
    free(report);
    return failed;
}

static int outcome(const tdo_planned *x)
{
    return x->solution.status == TDO_PLAN_OPTIMAL      ? 0
           : x->solution.status == TDO_PLAN_INFEASIBLE ? NO_PLAN
                                                       : tdo_exit_status(TDO_E_LIMIT);
}

int cli_plan(const cli_args *args)
{
    tdo_planned plan = {0};
    int threads = 0;
    int failed = cli_read_threads(args, &threads);
    if (!failed)
        failed = check_outputs(args);
    if (!failed)
        failed = load(args, threads, &plan);
    const plan_job j = {&plan, args, cli_style(args)};
    if (!failed && cli_leads(args->fleet))
        failed = write_outputs(&j);
    if (!failed)
        failed = outcome(&plan);
    tdo_planned_free(&plan);
    return failed;
}
