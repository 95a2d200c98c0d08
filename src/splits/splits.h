/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the frontier of splits: data.c makes exact columns of axes and limits, src/hull
 * finds the frontier, write.c says it in readings, shown.c picks what stands for all. splits.c is
 * the whole. */
#ifndef TRADEOFF_SPLITS_SPLITS_H
#define TRADEOFF_SPLITS_SPLITS_H

#include "hull/hull.h"
#include "mix/mix.h"
#include "tradeoff/splits.h"

typedef struct splits_problem {
    const mix_problem *m;
    const tdo_split_options *o;
    uint64_t steps; /* at most */
    tdo_arena *a;   /* of the search */
    exact_arith A;
    size_t n;
    uint32_t *who; /* [n] participants, one for each column, in an order that hangs on data only */
    size_t rows;
    size_t *bound;     /* [rows] which bound of the mix each row is */
    int *place;        /* [axes + rows] one unit of a column is 10^place of the reading's */
    exact_num **least; /* [axes] what was taken away from an axis, in its units */
    exact_num *unit;   /* [axes] what is worth 1 */
    exact_num *number; /* [4] scratch */
    hull_columns columns;
} splits_problem;

/* Makes the columns; n is 0 where nobody may take part. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status splits_make(splits_problem *p);
/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status splits_write(splits_problem *p, const hull_result *r, tdo_arena *a,
                                     tdo_splits *out);
/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status splits_show(splits_problem *p, const hull_result *r, tdo_arena *a,
                                    tdo_splits *out);
/* x times 10^places, which may be negative only where the result is a number m x 2^e. */
void splits_scale(exact_arith *A, exact_num *x, int places);

#endif
