/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which settings of two scenarios differ. Objects are compared key by key, whatever their order;
 * everything else is one value. */
#include <string.h>

#include "base/array.h"
#include "base/index.h"
#include "compare/diff_parts.h"
#include "json/json.h"

enum { KEYS = 4 }; /* of a path, that tell what a setting is about */

typedef struct walk {
    tdo_arena *a;
    const tdo_node *was_top, *is_top;
    tdo_diff_setting *item;
    size_t n;
    bool failed; /* out of memory */
} walk;

static bool same_value(const tdo_node *x, const tdo_node *y)
{
    if (!x || !y || x->type != y->type || x->n != y->n)
        return !x && !y;
    switch (x->type) {
    case JSON_NODE_NULL:
        return true;
    case JSON_NODE_BOOL:
        return x->yes == y->yes;
    case JSON_NODE_NUMBER:
        return x->number == y->number;
    case JSON_NODE_STRING:
        return strcmp(x->text, y->text) == 0;
    case JSON_NODE_LIST:
    case JSON_NODE_OBJECT:
        break;
    }
    bool object = x->type == JSON_NODE_OBJECT;
    const tdo_node *other = y->first;
    for (const tdo_node *n = x->first; n; n = n->next, other = other->next)
        if (!same_value(n, object ? json_node_find(y, n->key) : other))
            return false;
    return true;
}

/* ---- what it is about ---- */

/* The keys from the top of the scenario down to n: how many, and the first ones. */
static size_t keys_to(const tdo_node *n, const tdo_node *top, const char *key[KEYS])
{
    size_t depth = 0, k = 0;
    for (const tdo_node *p = n; p != top; p = p->parent)
        depth++;
    for (const tdo_node *p = n; p != top; p = p->parent)
        if (depth - ++k < KEYS)
            key[depth - k] = p->key ? p->key : "";
    return depth;
}

static bool is_one_of(const char *key, const char *const *words)
{
    while (*words && strcmp(*words, key) != 0)
        words++;
    return *words != NULL;
}

static tdo_area of_stakeholder(const char *const *key, size_t depth, const tdo_node *was,
                               const tdo_node *is)
{
    static const char *const weights[] = {"weights", "prefers", "vague", NULL};
    if (depth < 3)
        return TDO_AREA_STAKEHOLDERS;
    if (is_one_of(key[2], weights))
        return TDO_AREA_WEIGHTS;
    if (strcmp(key[2], "power") == 0)
        return TDO_AREA_POWERS;
    const tdo_node *veto_was = was ? json_node_find(was, "veto") : NULL;
    const tdo_node *veto_is = is ? json_node_find(is, "veto") : NULL;
    return (veto_was && veto_was->yes) || (veto_is && veto_is->yes) ? TDO_AREA_LIMITS
                                                                    : TDO_AREA_OTHER;
}

static bool asks_to_be_shown(const tdo_node *scenario)
{
    const tdo_node *list = json_node_find(scenario, "constraints");
    for (const tdo_node *n = list ? list->first : NULL; n; n = n->next)
        if (json_node_find(n, "shown"))
            return true;
    return false;
}

/* Errors of measurement decide nothing but whether a limit is shown to hold. */
static tdo_area of_error(const walk *w)
{
    return asks_to_be_shown(w->was_top) || asks_to_be_shown(w->is_top) ? TDO_AREA_CRITERIA
                                                                       : TDO_AREA_OTHER;
}

static tdo_area area_of(const walk *w, const tdo_node *was, const tdo_node *is)
{
    static const char *const files[] = {"file", "delimiter", "join", "average", NULL};
    static const char *const beside[] = {"groups", "items", NULL};
    static const char *const joined[] = {"join", "average", NULL};
    static const char *const words[] = {"label", "unit", "indifference", "mixes", NULL};
    static const char *const errors[] = {"se", "interval", "runs", "bounds", "correlation", NULL};
    static const char *const rule[] = {"rule", "simpler", NULL};
    const char *key[KEYS] = {"", "", "", ""};
    size_t depth = keys_to(is ? is : was, is ? w->is_top : w->was_top, key);
    if (strcmp(key[0], "candidates") == 0)
        return is_one_of(key[1], files) ? TDO_AREA_DATA : TDO_AREA_CANDIDATES;
    if (is_one_of(key[0], joined))
        return TDO_AREA_DATA;
    if (strcmp(key[0], "criteria") == 0 && is_one_of(key[2], beside) && is_one_of(key[3], files))
        return TDO_AREA_DATA;
    if (strcmp(key[0], "errors") == 0 ||
        (strcmp(key[0], "criteria") == 0 && is_one_of(key[2], errors)))
        return of_error(w);
    if (strcmp(key[0], "criteria") == 0)
        return is_one_of(key[2], words) ? TDO_AREA_OTHER : TDO_AREA_CRITERIA;
    if (strcmp(key[0], "powers") == 0)
        return TDO_AREA_POWERS;
    if (strcmp(key[0], "stakeholders") == 0)
        return of_stakeholder(key, depth, was, is);
    return is_one_of(key[0], rule) ? TDO_AREA_RULE : TDO_AREA_OTHER;
}

