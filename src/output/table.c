/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result for a terminal. */
#include "explain/words.h"
#include "output/page.h"

#include <math.h>

static void put_score(tdo_sink *o, double score)
{
    tdo_put_rounded(o, score, SPEECH_SCORE_DIGITS);
}

static void put_verdict(page_writer *p)
{
    const tdo_run *run = p->run;
    const tdo_ranking *r = &run->ranking;
    const double *score = facts_headline(run)->score;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "Recommended: %s (%s ", facts_slot_id(run, r->recommended),
             tdo_rule_name[r->rule]);
    put_score(&o, score[r->recommended]);
    if (r->top != r->recommended) {
        tdo_putf(&o, "; preferred as simpler to %s with ", facts_slot_id(run, r->top));
        put_score(&o, score[r->top]);
    } else if (r->runner_up == UINT32_MAX) {
        tdo_puts(&o, "; the only feasible candidate");
    } else if (isnan(r->margin)) {
        tdo_putf(&o, "; %s is next", facts_slot_id(run, r->runner_up));
    } else if (facts_headline(run)->rank[r->runner_up] == facts_headline(run)->rank[r->top]) {
        tdo_putf(&o, "; tied with %s", facts_slot_id(run, r->runner_up));
    } else if (fabs(r->margin) <= TDO_TIE && tdo_rule_about[r->rule]->second) {
        tdo_putf(&o, "; level with %s, ahead by %s", facts_slot_id(run, r->runner_up),
                 tdo_rule_about[r->rule]->second);
    } else {
        tdo_puts(&o, "; ");
        put_score(&o, r->margin);
        tdo_putf(&o, " ahead of %s", facts_slot_id(run, r->runner_up));
    }
    tdo_puts(&o, ")");
    page_line(p, PAGE_STYLE_GREEN, page_collected(p, &o));
}

static void put_counts(page_writer *p)
{
    const tdo_run *run = p->run;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%zu rows", run->measured.rows);
    if (run->measured.averaged)
        tdo_putf(&o, ", averaged to %zu candidates", run->measured.n);
    tdo_putf(&o, ": %zu feasible", run->screened.feasible_n);
    if (run->feasible)
        tdo_putf(&o, " (%zu on the frontier)", run->front.count);
    tdo_putf(&o, ", %zu infeasible", facts_infeasible_n(run));
    if (run->screened.dropped_n)
        tdo_putf(&o, ", %zu dropped", run->screened.dropped_n);
    if (run->measured.where_dropped)
        tdo_putf(&o, ", %zu no candidates", run->measured.where_dropped);
    page_line(p, NULL, page_collected(p, &o));
}

static void put_head(page_writer *p)
{
    if (p->run->scenario->title[0])
        page_line(p, PAGE_STYLE_BOLD, p->run->scenario->title);
    if (p->run->feasible)
        put_verdict(p);
    else
        page_line(p, PAGE_STYLE_RED, "Nothing is feasible");
    put_counts(p);
}

static tdo_status put_sentences(page_writer *p)
{
    tdo_sentences why = {0};
    tdo_status status = tdo_explain_recommendation(p->run, p->a, &why);
    if (status == TDO_OK && why.n) {
        page_heading(p, p->run->feasible ? "Why" : "Why, and what would help");
        for (size_t k = 0; k < why.n; k++)
            page_item(p, why.item[k]);
    }
    return status;
}

/* Frontier members that no group weights put first: what weighted sums hide. */
static void put_never_chosen(page_writer *p)
{
    const tdo_choice *x = &p->run->choice;
    tdo_sink o = tdo_sink_memory(p->a);
    size_t n = 0;
    for (size_t k = 0; k < x->asked; k++) {
        uint32_t slot = x->candidate[k].slot;
        if (!p->run->front.member[slot] || !x->candidate[k].any.known || x->candidate[k].any.yes)
            continue;
        tdo_puts(&o, n++ ? ", " : "On the frontier, but no weights choose them under weighted: ");
        tdo_puts(&o, page_slot(p, slot));
    }
    if (n)
        page_item(p, page_collected(p, &o));
}

static tdo_status put_choice(page_writer *p)
{
    tdo_sentences said = {0};
    if (!p->run->feasible || !p->run->choice.computed)
        return TDO_OK;
    tdo_status status = tdo_explain_choice(p->run, p->a, &said);
    if (said.n)
        page_heading(p, "How far weights may move");
    for (size_t k = 0; k < said.n; k++)
        page_item(p, said.item[k]);
    if (said.n)
        put_never_chosen(p);
    return status;
}

static void put_warnings(page_writer *p)
{
    size_t n = p->run->warnings.n;
    if (!n)
        return;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%zu warning%s: see standard error, or \"warnings\" in the JSON result", n,
             n == 1 ? "" : "s");
    tdo_puts(p->o, "\n");
    page_line(p, PAGE_STYLE_YELLOW, page_collected(p, &o));
}

tdo_status tdo_write_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    put_head(&p);
    if (run->feasible)
        page_ranking(&p);
    tdo_status status = put_sentences(&p);
    if (run->feasible)
        page_stakeholders(&p);
    page_constraints(&p);
    if (run->feasible)
        page_rules(&p);
    if (status == TDO_OK)
        status = put_choice(&p);
    if (status == TDO_OK)
        status = page_robust(&p);
    if (status == TDO_OK)
        status = page_mix(&p);
    page_out(&p);
    put_warnings(&p);
    if (status == TDO_OK)
        status = p.failed ? TDO_E_MEMORY : facts_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
