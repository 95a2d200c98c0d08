/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's recommendation, the rules beside it, and why nothing is feasible. */
#include "output/json_parts.h"

#include <math.h>

void tdo_json_sentences(tdo_json *j, const tdo_sentences *s)
{
    tdo_json_array(j, "sentences", TDO_JSON_LINES);
    for (size_t k = 0; k < s->n; k++)
        tdo_json_text(j, NULL, s->item[k]);
    tdo_json_end(j);
}

static void write_need(tdo_json *j, const tdo_run *run, const tdo_need *need, uint32_t slot)
{
    double reading = tdo_reading_at(run, need->criterion, slot);
    double gap = tdo_need_gap(need, reading);
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "criterion", run->scenario->criteria[need->criterion].id);
    if (need->has_min)
        tdo_json_number(j, "min", need->min);
    if (need->has_max)
        tdo_json_number(j, "max", need->max);
    tdo_json_number(j, "reading", reading);
    tdo_json_bool(j, "met", !(gap > 0));
    tdo_json_number(j, "by", gap);
    tdo_json_end(j);
}

static void write_shares(tdo_json *j, const tdo_run *run, uint32_t slot)
{
    const tdo_scenario *s = run->scenario;
    tdo_json_object(j, "stakeholders", TDO_JSON_LINES);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        const tdo_stakeholder *who = &s->stakeholders[h];
        tdo_json_object(j, who->id, TDO_JSON_FLOW);
        tdo_json_number(j, "utility", tdo_utility_at(run, h, slot));
        tdo_json_count(j, "rank", run->ranking.stakeholder_rank[h * run->utility.f + slot]);
        tdo_json_number(j, "regret", tdo_regret_at(run, h, slot));
        tdo_json_array(j, "needs", TDO_JSON_FLOW);
        for (size_t k = 0; k < who->n_needs; k++)
            write_need(j, run, &who->needs[k], slot);
        tdo_json_end(j);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

/* Those that the result lists: it names nobody that it does not list. */
static void write_practical_ties(tdo_json *j, const tdo_run *run, const tdo_listing *list)
{
    tdo_json_array(j, "practical_ties", TDO_JSON_LINES);
    for (size_t k = 0; k < run->ranking.n_tied; k++)
        if (tdo_is_listed(list, run->screened.feasible[run->ranking.tied[k]]))
            tdo_json_text(j, NULL, tdo_slot_id(run, run->ranking.tied[k]));
    tdo_json_end(j);
}

void tdo_json_recommendation(tdo_json *j, const tdo_run *run, const tdo_listing *list,
                             const tdo_sentences *why)
{
    const tdo_ranking *r = &run->ranking;
    if (!run->feasible) {
        tdo_json_null(j, "recommendation");
        return;
    }
    tdo_json_object(j, "recommendation", TDO_JSON_LINES);
    tdo_json_text(j, "id", tdo_slot_id(run, r->recommended));
    tdo_json_text(j, "rule", tdo_rule_name[r->rule]);
    tdo_json_number(j, "score", tdo_headline(run)->score[r->recommended]);
    tdo_json_text(j, "runner_up", tdo_slot_id(run, r->runner_up));
    tdo_json_number(j, "margin", r->runner_up == UINT32_MAX ? NAN : r->margin);
    tdo_json_text(j, "simpler_than", r->top == r->recommended ? NULL : tdo_slot_id(run, r->top));
    write_shares(j, run, r->recommended);
    tdo_json_sentences(j, why);
    write_practical_ties(j, run, list);
    tdo_json_end(j);
}

void tdo_json_rules(tdo_json *j, const tdo_run *run)
{
    tdo_json_object(j, "rules", TDO_JSON_LINES);
    for (size_t q = 0; run->feasible && q < TDO_RULES; q++) {
        if (!run->ranking.by_rule[q].computed)
            continue;
        tdo_json_object(j, tdo_rule_name[q], TDO_JSON_FLOW);
        tdo_json_text(j, "winner", tdo_slot_id(run, run->ranking.winner[q]));
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_nearest(tdo_json *j, const tdo_run *run)
{
    size_t i = run->infeasible.nearest;
    if (i == TDO_NONE) {
        tdo_json_null(j, "nearest");
        return;
    }
    tdo_json_object(j, "nearest", TDO_JSON_FLOW);
    tdo_json_text(j, "id", run->measured.id[i]);
    tdo_json_array(j, "misses", TDO_JSON_FLOW);
    for (size_t k = 0; k < run->measured.m; k++) {
        if (!(run->screened.broken[i] >> k & 1))
            continue;
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_count(j, "constraint", k);
        tdo_json_number(j, "by", tdo_miss(run->scenario, &run->measured, k, i));
        tdo_json_end(j);
    }
    tdo_json_end(j);
    tdo_json_end(j);
}

static void write_relaxation(tdo_json *j, const tdo_run *run, const tdo_relaxation *r)
{
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_count(j, "constraint", r->constraint);
    if (r->word)
        tdo_json_text(j, "to", r->word);
    else
        tdo_json_number(j, "to", r->to);
    tdo_json_number(j, "by", r->by);
    tdo_json_text(j, "admits", run->measured.id[r->admits]);
    tdo_json_end(j);
}

void tdo_json_infeasible(tdo_json *j, const tdo_run *run, const tdo_sentences *why)
{
    const tdo_infeasible *no = &run->infeasible;
    tdo_json_object(j, "infeasible", TDO_JSON_LINES);
    tdo_json_array(j, "conflict", TDO_JSON_FLOW);
    for (size_t k = 0; k < no->n_conflict; k++)
        tdo_json_count(j, NULL, no->conflict[k]);
    tdo_json_end(j);
    if (!no->proven)
        tdo_json_bool(j, "smallest", false);
    write_nearest(j, run);
    tdo_json_array(j, "relax", TDO_JSON_LINES);
    for (size_t k = 0; k < no->n_relax; k++)
        write_relaxation(j, run, &no->relax[k]);
    tdo_json_end(j);
    tdo_json_sentences(j, why);
    tdo_json_end(j);
}
