/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extreme rays of a cone in whole numbers without a common divisor; each as a corner in the end.
 *
 * A ray is fixed by n - 1 facets, of which at most min(n - 1, m) are rows: its numbers are minors
 * of so many rows, and Hadamard's inequality bounds them. So their room is known beforehand. */
#include "lp/cone.h"

#include "lp/dyadic.h"

#include <assert.h>
#include <string.h>

enum {
    ROW_BITS = 53 + 3 /* of a number in a row, and half of those of n <= 64 terms */
};

typedef struct cone {
    const lp_cone *of;
    size_t count, room;
    lp_num *ray;      /* [room x n] */
    lp_num *side;     /* [room] row . ray of the row that is put in */
    lp_num *between;  /* [n] a ray before it is shortened */
    lp_num *by;       /* what all of its numbers are divided by; of their sum */
    lp_facets *tight; /* [room] */
    size_t placed;    /* rows that are in */
    mp_limb_t *left, *right;
    lp_arith A;
    bool many;
} cone;

size_t lp_facets_common(const lp_facets *x, const lp_facets *y, lp_facets *common)
{
    size_t n = 0;
    for (size_t i = 0; i < LP_CONE_WORDS; i++) {
        common->word[i] = x->word[i] & y->word[i];
        for (uint64_t w = common->word[i]; w != 0; w &= w - 1)
            n++;
    }
    return n;
}

bool lp_facets_include(const lp_facets *all, const lp_facets *some)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < LP_CONE_WORDS; i++)
        missing |= some->word[i] & ~all->word[i];
    return missing == 0;
}

/* Two rays are neighbours when no third one lies wherever both do. */
static bool are_neighbours(const cone *k, size_t old, size_t i, size_t j, lp_facets *common)
{
    if (lp_facets_common(&k->tight[i], &k->tight[j], common) + 2 < k->of->n)
        return false;
    for (size_t t = 0; t < old; t++)
        if (t != i && t != j && lp_facets_include(&k->tight[t], common))
            return false;
    return true;
}

/* ---- common divisors ---- */

/* The odd part of a whole number that is not 0, and how many limbs it has. */
static mp_size_t odd_part(const lp_num *x, mp_limb_t *out)
{
    const unsigned twos = (unsigned)mpn_scan1(x->limb, 0); /* within the first limb */
    mp_size_t size = x->size;
    if (twos > 0)
        (void)mpn_rshift(out, x->limb, size, twos);
    else
        memcpy(out, x->limb, (size_t)size * sizeof *out);
    return size - (out[size - 1] == 0);
}

/* by = the largest odd number that divides by and x. by 0: that of x. */
static void take_divisor(cone *k, lp_num *by, const lp_num *x)
{
    if (x->size == 0)
        return;
    mp_size_t size = odd_part(x, k->left);
    if (by->size > 0) {
        mp_size_t other = odd_part(by, k->right);
        if (size >= other)
            size = mpn_gcd(by->limb, k->left, size, k->right, other);
        else
            size = mpn_gcd(by->limb, k->right, other, k->left, size);
    } else {
        memcpy(by->limb, k->left, (size_t)size * sizeof *k->left);
    }
    by->size = (int)size;
    by->low = 0;
    by->negative = false;
}

/* Odd common divisors go; powers of two below a whole limb may stay. */
static void shorten(cone *k, lp_num *x, size_t n)
{
    lp_num *by = k->by;
    by->size = 0;
    for (size_t c = 0; c < n && !(by->size == 1 && by->limb[0] == 1); c++)
        take_divisor(k, by, &x[c]);
    if (by->size == 1 && by->limb[0] == 1)
        return;
    for (size_t c = 0; c < n; c++)
        lp_div_exact(&k->A, &x[c], &x[c], by);
}

/* ---- one row ---- */

/* The ray on the row between i (inside) and j (outside), behind the others. */
static void add_between(cone *k, size_t i, size_t j, const lp_facets *common)
{
    const size_t n = k->of->n;
    for (size_t c = 0; c < n; c++) { /* side[j] < 0 */
        lp_mul(&k->A, &k->A.product[0], &k->ray[j * n + c], &k->side[i]);
        lp_mul(&k->A, &k->A.product[1], &k->ray[i * n + c], &k->side[j]);
        lp_sub(&k->A, &k->between[c], &k->A.product[0], &k->A.product[1]);
    }
    shorten(k, k->between, n);
    for (size_t c = 0; c < n; c++)
        lp_set(&k->A, &k->ray[k->count * n + c], &k->between[c]);
    k->tight[k->count] = *common;
    lp_facets_add(&k->tight[k->count], n + k->placed);
    k->count++;
}

static void swap_rays(cone *k, size_t i, size_t j)
{
    for (size_t c = 0; c < k->of->n; c++) {
        lp_num x = k->ray[i * k->of->n + c];
        k->ray[i * k->of->n + c] = k->ray[j * k->of->n + c];
        k->ray[j * k->of->n + c] = x;
    }
    k->tight[i] = k->tight[j];
}

