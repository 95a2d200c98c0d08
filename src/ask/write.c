/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements into the text of a scenario, in which all else stays as it is. */
#include "ask/ask.h"

#include "json/edit.h"

#include <string.h>

enum { MOST_CUTS = 4, LINE = 96 };

/* A part of the text, and what comes in its place. */
typedef struct cut {
    size_t from, to;
    const char *text;
} cut;

/* Statements of one kind. */
typedef struct said {
    const char *key;
    const char *const *text; /* [n] */
    size_t n;
} said;

typedef struct splice {
    json_text in;
    said list[2];
    tdo_arena *a;
    cut cut[MOST_CUTS]; /* [cuts] in the order of the text */
    size_t cuts;
} splice;

static void add_cut(splice *w, size_t from, size_t to, const char *text)
{
    size_t k = w->cuts++;
    for (; k > 0 && w->cut[k - 1].from > from; k--)
        w->cut[k] = w->cut[k - 1];
    w->cut[k] = (cut){from, to, text};
}

/* How far the line of a place is indented. */
static size_t indent_at(json_text in, size_t at)
{
    size_t start = at, n = 0;
    while (start > 0 && in.bytes[start - 1] != '\n')
        start--;
    while (start + n < at && in.bytes[start + n] == ' ')
        n++;
    return n;
}

/* The statements, each behind `between`, the first one where some are there already. */
static void put_statements(const said *of, tdo_sink *o, const char *between, bool first)
{
    for (size_t k = 0; k < of->n; k++) {
        if (k > 0 || first)
            tdo_puts(o, between);
        tdo_put_json_string(o, of->text[k], false);
    }
}

/* What stands between statements: a blank where all fit into a line, else a new line. */
static const char *between_for(const splice *w, const said *of, size_t indent)
{
    size_t length = indent;
    for (size_t k = 0; k < of->n; k++)
        length += strlen(of->text[k]) + 4;
    if (length <= LINE)
        return ", ";
    char *text = tdo_alloc(w->a, indent + 8, 1);
    if (text) {
        memcpy(text, ",\n", 2);
        memset(text + 2, ' ', indent + 4);
    }
    return text;
}

static const char *text_of(const tdo_sink *o)
{
    return o->failed ? NULL : o->text ? o->text : "";
}

/* Behind the last statement that is there. */
static bool append(splice *w, const said *of, const tdo_node *list)
{
    tdo_sink o = tdo_sink_memory(w->a);
    const size_t end = json_behind(w->in, json_offset(w->in, list->last->start));
    const char *between = between_for(w, of, indent_at(w->in, end) + list->n * 24);
    if (!between)
        return false;
    put_statements(of, &o, between, true);
    add_cut(w, end, end, text_of(&o));
    return text_of(&o);
}

/* As members of their own: in the place of the weights, or behind the last one. own: [n] lists that
 * are not there yet. */
static bool insert(splice *w, const said *const *own, size_t n, const tdo_node *who,
                   const tdo_node *weights)
{
    tdo_sink o = tdo_sink_memory(w->a);
    size_t from = 0, to = 0;
    if (weights) {
        from = json_offset(w->in, weights->key_at);
        to = json_behind(w->in, json_offset(w->in, weights->start));
    } else {
        from = to = json_behind(w->in, json_offset(w->in, who->last->start));
        tdo_puts(&o, ", ");
    }
    for (size_t k = 0; k < n; k++) {
        const char *between = between_for(w, own[k], indent_at(w->in, from));
        if (!between)
            return false;
        tdo_putf(&o, "%s\"%s\": [", k > 0 ? ", " : "", own[k]->key);
        put_statements(own[k], &o, between, false);
        tdo_puts(&o, "]");
    }
    add_cut(w, from, to, text_of(&o));
    return text_of(&o);
}

static bool edit(splice *w, const tdo_node *who)
{
    const tdo_node *weights = json_node_find(who, "weights");
    const said *own[2] = {NULL, NULL};
    size_t n = 0;
    bool some_stay = false;
    for (size_t k = 0; k < 2; k++) {
        const said *of = &w->list[k];
        const tdo_node *list = json_node_find(who, of->key);
        if (of->n > 0 && !list)
            own[n++] = of;
        else if (of->n > 0 && !append(w, of, list))
            return false;
    }
    if (n > 0 && !insert(w, own, n, who, weights))
        return false;
    for (const tdo_node *at = who->first; at; at = at->next) {
        const bool goes = (n == 0 && at == weights) || strcmp(at->key, "vague") == 0;
        size_t from = 0, to = 0;
        if (goes) {
            json_extent(w->in, at, !some_stay, &from, &to);
            add_cut(w, from, to, "");
        }
        some_stay |= !goes;
    }
    return true;
}

tdo_status tdo_scenario_with(tdo_bytes scenario, const tdo_stated *add, tdo_arena *a,
                             tdo_bytes *out, tdo_error *err)
{
    splice w = {.in = {scenario.s, scenario.length, "scenario"},
                .list = {{"prefers", add->statement, add->n}, {"rates", add->rate, add->n_rates}},
                .a = a};
    tdo_node *top = NULL;
    tdo_sink o = tdo_sink_memory(a);
    size_t at = 0;
    tdo_status status = json_parse(w.in, TDO_MAX_SCENARIO_DEPTH, a, &top, err);
    if (status != TDO_OK)
        return status;
    const tdo_node *people = json_node_find(top, "stakeholders");
    const tdo_node *who = people ? json_node_find(people, add->stakeholder) : NULL;
    if (!who || who->type != JSON_NODE_OBJECT || who->n == 0)
        return tdo_fail(err, TDO_E_INPUT, "there is no stakeholder \"%s\" any more",
                        add->stakeholder);
    if (add->n + add->n_rates > 0 && !edit(&w, who))
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    for (size_t k = 0; k < w.cuts; k++) {
        tdo_put(&o, w.in.bytes + at, w.cut[k].from - at);
        tdo_puts(&o, w.cut[k].text);
        at = w.cut[k].to;
    }
    tdo_put(&o, w.in.bytes + at, w.in.length - at);
    if (o.failed)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    *out = (tdo_bytes){o.text, o.length};
    return TDO_OK;
}
