/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: its faces are proven in whole numbers, over everybody who takes part. */
#include "resplit/hull.h"

#include <math.h>
#include <string.h>

/* The proof of a face: weights, then multipliers of the limits, and the most. */
typedef struct certificate {
    verify_hull *h;
    const verify_node *node;
    mpq_t *number;           /* [axes + bounds] */
    double *rough;           /* [axes + bounds] the same as doubles, */
    double most_rough, size; /* the most, and how large what is added up is */
    mpq_t most;
    double level;   /* what the points on it have */
    uint32_t *seen; /* [points] 1 + the number of the last face that lists it */
    uint32_t at;    /* 1 + this one's */
    size_t other;   /* a point on it that it does not list */
} certificate;

/* W times gain, L times how far each limit is exceeded: room[0] gets what is beyond `most`. */
static void add_exactly(const verify_hull *h, const certificate *c, size_t q)
{
    const verify_split *m = h->m;
    mpq_t *room = m->k->w->room;
    mpq_neg(room[0], c->most);
    for (size_t k = 0; k < h->axes; k++) {
        const size_t i = m->candidate[q];
        if (h->people) {
            mpq_set_d(room[1], verify_hull_gain(h, k, q));
        } else {
            const verify_criterion *of = &m->k->w->criterion[h->axis[k]];
            const verify_number x = verify_reading(m->k->w, h->axis[k], i);
            mpq_set_ui(room[1], 0, 1);
            verify_add(room[1], 1, x, room[2]);
            verify_set_decimal(room[2], of->goal == VERIFY_NEARER ? of->target : 0);
            mpq_sub(room[1], room[1], room[2]);
            if (of->goal == VERIFY_NEARER)
                mpq_abs(room[1], room[1]);
            if (of->goal != VERIFY_MORE)
                mpq_neg(room[1], room[1]);
        }
        mpq_mul(room[1], room[1], c->number[k]);
        mpq_add(room[0], room[0], room[1]);
    }
    for (size_t b = 0; b < m->bounds; b++) {
        if (m->bound[b].each)
            continue;
        mpq_set_ui(room[1], 0, 1);
        verify_add(room[1], m->bound[b].sign, verify_bound_number(m, &m->bound[b], q), room[2]);
        verify_set_decimal(room[2], m->bound[b].sign * m->bound[b].is);
        mpq_sub(room[1], room[1], room[2]);
        mpq_mul(room[1], room[1], c->number[h->axes + b]);
        mpq_sub(room[0], room[0], room[1]);
    }
}

/* The sum of the first n multipliers times x. */
static double add_roughly(const certificate *c, const double *x, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += c->rough[k] * x[k];
    return sum;
}

/* Is it, or somebody in the box below it, perhaps beyond? */
static bool may_be_beyond(const void *user, const double *x)
{
    const certificate *c = user;
    return add_roughly(c, x, c->h->all_boxes.d) - c->most_rough >= -1e-13 * c->size;
}

static bool is_not_beyond(void *user, uint32_t q)
{
    certificate *c = user;
    const verify_split *m = c->h->m;
    if (!may_be_beyond(c, c->h->all + q * c->h->all_boxes.d))
        return true;
    add_exactly(c->h, c, q);
    if (mpq_sgn(m->k->w->room[0]) > 0 &&
        (!c->h->people || mpq_get_d(m->k->w->room[0]) > VERIFY_TIE * c->size))
        return claim_fails(m->k->j, c->node, "\"%s\" is beyond it", m->k->w->id[m->candidate[q]]);
    return true;
}

static bool read_digits(verify_hull *h, const verify_node *x, mpq_t out)
{
    const size_t n = x && x->kind == VERIFY_TEXT ? strlen(x->text) : 0;
    const bool whole = n > 0 && strspn(x->text, "-0123456789") == n;
    return (whole && verify_read_rational(x->text, n, out)) ||
           (x && claim_fails(h->m->k->j, x, "it is no whole number"));
}

