/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter as a scenario, format 1. */
#include "tradeoff/output.h"
#include "json/writer.h"

static const char *name_of(const tdo_starter *s, size_t column)
{
    return s->profile->column[column].name;
}

static void put_ids(json_writer *j, const tdo_starter *s, const char *key, bool list)
{
    if (s->n_id == 1 && !list) {
        json_put_text(j, key, name_of(s, s->id[0]));
        return;
    }
    json_put_array(j, key, JSON_FLOW);
    for (size_t k = 0; k < s->n_id; k++)
        json_put_text(j, NULL, name_of(s, s->id[k]));
    json_put_end(j);
}

static void put_delimiter(json_writer *j, const tdo_starter *s)
{
    if (!s->profile->delimiter_named)
        json_put_text(j, "delimiter", (char[]){s->profile->delimiter, '\0'});
}

static void put_where(json_writer *j, const tdo_starter *s)
{
    if (s->n_where == 0)
        return;
    json_put_array(j, "where", JSON_FLOW);
    for (size_t k = 0; k < s->n_where; k++) {
        const tdo_starter_condition *c = &s->where[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "column", name_of(s, c->column));
        if (c->equals)
            json_put_text(j, "equals", c->equals);
        if (c->n_not_in > 0) {
            json_put_array(j, "not_in", JSON_FLOW);
            for (size_t i = 0; i < c->n_not_in; i++)
                json_put_text(j, NULL, c->not_in[i]);
            json_put_end(j);
        }
        if (c->present)
            json_put_bool(j, "present", true);
        if (c->has_min)
            json_put_number(j, "min", c->min);
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_candidates(json_writer *j, const tdo_starter *s)
{
    json_put_object(j, "candidates", JSON_LINES);
    json_put_text(j, "file", s->file);
    put_ids(j, s, "id", false);
    put_delimiter(j, s);
    put_where(j, s);
    if (s->averaged) {
        json_put_object(j, "average", JSON_FLOW);
        put_ids(j, s, "by", true);
        if (s->average_se)
            json_put_bool(j, "se", true);
        json_put_end(j);
    }
    json_put_text(j, "missing", s->missing == TDO_MISSING_DROP ? "drop" : "error");
    json_put_end(j);
}

static void put_groups(json_writer *j, const tdo_starter *s, const tdo_starter_criterion *c)
{
    json_put_object(j, "groups", JSON_FLOW);
    json_put_text(j, "file", s->file);
    put_ids(j, s, "id", false);
    put_delimiter(j, s);
    json_put_text(j, "group", name_of(s, s->group));
    json_put_text(j, "value", name_of(s, c->column));
    if (s->size != TDO_NONE)
        json_put_text(j, "size", name_of(s, s->size));
    if (c->se != TDO_NONE)
        json_put_text(j, "se", name_of(s, c->se));
    json_put_text(j, "take", tdo_take_name[c->take]);
    json_put_end(j);
}

/* Worst first, as the format wants them: then more is better. */
static void put_levels(json_writer *j, const tdo_profiled *column, bool up)
{
    json_put_array(j, "levels", JSON_FLOW);
    for (size_t k = 0; k < column->n_levels; k++)
        json_put_text(j, NULL, column->level[up ? k : column->n_levels - 1 - k]);
    json_put_end(j);
}

static void put_goal(json_writer *j, const tdo_starter_criterion *c)
{
    if (c->goal == TDO_GOAL_TARGET) {
        json_put_object(j, "goal", JSON_FLOW);
        json_put_number(j, "target", c->target);
        json_put_end(j);
    } else {
        json_put_text(j, "goal", c->goal == TDO_GOAL_MAX ? "max" : "min");
    }
}

static void put_criterion(json_writer *j, const tdo_starter *s, const tdo_starter_criterion *c)
{
    const tdo_profiled *column = &s->profile->column[c->column];
    json_put_object(j, c->id, JSON_FLOW);
    if (c->grouped)
        put_groups(j, s, c);
    else
        json_put_text(j, "column", column->name);
    if (column->level)
        put_levels(j, column, c->goal == TDO_GOAL_MAX);
    else
        put_goal(j, c);
    if (column->style.as != TDO_CELLS_PLAIN)
        json_put_text(j, "as", tdo_cell_form_name[column->style.as]);
    if (column->style.percent)
        json_put_bool(j, "percent", true);
    if (column->style.thousands)
        json_put_text(j, "thousands", (char[]){column->style.thousands, '\0'});
    if (column->style.decimal)
        json_put_text(j, "decimal", (char[]){column->style.decimal, '\0'});
    if (column->style.n_marks > 0) {
        json_put_array(j, "missing_marks", JSON_FLOW);
        for (size_t k = 0; k < column->style.n_marks; k++)
            json_put_text(j, NULL, column->style.marks[k]);
        json_put_end(j);
    }
    if (c->zero_is_missing)
        json_put_bool(j, "zero_is_missing", true);
    json_put_text(j, "label", c->label);
    if (c->unit[0])
        json_put_text(j, "unit", c->unit);
    if (c->has_range) {
        json_put_array(j, "range", JSON_FLOW);
        json_put_number(j, NULL, c->worst);
        json_put_number(j, NULL, c->best);
        json_put_end(j);
    }
    if (c->no_error)
        json_put_number(j, "se", 0);
    if (c->se != TDO_NONE && !c->grouped) {
        json_put_object(j, "se", JSON_FLOW);
        json_put_text(j, "column", name_of(s, c->se));
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_person(json_writer *j, const tdo_starter *s, const tdo_starter_person *q)
{
    json_put_object(j, q->id, JSON_FLOW);
    json_put_text(j, "label", q->label);
    json_put_object(j, "weights", JSON_FLOW);
    for (size_t k = 0; k < s->n_criteria; k++)
        if (q->weight[k] > 0)
            json_put_number(j, s->criterion[k].id, q->weight[k]);
    json_put_end(j);
    json_put_end(j);
}

tdo_status tdo_write_starter(const tdo_starter *s, tdo_sink *o)
{
    json_writer j = {.o = o};
    json_put_object(&j, NULL, JSON_LINES);
    json_put_count(&j, "tradeoff", 1);
    json_put_text(&j, "title", s->title);
    put_candidates(&j, s);
    json_put_object(&j, "criteria", JSON_LINES);
    for (size_t k = 0; k < s->n_criteria; k++)
        put_criterion(&j, s, &s->criterion[k]);
    json_put_end(&j);
    json_put_object(&j, "stakeholders", JSON_LINES);
    for (size_t k = 0; k < TDO_STARTER_PEOPLE; k++)
        put_person(&j, s, &s->person[k]);
    json_put_end(&j);
    json_put_end(&j);
    return o->failed ? TDO_E_IO : TDO_OK;
}
