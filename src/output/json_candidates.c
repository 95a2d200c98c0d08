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
        const tdo_condition *is = &run->scenario->constraints[j].condition;
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

static void write_columns(json_writer *j, const tdo_run *run, const watch *w, size_t i)
{
    const tdo_measured *x = &run->measured;
    if (!w->n)
        return;
    json_put_object(j, "columns", JSON_FLOW);
    for (size_t q = 0; q < w->n; q++) {
        const watched *k = &w->item[q];
        if (k->numbers != TDO_NONE)
            json_put_number(j, k->column, x->limited[k->numbers][i]);
        else
            json_put_text(j, k->column, x->words[k->words][x->word[k->words][i]]);
    }
    json_put_end(j);
}

static void write_standard_errors(json_writer *j, const tdo_run *run, size_t i)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->se && c < x->d; c++) {
        if (!x->se[c] || isnan(x->se[c][i]))
            continue;
        if (!some)
            json_put_object(j, "se", JSON_FLOW);
        some = true;
        json_put_number(j, run->scenario->criteria[c].id, x->se[c][i]);
    }
    if (some)
        json_put_end(j);
}

static void write_assumed(json_writer *j, const tdo_run *run, size_t i)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->imputed && c < x->d; c++) {
        if (!x->imputed[c * x->n + i])
            continue;
        if (!some)
            json_put_object(j, "assumed", JSON_FLOW);
        some = true;
        json_put_text(j, run->scenario->criteria[c].id, "worst");
    }
    if (some)
        json_put_end(j);
}

/* What the readings were taken from: by criterion, and then by subgroup, its value or its size. */
static void write_groups(json_writer *j, const char *key, const tdo_run *run, size_t i, bool sizes)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->groups && c < x->d; c++) {
        const tdo_subgroups *g = x->groups[c];
        if (!g || (sizes && !g->size) || g->start[i] == g->start[i + 1])
            continue;
        if (!some)
            json_put_object(j, key, JSON_FLOW);
        some = true;
        json_put_object(j, run->scenario->criteria[c].id, JSON_FLOW);
        for (size_t q = g->start[i]; q < g->start[i + 1]; q++)
            json_put_number(j, g->name[g->group[q]], sizes ? g->size[q] : g->value[q]);
        json_put_end(j);
    }
    if (some)
        json_put_end(j);
}

/* What exact readings have beyond the decimals of "measured" and "columns". */
static void write_beyond(json_writer *j, const tdo_run *run, const watch *w, size_t i)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; c < x->d; c++) {
        if (tdo_rest(x, c, i) == 0)
            continue;
        if (!some)
            json_put_object(j, "beyond", JSON_FLOW);
        some = true;
        json_put_number(j, run->scenario->criteria[c].id, tdo_rest(x, c, i));
    }
    if (some)
        json_put_end(j);
    some = false;
    for (size_t q = 0; x->limited_rest && q < w->n; q++) {
        const size_t k = w->item[q].numbers;
        if (k == TDO_NONE || !x->limited_rest[k] || x->limited_rest[k][i] == 0)
            continue;
        if (!some)
            json_put_object(j, "columns_beyond", JSON_FLOW);
        some = true;
        json_put_number(j, w->item[q].column, x->limited_rest[k][i]);
    }
    if (some)
        json_put_end(j);
}

/* Is it the first of the terms of all sums that reads this column? */
static bool is_first_term(const tdo_run *run, size_t c, size_t t)
{
    const tdo_scenario *s = run->scenario;
    for (size_t q = 0; q <= c; q++)
        for (size_t p = 0; p < (q < c ? s->criteria[q].n_terms : t); p++)
            if (s->criteria[q].linear && run->measured.cell[q] &&
                strcmp(s->criteria[q].terms[p].column, s->criteria[c].terms[t].column) == 0)
                return false;
    return true;
}

/* What sums were taken of, by column, where each is a cell of this candidate's own. */
static void write_cells(json_writer *j, const tdo_run *run, size_t i)
{
    const tdo_measured *x = &run->measured;
    bool some = false;
    for (size_t c = 0; x->cell && c < x->d; c++) {
        const tdo_criterion *k = &run->scenario->criteria[c];
        for (size_t t = 0; k->linear && x->cell[c] && t < k->n_terms; t++) {
            if (!is_first_term(run, c, t))
                continue;
            if (!some)
                json_put_object(j, "cells", JSON_FLOW);
            some = true;
            json_put_number(j, k->terms[t].column, x->cell[c][t][i]);
        }
    }
    if (some)
        json_put_end(j);
}

/* What candidates are written from. */
typedef struct roster {
    const tdo_run *run;
    const facts_listing *list;
    watch watched;
    const tdo_places *places; /* their ranks; NULL: the ranking has those of all */
} roster;

