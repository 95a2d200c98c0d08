/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear and integer programs, solved by GLPK and proven by our own arithmetic.
 *
 *     minimise or maximise   sum over j of cost[j] x[j]
 *     where                  row_lower[i] <= sum over j of a[i][j] x[j] <= row_upper[i]
 *                            lower[j] <= x[j] <= upper[j],  some x[j] whole numbers
 *
 * An infinite bound is no bound; equal bounds make an equation or a fixed column.
 *
 *     tdo_lp *lp = tdo_lp_new(arena, true);
 *     tdo_lp_add_row(lp, &(tdo_lp_row){.name = "shares", .lower = 1, .upper = 1}, &err);
 *     tdo_lp_add_column(lp, &(tdo_lp_column){.cost = 0.7, .upper = INFINITY, .count = 1,
 *                                            .row = (uint32_t[]){0}, .value = (double[]){1}},
 *                       &err);
 *     tdo_lp_solve(lp, NULL, arena, &solution, &err);
 *
 * Answers are proven, not believed. GLPK finds a basis; where the basis is small (which the LPs
 * of a decision are: a few shared rows, or a few weights) it is solved in exact rational
 * arithmetic, every bound and every reduced cost is checked exactly, and if the basis is not
 * optimal after all, exact simplex steps go on from it. What is reported is then the exact
 * optimum of the given doubles, rounded once. Larger ones are checked in compensated sums, and
 * solved again by other ways until the check passes; if none does, the outcome says so.
 *
 * Infeasible, unbounded, limit and numerical are outcomes, not errors.
 *
 * Threads: an LP has no hidden state and may be used by one thread at a time, any thread. Each
 * solve makes and frees a GLPK environment of the calling thread. A thread that uses GLPK itself
 * may call this, but must set its own GLPK hooks again afterwards, and loses its GLPK objects if
 * memory runs out inside GLPK. */
#ifndef TRADEOFF_LP_H
#define TRADEOFF_LP_H

#include "tradeoff/text.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_LP_MAX = 10000000,         /* rows, and columns, at most */
    TDO_LP_ENTRIES_MAX = 400000000 /* non-zero coefficients at most */
};

/* Residuals up to this are accepted where exact arithmetic does not pay (they are relative, see
 * tdo_lp_certificate; on data in [0,1] the same as absolute). */
#define TDO_LP_TOLERANCE 1e-9

/* ---- building ---- */

typedef struct tdo_lp tdo_lp;

/* A column. What is left out of an initialiser is 0: a column with upper = 0 is fixed. */
typedef struct tdo_lp_column {
    const char *name;    /* for tdo_lp_write and messages; NULL: x1, x2, ... */
    double cost;         /* finite */
    double lower;        /* -INFINITY: none */
    double upper;        /* INFINITY: none; not below lower */
    bool integer;        /* a whole number */
    size_t count;        /* entries */
    const uint32_t *row; /* [count] rows that exist; none twice */
    const double *value; /* [count] finite */
} tdo_lp_column;

/* A row. */
typedef struct tdo_lp_row {
    const char *name;       /* NULL: r1, r2, ... */
    double lower;           /* -INFINITY: none */
    double upper;           /* INFINITY: none; not below lower */
    size_t count;           /* entries */
    const uint32_t *column; /* [count] columns that exist; none twice */
    const double *value;    /* [count] finite */
} tdo_lp_row;

/* A whole LP as arrays. */
typedef struct tdo_lp_arrays {
    size_t rows, columns, entries;
    const double *cost;             /* [columns]; NULL: all 0 */
    const double *lower, *upper;    /* [columns]; NULL: 0, INFINITY */
    const bool *integer;            /* [columns]; NULL: none */
    const double *row_lower;        /* [rows]; NULL: -INFINITY */
    const double *row_upper;        /* [rows]; NULL: INFINITY */
    const uint32_t *row, *column;   /* [entries] in any order; no pair twice */
    const double *value;            /* [entries] finite */
    const char *const *column_name; /* [columns]; NULL: none */
    const char *const *row_name;    /* [rows]; NULL: none */
} tdo_lp_arrays;

/* An LP without rows and columns, in the arena and freed with it. NULL when memory is out. */
TDO_API tdo_lp *tdo_lp_new(tdo_arena *a, bool maximise);

/* Each adds at the end; the index of what was added is the count before. Entries may come with the
 * rows or with the columns. Nothing is kept of the caller's arrays. On error the LP is as it was.
 * Errors: TDO_E_INPUT (a number that is not finite, bounds that cross, an index out of range; an
 * entry given twice is found by tdo_lp_solve), TDO_E_LIMIT (too large), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_add_column(tdo_lp *lp, const tdo_lp_column *c,
                                                  tdo_error *err);
TDO_API TDO_MUST_USE tdo_status tdo_lp_add_row(tdo_lp *lp, const tdo_lp_row *r, tdo_error *err);
TDO_API TDO_MUST_USE tdo_status tdo_lp_add_arrays(tdo_lp *lp, const tdo_lp_arrays *x,
                                                  tdo_error *err);

TDO_API size_t tdo_lp_rows(const tdo_lp *lp);
TDO_API size_t tdo_lp_columns(const tdo_lp *lp);

/* ---- families ---- */

