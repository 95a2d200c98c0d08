/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a plan.
 *
 *   price    one pass over the segments at given prices
 *   rows     the rows that couple segments, and what a pass at their multipliers proves
 *   solve    the rounds: start reading here
 *   prove    the multipliers as a proof that a reader can follow
 *   corner   from what the master mixes to a plan with few split segments
 *   total    what a plan comes to */
#ifndef TRADEOFF_PLAN_PLAN_H
#define TRADEOFF_PLAN_PLAN_H

#include "tradeoff/lp.h"
#include "tradeoff/plan.h"

enum { PLAN_BLOCKS = 32 }; /* at most: blocks of segments that make proposals */

/* A problem with what every part needs of it. */
typedef struct plan_frame {
    const tdo_plan_problem *p;
    double per_size;       /* 1 by the size of all segments */
    double *group_share;   /* [groups] */
    const double **column; /* [columns] the different `of` of the limits */
    size_t columns;
    size_t *column_of; /* [n_limits]; TDO_NONE: a share */
    double *scale;     /* [columns] largest reading, so that rows have entries up to 1 */
    size_t blocks;
    size_t sums; /* length of the sums of a block: value, traffic, column by group */
    int threads;
    const tdo_fleet *fleet; /* processes that divide the blocks; NULL: none */
    tdo_arena *a;
} plan_frame;

/* Where a sum stands among those of a block. */
static inline size_t plan_at_traffic(const plan_frame *f, size_t candidate)
{
    return f->p->n_values + candidate;
}
static inline size_t plan_at_column(const plan_frame *f, size_t column, size_t group)
{
    return f->p->n_values + f->p->candidates + column * f->p->groups + group;
}
static inline size_t plan_group_of(const plan_frame *f, size_t segment)
{
    return f->p->group ? f->p->group[segment] : 0;
}
static inline size_t plan_block_start(const plan_frame *f, size_t block)
{
    return f->p->segments * block / f->blocks;
}

/* ---- price.c ---- */

/* What a candidate is worth in a segment: sum of value[v] its value less column[g][c] its reading
 * less traffic[j]. */
typedef struct plan_prices {
    double *value;   /* [n_values] */
    double *traffic; /* [candidates] */
    double *column;  /* [groups x columns] */
} plan_prices;

/* What block does at the prices: the most worth in each segment, the first among equals.
 * sums: [f->sums]; choice: [length of the block], NULL: not wanted. The worth of all. */
double plan_price_block(const plan_frame *f, const plan_prices *at, size_t block, double *sums,
                        uint32_t *choice);

/* All blocks, in threads and by all processes. sums: [blocks x f->sums], worth: [blocks]. Errors:
 * those of tradeoff/fleet.h. */
TDO_MUST_USE tdo_status plan_price(const plan_frame *f, const plan_prices *at, double *sums,
                                   double *worth);

/* One candidate everywhere, likewise. may: [blocks] 1; 0: it is barred somewhere in the block. */
TDO_MUST_USE tdo_status plan_price_single(const plan_frame *f, size_t candidate, double *sums,
                                          double *may);

/* Adds what a candidate does in a part of a segment. */
void plan_add(const plan_frame *f, size_t segment, size_t candidate, double share, double *sums);

/* ---- solve.c ---- */

/* As tdo_plan_solve, but that limits which clash may be more than the fewest. */
TDO_MUST_USE tdo_status plan_solve(const tdo_plan_problem *p, int threads, const tdo_fleet *fleet,
                                   tdo_arena *a, tdo_plan_solution *out, tdo_error *err);

/* ---- rows.c ---- */

typedef enum plan_row_kind {
    PLAN_ROW_VALUE,
    PLAN_ROW_ALL,
    PLAN_ROW_TRAFFIC,
    PLAN_ROW_GROUP,
    PLAN_ROW_GAP
} plan_row_kind;

/* lower <= sum of what it says / scale + extra column(s) <= upper. */
typedef struct plan_row {
    plan_row_kind kind;
    size_t index; /* value, column or candidate */
    size_t group;
    size_t limit; /* TDO_NONE: of the values */
    double scale;
    double lower, upper; /* scaled */
    size_t low, high;    /* extra columns that it holds: less low, less high; a gap row: high less
                            low. TDO_NONE: none */
} plan_row;

/* A column beside the proposals: the least value, the ends of a gap. */
typedef struct plan_extra {
    double cost, lower, upper;
} plan_extra;

typedef struct plan_rows {
    plan_row *row; /* [n] */
    size_t n;
    plan_extra *extra; /* [n_extra] */
    size_t n_extra;
} plan_rows;

TDO_MUST_USE tdo_status plan_rows_make(const plan_frame *f, plan_rows *out);

/* What sums are in a row, scaled. */
double plan_row_of(const plan_frame *f, const plan_row *r, const double *sums);

/* An LP with the rows and the extra columns, the rows less what they have already (base: sums;
 * NULL: nothing), times `times`. Errors: TDO_E_MEMORY, TDO_E_INPUT. */
TDO_MUST_USE tdo_status plan_rows_program(const plan_frame *f, const plan_rows *rows,
                                          const double *base, double times, tdo_lp **out,
                                          tdo_error *err);

/* Prices at multipliers y: [n] of the rows; cost: 1, or 0 where only limits count. */
void plan_rows_prices(const plan_frame *f, const plan_rows *rows, const double *y, double cost,
                      plan_prices *out);

/* The most that rows and extra columns allow at y, which is turned to the signs that rows allow.
 * With the worth of all blocks it bounds every plan (weak duality). */
double plan_rows_bound(const plan_rows *rows, double *y);

/* ---- prove.c ---- */

/* What multipliers of the rows prove of all plans: [rows], of signs that the rows allow; cost: 1,
 * or 0 where only limits count. choice: [segments] the plan, or NULL. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_prove(const plan_frame *f, const plan_rows *rows, const double *y,
                                   double cost, const uint32_t *choice, tdo_plan_proof *out);

/* ---- corner.c ---- */

/* Somebody's share of the segments of a block. */
typedef struct plan_active {
    size_t block;
    double share;
    const double *y;  /* [rows] the multipliers at which it was priced; NULL: a single candidate, */
    size_t candidate; /*   which is this */
    double cost;      /* of y: 1, or 0 where only limits counted */
} plan_active;

/* The plan of the active proposals ([n] by block), as a corner. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_corner(const plan_frame *f, const plan_rows *rows,
                                    const plan_active *active, size_t n, tdo_plan_solution *out,
                                    tdo_error *err);

#endif
