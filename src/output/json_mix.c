/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's split, with what its limits cost or why there is none. Numbers that are infinite or
 * unknown are null: an open end of a range, a side on which nothing is feasible. */
#include "output/json_parts.h"

#include <math.h>

static void write_pair(json_writer *j, const char *key, double from, double to)
{
    json_put_array(j, key, JSON_FLOW);
    json_put_number(j, NULL, from);
    json_put_number(j, NULL, to);
    json_put_end(j);
}

/* An object with the key of each stakeholder. */
static void write_people(json_writer *j, const char *key, const tdo_run *run, const double *x)
{
    json_put_object(j, key, JSON_FLOW);
    for (size_t h = 0; h < run->scenario->n_stakeholders; h++)
        json_put_number(j, run->scenario->stakeholders[h].id, x[h]);
    json_put_end(j);
}

static void write_shares(json_writer *j, const tdo_run *run, const tdo_mix *m)
{
    json_put_array(j, "shares", JSON_LINES);
    for (size_t k = 0; k < m->n_shares; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", run->measured.id[m->shares[k].candidate]);
        json_put_number(j, "share", m->shares[k].share);
        if (!isnan(m->shares[k].least))
            write_pair(j, "range", m->shares[k].least, m->shares[k].most);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_levels(json_writer *j, const tdo_run *run, const tdo_mix *m)
{
    bool criteria = m->rule == TDO_MIX_CHEBYSHEV;
    const tdo_scenario *s = run->scenario;
    if (!m->levels)
        return;
    json_put_array(j, "levels", JSON_LINES);
    for (size_t k = 0; k < m->levels; k++) {
        const tdo_mix_level *l = &m->level[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, criteria ? "criterion" : "stakeholder",
                      criteria ? s->criteria[l->subject].id : s->stakeholders[l->subject].id);
        json_put_number(j, "level", l->level);
        json_put_number(j, "weight", l->weight);
        if (l->round)
            json_put_count(j, "round", l->round);
        json_put_end(j);
    }
    json_put_end(j);
}

/* The best single candidate, and who gains or loses when the split takes its place. */
static void write_single(json_writer *j, const tdo_run *run, const tdo_mix *m)
{
    const tdo_scenario *s = run->scenario;
    if (m->single == TDO_NONE) {
        json_put_null(j, "best_single");
        json_put_null(j, "gain");
        return;
    }
    json_put_object(j, "best_single", JSON_FLOW);
    json_put_text(j, "id", run->measured.id[m->single]);
    json_put_number(j, "value", m->single_value);
    write_people(j, "utility", run, m->single_utility);
    json_put_end(j);
    json_put_object(j, "gain", JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        json_put_number(j, s->stakeholders[h].id, m->utility[h] - m->single_utility[h]);
    json_put_end(j);
}

static void write_split(json_writer *j, const tdo_run *run, const tdo_mix *m)
{
    write_people(j, "utility", run, m->utility);
    json_put_object(j, "readings", JSON_FLOW);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        json_put_number(j, run->scenario->criteria[c].id, m->reading[c]);
    json_put_end(j);
    write_levels(j, run, m);
    write_single(j, run, m);
    json_put_bool(j, "better", m->better);
    if (m->unique_known)
        json_put_bool(j, "unique", m->unique);
    else
        json_put_null(j, "unique");
    if (m->next == TDO_NONE) {
        json_put_null(j, "next");
        return;
    }
    json_put_object(j, "next", JSON_FLOW);
    json_put_text(j, "id", run->measured.id[m->next]);
    json_put_number(j, "lacks", m->next_lacks);
    json_put_number(j, "share", m->next_share);
    json_put_number(j, "costs", m->next_costs);
    json_put_end(j);
}

/* ---- limits ---- */

static void write_worth(json_writer *j, const tdo_run *run, const tdo_price *p)
{
    json_put_object(j, "worth", JSON_FLOW);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        if (p->worth && !isnan(p->worth[c]))
            json_put_number(j, run->scenario->criteria[c].id, p->worth[c]);
    json_put_end(j);
}

static void write_price(json_writer *j, const tdo_run *run, const tdo_mix_limit *l)
{
    const tdo_price *p = &l->price;
    bool kink = p->left < p->right || p->left > p->right;
    double inner_from = kink && l->is_max ? l->bound : p->from;
    double inner_to = kink && !l->is_max ? l->bound : p->to;
    if (!p->known) {
        json_put_null(j, "price");
        return;
    }
    json_put_number(j, "price", p->price);
    json_put_number(j, "price_left", p->left);
    json_put_number(j, "price_right", p->right);
    write_pair(j, "holds", inner_from, inner_to);
    if (kink) {
        write_pair(j, "holds_left", p->from, l->bound);
        write_pair(j, "holds_right", l->bound, p->to);
    }
    write_worth(j, run, p);
    json_put_array(j, "curve", JSON_FLOW);
    for (size_t k = 0; k < p->points; k++)
        write_pair(j, NULL, p->bound[k], p->value[k]);
    json_put_end(j);
    if (p->points && !p->complete)
        json_put_bool(j, "curve_cut", true);
}

static void write_limits(json_writer *j, const tdo_run *run, const tdo_mix *m)
{
    json_put_array(j, "limits", JSON_LINES);
    for (size_t k = 0; k < m->limits; k++) {
        const tdo_mix_limit *l = &m->limit[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "text", l->text);
        json_put_text(j, "owner", l->constraint->owner);
        json_put_text(j, "why", l->constraint->why);
        if (l->constraint->condition.criterion != TDO_NONE)
            json_put_text(j, "criterion",
                          run->scenario->criteria[l->constraint->condition.criterion].id);
        else
            json_put_text(j, "column", l->constraint->condition.column);
        json_put_text(j, "from", l->from_constraint ? "constraint" : "mix");
        json_put_text(j, "binds", l->each ? "each" : "average");
        json_put_text(j, "side", l->is_max ? "max" : "min");
        json_put_number(j, "bound", l->bound);
        json_put_number(j, "at", l->reached);
        write_price(j, run, l);
        if (!isnan(l->multiplier))
            json_put_number(j, "multiplier", l->multiplier);
        json_put_end(j);
    }
    json_put_end(j);
}

/* ---- no split ---- */

static void write_clash(json_writer *j, const tdo_mix *m)
{
    const tdo_mix_clash *c = &m->clash;
    json_put_object(j, "clash", JSON_LINES);
    json_put_bool(j, "nobody", c->nobody);
    json_put_array(j, "sets", JSON_FLOW);
    for (size_t s = 0; s < c->sets; s++) {
        json_put_array(j, NULL, JSON_FLOW);
        for (size_t k = 0; k < c->size[s]; k++)
            json_put_count(j, NULL, c->set[s][k]);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_bool(j, "complete", c->complete);
    json_put_array(j, "relax", JSON_LINES);
    for (size_t k = 0; c->relax && k < m->limits; k++) {
        if (isnan(c->relax[k]))
            continue;
        json_put_object(j, NULL, JSON_FLOW);
        json_put_count(j, "limit", k);
        json_put_number(j, "to", c->relax[k]);
        json_put_end(j);
    }
    json_put_end(j);
    if (c->proof) {
        json_put_object(j, "proof", JSON_FLOW);
        json_put_array(j, "multipliers", JSON_FLOW);
        for (size_t k = 0; k < m->limits; k++)
            json_put_number(j, NULL, c->proof[k] / c->scale[k]);
        json_put_end(j);
        json_put_number(j, "margin", c->margin);
        json_put_end(j);
    }
    if (c->models)
        json_put_count(j, "models", c->models);
    json_put_end(j);
}

tdo_status out_mix(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_mix *m = &run->mix;
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_mix(run, a, &said);
    if (status != TDO_OK || !run->mixed)
        return status;
    json_put_object(j, "mix", JSON_LINES);
    json_put_text(j, "rule", tdo_mix_rule_name[m->rule]);
    json_put_text(j, "status", tdo_mix_status_word(m->status));
    json_put_number(j, "value", m->value);
    if (m->no_gain)
        json_put_bool(j, "no_gain", true);
    if (m->whole)
        json_put_bool(j, "whole", true);
    if (m->relaxed_prices)
        json_put_bool(j, "relaxed_prices", true);
    write_shares(j, run, m);
    if (m->n_shares)
        write_split(j, run, m);
    write_limits(j, run, m);
    if (m->n_shares) {
        json_put_object(j, "certificate", JSON_FLOW);
        json_put_number(j, "primal", m->certificate.primal);
        json_put_number(j, "dual", m->certificate.dual);
        json_put_number(j, "gap", m->certificate.gap);
        json_put_end(j);
    }
    if (m->status == TDO_MIX_INFEASIBLE)
        write_clash(j, m);
    json_put_object(j, "counts", JSON_FLOW);
    json_put_count(j, "participants", m->effort.participants);
    json_put_count(j, "entered", m->effort.entered);
    json_put_count(j, "unmeasured", m->unmeasured);
    json_put_end(j);
    out_sentences(j, &said);
    out_splits(j, run);
    json_put_end(j);
    return TDO_OK;
}
