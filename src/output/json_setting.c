/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's criteria, stakeholders and constraints: what was asked, as the run took it. */
#include "output/json_parts.h"

#include <math.h>

static void write_goal(json_writer *j, const tdo_criterion *c)
{
    if (c->goal == TDO_GOAL_TARGET) {
        json_put_object(j, "goal", JSON_FLOW);
        json_put_number(j, "target", c->target);
        json_put_end(j);
    } else {
        json_put_text(j, "goal", tdo_goal_name[c->goal]);
    }
}

static void write_levels(json_writer *j, const tdo_criterion *c)
{
    json_put_array(j, "levels", JSON_FLOW);
    for (size_t k = 0; k < c->n_levels; k++)
        json_put_text(j, NULL, c->levels[k]);
    json_put_end(j);
}

static void write_value_function(json_writer *j, const tdo_criterion *c)
{
    json_put_array(j, "value", JSON_FLOW);
    for (size_t k = 0; k < c->n_value; k++) {
        json_put_array(j, NULL, JSON_FLOW);
        json_put_number(j, NULL, c->value_x[k]);
        json_put_number(j, NULL, c->value_v[k]);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_groups(json_writer *j, const tdo_groups *g)
{
    json_put_object(j, "groups", JSON_FLOW);
    json_put_text(j, "take", tdo_take_name[g->take]);
    json_put_text(j, "file", g->from.file);
    if (g->size)
        json_put_text(j, "size", g->size);
    json_put_end(j);
}

static void write_items(json_writer *j, const tdo_items *g)
{
    json_put_object(j, "items", JSON_FLOW);
    json_put_text(j, "file", g->from.file);
    if (g->over)
        json_put_text(j, "over", g->over);
    if (g->quantile > 0)
        json_put_number(j, "quantile", g->quantile);
    json_put_end(j);
}

/* Is each reading the cell of its column, so that it may be another one by itself? */
static bool is_of_cells(const tdo_run *run, size_t c)
{
    const tdo_criterion *of = &run->scenario->criteria[c];
    return of->groups || of->linear || (run->measured.cell && run->measured.cell[c]);
}

/* By how much the errors of two candidates go together; of joint errors the covariances of those
 * who are listed, in the order of "candidates". */
static void write_shared(json_writer *j, const tdo_run *run, const facts_listing *list, size_t at)
{
    const tdo_shared_error *of = run->doubts.shared ? &run->doubts.shared[at] : NULL;
    if (of && of->correlation > 0)
        json_put_number(j, "correlation", of->correlation);
    if (!of || !of->covariance)
        return;
    json_put_array(j, "covariance", JSON_FLOW);
    for (size_t i = 0; i < run->measured.n; i++)
        for (size_t k = 0; k <= i && facts_is_listed(list, i); k++)
            if (facts_is_listed(list, k))
                json_put_number(j, NULL, of->covariance[i * (i + 1) / 2 + k]);
    json_put_end(j);
}

static void write_criterion(json_writer *j, const tdo_run *run, const facts_listing *list,
                            size_t at)
{
    const tdo_criterion *c = &run->scenario->criteria[at];
    const tdo_valued *v = &run->valued;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "id", c->id);
    json_put_text(j, "label", c->label);
    json_put_text(j, "unit", c->unit);
    write_goal(j, c);
    json_put_number(j, "worst", v->worst[at]);
    json_put_number(j, "best", v->best[at]);
    json_put_text(j, "range", v->observed[at] ? "observed" : "given");
    if (c->levels)
        write_levels(j, c);
    if (c->has_indifference)
        json_put_number(j, "indifference", c->indifference);
    if (c->n_value)
        write_value_function(j, c);
    if (c->groups)
        write_groups(j, c->groups);
    if (c->items)
        write_items(j, c->items);
    if (v->constant[at])
        json_put_bool(j, "constant", true);
    if (v->clamped[at])
        json_put_count(j, "clamped", v->clamped[at]);
    if (run->doubts.se && run->doubts.se[at])
        json_put_text(j, "error", "normal");
    write_shared(j, run, list, at);
    if (!is_of_cells(run, at))
        json_put_bool(j, "cells", false);
    json_put_end(j);
}

void out_criteria(json_writer *j, const tdo_run *run, const facts_listing *list)
{
    json_put_array(j, "criteria", JSON_LINES);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        write_criterion(j, run, list, c);
    json_put_end(j);
}

/* The parts of the statements: weights are at least a bound, in whole numbers. */
static void write_prefers(json_writer *j, const tdo_scenario *s, const tdo_stakeholder *who)
{
    json_put_array(j, "prefers", JSON_FLOW);
    for (size_t k = 0; k < who->n_prefers; k++) {
        const tdo_preference *part = &who->prefers[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "text", part->text);
        json_put_object(j, "sum", JSON_FLOW);
        for (size_t c = 0; c < s->n_criteria; c++)
            if (part->coefficient[c] < 0 || part->coefficient[c] > 0)
                json_put_number(j, s->criteria[c].id, part->coefficient[c]);
        json_put_end(j);
        json_put_number(j, part->strict ? "above" : "least", part->bound);
        json_put_end(j);
    }
    json_put_end(j);
}

void out_stakeholders(json_writer *j, const tdo_run *run)
{
    const tdo_scenario *s = run->scenario;
    const tdo_utility *u = &run->utility;
    json_put_array(j, "stakeholders", JSON_LINES);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", s->stakeholders[h].id);
        json_put_text(j, "label", s->stakeholders[h].label);
        json_put_number(j, "power", u->power[h]);
        json_put_object(j, "weights", JSON_FLOW);
        for (size_t c = 0; c < s->n_criteria; c++)
            json_put_number(j, s->criteria[c].id, u->weight[h * u->d + c]);
        json_put_end(j);
        json_put_text(j, "choice",
                      run->feasible ? facts_slot_id(run, run->ranking.favourite[h]) : NULL);
        if (run->feasible) {
            json_put_number(j, "best", u->best[h]);
            json_put_number(j, "disagreement", u->disagreement[h]);
        }
        if (s->stakeholders[h].n_prefers)
            write_prefers(j, s, &s->stakeholders[h]);
        if (s->stakeholders[h].vague > 0)
            json_put_number(j, "vague", s->stakeholders[h].vague);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_match(json_writer *j, const char *key, const tdo_match *m)
{
    if (m->is_number)
        json_put_number(j, key, m->number);
    else
        json_put_text(j, key, m->text);
}

static void write_matches(json_writer *j, const char *key, const tdo_match *m, size_t n)
{
    if (!m)
        return;
    json_put_array(j, key, JSON_FLOW);
    for (size_t k = 0; k < n; k++)
        write_match(j, NULL, &m[k]);
    json_put_end(j);
}

static void write_condition(json_writer *j, const tdo_scenario *s, const tdo_condition *is)
{
    if (is->criterion != TDO_NONE)
        json_put_text(j, "criterion", s->criteria[is->criterion].id);
    else
        json_put_text(j, "column", is->column);
    if (is->has_min)
        json_put_number(j, "min", is->min);
    if (is->has_max)
        json_put_number(j, "max", is->max);
    if (is->equals)
        write_match(j, "equals", is->equals);
    write_matches(j, "in", is->in, is->n_in);
    write_matches(j, "not_in", is->not_in, is->n_not_in);
}

/* Who would be first, with which score, from which bound on. */
static void write_steps(json_writer *j, const tdo_run *run, const tdo_step_curve *c)
{
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "side", c->is_max ? "max" : "min");
    json_put_array(j, "best", JSON_FLOW);
    for (size_t k = 0; k < c->steps; k++) {
        json_put_array(j, NULL, JSON_FLOW);
        json_put_number(j, NULL, c->step[k].bound);
        json_put_number(j, NULL, c->step[k].score);
        json_put_text(j, NULL, run->measured.id[c->step[k].candidate]);
        json_put_end(j);
    }
    json_put_end(j);
    if (c->left_out)
        json_put_bool(j, "left_out", true);
    json_put_end(j);
}

/* A curve for each side that constraint k has; the curves stand in the order of the constraints. */
static void write_curves(json_writer *j, const tdo_run *run, size_t k)
{
    bool some = false;
    for (size_t q = 0; q < run->n_steps; q++) {
        if (run->steps[q].constraint != k)
            continue;
        if (!some)
            json_put_array(j, "steps", JSON_FLOW);
        some = true;
        write_steps(j, run, &run->steps[q]);
    }
    if (some)
        json_put_end(j);
}

static void write_bound(json_writer *j, const char *key, bool has, double shown)
{
    if (has)
        json_put_number(j, key, shown);
}

/* How sure the limit is for each candidate, and the last bounds that would be shown: so that a
 * moved bound can be judged by whoever reads the result. */
static void write_judged(json_writer *j, const tdo_run *run, const tdo_limit_doubt *d,
                         const uint32_t *order, size_t n)
{
    const tdo_condition *is = &run->scenario->constraints[d->constraint].condition;
    json_put_object(j, "judged", JSON_LINES);
    json_put_number(j, "level", d->level);
    json_put_object(j, "candidates", JSON_LINES);
    for (size_t q = 0; q < n; q++) {
        uint32_t i = order[q];
        if (!tdo_is_judged(run->scenario, &run->measured, d, i))
            continue;
        json_put_object(j, run->measured.id[i], JSON_FLOW);
        json_put_number(j, "holds", d->holds[i]);
        json_put_number(j, "se", d->se[i]);
        write_bound(j, "min", is->has_min, d->shown_min[i]);
        write_bound(j, "max", is->has_max, d->shown_max[i]);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_end(j);
}

static void write_shown(json_writer *j, const tdo_run *run, size_t k, const uint32_t *order,
                        size_t n)
{
    const tdo_constraint *c = &run->scenario->constraints[k];
    const tdo_limit_doubt *d = tdo_doubt_of(&run->doubts, k);
    if (c->shown > 0)
        json_put_number(j, "shown", c->shown);
    if (c->shown_over_all)
        json_put_text(j, "over", "all");
    if (d)
        write_judged(j, run, d, order, n);
}

tdo_status out_constraints(json_writer *j, const tdo_run *run, const facts_listing *list,
                           tdo_arena *a)
{
    const tdo_scenario *s = run->scenario;
    uint32_t *order = NULL;
    size_t n = 0;
    tdo_status status = out_list_ranked(run, list, a, &order, &n);
    if (status != TDO_OK)
        return status;
    json_put_array(j, "constraints", JSON_LINES);
    for (size_t k = 0; k < s->n_constraints; k++) {
        const tdo_constraint *c = &s->constraints[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "text", c->text);
        json_put_text(j, "owner", c->owner);
        json_put_text(j, "why", c->why);
        json_put_count(j, "excludes", run->screened.excludes[k]);
        json_put_count(j, "alone", run->screened.alone[k]);
        write_condition(j, s, &c->condition);
        if (c->stakeholder != TDO_NONE)
            json_put_text(j, "veto", s->stakeholders[c->stakeholder].id);
        write_curves(j, run, k);
        write_shown(j, run, k, order, n);
        json_put_end(j);
    }
    json_put_end(j);
    return TDO_OK;
}
