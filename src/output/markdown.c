/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result in Markdown: run --format md. */
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/words.h"
#include "output/markup.h"
#include "tradeoff/output.h"

enum { RANKING_SHOWN = 10 };

/* The set, where one is wanted: the answer. */
static tdo_status put_set(markup_writer *m)
{
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_set(m->run, m->a, &said);
    for (size_t k = 0; status == TDO_OK && k < said.n; k++) {
        tdo_puts(m->o, k ? " " : "**");
        markup_put(m, said.item[k]);
        tdo_puts(m->o, k ? "" : "**");
    }
    if (said.n)
        tdo_puts(m->o, "\n\nOf single candidates, ");
    return status;
}

static tdo_status put_head(markup_writer *m)
{
    tdo_status status = TDO_OK;
    const tdo_run *run = m->run;
    const char *title = run->scenario->title;
    tdo_puts(m->o, "# ");
    markup_put(m, title[0] ? title : "Decision");
    tdo_puts(m->o, "\n\n## Decision\n\n");
    if (run->picked)
        status = put_set(m);
    if (!run->feasible) {
        tdo_puts(m->o, "**Nothing is feasible.**");
    } else {
        const bool keeps = run->ranking.top == run->ranking.recommended &&
                           facts_keeps_today(run, run->ranking.rule);
        tdo_puts(m->o, keeps ? "Keep today's **" : "**");
        markup_put(m, facts_slot_id(run, run->ranking.recommended));
        if (keeps)
            tdo_putf(m->o, "**: under the rule %s nobody gains together",
                     tdo_rule_name[run->ranking.rule]);
        else
            tdo_putf(m->o, "** is %s under the rule %s, with score ",
                     run->picked ? "first" : "recommended", tdo_rule_name[run->ranking.rule]);
        if (!keeps)
            amount_put_rounded(m->o, facts_headline(run)->score[run->ranking.recommended],
                               SPEECH_SCORE_DIGITS);
        if (run->ranking.top != run->ranking.recommended) {
            tdo_puts(m->o, ", as the simpler one within reach of ");
            markup_put(m, facts_slot_id(run, run->ranking.top));
        }
        tdo_puts(m->o, ".");
    }
    tdo_putf(m->o, "\n%zu rows", run->measured.rows);
    if (run->measured.averaged)
        tdo_putf(m->o, ", averaged to %zu candidates", run->measured.n);
    tdo_putf(m->o, ": %zu feasible", run->screened.feasible_n);
    if (run->feasible)
        tdo_putf(m->o, " (%zu on the frontier)", run->front.count);
    tdo_putf(m->o, ", %zu infeasible, %zu dropped.\n", facts_infeasible_n(run),
             run->measured.where_dropped + run->screened.dropped_n);
    return status;
}

static tdo_status put_why(markup_writer *m)
{
    tdo_sentences why = {0};
    tdo_status status = tdo_explain_recommendation(m->run, m->a, &why);
    tdo_puts(m->o, m->run->picked ? "\n## Why, of single candidates\n\n" : "\n## Why\n\n");
    for (size_t k = 0; status == TDO_OK && k < why.n; k++) {
        tdo_puts(m->o, "- ");
        markup_put(m, why.item[k]);
        tdo_puts(m->o, "\n");
    }
    return status;
}

static void put_ranked(markup_writer *m, uint32_t k)
{
    const tdo_run *run = m->run;
    markup_cell(m);
    tdo_putf(m->o, "%u", facts_headline(run)->rank[k]);
    markup_text(m, facts_slot_id(run, k));
    markup_number(m, facts_headline(run)->score[k], SPEECH_SCORE_DIGITS);
    markup_text(m, run->front.member[k] ? "yes" : "no");
    for (size_t h = 0; h < run->utility.s; h++) {
        markup_cell(m);
        tdo_putf(m->o, "%u", facts_own_rank(run, h, k));
    }
    for (size_t c = 0; c < run->valued.d; c++) {
        tdo_sink text = tdo_sink_memory(m->a);
        tdo_put_reading(&text, &run->scenario->criteria[c], facts_reading_at(run, c, k));
        if (facts_is_assumed(run, c, run->screened.feasible[k]))
            tdo_puts(&text, " (not measured, taken as the worst)");
        markup_collected(m, &text);
    }
    markup_end(m);
}

