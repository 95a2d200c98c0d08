/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left of the weights, and the largest regrets over it. The regret at given weights is the
 * largest of linear functions less a linear one: convex, so largest at a corner. */
#include "ask/ask.h"

#include <math.h>
#include <string.h>

bool ask_is_before(const tdo_case *k, uint32_t i, uint32_t j)
{
    return strcmp(k->x->id[k->f->feasible[i]], k->x->id[k->f->feasible[j]]) < 0;
}

static void find_utilities(const tdo_valued *v, const exact_corners *corner, double *utility,
                           double *best)
{
    for (size_t q = 0; q < corner->count; q++) {
        double *u = utility + q * v->f;
        for (size_t c = 0; c < v->d; c++) {
            const double w = corner->corner[q * v->d + c];
            for (size_t i = 0; w > 0 && i < v->f; i++)
                u[i] += w * tdo_value_at(v, c, i);
        }
        best[q] = u[0];
        for (size_t i = 1; i < v->f; i++)
            best[q] = ask_larger(best[q], u[i]);
    }
}

static void find_regrets(const ask_left *x, double *regret)
{
    for (size_t q = 0; q < x->corner.count; q++)
        for (size_t i = 0; i < x->f; i++)
            regret[i] = ask_larger(regret[i], x->best[q] - x->utility[q * x->f + i]);
}

/* ---- who still matters ---- */

static bool is_best_somewhere(const ask_left *x, uint32_t i)
{
    for (size_t q = 0; q < x->corner.count; q++)
        if (!(x->utility[q * x->f + i] < x->best[q]))
            return true;
    return false;
}

static bool is_nowhere_above(const ask_left *x, uint32_t i, uint32_t other)
{
    for (size_t q = 0; q < x->corner.count; q++)
        if (x->utility[q * x->f + i] > x->utility[q * x->f + other])
            return false;
    return true;
}

/* Who is nowhere above another one will not be, whatever more is said: that one is at least as good
 * a favourite, and as hard a rival. Looked for among those who are best at a corner. */
static bool find_live(ask_left *x, tdo_arena *a)
{
    uint32_t *live = tdo_alloc(a, x->f, sizeof *live);
    size_t first = 0;
    for (uint32_t i = 0; live && i < x->f; i++)
        if (is_best_somewhere(x, i))
            live[first++] = i;
    x->n_live = x->n_best = first;
    for (uint32_t i = 0; live && i < x->f; i++) {
        bool matters = !is_best_somewhere(x, i);
        for (size_t q = 0; q < first && matters; q++)
            matters = !is_nowhere_above(x, i, live[q]);
        if (matters)
            live[x->n_live++] = i;
    }
    x->live = live;
    return live;
}

/* ---- edges ---- */

static bool find_edges(ask_left *x, tdo_arena *a)
{
    size_t room = 64;
    exact_facets common;
    ask_edge *edge = tdo_alloc(a, room, sizeof *edge);
    for (size_t i = 0; i < x->corner.count && edge; i++)
        for (size_t j = i + 1; j < x->corner.count && edge; j++) {
            if (!exact_are_neighbours(x->corner.tight, x->corner.count, x->d, i, j, &common))
                continue;
            if (x->edges == room) {
                edge = tdo_grow(a, edge, room, 2 * room, sizeof *edge);
                room *= 2;
            }
            if (edge)
                edge[x->edges++] = (ask_edge){(uint32_t)i, (uint32_t)j};
        }
    x->edge = edge;
    return edge;
}

/* ---- all of it ---- */

size_t ask_leaders(const tdo_case *k, const ask_left *x, size_t most, uint32_t *slot)
{
    size_t n = 0;
    for (; n < most && n < x->f; n++) {
        uint32_t next = UINT32_MAX;
        double least = INFINITY;
        for (size_t way = 0; way < 2; way++) /* the least; then the first by id that ties with it */
            for (uint32_t i = 0; i < x->f; i++) {
                bool taken = false;
                for (size_t q = 0; q < n && !taken; q++)
                    taken = slot[q] == i;
                if (taken)
                    continue;
                if (way == 0)
                    least = fmin(least, x->regret[i]);
                else if (x->regret[i] <= least + TDO_TIE &&
                         (next == UINT32_MAX || ask_is_before(k, i, next)))
                    next = i;
            }
        slot[n] = next;
    }
    return n;
}

tdo_status ask_find_left(const tdo_case *k, const ask_rows *rows, bool edges, tdo_arena *a,
                         ask_left *out, tdo_error *err)
{
    ask_left x = {.d = k->v->d, .f = k->v->f};
    const exact_cone cone = {
        .n = x.d, .m = rows->m, .row = rows->row, .most_corners = TDO_ASK_CORNERS};
    tdo_status status = exact_cone_corners(&cone, a, &x.corner);
    if (status == TDO_OK && !x.corner.listed)
        return tdo_fail(err, TDO_E_LIMIT,
                        "with %zu criteria what is left of the weights has more than %d corners",
                        x.d, TDO_ASK_CORNERS);
    double *utility = tdo_alloc(a, x.corner.count * x.f, sizeof *utility);
    double *best = tdo_alloc(a, x.corner.count, sizeof *best);
    double *regret = tdo_alloc(a, x.f, sizeof *regret);
    if (status != TDO_OK || !utility || !best || !regret)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    find_utilities(k->v, &x.corner, utility, best);
    x.utility = utility;
    x.best = best;
    find_regrets(&x, regret);
    x.regret = regret;
    (void)ask_leaders(k, &x, 1, &x.favourite);
    if (edges && (!find_live(&x, a) || !find_edges(&x, a)))
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    *out = x;
    return TDO_OK;
}
