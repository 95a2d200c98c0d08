/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A split of traffic: what it gives, that it keeps the limits, and by its multipliers that no other
 * split is better. */
#include "resplit/prices.h"

#include <math.h>
#include <string.h>

static const double near_enough = 1e-9; /* on values in [0, 1]: what is called optimal */

/* ---- shares ---- */

static bool read_shares(verify_split *m, const verify_node *mix)
{
    verify_case *k = m->k;
    verify_node *list = claim_child(k->j, mix, "shares");
    if (!list || !claim_shares(k->j, list) || !VERIFY_ROOM(k->j, m->share, m->n))
        return false;
    mpq_set_si(k->w->room[0], -1, 1);
    for (const verify_node *x = list->first; x; x = x->next) {
        const char *id = verify_text(x, "id", "");
        const int i = verify_find(k->w, id), q = i == VERIFY_NONE ? VERIFY_NONE : m->place[i];
        const double share = verify_double(x, "share", 0);
        if (q == VERIFY_NONE)
            return claim_fails(k->j, x, "it may not take part");
        m->share[q] += share;
        mpq_set_d(k->w->room[1], share);
        mpq_add(k->w->room[0], k->w->room[0], k->w->room[1]);
        (void)claim_holds(k->j, verify_get(x, "id"));
        (void)claim_holds(k->j, verify_get(x, "share"));
        m->n_shares++;
    }
    if (m->n_shares > 0 && fabs(mpq_get_d(k->w->room[0])) > VERIFY_TIE)
        return claim_fails(k->j, list, "the shares do not add to 1");
    return true;
}

static double average(const verify_split *m, const double *x)
{
    double sum = 0;
    for (size_t q = 0; q < m->n; q++)
        sum += m->share[q] > 0 ? m->share[q] * x[q] : 0;
    return sum;
}

/* The value of a criterion that counts the worst of those used. */
static double worst_value(const verify_split *m, size_t c)
{
    double least = INFINITY;
    for (size_t q = 0; q < m->n; q++)
        least = m->share[q] > 0 ? fmin(least, m->value[c * m->n + q]) : least;
    return least;
}

static void find_utilities(verify_split *m)
{
    const verify_world *w = m->k->w;
    for (size_t h = 0; h < w->people; h++) {
        m->gets[h] = average(m, m->utility + h * m->n);
        for (size_t c = 0; c < w->d; c++)
            if (w->criterion[c].worst_counts && w->person[h].weight[c] > 0)
                m->gets[h] += w->person[h].weight[c] *
                              (worst_value(m, c) - average(m, m->value + c * m->n));
    }
    for (size_t c = 0; c < w->d; c++)
        m->has[c] = w->criterion[c].worst_counts ? worst_value(m, c)
                                                 : average(m, m->value + c * m->n);
}

static bool check_people(verify_case *k, const verify_node *in, const char *key, const double *is)
{
    verify_node *object = claim_child(k->j, in, key);
    if (!object || !claim_length(k->j, object, k->w->people))
        return false;
    for (size_t h = 0; h < k->w->people; h++)
        if (!claim_number_at(k->j, object, k->w->person[h].id, is[h]))
            return false;
    return true;
}

/* Averages of what was read; of a criterion that counts the worst, the worst reading. */
static bool check_readings(verify_split *m, const verify_node *mix)
{
    verify_case *k = m->k;
    const verify_node *object = claim_child(k->j, mix, "readings");
    for (size_t c = 0; c < k->w->d && object; c++) {
        const verify_criterion *of = &k->w->criterion[c];
        double sum = 0, worst = NAN;
        for (size_t q = 0; q < m->n; q++) {
            const double y = verify_reading(k->w, c, m->candidate[q]).y;
            if (!(m->share[q] > 0))
                continue;
            sum += m->share[q] * y;
            worst = isnan(worst) || verify_gain(of, y) < verify_gain(of, worst) ? y : worst;
        }
        verify_node *x = claim_child(k->j, object, of->id);
        const double is = of->worst_counts ? worst : sum;
        if (!x || fabs(x->number - is) > VERIFY_TIE * fmax(1, verify_size(m, c)))
            return x && claim_fails(k->j, x, "it is another average");
        (void)claim_holds(k->j, x);
    }
    return object != NULL;
}

/* ---- limits ---- */

