/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact solution of a small square system K x = b and K' y = c of doubles, by elimination without
 * fractions. Every intermediate number is a minor of K (Bareiss 1968), so that divisions are
 * exact and numbers stay as short as they can be; the same factors serve K and its transpose. */
#ifndef TRADEOFF_EXACT_KERNEL_H
#define TRADEOFF_EXACT_KERNEL_H

#include "exact/dyadic.h"

typedef struct exact_kernel {
    size_t k;
    exact_num *a;   /* [k x k] row-major: K; then what elimination left of it */
    size_t *row;    /* [k] the row of the s-th pivot, for s < rank; then the others */
    size_t *column; /* [k] its column */
    size_t rank;
    const exact_num *determinant; /* up to its sign: the common denominator of all solutions */
    exact_num one;
    exact_num *right; /* [k] scratch for a right-hand side */
    size_t *count;    /* [2 k] scratch: entries in each row and column */
} exact_kernel;

/* An all-zero K. Fill K->a, then factor. False when memory is out. */
bool exact_kernel_make(exact_kernel *K, size_t k, int cap, exact_arith *A, tdo_arena *a);

/* Eliminates. rank < k: K is singular; row and column list what depends on the others last. */
void exact_kernel_factor(exact_kernel *K, exact_arith *A);

/* x[] = determinant times the solution of K x = right (transposed: of K' x = right). K->right
 * (indexed by row, transposed by column) is used up; x is indexed by column (transposed by row). */
void exact_kernel_solve(exact_kernel *K, exact_arith *A, bool transposed, exact_num *x);

#endif
