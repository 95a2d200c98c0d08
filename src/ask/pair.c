/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pair to ask about: either answer cuts what is left in two, along the weights at which both
 * are worth the same. A side's corners are those on it, and where its edges cross that cut.
 *
 * Only candidates that are best somewhere are asked about: those with the least largest regrets
 * alone, who may be second everywhere, leave the corners uncut where another one is far ahead.
 * Early on most pairs have a worse answer that leaves as much as there is; among those as good as
 * the best the pair counts whose leads on both sides are most alike. */
#include "ask/ask.h"

#include <math.h>
#include <string.h>

#define BALANCE_COUNTS 1e-3 /* of regret: a cut through the middle against one past the edge */

typedef struct halving {
    const ask_left *x;
    double *side;   /* [corners] U of a less U of b */
    double *cut;    /* [n_live] the largest regret on the cut */
    double *regret; /* [n_live] */
    double *edge;   /* [n_live] utilities where an edge crosses */
} halving;

bool ask_same_pair(ask_pair x, ask_pair y)
{
    return (x.a == y.a && x.b == y.b) || (x.a == y.b && x.b == y.a);
}

static bool tells_apart(halving *y, ask_pair p)
{
    const ask_left *x = y->x;
    bool above = false, below = false;
    for (size_t q = 0; q < x->corner.count; q++) {
        const double *u = x->utility + q * x->f;
        y->side[q] = u[p.a] - u[p.b];
        above |= y->side[q] > TDO_TIE;
        below |= y->side[q] < -TDO_TIE;
    }
    return above && below;
}

bool ask_differ(const tdo_case *k, size_t c, size_t i, size_t j)
{
    const tdo_criterion *of = &k->s->criteria[c];
    const double x = k->x->reading[c][i], y = k->x->reading[c][j];
    return tdo_better(of, x, y) != 0 && !tdo_is_indifferent(of, x, y);
}

static bool differ_in_something(const tdo_case *k, ask_pair p)
{
    bool differ = false;
    for (size_t c = 0; c < k->s->n_criteria && !differ; c++)
        differ = ask_differ(k, c, k->f->feasible[p.a], k->f->feasible[p.b]);
    return differ;
}

static void take_in(double *regret, const double *utility, size_t n)
{
    double best = utility[0];
    for (size_t i = 1; i < n; i++)
        best = ask_larger(best, utility[i]);
    for (size_t i = 0; i < n; i++)
        regret[i] = ask_larger(regret[i], best - utility[i]);
}

/* Where edges cross the cut. */
static void find_cut(halving *y)
{
    const ask_left *x = y->x;
    memset(y->cut, 0, x->n_live * sizeof *y->cut);
    for (size_t e = 0; e < x->edges; e++) {
        const uint32_t i = x->edge[e].from, j = x->edge[e].to;
        if (!(y->side[i] > 0 && y->side[j] < 0) && !(y->side[i] < 0 && y->side[j] > 0))
            continue;
        const double share = y->side[i] / (y->side[i] - y->side[j]);
        const double *u = x->utility + i * x->f, *w = x->utility + j * x->f;
        for (size_t q = 0; q < x->n_live; q++)
            y->edge[q] = u[x->live[q]] + share * (w[x->live[q]] - u[x->live[q]]);
        take_in(y->cut, y->edge, x->n_live);
    }
}

/* The least largest regret on one side: that of the answer a (way 1) or b (way -1). */
static double regret_on(halving *y, double way)
{
    const ask_left *x = y->x;
    double least = INFINITY;
    memcpy(y->regret, y->cut, x->n_live * sizeof *y->regret);
    for (size_t q = 0; q < x->corner.count; q++) {
        const double *u = x->utility + q * x->f;
        for (size_t i = 0; way * y->side[q] >= 0 && i < x->n_live; i++)
            y->regret[i] = ask_larger(y->regret[i], x->best[q] - u[x->live[i]]);
    }
    for (size_t i = 0; i < x->n_live; i++)
        least = fmin(least, y->regret[i]);
    return least;
}

/* How alike the leads on both sides are, over the corners: 0 to 1. */
static double balance(const halving *y)
{
    double above = 0, below = 0;
    for (size_t q = 0; q < y->x->corner.count; q++) {
        above += fmax(y->side[q], 0);
        below += fmax(-y->side[q], 0);
    }
    return fmin(above, below) / fmax(above, below);
}

static bool is_passed(const ask_pair *passed, size_t n, ask_pair p)
{
    for (size_t q = 0; q < n; q++)
        if (ask_same_pair(passed[q], p))
            return true;
    return false;
}

static bool precedes(const tdo_case *k, const ask_left *x, uint32_t i, uint32_t j)
{
    const double by = x->regret[i] - x->regret[j];
    return by < -TDO_TIE || (by <= TDO_TIE && ask_is_before(k, i, j));
}

/* Those who are best somewhere, the least regretted first. */
static size_t find_contenders(const tdo_case *k, const ask_left *x, uint32_t *slot)
{
    size_t n = 0;
    for (; n < TDO_ASK_AMONG && n < x->n_best; n++) {
        size_t next = TDO_NONE;
        for (size_t q = 0; q < x->n_best; q++) {
            bool is_in = false;
            for (size_t i = 0; i < n && !is_in; i++)
                is_in = slot[i] == x->live[q];
            if (!is_in && (next == TDO_NONE || precedes(k, x, x->live[q], x->live[next])))
                next = q;
        }
        slot[n] = x->live[next];
    }
    return n;
}

tdo_status ask_choose_pair(const tdo_case *k, const ask_left *x, const ask_pair *passed, size_t n,
                           ask_pair *out, bool *found)
{
    uint32_t leader[TDO_ASK_AMONG];
    const size_t leaders = find_contenders(k, x, leader);
    tdo_arena *scratch = tdo_arena_new();
    halving y = {.x = x};
    double least = INFINITY;
    tdo_status status = TDO_E_MEMORY;
    *found = false;
    if (scratch) {
        y.side = tdo_alloc(scratch, x->corner.count, sizeof *y.side);
        y.cut = tdo_alloc(scratch, 3 * x->n_live, sizeof *y.cut);
    }
    if (!y.side || !y.cut)
        goto out;
    y.regret = y.cut + x->n_live;
    y.edge = y.regret + x->n_live;
    for (size_t i = 0; i < leaders; i++)
        for (size_t j = i + 1; j < leaders; j++) {
            const ask_pair p = {leader[i], leader[j]};
            if (is_passed(passed, n, p) || !differ_in_something(k, p) || !tells_apart(&y, p))
                continue;
            find_cut(&y);
            const double cost = fmax(regret_on(&y, 1), regret_on(&y, -1)) -
                                BALANCE_COUNTS * balance(&y);
            if (*found && !(cost < least - TDO_TIE))
                continue;
            least = cost;
            *out = ask_is_before(k, p.a, p.b) ? p : (ask_pair){p.b, p.a};
            *found = true;
        }
    status = TDO_OK;
out:
    tdo_arena_free(scratch);
    return status;
}
