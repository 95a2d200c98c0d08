/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branch and bound of our own, on LPs that are proven one by one: slower than GLPK's search for
 * each node, but what it says of an integer program holds, and it starts from GLPK's answer. */
#ifndef TRADEOFF_LP_PROVE_H
#define TRADEOFF_LP_PROVE_H

#include "lp/relax.h"

typedef struct lp_proof {
    bool complete; /* the tree is exhausted: best is optimal, or there is no solution */
    bool exact;    /* ... in rational arithmetic throughout */
    double bound;  /* of the minimisation: nothing in the open part of the tree is better */
    uint32_t nodes;
} lp_proof;

/* root: the form with whole bounds; place: its optimal basis. best: the best solution known (x
 * NULL: none); replaced when a better one turns up. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_prove(const lp_task *t, const bool *integer, tdo_arena *a,
                                 lp_answer *best, lp_proof *out, tdo_error *err);

/* Solves t again with the integer columns fixed at what found has there, rounded. NUMERICAL: that
 * is no solution. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_fix_whole(const lp_task *t, const bool *integer, const double *found,
                                     tdo_arena *a, lp_answer *out, tdo_error *err);

#endif
