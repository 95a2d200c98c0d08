/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group weights that count, as one cell: what the bundles add up to (a Minkowski sum), bundle
 * by bundle, with what is no corner left out each time. Criteria that cannot decide are projected
 * away first; the corners keep them, so that weights inside are those of somebody. */
#include "weights/choice_cells.h"

#include <string.h>

enum {
    MOST_AXES = 64,                       /* beyond, a hull costs more than what it tells */
    MOST_POINTS = 64 * CHOICE_CELL_WORDS, /* sums of corners, of which a hull is made */
    HULL_STEPS = 200000000
};

static void set_order(const tdo_case *k, uint32_t *criterion, uint32_t *place, choice_space *out)
{
    size_t n = 0;
    for (size_t way = 0; way < 2; way++) {
        for (size_t c = 0; c < out->d; c++)
            if (choice_can_decide(k->v, c) == (way == 0)) {
                place[c] = (uint32_t)n;
                criterion[n++] = (uint32_t)c;
            }
        out->active = way == 0 ? n : out->active;
    }
    out->criterion = criterion;
}

/* Every point plus every corner of the bundle. */
static double *add_bundle(const choice_space *x, const double *point, size_t n,
                          const uint32_t *place, const choice_bundle *b, tdo_arena *scratch)
{
    double *sum = tdo_alloc(scratch, n * b->vertices, x->d * sizeof *sum), *to = sum;
    double corner[TDO_MAX_CRITERIA];
    for (size_t k = 0; sum && k < n; k++)
        for (size_t q = 0; q < b->vertices; q++, to += x->d) {
            memcpy(to, point + k * x->d, x->d * sizeof *to);
            memset(corner, 0, x->d * sizeof *corner);
            for (size_t c = 0; c < b->n; c++)
                choice_add_weight(b, c, b->power * b->vertex[q * b->n + c], corner);
            for (size_t c = 0; c < x->d; c++)
                to[place[c]] += corner[c];
        }
    return sum;
}

static double *keep_corners(const double *point, size_t width, const choice_hull *hull,
                            tdo_arena *a)
{
    double *at = tdo_alloc(a, hull->corners, width * sizeof *at);
    for (size_t q = 0; at && q < hull->corners; q++)
        memcpy(at + q * width, point + hull->corner[q] * width, width * sizeof *at);
    return at;
}

/* at: the last points, in scratch or in a. */
static tdo_status add_up(const choice_wishes *w, const uint32_t *place, double *fixed, tdo_arena *a,
                         tdo_arena *scratch, choice_space *out)
{
    double *at = fixed, steps = HULL_STEPS;
    out->hull.corners = 1;
    if (out->active > MOST_AXES)
        return TDO_OK;
    for (size_t b = 0; b < w->bundles; b++) {
        const choice_bundle *of = &w->bundle[b];
        size_t n = out->hull.corners * of->vertices;
        if (!of->vertex || n > MOST_POINTS)
            return TDO_OK;
        double *sum = add_bundle(out, at, out->hull.corners, place, of, scratch);
        if (!sum)
            return TDO_E_MEMORY;
        const choice_points all = {sum, n, out->d, out->active};
        tdo_status status = choice_find_hull(&all, a, &steps, &out->hull);
        if (status != TDO_OK || steps < 0)
            return status;
        at = keep_corners(sum, out->d, &out->hull, a);
        if (!at)
            return TDO_E_MEMORY;
    }
    out->corner = at;
    out->known = true;
    return TDO_OK;
}

tdo_status choice_space_make(const tdo_case *k, const choice_wishes *w, tdo_arena *a,
                             choice_space *out)
{
    tdo_arena *scratch = tdo_arena_new();
    *out = (choice_space){.d = k->u->d};
    uint32_t *criterion = tdo_alloc(a, out->d, sizeof *criterion);
    double *fixed = tdo_alloc(a, out->d, sizeof *fixed);
    uint32_t *place = !scratch ? NULL : tdo_alloc(scratch, out->d, sizeof *place);
    tdo_status status = criterion && fixed && place ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK) {
        set_order(k, criterion, place, out);
        for (size_t c = 0; c < out->d; c++)
            fixed[place[c]] = w->fixed[c];
        status = add_up(w, place, fixed, a, scratch, out);
    }
    tdo_arena_free(scratch);
    return status;
}
