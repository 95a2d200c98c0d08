/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order with the least total disagreement (Kemeny 1959), by dynamic programming over the sets
 * of candidates that stand last (Held and Karp 1962), of which only those are kept that a best
 * order can still end with (branch and bound, as Davenport and Kalagnanam 2004). The bound comes
 * from circles of three majorities, a over b over c over a: every order breaks one of the three.
 *
 * All costs are excesses: what an order costs above the better way to place each pair. */
#include "rules/rules.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A circle, seen from one of its three candidates. */
struct rule_circle {
    uint64_t others; /* the other two, as a set */
    double least;    /* what breaking it costs at least */
};

/* Candidates that stand last, in their best order. */
struct rule_ending {
    uint64_t set;
    double bound; /* what an order costs at least that ends with them */
};

/* Orders that cost so much more than the best one known are looked at, too: for those that are
 * equally good, and for the rounding of sums. */
#define SLACK 1e-9

static size_t endings_for(size_t n)
{
    return (size_t)1 << (n < TDO_KEMENY_SURE ? n : TDO_KEMENY_SURE);
}

tdo_status rule_kemeny_make(size_t n, tdo_arena *a, rule_kemeny_room *out)
{
    assert(n >= 1 && n <= TDO_KEMENY_MAX);
    const size_t pairs = n * n, endings = endings_for(n);
    *out = (rule_kemeny_room){
        .excess = tdo_alloc(a, pairs, sizeof *out->excess),
        .margin = tdo_alloc(a, pairs, sizeof *out->margin),
        .circle = tdo_alloc_unset(a, n * pairs / 2, sizeof *out->circle),
        .circles = tdo_alloc(a, n, sizeof *out->circles),
        .over = tdo_alloc(a, n, sizeof *out->over),
        .ending = tdo_alloc_unset(a, endings, sizeof *out->ending), /* mostly a few are used */
        .slot = tdo_alloc_unset(a, 2 * endings, sizeof *out->slot),
        .leads = tdo_alloc(a, 1, sizeof *out->leads),
    };
    return out->excess && out->margin && out->circle && out->circles && out->over && out->ending &&
                   out->slot && out->leads
               ? TDO_OK
               : TDO_E_MEMORY;
}

/* One search among the orders. */
typedef struct kemeny {
    const rule_kemeny_room *t;
    size_t n;
    uint64_t all;
    size_t endings, slots; /* so many there are; slots is a power of two */
    double most;           /* what a best order costs at most */
} kemeny;

static double excess_of(const kemeny *s, size_t i, size_t k)
{
    return s->t->excess[i * s->n + k];
}

/* ---- pairs, and circles of three ---- */

static void set_pairs(const kemeny *s, const double *before)
{
    const size_t n = s->n;
    for (size_t i = 0; i < n; i++) {
        s->t->over[i] = 0;
        for (size_t k = 0; k < n; k++) {
            const double more = before[i * n + k] - before[k * n + i];
            s->t->excess[i * n + k] = i != k && more > 0 ? more : 0;
            s->t->margin[k * n + i] = s->t->excess[i * n + k];
            s->t->over[i] |= (uint64_t)(more < 0) << k;
        }
    }
}

static void see_circle(const kemeny *s, size_t i, size_t j, size_t k, double least)
{
    const uint64_t others = (uint64_t)1 << j | (uint64_t)1 << k;
    s->t->circle[i * (s->n * s->n / 2) + s->t->circles[i]++] = (struct rule_circle){others, least};
}

/* Circles until no majority is left to make another one: each takes from the margins of its three
 * majorities the least of them. What they cost at least. */
static double take_circles(const kemeny *s)
{
    const size_t n = s->n;
    double *margin = s->t->margin, sum = 0;
    memset(s->t->circles, 0, n * sizeof *s->t->circles);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            for (size_t k = i + 1; k < n; k++) {
                double *a = &margin[i * n + j], *b = &margin[j * n + k], *c = &margin[k * n + i];
                const double least = fmin(*a, fmin(*b, *c));
                if (!(least > TDO_TIE))
                    continue;
                *a -= least;
                *b -= least;
                *c -= least;
                see_circle(s, i, j, k, least);
                see_circle(s, j, k, i, least);
                see_circle(s, k, i, j, least);
                sum += least;
            }
    return sum;
}

