/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario in, its result out, in one call without a struct: for callers in other languages. */
#include <stdio.h>

#include "tradeoff/output.h"

tdo_status tdo_result_of(const char *scenario_file, tdo_write_fn write, void *user, char *message,
                         size_t size)
{
    static const tdo_report none = {0};
    tdo_arena *a = tdo_arena_new();
    tdo_report *report = a ? tdo_alloc(a, 1, sizeof *report) : NULL;
    tdo_sink o = {.write = write, .user = user};
    tdo_run run = {0};
    tdo_status status = report ? TDO_OK : TDO_E_MEMORY;
    if (report)
        *report = none;
    if (status == TDO_OK)
        status = tdo_run_scenario(scenario_file, NULL, &run, report);
    if (status == TDO_OK)
        status = tdo_write_result(&run, false, &o);
    if (size && message) {
        const tdo_error *e = report && report->count ? &report->item[0] : NULL;
        message[0] = '\0';
        if (e)
            (void)snprintf(message, size, "%s:%u:%u: %s", e->file, e->line, e->column, e->text);
    }
    tdo_run_free(&run);
    tdo_arena_free(a);
    return status;
}
