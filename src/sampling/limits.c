/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that limits hold: closed forms where there are any, joint draws all, each once,
 * and samples where neither will do. Who may be chosen hangs on it, so that it never hangs on how
 * much is sampled otherwise. */
#include "sampling/limits.h"

#include <math.h>
#include <string.h>

/* Is what the limit compares normal? Not where distances to a target are compared. */
static bool is_normal(const sampling_judging *g)
{
    const tdo_constraint *limit = sampling_limit_of(g);
    bool folded = limit->relative &&
                  g->s->criteria[limit->condition.criterion].goal == TDO_GOAL_TARGET;
    return g->r->n == 0 || (!sampling_is_drawn(g) && !folded && noise_is_normal(g->p, g->r));
}

/* Is it on what is taken of subgroups? */
static bool is_of_cells(const sampling_judging *g)
{
    return g->r->n > 0 && !sampling_is_drawn(g) && !sampling_limit_of(g)->relative &&
           g->p->source[g->r->use[0].source].groups;
}

/* ---- normal errors ---- */

/* No worse than the incumbent by more than is allowed: the bound has an error of its own, which
 * shares a part with the reading's. (With a percentage p the bound is 1 - p or 1 + p times what the
 * incumbent measures.) */
static double relative_se(const sampling_judging *g, size_t i)
{
    const tdo_constraint *limit = sampling_limit_of(g);
    size_t c = limit->condition.criterion, today = g->x->incumbent;
    double share = limit->percent ? limit->worse_by / 100 : 0;
    bool up = (g->x->reading[c][today] > 0) == limit->condition.has_max;
    return noise_sd_between(g->p, g->r, i, today, up ? 1 + share : 1 - share, 0);
}

/* Whether what the limit compares has no error for candidate i, whatever the kind. */
static bool is_exact(const sampling_judging *g, size_t i)
{
    return !sampling_is_drawn(g) && noise_se(g->p, g->r, i) <= 0 &&
           (!sampling_limit_of(g)->relative || noise_se(g->p, g->r, g->x->incumbent) <= 0);
}

/* Is the error of what is compared not known, as items or runs do not differ? */
static bool is_flat(const sampling_judging *g, size_t i)
{
    const size_t today = g->x->incumbent;
    return !sampling_is_drawn(g) &&
           (noise_is_flat(g->p, g->r, i) ||
            (sampling_limit_of(g)->relative && i != today && noise_is_flat(g->p, g->r, today)));
}

/* [n] of what the limit compares; NaN: its error is not normal, or not known. */
static double *standard_errors(const sampling_judging *g)
{
    const bool normal = is_normal(g);
    double *se = tdo_alloc(g->a, g->x->n, sizeof *se);
    for (size_t i = 0; se && i < g->x->n; i++)
        se[i] = is_flat(g, i)                    ? (double)NAN
                : is_exact(g, i)                 ? 0
                : !normal                        ? (double)NAN
                : sampling_limit_of(g)->relative ? relative_se(g, i)
                                                 : noise_se(g->p, g->r, i);
    return se;
}

/* ---- one error of another kind ---- */

/* The items of candidate i that are each 0 or 1, and all the same; 0: they are none such. */
static double same_items(const sampling_judging *g, size_t i)
{
    const noise_use *u = g->r->n == 1 ? &g->r->use[0] : NULL;
    const noise_source *s = u ? &g->p->source[u->source] : NULL;
    const tdo_item_scores *of = s && s->items ? &s->items->of[u->row - s->row] : NULL;
    return of && of->share && !sampling_limit_of(g)->relative && noise_is_flat(g->p, g->r, i)
               ? (double)(of->start[i + 1] - of->start[i])
               : 0;
}

/* P(reading >= min) for sign 1, P(reading <= max) for -1. NaN: no closed form. Of n items that are
 * all 0 or all 1 the share is a Beta, as that of a subgroup is (noise/cells.c). */
