/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border: what gets into an LP is finite, in range and in order, so that GLPK has nothing to
 * complain about. Every function checks all it is given before it changes anything. */
#include "lp/model.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

tdo_lp *tdo_lp_new(tdo_arena *a, bool maximise)
{
    tdo_lp *lp = tdo_alloc(a, 1, sizeof *lp);
    if (lp) {
        lp->arena = a;
        lp->maximise = maximise;
    }
    return lp;
}

size_t tdo_lp_rows(const tdo_lp *lp)
{
    return lp->rows;
}

size_t tdo_lp_columns(const tdo_lp *lp)
{
    return lp->columns;
}

void tdo_lp_forget(tdo_lp *lp)
{
    lp->solved = false;
}

void lp_label(const char *name, const char *what, size_t index, char out[LP_LABEL])
{
    if (name)
        (void)snprintf(out, LP_LABEL, "%s \"%.60s\"", what, name);
    else
        (void)snprintf(out, LP_LABEL, "%s %zu", what, index + 1);
}

/* ---- checks ---- */

static tdo_status check_bounds(const char *what, size_t index, const char *name, double lower,
                               double upper, tdo_error *err)
{
    char label[LP_LABEL];
    if (lower <= upper && lower < (double)INFINITY && upper > -(double)INFINITY)
        return TDO_OK;
    lp_label(name, what, index, label);
    if (lower > upper)
        return tdo_fail(err, TDO_E_INPUT, "the bounds of %s cross", label);
    return tdo_fail(err, TDO_E_INPUT, "the bounds of %s are not numbers", label);
}

static tdo_status check_cost(size_t index, const char *name, double cost, tdo_error *err)
{
    char label[LP_LABEL];
    if (isfinite(cost))
        return TDO_OK;
    lp_label(name, "column", index, label);
    return tdo_fail(err, TDO_E_INPUT, "the cost of %s is not a finite number", label);
}

/* The entries of one column or row. */
typedef struct entry_list {
    const char *what, *name;
    size_t index, count;
    const uint32_t *other; /* [count] */
    const double *value;   /* [count] */
} entry_list;

/* other_limit others exist. */
static tdo_status check_entries(const entry_list *of, size_t other_limit, tdo_error *err)
{
    char label[LP_LABEL];
    for (size_t e = 0; e < of->count; e++) {
        if (of->other[e] < other_limit && isfinite(of->value[e]))
            continue;
        lp_label(of->name, of->what, of->index, label);
        if (of->other[e] >= other_limit)
            return tdo_fail(err, TDO_E_INPUT, "an entry of %s has index %lu of %zu", label,
                            (unsigned long)of->other[e], other_limit);
        return tdo_fail(err, TDO_E_INPUT, "an entry of %s is not a finite number", label);
    }
    return TDO_OK;
}

/* ---- room ---- */

static tdo_status out_of_memory(tdo_error *err)
{
    return tdo_fail(err, TDO_E_MEMORY, "out of memory");
}

static size_t next_room(size_t room, size_t need)
{
    const size_t twice = room < 16 ? 16 : 2 * room;
    return twice > need ? twice : need;
}

/* Arrays are grown one by one and keep their old room where one of them cannot: the old contents
 * and counts stay right, and *room changes only when all of them have grown. */
#define GROW(lp, array, count, room)                                                               \
    (old = (array), ((array) = tdo_grow((lp)->arena, old, (count), (room), sizeof *(array))) ||    \
                        ((array) = old, false))

static bool grow_columns(tdo_lp *lp, size_t need)
{
    void *old = NULL;
    if (need <= lp->column_room)
        return true;
    const size_t had = lp->column_room, room = next_room(had, need);
    if (!(GROW(lp, lp->cost, had, room)) || !(GROW(lp, lp->lower, had, room)) ||
        !(GROW(lp, lp->upper, had, room)) || !(GROW(lp, lp->integer, had, room)) ||
        !(GROW(lp, lp->column_name, had, room)) || !(GROW(lp, lp->column_place, had, room)))
        return false;
    lp->column_room = room;
    return true;
}

static bool grow_rows(tdo_lp *lp, size_t need)
{
    void *old = NULL;
    if (need <= lp->row_room)
        return true;
    const size_t had = lp->row_room, room = next_room(had, need);
    if (!(GROW(lp, lp->row_lower, had, room)) || !(GROW(lp, lp->row_upper, had, room)) ||
        !(GROW(lp, lp->row_name, had, room)) || !(GROW(lp, lp->row_place, had, room)))
        return false;
    lp->row_room = room;
    return true;
}

