/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who wins under which rule, and who is recommended. */
#include "verify/checks.h"

#include <math.h>
#include <string.h>

static bool is_listed(const verify_case *k, size_t slot)
{
    return k->listed[k->s.feasible[slot]] != NULL;
}

/* ---- rules ---- */

/* The others of rank 1, or at the head of an order that is as good, in the order of the ranking. */
static bool check_tied(verify_case *k, verify_node *node, int rule, size_t winner)
{
    const uint32_t *rank = k->rank[rule];
    const uint64_t leads = k->by[rule].leads;
    verify_node *list = verify_get(node, "tied");
    verify_node *x = list ? list->first : NULL;
    for (size_t q = 0; q < k->s.f; q++) {
        const size_t slot = k->order[q];
        const bool is = rank[slot] == 1 || (leads && leads >> slot & 1);
        if (!is || slot == winner || !is_listed(k, slot))
            continue;
        if (!x)
            return claim_fails(k->j, node, "\"%s\" is tied with the winner",
                               verify_slot_id(k, slot));
        if (!claim_text(k->j, x, verify_slot_id(k, slot)))
            return false;
        x = x->next;
    }
    return !x || claim_fails(k->j, x, "it is not tied with the winner");
}

static bool check_rules(verify_case *k)
{
    verify_node *rules = claim_child(k->j, k->j->root, "rules");
    for (verify_node *x = rules ? rules->first : NULL; x; x = x->next) {
        const int rule = verify_rule(x->key);
        if (rule == VERIFY_NONE)
            return claim_fails(k->j, x, "there is no such rule");
        if (!k->rank[rule])
            continue; /* too many candidates to try all orders */
        const size_t winner = verify_first(k, k->rank[rule]);
        if (!claim_text_at(k->j, x, "winner", verify_slot_id(k, winner)) ||
            !check_tied(k, x, rule, winner))
            return false;
    }
    return rules != NULL;
}

/* ---- the recommendation ---- */

/* Among those within reach of the best score, over whom its lead is not shown where that is asked,
 * the one that is best on the named criterion. */
static size_t find_recommended(const verify_case *k)
{
    const verify_node *simpler = verify_get(k->w->scenario, "simpler");
    const int c = verify_find_criterion(k->w, verify_text(simpler, "criterion", NULL));
    size_t best = k->order[0];
    for (size_t q = 0; q < k->s.f && c != VERIFY_NONE; q++) {
        const size_t slot = k->order[q];
        const double *x = k->s.gain + (size_t)c;
        if (verify_is_simpler(k, slot) && (!k->open || k->open[slot]) &&
            x[slot * k->w->d] > x[best * k->w->d])
            best = slot;
    }
    return best;
}

static bool check_need(verify_case *k, verify_node *node, const verify_need *need)
{
    const verify_limit as = {.criterion = (int)need->criterion,
                             .has_min = need->has_min,
                             .has_max = need->has_max,
                             .min = need->min,
                             .max = need->max};
    const size_t i = k->s.feasible[k->recommended];
    double by = 0;
    const bool met = verify_keeps(k->w, &as, i, &by);
    return claim_text_at(k->j, node, "criterion", k->w->criterion[need->criterion].id) &&
           (need->has_min ? claim_number_at(k->j, node, "min", need->min)
                          : claim_absent(k->j, node, "min")) &&
           (need->has_max ? claim_number_at(k->j, node, "max", need->max)
                          : claim_absent(k->j, node, "max")) &&
           claim_number_at(k->j, node, "reading", verify_reading(k->w, need->criterion, i).y) &&
           claim_bool_at(k->j, node, "met", met) && claim_number_at(k->j, node, "by", by);
}

static bool check_gets(verify_case *k, const verify_node *all, size_t h)
{
    const verify_person *of = &k->w->person[h];
    verify_node *node = claim_child(k->j, all, of->id), *needs = claim_child(k->j, node, "needs");
    const double u = k->s.utility[h * k->s.f + k->recommended];
    size_t q = 0;
    if (!node || !needs || !claim_number_at(k->j, node, "utility", u) ||
        !claim_count_at(k->j, node, "rank", k->own_rank[h * k->s.f + k->recommended]) ||
        !claim_number_at(k->j, node, "regret", k->s.most[h] - u) ||
        !claim_length(k->j, needs, of->n_needs))
        return false;
    for (verify_node *x = needs->first; x; x = x->next)
        if (!check_need(k, x, &of->need[q++]))
            return false;
    return true;
}