static void write_standing(json_writer *j, const roster *l, uint32_t k)
{
    const tdo_run *run = l->run;
    const tdo_scenario *s = run->scenario;
    const tdo_ranking *r = &run->ranking;
    const tdo_case now = tdo_case_of(run);
    json_put_object(j, "values", JSON_FLOW);
    for (size_t c = 0; c < s->n_criteria; c++)
        json_put_number(j, s->criteria[c].id, tdo_value_at(&run->valued, c, k));
    json_put_end(j);
    json_put_object(j, "utility", JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        json_put_number(j, s->stakeholders[h].id, facts_utility_at(run, h, k));
    json_put_end(j);
    json_put_object(j, "ranks", JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        json_put_count(j, s->stakeholders[h].id, facts_own_rank_in(run, l->places, h, k));
    json_put_end(j);
    json_put_number(j, "score", facts_headline(run)->score[k]);
    json_put_count(j, "rank", facts_headline(run)->rank[k]);
    json_put_bool(j, "frontier", run->front.member[k]);
    json_put_text(j, "dominated_by", facts_slot_id(run, tdo_dominator(&now, k)));
    json_put_object(j, "rule_ranks", JSON_FLOW);
    for (size_t q = 0; q < TDO_RULES; q++)
        if (r->by_rule[q].computed)
            json_put_count(j, tdo_rule_name[q], facts_rank_in(run, l->places, (tdo_rule)q, k));
    json_put_end(j);
}

static void write_no_standing(json_writer *j)
{
    static const char *const before[] = {"values", "utility", "ranks", "score", "rank"};
    for (size_t q = 0; q < sizeof before / sizeof *before; q++)
        json_put_null(j, before[q]);
    json_put_bool(j, "frontier", false);
    json_put_null(j, "dominated_by");
    json_put_null(j, "rule_ranks");
}

/* Where it would stand if all the limits went that it breaks. */
static void write_lifted(json_writer *j, const tdo_run *run, size_t i)
{
    const uint32_t *rank = run->lifts.rank;
    if (!rank || !rank[i])
        return;
    json_put_object(j, "without_limits", JSON_FLOW);
    json_put_array(j, "limits", JSON_FLOW);
    for (size_t k = 0; k < run->measured.m; k++)
        if (run->screened.broken[i] >> k & 1)
            json_put_count(j, NULL, k);
    json_put_end(j);
    json_put_count(j, "rank", rank[i]);
    if (run->lifts.level[i])
        json_put_bool(j, "tied", true);
    json_put_end(j);
}

static tdo_status write_candidate(json_writer *j, const roster *l, size_t i, tdo_arena *a)
{
    const tdo_run *run = l->run;
    const watch *w = &l->watched;
    tdo_sentences reasons = {0};
    tdo_status status = tdo_reasons(run, i, a, &reasons);
    if (status != TDO_OK)
        return status;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "id", run->measured.id[i]);
    json_put_count(j, "line", run->measured.line[i]);
    json_put_text(j, "status", facts_candidate_status(run, i));
    json_put_array(j, "reasons", JSON_FLOW);
    for (size_t k = 0; k < reasons.n; k++)
        json_put_text(j, NULL, reasons.item[k]);
    json_put_end(j);
    json_put_object(j, "measured", JSON_FLOW);
    for (size_t c = 0; c < run->measured.d; c++)
        json_put_number(j, run->scenario->criteria[c].id, run->measured.reading[c][i]);
    json_put_end(j);
    write_assumed(j, run, i);
    if (facts_is_feasible(run, i))
        write_standing(j, l, run->screened.slot[i]);
    else
        write_no_standing(j);
    write_standard_errors(j, run, i);
    write_columns(j, run, w, i);
    write_groups(j, "groups", run, i, false);
    write_groups(j, "group_sizes", run, i, true);
    write_cells(j, run, i);
    write_beyond(j, run, w, i);
    write_lifted(j, run, i);
    json_put_end(j);
    return TDO_OK;
}

tdo_status out_candidates(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    roster l = {.run = run, .list = list, .watched = find_watched(run)};
    tdo_arena *a = NULL, *kept = tdo_arena_new();
    size_t written = 0;
    tdo_status status = kept ? facts_find_places(run, list, kept, &l.places) : TDO_E_MEMORY;
    json_put_array(j, "candidates", JSON_LINES);
    for (size_t i = 0; i < run->measured.n && status == TDO_OK && !j->o->failed; i++) {
        if (!facts_is_listed(list, i))
            continue;
        if (written++ % ARENA_CANDIDATES == 0) {
            tdo_arena_free(a);
            a = tdo_arena_new();
        }
        status = a ? write_candidate(j, &l, i, a) : TDO_E_MEMORY;
    }
    json_put_end(j);
    tdo_arena_free(a);
    tdo_arena_free(kept);
    return status;
}
