/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who of those without a share gets one at the least cost: the best split is found anew, with a
 * share for the one in question. The multipliers say what that costs at least, so those who are
 * near by them are tried first, until nobody else can be nearer. */
#include "mix/mix.h"

#include "mix/program.h"
#include "mix/whole.h"

#include <math.h>
#include <string.h>

enum { MOST_TRIED = 64 };           /* candidates */
static const double A_SHARE = 0.01; /* is asked about, or min_share */

typedef struct near_one {
    size_t q; /* participant */
    double lacks;
} near_one;

typedef struct neighbours {
    const mix_problem *m;
    near_one one[MOST_TRIED]; /* the nearest first, then by id */
    size_t count, all;        /* kept here; there are */
} neighbours;

double mix_worth(const mix_problem *m, const mix_duals *y, size_t q)
{
    double sum = 0;
    for (size_t l = 0; l < m->levels; l++)
        sum += y->omega[l] * m->level[l * m->n + q];
    for (size_t k = 0; k < m->bounds; k++)
        sum -= y->lambda[k] * (m->bound[k].h[q] - m->bound[k].beta);
    return sum;
}

static bool is_nearer(const neighbours *x, const near_one *a, const near_one *b)
{
    const char *const *id = x->m->x->id;
    const uint32_t *who = x->m->candidate;
    return a->lacks < b->lacks ||
           (!(a->lacks > b->lacks) && strcmp(id[who[a->q]], id[who[b->q]]) < 0);
}

static void add(neighbours *x, near_one one)
{
    size_t at = x->count;
    x->all++;
    if (x->count == MOST_TRIED && !is_nearer(x, &one, &x->one[x->count - 1]))
        return;
    at -= x->count == MOST_TRIED;
    for (; at > 0 && is_nearer(x, &one, &x->one[at - 1]); at--)
        x->one[at] = x->one[at - 1];
    x->one[at] = one;
    x->count += x->count < MOST_TRIED;
}

static void list_neighbours(const mix_answer *y, neighbours *x)
{
    const mix_problem *m = x->m;
    size_t used = 0;
    for (size_t q = 0; q < m->n; q++) {
        if (used < y->split.n && y->split.index[used] == q)
            used++;
        else if (!m->barred[q])
            add(x, (near_one){q, fmax(0, y->top - mix_worth(m, &y->duals, q))});
    }
}

/* ---- one of them ---- */

/* The same problem, in which q has at least that share. What nobody else needs to enter for stays
 * outside: who dominates somebody can take over what the others leave. */
static tdo_status force(const mix_problem *m, size_t q, double share, tdo_arena *a,
                        mix_problem *out)
{
    size_t n = 0;
    *out = *m;
    out->a = a;
    out->bound = tdo_alloc(a, m->bounds + 1, sizeof *out->bound);
    uint32_t *enter = tdo_alloc(a, m->entered + 1, sizeof *enter);
    double *h = tdo_alloc(a, m->n, sizeof *h);
    if (!out->bound || !enter || !h)
        return TDO_E_MEMORY;
    memcpy(out->bound, m->bound, m->bounds * sizeof *m->bound);
    h[q] = -1;
    out->bound[out->bounds++] = (mix_bound){.sign = 1, .h = h, .beta = -share};
    for (size_t k = 0; k < m->entered; k++) {
        if (m->enter[k] > q && (n == 0 || enter[n - 1] < q))
            enter[n++] = (uint32_t)q;
        enter[n++] = m->enter[k];
    }
    if (n == 0 || enter[n - 1] < q)
        enter[n++] = (uint32_t)q;
    out->enter = enter;
    out->entered = n;
    return TDO_OK;
}

static tdo_status solve(mix_problem *m, mix_answer *y, tdo_error *err)
{
    const size_t most = mix_most_models(&m->s->mix);
    mix_lp q = {.m = m, .a = m->a, .who = m->enter, .n = m->entered};
    *y = (mix_answer){.status = TDO_MIX_LIMIT};
    if (mix_needs_whole(m))
        return mix_are_few(m, most) ? mix_solve_few(m, most, INFINITY, m->a, y, err) : TDO_OK;
    tdo_status status = mix_lp_make(&q, err);
    return status == TDO_OK ? mix_solve_rule(&q, m->a, y, err) : status;
}

/* What a share for q costs. INFINITY: it can have none; NaN: not found. */
static tdo_status find_cost(mix_problem *m, size_t q, double share, const tdo_mix *out,
                            double *cost, tdo_error *err)
{
    tdo_arena *scratch = tdo_arena_new();
    mix_problem forced;
    mix_answer y = {0};
    tdo_status status = !scratch ? TDO_E_MEMORY : force(m, q, share, scratch, &forced);
    double *level = status == TDO_OK ? tdo_alloc(scratch, m->levels, sizeof *level) : NULL;
    if (status == TDO_OK && !level)
        status = TDO_E_MEMORY;
    if (status == TDO_OK)
        status = solve(&forced, &y, err);
    *cost = y.status == TDO_MIX_INFEASIBLE ? INFINITY : (double)NAN;
    if (status == TDO_OK && y.status == TDO_MIX_OPTIMAL && y.split.n > 0) {
        mix_split_levels(m, &y.split, level);
        *cost = fmax(0, out->value - mix_levels_value(m, level));
    }
    if (status == TDO_OK)
        m->effort = forced.effort;
    tdo_arena_free(scratch);
    return status;
}

tdo_status mix_find_next(mix_problem *m, const mix_answer *y, tdo_mix *out, tdo_error *err)
{
    neighbours x = {.m = m};
    size_t k = 0, best = SIZE_MAX;
    double least = INFINITY;
    const double share = fmax(A_SHARE, m->s->mix.min_share);
    tdo_status status = TDO_OK;
    list_neighbours(y, &x);
    for (; k < x.count && status == TDO_OK; k++) {
        double cost = NAN;
        if (x.one[k].lacks * share - MIX_PROVEN >= least)
            break;
        status = find_cost(m, x.one[k].q, share, out, &cost, err);
        if (isnan(cost))
            return status;
        if (cost < least - TDO_TIE) {
            least = cost;
            best = k;
        }
    }
    if (status != TDO_OK || best == SIZE_MAX || (k == x.count && x.count < x.all))
        return status;
    out->next = m->candidate[x.one[best].q];
    out->next_lacks = x.one[best].lacks;
    out->next_share = share;
    out->next_costs = least;
    return TDO_OK;
}