static bool check_limit(verify_split *m, verify_node *node, const verify_side *b)
{
    verify_case *k = m->k;
    double sum = 0, end = NAN, size = fabs(b->is);
    for (size_t q = 0; q < m->n; q++) {
        const double y = verify_bound_reading(m, b, q);
        size = fmax(size, fabs(y));
        if (!(m->share[q] > 0))
            continue;
        sum += m->share[q] * y;
        end = isnan(end) || b->sign * y > b->sign * end ? y : end;
    }
    const double at = m->n_shares == 0 ? (double)NAN : b->each ? end : sum;
    verify_node *own = claim_child(k->j, node, "at");
    if (!claim_text_at(k->j, node, "from", b->constraint ? "constraint" : "mix") ||
        !claim_text_at(k->j, node, "binds", b->each ? "each" : "average") ||
        !claim_text_at(k->j, node, "side", b->sign > 0 ? "max" : "min") ||
        !claim_number_at(k->j, node, "bound", b->is) || !own)
        return false;
    if (b->of->criterion != VERIFY_NONE
            ? !claim_text_at(k->j, node, "criterion", k->w->criterion[b->of->criterion].id)
            : !claim_text_at(k->j, node, "column", b->of->column))
        return false;
    if (!claim_text_at(k->j, node, "owner", verify_text(b->of->node, "owner", "")) ||
        !claim_text_at(k->j, node, "why", verify_text(b->of->node, "why", "")))
        return false;
    if (isnan(at))
        return claim_null(k->j, own);
    if (own->kind != VERIFY_NUMBER || fabs(own->number - at) > VERIFY_TIE * fmax(1, size))
        return claim_fails(k->j, own, "the split has another reading there");
    if (b->sign * (at - b->is) > near_enough * fmax(size, 1e-300))
        return claim_fails(k->j, own, "the split breaks this limit");
    return claim_holds(k->j, own);
}

/* ---- the rule ---- */

static bool check_levels(verify_split *m, const verify_node *mix)
{
    verify_case *k = m->k;
    verify_node *list = verify_get(mix, "levels");
    size_t l = 0;
    if (!list)
        return m->levels == 0 || m->weighted || claim_fails(k->j, mix, "\"levels\" is missing");
    if (!claim_length(k->j, list, m->levels))
        return false;
    for (verify_node *x = list->first; x; x = x->next, l++) {
        const char *id = m->of_criteria ? k->w->criterion[m->subject[l]].id
                                        : k->w->person[m->subject[l]].id;
        if (!claim_text_at(k->j, x, m->of_criteria ? "criterion" : "stakeholder", id) ||
            !claim_number_at(k->j, x, "level", verify_level(m, l, m->gets, m->has)))
            return false;
    }
    return true;
}

/* Who meets every limit alone, and is best by the rule. */
static bool check_single(verify_split *m, const verify_node *mix)
{
    verify_case *k = m->k;
    verify_node *single = claim_child(k->j, mix, "best_single");
    double best = -INFINITY, *own = NULL, *gain = NULL;
    for (size_t q = 0; q < m->n; q++)
        if (verify_meets_alone(m, q))
            best = fmax(best, verify_single_value(m, q));
    if (!single || !VERIFY_ROOM(k->j, own, k->w->people) || !VERIFY_ROOM(k->j, gain, k->w->people))
        return false;
    if (isinf(best))
        return claim_null(k->j, single) && claim_null(k->j, claim_child(k->j, mix, "gain"));
    const int i = verify_find(k->w, verify_text(single, "id", NULL));
    const int q = i == VERIFY_NONE ? VERIFY_NONE : m->place[i];
    if (q == VERIFY_NONE || !verify_meets_alone(m, (size_t)q) ||
        best - verify_single_value(m, (size_t)q) > 2 * VERIFY_TIE)
        return claim_fails(k->j, single, "another one is better, or it breaks a limit");
    for (size_t h = 0; h < k->w->people; h++) {
        own[h] = m->utility[h * m->n + (size_t)q];
        gain[h] = m->gets[h] - own[h];
    }
    (void)claim_holds(k->j, verify_get(single, "id"));
    return claim_number_at(k->j, single, "value", verify_single_value(m, (size_t)q)) &&
           check_people(k, single, "utility", own) && check_people(k, mix, "gain", gain);
}

/* By multipliers no split is worth more than the best candidate at them: value + gap at most. */
static bool check_gap(verify_split *m, const verify_node *mix)
{
    verify_case *k = m->k;
    verify_node *certificate = claim_child(k->j, mix, "certificate");
    verify_node *gap = claim_child(k->j, certificate, "gap");
    const char *status = verify_text(mix, "status", "");
    verify_proof proof = {0};
    if (!gap || !claim_child(k->j, mix, "next"))
        return false;
    const bool close = gap->kind == VERIFY_NUMBER && gap->number <= near_enough;
    const bool whole = verify_is_true(mix, "whole");
    bool told = strcmp(status, close ? "optimal" : "limit") == 0 ||
                (!close && strcmp(status, "numerical") == 0);
    /* the least level is proven, and what raises those above it was cut */
    told = told || (close && whole && strcmp(status, "limit") == 0);
    if (!told)
        return claim_fails(k->j, verify_get(mix, "status"), "with this gap it is %s",
                           close ? "optimal" : "limit");
    if (whole)
        return true;
    if (!verify_prove(m, mix, &proof))
        return false;
    if (gap->kind != VERIFY_NUMBER || fabs(gap->number - proof.gap) > near_enough / 100)
        return claim_fails(k->j, gap, "the multipliers prove another gap");
    return claim_holds(k->j, gap) && verify_check_next(m, mix, proof.lacks);
}

