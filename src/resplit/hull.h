/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits, as the result has it: points by their gains (larger is better). */
#ifndef TRADEOFF_RESPLIT_HULL_H
#define TRADEOFF_RESPLIT_HULL_H

#include "recount/boxes.h"
#include "resplit/split.h"

enum { VERIFY_MOST_AXES = 6 };

typedef struct verify_hull {
    verify_split *m;
    bool people, complete; /* the axes are stakeholders; nothing is missing */
    size_t axes, axis[VERIFY_MOST_AXES], points;
    size_t faces, open; /* those that are proven; those of the points beyond which there is more */
    double *unit;       /* [axes] what is worth 1 */
    double *size, *bound_size; /* [axes]; [bounds] how large the numbers there are */
    double *all; /* [n x (axes + bounds)] gains of participants, then what they leave of bounds */
    double *gain, *over;    /* [points x axes]; [points x bounds] of the splits */
    double *weight, *share; /* [points x axes]; [points] of all weights, those that choose it */
    verify_boxes all_boxes; /* of all, without those who are barred */
    verify_boxes boxes;     /* of gains of the points */
    size_t *on_face;        /* [points] how many faces, open ones among them */
    double *face_weight;    /* [(faces + open) x axes] */
    const verify_node **face_points; /* [faces + open] */
    double beyond;                   /* the most that is beyond an open one */
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

/* Nothing is beyond them, or beyond those that are open by more than they say. After the points. */
bool verify_check_faces(verify_hull *h, const verify_node *list, const verify_node *open);

/* Which weights choose which point, and that none is missing, or by how much it may be. */
bool verify_check_cells(verify_hull *h, const verify_node *node);

/* What stands for all of them. */
bool verify_check_shown(verify_hull *h, const verify_node *node);

static inline double verify_hull_value(const verify_hull *h, size_t p, size_t k)
{
    return h->gain[p * h->axes + k] / h->unit[k];
}

/* weight . (value of p - value of q) */
static inline double verify_hull_lead(const verify_hull *h, const double *weight, size_t p,
                                      size_t q)
{
    double sum = 0;
    for (size_t k = 0; k < h->axes; k++)
        sum += weight[k] * (verify_hull_value(h, p, k) - verify_hull_value(h, q, k));
    return sum;
}

#endif
