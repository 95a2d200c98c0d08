/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rivals of a candidate in a cell of weights: who is ahead of it, and who behind. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_SIFT_H
#define TRADEOFF_WEIGHTS_CHOICE_SIFT_H

#include "weights/choice_cells.h"

/* What each rival leads by. */
typedef struct choice_leads {
    size_t active;  /* criteria that can decide */
    size_t row;     /* room for rivals, and for seven more */
    double *lead;   /* [active x row] its value less that of the candidate */
    double *middle; /* [row] its score less that of the candidate, at the middle of the cell */
} choice_leads;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_leads_make(size_t rivals, size_t active, tdo_arena *a,
                                          choice_leads *out);

/* By how much it leads at these weights. */
double choice_lead_at(const choice_leads *y, const double *weights, size_t rival);

void choice_swap_rivals(choice_leads *y, size_t i, size_t j);

/* The mean of a cell's corners. */
void choice_find_middle(const choice_cells *x, choice_cell cell, double *middle);

/* Rivals from the first up to `open`. */
typedef struct choice_span {
    size_t from, open;
} choice_span;

/* Of these rivals the undecided ones (ahead at some corner, behind at another) come first: returns
 * where they end. *counted grows by those that are ahead (ahead false: not ahead) at all weights of
 * the cell but a face. */
size_t choice_sift(choice_leads *y, choice_cells *x, choice_cell cell, choice_span span, bool ahead,
                   size_t *counted);

#endif
