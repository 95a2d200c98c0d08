/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting points in: rays cut off, and the ones between neighbours. */
#include "hull/rays.h"

#include <math.h>
#include <string.h>

enum {
    DOT_LIMBS = 128,
    SPARE_TIGHT = 4,  /* room for points that come to lie on a face later */
    DEAD_ALLOWED = 64 /* beside as many as there are live ones */
};

/* A product in doubles this far from 0, in units of its terms, has the right sign. */
static const double SURE = 1e-11;

exact_num *hull_keep(const exact_num *x, size_t n, tdo_arena *a)
{
    size_t limbs = 0;
    for (size_t k = 0; k < n; k++)
        limbs += (size_t)x[k].size;
    exact_num *out = tdo_alloc(a, n * sizeof *out + limbs * sizeof(mp_limb_t), 1);
    mp_limb_t *at = out ? (mp_limb_t *)(void *)(out + n) : NULL;
    for (size_t k = 0; out && k < n; k++) {
        out[k] = x[k];
        out[k].limb = at;
        out[k].room = x[k].size;
        if (x[k].size > 0)
            memcpy(at, x[k].limb, (size_t)x[k].size * sizeof *at);
        at += x[k].size;
    }
    return out;
}

tdo_status hull_rays_make(hull_rays *w, size_t d, exact_arith *A, tdo_arena *a)
{
    *w = (hull_rays){.d = d, .A = A, .a = a};
    w->row = exact_nums(a, d + 1, EXACT_CAP_MAX);
    w->between = exact_nums(a, d + 1, EXACT_CAP_MAX);
    w->scratch = exact_nums(a, 2, EXACT_CAP_MAX);
    return w->row && w->between && w->scratch && exact_divisor_make(&w->divisor, EXACT_CAP_MAX, a)
               ? TDO_OK
               : TDO_E_MEMORY;
}

/* ---- lists ---- */

static bool grow(hull_rays *w)
{
    const size_t room = w->room ? 2 * w->room : 256;
#define GROW(x, width)                                                                             \
    (w->x = tdo_grow(w->a, w->x, w->room * (width), room * (width), sizeof *w->x))
    const bool good = GROW(ray, 1) && GROW(near, w->d + 1) && GROW(side, 1) && GROW(common, 1) &&
                      GROW(dot_of, 1) && GROW(outside, 1) && GROW(touched, 1);
#undef GROW
    w->room = good ? room : w->room;
    return good;
}

static bool list(hull_rays *w, size_t inequality, size_t ray)
{
    hull_ray_list *l = &w->on[inequality];
    if (l->n == l->room) {
        const size_t room = l->room ? 2 * l->room : 8;
        uint32_t *more = tdo_grow(w->a, l->ray, l->n, room, sizeof *more);
        if (!more)
            return false;
        l->ray = more;
        l->room = room;
    }
    l->ray[l->n++] = (uint32_t)ray;
    return true;
}

/* Doubles of numbers, scaled to a largest size between 2^-64 and 1. */
static void find_near(exact_arith *A, const exact_num *x, size_t n, double *near)
{
    mp_limb_t limb = 1;
    exact_num unit = {.limb = &limb, .room = 1, .size = 1};
    bool some = false;
    for (size_t k = 0; k < n; k++) {
        const int top = x[k].low + x[k].size;
        if (x[k].size > 0 && (!some || top > unit.low))
            unit.low = top;
        some |= x[k].size > 0;
    }
    for (size_t k = 0; k < n; k++)
        near[k] = exact_ratio(A, &x[k], &unit);
}

/* One more ray at the end, on the inequalities given. */
static bool add_ray(hull_rays *w, const exact_num *at, const uint32_t *tight, size_t n)
{
    if (w->count == w->room && !grow(w))
        return false;
    hull_ray *r = &w->ray[w->count];
    *r = (hull_ray){.at = hull_keep(at, w->d + 1, w->a), .n = (uint32_t)n};
    r->room = r->n + SPARE_TIGHT;
    r->tight = tdo_alloc(w->a, r->room, sizeof *r->tight);
    if (!r->at || !r->tight)
        return false;
    memcpy(r->tight, tight, n * sizeof *tight);
    find_near(w->A, at, w->d + 1, w->near + w->count * (w->d + 1));
    for (size_t t = 0; t < n; t++)
        if (!list(w, tight[t], w->count))
            return false;
    w->side[w->count] = 0;
    w->common[w->count] = w->dot_of[w->count] = 0;
    w->count++;
    w->steps++;
    return true;
}

static bool add_inequality(hull_rays *w)
{
    const size_t n = w->inequalities;
    if (n == 0 || (n & (n - 1)) == 0) {
        const size_t room = n == 0 ? 1 : 2 * n;
        w->on = tdo_grow(w->a, w->on, n, room, sizeof *w->on);
        w->shared = w->on ? tdo_grow(w->a, w->shared, n, room, sizeof *w->shared) : NULL;
    }
    if (!w->on || !w->shared)
        return false;
    w->on[w->inequalities++] = (hull_ray_list){0};
    return true;
}

