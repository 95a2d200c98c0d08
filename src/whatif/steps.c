/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best single candidate as a bound of a constraint moves: what a run with that bound answers.
 * Under most rules a score hangs on nobody else, and whoever comes in is compared with the best so
 * far; where the two tie, and under the other rules for each bound that lets somebody in, the
 * stages are run anew. */
#include "tradeoff/whatif.h"

#include "whatif/whatif.h"

#include "base/array.h"
#include "base/sort.h"
#include "mix/mix.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

/* Looks at a candidate that running anew may cost, for all bounds together. */
#define STEPS_ANEW 2e7

typedef struct stepper {
    const tdo_case *k;
    mix_problem m;   /* the headline rule's levels, without participants */
    double *utility; /* [S] of one candidate */
    double *value;   /* [d] */
    double *level;   /* [levels] */
    double *score;   /* [n loaded] NaN: not worked out yet */
    double *key;     /* [n loaded] */
    uint32_t *order; /* [n loaded] */
    uint64_t *word;  /* [2n] */
    bool anew;       /* for each bound */
    double left;     /* of STEPS_ANEW */
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
            tdo_value_of(k, v->worst[c], v->best[c], tdo_measurement(k, x->reading[c][i]));
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

/* The bound that lets candidate i in under this side of constraint j, while it keeps the other
 * side; NaN: none does, or it is not known. */
static double bound_for(const stepper *t, size_t j, double sign, size_t i)
{
    const tdo_condition *is = &t->m.s->constraints[j].condition;
    const tdo_measured *x = t->m.x;
    const tdo_limit_doubt *judge = tdo_judge_of(t->m.s, t->k->f->doubts, j);
    const bool on_criterion = is->criterion != TDO_NONE;
    const double *rests = !on_criterion && x->limited_rest ? x->limited_rest[j] : NULL;
    double y = on_criterion ? x->reading[is->criterion][i] : x->limited[j][i];
    double rest = on_criterion ? tdo_rest(x, is->criterion, i) : rests ? rests[i] : 0;
    if (x->matches && x->matches[j] && !x->matches[j][i])
        return NAN;
    double low = judge ? judge->shown_min[i] : y, high = judge ? judge->shown_max[i] : y;
    if (sign > 0 ? is->has_min && !(is->min <= low) : is->has_max && !(is->max >= high))
        return NAN;
    double to = sign > 0 ? high : low;
    /* where the bound as rounded would not let it in */
    return !judge && sign * rest > 0 ? nextafter(to, sign * INFINITY) : to;
}

/* Those who keep all else, and were measured on this one; whom the tightest bound lets in first. */
static size_t sort_by_bound(stepper *t, size_t j, double sign)
{
    const tdo_measured *x = t->m.x;
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        bool others = (t->k->f->broken[i] & ~(UINT64_C(1) << j)) == 0;
        double bound = x->dropped[i] || !others ? NAN : bound_for(t, j, sign, i);
        if (isnan(bound))
            continue;
        t->key[i] = sign * bound;
        t->order[n++] = (uint32_t)i;
    }
    sort_by_key(t->key, t->order, n, t->word);
    return n;
}

/* The best of order[from, end), who come in together, and of the one who was first before
 * (TDO_NONE: nobody). *tied: another one has that score, too. */
static size_t best_of(stepper *t, size_t from, size_t end, size_t before, bool *tied)
{
    size_t best = before == TDO_NONE ? t->order[from] : before;
    *tied = false;
    for (size_t k = from; k < end; k++) {
        const size_t i = t->order[k];
        if (rule_above(score_of(t, i), score_of(t, best)))
            best = i;
    }
    for (size_t k = from; k < end && !*tied; k++)
        *tied = t->order[k] != best && !rule_above(score_of(t, best), score_of(t, t->order[k]));
    return best;
}

/* Who is first in a run of the edited scenario; at most n are feasible. *left_out: too much work */
static tdo_status run_anew(stepper *t, const tdo_scenario *edited, size_t n, tdo_step *now,
                           bool *left_out)
{
    whatif_answer answer = {.top = TDO_NONE};
    *left_out = (t->left -= whatif_cost(t->m.s, t->m.x->n, n)) < 0;
    const tdo_status status =
        *left_out ? TDO_OK : whatif_run(edited, t->m.x, t->k->f->doubts, TDO_NONE, &answer);
    now->candidate = answer.top;
    now->score = answer.score;
    now->level = answer.level;
    return status;
}

