/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why nobody is feasible. That a set of limits is a smallest one is found by trying. */
#include "verify/checks.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 20000000 };

typedef struct hitting {
    const verify_case *k;
    uint64_t *chosen; /* [words] limits */
    size_t steps;
} hitting;

/* Does candidate i break a limit that is chosen? */
static bool is_hit(const hitting *s, size_t i)
{
    const verify_standing *of = &s->k->s;
    for (size_t q = 0; q < of->words; q++)
        if (of->broken[i * of->words + q] & s->chosen[q])
            return true;
    return s->k->w->dropped[i];
}

/* Can `budget` more limits be chosen so that everybody breaks one? Tries each limit of somebody who
 * breaks none so far. Says yes when it has tried enough: then nothing is claimed. */
static bool can_hit(hitting *s, size_t budget)
{
    const size_t n = s->k->w->n;
    size_t open = 0;
    if ((s->steps += n) > MOST_STEPS)
        return true;
    while (open < n && is_hit(s, open))
        open++;
    for (size_t q = 0; q < s->k->w->m && budget > 0 && open < n; q++) {
        if (!verify_breaks(&s->k->s, open, q))
            continue;
        s->chosen[q / 64] ^= UINT64_C(1) << q % 64;
        const bool can = can_hit(s, budget - 1);
        s->chosen[q / 64] ^= UINT64_C(1) << q % 64;
        if (can)
            return true;
    }
    return open == n;
}

static void choose(hitting *s, size_t q, bool on)
{
    const uint64_t bit = UINT64_C(1) << q % 64;
    s->chosen[q / 64] = on ? s->chosen[q / 64] | bit : s->chosen[q / 64] & ~bit;
}

/* The limits of the list, ascending, become the chosen ones. */
static bool read_conflict(hitting *s, const verify_node *list)
{
    verify_job *j = s->k->j;
    double last = -1;
    for (const verify_node *x = list->first; x; x = x->next) {
        if (x->kind != VERIFY_NUMBER || x->number < 0 || x->number >= (double)s->k->w->m ||
            x->number > floor(x->number))
            return claim_fails(j, x, "there is no such limit");
        if (!(x->number > last))
            return claim_fails(j, x, "limits stand in their order");
        last = x->number;
        choose(s, (size_t)last, true);
    }
    return true;
}

static bool excludes_everybody(const hitting *s)
{
    size_t i = 0;
    while (i < s->k->w->n && is_hit(s, i))
        i++;
    return i == s->k->w->n;
}

/* Without any one of them somebody is feasible. */
static bool is_irreducible(hitting *s, const verify_node *list)
{
    for (const verify_node *x = list->first; x; x = x->next) {
        choose(s, (size_t)x->number, false);
        if (excludes_everybody(s))
            return claim_fails(s->k->j, x, "the others exclude everybody without it");
        choose(s, (size_t)x->number, true);
    }
    return true;
}

/* Of the smallest sets it is the one that is first in the order of the limits: no limit before one
 * of it would do in its place, with as many after it. */
static bool is_first(hitting *s, const verify_node *list)
{
    size_t next = 0, left = list->n;
    memset(s->chosen, 0, s->k->s.words * sizeof *s->chosen);
    for (const verify_node *x = list->first; x; x = x->next) {
        left--;
        for (; next < (size_t)x->number; next++) {
            choose(s, next, true);
            if (can_hit(s, left))
                return s->steps > MOST_STEPS ||
                       claim_fails(s->k->j, x, "limit %zu would do in its place", next);
            choose(s, next, false);
        }
        choose(s, next++, true);
    }
    return true;
}

static bool check_conflict(verify_case *k, verify_node *node)
{
    verify_node *list = claim_child(k->j, node, "conflict"), *cut = verify_get(node, "smallest");
    hitting s = {.k = k};
    if (!list || !VERIFY_ROOM(k->j, s.chosen, k->s.words) || !read_conflict(&s, list))
        return false;
    for (size_t i = 0; i < k->w->n; i++)
        if (!is_hit(&s, i))
            return claim_fails(k->j, list, "\"%s\" breaks none of these", k->w->id[i]);
    if (cut) /* the search for a smallest one was cut short: which one is not claimed */
        return is_irreducible(&s, list);
    memset(s.chosen, 0, k->s.words * sizeof *s.chosen);
    if (list->n > 0 && can_hit(&s, list->n - 1) && s.steps <= MOST_STEPS)
        return claim_fails(k->j, list, "fewer exclude everybody");
    if (s.steps <= MOST_STEPS && !is_first(&s, list))
        return false;
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
    double *spread = NULL, least = INFINITY;
    int best = VERIFY_NONE;
    if (!VERIFY_ROOM(k->j, spread, k->w->m))
        return false;
    for (size_t q = 0; q < k->w->m; q++)
        spread[q] = spread_of(k->w, &k->w->limit[q]);
    for (size_t i = 0; i < k->w->n; i++) {
        double total = 0;
        for (size_t q = 0; q < k->w->m; q++) {
            const double by = miss(k, &k->w->limit[q], i);
            total += !verify_breaks(&k->s, i, q) ? 0 : isnan(by) ? 1 : by / spread[q];
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
        if (!verify_breaks(&k->s, (size_t)best, q))
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
        if (l->partial || !verify_breaks(&k->s, i, q) || verify_count_broken(&k->s, i) != 1)
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
