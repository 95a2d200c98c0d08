/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "join": other files, whose columns are added to the rows of the candidates. */
#include <string.h>

#include "scenario/reader.h"

typedef struct join_keys {
    const tdo_node *file, *on, *delimiter;
} join_keys;

static const tdo_key join_key[] = {
    TDO_KEY(join_keys, file, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(join_keys, on, TDO_IS_STRING | TDO_IS_LIST | TDO_IS_OBJECT, TDO_REQUIRED),
    TDO_KEY(join_keys, delimiter, TDO_IS_STRING, TDO_OPTIONAL),
};

/* "model" (in both files), or the value of {"model": "name"}. */
static void add_key(tdo_reader *r, const tdo_node *n, bool is_pair, tdo_join *out)
{
    const char *right = NULL;

    tdo_read_name(r, n, &right);
    if (is_pair && n->key[0] == '\0') {
        tdo_complain(r, n, TDO_AT_KEY, "a column in %s has no name", tdo_say_path(r, n->parent));
        return;
    }
    if (right == NULL)
        return;
    out->left[out->n_on] = is_pair ? n->key : right;
    out->right[out->n_on] = right;
    out->on_place[out->n_on] = tdo_place_of(r, n, TDO_AT_VALUE);
    out->n_on++;
}

static size_t count_keys(const tdo_node *on)
{
    size_t n = on->type == TDO_NODE_STRING ? 1 : on->n;

    for (const tdo_node *item = on->first; item != NULL; item = item->next)
        n += item->n; /* more than there are, where a list holds pairs */
    return n;
}

static void read_on(tdo_reader *r, const tdo_node *on, tdo_join *out)
{
    const size_t room = count_keys(on);

    if (room == 0 || room > TDO_MAX_PARTS) {
        tdo_complain(r, on, TDO_AT_VALUE, "%s must have 1 to %d columns", tdo_say_path(r, on),
                     TDO_MAX_PARTS);
        return;
    }
    out->left = tdo_reader_alloc(r, room, sizeof *out->left);
    out->right = tdo_reader_alloc(r, room, sizeof *out->right);
    out->on_place = tdo_reader_alloc(r, room, sizeof *out->on_place);
    if (r->no_memory)
        return;
    if (on->type == TDO_NODE_STRING)
        add_key(r, on, false, out);
    for (const tdo_node *item = on->first; item != NULL; item = item->next) {
        if (on->type == TDO_NODE_OBJECT) {
            add_key(r, item, true, out);
        } else if (tdo_expect(r, item, TDO_IS_STRING | TDO_IS_OBJECT)) {
            if (item->type == TDO_NODE_STRING)
                add_key(r, item, false, out);
            else if (item->n == 0)
                tdo_complain(r, item, TDO_AT_VALUE, "%s names no columns", tdo_say_path(r, item));
            for (const tdo_node *pair = item->first; pair != NULL; pair = pair->next)
                add_key(r, pair, true, out);
        }
    }
}

static void read_join(tdo_reader *r, const tdo_node *n, tdo_join *out)
{
    join_keys k = {.file = NULL};

    *out = (tdo_join){.file = NULL};
    if (!tdo_expect(r, n, TDO_IS_OBJECT))
        return;
    tdo_read_keys(r, n, join_key, sizeof join_key / sizeof *join_key, &k);
    tdo_read_file(r, k.file, &out->file, &out->path);
    if (k.file != NULL)
        out->place = tdo_place_of(r, k.file, TDO_AT_VALUE);
    if (out->file != NULL && strcmp(out->file, "-") == 0)
        tdo_complain(r, k.file, TDO_AT_VALUE,
                     "%s must be a file: standard input can only be the candidates",
                     tdo_say_path(r, k.file));
    if (k.on != NULL)
        read_on(r, k.on, out);
    tdo_read_delimiter(r, k.delimiter, &out->delimiter);
}

void tdo_read_joins(tdo_reader *r, const tdo_node *list)
{
    tdo_scenario *s = r->s;
    const size_t room = list->n < TDO_MAX_JOINS ? list->n : TDO_MAX_JOINS;

    s->join = tdo_reader_alloc(r, room, sizeof *s->join);
    for (const tdo_node *n = list->first; n != NULL && s->join != NULL; n = n->next) {
        if (s->n_join == room) {
            tdo_complain(r, n, TDO_AT_VALUE, "%s has %zu files, at most %d are allowed",
                         tdo_say_path(r, list), list->n, TDO_MAX_JOINS);
            break;
        }
        read_join(r, n, &s->join[s->n_join++]);
    }
}
