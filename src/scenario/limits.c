/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: which rows are candidates ("where"), what a candidate must keep ("constraints"). */
#include <string.h>

#include "scenario/reader.h"
#include "terms/condition.h"

typedef struct condition_keys {
    const tdo_node *criterion, *column, *min, *max, *equals, *in, *not_in, *present, *owner, *why,
        *than, *worse_by, *worse_by_percent, *shown;
} condition_keys;

static const scenario_key constraint_key[] = {
    SCENARIO_KEY(condition_keys, criterion, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, column, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, min, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, max, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, equals, SCENARIO_IS_STRING | SCENARIO_IS_NUMBER,
                 SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, in, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, not_in, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, than, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, worse_by, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, worse_by_percent, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, shown, SCENARIO_IS_NUMBER | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, owner, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, why, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};
enum { CONSTRAINT_KEYS = sizeof constraint_key / sizeof *constraint_key };

static const scenario_key where_key[] = {
    SCENARIO_KEY(condition_keys, column, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(condition_keys, min, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, max, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, equals, SCENARIO_IS_STRING | SCENARIO_IS_NUMBER,
                 SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, in, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, not_in, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(condition_keys, present, SCENARIO_IS_BOOL, SCENARIO_OPTIONAL),
};
enum { WHERE_KEYS = sizeof where_key / sizeof *where_key };

typedef struct shown_keys {
    const tdo_node *level, *over;
} shown_keys;

static const scenario_key shown_key[] = {
    SCENARIO_KEY(shown_keys, level, SCENARIO_IS_NUMBER, SCENARIO_REQUIRED),
    SCENARIO_KEY(shown_keys, over, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

static const char *const test_name[] = {"min", "max", "equals", "in", "not_in", "present"};
enum { TESTS = sizeof test_name / sizeof *test_name };

size_t scenario_limits_room(const tdo_node *list)
{
    return list->n < TDO_MAX_CONSTRAINTS ? list->n : TDO_MAX_CONSTRAINTS;
}

bool scenario_is_beyond(scenario_reader *r, const tdo_node *list, const tdo_node *n, size_t read,
                        const char *what)
{
    if (read < TDO_MAX_CONSTRAINTS)
        return false;
    scenario_complain(r, n, SCENARIO_AT_VALUE, "%s has %zu %s, at most %d are allowed",
                      scenario_say_path(r, list), list->n, what, TDO_MAX_CONSTRAINTS);
    return true;
}

/* ---- tests ---- */

static const char *say_bound(scenario_reader *r, const tdo_node *n)
{
    return n->type == JSON_NODE_STRING ? scenario_say_name(r, n, n->text)
                                       : scenario_say_value(r, n);
}

void scenario_read_bounds(scenario_reader *r, const tdo_node *min, const tdo_node *max,
                          size_t criterion, tdo_condition *out)
{
    out->has_min = min && scenario_read_bound(r, min, criterion, &out->min);
    out->has_max = max && scenario_read_bound(r, max, criterion, &out->max);
    if (out->has_min && out->has_max && out->min > out->max) {
        const tdo_node *blamed = min->start.line == 0 ? min : max; /* the command line came last */
        scenario_complain(
            r, blamed, SCENARIO_AT_VALUE, "%s has a \"min\" of %s above its \"max\" of %s",
            scenario_say_path(r, blamed->parent), say_bound(r, min), say_bound(r, max));
    }
}

static bool read_match(scenario_reader *r, const tdo_node *n, tdo_match *out)
{
    if (!scenario_expect(r, n, SCENARIO_IS_STRING | SCENARIO_IS_NUMBER))
        return false;
    *out = (tdo_match){n->text, n->type == JSON_NODE_NUMBER, n->number};
    return true;
}

/* The words and numbers of "in" or "not_in". */
static tdo_match *read_matches(scenario_reader *r, const tdo_node *list, size_t *n_out)
{
    if (!list)
        return NULL;
    if (list->n == 0)
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must not be empty",
                          scenario_say_path(r, list));
    tdo_match *match = scenario_reader_alloc(r, list->n, sizeof *match);
    for (const tdo_node *n = list->first; n && match; n = n->next)
        *n_out += read_match(r, n, &match[*n_out]);
    return match;
}

static void read_words(scenario_reader *r, const condition_keys *k, tdo_condition *out)
{
    if (k->equals) {
        out->equals = scenario_reader_alloc(r, 1, sizeof *out->equals);
        if (out->equals)
            (void)read_match(r, k->equals, out->equals);
    }
    out->in = read_matches(r, k->in, &out->n_in);
    out->not_in = read_matches(r, k->not_in, &out->n_not_in);
}

/* Is there nothing to be tested at all? */
static bool has_no_test(const tdo_node *n, const scenario_key *keys, size_t n_keys)
{
    bool none = true;
    for (size_t i = 0; i < TESTS; i++)
        none = none && scenario_is_missing(n, keys, n_keys, test_name[i]);
    return none;
}

/* ---- where ---- */

static void read_where(scenario_reader *r, const tdo_node *n, tdo_condition *out)
{
    condition_keys k = {.column = NULL};
    *out = (tdo_condition){.criterion = TDO_NONE};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, where_key, WHERE_KEYS, &k);
    if (has_no_test(n, where_key, WHERE_KEYS))
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s tests nothing: it must have min, max, equals, in, not_in or present",
                          scenario_say_path(r, n));
    scenario_read_name(r, k.column, &out->column);
    if (k.present)
        out->present = k.present->yes ? TDO_PRESENT : TDO_ABSENT;
    scenario_read_bounds(r, k.min, k.max, TDO_NONE, out);
    read_words(r, &k, out);
    out->place = scenario_place_of(r, k.column ? k.column : n, SCENARIO_AT_VALUE);
}

void scenario_read_where(scenario_reader *r, const tdo_node *list)
{
    tdo_scenario *s = r->s;
    const size_t room = scenario_limits_room(list);
    s->where = scenario_reader_alloc(r, room, sizeof *s->where);
    for (const tdo_node *n = list->first; n && s->where; n = n->next) {
        if (scenario_is_beyond(r, list, n, s->n_where, "conditions"))
            break;
        read_where(r, n, &s->where[s->n_where++]);
    }
}

/* ---- constraints ---- */

void scenario_add_constraint(scenario_reader *r, const tdo_node *n, const tdo_constraint *c)
{
    tdo_scenario *s = r->s;
    if (!s->constraints)
        s->constraints = scenario_reader_alloc(r, TDO_MAX_CONSTRAINTS, sizeof *s->constraints);
    if (r->no_memory)
        return;
    if (s->n_constraints < TDO_MAX_CONSTRAINTS)
        s->constraints[s->n_constraints++] = *c;
    else
        scenario_complain(r, n, SCENARIO_AT_VALUE, "more than %d constraints and vetoes",
                          TDO_MAX_CONSTRAINTS);
}

bool scenario_lacks_subject(const tdo_node *object, const scenario_key *keys, size_t n_keys)
{
    return scenario_is_missing(object, keys, n_keys, "criterion") &&
           scenario_is_missing(object, keys, n_keys, "column");
}

bool scenario_read_subject(scenario_reader *r, const tdo_node *n, bool lacking,
                           const tdo_node *criterion, const tdo_node *column, tdo_condition *out)
{
    const tdo_node *subject = column ? column : criterion;
    if (criterion && column) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have one of \"criterion\" and \"column\", found both",
                          scenario_say_path(r, n));
        return false;
    }
    if (lacking)
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have a \"criterion\" or a \"column\"",
                          scenario_say_path(r, n));
    if (!subject)
        return false;
    out->place = scenario_place_of(r, subject, SCENARIO_AT_VALUE);
    scenario_read_name(r, column, &out->column);
    return !criterion || scenario_read_criterion_id(r, criterion, &out->criterion);
}