/* Change an LP that was solved and solve it again: it starts from the last basis. A new column
 * starts at a bound, a new row in the basis. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_set_cost(tdo_lp *lp, size_t column, double cost,
                                                tdo_error *err);
TDO_API TDO_MUST_USE tdo_status tdo_lp_set_bounds(tdo_lp *lp, size_t column, double lower,
                                                  double upper, tdo_error *err);
TDO_API TDO_MUST_USE tdo_status tdo_lp_set_row_bounds(tdo_lp *lp, size_t row, double lower,
                                                      double upper, tdo_error *err);

/* Forgets the last basis: the next solve starts cold. */
TDO_API void tdo_lp_forget(tdo_lp *lp);

/* The next solve starts from this basis: [columns] and [rows] tdo_lp_place, as many of them basic
 * as there are rows. One that is singular costs time only. Errors: TDO_E_INPUT. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_start_at(tdo_lp *lp, const uint8_t *column_place,
                                                const uint8_t *row_place, tdo_error *err);

/* ---- solving ---- */

/* How hard to try. A field that is 0 takes its default. */
typedef struct tdo_lp_options {
    double seconds;       /* for each call of GLPK: a net, should it go round in circles; what
                             limits work is the other fields. Default 3600 */
    uint32_t iterations;  /* simplex iterations of each call of GLPK; default 1,000,000 */
    uint32_t nodes;       /* of GLPK's search for an integer program; default 1,000,000 */
    double gap;           /* that search may stop at this relative gap; default 0 */
    uint64_t exact_work;  /* limb products that exact arithmetic may cost for an LP, or for the
                             proof of an integer program; default 400,000,000, about a quarter
                             of a second; 1: no exact arithmetic */
    uint32_t exact_nodes; /* of the search of our own that proves GLPK's or betters it; default
                             2,000; 1: as good as none */
    bool all_reduced;     /* of a pool: the reduced cost of every candidate is wanted */
} tdo_lp_options;

typedef enum tdo_lp_outcome {
    TDO_LP_OPTIMAL = 0,
    TDO_LP_INFEASIBLE, /* farkas proves it */
    TDO_LP_UNBOUNDED,  /* ray proves it, if there is a feasible point at all */
    TDO_LP_LIMIT,      /* time, iterations or nodes ran out; primal: the best so far, or NULL */
    TDO_LP_NUMERICAL   /* no way of solving it passed the check; primal: the closest, or NULL */
} tdo_lp_outcome;

/* Where a row or a column stands. */
typedef enum tdo_lp_place {
    TDO_LP_BASIC = 0,
    TDO_LP_AT_LOWER,
    TDO_LP_AT_UPPER,
    TDO_LP_FREE, /* not in the basis and without a bound: 0 */
    TDO_LP_FIXED /* not in the basis, lower = upper */
} tdo_lp_place;

/* What our code found when it checked the reported doubles against the data. Sums are compensated
 * (Ogita, Rump and Oishi 2005): the check itself errs by about 1e-30 of the terms. Each residual is
 * divided by the size of the terms it came from (at least by that of an ordinary term of the LP,
 * after scaling), so that it is free of units; on data in [0,1] it is about the absolute one.
 * NaN: does not apply. */
typedef struct tdo_lp_certificate {
    double primal;    /* largest violation of a row or a bound; unbounded: where the ray leaves */
    double dual;      /* largest multiplier with a sign that its bounds do not allow */
    double slackness; /* largest product of a multiplier and the distance to the bound it prices */
    double gap;       /* primal less dual objective; of an integer program: objective less bound;
                         infeasible: how far apart the two sides of the proof are; unbounded: how
                         fast the ray gains */
    bool exact;       /* the outcome is proven in rational arithmetic: no tolerance was needed */
} tdo_lp_certificate;

/* In the arena given to the solve. Arrays that do not apply to the outcome are NULL; an integer
 * program has no dual, reduced and places. */
typedef struct tdo_lp_solution {
    tdo_lp_outcome outcome;
    double objective;       /* NaN: no primal */
    double bound;           /* no solution is better than this. Infinite or NaN: none known. An
                               optimal LP: the objective. An integer program: see certificate */
    const double *primal;   /* [columns] */
    const double *activity; /* [rows] sum of a x */
    const double *dual;     /* [rows] by how much the objective changes for each unit by which the
                               bound that holds the row moves up: maximising, >= 0 at an upper and
                               <= 0 at a lower bound; minimising, the other way round. At a kink
                               (degenerate > 0) it is one of the slopes */
    const double *reduced;  /* [columns] the cost less the worth of the column's entries at those
                               duals: by how much the objective changes for each unit of the
                               column when the basis follows */
    const uint8_t *column_place; /* [columns] tdo_lp_place */
    const uint8_t *row_place;    /* [rows] */
    const double *farkas; /* [rows] infeasible: multipliers y for which the sum of y[i] (row i)
                             is larger, wherever rows are within their bounds, than any x within
                             its own can make it. NULL: only the whole numbers are in the way */
    const double *ray;    /* [columns] unbounded: x + t ray stays feasible and gets better */
    size_t ties;          /* columns and rows not in the basis with a zero reduced cost: 0 proves
                             (if exact) that no other solution is optimal */
    size_t degenerate;    /* columns and rows in the basis at a bound: 0 proves that the duals are
                             the only ones */
    tdo_lp_certificate certificate;
    uint32_t iterations; /* of GLPK's simplex */
    uint32_t pivots;     /* exact ones, after GLPK */
    uint32_t attempts;   /* calls of GLPK's simplex or search */
    uint32_t nodes;      /* of the search tree */
    double seconds;      /* in GLPK, wall clock; for the bench only */
} tdo_lp_solution;

