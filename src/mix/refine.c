/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a program that chooses who is used to the shares of these: they are solved again by the LP
 * of the rule, so that they are the leximin or nash ones among those who are used, and right to the
 * last digit. */
#include "mix/whole.h"
#include "tradeoff/work.h"

static const double SOME = 1e-9; /* a share above this is used */

tdo_status mix_search(mix_program *g, tdo_arena *a, tdo_lp_solution *out, tdo_error *err)
{
    const tdo_lp_options options = {.nodes = (uint32_t)tdo_work_left(g->m->k->work, TDO_MIX_NODES)};
    if (options.nodes == 0) { /* the run's budget is used up */
        *out = (tdo_lp_solution){.outcome = TDO_LP_LIMIT};
        return TDO_OK;
    }
    tdo_status status = tdo_lp_solve(g->lp, &options, a, out, err);
    if (status == TDO_OK) {
        g->m->effort.lps++;
        g->m->effort.rounds += out->nodes;
        tdo_work_done(g->m->k->work, out->nodes);
        g->m->effort.seconds += out->seconds;
    }
    return status;
}

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
    mix_lp q = {.m = m, .a = a, .who = who, .n = n, .floor = m->s->mix.min_share};
    if (!all.index || !worst)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        all.index[k] = who[k];
    for (size_t k = 0; k < m->worst_n; k++)
        worst[k] = mix_split_worst(m, &all, m->worst[k]);
    q.worst = m->worst_n ? worst : NULL;
    tdo_status status = mix_lp_make(&q, err);
    if (status == TDO_OK)
        status = mix_solve_rule(&q, a, out, err);
    m->no_gain = no_gain;
    out->duals = (mix_duals){NULL, NULL}; /* of these candidates only: no proof for all */
    out->unique = out->unique_known = false;
    if (status == TDO_OK && out->status == TDO_MIX_OPTIMAL)
        mix_split_clean(&out->split);
    return status;
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
