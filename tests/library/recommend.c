/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest program that uses the installed library: runs a scenario, prints whom it recommends.
 * Valid C and C++: tests/library/run builds it as both. */
#include <stdio.h>
#include <tradeoff/tradeoff.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    tdo_run run;
    static tdo_report report; /* all zero: no error yet */
    tdo_status status = tdo_run_scenario(argv[1], NULL, &run, &report);
    if (status == TDO_OK)
        puts(run.feasible ? tdo_recommended_id(&run) : "nobody is feasible");
    else if (report.count > 0)
        fprintf(stderr, "%s:%u: %s\n", report.item[0].file, report.item[0].line,
                report.item[0].text);
    tdo_run_free(&run);
    return tdo_exit_status(status);
}
