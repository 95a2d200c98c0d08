/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a split gives, computed from the data alone; and what the best single candidate gives. */
#include "base/real.h"
#include "mix/mix.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

/* ---- sums of products, rounded once (Ogita, Rump and Oishi 2005, Dot2) ---- */

typedef struct dot {
    double sum, error;
} dot;

static void dot_add(dot *s, double a, double b)
{
    double product = a * b, low = fma(a, b, -product);
    double sum = s->sum + product, back = sum - s->sum;
    s->error += (s->sum - (sum - back)) + (product - back) + low;
    s->sum = sum;
}

static double dot_sum(const dot *s)
{
    return s->sum + s->error;
}

double mix_split_average(const mix_split *x, const double *of_participant)
{
    dot s = {0};
    for (size_t q = 0; q < x->n; q++)
        dot_add(&s, x->share[q], of_participant[x->index[q]]);
    return dot_sum(&s);
}

double mix_split_worst(const mix_problem *m, const mix_split *x, size_t c)
{
    double worst = INFINITY;
    for (size_t q = 0; q < x->n; q++)
        worst = fmin(worst, m->value[c * m->n + x->index[q]]);
    return worst;
}

void mix_split_levels(const mix_problem *m, const mix_split *x, double *level)
{
    for (size_t l = 0; l < m->levels; l++) {
        dot s = {0};
        for (size_t q = 0; q < x->n; q++)
            dot_add(&s, x->share[q], m->level[l * m->n + x->index[q]]);
        for (size_t k = 0; k < m->worst_n; k++)
            dot_add(&s, m->add[l * m->worst_n + k], mix_split_worst(m, x, m->worst[k]));
        level[l] = dot_sum(&s);
    }
}

void mix_split_clean(mix_split *x)
{
    size_t n = 0;
    dot sum = {0};
    for (size_t q = 0; q < x->n; q++)
        if (x->share[q] >= TDO_MIX_SHARE) {
            x->index[n] = x->index[q];
            x->share[n++] = x->share[q];
            dot_add(&sum, x->share[q], 1);
        }
    x->n = n;
    for (size_t q = 0; q < n; q++)
        x->share[q] /= dot_sum(&sum);
}

/* ---- the value of levels ---- */

/* A gain that is a tie with nothing is nothing, as for single candidates. */
static double nash_value(const mix_problem *m, const double *level)
{
    double least = INFINITY, log_product = 0;
    for (size_t l = 0; l < m->levels; l++) {
        if (m->power[l] > 0 || m->strict)
            least = fmin(least, level[l]);
        else if (level[l] < -TDO_TIE)
            return level[l]; /* who has no power must not lose */
    }
    if (!(least > TDO_TIE))
        return fmin(least, 0);
    for (size_t l = 0; l < m->levels; l++)
        if (m->power[l] > 0)
            log_product += m->power[l] * real_log_of_any(level[l]);
    return real_exp(log_product);
}

double mix_levels_value(const mix_problem *m, const double *level)
{
    double least = m->theta > 0 ? INFINITY : 0;
    dot sum = {0};
    if (mix_is_product(m))
        return nash_value(m, level);
    for (size_t l = 0; l < m->levels; l++) {
        if (m->theta > 0)
            least = fmin(least, level[l]);
        dot_add(&sum, m->rho, level[l]);
    }
    dot_add(&sum, m->theta, least);
    return dot_sum(&sum) + 0.0;
}

static void sort_levels(const double *from, size_t n, double *to)
{
    for (size_t l = 0; l < n; l++) {
        size_t at = l;
        for (; at > 0 && to[at - 1] > from[l]; at--)
            to[at] = to[at - 1];
        to[at] = from[l];
    }
}

static bool leximin_above(const mix_problem *m, const double *a, const double *b)
{
    double mine[TDO_MAX_STAKEHOLDERS], other[TDO_MAX_STAKEHOLDERS];
    sort_levels(a, m->levels, mine);
    sort_levels(b, m->levels, other);
    for (size_t l = 0; l < m->levels; l++) {
        if (rule_above(mine[l], other[l]))
            return true;
        if (rule_above(other[l], mine[l]))
            return false;
    }
    return false;
}

bool mix_levels_above(const mix_problem *m, const double *a, const double *b)
{
    double mine = mix_levels_value(m, a), other = mix_levels_value(m, b);
    if (rule_above(mine, other) || rule_above(other, mine))
        return mine > other;
    return mix_is_leximin(m) && leximin_above(m, a, b);
}

/* ---- the best single candidate ---- */

static bool meets_bounds(const mix_problem *m, size_t q)
{
    for (size_t k = 0; k < m->bounds; k++) {
        const mix_bound *b = &m->bound[k];
        double y = b->reading[m->candidate[q]];
        if (b->limit.is_max ? y > b->limit.bound : y < b->limit.bound)
            return false;
    }
    return true;
}

/* Is q with its levels before the best so far? */
static bool is_before(const mix_problem *m, size_t q, const double *mine, size_t best,
                      const double *its)
{
    if (mix_levels_above(m, mine, its))
        return true;
    if (mix_levels_above(m, its, mine))
        return false;
    return strcmp(m->x->id[m->candidate[q]], m->x->id[m->candidate[best]]) < 0;
}

/* level: [levels] of one participant alone. */
static void mix_single_levels(const mix_problem *m, size_t q, double *level)
{
    for (size_t l = 0; l < m->levels; l++) {
        level[l] = m->level[l * m->n + q];
        for (size_t k = 0; k < m->worst_n; k++)
            level[l] += m->add[l * m->worst_n + k] * m->value[m->worst[k] * m->n + q];
    }
}

tdo_status mix_best_single(const mix_problem *m, size_t *out, double *level)
{
    double *mine = tdo_alloc(m->a, m->levels, sizeof *mine);
    *out = SIZE_MAX;
    if (!mine)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < m->n; q++) {
        if (!meets_bounds(m, q))
            continue;
        mix_single_levels(m, q, mine);
        if (*out == SIZE_MAX || is_before(m, q, mine, *out, level)) {
            *out = q;
            memcpy(level, mine, m->levels * sizeof *level);
        }
    }
    return TDO_OK;
}
