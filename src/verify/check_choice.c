/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which weights choose whom: weights that do and mixtures that are never worse are witnesses; the
 * smallest change that puts another one level has a closed form. */
#include "verify/agree.h"

#include <math.h>
#include <string.h>

static const double near_enough = 1e-11; /* of what adds up dozens of products */

/* w . (value of a - value of b) */
static double lead(const verify_case *k, const double *w, size_t a, size_t b)
{
    const double *v = k->s.value;
    double sum = 0;
    for (size_t c = 0; c < k->w->d; c++)
        sum += w[c] * (v[c * k->s.f + a] - v[c * k->s.f + b]);
    return sum;
}

static void find_rank(const verify_case *k, const double *w, size_t slot, size_t *low, size_t *high)
{
    const double loose = VERIFY_TIE / 10;
    *low = *high = 1;
    for (size_t q = 0; q < k->s.f; q++) {
        const double by = q == slot ? 0 : lead(k, w, q, slot);
        *low += by > VERIFY_TIE + loose;
        *high += by > VERIFY_TIE - loose;
    }
}

static bool same_values(const verify_case *k, size_t a, size_t b)
{
    for (size_t c = 0; c < k->w->d; c++) {
        const double *v = k->s.value + c * k->s.f;
        if (fabs(v[a] - v[b]) > VERIFY_TIE)
            return false;
    }
    return true;
}

/* Somebody's share of a mixture; the slot, or VERIFY_NONE: the claim fails. */
static int slot_of(verify_case *k, const verify_node *node, const char *id)
{
    const int i = verify_find(k->w, id);
    const int slot = i == VERIFY_NONE ? VERIFY_NONE : k->s.slot[i];
    if (slot == VERIFY_NONE)
        (void)claim_fails(k->j, node, "it is no feasible candidate");
    return slot;
}

/* Exactly: in no criterion is the mixture worth less by more than its shares are rounded. */
static bool check_mixture(verify_case *k, verify_node *list, size_t slot)
{
    verify_world *w = k->w;
    bool other = false;
    for (size_t c = 0; c <= w->d; c++) { /* last the shares themselves */
        const double *v = k->s.value + c * k->s.f;
        mpq_set_d(w->room[0], c < w->d ? -v[slot] : -1);
        for (const verify_node *x = list->first; x; x = x->next) {
            const double share = verify_double(x, "share", -1);
            const int of = slot_of(k, x, verify_text(x, "id", NULL));
            if (of == VERIFY_NONE || !(share >= 0))
                return claim_fails(k->j, x, "it is no share");
            other = other || !same_values(k, (size_t)of, slot);
            mpq_set_d(w->room[1], share);
            mpq_set_d(w->room[2], c < w->d ? v[of] : 1);
            mpq_mul(w->room[1], w->room[1], w->room[2]);
            mpq_add(w->room[0], w->room[0], w->room[1]);
        }
        const double by = mpq_get_d(w->room[0]);
        if (c == w->d ? fabs(by) > VERIFY_TIE : by < -VERIFY_TIE)
            return claim_fails(k->j, list,
                               c == w->d ? "the shares do not add to 1"
                                         : "the mixture is worth less in \"%s\"",
                               c < w->d ? w->criterion[c].id : "");
    }
    return other ? claim_holds_all(k->j, list)
                 : claim_fails(k->j, list, "it is made of nothing but the like");
}

static bool check_choosable(verify_case *k, verify_node *node, size_t slot)
{
    verify_node *yes = claim_child(k->j, node, "choosable");
    verify_node *weights = claim_child(k->j, node, "weights");
    verify_node *beaten = claim_child(k->j, node, "beaten_by");
    double *w = k->w->row;
    size_t low = 0, high = 0;
    if (!yes || !weights || !beaten)
        return false;
    if (yes->kind == VERIFY_NULL)
        return claim_null(k->j, weights) && claim_null(k->j, beaten) && claim_holds(k->j, yes);
    if (yes->kind == VERIFY_TRUE) {
        if (!verify_read_weights(k, weights, w) || !claim_null(k->j, beaten))
            return false;
        find_rank(k, w, slot, &low, &high);
        if (low > 1)
            return claim_fails(k->j, weights, "at these another one is first");
        return claim_holds(k->j, yes) && claim_holds_all(k->j, weights);
    }
    return claim_bool(k->j, yes, false) && claim_null(k->j, weights) &&
           check_mixture(k, beaten, slot);
}

