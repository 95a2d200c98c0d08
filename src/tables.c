/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the tables of a run: the candidates with what is joined, the subgroups, the items. */
#include "tables.h"

#include "base/array.h"
#include "fleet/fleet.h"

#include <string.h>

/* Another file takes the place of the candidates. */
static tdo_status name_other(tdo_run *run, const char *file)
{
    const char *slash = strrchr(file, '/');
    tdo_scenario *s = array_copy(run->arena, run->scenario, 1, sizeof *s);
    if (!s)
        return TDO_E_MEMORY;
    s->candidates_path = file;
    s->candidates_file = file[0] == '/' ? slash + 1 : file;
    run->scenario = s;
    return TDO_OK;
}

static tdo_status refuse_standard_input(const tdo_scenario *s, tdo_report *report)
{
    const tdo_place *at = &s->candidates_place;
    tdo_error e = {0};
    const tdo_status status = tdo_fail_at(
        &e, TDO_E_INPUT, at->file ? at->file : s->file, at->line, at->column,
        "standard input reaches one process alone: where several run together, candidates are in "
        "a file that all of them can read");
    tdo_report_add(report, &e);
    return status;
}

tdo_status run_read_candidates(tdo_run *run, const tdo_run_options *o, tdo_report *report)
{
    tdo_status status = o->candidates ? name_other(run, o->candidates) : TDO_OK;
    const tdo_scenario *s = run->scenario;
    if (status == TDO_OK && o->fleet && strcmp(s->candidates_path, "-") == 0)
        status = refuse_standard_input(s, report);
    tdo_table_request request = {.file = s->candidates_path,
                                 .name = s->candidates_file,
                                 .path = s->candidates_path,
                                 .text = o->candidates_text,
                                 .place = o->candidates ? (tdo_place){0} : s->candidates_place,
                                 .id_columns = s->id_columns,
                                 .n_id_columns = s->n_id_columns,
                                 .id_place = s->id_place,
                                 .join = s->join,
                                 .n_join = s->n_join,
                                 .where = s->where,
                                 .n_where = s->n_where,
                                 .by = s->average.by,
                                 .n_by = s->average.n_by,
                                 .by_place = s->average.by_place,
                                 .delimiter = s->delimiter,
                                 .shard = o->shard.index,
                                 .shards = o->shard.of,
                                 .progress = o->progress,
                                 .progress_user = o->user};
    tdo_wanted *wanted = NULL;
    if (status == TDO_OK)
        status = tdo_columns_wanted(s, run->arena, &wanted, &request.n_wanted);
    request.wanted = wanted;
    for (size_t c = 0; c < s->n_criteria; c++)
        request.names_passed_over |= s->criteria[c].items != NULL;
    for (size_t c = 0; c < s->n_criteria && o->shard.of; c++)
        request.names_elsewhere |= s->criteria[c].items || s->criteria[c].groups;
    if (status == TDO_OK)
        status = tdo_table_read(&request, run->arena, &run->table, &run->warnings, report);
    return status;
}

/* Tables with rows of the candidates. */
static tdo_status read_beside(tdo_run *run, tdo_table_request *request, size_t n, tdo_table **out,
                              tdo_report *report)
{
    tdo_status status = TDO_OK;
    *out = tdo_alloc(run->arena, n, sizeof **out);
    if (!*out)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n && status == TDO_OK; k++) {
        request[k].known = run->table.id;
        request[k].n_known = run->table.n_ids + run->table.n_elsewhere;
        request[k].known_from = run->table.name;
        request[k].passed_over = run->table.passed_over;
        request[k].n_passed_over = run->table.n_passed_over;
        status = tdo_table_read(&request[k], run->arena, *out + k, &run->warnings, report);
    }
    return status;
}

tdo_status run_read_groups(tdo_run *run, tdo_report *report)
{
    tdo_table_request *request = NULL;
    tdo_status status = tdo_groups_wanted(run->scenario, run->arena, &request, &run->n_groups);
    return status == TDO_OK ? read_beside(run, request, run->n_groups, &run->groups, report)
                            : status;
}

tdo_status run_read_items(tdo_run *run, tdo_report *report)
{
    tdo_table_request *request = NULL;
    tdo_status status = tdo_items_wanted(run->scenario, run->arena, &request, &run->n_items);
    return status == TDO_OK ? read_beside(run, request, run->n_items, &run->items, report) : status;
}

tdo_status run_take_tables(tdo_run *run, const tdo_run_options *o, tdo_report *report)
{
    return o->tables ? o->tables(o->tables_user, run, report) : TDO_OK;
}

/* ---- the same files for all processes ---- */

/* Of the file whose hash this is. */
static tdo_status compare(const tdo_fleet *f, const char *file, const char sha256[65],
                          tdo_report *report)
{
    char first[65];
    tdo_error e = {0};
    memcpy(first, sha256, sizeof first);
    tdo_status status = fleet_tell(f, TDO_OK, first, sizeof first);
    if (status != TDO_OK || memcmp(first, sha256, sizeof first) == 0)
        return status;
    status = tdo_fail_at(&e, TDO_E_INPUT, file, 0, 0, FLEET_NOT_THE_SAME, f->place);
    tdo_report_add(report, &e);
    return status;
}

tdo_status run_check_same(const tdo_run *run, const tdo_fleet *fleet, tdo_report *report)
{
    if (!fleet)
        return TDO_OK;
    tdo_status status = compare(fleet, run->scenario->file, run->scenario->sha256, report);
    if (status == TDO_OK)
        status = compare(fleet, run->table.file, run->table.sha256, report);
    for (size_t k = 0; k < run->table.n_joined && status == TDO_OK; k++)
        status = compare(fleet, run->table.joined[k].file, run->table.joined[k].sha256, report);
    for (size_t k = 0; k < run->n_groups && status == TDO_OK; k++)
        status = compare(fleet, run->groups[k].file, run->groups[k].sha256, report);
    for (size_t k = 0; k < run->n_items && status == TDO_OK; k++)
        status = compare(fleet, run->items[k].file, run->items[k].sha256, report);
    return status;
}
