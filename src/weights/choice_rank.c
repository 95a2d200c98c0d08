/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best and the worst rank over the allowed weights. Pairs bound them: who is always ahead, who
 * ever is. Weights that are known bound them from the other side. Where the two do not meet, an
 * integer program decides (Kadzinski and Tervonen 2013 call this extreme ranking analysis): a rival
 * that is ahead costs 1,
 *
 *     minimise sum of B[j]   where score[j] - score[i] <= M[j] B[j]              (the best rank)
 *     maximise sum of B[j]   where score[j] - score[i] >= -M'[j] (1 - B[j])      (the worst one)
 *
 * with M[j] the largest lead that j can have. Only a better answer than the known one is asked for,
 * and what is found counts as far as the weights that came with it show it. */
#include "weights/choice_lp.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

/* Scores that are equal but for rounding are tied here too, and still are when they are computed
 * from weights that are rounded. */
static const double NEARLY = TDO_TIE / 2;

typedef struct ranks {
    const tdo_case *k;
    const choice_wishes *w;
    size_t f;
    double *most;  /* [f x f] most[j * f + i]: the most that j can be ahead of i */
    double *score; /* [f] at the weights that are tried */
    tdo_arena *a;  /* of what stays */
    tdo_arena *scratch;
    tdo_rank_range *range; /* [f] */
    size_t nodes_left;
    choice_effort *effort;
    tdo_error *err;
} ranks;

static double value_at(const tdo_case *k, size_t c, uint32_t slot)
{
    return k->v->value[c * k->v->f + slot];
}

/* ---- bounds ---- */

static bool can_be_ahead(const ranks *r, size_t j, size_t i)
{
    return r->most[j * r->f + i] > TDO_TIE;
}

static bool can_be_tied(const ranks *r, size_t j, size_t i)
{
    return r->most[j * r->f + i] >= -TDO_TIE;
}

static bool is_always_ahead(const ranks *r, size_t j, size_t i)
{
    return r->most[i * r->f + j] < -TDO_TIE;
}

static bool is_always_tied(const ranks *r, size_t j, size_t i)
{
    return r->most[i * r->f + j] <= TDO_TIE;
}

static tdo_status set_bounds(ranks *r, choice_ahead *x)
{
    tdo_status status = TDO_OK;
    for (uint32_t j = 0; j < r->f; j++)
        for (uint32_t i = 0; i < r->f && status == TDO_OK; i++)
            if (i != j)
                status = choice_most_ahead(x, j, i, &r->most[j * r->f + i]);
    for (size_t i = 0; i < r->f; i++) {
        tdo_rank_range *y = &r->range[i];
        *y = (tdo_rank_range){.known = true, .best_bound = 1, .worst_bound = 1};
        for (size_t j = 0; j < r->f; j++) {
            y->best_bound += j != i && is_always_ahead(r, j, i);
            y->worst_bound += j != i && can_be_tied(r, j, i);
        }
    }
    return status;
}

/* Weights that somebody has: every candidate's rank there. They are copied where they are new. */
static tdo_status try_weights(ranks *r, const double *weights)
{
    double *copy = NULL;
    for (uint32_t i = 0; i < r->f; i++) {
        tdo_rank_range *y = &r->range[i];
        uint32_t best = choice_rank_at(r->k, weights, i, true);
        uint32_t worst = choice_rank_at(r->k, weights, i, false);
        bool better = y->best == 0 || best<y->best, worse = worst> y->worst;
        if ((better || worse) && !copy) {
            copy = tdo_alloc(r->a, r->k->u->d, sizeof *copy);
            if (!copy)
                return TDO_E_MEMORY;
            memcpy(copy, weights, r->k->u->d * sizeof *copy);
        }
        if (better) {
            y->best = best;
            y->best_at = copy;
        }
        if (worse) {
            y->worst = worst;
            y->worst_at = copy;
        }
    }
    return TDO_OK;
}

/* Every corner of one bundle, the others at the nominal weights; then pairs of neighbours,
 * halfway. */
