/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as JSON, format "tradeoff-result/1": the same bytes for the same input. Its shape is
 * held by result.schema.json; a change here is a change there. */
#include "output/json_parts.h"
#include "tradeoff/output.h"

#include <string.h>

static void write_input(tdo_json *j, const char *role, const char *file, const char *sha256)
{
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "role", role);
    tdo_json_text(j, "file", file);
    tdo_json_text(j, "sha256", sha256);
    tdo_json_end(j);
}

/* Was that table read from this file, too? */
static bool is_again(const tdo_run *run, size_t k)
{
    for (size_t q = 0; q < k; q++)
        if (strcmp(run->groups[q].file, run->groups[k].file) == 0)
            return true;
    return false;
}

static void write_inputs(tdo_json *j, const tdo_run *run)
{
    const tdo_table *t = &run->table;
    tdo_json_array(j, "inputs", TDO_JSON_LINES);
    write_input(j, "scenario", run->scenario->file, run->scenario->sha256);
    write_input(j, "candidates", t->file, t->sha256);
    for (size_t k = 0; k < t->n_joined; k++)
        write_input(j, "join", t->joined[k].file, t->joined[k].sha256);
    for (size_t k = 0; k < run->n_groups; k++)
        if (!is_again(run, k))
            write_input(j, "groups", run->groups[k].file, run->groups[k].sha256);
    tdo_json_end(j);
}

static void write_warnings(tdo_json *j, const tdo_warnings *w)
{
    tdo_json_array(j, "warnings", TDO_JSON_LINES);
    for (size_t k = 0; k < w->n; k++) {
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "code", w->item[k].code);
        tdo_json_text(j, "message", w->item[k].message);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

/* rows = dropped + infeasible + feasible + averaged */
static void write_counts(tdo_json *j, const tdo_run *run, const tdo_listing *list)
{
    tdo_json_object(j, "counts", TDO_JSON_FLOW);
    tdo_json_count(j, "rows", run->measured.rows);
    tdo_json_count(j, "dropped", run->measured.where_dropped + run->screened.dropped_n);
    tdo_json_count(j, "feasible", run->screened.feasible_n);
    tdo_json_count(j, "frontier", run->feasible ? run->front.count : 0);
    tdo_json_count(j, "where", run->measured.where_dropped);
    tdo_json_count(j, "listed", list->count);
    if (run->measured.averaged)
        tdo_json_count(j, "averaged", run->measured.averaged);
    tdo_json_end(j);
}

/* The ids of the first `places` of the ranking, of frontier members only where asked. */
static void write_order(tdo_json *j, const char *key, const tdo_run *run, size_t places,
                        bool frontier_only)
{
    tdo_json_array(j, key, TDO_JSON_LINES);
    for (size_t q = 0; run->feasible && q < places; q++) {
        uint32_t k = run->ranking.order[q];
        if (!frontier_only || run->front.member[k])
            tdo_json_text(j, NULL, tdo_slot_id(run, k));
    }
    tdo_json_end(j);
}

static tdo_status write_result(tdo_json *j, const tdo_run *run, const tdo_listing *list,
                               const tdo_sentences *why, tdo_arena *a)
{
    tdo_json_object(j, NULL, TDO_JSON_LINES);
    tdo_json_text(j, "format", "tradeoff-result/1");
    tdo_json_object(j, "generator", TDO_JSON_FLOW);
    tdo_json_text(j, "name", "tradeoff");
    tdo_json_text(j, "version", TDO_VERSION);
    tdo_json_end(j);
    write_inputs(j, run);
    tdo_json_raw(j, "scenario", run->scenario->json);
    tdo_json_text(j, "title", run->scenario->title);
    tdo_json_text(j, "outcome", run->feasible ? "recommended" : "infeasible");
    write_warnings(j, &run->warnings);
    tdo_json_criteria(j, run);
    tdo_json_stakeholders(j, run);
    tdo_json_constraints(j, run);
    write_counts(j, run, list);
    tdo_status status = tdo_json_candidates(j, run, list);
    write_order(j, "frontier", run, run->screened.feasible_n, true);
    write_order(j, "ranking", run, list->ranked, false);
    tdo_json_recommendation(j, run, list, why);
    tdo_json_rules(j, run);
    if (!run->feasible)
        tdo_json_infeasible(j, run, why);
    if (status == TDO_OK)
        status = tdo_json_mix(j, run, a);
    if (status == TDO_OK)
        status = tdo_json_choice(j, run, a);
    tdo_json_end(j);
    return status;
}

tdo_status tdo_write_result(const tdo_run *run, bool all_candidates, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_listing list = {0};
    tdo_sentences why = {0};
    tdo_json j = {.o = o};
    tdo_status status = a ? tdo_list_candidates(run, all_candidates, a, &list) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_explain_recommendation(run, a, &why);
    if (status == TDO_OK)
        status = write_result(&j, run, &list, &why, a);
    if (status == TDO_OK)
        status = tdo_sink_status(o);
    tdo_arena_free(a);
    return status;
}
