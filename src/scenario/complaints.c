/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints come in the order of the checks and are reported in the order of the file. A hostile
 * file can hold a million errors: only the first ones by place are kept, and nothing is put into
 * words for the others. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scenario/reader.h"

enum { LISTED = 24 }; /* words shown as allowed */

void *scenario_reader_alloc(scenario_reader *r, size_t count, size_t size)
{
    void *p = tdo_alloc(r->a, count, size);
    if (!p)
        r->no_memory = true;
    return p;
}

/* What comes from the command line (line 0) stands behind the file. */
static bool is_before(unsigned line_a, unsigned column_a, unsigned line_b, unsigned column_b)
{
    unsigned a = line_a > 0 ? line_a : UINT_MAX, b = line_b > 0 ? line_b : UINT_MAX;
    return a < b || (a == b && column_a < column_b);
}

static bool is_too_late(const scenario_reader *r, json_spot at)
{
    const tdo_error *last = r->error + TDO_REPORT_SHOWN - 1;
    return r->shown == TDO_REPORT_SHOWN && !is_before(at.line, at.column, last->line, last->column);
}

/* Neither the key nor the value of n can be shown any more (the key stands first). */
static bool nobody_asks(const scenario_reader *r, const tdo_node *n)
{
    return r->no_memory || (is_too_late(r, n->start) && is_too_late(r, n->key_at));
}

static void set_path(tdo_error *e, const char *path)
{
    size_t length = strlen(path), room = sizeof e->path - 1;
    if (length > room) {
        length = tdo_utf8_valid(path, room - strlen("..."));
        memcpy(e->path + length, "...", sizeof "...");
    } else {
        e->path[length] = '\0';
    }
    memcpy(e->path, path, length);
}

void scenario_complain(scenario_reader *r, const tdo_node *n, scenario_whereof whereof,
                       const char *fmt, ...)
{
    const json_spot at = whereof == SCENARIO_AT_KEY ? n->key_at : n->start;
    char text[2 * TDO_ERROR_TEXT];
    va_list args;
    r->complaints++;
    if (r->no_memory || is_too_late(r, at))
        return;
    const char *path = json_node_path(n, r->a);
    if (!path) {
        r->no_memory = true;
        return;
    }
    va_start(args, fmt);
    int length = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);

    if (r->shown < TDO_REPORT_SHOWN)
        r->shown++;
    size_t k = r->shown - 1;
    for (; k > 0 && is_before(at.line, at.column, r->error[k - 1].line, r->error[k - 1].column);
         k--)
        r->error[k] = r->error[k - 1];
    r->error[k] = (tdo_error){.status = TDO_OK};
    (void)tdo_fail_at(&r->error[k], TDO_E_INPUT, at.file, at.line, at.column, "%s",
                      length < 0 ? "(the message cannot be shown)" : text);
    set_path(&r->error[k], path);
}

/* ---- words for them ---- */

static const char *collected(scenario_reader *r, const tdo_sink *o)
{
    if (o->failed)
        r->no_memory = true;
    return o->failed || !o->text ? "" : o->text;
}

const char *scenario_say_path(scenario_reader *r, const tdo_node *n)
{
    if (!n->parent)
        return "the scenario";
    if (nobody_asks(r, n))
        return "";
    if (n != r->path_of) { /* a million unknown keys have one parent */
        r->path_of = n;
        r->path = json_node_path(n, r->a);
    }
    if (!r->path)
        r->no_memory = true;
    return !r->path ? "" : r->path;
}

const char *scenario_say_value(scenario_reader *r, const tdo_node *n)
{
    tdo_sink o = tdo_sink_memory(r->a);
    switch (n->type) {
    case JSON_NODE_NULL:
        return "null";
    case JSON_NODE_BOOL:
        return n->yes ? "true" : "false";
    case JSON_NODE_NUMBER:
        return strlen(n->text) <= 40 ? n->text : "a long number";
    case JSON_NODE_LIST:
        return n->n == 0 ? "an empty list" : "a list";
    case JSON_NODE_OBJECT:
        return n->n == 0 ? "an empty object" : "an object";
    case JSON_NODE_STRING:
        break;
    }
    if (nobody_asks(r, n))
        return "";
    tdo_puts(&o, "the string ");
    tdo_put_quoted(&o, n->text);
    return collected(r, &o);
}

const char *scenario_say_name(scenario_reader *r, const tdo_node *n, const char *name)
{
    tdo_sink o = tdo_sink_memory(r->a);
    if (nobody_asks(r, n))
        return "";
    tdo_put_quoted(&o, name);
    return collected(r, &o);
}

const char *scenario_say_nearest(scenario_reader *r, const tdo_node *n, const char *name,
                                 const char *kind, const char *const *words, size_t n_words)
{
    tdo_sink o = tdo_sink_memory(r->a);
    if (n_words == 0 || nobody_asks(r, n))
        return "";
    const char *near = tdo_nearest_word(name, words, n_words);
    if (near) {
        tdo_puts(&o, " (did you mean ");
        tdo_put_quoted(&o, near);
        tdo_puts(&o, "?)");
        return collected(r, &o);
    }
    tdo_putf(&o, " (%s: ", kind);
    for (size_t i = 0; i < n_words && i < LISTED; i++) {
        tdo_puts(&o, i > 0 ? ", " : "");
        tdo_put_quoted(&o, words[i]);
    }
    tdo_puts(&o, n_words > LISTED ? ", ...)" : ")");
    return collected(r, &o);
}

tdo_place scenario_place_of(scenario_reader *r, const tdo_node *n, scenario_whereof whereof)
{
    const json_spot at = whereof == SCENARIO_AT_KEY ? n->key_at : n->start;
    const char *path = json_node_path(n, r->a);
    if (!path)
        r->no_memory = true;
    return (tdo_place){at.file, path, at.line, at.column};
}