static tdo_status try_corners(ranks *r)
{
    const double *nominal = r->k->u->group_weight;
    size_t d = r->k->u->d;
    double *at = tdo_alloc(r->scratch, d, sizeof *at);
    tdo_status status = !at ? TDO_E_MEMORY : try_weights(r, nominal);
    if (r->w->bundles != 1)
        return status;
    const choice_bundle *b = &r->w->bundle[0];
    for (size_t p = 0; p < b->vertices && status == TDO_OK; p++) {
        for (size_t q = p; q < b->vertices && q < p + 2 && status == TDO_OK; q++) {
            memcpy(at, r->w->fixed, d * sizeof *at);
            for (size_t c = 0; c < b->n; c++)
                at[b->criterion[c]] += b->power *
                                       (b->vertex[p * b->n + c] + b->vertex[q * b->n + c]) / 2;
            status = try_weights(r, at);
        }
    }
    return status;
}

/* ---- the integer program ---- */

typedef struct program {
    ranks *r;
    uint32_t slot;
    bool best; /* or the worst rank */
    tdo_lp *lp;
    uint32_t *column; /* [columns] room for a row */
    double *value;
    size_t *first;  /* [bundles] its first column */
    size_t columns; /* of weights; then one for each rival that is not settled */
    size_t settled; /* rivals that count anyway */
    size_t open;    /* rivals that are not settled */
} program;

/* Whether j counts in i's rank whatever the weights (1), never (-1), or depends on them (0). */
static int settled(const program *p, size_t j)
{
    if (p->best)
        return is_always_ahead(p->r, j, p->slot) ? 1 : can_be_ahead(p->r, j, p->slot) ? 0 : -1;
    return is_always_tied(p->r, j, p->slot) ? 1 : can_be_tied(p->r, j, p->slot) ? 0 : -1;
}

static tdo_status add_weights(program *p)
{
    const choice_wishes *w = p->r->w;
    tdo_status status = TDO_OK;
    for (size_t b = 0; b < w->bundles; b++) {
        const choice_bundle *of = &w->bundle[b];
        p->first[b] = p->columns;
        for (size_t c = 0; c < of->n && status == TDO_OK; c++) {
            p->column[c] = (uint32_t)p->columns++;
            p->value[c] = 1;
            status = tdo_lp_add_column(p->lp, &(tdo_lp_column){.upper = 1}, p->r->err);
        }
        tdo_lp_row row = {
            .lower = 1, .upper = 1, .count = of->n, .column = p->column, .value = p->value};
        if (status == TDO_OK)
            status = tdo_lp_add_row(p->lp, &row, p->r->err);
        for (size_t i = 0; i < of->m && status == TDO_OK; i++) {
            row = (tdo_lp_row){.upper = INFINITY,
                               .count = of->n,
                               .column = p->column,
                               .value = of->row + i * of->n};
            status = tdo_lp_add_row(p->lp, &row, p->r->err);
        }
    }
    return status;
}

/* The row of rival j: (score of j less score of i) against its B, the last column. */
static tdo_status add_rival(program *p, uint32_t j)
{
    const ranks *r = p->r;
    double most = p->best ? r->most[j * r->f + p->slot] : r->most[p->slot * r->f + j];
    double fixed = 0, big = most * (1 + 1e-12) + 1e-15;
    uint32_t b_column = (uint32_t)(p->columns + p->open++);
    size_t count = 0;
    tdo_status status =
        tdo_lp_add_column(p->lp, &(tdo_lp_column){.cost = 1, .upper = 1, .integer = true}, r->err);
    for (size_t c = 0; c < r->k->u->d; c++)
        fixed += r->w->fixed[c] * (value_at(r->k, c, j) - value_at(r->k, c, p->slot));
    for (size_t b = 0; b < r->w->bundles; b++) {
        const choice_bundle *of = &r->w->bundle[b];
        for (size_t c = 0; c < of->n; c++) {
            p->column[count] = (uint32_t)(p->first[b] + c);
            p->value[count++] = of->power * (value_at(r->k, of->criterion[c], j) -
                                             value_at(r->k, of->criterion[c], p->slot));
        }
    }
    p->column[count] = b_column;
    p->value[count++] = -big;
    tdo_lp_row row = {.lower = p->best ? -INFINITY : -fixed - big - NEARLY,
                      .upper = p->best ? -fixed + NEARLY : INFINITY,
                      .count = count,
                      .column = p->column,
                      .value = p->value};
    return status == TDO_OK ? tdo_lp_add_row(p->lp, &row, r->err) : status;
}

