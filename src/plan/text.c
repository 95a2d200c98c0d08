/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan for a terminal: the answer in labelled lines, then one row for each kind of treatment,
 * then what limits cost. */
#include "explain/amount.h"
#include "plan/words.h"
#include "table/page.h"

#include <math.h>

enum {
    POINTS_DIGITS = 3,
    READING_DIGITS = 4,
    SPLITS_SHOWN = 10,
    GROUPS_SHOWN = 10,
    LEAST_SEGMENT = 16 /* columns */
};

typedef struct plan_page {
    page_writer p;
    const tdo_planned *x;
} plan_page;

static void put_signed_points(tdo_sink *o, double change)
{
    tdo_puts(o, change >= 0 ? "+" : "-");
    amount_put_rounded(o, 100 * fabs(change), POINTS_DIGITS);
    tdo_puts(o, amount_point(100 * change, POINTS_DIGITS));
}

static void put_percent(tdo_sink *o, double share)
{
    const double percent = 100 * share;
    amount_put_rounded(o, percent, percent < 1 ? 1 : percent < 10 ? 2 : 3);
    tdo_puts(o, "%");
}

static void labelled(plan_page *w, const char *label, tdo_sink *o)
{
    page_labelled(&w->p, label, page_collected(&w->p, o));
}

static tdo_sink text(plan_page *w)
{
    return tdo_sink_memory(w->p.a);
}

static bool has_plan(const tdo_planned *x)
{
    return x->solution.choice;
}

/* ---- the answer ---- */

static void put_title(plan_page *w)
{
    const tdo_planned *x = w->x;
    const tdo_segments *g = x->scenario->segments;
    tdo_sink o = text(w);
    double size = 0;
    for (size_t k = 0; k < x->problem.groups; k++)
        size += x->group_size[k];
    tdo_puts(&o, x->scenario->title[0] ? x->scenario->title : "A plan");
    tdo_puts(&o, ", ");
    amount_put_count(&o, x->problem.segments, "segment", "segments");
    if (g->size) {
        tdo_puts(&o, ", ");
        amount_put_grouped(&o, size);
        tdo_puts(&o, " ");
        tdo_puts(&o, g->size);
    }
    page_line(&w->p, PAGE_STYLE_BOLD, page_collected(&w->p, &o));
    tdo_puts(w->p.o, "\n");
}

static void put_shares(plan_page *w)
{
    const tdo_planned *x = w->x;
    const uint32_t *order = plan_by_share(x);
    tdo_sink o = text(w);
    w->p.failed = w->p.failed || !order;
    for (size_t q = 0; order && q < x->problem.candidates; q++) {
        if (!(x->totals.traffic[order[q]] > 0))
            break;
        tdo_puts(&o, q > 0 ? ", " : "");
        tdo_puts(&o, x->candidate[order[q]]);
        tdo_puts(&o, " ");
        put_percent(&o, x->totals.traffic[order[q]]);
    }
    tdo_puts(&o, " of all ");
    tdo_puts(&o, x->scenario->segments->size ? x->scenario->segments->size : "segments");
    labelled(w, "Plan", &o);
}

