/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales an LP as it was built into the form that is solved. */
#include "lp/model.h"

#include <math.h>
#include <string.h>

tdo_lp_place lp_settle(tdo_lp_place p, double lower, double upper)
{
    if (lower == upper)
        return TDO_LP_FIXED;
    if (p == TDO_LP_AT_UPPER && !isinf(upper))
        return TDO_LP_AT_UPPER;
    if (!isinf(lower))
        return TDO_LP_AT_LOWER;
    return isinf(upper) ? TDO_LP_FREE : TDO_LP_AT_UPPER;
}

/* start[g] = where group g starts, by counting. key: [count] < groups. start: [groups + 1]
 * zeroed. */
static void count_starts(const uint32_t *key, const double *value, size_t count, size_t groups,
                         size_t *start)
{
    for (size_t e = 0; e < count; e++)
        start[key[e] + 1] += value[e] != 0;
    for (size_t g = 0; g < groups; g++)
        start[g + 1] += start[g];
}

/* The arrays of a form, before they are const. */
typedef struct sorted {
    size_t *start, *row_start, *next;
    uint32_t *row, *column;
    double *value, *row_value;
} sorted;

static bool make_sorted(const tdo_lp *lp, tdo_arena *a, sorted *t)
{
    const size_t most = lp->rows > lp->columns ? lp->rows : lp->columns;
    t->start = tdo_alloc(a, lp->columns + 1, sizeof *t->start);
    t->row_start = tdo_alloc(a, lp->rows + 1, sizeof *t->row_start);
    t->next = tdo_alloc(a, most, sizeof *t->next);
    t->row = tdo_alloc(a, lp->entries, sizeof *t->row);
    t->column = tdo_alloc(a, lp->entries, sizeof *t->column);
    t->value = tdo_alloc(a, lp->entries, sizeof *t->value);
    t->row_value = tdo_alloc(a, lp->entries, sizeof *t->row_value);
    return t->start && t->row_start && t->next && t->row && t->column && t->value && t->row_value;
}

/* Two stable counting sorts: into columns (in any order of rows), then into rows (columns
 * ascending), and from there back into columns (rows ascending). */
static void sort_entries(const tdo_lp *lp, sorted *t)
{
    count_starts(lp->entry_column, lp->entry_value, lp->entries, lp->columns, t->start);
    count_starts(lp->entry_row, lp->entry_value, lp->entries, lp->rows, t->row_start);
    memcpy(t->next, t->start, lp->columns * sizeof *t->next);
    for (size_t e = 0; e < lp->entries; e++) {
        if (lp->entry_value[e] == 0)
            continue;
        const size_t to = t->next[lp->entry_column[e]]++;
        t->row[to] = lp->entry_row[e];
        t->value[to] = lp->entry_value[e];
    }
    memcpy(t->next, t->row_start, lp->rows * sizeof *t->next);
    for (size_t j = 0; j < lp->columns; j++) {
        for (size_t e = t->start[j]; e < t->start[j + 1]; e++) {
            const size_t to = t->next[t->row[e]]++;
            t->column[to] = (uint32_t)j;
            t->row_value[to] = t->value[e];
        }
    }
    memcpy(t->next, t->start, lp->columns * sizeof *t->next);
    for (size_t i = 0; i < lp->rows; i++) {
        for (size_t e = t->row_start[i]; e < t->row_start[i + 1]; e++) {
            const size_t to = t->next[t->column[e]]++;
            t->row[to] = (uint32_t)i;
            t->value[to] = t->row_value[e];
        }
    }
}

static tdo_status check_doubles(const tdo_lp *lp, const sorted *t, tdo_error *err)
{
    char column[LP_LABEL], row[LP_LABEL];
    for (size_t j = 0; j < lp->columns; j++) {
        for (size_t e = t->start[j] + 1; e < t->start[j + 1]; e++) {
            const size_t i = t->row[e];
            if (t->row[e - 1] != i)
                continue;
            lp_label(lp->column_name[j], "column", j, column);
            lp_label(lp->row_name[i], "row", i, row);
            return tdo_fail(err, TDO_E_INPUT, "%s has two entries in %s", column, row);
        }
    }
    return TDO_OK;
}

/* first, then second: the bounds of columns and rows in one array. */
static double *joined(tdo_arena *a, const double *first, size_t n, const double *second, size_t m)
{
    double *x = tdo_alloc(a, n + m, sizeof *x);
    if (x && n > 0)
        memcpy(x, first, n * sizeof *x);
    if (x && m > 0)
        memcpy(x + n, second, m * sizeof *x);
    return x;
}

tdo_status lp_compile(const tdo_lp *lp, tdo_arena *a, lp_form *out, tdo_error *err)
{
    sorted t = {0};
    double *cost = tdo_alloc(a, lp->columns, sizeof *cost);
    double *lower = joined(a, lp->lower, lp->columns, lp->row_lower, lp->rows);
    double *upper = joined(a, lp->upper, lp->columns, lp->row_upper, lp->rows);
    if (!cost || !lower || !upper || !make_sorted(lp, a, &t))
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    sort_entries(lp, &t);
    for (size_t j = 0; j < lp->columns; j++)
        cost[j] = lp->maximise ? -lp->cost[j] : lp->cost[j];
    *out = (lp_form){.m = lp->rows,
                     .n = lp->columns,
                     .sense = lp->maximise ? -1 : 1,
                     .cost = cost,
                     .lower = lower,
                     .upper = upper,
                     .start = t.start,
                     .row = t.row,
                     .value = t.value,
                     .row_start = t.row_start,
                     .column = t.column,
                     .row_value = t.row_value};
    return check_doubles(lp, &t, err);
}
