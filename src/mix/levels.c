/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each rule looks at, as levels that shares average; and who can matter for them. */
#include "mix/mix.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

static const double AUGMENT = 0.001; /* as for single candidates (rules.c) */

tdo_status tdo_mix_rule_of(const tdo_scenario *s, tdo_mix_rule *out, tdo_error *err)
{
    const tdo_place *at = &s->rule_place;
    *out = s->mix.rule != TDO_MIX_AS_HEADLINE ? s->mix.rule : tdo_rule_about[s->rule]->split;
    if (*out != TDO_MIX_AS_HEADLINE)
        return TDO_OK;
    if (err && err->status == TDO_OK) {
        (void)tdo_fail_at(err, TDO_E_INPUT, at->file, at->line, at->column,
                          "the rule \"%s\" %s: give \"mix\" a \"rule\" of its own (weighted, "
                          "maximin, leximin, nash, "
                          "kalai-smorodinsky, minimax-regret or chebyshev)",
                          tdo_rule_name[s->rule],
                          tdo_rule_about[s->rule]->counts_places
                              ? "counts places, and shares of a mix have none"
                              : "has no meaning for shares");
        (void)snprintf(err->path, sizeof err->path, "%s", !at->path ? "" : at->path);
    }
    return TDO_E_INPUT;
}

/* ---- levels ---- */

/* Level l is factor * (utility of h - less), its "worst" criteria apart. */
typedef struct shape {
    size_t subject;
    double factor, less;
} shape;

static bool drags(const mix_problem *m, size_t c)
{
    return m->s->criteria[c].mixes_worst;
}

static tdo_status find_worst(mix_problem *m)
{
    m->worst = tdo_alloc(m->a, m->u->d, sizeof *m->worst);
    if (!m->worst)
        return TDO_E_MEMORY;
    m->worst_n = 0;
    for (size_t c = 0; c < m->u->d; c++)
        if (drags(m, c) && m->u->group_weight[c] > 0)
            m->worst[m->worst_n++] = c;
    return TDO_OK;
}

static tdo_status make_room(mix_problem *m, size_t levels)
{
    m->levels = levels;
    m->subject = tdo_alloc(m->a, levels, sizeof *m->subject);
    m->power = tdo_alloc(m->a, levels, sizeof *m->power);
    m->factor = tdo_alloc(m->a, levels, sizeof *m->factor);
    m->less = tdo_alloc(m->a, levels, sizeof *m->less);
    m->level = tdo_alloc(m->a, levels * m->n, sizeof *m->level);
    m->add = tdo_alloc(m->a, levels * m->worst_n, sizeof *m->add);
    return m->subject && m->power && m->factor && m->less && m->level && m->add ? TDO_OK
                                                                                : TDO_E_MEMORY;
}

/* The part of a stakeholder's utility that shares average. */
static void set_level(mix_problem *m, size_t l, const shape *is)
{
    double *level = m->level + l * m->n;
    const double *weight = m->u->weight + is->subject * m->u->d;
    m->subject[l] = is->subject;
    m->factor[l] = is->factor;
    m->less[l] = is->less;
    for (size_t q = 0; q < m->n; q++)
        level[q] = m->utility[is->subject * m->n + q];
    for (size_t k = 0; k < m->worst_n; k++) {
        double w = weight[m->worst[k]];
        m->add[l * m->worst_n + k] = is->factor * w;
        for (size_t q = 0; w > 0 && q < m->n; q++)
            level[q] -= w * m->value[m->worst[k] * m->n + q];
    }
    for (size_t q = 0; q < m->n; q++)
        level[q] = is->factor * mix_flush(level[q] - is->less);
}

/* One level: the sum of all. */
static void set_weighted(mix_problem *m)
{
    for (size_t h = 0; h < m->u->s; h++)
        for (size_t q = 0; q < m->n; q++)
            m->level[q] += m->u->power[h] * m->utility[h * m->n + q];
    for (size_t k = 0; k < m->worst_n; k++) {
        double w = m->u->group_weight[m->worst[k]];
        m->add[k] = w;
        for (size_t q = 0; q < m->n; q++)
            m->level[q] -= w * m->value[m->worst[k] * m->n + q];
    }
    m->subject[0] = TDO_NONE;
    m->factor[0] = 1;
    m->theta = 0;
    m->rho = 1;
}

static void set_chebyshev(mix_problem *m)
{
    size_t k = 0;
    for (size_t c = 0; c < m->u->d; c++) {
        double w = m->u->group_weight[c];
        m->subject[c] = c;
        m->factor[c] = w;
        m->less[c] = 1;
        if (k < m->worst_n && m->worst[k] == c)
            m->add[c * m->worst_n + k++] = w;
        for (size_t q = 0; q < m->n; q++)
            m->level[c * m->n + q] = drags(m, c) && w > 0 ? -w
                                                          : -(w * (1 - m->value[c * m->n + q]));
    }
    m->theta = 1;
    m->rho = AUGMENT;
}

/* ---- what each rule makes of the problem ---- */

static shape of_utility(const mix_problem *m, size_t h)
{
    (void)m;
    return (shape){h, 1, 0};
}

static shape of_gain(const mix_problem *m, size_t h)
{
    return (shape){h, 1, m->u->disagreement[h]};
}

