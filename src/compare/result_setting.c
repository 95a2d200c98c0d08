/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The criteria, stakeholders and constraints of a result that is read back. */
#include <math.h>
#include <string.h>

#include "compare/result_reader.h"

size_t result_criterion(json_tree *t, const tdo_result *r, const tdo_node *n)
{
    for (size_t c = 0; c < r->n_criteria; c++)
        if (strcmp(r->criteria[c].id, n->key) == 0)
            return c;
    json_tree_wrong(t, n, "is of no criterion of this result");
    return TDO_NONE;
}

/* A list of the result with 1 (or 0) to most items. NULL after an error. */
static const tdo_node *list_of(json_tree *t, const tdo_node *top, const char *key, size_t least,
                               size_t most)
{
    const tdo_node *list = json_tree_get(t, top, key, JSON_MAY_BE_LIST);
    if (list && (list->n < least || list->n > most))
        json_tree_wrong(t, list, "must have %zu to %zu items, found %zu", least, most, list->n);
    return t->status == TDO_OK ? list : NULL;
}

/* ---- criteria ---- */

static void read_goal(json_tree *t, const tdo_node *n, tdo_criterion *c)
{
    const tdo_node *goal = json_tree_get(t, n, "goal", JSON_MAY_BE_STRING | JSON_MAY_BE_OBJECT);
    if (goal && goal->type == JSON_NODE_OBJECT) {
        c->goal = TDO_GOAL_TARGET;
        c->target = json_tree_number(t, goal, "target", 0);
    } else if (goal) {
        c->goal = (tdo_goal)json_tree_choice(t, n, "goal", tdo_goal_name, TDO_GOAL_TARGET);
    }
}

static void read_criterion(json_tree *t, const tdo_node *n, tdo_criterion *c)
{
    static const char *const ranges[] = {"observed", "given"};
    if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
        return;
    c->id = json_tree_text(t, n, "id", 0);
    c->label = json_tree_text(t, n, "label", 0);
    c->unit = json_tree_text(t, n, "unit", 0);
    read_goal(t, n, c);
    c->worst = json_tree_number(t, n, "worst", JSON_MAY_BE_NULL);
    c->best = json_tree_number(t, n, "best", JSON_MAY_BE_NULL);
    c->has_range = json_tree_choice(t, n, "range", ranges, 2) == 1;
    c->levels = json_tree_texts(t, n, "levels", JSON_MAY_BE_ABSENT, &c->n_levels);
    c->indifference = json_tree_number(t, n, "indifference", JSON_MAY_BE_ABSENT);
    c->has_indifference = !isnan(c->indifference);
}

static void read_criteria(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *list = list_of(t, top, "criteria", 1, TDO_MAX_CRITERIA);
    tdo_criterion *criteria = list ? json_tree_alloc(t, list->n, sizeof *criteria) : NULL;
    size_t k = 0;
    if (!criteria)
        return;
    r->criteria = criteria;
    for (const tdo_node *n = list->first; n && t->status == TDO_OK; n = n->next, k++) {
        read_criterion(t, n, &criteria[k]);
        for (size_t j = 0; t->status == TDO_OK && j < k; j++)
            if (strcmp(criteria[j].id, criteria[k].id) == 0)
                json_tree_wrong(t, n, "has an id that another criterion has");
    }
    r->n_criteria = k;
}

/* ---- stakeholders ---- */

static void read_person(json_tree *t, const tdo_node *n, const tdo_result *r, tdo_result_person *p)
{
    if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
        return;
    p->id = json_tree_text(t, n, "id", 0);
    p->label = json_tree_text(t, n, "label", 0);
    p->power = json_tree_number(t, n, "power", 0);
    p->choice = json_tree_text(t, n, "choice", JSON_MAY_BE_NULL);
    const tdo_node *weights = json_tree_get(t, n, "weights", JSON_MAY_BE_OBJECT);
    double *weight = json_tree_alloc(t, r->n_criteria, sizeof *weight);
    p->weight = weight;
    for (const tdo_node *w = weights && weight ? weights->first : NULL; w; w = w->next) {
        size_t c = json_tree_is(t, w, JSON_MAY_BE_NUMBER) ? result_criterion(t, r, w) : TDO_NONE;
        if (c == TDO_NONE)
            return;
        weight[c] = w->number;
    }
}

