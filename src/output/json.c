/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as JSON, format "tradeoff-result/1": the same bytes for the same input. Its shape is
 * held by result.schema.json; a change here is a change there. */
#include "output/json_parts.h"
#include "tradeoff/output.h"

#include <string.h>

void out_inputs(json_writer *j, const tdo_run *run)
{
    facts_input x;
    json_put_array(j, "inputs", JSON_LINES);
    for (size_t at = 0; facts_next_input(run, &at, &x);) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "role", x.role);
        json_put_text(j, "file", x.file);
        json_put_text(j, "sha256", x.sha256);
        json_put_end(j);
    }
    json_put_end(j);
}

/* rows = dropped + infeasible + feasible + averaged */
static void write_counts(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    json_put_object(j, "counts", JSON_FLOW);
    json_put_count(j, "rows", run->measured.rows);
    json_put_count(j, "dropped", run->measured.where_dropped + run->screened.dropped_n);
    json_put_count(j, "feasible", run->screened.feasible_n);
    json_put_count(j, "frontier", run->feasible ? run->front.count : 0);
    json_put_count(j, "where", run->measured.where_dropped);
    json_put_count(j, "listed", list->count);
    if (run->measured.averaged)
        json_put_count(j, "averaged", run->measured.averaged);
    json_put_end(j);
}

/* The ids of the first `places` of the ranking, of frontier members only where asked. */
static void write_order(json_writer *j, const char *key, const tdo_run *run, size_t places,
                        bool frontier_only)
{
    json_put_array(j, key, JSON_LINES);
    for (size_t q = 0; run->feasible && q < places; q++) {
        uint32_t k = run->ranking.order[q];
        if (!frontier_only || run->front.member[k])
            json_put_text(j, NULL, facts_slot_id(run, k));
    }
    json_put_end(j);
}

static tdo_status write_result(json_writer *j, const tdo_run *run, const facts_listing *list,
                               const tdo_sentences *why, tdo_arena *a)
{
    json_put_object(j, NULL, JSON_LINES);
    json_put_format(j, "tradeoff-result/1");
    out_inputs(j, run);
    json_put_raw(j, "scenario", run->scenario->json);
    json_put_text(j, "title", run->scenario->title);
    json_put_text(j, "outcome", run->feasible ? "recommended" : "infeasible");
    json_put_warnings(j, &run->warnings);
    out_criteria(j, run, list);
    out_stakeholders(j, run);
    tdo_status status = out_constraints(j, run, list, a);
    write_counts(j, run, list);
    if (status == TDO_OK)
        status = out_candidates(j, run, list);
    write_order(j, "frontier", run, run->screened.feasible_n, true);
    write_order(j, "ranking", run, list->ranked, false);
    out_recommendation(j, run, list, why);
    out_rules(j, run, list);
    if (!run->feasible)
        out_infeasible(j, run, why);
    if (status == TDO_OK)
        status = out_mix(j, run, a);
    if (status == TDO_OK)
        status = out_choice(j, run, a);
    if (status == TDO_OK)
        status = out_robust(j, run, list, a);
    if (status == TDO_OK)
        out_information(j, run);
    if (status == TDO_OK)
        out_agreement(j, run, a);
    if (status == TDO_OK)
        status = out_portfolio(j, run, a);
    if (run->in_parts) /* no pass is to follow */
        json_put_null(j, "next");
    json_put_end(j);
    return status;
}

tdo_status tdo_write_result(const tdo_run *run, bool all_candidates, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    facts_listing list = {0};
    tdo_sentences why = {0};
    json_writer j = {.o = o};
    tdo_status status = a ? facts_list_candidates(run, all_candidates, a, &list) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_explain_recommendation(run, a, &why);
    if (status == TDO_OK)
        status = write_result(&j, run, &list, &why, a);
    if (status == TDO_OK)
        status = tdo_sink_status(o);
    tdo_arena_free(a);
    return status;
}
