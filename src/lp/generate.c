/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Column generation in one live GLPK problem. It lives within one call of the guard: there is no
 * state between calls, no thread that an LP is tied to, and nothing to lose when GLPK runs out of
 * memory. */
#include "lp/generate.h"

#include "lp/guard.h"
#include "lp/load.h"

#include <string.h>

typedef struct generation {
    tdo_lp_pool *pool;
    const lp_task *task;
    lp_generated *out;
    size_t room; /* of out->candidate */
    double *y;   /* [rows] */
    int *index;  /* [rows + 1] of a column, from 1 on */
    double *value;
    bool optimal; /* out->place holds a basis that GLPK calls optimal */
} generation;

static void load_candidate(const generation *g, const lp_loaded *l, size_t j)
{
    int count = 0;
    for (size_t i = 0; i < g->pool->rows; i++) {
        const double entry = lp_pool_entry(g->pool, i, j);
        if (entry == 0)
            continue;
        count++;
        g->index[count] = (int)i + 1;
        g->value[count] = entry;
    }
    lp_load_column(l, count, g->index, g->value, g->task->form->sense * g->pool->cost[j]);
}

/* One round: false when nothing better is seen, or GLPK has no answer. */
static bool advance(generation *g, const lp_loaded *l, bool dual)
{
    size_t best[LP_GENERATE_ADD] = {0};
    const lp_form *f = g->task->form;
    lp_generated *out = g->out;
    out->rounds++;
    g->optimal = lp_run_simplex(l->p, dual, g->task->options) == LP_V_OPTIMAL;
    if (!g->optimal)
        return false;
    lp_read_duals(l, g->y);
    const size_t left = g->room - out->count;
    const size_t count =
        lp_price_near(g->pool, f, g->y, best, left < LP_GENERATE_ADD ? left : LP_GENERATE_ADD);
    for (size_t k = 0; k < count; k++) {
        load_candidate(g, l, best[k]);
        g->pool->column[best[k]] = (uint32_t)(f->n + out->count); /* not to be found again */
        out->candidate[out->count++] = best[k];
    }
    return count > 0;
}

static void work(void *arg)
{
    generation *g = arg;
    const lp_task *t = g->task;
    const double begun = glp_time();
    const lp_way way = {.warm = t->warm, .dual = t->dual_first, .scale = LP_SCALE_FULL};
    const lp_loaded l = lp_load(t->form, LP_SCALE_FULL, true);
    lp_put_basis(l.p, t->form, way, t->place);
    for (bool dual = way.dual; advance(g, &l, dual); dual = false)
        ;
    if (g->optimal)
        lp_read_places(l.p, g->out->place);
    g->out->iterations = (uint32_t)glp_get_it_cnt(l.p);
    glp_delete_prob(l.p);
    g->out->seconds = glp_difftime(glp_time(), begun);
}

tdo_status lp_generate(tdo_lp_pool *p, const lp_task *t, tdo_arena *a, lp_generated *out,
                       tdo_error *err)
{
    const lp_form *f = t->form;
    char text[LP_GUARD_TEXT] = "";
    const size_t room = p->n - p->added;
    generation g = {.pool = p, .task = t, .out = out, .room = room};
    *out = (lp_generated){.candidate = tdo_alloc(a, room, sizeof *out->candidate),
                          .place = tdo_alloc(a, f->n + room + f->m, 1)};
    g.y = tdo_alloc(a, f->m, sizeof *g.y);
    g.index = tdo_alloc(a, f->m + 1, sizeof *g.index);
    g.value = tdo_alloc(a, f->m + 1, sizeof *g.value);
    if (!out->candidate || !out->place || !g.y || !g.index || !g.value)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    const tdo_status s = lp_guarded(work, &g, text);
    for (size_t k = 0; k < out->count; k++)
        p->column[out->candidate[k]] = LP_NOT_ADDED;
    if (s != TDO_OK || !g.optimal) /* a complaint is one more failed attempt */
        out->place = NULL;
    return s == TDO_E_MEMORY ? tdo_fail(err, s, "out of memory") : TDO_OK;
}
