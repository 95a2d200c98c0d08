/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solves for a basis in exact numbers, and improves on it by simplex steps (GMP). */
#include "lp/exact.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum {
    KERNEL_MAX = 256,           /* columns */
    KERNEL_LIMBS_MAX = 1 << 23, /* 64 MiB */
    CAP_FIRST = 8,
    CAP_PER_COLUMN = 2, /* limbs that one more column adds to a minor, about ... */
    CAP_DENSE = 60,     /* ... and up to here such kernels pay */
    CAP_SPARSE = 24     /* larger ones only where there is little in them */
};

void lp_exact_free(lp_exact *e)
{
    tdo_arena_free(e->level);
    e->level = NULL;
}

/* ---- the kernel ---- */

/* Lists the basic columns and the tight rows. A set of places that is no basis by its count gets
 * nonbasic columns or basic rows until it is one. */
static void list_basis(lp_exact *e)
{
    const lp_form *f = e->f;
    size_t columns = 0, rows = 0;
    for (size_t v = 0; v < f->n + f->m; v++) {
        if (e->place[v] != TDO_LP_BASIC)
            e->place[v] = (uint8_t)lp_settle((tdo_lp_place)e->place[v], f->lower[v], f->upper[v]);
        columns += v < f->n && e->place[v] == TDO_LP_BASIC;
        rows += v >= f->n && e->place[v] != TDO_LP_BASIC;
    }
    for (size_t v = f->n + f->m; v-- > f->n && rows > columns;) {
        if (e->place[v] != TDO_LP_BASIC) {
            e->place[v] = TDO_LP_BASIC;
            rows--;
        }
    }
    for (size_t v = f->n; v-- > 0 && columns > rows;) {
        if (e->place[v] == TDO_LP_BASIC) {
            e->place[v] = (uint8_t)lp_settle(TDO_LP_AT_LOWER, f->lower[v], f->upper[v]);
            columns--;
        }
    }
    e->k = columns;
}

static bool make_level(lp_exact *e)
{
    const lp_form *f = e->f;
    const size_t k = e->k;
    const uint64_t left = e->work < e->work_max ? e->work_max - e->work : 0;
    lp_exact_free(e);
    e->level = tdo_arena_new();
    if (!e->level || !exact_arith_make(&e->A, e->cap, left, e->level) ||
        !exact_kernel_make(&e->K, k, e->cap, &e->A, e->level))
        return false;
    e->basic = tdo_alloc(e->level, k, sizeof *e->basic);
    e->tight = tdo_alloc(e->level, k, sizeof *e->tight);
    e->position = tdo_alloc(e->level, f->n + f->m, sizeof *e->position);
    e->x = exact_nums(e->level, k, e->cap);
    e->y = exact_nums(e->level, k, e->cap);
    e->w = exact_nums(e->level, k, e->cap);
    e->spare = exact_nums(e->level, LP_SPARES, 2 * e->cap + 2);
    e->denominator = exact_nums(e->level, 1, e->cap);
    return e->basic && e->tight && e->position && e->x && e->y && e->w && e->spare &&
           e->denominator;
}

static void fill_kernel(lp_exact *e)
{
    const lp_form *f = e->f;
    size_t b = 0, t = 0;
    for (size_t v = 0; v < f->n + f->m; v++) {
        const bool basic = e->place[v] == TDO_LP_BASIC;
        e->position[v] = LP_NOWHERE;
        if (v < f->n && basic) {
            e->position[v] = (int32_t)b;
            e->basic[b++] = (uint32_t)v;
        } else if (v >= f->n && !basic) {
            e->position[v] = (int32_t)t;
            e->tight[t++] = (uint32_t)(v - f->n);
        }
    }
    for (size_t c = 0; c < e->k; c++) {
        const size_t j = e->basic[c];
        for (size_t q = f->start[j]; q < f->start[j + 1]; q++) {
            const int32_t r = e->position[f->n + f->row[q]];
            if (r != LP_NOWHERE)
                exact_set_double(&e->A, &e->K.a[(size_t)r * e->k + c], f->value[q]);
        }
    }
}

