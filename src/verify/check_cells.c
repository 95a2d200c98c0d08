/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: which weights choose which point. On two and three axes the weights that
 * choose a point are cut out of all weights; each corner of them has to be a face with that point
 * on it. Faces are proven, and what is best on average is convex in the weights: so no point is
 * missing in between. On more axes, and where there is too much to look at, that is not found, and
 * "complete" stays unchecked. */
#include "verify/hull.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST_CORNERS = 400, MOST_SHOWN = 12, MOST_PAIRS = 50000000 };

static const double near_enough = 1e-9; /* of values in [0, 1], and of shares of weights */
static const double level = 1e-14;      /* values that are the same but for rounding */
static const double slack = 1e-13;      /* what two ways to the same value may differ by */

static double value_of(const verify_hull *h, size_t p, size_t k)
{
    return h->gain[p * h->axes + k] / h->unit[k];
}

/* weight . (value of p - value of q) */
static double lead(const verify_hull *h, const double *weight, size_t p, size_t q)
{
    double sum = 0;
    for (size_t k = 0; k < h->axes; k++)
        sum += weight[k] * (value_of(h, p, k) - value_of(h, q, k));
    return sum;
}

/* ---- cells ---- */

/* Weights that choose a point: corners in order. */
typedef struct weight_cell {
    size_t n;
    double off; /* what rounding may move a corner by */
    double at[MOST_CORNERS][3];
} weight_cell;

static bool is_worse_somewhere(const verify_hull *h, const weight_cell *c, size_t p, size_t q)
{
    for (size_t a = 0; a < c->n; a++)
        if (lead(h, c->at[a], p, q) < -level)
            return true;
    return false;
}

/* What is left where point p is no worse than q. False: too many corners. */
static bool cut(const verify_hull *h, weight_cell *c, size_t p, size_t q)
{
    double most = 1;
    if (!is_worse_somewhere(h, c, p, q))
        return true;
    weight_cell left = {.off = c->off};
    for (size_t k = 0; k < h->axes; k++)
        most = fmax(most, h->size[k] / h->unit[k]);
    for (size_t a = 0; a < c->n; a++) {
        const size_t b = (a + 1) % c->n;
        const double x = lead(h, c->at[a], p, q), y = lead(h, c->at[b], p, q);
        if (left.n + 2 > MOST_CORNERS)
            return false;
        if (x >= -level)
            memcpy(left.at[left.n++], c->at[a], sizeof *left.at);
        if ((x < -level && y > level) || (x > level && y < -level)) {
            for (size_t k = 0; k < h->axes; k++)
                left.at[left.n][k] = (c->at[a][k] * y - c->at[b][k] * x) / (y - x);
            left.n++;
            left.off = fmax(left.off, c->off + 4 * DBL_EPSILON * most / fabs(y - x));
        }
    }
    *c = left;
    return true;
}

/* The part of all weights. */
static double size_of(const verify_hull *h, const weight_cell *c)
{
    double sum = 0;
    if (h->axes == 2)
        return c->n < 2 ? 0 : fabs(c->at[0][0] - c->at[1][0]);
    for (size_t a = 0; a < c->n; a++) {
        const double *x = c->at[a], *y = c->at[(a + 1) % c->n];
        sum += x[0] * y[1] - x[1] * y[0];
    }
    return fabs(sum); /* of a triangle of size 1 / 2 */
}

/* Is there a face with p on it at these weights? */
static bool has_face(const verify_hull *h, const size_t *faces, size_t n, const double *weight)
{
    for (size_t f = 0; f < n; f++) {
        double off = 0;
        for (size_t k = 0; k < h->axes; k++)
            off = fmax(off, fabs(h->face_weight[faces[f] * h->axes + k] - weight[k]));
        if (off <= 1e-6)
            return true;
    }
    return false;
}

static weight_cell all_weights(const verify_hull *h)
{
    weight_cell c = {.n = h->axes};
    for (size_t k = 0; k < h->axes; k++)
        c.at[k][k] = 1;
    return c;
}

