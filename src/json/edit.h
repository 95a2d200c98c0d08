/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a text stand that json_parse took, so that one can be changed and all else
 * stays as it was written. */
#ifndef TRADEOFF_JSON_EDIT_H
#define TRADEOFF_JSON_EDIT_H

#include "json/json.h"

/* The place of a value or a key in the text. */
size_t json_offset(json_text in, json_spot at);

/* Just behind the value that starts there. */
size_t json_behind(json_text in, size_t at);

/* The bytes to take out with a member of an object, so that what is left is JSON: with the comma
 * before it, or (first: none of those before it stays) with the one behind it. */
void json_extent(json_text in, const tdo_node *n, bool first, size_t *from, size_t *to);

#endif
