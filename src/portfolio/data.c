/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a scenario: blocks of candidates that only come together, sums as whole numbers in
 * the last place that any of their decimals has, utilities in units of 1e-15. */
#include "portfolio/data.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

/* ---- who may be taken, and with whom ---- */

static const char *slot_id(const pick_data *d, size_t k)
{
    return d->k->x->id[d->k->f->feasible[k]];
}

/* Marks those that lack a reading of a limit, or come only with somebody who cannot be taken. */
static void bar(pick_data *d, const uint32_t *root, bool *barred)
{
    const size_t f = d->k->f->feasible_n;
    for (size_t j = 0; j < d->o->n_limits; j++)
        for (size_t k = 0; k < f; k++)
            barred[k] |= isnan(pick_reading_of(d, j)[d->k->f->feasible[k]]);
    for (size_t k = 0; k < f; k++)
        d->unmeasured += barred[k];
    for (size_t l = 0; l < d->o->n_links; l++) {
        const tdo_link *link = &d->o->links[l];
        bool absent = false;
        for (size_t q = 0; q < link->n; q++)
            absent |= pick_slot_of(d, l, q) == UINT32_MAX;
        for (size_t q = 0; q < link->n && absent && link->kind == TDO_LINK_TOGETHER; q++) {
            const uint32_t k = pick_slot_of(d, l, q);
            if (k != UINT32_MAX)
                barred[k] = true;
        }
    }
    for (size_t k = 0; k < f; k++)
        if (barred[k])
            barred[root[k]] = true;
    for (size_t k = 0; k < f; k++)
        barred[k] = barred[k] || barred[root[k]];
    for (size_t k = 0; k < f; k++)
        d->linked_out += barred[k];
    d->linked_out -= d->unmeasured;
}

static uint32_t root_of(uint32_t *root, size_t k)
{
    while (root[k] != k)
        k = root[k] = root[root[k]];
    return (uint32_t)k;
}

static void join_blocks(const pick_data *d, uint32_t *root)
{
    for (size_t l = 0; l < d->o->n_links; l++) {
        const tdo_link *link = &d->o->links[l];
        uint32_t first = UINT32_MAX;
        for (size_t q = 0; q < link->n && link->kind == TDO_LINK_TOGETHER; q++) {
            const uint32_t k = pick_slot_of(d, l, q);
            if (k != UINT32_MAX && first != UINT32_MAX)
                root[root_of(root, k)] = root_of(root, first);
            first = first == UINT32_MAX ? k : first;
        }
    }
    for (size_t k = 0; k < d->k->f->feasible_n; k++)
        root[k] = root_of(root, k);
}

static bool id_before(const void *user, uint32_t a, uint32_t b)
{
    const pick_data *d = user;
    return strcmp(slot_id(d, a), slot_id(d, b)) < 0;
}

/* Blocks in the order of their first id; their members, too. */
static tdo_status fill_blocks(pick_data *d, const uint32_t *by_id, const uint32_t *block_of)
{
    const size_t f = d->k->f->feasible_n;
    uint32_t **member = tdo_alloc(d->a, d->n, sizeof *member);
    uint32_t *all = tdo_alloc(d->a, f, sizeof *all);
    size_t *members = tdo_alloc(d->a, d->n, sizeof *members), at = 0;
    if (!member || !all || !members)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < f; k++)
        if (block_of[k] != UINT32_MAX)
            members[block_of[k]]++;
    for (size_t b = 0; b < d->n; b++) {
        member[b] = all + at;
        at += members[b];
        members[b] = 0;
    }
    for (size_t q = 0; q < f; q++) {
        const uint32_t b = block_of[by_id[q]];
        if (b != UINT32_MAX)
            member[b][members[b]++] = by_id[q];
    }
    d->member = (const uint32_t *const *)member;
    d->members = members;
    return TDO_OK;
}

/* block_of: [F] UINT32_MAX: cannot be taken */
static tdo_status make_blocks(pick_data *d, uint32_t *block_of)
{
    const size_t f = d->k->f->feasible_n;
    uint32_t *root = tdo_alloc(d->a, f, sizeof *root), *by_id = tdo_alloc(d->a, f, sizeof *by_id);
    uint32_t *room = tdo_alloc(d->a, f, sizeof *room), *of_root = tdo_alloc(d->a, f, sizeof *room);
    bool *barred = tdo_alloc(d->a, f, sizeof *barred);
    if (!root || !by_id || !room || !of_root || !barred)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < f; k++) {
        root[k] = by_id[k] = (uint32_t)k;
        of_root[k] = block_of[k] = UINT32_MAX;
    }
    join_blocks(d, root);
    bar(d, root, barred);
    sort_by(by_id, f, id_before, d, room);
    for (size_t q = 0; q < f; q++) {
        const uint32_t k = by_id[q];
        if (barred[k])
            continue;
        if (of_root[root[k]] == UINT32_MAX)
            of_root[root[k]] = (uint32_t)d->n++;
        block_of[k] = of_root[root[k]];
    }
    return fill_blocks(d, by_id, block_of);
}

/* ---- worth ---- */

