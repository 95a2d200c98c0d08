/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has an error, and who reads it. */
#ifndef TRADEOFF_SAMPLING_NOISE_H
#define TRADEOFF_SAMPLING_NOISE_H

#include "tradeoff/robust.h"

/* A reading moves by the sum of coefficient x error. */
typedef struct noise_use {
    size_t noise;
    double coefficient;
} noise_use;

typedef struct noise_reader {
    noise_use *use; /* [n] */
    size_t n;
} noise_reader;

typedef struct noise_plan {
    tdo_measurement_error *noise; /* [n] of draws: the file of them alone */
    size_t n;
    size_t rows; /* of errors that are drawn: one for each noise; of draws then one for each
                    criterion and one for each limited column */
    noise_reader *criterion; /* [d] */
    noise_reader *limit;     /* [m] what a constraint with bounds reads */
} noise_plan;

/* Whatever has an error that is not 0 for somebody. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_make_plan(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                                        noise_plan *out);

/* The standard error of what is read, of candidate i. */
double noise_se(const noise_plan *p, const noise_reader *r, size_t i);

/* The limits on what has an error, in closed form. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_judge_limits(const tdo_case *k, const noise_plan *p, tdo_arena *a,
                                           tdo_robust *out);

#endif
