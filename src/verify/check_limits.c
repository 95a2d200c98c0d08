/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits that move or go: each answer is found again by a run with that edit. */
#include "verify/trial.h"

#include "recount/judged.h"
#include "reread/readings.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- limits that go ---- */

/* The least and the largest rank that rounding leaves to candidate i; 0: it is not feasible. */
static size_t rank_in(const verify_trial *t, size_t i, size_t *high)
{
    const int slot = t->s.slot[i];
    size_t low = *high = slot != VERIFY_NONE && t->y.computed;
    for (size_t q = 0; q < t->s.f && low > 0; q++) {
        bool above = false, maybe = false;
        if ((int)q == slot)
            continue;
        verify_relate(&t->y, t->s.f, q, (size_t)slot, &above, &maybe);
        low += above;
        *high += maybe;
    }
    return low;
}

/* The limits that candidate i breaks, and no others, are listed. */
static bool check_broken(verify_case *k, verify_node *list, size_t i)
{
    verify_node *x = list->first;
    for (size_t q = 0; q < k->w->m; q++) {
        if (!verify_breaks(&k->s, i, q))
            continue;
        if (!x || x->kind != VERIFY_NUMBER || fabs(x->number - (double)q) > 0)
            return claim_fails(k->j, x ? x : list, "it breaks limit %zu", q);
        (void)claim_holds(k->j, x);
        x = x->next;
    }
    return !x || claim_fails(k->j, x, "it keeps that");
}

static bool run_without_limits(verify_case *k, verify_trial *t, size_t i)
{
    verify_limit *limit = NULL;
    size_t m = 0;
    if (!VERIFY_ROOM(&t->job, limit, k->w->m))
        return false;
    for (size_t q = 0; q < k->w->m; q++)
        if (!verify_breaks(&k->s, i, q))
            limit[m++] = k->w->limit[q];
    t->w->limit = limit;
    t->w->m = m;
    return verify_trial_run(t, k->headline);
}

static bool check_lift(verify_case *k, const verify_node *entry, size_t i)
{
    const verify_node *node = verify_get(entry, "without_limits");
    verify_trial t;
    if (!node)
        return true;
    verify_node *list = claim_child(k->j, node, "limits"), *rank = claim_child(k->j, node, "rank");
    if (!list || !rank || !check_broken(k, list, i))
        return false;
    if (!verify_may_try(k))
        return true;
    size_t low = 0, high = 0;
    bool known = false, level = false;
    const bool good = verify_trial_start(k, &t) && run_without_limits(k, &t, i);
    if (good) {
        low = rank_in(&t, i, &high);
        known = t.y.computed;
        level = low == 1 && verify_trial_level(&t, i);
    }
    verify_trial_end(k, &t);
    if (!good || !known)
        return good;
    verify_node *tied = verify_get(node, "tied");
    if (low == high && !tied == level)
        return claim_fails(k->j, tied ? tied : node, "another one %s",
                           level ? "has its rank, too" : "does not have its rank");
    if (low == high && tied && !claim_bool(k->j, tied, true))
        return false;
    if (rank->kind != VERIFY_NUMBER || rank->number < (double)low || rank->number > (double)high ||
        floor(rank->number) < rank->number)
        return claim_fails(k->j, rank, "without these limits it is %zu", low);
    return claim_holds(k->j, rank);
}

/* ---- bounds that move ---- */

typedef struct moved {
    verify_case *k;
    size_t limit;
    int sign;       /* 1: its max moves; -1: its min */
    double loosest; /* the infinite bound, or the last one that is none */
} moved;

/* A run in which the bound is another one (infinite: none). *known false: it was not made. */
static bool run_with_bound(const moved *of, verify_trial *t, double bound, bool *known)
{
    verify_limit *limit = NULL;
    *known = verify_may_try(of->k);
    if (!VERIFY_ROOM(&t->job, limit, t->w->m))
        return false;
    memcpy(limit, t->w->limit, t->w->m * sizeof *limit);
    t->w->limit = limit;
    verify_limit *l = &limit[of->limit];
    *(of->sign > 0 ? &l->max : &l->min) = bound;
    *(of->sign > 0 ? &l->has_max : &l->has_min) = isfinite(bound);
    return !*known || (verify_judge_again(t->w, l) && verify_trial_run(t, of->k->headline));
}