static void put_ranking(markup_writer *m)
{
    const tdo_run *run = m->run;
    const tdo_scenario *s = run->scenario;
    tdo_puts(m->o, "\n## Ranking\n\n");
    markup_head(m, "Rank", true);
    markup_head(m, "Candidate", false);
    markup_head(m, "Score", true);
    markup_head(m, "Frontier", false);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        tdo_sink text = tdo_sink_memory(m->a);
        tdo_putf(&text, "Rank for %s", s->stakeholders[h].label);
        markup_head_collected(m, &text, true);
    }
    for (size_t c = 0; c < s->n_criteria; c++)
        markup_head(m, s->criteria[c].label, !s->criteria[c].levels);
    markup_head_end(m);
    size_t shown = 0;
    for (size_t q = 0; q < run->valued.f; q++)
        if (q < RANKING_SHOWN || run->ranking.order[q] == run->ranking.recommended) {
            put_ranked(m, run->ranking.order[q]);
            shown++;
        }
    if (run->valued.f > shown)
        tdo_putf(m->o, "\nand %zu more.\n", run->valued.f - shown);
}

static void put_needs(markup_writer *m, const tdo_stakeholder *who)
{
    const tdo_run *run = m->run;
    tdo_sink text = tdo_sink_memory(m->a);
    for (size_t k = 0; k < who->n_needs; k++) {
        const tdo_need *need = &who->needs[k];
        tdo_puts(&text, k ? "; " : "");
        speech_put_need(&text, run->scenario, need);
        if (run->feasible) {
            const tdo_criterion *c = &run->scenario->criteria[need->criterion];
            double reading = facts_reading_at(run, need->criterion, run->ranking.recommended);
            tdo_puts(&text,
                     facts_need_gap(run, need, run->screened.feasible[run->ranking.recommended]) > 0
                         ? ": not met ("
                         : ": met (");
            tdo_put_reading(&text, c, reading);
            tdo_puts(&text, ")");
        }
    }
    markup_collected(m, &text);
}

static void put_stakeholders(markup_writer *m)
{
    const tdo_run *run = m->run;
    uint32_t best = run->ranking.recommended;
    tdo_puts(m->o, "\n## Stakeholders\n\n");
    markup_head(m, "Who", false);
    markup_head(m, "Power", true);
    markup_head(m, "Weights", false);
    markup_head(m, "Needs", false);
    if (run->feasible) {
        markup_head(m, "Utility", true);
        markup_head(m, "Own rank", true);
        markup_head(m, "Regret", true);
        markup_head(m, "Own first choice", false);
    }
    markup_head_end(m);
    for (size_t h = 0; h < run->scenario->n_stakeholders; h++) {
        markup_text(m, run->scenario->stakeholders[h].label);
        markup_number(m, run->utility.power[h], 3);
        markup_weights(m, h);
        put_needs(m, &run->scenario->stakeholders[h]);
        if (run->feasible) {
            markup_number(m, facts_utility_at(run, h, best), SPEECH_SCORE_DIGITS);
            markup_cell(m);
            tdo_putf(m->o, "%u", facts_own_rank(run, h, best));
            markup_number(m, facts_regret_at(run, h, best), SPEECH_SCORE_DIGITS);
            markup_text(m, facts_slot_id(run, run->ranking.favourite[h]));
        }
        markup_end(m);
    }
}

