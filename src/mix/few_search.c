/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best split of at most four models, by looking at every set of them. A set is passed over when
 * for some level nobody in it is good enough, or for some bound everybody is beyond it: one bit for
 * each, so that this costs an or and a comparison. Of the others few are more than a glance
 * (few.c), and only those that may be better than the best so far are solved exactly. */
#include "base/real.h"
#include "mix/mix.h"

#include "mix/few.h"

#include "mix/whole.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double SETS = 2e9;         /* so many sets of models are looked at, */
static const size_t GLANCES = 20000000; /* so many of them are not passed over, */
static const size_t LOOKS = 50000;      /* and so many solved exactly; at most */

typedef struct few_search {
    mix_problem *m;
    size_t n;
    const uint32_t *who; /* [n] participants, the most promising first */
    double *level;       /* [n x levels] */
    double *over;        /* [n x bounds] h - beta */
    double *hope;        /* [levels] what criteria that mix "worst" can add at most */
    double *top;         /* [levels] the most of anybody, with hope */
    uint64_t *good;      /* [n] a bit for each level and bound that i is good enough for */
    uint64_t all;
    few_models set;
    size_t place[FEW_MOST];
    few_goal goal;
    double *best_level; /* [levels] */
    mix_split best;
    tdo_arena *a; /* the answer's */
    size_t glances, looks;
    tdo_status status;
    tdo_error *err;
} few_search;

/* ---- who is good enough ---- */

/* No split with a level l below this everywhere exceeds the goal. */
static double least_level(const few_search *s, size_t l)
{
    const mix_problem *m = s->m;
    bool product = mix_is_product(m);
    double rest = s->goal.sums > 0 ? s->goal.reached[0] : -INFINITY;
    if (product && !(m->power[l] > 0))
        return -TDO_TIE;
    if (!product && mix_is_leximin(m))
        return rest - TDO_TIE;
    for (size_t j = 0; j < m->levels; j++)
        if (j != l && (!product || m->power[j] > 0))
            rest -= product ? m->power[j] * real_log_of_any(fmax(s->top[j], TDO_TIE))
                            : m->rho * s->top[j];
    return product ? real_exp(rest / m->power[l]) * (1 - TDO_TIE)
                   : rest / (m->theta + m->rho) - TDO_TIE;
}

static void mark_good(few_search *s)
{
    const mix_problem *m = s->m;
    size_t bits = m->levels + m->bounds;
    s->all = bits < 64 ? (UINT64_C(1) << bits) - 1 : UINT64_MAX;
    memset(s->good, 0, s->n * sizeof *s->good);
    for (size_t b = 0; b < bits && b < 64; b++) {
        size_t k = b - m->levels;
        double least = b < m->levels ? least_level(s, b) - s->hope[b] : 0;
        for (size_t i = 0; i < s->n; i++) {
            bool is = b < m->levels ? s->level[i * m->levels + b] >= least
                                    : s->over[i * m->bounds + k] <= 0;
            s->good[i] |= (uint64_t)is << b;
        }
    }
}

/* ---- one set ---- */

static void set_corners(few_search *s)
{
    const mix_problem *m = s->m;
    const double floor = m->s->mix.min_share;
    const double left = fmax(0, 1 - floor * (double)s->set.k);
    for (size_t l = 0; l < m->levels; l++) {
        double same = 0;
        for (size_t j = 0; j < s->set.k; j++)
            same += floor * s->level[s->place[j] * m->levels + l];
        for (size_t w = 0; w < m->worst_n; w++) {
            double worst = INFINITY;
            for (size_t j = 0; j < s->set.k; j++)
                worst = fmin(worst, m->value[m->worst[w] * m->n + s->who[s->place[j]]]);
            same += m->add[l * m->worst_n + w] * worst;
        }
        for (size_t j = 0; j < s->set.k; j++)
            s->set.level[j][l] = same + left * s->level[s->place[j] * m->levels + l];
    }
    for (size_t b = 0; b < m->bounds; b++) {
        double same = 0;
        for (size_t j = 0; j < s->set.k; j++)
            same += floor * s->over[s->place[j] * m->bounds + b];
        for (size_t j = 0; j < s->set.k; j++)
            s->set.over[j][b] = same + left * s->over[s->place[j] * m->bounds + b];
    }
}