/* Columns that depend on others leave the basis; rows that do enter it. */
static void drop_dependent(lp_exact *e)
{
    const lp_form *f = e->f;
    for (size_t s = e->K.rank; s < e->k; s++) {
        const size_t j = e->basic[e->K.column[s]], i = e->tight[e->K.row[s]];
        e->place[j] = (uint8_t)lp_settle(TDO_LP_AT_LOWER, f->lower[j], f->upper[j]);
        e->place[f->n + i] = TDO_LP_BASIC;
    }
}

static void solve_primal(lp_exact *e)
{
    const lp_form *f = e->f;
    exact_num *product = &e->spare[0];
    for (size_t r = 0; r < e->k; r++)
        exact_set_double(&e->A, &e->K.right[r], lp_exact_at(e, f->n + e->tight[r]));
    for (size_t j = 0; j < f->n; j++) {
        const double at = e->place[j] == TDO_LP_BASIC ? 0 : lp_exact_at(e, j);
        if (at == 0)
            continue;
        for (size_t q = f->start[j]; q < f->start[j + 1]; q++) {
            const int32_t r = e->position[f->n + f->row[q]];
            if (r == LP_NOWHERE)
                continue;
            exact_set_double(&e->A, product, f->value[q]);
            exact_sub_mul(&e->A, &e->K.right[r], product, at);
        }
    }
    exact_kernel_solve(&e->K, &e->A, false, e->x);
}

static void solve_dual(lp_exact *e)
{
    for (size_t c = 0; c < e->k; c++)
        exact_set_double(&e->A, &e->K.right[c], lp_exact_cost(e, e->basic[c]));
    exact_kernel_solve(&e->K, &e->A, true, e->y);
}

/* A positive denominator, so that signs of numerators are signs of values. */
static void take_denominator(lp_exact *e)
{
    const bool negative = e->K.determinant->negative;
    exact_set(&e->A, e->denominator, e->K.determinant);
    e->denominator->negative = false;
    for (size_t s = 0; s < e->k && negative; s++) {
        e->x[s].negative = e->x[s].size > 0 && !e->x[s].negative;
        e->y[s].negative = e->y[s].size > 0 && !e->y[s].negative;
    }
}

static void round_values(lp_exact *e)
{
    const lp_form *f = e->f;
    for (size_t j = 0; j < f->n; j++)
        e->x_near[j] = e->place[j] == TDO_LP_BASIC
                           ? exact_ratio(&e->A, &e->x[e->position[j]], e->denominator)
                           : lp_exact_at(e, j);
    for (size_t i = 0; i < f->m; i++) {
        const int32_t r = e->position[f->n + i];
        e->y_near[i] = r == LP_NOWHERE ? 0 : exact_ratio(&e->A, &e->y[r], e->denominator);
    }
}

static void take_work(lp_exact *e)
{
    e->work += e->A.work;
    e->A.work = 0;
}

static lp_exact_end try_refresh(lp_exact *e)
{
    do {
        list_basis(e);
        if (e->k > KERNEL_MAX || e->k * e->k * (size_t)e->cap > (size_t)KERNEL_LIMBS_MAX)
            return LP_EXACT_GAVE_UP;
        if (!make_level(e))
            return LP_EXACT_NO_MEMORY;
        fill_kernel(e);
        exact_kernel_factor(&e->K, &e->A);
        if (exact_arith_stopped(&e->A))
            return LP_EXACT_GAVE_UP;
        drop_dependent(e);
        if (e->K.rank < e->k)
            take_work(e);
    } while (e->K.rank < e->k);
    solve_primal(e);
    solve_dual(e);
    if (exact_arith_stopped(&e->A))
        return LP_EXACT_GAVE_UP;
    take_denominator(e);
    round_values(e);
    return exact_arith_stopped(&e->A) ? LP_EXACT_GAVE_UP : LP_EXACT_OPTIMAL;
}

