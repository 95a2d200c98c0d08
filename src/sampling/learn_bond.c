/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one criterion tells of the others, and what is gained by it. */
#include "sampling/learn.h"

#include <math.h>

learn_bond sampling_bond(const learn_case *l, size_t c, size_t other)
{
    const noise_reader *x = learn_reader(l, c), *y = learn_reader(l, other);
    bool shared = false;
    for (size_t p = 0; p < x->n; p++)
        for (size_t q = 0; q < y->n; q++)
            shared |= x->use[p].source == y->use[q].source;
    if (!shared || !(l->weight[other] > 0))
        return LEARN_APART;
    if (x->n == 1 && y->n == 1 && x->use[0].row == y->use[0].row)
        return LEARN_SAME;
    return noise_is_normal(l->q->c->noise, x) && noise_is_normal(l->q->c->noise, y) ? LEARN_JOINT
                                                                                    : LEARN_UNKNOWN;
}

static bool sampling_is_straight(const learn_case *l, size_t c)
{
    return !learn_is_bent(&l->q->c->k->s->criteria[c]) &&
           noise_is_normal(l->q->c->noise, learn_reader(l, c));
}

bool sampling_tells_straight(const learn_case *l, size_t c)
{
    bool straight = sampling_is_straight(l, c);
    for (size_t other = 0; other < l->q->c->d; other++)
        straight &= sampling_bond(l, c, other) == LEARN_APART || sampling_is_straight(l, other);
    return straight;
}

double sampling_gain(const learn_case *l, const double *at)
{
    double best = at[l->best];
    for (size_t i = 0; i < l->q->c->f; i++)
        best = at[i] > best ? at[i] : best;
    return best - at[l->best];
}

void sampling_learned(const learn_case *l, const learn_sum *s, double *value, double *se)
{
    double n = (double)l->samples, mean = s->sum / n, variance = s->square / n - mean * mean;
    *value = mean;
    *se = l->q->c->each_draw || !(variance > 0) ? 0 : sqrt(variance / n);
}
