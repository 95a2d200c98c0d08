/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tables of items a scenario needs, each once, and which columns of them. */
#include "model/model.h"

#include <string.h>

enum { COLUMNS_OF_ONE = 4 }; /* item, value, cluster, over */

/* The table of these items; it becomes one, with nothing wanted, where it is none. The scenario's
 * reader saw to it that whoever reads the same file reads it in the same way. */
static size_t table_of(model_plan *p, const tdo_beside *from)
{
    size_t k = 0;
    while (k < p->n_items && strcmp(p->items[k].path, from->path) != 0)
        k++;
    if (k == p->n_items) {
        p->items[k] = model_request_of(from);
        p->items[p->n_items++].all_known = true;
    }
    return k;
}

/* A column whose cells may be complained of when all are read. */
static size_t want(tdo_table_request *q, tdo_wanted *w, const char *column, bool words,
                   tdo_reading_style style, const tdo_place *place)
{
    size_t at = model_want(w, &q->n_wanted, column, words, style, place);
    w[at].located = true;
    return at;
}

tdo_status model_plan_items(const tdo_scenario *s, tdo_arena *a, model_plan *p)
{
    size_t d = s->n_criteria, room = COLUMNS_OF_ONE * d;
    const tdo_reading_style plain = {.as = TDO_CELLS_PLAIN};
    p->n_items = 0;
    for (size_t c = 0; c < d; c++)
        p->n_items += s->criteria[c].items != NULL;
    tdo_wanted *wanted = tdo_alloc(a, p->n_items * room, sizeof *wanted); /* [table][room] */
    p->items = tdo_alloc(a, p->n_items, sizeof *p->items);
    p->item = tdo_alloc(a, d, sizeof *p->item);
    if (!wanted || !p->items || !p->item)
        return TDO_E_MEMORY;
    p->n_items = 0;
    for (size_t c = 0; c < d; c++) {
        const tdo_items *g = s->criteria[c].items;
        model_item_plan *y = &p->item[c];
        *y = (model_item_plan){TDO_NONE, TDO_NONE, TDO_NONE, TDO_NONE, TDO_NONE};
        if (!g)
            continue;
        y->table = table_of(p, &g->from);
        tdo_table_request *q = &p->items[y->table];
        tdo_wanted *w = wanted + y->table * room;
        q->wanted = w;
        y->item = want(q, w, g->item, true, plain, &g->item_place);
        y->value =
            model_want(w, &q->n_wanted, g->value, false, s->criteria[c].style, &g->value_place);
        if (g->cluster)
            y->cluster = want(q, w, g->cluster, true, plain, &g->cluster_place);
        if (g->over)
            y->over =
                want(q, w, g->over, false, model_beside(s->criteria[c].style), &g->over_place);
    }
    return TDO_OK;
}

tdo_status tdo_items_wanted(const tdo_scenario *s, tdo_arena *a, tdo_table_request **out,
                            size_t *n_out)
{
    model_plan p = {.n_items = 0};
    tdo_status status = model_plan_items(s, a, &p);
    if (status == TDO_OK) {
        *out = p.items;
        *n_out = p.n_items;
    }
    return status;
}
