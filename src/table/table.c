/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result for a terminal: the answer first, then what it rests on; and the answer again where
 * all is longer than the window. */
#include "table/page.h"

#include <string.h>

enum { FIRST_SHOWN = 5, LEAST_SHOWN = 3, MOST_LINES = 60 };

static tdo_status put_sentences(page_writer *p)
{
    tdo_sentences why = {0};
    tdo_status status = tdo_explain_recommendation(p->run, p->a, &why);
    if (status == TDO_OK && why.n) {
        page_heading(p, p->run->picked     ? "Why, of single candidates"
                        : p->run->feasible ? "Why"
                                           : "Why, and what would help");
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

/* The codes of the warnings, each once: standard error has them in full. */
static void put_warnings(page_writer *p)
{
    const tdo_warnings *w = &p->run->warnings;
    tdo_sink o = tdo_sink_memory(p->a);
    for (size_t k = 0; k < w->n; k++) {
        bool told = false;
        for (size_t q = 0; q < k; q++)
            told = told || strcmp(w->item[q].code, w->item[k].code) == 0;
        if (!told)
            tdo_putf(&o, "%s%s", o.length ? ", " : "", w->item[k].code);
    }
    if (!w->n)
        return;
    tdo_putf(&o, ": %s", p->style->warnings ? p->style->warnings : "see standard error");
    tdo_puts(p->o, "\n");
    page_labelled(p, "Warned", page_collected(p, &o));
}

static tdo_status put_weights(page_writer *p)
{
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_weights(p->run, p->a, &said);
    if (said.n)
        page_heading(p, "What the weights mean");
    for (size_t k = 0; k < said.n; k++)
        page_item(p, said.item[k]);
    return status;
}

/* Everything that was found, in sentences. */
static tdo_status put_reasons(page_writer *p)
{
    tdo_status status = put_sentences(p);
    if (status == TDO_OK)
        status = put_weights(p);
    if (p->run->feasible)
        page_rules(p);
    if (status == TDO_OK)
        status = put_choice(p);
    if (status == TDO_OK)
        status = page_robust(p);
    if (status == TDO_OK)
        status = page_mix(p);
    page_portfolio_reasons(p);
    if (status == TDO_OK)
        status = page_objections(p, TDO_NONE);
    page_out(p);
    return status;
}

static size_t count_shown(const tdo_run *run, const page_rows *r)
{
    return run->feasible ? run->measured.n - r->n : run->measured.n;
}

/* top: how many of the ranking are shown in any case. */
static tdo_status put_body(page_writer *p, size_t top)
{
    tdo_status status = TDO_OK;
    page_rows r = {.n = 0};
    page_portfolio(p);
    if (p->run->feasible) {
        r = page_choose_rows(p, top);
        page_people(p, &r);
        page_measured(p, &r);
        if (!p->style->draft && p->run->valued.f > 1)
            page_who_pays(p);
    }
    page_limits(p);
    if (p->style->full)
        status = put_reasons(p);
    else
        page_split(p);
    if (!p->style->full && status == TDO_OK)
        status = page_objections_to_chosen(p);
    put_warnings(p);
    if (!p->style->draft)
        page_next(p, p->style->full ? 0 : count_shown(p->run, &r));
    return status;
}

static size_t lines_of(const tdo_sink *o)
{
    size_t n = 0;
    for (size_t k = 0; k < o->length; k++)
        n += o->text[k] == '\n';
    return n;
}

/* What follows the answer: as much as MOST_LINES hold with what stands around it. */
static tdo_status make_body(page_writer *p, size_t around, tdo_sink *body)
{
    tdo_status status = TDO_OK;
    size_t top = FIRST_SHOWN;
    do {
        *body = tdo_sink_memory(p->a);
        p->o = body;
        status = put_body(p, top);
    } while (status == TDO_OK && !p->style->full && lines_of(body) + around > MOST_LINES &&
             top-- > LEAST_SHOWN);
    return status;
}

tdo_status tdo_write_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink head = tdo_sink_memory(a), body = head;
    page_writer p = {.run = run, .style = style, .o = &head, .a = a};
    tdo_answer answer = {.n = 0};
    const size_t title = run->scenario->title[0] ? 2 : 0;
    tdo_status status = a ? tdo_explain_answer(run, style->draft, a, &answer) : TDO_E_MEMORY;
    if (status == TDO_OK) {
        page_answer(&p, &answer);
        const size_t once = title + lines_of(&head);
        status = make_body(&p, style->height ? once + lines_of(&head) + 1 : once, &body);
    }
    if (status == TDO_OK)
        status = p.failed || head.failed || body.failed ? TDO_E_MEMORY : TDO_OK;
    if (status == TDO_OK) {
        p.o = o;
        if (title)
            page_line(&p, PAGE_STYLE_BOLD, run->scenario->title);
        tdo_puts(o, title ? "\n" : "");
        tdo_put(o, head.text, head.length);
        tdo_put(o, body.text ? body.text : "", body.length);
        if (style->height && title + lines_of(&head) + lines_of(&body) >= style->height) {
            tdo_puts(o, "\n");
            tdo_put(o, head.text, head.length);
        }
        status = tdo_sink_status(o);
    }
    tdo_arena_free(a);
    return status;
}
