/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that a limit holds: the errors are normal, so that the probabilities are closed
 * forms. */
#include "sampling/draws.h"
#include "sampling/noise.h"

#include <math.h>

/* P(reading + error >= bound), with what exact arithmetic says where there is no error. */
static double holds_above(double beyond, double se)
{
    return isnan(se) ? se : se > 0 ? sampling_normal_below(beyond / se) : beyond >= 0 ? 1 : 0;
}

/* One candidate under one limit. */
typedef struct verdict {
    double holds; /* of the parts, the smallest */
    size_t parts;
} verdict;

/* No worse than the incumbent by more than is allowed: the bound has an error of its own, which
 * shares a part with the reading's. (With a percentage p the bound is 1 - p or 1 + p times what the
 * incumbent measures.) */
static double relative_se(const tdo_case *k, const noise_plan *p, size_t j, size_t i)
{
    const tdo_constraint *limit = &k->s->constraints[j];
    size_t c = limit->is.criterion, today = k->x->incumbent;
    double share = limit->percent ? limit->worse_by / 100 : 0;
    bool up = (k->x->reading[c * k->x->n + today] > 0) == limit->is.has_max;
    return noise_sd_between(p, &p->limit[j], i, today, up ? 1 + share : 1 - share, 0);
}

/* Over all joint draws, each once. */
static verdict judge_draws(const tdo_case *k, size_t j, size_t i)
{
    const tdo_constraint *limit = &k->s->constraints[j];
    const tdo_measured *x = k->x;
    const size_t c = limit->is.criterion;
    const double *drawn = c != TDO_NONE ? x->drawn[c] : x->drawn_limited[j];
    size_t low = 0, high = 0, both = 0;
    for (size_t t = 0; t < x->draws; t++) {
        const uint32_t *row = x->draw_row + t * x->n;
        double y = drawn[row[i]];
        if (limit->relative) {
            double base = drawn[row[x->incumbent]];
            double by = limit->percent ? limit->worse_by / 100 * fabs(base) : limit->worse_by;
            const tdo_criterion *of = &k->s->criteria[c];
            both += tdo_shifted_gain(of, y, 0) >= tdo_shifted_gain(of, base, 0) - by;
            continue;
        }
        low += !(limit->is.has_min && y < limit->is.min);
        high += !(limit->is.has_max && y > limit->is.max);
    }
    size_t least = limit->relative ? both : low < high ? low : high;
    size_t parts = limit->relative ? 1 : (size_t)limit->is.has_min + (size_t)limit->is.has_max;
    return (verdict){(double)least / (double)x->draws, parts};
}

static verdict judge(const tdo_case *k, const noise_plan *p, size_t j, size_t i)
{
    const tdo_condition *is = &k->s->constraints[j].is;
    const tdo_measured *x = k->x;
    bool on_criterion = is->criterion != TDO_NONE;
    double reading = on_criterion ? x->reading[is->criterion * x->n + i] : x->limited[j][i];
    double rest = on_criterion                            ? tdo_rest(x, is->criterion, i)
                  : x->limited_rest && x->limited_rest[j] ? x->limited_rest[j][i]
                                                          : 0;
    bool relative = k->s->constraints[j].relative, draws = x->draws > 0;
    double se = relative ? relative_se(k, p, j, i) : 0;
    verdict v = draws ? judge_draws(k, j, i) : (verdict){1, 0};
    if (is->has_min && !draws) {
        double beyond = tdo_beyond(reading, rest, is->min);
        v.holds = relative ? holds_above(beyond, se) : noise_above(p, &p->limit[j], i, -beyond);
        v.parts++;
    }
    if (is->has_max && !draws) {
        double beyond = tdo_beyond(reading, rest, is->max), low = v.holds;
        v.holds = relative ? holds_above(-beyond, se) : noise_below(p, &p->limit[j], i, -beyond);
        v.holds = low < v.holds ? low : v.holds; /* NaN stays: no closed form, on both sides */
        v.parts++;
    }
    if (x->matches[j] && !x->matches[j][i])
        v.holds = 0;
    if (relative && i == x->incumbent)
        v.holds = 1;
    if (x->dropped[i] || isnan(reading))
        v.holds = NAN;
    return v;
}

static tdo_status judge_all(const tdo_case *k, const noise_plan *p, size_t j, double level,
                            tdo_arena *a, tdo_limit_doubt *out)
{
    double *holds = tdo_alloc(a, k->x->n, sizeof *holds);
    tdo_shown *status = tdo_alloc(a, k->x->n, sizeof *status);
    if (!holds || !status)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < k->x->n; i++) {
        verdict v = judge(k, p, j, i);
        holds[i] = v.holds;
        if (v.holds >= level)
            status[i] = TDO_SHOWN;
        else if (v.holds * (double)v.parts <= 1 - level)
            status[i] = TDO_BROKEN;
    }
    *out = (tdo_limit_doubt){j, level, holds, status};
    return TDO_OK;
}

/* Distances to a target that are compared with another distance: no closed form. */
static bool is_folded(const tdo_scenario *s, size_t j)
{
    return s->constraints[j].relative &&
           s->criteria[s->constraints[j].is.criterion].goal == TDO_GOAL_TARGET;
}

tdo_status noise_judge_limits(const tdo_case *k, const noise_plan *p, tdo_arena *a, tdo_robust *out)
{
    tdo_status status = TDO_OK;
    out->limits = tdo_alloc(a, k->x->m, sizeof *out->limits);
    if (!out->limits)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < k->x->m && status == TDO_OK; j++)
        if (p->limit[j].n > 0 && (k->x->draws > 0 || !is_folded(k->s, j)))
            status = judge_all(k, p, j, k->s->sampling.level, a, &out->limits[out->n_limits++]);
    return status;
}
