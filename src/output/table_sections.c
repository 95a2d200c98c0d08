/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the table's ranking: stakeholders, constraints, rules, who is out. */
#include "base/list.h"
#include "explain/words.h"
#include "output/page.h"

enum {
    BAR = 5,
    LEVEL_SHOWN = 3, /* candidates tied with a winner; the others are counted */
    LEAST_NAME = 8,
    OUT_SHOWN = 10 /* candidates that are out; the others are counted */
};

static void may_shorten(grid_table *g, size_t column, bool names)
{
    if (g->failed)
        return;
    g->column[column].least = LEAST_NAME;
    g->column[column].names = names;
}

/* ---- stakeholders ---- */

static void put_bound(tdo_sink *o, const tdo_criterion *c, const char *sign, double bound)
{
    tdo_puts(o, sign);
    tdo_put_reading(o, c, bound);
}

static void put_need(page_writer *p, size_t h, const tdo_need *need)
{
    const tdo_run *run = p->run;
    const tdo_criterion *c = &run->scenario->criteria[need->criterion];
    double reading = facts_reading_at(run, need->criterion, run->ranking.recommended);
    double gap = facts_need_gap(need, reading);
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%s needs %s", run->scenario->stakeholders[h].label, c->label);
    if (need->has_min)
        put_bound(&o, c, " >= ", need->min);
    if (need->has_max)
        put_bound(&o, c, need->has_min ? " and <= " : " <= ", need->max);
    tdo_puts(&o, gap > 0 ? ": not met, it is " : ": met, it is ");
    tdo_put_reading(&o, c, reading);
    if (need->veto)
        tdo_puts(&o, " (veto)");
    page_item(p, page_collected(p, &o));
}

void page_stakeholders(page_writer *p)
{
    const tdo_run *run = p->run;
    const tdo_scenario *s = run->scenario;
    uint32_t best = run->ranking.recommended;
    grid_table g = grid_new(p->a, s->n_stakeholders, 2);
    size_t who = grid_add(&g, "who", GRID_ALIGN_LEFT);
    size_t power = grid_add(&g, "power", GRID_ALIGN_POINT);
    size_t utility = grid_add(&g, "utility", GRID_ALIGN_POINT);
    size_t bar = grid_add(&g, "", GRID_ALIGN_LEFT);
    size_t rank = grid_add(&g, "own rank", GRID_ALIGN_RIGHT);
    size_t regret = grid_add(&g, "gives up", GRID_ALIGN_POINT);
    size_t choice = grid_add(&g, "own first choice", GRID_ALIGN_LEFT);
    for (size_t h = 0; h < s->n_stakeholders && !g.failed; h++) {
        double u = facts_utility_at(run, h, best);
        grid_set(&g, who, h, page_name(p, s->stakeholders[h].label));
        grid_set(&g, power, h, page_number(p, run->utility.power[h], 3));
        grid_set(&g, utility, h, page_number(p, u, SPEECH_SCORE_DIGITS));
        grid_set(&g, bar, h, page_bar(p, u, BAR));
        grid_set(&g, rank, h,
                 page_count(p, run->ranking.stakeholder_rank[h * run->utility.f + best]));
        grid_set(&g, regret, h, page_number(p, facts_regret_at(run, h, best), SPEECH_SCORE_DIGITS));
        grid_set(&g, choice, h, page_slot(p, run->ranking.favourite[h]));
    }
    may_shorten(&g, who, true);
    may_shorten(&g, choice, true);
    if (!g.failed) {
        g.column[bar].gap = 1;
        g.column[bar].ornament = true;
        g.column[bar].drop = g.column[power].drop = 1;
    }
    page_heading(p, "Stakeholders, and what the recommended one gives them");
    page_grid(p, &g);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_needs; k++)
            put_need(p, h, &s->stakeholders[h].needs[k]);
}

/* ---- constraints ---- */

