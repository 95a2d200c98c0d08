/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "groups": a criterion that is measured in each subgroup, in a file of its own. */
#include <string.h>

#include "scenario/reader.h"

const char *const tdo_take_name[TDO_TAKES] = {[TDO_TAKE_WORST] = "worst",
                                              [TDO_TAKE_GAP] = "gap",
                                              [TDO_TAKE_RATIO] = "ratio",
                                              [TDO_TAKE_MEAN] = "mean"};

typedef struct groups_keys {
    const tdo_node *file, *id, *group, *value, *size, *se, *take, *delimiter;
} groups_keys;

static const tdo_key groups_key[] = {
    TDO_KEY(groups_keys, file, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(groups_keys, id, TDO_IS_STRING | TDO_IS_LIST, TDO_REQUIRED),
    TDO_KEY(groups_keys, group, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(groups_keys, value, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(groups_keys, size, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(groups_keys, se, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(groups_keys, take, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(groups_keys, delimiter, TDO_IS_STRING, TDO_OPTIONAL),
};

static void read_column(tdo_reader *r, const tdo_node *n, const char **column, tdo_place *place)
{
    tdo_read_name(r, n, column);
    if (n != NULL)
        *place = tdo_place_of(r, n, TDO_AT_VALUE);
}

void tdo_read_groups(tdo_reader *r, const tdo_node *n, tdo_criterion *c)
{
    groups_keys k = {.file = NULL};
    tdo_groups *g = tdo_reader_alloc(r, 1, sizeof *g);
    size_t take = TDO_TAKE_WORST;

    if (g == NULL)
        return;
    c->groups = g;
    tdo_read_keys(r, n, groups_key, sizeof groups_key / sizeof *groups_key, &k);
    tdo_read_file(r, k.file, &g->file, &g->path);
    if (g->file != NULL && strcmp(g->file, "-") == 0)
        tdo_complain(r, k.file, TDO_AT_VALUE,
                     "%s must be a file: standard input can only be the candidates",
                     tdo_say_path(r, k.file));
    tdo_read_columns(r, k.id, &g->id_columns, &g->n_id_columns);
    if (k.id != NULL)
        g->id_place = tdo_place_of(r, k.id, TDO_AT_VALUE);
    read_column(r, k.group, &g->group, &g->group_place);
    read_column(r, k.value, &g->value, &g->value_place);
    read_column(r, k.size, &g->size, &g->size_place);
    read_column(r, k.se, &g->se, &g->se_place);
    (void)tdo_read_choice(r, k.take, tdo_take_name, TDO_TAKES, &take);
    g->take = (tdo_take)take;
    tdo_read_delimiter(r, k.delimiter, &g->delimiter);
}
