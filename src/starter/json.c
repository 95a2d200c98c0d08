/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter as a scenario, format 1. */
#include "json/writer.h"
#include "tradeoff/output.h"

static const char *name_of(const tdo_starter *s, size_t column)
{
    return s->profile->column[column].name;
}

static void put_ids(tdo_json *j, const tdo_starter *s, const char *key, bool list)
{
    if (s->n_id == 1 && !list) {
        tdo_json_text(j, key, name_of(s, s->id[0]));
        return;
    }
    tdo_json_array(j, key, TDO_JSON_FLOW);
    for (size_t k = 0; k < s->n_id; k++)
        tdo_json_text(j, NULL, name_of(s, s->id[k]));
    tdo_json_end(j);
}

static void put_delimiter(tdo_json *j, const tdo_starter *s)
{
    if (!s->profile->delimiter_named)
        tdo_json_text(j, "delimiter", (char[]){s->profile->delimiter, '\0'});
}

static void put_where(tdo_json *j, const tdo_starter *s)
{
    if (s->n_where == 0)
        return;
    tdo_json_array(j, "where", TDO_JSON_FLOW);
    for (size_t k = 0; k < s->n_where; k++) {
        const tdo_starter_condition *c = &s->where[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "column", name_of(s, c->column));
        if (c->equals)
            tdo_json_text(j, "equals", c->equals);
        if (c->present)
            tdo_json_bool(j, "present", true);
        if (c->has_min)
            tdo_json_number(j, "min", c->min);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void put_candidates(tdo_json *j, const tdo_starter *s)
{
    tdo_json_object(j, "candidates", TDO_JSON_LINES);
    tdo_json_text(j, "file", s->file);
    put_ids(j, s, "id", false);
    put_delimiter(j, s);
    put_where(j, s);
    if (s->averaged) {
        tdo_json_object(j, "average", TDO_JSON_FLOW);
        put_ids(j, s, "by", true);
        if (s->average_se)
            tdo_json_bool(j, "se", true);
        tdo_json_end(j);
    }
    tdo_json_text(j, "missing", s->missing == TDO_MISSING_DROP ? "drop" : "error");
    tdo_json_end(j);
}

static void put_groups(tdo_json *j, const tdo_starter *s, const tdo_starter_criterion *c)
{
    tdo_json_object(j, "groups", TDO_JSON_FLOW);
    tdo_json_text(j, "file", s->file);
    put_ids(j, s, "id", false);
    put_delimiter(j, s);
    tdo_json_text(j, "group", name_of(s, s->group));
    tdo_json_text(j, "value", name_of(s, c->column));
    if (s->size != TDO_NONE)
        tdo_json_text(j, "size", name_of(s, s->size));
    tdo_json_text(j, "take", tdo_take_name[c->take]);
    tdo_json_end(j);
}

/* Worst first, as the format wants them: then more is better. */
static void put_levels(tdo_json *j, const tdo_profiled *column, bool up)
{
    tdo_json_array(j, "levels", TDO_JSON_FLOW);
    for (size_t k = 0; k < column->n_levels; k++)
        tdo_json_text(j, NULL, column->level[up ? k : column->n_levels - 1 - k]);
    tdo_json_end(j);
}

static void put_goal(tdo_json *j, const tdo_starter_criterion *c)
{
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_json_object(j, "goal", TDO_JSON_FLOW);
        tdo_json_number(j, "target", c->target);
        tdo_json_end(j);
    } else {
        tdo_json_text(j, "goal", c->goal == TDO_GOAL_MAX ? "max" : "min");
    }
}

static void put_criterion(tdo_json *j, const tdo_starter *s, const tdo_starter_criterion *c)
{
    const tdo_profiled *column = &s->profile->column[c->column];
    tdo_json_object(j, c->id, TDO_JSON_FLOW);
    if (c->grouped)
        put_groups(j, s, c);
    else
        tdo_json_text(j, "column", column->name);
    if (column->level)
        put_levels(j, column, c->goal == TDO_GOAL_MAX);
    else
        put_goal(j, c);
    if (column->style.percent)
        tdo_json_bool(j, "percent", true);
    if (column->style.thousands)
        tdo_json_text(j, "thousands", (char[]){column->style.thousands, '\0'});
    if (c->zero_is_missing)
        tdo_json_bool(j, "zero_is_missing", true);
    tdo_json_text(j, "label", c->label);
    if (c->unit[0])
        tdo_json_text(j, "unit", c->unit);
    if (c->has_range) {
        tdo_json_array(j, "range", TDO_JSON_FLOW);
        tdo_json_number(j, NULL, c->worst);
        tdo_json_number(j, NULL, c->best);
        tdo_json_end(j);
    }
    if (c->se != TDO_NONE) {
        tdo_json_object(j, "se", TDO_JSON_FLOW);
        tdo_json_text(j, "column", name_of(s, c->se));
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void put_person(tdo_json *j, const tdo_starter *s, const tdo_starter_person *q)
{
    tdo_json_object(j, q->id, TDO_JSON_FLOW);
    tdo_json_text(j, "label", q->label);
    tdo_json_object(j, "weights", TDO_JSON_FLOW);
    for (size_t k = 0; k < s->n_criteria; k++)
        if (q->weight[k] > 0)
            tdo_json_number(j, s->criterion[k].id, q->weight[k]);
    tdo_json_end(j);
    tdo_json_end(j);
}

tdo_status tdo_write_starter(const tdo_starter *s, tdo_sink *o)
{
    tdo_json j = {.o = o};
    tdo_json_object(&j, NULL, TDO_JSON_LINES);
    tdo_json_count(&j, "tradeoff", 1);
    tdo_json_text(&j, "title", s->title);
    put_candidates(&j, s);
    tdo_json_object(&j, "criteria", TDO_JSON_LINES);
    for (size_t k = 0; k < s->n_criteria; k++)
        put_criterion(&j, s, &s->criterion[k]);
    tdo_json_end(&j);
    tdo_json_object(&j, "stakeholders", TDO_JSON_LINES);
    for (size_t k = 0; k < TDO_STARTER_PEOPLE; k++)
        put_person(&j, s, &s->person[k]);
    tdo_json_end(&j);
    tdo_json_end(&j);
    return o->failed ? TDO_E_IO : TDO_OK;
}
