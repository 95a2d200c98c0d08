/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The candidates of a result that is read back. */
#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "compare/result_reader.h"

const char *const tdo_standing_name[3] = {
    [TDO_IS_FEASIBLE] = "feasible",
    [TDO_IS_INFEASIBLE] = "infeasible",
    [TDO_IS_DROPPED] = "dropped",
};

typedef struct candidate_cursor {
    json_tree *t;
    const tdo_result *r;
    double *reading, *se; /* [n x d] of the candidates together */
    bool *imputed;
    size_t k; /* the candidate that is read */
} candidate_cursor;

/* The numbers of an object with criteria as keys, into [d]; NaN for null. */
static void read_numbers(const candidate_cursor *x, const tdo_node *object, unsigned types,
                         double *to)
{
    for (const tdo_node *n = object ? object->first : NULL; n; n = n->next) {
        size_t c = json_tree_is(x->t, n, types) ? result_criterion(x->t, x->r, n) : TDO_NONE;
        if (c == TDO_NONE)
            return;
        to[c] = n->type == JSON_NODE_NUMBER ? n->number : NAN;
    }
}

static void read_assumed(const candidate_cursor *x, const tdo_node *n, bool *to)
{
    const tdo_node *object =
        json_tree_get(x->t, n, "assumed", JSON_MAY_BE_OBJECT | JSON_MAY_BE_ABSENT);
    for (const tdo_node *item = object ? object->first : NULL; item; item = item->next) {
        size_t c = json_tree_is(x->t, item, JSON_MAY_BE_STRING) ? result_criterion(x->t, x->r, item)
                                                                : TDO_NONE;
        if (c == TDO_NONE)
            return;
        to[c] = true;
    }
}

static void read_cells(const candidate_cursor *x, const tdo_node *n, tdo_result_candidate *out)
{
    const tdo_node *columns =
        json_tree_get(x->t, n, "columns", JSON_MAY_BE_OBJECT | JSON_MAY_BE_ABSENT);
    tdo_result_cell *cell = columns ? json_tree_alloc(x->t, columns->n, sizeof *cell) : NULL;
    size_t k = 0;
    for (const tdo_node *c = cell ? columns->first : NULL; c; c = c->next) {
        if (!json_tree_is(x->t, c, JSON_MAY_BE_NUMBER | JSON_MAY_BE_STRING | JSON_MAY_BE_NULL))
            return;
        cell[k++] = (tdo_result_cell){c->key, c->type == JSON_NODE_STRING ? c->text : NULL,
                                      c->type == JSON_NODE_NUMBER ? c->number : NAN};
    }
    out->cell = cell;
    out->n_cells = k;
}

static void read_candidate(const candidate_cursor *x, const tdo_node *n, tdo_result_candidate *out)
{
    json_tree *t = x->t;
    size_t d = x->r->n_criteria;
    double *reading = x->reading + x->k * d, *se = x->se + x->k * d;
    bool *imputed = x->imputed + x->k * d;
    if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
        return;
    for (size_t c = 0; c < d; c++)
        reading[c] = se[c] = NAN;
    out->id = json_tree_text(t, n, "id", 0);
    out->status = (tdo_standing)json_tree_choice(t, n, "status", tdo_standing_name, 3);
    out->reading = reading;
    out->se = se;
    out->imputed = imputed;
    read_numbers(x, json_tree_get(t, n, "measured", JSON_MAY_BE_OBJECT),
                 JSON_MAY_BE_NUMBER | JSON_MAY_BE_NULL, reading);
    read_numbers(x, json_tree_get(t, n, "se", JSON_MAY_BE_OBJECT | JSON_MAY_BE_ABSENT),
                 JSON_MAY_BE_NUMBER, se);
    read_assumed(x, n, imputed);
    read_cells(x, n, out);
    out->reason = json_tree_texts(t, n, "reasons", 0, &out->n_reasons);
    out->rank = json_tree_count(t, n, "rank", JSON_MAY_BE_NULL);
    out->score = json_tree_number(t, n, "score", JSON_MAY_BE_NULL);
    out->frontier = json_tree_yes(t, n, "frontier", 0);
    out->dominated_by = json_tree_text(t, n, "dominated_by", JSON_MAY_BE_NULL);
    if (t->status == TDO_OK && out->status == TDO_IS_FEASIBLE && !out->rank)
        json_tree_wrong(t, n, "is feasible, and has no rank");
}

/* ---- by id ---- */

static bool id_before(const void *user, uint32_t a, uint32_t b)
{
    const tdo_result *r = user;
    return strcmp(r->candidate[a].id, r->candidate[b].id) < 0;
}

static void order_by_id(json_tree *t, const tdo_node *list, tdo_result *r)
{
    uint32_t *order = json_tree_alloc(t, r->n, sizeof *order);
    uint32_t *room = json_tree_alloc(t, r->n, sizeof *room);
    if (!order || !room)
        return;
    for (size_t k = 0; k < r->n; k++)
        order[k] = (uint32_t)k;
    sort_by(order, r->n, id_before, r, room);
    r->by_id = order;
    for (size_t k = 1; k < r->n; k++)
        if (strcmp(r->candidate[order[k - 1]].id, r->candidate[order[k]].id) == 0) {
            json_tree_wrong(t, json_node_item(list, order[k]), "has an id that another one has");
            return;
        }
}

const tdo_result_candidate *tdo_result_find(const tdo_result *r, const char *id)
{
    size_t from = 0, to = id ? r->n : 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const tdo_result_candidate *c = &r->candidate[r->by_id[middle]];
        int order = strcmp(c->id, id);
        if (order == 0)
            return c;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* Are all that were loaded listed? */
static void read_counts(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *counts = json_tree_get(t, top, "counts", JSON_MAY_BE_OBJECT);
    size_t rows = json_tree_count(t, counts, "rows", 0);
    size_t where = json_tree_count(t, counts, "where", 0);
    r->feasible_n = json_tree_count(t, counts, "feasible", 0);
    r->frontier_n = json_tree_count(t, counts, "frontier", 0);
    size_t averaged = json_tree_count(t, counts, "averaged", JSON_MAY_BE_ABSENT);
    size_t loaded = rows - (where < rows ? where : rows);
    r->complete = r->n >= loaded - (averaged < loaded ? averaged : loaded);
}

void result_candidates(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *list = json_tree_get(t, top, "candidates", JSON_MAY_BE_LIST);
    tdo_result_candidate *candidate = list ? json_tree_alloc(t, list->n, sizeof *candidate) : NULL;
    if (!candidate)
        return;
    if (list->n >= UINT32_MAX || list->n > SIZE_MAX / (r->n_criteria * sizeof(double))) {
        json_tree_wrong(t, list, "has too many items");
        return;
    }
    size_t cells = list->n * r->n_criteria;
    candidate_cursor x = {.t = t,
                          .r = r,
                          .reading = json_tree_alloc(t, cells, sizeof(double)),
                          .se = json_tree_alloc(t, cells, sizeof(double)),
                          .imputed = json_tree_alloc(t, cells, sizeof(bool))};
    for (const tdo_node *n = list->first; n && t->status == TDO_OK; n = n->next, x.k++)
        read_candidate(&x, n, &candidate[x.k]);
    r->candidate = candidate;
    r->n = t->status == TDO_OK ? x.k : 0;
    if (t->status == TDO_OK)
        order_by_id(t, list, r);
    read_counts(t, top, r);
}
