/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best single candidate as a bound of a constraint moves. */
#include "base/array.h"
#include "mix/mix.h"

#include "base/sort.h"
#include "rules/rules.h"

#include <math.h>
#include <string.h>

typedef struct stepper {
    mix_problem m; /* the headline rule's levels, without participants */
    const tdo_screened *f;
    double *utility; /* [S] of one candidate */
    double *value;   /* [d] */
    double *level;   /* [levels] */
    double *score;   /* [n loaded] NaN: not worked out yet */
    double *key;     /* [n loaded] */
    uint32_t *order; /* [n loaded] */
    uint64_t *word;  /* [2n] */
} stepper;

/* Values and utilities of candidate i, with the ranges found. */
static void judge(stepper *t, size_t i)
{
    const tdo_measured *x = t->m.x;
    const tdo_utility *u = t->m.u;
    const tdo_valued *v = t->m.v;
    for (size_t c = 0; c < x->d; c++) {
        const tdo_criterion *k = &t->m.s->criteria[c];
        t->value[c] =
            tdo_value_of(k, v->worst[c], v->best[c], tdo_measurement(k, x->reading[c * x->n + i]));
    }
    for (size_t h = 0; h < u->s; h++) {
        t->utility[h] = 0;
        for (size_t c = 0; c < u->d; c++) /* as tdo_utilities adds: the same to the last bit */
            if (u->weight[h * u->d + c] > 0)
                t->utility[h] += u->weight[h * u->d + c] * t->value[c];
    }
}

static double score_of(stepper *t, size_t i)
{
    if (isnan(t->score[i])) {
        judge(t, i);
        mix_levels_of(&t->m, t->utility, t->value, t->level);
        t->score[i] = mix_levels_value(&t->m, t->level);
    }
    return t->score[i];
}

/* Does i keep the rest of constraint j when this side of it moves? */
static bool keeps_rest(const stepper *t, size_t j, double sign, size_t i, double reading)
{
    const tdo_condition *is = &t->m.s->constraints[j].is;
    const tdo_measured *x = t->m.x;
    if (x->matches && x->matches[j] && !x->matches[j][i])
        return false;
    return !(sign > 0 ? is->has_min && reading < is->min : is->has_max && reading > is->max);
}

/* Those who keep all else, and were measured on this one; whom the tightest bound lets in first. */
static size_t sort_by_bound(stepper *t, size_t j, double sign)
{
    const tdo_condition *is = &t->m.s->constraints[j].is;
    const tdo_measured *x = t->m.x;
    const double *reading = is->criterion != TDO_NONE ? x->reading + is->criterion * x->n
                                                      : x->limited[j];
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        bool others = (t->f->broken[i] & ~(UINT64_C(1) << j)) == 0;
        if (x->dropped[i] || !others || isnan(reading[i]) || !keeps_rest(t, j, sign, i, reading[i]))
            continue;
        t->key[i] = sign * reading[i];
        t->order[n++] = (uint32_t)i;
    }
    sort_by_key(t->key, t->order, n, t->word);
    return n;
}

/* The best of order[from, end), who come in together; ties go to the id's bytes. */
static size_t best_of(stepper *t, size_t from, size_t end)
{
    size_t best = t->order[from];
    for (size_t k = from + 1; k < end; k++) {
        size_t i = t->order[k];
        if (rule_above(score_of(t, i), score_of(t, best)) ||
            (!rule_above(score_of(t, best), score_of(t, i)) &&
             strcmp(t->m.x->id[i], t->m.x->id[best]) < 0))
            best = i;
    }
    return best;
}

/* The tightest bound from which on the scores stand: gains under nash count from the incumbent, and
 * without it from somebody else. NAN: there is none. */
static double stands_from(const stepper *t, size_t n)
{
    for (size_t k = 0; t->m.rule == TDO_MIX_NASH && k < n; k++)
        if (t->order[k] == t->m.x->incumbent)
            return t->key[t->order[k]];
    return t->m.rule == TDO_MIX_NASH || n == 0 ? NAN : t->key[t->order[0]];
}

