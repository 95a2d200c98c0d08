/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings out of a second file: subgroups, and test items. */
#include "reread/cell.h"
#include "reread/readings.h"
#include "reread/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column of numbers of the kept rows; absent where the scenario names none. */
typedef struct numbers {
    verify_number *x; /* [rows kept] */
} numbers;

static bool read_numbers(verify_world *w, const verify_table *t, const char *column,
                         const verify_style *style, numbers *out)
{
    verify_place at;
    out->x = NULL;
    if (!column)
        return true;
    if (!verify_find_place(w->job, t, column, &at) || !VERIFY_ROOM(w->job, out->x, t->n))
        return false;
    for (size_t k = 0; k < t->n; k++) {
        verify_reading_of_cell x;
        if (!verify_read_cell(verify_table_cell(t, at, k), style, w->room, &x))
            return claim_fails(w->job, t->node, "line %u: \"%s\" cannot be read",
                               (unsigned)t->sheet.line[t->row[k]], column);
        out->x[k] = x.x;
    }
    return true;
}

static bool is_zero(double x)
{
    return !(x < 0) && !(x > 0);
}

static verify_number quotient(verify_world *w)
{
    if (mpq_sgn(w->room[1]) == 0)
        return (verify_number){NAN, 0};
    mpq_div(w->room[0], w->room[0], w->room[1]);
    return verify_number_of(w->room[0], w->room[1]);
}

/* ---- subgroups ---- */

static verify_number mean_of(verify_world *w, const double *value, const double *size, size_t n)
{
    mpq_set_ui(w->room[0], 0, 1);
    mpq_set_ui(w->room[1], 0, 1);
    for (size_t q = 0; q < n; q++) {
        verify_set_decimal(w->room[2], size ? size[q] : 1);
        mpq_add(w->room[1], w->room[1], w->room[2]);
        verify_set_decimal(w->room[3], value[q]);
        mpq_mul(w->room[2], w->room[2], w->room[3]);
        mpq_add(w->room[0], w->room[0], w->room[2]);
    }
    return quotient(w);
}

verify_number verify_take(verify_world *w, const verify_criterion *c, const double *value,
                          const double *size, size_t n)
{
    const char *take = verify_text(c->groups, "take", "");
    const bool gap = strcmp(take, "gap") == 0, ratio = strcmp(take, "ratio") == 0;
    double low = INFINITY, high = -INFINITY;
    if (n < (gap || ratio ? 2 : 1))
        return (verify_number){NAN, 0};
    if (strcmp(take, "mean") == 0)
        return mean_of(w, value, size, n);
    for (size_t q = 0; q < n; q++) {
        low = fmin(low, value[q]);
        high = fmax(high, value[q]);
    }
    if (!gap && !ratio)
        return (verify_number){verify_gain(c, low) < verify_gain(c, high) ? low : high, 0};
    if (ratio && (low < 0 || !(high > 0)))
        return (verify_number){NAN, 0};
    verify_set_decimal(w->room[0], gap ? high : low);
    verify_set_decimal(w->room[1], gap ? low : high);
    if (ratio)
        return quotient(w);
    mpq_sub(w->room[0], w->room[0], w->room[1]);
    return verify_number_of(w->room[0], w->room[1]);
}

