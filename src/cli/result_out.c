/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the commands that run a scenario write its result: JSON to --output, and to standard output
 * the table of the command or, by --format json, the result. */
#include "cli/format.h"

#include <string.h>

enum { NOTHING_FITS = 1 }; /* nobody is feasible, or no set */

bool cli_wants_all(const cli_args *args)
{
    return args->candidates && strcmp(args->candidates, "all") == 0;
}

tdo_status cli_write_result(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_result(j->run, cli_wants_all(j->args), o);
}

int cli_check_result(const cli_args *args)
{
    const bool json = args->output && strcmp(args->output, "-") == 0;
    if (json && args->format && strcmp(args->format, "json") != 0)
        return cli_usage_error("-o - writes JSON to standard output, --format %s would too",
                               args->format);
    return 0;
}

typedef struct shown_run {
    cli_job job;
    cli_table *table;
} shown_run;

static tdo_status write_table(const void *what, tdo_sink *o)
{
    const shown_run *r = what;
    return r->table(r->job.run, &r->job.style, o);
}

static tdo_status write_json(const void *what, tdo_sink *o)
{
    const shown_run *r = what;
    return cli_write_result(&r->job, o);
}

static const cli_format shown_format[] = {{"table", write_table}, {"json", write_json}};

int cli_write_shown(const tdo_run *run, const cli_args *args, cli_table *table)
{
    const bool taken = args->output && strcmp(args->output, "-") == 0;
    const shown_run r = {{run, args, cli_style(args), NULL}, table};
    const cli_out out[] = {
        {.path = args->output, .write = cli_write_result, .what = &r.job},
        {.path = taken ? NULL : "-", .write = CLI_FORMAT_OF(args, shown_format), .what = &r}};
    return cli_write_all(out, sizeof out / sizeof *out);
}

int cli_outcome(const tdo_run *run, int failed)
{
    if (failed || !run->feasible)
        return failed ? failed : NOTHING_FITS;
    bool cut = run->mixed && (run->mix.status == TDO_MIX_LIMIT ||
                              run->mix.status == TDO_MIX_NUMERICAL || tdo_splits_cut(&run->splits));
    if (run->picked && run->portfolio.status == TDO_PORTFOLIO_INFEASIBLE)
        return NOTHING_FITS;
    cut = cut || (run->picked && run->portfolio.status == TDO_PORTFOLIO_LIMIT);
    return cut ? tdo_exit_status(TDO_E_LIMIT) : 0;
}
