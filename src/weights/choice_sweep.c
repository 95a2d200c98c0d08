/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rank ranges where two criteria share the weight that may move: along that line each rival passes
 * a candidate at most once, so a sweep over these points sees every rank there is. */
#include "weights/choice_lp.h"

#include "base/real.h"
#include "base/sort.h"
#include "model/block.h"
#include "rules/rules.h"

#include <math.h>
#include <string.h>

typedef struct rank_sweep {
    const tdo_case *k;
    const choice_wishes *w;
    uint32_t criterion[2];
    double total;      /* weight of both */
    double from, to;   /* of the first of them, as far as it may move */
    choice_line *lead; /* [F] of each rival over the candidate */
    double *key;       /* [F] where it passes */
    uint32_t *event;   /* [F] */
    uint64_t *room;    /* [2F] */
    double best_at, worst_at;
    size_t best, worst; /* fewest rivals ahead, and 1 + most of them; none yet: F and 0 */
} rank_sweep;

/* Do all bundles share two criteria, and are their ends known? */
static bool find_line(rank_sweep *y)
{
    const choice_wishes *w = y->w;
    if (w->bundles == 0 || !w->listed)
        return false;
    for (size_t b = 0; b < w->bundles; b++) {
        const choice_bundle *of = &w->bundle[b];
        double least = INFINITY, most = 0;
        if (of->n != 2 || !of->criterion || of->criterion[0] != w->bundle[0].criterion[0] ||
            of->criterion[1] != w->bundle[0].criterion[1])
            return false;
        for (size_t q = 0; q < of->vertices; q++) {
            least = fmin(least, of->vertex[2 * q]);
            most = fmax(most, of->vertex[2 * q]);
        }
        y->from += of->power * least;
        y->to += of->power * most;
        y->total += of->power;
    }
    memcpy(y->criterion, w->bundle[0].criterion, sizeof y->criterion);
    return true;
}

static double value_at(const tdo_case *k, size_t c, uint32_t slot)
{
    return tdo_value_at(k->v, c, slot);
}

REAL_CLONES
static void add_lead(const double *value, double mine, double weight, size_t n, double *lead)
{
    for (size_t j = 0; j < n; j++)
        lead[j] += weight * (value[j] - mine);
}

uint32_t choice_rank_at(const tdo_case *k, const double *weights, uint32_t slot)
{
    uint32_t rank = 1;
    double lead[MODEL_BLOCK], value[MODEL_BLOCK];
    for (size_t from = 0; from < k->v->f; from += MODEL_BLOCK) {
        const size_t n = k->v->f - from < MODEL_BLOCK ? k->v->f - from : MODEL_BLOCK;
        memset(lead, 0, sizeof lead);
        for (size_t c = 0; c < k->u->d; c++) {
            model_values(k->v, c, NULL, from, n, value);
            add_lead(value, value_at(k, c, slot), weights[c], n, lead);
        }
        for (size_t j = 0; j < n; j++)
            rank += lead[j] > TDO_TIE;
    }
    return rank;
}

static choice_line lead_of(const rank_sweep *y, uint32_t j, uint32_t i)
{
    double fixed = 0, by[2];
    for (size_t c = 0; c < y->k->u->d; c++)
        fixed += y->w->fixed[c] * (value_at(y->k, c, j) - value_at(y->k, c, i));
    for (size_t q = 0; q < 2; q++)
        by[q] = value_at(y->k, y->criterion[q], j) - value_at(y->k, y->criterion[q], i);
    return (choice_line){fixed + y->total * by[1], by[0] - by[1]};
}

/* Between two points: who is ahead there stays ahead. */
static void note(rank_sweep *y, double from, double to, size_t ahead)
{
    if (!(to - from > CHOICE_SAME_POINT))
        return;
    if (ahead < y->best) {
        y->best = ahead;
        y->best_at = y->from + from + (to - from) / 2;
    }
    if (ahead + 1 > y->worst) {
        y->worst = ahead + 1;
        y->worst_at = y->from + from + (to - from) / 2;
    }
}

/* Where the rivals pass, from the lower end to the upper one. */
static void pass(rank_sweep *y, uint32_t i)
{
    size_t f = y->k->v->f, ahead = 0, events = 0;
    double at = 0, end = y->to - y->from;
    y->best = f;
    y->worst = 0;
    y->best_at = y->worst_at = y->from + end / 2; /* where the whole is a point */
    for (uint32_t j = 0; j < f; j++) {
        y->lead[j] = lead_of(y, j, i);
        double lead = choice_line_at(y->lead[j], y->from), turn = y->lead[j].slope;
        bool tied = fabs(lead) <= TDO_TIE;
        if (j == i)
            continue;
        ahead += tied ? turn > TDO_TIE && end > 0 : lead > 0;
        double by = !tied && fabs(turn) > TDO_TIE ? -lead / turn : -1;
        if (by >= 0 && by < end) {
            y->key[j] = by;
            y->event[events++] = j;
        }
    }
    sort_by_key(y->key, y->event, events, y->room);
    for (size_t q = 0; q < events; q++) {
        double by = y->key[y->event[q]];
        note(y, at, by, ahead);
        at = by;
        if (y->lead[y->event[q]].slope > 0)
            ahead++;
        else
            ahead--;
    }
    note(y, at, end, ahead);
}

static const double *weights_at(const rank_sweep *y, double t, tdo_arena *a)
{
    double *weight = tdo_alloc(a, y->k->u->d, sizeof *weight);
    if (!weight)
        return NULL;
    memcpy(weight, y->w->fixed, y->k->u->d * sizeof *weight);
    weight[y->criterion[0]] += t;
    weight[y->criterion[1]] += fmax(0, y->total - t);
    return weight;
}

static tdo_status set_rank(const rank_sweep *y, uint32_t i, tdo_arena *a, tdo_rank_range *out)
{
    *out = (tdo_rank_range){.asked = true,
                            .known = true,
                            .best_at = weights_at(y, y->best_at, a),
                            .worst_at = weights_at(y, y->worst_at, a)};
    if (!out->best_at || !out->worst_at)
        return TDO_E_MEMORY;
    out->best = choice_rank_at(y->k, out->best_at, i);
    out->worst = choice_rank_at(y->k, out->worst_at, i);
    return TDO_OK;
}

tdo_status choice_sweep_ranks(const tdo_case *k, const choice_wishes *w, tdo_candidate_choice *of,
                              size_t n, tdo_arena *a, bool *done)
{
    size_t f = k->v->f;
    rank_sweep y = {.k = k, .w = w};
    tdo_status status = TDO_OK;
    *done = find_line(&y);
    if (!*done)
        return TDO_OK;
    tdo_arena *scratch = tdo_arena_new();
    if (scratch) {
        y.lead = tdo_alloc(scratch, f, sizeof *y.lead);
        y.key = tdo_alloc(scratch, f, sizeof *y.key);
        y.event = tdo_alloc(scratch, f, sizeof *y.event);
        y.room = tdo_alloc(scratch, f, 2 * sizeof *y.room);
    }
    if (!scratch || !y.lead || !y.key || !y.event || !y.room)
        status = TDO_E_MEMORY;
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        pass(&y, of[i].slot);
        status = set_rank(&y, of[i].slot, a, &of[i].rank);
    }
    tdo_arena_free(scratch);
    return status;
}
