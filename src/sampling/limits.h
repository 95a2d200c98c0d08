/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One limit while it is judged. */
#ifndef TRADEOFF_SAMPLING_LIMITS_H
#define TRADEOFF_SAMPLING_LIMITS_H

#include "noise/noise.h"

typedef struct sampling_judging {
    const tdo_scenario *s;
    const tdo_measured *x;
    const noise_plan *p;
    const noise_reader *r; /* what the limit reads */
    tdo_arena *a;
    size_t j;     /* the limit at hand */
    bool *closed; /* [n] judged by a closed form */
    tdo_limit_doubt d;
} sampling_judging;

static inline const tdo_constraint *sampling_limit_of(const sampling_judging *g)
{
    return &g->s->constraints[g->j];
}

static inline double sampling_limited_reading(const sampling_judging *g, size_t i, double *rest)
{
    const tdo_condition *is = &sampling_limit_of(g)->condition;
    const tdo_measured *x = g->x;
    const double *rests = x->limited_rest ? x->limited_rest[g->j] : NULL;
    *rest = is->criterion != TDO_NONE ? tdo_rest(x, is->criterion, i) : rests ? rests[i] : 0;
    return is->criterion != TDO_NONE ? x->reading[is->criterion][i] : x->limited[g->j][i];
}

static inline bool sampling_is_drawn(const sampling_judging *g)
{
    return g->x->draws > 0 && g->r->n > 0;
}

/* As many candidates as a result lists: beyond, not all that could be found is. */
static inline bool sampling_lists_all(const sampling_judging *g)
{
    enum { MOST = 10000 };
    return g->x->n <= MOST;
}

/* Are the last bounds asked for that are shown, where no closed form has them? */
static inline bool sampling_wants_bounds(const sampling_judging *g)
{
    return sampling_lists_all(g) && sampling_limit_of(g)->shown > 0;
}

/* limits_samples.c: all joint draws; samples 0 to TDO_ROBUST_LIMITS - 1 of the seed, of all who
 * have no closed form. holds, shown_min, shown_max. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_judge_draws(sampling_judging *g);
TDO_MUST_USE tdo_status sampling_judge_samples(sampling_judging *g);

/* The last bound that n samples show, of min (sign 1) or max (-1). Sorts y. */
double sampling_last_shown(double *y, size_t n, double level, double sign);

/* limits_groups.c: a limit that is not relative on what is taken of subgroups with errors. holds,
 * status, shown_min, shown_max, corrected. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_judge_cells(sampling_judging *g);

#endif
