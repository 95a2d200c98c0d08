/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of tables picked and joined, column by column. A row is known by the line it stands on. */
#include "parts/document.h"

#include "base/index.h"
#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Rows of one table, in several pieces, on the way into one. */
typedef struct picking {
    const parts_rows *const *from; /* [pieces] */
    size_t n;
    uint32_t *piece, *row; /* [n] */
    tdo_arena *a;
} picking;

static const tdo_column *column_of(const picking *g, size_t i, size_t k)
{
    return &g->from[g->piece[i]]->t.column[k];
}

/* ---- columns ---- */

#define TAKE(field, none)                                                                          \
    do {                                                                                           \
        y->field = tdo_alloc(g->a, g->n, sizeof *y->field);                                        \
        if (!y->field)                                                                             \
            return TDO_E_MEMORY;                                                                   \
        for (size_t i = 0; i < g->n; i++)                                                          \
            y->field[i] = column_of(g, i, k)->field ? column_of(g, i, k)->field[g->row[i]]         \
                                                    : (none);                                      \
    } while (0)

static tdo_status take_column(const picking *g, size_t pieces, size_t k, tdo_column *y)
{
    bool rest = false, error = false, ends = false;
    const parts_rows *first = g->from[0];
    for (size_t p = 0; p < pieces; p++) {
        const tdo_column *x = &g->from[p]->t.column[k];
        rest |= x->rest != NULL;
        error |= x->error != NULL;
        ends |= x->low != NULL;
    }
    *y = (tdo_column){.shared = first->t.column[k].shared,
                      .words = first->t.column[k].words,
                      .word_missing = first->t.column[k].word_missing,
                      .n_words = first->t.column[k].n_words};
    if (first->head[k].words)
        TAKE(word, 0);
    else
        TAKE(number, (double)NAN);
    if (rest)
        TAKE(rest, 0);
    if (error)
        TAKE(error, (double)NAN);
    if (ends) {
        TAKE(low, (double)NAN);
        TAKE(high, (double)NAN);
    }
    return TDO_OK;
}

static tdo_status take_columns(const picking *g, size_t pieces, parts_rows *out)
{
    const parts_rows *first = g->from[0];
    tdo_column *column = tdo_alloc(g->a, first->n_columns, sizeof *column);
    uint32_t *line = tdo_alloc(g->a, g->n, sizeof *line);
    tdo_status status = column && line ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < first->n_columns && status == TDO_OK; k++)
        status = take_column(g, pieces, k, &column[k]);
    for (size_t i = 0; i < g->n && status == TDO_OK; i++)
        line[i] = g->from[g->piece[i]]->t.line[g->row[i]];
    *out = (parts_rows){.head = first->head, .n_columns = first->n_columns, .t = first->t};
    out->t.n = g->n;
    out->t.line = line;
    out->t.column = column;
    out->t.n_elsewhere = 0;
    return status;
}

/* ---- ids ---- */

static size_t owner_of(const tdo_table *t, size_t row)
{
    return t->owner ? t->owner[row] : row;
}

/* The candidates of the rows, in the order of their first rows. */
static tdo_status take_ids(const picking *g, parts_rows *out, index_table *index, tdo_error *err)
{
    const bool shared = g->from[0]->t.owner != NULL;
    const char **id = tdo_alloc(g->a, g->n, sizeof *id);
    uint32_t *owner = shared ? tdo_alloc(g->a, g->n, sizeof *owner) : NULL;
    size_t n = 0;
    if (!id || (shared && !owner))
        return TDO_E_MEMORY;
    for (size_t i = 0; i < g->n; i++) {
        const tdo_table *t = &g->from[g->piece[i]]->t;
        const char *s = t->id[owner_of(t, g->row[i])];
        uint32_t found = INDEX_ABSENT;
        if (index_add(index, id, index_key_of(s, strlen(s)), (uint32_t)n, &found) != TDO_OK)
            return TDO_E_MEMORY;
        if (found != INDEX_ABSENT && !shared)
            return tdo_fail(err, TDO_E_INPUT, "the id \"%s\" is on two lines of %s, in two shards",
                            s, t->name);
        if (found == INDEX_ABSENT)
            id[n++] = s;
        if (shared)
            owner[i] = found == INDEX_ABSENT ? (uint32_t)(n - 1) : found;
    }
    out->t.id = id;
    out->t.n_ids = n;
    out->t.owner = owner;
    return TDO_OK;
}

