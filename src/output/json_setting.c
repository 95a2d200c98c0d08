/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's criteria, stakeholders and constraints: what was asked, as the run took it. */
#include "output/json_parts.h"

static void write_goal(tdo_json *j, const tdo_criterion *c)
{
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_json_object(j, "goal", TDO_JSON_FLOW);
        tdo_json_number(j, "target", c->target);
        tdo_json_end(j);
    } else {
        tdo_json_text(j, "goal", tdo_goal_name[c->goal]);
    }
}

static void write_levels(tdo_json *j, const tdo_criterion *c)
{
    tdo_json_array(j, "levels", TDO_JSON_FLOW);
    for (size_t k = 0; k < c->n_levels; k++)
        tdo_json_text(j, NULL, c->levels[k]);
    tdo_json_end(j);
}

static void write_value_function(tdo_json *j, const tdo_criterion *c)
{
    tdo_json_array(j, "value", TDO_JSON_FLOW);
    for (size_t k = 0; k < c->n_value; k++) {
        tdo_json_array(j, NULL, TDO_JSON_FLOW);
        tdo_json_number(j, NULL, c->value_x[k]);
        tdo_json_number(j, NULL, c->value_v[k]);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_groups(tdo_json *j, const tdo_groups *g)
{
    tdo_json_object(j, "groups", TDO_JSON_FLOW);
    tdo_json_text(j, "take", tdo_take_name[g->take]);
    tdo_json_text(j, "file", g->path);
    if (g->size)
        tdo_json_text(j, "size", g->size);
    tdo_json_end(j);
}

static void write_criterion(tdo_json *j, const tdo_criterion *c, const tdo_valued *v, size_t at)
{
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "id", c->id);
    tdo_json_text(j, "label", c->label);
    tdo_json_text(j, "unit", c->unit);
    write_goal(j, c);
    tdo_json_number(j, "worst", v->worst[at]);
    tdo_json_number(j, "best", v->best[at]);
    tdo_json_text(j, "range", v->observed[at] ? "observed" : "given");
    if (c->levels)
        write_levels(j, c);
    if (c->has_indifference)
        tdo_json_number(j, "indifference", c->indifference);
    if (c->n_value)
        write_value_function(j, c);
    if (c->groups)
        write_groups(j, c->groups);
    if (v->constant[at])
        tdo_json_bool(j, "constant", true);
    if (v->clamped[at])
        tdo_json_count(j, "clamped", v->clamped[at]);
    tdo_json_end(j);
}

void tdo_json_criteria(tdo_json *j, const tdo_run *run)
{
    tdo_json_array(j, "criteria", TDO_JSON_LINES);
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        write_criterion(j, &run->scenario->criteria[c], &run->valued, c);
    tdo_json_end(j);
}

void tdo_json_stakeholders(tdo_json *j, const tdo_run *run)
{
    const tdo_scenario *s = run->scenario;
    const tdo_utility *u = &run->utility;
    tdo_json_array(j, "stakeholders", TDO_JSON_LINES);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "id", s->stakeholders[h].id);
        tdo_json_text(j, "label", s->stakeholders[h].label);
        tdo_json_number(j, "power", u->power[h]);
        tdo_json_object(j, "weights", TDO_JSON_FLOW);
        for (size_t c = 0; c < s->n_criteria; c++)
            tdo_json_number(j, s->criteria[c].id, u->weight[h * u->d + c]);
        tdo_json_end(j);
        tdo_json_text(j, "choice",
                      run->feasible ? tdo_slot_id(run, run->ranking.favourite[h]) : NULL);
        if (run->feasible) {
            tdo_json_number(j, "best", u->best[h]);
            tdo_json_number(j, "disagreement", u->disagreement[h]);
        }
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_match(tdo_json *j, const char *key, const tdo_match *m)
{
    if (m->is_number)
        tdo_json_number(j, key, m->number);
    else
        tdo_json_text(j, key, m->text);
}

static void write_matches(tdo_json *j, const char *key, const tdo_match *m, size_t n)
{
    if (!m)
        return;
    tdo_json_array(j, key, TDO_JSON_FLOW);
    for (size_t k = 0; k < n; k++)
        write_match(j, NULL, &m[k]);
    tdo_json_end(j);
}

static void write_condition(tdo_json *j, const tdo_scenario *s, const tdo_condition *is)
{
    if (is->criterion != TDO_NONE)
        tdo_json_text(j, "criterion", s->criteria[is->criterion].id);
    else
        tdo_json_text(j, "column", is->column);
    if (is->has_min)
        tdo_json_number(j, "min", is->min);
    if (is->has_max)
        tdo_json_number(j, "max", is->max);
    if (is->equals)
        write_match(j, "equals", is->equals);
    write_matches(j, "in", is->in, is->n_in);
    write_matches(j, "not_in", is->not_in, is->n_not_in);
}

/* Who would be first, with which score, from which bound on. */
static void write_steps(tdo_json *j, const tdo_run *run, const tdo_step_curve *c)
{
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "side", c->is_max ? "max" : "min");
    tdo_json_array(j, "best", TDO_JSON_FLOW);
    for (size_t k = 0; k < c->steps; k++) {
        tdo_json_array(j, NULL, TDO_JSON_FLOW);
        tdo_json_number(j, NULL, c->step[k].bound);
        tdo_json_number(j, NULL, c->step[k].score);
        tdo_json_text(j, NULL, run->measured.id[c->step[k].candidate]);
        tdo_json_end(j);
    }
    tdo_json_end(j);
    tdo_json_end(j);
}

/* A curve for each side that constraint k has; the curves stand in the order of the constraints. */
static void write_curves(tdo_json *j, const tdo_run *run, size_t k)
{
    bool some = false;
    for (size_t q = 0; q < run->n_steps; q++) {
        if (run->steps[q].constraint != k)
            continue;
        if (!some)
            tdo_json_array(j, "steps", TDO_JSON_FLOW);
        some = true;
        write_steps(j, run, &run->steps[q]);
    }
    if (some)
        tdo_json_end(j);
}

void tdo_json_constraints(tdo_json *j, const tdo_run *run)
{
    const tdo_scenario *s = run->scenario;
    tdo_json_array(j, "constraints", TDO_JSON_LINES);
    for (size_t k = 0; k < s->n_constraints; k++) {
        const tdo_constraint *c = &s->constraints[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "text", c->text);
        tdo_json_text(j, "owner", c->owner);
        tdo_json_text(j, "why", c->why);
        tdo_json_count(j, "excludes", run->screened.excludes[k]);
        tdo_json_count(j, "alone", run->screened.alone[k]);
        write_condition(j, s, &c->is);
        if (c->stakeholder != TDO_NONE)
            tdo_json_text(j, "veto", s->stakeholders[c->stakeholder].id);
        write_curves(j, run, k);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}
