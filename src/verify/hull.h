/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits, as the result has it: points by their gains (larger is better). */
#ifndef TRADEOFF_VERIFY_HULL_H
#define TRADEOFF_VERIFY_HULL_H

#include "verify/split.h"

enum { VERIFY_MOST_AXES = 6 };

typedef struct verify_hull {
    verify_split *m;
    bool people, complete; /* the axes are stakeholders; nothing is missing */
    size_t axes, axis[VERIFY_MOST_AXES], points, faces;
    double *unit;                /* [axes] what is worth 1 */
    double *size, *bound_size;   /* [axes]; [bounds] how large the numbers there are */
    double *all_gain, *all_over; /* [n x axes]; [n x bounds] of those who may take part */
    double *gain, *over;         /* [points x axes]; [points x bounds] of the splits */
    double *weight, *share; /* [points x axes]; [points] of all weights, those that choose it */
    size_t *on_face;        /* [points] how many faces */
    double *face_weight;    /* [faces x axes] */
    const verify_node **face_points; /* [faces] */
} verify_hull;

const char *verify_hull_axis(const verify_hull *h, size_t k);
double verify_hull_gain(const verify_hull *h, size_t k, size_t q);

/* How far participant q is beyond a bound; 0 for one that binds each. */
static inline double verify_hull_over(const verify_hull *h, size_t b, size_t q)
{
    const verify_side *s = &h->m->bound[b];
    return s->each ? 0 : s->sign * (verify_bound_reading(h->m, s, q) - s->is);
}

/* By axis, none negative, sum 1. */
bool verify_hull_weights(verify_hull *h, verify_node *node, double *weight);

/* The axes that the scenario asks for. */
bool verify_read_axes(verify_hull *h, const verify_node *node);

/* Room for all of it, and what participants have. */
bool verify_make_hull(verify_hull *h);

bool verify_check_faces(verify_hull *h, const verify_node *list);

/* Which weights choose which point, that none is missing (where two or three axes show it), what is
 * shown of them. */
bool verify_check_cells(verify_hull *h, const verify_node *node);

#endif
