/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's candidates, one on each line, so that two results can be compared line by line. */
#include "output/json_parts.h"

#include <math.h>
#include <string.h>

enum { ARENA_CANDIDATES = 4096 }; /* the reasons of so many are held in memory at a time */

/* A column that constraints look at: which of them holds its numbers and which its words. */
typedef struct watched {
    const char *column;
    size_t numbers, words; /* constraint; TDO_NONE: none */
} watched;

typedef struct watch {
    watched item[TDO_MAX_CONSTRAINTS];
    size_t n;
} watch;

static watch find_watched(const tdo_run *run)
{
    watch w = {.n = 0};
    for (size_t j = 0; j < run->scenario->n_constraints; j++) {
        const tdo_condition *is = &run->scenario->constraints[j].is;
        size_t q = 0;
        if (is->criterion != TDO_NONE)
            continue;
        while (q < w.n && strcmp(w.item[q].column, is->column) != 0)
            q++;
        if (q == w.n)
            w.item[w.n++] = (watched){is->column, TDO_NONE, TDO_NONE};
        if (run->measured.limited[j])
            w.item[q].numbers = j;
        if (run->measured.word[j])
            w.item[q].words = j;
    }
    return w;
}

static void write_columns(tdo_json *j, const tdo_run *run, const watch *w, size_t i)
{
    const tdo_measured *x = &run->measured;
    if (!w->n)
        return;
    tdo_json_object(j, "columns", TDO_JSON_FLOW);
    for (size_t q = 0; q < w->n; q++) {
        const watched *k = &w->item[q];
        if (k->numbers != TDO_NONE)
            tdo_json_number(j, k->column, x->limited[k->numbers][i]);
        else
            tdo_json_text(j, k->column, x->words[k->words][x->word[k->words][i]]);
    }
    tdo_json_end(j);
}

static void write_standard_errors(tdo_json *j, const tdo_run *run, size_t i)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->se && c < x->d; c++) {
        if (!x->se[c] || isnan(x->se[c][i]))
            continue;
        if (!some)
            tdo_json_object(j, "se", TDO_JSON_FLOW);
        some = true;
        tdo_json_number(j, run->scenario->criteria[c].id, x->se[c][i]);
    }
    if (some)
        tdo_json_end(j);
}

static void write_imputed(tdo_json *j, const tdo_run *run, size_t i)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->imputed && c < x->d; c++) {
        if (!x->imputed[c * x->n + i])
            continue;
        if (!some)
            tdo_json_array(j, "imputed", TDO_JSON_FLOW);
        some = true;
        tdo_json_text(j, NULL, run->scenario->criteria[c].id);
    }
    if (some)
        tdo_json_end(j);
}

/* What the readings were taken from: by criterion, and then by subgroup, its value or its size. */
static void write_groups(tdo_json *j, const char *key, const tdo_run *run, size_t i, bool sizes)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->groups && c < x->d; c++) {
        const tdo_subgroups *g = x->groups[c];
        if (!g || (sizes && !g->size) || g->start[i] == g->start[i + 1])
            continue;
        if (!some)
            tdo_json_object(j, key, TDO_JSON_FLOW);
        some = true;
        tdo_json_object(j, run->scenario->criteria[c].id, TDO_JSON_FLOW);
        for (size_t q = g->start[i]; q < g->start[i + 1]; q++)
            tdo_json_number(j, g->name[g->group[q]], sizes ? g->size[q] : g->value[q]);
        tdo_json_end(j);
    }
    if (some)
        tdo_json_end(j);
}

/* An object with the key of each criterion: x[c * stride]. */
static void write_by_criterion(tdo_json *j, const char *key, const tdo_run *run, const double *x,
                               size_t stride)
{
    tdo_json_object(j, key, TDO_JSON_FLOW);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        tdo_json_number(j, run->scenario->criteria[c].id, x[c * stride]);
    tdo_json_end(j);
}

static void write_standing(tdo_json *j, const tdo_run *run, uint32_t k)
{
    const tdo_scenario *s = run->scenario;
    const tdo_ranking *r = &run->ranking;
    size_t f = run->utility.f;
    write_by_criterion(j, "values", run, run->valued.value + k, f);
    tdo_json_object(j, "utility", TDO_JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        tdo_json_number(j, s->stakeholders[h].id, tdo_utility_at(run, h, k));
    tdo_json_end(j);
    tdo_json_object(j, "ranks", TDO_JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        tdo_json_count(j, s->stakeholders[h].id, r->stakeholder_rank[h * f + k]);
    tdo_json_end(j);
    tdo_json_number(j, "score", tdo_headline(run)->score[k]);
    tdo_json_count(j, "rank", tdo_headline(run)->rank[k]);
    tdo_json_bool(j, "frontier", run->front.member[k]);
    tdo_json_text(j, "dominated_by",
                  tdo_slot_id(run, tdo_dominator(&run->valued, &run->front, r, k)));
    tdo_json_object(j, "rule_ranks", TDO_JSON_FLOW);
    for (size_t q = 0; q < TDO_RULES; q++)
        if (r->by_rule[q].computed)
            tdo_json_count(j, tdo_rule_name[q], r->by_rule[q].rank[k]);
    tdo_json_end(j);
}

static void write_no_standing(tdo_json *j)
{
    static const char *const before[] = {"values", "utility", "ranks", "score", "rank"};
    for (size_t q = 0; q < sizeof before / sizeof *before; q++)
        tdo_json_null(j, before[q]);
    tdo_json_bool(j, "frontier", false);
    tdo_json_null(j, "dominated_by");
    tdo_json_null(j, "rule_ranks");
}

static tdo_status write_candidate(tdo_json *j, const tdo_run *run, const watch *w, size_t i,
                                  tdo_arena *a)
{
    tdo_sentences reasons = {0};
    tdo_status status = tdo_reasons(run, i, a, &reasons);
    if (status != TDO_OK)
        return status;
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "id", run->measured.id[i]);
    tdo_json_count(j, "line", run->measured.line[i]);
    tdo_json_text(j, "status", tdo_candidate_status(run, i));
    tdo_json_array(j, "reasons", TDO_JSON_FLOW);
    for (size_t k = 0; k < reasons.n; k++)
        tdo_json_text(j, NULL, reasons.item[k]);
    tdo_json_end(j);
    write_by_criterion(j, "measured", run, run->measured.reading + i, run->measured.n);
    if (tdo_is_feasible(run, i))
        write_standing(j, run, run->screened.slot[i]);
    else
        write_no_standing(j);
    write_standard_errors(j, run, i);
    write_columns(j, run, w, i);
    write_imputed(j, run, i);
    write_groups(j, "groups", run, i, false);
    write_groups(j, "group_sizes", run, i, true);
    tdo_json_end(j);
    return TDO_OK;
}

tdo_status tdo_json_candidates(tdo_json *j, const tdo_run *run, const tdo_listing *list)
{
    watch w = find_watched(run);
    tdo_arena *a = NULL;
    size_t written = 0;
    tdo_status status = TDO_OK;
    tdo_json_array(j, "candidates", TDO_JSON_LINES);
    for (size_t i = 0; i < run->measured.n && status == TDO_OK && !j->o->failed; i++) {
        if (!tdo_is_listed(list, i))
            continue;
        if (written++ % ARENA_CANDIDATES == 0) {
            tdo_arena_free(a);
            a = tdo_arena_new();
        }
        status = a ? write_candidate(j, run, &w, i, a) : TDO_E_MEMORY;
    }
    tdo_json_end(j);
    tdo_arena_free(a);
    return status;
}
