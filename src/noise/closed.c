/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a reading without samples. */
#include "noise/noise.h"

#include <math.h>

double noise_correlation(const noise_source *s, double unstated)
{
    return s->error.has_correlation ? s->error.correlation : unstated;
}

static const noise_source *source_of(const noise_plan *p, const noise_reader *r, size_t q)
{
    return &p->source[r->use[q].source];
}

bool noise_use_is_normal(const noise_plan *p, const noise_use *u)
{
    const noise_source *s = &p->source[u->source];
    return s->kind && s->kind->normal && !(s->items && s->items->of[u->row - s->row].quantile > 0);
}

bool noise_is_normal(const noise_plan *p, const noise_reader *r)
{
    for (size_t q = 0; q < r->n; q++)
        if (!noise_use_is_normal(p, &r->use[q]))
            return false;
    return true;
}

/* Where candidate i stands in what the source has of each row. */
static size_t place_of(const noise_plan *p, const noise_use *u, size_t i)
{
    return (u->row - p->source[u->source].row) * p->candidates + i;
}

double noise_se(const noise_plan *p, const noise_reader *r, size_t i)
{
    double sum = 0;
    for (size_t q = 0; q < r->n; q++) {
        const noise_source *s = source_of(p, r, q);
        if (!s->kind)
            return NAN;
        double part = r->use[q].coefficient * s->kind->sd(s, place_of(p, &r->use[q], i));
        sum += part * part;
    }
    return sqrt(sum);
}

static bool use_is_flat(const noise_plan *p, const noise_use *u, size_t i)
{
    const noise_source *s = &p->source[u->source];
    if (!s->items)
        return s->flat && s->flat[i];
    const tdo_item_scores *of = &s->items->of[u->row - s->row];
    const size_t from = of->start[i], to = of->start[i + 1];
    if (from == to)
        return false;
    return of->value ? !(of->value[from] < of->value[to - 1]) : s->se[place_of(p, u, i)] <= 0;
}

bool noise_is_flat(const noise_plan *p, const noise_reader *r, size_t i)
{
    bool some = false;
    for (size_t q = 0; q < r->n; q++) {
        const noise_source *s = source_of(p, r, q);
        const bool flat = use_is_flat(p, &r->use[q], i);
        if (!flat && (!s->kind || !(s->kind->sd(s, place_of(p, &r->use[q], i)) <= 0)))
            return false;
        some |= flat;
    }
    return some;
}

double noise_above(const noise_plan *p, const noise_reader *r, size_t i, double x)
{
    if (noise_is_normal(p, r)) {
        double sd = noise_se(p, r, i);
        return sd > 0 ? variate_normal_below(-x / sd) : x <= 0 ? 1 : 0;
    }
    const noise_source *s = source_of(p, r, 0);
    double by = r->use[0].coefficient;
    if (r->n > 1 || !s->kind || !s->kind->deviation)
        return NAN;
    return by > 0 ? s->kind->above(s, i, x / by) : s->kind->below(s, i, x / by);
}

double noise_below(const noise_plan *p, const noise_reader *r, size_t i, double x)
{
    if (noise_is_normal(p, r)) {
        double sd = noise_se(p, r, i);
        return sd > 0 ? variate_normal_below(x / sd) : x >= 0 ? 1 : 0;
    }
    const noise_source *s = source_of(p, r, 0);
    double by = r->use[0].coefficient;
    if (r->n > 1 || !s->kind || !s->kind->deviation)
        return NAN;
    return by > 0 ? s->kind->below(s, i, x / by) : s->kind->above(s, i, x / by);
}

/* The covariance of what is used for i and for j. */
static double covariance(const noise_plan *p, const noise_use *u, size_t i, size_t j,
                         double unstated)
{
    const noise_source *s = &p->source[u->source];
    const size_t row = u->row - s->row;
    double both = s->kind->sd(s, place_of(p, u, i)) * s->kind->sd(s, place_of(p, u, j));
    if (i == j)
        return both;
    return s->items ? noise_item_covariance(s, row, i, row, j)
                    : noise_correlation(s, unstated) * both;
}

double noise_covariance(const noise_plan *p, size_t row, size_t i, size_t j, double unstated)
{
    noise_use u = {.row = row};
    while (row >= p->source[u.source].row + p->source[u.source].rows)
        u.source++;
    return covariance(p, &u, i, j, unstated);
}

double noise_joint_covariance(const noise_plan *p, const noise_reader *of_i, size_t i,
                              const noise_reader *of_j, size_t j)
{
    double sum = 0;
    for (size_t q = 0; q < of_i->n; q++)
        for (size_t r = 0; r < of_j->n; r++) {
            const noise_use *x = &of_i->use[q], *y = &of_j->use[r];
            const noise_source *s = &p->source[x->source];
            if (x->source == y->source)
                sum += x->coefficient * y->coefficient *
                       (x->row == y->row
                            ? covariance(p, x, i, j, 0)
                            : noise_item_covariance(s, x->row - s->row, i, y->row - s->row, j));
        }
    return sum;
}

double noise_sd_between(const noise_plan *p, const noise_reader *r, size_t i, size_t j,
                        double times, double unstated)
{
    double variance = 0;
    if (!noise_is_normal(p, r))
        return NAN;
    for (size_t q = 0; q < r->n; q++) {
        const noise_use *u = &r->use[q];
        const noise_source *s = &p->source[u->source];
        double mine = u->coefficient * s->kind->sd(s, place_of(p, u, i));
        double other = u->coefficient * s->kind->sd(s, place_of(p, u, j)) * times;
        double both = i == j ? mine * other
                      : s->items
                          ? u->coefficient * u->coefficient * times *
                                noise_item_covariance(s, u->row - s->row, i, u->row - s->row, j)
                          : noise_correlation(s, unstated) * mine * other;
        variance += mine * mine + other * other - 2 * both;
    }
    return sqrt(variance > 0 ? variance : 0);
}

bool noise_is_plain(const tdo_scenario *s, const tdo_measured *x, const noise_plan *p)
{
    bool plain = x->draws == 0;
    for (size_t c = 0; c < x->d && plain; c++) {
        const noise_reader *r = &p->criterion[c];
        const bool joint = r->n > 1 || (r->n > 0 && p->source[r->use[0].source].items);
        if (r->n == 0)
            continue;
        plain = noise_is_normal(p, r) && x->se && x->se[c] && s->criteria[c].n_value == 0 &&
                s->criteria[c].goal != TDO_GOAL_TARGET && !(joint && x->n > TDO_MOST_JOINT);
        for (size_t q = 0; q < r->n; q++)
            for (size_t other = 0; other < c; other++)
                for (size_t u = 0; u < p->criterion[other].n; u++)
                    plain = plain && p->criterion[other].use[u].source != r->use[q].source;
    }
    return plain;
}
