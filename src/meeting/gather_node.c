/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wishes of a ballot as the value of a stakeholder in a scenario. */
#include "meeting/ballot.h"

#include <math.h>
#include <string.h>

static const char from_ballot[] = "a ballot";

/* Small values. NULL: out of memory. */
static tdo_node *gather_number(tdo_arena *a, double x)
{
    char text[TDO_NUMBER_TEXT];
    size_t length = tdo_number_write(x, text);
    const char *kept = tdo_copy(a, text, length);
    tdo_node *n = kept ? json_node_new(a, JSON_NODE_NUMBER, from_ballot, kept) : NULL;
    if (n)
        n->number = x;
    return n;
}

static tdo_node *text_node(tdo_arena *a, const char *text)
{
    return json_node_new(a, JSON_NODE_STRING, from_ballot, text);
}

tdo_node *gather_copy(tdo_arena *a, const tdo_node *n)
{
    tdo_node *made = tdo_alloc(a, 1, sizeof *made);
    if (!made)
        return NULL;
    *made = *n;
    made->parent = made->first = made->last = made->next = NULL;
    made->n = 0;
    for (const tdo_node *child = n->first; child; child = child->next) {
        tdo_node *copied = gather_copy(a, child);
        if (!copied)
            return NULL;
        json_node_append(made, child->key, copied);
    }
    return made;
}

void gather_put(tdo_node *object, const char *key, tdo_node *value)
{
    tdo_node *now = json_node_find(object, key);
    if (now && value)
        json_node_replace(now, value);
    else if (now)
        json_node_remove(now);
    else if (value)
        json_node_append(object, key, value);
}

static tdo_node *statements_node(tdo_arena *a, const char *const *text, size_t n)
{
    tdo_node *list = json_node_new(a, JSON_NODE_LIST, from_ballot, NULL);
    for (size_t k = 0; list && k < n; k++) {
        tdo_node *item = text_node(a, text[k]);
        if (!item)
            return NULL;
        json_node_append(list, NULL, item);
    }
    return list;
}

static tdo_node *weights_node(tdo_arena *a, const tdo_ballot *b)
{
    tdo_node *object = json_node_new(a, JSON_NODE_OBJECT, from_ballot, NULL);
    for (size_t k = 0; object && k < b->n_weights; k++) {
        tdo_node *x = gather_number(a, b->weight[k].weight);
        if (!x)
            return NULL;
        json_node_append(object, b->weight[k].criterion, x);
    }
    return object;
}

/* text is JSON. NULL: out of memory. */
static tdo_node *bound_node(tdo_arena *a, const char *text)
{
    tdo_node *n = NULL;
    tdo_error err = {.status = TDO_OK};
    tdo_status status = json_parse_value(text, from_ballot, 1, a, &n, &err);
    return status == TDO_OK ? n : NULL;
}

/* Each in the place of what there was for its criterion; the others stay. */
static bool put_needs(tdo_arena *a, tdo_node *who, const tdo_ballot *b)
{
    tdo_node *object = json_node_find(who, "needs");
    if (b->n_needs && !object) {
        object = json_node_new(a, JSON_NODE_OBJECT, from_ballot, NULL);
        if (!object)
            return false;
        json_node_append(who, "needs", object);
    }
    for (size_t k = 0; k < b->n_needs; k++) {
        const tdo_ballot_need *need = &b->need[k];
        tdo_node *x = json_node_new(a, JSON_NODE_OBJECT, from_ballot, NULL);
        tdo_node *min = need->min ? bound_node(a, need->min) : NULL;
        tdo_node *max = need->max ? bound_node(a, need->max) : NULL;
        tdo_node *veto = need->veto ? json_node_new(a, JSON_NODE_BOOL, from_ballot, NULL) : NULL;
        if (!x || (need->min && !min) || (need->max && !max) || (need->veto && !veto))
            return false;
        if (min)
            json_node_append(x, "min", min);
        if (max)
            json_node_append(x, "max", max);
        if (veto) {
            veto->yes = true;
            json_node_append(x, "veto", veto);
        }
        gather_put(object, need->criterion, x);
    }
    return true;
}

static bool append_text(tdo_arena *a, tdo_node *object, const char *key, const char *text)
{
    tdo_node *n = text ? text_node(a, text) : NULL;
    if (n)
        json_node_append(object, key, n);
    return n || !text;
}

/* What was said against candidates, behind what is there. */
static bool add_objections(tdo_arena *a, tdo_node *who, const tdo_ballot *b)
{
    tdo_node *list = json_node_find(who, "objections");
    if (b->n_objections && !list) {
        list = json_node_new(a, JSON_NODE_LIST, from_ballot, NULL);
        if (!list)
            return false;
        json_node_append(who, "objections", list);
    }
    for (size_t k = 0; k < b->n_objections; k++) {
        const tdo_objection *said = &b->objection[k];
        tdo_node *x = json_node_new(a, JSON_NODE_OBJECT, from_ballot, NULL);
        if (!x || !append_text(a, x, "candidate", said->candidate) ||
            !append_text(a, x, "by", said->by) || !append_text(a, x, "words", said->words))
            return false;
        json_node_append(list, NULL, x);
    }
    return true;
}

tdo_node *gather_stakeholder(const gather *g, const tdo_node *now, const tdo_ballot *b)
{
    tdo_arena *a = g->a;
    const bool says_weights = b->n_weights || b->n_prefers || b->n_rates;
    tdo_node *who = now ? gather_copy(a, now)
                        : json_node_new(a, JSON_NODE_OBJECT, from_ballot, NULL);
    tdo_node *weights = b->n_weights ? weights_node(a, b) : NULL;
    tdo_node *prefers = b->n_prefers ? statements_node(a, b->prefers, b->n_prefers) : NULL;
    tdo_node *rates = b->n_rates ? statements_node(a, b->rates, b->n_rates) : NULL;
    tdo_node *vague = isfinite(b->vague) ? gather_number(a, b->vague) : NULL;
    tdo_node *power = isfinite(b->power) ? gather_number(a, b->power) : NULL;
    if (!who || (b->n_weights && !weights) || (b->n_prefers && !prefers) ||
        (b->n_rates && !rates) || (isfinite(b->vague) && !vague) || (isfinite(b->power) && !power))
        return NULL;
    if (power)
        gather_put(who, "power", power);
    if (says_weights) {
        gather_put(who, "weights", weights);
        gather_put(who, "prefers", prefers);
        gather_put(who, "rates", rates);
        gather_put(who, "vague", vague);
    }
    return put_needs(a, who, b) && add_objections(a, who, b) ? who : NULL;
}