const char *scenario_say_condition(scenario_reader *r, const tdo_condition *is)
{
    const char *text = r->complaints == 0 ? terms_condition_text(is, r->s->criteria, r->a) : "";
    r->no_memory = r->no_memory || !text;
    return text;
}

/* "than": "incumbent" with one of "worse_by" and "worse_by_percent", and no other test. */
static void read_relative(scenario_reader *r, const tdo_node *n, const condition_keys *k,
                          tdo_constraint *c)
{
    static const char *const whom[] = {"incumbent"};
    const tdo_node *const others[] = {k->column, k->min, k->max, k->equals, k->in, k->not_in};
    const tdo_node *by = k->worse_by ? k->worse_by : k->worse_by_percent;
    size_t which = 0;
    if (!k->than) {
        if (by)
            scenario_complain(r, by, SCENARIO_AT_KEY, "%s goes only with \"than\": \"incumbent\"",
                              scenario_say_path(r, by));
        return;
    }
    c->relative = scenario_read_choice(r, k->than, whom, 1, &which);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i])
            scenario_complain(r, others[i], SCENARIO_AT_KEY,
                              "%s does not go with \"than\", which compares a criterion with the "
                              "incumbent",
                              scenario_say_path(r, others[i]));
    if (!k->worse_by == !k->worse_by_percent)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have one of \"worse_by\" and \"worse_by_percent\"",
                          scenario_say_path(r, n));
    if (c->relative && !r->s->incumbent)
        scenario_complain(r, k->than, SCENARIO_AT_VALUE,
                          "%s needs an incumbent: \"candidates\" names none",
                          scenario_say_path(r, k->than));
    c->percent = k->worse_by_percent;
    (void)scenario_read_amount(r, by, &c->worse_by);
}

