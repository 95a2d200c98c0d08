/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff init: a starter scenario for a CSV file. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct init_job {
    const tdo_starter *starter;
    const char *scenario; /* NULL: standard output */
    tdo_table_style style;
} init_job;

static tdo_status write_starter(const void *what, tdo_sink *o)
{
    const init_job *j = what;
    return tdo_write_starter(j->starter, o);
}

static tdo_status write_guesses(const void *what, tdo_sink *o)
{
    const init_job *j = what;
    return tdo_write_guesses(j->starter, j->scenario, &j->style, o);
}

/* ---- the command ---- */

static int refuse_overwriting(const cli_args *args, const char *scenario)
{
    if (!scenario)
        return 0;
    return cli_check_new(scenario, args->force);
}

/* Standard input cannot be read twice. */
static tdo_status check(const tdo_starter *s, const char *csv, tdo_arena *a, tdo_report *report)
{
    return strcmp(csv, "-") == 0 ? TDO_OK : tdo_starter_check(s, csv, a, report);
}

static int write_both(const init_job *j, const cli_args *args)
{
    int failed = cli_write(j->scenario ? j->scenario : "-", write_starter, j);
    if (failed || (!j->scenario && args->quiet))
        return failed;
    if (j->scenario)
        return cli_write("-", write_guesses, j);
    tdo_arena *a = tdo_arena_new(); /* standard output is taken: the guesses go to the other one */
    tdo_sink o = tdo_sink_memory(a);
    bool good = a && write_guesses(j, &o) == TDO_OK && o.text;
    if (good)
        cli_say(stderr, "%s", o.text);
    const bool told = fflush(stderr) == 0 && !ferror(stderr);
    tdo_arena_free(a);
    if (good && !told) /* the guesses are half of the answer */
        return tdo_exit_status(TDO_E_IO);
    return good ? 0 : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

/* A decimal comma that is none makes a number a thousand times too small: said where warnings go,
 * too, each column once. */
static void warn_of_commas(const tdo_starter *s, const cli_args *args)
{
    for (size_t k = 0; k < s->n_criteria && !args->quiet; k++) {
        const tdo_starter_criterion *c = &s->criterion[k];
        const tdo_profiled *column = &s->profile->column[c->column];
        bool said = false;
        for (size_t q = 0; q < k; q++)
            said = said || s->criterion[q].column == c->column;
        if (column->style.decimal && !said)
            cli_say(stderr, "warning: %s: %s: column \"%s\": %s\n", "W_DECIMAL", s->profile->file,
                    column->name, c->reading);
    }
}

int cli_init(const cli_args *args)
{
    const char *csv = args->operand[0];
    bool to_file = args->output && strcmp(args->output, "-") != 0;
    tdo_profile profile = {0};
    tdo_starter starter = {0};
    tdo_error err = {0};
    init_job j = {&starter, to_file ? args->output : NULL, cli_style(args)};
    int failed = refuse_overwriting(args, j.scenario);
    if (failed)
        return failed;
    tdo_arena *a = tdo_arena_new();
    tdo_report *report = calloc(1, sizeof *report);
    tdo_status status = a && report ? TDO_OK : tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    const tdo_profile_request request = {.file = strcmp(csv, "-") == 0 ? "standard input" : csv,
                                         .path = csv};
    if (status == TDO_OK)
        status = tdo_profile_read(&request, a, &profile, &err);
    const char *file = csv;
    if (status == TDO_OK && strcmp(csv, "-") != 0)
        status = cli_relative_path(to_file ? args->output : "scenario.json", csv, a, &file, &err);
    if (status == TDO_OK)
        status = tdo_starter_make(&profile, file, a, &starter, &err);
    if (status != TDO_OK) {
        failed = cli_complain(&err);
    } else {
        status = check(&starter, csv, a, report);
        failed = status == TDO_OK ? write_both(&j, args) : cli_complain_all(status, report);
        if (!failed)
            warn_of_commas(&starter, args);
    }
    tdo_arena_free(a);
    free(report);
    return failed;
}
