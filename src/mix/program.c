/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the program: rows, columns, whole numbers of models. */
#include "mix/mix.h"

#include "mix/program.h"

#include "base/sort.h"

#include <math.h>

/* ---- rows ---- */

static tdo_status add_row(mix_program *g, double lower, double upper, const char *name,
                          tdo_error *err)
{
    return tdo_lp_add_row(g->lp, &(tdo_lp_row){.name = name, .lower = lower, .upper = upper}, err);
}

static tdo_status add_rows(mix_program *g, size_t n, double lower, double upper, const char *name,
                           tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < n && status == TDO_OK; k++) {
        const char *own = tdo_text(g->a, "%s %zu", name, k + 1);
        status = !own ? TDO_E_MEMORY : add_row(g, lower, upper, own, err);
    }
    return status;
}

static const char *level_name(const mix_problem *m, size_t l)
{
    return m->subject[l] == TDO_NONE      ? "value"
           : m->rule == TDO_MIX_CHEBYSHEV ? m->s->criteria[m->subject[l]].id
                                          : m->s->stakeholders[m->subject[l]].id;
}

static tdo_status add_shared_rows(mix_program *g, tdo_error *err)
{
    const mix_problem *m = g->m;
    tdo_status status = add_row(g, 1, 1, "shares", err);
    for (size_t k = 0; k < m->bounds && status == TDO_OK; k++)
        status = add_row(g, 0, 0, m->bound[k].limit.text, err);
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++)
        status = add_row(g, 0, 0, level_name(m, l), err);
    if (status == TDO_OK)
        status = add_row(g, 0, 0, "rule", err);
    g->row_t = tdo_lp_rows(g->lp);
    if (status == TDO_OK && m->theta > 0)
        status = add_rows(g, m->levels, 0, INFINITY, "least", err);
    return status;
}

static tdo_status add_whole_rows(mix_program *g, size_t most, double least_share, tdo_error *err)
{
    tdo_status status = TDO_OK;
    g->row_count = tdo_lp_rows(g->lp);
    if (g->counts)
        status = add_row(g, 0, most > 0 ? (double)most : INFINITY, "models", err);
    g->row_used = tdo_lp_rows(g->lp);
    if (g->counts && status == TDO_OK)
        status = add_rows(g, g->n, -INFINITY, 0, "used", err);
    g->row_least = tdo_lp_rows(g->lp);
    if (least_share > 0 && status == TDO_OK)
        status = add_rows(g, g->n, 0, INFINITY, "min share", err);
    for (size_t k = 0; k < g->m->worst_n && status == TDO_OK; k++) {
        mix_ladder *w = &g->ladder[k];
        w->row = tdo_lp_rows(g->lp);
        status = add_row(g, w->value[w->steps], w->value[w->steps], "worst", err);
        if (status == TDO_OK)
            status = add_rows(g, w->steps, 0, 0, "sum", err);
        if (status == TDO_OK)
            status = add_rows(g, w->steps, -INFINITY, 0, "some", err);
        if (status == TDO_OK && w->steps > 0)
            status = add_rows(g, w->steps - 1, -INFINITY, 0, "order", err);
    }
    return status;
}

/* ---- columns ---- */

/* The entries of the column that is being made. */
typedef struct entries {
    uint32_t *row;
    double *value;
    size_t n;
} entries;

static void put(entries *e, size_t row, double value)
{
    if (fabs(value) > MIX_NOTHING) {
        e->row[e->n] = (uint32_t)row;
        e->value[e->n++] = value;
    }
}

static tdo_status add_column(mix_program *g, entries *e, const tdo_lp_column *like, tdo_error *err)
{
    tdo_lp_column c = *like;
    c.count = e->n;
    c.row = e->row;
    c.value = e->value;
    e->n = 0;
    return tdo_lp_add_column(g->lp, &c, err);
}

static tdo_status add_free(mix_program *g, entries *e, const char *name, double cost,
                           tdo_error *err)
{
    return add_column(
        g, e, &(tdo_lp_column){.name = name, .cost = cost, .lower = -INFINITY, .upper = INFINITY},
        err);
}

