/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All rules, the order under the headline rule, and who stands out in it. */
#include "rules/ranking.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static double reading_of(const rule_makings *m, size_t c, uint32_t k)
{
    return m->x->reading[c][m->f->feasible[k]];
}

static bool stands_before(const void *user, uint32_t a, uint32_t b)
{
    return rule_printed_before(user, a, b);
}

/* By rank, of which as many are counted as there are; then as printed. room: words [n]. */
static tdo_status set_order(rule_makings *m, const rule_room *room, tdo_arena *a)
{
    size_t n = m->f->feasible_n;
    const uint32_t *rank = m->r->by_rule[m->r->rule].rank;
    uint32_t *order = tdo_alloc(a, n, sizeof *order), *start = (uint32_t *)room->word;
    if (!order)
        return TDO_E_MEMORY;
    memset(start, 0, (n + 1) * sizeof *start);
    for (size_t k = 0; k < n; k++)
        start[rank[k]]++;
    for (size_t r = 1, sum = 0; r <= n; r++) {
        const size_t count = start[r];
        start[r] = (uint32_t)sum;
        sum += count;
    }
    for (size_t k = 0; k < n; k++)
        order[start[rank[k]]++] = (uint32_t)k;
    for (size_t r = 1, from = 0; r <= n; r++) { /* now each one's end */
        const size_t end = start[r];
        if (end - from > 1)
            sort_by(order + from, end - from, stands_before, m, room->order);
        from = end;
    }
    m->r->order = order;
    return TDO_OK;
}

static tdo_status set_front(rule_makings *m, tdo_arena *a)
{
    uint32_t *front = tdo_alloc(a, m->front->count, sizeof *front);
    if (!front)
        return TDO_E_MEMORY;
    for (size_t i = 0, n = 0; n < m->front->count; i++)
        if (m->front->member[m->r->order[i]])
            front[n++] = m->r->order[i];
    m->r->front = front;
    return TDO_OK;
}

/* Each one's own choice: of those whose utility nobody's is better than, the first in order. */
static tdo_status set_favourites(rule_makings *m, const rule_bench *bench, tdo_arena *a)
{
    const tdo_utility *u = m->k->u;
    uint32_t *favourite = tdo_alloc(a, u->s, sizeof *favourite);
    if (!favourite)
        return TDO_E_MEMORY;
    for (size_t from = 0; from < u->f; from += MODEL_BLOCK) {
        const model_block b = rule_block_at(bench, m->k, from);
        for (size_t s = 0; s < u->s; s++) {
            const double *own = model_utilities_in(&b, s);
            if (rule_above(u->best[s], rule_largest(own, b.n)))
                continue;
            for (size_t q = 0; q < b.n; q++) {
                const uint32_t k = model_slot_in(&b, q);
                if (rule_above(u->best[s], own[q]))
                    continue;
                if (bench->tied[s]++ == 0 || rule_stands_before(m, k, favourite[s]))
                    favourite[s] = k;
            }
        }
    }
    m->r->favourite = favourite;
    return TDO_OK;
}

/* Is slot k within reach of the top, and simpler? */
static bool is_simpler(const rule_makings *m, const double *score, uint32_t k)
{
    const size_t c = m->s->simpler;
    return c != TDO_NONE && score[m->r->top] - score[k] <= m->s->simpler_within + TDO_TIE &&
           tdo_better(&m->s->criteria[c], reading_of(m, c, k), reading_of(m, c, m->r->top)) > 0;
}

/* How sure the lead over each simpler one is. */
static tdo_status find_leads(const rule_makings *m, const double *score, tdo_arena *a)
{
    const size_t f = m->f->feasible_n;
    tdo_ranking *r = m->r;
    size_t n = 0;
    for (size_t i = 0; i < f; i++)
        n += is_simpler(m, score, r->order[i]);
    tdo_lead *lead = tdo_alloc(a, n, sizeof *lead);
    uint32_t *slot = tdo_alloc(a, n, sizeof *slot);
    double *holds = tdo_alloc(a, n, sizeof *holds);
    if (!lead || !slot || !holds)
        return TDO_E_MEMORY;
    bool known = true;
    for (size_t i = 0, q = 0; i < f && q < n; i++) {
        const uint32_t k = r->order[i];
        if (!is_simpler(m, score, k))
            continue;
        slot[q] = k;
        holds[q] = tdo_lead_holds(m->k, r->top, k, score[r->top] - score[k]);
        known = known && !isnan(holds[q]);
        q++;
    }
    tdo_status status = TDO_OK;
    if (!known && m->how->leads)
        status = m->how->leads(m->how->user, m->k, r->top, slot, n, holds);
    for (size_t q = 0; q < n; q++)
        lead[q] = (tdo_lead){slot[q], holds[q]};
    r->lead = lead;
    r->n_leads = n;
    return status;
}

