/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a part of all weights is: what lies between the corners of a cell. */
#ifndef TRADEOFF_RESPLIT_CELL_SIZE_H
#define TRADEOFF_RESPLIT_CELL_SIZE_H

#include "resplit/hull.h"

/* For each of some things those that touch it: at[first[k]] .. at[first[k + 1] - 1], ascending. */
typedef struct verify_touching {
    size_t *first;
    uint32_t *at;
} verify_touching;

/* A corner is a face of the frontier; a side of it is a point on that, or an axis without weight.
 */
typedef struct verify_cells {
    verify_job *j;
    size_t axes, corners, sides; /* sides: points, then axes */
    const double *corner;        /* [corners x axes] sum 1 */
    verify_touching of_side, of_corner;
    uint32_t *stack; /* of lists */
    size_t top, room;
    double work;                     /* that is left */
    uint32_t apex[VERIFY_MOST_AXES]; /* corners of a simplex */
} verify_cells;

/* Sides and corners of what was checked. */
bool verify_cells_make(verify_hull *h, verify_cells *out);

/* The part of all weights between the corners of point p, whose sides are told by who shares them.
 * false: memory is out, c->work is below 0, or corners are no corners. */
bool verify_cell_size(verify_cells *c, size_t p, double *size);

#endif
