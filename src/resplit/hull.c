/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The axes of a frontier of splits, and what everybody has on them. */
#include "resplit/hull.h"

#include <math.h>
#include <string.h>

static double unit_of(const verify_hull *h, size_t k)
{
    const verify_case *c = h->m->k;
    const double is = fabs(c->s.best[h->axis[k]] - c->s.worst[h->axis[k]]);
    double low = INFINITY, high = -INFINITY;
    if (h->people)
        return 1;
    if (is > 0 && isfinite(is))
        return is;
    for (size_t q = 0; q < h->m->n; q++) {
        low = fmin(low, verify_hull_gain(h, k, q));
        high = fmax(high, verify_hull_gain(h, k, q));
    }
    return high > low ? high - low : 1;
}

static bool may_be_axis(const verify_hull *h, size_t which)
{
    const verify_world *w = h->m->k->w;
    return h->people ? w->person[which].power > 0 : !w->criterion[which].worst_counts;
}

/* Those that the scenario names, or all that average, in their order. */
bool verify_read_axes(verify_hull *h, const verify_node *node)
{
    verify_case *k = h->m->k;
    const verify_node *options = verify_get(verify_get(k->w->scenario, "mix"), "frontier");
    const verify_node *named = h->people ? NULL : verify_get(options, "criteria");
    verify_node *list = claim_child(k->j, node, "axes"), *x = list ? list->first : NULL;
    const size_t all = h->people ? k->w->people : k->w->d;
    size_t wanted = named ? named->n : 0;
    for (size_t q = 0; q < all && !named; q++)
        wanted += may_be_axis(h, q);
    if (!list || !claim_length(k->j, list, wanted) || wanted > VERIFY_MOST_AXES)
        return list && claim_fails(k->j, list, "there are others");
    const verify_node *as = named ? named->first : NULL;
    size_t which = 0;
    for (; x; x = x->next, which++) {
        while (!named && which < all && !may_be_axis(h, which))
            which++;
        if (named) {
            const int c = verify_find_criterion(k->w, as->text);
            which = c == VERIFY_NONE ? all : (size_t)c;
            as = as->next;
        }
        if (which >= all)
            return claim_fails(k->j, x, "there is no such axis");
        if (!claim_text(k->j, x, h->people ? k->w->person[which].id : k->w->criterion[which].id))
            return false;
        h->axis[h->axes++] = which;
    }
    return true;
}

const char *verify_hull_axis(const verify_hull *h, size_t k)
{
    const verify_world *w = h->m->k->w;
    return h->people ? w->person[h->axis[k]].id : w->criterion[h->axis[k]].id;
}

double verify_hull_gain(const verify_hull *h, size_t k, size_t q)
{
    const verify_split *m = h->m;
    if (h->people)
        return m->utility[h->axis[k] * m->n + q];
    return verify_gain(&m->k->w->criterion[h->axis[k]],
                       verify_reading(m->k->w, h->axis[k], m->candidate[q]).y);
}

bool verify_hull_weights(verify_hull *h, verify_node *node, double *weight)
{
    verify_job *j = h->m->k->j;
    double sum = 0;
    if (!node || !claim_length(j, node, h->axes))
        return false;
    for (size_t k = 0; k < h->axes; k++) {
        const verify_node *x = claim_child(j, node, verify_hull_axis(h, k));
        if (!x)
            return false;
        if (x->kind != VERIFY_NUMBER || !(x->number >= 0))
            return claim_fails(j, x, "it is no weight");
        sum += weight[k] = x->number;
    }
    return fabs(sum - 1) <= VERIFY_TIE || claim_fails(j, node, "they do not add to 1");
}

static bool make_boxes(verify_hull *h)
{
    uint32_t *row = NULL;
    size_t n = 0;
    if (!VERIFY_ROOM(h->m->k->j, row, h->m->n))
        return false;
    for (size_t q = 0; q < h->m->n; q++)
        if (!verify_is_barred(h->m, q))
            row[n++] = (uint32_t)q;
    return verify_boxes_make(h->m->k->j, h->all, row, n, h->axes + h->m->bounds, &h->all_boxes);
}

bool verify_make_hull(verify_hull *h)
{
    verify_job *j = h->m->k->j;
    const size_t d = h->axes, m = h->m->bounds, n = h->m->n;
    if (!VERIFY_ROOM(j, h->unit, d) || !VERIFY_ROOM(j, h->size, d) ||
        !VERIFY_ROOM(j, h->bound_size, m) || !VERIFY_ROOM(j, h->gain, h->points * d) ||
        !VERIFY_ROOM(j, h->over, h->points * m) || !VERIFY_ROOM(j, h->weight, h->points * d) ||
        !VERIFY_ROOM(j, h->share, h->points) || !VERIFY_ROOM(j, h->on_face, h->points) ||
        !VERIFY_ROOM(j, h->face_weight, (h->faces + h->open) * d) ||
        !VERIFY_ROOM(j, h->face_points, h->faces + h->open) || !VERIFY_ROOM(j, h->all, n * (d + m)))
        return false;
    for (size_t q = 0; q < n; q++) {
        double *all = h->all + q * (d + m);
        for (size_t k = 0; k < d; k++) {
            all[k] = verify_hull_gain(h, k, q);
            h->size[k] = fmax(h->size[k], fabs(all[k]));
        }
        for (size_t b = 0; b < m; b++) {
            all[d + b] = -verify_hull_over(h, b, q);
            h->bound_size[b] =
                fmax(h->bound_size[b], fabs(verify_bound_reading(h->m, &h->m->bound[b], q)));
        }
    }
    for (size_t b = 0; b < m; b++)
        h->bound_size[b] = fmax(h->bound_size[b], fabs(h->m->bound[b].is));
    for (size_t k = 0; k < d; k++)
        h->unit[k] = unit_of(h, k);
    return make_boxes(h);
}
