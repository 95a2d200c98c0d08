/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many more items of a criterion pay, and what knowledge is worth in the unit of another
 * one. */
#include "sampling/learn.h"

#include <math.h>

double sampling_per_utility(const sampling_case *c)
{
    const tdo_scenario *s = c->k->s;
    if (s->worth_in == TDO_NONE)
        return NAN;
    const size_t q = s->worth_in, i = c->k->f->feasible[c->k->r->recommended];
    const double reading = c->k->x->reading[q][i];
    const double slope = c->k->u->group_weight[q] *
                         tdo_value_slope(&s->criteria[q], c->k->v->worst[q], c->k->v->best[q],
                                         tdo_measurement(&s->criteria[q], reading));
    return slope > 0 ? 1 / slope : NAN;
}

typedef struct payoff {
    learn_joint *x;
    const tdo_measure_more *ask;
    double per_utility; /* over all periods */
} payoff;

static double value_of(const payoff *p, double n)
{
    double value = 0, se = 0;
    sampling_learn_all(p->x, n, p->ask->sd, &value, &se);
    return value;
}

static double cost_of(const payoff *p, double n)
{
    return p->ask->cost * n / p->ask->per;
}

/* What was tried, and the best of it. */
typedef struct trials {
    const payoff *p;
    double n, net; /* 0 items: 0 */
    double fine;   /* stretches so many times shorter than where they start are not looked into */
} trials;

/* What n items are worth, by themselves and less their cost. */
static double attempt(trials *t, double n, double *net)
{
    const double value = value_of(t->p, n) * t->p->per_utility;
    *net = value - cost_of(t->p, n);
    if (*net > t->net) {
        t->n = n;
        t->net = *net;
    }
    return value;
}

/* Between low and high nothing is worth more than high is, nor costs less than low + 1: where that
 * may be better than what was found, both halves are looked at. */
static void look_between(trials *t, double low, double high, double worth)
{
    const double width = high - low;
    double net = 0;
    if (width <= 1 || width * t->fine <= low || worth - cost_of(t->p, low + 1) <= t->net)
        return;
    const double middle = low + floor(width / 2), half = attempt(t, middle, &net);
    look_between(t, low, middle, half);
    look_between(t, middle, high, worth);
}

/* Near the best that was found the gain grows ever less: thirds. */
static void look_near(trials *t, double most)
{
    double low = fmax(1, floor(0.75 * t->n)), high = fmin(most, ceil(1.25 * t->n));
    while (high - low > 2) {
        const double third = floor((high - low) / 3), a = low + third, b = high - third;
        double left = 0, right = 0;
        (void)attempt(t, a, &left);
        (void)attempt(t, b, &right);
        if (left < right)
            low = a;
        else
            high = b;
    }
    for (double n = low, net = 0; n <= high; n++)
        (void)attempt(t, n, &net);
}

/* The number of items that pays best; 0: none pays. What many are worth grows slowly at first, so
 * that all that pays may lie between two powers of 2. Found to the item up to FINE of them, beyond
 * that to a part in FINE of what they cost (of more than two rivals to one in FINE_OF_SAMPLES:
 * samples say no more). */
static double find_best(const payoff *p, double everything)
{
    enum { FINE = 4096, FINE_OF_SAMPLES = 16, POWERS = 53 };
    const double most = floor(everything * p->per_utility * p->ask->per / p->ask->cost);
    trials t = {.p = p, .fine = p->x->n > 2 ? FINE_OF_SAMPLES : FINE};
    double at[POWERS + 1], worth[POWERS + 1], net = 0;
    size_t n = 0;
    for (double power = 1; power <= most && n < POWERS; power *= 2) {
        at[n] = power;
        worth[n++] = attempt(&t, power, &net);
    }
    if (n > 0 && n < POWERS) {
        at[n] = most;
        worth[n++] = attempt(&t, most, &net);
    }
    for (size_t k = 1; k < n; k++)
        look_between(&t, at[k - 1], at[k], worth[k]);
    if (t.n > 0)
        look_near(&t, most);
    return t.n;
}

tdo_status sampling_learn_items(learn_joint *x, const tdo_measure_more *ask, tdo_measure_next *out)
{
    enum { STEPS = 3, TIMES = 10 };
    const sampling_case *c = x->l->q->c;
    const payoff p = {x, ask, sampling_per_utility(c) * c->k->s->periods};
    tdo_more_items *more = tdo_alloc(x->l->q->a, STEPS + 1, sizeof *more);
    size_t n = 0;
    if (!more)
        return TDO_E_MEMORY;
    if (p.per_utility > 0 && ask->cost > 0)
        out->best_n = find_best(&p, out->value + 4 * out->value_se);
    double items = ask->per;
    for (size_t k = 0; k < STEPS; k++, items *= TIMES) {
        if (out->best_n > 0 && (n == 0 || more[n - 1].n < out->best_n) && out->best_n < items)
            more[n++].n = out->best_n;
        more[n++].n = items;
    }
    if (out->best_n > more[n - 1].n)
        more[n++].n = out->best_n;
    for (size_t k = 0; k < n; k++) {
        more[k].value = value_of(&p, more[k].n);
        more[k].cost = cost_of(&p, more[k].n);
    }
    out->more = more;
    out->n_more = n;
    return TDO_OK;
}
