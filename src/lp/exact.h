/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exact judge: solves a basis in rational arithmetic, says whether it is optimal, and goes on
 * by simplex steps from where it is not.
 *
 * With the basic columns B and the nonbasic rows R (as many), everything follows from the kernel
 * K = A[R, B]: x_B = K^-1 (z_R - A[R, nonbasic] x), y_R = K'^-1 c_B, all other y = 0. So what
 * counts is neither the number of rows nor of columns, but how many rows hold the solution. Signs
 * are taken from doubles where an error bound allows it, and from exact sums where it does not. */
#ifndef TRADEOFF_LP_EXACT_H
#define TRADEOFF_LP_EXACT_H

#include "exact/kernel.h"
#include "lp/model.h"

enum { LP_NOWHERE = -1 };

typedef enum lp_exact_end {
    LP_EXACT_OPTIMAL,
    LP_EXACT_INFEASIBLE,
    LP_EXACT_UNBOUNDED,
    LP_EXACT_GAVE_UP, /* it costs too much */
    LP_EXACT_NO_MEMORY
} lp_exact_end;

typedef struct lp_exact {
    const lp_form *f;
    uint8_t *place; /* [n + m] the caller's; kept up to date */
    bool zero_cost; /* looking for a feasible point: all costs count as 0 */
    uint32_t pivots;
    uint64_t work, work_max;
    int cap; /* limbs of a number */
    /* The kernel of the present basis; all of it lives in level. */
    tdo_arena *level;
    exact_arith A;
    exact_kernel K;
    size_t k;
    uint32_t *basic;        /* [k] columns in the basis */
    uint32_t *tight;        /* [k] rows not in it */
    int32_t *position;      /* [n + m] of a basic column or tight row in those; LP_NOWHERE */
    exact_num *x;           /* [k] numerators of the basic columns */
    exact_num *y;           /* [k] numerators of the tight rows' duals */
    exact_num *w;           /* [k] a column or a row of the tableau */
    exact_num *denominator; /* > 0, of all of them */
    exact_num *spare;       /* [LP_SPARES] */
    /* Rounded; of the caller's arena. */
    double *x_near;    /* [n] */
    double *y_near;    /* [m] */
    exact_num *farkas; /* [m] numerators of an infeasible LP's multipliers, in level */
    size_t ray_of;     /* an unbounded end: this variable moves for ever ... */
    int ray_direction; /* ... this way */
} lp_exact;

enum { LP_SPARES = 6 };

/* Solves f from the basis in place (repaired if it is none). a: for what outlives the call; e is
 * to be freed with lp_exact_free, whatever the end. */
lp_exact_end lp_exact_solve(lp_exact *e, const lp_form *f, uint8_t *place, uint64_t work_max,
                            tdo_arena *a);
void lp_exact_free(lp_exact *e);

/* ---- reading the end ---- */

/* The sign of cost - y a, for a column that need not be in the LP: [m] entries, each given by
 * entry(user, row). Of an infeasible LP (farkas): of -farkas a. exact_arith_stopped(&e->A) tells
 * afterwards whether it could be computed. */
int lp_exact_sign(lp_exact *e, bool farkas, double cost, double (*entry)(const void *, size_t),
                  const void *user);

/* What an optimal end is worth, rounded once. */
typedef struct lp_exact_values {
    double objective; /* of the minimisation */
    double *reduced;  /* [n] */
    size_t ties, degenerate;
} lp_exact_values;

/* False: gave up. */
bool lp_exact_read(lp_exact *e, lp_exact_values *v);

/* The multipliers of an infeasible end, scaled to a largest of 1: [m]. */
void lp_exact_farkas(lp_exact *e, double *y);

/* The direction of an unbounded end: [n]. */
void lp_exact_ray(lp_exact *e, double *ray);

/* ---- inside ---- */

/* Where nonbasic variable v is. */
static inline double lp_exact_at(const lp_exact *e, size_t v)
{
    return lp_at((tdo_lp_place)e->place[v], e->f->lower[v], e->f->upper[v]);
}

static inline double lp_exact_cost(const lp_exact *e, size_t j)
{
    return e->zero_cost ? 0 : e->f->cost[j];
}

/* Builds and factors the kernel and solves for x and y. LP_EXACT_OPTIMAL: done. */
lp_exact_end lp_exact_refresh(lp_exact *e, tdo_arena *a);

/* out = numerator of basic variable v. */
void lp_exact_value(lp_exact *e, size_t v, exact_num *out);
/* Sign of basic variable v less bound (finite). */
int lp_exact_versus(lp_exact *e, size_t v, double bound);
/* out = numerator of the reduced cost of nonbasic variable v. */
void lp_exact_reduced(lp_exact *e, size_t v, exact_num *out);
/* Its sign; near gets its value in doubles. */
int lp_exact_reduced_sign(lp_exact *e, size_t v, double *near);

#endif
