/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the table's ranking: stakeholders, constraints, rules, who is out. */
#include "output/page.h"
#include "explain/words.h"

enum {
    BAR = 5,
    LEAST_NAME = 8,
    OUT_SHOWN = 10 /* candidates that are out; the others are counted */
};

static void may_shorten(tdo_grid *g, size_t column, bool names)
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

static void put_need(tdo_page *p, size_t h, const tdo_need *need)
{
    const tdo_run *run = p->run;
    const tdo_criterion *c = &run->scenario->criteria[need->criterion];
    double reading = tdo_reading_at(run, need->criterion, run->ranking.recommended);
    double gap = tdo_need_gap(need, reading);
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
    tdo_page_item(p, tdo_page_collected(p, &o));
}

void tdo_page_stakeholders(tdo_page *p)
{
    const tdo_run *run = p->run;
    const tdo_scenario *s = run->scenario;
    uint32_t best = run->ranking.recommended;
    tdo_grid g = tdo_grid_new(p->a, s->n_stakeholders, 2);
    size_t who = tdo_grid_add(&g, "who", TDO_ALIGN_LEFT);
    size_t power = tdo_grid_add(&g, "power", TDO_ALIGN_POINT);
    size_t utility = tdo_grid_add(&g, "utility", TDO_ALIGN_POINT);
    size_t bar = tdo_grid_add(&g, "", TDO_ALIGN_LEFT);
    size_t rank = tdo_grid_add(&g, "own rank", TDO_ALIGN_RIGHT);
    size_t regret = tdo_grid_add(&g, "gives up", TDO_ALIGN_POINT);
    size_t choice = tdo_grid_add(&g, "own first choice", TDO_ALIGN_LEFT);
    for (size_t h = 0; h < s->n_stakeholders && !g.failed; h++) {
        double u = tdo_utility_at(run, h, best);
        tdo_grid_set(&g, who, h, tdo_page_name(p, s->stakeholders[h].label));
        tdo_grid_set(&g, power, h, tdo_page_number(p, run->utility.power[h], 3));
        tdo_grid_set(&g, utility, h, tdo_page_number(p, u, TDO_SCORE_DIGITS));
        tdo_grid_set(&g, bar, h, tdo_page_bar(p, u, BAR));
        tdo_grid_set(&g, rank, h,
                     tdo_page_count(p, run->ranking.stakeholder_rank[h * run->utility.f + best]));
        tdo_grid_set(&g, regret, h, tdo_page_number(p, tdo_regret_at(run, h, best),
                                                    TDO_SCORE_DIGITS));
        tdo_grid_set(&g, choice, h, tdo_page_slot(p, run->ranking.favourite[h]));
    }
    may_shorten(&g, who, true);
    may_shorten(&g, choice, true);
    if (!g.failed) {
        g.column[bar].gap = 1;
        g.column[bar].ornament = true;
        g.column[bar].drop = g.column[power].drop = 1;
    }
    tdo_page_heading(p, "Stakeholders, and what the recommended one gives them");
    tdo_page_grid(p, &g);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_needs; k++)
            put_need(p, h, &s->stakeholders[h].needs[k]);
}

/* ---- constraints ---- */

void tdo_page_constraints(tdo_page *p)
{
    const tdo_scenario *s = p->run->scenario;
    if (!s->n_constraints)
        return;
    tdo_grid g = tdo_grid_new(p->a, s->n_constraints, 2);
    size_t text = tdo_grid_add(&g, "constraint", TDO_ALIGN_LEFT);
    size_t excludes = tdo_grid_add(&g, "excludes", TDO_ALIGN_RIGHT);
    size_t alone = tdo_grid_add(&g, "alone", TDO_ALIGN_RIGHT);
    size_t owner = tdo_grid_add(&g, "owner", TDO_ALIGN_LEFT);
    size_t why = tdo_grid_add(&g, "why", TDO_ALIGN_LEFT);
    for (size_t j = 0; j < s->n_constraints && !g.failed; j++) {
        tdo_grid_set(&g, text, j, tdo_page_name(p, s->constraints[j].text));
        tdo_grid_set(&g, excludes, j, tdo_page_count(p, p->run->screened.excludes[j]));
        tdo_grid_set(&g, alone, j, tdo_page_count(p, p->run->screened.alone[j]));
        tdo_grid_set(&g, owner, j, tdo_page_name(p, s->constraints[j].owner));
        tdo_grid_set(&g, why, j, tdo_page_name(p, s->constraints[j].why));
    }
    may_shorten(&g, text, true);
    may_shorten(&g, owner, false);
    may_shorten(&g, why, false);
    if (!g.failed) {
        g.column[why].drop = 1;
        g.column[owner].drop = 2;
    }
    tdo_page_heading(p, "Constraints, and whom each excludes (alone: no other one does)");
    tdo_page_grid(p, &g);
}

/* ---- rules ---- */

void tdo_page_rules(tdo_page *p)
{
    const tdo_ranking *r = &p->run->ranking;
    uint64_t told = 0; /* bit q: the rule was named */
    tdo_page_heading(p, "Who wins under which rule");
    for (size_t q = 0; q < TDO_RULES; q++) {
        size_t n = 0;
        if (!r->by_rule[q].computed || (told >> q & 1))
            continue;
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_putf(&o, "%s: ", tdo_page_slot(p, r->winner[q]));
        for (size_t k = q; k < TDO_RULES; k++) {
            if (!r->by_rule[k].computed || r->winner[k] != r->winner[q])
                continue;
            told |= UINT64_C(1) << k;
            tdo_putf(&o, "%s%s%s", n++ ? ", " : "", tdo_rule_name[k],
                     k == (size_t)r->rule ? " (the headline)" : "");
        }
        tdo_page_item(p, tdo_page_collected(p, &o));
    }
    for (size_t q = 0; q < TDO_RULES; q++)
        if (!r->by_rule[q].computed) {
            tdo_sink o = tdo_sink_memory(p->a);
            tdo_putf(&o, "not computed for so many candidates: %s", tdo_rule_name[q]);
            tdo_page_item(p, tdo_page_collected(p, &o));
        }
}

/* ---- who is out ---- */

static void put_one_out(tdo_page *p, size_t i)
{
    tdo_sentences why = {0};
    tdo_sink o = tdo_sink_memory(p->a);
    p->failed = p->failed || tdo_reasons(p->run, i, p->a, &why) != TDO_OK;
    tdo_putf(&o, "%s (%s):", p->run->measured.id[i], tdo_candidate_status(p->run, i));
    for (size_t k = 0; k < why.n; k++)
        tdo_putf(&o, " %s", why.item[k]);
    tdo_page_item(p, tdo_page_collected(p, &o));
}

void tdo_page_out(tdo_page *p)
{
    const tdo_run *run = p->run;
    size_t shown = 0, out = tdo_infeasible_n(run) + run->screened.dropped_n;
    if (!out)
        return;
    tdo_page_heading(p, "Not in the ranking");
    for (size_t i = 0; i < run->measured.n && shown < OUT_SHOWN; i++)
        if (!tdo_is_feasible(run, i)) {
            put_one_out(p, i);
            shown++;
        }
    if (out > shown)
        tdo_putf(p->o, "  and %zu more: --format json or csv has them\n", out - shown);
}
