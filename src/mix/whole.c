/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole numbers of models, and criteria that mix "worst": the integer program chooses who is used,
 * and refine.c finds the shares. */
#include "base/real.h"
#include "mix/mix.h"

#include "mix/program.h"
#include "mix/whole.h"

#include "rules/rules.h"

#include <math.h>

enum { CUT_ROUNDS = 60 };
static const double SETTLED = 1e-9; /* of the logarithm of the nash product: ends the search, */
static const double ENOUGH = 1e-7;  /* and what counts where cuts have run out */

bool mix_needs_whole(const mix_problem *m)
{
    return m->worst_n > 0 || m->s->mix.max_models > 0 || m->s->mix.min_share > 0;
}

static tdo_mix_status status_of(const tdo_lp_solution *s)
{
    return s->outcome == TDO_LP_OPTIMAL      ? TDO_MIX_OPTIMAL
           : s->outcome == TDO_LP_INFEASIBLE ? TDO_MIX_INFEASIBLE
           : s->outcome == TDO_LP_LIMIT      ? TDO_MIX_LIMIT
                                             : TDO_MIX_NUMERICAL;
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
                                        .upper = gain * (real_log_of_any(gain) - 1),
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
        double at = log_of ? fmax(level[l], real_exp(log_of[l] - 1)) : level[l];
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
        double value = real_log_of_any(fmax(0, mix_levels_value(m, level)));
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
    if (out->status == TDO_MIX_LIMIT && bound - best <= ENOUGH)
        out->status = TDO_MIX_OPTIMAL;
    out->limit = real_exp(bound);
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