static shape of_hope(const mix_problem *m, size_t h)
{
    double d = m->u->disagreement[h], hope = m->u->best[h] - d;
    return (shape){h, hope > TDO_TIE ? 1 / hope : 0, d};
}

static shape of_regret(const mix_problem *m, size_t h)
{
    return (shape){h, 1, m->u->best[h]};
}

typedef enum level_of { OF_ALL, OF_CRITERIA, OF_STAKEHOLDERS } level_of;

/* A rule is bound by TDO_EACH_MIX_RULE: one that is missing here does not compile. */
typedef struct level_kind {
    level_of scope;
    shape (*shape_of)(const mix_problem *m, size_t h); /* of stakeholders only */
    bool leximin;                                      /* ties of the least level go on */
} level_kind;

static const level_kind weighted = {OF_ALL, NULL, false};
static const level_kind maximin = {OF_STAKEHOLDERS, of_utility, true};
static const level_kind leximin = {OF_STAKEHOLDERS, of_utility, true};
static const level_kind nash = {OF_STAKEHOLDERS, of_gain, false}; /* without gains: leximin */
static const level_kind kalai_smorodinsky = {OF_STAKEHOLDERS, of_hope, true};
static const level_kind minimax_regret = {OF_STAKEHOLDERS, of_regret, true};
static const level_kind chebyshev = {OF_CRITERIA, NULL, false};

static const level_kind *kind_of(const mix_problem *m)
{
    static const level_kind *const kind[TDO_MIX_RULES] = {
#define RULE_LEVELS(NAME, function, name) [TDO_MIX_##NAME] = &(function),
        TDO_EACH_MIX_RULE(RULE_LEVELS)
#undef RULE_LEVELS
    };
    assert(kind[m->rule]); /* tdo_mix_rule_of has resolved the headline */
    return kind[m->rule];
}

static void set_stakeholders(mix_problem *m)
{
    m->rho = 0;
    m->levels = 0;
    for (size_t h = 0; h < m->u->s; h++) {
        shape is = kind_of(m)->shape_of(m, h);
        if (!(m->u->power[h] > 0) || !(is.factor > 0))
            continue; /* nothing to say, or nothing to gain for this one */
        m->power[m->levels] = m->u->power[h];
        set_level(m, m->levels++, &is);
    }
    m->theta = m->levels > 0; /* nobody hopes for anything: every split is worth 0 */
}

tdo_status mix_set_levels(mix_problem *m)
{
    level_of of = kind_of(m)->scope;
    tdo_status status = find_worst(m);
    if (status == TDO_OK)
        status = make_room(m, of == OF_ALL ? 1 : of == OF_CRITERIA ? m->u->d : m->u->s);
    if (status != TDO_OK)
        return status;
    if (of == OF_ALL)
        set_weighted(m);
    else if (of == OF_CRITERIA)
        set_chebyshev(m);
    else
        set_stakeholders(m);
    return TDO_OK;
}

void mix_levels_of(const mix_problem *m, const double *utility, const double *value, double *level)
{
    level_of of = kind_of(m)->scope;
    if (of == OF_ALL) {
        level[0] = 0;
        for (size_t h = 0; h < m->u->s; h++)
            level[0] += m->u->power[h] * utility[h];
        return;
    }
    for (size_t l = 0; l < m->levels; l++) {
        double x = of == OF_CRITERIA ? value[m->subject[l]] : utility[m->subject[l]];
        level[l] = m->factor[l] * mix_flush(x - m->less[l]);
    }
}

bool mix_is_leximin(const mix_problem *m)
{
    return kind_of(m)->leximin || (m->rule == TDO_MIX_NASH && m->no_gain);
}

bool mix_is_product(const mix_problem *m)
{
    return m->rule == TDO_MIX_NASH && !m->no_gain;
}

/* ---- who can matter ---- */

/* Levels, values of criteria that mix "worst", and bounds, all so that more is better. Two sides of
 * one limit are opposite axes: nobody who differs there dominates. */
static void set_axes(const mix_problem *m, size_t q, double *at)
{
    for (size_t l = 0; l < m->levels; l++)
        *at++ = m->level[l * m->n + q];
    for (size_t k = 0; k < m->worst_n; k++)
        *at++ = m->value[m->worst[k] * m->n + q];
    for (size_t k = 0; k < m->bounds; k++)
        *at++ = -m->bound[k].h[q];
}

tdo_status mix_filter(mix_problem *m, bool all)
{
    size_t d = m->levels + m->worst_n + m->bounds, n = 0;
    tdo_front front = {0};
    tdo_status status = TDO_E_MEMORY;
    tdo_arena *scratch = tdo_arena_new();
    uint32_t *enter = tdo_alloc(m->a, m->n, sizeof *enter);
    double *row = !scratch ? NULL : tdo_alloc(scratch, m->n * d, sizeof *row);
    if (!row || !enter)
        goto out;
    for (size_t q = 0; q < m->n; q++)
        if (!m->barred[q]) {
            set_axes(m, q, row + n * d);
            enter[n++] = (uint32_t)q;
        }
    status = TDO_OK;
    if (!all && d > 0) {
        status = tdo_frontier(row, n, d, scratch, &front);
        for (size_t k = 0; k < front.count; k++)
            enter[k] = enter[front.list[k]];
        n = status == TDO_OK ? front.count : n;
    }
    m->enter = enter;
    m->entered = m->effort.entered = n;
out:
    tdo_arena_free(scratch);
    return status;
}
