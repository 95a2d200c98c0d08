/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole numbers of models, and criteria that mix "worst". The integer program chooses who is used;
 * with these the shares are solved again by the LP of the rule, so that they are the leximin or
 * nash ones among those who are used, and right to the last digit. */
#include "mix/mix.h"

#include "mix/program.h"
#include "mix/whole.h"

#include "rules/rules.h"

#include <math.h>

enum { CUT_ROUNDS = 60 };
static const double SETTLED = 1e-9; /* of the logarithm of the nash product */
static const double SOME = 1e-9;    /* a share above this is used */

bool mix_needs_whole(const mix_problem *m)
{
    return m->worst_n > 0 || m->s->mix.max_models > 0 || m->s->mix.min_share > 0;
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

tdo_status mix_search(mix_program *g, tdo_arena *a, tdo_lp_solution *out, tdo_error *err)
{
    const tdo_lp_options options = {.nodes = TDO_MIX_NODES};
    tdo_status status = tdo_lp_solve(g->lp, &options, a, out, err);
    if (status == TDO_OK) {
        g->m->effort.lps++;
        g->m->effort.rounds += out->nodes;
        g->m->effort.seconds += out->seconds;
    }
    return status;
}

/* ---- the shares of those who are used ---- */

/* Who is used in a solution of the program. */
static tdo_status read_used(const mix_program *g, const tdo_lp_solution *s, tdo_arena *a,
                            uint32_t **who, size_t *n)
{
    *who = tdo_alloc(a, g->n, sizeof **who);
    *n = 0;
    for (size_t j = 0; *who && j < g->n; j++)
        if (g->counts ? s->primal[g->col_used + j] > 0.5 && s->primal[g->col_x + j] > 0
                      : s->primal[g->col_x + j] > SOME)
            (*who)[(*n)++] = g->who[j];
    return !*who ? TDO_E_MEMORY : TDO_OK;
}

tdo_status mix_refine(mix_problem *m, const uint32_t *who, size_t n, tdo_arena *a, mix_answer *out,
                      tdo_error *err)
{
    const mix_split all = {.n = n, .index = tdo_alloc(a, n, sizeof *all.index)};
    double *worst = tdo_alloc(a, m->worst_n, sizeof *worst);
    bool no_gain = m->no_gain;
    mix_lp q = {0};
    if (!all.index || !worst)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        all.index[k] = who[k];
    for (size_t k = 0; k < m->worst_n; k++)
        worst[k] = mix_split_worst(m, &all, m->worst[k]);
    tdo_status status =
        mix_lp_make(m, who, n, m->s->mix.min_share, m->worst_n ? worst : NULL, a, &q, err);
    if (status == TDO_OK)
        status = mix_solve_rule(&q, a, out, err);
    m->no_gain = no_gain;
    out->duals = (mix_duals){NULL, NULL}; /* of these candidates only: no proof for all */
    out->unique = out->unique_known = false;
    if (status == TDO_OK && out->status == TDO_MIX_OPTIMAL)
        mix_split_clean(&out->split);
    return status;
}

static tdo_mix_status status_of(const tdo_lp_solution *s)
{
    return s->outcome == TDO_LP_OPTIMAL      ? TDO_MIX_OPTIMAL
           : s->outcome == TDO_LP_INFEASIBLE ? TDO_MIX_INFEASIBLE
           : s->outcome == TDO_LP_LIMIT      ? TDO_MIX_LIMIT
                                             : TDO_MIX_NUMERICAL;
}

tdo_status mix_read_answer(const mix_program *g, const tdo_lp_solution *s, tdo_arena *a,
                           mix_answer *out, tdo_error *err)
{
    uint32_t *who = NULL;
    size_t n = 0;
    tdo_status status = read_used(g, s, a, &who, &n);
    if (status == TDO_OK)
        status = mix_refine(g->m, who, n, a, out, err);
    if (status != TDO_OK || out->status == TDO_MIX_OPTIMAL)
        return status;
    *out = (mix_answer){.split = {.index = who, .share = tdo_alloc(a, n, sizeof(double))}};
    if (!out->split.share)
        return TDO_E_MEMORY;
    for (size_t j = 0, k = 0; j < g->n && k < n; j++)
        if (g->who[j] == who[k])
            out->split.share[k++] = s->primal[g->col_x + j];
    out->split.n = n;
    mix_split_clean(&out->split);
    return TDO_OK;
}

static tdo_status solve_linear(mix_program *g, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    tdo_lp_solution s = {0};
    tdo_status status = mix_search(g, a, &s, err);
    out->status = status_of(&s);
    if (status != TDO_OK || !s.primal)
        return status;
    tdo_mix_status reached = out->status;
    status = mix_read_answer(g, &s, a, out, err);
    out->status = reached;
    out->limit = isnan(s.bound) ? INFINITY : s.bound;
    if (status == TDO_OK && reached == TDO_MIX_OPTIMAL && mix_is_leximin(g->m) && g->m->levels > 1)
        status = mix_raise_sums(g, a, out, err);
    return status;
}

/* ---- nash: tangent cuts ----
 * The logarithm of each gain lies below its tangents, so the program with some of them bounds what
 * can be reached; and with the tangents at the best split of some candidates it can no longer
 * overrate these. Hence it ends (outer approximation, Duran and Grossmann 1986). */

typedef struct cutter {
    mix_program *g;
    size_t col_log; /* of the levels with power; the columns of the others stay 0 */
} cutter;

static tdo_status add_cut(const cutter *c, size_t l, double gain, tdo_error *err)
{
    const uint32_t column[] = {(uint32_t)(c->col_log + l), (uint32_t)(c->g->col_y + l)};
    const double value[] = {gain, -1};
    return tdo_lp_add_row(c->g->lp,
                          &(tdo_lp_row){.lower = -INFINITY,
                                        .upper = gain * (log(gain) - 1),
                                        .count = 2,
                                        .column = column,
                                        .value = value},
                          err);
}

/* At the levels, or where a level is nothing, below the logarithm that the program gave it. log:
 * its columns; NULL: no solution yet. */
static tdo_status add_cuts(const cutter *c, const double *level, const double *log_of,
                           tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t l = 0; l < c->g->m->levels && status == TDO_OK; l++) {
        double at = log_of ? fmax(level[l], exp(log_of[l] - 1)) : level[l];
        if (c->g->m->power[l] > 0 && at > TDO_TIE)
            status = add_cut(c, l, at, err);
    }
    return status;
}