/* Is the difference of a and b in no criterion more than what counts as equal? */
static bool hardly_differ(const verify_case *k, size_t a, size_t b)
{
    for (size_t c = 0; c < k->w->d; c++) {
        const verify_criterion *of = &k->w->criterion[c];
        double x = verify_reading(k->w, c, k->s.feasible[a]).y;
        double y = verify_reading(k->w, c, k->s.feasible[b]).y;
        if (of->goal == VERIFY_NEARER && (x >= of->target) != (y >= of->target)) {
            x = verify_measurement(of, x);
            y = verify_measurement(of, y);
        }
        const verify_criterion between = {.goal = VERIFY_NEARER, .target = y};
        if (verify_measurement(&between, x) > (of->indifference > 0 ? of->indifference : 0))
            return false;
    }
    return true;
}

static bool check_ties(verify_case *k, const verify_node *node)
{
    verify_node *list = claim_child(k->j, node, "practical_ties");
    verify_node *x = list ? list->first : NULL;
    bool asked = false;
    for (size_t c = 0; c < k->w->d; c++)
        asked = asked || k->w->criterion[c].indifference >= 0;
    for (size_t q = 0; q < k->s.f && asked && list; q++) {
        const size_t slot = k->order[q];
        if (slot == k->recommended || !is_listed(k, slot) ||
            !hardly_differ(k, slot, k->recommended))
            continue;
        if (!x)
            return claim_fails(k->j, list, "\"%s\" is missing", verify_slot_id(k, slot));
        if (!claim_text(k->j, x, verify_slot_id(k, slot)))
            return false;
        x = x->next;
    }
    return list && (!x || claim_fails(k->j, x, "it differs in practice"));
}

static bool check_recommendation(verify_case *k, verify_node *node)
{
    const double *score = k->by[k->headline].score;
    if (!verify_judge_leads(k, node))
        return false;
    const size_t best = k->recommended = find_recommended(k);
    const size_t next = k->s.f < 2 ? best : k->order[0] == best ? k->order[1] : k->order[0];
    const bool staged = strcmp(k->w->rule, "priorities") == 0;
    verify_node *people = claim_child(k->j, node, "stakeholders");
    if (!claim_text_at(k->j, node, "id", verify_slot_id(k, best)) ||
        !claim_text_at(k->j, node, "rule", k->w->rule) ||
        !claim_number_at(k->j, node, "score", score[best]) ||
        !claim_text_at(k->j, node, "runner_up", next == best ? NULL : verify_slot_id(k, next)) ||
        !claim_number_at(k->j, node, "margin",
                         next == best || staged ? (double)NAN : score[best] - score[next]) ||
        !claim_text_at(k->j, node, "simpler_than",
                       best == k->order[0] ? NULL : verify_slot_id(k, k->order[0])) ||
        !people || !claim_length(k->j, people, k->w->people))
        return false;
    for (size_t h = 0; h < k->w->people; h++)
        if (!check_gets(k, people, h))
            return false;
    return check_ties(k, node);
}

/* Each stakeholder's favourite: of those they rank first the one that the group does. */
static bool check_favourites(verify_case *k)
{
    const verify_node *list = claim_child(k->j, k->j->root, "stakeholders");
    size_t h = 0;
    for (verify_node *x = list ? list->first : NULL; x; x = x->next, h++) {
        size_t q = 0;
        while (k->own_rank[h * k->s.f + k->order[q]] != 1 && q + 1 < k->s.f)
            q++;
        if (!claim_text_at(k->j, x, "choice", verify_slot_id(k, k->order[q])))
            return false;
    }
    return list != NULL;
}

bool verify_check_verdict(verify_case *k)
{
    verify_node *node = claim_child(k->j, k->j->root, "recommendation");
    if (!node)
        return false;
    if (k->s.f == 0)
        return claim_null(k->j, node) &&
               claim_length(k->j, claim_child(k->j, k->j->root, "rules"), 0);
    return check_recommendation(k, node) && check_rules(k) && check_favourites(k);
}