/* The values of doing nothing, and what is to be said of them. */
static tdo_status find_none(pick_data *d, tdo_warnings *w)
{
    const tdo_scenario *s = d->k->s;
    const tdo_valued *v = d->k->v;
    const tdo_portfolio_options *o = d->o;
    double *none = tdo_alloc(d->a, s->n_criteria, sizeof *none);
    tdo_status status = none ? TDO_OK : TDO_E_MEMORY;
    d->none = none;
    if (status == TDO_OK && o->best && o->none)
        status =
            tdo_warn(w, d->a, "W_BASELINE",
                     "the portfolio's \"none\" is not used: where the best one counts, nothing "
                     "is added up");
    if (status != TDO_OK || o->best)
        return status;
    for (size_t c = 0; c < s->n_criteria && o->none && status == TDO_OK; c++) {
        const tdo_criterion *k = &s->criteria[c];
        const double at = o->none[c];
        const bool counts = d->k->u->group_weight[c] > 0;
        none[c] = isnan(at) ? 0 : tdo_value_of(k, v->worst[c], v->best[c], tdo_measurement(k, at));
        const double back = isnan(at) ? at
                                      : tdo_measurement_of(k, v->worst[c], v->best[c], none[c]);
        if (isnan(at) && counts)
            status =
                tdo_warn(w, d->a, "W_BASELINE",
                         "the portfolio's \"none\" does not say what \"%s\" is where nothing is "
                         "chosen: its value there is taken as 0",
                         k->id);
        else if (counts && (none[c] <= 0 || none[c] >= 1) && !isnan(back) &&
                 tdo_better(k, k->goal == TDO_GOAL_TARGET ? k->target + back : back, at) != 0)
            status = tdo_warn(
                w, d->a, "W_BASELINE",
                "what \"%s\" is where nothing is chosen (\"none\") lies outside its range: "
                "its value there is taken as %d",
                k->id, none[c] > 0);
    }
    const bool fixed = o->has_count && o->count_min == o->count_max;
    if (status == TDO_OK && !o->none && !fixed)
        status =
            tdo_warn(w, d->a, "W_BASELINE",
                     "how many candidates the portfolio has is open, and what the criteria are "
                     "where nothing is chosen is not said: its value is taken as 0 everywhere "
                     "(\"portfolio\": {\"none\": {\"%s\": 0}} says it of one)",
                     s->criteria[0].id);
    return status;
}

static double utility_of_none(const pick_data *d, size_t s)
{
    const tdo_utility *u = d->k->u;
    double sum = 0;
    for (size_t c = 0; c < u->d; c++)
        sum += u->weight[s * u->d + c] * d->none[c];
    return sum;
}

pick_whole pick_units(double x)
{
    return (pick_whole)rint(x * PICK_UNITS);
}

/* Levels: of everybody with power, or where all is added up one. */
static tdo_status make_worth(pick_data *d)
{
    const tdo_utility *u = d->k->u;
    const size_t n = d->n;
    const bool least = d->o->rule == TDO_PORTFOLIO_MAXIMIN, one = !least && !d->o->best;
    double *utility = tdo_alloc(d->a, u->s * u->f, sizeof *utility);
    pick_whole *level = tdo_alloc(d->a, u->s * n, sizeof *level);
    size_t levels = 0;
    if (!utility || !level)
        return TDO_E_MEMORY;
    for (size_t s = 0; s < u->s; s++) {
        const double none = d->o->best ? 0 : utility_of_none(d, s);
        for (size_t k = 0; k < u->f; k++)
            utility[s * u->f + k] = tdo_utility_at(u, s, k) - none;
    }
    for (size_t s = 0; s < u->s; s++) {
        if (!(u->power[s] > 0))
            continue;
        for (size_t b = 0; b < n; b++) {
            pick_whole *at = &level[levels * n + b];
            for (size_t q = 0; q < d->members[b]; q++) {
                const double x = utility[s * u->f + d->member[b][q]];
                const pick_whole y = pick_units(least ? x : u->power[s] * x);
                *at = !d->o->best ? *at + y : y > *at ? y : *at;
            }
        }
        levels += !one;
    }
    d->utility = utility;
    d->p.worth = (pick_worth){one ? 1 : levels, level, d->o->best, least};
    return TDO_OK;
}

/* The sums on criteria as levels, larger better. */
static tdo_status make_axes(pick_data *d, const pick_whole *const *sum)
{
    pick_worth *axis = tdo_alloc(d->a, d->o->n_limits, sizeof *axis);
    d->axis_of = tdo_alloc(d->a, d->o->n_limits, sizeof *d->axis_of);
    if (!axis || !d->axis_of)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < d->o->n_limits; j++) {
        const size_t c = d->o->limits[j].condition.criterion;
        if (c == TDO_NONE || d->k->s->criteria[c].goal == TDO_GOAL_TARGET)
            continue;
        const int way = tdo_better(&d->k->s->criteria[c], 1, 0);
        pick_whole *u = tdo_alloc(d->a, d->n, sizeof *u);
        if (!u)
            return TDO_E_MEMORY;
        for (size_t b = 0; b < d->n; b++)
            u[b] = way * sum[j][b];
        d->axis_of[d->n_axes] = &d->o->limits[j];
        axis[d->n_axes++] = (pick_worth){.levels = 1, .u = u};
    }
    d->axis = axis;
    return TDO_OK;
}

tdo_status pick_make(const tdo_case *k, tdo_arena *a, pick_data *out, tdo_warnings *w)
{
    *out = (pick_data){.k = k, .o = &k->s->portfolio, .a = a};
    uint32_t *block_of = tdo_alloc(a, k->f->feasible_n, sizeof *block_of);
    const pick_whole **sum = tdo_alloc(a, out->o->n_limits, sizeof *sum);
    tdo_status status = block_of && sum ? pick_find_linked(out->o, k->x, a, &out->linked)
                                        : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = make_blocks(out, block_of);
    if (status == TDO_OK)
        status = pick_make_rows(out, block_of, sum);
    if (status == TDO_OK)
        status = find_none(out, w);
    if (status == TDO_OK)
        status = make_worth(out);
    return status == TDO_OK ? make_axes(out, sum) : status;
}
