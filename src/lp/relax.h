/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An LP without whole numbers, from a form to an answer that passed the check. All of the
 * minimisation, in the arena given. */
#ifndef TRADEOFF_LP_RELAX_H
#define TRADEOFF_LP_RELAX_H

#include "lp/certificate.h"
#include "lp/exact.h"
#include "lp/simplex.h"

typedef struct lp_answer {
    tdo_lp_outcome outcome;
    double objective;
    double *x, *y, *reduced, *activity; /* NULL: does not apply */
    double *farkas, *ray;
    size_t ties, degenerate;
    tdo_lp_certificate certificate;
    lp_scales scales;
    uint32_t iterations, pivots, attempts;
    double seconds;
    double bound;    /* of an integer program: nothing is better; NaN: not known */
    uint32_t nodes;  /* of its searches */
    uint64_t work;   /* of the judge, whatever came of it */
    lp_exact *exact; /* the judge at its end, where it is what proves the answer (to price more
                        columns with); to be freed with lp_answer_free */
} lp_answer;

typedef struct lp_task {
    const lp_form *form;
    const tdo_lp_options *options; /* without zeros */
    uint8_t *place;                /* [n + m] in (where warm) and out */
    bool warm;
    bool dual_first; /* the basis is dual feasible: only bounds have changed */
    bool settled;    /* GLPK calls the basis optimal already: the judge is asked before GLPK */
} lp_task;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_relax(const lp_task *t, tdo_arena *a, lp_answer *out, tdo_error *err);
void lp_answer_free(lp_answer *x);

/* Nothing to pivot on; GLPK ends the process over some of these. */
bool lp_is_trivial(const lp_form *f);

/* The options with their defaults. Errors: TDO_E_INPUT. */
TDO_MUST_USE tdo_status lp_take_options(const tdo_lp_options *given, tdo_lp_options *out,
                                        tdo_error *err);

/* lp->place arrays from and to one array of n + m. */
uint8_t *lp_last_places(const tdo_lp *lp, tdo_arena *a);
void lp_keep_places(tdo_lp *lp, const uint8_t *place);

/* Copies an answer to the caller's arena, in the caller's sense. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_publish(const lp_form *f, const lp_answer *x, const uint8_t *place,
                                   tdo_arena *a, tdo_lp_solution *out, tdo_error *err);

/* ---- the parts of lp_relax ---- */

/* A Farkas vector of an LP that GLPK calls infeasible: the duals of the LP that breaks its rows
 * as little as possible. y: [m]. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status lp_elastic(const lp_task *t, tdo_arena *a, double *y, bool *found,
                                   lp_answer *count);

/* An integer program. Errors: as lp_relax, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status lp_solve_integer(const lp_task *t, const bool *integer, tdo_arena *a,
                                         lp_answer *x, tdo_error *err);

#endif
