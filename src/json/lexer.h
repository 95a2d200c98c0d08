/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the tokens of a JSON text and knows the line and column of each. It judges nothing:
 * jansson does; this only finds its way, in good texts and in bad ones. */
#ifndef TRADEOFF_JSON_LEXER_H
#define TRADEOFF_JSON_LEXER_H

#include "tradeoff/text.h"

typedef struct json_lexer {
    const char *p, *end;
    const char *line_start;
    unsigned line;
} json_lexer;

typedef struct json_token {
    char kind; /* one of {}[]:, or '"' a string, 'w' a number or word, '?' else, 0 the end */
    const char *start;
    size_t length; /* a string's with its quotes */
    bool closed;   /* of a string: it has its second quote */
    unsigned line, column;
} json_token;

json_lexer json_lexer_start(const char *bytes, size_t length);
json_token json_lexer_next(json_lexer *l);

/* The bytes that a string token of valid JSON decodes to, in UTF-8. */
size_t json_token_decoded_length(const json_token *string);

/* What jansson found wrong, in words of our own. offset: bytes that it had taken (SIZE_MAX: all,
 * and wanted more). what: jansson's text, of which only the beginning is compared. Returns
 * TDO_E_INPUT. */
tdo_status json_syntax_error(const char *bytes, size_t length, const char *file, size_t offset,
                             const char *what, tdo_error *err);

#endif