/* From "the least gain" to "the sum of logarithms". */
static tdo_status turn_to_logs(cutter *c, const double *level, tdo_error *err)
{
    const mix_problem *m = c->g->m;
    tdo_status status = tdo_lp_set_cost(c->g->lp, c->g->col_v, 0, err);
    c->col_log = tdo_lp_columns(c->g->lp);
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++) {
        bool counts = m->power[l] > 0;
        status = tdo_lp_add_column(c->g->lp,
                                   &(tdo_lp_column){.cost = m->power[l],
                                                    .lower = counts ? -INFINITY : 0,
                                                    .upper = counts ? INFINITY : 0},
                                   err);
        if (status == TDO_OK)
            status = tdo_lp_set_bounds(c->g->lp, c->g->col_y + l, 0, INFINITY, err);
        if (status == TDO_OK && counts)
            status = add_cut(c, l, 1, err);
    }
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++)
        status = tdo_lp_set_row_bounds(c->g->lp, c->g->row_t + l, -INFINITY, INFINITY, err);
    return status == TDO_OK ? add_cuts(c, level, NULL, err) : status;
}

/* Who has no power must not lose, and does not count for the least gain. */
static tdo_status shield(const mix_program *g, bool on, tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t l = 0; l < g->m->levels && status == TDO_OK; l++) {
        if (g->m->power[l] > 0)
            continue;
        status = tdo_lp_set_bounds(g->lp, g->col_y + l, on ? 0 : -INFINITY, INFINITY, err);
        if (status == TDO_OK)
            status = tdo_lp_set_row_bounds(g->lp, g->row_t + l, on ? -INFINITY : 0, INFINITY, err);
    }
    return status;
}

