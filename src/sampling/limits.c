/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that limits hold: closed forms where there are any, joint draws all, each once,
 * and samples where neither will do. Who may be chosen hangs on it, so that it never hangs on how
 * much is sampled otherwise. */
#include "sampling/noise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Candidates up to which the last bounds are found that are shown, where no closed form has them:
 * as many as a result lists. */
enum { MOST_BOUNDS = 10000 };

typedef struct judging {
    const tdo_scenario *s;
    const tdo_measured *x;
    const noise_plan *p;
    const noise_reader *r; /* what the limit reads */
    tdo_arena *a;
    size_t j;     /* the limit at hand */
    bool *closed; /* [n] judged by a closed form */
    tdo_limit_doubt d;
} judging;

static const tdo_constraint *limit_of(const judging *g)
{
    return &g->s->constraints[g->j];
}

static double reading_of(const judging *g, size_t i, double *rest)
{
    const tdo_condition *is = &limit_of(g)->condition;
    const tdo_measured *x = g->x;
    const double *rests = x->limited_rest ? x->limited_rest[g->j] : NULL;
    *rest = is->criterion != TDO_NONE ? tdo_rest(x, is->criterion, i) : rests ? rests[i] : 0;
    return is->criterion != TDO_NONE ? x->reading[is->criterion * x->n + i] : x->limited[g->j][i];
}

static bool is_drawn(const judging *g)
{
    return g->x->draws > 0 && g->r->n > 0;
}

/* Is what the limit compares normal? Not where distances to a target are compared. */
static bool is_normal(const judging *g)
{
    const tdo_constraint *limit = limit_of(g);
    bool folded = limit->relative &&
                  g->s->criteria[limit->condition.criterion].goal == TDO_GOAL_TARGET;
    return g->r->n == 0 || (!is_drawn(g) && !folded && noise_is_normal(g->p, g->r));
}

/* ---- normal errors ---- */

/* No worse than the incumbent by more than is allowed: the bound has an error of its own, which
 * shares a part with the reading's. (With a percentage p the bound is 1 - p or 1 + p times what the
 * incumbent measures.) */
static double relative_se(const judging *g, size_t i)
{
    const tdo_constraint *limit = limit_of(g);
    size_t c = limit->condition.criterion, today = g->x->incumbent;
    double share = limit->percent ? limit->worse_by / 100 : 0;
    bool up = (g->x->reading[c * g->x->n + today] > 0) == limit->condition.has_max;
    return noise_sd_between(g->p, g->r, i, today, up ? 1 + share : 1 - share, 0);
}

/* Whether what the limit compares has no error for candidate i, whatever the kind. */
static bool is_exact(const judging *g, size_t i)
{
    return !is_drawn(g) && noise_se(g->p, g->r, i) <= 0 &&
           (!limit_of(g)->relative || noise_se(g->p, g->r, g->x->incumbent) <= 0);
}

/* [n] of what the limit compares; NaN: its error is not normal. */
static double *standard_errors(const judging *g)
{
    const bool normal = is_normal(g);
    double *se = tdo_alloc(g->a, g->x->n, sizeof *se);
    for (size_t i = 0; se && i < g->x->n; i++)
        se[i] = is_exact(g, i)          ? 0
                : !normal               ? (double)NAN
                : limit_of(g)->relative ? relative_se(g, i)
                                        : noise_se(g->p, g->r, i);
    return se;
}

/* ---- one error of another kind ---- */

/* P(reading >= min) for sign 1, P(reading <= max) for -1. NaN: no closed form. */
static double keeps(const judging *g, size_t i, double sign, double bound)
{
    double rest = 0, reading = reading_of(g, i, &rest), beyond = tdo_beyond(reading, rest, bound);
    return sign > 0 ? noise_above(g->p, g->r, i, -beyond) : noise_below(g->p, g->r, i, -beyond);
}

/* The last bound that is shown, to the last bit, by halving. */
static double last_shown(const judging *g, size_t i, double sign)
{
    enum { HALVINGS = 2000, FAR = 100 };
    double rest = 0, reading = reading_of(g, i, &rest), sd = noise_se(g->p, g->r, i);
    double yes = reading - sign * FAR * sd, no = reading + sign * FAR * sd;
    if (!(keeps(g, i, sign, yes) >= g->d.level) || keeps(g, i, sign, no) >= g->d.level)
        return NAN;
    for (int k = 0; k < HALVINGS; k++) {
        double middle = yes / 2 + no / 2;
        if (!(middle > fmin(yes, no) && middle < fmax(yes, no)))
            break;
        *(keeps(g, i, sign, middle) >= g->d.level ? &yes : &no) = middle;
    }
    return yes;
}

