/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "items": a criterion that is measured item by item, in a file of its own, which tells its error,
 * too. */
#include <string.h>

#include "scenario/reader.h"

typedef struct items_keys {
    const tdo_node *file, *id, *item, *value, *cluster, *over, *quantile, *delimiter;
} items_keys;

static const scenario_key items_key[] = {
    SCENARIO_KEY(items_keys, file, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(items_keys, id, SCENARIO_IS_STRING | SCENARIO_IS_LIST, SCENARIO_REQUIRED),
    SCENARIO_KEY(items_keys, item, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(items_keys, value, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(items_keys, cluster, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(items_keys, over, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(items_keys, quantile, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(items_keys, delimiter, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

static void read_quantile(scenario_reader *r, const tdo_node *n, const tdo_node *over,
                          tdo_items *out)
{
    if (!n)
        return;
    if (n->number > 0 && n->number < 1)
        out->quantile = n->number;
    else
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be between 0 and 1, found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
    if (over)
        scenario_complain(r, n, SCENARIO_AT_KEY,
                          "%s does not go with \"over\": a reading is a ratio or a quantile",
                          scenario_say_path(r, n));
}

void scenario_read_items(scenario_reader *r, const tdo_node *n, tdo_criterion *c)
{
    items_keys k = {.file = NULL};
    tdo_items *g = scenario_reader_alloc(r, 1, sizeof *g);
    if (!g)
        return;
    c->items = g;
    g->place = scenario_place_of(r, n, SCENARIO_AT_KEY);
    scenario_read_keys(r, n, items_key, sizeof items_key / sizeof *items_key, &k);
    scenario_read_beside(r, k.file, k.id, k.delimiter, &g->from);
    scenario_refuse_input(r, k.file, g->from.file);
    scenario_read_column(r, k.item, &g->item, &g->item_place);
    scenario_read_column(r, k.value, &g->value, &g->value_place);
    scenario_read_column(r, k.cluster, &g->cluster, &g->cluster_place);
    scenario_read_column(r, k.over, &g->over, &g->over_place);
    read_quantile(r, k.quantile, k.over, g);
}

/* ---- of one file ---- */

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : !a && !b;
}

static bool same_ids(const tdo_beside *a, const tdo_beside *b)
{
    for (size_t k = 0; k < a->n_id_columns && k < b->n_id_columns; k++)
        if (!same(a->id_columns[k], b->id_columns[k]))
            return false;
    return a->n_id_columns == b->n_id_columns && a->delimiter == b->delimiter;
}

/* Criteria of one file are drawn together, item by item: they must agree on what an item is. */
static void check_joint(scenario_reader *r, const tdo_node *n, const tdo_items *of,
                        const tdo_items *earlier, const char *id)
{
    const char *key = !same_ids(&of->from, &earlier->from)   ? "id"
                      : !same(of->item, earlier->item)       ? "item"
                      : !same(of->cluster, earlier->cluster) ? "cluster"
                                                             : NULL;
    const tdo_node *at = key ? json_node_find(n, key) : NULL;
    if (key)
        scenario_complain(r, at ? at : n, at ? SCENARIO_AT_VALUE : SCENARIO_AT_KEY,
                          "%s differs from that of %s, which reads the same file: what is read of "
                          "one file is joint, item by item",
                          at ? scenario_say_path(r, at) : tdo_text(r->a, "\"%s\"", key),
                          scenario_say_name(r, n, id));
}

static void check_alone(scenario_reader *r, const tdo_node *n, const tdo_criterion *c)
{
    static const char *const key[] = {"se", "interval", "runs", "bounds", "correlation"};
    for (size_t k = 0; k < sizeof key / sizeof *key; k++) {
        const tdo_node *found = json_node_find(n, key[k]);
        if (found)
            scenario_complain(r, found, SCENARIO_AT_KEY,
                              "%s does not go with \"items\": they hold the error already",
                              scenario_say_path(r, found));
    }
    const tdo_node *as = json_node_find(n, "as");
    if (as && (c->style.as == TDO_CELLS_PLUS_MINUS || c->style.as == TDO_CELLS_INTERVAL))
        scenario_complain(r, as, SCENARIO_AT_VALUE,
                          "%s does not go with \"items\": an item is one number",
                          scenario_say_path(r, as));
}

void scenario_check_items(scenario_reader *r, const tdo_node *criteria)
{
    const tdo_scenario *s = r->s;
    const tdo_node *n = criteria->first;
    for (size_t c = 0; c < s->n_criteria; c++, n = n->next) {
        const tdo_items *of = s->criteria[c].items;
        const tdo_node *items = json_node_find(n, "items");
        if (!of || !of->from.file || !items)
            continue;
        check_alone(r, n, &s->criteria[c]);
        for (size_t b = 0; b < c; b++)
            if (s->criteria[b].items && same(s->criteria[b].items->from.path, of->from.path)) {
                check_joint(r, items, of, s->criteria[b].items, s->criteria[b].id);
                break;
            }
    }
}
