/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a candidate first under `weighted` with one of its cells edited? A better cell never lowers
 * its own score and never raises another's, and no others change places; so scores are only shifted
 * by what moves. */
#include "tradeoff/search.h"
#include "weights/choice_edits.h"

#include <math.h>
#include <string.h>

#define ROUNDING 2e-15

typedef struct leader {
    double rival;  /* the best score of another one, while no range moves */
    uint32_t best; /* who has it */
    const choice_rivals *among;
    double *steps;
} leader;

/* Of those that are not on the frontier, whoever one of them dominates scores no better than that
 * one, and every candidate that dominates the one dominates the other, too: only their own frontier
 * counts. */
tdo_status choice_find_rivals(const tdo_case *k, size_t few, tdo_arena *a, choice_rivals *out)
{
    const tdo_valued *v = k->v;
    *out = (choice_rivals){NULL, v->f};
    if (v->f <= few)
        return TDO_OK;
    uint32_t *slot = tdo_alloc(a, v->f, sizeof *slot);
    tdo_front next = {.count = 0};
    size_t n = 0;
    if (!slot)
        return TDO_E_MEMORY;
    for (uint32_t j = 0; j < v->f; j++)
        if (!k->front->member[j])
            slot[n++] = j;
    const tdo_status status = tdo_frontier_of(k, slot, n, 1, a, &next);
    for (size_t q = 0; q < next.count; q++) /* list ascends: what is written was read */
        slot[q] = slot[next.list[q]];
    for (size_t q = 0; q < k->front->count; q++)
        slot[next.count + q] = k->front->list[q];
    *out = (choice_rivals){slot, next.count + k->front->count};
    return status;
}

/* May slot j score best beside the slot? Whoever another one dominates never overtakes that one;
 * but the slot itself may fall behind those that it dominates now, where its cell turns. */
static bool is_rival(const tdo_case *k, uint32_t slot, uint32_t j)
{
    return j != slot &&
           (k->front->member[j] || (k->front->member[slot] && tdo_slot_dominates(k, slot, j)));
}

/* The score of slot j with these ranges; own: with the readings seen, too. */
static double score_with(const choice_edit *x, uint32_t j, const choice_view *seen, bool own)
{
    const tdo_case *k = x->k;
    double score = k->r->by_rule[TDO_RULE_WEIGHTED].score[j];
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        double reading = own ? seen[q].reading : k->x->reading[r->c][k->f->feasible[j]];
        if (!r->weighed)
            continue;
        double value = tdo_value_of(r->criterion, seen[q].worst, seen[q].best,
                                    tdo_measurement(r->criterion, reading));
        score += k->u->group_weight[r->c] * (value - tdo_value_at(k->v, r->c, j));
    }
    return score;
}

/* The best score of another one, or one that own is behind by more than enough: whoever was best
 * before is asked first. */
static double best_rival(const leader *y, const choice_edit *x, const choice_view *seen, double own,
                         double enough)
{
    const tdo_case *k = x->k;
    double rival = y->rival > -INFINITY ? score_with(x, y->best, seen, false) : -INFINITY;
    for (size_t q = 0; q < y->among->n && own - rival >= enough; q++) {
        const uint32_t j = y->among->slot ? y->among->slot[q] : (uint32_t)q;
        if (is_rival(k, x->slot, j))
            rival = fmax(rival, score_with(x, j, seen, false));
    }
    return rival;
}

/* The candidate's score less the best of another's, were its cell this one (where that is below
 * enough: less that of somebody who shows it); NaN: nothing would be read. */
static double lead(const leader *y, const choice_edit *x, double cell, double enough)
{
    const tdo_case *k = x->k;
    choice_view seen[TDO_MAX_CRITERIA];
    bool moved = false;
    seen[0] = (choice_view){NAN, NAN, NAN}; /* nothing reads the cell */
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        seen[q] = choice_look(x, r, cell);
        if (isnan(seen[q].reading))
            return NAN;
        moved |= r->weighed && (seen[q].worst != k->v->worst[r->c] || /* NOLINT: exact */
                                seen[q].best != k->v->best[r->c]);
    }
    *y->steps -= (double)x->n;
    double own = score_with(x, x->slot, seen, true);
    if (!moved)
        return own - y->rival;
    *y->steps -= (double)k->v->f;
    return own - best_rival(y, x, seen, own, enough);
}

/* A tie with the best is first; sums in another order differ by less than ROUNDING. */
static bool is_first(void *user, const choice_edit *x, double cell)
{
    const double enough = -(TDO_TIE - ROUNDING);
    return lead(user, x, cell, enough) >= enough;
}

static bool is_tied(void *user, const choice_edit *x, double cell)
{
    return lead(user, x, cell, -INFINITY) <= TDO_TIE;
}

tdo_status choice_improve_weighted(const tdo_case *k, const choice_rivals *among, uint32_t slot,
                                   tdo_arena *scratch, double *steps, tdo_improvement *out)
{
    const double *score = k->r->by_rule[TDO_RULE_WEIGHTED].score;
    leader y = {-INFINITY, 0, among, steps};
    for (size_t q = 0; q<among->n && * steps> 0; q++) { /* without steps nobody asks */
        const uint32_t j = among->slot ? among->slot[q] : (uint32_t)q;
        if (score[j] > y.rival && is_rival(k, slot, j)) {
            y.rival = score[j];
            y.best = j;
        }
    }
    *steps -= (double)k->v->f;
    const choice_probe probe = {
        .rule = TDO_RULE_WEIGHTED, .user = &y, .is_first = is_first, .is_tied = is_tied};
    return choice_improve(k, &probe, slot, scratch, steps, out);
}

tdo_status tdo_find_improvement(const tdo_case *k, uint32_t slot, tdo_arena *scratch, double *steps,
                                tdo_improvement *out)
{
    return choice_improve_weighted(k, &(choice_rivals){NULL, k->v->f}, slot, scratch, steps, out);
}
