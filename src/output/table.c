/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result for a terminal. */
#include "output/page.h"
#include "explain/words.h"

#include <math.h>

static void put_score(tdo_sink *o, double score)
{
    tdo_put_rounded(o, score, TDO_SCORE_DIGITS);
}

static void put_verdict(tdo_page *p)
{
    const tdo_run *run = p->run;
    const tdo_ranking *r = &run->ranking;
    const double *score = tdo_headline(run)->score;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "Recommended: %s (%s ", tdo_slot_id(run, r->recommended), tdo_rule_name[r->rule]);
    put_score(&o, score[r->recommended]);
    if (r->top != r->recommended) {
        tdo_putf(&o, "; preferred as simpler to %s with ", tdo_slot_id(run, r->top));
        put_score(&o, score[r->top]);
    } else if (r->runner_up == UINT32_MAX) {
        tdo_puts(&o, "; the only feasible candidate");
    } else if (fabs(r->margin) <= TDO_TIE) {
        tdo_putf(&o, "; tied with %s", tdo_slot_id(run, r->runner_up));
    } else {
        tdo_puts(&o, "; ");
        put_score(&o, r->margin);
        tdo_putf(&o, " ahead of %s", tdo_slot_id(run, r->runner_up));
    }
    tdo_puts(&o, ")");
    tdo_page_line(p, TDO_STYLE_GREEN, tdo_page_collected(p, &o));
}

static void put_counts(tdo_page *p)
{
    const tdo_run *run = p->run;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%zu rows", run->measured.rows);
    if (run->measured.averaged)
        tdo_putf(&o, ", averaged to %zu candidates", run->measured.n);
    tdo_putf(&o, ": %zu feasible", run->screened.feasible_n);
    if (run->feasible)
        tdo_putf(&o, " (%zu on the frontier)", run->front.count);
    tdo_putf(&o, ", %zu infeasible", tdo_infeasible_n(run));
    if (run->screened.dropped_n)
        tdo_putf(&o, ", %zu dropped", run->screened.dropped_n);
    if (run->measured.where_dropped)
        tdo_putf(&o, ", %zu no candidates", run->measured.where_dropped);
    tdo_page_line(p, NULL, tdo_page_collected(p, &o));
}

static void put_head(tdo_page *p)
{
    if (p->run->scenario->title[0])
        tdo_page_line(p, TDO_STYLE_BOLD, p->run->scenario->title);
    if (p->run->feasible)
        put_verdict(p);
    else
        tdo_page_line(p, TDO_STYLE_RED, "Nothing is feasible");
    put_counts(p);
}

static tdo_status put_sentences(tdo_page *p)
{
    tdo_sentences why = {0};
    tdo_status status = tdo_explain_recommendation(p->run, p->a, &why);
    if (status == TDO_OK && why.n) {
        tdo_page_heading(p, p->run->feasible ? "Why" : "Why, and what would help");
        for (size_t k = 0; k < why.n; k++)
            tdo_page_item(p, why.item[k]);
    }
    return status;
}

/* Frontier members that no group weights put first: what weighted sums hide. */
static void put_never_chosen(tdo_page *p)
{
    const tdo_choice *x = &p->run->choice;
    tdo_sink o = tdo_sink_memory(p->a);
    size_t n = 0;
    for (size_t k = 0; k < x->asked; k++) {
        uint32_t slot = x->of[k].slot;
        if (!p->run->front.member[slot] || !x->of[k].any.known || x->of[k].any.yes)
            continue;
        tdo_puts(&o, n++ ? ", " : "On the frontier, but no weights choose them under weighted: ");
        tdo_puts(&o, tdo_page_slot(p, slot));
    }
    if (n)
        tdo_page_item(p, tdo_page_collected(p, &o));
}

static tdo_status put_choice(tdo_page *p)
{
    tdo_sentences said = {0};
    if (!p->run->feasible || !p->run->choice.computed)
        return TDO_OK;
    tdo_status status = tdo_explain_choice(p->run, p->a, &said);
    if (said.n)
        tdo_page_heading(p, "How far weights may move");
    for (size_t k = 0; k < said.n; k++)
        tdo_page_item(p, said.item[k]);
    if (said.n)
        put_never_chosen(p);
    return status;
}

static void put_warnings(tdo_page *p)
{
    size_t n = p->run->warnings.n;
    if (!n)
        return;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%zu warning%s: see standard error, or \"warnings\" in the JSON result", n,
             n == 1 ? "" : "s");
    tdo_puts(p->o, "\n");
    tdo_page_line(p, TDO_STYLE_YELLOW, tdo_page_collected(p, &o));
}

tdo_status tdo_write_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    tdo_page p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    put_head(&p);
    if (run->feasible)
        tdo_page_ranking(&p);
    tdo_status status = put_sentences(&p);
    if (run->feasible)
        tdo_page_stakeholders(&p);
    tdo_page_constraints(&p);
    if (run->feasible)
        tdo_page_rules(&p);
    if (status == TDO_OK)
        status = put_choice(&p);
    if (status == TDO_OK)
        status = tdo_page_mix(&p);
    tdo_page_out(&p);
    put_warnings(&p);
    if (status == TDO_OK)
        status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
