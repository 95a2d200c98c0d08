/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run made by hand, without files: four criteria of all kinds, three stakeholders, three
 * constraints. Everything after the table is computed by the program's own stages. */
#ifndef TRADEOFF_TESTS_MADE_RUN_H
#define TRADEOFF_TESTS_MADE_RUN_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tradeoff/run.h"

typedef struct made_row {
    const char *id;
    double quality, latency, parity; /* NaN: not measured */
    const char *clarity;             /* opaque, post-hoc or inherent */
    const char *cluster;             /* yes or no */
} made_row;

typedef struct made {
    tdo_run run;
    tdo_scenario scenario;
    tdo_criterion criterion[4];
    tdo_stakeholder stakeholder[3];
    tdo_constraint constraint[3];
    tdo_need need[2];
    tdo_term term[4];
    tdo_match only_no[1];
    double weights[3][4];
} made;

static const made_row made_rows[] = {
    {"gbdt-v7", 0.400, 120, 0.91, "post-hoc", "no"},
    {"gbdt-v7-small", 0.392, 60, 0.93, "post-hoc", "no"},
    {"dnn-large", 0.430, 170, 0.85, "opaque", "no"},
    {"dnn-medium", 0.418, 140, 1.08, "opaque", "no"},
    {"rules", 0.300, 20, 1.00, "inherent", "no"},
    {"linear", 0.350, 25, 0.97, "inherent", "no"},
    {"ensemble", 0.445, 149, 0.88, "opaque", "yes"},
    {"old", 0.350, 130, 0.80, "opaque", "no"},
    {"linear-copy", 0.350, 25, 0.97, "inherent", "no"},
};
enum { MADE_ROWS = sizeof made_rows / sizeof *made_rows };

/* The scenario in effect, as the reader would give it. */
static const char made_json[] = "{\"tradeoff\":1,\"title\":\"Made by hand\"}";

static inline void made_setting(made *m)
{
    static const char *const levels[] = {"opaque", "post-hoc", "inherent"};
    static const char *const columns[] = {"ndcg", "p95_ms", "impact_ratio", "interpretability"};
    static const double weights[3][4] = {{3, 0, 1, 0}, {1, 3, 0, 0}, {1, 0, 1, 2}};
    m->criterion[0] = (tdo_criterion){.id = "quality",
                                      .label = "Ranking quality",
                                      .unit = "NDCG@10",
                                      .goal = TDO_GOAL_MAX,
                                      .se = 0.004,
                                      .indifference = 0.01,
                                      .has_indifference = true};
    m->criterion[1] = (tdo_criterion){.id = "latency",
                                      .label = "latency",
                                      .unit = "ms",
                                      .goal = TDO_GOAL_MIN,
                                      .has_range = true,
                                      .worst = 150,
                                      .best = 30};
    m->criterion[2] = (tdo_criterion){
        .id = "parity", .label = "parity", .unit = "", .goal = TDO_GOAL_TARGET, .target = 1};
    m->criterion[3] = (tdo_criterion){.id = "clarity",
                                      .label = "clarity",
                                      .unit = "",
                                      .goal = TDO_GOAL_MAX,
                                      .levels = levels,
                                      .n_levels = 3};
    for (int c = 0; c < 4; c++) {
        m->term[c] = (tdo_term){.column = columns[c], .coefficient = 1};
        m->criterion[c].terms = &m->term[c];
        m->criterion[c].n_terms = 1;
    }
    memcpy(m->weights, weights, sizeof weights);
    m->need[0] = (tdo_need){.criterion = 0, .has_min = true, .min = 0.4};
    m->need[1] = (tdo_need){.criterion = 1, .has_max = true, .max = 80};
    m->stakeholder[0] = (tdo_stakeholder){.id = "ml",
                                          .label = "ML engineers",
                                          .power = 2,
                                          .weights = m->weights[0],
                                          .needs = m->need,
                                          .n_needs = 2};
    m->stakeholder[1] = (tdo_stakeholder){
        .id = "product", .label = "product", .power = 1, .weights = m->weights[1]};
    m->stakeholder[2] =
        (tdo_stakeholder){.id = "legal", .label = "legal", .power = 1, .weights = m->weights[2]};
    m->only_no[0] = (tdo_match){"no", false, 0};
    m->constraint[0] = (tdo_constraint){.condition = {.criterion = 1, .has_max = true, .max = 150},
                                        .text = "latency <= 150 ms",
                                        .owner = "product",
                                        .why = "checkout budget",
                                        .stakeholder = TDO_NONE};
    m->constraint[1] = (tdo_constraint){.condition = {.column = "needs_new_cluster",
                                                      .criterion = TDO_NONE,
                                                      .in = m->only_no,
                                                      .n_in = 1},
                                        .text = "needs_new_cluster is no",
                                        .owner = "infra",
                                        .why = "cluster freeze",
                                        .stakeholder = TDO_NONE};
    m->constraint[2] = (tdo_constraint){.condition = {.criterion = 2, .has_min = true, .min = 0.8},
                                        .text = "parity >= 0.8",
                                        .owner = "legal",
                                        .why = "",
                                        .stakeholder = 2};
    m->scenario = (tdo_scenario){.file = "scenario.json",
                                 .name = "scenario.json",
                                 .title = "Made by hand",
                                 .json = made_json,
                                 .criteria = m->criterion,
                                 .n_criteria = 4,
                                 .stakeholders = m->stakeholder,
                                 .n_stakeholders = 3,
                                 .constraints = m->constraint,
                                 .n_constraints = 3,
                                 .missing = TDO_MISSING_DROP,
                                 .incumbent = "old",
                                 .rule = TDO_RULE_NASH,
                                 .simpler = TDO_NONE};
    memset(m->scenario.sha256, 'a', 64);
}