/* ---- the walk ---- */

static void note(walk *w, const tdo_node *was, const tdo_node *is)
{
    const tdo_node *n = is ? is : was, *top = is ? w->is_top : w->was_top;
    const char *path = json_node_path(n, w->a), *above = json_node_path(top, w->a);
    tdo_diff_setting *more = array_more(w->a, w->item, w->n, sizeof *more);
    w->item = more ? more : w->item;
    w->failed = w->failed || !more || !path || !above;
    if (w->failed)
        return;
    size_t skip = strlen(above);
    w->item[w->n++] = (tdo_diff_setting){area_of(w, was, is), path + skip + (skip > 0), was, is};
}

/* Constraints are compared one by one, by what they limit (diff_setting.c). The rule that is not
 * named is "weighted". */
static bool is_passed_over(const walk *w, const tdo_node *was, const tdo_node *is)
{
    const tdo_node *n = is ? is : was;
    if (n->parent != w->is_top && n->parent != w->was_top)
        return false;
    if (strcmp(n->key, "constraints") == 0)
        return true;
    return (!was || !is) && strcmp(n->key, "rule") == 0 && n->type == JSON_NODE_STRING &&
           strcmp(n->text, tdo_rule_name[TDO_RULE_WEIGHTED]) == 0;
}

/* A need is one thing: its bounds and whether it is a veto belong together. */
static bool is_whole(const walk *w, const tdo_node *n)
{
    const char *key[KEYS] = {"", "", "", ""};
    return keys_to(n, w->is_top, key) == KEYS && strcmp(key[2], "needs") == 0;
}

/* The keys of an object: looked up, so that objects of many keys take no time by their square. */
typedef struct keys {
    index_table index;
    const char **name;     /* [n] */
    const tdo_node **node; /* [n] */
} keys;

static keys keys_of(walk *w, const tdo_node *object)
{
    keys k = {.name = tdo_alloc(w->a, object->n, sizeof *k.name),
              .node = tdo_alloc(w->a, object->n, sizeof *k.node)};
    uint32_t at = 0, found = 0;
    w->failed = w->failed || !k.name || !k.node;
    for (const tdo_node *n = object->first; n && !w->failed; n = n->next, at++) {
        const index_key key = index_key_of(n->key, strlen(n->key));
        w->failed = index_add(&k.index, k.name, key, at, &found) != TDO_OK;
        k.name[at] = n->key;
        k.node[at] = n;
    }
    return k;
}

static const tdo_node *find_key(const keys *k, const char *key)
{
    const uint32_t at = index_find(&k->index, k->name, key, strlen(key));
    return at == INDEX_ABSENT ? NULL : k->node[at];
}

static void compare(walk *w, const tdo_node *was, const tdo_node *is)
{
    bool objects = was && is && was->type == JSON_NODE_OBJECT && is->type == JSON_NODE_OBJECT;
    if (!objects || (is != w->is_top && is_whole(w, is))) {
        if (!same_value(was, is))
            note(w, was, is);
        return;
    }
    keys then = keys_of(w, was), now = keys_of(w, is);
    for (const tdo_node *n = is->first; n && !w->failed; n = n->next) {
        const tdo_node *before = find_key(&then, n->key);
        if (!is_passed_over(w, before, n))
            compare(w, before, n);
    }
    for (const tdo_node *n = was->first; n && !w->failed; n = n->next)
        if (!find_key(&now, n->key) && !is_passed_over(w, n, NULL))
            compare(w, n, NULL);
    index_free(&then.index);
    index_free(&now.index);
}

tdo_status diff_settings(tdo_diff *d, tdo_arena *a)
{
    walk w = {.a = a, .was_top = d->was->scenario, .is_top = d->is->scenario};
    compare(&w, d->was->scenario, d->is->scenario);
    d->setting = w.item;
    d->n_settings = w.n;
    return w.failed ? TDO_E_MEMORY : TDO_OK;
}