/* "shown": a level, or {"level", "over": "all"}. */
static void read_shown(scenario_reader *r, const tdo_node *n, tdo_constraint *c)
{
    static const char *const over[] = {"all"};
    const tdo_criterion *of =
        c->condition.criterion != TDO_NONE ? &r->s->criteria[c->condition.criterion] : NULL;
    shown_keys k = {n, NULL};
    size_t which = 0;
    if (!n)
        return;
    if (n->type == JSON_NODE_OBJECT) {
        k.level = NULL;
        scenario_read_keys(r, n, shown_key, sizeof shown_key / sizeof *shown_key, &k);
    }
    c->shown_over_all = scenario_read_choice(r, k.over, over, 1, &which);
    (void)scenario_read_below_1(r, k.level, SCENARIO_LEAST_LEVEL, &c->shown);
    if (of && of->levels)
        scenario_complain(r, n, SCENARIO_AT_KEY, "%s is for numbers, and \"levels\" are words",
                          scenario_say_path(r, n));
    else if (!c->relative && !c->condition.has_min && !c->condition.has_max && r->complaints == 0)
        scenario_complain(r, n, SCENARIO_AT_KEY,
                          "%s goes only with \"min\", \"max\" or \"than\": words have no error",
                          scenario_say_path(r, n));
}

static const char *say_relative(scenario_reader *r, const tdo_constraint *c)
{
    const char *text = r->complaints == 0 ? terms_relative_text(c, r->s, r->a) : "";
    r->no_memory = r->no_memory || !text;
    return text;
}

static void read_constraint(scenario_reader *r, const tdo_node *n)
{
    condition_keys k = {.column = NULL};
    tdo_constraint c = {.condition = {.criterion = TDO_NONE}, .owner = "", .why = ""};
    c.stakeholder = TDO_NONE;
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, constraint_key, CONSTRAINT_KEYS, &k);
    const tdo_node *const words[] = {k.equals, k.in, k.not_in};
    for (size_t i = 0; i < 3; i++)
        if (words[i] && k.criterion && !k.column)
            scenario_complain(r, words[i], SCENARIO_AT_KEY,
                              "%s goes only with \"column\"; a criterion has \"min\" and \"max\"",
                              scenario_say_path(r, words[i]));
    if (has_no_test(n, constraint_key, CONSTRAINT_KEYS) &&
        scenario_is_missing(n, constraint_key, CONSTRAINT_KEYS, "than"))
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s tests nothing: it must have min, max, equals, in, not_in or than",
                          scenario_say_path(r, n));
    const bool lacking = scenario_lacks_subject(n, constraint_key, CONSTRAINT_KEYS);
    if (scenario_read_subject(r, n, lacking, k.criterion, k.column, &c.condition))
        scenario_read_bounds(r, k.min, k.max, c.condition.criterion, &c.condition);
    read_words(r, &k, &c.condition);
    read_relative(r, n, &k, &c);
    read_shown(r, k.shown, &c);
    scenario_read_text(k.owner, &c.owner);
    scenario_read_text(k.why, &c.why);
    c.text = c.relative ? say_relative(r, &c) : scenario_say_condition(r, &c.condition);
    scenario_add_constraint(r, n, &c);
}

void scenario_read_constraints(scenario_reader *r, const tdo_node *list)
{
    size_t i = 0;
    for (const tdo_node *n = list->first; n; n = n->next, i++) {
        read_constraint(r, n);
        if (i == TDO_MAX_CONSTRAINTS)
            break; /* that one was complained about */
    }
}
