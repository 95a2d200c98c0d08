/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading back what the program wrote itself. Such a file is right or it is no such file: the first
 * error ends the reading, and everything asked for after it is absent. (A scenario, which people
 * write, has a reader that collects all errors: scenario/reader.h.) */
#ifndef TRADEOFF_JSON_TREE_READER_H
#define TRADEOFF_JSON_TREE_READER_H

#include "json/json.h"

typedef struct json_tree {
    tdo_arena *a;
    tdo_error *err;
    tdo_status status; /* of the first error */
} json_tree;

/* Types that a value may have, to be added. */
enum {
    JSON_MAY_BE_NULL = 1 << JSON_NODE_NULL,
    JSON_MAY_BE_BOOL = 1 << JSON_NODE_BOOL,
    JSON_MAY_BE_NUMBER = 1 << JSON_NODE_NUMBER,
    JSON_MAY_BE_STRING = 1 << JSON_NODE_STRING,
    JSON_MAY_BE_LIST = 1 << JSON_NODE_LIST,
    JSON_MAY_BE_OBJECT = 1 << JSON_NODE_OBJECT,
    JSON_MAY_BE_ABSENT = 1 << 6
};

/* A format that the program writes. */
typedef struct json_format {
    const char *name; /* "tradeoff-result/1" */
    const char *what; /* "result" */
    const char *how;  /* the command that makes one */
} json_format;

/* Reads a whole file ("-": standard input) into a tree, and checks that it is of the format.
 * Errors: TDO_E_INPUT, TDO_E_IO, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status json_tree_read(const char *file, const json_format *format, tdo_arena *a,
                                       tdo_node **top, tdo_error *err);
TDO_MUST_USE tdo_status json_tree_parse(json_text in, const json_format *format, tdo_arena *a,
                                        tdo_node **top, tdo_error *err);

/* Notes an error in n: its place, its key path, and the text, as in "PATH must be a number". */
void json_tree_wrong(json_tree *t, const tdo_node *n, const char *fmt, ...) TDO_PRINTF(3, 4);

/* Is n of one of these types? Notes an error where it is not. NULL: no. */
bool json_tree_is(json_tree *t, const tdo_node *n, unsigned types);

/* The child of an object. NULL where it is null or absent and may be, and after an error. */
const tdo_node *json_tree_get(json_tree *t, const tdo_node *object, const char *key,
                              unsigned types);

/* Values of a child. `more`: what it may be besides (null, absent), which gives NULL, NaN, 0 or
 * no. */
const char *json_tree_text(json_tree *t, const tdo_node *object, const char *key, unsigned more);
double json_tree_number(json_tree *t, const tdo_node *object, const char *key, unsigned more);
size_t json_tree_count(json_tree *t, const tdo_node *object, const char *key, unsigned more);
bool json_tree_yes(json_tree *t, const tdo_node *object, const char *key, unsigned more);

/* The place of a string among words; 0 after an error. */
size_t json_tree_choice(json_tree *t, const tdo_node *object, const char *key,
                        const char *const *words, size_t n_words);

/* A list of strings. NULL and 0 where it is absent and may be, and after an error. */
const char *const *json_tree_texts(json_tree *t, const tdo_node *object, const char *key,
                                   unsigned more, size_t *n);

/* As tdo_alloc; notes when there is no memory. */
void *json_tree_alloc(json_tree *t, size_t count, size_t size);

#endif
