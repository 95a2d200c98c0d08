/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as a tree, in which numbers keep the text that they were written as. */
#ifndef TRADEOFF_REREAD_TREE_H
#define TRADEOFF_REREAD_TREE_H

#include "tradeoff/memory.h"

typedef enum verify_kind {
    VERIFY_NULL,
    VERIFY_FALSE,
    VERIFY_TRUE,
    VERIFY_NUMBER,
    VERIFY_TEXT,
    VERIFY_ARRAY,
    VERIFY_OBJECT
} verify_kind;

typedef struct verify_node {
    verify_kind kind;
    bool checked;     /* what it says was compared with what it should say */
    double number;    /* of a number */
    const char *key;  /* in an object; NULL: in an array, or the root */
    const char *text; /* of a text, or as the number was written */
    size_t n;         /* children */
    struct verify_node *first, *next, *parent;
} verify_node;

/* Strict JSON in UTF-8 (a byte order mark is passed over); keys differ from each other.
 * Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status verify_tree_read(const char *bytes, size_t length, tdo_arena *a,
                                         verify_node **out, tdo_error *err);

/* The child with that key; NULL: there is none, or the node is NULL or no object. */
verify_node *verify_get(const verify_node *object, const char *key);

/* The same for a text: its bytes, or otherwise if it is absent or no text. */
const char *verify_text(const verify_node *object, const char *key, const char *otherwise);

/* The same for a number. */
double verify_double(const verify_node *object, const char *key, double otherwise);

bool verify_is_true(const verify_node *object, const char *key);

/* As "candidates[3].values.quality"; NULL: memory is out. */
const char *verify_path(const verify_node *node, tdo_arena *a);

#endif
