/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The split of a result for a terminal. */
#include "explain/mix.h"
#include "explain/amount.h"
#include "table/page.h"
#include "verdict/answer.h"

#include <math.h>

enum { BAR = 10, LEAST_NAME = 16, GAP_DIGITS = 2, SHARE_DIGITS = 3 };

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
        g.column[who].wraps = true; /* a name is there to be copied */
        g.column[who].least = LEAST_NAME;
    }
    page_grid(p, &g);
}

/* Points of 100, told from those of the best single candidate. */
static const char *points_beside(page_writer *p, double utility, double other)
{
    tdo_sink o = tdo_sink_memory(p->a);
    amount_put_points_beside(&o, 100 * utility, 100 * other);
    return page_collected(p, &o);
}

static void put_people(page_writer *p)
{
    const tdo_scenario *s = p->run->scenario;
    const tdo_mix *m = &p->run->mix;
    grid_table g = grid_new(p->a, s->n_stakeholders, 2);
    size_t who = grid_add(&g, "who", GRID_ALIGN_LEFT);
    size_t split = grid_add(&g, "points", GRID_ALIGN_POINT);
    size_t bar = grid_add(&g, "", GRID_ALIGN_LEFT);
    size_t single = grid_add(&g, "best single", GRID_ALIGN_POINT);
    for (size_t h = 0; h < s->n_stakeholders && !g.failed; h++) {
        grid_set(&g, who, h, page_person(p, h));
        const double alone = m->single_utility ? m->single_utility[h] : m->utility[h];
        grid_set(&g, split, h, points_beside(p, m->utility[h], alone));
        grid_set(&g, bar, h, page_bar(p, m->utility[h], BAR));
        grid_set(&g, single, h, m->single_utility ? points_beside(p, alone, m->utility[h]) : "-");
    }
    if (!g.failed) {
        g.column[bar].gap = 1;
        g.column[bar].ornament = true;
        g.column[who].wraps = true;
        g.column[who].least = LEAST_NAME;
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
        amount_put_rounded(&o, m->certificate.gap, GAP_DIGITS);
    }
    tdo_puts(&o, ".");
    page_item(p, page_collected(p, &o));
}

/* "Latency, p95, ms"; "Parity, from 1" of a target, whose distance is averaged; whose points. */
static const char *axis_head(page_writer *p, size_t k)
{
    const tdo_splits *x = &p->run->splits;
    const tdo_scenario *s = p->run->scenario;
    tdo_sink o = tdo_sink_memory(p->a);
    if (x->space == TDO_SPLITS_OF_STAKEHOLDERS) {
        tdo_putf(&o, "%s, points", page_name(p, s->stakeholders[x->axis[k]].label));
        return page_collected(p, &o);
    }
    const tdo_criterion *c = &s->criteria[x->axis[k]];
    tdo_puts(&o, page_name(p, c->label));
    if (c->unit[0])
        tdo_putf(&o, ", %s", page_name(p, c->unit));
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_puts(&o, ", from ");
        amount_put_grouped(&o, c->target);
    }
    return page_collected(p, &o);
}

static const char *axis_amount(page_writer *p, const amount_scale *scales, size_t k, double at)
{
    const tdo_splits *x = &p->run->splits;
    tdo_sink o = tdo_sink_memory(p->a);
    if (x->space == TDO_SPLITS_OF_STAKEHOLDERS)
        return page_number(p, 100 * at, SHARE_DIGITS);
    amount_put(&o, &scales[x->axis[k]], at);
    return page_collected(p, &o);
}

/* "3: 64.4% A with 35.6% B, chosen by 22% of all weights" */
static void list_shown(page_writer *p)
{
    const tdo_splits *x = &p->run->splits;
    for (size_t t = 0; t < x->n_shown; t++) {
        const tdo_split_point *y = &x->point[x->shown[t]];
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_putf(&o, "%zu: ", t + 1);
        for (size_t q = 0; q < y->n_shares; q++) {
            tdo_puts(&o, q ? " with " : "");
            if (y->n_shares > 1) {
                amount_put_rounded(&o, 100 * y->shares[q].share, SHARE_DIGITS);
                tdo_puts(&o, "% ");
            }
            answer_put_name(&o, p->run->measured.id[y->shares[q].candidate]);
        }
        tdo_puts(&o, ", chosen by ");
        amount_put_rounded(&o, 100 * y->weight_share, SHARE_DIGITS);
        tdo_puts(&o, "% of all weights");
        page_item(p, page_collected(p, &o));
    }
}

/* The corners that stand for all: which they are, then what they are, side by side. */
static void put_shown(page_writer *p)
{
    const tdo_splits *x = &p->run->splits;
    const amount_scale *scales = amount_scales(p->run, p->a);
    grid_table g = grid_new(p->a, x->axes, 2);
    const size_t what = grid_add(&g, "", GRID_ALIGN_LEFT);
    if (!scales || g.failed) {
        p->failed = true;
        return;
    }
    for (size_t k = 0; k < x->axes; k++)
        grid_set(&g, what, k, axis_head(p, k));
    for (size_t t = 0; t < x->n_shown && !g.failed; t++) {
        const size_t at = grid_add(&g, page_count(p, t + 1), GRID_ALIGN_RIGHT);
        for (size_t k = 0; k < x->axes && !g.failed; k++)
            grid_set(&g, at, k, axis_amount(p, scales, k, x->point[x->shown[t]].at[k]));
        if (!g.failed)
            g.column[at].drop = (unsigned)(x->n_shown - t);
    }
    list_shown(p);
    tdo_puts(p->o, "\n");
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
        status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
