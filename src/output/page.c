/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/page.h"

#include <string.h>

static const char *kept(tdo_page *p, const char *text)
{
    p->failed = p->failed || !text;
    return text ? text : "";
}

const char *tdo_page_name(tdo_page *p, const char *name)
{
    return kept(p, tdo_plain(p->a, name));
}

const char *tdo_page_number(tdo_page *p, double x, int digits)
{
    char text[TDO_NUMBER_TEXT];
    return kept(p, tdo_copy(p->a, text, tdo_number_round(x, digits, text)));
}

const char *tdo_page_count(tdo_page *p, size_t n)
{
    return kept(p, tdo_text(p->a, "%zu", n));
}

const char *tdo_page_slot(tdo_page *p, uint32_t slot)
{
    return tdo_page_name(p, tdo_slot_id(p->run, slot));
}

const char *tdo_page_collected(tdo_page *p, const tdo_sink *o)
{
    return kept(p, o->failed ? NULL : o->text ? o->text : "");
}

const char *tdo_page_bar(tdo_page *p, double x, size_t columns)
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
    return tdo_page_collected(p, &o);
}

void tdo_page_line(tdo_page *p, const char *style, const char *text)
{
    bool coloured = p->style->colour && style;
    tdo_puts(p->o, coloured ? style : "");
    tdo_put_folded(p->o, tdo_page_name(p, text), p->style->width, 0, 2);
    tdo_puts(p->o, coloured ? "\033[0m\n" : "\n");
}

void tdo_page_heading(tdo_page *p, const char *text)
{
    tdo_puts(p->o, "\n");
    tdo_page_line(p, TDO_STYLE_BOLD, text);
}

void tdo_page_item(tdo_page *p, const char *text)
{
    tdo_puts(p->o, "  - ");
    tdo_put_folded(p->o, tdo_page_name(p, text), p->style->width, 4, 4);
    tdo_puts(p->o, "\n");
}

static void name_hidden(tdo_page *p, const tdo_grid *g)
{
    tdo_sink o = tdo_sink_memory(p->a);
    for (size_t c = 0; c < g->n_columns; c++)
        if (g->column[c].hidden && !g->column[c].ornament)
            tdo_putf(&o, "%s%s", o.length ? ", " : "", g->column[c].head[0]);
    if (!o.length)
        return;
    tdo_put_blanks(p->o, g->indent);
    tdo_puts(p->o, "not shown here, too narrow: ");
    tdo_put_folded(p->o, tdo_page_collected(p, &o), p->style->width, g->indent + 28, g->indent + 2);
    tdo_puts(p->o, "\n");
}

void tdo_page_grid(tdo_page *p, tdo_grid *g)
{
    tdo_grid_fit(g, p->style->width);
    tdo_grid_put(g, p->o, p->style->colour);
    p->failed = p->failed || g->failed;
    if (!g->failed)
        name_hidden(p, g);
}
