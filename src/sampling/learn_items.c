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

static double net_of(const payoff *p, double n)
{
    return value_of(p, n) * p->per_utility - cost_of(p, n);
}

/* The gain grows slowly at first, then ever less: the best power of 2, then thirds around it. */
static double find_best(const payoff *p, double everything)
{
    const double most = floor(everything * p->per_utility * p->ask->per / p->ask->cost);
    double best = 1, net = -INFINITY;
    if (!(most >= 1))
        return 0;
    for (double n = 1; n <= most && n < 0x1p52; n *= 2) {
        double now = net_of(p, n);
        best = now > net ? n : best;
        net = now > net ? now : net;
    }
    double low = floor(best / 2), high = 2 * best < most ? 2 * best : most;
    while (high - low > 2) {
        double third = floor((high - low) / 3), a = low + third, b = high - third;
        if (net_of(p, a) < net_of(p, b))
            low = a;
        else
            high = b;
    }
    for (double n = low > 1 ? low : 1; n <= high; n++) {
        double now = net_of(p, n);
        best = now > net ? n : best;
        net = now > net ? now : net;
    }
    return net > 0 ? best : 0;
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
