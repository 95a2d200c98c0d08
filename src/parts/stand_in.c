/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of parts in the place of files: the tables of a run as rows, and rows as its tables. */
#include "parts/document.h"

#include <stdio.h>
#include <string.h>

/* The tables that a scenario asks for: the candidates, the subgroups, the items. */
typedef struct wanted_table {
    const char *file, *name;
    const tdo_wanted *wanted; /* [n] */
    size_t n;
} wanted_table;

typedef struct wanted_tables {
    wanted_table *of; /* [n] */
    size_t n, n_groups;
} wanted_tables;

static tdo_status find_wanted(const tdo_scenario *s, tdo_arena *a, wanted_tables *out)
{
    tdo_wanted *wanted = NULL;
    tdo_table_request *groups = NULL, *items = NULL;
    size_t n = 0, n_groups = 0, n_items = 0;
    tdo_status status = tdo_columns_wanted(s, a, &wanted, &n);
    if (status == TDO_OK)
        status = tdo_groups_wanted(s, a, &groups, &n_groups);
    if (status == TDO_OK)
        status = tdo_items_wanted(s, a, &items, &n_items);
    *out = (wanted_tables){.of = tdo_alloc(a, 1 + n_groups + n_items, sizeof *out->of),
                           .n = 1 + n_groups + n_items,
                           .n_groups = n_groups};
    if (status != TDO_OK || !out->of)
        return TDO_E_MEMORY;
    out->of[0] = (wanted_table){s->candidates_path, s->candidates_file, wanted, n};
    for (size_t k = 0; k < n_groups + n_items; k++) {
        const tdo_table_request *q = k < n_groups ? &groups[k] : &items[k - n_groups];
        out->of[1 + k] = (wanted_table){q->file, q->name, q->wanted, q->n_wanted};
    }
    return TDO_OK;
}

/* ---- from a run ---- */

static const tdo_table *table_of(const tdo_run *run, size_t k)
{
    return k == 0               ? &run->table
           : k <= run->n_groups ? &run->groups[k - 1]
                                : &run->items[k - 1 - run->n_groups];
}

/* A side table was read with the rows of all shards' candidates, whose ids stand behind. */
static tdo_status drop_strangers(parts_tables *x, tdo_arena *a)
{
    for (size_t k = 1; k < x->n; k++) {
        tdo_table *t = &x->of[k].t;
        tdo_column *column = tdo_alloc(a, x->of[k].n_columns, sizeof *column);
        uint32_t *owner = tdo_alloc(a, t->n, sizeof *owner),
                 *line = tdo_alloc(a, t->n, sizeof *line);
        size_t n = 0;
        if (!column || !owner || !line)
            return TDO_E_MEMORY;
        for (size_t c = 0; c < x->of[k].n_columns; c++)
            column[c] = t->column[c];
        for (size_t i = 0; i < t->n; i++) {
            if (t->owner[i] >= x->of[0].t.n_ids)
                continue;
            for (size_t c = 0; c < x->of[k].n_columns; c++) {
                tdo_column *y = &column[c];
                double *const numbers[] = {y->number, y->rest, y->error, y->low, y->high};
                for (size_t q = 0; q < sizeof numbers / sizeof *numbers; q++)
                    if (numbers[q])
                        numbers[q][n] = numbers[q][i];
                if (y->word)
                    y->word[n] = y->word[i];
            }
            line[n] = t->line[i];
            owner[n++] = t->owner[i];
        }
        t->n = n;
        t->line = line;
        t->owner = owner;
        t->column = column;
        t->id = x->of[0].t.id;
        t->n_ids = x->of[0].t.n_ids;
    }
    return TDO_OK;
}

tdo_status parts_rows_of(const tdo_run *run, parts_tables *out)
{
    wanted_tables w = {NULL, 0, 0};
    tdo_status status = find_wanted(run->scenario, run->arena, &w);
    parts_rows *of = status == TDO_OK ? tdo_alloc(run->arena, w.n, sizeof *of) : NULL;
    for (size_t k = 0; of && k < w.n && status == TDO_OK; k++) {
        parts_head *head = tdo_alloc(run->arena, w.of[k].n, sizeof *head);
        for (size_t c = 0; head && c < w.of[k].n; c++)
            head[c] = (parts_head){w.of[k].wanted[c].column, w.of[k].wanted[c].words};
        of[k] = (parts_rows){head, w.of[k].n, *table_of(run, k)};
        status = head ? TDO_OK : TDO_E_MEMORY;
    }
    *out = (parts_tables){of, w.n, w.n_groups};
    return !of ? TDO_E_MEMORY : status == TDO_OK ? drop_strangers(out, run->arena) : status;
}

/* ---- as a run's ---- */

static bool has_columns(const parts_rows *x, const wanted_table *w)
{
    if (x->n_columns != w->n || strcmp(x->t.name, w->name) != 0)
        return false;
    for (size_t c = 0; c < w->n; c++) {
        const tdo_column *y = &x->t.column[c];
        const tdo_cell_form as = w->wanted[c].words ? TDO_CELLS_PLAIN : w->wanted[c].style.as;
        if (strcmp(x->head[c].column, w->wanted[c].column) != 0 ||
            x->head[c].words != w->wanted[c].words || !y->error != (as != TDO_CELLS_PLUS_MINUS) ||
            !y->low != (as != TDO_CELLS_INTERVAL))
            return false;
    }
    return true;
}

tdo_status parts_stand_in(const parts_tables *rows, tdo_run *run, tdo_error *err)
{
    wanted_tables w = {NULL, 0, 0};
    const tdo_scenario *s = run->scenario;
    tdo_status status = find_wanted(s, run->arena, &w);
    if (status != TDO_OK)
        return status;
    const size_t n_items = w.n - 1 - w.n_groups;
    tdo_table *side = tdo_alloc(run->arena, w.n, sizeof *side);
    bool good = rows->n == w.n && rows->n_groups == w.n_groups &&
                (rows->of[0].t.owner != NULL) == (s->average.n_by > 0);
    for (size_t k = 0; k < w.n && good; k++)
        good = has_columns(&rows->of[k], &w.of[k]) && (k == 0 || rows->of[k].t.owner);
    if (!side)
        return TDO_E_MEMORY;
    if (!good)
        return tdo_fail(err, TDO_E_INPUT,
                        "its tables are not those that its scenario asks for: make the part anew");
    for (size_t k = 0; k < w.n; k++) {
        side[k] = rows->of[k].t;
        side[k].file = w.of[k].file;
    }
    run->table = side[0];
    run->groups = side + 1;
    run->n_groups = w.n_groups;
    run->items = side + 1 + w.n_groups;
    run->n_items = n_items;
    return TDO_OK;
}
