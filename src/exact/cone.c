/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extreme rays of a cone in whole numbers without a common divisor; each as a corner in the end.
 *
 * A ray is fixed by n - 1 facets, of which at most min(n - 1, m) are rows: its numbers are minors
 * of so many rows, and Hadamard's inequality bounds them. So their room is known beforehand. */
#include "exact/cone.h"

#include "exact/divisor.h"

#include <assert.h>
#include <string.h>

enum {
    ROW_BITS = 53 + 3 /* of a number in a row, and half of those of n <= 64 terms */
};

typedef struct cone {
    const exact_cone *source;
    size_t count, room;
    exact_num *ray;     /* [room x n] */
    exact_num *side;    /* [room] row . ray of the row that is put in */
    exact_num *between; /* [n] a ray before it is shortened */
    exact_num *sum;     /* of the numbers of a ray */
    exact_divisor divisor;
    exact_facets *tight; /* [room] */
    size_t placed;       /* rows that are in */
    exact_arith A;
    bool many;
} cone;

static size_t exact_facets_common(const exact_facets *x, const exact_facets *y,
                                  exact_facets *common)
{
    size_t n = 0;
    for (size_t i = 0; i < EXACT_CONE_WORDS; i++) {
        common->word[i] = x->word[i] & y->word[i];
        for (uint64_t w = common->word[i]; w != 0; w &= w - 1)
            n++;
    }
    return n;
}

/* How many facets both lie on; common: which. */
static bool exact_facets_include(const exact_facets *all, const exact_facets *some)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < EXACT_CONE_WORDS; i++)
        missing |= some->word[i] & ~all->word[i];
    return missing == 0;
}

bool exact_are_neighbours(const exact_facets *tight, size_t count, size_t n, size_t i, size_t j,
                          exact_facets *common)
{
    exact_facets own;
    if (exact_facets_common(&tight[i], &tight[j], common) + 2 < n)
        return false;
    if (exact_facets_common(&tight[i], &tight[i], &own) + 1 == n ||
        exact_facets_common(&tight[j], &tight[j], &own) + 1 == n)
        return true;
    for (size_t t = 0; t < count; t++)
        if (t != i && t != j && exact_facets_include(&tight[t], common))
            return false;
    return true;
}

/* ---- one row ---- */

/* The ray on the row between i (inside) and j (outside), behind the others. */
static void add_between(cone *k, size_t i, size_t j, const exact_facets *common)
{
    const size_t n = k->source->n;
    for (size_t c = 0; c < n; c++) { /* side[j] < 0 */
        exact_mul(&k->A, &k->A.product[0], &k->ray[j * n + c], &k->side[i]);
        exact_mul(&k->A, &k->A.product[1], &k->ray[i * n + c], &k->side[j]);
        exact_sub(&k->A, &k->between[c], &k->A.product[0], &k->A.product[1]);
    }
    exact_shorten(&k->A, &k->divisor, k->between, n);
    for (size_t c = 0; c < n; c++)
        exact_set(&k->A, &k->ray[k->count * n + c], &k->between[c]);
    k->tight[k->count] = *common;
    exact_facets_add(&k->tight[k->count], n + k->placed);
    k->count++;
}

static void swap_rays(cone *k, size_t i, size_t j)
{
    for (size_t c = 0; c < k->source->n; c++) {
        exact_num x = k->ray[i * k->source->n + c];
        k->ray[i * k->source->n + c] = k->ray[j * k->source->n + c];
        k->ray[j * k->source->n + c] = x;
    }
    k->tight[i] = k->tight[j];
}

/* Keeps what is on the inner side of the row or on it. */
static void drop_outside(cone *k, size_t old)
{
    size_t kept = 0;
    for (size_t i = 0; i < k->count; i++) {
        if (i < old && exact_sign(&k->side[i]) < 0)
            continue;
        if (i < old && exact_sign(&k->side[i]) == 0)
            exact_facets_add(&k->tight[i], k->source->n + k->placed);
        if (kept != i)
            swap_rays(k, kept, i);
        kept++;
    }
    k->count = kept;
}