static bool take_parts(verify_world *w, const verify_table *t, const verify_criterion *c,
                       verify_parts *parts)
{
    const verify_style plain = {.unit = ""};
    numbers value, size;
    verify_place name;
    if (!read_numbers(w, t, verify_text(c->groups, "value", ""), &c->style, &value) ||
        !read_numbers(w, t, verify_text(c->groups, "size", NULL), &plain, &size) ||
        !verify_find_place(w->job, t, verify_text(c->groups, "group", ""), &name))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        const size_t most = t->start[i + 1] - t->start[i];
        verify_parts *p = &parts[i];
        if (!VERIFY_ROOM(w->job, p->name, most) || !VERIFY_ROOM(w->job, p->value, most) ||
            (size.x && !VERIFY_ROOM(w->job, p->size, most)))
            return false;
        for (size_t q = t->start[i]; q < t->start[i + 1]; q++) {
            const size_t k = t->order[q];
            const verify_cell of = verify_table_cell(t, name, k);
            if (isnan(value.x[k].y) || (c->zero_is_missing && is_zero(value.x[k].y)) ||
                (size.x && is_zero(size.x[k].y)))
                continue;
            p->value[p->n] = value.x[k].y;
            if (size.x)
                p->size[p->n] = size.x[k].y;
            p->name[p->n] = tdo_copy(w->job->a, of.s, of.length);
            if (!p->name[p->n++])
                return verify_room(w->job, SIZE_MAX, SIZE_MAX) != NULL;
        }
    }
    return true;
}

bool verify_read_groups(verify_world *w, size_t at, verify_number *out)
{
    const verify_criterion *c = &w->criterion[at];
    verify_table t;
    if (!verify_read_beside(w, "groups", c->groups, &t) ||
        !VERIFY_ROOM(w->job, w->parts[at], w->n) || !take_parts(w, &t, c, w->parts[at]))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        const verify_parts *p = &w->parts[at][i];
        out[i] = verify_take(w, c, p->value, p->size, p->n);
    }
    return true;
}

/* ---- items ---- */

static int by_number(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least value of which at least the share q of the items is not above it. */
static verify_number quantile_of(verify_world *w, double *x, size_t n, double q)
{
    if (n == 0)
        return (verify_number){NAN, 0};
    qsort(x, n, sizeof *x, by_number);
    verify_set_decimal(w->room[0], q);
    mpq_set_ui(w->room[1], n, 1);
    mpq_mul(w->room[0], w->room[0], w->room[1]);
    size_t k = 1;
    while (k < n && mpq_cmp_ui(w->room[0], k, 1) > 0)
        k++;
    return (verify_number){x[k - 1], 0};
}

static bool item_of(verify_world *w, const verify_table *t, const verify_criterion *c, size_t i,
                    const numbers of[2], verify_number *out)
{
    const double q = verify_double(c->items, "quantile", 0);
    double *x = NULL;
    size_t n = 0;
    if (!VERIFY_ROOM(w->job, x, t->start[i + 1] - t->start[i]))
        return false;
    mpq_set_ui(w->room[0], 0, 1);
    mpq_set_ui(w->room[2], 0, 1);
    for (size_t at = t->start[i]; at < t->start[i + 1]; at++) {
        const size_t k = t->order[at];
        const verify_number y = of[0].x[k];
        if (isnan(y.y) || (c->zero_is_missing && is_zero(y.y)))
            continue;
        x[n++] = y.y;
        verify_add(w->room[0], 1, y, w->room[1]);
        if (of[1].x)
            verify_add(w->room[2], 1, of[1].x[k], w->room[1]);
    }
    if (!of[1].x)
        mpq_set_ui(w->room[2], n, 1);
    mpq_set(w->room[1], w->room[2]);
    *out = q > 0 ? quantile_of(w, x, n, q) : n > 0 ? quotient(w) : (verify_number){NAN, 0};
    return true;
}

bool verify_read_items(verify_world *w, size_t at, verify_number *out)
{
    const verify_criterion *c = &w->criterion[at];
    verify_table t;
    numbers of[2];
    const verify_style beside = {.unit = ""};
    if (!verify_read_beside(w, "items", c->items, &t) ||
        !read_numbers(w, &t, verify_text(c->items, "value", ""), &c->style, &of[0]) ||
        !read_numbers(w, &t, verify_text(c->items, "over", NULL), &beside, &of[1]))
        return false;
    for (size_t i = 0; i < w->n; i++)
        if (!item_of(w, &t, c, i, of, &out[i]))
            return false;
    return true;
}
