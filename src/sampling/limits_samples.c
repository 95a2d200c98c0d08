/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that limits hold, by joint draws, each once, or by samples: what a candidate and
 * the incumbent read in each. */
#include "sampling/limits.h"

#include <math.h>
#include <stdlib.h>

static bool keeps_up(const sampling_judging *g, double y, double moved, double today, double base)
{
    const tdo_constraint *limit = sampling_limit_of(g);
    const tdo_criterion *of = &g->s->criteria[limit->condition.criterion];
    double by = limit->percent ? limit->worse_by / 100 * fabs(today + base) : limit->worse_by;
    return tdo_shifted_gain(of, y, moved) >= tdo_shifted_gain(of, today, base) - by;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double sampling_last_shown(double *y, size_t n, double level, double sign)
{
    size_t enough = 1; /* so many reach the level */
    while ((double)enough / (double)n < level)
        enough++;
    qsort(y, n, sizeof *y, by_value);
    return sign > 0 ? y[n - enough] : y[enough - 1];
}

/* Judges candidate i by n numbers: what the reading is in each; where the limit is relative, 1 or 0
 * for whether it holds. Sorts y. */
static void count(sampling_judging *g, size_t i, double *y, size_t n)
{
    const tdo_constraint *limit = sampling_limit_of(g);
    size_t low = 0, high = 0;
    for (size_t t = 0; t < n; t++) {
        low += limit->relative ? y[t] > 0
                               : !(limit->condition.has_min && y[t] < limit->condition.min);
        high += limit->relative || !(limit->condition.has_max && y[t] > limit->condition.max);
    }
    g->d.holds[i] = (double)(low < high ? low : high) / (double)n;
    if (limit->relative || !sampling_wants_bounds(g))
        return;
    g->d.shown_min[i] = sampling_last_shown(y, n, g->d.level, 1);
    g->d.shown_max[i] = sampling_last_shown(y, n, g->d.level, -1);
}

tdo_status sampling_judge_draws(sampling_judging *g)
{
    const tdo_measured *x = g->x;
    const tdo_constraint *limit = sampling_limit_of(g);
    const size_t c = limit->condition.criterion;
    const double *drawn = c != TDO_NONE ? x->drawn[c] : x->drawn_limited[g->j];
    double *y = tdo_alloc(g->a, x->draws, sizeof *y);
    for (size_t i = 0; y && i < x->n; i++) {
        for (size_t t = 0; t < x->draws; t++) {
            const uint32_t *row = x->draw_row + t * x->n;
            y[t] = drawn[row[i]];
            if (limit->relative)
                y[t] = keeps_up(g, y[t], 0, drawn[row[x->incumbent]], 0);
        }
        count(g, i, y, x->draws);
    }
    return y ? TDO_OK : TDO_E_MEMORY;
}

enum { AT_ONCE = 128 }; /* candidates whose samples are kept together */

/* The candidates `at`, behind them the incumbent. y: [n x TDO_ROBUST_LIMITS] */
static tdo_status judge_some(sampling_judging *g, const uint32_t *at, size_t n, const bool *drawn,
                             double *y)
{
    const tdo_measured *x = g->x;
    const bool relative = sampling_limit_of(g)->relative;
    const noise_setting set = {.seed = g->s->sampling.seed, .drawn = drawn};
    tdo_arena *own = tdo_arena_new();
    noise_slots slots;
    noise_room room;
    tdo_status status = own ? noise_slots_make(g->p, x, at, n + 1, own, &slots) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = noise_room_make(&slots, own, &room);
    for (uint64_t k = 0; k < TDO_ROBUST_LIMITS && status == TDO_OK; k++) {
        noise_draw(&room, &set, k);
        double base = noise_shift(&room, g->r, n), rest = 0;
        for (size_t q = 0; q < n; q++) {
            double reading = sampling_limited_reading(g, at[q], &rest),
                   moved = noise_shift(&room, g->r, q);
            y[q * TDO_ROBUST_LIMITS + k] =
                relative ? keeps_up(g, reading, moved,
                                    sampling_limited_reading(g, x->incumbent, &rest), base)
                         : reading + moved;
        }
    }
    for (size_t q = 0; q < n && status == TDO_OK; q++)
        count(g, at[q], y + q * TDO_ROBUST_LIMITS, TDO_ROBUST_LIMITS);
    tdo_arena_free(own);
    return status;
}

/* All for whom there was no closed form. */
tdo_status sampling_judge_samples(sampling_judging *g)
{
    const tdo_measured *x = g->x;
    uint32_t at[AT_ONCE + 1];
    size_t n = 0;
    tdo_arena *own = tdo_arena_new();
    double *y = own ? tdo_alloc(own, (size_t)AT_ONCE * TDO_ROBUST_LIMITS, sizeof *y) : NULL;
    bool *drawn = own ? tdo_alloc(own, g->p->n, sizeof *drawn) : NULL;
    tdo_status status = y && drawn ? TDO_OK : TDO_E_MEMORY;
    if (status != TDO_OK)
        goto out;
    for (size_t q = 0; q < g->r->n; q++)
        drawn[g->r->use[q].source] = true;
    for (size_t i = 0; i <= x->n && status == TDO_OK; i++) {
        if (i < x->n && !g->closed[i] && !x->dropped[i])
            at[n++] = (uint32_t)i;
        if (n == 0 || (n < AT_ONCE && i < x->n))
            continue;
        at[n] = x->incumbent == TDO_NONE ? UINT32_MAX : (uint32_t)x->incumbent;
        status = judge_some(g, at, n, drawn, y);
        n = 0;
    }
out:
    tdo_arena_free(own);
    return status;
}