/* Is that step's candidate the first with that bound, with its score? No step: nobody is. */
static bool ask_bound(const moved *of, double bound, const verify_node *step, bool *is, bool *known)
{
    verify_trial t;
    *is = true;
    const bool good = verify_trial_start(of->k, &t) && run_with_bound(of, &t, bound, known);
    *known = *known && good && (t.y.computed || t.s.f == 0);
    if (*known && step) {
        const verify_node *score = step->first->next;
        const int i = verify_find(of->k->w, score->next->text);
        bool certain = false;
        if (i != VERIFY_NONE)
            verify_trial_first(&t, (size_t)i, &certain, is);
        *is = *is && i != VERIFY_NONE && t.s.slot[i] != VERIFY_NONE &&
              claim_near(score->number, t.y.score[t.s.slot[i]]);
    } else if (*known) {
        *is = t.s.f == 0;
    }
    verify_trial_end(of->k, &t);
    return good;
}

static bool is_step(const verify_node *x)
{
    return x->kind == VERIFY_ARRAY && x->n == 3 && x->first->kind == VERIFY_NUMBER &&
           x->first->next->kind == VERIFY_NUMBER && x->first->next->next->kind == VERIFY_TEXT;
}

/* From each step's bound on its candidate is first, until just before the next step's. */
static bool check_steps(const moved *of, verify_node *list)
{
    verify_job *j = of->k->j;
    const verify_node *before = NULL;
    bool is = false, known = false, all = true;
    for (verify_node *x = list->first; x; before = x, x = x->next) {
        if (!is_step(x))
            return claim_fails(j, x, "it is no step");
        const double bound = x->first->number;
        if (before && of->sign * bound <= of->sign * before->first->number)
            return claim_fails(j, x->first, "it does not stand behind the one before");
        if (!ask_bound(of, bound, x, &is, &known))
            return false;
        if (!is)
            return claim_fails(j, x, "with that bound it is not first with that score");
        all = all && known;
        if (!ask_bound(of, nextafter(bound, -of->sign * HUGE_VAL), before, &is, &known))
            return false;
        if (!is)
            return claim_fails(j, x->first, "just before that bound it is not as said");
        all = all && known;
    }
    if (!ask_bound(of, of->loosest, before, &is, &known))
        return false;
    if (!is)
        return claim_fails(j, list, "without that bound another one is first");
    return !all || !known || claim_holds_all(j, list);
}

static bool check_curves(verify_case *k, const verify_node *node, size_t q)
{
    const verify_limit *l = &k->w->limit[q];
    const verify_node *list = verify_get(node, "steps");
    const verify_node *x = list ? list->first : NULL;
    if (k->s.f == 0 || l->relative || !(l->has_min || l->has_max))
        return claim_absent(k->j, node, "steps");
    if (!list || !claim_length(k->j, list, (size_t)(l->has_min + l->has_max)))
        return list || claim_fails(k->j, node, "\"steps\" is missing");
    for (int sign = -1; sign <= 1; sign += 2) {
        if (!(sign > 0 ? l->has_max : l->has_min))
            continue;
        const double most = l->shown > 0 ? DBL_MAX
                                         : HUGE_VAL; /* no bound shows what nothing does */
        const moved of = {k, q, sign, sign * most};
        verify_node *best = claim_child(k->j, x, "best"), *cut = verify_get(x, "left_out");
        if (!best || !claim_text_at(k->j, x, "side", sign > 0 ? "max" : "min"))
            return false;
        if (cut ? !claim_length(k->j, best, 0) || !claim_bool(k->j, cut, true)
                : !check_steps(&of, best))
            return false;
        x = x->next;
    }
    return true;
}

/* ---- all ---- */

bool verify_check_limits(verify_case *k)
{
    const verify_node *list = claim_child(k->j, k->j->root, "constraints");
    size_t q = 0;
    for (const verify_node *x = list ? list->first : NULL; x; x = x->next)
        if (!check_curves(k, x, q++))
            return false;
    for (size_t i = 0; i < k->w->n && list; i++) {
        if (!k->listed[i])
            continue;
        if (k->s.slot[i] != VERIFY_NONE || k->w->dropped[i]
                ? !claim_absent(k->j, k->listed[i], "without_limits")
                : !check_lift(k, k->listed[i], i))
            return false;
    }
    return list && (k->s.f == 0 || verify_check_without(k));
}