static double keeps(const sampling_judging *g, size_t i, double sign, double bound)
{
    const double n = same_items(g, i);
    if (n > 0) {
        double none = 0, yes = sampling_limited_reading(g, i, &none) * n + 0.5, no = n + 1 - yes;
        return sign > 0 ? variate_beta_below(1 - bound, no, yes)
                        : variate_beta_below(bound, yes, no);
    }
    double rest = 0, reading = sampling_limited_reading(g, i, &rest),
           beyond = tdo_beyond(reading, rest, bound);
    return sign > 0 ? noise_above(g->p, g->r, i, -beyond) : noise_below(g->p, g->r, i, -beyond);
}

/* A candidate under bounds that move on one side. */
typedef struct moved_bound {
    const sampling_judging *g;
    size_t i;
    double sign; /* 1: min moves, -1: max */
} moved_bound;

static bool is_shown_at(const void *of, double bound)
{
    const moved_bound *m = of;
    return keeps(m->g, m->i, m->sign, bound) >= m->g->d.level;
}

/* The last bound that is shown, to the last bit. */
static double last_shown(const sampling_judging *g, size_t i, double sign)
{
    const moved_bound m = {g, i, sign};
    double rest = 0;
    return real_last(is_shown_at, &m, sign, sampling_limited_reading(g, i, &rest));
}

static void judge_closed(sampling_judging *g)
{
    const tdo_condition *is = &sampling_limit_of(g)->condition;
    for (size_t i = 0; i < g->x->n; i++) {
        double low = is->has_min ? keeps(g, i, 1, is->min) : 1;
        double high = is->has_max ? keeps(g, i, -1, is->max) : 1;
        g->closed[i] = !isnan(low) && !isnan(high);
        if (!g->closed[i] || g->d.se[i] <= 0) /* exact: judged by now */
            continue;
        g->d.holds[i] = fmin(low, high);
        if (!sampling_wants_bounds(g))
            continue;
        g->d.shown_min[i] = is->has_min ? last_shown(g, i, 1) : NAN;
        g->d.shown_max[i] = is->has_max ? last_shown(g, i, -1) : NAN;
    }
}

/* ---- one limit ---- */

/* Errors that are not normal. */
static tdo_status judge_others(sampling_judging *g)
{
    const tdo_constraint *limit = sampling_limit_of(g);
    const tdo_measured *x = g->x;
    const size_t parts =
        limit->relative ? 1 : (size_t)limit->condition.has_min + limit->condition.has_max;
    g->closed = tdo_alloc(g->a, x->n, sizeof *g->closed);
    if (!g->closed)
        return TDO_E_MEMORY;
    if (!limit->relative && !sampling_is_drawn(g))
        judge_closed(g);
    tdo_status status = sampling_is_drawn(g) ? sampling_judge_draws(g) : sampling_judge_samples(g);
    for (size_t i = 0; i < x->n && status == TDO_OK; i++) {
        double rest = 0;
        if (x->matches[g->j] && !x->matches[g->j][i])
            g->d.holds[i] = 0;
        if (limit->relative && i == x->incumbent)
            g->d.holds[i] = 1;
        if (x->dropped[i] || isnan(sampling_limited_reading(g, i, &rest)))
            g->d.holds[i] = NAN;
        g->d.status[i] = tdo_shown_status(g->d.holds[i], parts, g->d.level);
    }
    return status;
}

/* Those whose items or runs do not differ: shares in closed form; of the others nothing is shown.
 */
