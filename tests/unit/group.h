/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group decision given by its utilities alone, for tests of the rules. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_GROUP_H
#define TRADEOFF_TESTS_GROUP_H

#include "tradeoff/search.h"

enum { GROUP_F = 64, GROUP_S = 8 };

typedef struct group {
    tdo_arena *a;
    tdo_utility u;
    tdo_valued v;   /* no criteria, unless the test adds them */
    tdo_screened f; /* all are feasible */
    const char *id[GROUP_F];
    tdo_scenario s; /* powers; needs and options of rules, where the test adds them */
    tdo_stakeholder stakeholders[GROUP_S];
    double utility[GROUP_S * GROUP_F], power[GROUP_S], best[GROUP_S], disagreement[GROUP_S];
    uint32_t slot[GROUP_F];
    char name[GROUP_F][8];
} group;

/* utility: [F x S], a row for each candidate (as tables are printed). power: [S], normalised here;
 * NULL: all the same. The disagreement is each one's least utility. Ids are "a", "b", ... */
static inline void group_make(group *g, const double *utility, size_t f, size_t s,
                              const double *power)
{
    double sum = 0;
    *g = (group){.a = tdo_arena_new()};
    assert_non_null(g->a);
    assert_true(f <= GROUP_F && s <= GROUP_S);
    for (size_t h = 0; h < s; h++)
        sum += !power ? 1 : power[h];
    for (size_t h = 0; h < s; h++) {
        g->power[h] = (!power ? 1 : power[h]) / sum;
        g->stakeholders[h].power = !power ? 1 : power[h];
        g->best[h] = g->disagreement[h] = utility[h];
        for (size_t k = 0; k < f; k++) {
            double x = g->utility[h * f + k] = utility[k * s + h];
            g->best[h] = x > g->best[h] ? x : g->best[h];
            g->disagreement[h] = x < g->disagreement[h] ? x : g->disagreement[h];
        }
    }
    for (size_t k = 0; k < f; k++) {
        g->slot[k] = (uint32_t)k;
        g->name[k][0] = (char)(k < 26 ? 'a' + k : 'A' + (k - 26) % 26);
        g->name[k][1] = k < 52 ? '\0' : '2';
        g->id[k] = g->name[k];
    }
    g->s = (tdo_scenario){.stakeholders = g->stakeholders, .n_stakeholders = s};
    g->f = (tdo_screened){.feasible_n = f, .feasible = g->slot, .slot = g->slot};
    g->v = (tdo_valued){.f = f};
    g->u = (tdo_utility){.f = f,
                         .s = s,
                         .power = g->power,
                         .utility = g->utility,
                         .best = g->best,
                         .disagreement = g->disagreement};
}

static inline tdo_rule_result group_apply(group *g, tdo_rule rule)
{
    tdo_rule_result r = {0};
    const double *reading[TDO_MAX_STAKEHOLDERS];
    const tdo_measured x = {.n = g->u.f, .id = g->id, .reading = reading};
    const tdo_case in = {.s = &g->s, .x = &x, .f = &g->f, .v = &g->v, .u = &g->u};
    for (size_t s = 0; s < g->u.s; s++)
        reading[s] = g->utility + s * g->u.f;
    assert_int_equal(tdo_apply_rule(rule, &in, g->a, &r), TDO_OK);
    return r;
}

static inline void group_free(group *g)
{
    tdo_arena_free(g->a);
}

#endif
