/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom nobody beats outright, for a terminal: a row for each, a column for each criterion. */
#include "explain/amount.h"
#include "table/page.h"

enum { LEAST_NAME = 24 };

static void put_members(page_writer *p, const uint32_t *list)
{
    const tdo_run *run = p->run;
    const tdo_scenario *s = run->scenario;
    const amount_scale *scale = amount_scales(run, p->a);
    grid_table g = grid_new(p->a, run->front.count, 0);
    const size_t name = grid_add(&g, "Beaten by nobody", GRID_ALIGN_LEFT);
    p->failed = p->failed || !scale;
    for (size_t k = 0; k < run->front.count && !g.failed; k++)
        grid_set(&g, name, k, page_slot(p, list[k]));
    for (size_t c = 0; c < s->n_criteria && scale && !g.failed; c++) {
        const size_t at = grid_add(&g, page_name(p, s->criteria[c].label),
                                   s->criteria[c].levels ? GRID_ALIGN_LEFT : GRID_ALIGN_RIGHT);
        for (size_t k = 0; k < run->front.count && !g.failed; k++)
            grid_set(&g, at, k, page_reading(p, scale, c, run->screened.feasible[list[k]]));
        if (!g.failed) {
            g.column[at].drop = (unsigned)(s->n_criteria - c);
            g.column[at].head[1] = s->criteria[c].levels ? "" : page_name(p, s->criteria[c].unit);
        }
    }
    if (!g.failed) {
        g.column[name].names = true;
        g.column[name].least = LEAST_NAME;
    }
    page_grid(p, &g);
}

tdo_status tdo_write_frontier_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    const uint32_t *list = p.a ? facts_frontier(run, p.a) : NULL;
    const size_t beaten = run->screened.feasible_n - run->front.count;
    if (!list) {
        tdo_arena_free(p.a);
        return TDO_E_MEMORY;
    }
    if (run->scenario->title[0]) {
        page_line(&p, PAGE_STYLE_BOLD, run->scenario->title);
        tdo_puts(o, "\n");
    }
    if (!run->front.count) {
        page_line(&p, NULL, "No candidate meets every limit: see \"tradeoff run\".");
    } else {
        put_members(&p, list);
        tdo_puts(o, "\n");
        if (beaten) {
            tdo_sink line = tdo_sink_memory(p.a);
            tdo_putf(&line, "%zu more %s every limit and %s beaten outright by one of these.",
                     beaten, beaten == 1 ? "meets" : "meet", beaten == 1 ? "is" : "are");
            page_line(&p, NULL, page_collected(&p, &line));
        }
        tdo_puts(o, "In full: --format csv\n");
    }
    const tdo_status status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
