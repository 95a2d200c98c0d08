/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "join": other files, whose columns are added to the rows of the candidates. */
#include <string.h>

#include "scenario/reader.h"

typedef struct join_keys {
    const tdo_node *file, *on, *delimiter;
} join_keys;

static const scenario_key join_key[] = {
    SCENARIO_KEY(join_keys, file, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(join_keys, on, SCENARIO_IS_STRING | SCENARIO_IS_LIST | SCENARIO_IS_OBJECT,
                 SCENARIO_REQUIRED),
    SCENARIO_KEY(join_keys, delimiter, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

/* "model" (in both files), or the value of {"model": "name"}. */
static void add_key(scenario_reader *r, const tdo_node *n, bool is_pair, tdo_join *out)
{
    const char *right = NULL;
    scenario_read_name(r, n, &right);
    if (is_pair && n->key[0] == '\0') {
        scenario_complain(r, n, SCENARIO_AT_KEY, "a column in %s has no name",
                          scenario_say_path(r, n->parent));
        return;
    }
    if (!right)
        return;
    out->left[out->n_on] = is_pair ? n->key : right;
    out->right[out->n_on] = right;
    out->on_place[out->n_on] = scenario_place_of(r, n, SCENARIO_AT_VALUE);
    out->n_on++;
}

static size_t count_keys(const tdo_node *on)
{
    size_t n = on->type == JSON_NODE_STRING ? 1 : on->n;
    for (const tdo_node *item = on->first; item; item = item->next)
        n += item->n; /* more than there are, where a list holds pairs */
    return n;
}

static void read_on(scenario_reader *r, const tdo_node *on, tdo_join *out)
{
    const size_t room = count_keys(on);
    if (room == 0 || room > SCENARIO_MAX_PARTS) {
        scenario_complain(r, on, SCENARIO_AT_VALUE, "%s must have 1 to %d columns",
                          scenario_say_path(r, on), SCENARIO_MAX_PARTS);
        return;
    }
    out->left = scenario_reader_alloc(r, room, sizeof *out->left);
    out->right = scenario_reader_alloc(r, room, sizeof *out->right);
    out->on_place = scenario_reader_alloc(r, room, sizeof *out->on_place);
    if (r->no_memory)
        return;
    if (on->type == JSON_NODE_STRING)
        add_key(r, on, false, out);
    for (const tdo_node *item = on->first; item; item = item->next) {
        if (on->type == JSON_NODE_OBJECT) {
            add_key(r, item, true, out);
        } else if (scenario_expect(r, item, SCENARIO_IS_STRING | SCENARIO_IS_OBJECT)) {
            if (item->type == JSON_NODE_STRING)
                add_key(r, item, false, out);
            else if (item->n == 0)
                scenario_complain(r, item, SCENARIO_AT_VALUE, "%s names no columns",
                                  scenario_say_path(r, item));
            for (const tdo_node *pair = item->first; pair; pair = pair->next)
                add_key(r, pair, true, out);
        }
    }
}

static void read_join(scenario_reader *r, const tdo_node *n, tdo_join *out)
{
    join_keys k = {.file = NULL};
    *out = (tdo_join){.file = NULL};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, join_key, sizeof join_key / sizeof *join_key, &k);
    scenario_read_file(r, k.file, &out->file, &out->path);
    if (k.file)
        out->place = scenario_place_of(r, k.file, SCENARIO_AT_VALUE);
    scenario_refuse_input(r, k.file, out->file);
    if (k.on)
        read_on(r, k.on, out);
    scenario_read_delimiter(r, k.delimiter, &out->delimiter);
}

void scenario_read_joins(scenario_reader *r, const tdo_node *list)
{
    tdo_scenario *s = r->s;
    const size_t room = list->n < TDO_MAX_JOINS ? list->n : TDO_MAX_JOINS;
    s->join = scenario_reader_alloc(r, room, sizeof *s->join);
    for (const tdo_node *n = list->first; n && s->join; n = n->next) {
        if (s->n_join == room) {
            scenario_complain(r, n, SCENARIO_AT_VALUE, "%s has %zu files, at most %d are allowed",
                              scenario_say_path(r, list), list->n, TDO_MAX_JOINS);
            break;
        }
        read_join(r, n, &s->join[s->n_join++]);
    }
}
