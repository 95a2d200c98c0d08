/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of a decision record: those that somebody would choose, and the best others. */
#include <string.h>

#include "explain/amount.h"
#include "explain/words.h"
#include "record/parts.h"

enum { OPTIONS = 12 }; /* besides those that somebody would choose */

/* ---- who is an option ---- */

typedef struct options {
    size_t *item; /* [n] candidates */
    size_t n;
    size_t left_out; /* feasible ones that are not listed */
} options;

static void add(options *x, size_t i)
{
    for (size_t k = 0; k < x->n; k++)
        if (x->item[k] == i)
            return;
    x->item[x->n++] = i;
}

static void add_slot(options *x, const tdo_run *run, uint32_t slot)
{
    if (slot != UINT32_MAX)
        add(x, run->screened.feasible[slot]);
}

/* The chosen one, the recommended one, what runs today, who is somebody's first choice; then those
 * on the frontier, best first, as far as there is room. */
static options find_options(const record_page *p)
{
    const tdo_run *run = p->m.run;
    const tdo_ranking *r = &run->ranking;
    size_t most = 5 + TDO_RULES + run->scenario->n_stakeholders + OPTIONS, listed = 0;
    options x = {.item = tdo_alloc(p->m.a, most, sizeof *x.item)};
    if (!x.item)
        return x;
    add(&x, p->s->i);
    if (run->feasible) {
        add_slot(&x, run, r->recommended);
        add_slot(&x, run, r->runner_up);
        add_slot(&x, run, r->top);
        for (size_t q = 0; q < TDO_RULES; q++)
            if (r->by_rule[q].computed)
                add_slot(&x, run, r->winner[q]);
        for (size_t h = 0; h < run->utility.s; h++)
            add_slot(&x, run, r->favourite[h]);
    }
    if (run->measured.incumbent != TDO_NONE)
        add(&x, run->measured.incumbent);
    for (size_t q = 0; run->feasible && q < run->front.count && x.n < OPTIONS; q++)
        add_slot(&x, run, r->front[q]);
    for (size_t k = 0; k < x.n; k++)
        listed += facts_is_feasible(run, x.item[k]);
    x.left_out = run->screened.feasible_n - listed;
    return x;
}

/* ---- the list ---- */

static void put_place(tdo_sink *o, const tdo_run *run, size_t i)
{
    if (run->measured.dropped[i]) {
        tdo_puts(o, "left out, not everything was measured");
    } else if (!facts_is_feasible(run, i)) {
        tdo_puts(o, "infeasible");
    } else {
        uint32_t slot = run->screened.slot[i];
        tdo_putf(o, "number %u of %zu, ", facts_headline(run)->rank[slot], run->valued.f);
        if (slot == run->ranking.top && facts_keeps_today(run, run->ranking.rule)) {
            tdo_puts(o, "kept because nobody gains together");
        } else {
            tdo_puts(o, "score ");
            amount_put_rounded(o, facts_headline(run)->score[slot], SPEECH_SCORE_DIGITS);
        }
    }
}

static void put_roles(tdo_sink *o, const record_page *p, size_t i)
{
    const tdo_run *run = p->m.run;
    uint32_t slot = facts_is_feasible(run, i) ? run->screened.slot[i] : UINT32_MAX;
    if (i == p->s->i)
        tdo_puts(o, "; chosen");
    if (slot != UINT32_MAX && slot == run->ranking.recommended)
        tdo_puts(o, "; recommended by the analysis");
    if (i == run->measured.incumbent)
        tdo_puts(o, "; runs today");
    for (size_t h = 0; slot != UINT32_MAX && h < run->utility.s; h++)
        if (run->ranking.favourite[h] == slot)
            tdo_putf(o, "; first choice of %s", run->scenario->stakeholders[h].label);
}

void record_options(record_page *p)
{
    options x = find_options(p);
    p->m.failed = p->m.failed || !x.item;
    tdo_puts(p->m.o, "\n## Considered Options\n\n");
    for (size_t k = 0; k < x.n; k++) {
        tdo_sink text = tdo_sink_memory(p->m.a);
        tdo_puts(&text, ": ");
        put_place(&text, p->m.run, x.item[k]);
        put_roles(&text, p, x.item[k]);
        tdo_puts(p->m.o, "- **");
        markup_put(&p->m, p->m.run->measured.id[x.item[k]]);
        tdo_puts(p->m.o, "**");
        p->m.failed = p->m.failed || text.failed;
        markup_put(&p->m, text.failed ? "" : text.text);
        tdo_puts(p->m.o, "\n");
    }
    if (x.left_out)
        tdo_putf(p->m.o, "\nOthers that meet every limit: %zu.\n", x.left_out);
}