/* faces: [n] those of point p. *known false: it was not found. */
static bool check_cell(verify_hull *h, verify_node *point, size_t p, const size_t *faces, size_t n,
                       bool *known)
{
    verify_job *j = h->m->k->j;
    weight_cell c = all_weights(h);
    *known = true;
    for (size_t q = 0; q < h->points && !h->complete && *known; q++)
        *known = q == p || cut(h, &c, p, q);
    for (size_t f = 0; f < n && h->complete && *known; f++)
        for (const verify_node *x = h->face_points[faces[f]]->first; x && *known; x = x->next)
            *known = (size_t)x->number == p || cut(h, &c, p, (size_t)x->number);
    if (!*known)
        return true;
    const double size = size_of(h, &c), off = VERIFY_TIE + 4 * (double)c.n * c.off;
    if (fabs(size - h->share[p]) > fmin(off, near_enough))
        return claim_fails(j, verify_get(point, "weight_share"), "it is another share");
    (void)claim_holds(j, verify_get(point, "weight_share"));
    for (size_t a = 0; a < c.n && h->complete && size > 1e-6; a++)
        if (!has_face(h, faces, n, c.at[a]))
            return claim_fails(j, point, "a face of it is missing");
    return true;
}

/* No point that shares a face with it is better at its weights. */
static bool check_best(verify_hull *h, verify_node *point, size_t p, const size_t *faces, size_t n)
{
    for (size_t f = 0; f < n; f++)
        for (const verify_node *x = h->face_points[faces[f]]->first; x; x = x->next)
            if (lead(h, h->weight + p * h->axes, p, (size_t)x->number) < -near_enough)
                return claim_fails(h->m->k->j, verify_get(point, "weights"),
                                   "point %zu is better at these", (size_t)x->number);
    return claim_holds_all(h->m->k->j, verify_get(point, "weights"));
}

/* The faces of each point, one behind the other. */
static bool list_faces(verify_hull *h, size_t **first, size_t **face, size_t *pairs)
{
    size_t total = 0;
    for (size_t p = 0; p < h->points; p++)
        total += h->on_face[p];
    if (!VERIFY_ROOM(h->m->k->j, *first, h->points + 1) ||
        !VERIFY_ROOM(h->m->k->j, *face, total + 1))
        return false;
    for (size_t p = 0; p < h->points; p++)
        (*first)[p + 1] = (*first)[p] + h->on_face[p];
    for (size_t f = h->faces; f-- > 0;) {
        *pairs += h->face_points[f]->n * h->face_points[f]->n;
        for (const verify_node *x = h->face_points[f]->first; x; x = x->next) {
            const size_t p = (size_t)x->number;
            (*face)[(*first)[p] + --h->on_face[p]] = f;
        }
    }
    return true;
}

/* *all: what is missing would have been noticed. */
static bool check_cells(verify_hull *h, const verify_node *node, bool *all)
{
    size_t *first = NULL, *face = NULL, pairs = 0, p = 0;
    double sum = 0;
    const verify_node *list = verify_get(node, "points");
    if (!list_faces(h, &first, &face, &pairs))
        return false;
    if (!h->complete)
        pairs += h->points * h->points;
    *all = h->axes <= 3 && pairs <= MOST_PAIRS;
    for (verify_node *x = list->first; x; x = x->next, p++) {
        const size_t n = first[p + 1] - first[p];
        bool known = true;
        sum += h->share[p];
        if (h->complete && n == 0)
            return claim_fails(h->m->k->j, x, "it lies on no face");
        if (pairs > MOST_PAIRS)
            continue;
        if (!check_best(h, x, p, face + first[p], n) ||
            (h->axes <= 3 && !check_cell(h, x, p, face + first[p], n, &known)))
            return false;
        *all = *all && known;
    }
    return h->points == 0 || fabs(sum - 1) <= near_enough ||
           claim_fails(h->m->k->j, list, "the shares of all weights do not add to 1");
}

/* ---- what is shown ---- */

typedef struct shown_cover {
    verify_hull *h;
    double *has;  /* [points] at some weights */
    double *away; /* [points] from the nearest one picked */
} shown_cover;

static void pick(shown_cover *c, size_t p)
{
    for (size_t q = 0; q < c->h->points; q++) {
        double far = 0;
        for (size_t k = 0; k < c->h->axes; k++)
            far = fmax(far, fabs(value_of(c->h, p, k) - value_of(c->h, q, k)));
        c->away[q] = fmin(c->away[q], far);
    }
}

