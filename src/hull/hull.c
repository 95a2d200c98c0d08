/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop: a face of the points found is tried by an LP, which proves it or gives a point. */
#include "hull/search.h"

#include <math.h>
#include <string.h>

static tdo_status make(hull_search *f)
{
    const size_t d = f->c->d, m = f->c->m;
    f->number = exact_nums(f->room, d + 1 + m, EXACT_CAP_MAX);
    f->left = exact_nums(f->room, 1, EXACT_CAP_MAX);
    f->right = exact_nums(f->room, 1, EXACT_CAP_MAX);
    if (!f->number || !f->left || !f->right ||
        !exact_arith_make(&f->A, EXACT_CAP_MAX, UINT64_MAX, f->room) ||
        !exact_divisor_make(&f->divisor, EXACT_CAP_MAX, f->room))
        return TDO_E_MEMORY;
    tdo_status status = hull_lp_make(&f->lp, f->c, &f->A, f->room);
    return status == TDO_OK ? hull_rays_make(&f->rays, d, &f->A, f->room) : status;
}

/* ---- points ---- */

/* Basic columns with a share, ascending. */
static size_t list_shares(const hull_search *f, uint32_t *row)
{
    size_t n = 0;
    for (size_t i = 0; i < f->lp.rows; i++) {
        if (f->lp.basis[i] >= f->c->n || f->lp.inverse[i * f->lp.rows].size == 0)
            continue;
        size_t at = n++;
        for (; at > 0 && f->lp.basis[row[at - 1]] > f->lp.basis[i]; at--)
            row[at] = row[at - 1];
        row[at] = (uint32_t)i;
    }
    return n;
}

/* The point of the LP's basis. */
static tdo_status add_point(hull_search *f)
{
    const size_t d = f->c->d, rows = f->lp.rows;
    uint32_t *row = tdo_alloc(f->room, rows, sizeof *row);
    uint32_t *basis = tdo_alloc(f->room, rows, sizeof *basis);
    if (f->points == 0 || (f->points & (f->points - 1)) == 0)
        f->point =
            tdo_grow(f->room, f->point, f->points, f->points ? 2 * f->points : 1, sizeof *f->point);
    if (!row || !basis || !f->point)
        return TDO_E_MEMORY;
    memcpy(basis, f->lp.basis, rows * sizeof *basis);
    hull_found *p = &f->point[f->points];
    *p = (hull_found){.is.n = list_shares(f, row), .basis = basis};
    uint32_t *column = tdo_alloc(f->a, p->is.n, sizeof *column);
    exact_num *share = tdo_alloc(f->a, p->is.n, sizeof *share);
    const exact_num *whole = hull_keep(f->lp.whole, 1, f->a);
    if (!column || !share || !whole)
        return TDO_E_MEMORY;
    for (size_t t = 0; t < p->is.n; t++) {
        const exact_num *own = hull_keep(&f->lp.inverse[row[t] * rows], 1, f->a);
        if (!own)
            return TDO_E_MEMORY;
        share[t] = *own;
        column[t] = f->lp.basis[row[t]];
    }
    for (size_t k = 0; k < d; k++)
        hull_lp_at(&f->lp, k, &f->number[k]);
    p->is.column = column;
    p->is.share = share;
    p->is.whole = *whole;
    p->is.at = hull_keep(f->number, d, f->a);
    if (!p->is.at)
        return TDO_E_MEMORY;
    f->points++;
    return exact_arith_stopped(&f->A) ? TDO_OK : hull_rays_add(&f->rays, p->is.at, whole);
}

static tdo_status find_first(hull_search *f)
{
    for (size_t k = 0; k < f->c->d; k++) {
        const double most = f->lp.most[k];
        exact_set_double(&f->A, &f->number[k], most > 0 ? ldexp(1, -ilogb(most)) : 1);
    }
    hull_lp_solve(&f->lp, f->number);
    f->lps++;
    hull_lp_settle(&f->lp);
    return exact_arith_stopped(&f->A) ? TDO_OK : add_point(f);
}

/* ---- faces ---- */

/* From the newest point on the face on, which may be optimal there. */
static void solve_at(hull_search *f, const hull_ray *r)
{
    hull_lp_move(&f->lp, f->point[r->tight[r->n - 1] - f->c->d].basis);
    hull_lp_solve(&f->lp, r->at);
    f->lps++;
}

/* left, right = the value of the points found at ray r, and of the LP just solved; over whole. */
static void compare_values(hull_search *f, const hull_ray *r)
{
    exact_mul(&f->A, f->left, &r->at[f->c->d], f->lp.whole);
    exact_set(&f->A, f->right, &f->lp.price[0]);
}

