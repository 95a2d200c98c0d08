/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes JSON into a sink: the caller says what, this says where the commas and line ends go.
 * A key is NULL inside an array. Keys and texts are escaped; numbers that are none become null. */
#ifndef TRADEOFF_JSON_WRITER_H
#define TRADEOFF_JSON_WRITER_H

#include "tradeoff/text.h"

enum { TDO_JSON_DEPTH = 16 };

typedef enum tdo_json_layout {
    TDO_JSON_LINES, /* an entry on each line, indented by two blanks for each level */
    TDO_JSON_FLOW   /* all of it on one line, and all that is inside */
} tdo_json_layout;

/* Start from {.o = sink}. */
typedef struct tdo_json {
    tdo_sink *o;
    size_t depth;               /* containers that are open */
    bool flow[TDO_JSON_DEPTH];  /* [depth] on one line */
    bool some[TDO_JSON_DEPTH];  /* [depth] it holds an entry already */
    char close[TDO_JSON_DEPTH]; /* [depth] its closing bracket */
} tdo_json;

void tdo_json_object(tdo_json *j, const char *key, tdo_json_layout layout);
void tdo_json_array(tdo_json *j, const char *key, tdo_json_layout layout);
/* Closes the innermost object or array; the outermost ends the text with a line end. */
void tdo_json_end(tdo_json *j);

void tdo_json_text(tdo_json *j, const char *key, const char *text); /* NULL: null */
void tdo_json_number(tdo_json *j, const char *key, double x);       /* NaN: null */
void tdo_json_count(tdo_json *j, const char *key, size_t n);
void tdo_json_bool(tdo_json *j, const char *key, bool yes);
void tdo_json_null(tdo_json *j, const char *key);
/* A text that is JSON already. */
void tdo_json_raw(tdo_json *j, const char *key, const char *json);

#endif
