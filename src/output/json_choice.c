/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights behind each choice, in the result. */
#include "output/json_parts.h"

#include <math.h>

static void write_weights(tdo_json *j, const tdo_run *run, const char *key, const double *weight)
{
    if (!weight) {
        tdo_json_null(j, key);
        return;
    }
    tdo_json_object(j, key, TDO_JSON_FLOW);
    for (size_t c = 0; c < run->utility.d; c++)
        tdo_json_number(j, run->scenario->criteria[c].id, weight[c]);
    tdo_json_end(j);
}

static void write_beaten_by(tdo_json *j, const tdo_run *run, const tdo_choosable *x)
{
    if (!x->known || x->yes) {
        tdo_json_null(j, "beaten_by");
        return;
    }
    tdo_json_array(j, "beaten_by", TDO_JSON_FLOW);
    for (size_t k = 0; k < x->n_beaten_by; k++) {
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "id", tdo_slot_id(run, x->beaten_by[k].slot));
        tdo_json_number(j, "share", x->beaten_by[k].share);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_yes(tdo_json *j, const char *key, const tdo_choosable *x)
{
    if (x->known)
        tdo_json_bool(j, key, x->yes);
    else
        tdo_json_null(j, key);
}

/* Proven bounds; where the search did not come to its end, that is said. */
static void write_rank_range(tdo_json *j, const tdo_rank_range *r)
{
    if (!r->known) {
        tdo_json_null(j, "rank_range");
        return;
    }
    tdo_json_array(j, "rank_range", TDO_JSON_FLOW);
    tdo_json_count(j, NULL, r->best_bound);
    tdo_json_count(j, NULL, r->worst_bound);
    tdo_json_end(j);
    if (r->best != r->best_bound || r->worst != r->worst_bound)
        tdo_json_bool(j, "rank_range_reached", false);
}

static void write_candidate(tdo_json *j, const tdo_run *run, const tdo_candidate_choice *x)
{
    tdo_json_object(j, tdo_slot_id(run, x->slot), TDO_JSON_FLOW);
    write_yes(j, "choosable", &x->any);
    write_weights(j, run, "weights", x->any.known && x->any.yes ? x->any.weights : NULL);
    write_beaten_by(j, run, &x->any);
    write_rank_range(j, &x->rank);
    if (run->choice.regions) {
        write_yes(j, "allowed", &x->allowed);
        tdo_json_bool(j, "necessary", x->necessary);
        tdo_json_number(j, "regret", x->regret);
    }
    tdo_json_end(j);
}

static void write_hold(tdo_json *j, const tdo_run *run, const tdo_hold *h)
{
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "stakeholder", run->scenario->stakeholders[h->stakeholder].id);
    if (h->criterion != TDO_NONE)
        tdo_json_text(j, "criterion", run->scenario->criteria[h->criterion].id);
    tdo_json_number(j, "now", h->now);
    tdo_json_array(j, "holds", TDO_JSON_FLOW);
    tdo_json_number(j, NULL, h->from);
    tdo_json_number(j, NULL, h->to);
    tdo_json_end(j);
    tdo_json_end(j);
}

static void write_holds(tdo_json *j, const tdo_run *run, const tdo_holds *h)
{
    tdo_json_array(j, "weights", TDO_JSON_LINES);
    for (size_t k = 0; h->weights_known && k < h->weights; k++)
        write_hold(j, run, &h->weight[k]);
    tdo_json_end(j);
    tdo_json_array(j, "powers", TDO_JSON_LINES);
    for (size_t k = 0; h->powers_known && k < h->powers; k++)
        write_hold(j, run, &h->power[k]);
    tdo_json_end(j);
}

static void write_flip(tdo_json *j, const tdo_run *run)
{
    const tdo_flip *flip = &run->choice.flip;
    if (flip->to == UINT32_MAX) {
        tdo_json_null(j, "flip");
        return;
    }
    tdo_json_object(j, "flip", TDO_JSON_FLOW);
    tdo_json_text(j, "to", tdo_slot_id(run, flip->to));
    tdo_json_number(j, "change", flip->change);
    write_weights(j, run, "weights", flip->weights);
    tdo_json_end(j);
}

static void write_improvements(tdo_json *j, const tdo_run *run)
{
    tdo_json_array(j, "improve", TDO_JSON_LINES);
    for (size_t k = 0; k < run->choice.asked; k++) {
        const tdo_improvement *x = &run->choice.of[k].improvement;
        if (x->criterion == TDO_NONE)
            continue;
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "id", tdo_slot_id(run, run->choice.of[k].slot));
        tdo_json_text(j, "criterion", run->scenario->criteria[x->criterion].id);
        tdo_json_number(j, "from", x->from);
        tdo_json_number(j, "to", x->to);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

tdo_status tdo_json_choice(tdo_json *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_choice *x = &run->choice;
    tdo_sentences words = {0};
    if (!run->feasible || !x->computed)
        return TDO_OK;
    tdo_status status = tdo_explain_choice(run, a, &words);
    if (status != TDO_OK)
        return status;
    tdo_json_object(j, "choice", TDO_JSON_LINES);
    tdo_json_text(j, "first", tdo_slot_id(run, x->first));
    tdo_json_object(j, "candidates", TDO_JSON_LINES);
    for (size_t k = 0; k < x->asked; k++)
        write_candidate(j, run, &x->of[k]);
    tdo_json_end(j);
    write_holds(j, run, &x->weighted);
    if (run->ranking.rule != TDO_RULE_WEIGHTED) {
        tdo_json_object(j, "headline", TDO_JSON_LINES);
        tdo_json_text(j, "rule", tdo_rule_name[x->headline.rule]);
        tdo_json_text(j, "first", tdo_slot_id(run, x->headline.first));
        write_holds(j, run, &x->headline);
        tdo_json_end(j);
    }
    write_flip(j, run);
    write_improvements(j, run);
    if (x->regions)
        tdo_json_text(j, "least_regret", tdo_slot_id(run, x->least_regret));
    tdo_json_sentences(j, &words);
    tdo_json_end(j);
    return TDO_OK;
}