static bool check_range(verify_case *k, verify_node *node, size_t slot)
{
    static const char *const end[] = {"best", "worst"};
    verify_node *range = claim_child(k->j, node, "rank_range");
    verify_node *at = verify_get(node, "rank_range_at");
    if (!range)
        return false;
    if (range->kind == VERIFY_NULL)
        return claim_absent(k->j, node, "rank_range_at") && claim_holds(k->j, range);
    if (!at)
        return claim_fails(k->j, range, "nothing says where");
    if (!claim_length(k->j, range, 2))
        return false;
    verify_node *rank = range->first;
    for (size_t q = 0; q < 2; q++, rank = rank->next) {
        verify_node *weights = claim_child(k->j, at, end[q]);
        double *w = k->w->row;
        size_t low = 0, high = 0;
        if (!verify_read_weights(k, weights, w))
            return false;
        find_rank(k, w, slot, &low, &high);
        if (rank->kind != VERIFY_NUMBER || rank->number < (double)low ||
            rank->number > (double)high)
            return claim_fails(k->j, rank, "at these weights it is %zu", low);
        (void)claim_holds(k->j, rank);
        (void)claim_holds_all(k->j, weights);
    }
    return range->first->number <= range->first->next->number ||
           claim_fails(k->j, range, "the best rank is behind the worst");
}

/* ---- the smallest change that puts another one level ---- */

/* Until a is level with b, both ways counted; infinite: it never is. */
static double least_change(const verify_case *k, size_t a, size_t b)
{
    double *by = k->w->row, most = -INFINITY;
    const double *v = k->s.value;
    for (size_t c = 0; c < k->w->d; c++)
        most = fmax(most, by[c] = v[c * k->s.f + a] - v[c * k->s.f + b]);
    if (!(most > VERIFY_TIE))
        return INFINITY; /* it can be level, and never ahead */
    return 2 * verify_least_move(k->s.group, by, k->w->d, lead(k, k->s.group, b, a));
}

static bool check_flip(verify_case *k, const verify_node *choice, size_t first)
{
    verify_node *flip = claim_child(k->j, choice, "flip");
    double least = INFINITY, *w = k->w->row, change = 0;
    if (!flip)
        return false;
    for (size_t q = 0; q < k->s.f; q++)
        if (q != first && !same_values(k, q, first))
            least = fmin(least, least_change(k, q, first));
    if (flip->kind == VERIFY_NULL)
        return !(least > near_enough) || isinf(least)
                   ? claim_holds(k->j, flip)
                   : claim_fails(k->j, flip, "another one gets level");
    verify_node *by = claim_child(k->j, flip, "change"), *to = claim_child(k->j, flip, "to");
    const int slot = to ? slot_of(k, to, to->text) : VERIFY_NONE;
    if (slot == VERIFY_NONE || !by || !verify_read_weights(k, verify_get(flip, "weights"), w))
        return claim_fails(k->j, flip, "it names no weights");
    for (size_t c = 0; c < k->w->d; c++)
        change += fabs(w[c] - k->s.group[c]);
    if (fabs(by->number - change) > near_enough)
        return claim_fails(k->j, by, "these weights are further, or nearer");
    if (fabs(by->number - least) > near_enough)
        return claim_fails(k->j, by, "a smaller change would do, or none does");
    if (fabs(lead(k, w, first, (size_t)slot)) > near_enough)
        return claim_fails(k->j, to, "at these weights it is not level with the first");
    return claim_holds_all(k->j, flip);
}

/* ---- all ---- */

static bool check_candidates(verify_case *k, const verify_node *choice)
{
    const verify_node *all = claim_child(k->j, choice, "candidates");
    for (verify_node *x = all ? all->first : NULL; x; x = x->next) {
        const int slot = slot_of(k, x, x->key);
        if (slot == VERIFY_NONE || !check_choosable(k, x, (size_t)slot) ||
            !check_range(k, x, (size_t)slot))
            return false;
    }
    const verify_node *asked = verify_get(choice, "asked");
    const char *who = verify_text(asked, "choosable", "");
    if (all && strcmp(who, all->n == k->s.f ? "all" : "best") != 0)
        return claim_fails(k->j, asked, "it does not say who was asked about");
    (void)claim_holds(k->j, verify_get(asked, "choosable"));
    return all != NULL;
}

bool verify_check_choice(verify_case *k)
{
    verify_node *choice = verify_get(k->j->root, "choice");
    if (!choice)
        return true;
    if (k->s.f == 0 || !k->rank[0])
        return claim_absent(k->j, k->j->root, "choice");
    const size_t first = verify_first(k, k->rank[0]); /* under weighted */
    return claim_text_at(k->j, choice, "first", verify_slot_id(k, first)) &&
           check_candidates(k, choice) && check_flip(k, choice, first) &&
           verify_check_whatifs(k, choice, first);
}