/* Takes the dead ones out, the others stay in their order. */
static bool bury(hull_rays *w)
{
    const size_t wide = w->d + 1;
    size_t kept = 0, next = 0;
    for (size_t i = 0; i < w->inequalities; i++)
        w->on[i].n = 0;
    for (size_t i = 0; i < w->count; i++) {
        next += i < w->next && !w->ray[i].dead;
        if (w->ray[i].dead)
            continue;
        w->ray[kept] = w->ray[i];
        memmove(w->near + kept * wide, w->near + i * wide, wide * sizeof *w->near);
        for (size_t t = 0; t < w->ray[kept].n; t++)
            if (!list(w, w->ray[kept].tight[t], kept))
                return false;
        kept++;
    }
    w->count = kept;
    w->next = next;
    w->dead = 0;
    return true;
}

/* ---- one point ---- */

static void find_product(hull_rays *w, size_t i, exact_num *out)
{
    exact_set_double(w->A, out, 0);
    for (size_t k = 0; k <= w->d; k++) {
        exact_mul(w->A, &w->scratch[0], &w->row[k], &w->ray[i].at[k]);
        exact_add(w->A, out, out, &w->scratch[0]);
    }
}

/* Which side of the new inequality each ray is on. Returns how many are outside. */
static size_t find_sides(hull_rays *w)
{
    const size_t wide = w->d + 1;
    size_t outside = 0;
    for (size_t i = 0; i < w->count; i++) {
        const double *x = w->near + i * wide;
        double sum = 0, size = 0;
        for (size_t k = 0; k < wide; k++) {
            const double term = w->near_row[k] * x[k];
            sum += term;
            size += fabs(term);
        }
        if (w->ray[i].dead) {
            w->side[i] = 0;
        } else if (fabs(sum) > SURE * size) {
            w->side[i] = sum > 0 ? 1 : -1;
        } else {
            find_product(w, i, &w->scratch[1]);
            w->side[i] = (signed char)exact_sign(&w->scratch[1]);
        }
        if (w->side[i] < 0)
            w->outside[outside++] = (uint32_t)i;
    }
    return outside;
}

/* The product of ray i with the new inequality, computed once. NULL when memory is out. */
static const exact_num *product_of(hull_rays *w, size_t i)
{
    if (w->dot_of[i] > 0)
        return w->dot[w->dot_of[i] - 1];
    if (w->dots == w->dots_room) {
        const size_t room = w->dots_room ? 2 * w->dots_room : 16;
        exact_num **more = tdo_grow(w->a, w->dot, w->dots_room, room, sizeof *more);
        if (!more)
            return NULL;
        w->dot = more;
        for (size_t k = w->dots_room; k < room; k++)
            if (!(w->dot[k] = exact_nums(w->a, 1, DOT_LIMBS)))
                return NULL;
        w->dots_room = room;
    }
    find_product(w, i, w->dot[w->dots]);
    w->dot_of[i] = (uint32_t)++w->dots;
    return w->dot[w->dots - 1];
}

/* Lists the inequalities that hold with equality at both. */
static size_t find_shared(hull_rays *w, const hull_ray *x, const hull_ray *y)
{
    size_t n = 0;
    for (size_t s = 0, t = 0; s < x->n && t < y->n;) {
        if (x->tight[s] == y->tight[t]) {
            w->shared[n++] = x->tight[s];
            s++;
            t++;
        } else if (x->tight[s] < y->tight[t]) {
            s++;
        } else {
            t++;
        }
    }
    return n;
}

static bool includes(const hull_ray *r, const uint32_t *some, size_t n)
{
    size_t t = 0;
    for (size_t s = 0; s < n; s++) {
        while (t < r->n && r->tight[t] < some[s])
            t++;
        if (t == r->n || r->tight[t] != some[s])
            return false;
    }
    return true;
}

/* No third ray lies wherever both do. A ray on just d inequalities has an edge for each of them
 * left out, and an edge has two ends: whoever shares the others is the other end. */
static bool are_neighbours(const hull_rays *w, size_t i, size_t j, size_t shared)
{
    size_t rarest = w->shared[0];
    if (w->ray[i].n == w->d || w->ray[j].n == w->d)
        return true;
    for (size_t s = 1; s < shared; s++)
        if (w->on[w->shared[s]].n < w->on[rarest].n)
            rarest = w->shared[s];
    for (size_t t = 0; t < w->on[rarest].n; t++) {
        const size_t k = w->on[rarest].ray[t];
        if (k != i && k != j && !w->ray[k].dead && includes(&w->ray[k], w->shared, shared))
            return false;
    }
    return true;
}

