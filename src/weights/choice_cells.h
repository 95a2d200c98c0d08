/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells: convex polytopes of group weights, given by their corners and by the facets each corner
 * lies on. Halving one needs no linear program. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_CELLS_H
#define TRADEOFF_WEIGHTS_CHOICE_CELLS_H

#include "weights/choice_lp.h"

enum { CHOICE_CELL_WORDS = 64 }; /* of facets, at most */

/* Is every facet of the second set in the first? */
static inline bool choice_has_all(const uint64_t *on, const uint64_t *of, size_t words)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < words; i++)
        missing |= of[i] & ~on[i];
    return missing == 0;
}

/* ---- cells ---- */

/* Corners of cells, one cell behind the other: a part lies behind the cell it was cut from. */
typedef struct choice_cells {
    size_t width;    /* numbers of a corner */
    size_t rank;     /* dimension of what is cut */
    size_t words;    /* of a corner's facets */
    size_t room;     /* corners */
    double *corner;  /* [room x width] */
    uint64_t *on;    /* [room x words] bit f: the corner lies on facet f */
    double *side;    /* [room] of the plane to cut along; 0 on it */
    uint64_t *where; /* [64 words x room / 64] bit q: corner q of the cell that is cut lies there */
    uint64_t *both;  /* [room / 64] */
    uint64_t *meet;  /* [rank + 2 x room / 64] */
    double steps;    /* left to spend; < 0: too many were needed */
} choice_cells;

typedef struct choice_cell {
    size_t first, count;
} choice_cell;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_cells_make(choice_cells *x, tdo_arena *a);

/* A facet that no corner of the cell lies on; TDO_NONE: there is none left. */
size_t choice_cell_free_facet(choice_cells *x, choice_cell of);

/* The part of a cell where way x side <= 0, way 1 or -1: it has corners on both sides, and the
 * plane becomes its facet of that number. False: no room, or no steps left. */
bool choice_cell_cut(choice_cells *x, choice_cell of, double way, size_t facet, choice_cell *out);

/* ---- hulls ---- */

typedef struct choice_hull {
    size_t rank; /* dimension: 0 is a point */
    size_t corners;
    const uint32_t *corner; /* [corners] which points they are */
    size_t facets, words;
    const uint64_t *on; /* [corners x words] */
} choice_hull;

typedef struct choice_points {
    const double *point; /* [n x width] */
    size_t n, width;     /* n >= 1 */
    size_t active;       /* they are looked at in so many of their first numbers */
} choice_points;

/* The hull of points. *steps: to spend; < 0 afterwards: too many were needed, and out does not
 * hold. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_find_hull(const choice_points *p, tdo_arena *a, double *steps,
                                         choice_hull *out);

/* ---- all the weights that count ---- */

/* The group weights, as a cell. Criteria that cannot decide stand last and are not looked at. */
typedef struct choice_space {
    bool known; /* false: too many corners; then the rest does not hold */
    size_t d, active;
    const uint32_t *criterion; /* [d] which each number of a corner is the weight of */
    const double *corner;      /* [hull.corners x d] */
    choice_hull hull;
} choice_space;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_space_make(const tdo_case *k, const choice_wishes *w, tdo_arena *a,
                                          choice_space *out);

#endif
