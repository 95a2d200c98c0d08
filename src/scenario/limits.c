/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: which rows are candidates ("where"), what a candidate must keep ("constraints"). */
#include <string.h>

#include "scenario/reader.h"

typedef struct condition_keys {
    const tdo_node *criterion, *column, *min, *max, *equals, *in, *not_in, *present, *owner, *why;
} condition_keys;

static const tdo_key constraint_key[] = {
    TDO_KEY(condition_keys, criterion, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(condition_keys, column, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(condition_keys, min, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(condition_keys, max, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(condition_keys, equals, TDO_IS_STRING | TDO_IS_NUMBER, TDO_OPTIONAL),
    TDO_KEY(condition_keys, in, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(condition_keys, not_in, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(condition_keys, owner, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(condition_keys, why, TDO_IS_STRING, TDO_OPTIONAL),
};
enum { CONSTRAINT_KEYS = sizeof constraint_key / sizeof *constraint_key };

static const tdo_key where_key[] = {
    TDO_KEY(condition_keys, column, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(condition_keys, min, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(condition_keys, max, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(condition_keys, equals, TDO_IS_STRING | TDO_IS_NUMBER, TDO_OPTIONAL),
    TDO_KEY(condition_keys, in, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(condition_keys, not_in, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(condition_keys, present, TDO_IS_BOOL, TDO_OPTIONAL),
};
enum { WHERE_KEYS = sizeof where_key / sizeof *where_key };

static const char *const test_name[] = {"min", "max", "equals", "in", "not_in", "present"};
enum { TESTS = sizeof test_name / sizeof *test_name };

/* ---- tests ---- */

static const char *say_bound(tdo_reader *r, const tdo_node *n)
{
    return n->type == TDO_NODE_STRING ? tdo_say_name(r, n, n->text) : tdo_say_value(r, n);
}

void tdo_read_bounds(tdo_reader *r, const tdo_node *min, const tdo_node *max, size_t criterion,
                     tdo_condition *out)
{
    out->has_min = min != NULL && tdo_read_bound(r, min, criterion, &out->min);
    out->has_max = max != NULL && tdo_read_bound(r, max, criterion, &out->max);
    if (out->has_min && out->has_max && out->min > out->max) {
        const tdo_node *blamed = min->at.line == 0 ? min : max; /* the command line came last */
        tdo_complain(r, blamed, TDO_AT_VALUE, "%s has a \"min\" of %s above its \"max\" of %s",
                     tdo_say_path(r, blamed->parent), say_bound(r, min), say_bound(r, max));
    }
}

static bool read_match(tdo_reader *r, const tdo_node *n, tdo_match *out)
{
    if (!tdo_expect(r, n, TDO_IS_STRING | TDO_IS_NUMBER))
        return false;
    *out = (tdo_match){n->text, n->type == TDO_NODE_NUMBER, n->number};
    return true;
}

/* The words and numbers of "in" or "not_in". */
static tdo_match *read_matches(tdo_reader *r, const tdo_node *list, size_t *n_out)
{
    if (list == NULL)
        return NULL;
    if (list->n == 0)
        tdo_complain(r, list, TDO_AT_VALUE, "%s must not be empty", tdo_say_path(r, list));
    tdo_match *match = tdo_reader_alloc(r, list->n, sizeof *match);
    for (const tdo_node *n = list->first; n != NULL && match != NULL; n = n->next)
        *n_out += read_match(r, n, &match[*n_out]);
    return match;
}

static void read_words(tdo_reader *r, const condition_keys *k, tdo_condition *out)
{
    if (k->equals != NULL) {
        out->equals = tdo_reader_alloc(r, 1, sizeof *out->equals);
        if (out->equals != NULL)
            (void)read_match(r, k->equals, out->equals);
    }
    out->in = read_matches(r, k->in, &out->n_in);
    out->not_in = read_matches(r, k->not_in, &out->n_not_in);
}

/* Is there nothing to be tested at all? */
static bool has_no_test(const tdo_node *n, const tdo_key *keys, size_t n_keys)
{
    bool none = true;

    for (size_t i = 0; i < TESTS; i++)
        none = none && tdo_is_missing(n, keys, n_keys, test_name[i]);
    return none;
}

/* ---- where ---- */

static void read_where(tdo_reader *r, const tdo_node *n, tdo_condition *out)
{
    condition_keys k = {.column = NULL};

    *out = (tdo_condition){.criterion = TDO_NONE};
    if (!tdo_expect(r, n, TDO_IS_OBJECT))
        return;
    tdo_read_keys(r, n, where_key, WHERE_KEYS, &k);
    if (has_no_test(n, where_key, WHERE_KEYS))
        tdo_complain(r, n, TDO_AT_VALUE,
                     "%s tests nothing: it must have min, max, equals, in, not_in or present",
                     tdo_say_path(r, n));
    tdo_read_name(r, k.column, &out->column);
    if (k.present != NULL)
        out->present = k.present->yes ? TDO_PRESENT : TDO_ABSENT;
    tdo_read_bounds(r, k.min, k.max, TDO_NONE, out);
    read_words(r, &k, out);
    out->place = tdo_place_of(r, k.column != NULL ? k.column : n, TDO_AT_VALUE);
}

void tdo_read_where(tdo_reader *r, const tdo_node *list)
{
    tdo_scenario *s = r->s;
    size_t room = list->n < TDO_MAX_CONSTRAINTS ? list->n : TDO_MAX_CONSTRAINTS;

    s->where = tdo_reader_alloc(r, room, sizeof *s->where);
    for (const tdo_node *n = list->first; n != NULL && s->where != NULL; n = n->next) {
        if (s->n_where == room) {
            tdo_complain(r, n, TDO_AT_VALUE, "%s has %zu conditions, at most %d are allowed",
                         tdo_say_path(r, list), list->n, TDO_MAX_CONSTRAINTS);
            break;
        }
        read_where(r, n, &s->where[s->n_where++]);
    }
}

/* ---- constraints ---- */

void tdo_add_constraint(tdo_reader *r, const tdo_node *n, const tdo_constraint *c)
{
    tdo_scenario *s = r->s;

    if (s->constraints == NULL)
        s->constraints = tdo_reader_alloc(r, TDO_MAX_CONSTRAINTS, sizeof *s->constraints);
    if (r->no_memory)
        return;
    if (s->n_constraints < TDO_MAX_CONSTRAINTS)
        s->constraints[s->n_constraints++] = *c;
    else
        tdo_complain(r, n, TDO_AT_VALUE, "more than %d constraints and vetoes",
                     TDO_MAX_CONSTRAINTS);
}

bool tdo_read_subject(tdo_reader *r, const tdo_node *n, const tdo_key *keys, size_t n_keys,
                      const tdo_node *criterion, const tdo_node *column, tdo_condition *out)
{
    const tdo_node *subject = column != NULL ? column : criterion;

    if (criterion != NULL && column != NULL) {
        tdo_complain(r, n, TDO_AT_VALUE,
                     "%s must have one of \"criterion\" and \"column\", found both",
                     tdo_say_path(r, n));
        return false;
    }
    if (tdo_is_missing(n, keys, n_keys, "criterion") && tdo_is_missing(n, keys, n_keys, "column"))
        tdo_complain(r, n, TDO_AT_VALUE, "%s must have a \"criterion\" or a \"column\"",
                     tdo_say_path(r, n));
    if (subject == NULL)
        return false;
    out->place = tdo_place_of(r, subject, TDO_AT_VALUE);
    tdo_read_name(r, column, &out->column);
    return criterion == NULL || tdo_read_criterion_id(r, criterion, &out->criterion);
}

static void read_constraint(tdo_reader *r, const tdo_node *n)
{
    condition_keys k = {.column = NULL};
    tdo_constraint c = {.is = {.criterion = TDO_NONE}, .owner = "", .why = ""};

    c.stakeholder = TDO_NONE;
    if (!tdo_expect(r, n, TDO_IS_OBJECT))
        return;
    tdo_read_keys(r, n, constraint_key, CONSTRAINT_KEYS, &k);
    const tdo_node *const words[] = {k.equals, k.in, k.not_in};
    for (size_t i = 0; i < 3; i++)
        if (words[i] != NULL && k.criterion != NULL && k.column == NULL)
            tdo_complain(r, words[i], TDO_AT_KEY,
                         "%s goes only with \"column\"; a criterion has \"min\" and \"max\"",
                         tdo_say_path(r, words[i]));
    if (has_no_test(n, constraint_key, CONSTRAINT_KEYS))
        tdo_complain(r, n, TDO_AT_VALUE,
                     "%s tests nothing: it must have min, max, equals, in or not_in",
                     tdo_say_path(r, n));
    if (tdo_read_subject(r, n, constraint_key, CONSTRAINT_KEYS, k.criterion, k.column, &c.is))
        tdo_read_bounds(r, k.min, k.max, c.is.criterion, &c.is);
    read_words(r, &k, &c.is);
    tdo_read_text(k.owner, &c.owner);
    tdo_read_text(k.why, &c.why);
    if (r->complaints == 0)
        c.text = tdo_condition_text(r, &c.is);
    tdo_add_constraint(r, n, &c);
}

void tdo_read_constraints(tdo_reader *r, const tdo_node *list)
{
    size_t i = 0;

    for (const tdo_node *n = list->first; n != NULL; n = n->next, i++) {
        read_constraint(r, n);
        if (i == TDO_MAX_CONSTRAINTS)
            break; /* that one was complained about */
    }
}
