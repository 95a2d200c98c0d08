/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The faces of the points found so far, as rays of a cone: of all (w, a) with w >= 0 and w . y >= a
 * for each point y. By double description (Motzkin et al. 1953) in whole numbers. Most faces hold
 * more points than they need to, so neighbours are told by the points they share, never by a
 * tolerance (Fukuda and Prodon 1996). */
#ifndef TRADEOFF_HULL_RAYS_H
#define TRADEOFF_HULL_RAYS_H

#include "exact/divisor.h"
#include "hull/hull.h"

/* Inequalities: k < d is w[k] >= 0; d + v is that of point v. */
typedef struct hull_ray {
    exact_num *at;   /* [d + 1] w, then a; whole numbers without a common divisor */
    uint32_t *tight; /* [n] inequalities that hold with equality, ascending */
    uint32_t n, room;
    bool dead;
    bool down;                   /* w is 0: no face */
    const exact_num *multiplier; /* of the face that this is; NULL: not yet proven to be one */
    const exact_num *bound; /* the same for what may lie beyond it, where the search ended first */
    double beyond;          /* how far, in units */
} hull_ray;

/* Rays with equality in an inequality; dead ones may be among them. */
typedef struct hull_ray_list {
    uint32_t *ray; /* [n] */
    size_t n, room;
} hull_ray_list;

typedef struct hull_rays {
    size_t d;
    exact_arith *A;
    tdo_arena *a;
    exact_divisor divisor;
    hull_ray *ray;
    double *near;      /* [count x (d + 1)] of the rays, scaled */
    signed char *side; /* [count] of the inequality that is put in */
    uint32_t *common;  /* [count] inequalities shared with the ray looked at */
    uint32_t *dot_of;  /* [count] 1 + which exact product is its own; 0: none yet */
    size_t count, dead, room;
    size_t next;       /* rays before it are proven or dead */
    hull_ray_list *on; /* [inequalities] */
    size_t inequalities;
    exact_num *row; /* [d + 1] the inequality that is put in */
    double near_row[HULL_AXES + 1];
    exact_num **dot; /* [dots_room] products with it */
    size_t dots, dots_room;
    uint32_t *outside, *touched, *shared; /* lists of rays, of rays, of inequalities */
    exact_num *between;                   /* [d + 1] */
    exact_num *scratch;                   /* [2] */
    uint64_t steps;
} hull_rays;

TDO_MUST_USE tdo_status hull_rays_make(hull_rays *w, size_t d, exact_arith *A, tdo_arena *a);
/* Puts in the next point, numerators at over whole. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status hull_rays_add(hull_rays *w, const exact_num *at, const exact_num *whole);

/* Copies of n numbers, each with just the limbs it needs. NULL when memory is out. */
exact_num *hull_keep(const exact_num *x, size_t n, tdo_arena *a);

#endif
