/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which weights choose each point: cells of the simplex of weights, whose corners are faces. */
#ifndef TRADEOFF_HULL_CELLS_H
#define TRADEOFF_HULL_CELLS_H

#include "hull/rays.h"

/* corner: [count x d] weights of each ray, sum 1 (of the one down: unused).
 * part: [points] of all weights. center: [points x d] the mean of a cell's corners. */
TDO_MUST_USE tdo_status hull_cells(const hull_rays *w, const double *corner, double *part,
                                   double *center);

#endif
