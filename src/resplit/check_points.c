/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: its points are splits that keep the limits. */
#include "resplit/hull.h"

#include <math.h>
#include <string.h>

/* ---- points ---- */

/* Shares by size, then id; the split goes into `gain` and `over` of the point. */
static bool read_shares(verify_hull *h, verify_node *list, size_t at, double *least)
{
    const verify_split *m = h->m;
    verify_job *j = m->k->j;
    double sum = 0;
    if (!claim_shares(j, list))
        return false;
    for (verify_node *x = list->first; x; x = x->next) {
        const char *id = verify_text(x, "id", "");
        const int i = verify_find(m->k->w, id), q = i == VERIFY_NONE ? VERIFY_NONE : m->place[i];
        const double share = verify_double(x, "share", 0);
        if (q == VERIFY_NONE || verify_is_barred(m, (size_t)q))
            return claim_fails(j, x, "it may not take part");
        for (size_t k = 0; k < h->axes; k++)
            h->gain[at * h->axes + k] += share * verify_hull_gain(h, k, (size_t)q);
        for (size_t b = 0; b < m->bounds; b++)
            h->over[at * m->bounds + b] += share * verify_hull_over(h, b, (size_t)q);
        sum += share;
        *least = share;
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
        const bool small = !h->people && h->m->k->w->criterion[h->axis[k]].goal != VERIFY_MORE;
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
    const verify_node *open = verify_get(node, "open");
    if (!points || !faces || !claim_text_at(j, node, "space", space) || !verify_read_axes(&h, node))
        return false;
    h.points = points->n;
    h.faces = faces->n;
    h.open = open ? open->n : 0;
    h.complete = verify_is_true(node, "complete");
    if (!verify_make_hull(&h))
        return false;
    size_t at = 0;
    for (verify_node *x = points->first; x; x = x->next, at++)
        if (!check_point(&h, x, at) || (at > 0 && !stands_behind(&h, at) &&
                                        !claim_fails(j, x, "it does not stand here, or twice")))
            return false;
    return verify_check_faces(&h, faces, open) && verify_check_cells(&h, node) &&
           verify_check_shown(&h, node);
}
