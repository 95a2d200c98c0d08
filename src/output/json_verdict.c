/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's recommendation, the rules beside it, and why nothing is feasible. */
#include "output/json_parts.h"

#include <math.h>

void out_sentences(json_writer *j, const tdo_sentences *s)
{
    json_put_array(j, "sentences", JSON_LINES);
    for (size_t k = 0; k < s->n; k++)
        json_put_text(j, NULL, s->item[k]);
    json_put_end(j);
}

static void write_need(json_writer *j, const tdo_run *run, const tdo_need *need, uint32_t slot)
{
    double reading = facts_reading_at(run, need->criterion, slot);
    double gap = facts_need_gap(run, need, run->screened.feasible[slot]);
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "criterion", run->scenario->criteria[need->criterion].id);
    if (need->has_min)
        json_put_number(j, "min", need->min);
    if (need->has_max)
        json_put_number(j, "max", need->max);
    json_put_number(j, "reading", reading);
    json_put_bool(j, "met", !(gap > 0));
    json_put_number(j, "by", gap);
    json_put_end(j);
}

static void write_shares(json_writer *j, const tdo_run *run, uint32_t slot)
{
    const tdo_scenario *s = run->scenario;
    json_put_object(j, "stakeholders", JSON_LINES);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        const tdo_stakeholder *who = &s->stakeholders[h];
        json_put_object(j, who->id, JSON_FLOW);
        json_put_number(j, "utility", facts_utility_at(run, h, slot));
        json_put_count(j, "rank", facts_own_rank(run, h, slot));
        json_put_number(j, "regret", facts_regret_at(run, h, slot));
        json_put_array(j, "needs", JSON_FLOW);
        for (size_t k = 0; k < who->n_needs; k++)
            write_need(j, run, &who->needs[k], slot);
        json_put_end(j);
        json_put_end(j);
    }
    json_put_end(j);
}

/* Those that the result lists: it names nobody that it does not list. */
static void write_practical_ties(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    json_put_array(j, "practical_ties", JSON_LINES);
    for (size_t k = 0; k < run->ranking.n_tied; k++)
        if (facts_is_listed(list, run->screened.feasible[run->ranking.tied[k]]))
            json_put_text(j, NULL, facts_slot_id(run, run->ranking.tied[k]));
    json_put_end(j);
}

/* Without whom another one would be recommended, and whether everybody was asked about who could.
 */
