/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranks of some among all, by several orders in one pass over the candidates. Only rules that
 * count places need an order of all. */
#include "rules/ranking.h"

#include "base/array.h"

#include <assert.h>
#include <string.h>

enum {
    MANY = 8
}; /* where more than one of so many is asked for, their orders are met one by one */

/* One order that they stand in. */
typedef struct view {
    rule_job job; /* of a rule; */
    bool own;     /* or by the utilities of stakeholder */
    size_t s;
    double *key;    /* [n] their scores */
    uint32_t *rank; /* [n] found */
    rule_standing standing;
} view;

typedef struct placing {
    const rule_bench *bench;
    const tdo_case *k;
    rule_placing *p;
    double *room;  /* for a block */
    double *spare; /* [F] scores of a rule that counts places */
    tdo_arena *a;  /* of what is found */
    tdo_arena *scratch;
} placing;

/* ---- the orders that are met block by block ---- */

static const double *scores_of(const view *x, const model_block *b, double *score)
{
    if (x->own)
        return model_utilities_in(b, x->s);
    memset(score, 0, b->n * sizeof *score);
    rule_form_of(x->job.rule)->score(&x->job, b, score);
    return score;
}

/* The scores of those asked for. */
static tdo_status start(const placing *y, view *x, size_t n)
{
    const rule_placing *p = y->p;
    double room[MODEL_BLOCK];
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < n; q++) {
        x[q].key = tdo_alloc(y->scratch, p->n, sizeof *x[q].key);
        if (!x[q].key)
            return TDO_E_MEMORY;
    }
    for (size_t from = 0; from < p->n; from += MODEL_BLOCK) {
        model_block b = {.slot = p->slot + from,
                         .n = p->n - from < MODEL_BLOCK ? p->n - from : MODEL_BLOCK};
        model_block_fill(y->k->v, y->k->u, y->room, &b);
        for (size_t q = 0; q < n; q++)
            memcpy(x[q].key + from, scores_of(&x[q], &b, room), b.n * sizeof *room);
    }
    for (size_t q = 0; q < n && status == TDO_OK; q++)
        status = rule_standing_start(x[q].key, p->n,
                                     !x[q].own && rule_form_of(x[q].job.rule)->ranks, y->scratch,
                                     &x[q].standing);
    return status;
}

static void pass_all(const placing *y, view *x, size_t n)
{
    double room[MODEL_BLOCK];
    for (size_t from = 0; from < y->k->u->f; from += MODEL_BLOCK) {
        model_block b = model_block_at(y->k->u, from);
        model_block_fill(y->k->v, y->k->u, y->room, &b);
        for (size_t q = 0; q < n; q++) {
            const double *score = scores_of(&x[q], &b, room);
            rule_standing_take(&x[q].standing, &b, score);
            if (!x[q].own && x[q].job.rule == TDO_RULE_WEIGHTED && y->p->weighted)
                memcpy(y->p->weighted + from, score, b.n * sizeof *score);
        }
    }
}

/* ---- ties that levels decide ---- */

/* Who is tied with one of those asked for, or near the best: ascending by slot. */
typedef struct contest {
    uint32_t *slot; /* [n] */
    double *score;
    uint32_t *all, *first; /* rank among them; by the score alone */
    size_t n;
} contest;

static tdo_status gather(const rule_standing *of, tdo_arena *a, contest *out)
{
    const size_t most = of->n_tied + of->n_first;
    *out = (contest){.slot = tdo_alloc(a, most, sizeof *out->slot),
                     .score = tdo_alloc(a, most, sizeof *out->score),
                     .all = tdo_alloc(a, most, sizeof *out->all),
                     .first = tdo_alloc(a, most, sizeof *out->first)};
    if (!out->slot || !out->score || !out->all || !out->first)
        return TDO_E_MEMORY;
    for (size_t i = 0, j = 0; i < of->n_tied || j < of->n_first;) {
        const bool left = j == of->n_first ||
                          (i < of->n_tied && of->tied[i].slot <= of->first[j].slot);
        const rule_scored one = left ? of->tied[i] : of->first[j];
        j += j < of->n_first && of->first[j].slot == one.slot;
        i += left;
        out->slot[out->n] = one.slot;
        out->score[out->n++] = one.score;
    }
    return TDO_OK;
}

/* Whoever is tied with one of them by the score may be better in a later level: all of those are
 * in the contest. */
static tdo_status settle(const placing *y, view *x)
{
    const rule_form *form = rule_form_of(x->job.rule);
    rule_standing *of = &x->standing;
    contest c;
    size_t at = 0, n = 0;
    if (gather(of, y->scratch, &c) != TDO_OK)
        return TDO_E_MEMORY;
    const rule_levels by = {.n = form->levels(&x->job, NULL),
                            .first = c.score,
                            .at = form->level_at,
                            .user = &x->job,
                            .slot = c.slot,
                            .key = y->bench->key};
    rule_rank_leximin(&y->bench->room, &by, c.n, c.all);
    rule_rank_in(&y->bench->room, c.score, c.n, c.first);
    for (size_t q = 0; q < y->p->n; q++) { /* each of them is tied with itself */
        while (c.slot[at] < y->p->slot[q])
            at++;
        assert(c.slot[at] == y->p->slot[q]);
        x->rank[q] += c.all[at] - c.first[at];
    }
    at = 0;
    for (size_t q = 0; q < of->n_first; q++) {
        while (c.slot[at] < of->first[q].slot)
            at++;
        if (!rule_above(of->best, of->first[q].score) && c.all[at] == c.first[at])
            of->first[n++] = of->first[q];
    }
    of->n_first = n;
    return TDO_OK;
}

