/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reduced costs: in doubles first, which decide all but the few that may be 0. */
#include "hull/simplex.h"

#include <float.h>
#include <math.h>

enum { BLOCK = 512 };

void hull_find_prices(hull_lp *q)
{
    const hull_columns *c = q->c;
    exact_num unit = *q->whole;
    for (size_t i = 0; i < q->rows; i++) {
        exact_set_double(q->A, &q->cost[i], q->artificial_cost && q->basis[i] == c->n + c->m);
        for (size_t k = 0; k < c->d && q->basis[i] < c->n && !q->artificial_cost; k++)
            hull_add_axis(q, &q->cost[i], &q->weight[k], k, q->basis[i]);
    }
    unit.low += q->one.low;
    for (size_t k = 0; k < q->rows; k++) {
        exact_set_double(q->A, &q->price[k], 0);
        for (size_t i = 0; i < q->rows; i++) {
            const exact_num *in = &q->inverse[i * q->rows + k];
            if (q->cost[i].size == 0 || in->size == 0)
                continue;
            exact_mul(q->A, &q->scratch[0], &q->cost[i], in);
            exact_add(q->A, &q->price[k], &q->price[k], &q->scratch[0]);
        }
        q->near_price[k] = exact_ratio(q->A, &q->price[k], &unit);
    }
}

int hull_reduced_sign(hull_lp *q, size_t j)
{
    const hull_columns *c = q->c;
    exact_num *x = &q->scratch[0], *y = &q->scratch[1];
    if (j >= c->n) /* the artificial one never enters */
        return j < c->n + c->m ? -exact_sign(&q->price[j - c->n + 1]) : 1;
    exact_set_double(q->A, x, 0);
    exact_set(q->A, y, &q->price[0]);
    for (size_t k = 0; k < c->d && !q->artificial_cost; k++)
        hull_add_axis(q, x, &q->weight[k], k, j);
    exact_mul(q->A, x, x, q->whole);
    for (size_t r = 0; r < c->m; r++)
        hull_add_row(q, y, &q->price[r + 1], r, j);
    return exact_cmp(x, y);
}

/* What rounding may do to a reduced cost. */
static double rounding(const hull_lp *q)
{
    const hull_columns *c = q->c;
    double most = fabs(q->near_price[0]);
    for (size_t k = 0; k < c->d && !q->artificial_cost; k++)
        most += q->near_weight[k] * q->most[k];
    for (size_t r = 0; r < c->m; r++)
        most += fabs(q->near_price[r + 1]) * q->most[c->d + r];
    return most * (double)(c->d + c->m + 4) * DBL_EPSILON + DBL_MIN;
}

/* y += w x. In eights, which compilers turn into vectors. */
static void add_scaled(double *restrict y, const double *restrict x, double w, size_t n)
{
    size_t t = 0;
    for (; t + 8 <= n; t += 8)
        for (size_t u = 0; u < 8; u++)
            y[t + u] += w * x[t + u];
    for (; t < n; t++)
        y[t] += w * x[t];
}

/* reduced[0 .. count - 1] of columns from `from` on. */
static void reduce_block(const hull_lp *q, size_t from, size_t count, double *restrict reduced)
{
    const hull_columns *c = q->c;
    for (size_t t = 0; t < count; t++)
        reduced[t] = -q->near_price[0];
    for (size_t k = 0; k < c->d && !q->artificial_cost; k++)
        add_scaled(reduced, c->axis[k] + from, q->near_weight[k], count);
    for (size_t r = 0; r < c->m; r++)
        add_scaled(reduced, c->row[r] + from, -q->near_price[r + 1], count);
}

typedef struct pick {
    bool first;
    size_t column; /* SIZE_MAX: none yet */
    double reduced;
} pick;

/* Columns that may be at 0 wait in tied. */
static void take(hull_lp *q, pick *x, size_t j, double reduced, double tolerance)
{
    if (reduced > tolerance || q->basic[j])
        return;
    if (reduced < -tolerance) {
        if (x->column == SIZE_MAX || (!x->first && reduced < x->reduced)) {
            x->column = j;
            x->reduced = reduced;
        }
        return;
    }
    q->tied[q->ties++] = (uint32_t)j;
}

static void scan(hull_lp *q, pick *x)
{
    const double tolerance = rounding(q);
    double reduced[BLOCK];
    for (size_t from = 0; from < q->c->n; from += BLOCK) {
        const size_t count = q->c->n - from < BLOCK ? q->c->n - from : BLOCK;
        reduce_block(q, from, count, reduced);
        for (size_t t = 0; t < count; t++)
            if (reduced[t] <= tolerance)
                take(q, x, from + t, reduced[t], tolerance);
        if (x->first && x->column != SIZE_MAX)
            break;
    }
    for (size_t r = 0; r < q->c->m; r++) {
        const int sign = -exact_sign(&q->price[r + 1]);
        const double size = fabs(q->near_price[r + 1]) * q->most[q->c->d + r];
        if (x->first && x->column != SIZE_MAX)
            break;
        take(q, x, q->c->n + r, sign == 0 ? 0 : sign * (size + 2 * tolerance), tolerance);
    }
}

/* Those within rounding of 0, exactly: the first one below, or all that are 0. */
static size_t check_tied(hull_lp *q, size_t before)
{
    size_t kept = 0;
    for (size_t t = 0; t < q->ties && !exact_arith_stopped(q->A); t++) {
        const int sign = q->tied[t] < before ? hull_reduced_sign(q, q->tied[t]) : 1;
        if (sign < 0)
            return q->tied[t];
        if (sign == 0)
            q->tied[kept++] = q->tied[t];
    }
    q->ties = kept;
    return before;
}

size_t hull_price(hull_lp *q, bool first)
{
    pick x = {.first = first, .column = SIZE_MAX};
    q->ties = 0;
    scan(q, &x);
    if (x.column != SIZE_MAX && !first)
        return x.column;
    return check_tied(q, x.column);
}
