/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a basis that is no unit column, factored exactly. */
#include "exact/kernel.h"

#include <assert.h>

bool exact_kernel_make(exact_kernel *K, size_t k, int cap, exact_arith *A, tdo_arena *a)
{
    exact_num *one = exact_nums(a, 1, cap);
    *K = (exact_kernel){.k = k};
    K->a = exact_nums(a, k * k, cap);
    K->right = exact_nums(a, k, cap);
    K->row = tdo_alloc(a, k, sizeof *K->row);
    K->column = tdo_alloc(a, k, sizeof *K->column);
    K->count = tdo_alloc(a, 2 * k, sizeof *K->count);
    if (!one || !K->a || !K->right || !K->row || !K->column || !K->count)
        return false;
    exact_set_double(A, one, 1);
    K->one = *one;
    K->determinant = &K->one;
    for (size_t s = 0; s < k; s++)
        K->row[s] = K->column[s] = s;
    return true;
}

static exact_num *at(const exact_kernel *K, size_t s, size_t t)
{
    return &K->a[K->row[s] * K->k + K->column[t]];
}

static void swap(size_t *x, size_t s, size_t t)
{
    const size_t old = x[s];
    x[s] = x[t];
    x[t] = old;
}

/* The entry with the fewest others in its row and column (Markowitz 1957), the shortest among
 * equals: keeps zeros, and with them short numbers. False where all that is left is zero. */
static bool choose_pivot(exact_kernel *K, size_t step)
{
    size_t *in_row = K->count, *in_column = K->count + K->k;
    size_t best_s = 0, best_t = 0, best = SIZE_MAX;
    for (size_t s = step; s < K->k; s++)
        in_row[s] = in_column[s] = 0;
    for (size_t s = step; s < K->k; s++) {
        for (size_t t = step; t < K->k; t++) {
            if (at(K, s, t)->size > 0) {
                in_row[s]++;
                in_column[t]++;
            }
        }
    }
    for (size_t s = step; s < K->k; s++) {
        for (size_t t = step; t < K->k; t++) {
            const exact_num *x = at(K, s, t);
            if (x->size == 0)
                continue;
            size_t cost = (in_row[s] - 1) * (in_column[t] - 1) * EXACT_CAP_MAX + (size_t)x->size;
            if (cost < best) {
                best = cost;
                best_s = s;
                best_t = t;
            }
        }
    }
    if (best == SIZE_MAX)
        return false;
    swap(K->row, step, best_s);
    swap(K->column, step, best_t);
    return true;
}

/* r = (p r - x y) / q, exactly: Sylvester's identity makes it a minor again. */
static void cross(exact_arith *A, exact_num *r, const exact_num *p, const exact_num *x,
                  const exact_num *y, const exact_num *q)
{
    exact_num *t = &A->product[0], *u = &A->product[1];
    exact_mul(A, t, p, r);
    exact_mul(A, u, x, y);
    exact_sub(A, t, t, u);
    if (!exact_arith_stopped(A))
        exact_divide(A, r, t, q);
}

void exact_kernel_factor(exact_kernel *K, exact_arith *A)
{
    const exact_num *previous = &K->one;
    for (K->rank = 0; K->rank < K->k; K->rank++) {
        const size_t s = K->rank;
        if (!choose_pivot(K, s))
            return;
        const exact_num *pivot = at(K, s, s);
        for (size_t i = s + 1; i < K->k; i++) {
            for (size_t j = s + 1; j < K->k && !exact_arith_stopped(A); j++)
                cross(A, at(K, i, j), pivot, at(K, i, s), at(K, s, j), previous);
        }
        if (exact_arith_stopped(A))
            return;
        previous = pivot;
    }
    K->determinant = previous;
}

/* The entry in row s, column t of the factors, of the transposed ones if so asked: elimination of
 * the transpose would have left the same minors, mirrored. */
static const exact_num *factor_at(const exact_kernel *K, bool transposed, size_t s, size_t t)
{
    return transposed ? at(K, t, s) : at(K, s, t);
}

void exact_kernel_solve(exact_kernel *K, exact_arith *A, bool transposed, exact_num *x)
{
    const size_t *from = transposed ? K->column : K->row;
    const size_t *to = transposed ? K->row : K->column;
    const exact_num *previous = &K->one;
    exact_num *sum = &A->product[0];
    assert(K->rank == K->k);
    for (size_t s = 0; s < K->k; s++) { /* what elimination does to one more column */
        const exact_num *pivot = at(K, s, s);
        for (size_t i = s + 1; i < K->k && !exact_arith_stopped(A); i++)
            cross(A, &K->right[from[i]], pivot, factor_at(K, transposed, i, s), &K->right[from[s]],
                  previous);
        previous = pivot;
    }
    for (size_t s = K->k; s-- > 0 && !exact_arith_stopped(A);) {
        exact_mul(A, sum, K->determinant, &K->right[from[s]]);
        for (size_t t = s + 1; t < K->k; t++) {
            exact_mul(A, &A->product[1], factor_at(K, transposed, s, t), &x[to[t]]);
            exact_sub(A, sum, sum, &A->product[1]);
        }
        if (!exact_arith_stopped(A))
            exact_divide(A, &x[to[s]], sum, at(K, s, s));
    }
}
