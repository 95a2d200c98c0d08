/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights behind each choice, in the result. */
#include "output/json_parts.h"

#include <math.h>

static void write_weights(json_writer *j, const tdo_run *run, const char *key, const double *weight)
{
    if (!weight) {
        json_put_null(j, key);
        return;
    }
    json_put_object(j, key, JSON_FLOW);
    for (size_t c = 0; c < run->utility.d; c++)
        json_put_number(j, run->scenario->criteria[c].id, weight[c]);
    json_put_end(j);
}

static void write_beaten_by(json_writer *j, const tdo_run *run, const tdo_choosable *x)
{
    if (!x->known || x->yes) {
        json_put_null(j, "beaten_by");
        return;
    }
    json_put_array(j, "beaten_by", JSON_FLOW);
    for (size_t k = 0; k < x->n_beaten_by; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", facts_slot_id(run, x->beaten_by[k].slot));
        json_put_number(j, "share", x->beaten_by[k].share);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_yes(json_writer *j, const char *key, const tdo_choosable *x)
{
    if (x->known)
        json_put_bool(j, key, x->yes);
    else
        json_put_null(j, key);
}

static void write_rank_range(json_writer *j, const tdo_rank_range *r)
{
    if (!r->known) {
        json_put_null(j, "rank_range");
        return;
    }
    json_put_array(j, "rank_range", JSON_FLOW);
    json_put_count(j, NULL, r->best);
    json_put_count(j, NULL, r->worst);
    json_put_end(j);
}

static void write_candidate(json_writer *j, const tdo_run *run, const tdo_candidate_choice *x)
{
    json_put_object(j, facts_slot_id(run, x->slot), JSON_FLOW);
    write_yes(j, "choosable", &x->any);
    write_weights(j, run, "weights", x->any.known && x->any.yes ? x->any.weights : NULL);
    write_beaten_by(j, run, &x->any);
    write_rank_range(j, &x->rank);
    if (run->choice.regions) {
        write_yes(j, "allowed", &x->allowed);
        if (isnan(x->regret))
            json_put_null(j, "necessary");
        else
            json_put_bool(j, "necessary", x->necessary);
        json_put_number(j, "regret", x->regret);
    }
    if (x->rank.known) {
        json_put_object(j, "rank_range_at", JSON_FLOW);
        write_weights(j, run, "best", x->rank.best_at);
        write_weights(j, run, "worst", x->rank.worst_at);
        json_put_end(j);
    }
    json_put_end(j);
}

/* Whose improvement would take too much work. */
static void write_left_out(json_writer *j, const tdo_run *run, const tdo_improvement *headline)
{
    json_put_array(j, "improve_left_out", JSON_FLOW);
    for (size_t k = 0; k < run->choice.asked; k++)
        if ((headline ? &headline[k] : &run->choice.candidate[k].improvement)->left_out)
            json_put_text(j, NULL, facts_slot_id(run, run->choice.candidate[k].slot));
    for (size_t k = 0; k < run->choice.n_outside; k++) {
        const tdo_outside *x = &run->choice.outside[k];
        if ((headline ? &x->headline : &x->weighted)->left_out)
            json_put_text(j, NULL, run->measured.id[x->candidate]);
    }
    json_put_end(j);
}

/* Who was asked about, and whose answer took too much work. */
static void write_asked(json_writer *j, const tdo_run *run)
{
    const tdo_choice *x = &run->choice;
    size_t ranked = 0;
    for (size_t k = 0; k < x->asked; k++)
        ranked += x->candidate[k].rank.asked;
    json_put_object(j, "asked", JSON_LINES);
    json_put_text(j, "choosable", x->asked == run->valued.f ? "all" : "best");
    if (ranked == run->valued.f)
        json_put_text(j, "rank_range", "all");
    else
        json_put_array(j, "rank_range", JSON_FLOW);
    for (size_t k = 0; k < x->asked && ranked < run->valued.f; k++)
        if (x->candidate[k].rank.asked)
            json_put_text(j, NULL, facts_slot_id(run, x->candidate[k].slot));
    if (ranked < run->valued.f)
        json_put_end(j);
    json_put_array(j, "rank_range_left_out", JSON_FLOW);
    for (size_t k = 0; k < x->asked; k++)
        if (x->candidate[k].rank.asked && !x->candidate[k].rank.known)
            json_put_text(j, NULL, facts_slot_id(run, x->candidate[k].slot));
    json_put_end(j);
    write_left_out(j, run, NULL);
    json_put_end(j);
}

static void write_hold(json_writer *j, const tdo_run *run, const tdo_hold *h)
{
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "stakeholder", run->scenario->stakeholders[h->stakeholder].id);
    if (h->criterion != TDO_NONE)
        json_put_text(j, "criterion", run->scenario->criteria[h->criterion].id);
    json_put_number(j, "now", h->current);
    json_put_array(j, "holds", JSON_FLOW);
    json_put_number(j, NULL, h->from);
    json_put_number(j, NULL, h->to);
    json_put_end(j);
    json_put_end(j);
}

static void write_holds(json_writer *j, const tdo_run *run, const tdo_holds *h)
{
    json_put_array(j, "weights", JSON_LINES);
    for (size_t k = 0; h->weights_known && k < h->weights; k++)
        write_hold(j, run, &h->weight[k]);
    json_put_end(j);
    json_put_array(j, "powers", JSON_LINES);
    for (size_t k = 0; h->powers_known && k < h->powers; k++)
        write_hold(j, run, &h->power[k]);
    json_put_end(j);
}

static void write_flip(json_writer *j, const tdo_run *run)
{
    const tdo_flip *flip = &run->choice.flip;
    if (flip->to == UINT32_MAX || !(flip->change > TDO_TIE)) { /* in a tie nothing has to move */
        json_put_null(j, "flip");
        return;
    }
    json_put_object(j, "flip", JSON_FLOW);
    json_put_text(j, "to", facts_slot_id(run, flip->to));
    json_put_number(j, "change", flip->change);
    write_weights(j, run, "weights", flip->weights);
    json_put_end(j);
}

static void write_improvement(json_writer *j, const tdo_run *run, const char *id,
                              const tdo_improvement *x)
{
    if (x->criterion == TDO_NONE)
        return;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "id", id);
    json_put_text(j, "criterion", run->scenario->criteria[x->criterion].id);
    json_put_text(j, "column", x->column);
    json_put_number(j, "from", x->from);
    json_put_number(j, "to", x->to);
    json_put_number(j, "until", x->until);
    if (x->group)
        json_put_text(j, "group", x->group);
    if (x->tied)
        json_put_bool(j, "tied", true);
    json_put_end(j);
}

