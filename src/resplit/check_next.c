/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who of those without a share could have one at the least cost: the best split in which it has,
 * and that nobody else's costs less. */
#include "resplit/prices.h"

#include "reread/value.h"

#include <math.h>
#include <string.h>

enum { MOST_TRIED = 64 }; /* where more would have to be, nobody may be named */
static const double near_enough = 1e-9;
static const double work_for_all = 2e8;

typedef struct next_search {
    verify_split *m;
    verify_moving y;
    const double *lacks;
    double value; /* of the split */
    double share;
    bool linear; /* a program of shares: models are not counted, and it is no product */
} next_search;

static bool is_outside(const next_search *s, size_t q)
{
    return !(s->m->share[q] > 0) && !isnan(s->lacks[q]);
}

static bool force(next_search *s, size_t q, verify_best *is)
{
    s->y.forced = q;
    s->y.least = s->share;
    return verify_best_at(&s->y, 1, 0, is);
}

/* Nobody could have a share. */
static bool check_nobody(next_search *s, verify_node *next)
{
    size_t count = 0;
    for (size_t q = 0; q < s->m->n; q++)
        count += is_outside(s, q);
    for (size_t q = 0; q < s->m->n && s->linear && count <= MOST_TRIED; q++) {
        verify_best is = {0};
        if (is_outside(s, q) && !force(s, q, &is))
            return false;
        if (is.known)
            return claim_fails(s->m->k->j, next, "somebody could have a share");
    }
    return claim_null(s->m->k->j, next); /* or nobody was named */
}

/* Nobody else's costs less. What is not known leaves it open. */
static bool check_others(next_search *s, verify_node *id, size_t named, double costs)
{
    bool open = false;
    for (size_t q = 0; q < s->m->n; q++) {
        verify_best is = {0};
        if (q == named || !is_outside(s, q) || s->lacks[q] * s->share >= costs - near_enough)
            continue;
        if (!force(s, q, &is))
            return false;
        if (is.known && s->value - is.value < costs - near_enough)
            return claim_fails(s->m->k->j, id, "another one is nearer to a share");
        open |= !is.known && s->y.left <= 0;
    }
    return open || claim_holds(s->m->k->j, id);
}

static bool check_costs(next_search *s, verify_node *next, size_t q)
{
    verify_job *j = s->m->k->j;
    verify_node *costs = claim_child(j, next, "costs"), *by = claim_child(j, next, "lacks");
    verify_best is = {0};
    if (!costs || !by || !claim_number_at(j, next, "share", s->share))
        return false;
    if (by->kind != VERIFY_NUMBER || fabs(by->number - fmax(0, s->lacks[q])) > near_enough / 100)
        return claim_fails(j, by, "the multipliers say otherwise");
    if (costs->kind != VERIFY_NUMBER || !(costs->number >= by->number * s->share - near_enough))
        return claim_fails(j, costs, "the multipliers say that it is more");
    (void)claim_holds(j, by);
    if (!s->linear) /* it may cost more, and another one less */
        return claim_holds(j, claim_child(j, next, "id"));
    if (!force(s, q, &is))
        return false;
    if (!is.known)
        return true;
    (void)claim_holds(j, costs);
    if (costs->number > fmax(0, s->value - is.value) + near_enough)
        return claim_fails(j, costs, "some split with this share costs less");
    if (costs->number < s->value - is.most - near_enough)
        return claim_fails(j, costs, "no split with this share costs so little");
    return check_others(s, claim_child(j, next, "id"), q, costs->number);
}

bool verify_check_next(verify_split *m, const verify_node *mix, const double *lacks)
{
    verify_job *j = m->k->j;
    const verify_node *options = verify_get(m->k->w->scenario, "mix");
    const double least = verify_double(options, "min_share", 0);
    verify_node *next = claim_child(j, mix, "next");
    const int i = next ? verify_find(m->k->w, verify_text(next, "id", NULL)) : VERIFY_NONE;
    const int q = i == VERIFY_NONE ? VERIFY_NONE : m->place[i];
    next_search s = {.m = m,
                     .lacks = lacks,
                     .value = verify_split_value(m, m->gets, m->has),
                     .share = fmax(0.01, least),
                     .linear = !m->product && !verify_get(options, "max_models") && !(least > 0) &&
                               strcmp(verify_text(mix, "status", ""), "optimal") == 0};
    if (!next || !verify_moving_start(m, m->bounds, work_for_all, &s.y))
        return false;
    if (next->kind == VERIFY_NULL)
        return check_nobody(&s, next);
    if (q == VERIFY_NONE || !is_outside(&s, (size_t)q))
        return claim_fails(j, claim_child(j, next, "id"), "it takes no part, or has a share");
    return check_costs(&s, next, (size_t)q);
}
