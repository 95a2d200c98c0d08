/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The candidates: what was read of them, and what that is worth. */
#include "verify/checks.h"

#include <math.h>
#include <string.h>

/* An object with a number for each criterion; NaN: null. x: [d] */
static bool check_by_criterion(verify_case *k, verify_node *object, const double *x)
{
    if (!object || !claim_length(k->j, object, k->w->d))
        return false;
    for (size_t c = 0; c < k->w->d; c++)
        if (!claim_number_at(k->j, object, k->w->criterion[c].id, x[c]))
            return false;
    return claim_holds(k->j, object);
}

/* What an exact number has beyond its decimal; absent where that is nothing. */
static bool check_rest(verify_case *k, const verify_node *in, const verify_node *node,
                       const char *key, double is)
{
    verify_node *rest = verify_get(in, key);
    if (!(is < 0) && !(is > 0))
        return !rest || claim_fails(k->j, rest, "it is no more than its decimal");
    if (!rest || rest->kind != VERIFY_NUMBER || fabs(rest->number - is) > 1e-6 * fabs(is))
        return claim_fails(k->j, rest ? rest : node, "what is beyond \"%s\" is not that", key);
    return claim_holds(k->j, rest);
}

static bool check_measured(verify_case *k, verify_node *node, size_t i)
{
    double *x = k->w->row;
    size_t assumed = 0;
    const verify_node *beyond = verify_get(node, "beyond"), *worst = verify_get(node, "assumed");
    for (size_t c = 0; c < k->w->d; c++) {
        const verify_number y = verify_reading(k->w, c, i);
        const char *id = k->w->criterion[c].id;
        x[c] = y.y;
        assumed += k->w->assumed[c * k->w->n + i];
        if (k->w->assumed[c * k->w->n + i] &&
            !claim_text_at(k->j, claim_child(k->j, node, "assumed"), id, "worst"))
            return false;
        if (!check_rest(k, beyond, node, id, y.rest))
            return false;
    }
    return (!worst || claim_length(k->j, worst, assumed)) &&
           check_by_criterion(k, claim_child(k->j, node, "measured"), x);
}

/* Cells of the columns that limits look at; numbers, where a limit on numbers does. */
static bool check_columns(verify_case *k, verify_node *node, size_t i)
{
    verify_node *columns = verify_get(node, "columns");
    for (verify_node *x = columns ? columns->first : NULL; x; x = x->next) {
        const verify_limit *numbers = NULL, *words = NULL;
        for (size_t q = 0; q < k->w->m; q++) {
            const verify_limit *l = &k->w->limit[q];
            if (!l->column || l->criterion != VERIFY_NONE || strcmp(l->column, x->key) != 0)
                continue;
            numbers = l->x ? l : numbers;
            words = l->word ? l : words;
        }
        if (!numbers && !words)
            return claim_fails(k->j, x, "no limit looks at that column");
        if (numbers ? !claim_number(k->j, x, numbers->x[i].y)
                    : x->kind != VERIFY_TEXT || !verify_cell_is(words->word[i], x->text))
            return claim_fails(k->j, x, "the cell holds something else");
        if (numbers &&
            !check_rest(k, verify_get(node, "columns_beyond"), node, x->key, numbers->x[i].rest))
            return false;
        (void)claim_holds(k->j, x);
    }
    return true;
}

/* The values of subgroups, or their sizes, by name. */
static bool check_parts(verify_case *k, verify_node *node, const char *key, size_t i)
{
    verify_node *all = verify_get(node, key);
    for (verify_node *x = all ? all->first : NULL; x; x = x->next) {
        const int c = verify_find_criterion(k->w, x->key);
        const verify_parts *p = c == VERIFY_NONE || !k->w->parts[c] ? NULL : &k->w->parts[c][i];
        const double *of = !p ? NULL : strcmp(key, "groups") == 0 ? p->value : p->size;
        if (!of)
            return claim_fails(k->j, x, "it has no subgroups");
        if (!claim_length(k->j, x, p->n))
            return false;
        for (size_t q = 0; q < p->n; q++)
            if (!claim_number_at(k->j, x, p->name[q], of[q]))
                return false;
    }
    return true;
}