static void keep(few_search *s, const mix_split *split, const double *level)
{
    s->best.n = split->n;
    memcpy(s->best.index, split->index, split->n * sizeof *split->index);
    memcpy(s->best.share, split->share, split->n * sizeof *split->share);
    memcpy(s->best_level, level, s->m->levels * sizeof *level);
    few_set_goal(s->m, level, &s->goal);
    mark_good(s);
}

/* Solves the set exactly, and keeps it if it is better. */
static tdo_status look(few_search *s)
{
    mix_problem *m = s->m;
    tdo_arena *room = tdo_arena_new();
    mix_answer y = {0};
    uint32_t who[FEW_MOST];
    double *level = !room ? NULL : tdo_alloc(room, m->levels, sizeof *level);
    tdo_status status = level ? TDO_OK : TDO_E_MEMORY;
    for (size_t j = 0; j < s->set.k; j++) { /* ascending */
        size_t at = j;
        for (; at > 0 && who[at - 1] > s->who[s->place[j]]; at--)
            who[at] = who[at - 1];
        who[at] = s->who[s->place[j]];
    }
    if (status == TDO_OK)
        status = mix_refine(m, who, s->set.k, room, &y, s->err);
    if (status == TDO_OK && y.status == TDO_MIX_OPTIMAL) {
        mix_split_levels(m, &y.split, level);
        bool counts = m->rule != TDO_MIX_NASH || m->no_gain || mix_levels_value(m, level) > 0;
        if (counts && (s->best.n == 0 || mix_levels_above(m, level, s->best_level)))
            keep(s, &y.split, level);
    }
    tdo_arena_free(room);
    return status;
}

/* Looks at all sets that begin with those placed so far. good: what they are good enough for. */
static bool visit(few_search *s, size_t depth, size_t from, uint64_t good)
{
    for (size_t i = from; i < s->n; i++) {
        uint64_t with = good | s->good[i];
        s->place[depth] = i;
        if (depth + 1 < s->set.k) {
            if (!visit(s, depth + 1, i + 1, with))
                return false;
            continue;
        }
        if (with != s->all)
            continue;
        set_corners(s);
        if (++s->glances > GLANCES)
            return false;
        if (!few_may_exceed(s->m, &s->set, &s->goal))
            continue;
        if (++s->looks > LOOKS)
            return false;
        s->status = look(s);
        if (s->status != TDO_OK)
            return false;
    }
    return true;
}

/* ---- all of them ---- */

/* By what the multipliers say that each is worth; without them by the sum of levels. */
static tdo_status order(few_search *s, const mix_duals *y)
{
    const mix_problem *m = s->m;
    double *worth = tdo_alloc(s->a, s->n, sizeof *worth);
    uint32_t *who = tdo_alloc(s->a, s->n, sizeof *who), *at = tdo_alloc(s->a, s->n, sizeof *at);
    uint64_t *word = tdo_alloc(s->a, s->n, 2 * sizeof *word);
    if (!worth || !who || !at || !word)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < s->n; i++) {
        size_t q = m->enter[i];
        for (size_t l = 0; l < m->levels; l++)
            worth[i] -= (y->omega ? y->omega[l] : 1) * m->level[l * m->n + q];
        for (size_t k = 0; k < m->bounds && y->lambda; k++)
            worth[i] += y->lambda[k] * m->bound[k].h[q];
        at[i] = (uint32_t)i;
    }
    sort_by_key(worth, at, s->n, word);
    for (size_t i = 0; i < s->n; i++)
        who[i] = m->enter[at[i]];
    s->who = who;
    return TDO_OK;
}

