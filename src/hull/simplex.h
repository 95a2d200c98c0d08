/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LP min w . axis x over the columns, by a primal simplex whose basis is exact: the inverse is
 * kept in whole numbers over their common determinant (Edmonds 1967; Bareiss 1968). It has m + 1
 * rows, however many columns there are. Reduced costs are computed in doubles; those within
 * rounding of 0 exactly. Where exact_arith_stopped(A), what was computed since is meaningless. */
#ifndef TRADEOFF_HULL_SIMPLEX_H
#define TRADEOFF_HULL_SIMPLEX_H

#include "hull/hull.h"

typedef struct hull_lp {
    const hull_columns *c;
    exact_arith *A;
    size_t rows;          /* m + 1 */
    uint32_t *basis;      /* [rows] columns; n + r: the slack of row r; n + m: the artificial one */
    bool *basic;          /* [n + m + 1] */
    exact_num *inverse;   /* [rows x rows] numerators of B^-1 */
    exact_num *whole;     /* > 0: their denominator */
    exact_num *weight;    /* [d] */
    bool artificial_cost; /* it alone costs: looking for a feasible basis */
    exact_num *cost;      /* [rows] of the basis */
    exact_num *price;     /* [rows] numerators; the first is also the value */
    exact_num *tableau;   /* [rows] numerators of the column that enters */
    exact_num *scratch;   /* [2] */
    exact_num one;
    double near_weight[HULL_AXES];
    double *near_price; /* [rows] */
    double *most;       /* [d + m] largest size of a number */
    uint32_t *tied;     /* [ties] columns outside the basis with a reduced cost of 0 */
    size_t ties;
    uint64_t steps;
} hull_lp;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status hull_lp_make(hull_lp *q, const hull_columns *c, exact_arith *A,
                                     tdo_arena *a);
/* A feasible basis. False: there is none. */
bool hull_lp_start(hull_lp *q);
/* Solves it at weights >= 0; the value is price[0] / whole. */
void hull_lp_solve(hull_lp *q, const exact_num *weight);
/* Of all optima the one first by axis 0, then axis 1, ...: an extreme point. After a solve. */
void hull_lp_settle(hull_lp *q);
/* Goes to a basis that was one before. */
void hull_lp_move(hull_lp *q, const uint32_t *basis);
/* out = numerator of axis k at the basis. */
void hull_lp_at(hull_lp *q, size_t k, exact_num *out);

/* ---- inside ---- */

/* sum += x times number k of column j: on an axis, or in a row. */
static inline void hull_add_axis(const hull_lp *q, exact_num *sum, const exact_num *x, size_t k,
                                 size_t j)
{
    for (size_t p = 0; p < q->c->parts; p++)
        exact_add_mul(q->A, sum, x, q->c->axis[p * q->c->d + k][j]);
}

static inline void hull_add_row(const hull_lp *q, exact_num *sum, const exact_num *x, size_t r,
                                size_t j)
{
    for (size_t p = 0; p < q->c->parts; p++)
        exact_add_mul(q->A, sum, x, q->c->row[p * q->c->m + r][j]);
}

/* Prices of the present basis. */
void hull_find_prices(hull_lp *q);
/* A column whose reduced cost is negative; SIZE_MAX: none, and q->tied lists those at 0.
 * first: the first such column, not the most negative one. */
size_t hull_price(hull_lp *q, bool first);
/* The sign of the reduced cost of j. */
int hull_reduced_sign(hull_lp *q, size_t j);

#endif
