/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best single candidate as a bound of a constraint moves. */
#include "search/mix.h"

#include "base/sort.h"
#include "search/rules.h"

#include <math.h>
#include <string.h>

typedef struct stepper {
    tdo_mixing m;      /* all loaded candidates that were measured, under the headline rule */
    const tdo_screened *f;
    double *level;     /* [levels] */
    double *score;     /* [n]; NaN: not worked out yet */
    double *key;       /* [n] */
    uint32_t *order;   /* [n] */
    uint64_t *word;    /* [2n] */
} stepper;

static double score_of(stepper *t, size_t q)
{
    if (isnan(t->score[q])) {
        tdo_single_levels(&t->m, q, t->level);
        t->score[q] = tdo_levels_value(&t->m, t->level);
    }
    return t->score[q];
}

/* Those who keep all other constraints, and were measured on this one; the tightest bound that lets
 * them in first. */
static size_t sort_by_bound(stepper *t, size_t j, double sign)
{
    const tdo_condition *is = &t->m.s->constraints[j].is;
    const tdo_measured *x = t->m.x;
    const double *reading =
        is->criterion != TDO_NONE ? x->reading + is->criterion * x->n : x->limited[j];
    size_t n = 0;

    for (size_t q = 0; q < t->m.n; q++) {
        size_t i = t->m.candidate[q];
        double y = reading[i];
        /* the constraint's other side and its words stay */
        bool stays = !(x->matches && x->matches[j] && !x->matches[j][i]) &&
                     !(sign > 0 ? is->has_min && y < is->min : is->has_max && y > is->max);
        bool others = (t->f->broken[i] & ~(UINT64_C(1) << j)) == 0;
        t->key[q] = isnan(y) ? 0 : sign * y;
        if (others && stays && !isnan(y))
            t->order[n++] = (uint32_t)q;
    }
    tdo_sort_by_key(t->key, t->order, n, t->word);
    return n;
}

static tdo_status trace(stepper *t, size_t j, bool is_max, tdo_arena *a, tdo_step_curve *out)
{
    const tdo_condition *is = &t->m.s->constraints[j].is;
    double sign = is_max ? 1 : -1;
    size_t n = sort_by_bound(t, j, sign), steps = 0, best = SIZE_MAX;
    tdo_step *step = tdo_alloc(a, n, sizeof *step);

    if (step == NULL)
        return TDO_E_MEMORY;
    for (size_t k = 0, end = 0; k < n; k = end) { /* those with the same reading come in together */
        size_t before = best;
        for (end = k; end < n && t->key[t->order[end]] <= t->key[t->order[k]]; end++) {
            size_t q = t->order[end];
            bool tied = best != SIZE_MAX && best != before &&
                        !tdo_above(score_of(t, best), score_of(t, q)) &&
                        strcmp(t->m.x->id[t->m.candidate[q]], t->m.x->id[t->m.candidate[best]]) < 0;
            if (best == SIZE_MAX || tdo_above(score_of(t, q), score_of(t, best)) || tied)
                best = q;
        }
        if (best != before)
            step[steps++] = (tdo_step){.bound = sign * t->key[t->order[k]] + 0.0,
                                       .score = score_of(t, best),
                                       .candidate = t->m.candidate[best]};
    }
    *out = (tdo_step_curve){.constraint = j,
                            .is_max = is_max,
                            .bound = is_max ? is->max : is->min,
                            .step = step,
                            .steps = steps};
    return TDO_OK;
}

/* Everybody who was measured, with the ranges that the feasible ones gave. */
static tdo_status start(stepper *t, const tdo_scenario *s, const tdo_measured *x,
                        const tdo_screened *f, const tdo_valued *v, const tdo_utility *u,
                        tdo_arena *a)
{
    tdo_screened everybody = *f;
    tdo_scenario plain = *s;
    uint64_t *nothing = tdo_alloc(a, x->n, sizeof *nothing);

    if (nothing == NULL)
        return TDO_E_MEMORY;
    everybody.broken = nothing;
    plain.mix = (tdo_mix_options){.infeasible_may_mix = true};
    plain.n_constraints = 0;
    tdo_status status = tdo_mixing_start(&plain, x, &everybody, v, u, a, &t->m);
    t->m.s = s;
    t->f = f;
    if (status != TDO_OK)
        return status;
    t->m.strict = true;
    status = tdo_mixing_set_levels(&t->m);
    t->level = tdo_alloc(a, t->m.levels, sizeof *t->level);
    t->score = tdo_alloc(a, t->m.n, sizeof *t->score);
    t->key = tdo_alloc(a, t->m.n, sizeof *t->key);
    t->order = tdo_alloc(a, t->m.n, sizeof *t->order);
    t->word = tdo_alloc(a, t->m.n, 2 * sizeof *t->word);
    if (!t->level || !t->score || !t->key || !t->order || !t->word)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < t->m.n; q++)
        t->score[q] = NAN;
    return status;
}

tdo_status tdo_step_curves(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f,
                           const tdo_valued *v, const tdo_utility *u, tdo_arena *a,
                           const tdo_step_curve **out, size_t *n_out)
{
    tdo_scenario headline = *s;
    tdo_mix_rule rule = TDO_MIX_AS_HEADLINE;
    stepper t = {.f = f};
    tdo_arena *room = NULL;

    headline.mix.rule = TDO_MIX_AS_HEADLINE;
    *out = NULL;
    *n_out = 0;
    if (f->feasible_n == 0 || tdo_mix_rule_of(&headline, &rule, NULL) != TDO_OK)
        return TDO_OK;
    tdo_step_curve *curve = tdo_alloc(a, 2 * s->n_constraints, sizeof *curve);
    room = tdo_arena_new();
    tdo_status status = curve && room ? start(&t, s, x, f, v, u, room) : TDO_E_MEMORY;
    for (size_t k = 0; k < 2 * s->n_constraints && status == TDO_OK; k++) {
        const tdo_condition *is = &s->constraints[k / 2].is;
        bool is_max = k % 2 == 1;
        if (is_max ? is->has_max : is->has_min)
            status = trace(&t, k / 2, is_max, a, &curve[(*n_out)++]);
    }
    *out = curve;
    tdo_arena_free(room);
    return status;
}