static void read_people(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *list = list_of(t, top, "stakeholders", 1, TDO_MAX_STAKEHOLDERS);
    tdo_result_person *person = list ? json_tree_alloc(t, list->n, sizeof *person) : NULL;
    size_t k = 0;
    if (!person)
        return;
    r->person = person;
    for (const tdo_node *n = list->first; n && t->status == TDO_OK; n = n->next, k++) {
        read_person(t, n, r, &person[k]);
        for (size_t j = 0; t->status == TDO_OK && j < k; j++)
            if (strcmp(person[j].id, person[k].id) == 0)
                json_tree_wrong(t, n, "has an id that another stakeholder has");
    }
    r->n_people = k;
}

/* ---- constraints ---- */

static const char *say(json_tree *t, const tdo_sink *o)
{
    if (o->failed && t->status == TDO_OK)
        t->status = tdo_fail(t->err, TDO_E_MEMORY, "out of memory");
    return o->text && !o->failed ? o->text : "";
}

/* equals, in and not_in, as they are written. */
static const char *read_words(json_tree *t, const tdo_node *n)
{
    static const char *const keys[] = {"equals", "in", "not_in"};
    tdo_sink o = tdo_sink_memory(t->a);
    for (size_t k = 0; k < 3; k++) {
        const tdo_node *words = json_tree_get(t, n, keys[k],
                                              JSON_MAY_BE_STRING | JSON_MAY_BE_NUMBER |
                                                  JSON_MAY_BE_LIST | JSON_MAY_BE_ABSENT);
        if (!words)
            continue;
        tdo_putf(&o, "%s\"%s\":", o.length ? "," : "", keys[k]);
        json_node_write(words, &o);
    }
    return say(t, &o);
}

/* The text of a limit that asks to be shown says so: without, two that differ in this look alike.
 */
static const char *say_shown(json_tree *t, const tdo_result_limit *l)
{
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_putf(&o, "%s, shown at the level ", l->text);
    tdo_put_number(&o, l->shown);
    tdo_puts(&o, l->shown_over_all ? " over all candidates" : "");
    return say(t, &o);
}

/* A limit relative to today's says how far it may be worse: where that lies is what may move. */
static const char *say_bounds(json_tree *t, const tdo_result_limit *l)
{
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_puts(&o, l->text);
    if (l->has_min) {
        tdo_puts(&o, ", at least ");
        tdo_put_number(&o, l->min);
    }
    if (l->has_max) {
        tdo_puts(&o, ", at most ");
        tdo_put_number(&o, l->max);
    }
    return say(t, &o);
}

static void read_limit(json_tree *t, const tdo_node *n, tdo_result_limit *l)
{
    if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
        return;
    const char *column = json_tree_text(t, n, "column", JSON_MAY_BE_ABSENT);
    l->text = json_tree_text(t, n, "text", 0);
    l->owner = json_tree_text(t, n, "owner", 0);
    l->why = json_tree_text(t, n, "why", 0);
    l->on_column = column != NULL;
    l->on = column ? column : json_tree_text(t, n, "criterion", 0);
    l->min = json_tree_number(t, n, "min", JSON_MAY_BE_ABSENT);
    l->max = json_tree_number(t, n, "max", JSON_MAY_BE_ABSENT);
    l->has_min = !isnan(l->min);
    l->has_max = !isnan(l->max);
    l->words = read_words(t, n);
    double level = json_tree_number(t, n, "shown", JSON_MAY_BE_ABSENT);
    l->shown = isnan(level) ? 0 : level;
    l->shown_over_all = json_tree_text(t, n, "over", JSON_MAY_BE_ABSENT) != NULL;
    if (!strstr(l->text, " <= ") && !strstr(l->text, " >= "))
        l->text = say_bounds(t, l);
    l->text = l->shown > 0 ? say_shown(t, l) : l->text;
    l->veto = json_tree_text(t, n, "veto", JSON_MAY_BE_ABSENT);
    l->excludes = json_tree_count(t, n, "excludes", 0);
}

static void read_limits(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *list = list_of(t, top, "constraints", 0, TDO_MAX_CONSTRAINTS);
    tdo_result_limit *limit = list ? json_tree_alloc(t, list->n, sizeof *limit) : NULL;
    size_t k = 0;
    for (const tdo_node *n = limit ? list->first : NULL; n; n = n->next)
        read_limit(t, n, &limit[k++]);
    r->limit = limit;
    r->n_limits = limit ? k : 0;
}

void result_setting(json_tree *t, const tdo_node *top, tdo_result *r)
{
    r->scenario = json_tree_get(t, top, "scenario", JSON_MAY_BE_OBJECT);
    r->title = json_tree_text(t, top, "title", 0);
    read_criteria(t, top, r);
    read_people(t, top, r);
    read_limits(t, top, r);
}
