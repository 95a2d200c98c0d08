/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes JSON into a sink: the caller says what, this says where the commas and line ends go.
 * A key is NULL inside an array. Keys and texts are escaped; numbers that are none become null. */
#ifndef TRADEOFF_JSON_WRITER_H
#define TRADEOFF_JSON_WRITER_H

#include "tradeoff/text.h"

enum { JSON_DEPTH = 16 };

typedef enum json_layout {
    JSON_LINES, /* an entry on each line, indented by two blanks for each level */
    JSON_FLOW   /* all of it on one line, and all that is inside */
} json_layout;

/* Start from {.o = sink}. */
typedef struct json_writer {
    tdo_sink *o;
    size_t depth;           /* containers that are open */
    bool flow[JSON_DEPTH];  /* [depth] on one line */
    bool some[JSON_DEPTH];  /* [depth] it holds an entry already */
    char close[JSON_DEPTH]; /* [depth] its closing bracket */
} json_writer;

void json_put_object(json_writer *j, const char *key, json_layout layout);
void json_put_array(json_writer *j, const char *key, json_layout layout);
/* Closes the innermost object or array; the outermost ends the text with a line end. */
void json_put_end(json_writer *j);

void json_put_text(json_writer *j, const char *key, const char *text); /* NULL: null */
void json_put_number(json_writer *j, const char *key, double x);       /* NaN: null */
void json_put_count(json_writer *j, const char *key, size_t n);
void json_put_bool(json_writer *j, const char *key, bool yes);
void json_put_null(json_writer *j, const char *key);
/* A text that is JSON already. */
void json_put_raw(json_writer *j, const char *key, const char *json);
/* An array of texts, one on each line. */
void json_put_texts(json_writer *j, const char *key, const char *const *text, size_t n);
/* "warnings": the code and the message of each. */
void json_put_warnings(json_writer *j, const tdo_warnings *w);
/* What a file of ours begins with: "format" and "generator". */
void json_put_format(json_writer *j, const char *format);

#endif