/* The simplest of those near the top, if one is simpler than the top itself; where it is asked, of
 * those over whom its lead is not shown. */
static tdo_status set_preferred(const rule_makings *m, const double *score, tdo_arena *a)
{
    tdo_ranking *r = m->r;
    const size_t c = m->s->simpler;
    tdo_status status = m->s->simpler_shown > 0 ? find_leads(m, score, a) : TDO_OK;
    r->recommended = r->top;
    for (size_t i = 0, q = 0; c != TDO_NONE && i < m->f->feasible_n && status == TDO_OK; i++) {
        const uint32_t k = r->order[i];
        if (!is_simpler(m, score, k))
            continue;
        const bool open = r->n_leads == 0 || r->lead[q++].holds < m->s->simpler_shown;
        if (open && tdo_better(&m->s->criteria[c], reading_of(m, c, k),
                               reading_of(m, c, r->recommended)) > 0)
            r->recommended = k;
    }
    return status;
}

static tdo_status set_choice(rule_makings *m, tdo_arena *a)
{
    tdo_ranking *r = m->r;
    const double *score = r->by_rule[r->rule].score;
    r->top = r->order[0];
    tdo_status status = set_preferred(m, score, a);
    r->runner_up = UINT32_MAX;
    r->margin = 0;
    if (m->f->feasible_n > 1) {
        r->runner_up = r->order[r->top == r->recommended ? 1 : 0];
        r->margin =
            tdo_rule_about[r->rule]->in_stages ? NAN : score[r->recommended] - score[r->runner_up];
    }
    return status;
}

/* Does no criterion separate a and b by more than its indifference? */
static bool hardly_differ(const rule_makings *m, uint32_t a, uint32_t b)
{
    for (size_t c = 0; c < m->s->n_criteria; c++) {
        const tdo_criterion *of = &m->s->criteria[c];
        if (!tdo_is_indifferent(of, reading_of(m, c, a), reading_of(m, c, b)))
            return false;
    }
    return true;
}

/* The practical ties, best first. */
static tdo_status set_tied(rule_makings *m, uint32_t *found, tdo_arena *a)
{
    bool asked = false;
    size_t n = 0;
    for (size_t c = 0; c < m->s->n_criteria; c++)
        asked |= m->s->criteria[c].has_indifference;
    for (size_t i = 0; asked && i < m->f->feasible_n; i++) {
        uint32_t k = m->r->order[i];
        if (k != m->r->recommended && hardly_differ(m, k, m->r->recommended))
            found[n++] = k;
    }
    uint32_t *tied = tdo_alloc(a, n, sizeof *tied);
    if (!tied)
        return TDO_E_MEMORY;
    if (n > 0)
        memcpy(tied, found, n * sizeof *tied);
    m->r->tied = tied;
    m->r->n_tied = n;
    return TDO_OK;
}

tdo_status tdo_check_rule(const tdo_scenario *s, tdo_error *err)
{
    const tdo_rule_terms *about = tdo_rule_about[s->rule];
    const char *why = about->lacks ? about->lacks(s) : NULL;
    const tdo_place *at = &s->rule_place;
    if (!why)
        return TDO_OK;
    if (err && err->status == TDO_OK) {
        (void)tdo_fail_at(err, TDO_E_INPUT, at->file, at->line, at->column,
                          "the rule \"%s\" cannot be used here: %s", tdo_rule_name[s->rule], why);
        (void)snprintf(err->path, sizeof err->path, "%s", !at->path ? "" : at->path);
    }
    return TDO_E_INPUT;
}

static tdo_status too_many(const tdo_scenario *s, size_t n, tdo_error *err)
{
    const tdo_place *at = &s->rule_place;
    if (err && err->status == TDO_OK) {
        (void)tdo_fail_at(
            err, TDO_E_INPUT, at->file, at->line, at->column,
            "%s decides among at most %zu candidates, and %zu meet every limit: take another rule "
            "(\"tradeoff help rules\"), or add a limit",
            tdo_rule_name[s->rule], tdo_rule_most_led(s->rule), n);
        (void)snprintf(err->path, sizeof err->path, "%s", !at->path ? "" : at->path);
    }
    return TDO_E_INPUT;
}

