/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a file of items: by candidate, and then by unit (the item, or its cluster) and item,
 * in the order of their names, so that the order of the file changes no digit. */
#include "base/plain.h"
#include "base/sort.h"
#include "model/items.h"

#include <string.h>

void model_item_complain(model_item_rows *x, size_t column, size_t row, const char *what)
{
    const tdo_cell_place at = tdo_place_of_cell(x->t, column, row);
    tdo_error e = {0};
    x->r->no_memory = x->r->no_memory || !what;
    if (!what)
        return;
    (void)tdo_fail_at(&e, TDO_E_INPUT, at.file, at.line, at.column, "%s", what);
    tdo_report_add(x->r->report, &e);
}

bool model_item_is_told(const model_item_rows *x)
{
    bool tells = x->r->report->count < TDO_REPORT_SHOWN;
    x->r->report->count += !tells;
    return tells;
}

/* ---- names ---- */

static bool word_before(const void *user, uint32_t a, uint32_t b)
{
    const tdo_column *x = user;
    return strcmp(x->words[a], x->words[b]) < 0;
}

/* [n_words] the place of each word by its bytes; NULL: memory is out. */
static uint32_t *rank_words(const model_readings *r, const tdo_column *x)
{
    uint32_t *order = tdo_alloc(r->a, x->n_words, sizeof *order);
    uint32_t *rank = tdo_alloc(r->a, x->n_words, sizeof *rank);
    if (!order || !rank)
        return NULL;
    for (size_t w = 0; w < x->n_words; w++)
        order[w] = (uint32_t)w;
    sort_by(order, x->n_words, word_before, x, rank);
    for (size_t k = 0; k < x->n_words; k++)
        rank[order[k]] = (uint32_t)k;
    return rank;
}

static void check_names(model_item_rows *x, size_t at, const char *what)
{
    const tdo_column *c = &x->t->column[at];
    for (size_t i = 0; i < x->t->n; i++) {
        const char *name = c->words[c->word[i]];
        if (plain_is_blank(name, strlen(name)) && model_item_is_told(x))
            model_item_complain(x, at, i, tdo_text(x->r->a, "the %s has no name", what));
    }
}

/* ---- order ---- */

/* By what rows are sorted: rank[key[row]], or key[row] where rank is NULL; below n. */
typedef struct sorting {
    const uint32_t *key, *rank;
    size_t n;
} sorting;

static uint32_t key_of(const sorting *by, size_t row)
{
    return by->rank ? by->rank[by->key[row]] : by->key[row];
}

/* A stable counting sort of all n rows. from: NULL: in the file's order; at: [by->n + 1] */
static void sort_rows(const sorting *by, const uint32_t *from, size_t n, size_t *at, uint32_t *to)
{
    memset(at, 0, (by->n + 1) * sizeof *at);
    for (size_t i = 0; i < n; i++)
        at[key_of(by, i) + 1]++;
    for (size_t k = 1; k <= by->n; k++)
        at[k] += at[k - 1];
    for (size_t i = 0; i < n; i++) {
        uint32_t row = from ? from[i] : (uint32_t)i;
        to[at[key_of(by, row)]++] = row;
    }
}

static tdo_status order_rows(model_item_rows *x)
{
    tdo_arena *a = x->r->a;
    size_t n = x->t->n, keys = x->item->n_words > x->r->n ? x->item->n_words : x->r->n;
    if (x->cluster && x->cluster->n_words > keys)
        keys = x->cluster->n_words;
    uint32_t *order = tdo_alloc(a, n, sizeof *order), *room = tdo_alloc(a, n, sizeof *room);
    uint32_t *rank = rank_words(x->r, x->item);
    size_t *at = tdo_alloc(a, keys + 1, sizeof *at);
    x->start = tdo_alloc(a, x->r->n + 1, sizeof *x->start);
    uint32_t *of_cluster = x->cluster ? rank_words(x->r, x->cluster) : NULL;
    if (!order || !room || !rank || !at || !x->start || (x->cluster && !of_cluster))
        return TDO_E_MEMORY;
    sort_rows(&(sorting){x->item->word, rank, x->item->n_words}, NULL, n, at, room);
    if (x->cluster) {
        sort_rows(&(sorting){x->cluster->word, of_cluster, x->cluster->n_words}, room, n, at,
                  order);
        memcpy(room, order, n * sizeof *order);
    }
    sort_rows(&(sorting){x->t->owner, NULL, x->r->n}, room, n, at, order);
    for (size_t i = 0; i < n; i++)
        x->start[x->t->owner[i] + 1]++;
    for (size_t i = 0; i < x->r->n; i++)
        x->start[i + 1] += x->start[i];
    const tdo_column *unit = x->cluster ? x->cluster : x->item;
    x->order = order;
    x->unit = unit->word;
    x->rank = x->cluster ? of_cluster : rank;
    x->units = unit->n_words;
    return TDO_OK;
}

/* ---- what is said twice ---- */

static void complain_of_item(model_item_rows *x, size_t column, size_t row, size_t earlier,
                             const char *then)
{
    if (!model_item_is_told(x))
        return;
    tdo_sink o = tdo_sink_memory(x->r->a);
    tdo_puts(&o, "the item ");
    tdo_put_quoted(&o, x->item->words[x->item->word[row]]);
    if (then) {
        tdo_putf(&o, " is in the cluster ");
        tdo_put_quoted(&o, x->cluster->words[x->cluster->word[row]]);
        tdo_puts(&o, then);
        tdo_put_quoted(&o, x->cluster->words[x->cluster->word[earlier]]);
    } else {
        tdo_puts(&o, " of ");
        tdo_put_quoted(&o, x->t->id[x->t->owner[row]]);
        tdo_puts(&o, " is already");
    }
    tdo_putf(&o, " on line %u", (unsigned)x->t->line[earlier]);
    model_item_complain(x, column, row, o.failed ? NULL : o.text);
}

static void check_twice(model_item_rows *x)
{
    for (size_t q = 1; q < x->t->n; q++) {
        uint32_t row = x->order[q], earlier = x->order[q - 1];
        if (x->t->owner[row] == x->t->owner[earlier] &&
            x->item->word[row] == x->item->word[earlier])
            complain_of_item(x, x->p->item, row, earlier, NULL);
    }
}

/* An item is in one cluster, whoever is measured in it. */
static tdo_status check_clusters(model_item_rows *x)
{
    uint32_t *first = tdo_alloc(x->r->a, x->item->n_words, sizeof *first);
    if (!first)
        return TDO_E_MEMORY;
    memset(first, 0xFF, x->item->n_words * sizeof *first);
    for (uint32_t i = 0; i < x->t->n; i++) {
        uint32_t *at = &first[x->item->word[i]];
        if (*at == UINT32_MAX)
            *at = i;
        else if (x->cluster->word[i] != x->cluster->word[*at])
            complain_of_item(x, x->p->cluster, i, *at, ", and in ");
    }
    return TDO_OK;
}

tdo_status model_item_rows_make(model_readings *r, size_t c, model_item_rows *out)
{
    const model_item_plan *p = &r->plan.item[c];
    const tdo_table *t = &r->item_table[p->table];
    *out = (model_item_rows){.r = r, .p = p, .t = t, .item = &t->column[p->item]};
    if (p->cluster != TDO_NONE)
        out->cluster = &t->column[p->cluster];
    tdo_status status = order_rows(out);
    if (status != TDO_OK)
        return status;
    check_names(out, p->item, "item");
    if (out->cluster)
        check_names(out, p->cluster, "cluster");
    check_twice(out);
    return out->cluster ? check_clusters(out) : TDO_OK;
}
