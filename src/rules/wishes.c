/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules that need more than utilities: the needs of the stakeholders, or what the object
 * of the rule says. Yager 1988 for the ordered weighted average. */
#include "rules/rules.h"

#include <assert.h>
#include <string.h>

/* ---- needs-first ---- */

static bool is_content(const rule_job *j, const tdo_stakeholder *h, uint32_t k)
{
    const tdo_measured *x = j->in->x;
    for (size_t q = 0; q < h->n_needs; q++) {
        const double miss = tdo_need_miss(&h->needs[q], x, j->in->f->feasible[k]);
        if (miss < 0 || miss > 0)
            return false;
    }
    return true;
}

static void score_content(const rule_job *j, const model_block *b, double *score)
{
    for (size_t s = 0; s < j->u->s; s++)
        for (size_t q = 0; q < b->n; q++)
            if (is_content(j, &j->in->s->stakeholders[s], model_slot_in(b, q)))
                score[q] += j->u->power[s];
}

/* Level 0 is the score. */
static double point_at(const void *user, size_t level, uint32_t k)
{
    const rule_job *j = user;
    double sum = 0;
    (void)level;
    for (size_t s = 0; s < j->u->s; s++)
        sum += j->u->power[s] * tdo_utility_at(j->u, s, k);
    return sum;
}

static size_t put_points(const rule_job *j, double *level)
{
    for (size_t k = 0; level && k < j->u->f; k++) /* the first row is not looked at */
        level[j->u->f + k] = point_at(j, 1, (uint32_t)k);
    return 2;
}

const rule_form rule_needs_first = {
    .score = score_content, .levels = put_points, .level_at = point_at, .ranks = true};

/* ---- owa ---- */

/* weight: [n] the worst-off first, sum 1. */
static void set_owa_weights(const tdo_rule_options *o, size_t n, double *weight)
{
    assert(n >= 1 && (!o->n_owa_weights || o->n_owa_weights == n));
    double sum = 0;
    for (size_t q = 0; q < n; q++)
        sum += weight[q] = o->n_owa_weights ? o->owa_weights[q] : (double)(n - q);
    for (size_t q = 0; q < n; q++)
        weight[q] /= sum;
}

static void score_owa(const rule_job *j, const model_block *b, double *score)
{
    double weight[TDO_MAX_STAKEHOLDERS], *level = j->bench->level;
    size_t n = 0;
    for (size_t s = 0; s < j->u->s; s++)
        if (rule_hears(j->u, s))
            memcpy(level + n++ * b->n, model_utilities_in(b, s), b->n * sizeof *level);
    set_owa_weights(&j->in->s->rule_options, n, weight);
    rule_sort_levels(level, n, b->n);
    for (size_t q = 0; q < n; q++)
        for (size_t k = 0; k < b->n; k++)
            score[k] += weight[q] * level[q * b->n + k];
}

const rule_form rule_owa = {.score = score_owa};

/* ---- priorities ---- */

typedef struct stages {
    double *until; /* [F] the stage in which it was dropped; the number of stages: in none */
    double *sum;   /* [F] of the stage at hand */
    bool asked[TDO_MAX_STAKEHOLDERS]; /* in the stage at hand */
} stages;

/* The mean utility of a stage's group, each with its power. False: nobody in it has any. */
static bool ask_group(const rule_job *j, size_t stage, stages *y)
{
    const size_t *of = j->in->s->rule_options.stage;
    double power = 0;
    for (size_t s = 0; s < j->u->s; s++) {
        y->asked[s] = of[s] == stage && rule_hears(j->u, s);
        power += y->asked[s] ? j->u->power[s] : 0;
    }
    if (!(power > 0))
        return false;
    memset(y->sum, 0, j->u->f * sizeof *y->sum);
    for (size_t from = 0; from < j->u->f; from += MODEL_BLOCK) {
        const model_block b = rule_block_at(j->bench, j->in, from);
        rule_add_weighted(j, &b, y->asked, y->sum + from);
    }
    for (size_t k = 0; k < j->u->f; k++)
        y->sum[k] /= power;
    return true;
}

/* Drops whoever is not within slack of the best that is left; all who were left get their score. */
static void drop(const rule_job *j, size_t stage, const stages *y)
{
    const double last = (double)j->in->s->rule_options.n_stages;
    bool any = false;
    double best = 0;
    for (size_t k = 0; k < j->u->f; k++)
        if (!(y->until[k] < last) && (!any || y->sum[k] > best)) {
            best = y->sum[k];
            any = true;
        }
    for (size_t k = 0; k < j->u->f; k++) {
        if (y->until[k] < last)
            continue;
        j->score[k] = y->sum[k];
        if (best - y->sum[k] > j->in->s->rule_options.slack + TDO_TIE)
            y->until[k] = (double)stage;
    }
}

/* Whoever was dropped later is better; of the same stage, the score decides. */
static bool drop_in_stages(rule_job *j)
{
    assert(j->in->s->rule_options.n_stages > 0);
    size_t f = j->u->f, last = j->in->s->rule_options.n_stages;
    double *level = j->bench->level; /* what decides: the stage, then the score */
    stages y = {.until = level, .sum = level + 2 * f};
    for (size_t k = 0; k < f; k++)
        y.until[k] = (double)last;
    for (size_t stage = 0; stage < last; stage++)
        if (ask_group(j, stage, &y))
            drop(j, stage, &y);
    memcpy(level + f, j->score, f * sizeof *level);
    const rule_levels by = {.n = 2, .first = level, .whole = level};
    rule_rank_leximin(&j->bench->room, &by, f, j->rank);
    return true;
}

const rule_form rule_priorities = {.whole = drop_in_stages, .ranks = true};
