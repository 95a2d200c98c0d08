/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tables of subgroups a scenario needs, each once, and which columns of them. */
#include "model/model.h"

#include <string.h>

enum { COLUMNS_OF_ONE = 4 }; /* group, value, size, se */

static bool same_table(const tdo_table_request *q, const tdo_beside *g)
{
    if (strcmp(q->path, g->path) != 0 || q->delimiter != g->delimiter ||
        q->n_id_columns != g->n_id_columns)
        return false;
    for (size_t k = 0; k < g->n_id_columns; k++)
        if (strcmp(q->id_columns[k], g->id_columns[k]) != 0)
            return false;
    return true;
}

/* The table of these subgroups; it becomes one, with nothing wanted, where it is none. */
static size_t table_of(model_plan *p, const tdo_beside *from)
{
    size_t k = 0;
    while (k < p->n_groups && !same_table(&p->groups[k], from))
        k++;
    if (k == p->n_groups)
        p->groups[p->n_groups++] = model_request_of(from);
    return k;
}

tdo_status model_plan_groups(const tdo_scenario *s, tdo_arena *a, model_plan *p)
{
    size_t d = s->n_criteria, room = COLUMNS_OF_ONE * d;
    tdo_wanted *wanted = tdo_alloc(a, d * room, sizeof *wanted); /* [table][room] */
    p->groups = tdo_alloc(a, d, sizeof *p->groups);
    p->group = tdo_alloc(a, d, sizeof *p->group);
    if (!wanted || !p->groups || !p->group)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < d; c++) {
        const tdo_reading_style as = s->criteria[c].style, beside = model_beside(as),
                                plain = {.as = TDO_CELLS_PLAIN};
        const tdo_groups *g = s->criteria[c].groups;
        model_group_plan *y = &p->group[c];
        *y = (model_group_plan){TDO_NONE, TDO_NONE, TDO_NONE, TDO_NONE, TDO_NONE};
        tdo_reading_style size = beside; /* nobody's milliseconds */
        size.as = TDO_CELLS_PLAIN;
        if (!g)
            continue;
        y->table = table_of(p, &g->from);
        tdo_table_request *q = &p->groups[y->table];
        tdo_wanted *w = wanted + y->table * room;
        q->wanted = w;
        y->group = model_want(w, &q->n_wanted, g->group, true, plain, &g->group_place);
        y->value = model_want(w, &q->n_wanted, g->value, false, as, &g->value_place);
        if (g->size)
            y->size = model_want(w, &q->n_wanted, g->size, false, size, &g->size_place);
        if (g->se)
            y->se = model_want(w, &q->n_wanted, g->se, false, beside, &g->se_place);
    }
    return TDO_OK;
}

tdo_status tdo_groups_wanted(const tdo_scenario *s, tdo_arena *a, tdo_table_request **out,
                             size_t *n_out)
{
    model_plan p = {.n_groups = 0};
    tdo_status status = model_plan_groups(s, a, &p);
    if (status == TDO_OK) {
        *out = p.groups;
        *n_out = p.n_groups;
    }
    return status;
}
