/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why nobody is feasible. That a set of limits is a smallest one is found by trying. */
#include "verify/checks.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 20000000 };

typedef struct hitting {
    const uint64_t *mask; /* [n] the limits that a candidate breaks */
    size_t n, steps;
} hitting;

/* Can `budget` limits be found so that every mask holds one? Tries each limit of a mask that holds
 * none so far. Says yes when it has tried enough: then nothing is claimed. */
static bool can_hit(hitting *s, uint64_t chosen, size_t budget)
{
    uint64_t open = 0;
    if ((s->steps += s->n) > MOST_STEPS)
        return true;
    for (size_t q = 0; q < s->n && !open; q++)
        open = s->mask[q] & chosen ? 0 : s->mask[q];
    if (!open)
        return true;
    for (; budget > 0 && open; open &= open - 1)
        if (can_hit(s, chosen | (open & (~open + 1)), budget - 1))
            return true;
    return false;
}

static bool check_conflict(verify_case *k, verify_node *node)
{
    verify_node *list = claim_child(k->j, node, "conflict"), *cut = verify_get(node, "smallest");
    uint64_t chosen = 0, *mask = NULL;
    hitting s = {0};
    if (!list || !VERIFY_ROOM(k->j, mask, k->w->n))
        return false;
    for (const verify_node *x = list->first; x; x = x->next) {
        if (!(x->number >= 0) || x->number >= (double)k->w->m)
            return claim_fails(k->j, x, "there is no such limit");
        chosen |= UINT64_C(1) << (size_t)x->number;
    }
    for (size_t i = 0; i < k->w->n; i++)
        if (k->s.broken[i])
            mask[s.n++] = k->s.broken[i];
    s.mask = mask;
    for (size_t q = 0; q < s.n; q++)
        if (!(mask[q] & chosen))
            return claim_fails(k->j, list, "somebody breaks none of these");
    if (!cut && list->n > 0 && can_hit(&s, 0, list->n - 1) && s.steps <= MOST_STEPS)
        return claim_fails(k->j, list, "fewer exclude everybody");
    return s.steps > MOST_STEPS || claim_holds_all(k->j, list);
}

/* ---- who is nearest ---- */

static double spread_of(const verify_world *w, const verify_limit *l)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < w->n; i++) {
        const double y = l->criterion != VERIFY_NONE ? verify_reading(w, (size_t)l->criterion, i).y
                         : l->x                      ? l->x[i].y
                                                     : (double)NAN;
        if (w->dropped[i] || isnan(y))
            continue;
        low = fmin(low, y);
        high = fmax(high, y);
    }
    return high > low ? high - low : 1;
}

/* How far candidate i misses limit l; NaN: a word, or not known. */
static double miss(const verify_case *k, const verify_limit *l, size_t i)
{
    double by = 0;
    if (l->judged)
        return l->judged[i] ? 0 : l->short_by[i];
    (void)verify_keeps(k->w, l, i, &by);
    return by;
}

static bool check_nearest(verify_case *k, const verify_node *node)
{
    verify_node *nearest = claim_child(k->j, node, "nearest");
    double spread[VERIFY_MOST], least = INFINITY;
    int best = VERIFY_NONE;
    for (size_t q = 0; q < k->w->m; q++)
        spread[q] = spread_of(k->w, &k->w->limit[q]);
    for (size_t i = 0; i < k->w->n; i++) {
        double total = 0;
        for (size_t q = 0; q < k->w->m; q++) {
            const double by = miss(k, &k->w->limit[q], i);
            total += !(k->s.broken[i] >> q & 1) ? 0 : isnan(by) ? 1 : by / spread[q];
        }
        if (!k->w->dropped[i] && (total < least || (total <= least && best != VERIFY_NONE &&
                                                    strcmp(k->w->id[i], k->w->id[best]) < 0))) {
            least = total;
            best = (int)i;
        }
    }
    if (!nearest || best == VERIFY_NONE)
        return nearest && claim_null(k->j, nearest);
    if (!claim_text_at(k->j, nearest, "id", k->w->id[best]))
        return false;
    verify_node *list = claim_child(k->j, nearest, "misses"), *x = list ? list->first : NULL;
    for (size_t q = 0; q < k->w->m && list; q++) {
        if (!(k->s.broken[best] >> q & 1))
            continue;
        if (!x)
            return claim_fails(k->j, list, "it misses limit %zu, too", q);
        if (!claim_count_at(k->j, x, "constraint", q) ||
            !claim_number_at(k->j, x, "by", miss(k, &k->w->limit[q], (size_t)best)))
            return false;
        x = x->next;
    }
    return list && (!x || claim_fails(k->j, x, "it keeps that"));
}

/* ---- what would let somebody in ---- */

/* The smallest change of limit q alone that lets somebody in, and whom; VERIFY_NONE: none does. */
static int find_relaxation(const verify_case *k, size_t q, double *by)
{
    int best = VERIFY_NONE;
    *by = NAN;
    for (size_t i = 0; i < k->w->n; i++) {
        const verify_limit *l = &k->w->limit[q];
        if (k->s.broken[i] != UINT64_C(1) << q)
            continue;
        const double own = miss(k, l, i);
        const bool word = isnan(own) && l->word && !l->words_hold[i];
        if (isnan(own) && (!word || (best != VERIFY_NONE && !isnan(*by))))
            continue;
        const bool first = best != VERIFY_NONE && strcmp(k->w->id[i], k->w->id[best]) < 0;
        if (best == VERIFY_NONE || (isnan(*by) && !isnan(own)) || own < *by ||
            (!(own > *by) && isnan(own) == isnan(*by) && first)) {
            *by = own;
            best = (int)i;
        }
    }
    return best;
}

static bool check_relaxation(verify_case *k, verify_node *x, size_t q, int who, double by)
{
    const verify_limit *l = &k->w->limit[q];
    verify_node *to = claim_child(k->j, x, "to");
    if (!claim_count_at(k->j, x, "constraint", q) || !claim_number_at(k->j, x, "by", by) ||
        !claim_text_at(k->j, x, "admits", k->w->id[who]) || !to)
        return false;
    if (isnan(by))
        return (to->kind == VERIFY_TEXT && verify_cell_is(l->word[who], to->text) &&
                claim_holds(k->j, to)) ||
               claim_fails(k->j, to, "its word is another one");
    if (l->judged)
        return claim_number(k->j, to, l->shown_at[who]);
    return claim_number(k->j, to,
                        l->criterion != VERIFY_NONE
                            ? verify_reading(k->w, (size_t)l->criterion, (size_t)who).y
                            : l->x[who].y);
}

bool verify_check_infeasible(verify_case *k)
{
    verify_node *node = verify_get(k->j->root, "infeasible");
    if (k->s.f > 0)
        return claim_absent(k->j, k->j->root, "infeasible");
    if (!node)
        return claim_child(k->j, k->j->root, "infeasible") != NULL;
    if (!check_conflict(k, node) || !check_nearest(k, node))
        return false;
    verify_node *list = claim_child(k->j, node, "relax"), *x = list ? list->first : NULL;
    for (size_t q = 0; q < k->w->m && list; q++) {
        double by = 0;
        const int who = find_relaxation(k, q, &by);
        if (who == VERIFY_NONE)
            continue;
        if (!x)
            return claim_fails(k->j, list, "limit %zu is missing", q);
        if (!check_relaxation(k, x, q, who, by))
            return false;
        x = x->next;
    }
    return list && (!x || claim_fails(k->j, x, "it lets nobody in"));
}