static tdo_status trace(stepper *t, size_t j, bool is_max, tdo_arena *a, tdo_step_curve *out)
{
    const tdo_condition *is = &t->m.s->constraints[j].is;
    double sign = is_max ? 1 : -1;
    size_t n = sort_by_bound(t, j, sign), steps = 0;
    const double from = stands_from(t, n);
    tdo_step *step = NULL;
    for (size_t k = 0, end = 0; k < n && !isnan(from); k = end) {
        double key = fmax(t->key[t->order[k]], from);
        for (end = k + 1; end < n && t->key[t->order[end]] <= key;)
            end++;
        size_t best = best_of(t, k, end);
        if (steps > 0 && !rule_above(score_of(t, best), step[steps - 1].score))
            continue;
        step = array_more(a, step, steps, sizeof *step);
        if (!step)
            return TDO_E_MEMORY;
        step[steps++] = (tdo_step){sign * key + 0.0, score_of(t, best), best};
    }
    *out = (tdo_step_curve){.constraint = j,
                            .is_max = is_max,
                            .bound = is_max ? is->max : is->min,
                            .step = step,
                            .steps = steps};
    return TDO_OK;
}

static tdo_status start(stepper *t)
{
    tdo_status status = mix_set_levels(&t->m);
    tdo_arena *a = t->m.a;
    size_t n = t->m.x->n;
    t->utility = tdo_alloc(a, t->m.u->s, sizeof *t->utility);
    t->value = tdo_alloc(a, t->m.x->d, sizeof *t->value);
    t->level = tdo_alloc(a, t->m.levels, sizeof *t->level);
    t->score = tdo_alloc(a, n, sizeof *t->score);
    t->key = tdo_alloc(a, n, sizeof *t->key);
    t->order = tdo_alloc(a, n, sizeof *t->order);
    t->word = tdo_alloc(a, n, 2 * sizeof *t->word);
    if (!t->utility || !t->value || !t->level || !t->score || !t->key || !t->order || !t->word)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        t->score[i] = NAN;
    return status;
}

/* Is there a bound at all that could move? */
static bool has_bounds(const tdo_scenario *s)
{
    bool some = false;
    for (size_t j = 0; j < s->n_constraints; j++)
        some |= s->constraints[j].is.has_min || s->constraints[j].is.has_max;
    return some;
}

/* Where a score depends on who else is feasible, whoever comes in changes that of all others: the
 * curve would be of other scores than a run gives, and is left out. */
static bool scores_stand(const stepper *t)
{
    return t->m.rule != TDO_MIX_KALAI_SMORODINSKY && t->m.rule != TDO_MIX_MINIMAX_REGRET &&
           (t->m.rule != TDO_MIX_NASH || t->m.u->from_incumbent);
}

tdo_status tdo_step_curves(const tdo_case *k, tdo_arena *a, const tdo_step_curve **out,
                           size_t *n_out)
{
    const tdo_scenario *s = k->s;
    tdo_scenario headline = *s;
    stepper t = {.m = {.s = s, .x = k->x, .v = k->v, .u = k->u, .strict = true}, .f = k->f};
    headline.mix.rule = TDO_MIX_AS_HEADLINE;
    *out = NULL;
    *n_out = 0;
    if (k->f->feasible_n == 0 || !has_bounds(s) ||
        tdo_mix_rule_of(&headline, &t.m.rule, NULL) != TDO_OK || !scores_stand(&t))
        return TDO_OK;
    tdo_step_curve *curve = tdo_alloc(a, 2 * s->n_constraints, sizeof *curve);
    t.m.a = tdo_arena_new();
    tdo_status status = curve && t.m.a ? start(&t) : TDO_E_MEMORY;
    for (size_t b = 0; b < 2 * s->n_constraints && status == TDO_OK; b++) {
        const tdo_condition *is = &s->constraints[b / 2].is;
        bool is_max = b % 2 == 1;
        if (is_max ? is->has_max : is->has_min)
            status = trace(&t, b / 2, is_max, a, &curve[(*n_out)++]);
    }
    *out = curve;
    tdo_arena_free(t.m.a);
    return status;
}
