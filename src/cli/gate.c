/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What run, check, diff, recheck and log tell a scheduled job. */
#include "cli/cli.h"

#include <string.h>

typedef struct gate_job {
    const tdo_finding *finding; /* [n] */
    size_t n;
    const char *about;
    tdo_gate_format format;
} gate_job;

static tdo_gate_format format_of(const cli_args *args)
{
    size_t k = 0;
    while (k < TDO_GATE_FORMATS && args->format && strcmp(args->format, tdo_gate_format_name[k]))
        k++;
    return args->format ? (tdo_gate_format)k : TDO_GATE_FORMATS;
}

bool cli_is_gate(const cli_args *args)
{
    return format_of(args) != TDO_GATE_FORMATS;
}

static tdo_status write_findings(const void *what, tdo_sink *o)
{
    const gate_job *j = what;
    return tdo_write_findings(j->finding, j->n, j->about, j->format, o);
}

int cli_write_findings(const cli_args *args, const tdo_finding *of, size_t n, const tdo_run *run)
{
    const tdo_warnings none = {0}, *w = run ? &run->warnings : &none;
    const char *file = run ? run->scenario->file : "";
    tdo_arena *a = tdo_arena_new();
    tdo_finding *all = a ? tdo_alloc(a, n + w->n, sizeof *all) : NULL;
    int failed = all ? 0 : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    for (size_t k = 0; all && k < n; k++)
        all[k] = of[k];
    for (size_t k = 0; all && k < w->n; k++)
        all[n + k] = (tdo_finding){.state = TDO_FINDING_WARNING,
                                   .rule = w->item[k].code,
                                   .file = file,
                                   .line = 1,
                                   .text = w->item[k].message};
    if (!failed)
        failed = cli_write("-", write_findings,
                           &(gate_job){all, n + w->n, args->command, format_of(args)});
    tdo_arena_free(a);
    return failed;
}

int cli_write_errors(const cli_args *args, const tdo_report *report)
{
    tdo_finding of[TDO_REPORT_SHOWN] = {{.state = TDO_FINDING_FAILS}};
    size_t n = report->count < TDO_REPORT_SHOWN ? report->count : TDO_REPORT_SHOWN;
    for (size_t k = 0; k < n; k++) {
        const tdo_error *e = &report->item[k];
        const bool option = e->file[0] == '-' && e->file[1]; /* what was typed is no file */
        of[k] = (tdo_finding){TDO_FINDING_FAILS,      "readable", option ? "" : e->file, e->line,
                              option ? 0 : e->column, e->text};
    }
    return cli_write_findings(args, of, n, NULL);
}
