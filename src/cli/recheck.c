/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff recheck: runs a recorded decision again, and says whether it still stands. */
#include "cli/cli.h"

#include <string.h>

enum { OPEN_AGAIN = 1 };

typedef struct recheck_job {
    const tdo_record *record;
    tdo_recheck check;
    tdo_diff changes;
    tdo_table_style style;
} recheck_job;

static tdo_status write_recheck(const void *what, tdo_sink *o)
{
    const recheck_job *j = what;
    return tdo_write_recheck(j->record, &j->check, &j->changes, &j->style, o);
}

/* What tradeoff run would be asked, from the folder of the record. */
static int ask_again(const cli_args *args, const tdo_record *r, tdo_arena *a, cli_args *out)
{
    const tdo_overrides *o = &r->decision.overrides;
    if (o->n_set > CLI_MANY || o->n_limit > CLI_MANY)
        return cli_usage_error("%s has more than %d changes to the scenario", r->file, CLI_MANY);
    *out = *args;
    out->operand[0] = cli_path_beside(r->file, r->decision.scenario, a);
    out->n_operands = 1;
    out->rule = o->rule;
    out->set_by_file = true;
    out->n_set = o->n_set;
    out->n_limit = o->n_limit;
    for (size_t k = 0; k < o->n_set; k++)
        out->set[k] = o->set[k];
    for (size_t k = 0; k < o->n_limit; k++)
        out->limit[k] = o->limit[k];
    return out->operand[0] ? 0 : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

/* The result of now goes the way of a result that was written and read. */
static tdo_status compare(const tdo_record *r, const tdo_run *now, tdo_arena *a, recheck_job *j,
                          tdo_error *err)
{
    tdo_sink json = tdo_sink_memory(a);
    tdo_result *is = NULL;
    tdo_status status = tdo_recheck_decision(r, now, a, &j->check);
    if (status == TDO_OK)
        status = tdo_write_result(now, false, &json);
    if (status == TDO_OK)
        status = tdo_result_parse(json.text, json.length, "the result of now", a, &is, err);
    if (status == TDO_OK)
        status = tdo_compare(r->result, is, a, &j->changes);
    if (status != TDO_OK)
        (void)tdo_fail(err, status, "out of memory");
    return status;
}

static bool has_other_scenario(const tdo_diff *d)
{
    for (size_t k = 0; k < d->n_files; k++) {
        const tdo_result_file *f = d->file[k].is ? d->file[k].is : d->file[k].was;
        if (strcmp(f->role, "scenario") == 0)
            return !d->file[k].same;
    }
    return false;
}

/* What turned it: the scenario, where that changed; else the chosen one's measurement, or that of
 * the one which is first now. */
static void place(const recheck_job *j, const tdo_run *now, tdo_finding *f)
{
    const char *first = tdo_recommended_id(now);
    size_t i = tdo_find_candidate(&now->measured, j->record->decision.chosen);
    if (i == TDO_NONE && first)
        i = tdo_find_candidate(&now->measured, first);
    const bool by_scenario = has_other_scenario(&j->changes) || i == TDO_NONE;
    f->file = by_scenario ? now->scenario->file : now->table.file;
    f->line = by_scenario ? 1 : now->measured.line[i];
}

static int write_gate(const cli_args *args, const recheck_job *j, const tdo_run *now, tdo_arena *a)
{
    tdo_finding *of = tdo_alloc(a, j->check.n, sizeof *of);
    for (size_t k = 0; of && k < j->check.n; k++) {
        const tdo_check *c = &j->check.check[k];
        of[k] = (tdo_finding){.state = c->holds ? TDO_FINDING_HOLDS : TDO_FINDING_FAILS,
                              .rule = c->asked,
                              .text = c->text};
        place(j, now, &of[k]);
    }
    return of ? cli_write_findings(args, of, j->check.n, now)
              : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

int cli_recheck_record(const cli_args *args, const char *file, tdo_arena *a, tdo_record **record,
                       tdo_recheck *out)
{
    tdo_run now = {0};
    tdo_error err = {0};
    cli_args again;
    int failed = tdo_record_read(file, a, record, &err) == TDO_OK ? 0 : cli_complain(&err);
    if (!failed)
        failed = ask_again(args, *record, a, &again);
    if (!failed)
        failed = cli_load(&again, CLI_UNSAMPLED, &now);
    if (!failed && tdo_recheck_decision(*record, &now, a, out) != TDO_OK)
        failed = cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    tdo_run_free(&now);
    return failed;
}

int cli_recheck(const cli_args *args)
{
    tdo_arena *a = tdo_arena_new();
    tdo_record *record = NULL;
    tdo_run now = {0};
    tdo_error err = {0};
    cli_args again;
    recheck_job j = {.style = cli_style(args)};
    tdo_status status = a ? tdo_record_read(args->operand[0], a, &record, &err)
                          : tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    int failed = status == TDO_OK ? 0 : cli_complain(&err);
    if (!failed)
        failed = ask_again(args, record, a, &again);
    if (!failed)
        failed = cli_load(&again, CLI_UNSAMPLED, &now);
    j.record = record;
    if (!failed && compare(record, &now, a, &j, &err) != TDO_OK)
        failed = cli_complain(&err);
    if (!failed)
        failed = cli_is_gate(args) ? write_gate(args, &j, &now, a)
                                   : cli_write("-", write_recheck, &j);
    if (!failed && !j.check.stands)
        failed = OPEN_AGAIN;
    tdo_run_free(&now);
    tdo_arena_free(a);
    return failed;
}