/* The proof of a face, or of what may lie beyond one: its multipliers, from the prices. */
static tdo_status prove(hull_search *f, const hull_ray *r, const exact_num **out)
{
    const size_t d = f->c->d, m = f->c->m;
    for (size_t k = 0; k < d; k++)
        exact_mul(&f->A, &f->number[k], &r->at[k], f->lp.whole);
    exact_set(&f->A, &f->number[d], &f->lp.price[0]);
    for (size_t k = 0; k < m; k++) {
        exact_num *x = &f->number[d + 1 + k];
        exact_set(&f->A, x, &f->lp.price[k + 1]);
        x->negative = x->size > 0 && !x->negative;
    }
    if (exact_arith_stopped(&f->A))
        return TDO_OK;
    exact_shorten(&f->A, &f->divisor, f->number, d + 1 + m);
    *out = hull_keep(f->number, d + 1 + m, f->a);
    return *out ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status try_face(hull_search *f, size_t i)
{
    solve_at(f, &f->rays.ray[i]);
    if (exact_arith_stopped(&f->A))
        return TDO_OK;
    compare_values(f, &f->rays.ray[i]);
    if (exact_cmp(f->left, f->right) == 0)
        return prove(f, &f->rays.ray[i], &f->rays.ray[i].multiplier);
    f->more = f->points == f->limits->points;
    if (f->more)
        return TDO_OK;
    hull_lp_settle(&f->lp);
    return exact_arith_stopped(&f->A) ? TDO_OK : add_point(f);
}

static uint64_t steps_of(const hull_search *f)
{
    return f->lp.steps + f->rays.steps;
}

static bool is_told_to_stop(const hull_search *f)
{
    return exact_arith_stopped(&f->A) || (f->limits->stop && *f->limits->stop);
}

/* The next face that is not proven; SIZE_MAX: all are. */
static size_t find_next(hull_search *f)
{
    hull_rays *w = &f->rays;
    while (w->next < w->count &&
           (w->ray[w->next].dead || w->ray[w->next].down || w->ray[w->next].multiplier))
        w->next++;
    return w->next < w->count ? w->next : SIZE_MAX;
}

static tdo_status find_all(hull_search *f, bool *complete)
{
    tdo_status status = find_first(f);
    *complete = false;
    while (status == TDO_OK && !f->more && !is_told_to_stop(f)) {
        const size_t i = find_next(f);
        *complete = i == SIZE_MAX;
        if (*complete || steps_of(f) >= f->limits->steps)
            break;
        status = try_face(f, i);
    }
    return status;
}

/* ---- what may be missing ---- */

/* The most that the value of an LP is below that of the points found: the difference is convex
 * between rays, so no weights miss more than a ray does. A ray that misses nothing has its proof.
 */
static tdo_status find_gap(hull_search *f, double *most)
{
    tdo_status status = TDO_OK;
    for (size_t i = f->rays.next;
         i < f->rays.count && status == TDO_OK && !exact_arith_stopped(&f->A); i++) {
        hull_ray *r = &f->rays.ray[i];
        if (r->dead || r->down || r->multiplier)
            continue;
        solve_at(f, r);
        compare_values(f, r);
        if (!exact_arith_stopped(&f->A) && exact_cmp(f->left, f->right) == 0) {
            status = prove(f, r, &r->multiplier);
            continue;
        }
        status = prove(f, r, &r->bound);
        exact_sub(&f->A, f->left, f->left, f->right);
        hull_add_units(f, r->at, f->right);
        exact_mul(&f->A, f->right, f->right, f->lp.whole);
        r->beyond = exact_ratio(&f->A, f->left, f->right);
        *most = r->beyond > *most ? r->beyond : *most;
    }
    if (exact_arith_stopped(&f->A))
        *most = INFINITY;
    return status;
}

tdo_status hull_find(const hull_columns *c, const hull_limits *limits, tdo_arena *a,
                     hull_result *out)
{
    tdo_arena *room = tdo_arena_new();
    hull_search f = {.c = c, .limits = limits, .a = a, .room = room};
    tdo_status status = room ? make(&f) : TDO_E_MEMORY;
    *out = (hull_result){.complete = true};
    if (status == TDO_OK && hull_lp_start(&f.lp) && !exact_arith_stopped(&f.A))
        status = find_all(&f, &out->complete);
    out->too_long = exact_arith_stopped(&f.A);
    out->complete &= !out->too_long;
    if (status == TDO_OK && !out->complete)
        out->gap = out->too_long ? INFINITY : 0;
    if (status == TDO_OK && !out->complete && !out->too_long && f.rays.count > 0) {
        status = find_gap(&f, &out->gap);
        out->complete = !exact_arith_stopped(&f.A) && find_next(&f) == SIZE_MAX;
    }
    f.A.full = false;
    out->steps = steps_of(&f);
    out->lps = f.lps;
    if (status == TDO_OK && f.points > 0)
        status = hull_write(&f, out);
    tdo_arena_free(room);
    return status;
}
