/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as a tree that knows where each key and value stands in its file, so that whoever judges a
 * value can point at it. Shared by everything that reads JSON; knows nothing of scenarios. */
#ifndef TRADEOFF_JSON_JSON_H
#define TRADEOFF_JSON_JSON_H

#include "tradeoff/text.h"

enum { JSON_MAX_TOKEN = 1 << 20 }; /* bytes of a string as written, with its quotes */

typedef enum json_node_type {
    JSON_NODE_NULL,
    JSON_NODE_BOOL,
    JSON_NODE_NUMBER,
    JSON_NODE_STRING,
    JSON_NODE_LIST,
    JSON_NODE_OBJECT
} json_node_type;

typedef struct json_spot {
    const char *file;      /* as the user named it, or the text of a command-line option */
    unsigned line, column; /* 1-based, the column in bytes; 0: the file is an option */
} json_spot;

typedef struct tdo_node {
    json_node_type type;
    json_spot start;  /* where the value starts */
    json_spot key_at; /* where its key starts; as `start` where it has none */
    const char *key;  /* without NUL, valid UTF-8; NULL: in a list, or the top */
    const char *text; /* a string's text; a number as written; else NULL */
    double number;    /* of a number: finite, and zero only where zero was written */
    bool yes;         /* of a bool */
    size_t index;     /* place among the parent's children */
    size_t n;         /* children */
    struct tdo_node *parent, *first, *last, *next;
} tdo_node;

/* ---- from text ---- */

typedef struct json_text {
    const char *bytes; /* [length] */
    size_t length;
    const char *file; /* for messages */
} json_text;

/* Reads a whole file: one JSON value that is a list or an object, in UTF-8 (a byte order mark is
 * skipped), no key twice in an object, at most max_depth levels, no string longer than
 * JSON_MAX_TOKEN. The tree is in the arena and does not point into the bytes.
 * Errors: TDO_E_INPUT (located), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status json_parse(json_text in, size_t max_depth, tdo_arena *a, tdo_node **out,
                                   tdo_error *err);

/* Reads one JSON value of any type that stands in a command-line option; *out is NULL where the
 * text is no JSON. Errors: TDO_E_INPUT (a number out of range, a key twice, too deep; the file is
 * the option, without a line), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status json_parse_value(const char *text, const char *option, size_t max_depth,
                                         tdo_arena *a, tdo_node **out, tdo_error *err);

/* ---- the tree ---- */

/* The child of that key, or NULL (also where the node is no object). O(children). */
tdo_node *json_node_find(const tdo_node *object, const char *key);

/* The only child whose "label" that is, or NULL. O(children). */
tdo_node *json_node_labelled(const tdo_node *object, const char *label);

/* The child of that place, or NULL (also where the node is no list). O(children). */
tdo_node *json_node_item(const tdo_node *list, size_t index);

/* The key path, "constraints.0.max", as json_set reads it ("\." for a dot in a key); ""
 * for the top. What a terminal would obey or hide is shown as \u escapes, and long keys are cut.
 * NULL: out of memory. */
const char *json_node_path(const tdo_node *n, tdo_arena *a);

/* Compact JSON, children in their order. */
void json_node_write(const tdo_node *n, tdo_sink *o);

/* ---- a text that people edit (lines.c) ---- */

/* `"key": value` as people write it: a list or an object that fits on a line, and was not spread
 * over several where it was read, stands on one; others have a line for each entry, indented by two
 * more blanks than the line it stands on. Numbers as they were written. */
void json_node_write_entry(const tdo_node *n, const char *key, size_t indent, tdo_sink *o);

/* The bytes of a key and its value in the text that n was read from, so that all around it can stay
 * as it was. */
typedef struct json_span {
    size_t start, end; /* end: behind it */
    size_t indent;     /* blanks at the start of the line it starts on */
} json_span;

/* False: n is of another text. */
bool json_entry_span(json_text in, const tdo_node *n, json_span *out);

/* ---- changing it ---- */

/* A node that comes from a command-line option. text (of a string) is not copied.
 * NULL: out of memory. */
tdo_node *json_node_new(tdo_arena *a, json_node_type type, const char *option, const char *text);

/* Makes child the last one of a list (key NULL) or an object. key is not copied. */
void json_node_append(tdo_node *parent, const char *key, tdo_node *child);

/* Takes n out of its object or list; those behind it in a list move up. */
void json_node_remove(tdo_node *n);

/* Gives a node another value (which is used up) and its origin; key, place and parent stay. */
void json_node_replace(tdo_node *n, const tdo_node *value);

/* Applies "PATH=VALUE" to an object. PATH: keys and list indices separated by dots ("\" makes the
 * next byte plain); all but the last must exist; a missing last key is added, and so is the item
 * after the last one of a list. VALUE: JSON, or else a string; null takes out what is there.
 * option: where the new value comes from, for messages.
 * Errors: TDO_E_USAGE (no PATH=VALUE), TDO_E_INPUT (PATH leads nowhere), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status json_set(tdo_node *root, const char *assignment, const char *option,
                                 size_t max_depth, tdo_arena *a, tdo_error *err);

#endif
