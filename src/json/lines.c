/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes values for people, what is short on one line, and finds where they stand in a text that
 * people wrote, of which all else stays as it is. */
#include "json/json.h"

#include "json/lexer.h"

enum { WIDTH = 110, STEP = 2 };

static void put_line_end(tdo_sink *o, size_t indent)
{
    tdo_puts(o, "\n");
    for (size_t k = 0; k < indent; k++)
        tdo_puts(o, " ");
}

/* On one line: ", " between entries, ": " after keys; numbers as they were written. */
static void put_flow(const tdo_node *n, tdo_sink *o)
{
    if (n->type == JSON_NODE_NUMBER && n->text) {
        tdo_puts(o, n->text);
        return;
    }
    if (n->type != JSON_NODE_LIST && n->type != JSON_NODE_OBJECT) {
        json_node_write(n, o);
        return;
    }
    tdo_puts(o, n->type == JSON_NODE_OBJECT ? "{" : "[");
    for (const tdo_node *child = n->first; child; child = child->next) {
        tdo_puts(o, child == n->first ? "" : ", ");
        if (child->key) {
            tdo_put_json_string(o, child->key, false);
            tdo_puts(o, ": ");
        }
        put_flow(child, o);
    }
    tdo_puts(o, n->type == JSON_NODE_OBJECT ? "}" : "]");
}

/* Takes bytes without keeping them: what a node would be long. */
static bool count_only(void *user, const char *bytes, size_t length)
{
    (void)user, (void)bytes, (void)length;
    return true;
}

/* Does it go on one line? Not where it fits none, nor where its file had it on several. */
static bool is_short(const tdo_node *n, size_t indent, size_t before)
{
    tdo_sink o = {.write = count_only};
    if (n->n == 0)
        return true;
    if (n->start.line && n->first->key_at.line > n->start.line)
        return false;
    put_flow(n, &o);
    return indent + before + o.length + 1 <= WIDTH;
}

/* before: bytes that stand on the line already, behind the indent. */
static void put_node(const tdo_node *n, size_t indent, size_t before, tdo_sink *o)
{
    if (is_short(n, indent, before)) {
        put_flow(n, o);
        return;
    }
    tdo_puts(o, n->type == JSON_NODE_OBJECT ? "{" : "[");
    for (const tdo_node *child = n->first; child; child = child->next) {
        tdo_puts(o, child == n->first ? "" : ",");
        put_line_end(o, indent + STEP);
        size_t start = o->length;
        if (child->key) {
            tdo_put_json_string(o, child->key, false);
            tdo_puts(o, ": ");
        }
        put_node(child, indent + STEP, o->length - start, o);
    }
    put_line_end(o, indent);
    tdo_puts(o, n->type == JSON_NODE_OBJECT ? "}" : "]");
}

void json_node_write_entry(const tdo_node *n, const char *key, size_t indent, tdo_sink *o)
{
    size_t start = o->length;
    tdo_put_json_string(o, key, false);
    tdo_puts(o, ": ");
    put_node(n, indent, o->length - start, o);
}

/* ---- where a value stands in its text ---- */

/* The byte of a spot. SIZE_MAX: it is in another text. */
static size_t offset_of(json_text in, json_spot at)
{
    size_t line = 1, k = 0;
    for (; k < in.length && line < at.line; k++)
        line += in.bytes[k] == '\n';
    return at.line && line == at.line && k + at.column - 1 < in.length ? k + at.column - 1
                                                                       : SIZE_MAX;
}

bool json_entry_span(json_text in, const tdo_node *n, json_span *out)
{
    const size_t start = offset_of(in, n->key_at), value = offset_of(in, n->start);
    size_t open = 0, line = start;
    if (start == SIZE_MAX || value == SIZE_MAX)
        return false;
    json_lexer l = json_lexer_start(in.bytes + value, in.length - value);
    json_token t;
    do {
        t = json_lexer_next(&l);
        open += t.kind == '{' || t.kind == '[';
        open -= t.kind == '}' || t.kind == ']';
    } while (open && t.kind);
    while (line > 0 && in.bytes[line - 1] != '\n')
        line--;
    out->start = start;
    out->end = (size_t)(t.start - in.bytes) + t.length;
    out->indent = 0;
    while (in.bytes[line + out->indent] == ' ')
        out->indent++;
    return t.kind != 0;
}