/* Solves the LP or, when a column is integer, the integer program. options NULL: the defaults.
 *
 * What is infeasible or unbounded by no more than the rounding of the data (0.1 + 0.2 = 0.3 has no
 * solution in doubles) is taken as GLPK takes it, with its residuals in the certificate, and is not
 * exact.
 *
 * Integer answers are rounded to whole numbers, and the rest is then solved again with these fixed,
 * so that no tolerance of the search is left in them. Then a branch and bound of our own, on proven
 * LPs, shows that nothing is better, or finds it: the bound is the objective and the gap 0. Where
 * that takes too many nodes, the bound is the better of its own and that of GLPK's tree, whose LPs
 * are right to about 1e-7 of the objective's scale (this is allowed for).
 *
 * Errors: TDO_E_INPUT (an entry given twice, options out of range), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_solve(tdo_lp *lp, const tdo_lp_options *options,
                                             tdo_arena *a, tdo_lp_solution *out, tdo_error *err);

/* A word for an outcome: "optimal", "infeasible", "unbounded", "limit", "numerical". */
TDO_API const char *tdo_lp_outcome_word(tdo_lp_outcome o);

/* ---- many columns: a pool ---- */

/* An LP with a few rows and n candidates x[j] >= 0 (the shares of a mix) is solved on a part of its
 * columns, to which the ones that price best among all n are added until none is left (column
 * generation: Dantzig and Wolfe 1960; Farkas pricing while it is infeasible). The proof covers all
 * n, and is exact where the solve is. The LP given holds the rows and whatever other columns there
 * are. Columns taken from the pool are added to it and stay, which makes the next solve of a family
 * warm. Rows added to the LP after tdo_lp_pool_new hold no candidates. No column may be integer. */
typedef struct tdo_lp_pool tdo_lp_pool;

typedef struct tdo_lp_candidates {
    size_t n;
    const double *cost;         /* [n] */
    const double *const *entry; /* [rows] each [n]: the coefficients in a row; NULL: all the same */
    const double *same;         /* [rows] that coefficient, where entry is NULL */
} tdo_lp_candidates;

/* The arrays of numbers are the caller's, and must outlive the pool.
 * Errors: TDO_E_INPUT (a number that is not finite, an integer column), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_pool_new(tdo_lp *lp, const tdo_lp_candidates *c,
                                                tdo_arena *a, tdo_lp_pool **out, tdo_error *err);

/* Another objective for the candidates: [n], the caller's. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_pool_set_cost(tdo_lp_pool *p, const double *cost,
                                                     tdo_error *err);

/* The same candidates for another LP, which has the rows that the first one had when the pool was
 * made; none of them is taken yet. */
TDO_API void tdo_lp_pool_renew(tdo_lp_pool *p, tdo_lp *lp);

/* Takes candidates now that are likely to have a share: [count], below n. Before the first solve
 * they stand in for those that it would begin with (the best by cost, extremes of rows).
 * Errors: TDO_E_MEMORY, TDO_E_LIMIT. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_pool_take(tdo_lp_pool *p, const uint32_t *candidate,
                                                 size_t count, tdo_error *err);

typedef struct tdo_lp_pool_solution {
    tdo_lp_solution lp;    /* with all columns added so far; its certificate covers the pool */
    size_t count;          /* candidates with a share */
    const uint32_t *index; /* [count] ascending */
    const double *share;   /* [count] > 0 */
    const double *reduced; /* [n] optimal: the reduced cost of every candidate, where the options
                              want it; else NULL */
    uint32_t rounds;       /* restricted LPs solved */
    size_t added;          /* columns taken from the pool so far */
} tdo_lp_pool_solution;

/* Errors: as tdo_lp_solve. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_pool_solve(tdo_lp_pool *p, const tdo_lp_options *options,
                                                  tdo_arena *a, tdo_lp_pool_solution *out,
                                                  tdo_error *err);

/* ---- writing ---- */

/* Writes the LP in CPLEX LP format. Names that the format does not allow are changed ("p95 ms" to
 * "p95_ms", doubles numbered); a row with two bounds is written as two rows; numbers read back as
 * the same doubles. Errors: TDO_E_INPUT (an entry given twice), TDO_E_IO (the sink failed),
 * TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_lp_write(const tdo_lp *lp, tdo_sink *o, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