static void put_gain(plan_page *w)
{
    const tdo_planned *x = w->x;
    tdo_sink o = text(w), checked = text(w);
    if (x->single == TDO_NONE) {
        tdo_puts(&o, "no single candidate keeps every limit");
    } else {
        put_signed_points(&o, x->plan.value - x->single_served.value);
        plan_put_whose(&o, x);
        tdo_puts(&o, ", against ");
        tdo_puts(&o, x->candidate[x->single]);
        tdo_puts(&o, " alone, the best single choice");
    }
    labelled(w, "Gain", &o);
    if (!x->has_holdout)
        return;
    if (x->single != TDO_NONE) {
        put_signed_points(&checked, x->holdout.plan.value - x->holdout.single.value);
        tdo_puts(&checked, " on the figures that did not choose (holdout)");
    } else {
        amount_put_rounded(&checked, 100 * x->holdout.plan.value, POINTS_DIGITS);
        tdo_puts(&checked, amount_point(100 * x->holdout.plan.value, POINTS_DIGITS));
        tdo_puts(&checked, " on the figures that did not choose (holdout)");
    }
    for (size_t k = 0; k < x->problem.n_limits; k++)
        if (!x->holdout.limit[k].holds) {
            tdo_puts(&checked, "; there it breaks ");
            plan_put_limit(&checked, x, k);
            tdo_puts(&checked, " (");
            plan_put_reached(&checked, x, k, x->holdout.limit[k].at);
            tdo_puts(&checked, ")");
        }
    if (x->holdout.below_floor > 0) {
        tdo_puts(&checked, "; ");
        amount_put_count(&checked, x->holdout.below_floor, "segment is", "segments are");
        tdo_puts(&checked, " below a floor there");
    }
    labelled(w, "Checked", &checked);
}

static void put_limits(plan_page *w)
{
    const tdo_planned *x = w->x;
    for (size_t k = 0; k < x->problem.n_limits; k++) {
        tdo_sink o = text(w);
        plan_put_limit(&o, x, k);
        tdo_puts(&o, x->solution.price[k] > 0 ? ": at the limit" : ": it has ");
        if (!(x->solution.price[k] > 0))
            plan_put_reached(&o, x, k, x->totals.at[k]);
        plan_put_bound_groups(&o, x, k);
        labelled(w, k == 0 ? "Limits" : "", &o);
    }
}

/* The stakeholders whose points fall against the best single choice. */
static void put_losers(plan_page *w)
{
    const tdo_planned *x = w->x;
    tdo_sink o = text(w);
    size_t n = 0;
    for (size_t h = 0; x->single != TDO_NONE && h < x->scenario->n_stakeholders; h++) {
        const double change = x->plan.utility[h] - x->single_served.utility[h];
        if (!(x->power[h] > 0) || change >= -TDO_TIE)
            continue;
        tdo_putf(&o, "%s%s ", n++ ? ", " : "", x->scenario->stakeholders[h].label);
        put_signed_points(&o, change);
    }
    if (n)
        labelled(w, "Pays", &o);
}

/* Is some limit on the gap between groups? */
static bool binds_groups(const tdo_planned *x)
{
    bool binds = false;
    for (size_t k = 0; k < x->scenario->segments->n_limits; k++)
        binds = binds || x->scenario->segments->limits[k].is_gap;
    return binds;
}

/* The least that a group gains, over all stakeholders with power, and whose that is. */
static void put_fair(plan_page *w)
{
    const tdo_planned *x = w->x;
    const size_t people = x->scenario->n_stakeholders;
    tdo_sink o = text(w);
    size_t worse = 0;
    if (!x->group || !x->single_served.group)
        return;
    for (size_t g = 0; g < x->problem.groups; g++) {
        double change = 0;
        for (size_t h = 0; h < people; h++)
            change += x->power[h] *
                      (x->plan.group[g * people + h] - x->single_served.group[g * people + h]);
        if (change >= -TDO_TIE)
            continue;
        if (worse++ < GROUPS_SHOWN) {
            tdo_puts(&o, worse > 1 ? ", " : "");
            tdo_puts(&o, x->group[g]);
            tdo_puts(&o, " (");
            put_signed_points(&o, change);
            tdo_puts(&o, ")");
        }
    }
    if (worse > GROUPS_SHOWN)
        tdo_putf(&o, " and %zu others", worse - GROUPS_SHOWN);
    tdo_puts(&o, worse == 0   ? "no group is worse off in points than with "
                 : worse == 1 ? " is worse off in points than with "
                              : " are worse off in points than with ");
    tdo_puts(&o, x->candidate[x->single]);
    tdo_puts(&o, " alone");
    tdo_puts(&o, worse && binds_groups(x) ? "; limits on groups bind single criteria" : "");
    labelled(w, "Fair", &o);
}