/* More (or fewer) than what is known to be reached, or nothing. */
static tdo_status add_target(program *p)
{
    const tdo_rank_range *y = &p->r->range[p->slot];
    for (size_t q = 0; q < p->open; q++) {
        p->column[q] = (uint32_t)(p->columns + q);
        p->value[q] = 1;
    }
    double known = (double)(p->best ? y->best : y->worst) - 1 - (double)p->settled;
    tdo_lp_row row = {.lower = p->best ? -INFINITY : known + 1,
                      .upper = p->best ? known - 1 : INFINITY,
                      .count = p->open,
                      .column = p->column,
                      .value = p->value};
    return tdo_lp_add_row(p->lp, &row, p->r->err);
}

static tdo_status build(program *p, tdo_arena *scratch)
{
    size_t room = p->r->f + 1;
    for (size_t b = 0; b < p->r->w->bundles; b++)
        room += p->r->w->bundle[b].n;
    p->column = tdo_alloc(scratch, room, sizeof *p->column);
    p->value = tdo_alloc(scratch, room, sizeof *p->value);
    p->first = tdo_alloc(scratch, p->r->w->bundles, sizeof *p->first);
    p->lp = tdo_lp_new(scratch, !p->best);
    if (!p->column || !p->value || !p->first || !p->lp)
        return TDO_E_MEMORY;
    tdo_status status = add_weights(p);
    for (uint32_t j = 0; j < p->r->f && status == TDO_OK; j++) {
        int is = j == p->slot ? -1 : settled(p, j);
        p->settled += is > 0;
        if (is == 0)
            status = add_rival(p, j);
    }
    return status == TDO_OK ? add_target(p) : status;
}

/* What the search proved about the count. */
static void set_bound(const program *p, const tdo_lp_solution *x)
{
    tdo_rank_range *y = &p->r->range[p->slot];
    double count = p->best ? ceil(x->bound - 1e-6) : floor(x->bound + 1e-6);
    double ahead = 1 + (double)p->settled + count;
    if (x->outcome == TDO_LP_INFEASIBLE && p->best)
        y->best_bound = y->best;
    else if (x->outcome == TDO_LP_INFEASIBLE)
        y->worst_bound = y->worst;
    else if (p->best && ahead > y->best_bound && ahead <= y->best) /* (false where it is NaN) */
        y->best_bound = (uint32_t)ahead;
    else if (!p->best && ahead < y->worst_bound && ahead >= y->worst)
        y->worst_bound = (uint32_t)ahead;
}

static tdo_status take_weights(program *p, const tdo_lp_solution *x, tdo_arena *scratch)
{
    const choice_wishes *w = p->r->w;
    double *at = tdo_alloc(scratch, p->r->k->u->d, sizeof *at);
    if (!at)
        return TDO_E_MEMORY;
    memcpy(at, w->fixed, p->r->k->u->d * sizeof *at);
    for (size_t b = 0; b < w->bundles; b++)
        for (size_t c = 0; c < w->bundle[b].n; c++)
            at[w->bundle[b].criterion[c]] += w->bundle[b].power * x->primal[p->first[b] + c];
    return try_weights(p->r, at);
}

