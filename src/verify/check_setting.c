/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked: criteria, stakeholders, limits, as the run took them. */
#include "verify/checks.h"

#include <math.h>
#include <string.h>

static bool holds_name(verify_job *j, verify_node *node, const char *key, const char *is)
{
    return claim_text_at(j, node, key, is);
}

static bool check_goal(verify_job *j, verify_node *node, const verify_criterion *c)
{
    if (c->goal != VERIFY_NEARER)
        return claim_text_at(j, node, "goal", c->goal == VERIFY_MORE ? "max" : "min");
    verify_node *goal = claim_child(j, node, "goal");
    return goal && claim_number_at(j, goal, "target", c->target) && claim_holds_all(j, goal);
}

/* The points of a value function: words of levels became numbers. */
static bool check_points(verify_job *j, verify_node *list, const verify_criterion *c)
{
    size_t k = 0;
    if (!list)
        return c->n_value == 0;
    if (!claim_length(j, list, c->n_value))
        return false;
    for (verify_node *p = list->first; p; p = p->next, k++)
        if (!claim_length(j, p, 2) || !claim_number(j, p->first, c->value_x[k]) ||
            !claim_number(j, p->first->next, c->value_v[k]))
            return false;
    return claim_holds_all(j, list);
}

static bool same_if_there(verify_job *j, verify_node *node, const char *key, const verify_node *as)
{
    verify_node *own = verify_get(node, key);
    if (!own)
        return !as || claim_fails(j, node, "\"%s\" is missing", key);
    return as ? claim_same(j, own, as) : claim_absent(j, node, key);
}

/* take, file and size of the scenario's; file, over, quantile. */
static bool check_source(verify_job *j, verify_node *node, const char *key, const verify_node *as)
{
    verify_node *own = verify_get(node, key);
    if (!own || !as)
        return (!own && !as) || claim_fails(j, own ? own : node, "it is not measured like that");
    for (verify_node *x = own->first; x; x = x->next)
        if (!verify_get(as, x->key) ? !claim_fails(j, x, "the scenario does not say so")
                                    : !claim_same(j, x, verify_get(as, x->key)))
            return false;
    return claim_holds_all(j, own);
}

static bool is_constant(const verify_case *k, size_t c)
{
    const double *v = k->s.value + c * k->s.f;
    for (size_t q = 1; q < k->s.f; q++)
        if (v[q] < v[0] || v[q] > v[0])
            return false;
    return k->s.f > 0;
}

static size_t count_clamped(const verify_case *k, size_t c)
{
    const double a = fmin(k->s.worst[c], k->s.best[c]), b = fmax(k->s.worst[c], k->s.best[c]);
    size_t n = 0;
    for (size_t q = 0; q < k->s.f; q++) {
        const double y = verify_measured(k->w, c, k->s.feasible[q]);
        n += y < a || y > b;
    }
    return n;
}

static bool check_flags(verify_case *k, verify_node *node, size_t c)
{
    const size_t clamped = count_clamped(k, c);
    const verify_criterion *of = &k->w->criterion[c];
    verify_node *constant = verify_get(node, "constant"), *cells = verify_get(node, "cells");
    if (is_constant(k, c) != (constant != NULL))
        return claim_fails(k->j, node, "all feasible ones have %s value there",
                           constant ? "not the same" : "the same");
    if (constant && !claim_bool(k->j, constant, true))
        return false;
    if (clamped > 0 ? !claim_count_at(k->j, node, "clamped", clamped)
                    : !claim_absent(k->j, node, "clamped"))
        return false;
    if (cells && (of->linear || of->groups ||
                  (k->w->own_cells && !of->items &&
                   !verify_get(verify_get(k->w->scenario, "candidates"), "join"))))
        return claim_fails(k->j, cells, "its readings are cells");
    return !cells || claim_bool(k->j, cells, false);
}

static bool check_criterion(verify_case *k, verify_node *node, size_t c)
{
    verify_job *j = k->j;
    const verify_criterion *of = &k->w->criterion[c];
    const bool observed = !of->has_range && of->n_value == 0;
    const verify_node *indifference = verify_get(of->node, "indifference");
    return holds_name(j, node, "id", of->id) && holds_name(j, node, "label", of->label) &&
           holds_name(j, node, "unit", of->unit) && check_goal(j, node, of) &&
           claim_number_at(j, node, "worst", k->s.worst[c]) &&
           claim_number_at(j, node, "best", k->s.best[c]) &&
           claim_text_at(j, node, "range", observed ? "observed" : "given") &&
           same_if_there(j, node, "levels", of->levels) &&
           same_if_there(j, node, "indifference", indifference) &&
           (check_points(j, verify_get(node, "value"), of) ||
            claim_fails(j, node, "its value function is missing")) &&
           check_source(j, node, "groups", of->groups) &&
           check_source(j, node, "items", of->items) && check_flags(k, node, c);
}