static void put_proof(plan_page *w)
{
    tdo_sink o = text(w);
    if (w->x->solution.status == TDO_PLAN_OPTIMAL) {
        tdo_puts(&o, "no plan within these limits is better");
    } else {
        tdo_puts(&o, "at most ");
        amount_put_rounded(&o, 100 * w->x->solution.gap, 2);
        tdo_puts(&o, amount_point(100 * w->x->solution.gap, 2));
        tdo_puts(&o, " from the best plan there is");
    }
    labelled(w, "Proof", &o);
}

/* ---- one row for each treatment ---- */

typedef struct treatment {
    size_t segments;
    double size;
} treatment;

static const char *size_text(plan_page *w, double size)
{
    tdo_sink o = text(w);
    amount_put_grouped(&o, size);
    return page_collected(&w->p, &o);
}

static void set_whole(plan_page *w, grid_table *g, size_t row, size_t m, const treatment *of)
{
    tdo_sink o = text(w);
    amount_put_count(&o, of->segments, "segment", "segments");
    grid_set(g, 0, row, page_collected(&w->p, &o));
    for (size_t j = 0; j < w->x->problem.candidates; j++)
        grid_set(g, 1 + j, row, j == m ? "100%" : "-");
    grid_set(g, 1 + w->x->problem.candidates, row, size_text(w, of->size));
}

static void set_split(plan_page *w, grid_table *g, size_t row, size_t segment)
{
    const tdo_planned *x = w->x;
    const size_t m = x->problem.candidates;
    tdo_sink o = text(w);
    size_t candidate = 0;
    double share = 0;
    tdo_puts(&o, x->segment[segment]);
    tdo_puts(&o, " is split");
    grid_set(g, 0, row, page_name(&w->p, page_collected(&w->p, &o)));
    for (size_t j = 0; j < m; j++)
        grid_set(g, 1 + j, row, "-");
    for (size_t at = 0; tdo_planned_next(x, segment, &at, &candidate, &share);) {
        tdo_sink percent = text(w);
        put_percent(&percent, share);
        grid_set(g, 1 + candidate, row, page_collected(&w->p, &percent));
    }
    grid_set(g, 1 + m, row, size_text(w, x->problem.size[segment]));
}

static void put_treatments(plan_page *w)
{
    const tdo_planned *x = w->x;
    const size_t m = x->problem.candidates, splits = x->solution.split_segments;
    const size_t shown = w->p.style->full || splits < SPLITS_SHOWN ? splits : SPLITS_SHOWN;
    treatment *of = tdo_alloc(w->p.a, m, sizeof *of);
    size_t rows = 0, row = 0, split = 0;
    w->p.failed = w->p.failed || !of;
    for (size_t s = 0; of && s < x->problem.segments; s++)
        if (x->solution.choice[s] != TDO_PLAN_SPLIT) {
            rows += of[x->solution.choice[s]].segments++ == 0;
            of[x->solution.choice[s]].size += x->problem.size[s];
        }
    grid_table g = grid_new(w->p.a, rows + shown, 0);
    grid_add(&g, "", GRID_ALIGN_LEFT);
    for (size_t j = 0; j < m && !g.failed; j++)
        grid_add(&g, page_name(&w->p, x->candidate[j]), GRID_ALIGN_RIGHT);
    grid_add(&g, x->scenario->segments->size ? x->scenario->segments->size : "segments",
             GRID_ALIGN_RIGHT);
    for (size_t j = 0; of && j < m && !g.failed; j++)
        if (of[j].segments > 0)
            set_whole(w, &g, row++, j, &of[j]);
    for (size_t s = 0; s < x->problem.segments && split < shown && !g.failed; s++)
        if (x->solution.choice[s] == TDO_PLAN_SPLIT) {
            set_split(w, &g, row++, s);
            split++;
        }
    if (!g.failed) {
        g.column[0].wraps = true;
        g.column[0].least = LEAST_SEGMENT;
    }
    tdo_puts(w->p.o, "\n");
    page_grid(&w->p, &g);
    if (splits > shown)
        tdo_putf(w->p.o, "and %zu more that are split: --full\n", splits - shown);
}

