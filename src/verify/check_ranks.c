/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores and ranks under every rule; the frontier, and who beats whom outright. */
#include "recount/boxes.h"
#include "verify/checks.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

static verify_node *entry_of(const verify_case *k, size_t slot)
{
    return k->listed[k->s.feasible[slot]];
}

/* Ranks of the listed ones within their bounds; the bounds become them. */
static bool check_rank(verify_case *k, const char *in, const char *key, uint32_t *low,
                       const uint32_t *high)
{
    for (size_t q = 0; q < k->s.f; q++) {
        const verify_node *node = entry_of(k, q);
        if (!node)
            continue;
        verify_node *rank = claim_child(k->j, in ? claim_child(k->j, node, in) : node, key);
        if (!rank)
            return false;
        if (rank->kind != VERIFY_NUMBER || rank->number < low[q] || rank->number > high[q] ||
            floor(rank->number) < rank->number)
            return claim_fails(k->j, rank, "it is %u", (unsigned)low[q]);
        low[q] = (uint32_t)rank->number;
        (void)claim_holds(k->j, rank);
    }
    return true;
}

static bool check_people(verify_case *k)
{
    const size_t f = k->s.f;
    uint32_t *high = NULL;
    bool done = true;
    if (!VERIFY_ROOM(k->j, k->own_rank, k->w->people * f) || !VERIFY_ROOM(k->j, high, f))
        return false;
    for (size_t h = 0; h < k->w->people; h++) {
        const verify_scores y = {.exact = true, .levels = 1, .level = k->s.utility + h * f};
        uint32_t *low = k->own_rank + h * f;
        if (!verify_rank_bounds(k->j, &y, f, low, high, &done) ||
            !check_rank(k, "ranks", k->w->person[h].id, low, high))
            return false;
    }
    return true;
}

/* A rule that is in the result though it has no meaning, or the other way. */
static bool check_computed(verify_case *k, int rule)
{
    const verify_node *own = verify_get(verify_get(k->j->root, "rules"), verify_rule_name[rule]);
    verify_scores *y = &k->by[rule];
    const bool wanted = y->computed;
    if (y->may_lack)
        y->computed = wanted && own;
    if ((own != NULL) == wanted || y->may_lack)
        return true;
    return own ? claim_fails(k->j, own, "this rule has no meaning here")
               : claim_fails(k->j, verify_get(k->j->root, "rules"), "\"%s\" is missing",
                             verify_rule_name[rule]);
}

static bool check_rule(verify_case *k, int rule, uint32_t *high)
{
    verify_scores *y = &k->by[rule];
    bool done = true;
    if (!verify_score(k->j, k->w, &k->s, rule, y) || !check_computed(k, rule))
        return false;
    if (!y->computed)
        return true;
    if (!VERIFY_ROOM(k->j, k->rank[rule], k->s.f) ||
        !verify_rank_bounds(k->j, y, k->s.f, k->rank[rule], high, &done))
        return false;
    if (!done) { /* so many ties that they are not compared: as they are written */
        memset(high, 0xFF, k->s.f * sizeof *high);
        memset(k->rank[rule], 0, k->s.f * sizeof *high);
    }
    return check_rank(k, "rule_ranks", verify_rule_name[rule], k->rank[rule], high);
}

static bool check_headline(verify_case *k)
{
    const uint32_t *rank = k->rank[k->headline];
    const double *score = k->by[k->headline].score;
    if (!rank)
        return claim_fails(k->j, k->w->scenario, "its rule has no meaning here");
    for (size_t q = 0; q < k->s.f; q++) {
        const verify_node *node = entry_of(k, q);
        if (node && (!claim_count_at(k->j, node, "rank", rank[q]) ||
                     !claim_number_at(k->j, node, "score", score[q])))
            return false;
    }
    return true;
}

bool verify_check_ranks(verify_case *k)
{
    uint32_t *high = NULL;
    k->headline = verify_rule(k->w->rule);
    if (k->headline == VERIFY_NONE)
        return claim_fails(k->j, k->w->scenario, "there is no rule \"%s\"", k->w->rule);
    if (k->s.f == 0)
        return true;
    if (!check_people(k) || !VERIFY_ROOM(k->j, high, k->s.f))
        return false;
    for (int rule = 0; rule < VERIFY_RULES; rule++)
        if (!check_rule(k, rule, high))
            return false;
    return check_headline(k);
}

/* ---- the frontier ---- */

/* Those who are said to be on it, best first; the slots go to member. */
static bool read_members(verify_case *k, uint32_t *member, size_t *n)
{
    for (size_t q = 0; q < k->s.f; q++)
        k->front[q] = entry_of(k, q) && verify_is_true(entry_of(k, q), "frontier");
    if (!verify_order(k, k->rank[k->headline], k->order))
        return false;
    for (size_t q = 0; q < k->s.f; q++)
        if (k->front[k->order[q]])
            member[(*n)++] = k->order[q];
    return true;
}

/* Members, best first: what each has, and its place as something that is to be small. */
typedef struct dominators {
    const verify_case *k;
    const uint32_t *member; /* [n] slots */
    double *has;            /* [n x (d + 1)] */
    verify_boxes boxes;
    size_t slot, first; /* the best one that dominates the slot; n: none so far */
} dominators;