/* ---- pros and cons ---- */

static void put_readings(record_page *p, size_t i)
{
    const tdo_run *run = p->m.run;
    tdo_sink text = tdo_sink_memory(p->m.a);
    for (size_t c = 0; c < run->measured.d; c++) {
        tdo_putf(&text, "%s%s ", c ? "; " : "", run->scenario->criteria[c].label);
        tdo_put_reading(&text, &run->scenario->criteria[c], run->measured.reading[c][i]);
    }
    p->m.failed = p->m.failed || text.failed;
    markup_put(&p->m, text.failed ? "" : text.text);
    tdo_puts(p->m.o, "\n\n");
}

/* "Good, because compared with "x" it is better in ..." (sign 1); nothing where it is not. */
static void put_against(record_page *p, size_t i, int sign, size_t other)
{
    const tdo_run *run = p->m.run;
    tdo_sink lead = tdo_sink_memory(p->m.a), text = tdo_sink_memory(p->m.a);
    speech_put_surely(&lead, run, i, sign, other);
    p->m.failed = p->m.failed || lead.failed;
    if (!lead.length || lead.failed)
        return;
    tdo_putf(&text, "%s, because compared with ", sign > 0 ? "Good" : "Bad");
    speech_put_candidate(&text, run, other);
    tdo_putf(&text, " it is %s in %s", sign > 0 ? "better" : "worse", lead.text);
    record_item(p, &text);
}

static void put_reasons(record_page *p, size_t i)
{
    tdo_sentences why = {0};
    if (tdo_reasons(p->m.run, i, p->m.a, &why) != TDO_OK) {
        p->m.failed = true;
        return;
    }
    for (size_t k = 0; k < why.n; k++) {
        tdo_sink text = tdo_sink_memory(p->m.a);
        tdo_putf(&text, "Bad, because %s", why.item[k]);
        record_item(p, &text);
    }
}

/* Unless it is the one that i was compared with already. */
static void put_dominator(record_page *p, size_t i, size_t compared)
{
    const tdo_run *run = p->m.run;
    tdo_sink text = tdo_sink_memory(p->m.a);
    if (!facts_is_feasible(run, i))
        return;
    const tdo_case k = tdo_case_of(run);
    const uint32_t by = tdo_dominator(&k, run->screened.slot[i]);
    if (by == UINT32_MAX || run->screened.feasible[by] == compared)
        return;
    tdo_puts(&text, "Bad, because ");
    speech_put_candidate(&text, run, run->screened.feasible[by]);
    tdo_puts(&text, " is no worse in anything and better in ");
    speech_put_lead(&text, run, run->screened.feasible[by], i);
    record_item(p, &text);
}

/* Whom to compare option i with: the chosen one; the chosen one itself with the recommended one, or
 * else with the runner-up. TDO_NONE: there is nobody. */
static size_t opponent(const record_page *p, size_t i)
{
    const tdo_run *run = p->m.run;
    if (i != p->s->i)
        return p->s->i;
    if (!run->feasible)
        return TDO_NONE;
    uint32_t slot = p->s->recommended ? run->ranking.runner_up : run->ranking.recommended;
    return slot == UINT32_MAX ? TDO_NONE : run->screened.feasible[slot];
}

static void put_option(record_page *p, size_t i)
{
    size_t other = opponent(p, i);
    tdo_puts(p->m.o, "\n### ");
    markup_put(&p->m, p->m.run->measured.id[i]);
    tdo_puts(p->m.o, "\n\n");
    put_readings(p, i);
    if (other != TDO_NONE) {
        put_against(p, i, 1, other);
        put_against(p, i, -1, other);
    }
    put_dominator(p, i, other);
    put_reasons(p, i);
}

void record_pros_and_cons(record_page *p)
{
    options x = find_options(p);
    p->m.failed = p->m.failed || !x.item;
    tdo_puts(p->m.o, "\n## Pros and Cons of the Options\n");
    for (size_t k = 0; k < x.n; k++)
        put_option(p, x.item[k]);
}