/* Which segments have a candidate alone, by name. */
static void put_who(plan_page *w)
{
    const tdo_planned *x = w->x;
    page_heading(&w->p, "Which segments");
    for (size_t j = 0; j < x->problem.candidates; j++) {
        tdo_sink o = text(w);
        size_t n = 0;
        for (size_t s = 0; s < x->problem.segments; s++)
            if (x->solution.choice[s] == j)
                tdo_putf(&o, "%s%s", n++ ? ", " : ": ", x->segment[s]);
        if (n) {
            tdo_sink line = text(w);
            tdo_putf(&line, "%s%s", x->candidate[j], page_collected(&w->p, &o));
            page_item(&w->p, page_collected(&w->p, &line));
        }
    }
}

/* ---- no plan ---- */

/* Limits that no plan keeps. */
static void put_clash(tdo_sink *o, const tdo_planned *x)
{
    const bool *clashes = x->solution.clashes;
    size_t all = 0;
    for (size_t k = 0; clashes && k < x->problem.n_limits; k++)
        all += clashes[k];
    tdo_puts(o, all == 1 ? "none keeps " : "none keeps all of these together: ");
    for (size_t k = 0, n = 0; clashes && k < x->problem.n_limits; k++)
        if (clashes[k]) {
            tdo_puts(o, n++ > 0 ? "; " : "");
            plan_put_limit(o, x, k);
        }
}

static void put_none(plan_page *w)
{
    const tdo_planned *x = w->x;
    const tdo_plan_solution *s = &x->solution;
    tdo_sink o = text(w);
    if (s->status != TDO_PLAN_INFEASIBLE) {
        tdo_puts(&o, "none was found within the work that is allowed, and none was ruled out");
    } else if (x->n_unserved > 0) {
        amount_put_count(&o, x->n_unserved, "segment has", "segments have");
        tdo_puts(&o, " no candidate that meets every floor");
    } else {
        put_clash(&o, x);
    }
    labelled(w, "No plan", &o);
    for (size_t k = 0; k < x->n_listed; k++) {
        const tdo_unserved *u = &x->unserved[k];
        tdo_sink line = text(w);
        tdo_puts(&line, x->segment[u->segment]);
        tdo_puts(&line, ": ");
        if (u->floor == TDO_NONE) {
            tdo_puts(&line, "nobody was measured there");
        } else {
            tdo_puts(&line, x->candidate[u->nearest]);
            tdo_puts(&line, " comes nearest, and misses ");
            tdo_puts(&line, plan_floor_text(x->scenario, u->floor));
            tdo_puts(&line, " by ");
            amount_put_rounded(&line, u->by, READING_DIGITS);
        }
        page_item(&w->p, page_collected(&w->p, &line));
    }
    if (x->n_unserved > x->n_listed)
        tdo_putf(w->p.o, "  and %zu more\n", x->n_unserved - x->n_listed);
}

tdo_status tdo_write_plan_table(const tdo_planned *x, const tdo_table_style *style, tdo_sink *o)
{
    const tdo_table_style plain = {.width = 100};
    plan_page w = {.p = {.style = style ? style : &plain, .o = o, .a = x->arena}, .x = x};
    put_title(&w);
    if (has_plan(x)) {
        put_shares(&w);
        put_gain(&w);
        put_losers(&w);
        put_limits(&w);
        put_fair(&w);
        put_proof(&w);
        put_treatments(&w);
        if (w.p.style->full)
            put_who(&w);
        if (x->problem.n_limits > 0)
            page_heading(&w.p, "What a limit costs");
        for (size_t k = 0; k < x->problem.n_limits; k++) {
            tdo_sink line = text(&w);
            plan_put_price(&line, x, k);
            page_item(&w.p, page_collected(&w.p, &line));
        }
    } else {
        put_none(&w);
    }
    return w.p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
}