/* One search. The weights it finds are tried on everybody. */
static tdo_status search(ranks *r, uint32_t slot, bool best)
{
    program p = {.r = r, .slot = slot, .best = best};
    tdo_lp_options how = {.nodes = TDO_CHOICE_NODES, .exact_work = 20000000};
    tdo_lp_solution x = {.outcome = TDO_LP_NUMERICAL, .bound = NAN};
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = !scratch ? TDO_E_MEMORY : build(&p, scratch);
    if (r->nodes_left < how.nodes)
        how.nodes = (uint32_t)r->nodes_left;
    if (status == TDO_OK)
        status = tdo_lp_solve(p.lp, &how, scratch, &x, r->err);
    r->effort->lps++;
    r->effort->nodes += x.nodes;
    r->effort->seconds += x.seconds;
    r->nodes_left -= x.nodes + 1 < r->nodes_left ? x.nodes + 1 : r->nodes_left;
    if (status == TDO_OK && x.primal)
        status = take_weights(&p, &x, scratch);
    if (status == TDO_OK)
        set_bound(&p, &x);
    tdo_arena_free(scratch);
    return status;
}

/* ---- the whole ---- */

static tdo_status find(ranks *r, const tdo_candidate_choice *of, size_t n, bool allowed)
{
    choice_ahead x = {.corners = 0};
    uint32_t *slot = tdo_alloc(r->scratch, r->f, sizeof *slot);
    tdo_status status = !slot ? TDO_E_MEMORY : TDO_OK;
    for (uint32_t i = 0; i < r->f && slot; i++)
        slot[i] = i;
    if (status == TDO_OK)
        status = choice_ahead_make(r->k, r->w, slot, r->f, r->scratch, r->effort, r->err, &x);
    if (status == TDO_OK)
        status = set_bounds(r, &x);
    if (status == TDO_OK)
        status = try_corners(r);
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        const tdo_choosable *c = allowed ? &of[i].allowed : &of[i].any;
        if (c->known && c->yes)
            status = try_weights(r, c->weights);
    }
    for (size_t i = 0; i < 2 * n && status == TDO_OK; i++) {
        bool best = i < n;
        const tdo_rank_range *y = &r->range[of[i % n].slot];
        for (bool more = true; more && status == TDO_OK && r->nodes_left > 0;) {
            uint32_t before = best ? y->best : y->worst;
            if (best ? y->best <= y->best_bound : y->worst >= y->worst_bound)
                break;
            status = search(r, of[i % n].slot, best);
            more = before != (best ? y->best : y->worst); /* a search may end at its first find */
        }
    }
    return status;
}

static tdo_status set_as_is(const tdo_case *k, tdo_candidate_choice *of, size_t n)
{
    const double *now = k->u->group_weight;
    for (size_t i = 0; i < n && k->v->f <= TDO_CHOICE_RANKED; i++) {
        tdo_rank_range *y = &of[i].rank;
        *y = (tdo_rank_range){.known = true, .best_at = now, .worst_at = now};
        y->best = y->best_bound = choice_rank_at(k, now, of[i].slot, true);
        y->worst = y->worst_bound = choice_rank_at(k, now, of[i].slot, false);
    }
    return TDO_OK;
}

tdo_status choice_find_ranks(const tdo_case *k, const choice_wishes *w, bool allowed,
                             tdo_candidate_choice *of, size_t n, tdo_arena *a,
                             choice_effort *effort, tdo_error *err)
{
    bool swept = false;
    ranks r = {.k = k,
               .w = w,
               .f = k->v->f,
               .a = a,
               .nodes_left = TDO_CHOICE_ALL_NODES,
               .effort = effort,
               .err = err};
    tdo_status status = TDO_OK;
    if (w->bundles == 0) /* nothing may move */
        return set_as_is(k, of, n);
    if ((double)n * (double)r.f <= TDO_CHOICE_STEPS / 100)
        status = choice_sweep_ranks(k, w, of, n, a, &swept);
    if (status != TDO_OK || swept || r.f > TDO_CHOICE_RANKED)
        return status;
    r.scratch = tdo_arena_new();
    if (r.scratch) {
        r.most = tdo_alloc(r.scratch, r.f * r.f, sizeof *r.most);
        r.range = tdo_alloc(r.scratch, r.f, sizeof *r.range);
    }
    status = r.scratch && r.most && r.range ? find(&r, of, n, allowed) : TDO_E_MEMORY;
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        of[i].rank = r.range[of[i].slot];
    tdo_arena_free(r.scratch);
    return status;
}