/* The circles of i whose other two are in the set. */
static double circles_within(const kemeny *s, size_t i, uint64_t set)
{
    const struct rule_circle *of = s->t->circle + i * (s->n * s->n / 2);
    double sum = 0;
    for (size_t q = 0; q < s->t->circles[i]; q++)
        sum += (set & of[q].others) == of[q].others ? of[q].least : 0;
    return sum;
}

/* What it costs that all of a set stand before i. */
static double all_before(const kemeny *s, uint64_t set, size_t i)
{
    double sum = 0;
    for (uint64_t over = set & s->t->over[i]; over; over &= over - 1)
        sum += excess_of(s, (size_t)__builtin_ctzll(over), i);
    return sum;
}

/* ---- a good order to begin with ---- */

static double cost_of(const kemeny *s, const uint32_t *order)
{
    double sum = 0;
    for (size_t p = 0; p < s->n; p++)
        for (size_t q = p + 1; q < s->n; q++)
            sum += excess_of(s, order[p], order[q]);
    return sum;
}

/* Moves the candidate at a place to where it costs least. Has it moved? */
static bool settle(const kemeny *s, uint32_t *order, size_t from)
{
    const uint32_t x = order[from];
    double by = 0, least = -TDO_TIE;
    size_t to = from;
    for (size_t p = from; p-- > 0;) {
        by += excess_of(s, x, order[p]) - excess_of(s, order[p], x);
        if (by < least) {
            least = by;
            to = p;
        }
    }
    by = 0;
    for (size_t p = from + 1; p < s->n; p++) {
        by += excess_of(s, order[p], x) - excess_of(s, x, order[p]);
        if (by < least) {
            least = by;
            to = p;
        }
    }
    if (to < from)
        memmove(order + to + 1, order + to, (from - to) * sizeof *order);
    else
        memmove(order + from, order + from + 1, (to - from) * sizeof *order);
    order[to] = x;
    return to != from;
}

/* By what each costs as the first, and then moved one by one while that helps. */
static void guess(const kemeny *s, const double *before, uint32_t *order)
{
    double as_first[TDO_KEMENY_MAX] = {0};
    for (size_t i = 0; i < s->n; i++) {
        size_t at = i;
        for (size_t k = 0; k < s->n; k++)
            as_first[i] += i == k ? 0 : before[i * s->n + k];
        for (; at > 0 && as_first[i] < as_first[order[at - 1]]; at--)
            order[at] = order[at - 1];
        order[at] = (uint32_t)i;
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t p = 0; p < s->n; p++)
            moved |= settle(s, order, p);
    }
}

/* ---- sets that stand last ---- */

static uint32_t *slot_of(const kemeny *s, uint64_t set)
{
    uint64_t at = set * UINT64_C(0x9E3779B97F4A7C15) >> 32; /* 2^64 / the golden ratio */
    uint32_t *slot = &s->t->slot[at & (s->slots - 1)];
    while (*slot && s->t->ending[*slot - 1].set != set)
        slot = &s->t->slot[++at & (s->slots - 1)];
    return slot;
}

static void put_slot(const kemeny *s, size_t ending)
{
    *slot_of(s, s->t->ending[ending].set) = (uint32_t)ending + 1;
}

static void grow(kemeny *s)
{
    s->slots *= 2;
    memset(s->t->slot, 0, s->slots * sizeof *s->t->slot);
    for (size_t q = 0; q < s->endings; q++)
        put_slot(s, q);
}

/* Of an ending, or a better order of one that is there. Is there room? */
static bool keep(kemeny *s, uint64_t set, double bound)
{
    uint32_t *slot = slot_of(s, set);
    if (*slot) {
        double *known = &s->t->ending[*slot - 1].bound;
        *known = fmin(*known, bound);
        return true;
    }
    if (s->endings == endings_for(s->n))
        return false;
    s->t->ending[s->endings] = (struct rule_ending){set, bound};
    *slot = (uint32_t)++s->endings;
    if (2 * s->endings > s->slots)
        grow(s);
    return true;
}

/* All endings, smaller ones first: an ending is in its best order when the next larger ones are
 * made of it. Is there room for all? */
