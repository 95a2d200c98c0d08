/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result: points and faces in an order that hangs on their numbers only. */
#include "base/sort.h"
#include "hull/cells.h"
#include "hull/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void hull_add_units(hull_search *f, const exact_num *weight, exact_num *sum)
{
    exact_set_double(&f->A, sum, 0);
    for (size_t k = 0; k < f->c->d; k++) {
        exact_mul(&f->A, &f->number[k], &weight[k], &f->c->unit[k]);
        exact_add(&f->A, sum, sum, &f->number[k]);
    }
}

/* place[k]: the k-th point by its place; rank[v] = k. */
typedef struct order {
    hull_search *f;
    uint32_t *place, *rank;
    const hull_face *face;
    size_t faces;
} order;

static bool is_point_before(const void *user, uint32_t x, uint32_t y)
{
    hull_search *f = ((const order *)user)->f;
    const hull_point *p = &f->point[x].is, *q = &f->point[y].is;
    for (size_t k = 0; k < f->c->d; k++) {
        exact_mul(&f->A, f->left, &p->at[k], &q->whole);
        exact_mul(&f->A, f->right, &q->at[k], &p->whole);
        const int is = exact_cmp(f->left, f->right);
        if (is != 0)
            return is < 0;
    }
    return false;
}

static uint32_t *sorted(size_t n, sort_before_fn before, const void *user, tdo_arena *a)
{
    uint32_t *index = tdo_alloc(a, n, sizeof *index), *room = tdo_alloc(a, n, sizeof *room);
    for (size_t k = 0; index && k < n; k++)
        index[k] = (uint32_t)k;
    if (index && room)
        sort_by(index, n, before, user, room);
    return room ? index : NULL;
}

/* corner: [rays x d] weights of each ray, of units, sum 1. */
static void find_corners(hull_search *f, double *corner)
{
    for (size_t i = 0; i < f->rays.count; i++) {
        const hull_ray *r = &f->rays.ray[i];
        if (r->dead || r->down)
            continue;
        hull_add_units(f, r->at, f->left);
        for (size_t k = 0; k < f->c->d; k++)
            corner[i * f->c->d + k] = exact_ratio(&f->A, &f->number[k], f->left);
    }
}

static tdo_status write_points(hull_search *f, const order *o, const double *corner,
                               hull_result *out)
{
    const size_t d = f->c->d;
    double *center = tdo_alloc(f->a, f->points * d, sizeof *center);
    double *part = tdo_alloc(f->room, f->points, sizeof *part);
    out->point = tdo_alloc(f->a, f->points, sizeof *out->point);
    if (!center || !part || !out->point)
        return TDO_E_MEMORY;
    tdo_status status = hull_cells(&f->rays, corner, part, center);
    for (size_t k = 0; k < f->points; k++) {
        const size_t v = o->place[k];
        out->point[k] = f->point[v].is;
        out->point[k].weights = center + v * d;
        out->point[k].part = part[v];
    }
    out->points = f->points;
    return status;
}

static int by_number(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static tdo_status write_face(const hull_search *f, const order *o, const hull_ray *r,
                             const double *corner, hull_face *out)
{
    const size_t d = f->c->d;
    uint32_t *point = tdo_alloc(f->a, r->n, sizeof *point);
    *out = (hull_face){.multiplier = r->multiplier ? r->multiplier : r->bound,
                       .beyond = r->beyond,
                       .point = point,
                       .weights = tdo_alloc(f->a, d, sizeof *out->weights),
                       .strict = true};
    if (!point || !out->weights)
        return TDO_E_MEMORY;
    memcpy(out->weights, corner, d * sizeof *corner);
    for (size_t t = 0; t < r->n; t++) {
        if (r->tight[t] >= d)
            point[out->n++] = o->rank[r->tight[t] - d];
        else
            out->strict = false;
    }
    qsort(point, out->n, sizeof *point, by_number);
    return TDO_OK;
}

/* By their points; of those with the same ones the first axis counts most. */
static bool is_face_before(const void *user, uint32_t a, uint32_t b)
{
    const order *o = user;
    const hull_face *x = &o->face[a], *y = &o->face[b];
    for (size_t t = 0; t < x->n && t < y->n; t++)
        if (x->point[t] != y->point[t])
            return x->point[t] < y->point[t];
    if (x->n != y->n)
        return x->n < y->n;
    for (size_t k = 0; k < o->f->c->d; k++) {
        const int is = exact_cmp(&x->multiplier[k], &y->multiplier[k]);
        if (is != 0)
            return is > 0;
    }
    return false;
}

/* Those that are proven, or those that are open. */
static tdo_status write_faces(const hull_search *f, order *o, const double *corner, bool open,
                              hull_face **out)
{
    size_t n = 0;
    hull_face *face = tdo_alloc(f->room, f->rays.count, sizeof *face);
    tdo_status status = face ? TDO_OK : TDO_E_MEMORY;
    for (size_t i = 0; i < f->rays.count && status == TDO_OK; i++) {
        const hull_ray *r = &f->rays.ray[i];
        if (!r->dead && (open ? r->bound : r->multiplier))
            status = write_face(f, o, r, corner + i * f->c->d, &face[n++]);
    }
    o->face = face;
    const uint32_t *at = status == TDO_OK ? sorted(n, is_face_before, o, f->room) : NULL;
    *out = tdo_alloc(f->a, n, sizeof **out);
    if (!at || !*out)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        (*out)[k] = face[at[k]];
    o->faces = n;
    return TDO_OK;
}

tdo_status hull_write(hull_search *f, hull_result *out)
{
    order o = {.f = f};
    double *corner = tdo_alloc(f->room, f->rays.count * f->c->d, sizeof *corner);
    o.rank = tdo_alloc(f->room, f->points, sizeof *o.rank);
    o.place = sorted(f->points, is_point_before, &o, f->room);
    if (!corner || !o.rank || !o.place)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < f->points; k++)
        o.rank[o.place[k]] = (uint32_t)k;
    find_corners(f, corner);
    tdo_status status = write_points(f, &o, corner, out);
    if (status == TDO_OK)
        status = write_faces(f, &o, corner, false, &out->face);
    out->faces = o.faces;
    if (status == TDO_OK && !isinf(out->gap))
        status = write_faces(f, &o, corner, true, &out->open);
    out->opens = out->open ? o.faces : 0;
    return status;
}
