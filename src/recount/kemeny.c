/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order with the least disagreement, over all orders (Held and Karp 1962). */
#include "recount/rules.h"

#include <math.h>
#include <string.h>

double verify_cost(const verify_world *w, const verify_standing *s, size_t a, size_t b)
{
    double cost = 0;
    for (size_t h = 0; h < w->people; h++) {
        const double by = s->utility[h * s->f + a] - s->utility[h * s->f + b];
        cost += by > VERIFY_TIE ? 0 : by < -VERIFY_TIE ? s->power[h] : s->power[h] / 2;
    }
    return cost;
}

typedef struct orders {
    size_t f;
    const double *cost; /* [f x f] of one before the other */
    double *least;      /* [2^f] of a set of candidates who stand last, in any order */
} orders;

static double put_first(const orders *o, size_t a, size_t rest)
{
    double y = 0;
    for (size_t b = 0; b < o->f; b++)
        y += rest >> b & 1 ? o->cost[a * o->f + b] : 0;
    return y;
}

static void find_least(const orders *o)
{
    for (size_t set = 1; set >> o->f == 0; set++) {
        o->least[set] = INFINITY;
        for (size_t a = 0; a < o->f; a++) {
            const size_t rest = set & ~((size_t)1 << a);
            if (set >> a & 1)
                o->least[set] = fmin(o->least[set], put_first(o, a, rest) + o->least[rest]);
        }
    }
}

bool verify_kemeny(verify_job *j, const verify_world *w, const verify_standing *s, double *score)
{
    orders o = {.f = s->f};
    double *cost = NULL, spent = 0;
    uint32_t id[VERIFY_KEMENY_MOST];
    if (!VERIFY_ROOM(j, o.least, (size_t)1 << s->f) || !VERIFY_ROOM(j, cost, s->f * s->f))
        return false;
    for (uint32_t k = 0; k < s->f; k++) {
        uint32_t at = k;
        for (; at > 0 && strcmp(w->id[s->feasible[k]], w->id[s->feasible[id[at - 1]]]) < 0; at--)
            id[at] = id[at - 1];
        id[at] = k;
    }
    for (size_t a = 0; a < s->f; a++)
        for (size_t b = 0; b < s->f; b++)
            cost[a * s->f + b] = a == b ? 0 : verify_cost(w, s, id[a], id[b]);
    o.cost = cost;
    find_least(&o);
    /* among equally good orders the first by ids */
    const size_t all = ((size_t)1 << s->f) - 1;
    size_t place = 0;
    for (size_t set = all; set != 0;) {
        const double budget = fmax(o.least[all] + VERIFY_TIE - spent, o.least[set]);
        size_t a = 0;
        while (!(set >> a & 1) ||
               put_first(&o, a, set & ~((size_t)1 << a)) + o.least[set & ~((size_t)1 << a)] >
                   budget)
            a++;
        set &= ~((size_t)1 << a);
        spent += put_first(&o, a, set);
        score[id[a]] = (double)(s->f - ++place);
    }
    return true;
}