static tdo_status trace(stepper *t, size_t j, bool is_max, tdo_arena *a, tdo_step_curve *out)
{
    tdo_scenario edited = *t->m.s;
    tdo_constraint *limit = tdo_alloc(t->m.a, edited.n_constraints, sizeof *limit);
    const tdo_limit_doubt *judge = tdo_judge_of(t->m.s, t->k->f->doubts, j);
    const double sign = is_max ? 1 : -1;
    const size_t n = sort_by_bound(t, j, sign);
    tdo_step *step = NULL, last = {.candidate = TDO_NONE};
    size_t steps = 0;
    if (!limit)
        return TDO_E_MEMORY;
    memcpy(limit, edited.constraints, edited.n_constraints * sizeof *limit);
    edited.constraints = limit;
    *out = (tdo_step_curve){
        .constraint = j,
        .is_max = is_max,
        .bound = is_max ? limit[j].condition.max : limit[j].condition.min,
        .left_out = (judge && judge->partial) ||
                    (t->anew && t->left < (double)n * whatif_cost(t->m.s, t->m.x->n, n))};
    for (size_t k = 0, end = 0; k < n && !out->left_out; k = end) {
        tdo_step now = {.bound = sign * t->key[t->order[k]] + 0.0};
        tdo_status status = TDO_OK;
        bool tied = t->anew;
        for (end = k + 1; end < n && t->key[t->order[end]] <= t->key[t->order[k]];)
            end++;
        *(is_max ? &limit[j].condition.max : &limit[j].condition.min) = now.bound;
        if (!t->anew) {
            now.candidate = best_of(t, k, end, last.candidate, &tied);
            now.score = score_of(t, now.candidate);
        }
        if (tied)
            status = run_anew(t, &edited, n, &now, &out->left_out);
        if (status == TDO_OK && (out->left_out || (now.candidate == last.candidate &&
                                                   fabs(now.score - last.score) <= TDO_TIE)))
            continue;
        last = now;
        step = status == TDO_OK ? array_more(a, step, steps, sizeof *step) : NULL;
        if (!step)
            return status == TDO_OK ? TDO_E_MEMORY : status;
        step[steps++] = now;
    }
    out->step = step;
    out->steps = out->left_out ? 0 : steps;
    return TDO_OK;
}

static tdo_status start(stepper *t)
{
    tdo_status status = t->anew ? TDO_OK : mix_set_levels(&t->m); /* anew: no levels are asked */
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
        some |= s->constraints[j].condition.has_min || s->constraints[j].condition.has_max;
    return some;
}

/* Does a score hang on who else is feasible? */
static bool hangs_on_others(tdo_rule rule, tdo_mix_rule split)
{
    return tdo_rule_about[rule]->split == TDO_MIX_AS_HEADLINE || split == TDO_MIX_NASH ||
           split == TDO_MIX_KALAI_SMORODINSKY || split == TDO_MIX_MINIMAX_REGRET;
}

tdo_status tdo_step_curves(const tdo_case *k, tdo_arena *a, const tdo_step_curve **out,
                           size_t *n_out)
{
    const tdo_scenario *s = k->s;
    tdo_scenario headline = *s;
    stepper t = {
        .k = k, .m = {.s = s, .x = k->x, .v = k->v, .u = k->u, .strict = true}, .left = STEPS_ANEW};
    headline.mix.rule = TDO_MIX_AS_HEADLINE;
    *out = NULL;
    *n_out = 0;
    if (k->f->feasible_n == 0 || !has_bounds(s))
        return TDO_OK;
    t.anew = tdo_mix_rule_of(&headline, &t.m.rule, NULL) != TDO_OK ||
             hangs_on_others(s->rule, t.m.rule);
    tdo_step_curve *curve = tdo_alloc(a, 2 * s->n_constraints, sizeof *curve);
    t.m.a = tdo_arena_new();
    tdo_status status = curve && t.m.a ? start(&t) : TDO_E_MEMORY;
    for (size_t b = 0; b < 2 * s->n_constraints && status == TDO_OK; b++) {
        const tdo_condition *is = &s->constraints[b / 2].condition;
        bool is_max = b % 2 == 1;
        if (s->constraints[b / 2].relative)
            continue; /* both sides move with what is allowed, and never beyond the incumbent */
        if (is_max ? is->has_max : is->has_min)
            status = trace(&t, b / 2, is_max, a, &curve[(*n_out)++]);
    }
    *out = curve;
    tdo_arena_free(t.m.a);
    return status;
}
