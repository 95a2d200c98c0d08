/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes values out of a tree that the program itself wrote; stops at the first error. */
#include "json/tree_reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "files/source.h"
#include "tradeoff/result.h"

#define WHOLE_MOST 9007199254740992.0 /* 2^53: every whole number up to there is a double */

void *json_tree_alloc(json_tree *t, size_t count, size_t size)
{
    void *p = t->status == TDO_OK ? tdo_alloc(t->a, count, size) : NULL;
    if (!p && t->status == TDO_OK)
        t->status = tdo_fail(t->err, TDO_E_MEMORY, "out of memory");
    return p;
}

void json_tree_wrong(json_tree *t, const tdo_node *n, const char *fmt, ...)
{
    char text[TDO_ERROR_TEXT];
    va_list args;
    if (t->status != TDO_OK)
        return;
    const char *path = json_node_path(n, t->a);
    if (!path) {
        t->status = tdo_fail(t->err, TDO_E_MEMORY, "out of memory");
        return;
    }
    va_start(args, fmt);
    int length = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    t->status = tdo_fail_at(t->err, TDO_E_INPUT, n->start.file, n->start.line, n->start.column,
                            "%s %s", n->parent ? path : "the file", length < 0 ? "is wrong" : text);
}

/* "a number, a string or null" */
static const char *say_types(json_tree *t, unsigned types)
{
    static const char *const name[] = {
        [JSON_NODE_NULL] = "null",       [JSON_NODE_BOOL] = "true or false",
        [JSON_NODE_NUMBER] = "a number", [JSON_NODE_STRING] = "a string",
        [JSON_NODE_LIST] = "a list",     [JSON_NODE_OBJECT] = "an object"};
    tdo_sink o = tdo_sink_memory(t->a);
    for (size_t k = sizeof name / sizeof *name; k-- > 0;)
        if (types >> k & 1)
            tdo_putf(&o, "%s%s", o.length ? " or " : "", name[k]);
    return o.text && !o.failed ? o.text : "something else";
}

bool json_tree_is(json_tree *t, const tdo_node *n, unsigned types)
{
    bool good = n && types >> n->type & 1;
    if (n && !good)
        json_tree_wrong(t, n, "must be %s", say_types(t, types));
    return good && t->status == TDO_OK;
}

const tdo_node *json_tree_get(json_tree *t, const tdo_node *object, const char *key, unsigned types)
{
    if (!object || t->status != TDO_OK)
        return NULL;
    const tdo_node *n = json_node_find(object, key);
    if (!n && !(types & JSON_MAY_BE_ABSENT))
        json_tree_wrong(t, object, "has no \"%s\"", key);
    if (!n || !json_tree_is(t, n, types))
        return NULL;
    return n->type == JSON_NODE_NULL ? NULL : n;
}

const char *json_tree_text(json_tree *t, const tdo_node *object, const char *key, unsigned more)
{
    const tdo_node *n = json_tree_get(t, object, key, JSON_MAY_BE_STRING | more);
    return n ? n->text : NULL;
}

double json_tree_number(json_tree *t, const tdo_node *object, const char *key, unsigned more)
{
    const tdo_node *n = json_tree_get(t, object, key, JSON_MAY_BE_NUMBER | more);
    return n ? n->number : NAN;
}

size_t json_tree_count(json_tree *t, const tdo_node *object, const char *key, unsigned more)
{
    const tdo_node *n = json_tree_get(t, object, key, JSON_MAY_BE_NUMBER | more);
    if (!n)
        return 0;
    if (n->number >= 0 && n->number <= WHOLE_MOST && n->number == floor(n->number))
        return (size_t)n->number;
    json_tree_wrong(t, n, "must be a whole number from 0 on");
    return 0;
}

bool json_tree_yes(json_tree *t, const tdo_node *object, const char *key, unsigned more)
{
    const tdo_node *n = json_tree_get(t, object, key, JSON_MAY_BE_BOOL | more);
    return n && n->yes;
}

size_t json_tree_choice(json_tree *t, const tdo_node *object, const char *key,
                        const char *const *words, size_t n_words)
{
    const tdo_node *n = json_tree_get(t, object, key, JSON_MAY_BE_STRING);
    tdo_sink o = tdo_sink_memory(t->a);
    if (!n)
        return 0;
    for (size_t k = 0; k < n_words; k++) {
        if (strcmp(n->text, words[k]) == 0)
            return k;
        tdo_putf(&o, "%s\"%s\"", k ? ", " : "", words[k]);
    }
    json_tree_wrong(t, n, "must be one of %s", o.text && !o.failed ? o.text : "a few words");
    return 0;
}

const char *const *json_tree_texts(json_tree *t, const tdo_node *object, const char *key,
                                   unsigned more, size_t *n)
{
    const tdo_node *list = json_tree_get(t, object, key, JSON_MAY_BE_LIST | more);
    const char **text = list ? json_tree_alloc(t, list->n, sizeof *text) : NULL;
    *n = 0;
    for (const tdo_node *item = text ? list->first : NULL; item; item = item->next) {
        if (!json_tree_is(t, item, JSON_MAY_BE_STRING))
            return NULL;
        text[(*n)++] = item->text;
    }
    return text;
}

/* ---- the file ---- */

static tdo_status check_format(const tdo_node *top, const char *file, const json_format *format,
                               tdo_arena *a, tdo_error *err)
{
    const tdo_node *is = json_node_find(top, "format");
    tdo_sink found = tdo_sink_memory(a);
    if (is && is->type == JSON_NODE_STRING && strcmp(is->text, format->name) == 0)
        return TDO_OK;
    if (is && is->type == JSON_NODE_STRING) {
        tdo_puts(&found, "its format is ");
        tdo_put_quoted(&found, is->text);
        tdo_putf(&found, ", not \"%s\"", format->name);
    } else {
        tdo_putf(&found, "it does not say that its \"format\" is \"%s\"", format->name);
    }
    const json_spot at = is ? is->start : top->start;
    return tdo_fail_at(err, TDO_E_INPUT, file, at.line, at.column,
                       "this is no %s of tradeoff: %s; make one with \"%s\"", format->what,
                       found.text && !found.failed ? found.text : "its format is another",
                       format->how);
}

tdo_status json_tree_parse(json_text in, const json_format *format, tdo_arena *a, tdo_node **top,
                           tdo_error *err)
{
    tdo_status status = json_parse(in, TDO_MAX_RESULT_DEPTH, a, top, err);
    return status == TDO_OK ? check_format(*top, in.file, format, a, err) : status;
}

tdo_status json_tree_read(const char *file, const json_format *format, tdo_arena *a, tdo_node **top,
                          tdo_error *err)
{
    const char *name = strcmp(file, "-") == 0 ? "standard input" : file;
    source_text all = {.length = 0};
    tdo_status status = source_slurp(file, name, TDO_MAX_RESULT_BYTES, a, &all, err);
    if (status == TDO_OK)
        status = json_tree_parse((json_text){all.bytes, all.length, name}, format, a, top, err);
    return status;
}