/* Keeps what is on the inner side of the row or on it. */
static void drop_outside(cone *k, size_t old)
{
    size_t kept = 0;
    for (size_t i = 0; i < k->count; i++) {
        if (i < old && lp_sign(&k->side[i]) < 0)
            continue;
        if (i < old && lp_sign(&k->side[i]) == 0)
            lp_facets_add(&k->tight[i], k->of->n + k->placed);
        if (kept != i)
            swap_rays(k, kept, i);
        kept++;
    }
    k->count = kept;
}

static void put_in(cone *k, const int64_t *row)
{
    const size_t n = k->of->n, old = k->count;
    lp_facets common = {{0}};
    for (size_t i = 0; i < old; i++) {
        lp_set_double(&k->A, &k->side[i], 0);
        for (size_t c = 0; c < n; c++)
            lp_add_mul(&k->A, &k->side[i], &k->ray[i * n + c], (double)row[c]);
    }
    for (size_t i = 0; i < old; i++)
        for (size_t j = 0; j < old && lp_sign(&k->side[i]) > 0; j++) {
            if (lp_sign(&k->side[j]) >= 0 || !are_neighbours(k, old, i, j, &common))
                continue;
            k->many = k->count == k->room;
            if (k->many)
                return;
            add_between(k, i, j, &common);
        }
    drop_outside(k, old);
    k->many = k->count > k->of->most_corners;
    k->placed++;
}

/* ---- all of them ---- */

static bool make(cone *k, tdo_arena *a)
{
    const size_t n = k->of->n, rows = n - 1 < k->of->m ? n - 1 : k->of->m;
    const int limbs = (int)((rows * ROW_BITS + ROW_BITS) / 64 + 2), wide = 2 * limbs + 8;
    assert(wide <= LP_CAP_MAX);
    k->ray = lp_nums(a, k->room * n, limbs);
    k->side = lp_nums(a, k->room, limbs + 2);
    k->between = lp_nums(a, n, wide);
    k->by = lp_nums(a, 1, wide);
    k->tight = tdo_alloc(a, k->room, sizeof *k->tight);
    k->left = tdo_alloc(a, (size_t)wide, sizeof *k->left);
    k->right = tdo_alloc(a, (size_t)wide, sizeof *k->right);
    return k->ray && k->side && k->between && k->by && k->tight && k->left && k->right &&
           lp_arith_make(&k->A, wide, UINT64_MAX, a);
}

/* The corners w >= 0 alone has. */
static void start(cone *k)
{
    for (size_t c = 0; c < k->of->n; c++) {
        lp_set_double(&k->A, &k->ray[c * k->of->n + c], 1);
        for (size_t z = 0; z < k->of->n; z++)
            if (z != c)
                lp_facets_add(&k->tight[c], z);
    }
    k->count = k->of->n;
}

static double *weights_of(cone *k, tdo_arena *a)
{
    const size_t n = k->of->n;
    double *at = tdo_alloc(a, k->count, n * sizeof *at);
    lp_num *sum = k->by;
    for (size_t q = 0; at && q < k->count; q++) {
        lp_set_double(&k->A, sum, 0);
        for (size_t c = 0; c < n; c++)
            lp_add(&k->A, sum, sum, &k->ray[q * n + c]);
        for (size_t c = 0; c < n; c++)
            at[q * n + c] = lp_ratio(&k->A, &k->ray[q * n + c], sum);
    }
    return at;
}

tdo_status lp_cone_corners(const lp_cone *of, tdo_arena *a, lp_corners *out)
{
    assert(of->n >= 1 && of->n <= LP_CONE_MOST_N && of->m <= LP_CONE_MOST_ROWS);
    tdo_arena *scratch = tdo_arena_new();
    /* While a row is put in, the rays outside and the new ones stand side by side. */
    cone k = {.of = of, .room = 2 * of->most_corners};
    double *at = NULL;
    lp_facets *tight = NULL;
    tdo_status status = scratch && make(&k, scratch) ? TDO_OK : TDO_E_MEMORY;
    *out = (lp_corners){.listed = false};
    if (status != TDO_OK)
        goto out;
    start(&k);
    for (size_t i = 0; i < of->m && !k.many; i++)
        put_in(&k, of->row + i * of->n);
    if (k.many)
        goto out;
    at = weights_of(&k, a);
    tight = tdo_alloc(a, k.count, sizeof *tight);
    assert(!lp_arith_stopped(&k.A));
    if (at && tight) {
        memcpy(tight, k.tight, k.count * sizeof *tight);
        *out = (lp_corners){.listed = true, .count = k.count, .at = at, .tight = tight};
    } else {
        status = TDO_E_MEMORY;
    }
out:
    tdo_arena_free(scratch);
    return status;
}