/* A column that a sum reads; NULL: none does, or its cells are not each candidate's own. */
static const verify_number *term_of(const verify_world *w, const char *column)
{
    for (size_t c = 0; c < w->d && w->own_cells; c++) {
        size_t q = 0;
        for (const verify_node *x = w->criterion[c].linear ? w->criterion[c].linear->first : NULL;
             x; x = x->next, q++)
            if (strcmp(x->key, column) == 0)
                return w->term[c][q];
    }
    return NULL;
}

/* What sums are taken of. */
static bool check_cells(verify_case *k, verify_node *node, size_t i)
{
    verify_node *cells = verify_get(node, "cells");
    for (verify_node *x = cells ? cells->first : NULL; x; x = x->next) {
        const verify_number *column = term_of(k->w, x->key);
        if (!column)
            return claim_fails(k->j, x, "no sum reads it");
        if (!claim_number(k->j, x, column[i].y))
            return false;
    }
    return true;
}

static bool check_feasible(verify_case *k, verify_node *node, size_t i)
{
    const verify_world *w = k->w;
    const size_t slot = (size_t)k->s.slot[i], f = k->s.f;
    verify_node *utility = claim_child(k->j, node, "utility"), *values = verify_get(node, "values");
    double *x = k->w->row;
    for (size_t c = 0; c < w->d; c++)
        x[c] = k->s.value[c * f + slot];
    if (!check_by_criterion(k, claim_child(k->j, node, "values"), x) || !utility ||
        !claim_length(k->j, utility, w->people))
        return false;
    for (size_t h = 0; h < w->people; h++)
        if (!claim_number_at(k->j, utility, w->person[h].id, k->s.utility[h * f + slot]))
            return false;
    /* from here on as they are written, so that ties are those of the result */
    for (size_t h = 0; h < w->people; h++)
        k->s.utility[h * f + slot] = verify_double(utility, w->person[h].id, 0);
    for (size_t c = 0; c < w->d; c++)
        k->s.value[c * f + slot] = verify_double(values, w->criterion[c].id, 0);
    return true;
}

static bool check_infeasible(verify_case *k, verify_node *node)
{
    static const char *const none[] = {"values", "utility",      "ranks",     "score",
                                       "rank",   "dominated_by", "rule_ranks"};
    for (size_t q = 0; q < sizeof none / sizeof *none; q++)
        if (!claim_null(k->j, claim_child(k->j, node, none[q])))
            return false;
    const verify_node *reasons = claim_child(k->j, node, "reasons");
    if (reasons && reasons->n == 0)
        return claim_fails(k->j, reasons, "it says no reason");
    return reasons && claim_bool_at(k->j, node, "frontier", false);
}

static bool check_candidate(verify_case *k, verify_node *node, size_t i)
{
    const bool feasible = k->s.slot[i] != VERIFY_NONE;
    const char *status = feasible ? "feasible" : k->w->dropped[i] ? "dropped" : "infeasible";
    (void)claim_holds(k->j, verify_get(node, "id"));
    return claim_count_at(k->j, node, "line", k->w->line[i]) &&
           claim_text_at(k->j, node, "status", status) && check_measured(k, node, i) &&
           check_columns(k, node, i) && check_parts(k, node, "groups", i) &&
           check_parts(k, node, "group_sizes", i) && check_cells(k, node, i) &&
           (feasible ? check_feasible(k, node, i) : check_infeasible(k, node));
}

bool verify_check_candidates(verify_case *k)
{
    enum { LIST_ALL = 10000 };
    verify_node *list = claim_child(k->j, k->j->root, "candidates");
    int last = VERIFY_NONE;
    if (!list || !VERIFY_ROOM(k->j, k->listed, k->w->n))
        return false;
    for (verify_node *x = list->first; x; x = x->next) {
        const int i = verify_find(k->w, verify_text(x, "id", NULL));
        if (i == VERIFY_NONE)
            return claim_fails(k->j, x, "there is no such candidate");
        if (i <= last)
            return claim_fails(k->j, x, "it does not stand in the file's order");
        last = i;
        k->listed[i] = x;
        if (!check_candidate(k, x, (size_t)i))
            return false;
    }
    if (k->w->n <= LIST_ALL && list->n != k->w->n)
        return claim_fails(k->j, list, "%zu of %zu candidates are missing", k->w->n - list->n,
                           k->w->n);
    verify_settle(k->w, &k->s);
    return true;
}