static tdo_status add_shared_columns(mix_program *g, entries *e, double of_value, tdo_error *err)
{
    const mix_problem *m = g->m;
    size_t row_y = 1 + m->bounds, row_v = row_y + m->levels;
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < m->bounds && status == TDO_OK; k++) {
        put(e, 1 + k, -1);
        const char *name = tdo_text(g->a, "at %s", m->bound[k].limit.text);
        status = !name
                     ? TDO_E_MEMORY
                     : add_column(g, e,
                                  &(tdo_lp_column){
                                      .name = name, .lower = -INFINITY, .upper = m->bound[k].beta},
                                  err);
    }
    g->col_y = tdo_lp_columns(g->lp);
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++) {
        put(e, row_y + l, -1);
        put(e, row_v, m->rho);
        if (m->theta > 0)
            put(e, g->row_t + l, 1);
        const char *name = tdo_text(g->a, "level %s", level_name(m, l));
        status = !name ? TDO_E_MEMORY : add_free(g, e, name, 0, err);
    }
    g->col_t = tdo_lp_columns(g->lp);
    put(e, row_v, m->theta);
    for (size_t l = 0; l < m->levels && m->theta > 0; l++)
        put(e, g->row_t + l, -1);
    if (status == TDO_OK)
        status = add_free(g, e, "least", 0, err);
    g->col_v = tdo_lp_columns(g->lp);
    put(e, row_v, -1);
    if (status == TDO_OK)
        status = add_free(g, e, "value", of_value, err);
    g->col_worst = tdo_lp_columns(g->lp);
    for (size_t k = 0; k < m->worst_n && status == TDO_OK; k++) {
        for (size_t l = 0; l < m->levels; l++)
            put(e, row_y + l, m->add[l * m->worst_n + k]);
        put(e, g->ladder[k].row, 1);
        status = add_column(
            g, e, &(tdo_lp_column){.name = m->s->criteria[m->worst[k]].id, .upper = 1}, err);
    }
    return status;
}

static tdo_status add_candidates(mix_program *g, entries *e, tdo_error *err)
{
    const mix_problem *m = g->m;
    double least = m->s->mix.min_share;
    tdo_status status = TDO_OK;
    g->col_x = tdo_lp_columns(g->lp);
    for (size_t j = 0; j < g->n && status == TDO_OK; j++) {
        size_t q = g->who[j];
        put(e, 0, 1);
        for (size_t k = 0; k < m->bounds; k++)
            put(e, 1 + k, m->bound[k].h[q]);
        for (size_t l = 0; l < m->levels; l++)
            put(e, 1 + m->bounds + l, m->level[l * m->n + q]);
        if (g->counts)
            put(e, g->row_used + j, 1);
        if (g->counts && least > 0)
            put(e, g->row_least + j, 1);
        for (size_t k = 0; k < m->worst_n; k++)
            if (g->ladder[k].rung[j] < g->ladder[k].steps)
                put(e, g->ladder[k].row + 1 + g->ladder[k].rung[j], -1);
        status =
            add_column(g, e, &(tdo_lp_column){.name = m->x->id[m->candidate[q]], .upper = 1}, err);
    }
    return status;
}

static tdo_status add_used(mix_program *g, entries *e, double cost, tdo_error *err)
{
    const mix_problem *m = g->m;
    tdo_status status = TDO_OK;
    g->col_used = tdo_lp_columns(g->lp);
    for (size_t j = 0; j < g->n && g->counts && status == TDO_OK; j++) {
        const char *name = tdo_text(g->a, "use %s", m->x->id[m->candidate[g->who[j]]]);
        put(e, g->row_count, 1);
        put(e, g->row_used + j, -1);
        put(e, g->row_least + j, -m->s->mix.min_share);
        status = !name ? TDO_E_MEMORY
                       : add_column(g, e,
                                    &(tdo_lp_column){
                                        .name = name, .cost = cost, .upper = 1, .integer = true},
                                    err);
    }
    return status;
}

