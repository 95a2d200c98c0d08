/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: which weights choose which point. A point is the best between the weights
 * of its faces (and of those that are open), for it is at each of them; what lies between them is
 * its part of all weights. Where these parts add to 1 there are no other weights. Faces are proven,
 * and what the best of all splits has is convex in the weights: so between them it is no more than
 * the points have, or by no more than beyond the open ones. */
#include "resplit/cell_size.h"

#include <math.h>

#define MOST_WORK 5e8 /* list entries looked at */

static const double near_enough = 1e-9; /* of values in [0, 1], and of shares of weights */

/* Is a point above the level of the one that is said to be the best? */
typedef struct rival {
    const verify_hull *h;
    const double *weight;
    size_t p;
    size_t by;
} rival;

static bool may_be_better(const void *user, const double *gain)
{
    const rival *r = user;
    double lead = 0;
    for (size_t k = 0; k < r->h->axes; k++)
        lead += r->weight[k] * (gain[k] / r->h->unit[k] - verify_hull_value(r->h, r->p, k));
    return lead > near_enough;
}

static bool is_no_better(void *user, uint32_t q)
{
    rival *r = user;
    r->by = q;
    return !may_be_better(r, r->h->gain + q * r->h->axes);
}

/* No point is better at its weights. */
static bool check_best(const verify_hull *h, verify_node *point, size_t p)
{
    verify_job *j = h->m->k->j;
    verify_node *weights = verify_get(point, "weights");
    rival r = {.h = h, .weight = h->weight + p * h->axes, .p = p};
    return verify_boxes_visit(&h->boxes, &(verify_visit){may_be_better, is_no_better, &r})
               ? claim_holds_all(j, weights)
               : claim_fails(j, weights, "point %zu is better at these", r.by);
}

/* *known: all parts were found, and leave nothing out. */
static bool check_parts(verify_hull *h, const verify_node *list, bool *known)
{
    verify_job *j = h->m->k->j;
    verify_cells c;
    double sum = 0;
    size_t p = 0;
    if (!verify_cells_make(h, &c))
        return false;
    c.work = MOST_WORK;
    for (verify_node *x = list->first; x && *known; x = x->next, p++) {
        double size = 0;
        if (h->on_face[p] == 0)
            return claim_fails(j, x, "it lies on no face");
        if (!verify_cell_size(&c, p, &size)) {
            *known = false;
            return j->status == TDO_OK;
        }
        if (fabs(size - h->share[p]) > VERIFY_TIE)
            return claim_fails(j, verify_get(x, "weight_share"), "it is another share");
        (void)claim_holds(j, verify_get(x, "weight_share"));
        sum += size;
    }
    return h->points == 0 || fabs(sum - 1) <= near_enough ||
           claim_fails(j, list, "faces are missing: these hold %.17g of all weights", sum);
}

bool verify_check_cells(verify_hull *h, const verify_node *node)
{
    verify_job *j = h->m->k->j;
    verify_node *gap = claim_child(j, node, "gap"), *complete = claim_child(j, node, "complete");
    const verify_node *list = verify_get(node, "points");
    bool known = h->complete || h->open > 0;
    size_t p = 0;
    if (!gap || !complete)
        return false;
    for (verify_node *x = list->first; x; x = x->next, p++)
        if (!check_best(h, x, p))
            return false;
    if (h->complete && h->open > 0)
        return claim_fails(j, verify_get(node, "open"), "it is complete");
    if (!h->complete && !(h->open > 0) && gap->kind != VERIFY_NULL)
        return claim_fails(j, gap, "nothing says where it is");
    if (known && !check_parts(h, list, &known))
        return false;
    return !known || (claim_bool(j, complete, h->complete) && claim_number(j, gap, h->beyond));
}