/* headline: [asked] NULL: under `weighted`. */
static void write_improvements(json_writer *j, const tdo_run *run, const tdo_improvement *headline)
{
    const tdo_choice *y = &run->choice;
    json_put_array(j, "improve", JSON_LINES);
    for (size_t k = 0; k < y->asked; k++)
        write_improvement(j, run, facts_slot_id(run, y->candidate[k].slot),
                          headline ? &headline[k] : &y->candidate[k].improvement);
    for (size_t k = 0; k < y->n_outside; k++)
        write_improvement(j, run, run->measured.id[y->outside[k].candidate],
                          headline ? &y->outside[k].headline : &y->outside[k].weighted);
    json_put_end(j);
}

tdo_status out_choice(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_choice *x = &run->choice;
    tdo_sentences words = {0};
    if (!run->feasible || !x->computed)
        return TDO_OK;
    tdo_status status = tdo_explain_choice(run, a, &words);
    if (status != TDO_OK)
        return status;
    json_put_object(j, "choice", JSON_LINES);
    json_put_text(j, "first", facts_slot_id(run, x->first));
    json_put_object(j, "candidates", JSON_LINES);
    for (size_t k = 0; k < x->asked; k++)
        write_candidate(j, run, &x->candidate[k]);
    json_put_end(j);
    write_holds(j, run, &x->weighted);
    if (run->ranking.rule != TDO_RULE_WEIGHTED) {
        json_put_object(j, "headline", JSON_LINES);
        json_put_text(j, "rule", tdo_rule_name[x->headline.rule]);
        json_put_text(j, "first", facts_slot_id(run, x->headline.first));
        write_holds(j, run, &x->headline);
        write_improvements(j, run, x->improvement);
        write_left_out(j, run, x->improvement);
        json_put_end(j);
    }
    write_flip(j, run);
    write_improvements(j, run, NULL);
    if (x->regions)
        json_put_text(j, "least_regret", facts_slot_id(run, x->least_regret));
    out_sentences(j, &words);
    write_asked(j, run);
    json_put_end(j);
    return TDO_OK;
}
