/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order with the least disagreement (Kemeny 1959): tails of orders, shortest first, each in
 * its cheapest order (Held and Karp 1962). A tail is dropped where a budget is exceeded by what it
 * costs and by the rings, a over b over c over a, among those before it, each of which costs
 * something in every order. The budget grows until a whole order keeps it. */
#include "recount/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TAILS = 1 << 19 };

/* What is kept beyond the budget, for ties and the rounding of sums. */
#define MARGIN 1e-9

/* Who stands last; what that costs more than the better order of each pair: of two in it, and of
 * one in it and one before it. */
typedef struct tail {
    uint64_t set;
    double cost;
} tail;

typedef struct ring {
    uint64_t set;
    double least;
} ring;

typedef struct orders {
    size_t f;
    double *excess; /* [f x f] of one before the other, above the other way round */
    ring *ring;
    size_t rings;
    tail *tail;                          /* sorted in each length */
    size_t from[VERIFY_KEMENY_MOST + 2]; /* where the tails of a length begin */
} orders;

double verify_cost(const verify_world *w, const verify_standing *s, size_t a, size_t b)
{
    double cost = 0;
    for (size_t h = 0; h < w->people; h++) {
        const double by = s->utility[h * s->f + a] - s->utility[h * s->f + b];
        cost += by > VERIFY_TIE ? 0 : by < -VERIFY_TIE ? s->power[h] : s->power[h] / 2;
    }
    return cost;
}

/* ---- rings ---- */

/* left: [f x f] what is left of each excess. */
static void find_rings(orders *o, double *left)
{
    const size_t f = o->f;
    memcpy(left, o->excess, f * f * sizeof *left);
    for (size_t a = 0; a < f; a++)
        for (size_t b = 0; b < f; b++)
            for (size_t c = 0; c < f && left[b * f + a] > 0; c++) {
                const double least = fmin(left[b * f + a], fmin(left[c * f + b], left[a * f + c]));
                if (!(least > 0))
                    continue;
                left[b * f + a] -= least;
                left[c * f + b] -= least;
                left[a * f + c] -= least;
                o->ring[o->rings++] =
                    (ring){UINT64_C(1) << a | UINT64_C(1) << b | UINT64_C(1) << c, least};
            }
}

static double cost_of_rings(const orders *o, uint64_t set)
{
    double sum = 0;
    for (size_t q = 0; q < o->rings; q++)
        sum += (o->ring[q].set & ~set) == 0 ? o->ring[q].least : 0;
    return sum;
}

/* ---- tails ---- */

static double put_before(const orders *o, uint64_t set, size_t a)
{
    double sum = 0;
    for (size_t b = 0; b < o->f; b++)
        sum += set >> b & 1 ? o->excess[b * o->f + a] : 0;
    return sum;
}

static int by_set(const void *one, const void *other)
{
    const tail *a = one, *b = other;
    if (a->set != b->set)
        return a->set < b->set ? -1 : 1;
    return (a->cost > b->cost) - (a->cost < b->cost);
}

/* The tails that are one longer. False: no room. */
static bool lengthen(orders *o, size_t length, double budget)
{
    const uint64_t all = UINT64_MAX >> (64 - o->f);
    size_t n = o->from[length + 1], kept = n;
    for (size_t q = o->from[length]; q < o->from[length + 1]; q++)
        for (size_t a = 0; a < o->f; a++) {
            const uint64_t one = UINT64_C(1) << a, before = all & ~o->tail[q].set & ~one;
            if (o->tail[q].set & one)
                continue;
            const double cost = o->tail[q].cost + put_before(o, before, a);
            if (cost > budget || cost + cost_of_rings(o, before) > budget)
                continue;
            if (n == TAILS)
                return false;
            o->tail[n++] = (tail){o->tail[q].set | one, cost};
        }
    qsort(o->tail + kept, n - kept, sizeof *o->tail, by_set);
    for (size_t q = kept; q < n; q++)
        if (kept == o->from[length + 1] || o->tail[kept - 1].set != o->tail[q].set)
            o->tail[kept++] = o->tail[q];
    o->from[length + 2] = kept;
    return true;
}

