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

static double point_at(const void *user, size_t level, uint32_t k)
{
    const rule_job *j = user;
    double sum = 0;
    for (size_t s = 0; s < j->u->s && level > 0; s++)
        sum += j->u->power[s] * rule_utility_of(j, s)[k];
    return level > 0 ? sum : j->score[k];
}

void rule_needs_first(rule_job *j)
{
    size_t f = j->u->f;
    double *level = j->bench->level;
    const bool whole = j->bench->whole;
    const rule_levels by = {.n = 2,
                            .first = j->score,
                            .whole = whole ? level : NULL,
                            .at = point_at,
                            .user = j,
                            .key = whole ? NULL : level};
    for (size_t s = 0; s < j->u->s; s++)
        for (uint32_t k = 0; k < f; k++)
            if (is_content(j, &j->in->s->stakeholders[s], k))
                j->score[k] += j->u->power[s];
    if (whole) {
        memset(level + f, 0, f * sizeof *level);
        rule_add_weighted(j, NULL, level + f); /* the first row is not looked at */
    }
    rule_rank_leximin(&j->bench->room, &by, f, j->rank);
    j->set = RULE_RANK;
}

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

void rule_owa(rule_job *j)
{
    double weight[TDO_MAX_STAKEHOLDERS], *level = j->bench->level;
    size_t n = 0;
    for (size_t s = 0; s < j->u->s; s++)
        n += rule_hears(j->u, s);
    set_owa_weights(&j->in->s->rule_options, n, weight);
    for (size_t from = 0, f = 0; from < j->u->f; from += f) {
        size_t row = 0;
        f = rule_block_at(j, from);
        for (size_t s = 0; s < j->u->s; s++)
            if (rule_hears(j->u, s))
                memcpy(level + row++ * f, rule_utility_of(j, s) + from, f * sizeof *level);
        rule_sort_levels(level, n, f);
        for (size_t q = 0; q < n; q++)
            for (size_t k = 0; k < f; k++)
                j->score[from + k] += weight[q] * level[q * f + k];
    }
}

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
    rule_add_weighted(j, y->asked, y->sum);
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
void rule_priorities(rule_job *j)
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
    j->set = RULE_RANK;
}