static inline size_t made_word(const char **words, size_t *n, const char *word)
{
    size_t k = 0;
    while (k < *n && strcmp(words[k], word) != 0)
        k++;
    if (k == *n)
        words[(*n)++] = word;
    return k;
}

static inline tdo_column made_column(tdo_arena *a, const tdo_wanted *w, const made_row *rows,
                                     size_t n)
{
    tdo_column c = {0};
    const char **words = tdo_alloc(a, 8, sizeof *words);
    if (w->words)
        c.word = tdo_alloc(a, n, sizeof *c.word);
    else
        c.number = tdo_alloc(a, n, sizeof *c.number);
    for (size_t i = 0; i < n; i++) {
        const made_row *r = &rows[i];
        if (w->words)
            c.word[i] = (uint32_t)made_word(
                words, &c.n_words,
                strcmp(w->column, "interpretability") == 0 ? r->clarity : r->cluster);
        else
            c.number[i] = strcmp(w->column, "ndcg") == 0     ? r->quality
                          : strcmp(w->column, "p95_ms") == 0 ? r->latency
                                                             : r->parity;
    }
    c.words = words;
    c.word_missing = tdo_alloc(a, 8, sizeof *c.word_missing);
    return c;
}

/* Sets m up with its setting; the caller may change it before made_finish. */
static inline void made_start(made *m)
{
    memset(m, 0, sizeof *m);
    made_setting(m);
    m->run.arena = tdo_arena_new();
    m->run.scenario = &m->scenario;
}

/* Lays the rows out as the table that the reader would give. */
static inline void made_table(made *m, const made_row *rows, size_t n)
{
    tdo_run *r = &m->run;
    tdo_wanted *wanted = NULL;
    size_t n_wanted = 0;
    const char **id = tdo_alloc(r->arena, n, sizeof *id);
    uint32_t *line = tdo_alloc(r->arena, n, sizeof *line);
    bool failed = tdo_columns_wanted(r->scenario, r->arena, &wanted, &n_wanted) != TDO_OK;
    tdo_column *column = tdo_alloc(r->arena, failed ? 0 : n_wanted, sizeof *column);
    for (size_t i = 0; i < n; i++) {
        id[i] = rows[i].id;
        line[i] = (uint32_t)i + 2;
    }
    for (size_t k = 0; k < n_wanted; k++)
        column[k] = made_column(r->arena, &wanted[k], rows, n);
    r->table = (tdo_table){.file = "candidates.csv",
                           .name = "candidates.csv",
                           .n = n,
                           .rows = n + 1,
                           .where_dropped = 1,
                           .id = id,
                           .line = line,
                           .column = column};
    memset(r->table.sha256, 'b', 64);
}

/* Runs the stages over the table. TDO_OK, or the first error. */
static inline tdo_status made_stages(made *m)
{
    tdo_run *r = &m->run;
    const tdo_case k = tdo_case_of(r);
    tdo_error err = {0};
    tdo_report *report = calloc(1, sizeof *report);
    tdo_status status = report ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_measure(r->scenario, &(tdo_tables){.candidates = &r->table}, r->arena,
                             &r->measured, &r->warnings, report);
    if (status == TDO_OK)
        status = tdo_screen(r->scenario, &r->measured, NULL, r->arena, &r->screened);
    r->feasible = r->screened.feasible_n > 0;
    if (status == TDO_OK)
        status =
            tdo_value(r->scenario, &r->measured, &r->screened, r->arena, &r->valued, &r->warnings);
    if (status == TDO_OK)
        status = tdo_utilities(&k, r->arena, &r->utility, &r->warnings);
    if (status == TDO_OK && !r->feasible)
        status = tdo_explain_infeasible(r->scenario, &r->measured, &r->screened, r->arena,
                                        &r->infeasible);
    if (status == TDO_OK && r->feasible)
        status = tdo_find_frontier(&k, 1, r->arena, &r->front);
    if (status == TDO_OK && r->feasible)
        status = tdo_rank_all(&k, NULL, r->arena, &r->ranking, &err);
    free(report);
    return status;
}

static inline tdo_status made_finish(made *m, const made_row *rows, size_t n)
{
    made_table(m, rows, n);
    return made_stages(m);
}

static inline void made_free(made *m)
{
    tdo_arena_free(m->run.arena);
}

#endif
