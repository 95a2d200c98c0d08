/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's split, with what its limits cost or why there is none. Numbers that are infinite or
 * unknown are null: an open end of a range, a side on which nothing is feasible. */
#include "output/json_parts.h"

#include <math.h>

static void write_pair(tdo_json *j, const char *key, double from, double to)
{
    tdo_json_array(j, key, TDO_JSON_FLOW);
    tdo_json_number(j, NULL, from);
    tdo_json_number(j, NULL, to);
    tdo_json_end(j);
}

/* An object with the key of each stakeholder. */
static void write_people(tdo_json *j, const char *key, const tdo_run *run, const double *x)
{
    tdo_json_object(j, key, TDO_JSON_FLOW);
    for (size_t h = 0; h < run->scenario->n_stakeholders; h++)
        tdo_json_number(j, run->scenario->stakeholders[h].id, x[h]);
    tdo_json_end(j);
}

static void write_shares(tdo_json *j, const tdo_run *run, const tdo_mix *m)
{
    tdo_json_array(j, "shares", TDO_JSON_LINES);
    for (size_t k = 0; k < m->n_shares; k++) {
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "id", run->measured.id[m->shares[k].candidate]);
        tdo_json_number(j, "share", m->shares[k].share);
        if (!isnan(m->shares[k].least))
            write_pair(j, "range", m->shares[k].least, m->shares[k].most);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_levels(tdo_json *j, const tdo_run *run, const tdo_mix *m)
{
    bool criteria = m->rule == TDO_MIX_CHEBYSHEV;
    const tdo_scenario *s = run->scenario;
    if (!m->levels)
        return;
    tdo_json_array(j, "levels", TDO_JSON_LINES);
    for (size_t k = 0; k < m->levels; k++) {
        const tdo_mix_level *l = &m->level[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, criteria ? "criterion" : "stakeholder",
                      criteria ? s->criteria[l->of].id : s->stakeholders[l->of].id);
        tdo_json_number(j, "level", l->level);
        tdo_json_number(j, "weight", l->weight);
        if (l->round)
            tdo_json_count(j, "round", l->round);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

/* The best single candidate, and who gains or loses when the split takes its place. */
static void write_single(tdo_json *j, const tdo_run *run, const tdo_mix *m)
{
    const tdo_scenario *s = run->scenario;
    if (m->single == TDO_NONE) {
        tdo_json_null(j, "best_single");
        tdo_json_null(j, "gain");
        return;
    }
    tdo_json_object(j, "best_single", TDO_JSON_FLOW);
    tdo_json_text(j, "id", run->measured.id[m->single]);
    tdo_json_number(j, "value", m->single_value);
    write_people(j, "utility", run, m->single_utility);
    tdo_json_end(j);
    tdo_json_object(j, "gain", TDO_JSON_FLOW);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        tdo_json_number(j, s->stakeholders[h].id, m->utility[h] - m->single_utility[h]);
    tdo_json_end(j);
}

static void write_split(tdo_json *j, const tdo_run *run, const tdo_mix *m)
{
    write_people(j, "utility", run, m->utility);
    tdo_json_object(j, "readings", TDO_JSON_FLOW);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        tdo_json_number(j, run->scenario->criteria[c].id, m->reading[c]);
    tdo_json_end(j);
    write_levels(j, run, m);
    write_single(j, run, m);
    tdo_json_bool(j, "better", m->better);
    if (m->unique_known)
        tdo_json_bool(j, "unique", m->unique);
    else
        tdo_json_null(j, "unique");
    if (m->next == TDO_NONE) {
        tdo_json_null(j, "next");
        return;
    }
    tdo_json_object(j, "next", TDO_JSON_FLOW);
    tdo_json_text(j, "id", run->measured.id[m->next]);
    tdo_json_number(j, "lacks", m->next_lacks);
    tdo_json_end(j);
}

/* ---- limits ---- */

static void write_worth(tdo_json *j, const tdo_run *run, const tdo_price *p)
{
    tdo_json_object(j, "worth", TDO_JSON_FLOW);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        if (p->worth && !isnan(p->worth[c]))
            tdo_json_number(j, run->scenario->criteria[c].id, p->worth[c]);
    tdo_json_end(j);
}

static void write_price(tdo_json *j, const tdo_run *run, const tdo_mix_limit *l)
{
    const tdo_price *p = &l->price;
    bool kink = p->left < p->right || p->left > p->right;
    double inner_from = kink && l->is_max ? l->bound : p->from;
    double inner_to = kink && !l->is_max ? l->bound : p->to;
    if (!p->known) {
        tdo_json_null(j, "price");
        return;
    }
    tdo_json_number(j, "price", p->price);
    tdo_json_number(j, "price_left", p->left);
    tdo_json_number(j, "price_right", p->right);
    write_pair(j, "holds", inner_from, inner_to);
    if (kink) {
        write_pair(j, "holds_left", p->from, l->bound);
        write_pair(j, "holds_right", l->bound, p->to);
    }
    write_worth(j, run, p);
    tdo_json_array(j, "curve", TDO_JSON_FLOW);
    for (size_t k = 0; k < p->points; k++)
        write_pair(j, NULL, p->bound[k], p->value[k]);
    tdo_json_end(j);
    if (p->points && !p->complete)
        tdo_json_bool(j, "curve_cut", true);
}

static void write_limits(tdo_json *j, const tdo_run *run, const tdo_mix *m)
{
    tdo_json_array(j, "limits", TDO_JSON_LINES);
    for (size_t k = 0; k < m->limits; k++) {
        const tdo_mix_limit *l = &m->limit[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "text", l->text);
        tdo_json_text(j, "owner", l->of->owner);
        tdo_json_text(j, "why", l->of->why);
        if (l->of->is.criterion != TDO_NONE)
            tdo_json_text(j, "criterion", run->scenario->criteria[l->of->is.criterion].id);
        else
            tdo_json_text(j, "column", l->of->is.column);
        tdo_json_text(j, "from", l->from_constraint ? "constraint" : "mix");
        tdo_json_text(j, "binds", l->each ? "each" : "average");
        tdo_json_text(j, "side", l->is_max ? "max" : "min");
        tdo_json_number(j, "bound", l->bound);
        tdo_json_number(j, "at", l->at);
        write_price(j, run, l);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

/* ---- no split ---- */

static void write_clash(tdo_json *j, const tdo_mix *m)
{
    const tdo_mix_clash *c = &m->clash;
    tdo_json_object(j, "clash", TDO_JSON_LINES);
    tdo_json_bool(j, "nobody", c->nobody);
    tdo_json_array(j, "sets", TDO_JSON_FLOW);
    for (size_t s = 0; s < c->sets; s++) {
        tdo_json_array(j, NULL, TDO_JSON_FLOW);
        for (size_t k = 0; k < c->size[s]; k++)
            tdo_json_count(j, NULL, c->set[s][k]);
        tdo_json_end(j);
    }
    tdo_json_end(j);
    tdo_json_bool(j, "complete", c->complete);
    tdo_json_array(j, "relax", TDO_JSON_LINES);
    for (size_t k = 0; c->relax && k < m->limits; k++) {
        if (isnan(c->relax[k]))
            continue;
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_count(j, "limit", k);
        tdo_json_number(j, "to", c->relax[k]);
        tdo_json_end(j);
    }
    tdo_json_end(j);
    if (c->proof) {
        tdo_json_object(j, "proof", TDO_JSON_FLOW);
        tdo_json_array(j, "multipliers", TDO_JSON_FLOW);
        for (size_t k = 0; k < m->limits; k++)
            tdo_json_number(j, NULL, c->proof[k] / c->scale[k]);
        tdo_json_end(j);
        tdo_json_number(j, "margin", c->margin);
        tdo_json_end(j);
    }
    if (c->models)
        tdo_json_count(j, "models", c->models);
    tdo_json_end(j);
}

tdo_status tdo_json_mix(tdo_json *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_mix *m = &run->mix;
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_mix(run, a, &said);
    if (status != TDO_OK || !run->mixed)
        return status;
    tdo_json_object(j, "mix", TDO_JSON_LINES);
    tdo_json_text(j, "rule", tdo_mix_rule_name[m->rule]);
    tdo_json_text(j, "status", tdo_mix_status_word(m->status));
    tdo_json_number(j, "value", m->value);
    if (m->no_gain)
        tdo_json_bool(j, "no_gain", true);
    if (m->whole)
        tdo_json_bool(j, "whole", true);
    if (m->relaxed_prices)
        tdo_json_bool(j, "relaxed_prices", true);
    write_shares(j, run, m);
    if (m->n_shares)
        write_split(j, run, m);
    write_limits(j, run, m);
    if (m->n_shares) {
        tdo_json_object(j, "certificate", TDO_JSON_FLOW);
        tdo_json_number(j, "primal", m->certificate.primal);
        tdo_json_number(j, "dual", m->certificate.dual);
        tdo_json_number(j, "gap", m->certificate.gap);
        tdo_json_end(j);
    }
    if (m->status == TDO_MIX_INFEASIBLE)
        write_clash(j, m);
    tdo_json_object(j, "counts", TDO_JSON_FLOW);
    tdo_json_count(j, "participants", m->effort.participants);
    tdo_json_count(j, "entered", m->effort.entered);
    tdo_json_count(j, "unmeasured", m->unmeasured);
    tdo_json_end(j);
    tdo_json_sentences(j, &said);
    tdo_json_end(j);
    return TDO_OK;
}
