/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part from its file. */
#include "files/source.h"
#include "parts/document.h"
#include "tradeoff/result.h"
#include "json/tree_reader.h"

#include <math.h>
#include <string.h>

static const json_format part_format = {"tradeoff-part/1", "part",
                                        "tradeoff part SCENARIO --shard 0/2 -o PART.json"};

static void read_held(json_tree *t, const tdo_node *top, parts_document *d)
{
    const tdo_node *list = json_tree_get(t, top, "held", JSON_MAY_BE_LIST);
    size_t *held = list ? json_tree_alloc(t, list->n, sizeof *held) : NULL;
    if (held)
        d->held_at = list->start;
    if (held && list->n == 0)
        json_tree_wrong(t, list, "is empty");
    for (const tdo_node *x = held ? list->first : NULL; x && t->status == TDO_OK; x = x->next) {
        if (x->type != JSON_NODE_NUMBER || !(x->number >= 0 && x->number < (double)d->shards) ||
            x->number > floor(x->number) ||
            (x->index > 0 && (size_t)x->number <= held[x->index - 1]))
            json_tree_wrong(t, x, "must be a shard from 0 to %zu, more than the one before",
                            d->shards - 1);
        else
            held[x->index] = (size_t)x->number;
    }
    d->held = held;
    d->n_held = held ? list->n : 0;
}

static void read_scenario(json_tree *t, const tdo_node *top, parts_document *d)
{
    const tdo_node *of = json_tree_get(t, top, "scenario", JSON_MAY_BE_OBJECT);
    size_t n = 0;
    d->scenario = json_tree_text(t, of, "name", 0);
    d->sha256 = json_tree_text(t, of, "sha256", 0);
    d->set = json_tree_texts(t, of, "set", JSON_MAY_BE_ABSENT, &d->n_set);
    d->limit = json_tree_texts(t, of, "limit", JSON_MAY_BE_ABSENT, &d->n_limit);
    d->rule = json_tree_text(t, of, "rule", JSON_MAY_BE_ABSENT);
    const char *const *line = json_tree_texts(t, of, "lines", 0, &n);
    tdo_sink o = tdo_sink_memory(t->a);
    for (size_t k = 0; k < n && line; k++) {
        tdo_puts(&o, k ? "\n" : "");
        tdo_puts(&o, line[k]);
    }
    if (t->status == TDO_OK && o.failed)
        t->status = tdo_fail(t->err, TDO_E_MEMORY, "out of memory");
    d->text = (tdo_bytes){o.text ? o.text : "", o.length};
}

static void read_warnings(json_tree *t, const tdo_node *top, parts_document *d)
{
    const tdo_node *list = json_tree_get(t, top, "warnings", JSON_MAY_BE_LIST);
    tdo_warning *item = list ? json_tree_alloc(t, list->n, sizeof *item) : NULL;
    for (const tdo_node *x = item ? list->first : NULL; x && t->status == TDO_OK; x = x->next) {
        if (!json_tree_is(t, x, JSON_MAY_BE_OBJECT))
            break;
        item[x->index].code = json_tree_text(t, x, "code", 0);
        item[x->index].message = json_tree_text(t, x, "message", 0);
    }
    d->warnings = (tdo_warnings){item, item ? list->n : 0};
}

static size_t *read_by_limit(json_tree *t, const tdo_node *of, const char *key, size_t *n)
{
    const tdo_node *list = json_tree_get(t, of, key, JSON_MAY_BE_LIST);
    size_t *out = list ? json_tree_alloc(t, list->n, sizeof *out) : NULL;
    for (const tdo_node *x = out ? list->first : NULL; x && t->status == TDO_OK; x = x->next) {
        if (x->type != JSON_NODE_NUMBER || !(x->number >= 0 && x->number <= TDO_MAX_ROWS) ||
            x->number > floor(x->number))
            json_tree_wrong(t, x, "must be a number of candidates");
        else
            out[x->index] = (size_t)x->number;
    }
    *n = out ? list->n : 0;
    return out;
}

