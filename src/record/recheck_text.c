/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a decision still stands, for the terminal. */
#include <string.h>

#include "compare/diff_parts.h"
#include "table/page.h"
#include "tradeoff/recheck.h"

static void put_verdict(page_writer *p, const tdo_record *r, const tdo_recheck *c)
{
    tdo_sink text = tdo_sink_memory(p->a);
    size_t failed = 0;
    for (size_t k = 0; k < c->n; k++)
        failed += !c->check[k].holds;
    tdo_puts(&text, "The decision for ");
    tdo_put_quoted(&text, r->decision.chosen);
    if (c->stands)
        tdo_puts(&text, " stands.");
    else
        tdo_putf(&text, " is open again: %zu of %zu checks fail.", failed, c->n);
    page_line(p, PAGE_STYLE_BOLD, page_collected(p, &text));
}

static void put_check(page_writer *p, const tdo_check *c)
{
    bool coloured = p->style->colour && !c->holds;
    tdo_puts(p->o, coloured ? PAGE_STYLE_RED : "");
    tdo_puts(p->o, c->holds ? "  holds  " : "  fails  ");
    plain_put_folded(p->o, page_name(p, c->text), p->style->width, 9, 9);
    tdo_puts(p->o, coloured ? TDO_STYLE "0m\n" : "\n");
}

static void put_decision(page_writer *p, const tdo_decision *d)
{
    tdo_sink text = tdo_sink_memory(p->a);
    tdo_putf(&text, "chosen %s%sbecause %s", d->date ? d->date : "", d->date ? " " : "",
             d->because);
    page_item(p, page_collected(p, &text));
    for (size_t k = 0; k < d->n_decided_by; k++) {
        tdo_sink who = tdo_sink_memory(p->a);
        tdo_putf(&who, "decided by %s", d->decided_by[k]);
        page_item(p, page_collected(p, &who));
    }
    for (size_t k = 0; k < d->n_dissent; k++) {
        tdo_sink who = tdo_sink_memory(p->a);
        tdo_putf(&who, "dissent: %s", d->dissent[k]);
        page_item(p, page_collected(p, &who));
    }
    for (size_t k = 0; k < d->n_accepted; k++) {
        const tdo_acceptance *said = &d->accepted[k];
        tdo_sink who = tdo_sink_memory(p->a);
        tdo_putf(&who, "accepted%s%s: %s", said->owner[0] ? " by " : "", said->owner, said->words);
        page_item(p, page_collected(p, &who));
    }
}

tdo_status tdo_write_recheck(const tdo_record *r, const tdo_recheck *check, const tdo_diff *changes,
                             const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    put_verdict(&p, r, check);
    for (size_t k = 0; k < check->n; k++)
        put_check(&p, &check->check[k]);
    page_heading(&p, "The decision");
    put_decision(&p, &r->decision);
    page_heading(&p, "What changed since");
    tdo_status status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status == TDO_OK ? tdo_write_diff_text(changes, style, o) : status;
}