void page_constraints(page_writer *p)
{
    const tdo_scenario *s = p->run->scenario;
    if (!s->n_constraints)
        return;
    grid_table g = grid_new(p->a, s->n_constraints, 2);
    size_t text = grid_add(&g, "constraint", GRID_ALIGN_LEFT);
    size_t excludes = grid_add(&g, "excludes", GRID_ALIGN_RIGHT);
    size_t alone = grid_add(&g, "alone", GRID_ALIGN_RIGHT);
    size_t owner = grid_add(&g, "owner", GRID_ALIGN_LEFT);
    size_t why = grid_add(&g, "why", GRID_ALIGN_LEFT);
    for (size_t j = 0; j < s->n_constraints && !g.failed; j++) {
        grid_set(&g, text, j, page_name(p, s->constraints[j].text));
        grid_set(&g, excludes, j, page_count(p, p->run->screened.excludes[j]));
        grid_set(&g, alone, j, page_count(p, p->run->screened.alone[j]));
        grid_set(&g, owner, j, page_name(p, s->constraints[j].owner));
        grid_set(&g, why, j, page_name(p, s->constraints[j].why));
    }
    may_shorten(&g, text, true);
    may_shorten(&g, owner, false);
    may_shorten(&g, why, false);
    if (!g.failed) {
        g.column[why].drop = 1;
        g.column[owner].drop = 2;
    }
    page_heading(p, "Constraints, and whom each excludes (alone: no other one does)");
    page_grid(p, &g);
}

/* ---- rules ---- */

/* Who else is first under the rule. */
static void put_level(page_writer *p, tdo_sink *o, size_t rule)
{
    const tdo_ranking *r = &p->run->ranking;
    size_t n = 0;
    for (uint32_t i = 0; i < p->run->valued.f; i++) {
        uint32_t k = r->order[i];
        if (r->by_rule[rule].rank[k] != 1 || k == r->winner[rule])
            continue;
        if (n < LEVEL_SHOWN)
            tdo_putf(o, "%s%s", n ? ", " : " (tied with ", page_slot(p, k));
        n++;
    }
    list_rest(o, n < LEVEL_SHOWN ? n : LEVEL_SHOWN, n);
    tdo_puts(o, n ? ")" : "");
}

void page_rules(page_writer *p)
{
    const tdo_ranking *r = &p->run->ranking;
    uint64_t told = 0; /* bit q: the rule was named */
    page_heading(p, "Who wins under which rule");
    for (size_t q = 0; q < TDO_RULES; q++) {
        size_t n = 0;
        if (!r->by_rule[q].computed || (told >> q & 1))
            continue;
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_putf(&o, "%s: ", page_slot(p, r->winner[q]));
        for (size_t k = q; k < TDO_RULES; k++) {
            if (!r->by_rule[k].computed || r->winner[k] != r->winner[q])
                continue;
            told |= UINT64_C(1) << k;
            tdo_putf(&o, "%s%s%s", n++ ? ", " : "", tdo_rule_name[k],
                     k == (size_t)r->rule ? " (the headline)" : "");
            put_level(p, &o, k);
        }
        page_item(p, page_collected(p, &o));
    }
    for (size_t q = 0; q < TDO_RULES; q++)
        if (!r->by_rule[q].computed && !tdo_rule_about[q]->only_asked) {
            tdo_sink o = tdo_sink_memory(p->a);
            const char *(*lacks)(const tdo_scenario *) = tdo_rule_about[q]->lacks;
            const char *why = lacks ? lacks(p->run->scenario) : NULL;
            tdo_putf(&o, "left out: %s (%s)", tdo_rule_name[q],
                     why ? why : "not computed for so many candidates");
            page_item(p, page_collected(p, &o));
        }
}

/* ---- who is out ---- */

static void put_one_out(page_writer *p, size_t i)
{
    tdo_sentences why = {0};
    tdo_sink o = tdo_sink_memory(p->a);
    p->failed = p->failed || tdo_reasons(p->run, i, p->a, &why) != TDO_OK;
    tdo_putf(&o, "%s (%s):", p->run->measured.id[i], facts_candidate_status(p->run, i));
    for (size_t k = 0; k < why.n; k++)
        tdo_putf(&o, " %s", why.item[k]);
    page_item(p, page_collected(p, &o));
}

void page_out(page_writer *p)
{
    const tdo_run *run = p->run;
    size_t shown = 0, out = facts_infeasible_n(run) + run->screened.dropped_n;
    if (!out)
        return;
    page_heading(p, "Not in the ranking");
    for (size_t i = 0; i < run->measured.n && shown < OUT_SHOWN; i++)
        if (!facts_is_feasible(run, i)) {
            put_one_out(p, i);
            shown++;
        }
    if (out > shown)
        tdo_putf(p->o, "  and %zu more: --format json or csv has them\n", out - shown);
}
