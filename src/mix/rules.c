/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that are one LP, and leximin, which is one after the other. */
#include "mix/mix.h"

#include <math.h>
#include <string.h>

static tdo_mix_status status_of(tdo_lp_outcome o)
{
    return o == TDO_LP_OPTIMAL      ? TDO_MIX_OPTIMAL
           : o == TDO_LP_INFEASIBLE ? TDO_MIX_INFEASIBLE
           : o == TDO_LP_LIMIT      ? TDO_MIX_LIMIT
                                    : TDO_MIX_NUMERICAL;
}

static tdo_status copy_split(const mix_split *from, tdo_arena *a, mix_split *to)
{
    to->n = from->n;
    to->index = tdo_alloc(a, from->n, sizeof *to->index);
    to->share = tdo_alloc(a, from->n, sizeof *to->share);
    if (!to->index || !to->share)
        return TDO_E_MEMORY;
    memcpy(to->index, from->index, from->n * sizeof *to->index);
    memcpy(to->share, from->share, from->n * sizeof *to->share);
    return TDO_OK;
}

static tdo_status keep_duals(const mix_lp *q, const mix_point *p, tdo_arena *a, mix_duals *out)
{
    out->omega = tdo_alloc(a, q->m->levels, sizeof *out->omega);
    out->lambda = tdo_alloc(a, q->m->bounds, sizeof *out->lambda);
    if (!out->omega || !out->lambda)
        return TDO_E_MEMORY;
    memcpy(out->omega, p->pi, q->m->levels * sizeof *out->omega);
    memcpy(out->lambda, p->lambda, q->m->bounds * sizeof *out->lambda);
    return TDO_OK;
}

/* ---- leximin ---- */

/* So much more of a level, and the slack of a tie decides nothing. */
static const double SLACK_BUYS = 1e-7;

/* What has been settled so far. A level with a positive multiplier is tight in every optimal
 * solution, and as the multipliers of the open ones sum to 1 there is one of at least its share;
 * one of at least half of it is settled, for a smaller one may be nothing but rounding, and what is
 * left open is settled later. To settle all rows that happen to be tight would be wrong. Levels
 * that differ by TDO_TIE are as good as each other: a settled one is held that much below. */
typedef struct settled {
    unsigned *round; /* [levels] 0: open */
    double *level;   /* [levels] */
    size_t open;
} settled;

static tdo_status hold_settled(mix_lp *q, const settled *s, double slip, tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t l = 0; l < q->m->levels && status == TDO_OK; l++) {
        if (s->round[l] == 0)
            continue;
        double floor = slip > 0 ? s->level[l] - slip : nextafter(s->level[l], -INFINITY);
        status = tdo_lp_set_bounds(q->lp, mix_col_y(q, l), floor, INFINITY, err);
        if (status == TDO_OK)
            status = tdo_lp_set_row_bounds(q->lp, mix_row_t(q, l), -INFINITY, INFINITY, err);
    }
    return status;
}

static void settle(const mix_lp *q, const mix_point *p, unsigned round, settled *s)
{
    double least = 0.5 / (double)s->open;
    for (size_t l = 0; l < q->m->levels; l++) {
        if (s->round[l] != 0 || !(p->omega[l] >= least))
            continue;
        s->round[l] = round;
        s->level[l] = p->v;
        s->open--;
    }
}

/* A round: the value and the multipliers with the slack of a tie, and shares without it where these
 * are as good, for they have fewer digits. */
static tdo_status solve_round(mix_lp *q, const settled *s, tdo_arena *a, mix_point *p,
                              tdo_error *err)
{
    mix_point plain = {0};
    tdo_status status = hold_settled(q, s, TDO_TIE, err);
    if (status == TDO_OK)
        status = mix_lp_solve(q, a, p, err);
    if (s->open == q->m->levels || status != TDO_OK || p->outcome != TDO_LP_OPTIMAL)
        return status;
    status = hold_settled(q, s, 0, err);
    if (status == TDO_OK)
        status = mix_lp_solve(q, a, &plain, err);
    if (status == TDO_OK && plain.outcome == TDO_LP_OPTIMAL && plain.v >= p->v - SLACK_BUYS) {
        p->split = plain.split;
        p->v = plain.v;
    }
    return status;
}

/* What the last round found, unless the first was as good already: it has fewer digits. */
static tdo_status choose_split(const mix_problem *m, const mix_split *first, const mix_split *last,
                               tdo_arena *a, mix_split *out)
{
    double *was = tdo_alloc(a, m->levels, sizeof *was), *is = tdo_alloc(a, m->levels, sizeof *is);
    if (!was || !is)
        return TDO_E_MEMORY;
    mix_split_levels(m, first, was);
    mix_split_levels(m, last, is);
    return copy_split(mix_levels_above(m, is, was) ? last : first, a, out);
}

