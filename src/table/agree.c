/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agreement is near, for a terminal. */
#include "table/agree.h"
#include "base/decimal.h"
#include "explain/amount.h"
#include "explain/words.h"

#include <math.h>
#include <string.h>

enum { NAMED = 3, LABEL = 8, LEAST_CRITERION = 16 };

#define AS_NEAR 1e-9 /* of the weight: what rounding leaves between two that are equally near */

static const tdo_agreement *agreed(const page_writer *p)
{
    return &p->run->agreement;
}

static const char *label(page_writer *p, size_t h)
{
    return page_person(p, h);
}

/* "Least   text", folded. */
static void put_line(page_writer *p, const char *head, const tdo_sink *text)
{
    const bool bold = p->style->colour;
    tdo_putf(p->o, "%s%-*s%s", bold ? PAGE_STYLE_BOLD : "", LABEL, head,
             bold ? TDO_STYLE "0m" : "");
    plain_put_folded(p->o, page_collected(p, text), p->style->width, LABEL, LABEL);
    tdo_puts(p->o, "\n");
}

static const tdo_agree_candidate *of_slot(const page_writer *p, uint32_t slot)
{
    for (size_t i = 0; i < agreed(p)->n; i++)
        if (agreed(p)->of[i].slot == slot)
            return &agreed(p)->of[i];
    return NULL;
}

/* ---- the verdict ---- */

static bool people_without_power(const page_writer *p)
{
    bool found = false;
    for (size_t h = 0; h < p->run->utility.s; h++)
        found = found || !facts_has_power(p->run, h);
    return found;
}

static void put_moves(page_writer *p, const tdo_agree_candidate *x)
{
    const size_t people = p->run->scenario->n_stakeholders;
    const char **move = page_agree_moves(p, x);
    tdo_sink o = tdo_sink_memory(p->a);
    size_t still = 0, n = 0, last = 0;
    for (size_t h = 0; h < people && move; h++) {
        if (!facts_has_power(p->run, h))
            continue; /* not in the total */
        if (!(x->move[h].change > 0)) {
            still++;
            last = h;
            continue;
        }
        tdo_putf(&o, "%s%s %s", n++ ? ", " : "", label(p, h), move[h]);
    }
    if (!n)
        tdo_puts(&o, people_without_power(p) ? "nobody who has power would have to"
                                             : "nobody would have to");
    else if (still == 1)
        tdo_putf(&o, "; %s not at all", label(p, last));
    else if (still)
        tdo_putf(&o, "; the other %zu not at all", still);
    put_line(p, "Moves", &o);
}

static void put_needs(page_writer *p)
{
    const tdo_agree_needs *n = &agreed(p)->needs;
    tdo_sink o = tdo_sink_memory(p->a);
    if (!n->asked)
        return;
    if (n->n_single) {
        tdo_putf(&o, "%zu candidate%s ", n->n_single, n->n_single == 1 ? " meets" : "s meet");
        tdo_putf(&o, n->asked == 1 ? "the only one: " : "all %zu: ", n->asked);
        for (size_t q = 0; q < n->n_single && q < NAMED; q++)
            tdo_putf(&o, "%s%s", q ? ", " : "", page_slot(p, n->single[q]));
        if (n->n_single > NAMED)
            tdo_putf(&o, " and %zu more", n->n_single - NAMED);
    } else if (n->split) {
        tdo_puts(&o, "no candidate meets all of them, but a split does: ");
        for (size_t q = 0; q < n->n_shares; q++) {
            const bool range = n->n_shares == 2;
            tdo_puts(&o, q ? " with " : "");
            amount_put_rounded(&o, ceil(100 * (range ? n->range[q][0] : n->share[q].share) - 1e-9),
                               3);
            if (range) {
                tdo_puts(&o, " to ");
                amount_put_rounded(&o, floor(100 * n->range[q][1] + 1e-9), 3);
            }
            tdo_putf(&o, "%% %s", page_name(p, p->run->measured.id[n->share[q].candidate]));
        }
        if (!n->within_mix)
            tdo_puts(&o, " (the limits of the scenario's split would have to give way)");
    } else {
        tdo_puts(&o, n->n_clashes
                         ? "no candidate meets all of them, and no split"
                         : "no candidate meets all of them; whether a split does is not known");
    }
    put_line(p, "Needs", &o);
}

static void put_clashes(page_writer *p)
{
    const tdo_agree_needs *n = &agreed(p)->needs;
    const tdo_scenario *s = p->run->scenario;
    for (size_t q = 0; q < n->n_clashes; q++) {
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_puts(&o, n->clash_size[q] == 1 ? "No split meets " : "No split meets together ");
        for (size_t i = 0; i < n->clash_size[q]; i++) {
            size_t h = 0;
            const tdo_need *need = tdo_need_at(s, n->clash[q][i], &h);
            tdo_putf(&o, "%s%s: ", i ? "; " : "", label(p, h));
            speech_put_need(&o, s, need);
        }
        page_item(p, page_collected(p, &o));
    }
}

static void put_accept(page_writer *p)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, "so that nobody is more than ");
    amount_put_rounded(&o, 100 * agreed(p)->accept, 4);
    if (agreed(p)->share)
        tdo_puts(&o, "% of the way from an own favourite to what is worst for them");
    else
        tdo_putf(&o, "%s of 100 below an own favourite", amount_point(100 * agreed(p)->accept, 4));
    put_line(p, "How", &o);
}