static tdo_status add_ladder(mix_program *g, mix_ladder *w, entries *e, tdo_error *err)
{
    size_t sum = w->row + 1, some = sum + w->steps, order = some + w->steps;
    tdo_status status = TDO_OK;
    w->column = tdo_lp_columns(g->lp);
    for (size_t j = 0; j < w->steps && status == TDO_OK; j++) { /* shares at rung j or below */
        put(e, sum + j, 1);
        if (j + 1 < w->steps)
            put(e, sum + j + 1, -1);
        put(e, some + j, 1);
        status = add_column(g, e, &(tdo_lp_column){.upper = 1}, err);
    }
    for (size_t j = 0; j < w->steps && status == TDO_OK; j++) {
        put(e, w->row, w->value[j + 1] - w->value[j]);
        put(e, some + j, -1);
        if (j + 1 < w->steps)
            put(e, order + j, 1);
        if (j > 0)
            put(e, order + j - 1, -1);
        status = add_column(g, e, &(tdo_lp_column){.upper = 1, .integer = true}, err);
    }
    return status;
}

static tdo_status find_rungs(mix_program *g, size_t k)
{
    const double *value = g->m->value + g->m->worst[k] * g->m->n;
    mix_ladder *w = &g->ladder[k];
    double *key = tdo_alloc(g->a, g->n, sizeof *key);
    uint32_t *order = tdo_alloc(g->a, g->n, sizeof *order);
    uint64_t *word = tdo_alloc(g->a, g->n, 2 * sizeof *word);
    w->value = tdo_alloc(g->a, g->n, sizeof *w->value);
    w->rung = tdo_alloc(g->a, g->n, sizeof *w->rung);
    if (!key || !order || !word || !w->value || !w->rung)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < g->n; j++) {
        key[j] = value[g->who[j]];
        order[j] = (uint32_t)j;
    }
    sort_by_key(key, order, g->n, word);
    for (size_t j = 0; j < g->n; j++) {
        if (j == 0 || key[order[j]] > w->value[w->steps] + MIX_NOTHING)
            w->value[w->steps += j > 0] = key[order[j]];
        w->rung[order[j]] = (uint32_t)w->steps;
    }
    return TDO_OK;
}

size_t mix_most_models(const tdo_mix_options *o)
{
    size_t most = o->max_models;
    if (o->min_share > 0) {
        double room = floor(1 / o->min_share * (1 + 1e-15));
        most = most == 0 || room < (double)most ? (size_t)fmin(room, 1e9) : most;
    }
    return most;
}

tdo_status mix_program_make(mix_problem *m, mix_program_goal goal, tdo_arena *a, mix_program *out,
                            tdo_error *err)
{
    const tdo_mix_options *o = &m->s->mix;
    bool fewest = goal == MIX_PROGRAM_FEWEST;
    size_t longest = 8 + m->bounds + 2 * m->levels + m->worst_n;
    entries e = {tdo_alloc(a, longest, sizeof *e.row), tdo_alloc(a, longest, sizeof *e.value), 0};
    mix_program g = {.m = m, .a = a, .who = m->enter, .n = m->entered};
    g.counts = fewest || o->max_models > 0 || o->min_share > 0;
    g.lp = tdo_lp_new(a, true);
    g.ladder = tdo_alloc(a, m->worst_n, sizeof *g.ladder);
    tdo_status status = e.row && e.value && g.lp && g.ladder ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < m->worst_n && status == TDO_OK; k++)
        status = find_rungs(&g, k);
    if (status == TDO_OK)
        status = add_shared_rows(&g, err);
    if (status == TDO_OK)
        status = add_whole_rows(&g, fewest ? 0 : mix_most_models(o), o->min_share, err);
    if (status == TDO_OK)
        status = add_shared_columns(&g, &e, fewest ? 0 : 1, err);
    if (status == TDO_OK)
        status = add_candidates(&g, &e, err);
    if (status == TDO_OK)
        status = add_used(&g, &e, fewest ? -1 : 0, err);
    for (size_t k = 0; k < m->worst_n && status == TDO_OK; k++)
        status = add_ladder(&g, &g.ladder[k], &e, err);
    *out = g;
    return status;
}
