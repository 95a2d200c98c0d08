/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form as a GLPK problem, and GLPK's simplex on it. */
#ifndef TRADEOFF_LP_LOAD_H
#define TRADEOFF_LP_LOAD_H

#include "lp/simplex.h"

#include <glpk.h>

/* A form inside GLPK: x = 2^x_shift (GLPK's x), costs are 2^-cost_shift (GLPK's costs). */
typedef struct lp_loaded {
    glp_prob *p;
    int x_shift, cost_shift;
} lp_loaded;

/* To be called under the guard. scale: as in lp_way. shift_x: x may be shifted. */
lp_loaded lp_load(const lp_form *f, int scale, bool shift_x);

/* One more column behind the others, x >= 0, at 0. count entries, rows counted from 1, from
 * index[1] and value[1] on; cost of the minimisation. */
void lp_load_column(const lp_loaded *l, int count, const int *index, const double *value,
                    double cost);

/* Puts the places (made fit to the bounds) into GLPK. */
void lp_put_places(glp_prob *p, const lp_form *f, const uint8_t *place);

/* Puts a basis in as the way says: place, or one of GLPK's. */
void lp_put_basis(glp_prob *p, const lp_form *f, lp_way way, const uint8_t *place);

/* From the present basis; from the rows where that is none. */
lp_verdict lp_run_simplex(glp_prob *p, bool dual, const tdo_lp_options *options);

/* place: [columns + rows]. */
void lp_read_places(glp_prob *p, uint8_t *place);
/* y: [rows] duals of the minimisation. */
void lp_read_duals(const lp_loaded *l, double *y);

int lp_milliseconds(double seconds);

#endif