static void read_counts(json_tree *t, const tdo_node *top, parts_document *d)
{
    const tdo_node *of = json_tree_get(t, top, "counts", JSON_MAY_BE_OBJECT);
    parts_counts *c = &d->counts;
    size_t n = 0;
    c->candidates = json_tree_count(t, of, "candidates", 0);
    c->measured = json_tree_count(t, of, "measured", 0);
    c->screened = d->pass != PARTS_RANGES;
    if (!c->screened)
        return;
    c->feasible = json_tree_count(t, of, "feasible", 0);
    c->excludes = read_by_limit(t, of, "excludes", &c->n_limits);
    c->alone = read_by_limit(t, of, "alone", &n);
    if (t->status == TDO_OK && n != c->n_limits)
        json_tree_wrong(t, of, "counts other limits in \"alone\" than in \"excludes\"");
}

static void read_all(json_tree *t, const tdo_node *top, parts_document *d)
{
    const tdo_node *generator = json_tree_get(t, top, "generator", JSON_MAY_BE_OBJECT);
    const char *version = json_tree_text(t, generator, "version", 0);
    if (version && strcmp(version, TDO_VERSION) != 0)
        json_tree_wrong(t, generator, "is version %s of the program, and this is " TDO_VERSION,
                        version);
    d->pass = (parts_pass)json_tree_choice(t, top, "pass", parts_pass_name, PARTS_PASSES);
    d->shards = json_tree_count(t, top, "shards", 0);
    if (t->status == TDO_OK && (d->shards < 1 || d->shards > TDO_MAX_SHARDS))
        json_tree_wrong(t, top, "has no number of shards from 1 to %d", TDO_MAX_SHARDS);
    read_held(t, top, d);
    const char *next = json_tree_text(t, top, "next", JSON_MAY_BE_ABSENT);
    d->merged = next != NULL;
    if (next && (d->pass + 1 == PARTS_PASSES || strcmp(next, parts_pass_name[d->pass + 1]) != 0 ||
                 d->n_held != d->shards))
        json_tree_wrong(t, top, "says of itself what cannot be: the next pass is not \"%s\"", next);
    d->after = json_tree_text(t, top, "after", JSON_MAY_BE_ABSENT);
    read_scenario(t, top, d);
    read_warnings(t, top, d);
    read_counts(t, top, d);
    d->id = json_tree_texts(t, top, "ids", JSON_MAY_BE_ABSENT, &d->n_id);
    const tdo_node *tables = json_tree_get(t, top, "tables", JSON_MAY_BE_LIST);
    if (tables && t->status == TDO_OK)
        t->status = parts_read_tables(t, tables, &d->tables);
}

tdo_status parts_read(const char *file, tdo_arena *a, parts_document *out, char sha256[65],
                      tdo_error *err)
{
    const char *name = strcmp(file, "-") == 0 ? "standard input" : file;
    source_text all = {.length = 0};
    tdo_node *top = NULL;
    tdo_status status = source_slurp(file, name, TDO_MAX_RESULT_BYTES, a, &all, err);
    *out = (parts_document){.file = name};
    if (status == TDO_OK)
        status =
            json_tree_parse((json_text){all.bytes, all.length, name}, &part_format, a, &top, err);
    json_tree t = {a, err, status};
    if (status == TDO_OK)
        read_all(&t, top, out);
    if (sha256)
        memcpy(sha256, all.sha256, sizeof all.sha256);
    return t.status;
}

tdo_overrides parts_overrides(const parts_document *d)
{
    return (tdo_overrides){.set = d->set,
                           .n_set = d->n_set,
                           .limit = d->limit,
                           .n_limit = d->n_limit,
                           .rule = d->rule,
                           .text = d->text,
                           .allow_outside = true};
}