static void judge_flat(sampling_judging *g)
{
    const tdo_condition *is = &sampling_limit_of(g)->condition;
    const size_t parts = (size_t)is->has_min + is->has_max;
    for (size_t i = 0; i < g->x->n; i++) {
        const bool itself = sampling_limit_of(g)->relative && i == g->x->incumbent;
        double rest = 0, *holds = &g->d.holds[i];
        if (g->x->dropped[i] || itself || !is_flat(g, i) ||
            isnan(sampling_limited_reading(g, i, &rest)))
            continue;
        const bool share = same_items(g, i) > 0, all = share && sampling_lists_all(g);
        *holds = share ? fmin(is->has_min ? keeps(g, i, 1, is->min) : 1,
                              is->has_max ? keeps(g, i, -1, is->max) : 1)
                       : NAN;
        g->d.shown_min[i] = all && is->has_min ? last_shown(g, i, 1) : NAN;
        g->d.shown_max[i] = all && is->has_max ? last_shown(g, i, -1) : NAN;
        if (g->x->matches[g->j] && !g->x->matches[g->j][i])
            *holds = 0;
        g->d.status[i] = tdo_shown_status(*holds, parts, g->d.level);
        g->d.needs[i] = NAN;
    }
}

/* Are there candidates that some bound may be shown for, and it was not sought? */
static bool is_partial(const sampling_judging *g)
{
    bool some = false;
    for (size_t i = 0; i < g->x->n && !sampling_lists_all(g); i++)
        some |= isnan(g->d.se[i]) && !isnan(g->d.holds[i]);
    return some;
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
static tdo_status warn_of_exact(const sampling_judging *g, tdo_warnings *w)
{
    size_t exact = 0, all = 0;
    for (size_t i = 0; i < g->x->n; i++) {
        if (g->x->dropped[i] || (sampling_limit_of(g)->relative && i == g->x->incumbent))
            continue;
        all++;
        exact += !sampling_is_drawn(g) && noise_se(g->p, g->r, i) <= 0 && !is_flat(g, i);
    }
    if (exact == 0)
        return TDO_OK;
    return exact == all ? tdo_warn(w, g->a, "W_SHOWN",
                                   "%s asks to be shown, but what it reads has no error: the "
                                   "reading decides",
                                   sampling_limit_of(g)->text)
                        : tdo_warn(w, g->a, "W_SHOWN",
                                   "%s asks to be shown, but %zu of %zu candidates have no error "
                                   "there: their readings decide",
                                   sampling_limit_of(g)->text, exact, all);
}

/* "simpler" asks for leads that are not shown, where all are. */
static tdo_status warn_of_exact_leads(const tdo_scenario *s, const tdo_measured *x,
                                      const noise_plan *p, tdo_arena *a, tdo_warnings *w)
{
    bool some = !(s->simpler_shown > 0);
    for (size_t c = 0; c < x->d; c++)
        some |= p->criterion[c].n > 0;
    return some ? TDO_OK
                : tdo_warn(w, a, "W_SHOWN",
                           "\"simpler\" asks whether the better one is shown to be better, but no "
                           "criterion has an error: only those with equal scores are not");
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
    if (status == TDO_OK)
        out->plain = noise_is_plain(s, x, &p);
    if (status == TDO_OK)
        status = warn_of_exact_leads(s, x, &p, a, w);
    for (size_t j = 0; j < x->m && status == TDO_OK; j++) {
        sampling_judging g = {.s = s, .x = x, .p = &p, .r = &p.limit[j], .a = a, .j = j};
        bool shown = s->constraints[j].shown > 0;
        if (!shown && p.limit[j].n == 0)
            continue;
        const double *se = standard_errors(&g);
        g.d = (tdo_limit_doubt){.constraint = j, .level = level_of(s, x, j), .se = se};
        status = se ? tdo_doubt_normal(s, x, a, &g.d) : TDO_E_MEMORY;
        if (status == TDO_OK && !is_normal(&g))
            status = noise_factorise(&p, g.r, a);
        if (status == TDO_OK && !is_normal(&g))
            status = is_of_cells(&g) ? sampling_judge_cells(&g) : judge_others(&g);
        if (status == TDO_OK)
            judge_flat(&g);
        g.d.partial = status == TDO_OK && is_partial(&g);
        if (status == TDO_OK && shown)
            status = warn_of_exact(&g, w);
        of[out->n++] = g.d;
    }
    return status;
}