static void put_constraints(markup_writer *m)
{
    const tdo_run *run = m->run;
    const tdo_scenario *s = run->scenario;
    tdo_puts(m->o, "\n## Constraints\n\n");
    if (!s->n_constraints) {
        tdo_puts(m->o, "None.\n");
        return;
    }
    markup_head(m, "Constraint", false);
    markup_head(m, "Owner", false);
    markup_head(m, "Why", false);
    markup_head(m, "Excludes", true);
    markup_head(m, "Alone", true);
    markup_head_end(m);
    for (size_t j = 0; j < s->n_constraints; j++) {
        tdo_sink limit = tdo_sink_memory(m->a);
        speech_put_limit_of(&limit, m->run, &s->constraints[j]);
        markup_collected(m, &limit);
        markup_text(m, speech_owner_of(s, s->constraints[j].owner));
        markup_text(m, s->constraints[j].why);
        markup_cell(m);
        tdo_putf(m->o, "%zu", run->screened.excludes[j]);
        markup_cell(m);
        tdo_putf(m->o, "%zu", run->screened.alone[j]);
        markup_end(m);
    }
}

static void put_rules(markup_writer *m)
{
    const tdo_ranking *r = &m->run->ranking;
    tdo_puts(m->o, "\n## Rules\n\n");
    markup_head(m, "Rule", false);
    markup_head(m, "Winner", false);
    markup_head(m, "Rank of the recommended one", true);
    markup_head_end(m);
    for (size_t q = 0; q < TDO_RULES; q++) {
        if (!r->by_rule[q].computed)
            continue;
        tdo_sink name = tdo_sink_memory(m->a);
        tdo_putf(&name, "%s%s", tdo_rule_name[q], q == (size_t)r->rule ? " (the headline)" : "");
        markup_collected(m, &name);
        markup_text(m, facts_slot_id(m->run, r->winner[q]));
        markup_cell(m);
        tdo_putf(m->o, "%u", r->recommended_rank[q]);
        markup_end(m);
    }
}

static tdo_status put_objections(markup_writer *m)
{
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_objections(m->run, TDO_NONE, m->a, &said);
    for (size_t k = 0; k < said.n; k++) {
        tdo_puts(m->o, k ? "- " : "\n## Objections\n\n- ");
        markup_put(m, said.item[k]);
        tdo_puts(m->o, "\n");
    }
    return status;
}

static void put_inputs(markup_writer *m)
{
    const tdo_run *run = m->run;
    tdo_puts(m->o, "\n## Inputs\n\n");
    markup_head(m, "Role", false);
    markup_head(m, "File", false);
    markup_head(m, "SHA-256", false);
    markup_head_end(m);
    markup_text(m, "scenario");
    markup_text(m, run->scenario->name);
    markup_text(m, run->scenario->sha256);
    markup_end(m);
    markup_text(m, "candidates");
    markup_text(m, run->table.name);
    markup_text(m, run->table.sha256);
    markup_end(m);
    for (size_t k = 0; k < run->warnings.n; k++) {
        tdo_puts(m->o, k ? "" : "\nWarnings:\n\n");
        tdo_putf(m->o, "- %s: ", run->warnings.item[k].code);
        markup_put(m, run->warnings.item[k].message);
        tdo_puts(m->o, "\n");
    }
    tdo_putf(m->o, "\nMade by tradeoff %s.\n", TDO_VERSION);
}

tdo_status tdo_write_markdown(const tdo_run *run, tdo_sink *o)
{
    markup_writer m = {.run = run, .o = o, .a = tdo_arena_new()};
    if (!m.a)
        return TDO_E_MEMORY;
    tdo_status status = put_head(&m);
    if (status == TDO_OK)
        status = put_why(&m);
    if (run->feasible)
        put_ranking(&m);
    put_stakeholders(&m);
    markup_meanings(&m);
    put_constraints(&m);
    if (run->feasible)
        put_rules(&m);
    if (status == TDO_OK)
        status = put_objections(&m);
    put_inputs(&m);
    if (status == TDO_OK)
        status = m.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(m.a);
    return status;
}
