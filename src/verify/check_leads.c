/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that the best score is above that of a simpler one. */
#include "verify/checks.h"

#include <math.h>
#include <string.h>

static const double near_enough = 1e-9; /* of a probability that erfc gives */

bool verify_is_simpler(const verify_case *k, size_t slot)
{
    const verify_node *simpler = verify_get(k->w->scenario, "simpler");
    const int c = verify_find_criterion(k->w, verify_text(simpler, "criterion", NULL));
    const double within = verify_double(simpler, "within", 0);
    const double *score = k->by[k->headline].score, *x = k->s.gain + (size_t)c;
    return c != VERIFY_NONE && score[k->order[0]] - score[slot] <= within + VERIFY_TIE &&
           x[slot * k->w->d] > x[k->order[0] * k->w->d];
}

/* As the result says, in the order in which it lists candidates. */
static double se_of(const verify_case *k, size_t i, const char *criterion)
{
    return verify_double(verify_get(k->listed[i], "se"), criterion, 0);
}

static size_t place_of(const verify_case *k, size_t i)
{
    size_t place = 0;
    for (size_t q = 0; q < i; q++)
        place += k->listed[q] != NULL;
    return place;
}

static double covariance(const verify_case *k, const verify_node *criterion, size_t i, size_t j)
{
    const verify_node *all = verify_get(criterion, "covariance");
    const char *id = verify_text(criterion, "id", "");
    if (!all)
        return verify_double(criterion, "correlation", 0) * se_of(k, i, id) * se_of(k, j, id);
    size_t a = place_of(k, i > j ? i : j), b = place_of(k, i > j ? j : i);
    const verify_node *x = all->first;
    for (size_t at = a * (a + 1) / 2 + b; x && at > 0; at--)
        x = x->next;
    return x && x->kind == VERIFY_NUMBER ? x->number : 0;
}

/* The standard deviation of what two scores are apart, where all errors are normal. */
static double sd_apart(const verify_case *k, size_t a, size_t b)
{
    const size_t i = k->s.feasible[a], j = k->s.feasible[b];
    const verify_node *x = verify_get(k->j->root, "criteria");
    double variance = 0;
    size_t c = 0;
    for (x = x ? x->first : NULL; x && c < k->w->d; x = x->next, c++) {
        const char *id = verify_text(x, "id", "");
        const double span = k->s.best[c] - k->s.worst[c];
        const double by = span > 0 || span < 0 ? k->s.group[c] / span : 0;
        const double mine = by * se_of(k, i, id), other = by * se_of(k, j, id);
        variance += mine * mine + other * other - 2 * by * by * covariance(k, x, i, j);
    }
    return sqrt(variance > 0 ? variance : 0);
}

static bool check_lead(verify_case *k, verify_node *node, size_t slot, bool sampled)
{
    const double lead = k->by[k->headline].score[k->order[0]] - k->by[k->headline].score[slot];
    if (!node || node->kind != VERIFY_NUMBER || node->number < 0 || node->number > 1)
        return claim_fails(k->j, node, "how sure the lead over \"%s\" is must be a probability",
                           verify_slot_id(k, slot));
    if (sampled)
        return true;
    const double sd = sd_apart(k, k->order[0], slot);
    const double holds = sd > 0 ? erfc(-lead / sd / sqrt(2)) / 2 : lead > VERIFY_TIE ? 1 : 0.5;
    if (fabs(node->number - holds) > near_enough)
        return claim_fails(k->j, node, "with these errors it is another one");
    return claim_holds(k->j, node);
}

bool verify_judge_leads(verify_case *k, const verify_node *recommendation)
{
    const verify_node *simpler = verify_get(k->w->scenario, "simpler");
    const double level = verify_double(simpler, "significant", 0);
    if (!(level > 0))
        return claim_absent(k->j, recommendation, "leads");
    verify_node *node = claim_child(k->j, recommendation, "leads"),
                *sampled = claim_child(k->j, node, "sampled"),
                *over = claim_child(k->j, node, "over");
    if (!node || !sampled || !over || !claim_number_at(k->j, node, "level", level) ||
        !VERIFY_ROOM(k->j, k->open, k->s.f))
        return false;
    const bool by_samples = verify_is_true(node, "sampled");
    if (!by_samples && strcmp(k->w->rule, "weighted") != 0)
        return claim_fails(k->j, sampled, "there is no closed form under this rule");
    verify_node *x = over->first;
    for (size_t q = 0; q < k->s.f; q++) {
        const size_t slot = k->order[q];
        if (!verify_is_simpler(k, slot) || !k->listed[k->s.feasible[slot]])
            continue;
        if (!x || strcmp(x->key, verify_slot_id(k, slot)) != 0)
            return claim_fails(k->j, over, "\"%s\" is missing, or not in its place",
                               verify_slot_id(k, slot));
        if (!check_lead(k, x, slot, by_samples))
            return false;
        k->open[slot] = x->number < level;
        x = x->next;
    }
    return !x || claim_fails(k->j, x, "it is not simpler, or not within reach");
}
