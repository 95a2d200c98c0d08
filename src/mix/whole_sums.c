/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leximin where whole numbers are searched for, one search after the other: the sum of the q least
 * levels is the largest q t - sum of e with e >= 0 and level + e >= t (Ogryczak and Sliwinski
 * 2003); each is made as large as it can be, the earlier ones held. */
#include "mix/mix.h"

#include "mix/whole.h"

#include <assert.h>
#include <math.h>

/* Columns t and e of sum q, and its row. */
static tdo_status add_sum(const mix_program *g, size_t q, size_t *row, tdo_error *err)
{
    const mix_problem *m = g->m;
    size_t t = tdo_lp_columns(g->lp), first = tdo_lp_rows(g->lp);
    tdo_status status = TDO_OK;
    for (size_t c = 0; c <= m->levels && status == TDO_OK; c++)
        status = tdo_lp_add_column(g->lp,
                                   &(tdo_lp_column){.cost = c == 0 ? (double)q : -1,
                                                    .lower = c == 0 ? -INFINITY : 0,
                                                    .upper = INFINITY},
                                   err);
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++)
        status =
            tdo_lp_add_row(g->lp,
                           &(tdo_lp_row){.upper = INFINITY,
                                         .count = 3,
                                         .column = (uint32_t[]){(uint32_t)(g->col_y + l),
                                                                (uint32_t)t, (uint32_t)(t + 1 + l)},
                                         .value = (double[]){1, -1, 1}},
                           err);
    *row = first + m->levels;
    uint32_t *column = tdo_alloc(g->a, m->levels + 1, sizeof *column);
    double *value = tdo_alloc(g->a, m->levels + 1, sizeof *value);
    if (!column || !value)
        return TDO_E_MEMORY;
    for (size_t c = 0; c <= m->levels; c++) {
        column[c] = (uint32_t)(t + c);
        value[c] = c == 0 ? (double)q : -1;
    }
    return status != TDO_OK ? status
                            : tdo_lp_add_row(g->lp,
                                             &(tdo_lp_row){.lower = -INFINITY,
                                                           .upper = INFINITY,
                                                           .count = m->levels + 1,
                                                           .column = column,
                                                           .value = value},
                                             err);
}

static double sum_of_least(const double *level, size_t n, size_t q, double *sorted)
{
    double sum = 0;
    for (size_t l = 0; l < n; l++) {
        size_t at = l;
        for (; at > 0 && sorted[at - 1] > level[l]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = level[l];
    }
    for (size_t k = 0; k < q; k++)
        sum += sorted[k];
    return sum;
}

tdo_status mix_raise_sums(mix_program *g, tdo_arena *a, mix_answer *out, tdo_error *err)
{
    assert(mix_is_leximin(g->m) && g->m->levels > 1);
    mix_problem *m = g->m;
    double *best = tdo_alloc(a, m->levels, sizeof *best);
    double *now = tdo_alloc(a, m->levels, sizeof *now);
    size_t row = 0;
    tdo_status status = best && now ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_lp_set_cost(g->lp, g->col_v, 0, err);
    for (size_t q = 2; q <= m->levels && status == TDO_OK; q++) {
        tdo_lp_solution s = {0};
        mix_answer y = {0};
        mix_split_levels(m, &out->split, best);
        double held = sum_of_least(best, m->levels, q - 1, now) - TDO_TIE * (double)(q - 1);
        status = q == 2 ? tdo_lp_set_bounds(g->lp, g->col_t, held, INFINITY, err)
                        : tdo_lp_set_row_bounds(g->lp, row, held, INFINITY, err);
        for (size_t c = 0; q > 2 && c <= m->levels && status == TDO_OK; c++)
            status =
                tdo_lp_set_cost(g->lp, tdo_lp_columns(g->lp) - 1 - c, 0, err); /* the last sum's */
        if (status == TDO_OK)
            status = add_sum(g, q, &row, err);
        if (status == TDO_OK)
            status = mix_search(g, a, &s, err);
        if (status == TDO_OK && s.primal)
            status = mix_read_answer(g, &s, a, &y, err);
        if (status != TDO_OK)
            break;
        if (!s.primal || s.outcome != TDO_LP_OPTIMAL) {
            out->status = TDO_MIX_LIMIT;
            break;
        }
        mix_split_levels(m, &y.split, now);
        if (mix_levels_above(m, now, best)) {
            out->split = y.split;
            out->round = y.round;
        }
    }
    return status;
}