static tdo_status leximin(mix_lp *q, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    size_t n = q->m->levels;
    mix_split first = {0};
    settled s = {.round = tdo_alloc(a, n, sizeof *s.round),
                 .level = tdo_alloc(a, n, sizeof *s.level),
                 .open = n};
    tdo_status status = s.round && s.level ? TDO_OK : TDO_E_MEMORY;
    for (unsigned round = 1; status == TDO_OK && s.open > 0; round++) {
        mix_point p = {0};
        size_t open = s.open;
        status = solve_round(q, &s, a, &p, err);
        if (status != TDO_OK)
            break;
        out->status = round == 1                    ? status_of(p.outcome)
                      : p.outcome == TDO_LP_OPTIMAL ? TDO_MIX_OPTIMAL
                                                    : TDO_MIX_NUMERICAL;
        if (out->status != TDO_MIX_OPTIMAL)
            break;
        settle(q, &p, round, &s);
        if (s.open == open) { /* no multiplier at all: not an optimum */
            out->status = TDO_MIX_NUMERICAL;
            break;
        }
        if (round == 1) {
            first = p.split;
            status = keep_duals(q, &p, a, &out->duals);
        }
        if (status == TDO_OK && s.open == 0)
            status = choose_split(q->m, &first, &p.split, a, &out->split);
    }
    if (status == TDO_OK && out->status == TDO_MIX_OPTIMAL)
        status = hold_settled(q, &s, TDO_TIE, err);
    out->round = s.round;
    return status;
}

/* ---- one LP ---- */

static tdo_status one_lp(mix_lp *q, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    mix_point p = {0};
    tdo_status status = mix_lp_solve(q, a, &p, err);
    out->status = status_of(p.outcome);
    if (status != TDO_OK || p.outcome != TDO_LP_OPTIMAL)
        return status;
    out->unique = out->unique_known = p.ties == 0;
    status = copy_split(&p.split, a, &out->split);
    if (status == TDO_OK)
        status = keep_duals(q, &p, a, &out->duals);
    if (status == TDO_OK)
        status = tdo_lp_set_bounds(q->lp, mix_col_v(q), mix_reached(p.v, p.exact), INFINITY, err);
    return status;
}

tdo_status mix_solve_rule(mix_lp *q, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    tdo_status status = TDO_OK;
    *out = (mix_answer){.value = NAN, .limit = NAN};
    if (mix_is_product(q->m))
        status = mix_solve_nash(q, a, out, err);
    if (status != TDO_OK || mix_is_product(q->m)) /* still: where nobody gains it is so no more */
        return status;
    if (mix_is_leximin(q->m) && q->m->levels > 0)
        return leximin(q, a, out, err);
    return one_lp(q, a, out, err);
}

/* ---- what else is as good ---- */

/* The largest sum of weight x share over the splits that are held. NaN: not found. */
static tdo_status largest(mix_lp *q, tdo_arena *a, double *out, tdo_error *err)
{
    mix_point p = {0};
    tdo_status status = tdo_lp_pool_set_cost(q->pool, q->cost, err);
    *out = NAN;
    if (status == TDO_OK)
        status = mix_lp_solve(q, a, &p, err);
    if (status == TDO_OK && p.outcome == TDO_LP_OPTIMAL)
        *out = p.objective;
    return status;
}

static size_t place_in(const mix_lp *q, uint32_t participant)
{
    size_t low = 0, high = q->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (q->who[middle] <= participant)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Least and most of each share; anything outside the split; all as one. */
static tdo_status find_ranges(mix_lp *q, tdo_arena *a, mix_answer *y, tdo_error *err)
{
    const double room = 1e-7; /* wider than rounding, narrower than anybody cares */
    bool one = true, known = true;
    tdo_status status = tdo_lp_set_cost(q->lp, mix_col_v(q), 0, err);
    for (size_t l = 0; l < q->m->levels && status == TDO_OK; l++)
        status = tdo_lp_set_cost(q->lp, mix_col_y(q, l), 0, err);
    for (size_t s = 0; s < 2 * y->split.n && status == TDO_OK; s++) {
        size_t at = place_in(q, y->split.index[s / 2]);
        double sign = s % 2 == 0 ? -1 : 1, x = NAN;
        q->cost[at] = sign;
        status = largest(q, a, &x, err);
        q->cost[at] = 0;
        x = q->floor + sign * x + 0.0;
        if (sign * (x - y->split.share[s / 2]) <= room)
            x = y->split.share[s / 2]; /* a tie with the optimum may lie beside it */
        *(s % 2 == 0 ? &y->least[s / 2] : &y->most[s / 2]) = x;
        known &= !isnan(x);
        one &= fabs(x - y->split.share[s / 2]) <= room;
    }
    for (size_t k = 0; k < q->n; k++)
        q->cost[k] = 1;
    for (size_t s = 0; s < y->split.n; s++)
        q->cost[place_in(q, y->split.index[s])] = 0;
    double others = NAN;
    if (status == TDO_OK)
        status = largest(q, a, &others, err);
    memset(q->cost, 0, q->n * sizeof *q->cost);
    y->unique_known = known && !isnan(others);
    y->unique = y->unique_known && one && others <= room;
    return status;
}

tdo_status mix_find_ranges(mix_lp *q, tdo_arena *a, mix_answer *y, tdo_error *err)
{
    y->least = tdo_alloc(a, y->split.n, sizeof *y->least);
    y->most = tdo_alloc(a, y->split.n, sizeof *y->most);
    if (!y->least || !y->most)
        return TDO_E_MEMORY;
    if (!y->unique)
        return find_ranges(q, a, y, err);
    for (size_t s = 0; s < y->split.n; s++)
        y->least[s] = y->most[s] = y->split.share[s];
    return TDO_OK;
}