static bool read_certificate(const verify_node *node, certificate *c)
{
    verify_hull *h = c->h;
    verify_job *j = h->m->k->j;
    const verify_node *weights = claim_child(j, node, "weights");
    const verify_node *limits = claim_child(j, node, "limits"), *x = NULL;
    const size_t n = h->axes + h->m->bounds;
    if (!weights || !limits || !claim_length(j, weights, h->axes) ||
        !claim_length(j, limits, h->m->bounds) ||
        !read_digits(h, claim_child(j, node, "most"), c->most))
        return false;
    c->node = node;
    c->most_rough = mpq_get_d(c->most);
    c->size = fabs(c->most_rough);
    x = limits->first;
    for (size_t k = 0; k < n; k++) {
        const verify_node *of = k < h->axes ? claim_child(j, weights, verify_hull_axis(h, k)) : x;
        if (!read_digits(h, of, c->number[k]))
            return false;
        if (mpq_sgn(c->number[k]) < 0)
            return claim_fails(j, of, "it is below 0");
        c->rough[k] = mpq_get_d(c->number[k]);
        c->size += c->rough[k] * (k < h->axes ? h->size[k] : h->bound_size[k - h->axes]);
        x = k < h->axes ? x : x->next;
    }
    return true;
}

/* Its weights are those of the certificate, on values, and are kept as those are. */
static bool check_weights(verify_node *node, const certificate *c, size_t at)
{
    verify_hull *h = c->h;
    verify_job *j = h->m->k->j;
    double *weight = h->face_weight + at * h->axes;
    const double sum = add_roughly(c, h->unit, h->axes);
    bool strict = true;
    verify_node *own = claim_child(j, node, "weights");
    if (!verify_hull_weights(h, own, weight))
        return false;
    for (size_t k = 0; k < h->axes; k++) {
        const double is = c->rough[k] * h->unit[k] / sum;
        strict = strict && c->rough[k] > 0;
        if (!(fabs(weight[k] - is) <= VERIFY_TIE))
            return claim_fails(j, own, "the certificate has others");
        weight[k] = is;
    }
    return claim_holds_all(j, own) && claim_bool_at(j, node, "strict", strict);
}

/* ---- points ---- */

static bool may_be_higher(const void *user, const double *x)
{
    const certificate *c = user;
    return add_roughly(c, x, c->h->axes) > c->level;
}

static bool raise_level(void *user, uint32_t p)
{
    certificate *c = user;
    c->level = fmax(c->level, add_roughly(c, c->h->gain + p * c->h->axes, c->h->axes));
    return true;
}

/* Of an open one: its points have the most of all points, and so much less than may be had. */
static bool check_beyond(const verify_node *node, certificate *c)
{
    verify_hull *h = c->h;
    verify_job *j = h->m->k->j;
    verify_node *beyond = claim_child(j, node, "beyond");
    const double unit = add_roughly(c, h->unit, h->axes);
    c->level = -INFINITY;
    (void)verify_boxes_visit(&h->boxes, &(verify_visit){may_be_higher, raise_level, c});
    const double is = (c->most_rough - c->level) / unit;
    if (!beyond)
        return false;
    if (beyond->kind != VERIFY_NUMBER || !(beyond->number > 0) ||
        !(fabs(beyond->number - is) <= VERIFY_TIE + 1e-15 * c->size / unit))
        return claim_fails(j, beyond, "its points have less by %.17g", is);
    h->beyond = fmax(h->beyond, beyond->number);
    return claim_holds(j, beyond);
}

/* How far a point is from the face, in units of what that is made of: what its split has there,
 * whatever room it leaves under the limits. */
static double distance_to(const certificate *c, const double *gain)
{
    return (c->level - add_roughly(c, gain, c->h->axes)) / c->size;
}

static const double rounding = 2e-15; /* of a point on the face */

static bool may_touch(const void *user, const double *x)
{
    return distance_to(user, x) <= rounding;
}