/* Others for whom as little would move. */
static void put_as_near(page_writer *p, tdo_sink *o)
{
    const tdo_agreement *x = agreed(p);
    size_t n = 0;
    while (n + 1 < x->n && x->of[n + 1].total - x->of[0].total <= AS_NEAR)
        n++;
    if (n == 0)
        return;
    tdo_putf(o, "; for %s%s", n == 1 ? "" : "each of ", page_slot(p, x->of[1].slot));
    if (n == 2)
        tdo_putf(o, " and %s", page_slot(p, x->of[2].slot));
    else if (n > 2)
        tdo_putf(o, " and %zu more", n - 1);
    tdo_puts(o, ", too");
}

static void put_verdict(page_writer *p)
{
    const tdo_agreement *x = agreed(p);
    tdo_sink o = tdo_sink_memory(p->a), instead = tdo_sink_memory(p->a);
    if (x->least == UINT32_MAX) {
        tdo_puts(&o, "none: for each candidate there is somebody whom no weights bring there");
        put_line(p, "Least", &o);
        put_accept(p);
        put_needs(p);
        return;
    }
    tdo_putf(&o, "%s: %s percentage%s of weight would move%s", page_slot(p, x->least),
             page_agree_points(p, x->of[0].total),
             amount_point(floor(100 * x->of[0].total + 0.5), 3),
             people_without_power(p) ? ", of those who have power" : "");
    put_as_near(p, &o);
    put_line(p, "Least", &o);
    put_accept(p);
    put_moves(p, &x->of[0]);
    const uint32_t now = p->run->ranking.recommended;
    const tdo_agree_candidate *first = of_slot(p, now);
    if (now != x->least && first) {
        tdo_putf(&instead, "%s, which is first now, ", page_slot(p, now));
        if (isnan(first->total))
            tdo_puts(&instead, "cannot be: somebody is never that near to it");
        else
            tdo_putf(&instead, "would take %s", page_agree_points(p, first->total));
        put_line(p, "Instead", &instead);
    }
    put_needs(p);
}

/* ---- person by person ---- */

static const char *percent(page_writer *p, double weight)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, page_agree_points(p, weight));
    tdo_puts(&o, "%");
    return page_collected(p, &o);
}

static void put_people(page_writer *p, const tdo_agree_candidate *x)
{
    const tdo_scenario *s = p->run->scenario;
    const size_t d = s->n_criteria;
    grid_table g = grid_new(p->a, s->n_stakeholders * d, 0);
    const size_t who = grid_add(&g, "", GRID_ALIGN_LEFT), what = grid_add(&g, "", GRID_ALIGN_LEFT);
    const size_t now = grid_add(&g, "now", GRID_ALIGN_RIGHT);
    const size_t then = grid_add(&g, "would be", GRID_ALIGN_RIGHT);
    size_t rows = 0;
    for (size_t h = 0; h < s->n_stakeholders && !g.failed; h++)
        for (size_t c = 0, n = 0; c < d && x->move[h].change > 0; c++) {
            const double was = p->run->utility.weight[h * d + c], is = x->move[h].weights[c];
            if (fabs(was - is) < 5e-4)
                continue;
            grid_set(&g, who, rows, n++ ? "" : label(p, h));
            grid_set(&g, what, rows, page_name(p, s->criteria[c].label));
            grid_set(&g, now, rows, percent(p, was));
            grid_set(&g, then, rows++, percent(p, is));
        }
    p->failed |= g.failed;
    if (!rows || g.failed)
        return;
    g.column[what].wraps = true;
    g.column[what].least = LEAST_CRITERION;
    g.n_rows = rows;
    page_heading(p, "The one with the least, person by person");
    page_grid(p, &g);
}

/* ---- what would make up for it ---- */

static void put_compensation(page_writer *p, const tdo_agree_candidate *x)
{
    const tdo_scenario *s = p->run->scenario;
    const size_t unit = agreed(p)->unit;
    if (unit == TDO_NONE)
        return;
    const tdo_criterion *c = &s->criteria[unit];
    size_t n = 0;
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        const double by = x->said[h];
        const bool regrets = facts_regret_at(p->run, h, x->slot) > TDO_TIE;
        tdo_sink o = tdo_sink_memory(p->a);
        if (isnan(by) || !(fabs(by) > 0))
            continue;
        if (!n++) {
            tdo_sink head = tdo_sink_memory(p->a);
            tdo_putf(&head, "What would make up for it, with %s", page_slot(p, x->slot));
            page_heading(p, page_collected(p, &head));
        }
        tdo_putf(&o, "%s would %s %s", label(p, h),
                 regrets ? "be as well off as with an own favourite, given" : "stay, even with",
                 page_name(p, c->label));
        tdo_puts(&o, by > 0 ? " +" : " ");
        amount_put_grouped(&o, by);
        amount_put_unit_apart(&o, c, by);
        page_item(p, page_collected(p, &o));
    }
}

tdo_status tdo_write_agree_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    if (run->scenario->title[0]) {
        page_line(&p, PAGE_STYLE_BOLD, run->scenario->title);
        tdo_puts(o, "\n");
    }
    if (!run->agreed) {
        page_line(&p, NULL, "No candidate meets every limit: see \"tradeoff run\".");
    } else {
        put_verdict(&p);
        put_clashes(&p);
        page_agree_matrix(&p);
        page_agree_never(&p);
        if (run->agreement.least != UINT32_MAX) {
            put_people(&p, &run->agreement.of[0]);
            put_compensation(&p, &run->agreement.of[0]);
        }
        tdo_puts(o, "\n");
        page_line(&p, NULL,
                  "Nobody is asked to move. This only says where an agreement would be cheapest.");
    }
    tdo_status status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
