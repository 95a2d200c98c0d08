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

bool rule_stands_before(const rule_makings *m, uint32_t a, uint32_t b)
{
    const uint32_t *rank = m->r->by_rule[m->r->rule].rank;
    return rank[a] != rank[b] ? rank[a] < rank[b] : rule_printed_before(m, a, b);
}

static bool stands_before(const void *user, uint32_t a, uint32_t b)
{
    return rule_stands_before(user, a, b);
}

/* first: [n] all who are first, in the arena. room: [n] */
static void set_first(rule_makings *m, tdo_rule rule, uint32_t *first, size_t n, uint32_t *room)
{
    tdo_ranking *r = m->r;
    r->first[rule] = first;
    r->n_first[rule] = n;
    m->winner[rule] = first[0];
    for (size_t q = 1; q < n; q++)
        if (rule_printed_before(m, first[q], m->winner[rule]))
            m->winner[rule] = first[q];
    sort_by(first, n, stands_before, m, room);
}

/* In the order that is told, or in one that is as good? */
static bool is_first(const tdo_rule_result *of, uint32_t k)
{
    return of->rank[k] == 1 || (of->leads && of->leads >> k & 1);
}

tdo_status rule_set_first(rule_makings *m, tdo_rule rule, const tdo_rule_result *of, uint32_t *room,
                          tdo_arena *a)
{
    tdo_ranking *r = m->r;
    const size_t f = m->f->feasible_n;
    size_t n = 0;
    for (uint32_t k = 0; k < f; k++)
        n += is_first(of, k);
    uint32_t *first = tdo_alloc(a, n, sizeof *first);
    if (!first)
        return TDO_E_MEMORY;
    n = 0;
    for (uint32_t k = 0; k < f; k++)
        if (is_first(of, k))
            first[n++] = k;
    set_first(m, rule, first, n, room);
    for (uint32_t k = 0; of->leads && k < f; k++)
        if (of->rank[k] == 1)
            m->winner[rule] = k;
    r->winner_score[rule] = of->score[m->winner[rule]];
    r->recommended_score[rule] = of->score[r->recommended];
    r->recommended_rank[rule] = is_first(of, r->recommended) ? 1 : of->rank[r->recommended];
    return TDO_OK;
}

/* ---- the other rules ---- */

static bool is_other(const rule_makings *m, int rule)
{
    return rule != (int)m->s->rule && !tdo_rule_about[rule]->only_asked;
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

static void mark(bool *is, uint32_t slot)
{
    if (slot != UINT32_MAX)
        is[slot] = true;
}

/* Those whose ranks are kept. is: [F] zeros */
static tdo_status choose_some(const rule_makings *m, bool *is, tdo_arena *a, rule_placing *out)
{
    const tdo_ranking *r = m->r;
    const size_t f = m->f->feasible_n, best = m->how->best_ranks;
    size_t n = 0;
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
    for (uint32_t k = 0; k < f; k++) {
        if (k == r->recommended)
            out->watched = n;
        if (is[k])
            slot[n++] = k;
    }
    out->slot = slot;
    out->n = n;
    return TDO_OK;
}

/* What was found of a rule by the ranks of some. */
static tdo_status take_some(rule_makings *m, const rule_bench *bench, const rule_placing *p,
                            tdo_rule rule, tdo_arena *a)
{
    const rule_scored *of = p->first[rule];
    const uint64_t leads = rule == TDO_RULE_KEMENY ? *bench->kemeny.leads : 0;
    const size_t all = leads ? TDO_KEMENY_MAX : p->n_first[rule];
    uint32_t *first = tdo_alloc(a, all, sizeof *first);
    size_t n = 0;
    if (!first)
        return TDO_E_MEMORY;
    for (uint32_t q = 0; q < all; q++)
        if (!leads)
            first[n++] = of[q].slot;
        else if (leads >> q & 1)
            first[n++] = q;
    set_first(m, rule, first, n, bench->room.order);
    if (leads)
        m->winner[rule] = of[0].slot;
    for (size_t q = 0; q < p->n_first[rule]; q++)
        if (of[q].slot == m->winner[rule])
            m->r->winner_score[rule] = of[q].score;
    m->r->recommended_score[rule] = p->watched_score[rule];
    m->r->recommended_rank[rule] =
        leads && leads >> m->r->recommended & 1 ? 1 : p->rank[rule][p->watched];
    m->r->by_rule[rule] = (tdo_rule_result){
        .computed = true, .score = rule == TDO_RULE_WEIGHTED ? p->weighted : NULL};
    return TDO_OK;
}

static tdo_status add_some(rule_makings *m, const rule_bench *bench, double *spare, tdo_arena *a)
{
    const size_t f = m->f->feasible_n;
    rule_placing p = {.n = 0};
    tdo_places *places = tdo_alloc(a, 1, sizeof *places);
    tdo_arena *marks = tdo_arena_new();
    bool *is = marks ? tdo_alloc(marks, f, sizeof *is) : NULL;
    tdo_status status = places && is ? choose_some(m, is, a, &p) : TDO_E_MEMORY;
    tdo_arena_free(marks);
    for (int rule = 0; rule < TDO_RULES; rule++)
        p.asked[rule] = is_other(m, rule) && rule_is_computed((tdo_rule)rule, m->k);
    if (p.asked[TDO_RULE_WEIGHTED])
        p.weighted = tdo_alloc(a, f, sizeof *p.weighted);
    if (status == TDO_OK && p.asked[TDO_RULE_WEIGHTED] && !p.weighted)
        status = TDO_E_MEMORY;
    if (status == TDO_OK)
        status = rule_place(bench, m->k, spare, a, &p);
    for (int rule = 0; rule < TDO_RULES && status == TDO_OK; rule++)
        if (p.asked[rule])
            status = take_some(m, bench, &p, (tdo_rule)rule, a);
    if (status != TDO_OK)
        return status;
    *places = (tdo_places){.slot = p.slot, .n = p.n, .own = p.own};
    memcpy(places->rank, p.rank, sizeof p.rank);
    m->r->places = places;
    return TDO_OK;
}

tdo_status rule_add_others(rule_makings *m, const rule_bench *bench, double *spare, tdo_arena *a)
{
    tdo_status status = TDO_OK;
    if (m->how->best_ranks > 0)
        return add_some(m, bench, spare, a);
    for (int rule = 0; rule < TDO_RULES && status == TDO_OK; rule++)
        if (is_other(m, rule))
            status = add_whole(m, bench, spare, (tdo_rule)rule, a);
    return status;
}
