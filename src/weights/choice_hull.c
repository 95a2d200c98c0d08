/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hull of points, by its polar: seen from a point inside, a facet is {z : a . z = -1}, and the
 * facets are the corners of the polytope of all a with a . z >= -1 for every point z. That polytope
 * begins as a simplex, from points that do not lie in a flat, and each other point cuts it. */
#include "weights/choice_cells.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { ROOM = 1 << 14 }; /* facets while the hull is made */

/* What is thinner than this is flat: it moves no score by more than a tie. */
static const double FLAT = TDO_TIE;

typedef struct hull_work {
    choice_points p;
    size_t rank;
    double *rest;   /* [n x active] what the directions so far leave of each point */
    double *z;      /* [n x active] coordinates, about 1 */
    uint32_t *base; /* [active + 1] points that do not lie in a flat */
    bool *is_base;  /* [n] */
    double thinnest;
    double *matrix; /* [active x (active + 1)] room */
    choice_cells cells;
    choice_cell polar;
} hull_work;

/* ---- coordinates ---- */

static double furthest(const hull_work *h, size_t *which)
{
    double most = 0;
    for (size_t k = 0; k < h->p.n; k++) {
        double sum = 0;
        for (size_t c = 0; c < h->p.active; c++)
            sum += h->rest[k * h->p.active + c] * h->rest[k * h->p.active + c];
        if (sum > most) {
            most = sum;
            *which = k;
        }
    }
    return sqrt(most);
}

/* One direction more: towards the point that lies furthest off. */
static void take_direction(hull_work *h, size_t towards, double length)
{
    double direction[TDO_MAX_CRITERIA];
    for (size_t c = 0; c < h->p.active; c++)
        direction[c] = h->rest[towards * h->p.active + c] / length;
    for (size_t k = 0; k < h->p.n; k++) {
        double *rest = h->rest + k * h->p.active, along = 0;
        for (size_t c = 0; c < h->p.active; c++)
            along += direction[c] * rest[c];
        for (size_t c = 0; c < h->p.active; c++)
            rest[c] -= along * direction[c];
        h->z[k * h->p.active + h->rank] = along / length;
    }
    h->base[++h->rank] = (uint32_t)towards;
    h->is_base[towards] = true;
    h->thinnest = length;
}

/* Coordinates in the flat of the points (Gram and Schmidt), from the middle of the base. */
static void find_coordinates(hull_work *h)
{
    size_t towards = 0;
    for (size_t k = 0; k < h->p.n; k++)
        for (size_t c = 0; c < h->p.active; c++)
            h->rest[k * h->p.active + c] = h->p.point[k * h->p.width + c] - h->p.point[c];
    h->is_base[0] = true;
    for (double off = 1; h->rank < h->p.active;) {
        off = furthest(h, &towards);
        if (!(off > FLAT))
            break;
        take_direction(h, towards, off);
    }
    for (size_t c = 0; c < h->rank; c++) {
        double middle = 0;
        for (size_t q = 0; q <= h->rank; q++)
            middle += h->z[h->base[q] * h->p.active + c] / (double)(h->rank + 1);
        for (size_t k = 0; k < h->p.n; k++)
            h->z[k * h->p.active + c] -= middle;
    }
}

/* ---- the polar ---- */

/* a with a . z = -1 at every point of the base but one. Gauss, with the largest pivot. */
static void solve_facet(hull_work *h, size_t without, double *a)
{
    const size_t r = h->rank, columns = r + 1;
    double *m = h->matrix;
    for (size_t q = 0, row = 0; q <= r; q++) {
        if (q == without)
            continue;
        memcpy(m + row * columns, h->z + h->base[q] * h->p.active, r * sizeof *m);
        m[row++ * columns + r] = -1;
    }
    for (size_t step = 0; step < r; step++) {
        size_t best = step;
        for (size_t row = step + 1; row < r; row++)
            best = fabs(m[row * columns + step]) > fabs(m[best * columns + step]) ? row : best;
        for (size_t c = 0; c < columns; c++) {
            double swap = m[best * columns + c];
            m[best * columns + c] = m[step * columns + c];
            m[step * columns + c] = swap;
        }
        for (size_t row = step + 1; row < r; row++) {
            double by = m[row * columns + step] / m[step * columns + step];
            for (size_t c = step; c < columns; c++)
                m[row * columns + c] -= by * m[step * columns + c];
        }
    }
    for (size_t c = r; c-- > 0;) {
        a[c] = m[c * columns + r];
        for (size_t q = c + 1; q < r; q++)
            a[c] -= m[c * columns + q] * a[q];
        a[c] /= m[c * columns + c];
    }
}

static void put_on(hull_work *h, size_t facet, size_t point)
{
    h->cells.on[facet * h->cells.words + point / 64] |= UINT64_C(1) << point % 64;
}

static void start_polar(hull_work *h)
{
    h->polar = (choice_cell){.count = h->rank + 1};
    for (size_t facet = 0; facet <= h->rank; facet++) {
        solve_facet(h, facet, h->cells.corner + facet * h->cells.width);
        for (size_t q = 0; q <= h->rank; q++)
            if (q != facet)
                put_on(h, facet, h->base[q]);
    }
}