/* What a stakeholder's weights are on the axes; false: they look at none. */
static bool weights_of(const verify_hull *h, size_t who, double *weight)
{
    double sum = 0;
    for (size_t k = 0; k < h->axes; k++) {
        weight[k] = h->people ? h->axis[k] == who : h->m->k->w->person[who].weight[h->axis[k]];
        sum += weight[k];
    }
    return sum > 0;
}

static double largest(const shown_cover *c, const double *of)
{
    double most = -INFINITY;
    for (size_t p = 0; p < c->h->points; p++)
        most = fmax(most, of[p]);
    return most;
}

/* Is p the first of those that tie with the largest? What rounding leaves open may be. */
static bool is_first_largest(const shown_cover *c, const double *of, size_t p)
{
    const double least = largest(c, of) - VERIFY_TIE;
    for (size_t q = 0; q < p; q++)
        if (of[q] > least + slack)
            return false;
    return of[p] >= least - slack;
}

/* The point that is best for these weights, is it shown: here, or before? */
static bool is_shown(const shown_cover *c, const double *weight, verify_node **at)
{
    const verify_hull *h = c->h;
    for (size_t p = 0; p < h->points; p++)
        c->has[p] = lead(h, weight, p, 0);
    if (*at && c->away[(size_t)(*at)->number] > 0 &&
        is_first_largest(c, c->has, (size_t)(*at)->number)) {
        *at = (*at)->next;
        return true;
    }
    for (size_t p = 0; p < h->points; p++)
        if (!(c->away[p] > 0) && is_first_largest(c, c->has, p))
            return true;
    return false;
}

/* First the best of each stakeholder, then whoever is farthest from those. */
static bool check_shown(verify_hull *h, const verify_node *node)
{
    verify_job *j = h->m->k->j;
    verify_node *list = claim_child(j, node, "shown"), *at = list ? list->first : NULL;
    shown_cover c = {.h = h};
    double weight[VERIFY_MOST_AXES];
    if (!list || !VERIFY_ROOM(j, c.has, h->points) || !VERIFY_ROOM(j, c.away, h->points))
        return false;
    for (size_t p = 0; p < h->points; p++)
        c.away[p] = INFINITY;
    for (const verify_node *x = at; x; x = x->next)
        if (x->kind != VERIFY_NUMBER || !(x->number >= 0) || !(x->number < (double)h->points) ||
            floor(x->number) < x->number)
            return claim_fails(j, x, "there is no such point");
    for (size_t who = 0; who < h->m->k->w->people && h->points > 0; who++) {
        const verify_node *before = at;
        if (!weights_of(h, who, weight) || (!at && list->n == MOST_SHOWN))
            continue;
        if (!is_shown(&c, weight, &at))
            return claim_fails(j, list, "the best of \"%s\" is not there",
                               h->m->k->w->person[who].id);
        if (before != at)
            pick(&c, (size_t)before->number);
    }
    for (; at; at = at->next) {
        if (!(c.away[(size_t)at->number] > VERIFY_TIE - slack) ||
            !is_first_largest(&c, c.away, (size_t)at->number))
            return claim_fails(j, at,
                               "another one is farther from those before, or stands before it");
        pick(&c, (size_t)at->number);
    }
    const double error = h->points > 0 ? largest(&c, c.away) : 0;
    if (list->n > MOST_SHOWN || (list->n < MOST_SHOWN && error > VERIFY_TIE + slack))
        return claim_fails(j, list, "these are too many, or too few");
    return claim_holds_all(j, list) && claim_number_at(j, node, "shown_error", error);
}

bool verify_check_cells(verify_hull *h, const verify_node *node)
{
    verify_job *j = h->m->k->j;
    verify_node *gap = claim_child(j, node, "gap"), *complete = claim_child(j, node, "complete");
    bool all = false;
    if (!gap || !complete || !check_cells(h, node, &all) || !check_shown(h, node))
        return false;
    if (!h->complete)
        return gap->kind != VERIFY_NUMBER || gap->number > 0 ||
               claim_fails(j, complete, "where nothing can be better, nothing is missing");
    return !all || (claim_bool(j, complete, true) && claim_number(j, gap, 0));
}