static void judge_closed(judging *g)
{
    const tdo_condition *is = &limit_of(g)->condition;
    for (size_t i = 0; i < g->x->n; i++) {
        double low = is->has_min ? keeps(g, i, 1, is->min) : 1;
        double high = is->has_max ? keeps(g, i, -1, is->max) : 1;
        g->closed[i] = !isnan(low) && !isnan(high);
        if (!g->closed[i] || g->d.se[i] <= 0) /* exact: judged by now */
            continue;
        g->d.holds[i] = fmin(low, high);
        if (g->x->n > MOST_BOUNDS || limit_of(g)->shown <= 0)
            continue;
        g->d.shown_min[i] = is->has_min ? last_shown(g, i, 1) : NAN;
        g->d.shown_max[i] = is->has_max ? last_shown(g, i, -1) : NAN;
    }
}

/* ---- joint draws and samples: what candidate i and the incumbent read in each ---- */

static bool keeps_up(const judging *g, double y, double moved, double today, double base)
{
    const tdo_constraint *limit = limit_of(g);
    const tdo_criterion *of = &g->s->criteria[limit->condition.criterion];
    double by = limit->percent ? limit->worse_by / 100 * fabs(today + base) : limit->worse_by;
    return tdo_shifted_gain(of, y, moved) >= tdo_shifted_gain(of, today, base) - by;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Judges candidate i by n numbers: what the reading is in each; where the limit is relative, 1 or 0
 * for whether it holds. Sorts y. */
static void count(judging *g, size_t i, double *y, size_t n)
{
    const tdo_constraint *limit = limit_of(g);
    size_t low = 0, high = 0, enough = 1; /* so many reach the level */
    for (size_t t = 0; t < n; t++) {
        low += limit->relative ? y[t] > 0
                               : !(limit->condition.has_min && y[t] < limit->condition.min);
        high += limit->relative || !(limit->condition.has_max && y[t] > limit->condition.max);
    }
    g->d.holds[i] = (double)(low < high ? low : high) / (double)n;
    if (limit->relative || g->x->n > MOST_BOUNDS || limit->shown <= 0)
        return;
    while ((double)enough / (double)n < g->d.level)
        enough++;
    qsort(y, n, sizeof *y, by_value);
    g->d.shown_min[i] = y[n - enough];
    g->d.shown_max[i] = y[enough - 1];
}

static tdo_status judge_draws(judging *g)
{
    const tdo_measured *x = g->x;
    const tdo_constraint *limit = limit_of(g);
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
static tdo_status judge_some(judging *g, const uint32_t *at, size_t n, const bool *drawn, double *y)
{
    const tdo_measured *x = g->x;
    const bool relative = limit_of(g)->relative;
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
            double reading = reading_of(g, at[q], &rest), moved = noise_shift(&room, g->r, q);
            y[q * TDO_ROBUST_LIMITS + k] =
                relative ? keeps_up(g, reading, moved, reading_of(g, x->incumbent, &rest), base)
                         : reading + moved;
        }
    }
    for (size_t q = 0; q < n && status == TDO_OK; q++)
        count(g, at[q], y + q * TDO_ROBUST_LIMITS, TDO_ROBUST_LIMITS);
    tdo_arena_free(own);
    return status;
}

/* All for whom there was no closed form. */
static tdo_status judge_samples(judging *g)
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

/* ---- one limit ---- */

/* Errors that are not normal. */
static tdo_status judge_others(judging *g)
{
    const tdo_constraint *limit = limit_of(g);
    const tdo_measured *x = g->x;
    const size_t parts =
        limit->relative ? 1 : (size_t)limit->condition.has_min + limit->condition.has_max;
    g->closed = tdo_alloc(g->a, x->n, sizeof *g->closed);
    if (!g->closed)
        return TDO_E_MEMORY;
    if (!limit->relative && !is_drawn(g))
        judge_closed(g);
    tdo_status status = is_drawn(g) ? judge_draws(g) : judge_samples(g);
    for (size_t i = 0; i < x->n && status == TDO_OK; i++) {
        double rest = 0;
        if (x->matches[g->j] && !x->matches[g->j][i])
            g->d.holds[i] = 0;
        if (limit->relative && i == x->incumbent)
            g->d.holds[i] = 1;
        if (x->dropped[i] || isnan(reading_of(g, i, &rest)))
            g->d.holds[i] = NAN;
        g->d.status[i] = tdo_shown_status(g->d.holds[i], parts, g->d.level);
    }
    return status;
}