static tdo_status cut_rounds(cutter *c, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    mix_problem *m = c->g->m;
    double *level = tdo_alloc(a, m->levels, sizeof *level), best = -INFINITY, bound = INFINITY;
    tdo_status status = !level ? TDO_E_MEMORY : TDO_OK;
    out->status = TDO_MIX_LIMIT;
    for (int round = 0; round < CUT_ROUNDS && status == TDO_OK; round++) {
        tdo_lp_solution s = {0};
        mix_answer now = {0};
        status = mix_search(c->g, a, &s, err);
        if (status != TDO_OK || !s.primal)
            break;
        bound = fmin(bound, s.bound);
        status = mix_read_answer(c->g, &s, a, &now, err);
        if (status != TDO_OK)
            break;
        mix_split_levels(m, &now.split, level);
        double value = log(fmax(0, mix_levels_value(m, level)));
        if (value > best) {
            best = value;
            tdo_mix_status before = out->status;
            *out = now;
            out->status = before;
        }
        if (bound - best <= SETTLED) {
            out->status = TDO_MIX_OPTIMAL;
            break;
        }
        status = add_cuts(c, level, s.primal + c->col_log, err);
        if (status == TDO_OK && s.outcome != TDO_LP_OPTIMAL)
            break;
    }
    if (out->status == TDO_MIX_LIMIT && bound - best <= 1e-7)
        out->status = TDO_MIX_OPTIMAL;
    out->limit = exp(bound);
    return status;
}

static tdo_status solve_nash(mix_program *g, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    mix_problem *m = g->m;
    tdo_lp_solution s = {0};
    cutter c = {.g = g};
    double *level = tdo_alloc(a, m->levels, sizeof *level);
    tdo_status status = !level ? TDO_E_MEMORY : shield(g, true, err);
    if (status == TDO_OK)
        status = mix_search(g, a, &s, err);
    if (status != TDO_OK)
        return status;
    if (!s.primal || !(s.primal[g->col_v] > TDO_TIE)) {
        m->no_gain = true;
        status = shield(g, false, err);
        return status == TDO_OK ? solve_linear(g, a, out, err) : status;
    }
    for (size_t l = 0; l < m->levels; l++)
        level[l] = s.primal[g->col_y + l];
    status = turn_to_logs(&c, level, err);
    return status == TDO_OK ? cut_rounds(&c, a, out, err) : status;
}

/* ---- all of them ---- */

/* Nothing is better than the relaxed answer. */
static tdo_status relaxed_value(const mix_problem *m, const mix_answer *y, tdo_arena *a,
                                double *out)
{
    double *level = tdo_alloc(a, m->levels, sizeof *level);
    *out = INFINITY;
    if (!level)
        return TDO_E_MEMORY;
    if (y->status == TDO_MIX_OPTIMAL && y->split.n > 0) {
        mix_split_levels(m, &y->split, level);
        *out = mix_levels_value(m, level);
    }
    return TDO_OK;
}

tdo_status mix_solve_whole(mix_problem *m, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    mix_program g = {0};
    double relaxed = INFINITY;
    size_t most = mix_most_models(&m->s->mix);
    tdo_status status = relaxed_value(m, out, a, &relaxed);
    if (status == TDO_OK && mix_are_few(m, most))
        return mix_solve_few(m, most, relaxed, a, out, err);
    *out = (mix_answer){.value = NAN, .limit = NAN};
    if (status == TDO_OK)
        status = mix_program_make(m, MIX_PROGRAM_VALUE, a, &g, err);
    if (status == TDO_OK)
        status = mix_is_product(m) ? solve_nash(&g, a, out, err) : solve_linear(&g, a, out, err);
    return status;
}

tdo_status mix_fewest(mix_problem *m, size_t *out, tdo_error *err)
{
    tdo_arena *a = tdo_arena_new();
    mix_program g = {0};
    tdo_lp_solution s = {0};
    tdo_status status = !a ? TDO_E_MEMORY : mix_program_make(m, MIX_PROGRAM_FEWEST, a, &g, err);
    *out = 0;
    if (status == TDO_OK)
        status = mix_search(&g, a, &s, err);
    if (status == TDO_OK && s.outcome == TDO_LP_OPTIMAL)
        *out = (size_t)(0.5 - s.objective);
    tdo_arena_free(a);
    return status;
}
