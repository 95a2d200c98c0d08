/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a set of candidates: "portfolio". */
#include <math.h>
#include <string.h>

#include "scenario/reader.h"

enum { MOST_LINKS = 1000, MOST_COUNT = 1000000 };

typedef struct portfolio_keys {
    const tdo_node *limits, *count, *none, *counts, *together, *not_together, *requires, *rule;
} portfolio_keys;

static const scenario_key portfolio_key[] = {
    SCENARIO_KEY(portfolio_keys, limits, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, count, SCENARIO_IS_NUMBER | SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, none, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, counts, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, together, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, not_together, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, requires, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(portfolio_keys, rule, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

static const char *const counts_word[] = {"sum", "best"};

/* ---- limits ---- */

typedef struct sum_keys {
    const tdo_node *criterion, *column, *sum_min, *sum_max, *owner, *why;
} sum_keys;

static const scenario_key sum_key[] = {
    SCENARIO_KEY(sum_keys, criterion, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(sum_keys, column, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(sum_keys, sum_min, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(sum_keys, sum_max, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(sum_keys, owner, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(sum_keys, why, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};
enum { SUM_KEYS = sizeof sum_key / sizeof *sum_key };

static void read_bounds(scenario_reader *r, const sum_keys *k, tdo_condition *is)
{
    is->has_min = k->sum_min;
    is->has_max = k->sum_max;
    is->min = k->sum_min ? k->sum_min->number : 0;
    is->max = k->sum_max ? k->sum_max->number : 0;
    if (is->has_min && is->has_max && is->min > is->max)
        scenario_complain(r, k->sum_min, SCENARIO_AT_VALUE,
                          "%s has a \"sum_min\" of %s above its \"sum_max\" of %s",
                          scenario_say_path(r, k->sum_min->parent),
                          scenario_say_value(r, k->sum_min), scenario_say_value(r, k->sum_max));
}

/* "sum of cost <= 12 MUSD" */
static const char *say_limit(scenario_reader *r, const tdo_condition *is)
{
    const char *text = scenario_say_condition(r, is);
    tdo_sink o = tdo_sink_memory(r->a);
    tdo_puts(&o, "sum of ");
    tdo_puts(&o, text ? text : "");
    r->no_memory = r->no_memory || o.failed;
    return o.failed ? "" : o.text;
}

static void read_limit(scenario_reader *r, const tdo_node *n, tdo_constraint *out)
{
    sum_keys k = {.column = NULL};
    *out = (tdo_constraint){
        .condition = {.criterion = TDO_NONE}, .owner = "", .why = "", .stakeholder = TDO_NONE};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, sum_key, SUM_KEYS, &k);
    if (scenario_is_missing(n, sum_key, SUM_KEYS, "sum_min") &&
        scenario_is_missing(n, sum_key, SUM_KEYS, "sum_max"))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have a \"sum_min\" or a \"sum_max\"",
                          scenario_say_path(r, n));
    const bool lacking = scenario_lacks_subject(n, sum_key, SUM_KEYS);
    if (!scenario_read_subject(r, n, lacking, k.criterion, k.column, &out->condition))
        return;
    const size_t c = out->condition.criterion;
    if (c != TDO_NONE && r->s->criteria[c].n_levels)
        scenario_complain(r, k.criterion, SCENARIO_AT_VALUE,
                          "%s: the levels of \"%s\" are words, they have no sum",
                          scenario_say_path(r, k.criterion), r->s->criteria[c].id);
    read_bounds(r, &k, &out->condition);
    scenario_read_text(k.owner, &out->owner);
    scenario_read_text(k.why, &out->why);
    out->text = say_limit(r, &out->condition);
}

static bool same_subject(const tdo_condition *a, const tdo_condition *b)
{
    if (a->criterion != b->criterion || !a->column != !b->column)
        return false;
    return a->column ? strcmp(a->column, b->column) == 0 : a->criterion != TDO_NONE;
}

static void read_limits(scenario_reader *r, const tdo_node *list, tdo_portfolio_options *out)
{
    const size_t room = scenario_limits_room(list);
    out->limits = scenario_reader_alloc(r, room, sizeof *out->limits);
    for (const tdo_node *n = list->first; n && out->limits; n = n->next) {
        if (scenario_is_beyond(r, list, n, out->n_limits, "limits"))
            break;
        tdo_constraint *limit = &out->limits[out->n_limits++];
        read_limit(r, n, limit);
        for (const tdo_constraint *e = out->limits; e < limit; e++)
            if (same_subject(&e->condition, &limit->condition))
                scenario_complain(r, n, SCENARIO_AT_VALUE,
                                  "%s limits a sum that is limited before: one limit may have "
                                  "both \"sum_min\" and \"sum_max\"",
                                  scenario_say_path(r, n));
    }
}

/* ---- count ---- */

static bool read_whole(scenario_reader *r, const tdo_node *n, size_t *out)
{
    if (!scenario_expect(r, n, SCENARIO_IS_NUMBER))
        return false;
    if (!(n->number >= 0) || n->number > MOST_COUNT || floor(n->number) < n->number) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be a whole number from 0 to %d, found %s",
                          scenario_say_path(r, n), MOST_COUNT, scenario_say_value(r, n));
        return false;
    }
    *out = (size_t)n->number;
    return true;
}

static void read_count(scenario_reader *r, const tdo_node *n, tdo_portfolio_options *out)
{
    out->has_count = true;
    if (n->type == JSON_NODE_NUMBER) {
        (void)read_whole(r, n, &out->count_min);
        out->count_max = out->count_min;
        return;
    }
    if (n->n != 2) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be a number or two, the least and the most, found %zu",
                          scenario_say_path(r, n), n->n);
        return;
    }
    const bool good = read_whole(r, n->first, &out->count_min);
    if (read_whole(r, n->last, &out->count_max) && good && out->count_min > out->count_max)
        scenario_complain(r, n->first, SCENARIO_AT_VALUE,
                          "%s has a least of %zu above its most of %zu", scenario_say_path(r, n),
                          out->count_min, out->count_max);
}

/* ---- what doing nothing reads ---- */

static void read_none(scenario_reader *r, const tdo_node *object, tdo_portfolio_options *out)
{
    const size_t d = r->s->n_criteria;
    double *none = scenario_reader_alloc(r, d, sizeof *none);
    out->none = none;
    for (size_t c = 0; none && c < d; c++)
        none[c] = NAN;
    for (const tdo_node *n = object->first; n && none; n = n->next) {
        const size_t c = scenario_key_criterion(r, n);
        if (c != TDO_NONE)
            (void)scenario_read_bound(r, n, c, &none[c]);
    }
}

/* ---- links ---- */

static const char *say_link(scenario_reader *r, const tdo_link *l)
{
    static const char *const before[] = {"all or none of ", "at most one of ", ""};
    tdo_sink o = tdo_sink_memory(r->a);
    tdo_puts(&o, before[l->kind]);
    for (size_t k = 0; k < l->n; k++) {
        const bool last = k + 1 == l->n;
        tdo_puts(&o, k == 0                                   ? ""
                     : k == 1 && l->kind == TDO_LINK_REQUIRES ? " requires "
                     : last                                   ? " and "
                                                              : ", ");
        tdo_puts(&o, l->id[k]);
    }
    r->no_memory = r->no_memory || o.failed;
    return o.failed ? "" : o.text;
}

/* Appends the ids of a list, different ones. */
static void read_ids(scenario_reader *r, const tdo_node *list, tdo_link *l)
{
    for (const tdo_node *n = list->first; n; n = n->next) {
        const char *id = NULL;
        scenario_read_name(r, n, &id);
        for (size_t k = 0; id && k < l->n; k++)
            if (strcmp(l->id[k], id) == 0) {
                scenario_complain(r, n, SCENARIO_AT_VALUE, "%s names %s twice",
                                  scenario_say_path(r, list), scenario_say_name(r, n, id));
                id = NULL;
            }
        if (!id)
            continue;
        l->place[l->n] = scenario_place_of(r, n, SCENARIO_AT_VALUE);
        l->id[l->n++] = id;
    }
}

/* keyed: the list's key is the first of them. */
static void add_link(scenario_reader *r, const tdo_node *list, tdo_link_kind kind, bool keyed)
{
    tdo_portfolio_options *out = &r->s->portfolio;
    if (!scenario_expect(r, list, SCENARIO_IS_LIST))
        return;
    if (list->n + keyed < 2) {
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must name at least %s",
                          scenario_say_path(r, list), keyed ? "one candidate" : "two candidates");
        return;
    }
    if (out->n_links == MOST_LINKS) {
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s is one too many: at most %d are allowed",
                          scenario_say_path(r, list), MOST_LINKS);
        return;
    }
    tdo_link *l = &out->links[out->n_links++];
    *l = (tdo_link){.kind = kind,
                    .id = scenario_reader_alloc(r, list->n + keyed, sizeof *l->id),
                    .place = scenario_reader_alloc(r, list->n + keyed, sizeof *l->place)};
    if (!l->id || !l->place)
        return;
    if (keyed) {
        l->place[0] = scenario_place_of(r, list, SCENARIO_AT_KEY);
        l->id[l->n++] = list->key;
    }
    read_ids(r, list, l);
    l->text = say_link(r, l);
}

static void read_links(scenario_reader *r, const portfolio_keys *k)
{
    const tdo_node *const from[] = {k->together, k->not_together, k->requires};
    static const tdo_link_kind kind[] = {TDO_LINK_TOGETHER, TDO_LINK_APART, TDO_LINK_REQUIRES};
    size_t room = 0;
    for (size_t q = 0; q < 3; q++)
        room += from[q] ? from[q]->n : 0;
    room = room < MOST_LINKS ? room : MOST_LINKS;
    r->s->portfolio.links = scenario_reader_alloc(r, room, sizeof *r->s->portfolio.links);
    for (size_t q = 0; q < 3 && r->s->portfolio.links; q++)
        for (const tdo_node *n = from[q] ? from[q]->first : NULL; n && !r->no_memory; n = n->next)
            add_link(r, n, kind[q], kind[q] == TDO_LINK_REQUIRES);
}

/* ---- the whole ---- */

void scenario_read_portfolio(scenario_reader *r, const tdo_node *n)
{
    tdo_portfolio_options *out = &r->s->portfolio;
    portfolio_keys k = {.rule = NULL};
    size_t word = 0;
    out->asked = true;
    scenario_read_keys(r, n, portfolio_key, sizeof portfolio_key / sizeof *portfolio_key, &k);
    if (scenario_read_choice(r, k.counts, counts_word, 2, &word))
        out->best = word == 1;
    if (scenario_read_choice(r, k.rule, tdo_portfolio_rule_name, TDO_PORTFOLIO_RULES, &word))
        out->rule = (tdo_portfolio_rule)word;
    if (k.limits)
        read_limits(r, k.limits, out);
    if (k.count)
        read_count(r, k.count, out);
    if (k.none)
        read_none(r, k.none, out);
    read_links(r, &k);
}
