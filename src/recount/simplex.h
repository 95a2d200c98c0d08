/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small linear program: what it finds is a suggestion, whose proof is checked by whoever asks. */
#ifndef TRADEOFF_RECOUNT_SIMPLEX_H
#define TRADEOFF_RECOUNT_SIMPLEX_H

#include "reread/claim.h"

/* maximise cost . x where a x <= limit, x >= 0; limit >= 0, so that 0 is a solution. */
typedef struct verify_program {
    size_t rows, columns;
    const double *a;     /* [rows x columns] */
    const double *limit; /* [rows] */
    const double *cost;  /* [columns] */
    double *x;           /* [columns] the solution */
    double *price;       /* [rows] >= 0: a^T price >= cost, but for rounding */
    bool unbounded;
} verify_program;

/* *work: what is left of it, in numbers looked at. false: memory is out, or there is not enough
 * work. */
bool verify_maximise(verify_job *j, verify_program *p, double *work);

#endif