static void put_in(cone *k, const int64_t *row)
{
    const size_t n = k->source->n, old = k->count;
    exact_facets common = {{0}};
    for (size_t i = 0; i < old; i++) {
        exact_set_double(&k->A, &k->side[i], 0);
        for (size_t c = 0; c < n; c++)
            exact_add_mul(&k->A, &k->side[i], &k->ray[i * n + c], (double)row[c]);
    }
    for (size_t i = 0; i < old; i++)
        for (size_t j = 0; j < old && exact_sign(&k->side[i]) > 0; j++) {
            if (exact_sign(&k->side[j]) >= 0 ||
                !exact_are_neighbours(k->tight, old, n, i, j, &common))
                continue;
            k->many = k->count == k->room;
            if (k->many)
                return;
            add_between(k, i, j, &common);
        }
    drop_outside(k, old);
    k->many = k->count > k->source->most_corners;
    k->placed++;
}

/* ---- all of them ---- */

static bool make(cone *k, tdo_arena *a)
{
    const size_t n = k->source->n, rows = n - 1 < k->source->m ? n - 1 : k->source->m;
    const int limbs = (int)((rows * ROW_BITS + ROW_BITS) / 64 + 2), wide = 2 * limbs + 8;
    assert(wide <= EXACT_CAP_MAX);
    k->ray = exact_nums(a, k->room * n, limbs);
    k->side = exact_nums(a, k->room, limbs + 2);
    k->between = exact_nums(a, n, wide);
    k->sum = exact_nums(a, 1, wide);
    k->tight = tdo_alloc(a, k->room, sizeof *k->tight);
    return k->ray && k->side && k->between && k->sum && k->tight &&
           exact_divisor_make(&k->divisor, wide, a) && exact_arith_make(&k->A, wide, UINT64_MAX, a);
}

/* The corners w >= 0 alone has. */
static void start(cone *k)
{
    for (size_t c = 0; c < k->source->n; c++) {
        exact_set_double(&k->A, &k->ray[c * k->source->n + c], 1);
        for (size_t z = 0; z < k->source->n; z++)
            if (z != c)
                exact_facets_add(&k->tight[c], z);
    }
    k->count = k->source->n;
}

static double *weights_of(cone *k, tdo_arena *a)
{
    const size_t n = k->source->n;
    double *at = tdo_alloc(a, k->count, n * sizeof *at);
    exact_num *sum = k->sum;
    for (size_t q = 0; at && q < k->count; q++) {
        exact_set_double(&k->A, sum, 0);
        for (size_t c = 0; c < n; c++)
            exact_add(&k->A, sum, sum, &k->ray[q * n + c]);
        for (size_t c = 0; c < n; c++)
            at[q * n + c] = exact_ratio(&k->A, &k->ray[q * n + c], sum);
    }
    return at;
}

tdo_status exact_cone_corners(const exact_cone *of, tdo_arena *a, exact_corners *out)
{
    assert(of->n >= 1);
    *out = (exact_corners){.listed = false};
    if (of->n > EXACT_CONE_MOST_N || of->m > EXACT_CONE_MOST_ROWS)
        return TDO_OK;
    tdo_arena *scratch = tdo_arena_new();
    /* While a row is put in, the rays outside and the new ones stand side by side. */
    cone k = {.source = of, .room = 2 * of->most_corners};
    double *at = NULL;
    exact_facets *tight = NULL;
    tdo_status status = scratch && make(&k, scratch) ? TDO_OK : TDO_E_MEMORY;
    if (status != TDO_OK)
        goto out;
    start(&k);
    for (size_t i = 0; i < of->m && !k.many; i++)
        put_in(&k, of->row + i * of->n);
    if (k.many)
        goto out;
    at = weights_of(&k, a);
    tight = tdo_alloc(a, k.count, sizeof *tight);
    assert(!exact_arith_stopped(&k.A));
    if (at && tight) {
        memcpy(tight, k.tight, k.count * sizeof *tight);
        *out = (exact_corners){.listed = true, .count = k.count, .corner = at, .tight = tight};
    } else {
        status = TDO_E_MEMORY;
    }
out:
    tdo_arena_free(scratch);
    return status;
}
