/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in a text that is known to be JSON. */
#include "json/edit.h"

#include <assert.h>
#include <string.h>

size_t json_offset(json_text in, json_spot at)
{
    const size_t mark = in.length >= 3 && memcmp(in.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t offset = mark;
    for (unsigned line = 1; line < at.line && offset < in.length; offset++)
        line += in.bytes[offset] == '\n';
    return offset + at.column - 1;
}

static size_t behind_string(json_text in, size_t at)
{
    for (at++; at < in.length && in.bytes[at] != '"'; at++)
        at += in.bytes[at] == '\\';
    return at + 1;
}

size_t json_behind(json_text in, size_t at)
{
    size_t depth = 0;
    do {
        const char c = in.bytes[at];
        if (c == '"') {
            at = behind_string(in, at);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
        else if (depth == 0)
            return at + strcspn(in.bytes + at, ",]} \t\r\n");
        at++;
    } while (depth > 0 && at < in.length);
    return at;
}

void json_extent(json_text in, const tdo_node *n, bool first, size_t *from, size_t *to)
{
    const tdo_node *before = NULL;
    for (const tdo_node *k = n->parent->first; k != n; k = k->next)
        before = k;
    if (first) {
        *from = json_offset(in, n->key_at);
        *to = n->next ? json_offset(in, n->next->key_at)
                      : json_behind(in, json_offset(in, n->start));
    } else {
        assert(before);
        *from = json_behind(in, json_offset(in, before->start));
        *to = json_behind(in, json_offset(in, n->start));
    }
}