static bool check_split(verify_split *m, verify_node *mix)
{
    verify_case *k = m->k;
    const verify_node *options = verify_get(k->w->scenario, "mix");
    const double most = verify_double(options, "max_models", INFINITY);
    const double least = verify_double(options, "min_share", 0);
    find_utilities(m);
    for (size_t q = 0; q < m->n; q++)
        if (m->share[q] > 0 && m->share[q] < least - VERIFY_TIE)
            return claim_fails(k->j, verify_get(mix, "shares"), "one is below min_share");
    if ((double)m->n_shares > most)
        return claim_fails(k->j, verify_get(mix, "shares"), "these are too many models");
    return claim_number_at(k->j, mix, "value", verify_split_value(m, m->gets, m->has)) &&
           check_people(k, mix, "utility", m->gets) && check_readings(m, mix) &&
           check_levels(m, mix) && check_single(m, mix) && check_gap(m, mix);
}

/* ---- no split ---- */

/* With these multipliers whoever takes part exceeds the bounds taken together. */
static bool check_proof(verify_split *m, verify_node *proof)
{
    verify_case *k = m->k;
    verify_node *list = claim_child(k->j, proof, "multipliers");
    const verify_node *margin = claim_child(k->j, proof, "margin");
    double least = INFINITY, off = VERIFY_TIE;
    if (!list || !margin || !claim_length(k->j, list, m->bounds))
        return false;
    for (size_t q = 0; q < m->n; q++) {
        const verify_node *x = list->first;
        double size = 1;
        mpq_set_ui(k->w->room[0], 0, 1);
        for (size_t b = 0; b < m->bounds; b++, x = x->next) {
            if (x->kind != VERIFY_NUMBER || x->number < 0)
                return claim_fails(k->j, x, "it is no multiplier");
            verify_add_excess(m, &m->bound[b], q, x->number);
            size = fmax(size, fabs(mpq_get_d(k->w->room[1])));
        }
        off = fmax(off, VERIFY_TIE * size);
        least = fmin(least, mpq_get_d(k->w->room[0]));
    }
    if (!(least > 0))
        return claim_fails(k->j, proof, "somebody keeps these bounds taken together");
    if (fabs(margin->number - least) > off)
        return claim_fails(k->j, margin, "it is another one");
    return claim_holds_all(k->j, proof);
}

static bool check_clash(verify_split *m, const verify_node *mix)
{
    const verify_node *clash = claim_child(m->k->j, mix, "clash");
    verify_node *proof = verify_get(clash, "proof");
    if (!clash || !claim_bool_at(m->k->j, clash, "nobody", m->n == 0))
        return false;
    return !proof || (check_proof(m, proof) && verify_check_relax(m, clash));
}

bool verify_check_mix(verify_case *k)
{
    verify_node *mix = verify_get(k->j->root, "mix");
    verify_split m = {.k = k};
    if (!mix)
        return true;
    verify_node *limits = claim_child(k->j, mix, "limits"), *rule = claim_child(k->j, mix, "rule");
    const verify_node *counts = claim_child(k->j, mix, "counts");
    const char *status = verify_text(mix, "status", "");
    size_t b = 0;
    if (!limits || !rule || !counts || !verify_split_start(&m, mix) || !read_shares(&m, mix) ||
        !claim_length(k->j, limits, m.bounds) ||
        !claim_count_at(k->j, counts, "participants", m.n) ||
        !claim_count_at(k->j, counts, "unmeasured", m.unmeasured))
        return false;
    for (verify_node *x = limits->first; x; x = x->next)
        if (!check_limit(&m, x, &m.bound[b++]))
            return false;
    const bool open = strcmp(status, "numerical") == 0 ||
                      (m.n_shares == 0 && strcmp(status, "limit") == 0); /* cut before any */
    if ((m.n_shares == 0) != (strcmp(status, "infeasible") == 0) && !open)
        return claim_fails(k->j, verify_get(mix, "status"), "there is %s split",
                           m.n_shares > 0 ? "a" : "no");
    if (m.n_shares > 0 ? !check_split(&m, mix)
                       : !claim_null(k->j, claim_child(k->j, mix, "value")) ||
                             (!open && !check_clash(&m, mix)))
        return false;
    return verify_check_prices(&m, mix) && verify_check_splits(&m, mix) &&
           claim_holds(k->j, rule) && claim_holds(k->j, verify_get(mix, "status"));
}
