/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: its faces are proven in whole numbers, over everybody who takes part. */
#include "verify/hull.h"

#include <math.h>
#include <string.h>

/* The proof of a face: weights, then multipliers of the limits, and the most. */
typedef struct certificate {
    mpq_t *number; /* [axes + bounds] */
    double *rough; /* [axes + bounds + 1] the same as doubles, then the most */
    mpq_t most;
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
            verify_set_decimal(room[2], of->goal == 0 ? of->target : 0);
            mpq_sub(room[1], room[1], room[2]);
            if (of->goal == 0)
                mpq_abs(room[1], room[1]);
            if (of->goal <= 0)
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

/* The same in doubles; *size: of what it is made of. */
static double add_roughly(const verify_hull *h, const certificate *c, const double *gain,
                          const double *over, double *size)
{
    double sum = -c->rough[h->axes + h->m->bounds];
    *size = fabs(sum);
    for (size_t k = 0; k < h->axes; k++) {
        sum += c->rough[k] * gain[k];
        *size += c->rough[k] * h->size[k];
    }
    for (size_t b = 0; b < h->m->bounds; b++) {
        sum -= c->rough[h->axes + b] * over[b];
        *size += c->rough[h->axes + b] * h->bound_size[b];
    }
    return sum;
}

static bool holds_for_all(verify_hull *h, const certificate *c, verify_node *node)
{
    const verify_split *m = h->m;
    for (size_t q = 0; q < m->n; q++) {
        double size = 0;
        if (verify_is_barred(m, q))
            continue;
        const double by =
            add_roughly(h, c, h->all_gain + q * h->axes, h->all_over + q * m->bounds, &size);
        if (by < -1e-13 * size)
            continue;
        add_exactly(h, c, q);
        if (mpq_sgn(m->k->w->room[0]) > 0 &&
            (!h->people || mpq_get_d(m->k->w->room[0]) > VERIFY_TIE * size))
            return claim_fails(m->k->j, node, "\"%s\" is beyond it", m->k->w->id[m->candidate[q]]);
    }
    return true;
}

static bool read_digits(verify_hull *h, const verify_node *x, mpq_t out)
{
    const size_t n = x && x->kind == VERIFY_TEXT ? strlen(x->text) : 0;
    const bool whole = n > 0 && strspn(x->text, "-0123456789") == n;
    return (whole && verify_read_rational(x->text, n, out)) ||
           (x && claim_fails(h->m->k->j, x, "it is no whole number"));
}

static bool read_certificate(verify_hull *h, const verify_node *node, certificate *c)
{
    verify_job *j = h->m->k->j;
    const verify_node *weights = claim_child(j, node, "weights");
    const verify_node *limits = claim_child(j, node, "limits"), *x = NULL;
    const size_t n = h->axes + h->m->bounds;
    if (!weights || !limits || !claim_length(j, weights, h->axes) ||
        !claim_length(j, limits, h->m->bounds) ||
        !read_digits(h, claim_child(j, node, "most"), c->most))
        return false;
    x = limits->first;
    for (size_t k = 0; k < n; k++) {
        const verify_node *of = k < h->axes ? claim_child(j, weights, verify_hull_axis(h, k)) : x;
        if (!read_digits(h, of, c->number[k]))
            return false;
        if (mpq_sgn(c->number[k]) < 0)
            return claim_fails(j, of, "it is below 0");
        c->rough[k] = mpq_get_d(c->number[k]);
        x = k < h->axes ? x : x->next;
    }
    c->rough[n] = mpq_get_d(c->most);
    return true;
}

/* Its weights are those of the certificate, on values. */
static bool check_weights(verify_hull *h, verify_node *node, const certificate *c, size_t at)
{
    verify_job *j = h->m->k->j;
    double *weight = h->face_weight + at * h->axes, sum = 0;
    bool strict = true;
    verify_node *own = claim_child(j, node, "weights");
    if (!verify_hull_weights(h, own, weight))
        return false;
    for (size_t k = 0; k < h->axes; k++) {
        sum += c->rough[k] * h->unit[k];
        strict = strict && c->rough[k] > 0;
    }
    for (size_t k = 0; k < h->axes; k++)
        if (!(fabs(weight[k] - c->rough[k] * h->unit[k] / sum) <= VERIFY_TIE))
            return claim_fails(j, own, "the certificate has others");
    return claim_holds_all(j, own) && claim_bool_at(j, node, "strict", strict);
}

/* How far a point is from the face, in units of what that is made of: what its split has there,
 * whatever room it leaves under the limits. */
static double distance_to(const verify_hull *h, const certificate *c, size_t p)
{
    double sum = -c->rough[h->axes + h->m->bounds], size = fabs(sum);
    for (size_t k = 0; k < h->axes; k++) {
        sum += c->rough[k] * h->gain[p * h->axes + k];
        size += c->rough[k] * h->size[k];
    }
    return size > 0 ? fabs(sum) / size : 0;
}

/* Points ascend, all lie on the face, and none that does is missing. */
static bool check_points(verify_hull *h, const verify_node *list, const certificate *c)
{
    static const double rounding = 2e-15;
    verify_job *j = h->m->k->j;
    size_t next = 0;
    for (const verify_node *x = list->first;; x = x->next) {
        const bool is = x && x->kind == VERIFY_NUMBER && x->number >= (double)next &&
                        x->number < (double)h->points && !(floor(x->number) < x->number);
        if (x && !is)
            return claim_fails(j, x, "there is no such point, or it does not stand here");
        for (; next < (x ? (size_t)x->number : h->points); next++)
            if (distance_to(h, c, next) <= rounding)
                return claim_fails(j, x ? x : list, "point %zu lies on this face, too", next);
        if (!x)
            return list->n > 0 || claim_fails(j, list, "it has no points");
        if (distance_to(h, c, next) > 1e-11)
            return claim_fails(j, x, "it does not lie on this face");
        h->on_face[next++]++;
    }
}

static bool check_face(verify_hull *h, verify_node *node, certificate *c, size_t at)
{
    verify_job *j = h->m->k->j;
    verify_node *proof = claim_child(j, node, "certificate"), *list = verify_get(node, "points");
    if (!proof || !list || !read_certificate(h, proof, c) || !check_weights(h, node, c, at) ||
        !holds_for_all(h, c, proof))
        return false;
    h->face_points[at] = list;
    return check_points(h, list, c) && claim_holds_all(j, list) && claim_holds_all(j, proof);
}

bool verify_check_faces(verify_hull *h, const verify_node *list)
{
    const size_t n = h->axes + h->m->bounds;
    certificate c = {0};
    size_t at = 0;
    bool good = VERIFY_ROOM(h->m->k->j, c.number, n) && VERIFY_ROOM(h->m->k->j, c.rough, n + 1);
    mpq_init(c.most);
    for (size_t k = 0; k < n && good; k++)
        mpq_init(c.number[k]);
    for (verify_node *x = list->first; x && good; x = x->next)
        good = check_face(h, x, &c, at++);
    mpq_clear(c.most);
    for (size_t k = 0; k < n && c.number && c.rough; k++)
        mpq_clear(c.number[k]);
    return good;
}
