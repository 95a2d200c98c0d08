/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mix as one program with a column for each candidate: where models are counted, where criteria
 * mix "worst", and for writing it out. */
#ifndef TRADEOFF_MIX_PROGRAM_H
#define TRADEOFF_MIX_PROGRAM_H

#include "mix/mix.h"

/* A criterion that mixes "worst": its value is that of the highest level whose candidates are not
 * used lower down. Level j of K (ascending values) has a column "some share is at j or below"
 * (whole), which the shares up to there force to 1; the value loses the step from j to j + 1 for
 * each. Relaxed, that is the mean of the values, which bounds the worst well. */
typedef struct mix_ladder {
    size_t steps;   /* K - 1 */
    double *value;  /* [K] distinct, ascending */
    uint32_t *rung; /* [n] of each candidate in the program */
    size_t row;     /* its rows start here: value, sums, forcing, order */
    size_t column;  /* its columns: sums, whole ones */
} mix_ladder;

typedef struct mix_program {
    mix_problem *m;
    tdo_lp *lp;
    tdo_arena *a;
    const uint32_t *who; /* [n] participants */
    size_t n;
    bool counts; /* there is a whole column "is used" for each candidate */
    size_t row_t, row_count, row_used, row_least; /* where these rows start */
    size_t col_y, col_t, col_v, col_worst, col_x, col_used;
    mix_ladder *ladder; /* [worst_n] */
} mix_program;

typedef enum mix_program_goal {
    MIX_PROGRAM_VALUE, /* the largest value */
    MIX_PROGRAM_FEWEST /* the fewest candidates */
} mix_program_goal;

/* So many models at most, by max_models and min_share; 0: any number. */
size_t mix_most_models(const tdo_mix_options *o);

/* Everything in a. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status mix_program_make(mix_problem *m, mix_program_goal goal, tdo_arena *a,
                                         mix_program *out, tdo_error *err);

#endif