/* The ray on the new inequality between i (outside) and j (inside). */
static bool add_between(hull_rays *w, size_t i, size_t j, size_t shared)
{
    const exact_num *of_i = product_of(w, i), *of_j = of_i ? product_of(w, j) : NULL;
    if (!of_j)
        return false;
    for (size_t k = 0; k <= w->d; k++) {
        exact_mul(w->A, &w->scratch[0], of_j, &w->ray[i].at[k]);
        exact_mul(w->A, &w->scratch[1], of_i, &w->ray[j].at[k]);
        exact_sub(w->A, &w->between[k], &w->scratch[0], &w->scratch[1]);
    }
    if (exact_arith_stopped(w->A))
        return true;
    exact_shorten(w->A, &w->divisor, w->between, w->d + 1);
    w->shared[shared] = (uint32_t)w->inequalities - 1;
    return add_ray(w, w->between, w->shared, shared + 1);
}

/* The rays inside that share at least d - 1 inequalities with ray i, as touched. */
static size_t find_touched(hull_rays *w, size_t i)
{
    size_t n = 0, kept = 0;
    for (size_t t = 0; t < w->ray[i].n; t++) {
        const hull_ray_list *on = &w->on[w->ray[i].tight[t]];
        for (size_t k = 0; k < on->n; k++) {
            const size_t j = on->ray[k];
            if (w->side[j] > 0 && w->common[j]++ == 0)
                w->touched[n++] = (uint32_t)j;
        }
    }
    for (size_t t = 0; t < n; t++) {
        const size_t j = w->touched[t];
        if (w->common[j] + 1 >= w->d)
            w->touched[kept++] = (uint32_t)j;
        w->common[j] = 0;
    }
    return kept;
}

static bool add_neighbours(hull_rays *w, size_t i)
{
    const size_t n = find_touched(w, i);
    for (size_t t = 0; t < n; t++) {
        const size_t j = w->touched[t], shared = find_shared(w, &w->ray[i], &w->ray[j]);
        if (are_neighbours(w, i, j, shared) && !add_between(w, i, j, shared))
            return false;
        if (exact_arith_stopped(w->A))
            return true;
    }
    return true;
}

/* Ray i lies on the newest inequality, too. */
static bool add_tight(hull_rays *w, size_t i)
{
    hull_ray *r = &w->ray[i];
    if (r->n == r->room) {
        uint32_t *more = tdo_grow(w->a, r->tight, r->n, 2 * (size_t)r->n, sizeof *more);
        if (!more)
            return false;
        r->tight = more;
        r->room = 2 * r->n;
    }
    r->tight[r->n++] = (uint32_t)w->inequalities - 1;
    return list(w, w->inequalities - 1, i);
}

/* The faces of the first point, and the direction down. */
static bool start(hull_rays *w)
{
    uint32_t tight[HULL_AXES + 1] = {0};
    size_t n = 0;
    for (size_t k = 0; k <= w->d; k++)
        exact_set_double(w->A, &w->between[k], k < w->d ? 0 : -1);
    for (size_t k = 0; k < w->d; k++)
        tight[n++] = (uint32_t)k;
    if (!add_ray(w, w->between, tight, n))
        return false;
    w->ray[0].down = true;
    for (size_t f = 0; f < w->d; f++) {
        for (size_t k = 0; k < w->d; k++)
            exact_set_double(w->A, &w->between[k], 0);
        exact_set(w->A, &w->between[f], &w->row[w->d]);
        w->between[f].negative = false;
        exact_set(w->A, &w->between[w->d], &w->row[f]);
        exact_shorten(w->A, &w->divisor, w->between, w->d + 1);
        n = 0;
        for (size_t k = 0; k <= w->d; k++)
            if (k != f)
                tight[n++] = (uint32_t)k;
        if (!add_ray(w, w->between, tight, n))
            return false;
    }
    return true;
}

static bool cut(hull_rays *w)
{
    const size_t before = w->count, outside = find_sides(w);
    w->dots = 0;
    for (size_t t = 0; t < outside && !exact_arith_stopped(w->A); t++)
        if (!add_neighbours(w, w->outside[t]))
            return false;
    for (size_t i = 0; i < before && !exact_arith_stopped(w->A); i++) {
        w->dot_of[i] = 0;
        if (w->ray[i].dead)
            continue;
        if (w->side[i] == 0 && !add_tight(w, i))
            return false;
        w->ray[i].dead = w->side[i] < 0;
    }
    w->dead += outside;
    return w->dead <= w->count / 2 + DEAD_ALLOWED || bury(w);
}

tdo_status hull_rays_add(hull_rays *w, const exact_num *at, const exact_num *whole)
{
    const bool first = w->inequalities == 0;
    for (size_t k = 0; k < w->d; k++) {
        exact_set(w->A, &w->row[k], &at[k]);
        if (first && !add_inequality(w))
            return TDO_E_MEMORY;
    }
    exact_set(w->A, &w->row[w->d], whole);
    w->row[w->d].negative = true;
    exact_shorten(w->A, &w->divisor, w->row, w->d + 1);
    find_near(w->A, w->row, w->d + 1, w->near_row);
    if (!add_inequality(w))
        return TDO_E_MEMORY;
    return (first ? start(w) : cut(w)) ? TDO_OK : TDO_E_MEMORY;
}