static void write_swings(json_writer *j, const tdo_run *run)
{
    const tdo_swings *x = &run->swings;
    json_put_object(j, "without", JSON_FLOW);
    json_put_count(j, "asked", x->asked);
    json_put_bool(j, "left_out", x->left_out);
    json_put_array(j, "others", JSON_FLOW);
    for (size_t k = 0; k < x->n; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", run->measured.id[x->item[k].candidate]);
        json_put_text(j, "to", run->measured.id[x->item[k].to]);
        json_put_text(j, "through", x->item[k].through);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_end(j);
}

/* How sure the lead over each simpler one within reach is, where "simpler" asks. */
static void write_leads(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    const tdo_ranking *r = &run->ranking;
    if (!(run->scenario->simpler_shown > 0))
        return;
    json_put_object(j, "leads", JSON_FLOW);
    json_put_number(j, "level", run->scenario->simpler_shown);
    json_put_bool(j, "sampled", r->rule != TDO_RULE_WEIGHTED || !run->doubts.plain);
    json_put_object(j, "over", JSON_FLOW);
    for (size_t q = 0; q < r->n_leads; q++)
        if (facts_is_listed(list, run->screened.feasible[r->lead[q].slot]))
            json_put_number(j, facts_slot_id(run, r->lead[q].slot), r->lead[q].holds);
    json_put_end(j);
    json_put_end(j);
}

void out_recommendation(json_writer *j, const tdo_run *run, const facts_listing *list,
                        const tdo_sentences *why)
{
    const tdo_ranking *r = &run->ranking;
    if (!run->feasible) {
        json_put_null(j, "recommendation");
        return;
    }
    json_put_object(j, "recommendation", JSON_LINES);
    json_put_text(j, "id", facts_slot_id(run, r->recommended));
    json_put_text(j, "rule", tdo_rule_name[r->rule]);
    json_put_number(j, "score", facts_headline(run)->score[r->recommended]);
    json_put_text(j, "runner_up", facts_slot_id(run, r->runner_up));
    json_put_number(j, "margin", r->runner_up == UINT32_MAX ? NAN : r->margin);
    json_put_text(j, "simpler_than", r->top == r->recommended ? NULL : facts_slot_id(run, r->top));
    write_shares(j, run, r->recommended);
    out_sentences(j, why);
    write_practical_ties(j, run, list);
    write_swings(j, run);
    write_leads(j, run, list);
    json_put_end(j);
}

/* The others of rank 1, in the order of the ranking; nothing where there are none. */
static void write_level(json_writer *j, const tdo_run *run, size_t rule, const facts_listing *list)
{
    const tdo_ranking *r = &run->ranking;
    bool any = false;
    for (size_t i = 0; i < r->n_first[rule]; i++) {
        const uint32_t k = r->first[rule][i];
        if (k == r->winner[rule] || !facts_is_listed(list, run->screened.feasible[k]))
            continue;
        if (!any)
            json_put_array(j, "tied", JSON_FLOW);
        any = true;
        json_put_text(j, NULL, facts_slot_id(run, k));
    }
    if (any)
        json_put_end(j);
}

void out_rules(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    json_put_object(j, "rules", JSON_LINES);
    for (size_t q = 0; run->feasible && q < TDO_RULES; q++) {
        if (!run->ranking.by_rule[q].computed)
            continue;
        json_put_object(j, tdo_rule_name[q], JSON_FLOW);
        json_put_text(j, "winner", facts_slot_id(run, run->ranking.winner[q]));
        write_level(j, run, q, list);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_nearest(json_writer *j, const tdo_run *run)
{
    size_t i = run->infeasible.nearest;
    if (i == TDO_NONE) {
        json_put_null(j, "nearest");
        return;
    }
    json_put_object(j, "nearest", JSON_FLOW);
    json_put_text(j, "id", run->measured.id[i]);
    json_put_array(j, "misses", JSON_FLOW);
    for (size_t k = 0; k < run->measured.m; k++) {
        if (!(run->screened.broken[i] >> k & 1))
            continue;
        json_put_object(j, NULL, JSON_FLOW);
        json_put_count(j, "constraint", k);
        json_put_number(j, "by",
                        tdo_shortfall(run->scenario, &run->measured, &run->screened, k, i));
        const tdo_limit_doubt *judge = tdo_judge_of(run->scenario, &run->doubts, k);
        if (judge)
            json_put_number(j, "holds", judge->holds[i]);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_end(j);
}

static void write_relaxation(json_writer *j, const tdo_run *run, const tdo_relaxation *r)
{
    json_put_object(j, NULL, JSON_FLOW);
    json_put_count(j, "constraint", r->constraint);
    if (r->word)
        json_put_text(j, "to", r->word);
    else
        json_put_number(j, "to", r->to);
    json_put_number(j, "by", r->by);
    json_put_text(j, "admits", run->measured.id[r->admits]);
    json_put_end(j);
}

void out_infeasible(json_writer *j, const tdo_run *run, const tdo_sentences *why)
{
    const tdo_infeasible *no = &run->infeasible;
    json_put_object(j, "infeasible", JSON_LINES);
    json_put_array(j, "conflict", JSON_FLOW);
    for (size_t k = 0; k < no->n_conflict; k++)
        json_put_count(j, NULL, no->conflict[k]);
    json_put_end(j);
    if (!no->proven)
        json_put_bool(j, "smallest", false);
    write_nearest(j, run);
    json_put_array(j, "relax", JSON_LINES);
    for (size_t k = 0; k < no->n_relax; k++)
        write_relaxation(j, run, &no->relax[k]);
    json_put_end(j);
    out_sentences(j, why);
    json_put_end(j);
}
