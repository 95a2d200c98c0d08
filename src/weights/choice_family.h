/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LPs of choice_lp.c: one for each candidate, which share the frontier as their pool. (Not in
 * the page's engine.) */
#ifndef TRADEOFF_WEIGHTS_CHOICE_FAMILY_H
#define TRADEOFF_WEIGHTS_CHOICE_FAMILY_H

#include "weights/choice_lp.h"

typedef struct choice_family {
    choice_search search;
    double steps; /* that one LP counts: a pivot looks at every row and column, and there are about
                     as many as there are of the fewer; 0: as many as it takes */
    double left;  /* steps for all */
    size_t rows;  /* of the LP. Row 0: shares; then the criteria of each bundle */
    double columns; /* of the LP, with all rivals */
    size_t rivals;
    const uint32_t *rival; /* [rivals] the frontier, best first: no order of rows decides which
                        mixture is found */
    double *value;         /* [d x rivals] theirs */
    const double **entry;  /* [rows] each [rivals]: what they count there; row 0: NULL */
    double *cost;          /* [rivals] from the fixed weights */
    double *priced;        /* [rivals] the same, less what keeps somebody out */
    bool *out;      /* [rivals] kept out of the mixture: the candidate, and who is always tied */
    double *mine;   /* [rows] what the candidate counts there */
    double *lead;   /* [rivals] room */
    tdo_arena *all; /* of what serves every LP */
    tdo_arena *scratch; /* of the present LP */
    tdo_lp *lp;
    tdo_lp_pool *pool;
    size_t added; /* columns taken from the pool */
} choice_family;

/* For all of a search. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status choice_family_make(choice_family *q);
void choice_family_free(choice_family *q);

/* The next questions are about this candidate. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_family_turn_to(choice_family *q, uint32_t slot);

/* Its LP, without those that are kept out. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status choice_family_solve(choice_family *q, tdo_arena *a,
                                            tdo_lp_pool_solution *out);

/* Where an LP of many rows begins: rivals that are likely to be in the mixture are taken, and one
 * of them alone is the first basis. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_family_begin(choice_family *q);

static inline double choice_family_value(const choice_family *q, size_t c, uint32_t slot)
{
    return tdo_value_at(q->search.k->v, c, slot);
}

#endif
