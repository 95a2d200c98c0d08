/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a pool, taken round by round into one GLPK problem: loaded and scaled once, and solved
 * on from where it stands. Nothing of it is proven: it finds the columns and the basis that are
 * then proven together. */
#ifndef TRADEOFF_LP_GENERATE_H
#define TRADEOFF_LP_GENERATE_H

#include "lp/price.h"

enum { LP_GENERATE_ADD = 6 }; /* columns taken in a round: more make fewer rounds of larger LPs */

typedef struct lp_generated {
    size_t *candidate; /* [count] to be added to the LP, in this order */
    size_t count;
    uint8_t *place; /* [columns + count + rows] GLPK's optimal basis; NULL: it has none */
    uint32_t rounds, iterations;
    double seconds;
} lp_generated;

/* t: the LP as it is. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_generate(tdo_lp_pool *p, const lp_task *t, tdo_arena *a,
                                    lp_generated *out, tdo_error *err);

#endif
