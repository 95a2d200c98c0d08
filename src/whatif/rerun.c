/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages, run anew. */
#include "whatif/whatif.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Looks that finding the weights of somebody anew is worth, about. */
#define WEIGH_ANEW 1e5

/* Weights that follow from values follow from these. Errors: TDO_E_INPUT, too: there are none. */
static tdo_status weigh_anew(tdo_case *k, tdo_arena *a)
{
    tdo_report *unsaid = tdo_alloc(a, 1, sizeof *unsaid);
    tdo_regions regions = {.s = 0};
    tdo_status status = unsaid ? tdo_weigh_statements(&k->s, k->x, k->v, a, unsaid) : TDO_E_MEMORY;
    return status == TDO_OK ? tdo_find_regions(&k->s, a, &regions, unsaid) : status;
}

/* f and r: of an arena. No answer (nobody is feasible, or no weights agree): r is not set. */
static tdo_status run_stages(const tdo_scenario *s, const tdo_measured *x,
                             const tdo_limit_doubts *d, tdo_arena *a, tdo_screened *f,
                             tdo_ranking *r)
{
    assert(x->d == s->n_criteria);
    static const tdo_rank_options headline = {.only_headline = true};
    tdo_valued v = {0};
    tdo_utility u = {0};
    tdo_front front = {0};
    tdo_warnings unsaid = {0};
    tdo_case k = {.s = s, .x = x, .f = f, .v = &v, .u = &u, .front = &front};
    tdo_status status = tdo_screen(s, x, d, a, f);
    if (status != TDO_OK || f->feasible_n == 0)
        return status;
    status = tdo_value(s, x, f, a, &v, &unsaid);
    if (status == TDO_OK && tdo_compares_wholes(s)) {
        status = weigh_anew(&k, a);
        if (status == TDO_E_INPUT) /* then there is no answer */
            return TDO_OK;
    }
    if (status == TDO_OK)
        status = tdo_utilities(&k, a, &u, &unsaid);
    if (status == TDO_OK)
        status = tdo_find_frontier(&k, 1, a, &front);
    if (status == TDO_OK)
        status = tdo_rank_all(&k, &headline, a, r, NULL);
    return status;
}

tdo_status whatif_run(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubts *d,
                      size_t watched, whatif_answer *out)
{
    tdo_arena *a = tdo_arena_new();
    tdo_screened f = {0};
    tdo_ranking r = {0};
    *out = (whatif_answer){.top = TDO_NONE, .recommended = TDO_NONE, .score = NAN};
    tdo_status status = a ? run_stages(s, x, d, a, &f, &r) : TDO_E_MEMORY;
    if (status == TDO_OK && r.order)
        *out = (whatif_answer){.top = f.feasible[r.top],
                               .recommended = f.feasible[r.recommended],
                               .score = r.by_rule[s->rule].score[r.top],
                               .level = r.n_first[s->rule] > 1};
    if (status == TDO_OK && watched != TDO_NONE && r.order && f.slot[watched] != UINT32_MAX) {
        const uint32_t *rank = r.by_rule[s->rule].rank, slot = f.slot[watched];
        out->rank = rank[slot];
        for (uint32_t j = 0; j < f.feasible_n && !out->shared; j++)
            out->shared = j != slot && rank[j] == rank[slot];
    }
    tdo_arena_free(a);
    return status;
}

tdo_status whatif_ranks(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubts *d,
                        uint32_t *rank)
{
    tdo_arena *a = tdo_arena_new();
    tdo_screened f = {0};
    tdo_ranking r = {0};
    tdo_status status = a ? run_stages(s, x, d, a, &f, &r) : TDO_E_MEMORY;
    for (size_t i = 0; status == TDO_OK && i < x->n; i++)
        rank[i] = !r.order || f.slot[i] == UINT32_MAX ? 0 : r.by_rule[s->rule].rank[f.slot[i]];
    tdo_arena_free(a);
    return status;
}

bool whatif_needs_samples(const tdo_case *k)
{
    return k->s->simpler != TDO_NONE && k->s->simpler_shown > 0 &&
           (k->s->rule != TDO_RULE_WEIGHTED || !k->f->doubts || !k->f->doubts->plain);
}

double whatif_cost(const tdo_scenario *s, size_t n, size_t f)
{
    const double ranked = (double)f, people = (double)s->n_stakeholders;
    double each = (double)n * (4 * (double)s->n_criteria + (double)s->n_constraints);
    each += 8 * people * ranked;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t p = 0; p < s->stakeholders[h].n_prefers; p++)
            each += s->stakeholders[h].prefers[p].better ? WEIGH_ANEW : 0;
    const tdo_rule_work work = tdo_rule_about[s->rule]->work;
    if (work == TDO_WORK_PAIRS)
        each += ranked * ranked * people;
    if (work == TDO_WORK_SUBSETS)
        each += ranked * ranked * ldexp(1, (int)f);
    return tdo_rule_leads(s->rule, f) ? each : INFINITY;
}
