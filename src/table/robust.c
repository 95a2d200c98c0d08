/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is, for a terminal. */
#include "explain/amount.h"
#include "explain/firsts.h"
#include "table/page.h"

#include <math.h>

enum { BAR = 10, TOP = 12 };

/* A share as percent, to the digits that its error leaves. */
static const char *percent(page_writer *p, double share, double error)
{
    tdo_sink o = tdo_sink_memory(p->a);
    uint64_t n = p->run->robust.samples;
    if (isnan(share))
        return "-";
    if (!(share > 0)) {
        tdo_puts(&o, "<");
        amount_put_rounded(&o, 300 / (double)n, 1);
        return page_collected(p, &o);
    }
    double unit = 1;
    while (unit > 1e-4 && 100 * error < unit)
        unit /= 10;
    amount_put_rounded(&o, floor(100 * share / unit + 0.5) * unit, 6);
    return page_collected(p, &o);
}

static double error_of(const page_writer *p, double share)
{
    double n = (double)p->run->robust.samples, q = (share * n + 0.5) / (n + 1);
    return sqrt(q * (1 - q) / n);
}

/* In how many percent it is first, in numbers that add to 100. */
static const char *first_of(page_writer *p, const speech_firsts *x, uint32_t slot)
{
    const tdo_robust_candidate *c = &p->run->robust.candidate[slot];
    tdo_sink o = tdo_sink_memory(p->a);
    if (!(c->first > 0))
        return percent(p, c->first, c->first_se);
    speech_put_first(&o, x, slot, "100");
    return page_collected(p, &o);
}

/* In how many it is first within the limits: never written as more than first at all. */
static const char *both_of(page_writer *p, const speech_firsts *x, uint32_t slot)
{
    const tdo_robust_candidate *c = &p->run->robust.candidate[slot];
    const double both = c->first_and_feasible;
    const double most = (x->parts[slot] + 0.5) / (100 * (double)x->per);
    return both >= c->first || both >= most ? first_of(p, x, slot)
                                            : percent(p, both, error_of(p, both));
}

static const char *plus_minus(page_writer *p, double error)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, p->style->ascii ? "+- " : "\u00b1 ");
    amount_put_rounded(&o, 100 * error, 1);
    return page_collected(p, &o);
}

/* Whoever is first now and then, best first, at most TOP; the recommended one always. */
static size_t list_leaders(const tdo_run *run, uint32_t *list)
{
    size_t n = 0;
    for (size_t k = 0; k < run->screened.feasible_n && n < TOP; k++) {
        uint32_t slot = run->ranking.order[k];
        if (run->robust.candidate[slot].first > 0 || slot == run->ranking.recommended)
            list[n++] = slot;
    }
    return n;
}

static void put_candidates(page_writer *p)
{
    const tdo_robust *x = &p->run->robust;
    uint32_t list[TOP];
    size_t n = list_leaders(p->run, list);
    speech_firsts firsts;
    p->failed = p->failed || !speech_find_firsts_by_error(p->run, p->a, &firsts);
    if (p->failed)
        return;
    grid_table g = grid_new(p->a, n, 2);
    size_t who = grid_add(&g, "candidate", GRID_ALIGN_LEFT);
    size_t first = grid_add(&g, "first %", GRID_ALIGN_POINT);
    size_t se = grid_add(&g, "", GRID_ALIGN_LEFT);
    size_t bar = grid_add(&g, "", GRID_ALIGN_LEFT);
    size_t limits = grid_add(&g, "limits hold %", GRID_ALIGN_POINT);
    size_t both = grid_add(&g, "both %", GRID_ALIGN_POINT);
    size_t front = grid_add(&g, "frontier %", GRID_ALIGN_POINT);
    for (size_t k = 0; k < n && !g.failed; k++) {
        const tdo_robust_candidate *c = &x->candidate[list[k]];
        grid_set(&g, who, k, page_slot(p, list[k]));
        grid_set(&g, first, k, first_of(p, &firsts, list[k]));
        grid_set(&g, se, k, plus_minus(p, c->first_se));
        grid_set(&g, bar, k, page_bar(p, c->first, BAR));
        grid_set(&g, limits, k, percent(p, c->feasible, error_of(p, c->feasible)));
        grid_set(&g, both, k, both_of(p, &firsts, list[k]));
        grid_set(&g, front, k,
                 isnan(c->on_frontier) ? "-"
                                       : percent(p, c->on_frontier, error_of(p, c->on_frontier)));
    }
    if (!g.failed) {
        g.column[se].gap = 1;
        g.column[bar].gap = 1;
        g.column[bar].ornament = true;
        g.column[who].names = true;
        g.column[who].least = 12;
        g.column[front].drop = 1;
    }
    page_grid(p, &g);
    tdo_puts(p->o, "\n");
}

tdo_status page_robust(page_writer *p)
{
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_robust(p->run, p->a, &said);
    if (said.n)
        page_heading(p, "How sure");
    if (p->run->sampled && p->run->robust.candidate && p->run->robust.samples &&
        facts_is_uncertain(p->run))
        put_candidates(p);
    for (size_t k = 0; k < said.n; k++)
        page_item(p, said.item[k]);
    return status;
}

tdo_status tdo_write_robust_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    if (run->scenario->title[0])
        page_line(&p, PAGE_STYLE_BOLD, run->scenario->title);
    tdo_status status = page_robust(&p);
    if (status == TDO_OK)
        status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
