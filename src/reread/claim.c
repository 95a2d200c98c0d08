/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing what a result says with what it should say. */
#include "reread/claim.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE = 400 };

void *verify_room(verify_job *j, size_t count, size_t size)
{
    void *room = tdo_alloc(j->a, count, size);
    if (!room)
        j->status = tdo_fail(j->err, TDO_E_MEMORY, "out of memory");
    return room;
}

bool claim_fails(verify_job *j, const verify_node *node, const char *fmt, ...)
{
    char text[MESSAGE];
    va_list args;
    if (j->path)
        return false;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    j->path = verify_path(node ? node : j->root, j->a);
    j->why = tdo_copy(j->a, text, strlen(text));
    if (!j->path || !j->why)
        j->status = tdo_fail(j->err, TDO_E_MEMORY, "out of memory");
    return false;
}

bool claim_holds(verify_job *j, verify_node *node)
{
    if (node && !node->checked) {
        node->checked = true;
        j->checked += node->kind != VERIFY_ARRAY && node->kind != VERIFY_OBJECT;
    }
    return true;
}

bool claim_holds_all(verify_job *j, verify_node *node)
{
    for (verify_node *c = node ? node->first : NULL; c; c = c->next)
        (void)claim_holds_all(j, c);
    return claim_holds(j, node);
}

void claim_leaves_open(verify_job *j, verify_node *node)
{
    j->checked -= node->checked && node->kind != VERIFY_ARRAY && node->kind != VERIFY_OBJECT;
    node->checked = false;
    for (verify_node *c = node->first; c; c = c->next)
        claim_leaves_open(j, c);
}

void claim_told(verify_node *node)
{
    node->checked = true;
    for (verify_node *c = node->first; c; c = c->next)
        claim_told(c);
}

verify_node *claim_child(verify_job *j, const verify_node *parent, const char *key)
{
    verify_node *c = verify_get(parent, key);
    if (!c && parent)
        (void)claim_fails(j, parent, "\"%s\" is missing", key);
    return c;
}

bool claim_near(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(1, fabs(b));
}

static bool fails_number(verify_job *j, const verify_node *node, double is)
{
    char text[TDO_NUMBER_TEXT];
    (void)tdo_number_write(is, text);
    return claim_fails(j, node, "it is %s, not %s", text,
                       node->text                  ? node->text
                       : node->kind == VERIFY_NULL ? "null"
                                                   : "that");
}

bool claim_number(verify_job *j, verify_node *node, double is)
{
    if (isnan(is))
        return claim_null(j, node);
    if (!node)
        return false;
    if (node->kind != VERIFY_NUMBER || !claim_near(node->number, is))
        return fails_number(j, node, is);
    return claim_holds(j, node);
}

bool claim_text(verify_job *j, verify_node *node, const char *is)
{
    if (!is)
        return claim_null(j, node);
    if (!node)
        return false;
    if (node->kind != VERIFY_TEXT || strcmp(node->text, is) != 0)
        return claim_fails(j, node, "it is \"%s\"", is);
    return claim_holds(j, node);
}

bool claim_null(verify_job *j, verify_node *node)
{
    if (!node)
        return false;
    return node->kind == VERIFY_NULL ? claim_holds(j, node) : claim_fails(j, node, "there is none");
}

bool claim_bool(verify_job *j, verify_node *node, bool is)
{
    if (!node)
        return false;
    if (node->kind != (is ? VERIFY_TRUE : VERIFY_FALSE))
        return claim_fails(j, node, "it is %s", is ? "true" : "false");
    return claim_holds(j, node);
}

bool claim_length(verify_job *j, const verify_node *list, size_t is)
{
    if (!list)
        return false;
    return list->n == is || claim_fails(j, list, "it has %zu, not %zu", is, list->n);
}

bool claim_number_at(verify_job *j, const verify_node *parent, const char *key, double is)
{
    return claim_number(j, claim_child(j, parent, key), is);
}

bool claim_count_at(verify_job *j, const verify_node *parent, const char *key, size_t is)
{
    verify_node *c = claim_child(j, parent, key);
    if (c && (c->kind != VERIFY_NUMBER || fabs(c->number - (double)is) > 0))
        return fails_number(j, c, (double)is);
    return c && claim_holds(j, c);
}

bool claim_text_at(verify_job *j, const verify_node *parent, const char *key, const char *is)
{
    return claim_text(j, claim_child(j, parent, key), is);
}

bool claim_bool_at(verify_job *j, const verify_node *parent, const char *key, bool is)
{
    return claim_bool(j, claim_child(j, parent, key), is);
}

bool claim_absent(verify_job *j, const verify_node *parent, const char *key)
{
    const verify_node *c = verify_get(parent, key);
    return !c || claim_fails(j, c, "nothing may be said of it here");
}