static tdo_status take_score(const double *score, size_t n, const rule_bench *bench, tdo_arena *a,
                             tdo_rule_result *out)
{
    uint32_t *rank = tdo_alloc(a, n, sizeof *rank);
    double *own = tdo_alloc(a, n, sizeof *own);
    if (!rank || !own)
        return TDO_E_MEMORY;
    memcpy(own, score, n * sizeof *own);
    rule_rank_in(&bench->room, own, n, rank);
    *out = (tdo_rule_result){.computed = true, .score = own, .rank = rank};
    return TDO_OK;
}

/* The headline rule, and what hangs on its order. */
static tdo_status set_headline(rule_makings *m, const tdo_case *in, const double *score,
                               const rule_bench *bench, tdo_arena *a)
{
    const tdo_rule rule = m->s->rule;
    tdo_rule_result *of = &m->r->by_rule[rule];
    tdo_status status = score ? take_score(score, in->u->f, bench, a, of)
                              : rule_apply_on(bench, rule, in, NULL, a, of);
    if (status == TDO_OK)
        status = set_order(m, &bench->room, a);
    if (status == TDO_OK)
        status = set_front(m, a);
    if (status == TDO_OK)
        status = set_choice(m, a);
    if (status != TDO_OK)
        return status;
    return rule_set_first(m, rule, of, bench->room.order, a);
}

/* Every stakeholder's own ranks, where borda has not set them. */
static void set_own_ranks(const rule_makings *m, const tdo_utility *u, const rule_bench *bench)
{
    const bool known = u->f > RULE_FEW && m->r->by_rule[TDO_RULE_BORDA].computed;
    for (size_t s = 0; s < u->s && !known; s++)
        rule_rank_in(&bench->room, rule_utility_of(bench, u, s), u->f, bench->own + s * u->f);
    m->r->stakeholder_rank = bench->own;
}

/* What hangs on the headline rule, and then the others. own: as in the bench. */
static tdo_status rank_all(rule_makings *m, const rule_bench *bench, double *spare, tdo_arena *a)
{
    const tdo_utility *u = m->k->u;
    tdo_status status = set_headline(m, m->k, m->how->score, bench, a);
    if (status == TDO_OK)
        status = set_favourites(m, bench, a);
    if (status == TDO_OK && !m->how->only_headline)
        status = rule_add_others(m, bench, spare, a);
    if (status == TDO_OK && bench->own)
        set_own_ranks(m, u, bench);
    return status == TDO_OK ? set_tied(m, bench->room.order, a) : status;
}

tdo_status tdo_rank_all(const tdo_case *k, const tdo_rank_options *options, tdo_arena *a,
                        tdo_ranking *out, tdo_error *err)
{
    const tdo_rank_options all = {0}, *how = !options ? &all : options;
    const tdo_scenario *s = k->s;
    const size_t n = k->f->feasible_n, s_n = k->u->s;
    tdo_ranking r = {.rule = s->rule};
    rule_bench bench = {.level = NULL};
    double *spare = NULL;
    assert(n > 0 && k->u->f == n && k->front->count > 0);
    if (!tdo_rule_leads(s->rule, n))
        return too_many(s, n, err);
    tdo_status status = tdo_check_rule(s, err);
    if (status != TDO_OK)
        return status;
    tdo_arena *scratch = tdo_arena_new();
    const bool some = how->best_ranks > 0 && !how->only_headline;
    uint32_t *own = some ? NULL : tdo_alloc(a, s_n * n, sizeof *own);
    rule_makings m = {s, k->x, k->f, k->front, &r, tdo_alloc(a, TDO_RULES, sizeof *m.winner),
                      k, how};
    status = scratch && (own || some) && m.winner
                 ? rule_bench_for_all(s->rule, k->u, scratch, &bench)
                 : TDO_E_MEMORY;
    if (status == TDO_OK && (how->few_scores || some)) {
        spare = tdo_alloc(scratch, n, sizeof *spare);
        status = !spare ? TDO_E_MEMORY : TDO_OK;
    }
    for (size_t rule = 0; rule < TDO_RULES && status == TDO_OK; rule++)
        m.winner[rule] = UINT32_MAX;
    r.winner = m.winner;
    bench.own = own;
    if (status == TDO_OK)
        status = rank_all(&m, &bench, spare, a);
    if (status == TDO_OK)
        *out = r;
    tdo_arena_free(scratch);
    return status;
}

uint32_t tdo_dominator(const tdo_case *k, uint32_t slot)
{
    if (k->front->member[slot])
        return UINT32_MAX;
    for (size_t i = 0; i < k->front->count; i++)
        if (tdo_slot_dominates(k, k->r->front[i], slot))
            return k->r->front[i];
    return UINT32_MAX;
}
