/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form as a GLPK problem. */
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

/* Puts the places (made fit to the bounds) into GLPK. */
void lp_put_places(glp_prob *p, const lp_form *f, const uint8_t *place);

int lp_milliseconds(double seconds);

#endif