/* ---- one order after the other, or all at once ---- */

static tdo_status finish(const placing *y, view *x)
{
    rule_placing *p = y->p;
    const tdo_rule rule = x->job.rule;
    const rule_standing *of = &x->standing;
    if (of->failed)
        return TDO_E_MEMORY;
    rule_standing_end(&x->standing, x->rank);
    if (x->own)
        return TDO_OK;
    if (rule_form_of(rule)->levels && settle(y, x) != TDO_OK)
        return TDO_E_MEMORY;
    p->watched_score[rule] = x->key[p->watched];
    p->n_first[rule] = of->n_first;
    p->first[rule] = array_copy(y->a, of->first, of->n_first, sizeof *of->first);
    return p->first[rule] ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status meet(const placing *y, view *x, size_t n)
{
    tdo_status status = start(y, x, n);
    if (status == TDO_OK)
        pass_all(y, x, n);
    for (size_t q = 0; q < n && status == TDO_OK; q++)
        status = finish(y, &x[q]);
    return status;
}

/* A rule that looks at all together; its ranks may be its own. */
static tdo_status meet_whole(const placing *y, view *x)
{
    const size_t f = y->k->u->f, n = y->p->n;
    const bool ranks = rule_form_of(x->job.rule)->ranks;
    uint32_t *rank = tdo_alloc(y->scratch, ranks ? f : 0, sizeof *rank);
    x->key = tdo_alloc(y->scratch, n, sizeof *x->key);
    if (!rank || !x->key)
        return TDO_E_MEMORY;
    if (rule_apply_at(y->bench, x->job.rule, y->k, y->spare, rank) == RULE_NONE) {
        y->p->asked[x->job.rule] = false;
        y->p->rank[x->job.rule] = NULL;
        return TDO_OK;
    }
    for (size_t q = 0; q < n; q++)
        x->key[q] = y->spare[y->p->slot[q]];
    tdo_status status = rule_standing_start(x->key, n, false, y->scratch, &x->standing);
    for (size_t from = 0; from < f && status == TDO_OK; from += MODEL_BLOCK) {
        const model_block b = model_block_at(y->k->u, from);
        rule_standing_take(&x->standing, &b, y->spare + from);
    }
    if (status == TDO_OK)
        status = finish(y, x);
    for (size_t q = 0; ranks && q < n; q++)
        x->rank[q] = rank[y->p->slot[q]];
    return status;
}

static bool is_whole(tdo_rule rule)
{
    return rule_form_of(rule)->whole != NULL;
}

/* A view for each rule that looks at all together, or for each that does not. a: of the views */
static tdo_status view_rules(const placing *y, bool whole, tdo_arena *a, view *x, size_t *n)
{
    rule_placing *p = y->p;
    for (int rule = 0; rule < TDO_RULES; rule++) {
        if (!p->asked[rule] || is_whole((tdo_rule)rule) != whole)
            continue;
        view *one = &x[(*n)++];
        p->rank[rule] = tdo_alloc(y->a, p->n, sizeof *p->rank[rule]);
        one->rank = p->rank[rule];
        one->job = (rule_job){.in = y->k,
                              .u = y->k->u,
                              .bench = y->bench,
                              .rule = (tdo_rule)rule,
                              .heard = tdo_alloc(a, y->k->u->s, sizeof *one->job.heard)};
        if (!one->rank || !one->job.heard)
            return TDO_E_MEMORY;
        if (!whole && rule_form_of((tdo_rule)rule)->start)
            rule_form_of((tdo_rule)rule)->start(&one->job);
    }
    return TDO_OK;
}

/* n views: of those the first ones are met block by block. */
static tdo_status meet_all(placing *y, view *x, size_t blocks, size_t n)
{
    const bool many = y->p->n > y->k->u->f / MANY;
    tdo_status status = TDO_OK;
    for (size_t from = 0, some = 0; from < n && status == TDO_OK; from += some) {
        some = many || from >= blocks ? 1 : blocks;
        y->scratch = tdo_arena_new();
        status = !y->scratch      ? TDO_E_MEMORY
                 : from >= blocks ? meet_whole(y, x + from)
                                  : meet(y, x + from, some);
        tdo_arena_free(y->scratch);
    }
    return status;
}

tdo_status rule_place(const rule_bench *bench, const tdo_case *k, double *spare, tdo_arena *a,
                      rule_placing *p)
{
    const size_t s_n = k->u->s;
    placing y = {.bench = bench, .k = k, .p = p, .spare = spare, .a = a};
    tdo_arena *own = tdo_arena_new();
    view *x = own ? tdo_alloc(own, s_n + TDO_RULES, sizeof *x) : NULL;
    size_t n = 0, blocks = 0;
    p->own = tdo_alloc(a, s_n * p->n, sizeof *p->own);
    y.room = own ? tdo_alloc(own, model_block_room(k->u), sizeof *y.room) : NULL;
    tdo_status status = x && p->own && y.room ? TDO_OK : TDO_E_MEMORY;
    for (size_t s = 0; s < s_n && status == TDO_OK; s++)
        x[n++] = (view){.own = true, .s = s, .rank = p->own + s * p->n};
    if (status == TDO_OK)
        status = view_rules(&y, false, own, x, &n);
    blocks = n;
    if (status == TDO_OK)
        status = view_rules(&y, true, own, x, &n);
    if (status == TDO_OK)
        status = meet_all(&y, x, blocks, n);
    tdo_arena_free(own);
    return status;
}
