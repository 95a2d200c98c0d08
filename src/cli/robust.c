/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff robust: how sure the choice is. */
#include "cli/cli.h"
#include "cli/fleet.h"

int cli_robust(const cli_args *typed)
{
    enum { NOTHING_FEASIBLE = 1 };
    tdo_run run;
    cli_args args = *typed;
    args.sample = true;
    int failed = cli_check_result(&args);
    if (failed)
        return failed;
    failed = cli_load(&args, CLI_SAMPLED, &run);
    const bool leads = cli_leads(args.fleet);
    if (!failed && leads)
        failed = cli_write_shown(&run, &args, tdo_write_robust_table);
    if (!failed)
        failed = run.robust.interrupted ? tdo_exit_status(TDO_E_LIMIT)
                 : run.feasible         ? 0
                                        : NOTHING_FEASIBLE;
    tdo_run_free(&run);
    return failed;
}
