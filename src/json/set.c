/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --set PATH=VALUE: walks to the place and puts the value there; null takes out what is there. */
#include "json/json.h"

#include <assert.h>
#include <string.h>

typedef struct setter {
    tdo_arena *a;
    const char *option;
    tdo_error *err;
} setter;

static tdo_status no_memory(const setter *s)
{
    return tdo_fail(s->err, TDO_E_MEMORY, "out of memory");
}

/* Cuts one key off the path. *end: what stood after it, '.' or '=', or NUL. */
static tdo_status cut_key(const setter *s, const char **path, const char **key, char *end)
{
    size_t n = 0;
    char *k = tdo_copy(s->a, *path, strlen(*path));
    const char *p = *path;
    if (!k)
        return no_memory(s);
    for (; *p != '\0' && *p != '.' && *p != '='; p++) {
        if (*p == '\\' && p[1] != '\0')
            p++;
        k[n++] = *p;
    }
    k[n] = '\0';
    *end = *p;
    if (n == 0 || *end == '\0')
        return tdo_fail_at(s->err, TDO_E_USAGE, s->option, 0, 0,
                           "expected PATH=VALUE, as in stakeholders.ml.power=2");
    *path = p + 1;
    *key = k;
    return TDO_OK;
}

/* A decimal index without leading zeros; SIZE_MAX: none. */
static size_t index_of(const char *key)
{
    size_t x = 0;
    if (key[0] == '0' && key[1] != '\0')
        return SIZE_MAX;
    for (const char *p = key; *p != '\0'; p++) {
        if (*p < '0' || *p > '9' || x > SIZE_MAX / 100)
            return SIZE_MAX;
        x = 10 * x + (size_t)(*p - '0');
    }
    return x;
}

static const char *quoted(const setter *s, const char *text)
{
    tdo_sink o = tdo_sink_memory(s->a);
    tdo_put_quoted(&o, text);
    return o.failed ? NULL : o.text;
}

/* The key's place is not there: say what is. */
static tdo_status nowhere(const setter *s, const tdo_node *in, const char *key)
{
    const char *path = json_node_path(in, s->a);
    const char *name = quoted(s, key);
    const char **known = tdo_alloc(s->a, in->n, sizeof *known);
    const char *near = NULL;
    if (!path || !name || !known)
        return no_memory(s);
    const char *where = in->parent ? path : "the scenario";
    if (in->type == JSON_NODE_LIST)
        return tdo_fail_at(s->err, TDO_E_INPUT, s->option, 0, 0,
                           "%s is a list of %zu, and has no item %s", where, in->n, name);
    if (in->type != JSON_NODE_OBJECT)
        return tdo_fail_at(s->err, TDO_E_INPUT, s->option, 0, 0,
                           "%s is no object or list, and has no %s", where, name);
    for (const tdo_node *child = in->first; child; child = child->next)
        known[child->index] = child->key;
    near = tdo_nearest_word(key, known, in->n);
    if (near && !(near = quoted(s, near)))
        return no_memory(s);
    return tdo_fail_at(s->err, TDO_E_INPUT, s->option, 0, 0, "there is no %s in %s%s%s%s", name,
                       where, near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
}

static tdo_status read_value(const setter *s, const char *text, size_t max_depth, tdo_node **out)
{
    size_t length = strlen(text);
    if (tdo_utf8_valid(text, length) != length)
        return tdo_fail_at(s->err, TDO_E_INPUT, s->option, 0, 0, "the value is not valid UTF-8");
    tdo_status status = json_parse_value(text, s->option, max_depth, s->a, out, s->err);
    if (status == TDO_OK && !*out) {
        *out = json_node_new(s->a, JSON_NODE_STRING, s->option, text);
        status = *out ? TDO_OK : no_memory(s);
    }
    return status;
}

tdo_status json_set(tdo_node *root, const char *assignment, const char *option, size_t max_depth,
                    tdo_arena *a, tdo_error *err)
{
    setter s = {a, option, err};
    tdo_node *in = root, *at = NULL, *value = NULL;
    const char *rest = assignment, *key = NULL;
    size_t depth = 1; /* of `in` */
    char end = '\0';
    tdo_status status = cut_key(&s, &rest, &key, &end);
    while (status == TDO_OK) {
        assert(in && key);
        at = in->type == JSON_NODE_LIST ? json_node_item(in, index_of(key))
                                        : json_node_find(in, key);
        if (end == '=')
            break;
        at = at ? at : json_node_labelled(in, key);
        status = at ? cut_key(&s, &rest, &key, &end) : nowhere(&s, in, key);
        in = at;
        depth++;
    }
    if (status != TDO_OK)
        return status;
    bool addable = in->type == JSON_NODE_OBJECT ||
                   (in->type == JSON_NODE_LIST && index_of(key) == in->n);
    if (!at && !addable)
        return nowhere(&s, in, key);
    status = read_value(&s, rest, depth < max_depth ? max_depth - depth : 0, &value);
    if (status != TDO_OK)
        return status;
    if (value->type == JSON_NODE_NULL && !at)
        return nowhere(&s, in, key); /* a slip of the pen: there is nothing to take out */
    if (value->type == JSON_NODE_NULL)
        json_node_remove(at);
    else if (at)
        json_node_replace(at, value);
    else
        json_node_append(in, in->type == JSON_NODE_OBJECT ? key : NULL, value);
    return TDO_OK;
}