/* The level of each candidate: where it is one for all together, that all N of those who were
 * measured reach theirs has it. */
static double level_of(const tdo_scenario *s, const tdo_measured *x, size_t j)
{
    const tdo_constraint *limit = &s->constraints[j];
    size_t n = x->measured_n;
    for (size_t i = 0; i < x->n && !x->measured_n; i++)
        n += !x->dropped[i];
    if (!(limit->shown > 0))
        return s->sampling.level;
    return limit->shown_over_all && n > 0 ? real_exp(real_log(limit->shown) / (double)n)
                                          : limit->shown;
}

/* A limit that asks to be shown where nothing can be: said once for the limit. */
static tdo_status warn_of_exact(const judging *g, tdo_warnings *w)
{
    size_t exact = 0, all = 0;
    for (size_t i = 0; i < g->x->n; i++) {
        if (g->x->dropped[i] || (limit_of(g)->relative && i == g->x->incumbent))
            continue;
        all++;
        exact += !is_drawn(g) && noise_se(g->p, g->r, i) <= 0;
    }
    if (exact == 0)
        return TDO_OK;
    return exact == all ? tdo_warn(w, g->a, "W_SHOWN",
                                   "%s asks to be shown, but what it reads has no error: the "
                                   "reading decides",
                                   limit_of(g)->text)
                        : tdo_warn(w, g->a, "W_SHOWN",
                                   "%s asks to be shown, but %zu of %zu candidates have no error "
                                   "there: their readings decide",
                                   limit_of(g)->text, exact, all);
}

/* What limits on each criterion would be judged by, where that is normal. */
static tdo_status list_errors(const tdo_measured *x, const noise_plan *p, tdo_arena *a,
                              tdo_limit_doubts *out)
{
    const double **se = tdo_alloc(a, x->d, sizeof *se);
    tdo_status status = se ? TDO_OK : TDO_E_MEMORY;
    for (size_t c = 0; c < x->d && status == TDO_OK; c++) {
        if (p->criterion[c].n == 0 || !noise_is_normal(p, &p->criterion[c]))
            continue;
        double *of = tdo_alloc(a, x->n, sizeof *of);
        for (size_t i = 0; of && i < x->n; i++)
            of[i] = noise_se(p, &p->criterion[c], i);
        se[c] = of;
        status = of ? TDO_OK : TDO_E_MEMORY;
    }
    out->se = se;
    return status;
}

tdo_status tdo_doubt_limits(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                            tdo_limit_doubts *out, tdo_warnings *w)
{
    noise_plan p;
    tdo_limit_doubt *of = tdo_alloc(a, x->m, sizeof *of);
    tdo_status status = of ? noise_make_plan(s, x, a, &p) : TDO_E_MEMORY;
    *out = (tdo_limit_doubts){.limit = of};
    if (status == TDO_OK)
        status = list_errors(x, &p, a, out);
    if (status == TDO_OK && p.n)
        status = noise_list_shared(x, &p, a, &out->shared);
    for (size_t j = 0; j < x->m && status == TDO_OK; j++) {
        judging g = {.s = s, .x = x, .p = &p, .r = &p.limit[j], .a = a, .j = j};
        bool shown = s->constraints[j].shown > 0;
        if (!shown && p.limit[j].n == 0)
            continue;
        const double *se = standard_errors(&g);
        g.d = (tdo_limit_doubt){.constraint = j, .level = level_of(s, x, j), .se = se};
        status = se ? tdo_doubt_normal(s, x, a, &g.d) : TDO_E_MEMORY;
        if (status == TDO_OK && !is_normal(&g))
            status = noise_factorise(&p, g.r, a);
        if (status == TDO_OK && !is_normal(&g))
            status = judge_others(&g);
        if (status == TDO_OK && shown)
            status = warn_of_exact(&g, w);
        of[out->n++] = g.d;
    }
    return status;
}