bool claim_same(verify_job *j, verify_node *node, const verify_node *as)
{
    if (!node || !as)
        return false;
    if (node->kind != as->kind)
        return claim_fails(j, node, "it is something else");
    if (node->kind == VERIFY_NUMBER)
        return claim_number(j, node, as->number);
    if (node->kind == VERIFY_TEXT)
        return claim_text(j, node, as->text);
    if (!claim_length(j, node, as->n))
        return false;
    const verify_node *b = as->first;
    for (verify_node *c = node->first; c && b; c = c->next, b = b->next) {
        const verify_node *with = c->key ? verify_get(as, c->key) : b;
        if (!with)
            return claim_fails(j, c, "there is no such key");
        if (!claim_same(j, c, with))
            return false;
    }
    return claim_holds(j, node);
}

/* ---- what nothing checked ---- */

enum { MOST_PATTERNS = 400 };

typedef struct patterns {
    verify_job *j;
    const char **item;
    size_t n;
} patterns;

/* Objects whose keys are names of this decision, not words of the format. */
static bool has_names(const verify_node *node)
{
    static const char *const named[] = {"weights",
                                        "measured",
                                        "values",
                                        "utility",
                                        "ranks",
                                        "rule_ranks",
                                        "rules",
                                        "gain",
                                        "readings",
                                        "worth",
                                        "at",
                                        "columns",
                                        "groups",
                                        "cells",
                                        "beyond",
                                        "se",
                                        "group_sizes",
                                        "assumed",
                                        "best",
                                        "worst",
                                        "sum",
                                        "sums",
                                        "moves",
                                        "errors",
                                        "0",
                                        "0.9",
                                        "regret",
                                        "core",
                                        "central_weights",
                                        "compensation",
                                        "columns_beyond"};
    const char *up = node->parent && node->parent->key ? node->parent->key : "";
    if (!node->key)
        return false;
    if (strcmp(node->key, "candidates") == 0 || strcmp(node->key, "stakeholders") == 0)
        return node->kind == VERIFY_OBJECT;
    for (size_t k = 0; k < sizeof named / sizeof *named; k++)
        if (strcmp(node->key, named[k]) == 0)
            return node->kind == VERIFY_OBJECT;
    return strcmp(up, "groups") == 0 || strcmp(up, "group_sizes") == 0 ||
           strcmp(up, "central_weights") == 0;
}

static void add_pattern(patterns *p, const char *text)
{
    for (size_t k = 0; k < p->n; k++)
        if (strcmp(p->item[k], text) == 0)
            return;
    if (p->n < MOST_PATTERNS)
        p->item[p->n++] = text;
}

/* Is there something below that was checked? */
static bool has_checked(const verify_node *node)
{
    if (node->kind != VERIFY_ARRAY && node->kind != VERIFY_OBJECT)
        return node->checked;
    for (const verify_node *c = node->first; c; c = c->next)
        if (has_checked(c))
            return true;
    return false;
}

static bool has_leaves(const verify_node *node)
{
    if (node->kind != VERIFY_ARRAY && node->kind != VERIFY_OBJECT)
        return true;
    for (const verify_node *c = node->first; c; c = c->next)
        if (has_leaves(c))
            return true;
    return false;
}

static void walk(patterns *p, const verify_node *node, const char *path)
{
    const bool named = has_names(node);
    if (!has_checked(node)) {
        if (has_leaves(node))
            add_pattern(p, path);
        return;
    }
    for (const verify_node *c = node->first; c; c = c->next) {
        const char *more = !c->key ? tdo_text(p->j->a, "%s[]", path)
                           : named ? tdo_text(p->j->a, "%s.*", path)
                           : *path ? tdo_text(p->j->a, "%s.%s", path, c->key)
                                   : c->key;
        if (more)
            walk(p, c, more);
    }
}

size_t claim_unchecked(verify_job *j, const char ***out)
{
    patterns p = {.j = j};
    *out = VERIFY_ROOM(j, p.item, MOST_PATTERNS);
    if (p.item)
        walk(&p, j->root, "");
    return p.n;
}

bool claim_shares(verify_job *j, const verify_node *list)
{
    double before = INFINITY;
    const char *last = "";
    for (const verify_node *x = list->first; x; x = x->next) {
        const char *id = verify_text(x, "id", "");
        const double share = verify_double(x, "share", 0);
        if (!(share > 0) || share > before || (!(share < before) && strcmp(id, last) <= 0))
            return claim_fails(j, x, "it does not stand here, by its share and id");
        for (const verify_node *y = list->first; y != x; y = y->next)
            if (strcmp(verify_text(y, "id", ""), id) == 0)
                return claim_fails(j, x, "it stands here twice");
        before = share;
        last = id;
    }
    return true;
}
