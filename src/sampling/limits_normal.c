/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that a limit holds where what it reads has a normal error: in closed form. */
#include "tradeoff/robust.h"
#include "variates/variates.h"

#include <math.h>

typedef struct closed_form {
    const tdo_scenario *s;
    const tdo_measured *x;
    size_t j; /* the limit */
    double level;
} closed_form;

/* A candidate under the limit. */
typedef struct standing {
    double reading, rest; /* NaN: not measured */
    double se;
    double above, below; /* how far it is on the right side of min and of max; INFINITY: no bound */
    bool words;          /* words hold, too */
} standing;

/* P(reading + error >= bound), with what exact arithmetic says where there is no error. */
static double holds_above(double beyond, double se)
{
    return se > 0 ? variate_normal_below(beyond / se) : beyond >= 0 ? 1 : 0;
}

static standing stand(const closed_form *g, size_t i, double se)
{
    const tdo_condition *is = &g->s->constraints[g->j].condition;
    const tdo_measured *x = g->x;
    const bool on_criterion = is->criterion != TDO_NONE;
    const double *rests = x->limited_rest ? x->limited_rest[g->j] : NULL;
    standing y = {.reading = on_criterion ? x->reading[is->criterion][i] : x->limited[g->j][i],
                  .rest = on_criterion ? tdo_rest(x, is->criterion, i)
                          : rests      ? rests[i]
                                       : 0,
                  .se = se,
                  .above = INFINITY,
                  .below = INFINITY,
                  .words = !x->matches[g->j] || x->matches[g->j][i]};
    if (is->has_min)
        y.above = tdo_beyond(y.reading, y.rest, is->min);
    if (is->has_max)
        y.below = -tdo_beyond(y.reading, y.rest, is->max);
    return y;
}

static double holds(const closed_form *g, size_t i, const standing *y)
{
    const bool itself = g->s->constraints[g->j].relative && i == g->x->incumbent;
    if (g->x->dropped[i] || isnan(y->reading))
        return NAN;
    if (itself || !y->words)
        return itself;
    return fmin(holds_above(y->above, y->se), holds_above(y->below, y->se));
}

/* A candidate under bounds that move on one side. */
typedef struct moved_standing {
    const standing *y;
    double sign, level; /* 1: min moves, -1: max */
} moved_standing;

static bool is_shown_at(const void *of, double bound)
{
    const moved_standing *m = of;
    const double beyond = m->sign * tdo_beyond(m->y->reading, m->y->rest, bound);
    return holds_above(beyond, m->y->se) >= m->level;
}

/* The last bound that is shown to hold, of min (sign 1) or max (-1): the last double for which the
 * closed form says so. */
static double last_shown(const closed_form *g, const standing *y, double sign)
{
    const moved_standing m = {y, sign, g->level};
    return real_last(is_shown_at, &m, sign,
                     y->reading - sign * variate_normal_quantile(g->level) * y->se);
}

/* n times as many items make the error smaller by the root of n. */
static double items_needed(const closed_form *g, const standing *y)
{
    double beyond = fmin(y->above, y->below);
    double root = variate_normal_quantile(g->level) * y->se / beyond;
    return y->words && y->se > 0 && beyond > 0 ? root * root : NAN;
}

tdo_shown tdo_shown_status(double holds, size_t parts, double level)
{
    if (holds >= level)
        return TDO_SHOWN;
    return holds * (double)parts <= 1 - level ? TDO_BROKEN : TDO_NOT_SHOWN;
}

tdo_status tdo_doubt_normal(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                            tdo_limit_doubt *d)
{
    const closed_form g = {s, x, d->constraint, d->level};
    const tdo_condition *is = &s->constraints[d->constraint].condition;
    d->holds = tdo_alloc(a, x->n, sizeof *d->holds);
    d->status = tdo_alloc(a, x->n, sizeof *d->status);
    d->shown_min = tdo_alloc(a, x->n, sizeof *d->shown_min);
    d->shown_max = tdo_alloc(a, x->n, sizeof *d->shown_max);
    d->needs = tdo_alloc(a, x->n, sizeof *d->needs);
    if (!d->holds || !d->status || !d->shown_min || !d->shown_max || !d->needs)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < x->n; i++) {
        const standing y = stand(&g, i, d->se[i]);
        d->holds[i] = isnan(d->se[i]) ? NAN : holds(&g, i, &y);
        d->shown_min[i] = d->shown_max[i] = d->needs[i] = NAN;
        if (isnan(d->holds[i]))
            continue;
        d->status[i] =
            tdo_shown_status(d->holds[i], (size_t)is->has_min + (size_t)is->has_max, d->level);
        d->shown_min[i] = last_shown(&g, &y, 1);
        d->shown_max[i] = last_shown(&g, &y, -1);
        if (d->status[i] != TDO_SHOWN)
            d->needs[i] = items_needed(&g, &y);
    }
    return TDO_OK;
}
