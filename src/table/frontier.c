/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom nobody beats outright, for a terminal: a row for each, a column for each criterion. */
#include "explain/amount.h"
#include "table/page.h"

#include <math.h>

enum { LEAST_NAME = 24, VOLUME_DIGITS = 3 };

/* The column of layers, and that of what each alone reaches, where they were looked for. */
static void add_depth(page_writer *p, grid_table *g, const uint32_t *list, size_t n)
{
    const tdo_run *run = p->run;
    if (run->layers.slot) {
        const size_t at = grid_add(g, "Layer", GRID_ALIGN_RIGHT);
        for (size_t k = 0; k < n && !g->failed; k++)
            grid_set(g, at, k, page_count(p, facts_layer(run, k)));
    }
    if (run->volume) {
        const size_t at = grid_add(g, "Alone", GRID_ALIGN_POINT);
        for (size_t k = 0; k < n && !g->failed; k++) {
            const double x = facts_layer(run, k) > 1 ? (double)NAN : facts_volume(run, list[k]);
            grid_set(g, at, k, isnan(x) ? "-" : page_number(p, 100 * x, VOLUME_DIGITS));
        }
        if (!g->failed)
            g->column[at].head[1] = "%";
    }
}

static void put_members(page_writer *p, const uint32_t *list, size_t n)
{
    const tdo_run *run = p->run;
    const tdo_scenario *s = run->scenario;
    const amount_scale *scale = amount_scales(run, p->a);
    grid_table g = grid_new(p->a, n, 0);
    const size_t name =
        grid_add(&g, run->layers.slot ? "Candidate" : "Beaten by nobody", GRID_ALIGN_LEFT);
    p->failed = p->failed || !scale;
    for (size_t k = 0; k < n && !g.failed; k++)
        grid_set(&g, name, k, page_slot(p, list[k]));
    add_depth(p, &g, list, n);
    for (size_t c = 0; c < s->n_criteria && scale && !g.failed; c++) {
        const size_t at = grid_add(&g, page_name(p, s->criteria[c].label),
                                   s->criteria[c].levels ? GRID_ALIGN_LEFT : GRID_ALIGN_RIGHT);
        for (size_t k = 0; k < n && !g.failed; k++)
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

static bool lacks_volumes(const tdo_run *run)
{
    for (size_t q = 0; run->volume && q < run->front.count; q++)
        if (isnan(run->volume[q]))
            return true;
    return false;
}

tdo_status tdo_write_frontier_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    size_t n = 0;
    const uint32_t *list = p.a ? facts_frontier(run, p.a, &n) : NULL;
    const size_t beaten = run->screened.feasible_n - n;
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
        put_members(&p, list, n);
        tdo_puts(o, "\n");
        if (beaten) {
            tdo_sink line = tdo_sink_memory(p.a);
            tdo_putf(&line, "%zu more %s every limit and %s beaten outright by one of these.",
                     beaten, beaten == 1 ? "meets" : "meet", beaten == 1 ? "is" : "are");
            page_line(&p, NULL, page_collected(&p, &line));
        }
        if (run->volume)
            page_line(&p, NULL,
                      "Alone: of all that lies between worst and best in every criterion the share "
                      "that it reaches and no other one here does (the exclusive hypervolume).");
        if (lacks_volumes(run))
            page_line(
                &p, NULL,
                "Alone is not known where it would take too long: \"tradeoff help numbers\".");
        tdo_puts(o, "In full: --format csv\n");
    }
    const tdo_status status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