/* Whose the rows of a side table are. */
static tdo_status take_owners(const picking *g, const tdo_table *candidates,
                              const index_table *index, parts_rows *out)
{
    uint32_t *owner = tdo_alloc(g->a, g->n, sizeof *owner);
    for (size_t i = 0; owner && i < g->n; i++) {
        const tdo_table *t = &g->from[g->piece[i]]->t;
        const char *s = t->id[t->owner[g->row[i]]];
        owner[i] = index_find(index, candidates->id, s, strlen(s));
        assert(owner[i] != INDEX_ABSENT);
    }
    out->t.owner = owner;
    out->t.id = candidates->id;
    out->t.n_ids = candidates->n_ids;
    return owner ? TDO_OK : TDO_E_MEMORY;
}

/* ---- which rows ---- */

static bool line_before(const void *user, uint32_t a, uint32_t b)
{
    const picking *g = user;
    return g->from[g->piece[a]]->t.line[g->row[a]] < g->from[g->piece[b]]->t.line[g->row[b]];
}

/* Sorts them by line and takes out those that are there already. Errors: TDO_E_MEMORY. */
static tdo_status sort_rows(picking *g)
{
    uint32_t *order = tdo_alloc(g->a, g->n, sizeof *order);
    uint32_t *room = tdo_alloc(g->a, g->n, sizeof *room);
    uint32_t *piece = tdo_alloc(g->a, g->n, sizeof *piece);
    uint32_t *row = tdo_alloc(g->a, g->n, sizeof *row);
    size_t n = 0;
    if (!order || !room || !piece || !row)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < g->n; i++)
        order[i] = (uint32_t)i;
    sort_by(order, g->n, line_before, g, room);
    for (size_t i = 0; i < g->n; i++) {
        if (i > 0 && !line_before(g, order[i - 1], order[i]))
            continue;
        piece[n] = g->piece[order[i]];
        row[n++] = g->row[order[i]];
    }
    g->piece = piece;
    g->row = row;
    g->n = n;
    return TDO_OK;
}

/* Of table k, the rows whose candidates are kept; keep NULL: all. Errors: TDO_E_MEMORY. */
static tdo_status find_rows(const parts_tables *from, size_t pieces, size_t k, const bool *keep,
                            picking *g)
{
    const parts_rows **table = tdo_alloc(g->a, pieces, sizeof *table);
    size_t most = 0;
    for (size_t p = 0; p < pieces; p++)
        most += from[p].of[k].t.n;
    g->piece = tdo_alloc(g->a, most, sizeof *g->piece);
    g->row = tdo_alloc(g->a, most, sizeof *g->row);
    if (!table || !g->piece || !g->row)
        return TDO_E_MEMORY;
    g->from = table;
    g->n = 0;
    for (size_t p = 0; p < pieces; p++) {
        const tdo_table *t = &from[p].of[k].t;
        table[p] = &from[p].of[k];
        for (size_t i = 0; i < t->n; i++) {
            if (keep && !keep[owner_of(t, i)])
                continue;
            g->piece[g->n] = (uint32_t)p;
            g->row[g->n++] = (uint32_t)i;
        }
    }
    return pieces > 1 ? sort_rows(g) : TDO_OK;
}

static tdo_status gather(const parts_tables *from, size_t pieces, const bool *keep, tdo_arena *a,
                         parts_tables *out, tdo_error *err)
{
    index_table index = {0};
    tdo_status status = TDO_OK;
    *out = (parts_tables){
        .of = tdo_alloc(a, from->n, sizeof *out->of), .n = from->n, .n_groups = from->n_groups};
    if (!out->of)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < from->n && status == TDO_OK; k++) {
        picking g = {.a = a};
        status = find_rows(from, pieces, k, keep, &g);
        if (status == TDO_OK)
            status = take_columns(&g, pieces, &out->of[k]);
        if (status == TDO_OK)
            status = k == 0 ? take_ids(&g, &out->of[k], &index, err)
                            : take_owners(&g, &out->of[0].t, &index, &out->of[k]);
    }
    index_free(&index);
    return status;
}

tdo_status parts_select_rows(const parts_tables *from, const bool *keep, tdo_arena *a,
                             parts_tables *out)
{
    return gather(from, 1, keep, a, out, NULL);
}

tdo_status parts_join_rows(const parts_tables *from, size_t n, tdo_arena *a, parts_tables *out,
                           tdo_error *err)
{
    return gather(from, n, NULL, a, out, err);
}

/* ---- a list of ids ---- */

static bool id_before(const void *user, uint32_t a, uint32_t b)
{
    const char *const *id = user;
    return strcmp(id[a], id[b]) < 0;
}

const char *const *parts_sort_ids(const char *const *id, size_t n, tdo_arena *a)
{
    uint32_t *order = tdo_alloc(a, n, sizeof *order), *room = tdo_alloc(a, n, sizeof *room);
    const char **sorted = tdo_alloc(a, n, sizeof *sorted);
    if (!order || !room || !sorted)
        return NULL;
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    sort_by(order, n, id_before, id, room);
    for (size_t i = 0; i < n; i++)
        sorted[i] = id[order[i]];
    return sorted;
}