static bool grow_entries(tdo_lp *lp, size_t need)
{
    void *old = NULL;
    if (need <= lp->entry_room)
        return true;
    const size_t had = lp->entry_room, room = next_room(had, need);
    if (!(GROW(lp, lp->entry_row, had, room)) || !(GROW(lp, lp->entry_column, had, room)) ||
        !(GROW(lp, lp->entry_value, had, room)))
        return false;
    lp->entry_room = room;
    return true;
}

static tdo_status check_size(size_t have, size_t more, size_t limit, const char *what,
                             tdo_error *err)
{
    if (more <= limit && have <= limit - more)
        return TDO_OK;
    return tdo_fail(err, TDO_E_LIMIT, "an LP of more than %zu %s", limit, what);
}

/* A copy of a name; *ok is cleared when memory is out. */
static const char *keep_name(tdo_lp *lp, const char *name, bool *ok)
{
    const char *copy = !name ? NULL : tdo_copy(lp->arena, name, strlen(name));
    *ok = *ok && (!name || copy);
    return copy;
}

/* ---- adding ---- */

static void put_entry(tdo_lp *lp, uint32_t row, uint32_t column, double value)
{
    const size_t e = lp->entries++;
    lp->entry_row[e] = row;
    lp->entry_column[e] = column;
    lp->entry_value[e] = value;
}

/* Room must be there. */
static void put_column(tdo_lp *lp, const char *name, double cost, double lower, double upper,
                       bool integer)
{
    const size_t j = lp->columns++;
    lp->cost[j] = cost;
    lp->lower[j] = lower;
    lp->upper[j] = upper;
    lp->integer[j] = integer;
    lp->integers += integer;
    lp->column_name[j] = name;
    lp->column_place[j] = TDO_LP_AT_LOWER;
    lp->cost_changed = true;
}

static void put_row(tdo_lp *lp, const char *name, double lower, double upper)
{
    const size_t i = lp->rows++;
    lp->row_lower[i] = lower;
    lp->row_upper[i] = upper;
    lp->row_name[i] = name;
    lp->row_place[i] = TDO_LP_BASIC;
}

tdo_status tdo_lp_add_column(tdo_lp *lp, const tdo_lp_column *c, tdo_error *err)
{
    const size_t j = lp->columns;
    bool ok = true;
    tdo_status s = check_size(j, 1, TDO_LP_MAX, "columns", err);
    if (s == TDO_OK)
        s = check_size(lp->entries, c->count, TDO_LP_ENTRIES_MAX, "entries", err);
    if (s == TDO_OK)
        s = check_cost(j, c->name, c->cost, err);
    if (s == TDO_OK)
        s = check_bounds("column", j, c->name, c->lower, c->upper, err);
    if (s == TDO_OK)
        s = check_entries(&(entry_list){"column", c->name, j, c->count, c->row, c->value}, lp->rows,
                          err);
    if (s != TDO_OK)
        return s;
    const char *name = keep_name(lp, c->name, &ok);
    if (!ok || !grow_columns(lp, j + 1) || !grow_entries(lp, lp->entries + c->count))
        return out_of_memory(err);
    put_column(lp, name, c->cost, c->lower, c->upper, c->integer);
    for (size_t e = 0; e < c->count; e++)
        put_entry(lp, c->row[e], (uint32_t)j, c->value[e]);
    return TDO_OK;
}

tdo_status tdo_lp_add_row(tdo_lp *lp, const tdo_lp_row *r, tdo_error *err)
{
    const size_t i = lp->rows;
    bool ok = true;
    tdo_status s = check_size(i, 1, TDO_LP_MAX, "rows", err);
    if (s == TDO_OK)
        s = check_size(lp->entries, r->count, TDO_LP_ENTRIES_MAX, "entries", err);
    if (s == TDO_OK)
        s = check_bounds("row", i, r->name, r->lower, r->upper, err);
    if (s == TDO_OK)
        s = check_entries(&(entry_list){"row", r->name, i, r->count, r->column, r->value},
                          lp->columns, err);
    if (s != TDO_OK)
        return s;
    const char *name = keep_name(lp, r->name, &ok);
    if (!ok || !grow_rows(lp, i + 1) || !grow_entries(lp, lp->entries + r->count))
        return out_of_memory(err);
    put_row(lp, name, r->lower, r->upper);
    for (size_t e = 0; e < r->count; e++)
        put_entry(lp, (uint32_t)i, r->column[e], r->value[e]);
    return TDO_OK;
}

/* ---- arrays ---- */

static double or_else(const double *x, size_t i, double otherwise)
{
    return !x ? otherwise : x[i];
}

static const char *name_of(const char *const *names, size_t i)
{
    return !names ? NULL : names[i];
}