lp_exact_end lp_exact_refresh(lp_exact *e, tdo_arena *a)
{
    lp_exact_end end = LP_EXACT_GAVE_UP;
    if (!e->x_near) {
        e->x_near = tdo_alloc(a, e->f->n, sizeof *e->x_near);
        e->y_near = tdo_alloc(a, e->f->m, sizeof *e->y_near);
        if (!e->x_near || !e->y_near)
            return LP_EXACT_NO_MEMORY;
    }
    list_basis(e);
    if (e->cap == 0)
        e->cap = e->k <= CAP_DENSE ? CAP_FIRST + CAP_PER_COLUMN * (int)e->k : CAP_SPARSE;
    for (;; e->cap *= 2) {
        if (e->cap > EXACT_CAP_MAX)
            e->cap = EXACT_CAP_MAX;
        take_work(e);
        end = try_refresh(e);
        if (end != LP_EXACT_GAVE_UP || !e->A.full || e->cap == EXACT_CAP_MAX)
            return end;
    }
}

/* ---- values and signs ---- */

void lp_exact_value(lp_exact *e, size_t v, exact_num *out)
{
    const lp_form *f = e->f;
    if (v < f->n) {
        exact_set(&e->A, out, &e->x[e->position[v]]);
        return;
    }
    const size_t i = v - f->n;
    exact_set_double(&e->A, out, 0);
    for (size_t q = f->row_start[i]; q < f->row_start[i + 1]; q++) {
        const size_t j = f->column[q];
        if (e->place[j] == TDO_LP_BASIC) {
            exact_add_mul(&e->A, out, &e->x[e->position[j]], f->row_value[q]);
        } else if (lp_exact_at(e, j) != 0) {
            exact_mul_double(&e->A, &e->spare[0], e->denominator, lp_exact_at(e, j));
            exact_add_mul(&e->A, out, &e->spare[0], f->row_value[q]);
        }
    }
}

/* A bound on the error of a sum of count products of rounded doubles, size the sum of magnitudes:
 * 2^-53 for each product, each sum, and each factor (twice). DBL_MIN: for products that
 * underflow. */
static double error_of(size_t count, double size)
{
    return ((double)count + 4) * (DBL_EPSILON * size + DBL_MIN);
}

int lp_exact_versus(lp_exact *e, size_t v, double bound)
{
    const lp_form *f = e->f;
    double near = 0, error = 0;
    if (v < f->n) { /* correctly rounded, and rounding keeps order: only equality is in doubt */
        near = e->x_near[v];
    } else {
        const size_t i = v - f->n;
        double size = fabs(bound);
        for (size_t q = f->row_start[i]; q < f->row_start[i + 1]; q++) {
            const double term = f->row_value[q] * e->x_near[f->column[q]];
            near += term;
            size += fabs(term);
        }
        error = error_of(f->row_start[i + 1] - f->row_start[i], size);
    }
    if (near - bound > error)
        return 1;
    if (near - bound < -error)
        return -1;
    lp_exact_value(e, v, &e->spare[1]);
    exact_mul_double(&e->A, &e->spare[2], e->denominator, bound);
    return exact_cmp(&e->spare[1], &e->spare[2]);
}

void lp_exact_reduced(lp_exact *e, size_t v, exact_num *out)
{
    const lp_form *f = e->f;
    if (v >= f->n) { /* z = A x has cost 0, and its own dual as reduced cost */
        exact_set(&e->A, out, &e->y[e->position[v]]);
        return;
    }
    exact_mul_double(&e->A, out, e->denominator, lp_exact_cost(e, v));
    for (size_t q = f->start[v]; q < f->start[v + 1]; q++) {
        const int32_t r = e->position[f->n + f->row[q]];
        if (r != LP_NOWHERE)
            exact_sub_mul(&e->A, out, &e->y[r], f->value[q]);
    }
}

int lp_exact_reduced_sign(lp_exact *e, size_t v, double *near)
{
    const lp_form *f = e->f;
    if (v >= f->n) {
        *near = e->y_near[v - f->n];
        return exact_sign(&e->y[e->position[v]]);
    }
    *near = lp_exact_cost(e, v);
    double size = fabs(*near);
    for (size_t q = f->start[v]; q < f->start[v + 1]; q++) {
        const double term = f->value[q] * e->y_near[f->row[q]];
        *near -= term;
        size += fabs(term);
    }
    const double error = error_of(f->start[v + 1] - f->start[v], size);
    if (*near > error)
        return 1;
    if (*near < -error)
        return -1;
    lp_exact_reduced(e, v, &e->spare[1]);
    return exact_sign(&e->spare[1]);
}
