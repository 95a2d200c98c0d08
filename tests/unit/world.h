/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole decision from a matrix of readings: measured, screened, valued, frontier, utility and
 * ranking, through the library. For tests; include after cmocka.h. */
#ifndef TRADEOFF_TESTS_WORLD_H
#define TRADEOFF_TESTS_WORLD_H

#include "tradeoff/search.h"

enum { WORLD_N = 80, WORLD_D = 8, WORLD_S = 8 };

typedef struct world {
    size_t n, d, s_n;
    double reading[WORLD_N * WORLD_D]; /* [n x d] a row for each candidate */
    double weight[WORLD_S * WORLD_D];  /* [s_n x d] as written */
    tdo_criterion criteria[WORLD_D];
    tdo_term term[WORLD_D]; /* each criterion is a column of its own */
    tdo_stakeholder stakeholders[WORLD_S];
    char id[WORLD_N][16];
    size_t incumbent; /* or TDO_NONE */
    tdo_scenario s;

    tdo_arena *a;
    tdo_measured x;
    tdo_screened f;
    tdo_valued v;
    tdo_front front;
    tdo_utility u;
    tdo_ranking r;
} world;

/* Everything is "max", powers are 1 and weights equal until the test says otherwise. */
static inline void world_start(world *w, size_t n, size_t d, size_t s_n)
{
    *w = (world){.n = n, .d = d, .s_n = s_n, .incumbent = TDO_NONE};
    assert_true(n <= WORLD_N && d <= WORLD_D && s_n <= WORLD_S);
    for (size_t i = 0; i < n; i++) { /* c00, c01, ... */
        w->id[i][0] = 'c';
        w->id[i][1] = (char)('0' + i / 10);
        w->id[i][2] = (char)('0' + i % 10);
    }
    for (size_t c = 0; c < d; c++)
        w->criteria[c] = (tdo_criterion){.id = "criterion", .label = "criterion", .unit = ""};
    for (size_t k = 0; k < s_n * d; k++)
        w->weight[k] = 1;
    for (size_t h = 0; h < s_n; h++)
        w->stakeholders[h] = (tdo_stakeholder){.id = "one", .label = "one", .power = 1};
    w->s = (tdo_scenario){.file = "scenario.json", .simpler = TDO_NONE, .rule = TDO_RULE_WEIGHTED};
}

/* What there is of it so far. */
static inline tdo_case world_case(const world *w)
{
    return (tdo_case){
        .s = &w->s, .x = &w->x, .f = &w->f, .v = &w->v, .front = &w->front, .u = &w->u, .r = &w->r};
}

/* [n x d] in the world's arena. */
static inline const double *world_gains(const world *w)
{
    const tdo_case k = world_case(w);
    double *gain = NULL;
    assert_int_equal(tdo_gains(&k, NULL, w->n, w->a, &gain), TDO_OK);
    return gain;
}

/* Everything from the readings on. The status is that of tdo_rank_all. */
static inline tdo_status world_run(world *w, tdo_error *err)
{
    tdo_warnings warnings = {0};
    w->a = tdo_arena_new();
    assert_non_null(w->a);
    w->s.criteria = w->criteria;
    w->s.n_criteria = w->d;
    w->s.stakeholders = w->stakeholders;
    w->s.n_stakeholders = w->s_n;
    for (size_t h = 0; h < w->s_n; h++)
        w->stakeholders[h].weights = w->weight + h * w->d;
    const char **id = tdo_alloc(w->a, w->n, sizeof *id);
    double *reading = tdo_alloc(w->a, w->n * w->d, sizeof *reading);
    bool *dropped = tdo_alloc(w->a, w->n, sizeof *dropped);
    const double *const **cell = tdo_alloc(w->a, w->d, sizeof *cell);
    const double **column = tdo_alloc(w->a, w->d, sizeof *column);
    const double **of = tdo_alloc(w->a, w->d, sizeof *of);
    assert_true(id && reading && dropped && cell && column && of);
    for (size_t c = 0; c < w->d; c++) {
        static const char *const name[WORLD_D] = {"a", "b", "c", "d", "e", "f", "g", "h"};
        w->term[c] = (tdo_term){.column = name[c], .coefficient = 1};
        w->criteria[c].terms = &w->term[c];
        w->criteria[c].n_terms = 1;
        of[c] = reading + c * w->n;
        column[c] = w->criteria[c].levels ? NULL : of[c];
        cell[c] = &column[c];
    }
    for (size_t i = 0; i < w->n; i++) {
        id[i] = w->id[i];
        for (size_t c = 0; c < w->d; c++)
            reading[c * w->n + i] = w->reading[i * w->d + c];
    }
    w->x = (tdo_measured){.n = w->n,
                          .d = w->d,
                          .rows = w->n,
                          .id = id,
                          .reading = of,
                          .dropped = dropped,
                          .incumbent = w->incumbent,
                          .cell = cell};
    assert_int_equal(tdo_screen(&w->s, &w->x, NULL, w->a, &w->f), TDO_OK);
    assert_int_equal(tdo_value(&w->s, &w->x, &w->f, w->a, &w->v, &warnings), TDO_OK);
    const tdo_case k = world_case(w);
    assert_int_equal(tdo_utilities(&k, w->a, &w->u, &warnings), TDO_OK);
    assert_int_equal(tdo_find_frontier(&k, 1, w->a, &w->front), TDO_OK);
    return tdo_rank_all(&k, NULL, w->a, &w->r, err);
}

static inline void world_end(world *w)
{
    tdo_arena_free(w->a);
    w->a = NULL;
}

#endif
