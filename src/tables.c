/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the tables of a run: the candidates with what is joined, the subgroups, the items. */
#include "tables.h"

#include "base/array.h"

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

tdo_status run_read_candidates(tdo_run *run, const tdo_run_options *o, tdo_report *report)
{
    tdo_status status = o->candidates ? name_other(run, o->candidates) : TDO_OK;
    const tdo_scenario *s = run->scenario;
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