static bool make_dominators(verify_case *k, const uint32_t *member, size_t n, dominators *out)
{
    const size_t d = k->w->d;
    uint32_t *row = NULL;
    *out = (dominators){.k = k, .member = member};
    if (!VERIFY_ROOM(k->j, out->has, n * (d + 1)) || !VERIFY_ROOM(k->j, row, n))
        return false;
    for (size_t q = 0; q < n; q++) {
        memcpy(out->has + q * (d + 1), k->s.gain + member[q] * d, d * sizeof *out->has);
        out->has[q * (d + 1) + d] = -(double)q;
        row[q] = (uint32_t)q;
    }
    return verify_boxes_make(k->j, out->has, row, n, d + 1, &out->boxes);
}

static bool may_dominate(const void *user, const double *most)
{
    const dominators *m = user;
    const size_t d = m->k->w->d;
    const double *own = m->k->s.gain + m->slot * d;
    for (size_t c = 0; c < d; c++)
        if (most[c] < own[c])
            return false;
    return most[d] > -(double)m->first;
}

static bool see_dominator(void *user, uint32_t q)
{
    dominators *m = user;
    if (q < m->first && verify_dominates(m->k, m->member[q], m->slot))
        m->first = q;
    return true;
}

/* The first member that dominates a slot; VERIFY_NONE: none does. */
static int dominator_of(dominators *m, size_t slot)
{
    m->slot = slot;
    m->first = m->boxes.n;
    (void)verify_boxes_visit(&m->boxes, &(verify_visit){may_dominate, see_dominator, m});
    return m->first < m->boxes.n ? (int)m->member[m->first] : VERIFY_NONE;
}

static bool check_place(verify_case *k, dominators *m, size_t slot)
{
    const verify_node *node = entry_of(k, slot);
    const int by = dominator_of(m, slot);
    if (node && (by == VERIFY_NONE) != k->front[slot])
        return claim_fails(k->j, verify_get(node, "frontier"),
                           by == VERIFY_NONE ? "nobody dominates it" : "\"%s\" dominates it",
                           by == VERIFY_NONE ? "" : verify_slot_id(k, (size_t)by));
    if (!node && by == VERIFY_NONE)
        return claim_fails(k->j, verify_get(k->j->root, "frontier"), "\"%s\" is missing",
                           verify_slot_id(k, slot));
    return !node || (claim_bool_at(k->j, node, "frontier", by == VERIFY_NONE) &&
                     claim_text_at(k->j, node, "dominated_by",
                                   by == VERIFY_NONE ? NULL : verify_slot_id(k, (size_t)by)));
}

/* A list of ids is that of these slots, those who are not listed left out. */
static bool check_ids(verify_case *k, const char *key, const uint32_t *slot, size_t n)
{
    verify_node *list = claim_child(k->j, k->j->root, key);
    verify_node *x = list ? list->first : NULL;
    if (!list)
        return false;
    for (size_t q = 0; q < n; q++) {
        if (!entry_of(k, slot[q]))
            continue;
        if (!x)
            return claim_fails(k->j, list, "\"%s\" is missing", verify_slot_id(k, slot[q]));
        if (!claim_text(k->j, x, verify_slot_id(k, slot[q])))
            return false;
        x = x->next;
    }
    return !x || claim_fails(k->j, x, "it does not belong here");
}

/* Over 10,000 candidates the frontier and the best 1,000 are listed at least, and those ranked; or
 * all, even where nobody is left out of the list. */
static bool check_ranking(verify_case *k)
{
    enum { LISTED_ALL = 10000, LISTED_BEST = 1000 };
    const verify_node *list = verify_get(k->j->root, "candidates");
    const verify_node *ranking = verify_get(k->j->root, "ranking");
    const bool best = list->n < k->w->n || (k->w->n > LISTED_ALL && ranking && ranking->n < k->s.f);
    const size_t ranked = best && k->s.f > LISTED_BEST ? LISTED_BEST : k->s.f;
    for (size_t q = 0; q < ranked; q++)
        if (!entry_of(k, k->order[q]))
            return claim_fails(k->j, list, "\"%s\" is missing", verify_slot_id(k, k->order[q]));
    return check_ids(k, "ranking", k->order, ranked);
}

bool verify_check_frontier(verify_case *k)
{
    const size_t f = k->s.f;
    uint32_t *member = NULL;
    size_t n = 0;
    dominators m;
    if (!VERIFY_ROOM(k->j, k->front, f) || !VERIFY_ROOM(k->j, k->order, f) ||
        !VERIFY_ROOM(k->j, member, f) || (f > 0 && !read_members(k, member, &n)) ||
        !make_dominators(k, member, n, &m))
        return false;
    for (size_t q = 0; q < f; q++)
        if (!check_place(k, &m, q))
            return false;
    return claim_count_at(k->j, verify_get(k->j->root, "counts"), "frontier", n) &&
           check_ids(k, "frontier", member, n) && check_ranking(k);
}
