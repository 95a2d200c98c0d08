/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: its axes, and its points, which are splits that keep the limits. */
#include "verify/hull.h"

#include <math.h>
#include <string.h>

enum { MOST_AXES = 6 };

/* ---- axes ---- */

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
static bool read_axes(verify_hull *h, const verify_node *node)
{
    verify_case *k = h->m->k;
    const verify_node *options = verify_get(verify_get(k->w->scenario, "mix"), "frontier");
    const verify_node *named = h->people ? NULL : verify_get(options, "criteria");
    verify_node *list = claim_child(k->j, node, "axes"), *x = list ? list->first : NULL;
    const size_t all = h->people ? k->w->people : k->w->d;
    size_t wanted = named ? named->n : 0;
    for (size_t q = 0; q < all && !named; q++)
        wanted += may_be_axis(h, q);
    if (!list || !claim_length(k->j, list, wanted) || wanted > MOST_AXES)
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
        if (!claim_text(k->j, x,
                        h->people ? k->w->person[which].id : k->w->criterion[which].id))
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

/* ---- points ---- */

/* Shares by size, then id; the split goes into `gain` and `over` of the point. */
static bool read_shares(verify_hull *h, verify_node *list, size_t at, double *least)
{
    const verify_split *m = h->m;
    verify_job *j = m->k->j;
    const char *last = NULL;
    double before = INFINITY, sum = 0;
    for (verify_node *x = list->first; x; x = x->next) {
        const char *id = verify_text(x, "id", "");
        const int i = verify_find(m->k->w, id), q = i == VERIFY_NONE ? VERIFY_NONE : m->place[i];
        const double share = verify_double(x, "share", 0);
        if (q == VERIFY_NONE || verify_is_barred(m, (size_t)q))
            return claim_fails(j, x, "it may not take part");
        if (!(share > 0) || share > before || (!(share < before) && strcmp(id, last) <= 0))
            return claim_fails(j, x, "it does not stand here, by its share and id");
        for (size_t k = 0; k < h->axes; k++)
            h->gain[at * h->axes + k] += share * verify_hull_gain(h, k, (size_t)q);
        for (size_t b = 0; b < m->bounds; b++)
            h->over[at * m->bounds + b] += share * verify_hull_over(h, b, (size_t)q);
        sum += share;
        *least = before = share;
        last = id;
    }
    if (fabs(sum - 1) > VERIFY_TIE)
        return claim_fails(j, list, "the shares do not add to 1");
    return claim_holds_all(j, list);
}

static bool check_flag(verify_job *j, const verify_node *node, const char *key, bool is)
{
    return is ? claim_bool_at(j, node, key, true) : claim_absent(j, node, key);
}

static bool check_at(verify_hull *h, const verify_node *node, size_t at)
{
    verify_job *j = h->m->k->j;
    const verify_node *object = claim_child(j, node, "at");
    if (!object || !claim_length(j, object, h->axes))
        return false;
    for (size_t k = 0; k < h->axes; k++) {
        verify_node *x = claim_child(j, object, verify_hull_axis(h, k));
        const bool small = !h->people && h->m->k->w->criterion[h->axis[k]].goal <= 0;
        double *gain = &h->gain[at * h->axes + k];
        if (!x)
            return false;
        if (x->kind != VERIFY_NUMBER ||
            fabs((small ? -x->number : x->number) - *gain) > VERIFY_TIE * fmax(1, h->size[k]))
            return claim_fails(j, x, "the split has another average there");
        *gain = small ? -x->number : x->number;
        (void)claim_holds(j, x);
    }
    return true;
}

static bool check_point(verify_hull *h, verify_node *node, size_t at)
{
    verify_case *k = h->m->k;
    const verify_node *options = verify_get(k->w->scenario, "mix");
    verify_node *shares = claim_child(k->j, node, "shares");
    verify_node *weights = claim_child(k->j, node, "weights");
    double least = 0, *weight = h->weight + at * h->axes;
    if (!shares || !weights || !read_shares(h, shares, at, &least) || !check_at(h, node, at) ||
        !verify_hull_weights(h, weights, weight))
        return false;
    for (size_t b = 0; b < h->m->bounds; b++)
        if (h->over[at * h->m->bounds + b] > 1e-9 * h->bound_size[b])
            return claim_fails(k->j, shares, "the split breaks limit %zu", b);
    for (size_t q = 0; q < h->axes; q++)
        if (!(weight[q] > 0))
            return claim_fails(k->j, weights, "they are not all above 0");
    h->share[at] = verify_double(node, "weight_share", -1);
    const double most = verify_double(options, "max_models", INFINITY);
    return check_flag(k->j, node, "over_max_models", (double)shares->n > most) &&
           check_flag(k->j, node, "below_min_share",
                      least < verify_double(options, "min_share", 0)) &&
           claim_child(k->j, node, "weight_share");
}

/* Best on the first axis first, then on the second: no two are the same. */
static bool stands_behind(const verify_hull *h, size_t at)
{
    for (size_t k = 0; k < h->axes; k++) {
        const double *x = h->gain + (at - 1) * h->axes + k;
        if (x[0] > x[h->axes] || x[0] < x[h->axes])
            return x[0] > x[h->axes] || x[h->axes] - x[0] <= VERIFY_TIE * fmax(1, h->size[k]);
    }
    return false;
}

/* ---- all ---- */

static bool make_room(verify_hull *h)
{
    verify_job *j = h->m->k->j;
    const size_t d = h->axes, m = h->m->bounds, n = h->m->n;
    if (!VERIFY_ROOM(j, h->unit, d) || !VERIFY_ROOM(j, h->size, d) ||
        !VERIFY_ROOM(j, h->bound_size, m) || !VERIFY_ROOM(j, h->gain, h->points * d) ||
        !VERIFY_ROOM(j, h->over, h->points * m) || !VERIFY_ROOM(j, h->weight, h->points * d) ||
        !VERIFY_ROOM(j, h->share, h->points) || !VERIFY_ROOM(j, h->on_face, h->points) ||
        !VERIFY_ROOM(j, h->face_weight, h->faces * d) ||
        !VERIFY_ROOM(j, h->face_points, h->faces) || !VERIFY_ROOM(j, h->all_gain, n * d) ||
        !VERIFY_ROOM(j, h->all_over, n * m))
        return false;
    for (size_t q = 0; q < n; q++) {
        for (size_t k = 0; k < d; k++) {
            h->all_gain[q * d + k] = verify_hull_gain(h, k, q);
            h->size[k] = fmax(h->size[k], fabs(h->all_gain[q * d + k]));
        }
        for (size_t b = 0; b < m; b++) {
            h->all_over[q * m + b] = verify_hull_over(h, b, q);
            h->bound_size[b] = fmax(h->bound_size[b],
                                    fabs(verify_bound_reading(h->m, &h->m->bound[b], q)));
        }
    }
    for (size_t b = 0; b < m; b++)
        h->bound_size[b] = fmax(h->bound_size[b], fabs(h->m->bound[b].is));
    for (size_t k = 0; k < d; k++)
        h->unit[k] = unit_of(h, k);
    return true;
}

bool verify_check_splits(verify_split *m, const verify_node *mix)
{
    verify_job *j = m->k->j;
    const verify_node *options = verify_get(verify_get(m->k->w->scenario, "mix"), "frontier");
    const verify_node *node = verify_get(mix, "frontier");
    const char *space = verify_text(options, "space", "criteria");
    verify_hull h = {.m = m, .people = strcmp(space, "stakeholders") == 0};
    if (!options)
        return claim_absent(j, mix, "frontier");
    if (!node)
        return claim_child(j, mix, "frontier") != NULL;
    verify_node *points = claim_child(j, node, "points"), *faces = claim_child(j, node, "faces");
    if (!points || !faces || !claim_text_at(j, node, "space", space) || !read_axes(&h, node))
        return false;
    h.points = points->n;
    h.faces = faces->n;
    h.complete = verify_is_true(node, "complete");
    if (!make_room(&h))
        return false;
    size_t at = 0;
    for (verify_node *x = points->first; x; x = x->next, at++)
        if (!check_point(&h, x, at) ||
            (at > 0 && !stands_behind(&h, at) &&
             !claim_fails(j, x, "it does not stand here, or twice")))
            return false;
    return verify_check_faces(&h, faces) && verify_check_cells(&h, node);
}
