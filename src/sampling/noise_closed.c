/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a reading without samples. */
#include "sampling/noise.h"

#include <math.h>

double noise_correlation(const noise_source *s, double unstated)
{
    return s->error.has_correlation ? s->error.correlation : unstated;
}

static const noise_source *source_of(const noise_plan *p, const noise_reader *r, size_t q)
{
    return &p->source[r->use[q].source];
}

bool noise_is_normal(const noise_plan *p, const noise_reader *r)
{
    for (size_t q = 0; q < r->n; q++)
        if (!source_of(p, r, q)->kind || !source_of(p, r, q)->kind->normal)
            return false;
    return true;
}

double noise_se(const noise_plan *p, const noise_reader *r, size_t i)
{
    double sum = 0;
    for (size_t q = 0; q < r->n; q++) {
        const noise_source *s = source_of(p, r, q);
        if (!s->kind)
            return NAN;
        double part = r->use[q].coefficient * s->kind->sd(s, i);
        sum += part * part;
    }
    return sqrt(sum);
}

double noise_above(const noise_plan *p, const noise_reader *r, size_t i, double x)
{
    if (noise_is_normal(p, r)) {
        double sd = noise_se(p, r, i);
        return sd > 0 ? sampling_normal_below(-x / sd) : x <= 0 ? 1 : 0;
    }
    const noise_source *s = source_of(p, r, 0);
    double by = r->use[0].coefficient;
    if (r->n > 1 || !s->kind)
        return NAN;
    return by > 0 ? s->kind->above(s, i, x / by) : s->kind->below(s, i, x / by);
}

double noise_below(const noise_plan *p, const noise_reader *r, size_t i, double x)
{
    if (noise_is_normal(p, r)) {
        double sd = noise_se(p, r, i);
        return sd > 0 ? sampling_normal_below(x / sd) : x >= 0 ? 1 : 0;
    }
    const noise_source *s = source_of(p, r, 0);
    double by = r->use[0].coefficient;
    if (r->n > 1 || !s->kind)
        return NAN;
    return by > 0 ? s->kind->below(s, i, x / by) : s->kind->above(s, i, x / by);
}

double noise_covariance(const noise_plan *p, size_t row, size_t i, size_t j, double unstated)
{
    size_t q = 0;
    while (row >= p->source[q].row + p->source[q].rows)
        q++;
    const noise_source *s = &p->source[q];
    double both = s->kind->sd(s, i) * s->kind->sd(s, j);
    return i == j ? both : noise_correlation(s, unstated) * both;
}

double noise_sd_between(const noise_plan *p, const noise_reader *r, size_t i, size_t j,
                        double times, double unstated)
{
    double variance = 0;
    if (!noise_is_normal(p, r))
        return NAN;
    for (size_t q = 0; q < r->n; q++) {
        const noise_source *s = source_of(p, r, q);
        double rho = i == j ? 1 : noise_correlation(s, unstated), by = r->use[q].coefficient;
        double mine = by * s->kind->sd(s, i), other = by * s->kind->sd(s, j) * times;
        variance += mine * mine + other * other - 2 * rho * mine * other;
    }
    return sqrt(variance > 0 ? variance : 0);
}