static bool is_listed(void *user, uint32_t p)
{
    certificate *c = user;
    c->other = p;
    return c->seen[p] == c->at || !(fabs(distance_to(c, c->h->gain + p * c->h->axes)) <= rounding);
}

/* Points ascend, all lie on the face, and none that does is missing. */
static bool check_points(const verify_node *list, certificate *c)
{
    verify_hull *h = c->h;
    verify_job *j = h->m->k->j;
    double next = 0;
    for (const verify_node *x = list->first; x; x = x->next) {
        if (x->kind != VERIFY_NUMBER || x->number < next || x->number >= (double)h->points ||
            floor(x->number) < x->number)
            return claim_fails(j, x, "there is no such point, or it does not stand here");
        const size_t p = (size_t)x->number;
        if (!(fabs(distance_to(c, h->gain + p * h->axes)) <= 1e-11))
            return claim_fails(j, x, "it does not lie on this face");
        c->seen[p] = c->at;
        h->on_face[p]++;
        next = x->number + 1;
    }
    if (!verify_boxes_visit(&h->boxes, &(verify_visit){may_touch, is_listed, c}))
        return claim_fails(j, list, "point %zu lies on this face, too", c->other);
    return list->n > 0 || claim_fails(j, list, "it has no points");
}

/* ---- faces ---- */

/* By their points, shorter lists first; where these are the same the weights differ. */
static bool stands_behind(const verify_hull *h, size_t at)
{
    const double *weight = h->face_weight + at * h->axes;
    const verify_node *x = h->face_points[at - 1]->first, *y = h->face_points[at]->first;
    for (; x && y; x = x->next, y = y->next)
        if (x->number < y->number || x->number > y->number)
            return x->number < y->number;
    if (x || y)
        return !x;
    for (size_t k = 0; k < h->axes; k++, weight++)
        if (weight[0] < *(weight - h->axes) || weight[0] > *(weight - h->axes))
            return true;
    return false;
}

static bool check_face(verify_node *node, certificate *c, bool open)
{
    verify_hull *h = c->h;
    verify_job *j = h->m->k->j;
    const size_t at = c->at++;
    verify_node *proof = claim_child(j, node, "certificate"), *list = verify_get(node, "points");
    if (!proof || !list || !read_certificate(proof, c) || !check_weights(node, c, at) ||
        !verify_boxes_visit(&h->all_boxes, &(verify_visit){may_be_beyond, is_not_beyond, c}))
        return false;
    h->face_points[at] = list;
    c->level = c->most_rough;
    if (!(open ? check_beyond(node, c) : claim_absent(j, node, "beyond")) || !check_points(list, c))
        return false;
    if (at > 0 && at != h->faces && !stands_behind(h, at))
        return claim_fails(j, node, "it does not stand here, or twice");
    return claim_holds_all(j, list) && claim_holds_all(j, proof);
}

bool verify_check_faces(verify_hull *h, const verify_node *list, const verify_node *open)
{
    verify_job *j = h->m->k->j;
    const size_t n = h->axes + h->m->bounds;
    certificate c = {.h = h};
    uint32_t *row = NULL;
    bool good = VERIFY_ROOM(j, c.number, n) && VERIFY_ROOM(j, c.rough, n) &&
                VERIFY_ROOM(j, c.seen, h->points) && VERIFY_ROOM(j, row, h->points);
    mpq_init(c.most);
    for (size_t k = 0; k < n && good; k++)
        mpq_init(c.number[k]);
    for (size_t p = 0; p < h->points && good; p++)
        row[p] = (uint32_t)p;
    const bool made = good;
    good = good && verify_boxes_make(j, h->gain, row, h->points, h->axes, &h->boxes);
    for (verify_node *x = list->first; x && good; x = x->next)
        good = check_face(x, &c, false);
    for (verify_node *x = open ? open->first : NULL; x && good; x = x->next)
        good = check_face(x, &c, true);
    mpq_clear(c.most);
    for (size_t k = 0; k < n && made; k++)
        mpq_clear(c.number[k]);
    return good;
}