static bool find_endings(kemeny *s, double least)
{
    s->slots = 2;
    s->endings = 0;
    memset(s->t->slot, 0, s->slots * sizeof *s->t->slot);
    bool fits = keep(s, 0, least);
    for (size_t q = 0; q < s->endings && fits; q++) {
        const struct rule_ending from = s->t->ending[q];
        for (uint64_t left = s->all & ~from.set; left && fits; left &= left - 1) {
            const uint64_t one = left & -left, rest = s->all & ~from.set & ~one;
            const size_t i = (size_t)__builtin_ctzll(one);
            const double bound = from.bound + all_before(s, rest, i) - circles_within(s, i, rest);
            if (bound <= s->most)
                fits = keep(s, from.set | one, bound);
        }
    }
    return fits;
}

/* What an order costs at least that goes on with i, after some that cost so much among themselves
 * and the circles among them. INFINITY: none is a best one. */
static double going_on(const kemeny *s, uint64_t placed, size_t i, double spent)
{
    const uint64_t set = s->all & ~placed & ~((uint64_t)1 << i);
    const uint32_t at = *slot_of(s, set);
    return !at ? INFINITY
               : spent + all_before(s, placed, i) - circles_within(s, i, placed) +
                     s->t->ending[at - 1].bound;
}

static void choose(const kemeny *s, uint32_t *order)
{
    const double budget = s->t->ending[s->endings - 1].bound + TDO_TIE;
    uint64_t placed = 0;
    *s->t->leads = 0;
    double spent = 0; /* less the circles among those that are placed */
    for (size_t place = 0; place < s->n; place++) {
        double least = INFINITY;
        for (size_t i = 0; i < s->n; i++)
            if (!(placed >> i & 1))
                least = fmin(least, going_on(s, placed, i, spent));
        size_t i = 0; /* It can always cost its least: rounding must not say otherwise. */
        while (placed >> i & 1 || going_on(s, placed, i, spent) > fmax(budget, least))
            i++;
        for (size_t k = i; place == 0 && k < s->n; k++)
            if (going_on(s, 0, k, 0) <= fmax(budget, least))
                *s->t->leads |= (uint64_t)1 << k;
        spent += all_before(s, placed, i) - circles_within(s, i, placed);
        placed |= (uint64_t)1 << i;
        order[place] = (uint32_t)i;
    }
}

bool rule_kemeny_order(const double *before, size_t n, const rule_kemeny_room *t, uint32_t *order)
{
    kemeny s = {.t = t, .n = n, .all = UINT64_MAX >> (64 - n)};
    set_pairs(&s, before);
    const double least = take_circles(&s);
    guess(&s, before, order);
    s.most = cost_of(&s, order) + SLACK;
    if (!find_endings(&s, least))
        return false;
    choose(&s, order);
    return true;
}

/* ---- the rule ---- */

static const char *id_of(const rule_job *j, uint32_t k)
{
    return j->in->x->id[j->in->f->feasible[k]];
}

static bool id_before(const void *user, uint32_t a, uint32_t b)
{
    const rule_job *j = user;
    return strcmp(id_of(j, a), id_of(j, b)) < 0;
}

static bool order_all(rule_job *j)
{
    size_t f = j->u->f;
    uint32_t slot[TDO_KEMENY_MAX], room[TDO_KEMENY_MAX], order[TDO_KEMENY_MAX] = {0};
    double before[TDO_KEMENY_MAX * TDO_KEMENY_MAX] = {0};
    for (size_t k = 0; k < f; k++)
        slot[k] = (uint32_t)k;
    sort_by(slot, f, id_before, j, room);
    for (size_t s = 0; s < j->u->s; s++) {
        const double *u = rule_utility_of(j->bench, j->u, s);
        for (size_t i = 0; i < f; i++)
            for (size_t k = 0; k < f; k++) {
                double a = u[slot[i]], b = u[slot[k]];
                double share = rule_above(b, a) ? 1 : rule_above(a, b) ? 0 : 0.5;
                before[i * f + k] += j->u->power[s] * share;
            }
    }
    if (!rule_kemeny_order(before, f, &j->bench->kemeny, order))
        return false;
    const uint64_t numbers = *j->bench->kemeny.leads;
    *j->bench->kemeny.leads = 0;
    for (size_t k = 0; k < f; k++)
        *j->bench->kemeny.leads |= (numbers >> k & 1) << slot[k];
    for (size_t place = 0; place < f; place++) {
        j->rank[slot[order[place]]] = (uint32_t)place + 1;
        j->score[slot[order[place]]] = (double)(f - place - 1);
    }
    return true;
}

const rule_form rule_kemeny = {.whole = order_all, .ranks = true};
