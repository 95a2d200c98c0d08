/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "groups": a criterion that is measured in each subgroup, in a file of its own. */
#include "scenario/reader.h"

typedef struct groups_keys {
    const tdo_node *file, *id, *group, *value, *size, *se, *take, *delimiter;
} groups_keys;

static const scenario_key groups_key[] = {
    SCENARIO_KEY(groups_keys, file, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(groups_keys, id, SCENARIO_IS_STRING | SCENARIO_IS_LIST, SCENARIO_REQUIRED),
    SCENARIO_KEY(groups_keys, group, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(groups_keys, value, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(groups_keys, size, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(groups_keys, se, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(groups_keys, take, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(groups_keys, delimiter, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

void scenario_read_groups(scenario_reader *r, const tdo_node *n, tdo_criterion *c)
{
    groups_keys k = {.file = NULL};
    tdo_groups *g = scenario_reader_alloc(r, 1, sizeof *g);
    size_t take = TDO_TAKE_WORST;
    if (!g)
        return;
    c->groups = g;
    scenario_read_keys(r, n, groups_key, sizeof groups_key / sizeof *groups_key, &k);
    scenario_read_beside(r, k.file, k.id, k.delimiter, &g->from);
    scenario_refuse_input(r, k.file, g->from.file);
    scenario_read_column(r, k.group, &g->group, &g->group_place);
    scenario_read_column(r, k.value, &g->value, &g->value_place);
    scenario_read_column(r, k.size, &g->size, &g->size_place);
    scenario_read_column(r, k.se, &g->se, &g->se_place);
    (void)scenario_read_choice(r, k.take, tdo_take_name, TDO_TAKES, &take);
    g->take = (tdo_take)take;
}