static tdo_status check_arrays(const tdo_lp *lp, const tdo_lp_arrays *x, tdo_error *err)
{
    tdo_status s = check_size(lp->columns, x->columns, TDO_LP_MAX, "columns", err);
    if (s == TDO_OK)
        s = check_size(lp->rows, x->rows, TDO_LP_MAX, "rows", err);
    if (s == TDO_OK)
        s = check_size(lp->entries, x->entries, TDO_LP_ENTRIES_MAX, "entries", err);
    for (size_t j = 0; s == TDO_OK && j < x->columns; j++) {
        const char *name = name_of(x->column_name, j);
        s = check_cost(j, name, or_else(x->cost, j, 0), err);
        if (s == TDO_OK)
            s = check_bounds("column", j, name, or_else(x->lower, j, 0),
                             or_else(x->upper, j, (double)INFINITY), err);
    }
    for (size_t i = 0; s == TDO_OK && i < x->rows; i++)
        s = check_bounds("row", i, name_of(x->row_name, i),
                         or_else(x->row_lower, i, -(double)INFINITY),
                         or_else(x->row_upper, i, (double)INFINITY), err);
    for (size_t e = 0; s == TDO_OK && e < x->entries; e++) {
        if (x->column[e] >= x->columns)
            s = tdo_fail(err, TDO_E_INPUT, "entry %zu is in column %lu of %zu", e,
                         (unsigned long)x->column[e], x->columns);
        else
            s = check_entries(&(entry_list){"column", name_of(x->column_name, x->column[e]),
                                            x->column[e], 1, &x->row[e], &x->value[e]},
                              x->rows, err);
    }
    return s;
}

/* Adds rows and columns of their own: indices in x count from what is there. */
tdo_status tdo_lp_add_arrays(tdo_lp *lp, const tdo_lp_arrays *x, tdo_error *err)
{
    const size_t first_row = lp->rows, first_column = lp->columns;
    bool ok = true;
    tdo_status s = check_arrays(lp, x, err);
    if (s != TDO_OK)
        return s;
    const char **names = tdo_alloc(lp->arena, x->columns + x->rows, sizeof *names);
    if (!names || !grow_columns(lp, first_column + x->columns) ||
        !grow_rows(lp, first_row + x->rows) || !grow_entries(lp, lp->entries + x->entries))
        return out_of_memory(err);
    for (size_t j = 0; j < x->columns; j++)
        names[j] = keep_name(lp, name_of(x->column_name, j), &ok);
    for (size_t i = 0; i < x->rows; i++)
        names[x->columns + i] = keep_name(lp, name_of(x->row_name, i), &ok);
    if (!ok)
        return out_of_memory(err);
    for (size_t j = 0; j < x->columns; j++)
        put_column(lp, names[j], or_else(x->cost, j, 0), or_else(x->lower, j, 0),
                   or_else(x->upper, j, (double)INFINITY), x->integer && x->integer[j]);
    for (size_t i = 0; i < x->rows; i++)
        put_row(lp, names[x->columns + i], or_else(x->row_lower, i, -(double)INFINITY),
                or_else(x->row_upper, i, (double)INFINITY));
    for (size_t e = 0; e < x->entries; e++)
        put_entry(lp, (uint32_t)first_row + x->row[e], (uint32_t)first_column + x->column[e],
                  x->value[e]);
    return TDO_OK;
}

/* ---- changing ---- */

static tdo_status check_index(const char *what, size_t index, size_t limit, tdo_error *err)
{
    if (index < limit)
        return TDO_OK;
    return tdo_fail(err, TDO_E_INPUT, "%s %zu of an LP with %zu", what, index, limit);
}

tdo_status tdo_lp_set_cost(tdo_lp *lp, size_t column, double cost, tdo_error *err)
{
    tdo_status s = check_index("column", column, lp->columns, err);
    if (s == TDO_OK)
        s = check_cost(column, lp->column_name[column], cost, err);
    if (s == TDO_OK) {
        lp->cost_changed = lp->cost_changed || lp->cost[column] != cost;
        lp->cost[column] = cost;
    }
    return s;
}

tdo_status tdo_lp_set_bounds(tdo_lp *lp, size_t column, double lower, double upper, tdo_error *err)
{
    tdo_status s = check_index("column", column, lp->columns, err);
    if (s == TDO_OK)
        s = check_bounds("column", column, lp->column_name[column], lower, upper, err);
    if (s == TDO_OK) {
        lp->lower[column] = lower;
        lp->upper[column] = upper;
    }
    return s;
}

tdo_status tdo_lp_set_row_bounds(tdo_lp *lp, size_t row, double lower, double upper, tdo_error *err)
{
    tdo_status s = check_index("row", row, lp->rows, err);
    if (s == TDO_OK)
        s = check_bounds("row", row, lp->row_name[row], lower, upper, err);
    if (s == TDO_OK) {
        lp->row_lower[row] = lower;
        lp->row_upper[row] = upper;
    }
    return s;
}
