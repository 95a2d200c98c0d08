/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is, in the result. */
#include "base/sort.h"
#include "output/json_parts.h"

#include <math.h>
#include <string.h>

static const char *const shown_name[TDO_SHOWN_NAMES] = {
    [TDO_NOT_SHOWN] = "not shown", [TDO_SHOWN] = "shown", [TDO_BROKEN] = "broken"};

static const char *const error_name[TDO_ERROR_KINDS] = {[TDO_ERROR_SE] = "se",
                                                        [TDO_ERROR_INTERVAL] = "interval",
                                                        [TDO_ERROR_ITEMS] = "items",
                                                        [TDO_ERROR_GROUPS] = "groups",
                                                        [TDO_ERROR_DRAWS] = "draws"};

static void write_errors(json_writer *j, const tdo_robust *x)
{
    json_put_object(j, "errors", JSON_LINES);
    for (size_t k = 0; k < x->n_noise; k++) {
        json_put_object(j, x->noise[k].name, JSON_FLOW);
        json_put_text(j, "kind", error_name[x->noise[k].kind]);
        json_put_number(j, "correlation",
                        x->noise[k].has_correlation ? x->noise[k].correlation : NAN);
        if (x->noise[k].kind == TDO_ERROR_ITEMS)
            json_put_count(j, "items", x->noise[k].items);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_central(json_writer *j, const tdo_run *run, const double *weight)
{
    const tdo_scenario *s = run->scenario;
    if (!weight) {
        json_put_null(j, "central_weights");
        return;
    }
    json_put_object(j, "central_weights", JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        json_put_object(j, s->stakeholders[h].id, JSON_FLOW);
        for (size_t c = 0; c < s->n_criteria; c++)
            json_put_number(j, s->criteria[c].id, weight[h * s->n_criteria + c]);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_candidate(json_writer *j, const tdo_run *run, uint32_t slot)
{
    const tdo_robust_candidate *x = &run->robust.candidate[slot];
    json_put_object(j, facts_slot_id(run, slot), JSON_FLOW);
    json_put_array(j, "rank_probability", JSON_FLOW);
    for (size_t k = 0; k < run->robust.ranks; k++)
        json_put_number(j, NULL, x->rank[k]);
    json_put_end(j);
    json_put_number(j, "first", x->first);
    json_put_number(j, "first_se", x->first_se);
    json_put_number(j, "feasible", x->feasible);
    json_put_number(j, "first_and_feasible", x->first_and_feasible);
    json_put_number(j, "on_frontier", x->on_frontier);
    json_put_number(j, "expected", x->expected);
    write_central(j, run, x->central);
    json_put_number(j, "confidence", x->confidence);
    json_put_object(j, "regret", JSON_FLOW);
    for (size_t h = 0; h < run->scenario->n_stakeholders; h++)
        json_put_number(j, run->scenario->stakeholders[h].id, x->regret[h]);
    json_put_end(j);
    json_put_end(j);
}

/* All, where there are few; else whoever was first at all, the best, the incumbent and each
 * favourite. */
static bool is_told(const tdo_run *run, const facts_listing *list, size_t place)
{
    uint32_t slot = run->ranking.order[place];
    bool told = place < TDO_ROBUST_RANKS || run->robust.candidate[slot].first > 0 ||
                run->screened.feasible[slot] == run->measured.incumbent;
    for (size_t h = 0; h < run->utility.s; h++)
        told |= run->ranking.favourite[h] == slot;
    return told && facts_is_listed(list, run->screened.feasible[slot]);
}

static void write_candidates(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    json_put_object(j, "candidates", JSON_LINES);
    for (size_t k = 0; run->robust.samples && k < run->screened.feasible_n; k++)
        if (is_told(run, list, k))
            write_candidate(j, run, run->ranking.order[k]);
    json_put_end(j);
}

static void write_leaders(json_writer *j, const tdo_run *run, const char *key,
                          const double *correlated)
{
    const tdo_robust *x = &run->robust;
    json_put_object(j, key, JSON_FLOW);
    for (size_t k = 0; k < run->screened.feasible_n; k++) {
        uint32_t slot = run->ranking.order[k];
        if (x->candidate[slot].first > 0 || x->correlated[slot] > 0)
            json_put_number(j, facts_slot_id(run, slot),
                            correlated ? correlated[slot] : x->candidate[slot].first);
    }
    json_put_end(j);
}

/* ---- limits: the feasible ones in the order of the ranking, the others by id ---- */

static bool id_before(const void *user, uint32_t a, uint32_t b)
{
    const tdo_measured *x = user;
    return strcmp(x->id[a], x->id[b]) < 0;
}

tdo_status out_list_ranked(const tdo_run *run, const facts_listing *list, tdo_arena *a,
                           uint32_t **out, size_t *n_out)
{
    size_t n = run->measured.n, f = run->screened.feasible_n, at = 0;
    uint32_t *all = tdo_alloc(a, n, sizeof *all), *room = tdo_alloc(a, n, sizeof *room);
    if (!all || !room)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < f; k++)
        if (facts_is_listed(list, run->screened.feasible[run->ranking.order[k]]))
            all[at++] = run->screened.feasible[run->ranking.order[k]];
    size_t ranked = at;
    for (uint32_t i = 0; i < n; i++)
        if (!run->measured.dropped[i] && run->screened.slot[i] == UINT32_MAX &&
            facts_is_listed(list, i))
            all[at++] = i;
    sort_by(all + ranked, at - ranked, id_before, &run->measured, room);
    *out = all;
    *n_out = at;
    return TDO_OK;
}

static tdo_status write_limits(json_writer *j, const tdo_run *run, const facts_listing *list,
                               tdo_arena *a)
{
    uint32_t *all = NULL;
    size_t n = 0;
    tdo_status status = out_list_ranked(run, list, a, &all, &n);
    if (status != TDO_OK)
        return status;
    json_put_array(j, "limits", JSON_LINES);
    for (size_t k = 0; k < run->doubts.n; k++) {
        const tdo_limit_doubt *of = &run->doubts.limit[k];
        json_put_object(j, NULL, JSON_LINES);
        json_put_count(j, "constraint", of->constraint);
        json_put_number(j, "level", of->level);
        json_put_object(j, "candidates", JSON_LINES);
        for (size_t q = 0; q < n; q++) {
            json_put_object(j, run->measured.id[all[q]], JSON_FLOW);
            json_put_number(j, "holds", of->holds[all[q]]);
            json_put_text(j, "status", shown_name[of->status[all[q]]]);
            if (of->corrected && !isnan(of->corrected[all[q]]))
                json_put_number(j, "corrected", of->corrected[all[q]]);
            json_put_end(j);
        }
        json_put_end(j);
        json_put_end(j);
    }
    json_put_end(j);
    return TDO_OK;
}

/* ---- doubt ---- */

static void write_source(json_writer *j, const tdo_run *run, const tdo_doubt_source *d,
                         tdo_arena *a)
{
    bool noise = d->kind == TDO_DOUBT_NOISE, powers = d->kind == TDO_DOUBT_POWERS;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "source",
                  powers ? "powers"
                         : tdo_text(a, "%s:%s", noise ? "noise" : "weights",
                                    noise ? run->robust.noise[d->index].name
                                          : run->scenario->stakeholders[d->index].id));
    json_put_number(j, "without", d->without);
    json_put_number(j, "alone", d->alone);
    json_put_end(j);
}

static void write_doubt(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_robust *x = &run->robust;
    if (!x->doubted) {
        json_put_null(j, "doubt");
        return;
    }
    json_put_object(j, "doubt", JSON_LINES);
    json_put_number(j, "stays", x->stays);
    json_put_array(j, "sources", JSON_LINES);
    for (size_t k = 0; k < x->n_doubt; k++)
        write_source(j, run, &x->doubt[k], a);
    json_put_end(j);
    json_put_end(j);
}

static void write_tie(json_writer *j, const tdo_run *run)
{
    if (!run->robust.tie) {
        json_put_null(j, "tie");
        return;
    }
    json_put_array(j, "tie", JSON_FLOW);
    for (size_t k = 0; k < run->robust.n_tie; k++)
        json_put_text(j, NULL, facts_slot_id(run, run->robust.tie[k]));
    json_put_end(j);
}

/* ---- the value of information ---- */

static void write_worth(json_writer *j, const tdo_run *run)
{
    const tdo_scenario *s = run->scenario;
    if (s->worth_in == TDO_NONE) {
        json_put_null(j, "worth_in");
        return;
    }
    json_put_object(j, "worth_in", JSON_FLOW);
    json_put_text(j, "criterion", s->criteria[s->worth_in].id);
    json_put_number(j, "periods", s->periods);
    json_put_number(j, "per_utility", run->robust.information.per_utility);
    json_put_end(j);
}

static void write_more(json_writer *j, const tdo_measure_next *x)
{
    if (!x->more) {
        json_put_null(j, "more");
    } else {
        json_put_array(j, "more", JSON_FLOW);
        for (size_t k = 0; k < x->n_more; k++) {
            json_put_object(j, NULL, JSON_FLOW);
            json_put_number(j, "n", x->more[k].n);
            json_put_number(j, "value", x->more[k].value);
            json_put_number(j, "cost", x->more[k].cost);
            json_put_end(j);
        }
        json_put_end(j);
    }
    json_put_number(j, "best_n", x->best_n);
}

static void write_learning(json_writer *j, const tdo_run *run)
{
    const tdo_information *x = &run->robust.information;
    if (!x->listed) {
        json_put_null(j, "measure");
        json_put_null(j, "discuss");
        return;
    }
    json_put_array(j, "measure", JSON_LINES);
    for (size_t k = 0; k < x->n_measure; k++) {
        const tdo_measure_next *of = &x->measure[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "criterion", run->scenario->criteria[of->criterion].id);
        json_put_text(j, "candidate", of->slot == UINT32_MAX ? NULL : facts_slot_id(run, of->slot));
        json_put_number(j, "value", of->value);
        json_put_number(j, "value_se", of->value_se);
        write_more(j, of);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_array(j, "discuss", JSON_LINES);
    for (size_t k = 0; k < x->n_discuss; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "stakeholder", run->scenario->stakeholders[x->discuss[k].stakeholder].id);
        json_put_number(j, "value", x->discuss[k].value);
        json_put_number(j, "value_se", x->discuss[k].value_se);
        json_put_end(j);
    }
    json_put_end(j);
}

void out_information(json_writer *j, const tdo_run *run)
{
    const tdo_information *x = &run->robust.information;
    bool moves = x->known && x->swap_to != UINT32_MAX;
    if (!run->sampled || !run->robust.samples)
        return;
    json_put_object(j, "information", JSON_LINES);
    json_put_text(j, "unit", "utility");
    write_worth(j, run);
    json_put_number(j, "loss", x->known ? x->loss : NAN);
    json_put_number(j, "switch", x->known ? x->swap : NAN);
    json_put_text(j, "switch_to", moves ? facts_slot_id(run, x->swap_to) : NULL);
    json_put_number(j, "everything", x->known ? x->everything : NAN);
    json_put_number(j, "everything_se", x->known ? x->everything_se : NAN);
    write_learning(j, run);
    json_put_number(j, "changes", x->changes);
    if (x->listed) {
        json_put_array(j, "unknown", JSON_FLOW);
        for (size_t k = 0; k < x->n_unknown; k++)
            json_put_text(j, NULL, run->scenario->criteria[x->unknown[k]].id);
        json_put_end(j);
    }
    json_put_end(j);
}

tdo_status out_robust(json_writer *j, const tdo_run *run, const facts_listing *list, tdo_arena *a)
{
    const tdo_robust *x = &run->robust;
    tdo_sentences words = {0};
    if (!run->sampled)
        return TDO_OK;
    tdo_status status = tdo_explain_robust(run, a, &words);
    if (status != TDO_OK)
        return status;
    json_put_object(j, "robustness", JSON_LINES);
    json_put_count(j, "samples", x->samples);
    json_put_count(j, "seed", x->seed);
    json_put_number(j, "level", x->level);
    if (x->interrupted)
        json_put_bool(j, "interrupted", true);
    write_errors(j, x);
    write_candidates(j, run, list);
    if (x->correlated) {
        json_put_object(j, "first_if_correlated", JSON_LINES);
        write_leaders(j, run, "0", NULL);
        write_leaders(j, run, "0.9", x->correlated);
        json_put_end(j);
    }
    status = write_limits(j, run, list, a);
    write_doubt(j, run, a);
    write_tie(j, run);
    json_put_number(j, "optimism", x->optimism);
    out_sentences(j, &words);
    json_put_end(j);
    return status;
}