static tdo_status make_room(few_search *s)
{
    const mix_problem *m = s->m;
    bool full = true;
    s->level = tdo_alloc(s->a, s->n * m->levels, sizeof *s->level);
    s->over = tdo_alloc(s->a, s->n * m->bounds, sizeof *s->over);
    s->hope = tdo_alloc(s->a, m->levels, sizeof *s->hope);
    s->top = tdo_alloc(s->a, m->levels, sizeof *s->top);
    s->good = tdo_alloc(s->a, s->n, sizeof *s->good);
    s->goal.reached = tdo_alloc(s->a, m->levels + 1, sizeof *s->goal.reached);
    s->best_level = tdo_alloc(s->a, m->levels, sizeof *s->best_level);
    s->best.index = tdo_alloc(s->a, FEW_MOST, sizeof *s->best.index);
    s->best.share = tdo_alloc(s->a, FEW_MOST, sizeof *s->best.share);
    for (size_t j = 0; j < FEW_MOST; j++) {
        s->set.level[j] = tdo_alloc(s->a, m->levels, sizeof(double));
        s->set.over[j] = tdo_alloc(s->a, m->bounds, sizeof(double));
        full &= s->set.level[j] && s->set.over[j];
    }
    return full && s->level && s->over && s->hope && s->top && s->good && s->goal.reached &&
                   s->best_level && s->best.index && s->best.share
               ? TDO_OK
               : TDO_E_MEMORY;
}

static void gather(few_search *s)
{
    const mix_problem *m = s->m;
    for (size_t w = 0; w < m->worst_n; w++) {
        double most = 0;
        for (size_t i = 0; i < s->n; i++)
            most = fmax(most, m->value[m->worst[w] * m->n + s->who[i]]);
        for (size_t l = 0; l < m->levels; l++)
            s->hope[l] += m->add[l * m->worst_n + w] * most;
    }
    for (size_t l = 0; l < m->levels; l++) {
        s->top[l] = -INFINITY;
        for (size_t i = 0; i < s->n; i++) {
            double x = m->level[l * m->n + s->who[i]];
            s->level[i * m->levels + l] = x;
            s->top[l] = fmax(s->top[l], x + s->hope[l]);
        }
    }
    for (size_t k = 0; k < m->bounds; k++)
        for (size_t i = 0; i < s->n; i++)
            s->over[i * m->bounds + k] = m->bound[k].h[s->who[i]] - m->bound[k].beta;
}

/* Sets of a smaller size are part of larger ones, unless every share has a least size or what is
 * not used must not count. */
static bool search_sizes(few_search *s, size_t most)
{
    bool each = s->m->s->mix.min_share > 0 || s->m->worst_n > 0;
    bool done = true;
    mark_good(s);
    for (size_t k = each ? 1 : most; k <= most && done; k++) {
        s->set.k = k;
        done = visit(s, 0, 0, 0);
    }
    return done;
}

bool mix_are_few(const mix_problem *m, size_t most)
{
    double sets = 1;
    if (most == 0 || most > FEW_MOST)
        return false;
    for (size_t k = 0; k < most && k < m->entered; k++)
        sets *= (double)(m->entered - k) / (double)(k + 1);
    return sets <= SETS;
}

tdo_status mix_solve_few(mix_problem *m, size_t most, double relaxed, tdo_arena *a, mix_answer *out,
                         tdo_error *err)
{
    assert(most >= 1 && most <= FEW_MOST);
    few_search s = {.m = m, .n = m->entered, .a = a, .err = err};
    const mix_duals duals = out->duals;
    most = most < s.n ? most : s.n;
    *out = (mix_answer){.value = NAN, .limit = NAN, .status = TDO_MIX_INFEASIBLE};
    tdo_status status = make_room(&s);
    if (status == TDO_OK)
        status = order(&s, &duals);
    if (status != TDO_OK)
        return status;
    gather(&s);
    bool done = search_sizes(&s, most);
    if (s.status == TDO_OK && done && s.best.n == 0 && mix_is_product(m)) {
        m->no_gain = true; /* the least gain counts */
        done = search_sizes(&s, most);
    }
    m->effort.rounds += s.glances;
    if (s.status != TDO_OK)
        return s.status;
    out->split = s.best;
    out->status = !done ? TDO_MIX_LIMIT : s.best.n > 0 ? TDO_MIX_OPTIMAL : TDO_MIX_INFEASIBLE;
    if (s.best.n > 0) {
        double value = mix_levels_value(m, s.best_level);
        out->limit = done ? value + TDO_TIE / 2 : relaxed;
    }
    return TDO_OK;
}
