/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that bend (value points, targets) of readings with normal errors, and what one such
 * reading is worth. A piecewise-linear function of a normal variate has a mean in closed form: each
 * corner adds what the slopes differ by times a loss function. */
#include "sampling/learn.h"

#include <math.h>

/* E max(0, X - t) of X with that mean and standard deviation. */
static double above(double t, double mean, double sd)
{
    return sd > 0 ? sd * variate_unit_loss((t - mean) / sd) : mean > t ? mean - t : 0;
}

/* E |X - t|. */
static double away(double t, double mean, double sd)
{
    return t - mean + 2 * above(t, mean, sd);
}

static double steepness(const tdo_criterion *of, size_t k)
{
    return (of->value_v[k + 1] - of->value_v[k]) / (of->value_x[k + 1] - of->value_x[k]);
}

/* By how much the value's slope grows at point k. */
static double corner(const tdo_criterion *of, size_t k)
{
    double before = k > 0 ? steepness(of, k - 1) : 0;
    double behind = k + 1 < of->n_value ? steepness(of, k) : 0;
    return behind - before;
}

/* Points on the reading. */
static double mean_of_points(const tdo_criterion *of, double mean, double sd)
{
    double sum = of->value_v[0];
    for (size_t k = 0; k < of->n_value; k++)
        sum += corner(of, k) * above(of->value_x[k], mean, sd);
    return sum;
}

/* Points on the distance from the target: each corner on both sides of it. */
static double mean_of_distance(const tdo_criterion *of, double mean, double sd)
{
    double sum = of->value_v[of->n_value - 1]; /* far away on both sides */
    for (size_t k = 0; k < of->n_value; k++)
        sum += corner(of, k) * (above(of->target + of->value_x[k], mean, sd) +
                                above(of->target - of->value_x[k], mean, sd));
    return sum;
}

double sampling_mean_value(const sampling_case *k, size_t c, size_t slot, double shift, double sd)
{
    const tdo_criterion *of = &k->k->s->criteria[c];
    const double reading = k->k->x->reading[c][k->k->f->feasible[slot]];
    const double mean = reading + shift, now = tdo_value_at(k->k->v, c, slot);
    if (of->n_value)
        return of->goal == TDO_GOAL_TARGET ? mean_of_distance(of, mean, sd)
                                           : mean_of_points(of, mean, sd);
    if (of->goal == TDO_GOAL_TARGET)
        return now + k->slope[c] * (away(of->target, mean, sd) - fabs(reading - of->target));
    return now + k->slope[c] * shift;
}

/* The score of a slot where the reading of another one is z standard deviations off. */
static double score_at(const learn_case *l, size_t c, uint32_t i, size_t slot, double z)
{
    const sampling_case *k = l->q->c;
    const noise_reader *all = k->noise->criterion;
    const uint32_t mine = k->k->f->feasible[i], other = k->k->f->feasible[slot];
    const double sd = noise_se(k->noise, &all[c], mine);
    double score = l->score[slot];
    for (size_t q = 0; q < k->d; q++) {
        if (q != c && sampling_bond(l, c, q) == LEARN_APART)
            continue;
        double by = noise_joint_covariance(k->noise, &all[q], other, &all[c], mine) / sd;
        double own = noise_se(k->noise, &all[q], other), left = own * own - by * by;
        if (by > 0 || by < 0)
            score += l->weight[q] *
                     (sampling_mean_value(k, q, slot, by * z, left > 0 ? sqrt(left) : 0) -
                      l->value[q * k->f + slot]);
    }
    return score;
}

/* By the trapezoidal rule, which for what is smooth times a normal density is as good as exact. */
double sampling_learn_bent(const learn_case *l, size_t c, uint32_t i)
{
    enum { POINTS = 640 };
    const double reach = 8, wide = 2 * reach / POINTS;
    const sampling_case *k = l->q->c;
    double sum = 0, whole = 0;
    if (!(noise_se(k->noise, &k->noise->criterion[c], k->k->f->feasible[i]) > 0))
        return 0;
    for (size_t p = 0; p <= POINTS; p++) {
        const double z = -reach + (double)p * wide, density = real_exp(-z * z / 2);
        for (size_t j = 0; j < k->f; j++)
            l->at[j] = score_at(l, c, i, j, z);
        sum += density * sampling_gain(l, l->at);
        whole += density;
    }
    return sum / whole;
}
