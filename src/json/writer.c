/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commas, line ends and indents of what is written. */
#include "json/writer.h"

#include "tradeoff/status.h"

#include <assert.h>

static void new_line(json_writer *j)
{
    tdo_put(j->o, "\n", 1);
    for (size_t k = 0; k < j->depth; k++)
        tdo_put(j->o, "  ", 2);
}

/* The comma, line end and key before an entry. */
static void begin(json_writer *j, const char *key)
{
    if (j->depth) {
        size_t top = j->depth - 1;
        if (j->some[top])
            tdo_puts(j->o, j->flow[top] ? ", " : ",");
        if (!j->flow[top])
            new_line(j);
        j->some[top] = true;
    }
    if (key) {
        tdo_put_json_string(j->o, key, false);
        tdo_puts(j->o, ": ");
    }
}

static void open_container(json_writer *j, const char *key, json_layout layout, const char *pair)
{
    assert(j->depth < JSON_DEPTH);
    begin(j, key);
    tdo_put(j->o, pair, 1);
    j->flow[j->depth] = layout == JSON_FLOW || (j->depth && j->flow[j->depth - 1]);
    j->some[j->depth] = false;
    j->close[j->depth] = pair[1];
    j->depth++;
}

void json_put_object(json_writer *j, const char *key, json_layout layout)
{
    open_container(j, key, layout, "{}");
}

void json_put_array(json_writer *j, const char *key, json_layout layout)
{
    open_container(j, key, layout, "[]");
}

void json_put_end(json_writer *j)
{
    assert(j->depth > 0);
    size_t top = --j->depth;
    if (j->some[top] && !j->flow[top])
        new_line(j);
    tdo_put(j->o, &j->close[top], 1);
    if (!j->depth)
        tdo_put(j->o, "\n", 1);
}

void json_put_text(json_writer *j, const char *key, const char *text)
{
    if (!text) {
        json_put_null(j, key);
        return;
    }
    begin(j, key);
    tdo_put_json_string(j->o, text, false);
}

void json_put_number(json_writer *j, const char *key, double x)
{
    begin(j, key);
    tdo_put_number(j->o, x);
}

void json_put_count(json_writer *j, const char *key, size_t n)
{
    begin(j, key);
    tdo_putf(j->o, "%zu", n);
}

void json_put_bool(json_writer *j, const char *key, bool yes)
{
    json_put_raw(j, key, yes ? "true" : "false");
}

void json_put_null(json_writer *j, const char *key)
{
    json_put_raw(j, key, "null");
}

void json_put_raw(json_writer *j, const char *key, const char *json)
{
    begin(j, key);
    tdo_puts(j->o, json);
}

void json_put_texts(json_writer *j, const char *key, const char *const *text, size_t n)
{
    json_put_array(j, key, JSON_LINES);
    for (size_t k = 0; k < n; k++)
        json_put_text(j, NULL, text[k]);
    json_put_end(j);
}

void json_put_warnings(json_writer *j, const tdo_warnings *w)
{
    json_put_array(j, "warnings", JSON_LINES);
    for (size_t k = 0; k < w->n; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "code", w->item[k].code);
        json_put_text(j, "message", w->item[k].message);
        json_put_end(j);
    }
    json_put_end(j);
}

void json_put_format(json_writer *j, const char *format)
{
    json_put_text(j, "format", format);
    json_put_object(j, "generator", JSON_FLOW);
    json_put_text(j, "name", "tradeoff");
    json_put_text(j, "version", TDO_VERSION);
    json_put_end(j);
}