static bool check_person(verify_case *k, verify_node *node, size_t h)
{
    verify_job *j = k->j;
    const verify_person *of = &k->w->person[h];
    verify_node *weights = claim_child(j, node, "weights");
    const verify_node *vague = verify_get(of->node, "vague");
    if (!holds_name(j, node, "id", of->id) || !holds_name(j, node, "label", of->label) ||
        !claim_number_at(j, node, "power", of->power) || !weights ||
        !claim_length(j, weights, k->w->d) || !same_if_there(j, node, "vague", vague))
        return false;
    for (size_t c = 0; c < k->w->d; c++)
        if (!claim_number_at(j, weights, k->w->criterion[c].id, of->weight[c]))
            return false;
    if (k->s.f == 0)
        return claim_null(j, claim_child(j, node, "choice"));
    return claim_number_at(j, node, "best", k->s.most[h]) &&
           claim_number_at(j, node, "disagreement", k->s.disagreement[h]);
}

/* ---- limits ---- */

static bool check_condition(verify_case *k, verify_node *node, const verify_limit *l)
{
    verify_job *j = k->j;
    if (l->criterion != VERIFY_NONE
            ? !claim_text_at(j, node, "criterion", k->w->criterion[l->criterion].id)
            : !claim_text_at(j, node, "column", l->column))
        return false;
    if (l->has_min ? !claim_number_at(j, node, "min", l->min) : !claim_absent(j, node, "min"))
        return false;
    if (l->has_max ? !claim_number_at(j, node, "max", l->max) : !claim_absent(j, node, "max"))
        return false;
    if (!same_if_there(j, node, "equals", l->equals) || !same_if_there(j, node, "in", l->in) ||
        !same_if_there(j, node, "not_in", l->not_in))
        return false;
    if (l->veto != VERIFY_NONE && !claim_text_at(j, node, "veto", k->w->person[l->veto].id))
        return false;
    return l->veto != VERIFY_NONE || claim_absent(j, node, "veto");
}

static bool check_limit(verify_case *k, verify_node *node, size_t at)
{
    const verify_limit *l = &k->w->limit[at];
    const bool veto = l->veto != VERIFY_NONE;
    size_t excludes = 0, alone = 0;
    for (size_t i = 0; i < k->w->n; i++) {
        const bool breaks = verify_breaks(&k->s, i, at);
        excludes += breaks;
        alone += breaks && verify_count_broken(&k->s, i) == 1;
    }
    const char *owner = veto ? k->w->person[l->veto].label : verify_text(l->node, "owner", "");
    if (!claim_count_at(k->j, node, "excludes", excludes) ||
        !claim_count_at(k->j, node, "alone", alone) || !check_condition(k, node, l))
        return false;
    if (!veto && (!claim_text_at(k->j, node, "owner", owner) ||
                  !claim_text_at(k->j, node, "why", verify_text(l->node, "why", ""))))
        return false;
    if (l->shown > 0 ? !claim_number_at(k->j, node, "shown", l->shown)
                     : !claim_absent(k->j, node, "shown"))
        return false;
    verify_node *over = verify_get(node, "over");
    return !over ||
           (verify_get(verify_get(l->node, "shown"), "over") && claim_text(k->j, over, "all")) ||
           claim_fails(k->j, over, "the level is each candidate's own");
}

static bool check_counts(verify_case *k)
{
    const verify_world *w = k->w;
    const size_t averaged = w->kept_rows - w->n;
    verify_node *counts = claim_child(k->j, k->j->root, "counts");
    size_t dropped = w->rows - w->kept_rows;
    for (size_t i = 0; i < w->n; i++)
        dropped += w->dropped[i];
    const verify_node *list = claim_child(k->j, k->j->root, "candidates");
    return counts && list && claim_count_at(k->j, counts, "rows", w->rows) &&
           claim_count_at(k->j, counts, "dropped", dropped) &&
           claim_count_at(k->j, counts, "feasible", k->s.f) &&
           claim_count_at(k->j, counts, "where", w->rows - w->kept_rows) &&
           claim_count_at(k->j, counts, "listed", list->n) &&
           (averaged > 0 ? claim_count_at(k->j, counts, "averaged", averaged)
                         : claim_absent(k->j, counts, "averaged"));
}

bool verify_check_setting(verify_case *k)
{
    static const char *const names[] = {"criteria", "stakeholders", "constraints"};
    static bool (*const check[])(verify_case *, verify_node *,
                                 size_t) = {check_criterion, check_person, check_limit};
    const size_t most[] = {k->w->d, k->w->people, k->w->m};
    verify_job *j = k->j;
    if (!claim_text_at(j, j->root, "title", verify_text(k->w->scenario, "title", "")) ||
        !claim_text_at(j, j->root, "outcome", k->s.f > 0 ? "recommended" : "infeasible"))
        return false;
    for (size_t q = 0; q < sizeof names / sizeof *names; q++) {
        verify_node *list = claim_child(j, j->root, names[q]);
        size_t at = 0;
        if (!list || !claim_length(j, list, most[q]))
            return false;
        for (verify_node *x = list->first; x; x = x->next)
            if (!check[q](k, x, at++))
                return false;
    }
    return check_counts(k);
}
