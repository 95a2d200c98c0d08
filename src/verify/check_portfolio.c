/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portfolio: that its set may be taken, what it comes to, and by trying all sets that nothing
 * allowed is worth more. */
#include "verify/sets.h"

#include <math.h>
#include <string.h>

#define MOST_WORTH 1e15
enum { MOST_TAKEN = 2000, SLACK = 200 /* of VERIFY_SAME: what rounding may take */ };

static bool check_people(verify_sets *s, const verify_node *node, const bool *taken)
{
    verify_job *j = s->k->j;
    const verify_world *w = s->k->w;
    const verify_node *utility = claim_child(j, node, "utility");
    if (!utility || !claim_length(j, utility, w->people))
        return false;
    for (size_t h = 0; h < w->people; h++) {
        double level = 0;
        for (size_t i = 0; i < s->n; i++) {
            const double u = taken[i] ? s->utility[h * s->n + i] : 0;
            level = s->worth.menu ? fmax(level, u) : level + u;
        }
        if (!claim_number_at(j, utility, w->person[h].id, level))
            return false;
    }
    return true;
}

/* ---- the best ---- */

/* Of those worth as much, nobody has more of a sum (in their order), and of those with the same
 * sums the set is the first: what it leaves out could not be taken in. */
static bool check_ties(verify_sets *s, verify_node *ids, const bool *taken, verify_whole bound,
                       bool *known)
{
    verify_job *j = s->k->j;
    verify_row *row = NULL;
    verify_found answer = VERIFY_NO_SET;
    verify_question q = {.worth = true, .floor = bound - VERIFY_SAME + SLACK};
    if (!VERIFY_ROOM(j, row, s->axes))
        return false;
    q.more = row;
    for (size_t a = 0; a < s->axes; a++) {
        const verify_whole at = verify_sum_of(s, s->axis[a], taken);
        row[a] = (verify_row){s->axis[a], at + 1};
        q.n_more = a + 1;
        if (!verify_ask_sets(s, &q, &answer))
            return false;
        if (answer == VERIFY_A_SET)
            return claim_fails(j, ids, "another set is worth as much, and has better sums");
        *known = *known && answer == VERIFY_NO_SET;
        row[a].least = at;
    }
    bool *begins = NULL;
    if (!VERIFY_ROOM(j, begins, s->n))
        return false;
    q.begins = begins;
    for (size_t i = 0; i < s->n; i++) {
        begins[i] = true;
        q.fixed = i + 1;
        if (!taken[i] && !verify_ask_sets(s, &q, &answer))
            return false;
        if (!taken[i] && answer == VERIFY_A_SET)
            return claim_fails(j, ids, "another set is as good, and first by its ids");
        *known = *known && (taken[i] || answer == VERIFY_NO_SET);
        begins[i] = taken[i];
    }
    return true;
}

/* Nothing is worth more than the bound; of an optimal set, the bound is its worth. */
static bool check_best(verify_sets *s, verify_node *node, const bool *taken)
{
    verify_job *j = s->k->j;
    verify_node *bound = claim_child(j, node, "bound"), *ids = verify_get(node, "ids");
    verify_node *status = verify_get(node, "status");
    const bool optimal = strcmp(verify_text(node, "status", ""), "optimal") == 0;
    verify_found answer = VERIFY_NO_SET;
    if (!bound || bound->kind != VERIFY_NUMBER || !(fabs(bound->number) < MOST_WORTH))
        return bound && claim_fails(j, bound, "it is no bound");
    const verify_whole at = (verify_whole)rint(bound->number * VERIFY_UNITS);
    const verify_whole worth = verify_worth_of(s, taken);
    const verify_question q = {.worth = true, .floor = at + VERIFY_SAME};
    if (worth > at + VERIFY_SAME || (optimal && worth < at - 2 * VERIFY_SAME))
        return claim_fails(j, bound, "the set is worth something else");
    if (!verify_ask_sets(s, &q, &answer))
        return false;
    if (answer == VERIFY_A_SET)
        return claim_fails(j, bound, "another set is worth more");
    bool known = answer == VERIFY_NO_SET;
    if (known && optimal && !check_ties(s, ids, taken, at, &known))
        return false;
    if (answer != VERIFY_NO_SET)
        return true;
    (void)claim_holds(j, status);
    return claim_holds(j, bound);
}

/* ---- none ---- */

static bool check_none(verify_sets *s, const verify_node *node)
{
    verify_job *j = s->k->j;
    const verify_question q = {0};
    verify_found answer = VERIFY_NO_SET;
    if (!verify_ask_sets(s, &q, &answer))
        return false;
    if (answer == VERIFY_A_SET)
        return claim_fails(j, verify_get(node, "status"), "there is a set");
    return answer == VERIFY_TOO_LONG || claim_holds(j, verify_get(node, "status"));
}

bool verify_check_portfolio(verify_case *k)
{
    verify_node *node = verify_get(k->j->root, "portfolio");
    const verify_node *options = verify_get(k->w->scenario, "portfolio");
    verify_node *missing = verify_get(node, "unmeasured");
    verify_sets s;
    bool *taken = NULL;
    if (!options || k->s.f == 0)
        return claim_absent(k->j, k->j->root, "portfolio");
    if (!node)
        return claim_child(k->j, k->j->root, "portfolio") != NULL;
    const verify_node *status = claim_child(k->j, node, "status");
    if (!status || !verify_sets_start(k, &s) || !VERIFY_ROOM(k->j, taken, s.n) ||
        !claim_text_at(k->j, node, "rule", verify_text(options, "rule", "weighted")) ||
        !claim_text_at(k->j, node, "counts", verify_text(options, "counts", "sum")))
        return false;
    if (missing ? !claim_number(k->j, missing, (double)s.unmeasured)
                : s.unmeasured > 0 && !claim_fails(k->j, node, "\"unmeasured\" is missing"))
        return false;
    const bool infeasible = strcmp(verify_text(node, "status", ""), "infeasible") == 0;
    const bool small = s.fits && s.n <= MOST_TAKEN;
    if (infeasible && verify_get(node, "ids"))
        return claim_fails(k->j, status, "there is a set");
    if (infeasible)
        return !small || check_none(&s, node);
    if (strcmp(verify_text(node, "status", ""), "limit") != 0 &&
        strcmp(verify_text(node, "status", ""), "optimal") != 0)
        return claim_fails(k->j, status, "there is no such status");
    if (!verify_get(node, "ids"))
        return strcmp(verify_text(node, "status", ""), "limit") == 0 ||
               claim_child(k->j, node, "ids") != NULL;
    if (!verify_read_set(&s, node, taken) || !check_people(&s, node, taken))
        return false;
    return !small || (check_best(&s, node, taken) && verify_check_sets(&s, node) &&
                      verify_check_core(&s, node));
}