/* False: too much work. */
static bool put_in(hull_work *h, size_t point, double near_by)
{
    choice_cells *x = &h->cells;
    choice_cell part = {.first = 0};
    bool outside = false;
    for (size_t q = 0; q < h->polar.count; q++) {
        double by = 1;
        for (size_t c = 0; c < h->rank; c++)
            by += x->corner[q * x->width + c] * h->z[point * h->p.active + c];
        x->side[q] = fabs(by) <= near_by ? 0 : -by;
        outside |= x->side[q] > 0;
    }
    x->steps -= (double)h->polar.count;
    for (size_t q = 0; q < h->polar.count && !outside; q++)
        if (!(x->side[q] < 0))
            put_on(h, q, point);
    if (!outside)
        return x->steps >= 0;
    if (!choice_cell_cut(x, h->polar, 1, point, &part))
        return false;
    memmove(x->corner, x->corner + part.first * x->width,
            part.count * x->width * sizeof *x->corner);
    memmove(x->on, x->on + part.first * x->words, part.count * x->words * sizeof *x->on);
    h->polar.count = part.count;
    return true;
}

/* ---- corners ---- */

/* A point is a corner where its facets are not among those of another one. */
static tdo_status set_corners(const hull_work *h, tdo_arena *a, choice_hull *out)
{
    size_t words = (h->polar.count + 63) / 64;
    uint64_t *on = tdo_alloc(a, h->p.n, words * sizeof *on);
    uint32_t *corner = tdo_alloc(a, h->p.n, sizeof *corner);
    if (!on || !corner)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < h->p.n; k++)
        for (size_t f = 0; f < h->polar.count; f++)
            if (h->cells.on[f * h->cells.words + k / 64] >> k % 64 & 1)
                on[k * words + f / 64] |= UINT64_C(1) << f % 64;
    for (size_t k = 0; k < h->p.n; k++) {
        const uint64_t *mine = on + k * words;
        bool is = false;
        for (size_t f = 0; f < words; f++)
            is |= mine[f] != 0;
        for (size_t j = 0; j < h->p.n && is; j++)
            is = j == k || !choice_has_all(on + j * words, mine, words) ||
                 (choice_has_all(mine, on + j * words, words) && k < j);
        if (is)
            corner[out->corners++] = (uint32_t)k;
    }
    for (size_t q = 0; q < out->corners; q++) /* ascending: none is overwritten before it moves */
        memmove(on + q * words, on + corner[q] * words, words * sizeof *on);
    out->corner = corner;
    out->facets = h->polar.count;
    out->words = words;
    out->on = on;
    return TDO_OK;
}

static tdo_status set_point(tdo_arena *a, choice_hull *out)
{
    out->corners = 1;
    out->words = 1;
    out->corner = tdo_alloc(a, 1, sizeof *out->corner);
    out->on = tdo_alloc(a, 1, sizeof *out->on);
    return out->corner && out->on ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status make_room(hull_work *h, tdo_arena *scratch)
{
    h->rest = tdo_alloc(scratch, h->p.n, h->p.active * sizeof *h->rest);
    h->z = tdo_alloc(scratch, h->p.n, h->p.active * sizeof *h->z);
    h->base = tdo_alloc(scratch, h->p.active + 1, sizeof *h->base);
    h->is_base = tdo_alloc(scratch, h->p.n, sizeof *h->is_base);
    h->matrix = tdo_alloc(scratch, h->p.active, (h->p.active + 1) * sizeof *h->matrix);
    return h->rest && h->z && h->base && h->is_base && h->matrix ? TDO_OK : TDO_E_MEMORY;
}

tdo_status choice_find_hull(const choice_points *p, tdo_arena *a, double *steps, choice_hull *out)
{
    assert(p->n >= 1 && p->active <= p->width);
    tdo_arena *scratch = tdo_arena_new();
    hull_work h = {.p = *p};
    tdo_status status = !scratch ? TDO_E_MEMORY : make_room(&h, scratch);
    *out = (choice_hull){.rank = 0};
    if (status != TDO_OK)
        goto out;
    find_coordinates(&h);
    out->rank = h.rank;
    if (h.rank == 0) {
        status = set_point(a, out);
        goto out;
    }
    h.cells = (choice_cells){
        .width = h.rank, .rank = h.rank, .words = (p->n + 63) / 64, .room = ROOM, .steps = *steps};
    status = choice_cells_make(&h.cells, scratch);
    if (status != TDO_OK)
        goto out;
    start_polar(&h);
    bool fits = true;
    double near_by = fmin(1e-3, 1e-11 + 1e-14 / h.thinnest); /* rounding, on so thin a body */
    for (size_t k = 0; k < p->n && fits; k++)
        fits = h.is_base[k] || put_in(&h, k, near_by);
    *steps = fits ? h.cells.steps : -1;
    if (fits)
        status = set_corners(&h, a, out);
out:
    tdo_arena_free(scratch);
    return status;
}
