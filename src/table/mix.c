/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The split of a result for a terminal. */
#include "explain/mix.h"
#include "table/page.h"

#include <math.h>

enum { BAR = 10, GAP_DIGITS = 2, SHARE_DIGITS = 3 };

static void put_shares(page_writer *p)
{
    const tdo_mix *m = &p->run->mix;
    grid_table g = grid_new(p->a, m->n_shares, 2);
    size_t share = grid_add(&g, "share %", GRID_ALIGN_POINT);
    size_t bar = grid_add(&g, "", GRID_ALIGN_LEFT);
    size_t who = grid_add(&g, "candidate", GRID_ALIGN_LEFT);
    for (size_t k = 0; k < m->n_shares && !g.failed; k++) {
        double x = m->shares[k].share;
        grid_set(&g, share, k, page_number(p, speech_share_percent(m, k), SPEECH_PERCENT_DIGITS));
        grid_set(&g, bar, k, page_bar(p, x, BAR));
        grid_set(&g, who, k, page_name(p, p->run->measured.id[m->shares[k].candidate]));
    }
    if (!g.failed) {
        g.column[bar].gap = 1;
        g.column[bar].ornament = true;
        g.column[who].names = true;
    }
    page_grid(p, &g);
}

static void put_people(page_writer *p)
{
    const tdo_scenario *s = p->run->scenario;
    const tdo_mix *m = &p->run->mix;
    grid_table g = grid_new(p->a, s->n_stakeholders, 2);
    size_t who = grid_add(&g, "who", GRID_ALIGN_LEFT);
    size_t split = grid_add(&g, "utility", GRID_ALIGN_POINT);
    size_t bar = grid_add(&g, "", GRID_ALIGN_LEFT);
    size_t single = grid_add(&g, "best single", GRID_ALIGN_POINT);
    for (size_t h = 0; h < s->n_stakeholders && !g.failed; h++) {
        grid_set(&g, who, h, page_name(p, s->stakeholders[h].label));
        grid_set(&g, split, h, page_number(p, m->utility[h], SPEECH_SCORE_DIGITS));
        grid_set(&g, bar, h, page_bar(p, m->utility[h], BAR));
        grid_set(&g, single, h,
                 m->single_utility ? page_number(p, m->single_utility[h], SPEECH_SCORE_DIGITS)
                                   : "-");
    }
    if (!g.failed) {
        g.column[bar].gap = 1;
        g.column[bar].ornament = true;
        g.column[who].names = true;
    }
    tdo_puts(p->o, "\n");
    page_grid(p, &g);
}

static void put_proof(page_writer *p)
{
    const tdo_mix *m = &p->run->mix;
    tdo_sink o = tdo_sink_memory(p->a);
    if (isnan(m->certificate.gap) || m->status == TDO_MIX_NUMERICAL) /* that says so itself */
        return;
    tdo_puts(&o, "Proven from the data: no split is better");
    if (m->certificate.gap > TDO_TIE) {
        tdo_puts(&o, " by more than ");
        tdo_put_rounded(&o, m->certificate.gap, GAP_DIGITS);
    }
    tdo_puts(&o, ".");
    page_item(p, page_collected(p, &o));
}

/* The corners that stand for all. */
static void put_shown(page_writer *p)
{
    const tdo_splits *x = &p->run->splits;
    const tdo_scenario *s = p->run->scenario;
    const bool criteria = x->space == TDO_SPLITS_OF_CRITERIA;
    grid_table g = grid_new(p->a, x->n_shown, 2);
    size_t axis[TDO_SPLIT_AXES] = {0};
    size_t weights = grid_add(&g, "weights %", GRID_ALIGN_POINT);
    for (size_t k = 0; k < x->axes; k++)
        axis[k] = grid_add(
            &g,
            page_name(p, criteria ? s->criteria[x->axis[k]].id : s->stakeholders[x->axis[k]].id),
            GRID_ALIGN_POINT);
    size_t who = grid_add(&g, "split", GRID_ALIGN_LEFT);
    for (size_t t = 0; t < x->n_shown && !g.failed; t++) {
        const tdo_split_point *y = &x->point[x->shown[t]];
        tdo_sink o = tdo_sink_memory(p->a);
        for (size_t q = 0; q < y->n_shares; q++) {
            tdo_puts(&o, q ? " + " : "");
            if (y->n_shares > 1) {
                tdo_put_rounded(&o, 100 * y->shares[q].share, SHARE_DIGITS);
                tdo_puts(&o, " % ");
            }
            tdo_puts(&o, page_name(p, p->run->measured.id[y->shares[q].candidate]));
        }
        grid_set(&g, weights, t, page_number(p, 100 * y->weight_share, SHARE_DIGITS));
        for (size_t k = 0; k < x->axes; k++)
            grid_set(&g, axis[k], t, page_number(p, y->at[k], SPEECH_SCORE_DIGITS));
        grid_set(&g, who, t, page_collected(p, &o));
    }
    if (!g.failed)
        g.column[who].names = true;
    page_grid(p, &g);
}

static tdo_status put_splits(page_writer *p)
{
    const tdo_splits *x = &p->run->splits;
    tdo_sentences said = {0};
    if (x->space == TDO_SPLITS_UNASKED)
        return TDO_OK;
    tdo_status status = tdo_explain_splits(p->run, p->a, &said);
    page_heading(p, x->n_shown < x->points
                        ? "Splits that no other one beats: some that stand for all"
                        : "Splits that no other one beats");
    if (x->n_shown) {
        put_shown(p);
        tdo_puts(p->o, "\n");
    }
    for (size_t k = 0; k < said.n; k++)
        page_item(p, said.item[k]);
    return status;
}

tdo_status page_mix(page_writer *p)
{
    const tdo_mix *m = &p->run->mix;
    tdo_sentences said = {0};
    tdo_sink title = tdo_sink_memory(p->a);
    if (!p->run->mixed)
        return TDO_OK;
    tdo_status status = tdo_explain_mix(p->run, p->a, &said);
    tdo_putf(&title, "The best split of traffic under %s%s", tdo_mix_rule_name[m->rule],
             m->status == TDO_MIX_INFEASIBLE ? ": there is none" : "");
    page_heading(p, page_collected(p, &title));
    if (m->n_shares) {
        put_shares(p);
        put_people(p);
        tdo_puts(p->o, "\n");
    }
    for (size_t k = 0; k < said.n; k++)
        page_item(p, said.item[k]);
    if (m->n_shares)
        put_proof(p);
    return status == TDO_OK ? put_splits(p) : status;
}

tdo_status tdo_write_mix_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    tdo_sentences steps = {0};
    if (!p.a)
        return TDO_E_MEMORY;
    if (run->scenario->title[0])
        page_line(&p, PAGE_STYLE_BOLD, run->scenario->title);
    tdo_status status = page_mix(&p);
    if (status == TDO_OK)
        status = tdo_explain_steps(run, p.a, &steps);
    if (steps.n)
        page_heading(&p, "What single candidates would gain from looser constraints");
    for (size_t k = 0; k < steps.n; k++)
        page_item(&p, steps.item[k]);
    if (status == TDO_OK)
        status = p.failed ? TDO_E_MEMORY : facts_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
