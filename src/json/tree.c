/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the tree, writes it, names the path of a node, puts and replaces nodes. */
#include "json/json.h"

#include <string.h>

enum { LONG_KEY = 80 }; /* columns from which tdo_put_quoted cuts */

tdo_node *json_node_find(const tdo_node *object, const char *key)
{
    tdo_node *n = object->type == JSON_NODE_OBJECT ? object->first : NULL;
    while (n && strcmp(n->key, key) != 0)
        n = n->next;
    return n;
}

tdo_node *json_node_labelled(const tdo_node *object, const char *label)
{
    tdo_node *found = NULL;
    for (tdo_node *n = object->type == JSON_NODE_OBJECT ? object->first : NULL; n; n = n->next) {
        const tdo_node *is = json_node_find(n, "label");
        if (!is || is->type != JSON_NODE_STRING || strcmp(is->text, label) != 0)
            continue;
        if (found)
            return NULL;
        found = n;
    }
    return found;
}

tdo_node *json_node_item(const tdo_node *list, size_t index)
{
    tdo_node *n = list->type == JSON_NODE_LIST ? list->first : NULL;
    while (n && n->index != index)
        n = n->next;
    return n;
}

/* A key as a message shows it, with a backslash before what json_set takes for a separator. */
static void put_key(tdo_sink *o, const char *key, tdo_arena *a)
{
    tdo_sink quoted = tdo_sink_memory(a);
    tdo_put_quoted(&quoted, key);
    if (quoted.failed) {
        o->failed = true;
        return;
    }
    const char *end = quoted.text + quoted.length - 1;
    bool cut = quoted.length > LONG_KEY && end[-1] == '.' && key[strlen(key) - 1] != '.';
    for (const char *p = quoted.text + 1; p < end; p++) {
        if ((*p == '.' && !(cut && p >= end - 3)) || *p == '=')
            tdo_puts(o, "\\");
        tdo_put(o, p, 1);
    }
}

static void put_path(const tdo_node *n, tdo_sink *o, tdo_arena *a)
{
    if (!n->parent)
        return;
    put_path(n->parent, o, a);
    if (n->parent->parent)
        tdo_puts(o, ".");
    if (n->key)
        put_key(o, n->key, a);
    else
        tdo_putf(o, "%zu", n->index);
}

const char *json_node_path(const tdo_node *n, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    put_path(n, &o, a);
    return o.failed ? NULL : o.text ? o.text : "";
}

void json_node_write(const tdo_node *n, tdo_sink *o)
{
    const char *open = n->type == JSON_NODE_OBJECT ? "{" : "[";
    switch (n->type) {
    case JSON_NODE_NULL:
        tdo_puts(o, "null");
        return;
    case JSON_NODE_BOOL:
        tdo_puts(o, n->yes ? "true" : "false");
        return;
    case JSON_NODE_NUMBER:
        tdo_put_number(o, n->number);
        return;
    case JSON_NODE_STRING:
        tdo_put_json_string(o, n->text, false);
        return;
    case JSON_NODE_LIST:
    case JSON_NODE_OBJECT:
        break;
    }
    tdo_puts(o, open);
    for (const tdo_node *child = n->first; child; child = child->next) {
        if (child != n->first)
            tdo_puts(o, ",");
        if (child->key) {
            tdo_put_json_string(o, child->key, false);
            tdo_puts(o, ":");
        }
        json_node_write(child, o);
    }
    tdo_puts(o, n->type == JSON_NODE_OBJECT ? "}" : "]");
}

tdo_node *json_node_new(tdo_arena *a, json_node_type type, const char *option, const char *text)
{
    tdo_node *n = tdo_alloc(a, 1, sizeof *n);
    if (n) {
        n->type = type;
        n->text = text;
        n->start = n->key_at = (json_spot){.file = option};
    }
    return n;
}

void json_node_append(tdo_node *parent, const char *key, tdo_node *child)
{
    child->parent = parent;
    child->key = key;
    child->index = parent->n++;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void json_node_remove(tdo_node *n)
{
    tdo_node *parent = n->parent, *before = NULL;
    for (tdo_node *child = parent->first; child != n; child = child->next)
        before = child;
    if (before)
        before->next = n->next;
    else
        parent->first = n->next;
    if (parent->last == n)
        parent->last = before;
    parent->n--;
    for (tdo_node *child = n->next; child; child = child->next)
        child->index--;
}

void json_node_replace(tdo_node *n, const tdo_node *value)
{
    tdo_node made = *value;
    made.key = n->key;
    made.key_at = n->key_at;
    made.index = n->index;
    made.parent = n->parent;
    made.next = n->next;
    *n = made;
    for (tdo_node *child = n->first; child; child = child->next)
        child->parent = n;
}
