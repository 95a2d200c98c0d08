/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headings, items, bars and grids of the terminal table. */
#include "table/page.h"

#include <math.h>
#include <string.h>

static const char *kept(page_writer *p, const char *text)
{
    p->failed = p->failed || !text;
    return text ? text : "";
}

const char *page_name(page_writer *p, const char *name)
{
    return kept(p, plain_text(p->a, name));
}

const char *page_person(page_writer *p, size_t h)
{
    tdo_sink o = tdo_sink_memory(p->a);
    facts_put_person(&o, p->run, h);
    return page_name(p, page_collected(p, &o));
}

const char *page_number(page_writer *p, double x, int digits)
{
    char text[TDO_NUMBER_TEXT];
    return kept(p, tdo_copy(p->a, text, tdo_number_round(x, digits, text)));
}

const char *page_count(page_writer *p, size_t n)
{
    return kept(p, tdo_text(p->a, "%zu", n));
}

const char *page_slot(page_writer *p, uint32_t slot)
{
    return page_name(p, facts_slot_id(p->run, slot));
}

const char *page_collected(page_writer *p, const tdo_sink *o)
{
    return kept(p, o->failed ? NULL : o->text ? o->text : "");
}

const char *page_reading(page_writer *p, const amount_scale *scale, size_t c, size_t i)
{
    const double y = p->run->measured.reading[c][i];
    tdo_sink o = tdo_sink_memory(p->a);
    if (isnan(y))
        tdo_puts(&o, "-");
    else
        amount_put_bare(&o, p->run, scale, c, y);
    tdo_puts(&o, facts_is_assumed(p->run, c, i) ? "?" : "");
    return page_name(p, page_collected(p, &o));
}

const char *page_bar(page_writer *p, double x, size_t columns)
{
    static const char *const eighth[] = {"",       "\u258f", "\u258e", "\u258d",
                                         "\u258c", "\u258b", "\u258a", "\u2589"};
    tdo_sink o = tdo_sink_memory(p->a);
    double clamped = x > 1 ? 1 : x > 0 ? x : 0;
    size_t parts = p->style->ascii ? 1 : 8;
    size_t filled = (size_t)(clamped * (double)(columns * parts) + 0.5);
    for (size_t k = 0; k < filled / parts; k++)
        tdo_puts(&o, p->style->ascii ? "#" : "\u2588");
    tdo_puts(&o, eighth[filled % parts]);
    return page_collected(p, &o);
}

void page_line(page_writer *p, const char *style, const char *text)
{
    bool coloured = p->style->colour && style;
    tdo_puts(p->o, coloured ? style : "");
    plain_put_folded(p->o, page_name(p, text), p->style->width, 0, 2);
    tdo_puts(p->o, coloured ? TDO_STYLE "0m\n" : "\n");
}

void page_heading(page_writer *p, const char *text)
{
    tdo_puts(p->o, "\n");
    page_line(p, PAGE_STYLE_BOLD, text);
}

void page_item(page_writer *p, const char *text)
{
    tdo_puts(p->o, "  - ");
    plain_put_folded(p->o, page_name(p, text), p->style->width, 4, 4);
    tdo_puts(p->o, "\n");
}

void page_grid(page_writer *p, grid_table *g)
{
    do {
        tdo_puts(p->o, g->n_columns && g->column[0].told ? "\n" : "");
        grid_fit(g, p->style->width);
        grid_put(g, p->o, p->style->colour);
        p->failed = p->failed || g->failed;
    } while (grid_next(g));
}