/* Is there room for the tails of all orders that keep the budget? */
static bool find_tails(orders *o, double budget)
{
    o->tail[0] = (tail){0, 0};
    o->from[0] = 0;
    o->from[1] = 1;
    for (size_t length = 0; length < o->f; length++)
        if (!lengthen(o, length, budget))
            return false;
    return true;
}

/* INFINITY: no order that keeps the budget ends so. */
static double cost_of_tail(const orders *o, uint64_t set, size_t length)
{
    const tail key = {set, -INFINITY};
    size_t low = o->from[length], high = o->from[length + 1];
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (by_set(&o->tail[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < o->from[length + 1] && o->tail[low].set == set ? o->tail[low].cost : INFINITY;
}

/* The rounding of sums may leave one that is a little above the budget. */
static size_t next_of(const orders *o, uint64_t placed, size_t place, double spent, double budget)
{
    const uint64_t all = UINT64_MAX >> (64 - o->f);
    size_t best = o->f;
    double least = INFINITY;
    for (size_t a = 0; a < o->f; a++) {
        const uint64_t one = UINT64_C(1) << a;
        if (placed & one)
            continue;
        const double cost = spent + put_before(o, placed, a) +
                            cost_of_tail(o, all & ~placed & ~one, o->f - place - 1);
        if (cost <= budget)
            return a;
        if (cost < least || best == o->f) {
            best = a;
            least = cost;
        }
    }
    return best;
}

/* id: [f] the candidate of each number, by ids. False: memory. */
static bool make(verify_job *j, const verify_world *w, const verify_standing *s, uint32_t *id,
                 orders *o)
{
    double *left = NULL;
    if (!VERIFY_ROOM(j, o->excess, o->f * o->f) || !VERIFY_ROOM(j, left, o->f * o->f) ||
        !VERIFY_ROOM(j, o->ring, o->f * o->f / 2 + 1) || !VERIFY_ROOM(j, o->tail, TAILS))
        return false;
    for (uint32_t k = 0; k < s->f; k++) {
        uint32_t at = k;
        for (; at > 0 && strcmp(w->id[s->feasible[k]], w->id[s->feasible[id[at - 1]]]) < 0; at--)
            id[at] = id[at - 1];
        id[at] = k;
    }
    for (size_t a = 0; a < s->f; a++)
        for (size_t b = 0; b < s->f; b++) {
            const double more =
                a == b ? 0 : verify_cost(w, s, id[a], id[b]) - verify_cost(w, s, id[b], id[a]);
            o->excess[a * s->f + b] = fmax(more, 0);
        }
    find_rings(o, left);
    return true;
}

bool verify_kemeny(verify_job *j, const verify_world *w, const verify_standing *s, double *score,
                   uint64_t *leads, bool *known)
{
    orders o = {.f = s->f};
    uint32_t id[VERIFY_KEMENY_MOST];
    double sum = 0, spent = 0;
    if (!make(j, w, s, id, &o))
        return false;
    for (size_t q = 0; q < o.f * o.f; q++)
        sum += o.excess[q];
    const double least = cost_of_rings(&o, UINT64_MAX);
    *known = find_tails(&o, least + MARGIN);
    for (double more = sum / 1000; *known && o.from[o.f] == o.from[o.f + 1]; more *= 1.5)
        *known = find_tails(&o, least + more + MARGIN);
    if (!*known)
        return true;
    /* among equally good orders the first by ids */
    const double budget = o.tail[o.from[o.f]].cost + VERIFY_TIE;
    uint64_t placed = 0;
    for (size_t a = 0; a < o.f; a++)
        if (cost_of_tail(&o, UINT64_MAX >> (64 - o.f) & ~(UINT64_C(1) << a), o.f - 1) <= budget)
            *leads |= UINT64_C(1) << id[a];
    for (size_t place = 0; place < o.f; place++) {
        const size_t a = next_of(&o, placed, place, spent, budget);
        spent += put_before(&o, placed, a);
        placed |= UINT64_C(1) << a;
        score[id[a]] = (double)(o.f - place - 1);
    }
    return true;
}
