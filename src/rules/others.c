/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is first under each rule, and the ranks by the rules beside the headline: of all, or of those
 * who are listed where candidates are many. */
#include "rules/ranking.h"

#include "base/sort.h"

#include <string.h>

static const char *id_of(const rule_makings *m, uint32_t k)
{
    return m->x->id[m->f->feasible[k]];
}

bool rule_printed_before(const rule_makings *m, uint32_t a, uint32_t b)
{
    if (m->front->member[a] != m->front->member[b])
        return m->front->member[a];
    return strcmp(id_of(m, a), id_of(m, b)) < 0;
}

/* ---- who is first ---- */

/* The scores that a rule gave, and the ranks that follow from them or, where it is not NULL, these.
 */
typedef struct given {
    const double *score;
    const uint32_t *rank;
    double best; /* the largest score */
} given;

static given given_by(const rule_makings *m, const double *score, const uint32_t *rank)
{
    given y = {score, rank, score[0]};
    for (size_t k = 1; k < m->f->feasible_n; k++)
        y.best = score[k] > y.best ? score[k] : y.best;
    return y;
}

static bool is_first(const given *y, uint32_t k)
{
    return y->rank ? y->rank[k] == 1 : !rule_above(y->best, y->score[k]);
}

static bool ranks_before(const void *user, uint32_t a, uint32_t b)
{
    const rule_makings *m = user;
    const uint32_t *rank = m->r->by_rule[m->r->rule].rank;
    return rank[a] != rank[b] ? rank[a] < rank[b] : rule_printed_before(m, a, b);
}

tdo_status rule_set_first(rule_makings *m, tdo_rule rule, const tdo_rule_result *of, uint32_t *room,
                          tdo_arena *a)
{
    tdo_ranking *r = m->r;
    const given y = given_by(m, of->score, of->rank);
    const size_t f = m->f->feasible_n;
    const uint32_t chosen = r->recommended;
    size_t n = 0;
    for (uint32_t k = 0; k < f; k++)
        n += is_first(&y, k);
    uint32_t *first = tdo_alloc(a, n, sizeof *first);
    if (!first)
        return TDO_E_MEMORY;
    n = 0;
    for (uint32_t k = 0; k < f; k++)
        if (is_first(&y, k))
            first[n++] = k;
    r->first[rule] = first;
    r->n_first[rule] = n;
    m->winner[rule] = first[0];
    for (size_t q = 1; q < n; q++)
        if (rule_printed_before(m, first[q], m->winner[rule]))
            m->winner[rule] = first[q];
    sort_by(first, n, ranks_before, m, room);
    r->winner_score[rule] = y.score[m->winner[rule]];
    r->recommended_score[rule] = y.score[chosen];
    r->recommended_rank[rule] = y.rank ? y.rank[chosen] : 1;
    for (size_t k = 0; k < f && !y.rank; k++)
        r->recommended_rank[rule] += rule_above(y.score[k], y.score[chosen]);
    return TDO_OK;
}

/* ---- the other rules ---- */

static void mark(bool *is, uint32_t slot)
{
    if (slot != UINT32_MAX)
        is[slot] = true;
}

/* Those whose ranks are kept. */
static tdo_status choose_some(const rule_makings *m, tdo_arena *a, tdo_places *out)
{
    const tdo_ranking *r = m->r;
    const size_t f = m->f->feasible_n, best = m->how->best_ranks;
    bool *is = tdo_alloc(a, f, sizeof *is);
    size_t n = 0;
    if (!is)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < m->front->count; q++)
        mark(is, m->front->list[q]);
    for (size_t q = 0; q < f && q < best; q++)
        mark(is, r->order[q]);
    for (size_t s = 0; s < m->k->u->s; s++)
        mark(is, r->favourite[s]);
    mark(is, r->recommended);
    mark(is, r->runner_up);
    if (m->x->incumbent != TDO_NONE)
        mark(is, m->f->slot[m->x->incumbent]);
    for (size_t k = 0; k < f; k++)
        n += is[k];
    uint32_t *slot = tdo_alloc(a, n, sizeof *slot);
    if (!slot)
        return TDO_E_MEMORY;
    n = 0;
    for (uint32_t k = 0; k < f; k++)
        if (is[k])
            slot[n++] = k;
    *out = (tdo_places){.slot = slot, .n = n};
    return TDO_OK;
}

static tdo_status add_whole(rule_makings *m, const rule_bench *bench, double *spare, tdo_rule rule,
                            tdo_arena *a)
{
    tdo_rule_result *of = &m->r->by_rule[rule];
    double *score = rule == TDO_RULE_WEIGHTED ? NULL : spare;
    tdo_status status = rule_apply_on(bench, rule, m->k, score, a, of);
    if (status == TDO_OK && of->computed)
        status = rule_set_first(m, rule, of, bench->room.order, a);
    of->score = score ? NULL : of->score;
    return status;
}

/* Some, and what is found of them. */
typedef struct placing {
    rule_some some;
    tdo_places *places;
    double *spare;
} placing;

static tdo_status add_some(rule_makings *m, const rule_bench *bench, const placing *p,
                           tdo_rule rule, tdo_arena *a)
{
    const size_t f = m->f->feasible_n;
    const bool keep = rule == TDO_RULE_WEIGHTED || !p->spare;
    if (!rule_is_computed(rule, m->k))
        return TDO_OK;
    double *score = keep ? tdo_alloc(a, f, sizeof *score) : p->spare;
    uint32_t *rank = tdo_alloc(a, p->some.n, sizeof *rank);
    if (!score || !rank)
        return TDO_E_MEMORY;
    tdo_rule_result of = {.computed = true, .score = score};
    const rule_set set = rule_place_on(bench, rule, m->k, score, &p->some, rank);
    if (set == RULE_NONE)
        return TDO_OK;
    of.rank = set == RULE_RANK ? p->some.rank : NULL;
    p->places->rank[rule] = rank;
    const tdo_status status = rule_set_first(m, rule, &of, bench->room.order, a);
    m->r->by_rule[rule] = (tdo_rule_result){.computed = true, .score = keep ? score : NULL};
    return status;
}

tdo_status rule_add_others(rule_makings *m, const rule_bench *bench, double *spare, tdo_arena *a)
{
    const bool few = m->how->best_ranks > 0;
    tdo_places *places = tdo_alloc(a, 1, sizeof *places);
    tdo_arena *scratch = tdo_arena_new();
    placing p = {.places = places, .spare = spare};
    tdo_status status = places && scratch ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK && few)
        status = choose_some(m, a, places);
    if (status == TDO_OK && few)
        status = rule_some_make(places->slot, places->n, m->f->feasible_n, scratch, &p.some);
    for (int rule = 0; rule < TDO_RULES && status == TDO_OK; rule++)
        if (rule != (int)m->s->rule && !tdo_rule_about[rule]->only_asked)
            status = few ? add_some(m, bench, &p, (tdo_rule)rule, a)
                         : add_whole(m, bench, spare, (tdo_rule)rule, a);
    tdo_arena_free(scratch);
    if (status == TDO_OK && few)
        m->r->places = places;
    return status;
}
