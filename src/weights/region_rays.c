/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extreme rays in whole numbers. Coordinates keep 62 bits; sums and products have 128, which holds
 * 64 products of 53 and 62 bits, and two of 63 and 62. */
#include "weights/region.h"

#include <assert.h>
#include <string.h>

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

static const wide LONG = (wide)1 << 62;

typedef struct cone {
    const region_cone *of;
    size_t count, room;
    int64_t *ray;       /* [room x n] */
    region_bits *tight; /* [room] */
    wide *side;         /* [room] row . ray of the row that is put in */
    size_t placed;      /* rows that are in */
    region_rays_end end;
} cone;

static wide dot(const int64_t *row, const int64_t *ray, size_t n)
{
    wide sum = 0;
    for (size_t c = 0; c < n; c++)
        sum += (wide)row[c] * ray[c];
    return sum;
}

static uwide common_divisor(uwide a, uwide b)
{
    while (b != 0) {
        uwide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uwide size_of(wide x)
{
    return x < 0 ? -(uwide)x : (uwide)x;
}

static size_t count_bits(const region_bits *b)
{
    size_t n = 0;
    for (size_t i = 0; i < REGION_CONE_WORDS; i++)
        for (uint64_t w = b->word[i]; w != 0; w &= w - 1)
            n++;
    return n;
}

static region_bits both(const region_bits *a, const region_bits *b)
{
    region_bits y = {{0}};
    for (size_t i = 0; i < REGION_CONE_WORDS; i++)
        y.word[i] = a->word[i] & b->word[i];
    return y;
}

static bool has_all(const region_bits *a, const region_bits *of)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < REGION_CONE_WORDS; i++)
        missing |= of->word[i] & ~a->word[i];
    return missing == 0;
}

/* Two rays are neighbours when no third one lies wherever both do. */
static bool are_neighbours(const cone *k, size_t old, size_t i, size_t j, region_bits *common)
{
    *common = both(&k->tight[i], &k->tight[j]);
    if (count_bits(common) + 2 < k->of->n)
        return false;
    for (size_t t = 0; t < old; t++)
        if (t != i && t != j && has_all(&k->tight[t], common))
            return false;
    return true;
}

/* The ray on the row between i (inside) and j (outside), behind the others. */
static void add_between(cone *k, size_t i, size_t j, const region_bits *common)
{
    size_t n = k->of->n;
    uwide inside = size_of(k->side[i]), outside = size_of(k->side[j]), all = 0;
    uwide by = common_divisor(inside, outside);
    const int64_t *x = k->ray + i * n, *y = k->ray + j * n;
    wide sum[TDO_MAX_CRITERIA];
    inside /= by;
    outside /= by;
    if (inside >> 63 != 0 || outside >> 63 != 0) {
        k->end = REGION_RAYS_LONG;
        return;
    }
    for (size_t c = 0; c < n; c++) {
        sum[c] = (wide)outside * x[c] + (wide)inside * y[c];
        all = common_divisor(all, (uwide)sum[c]);
    }
    for (size_t c = 0; c < n; c++) {
        wide z = (wide)((uwide)sum[c] / all);
        if (z >= LONG) {
            k->end = REGION_RAYS_LONG;
            return;
        }
        k->ray[k->count * n + c] = (int64_t)z;
    }
    k->tight[k->count] = *common;
    region_bits_set(&k->tight[k->count], n + k->placed);
    k->count++;
}

/* Keeps what is on the inner side of the row or on it. */
static void drop_outside(cone *k, size_t old)
{
    size_t n = k->of->n, kept = 0;
    for (size_t i = 0; i < k->count; i++) {
        if (i < old && k->side[i] < 0)
            continue;
        if (i < old && k->side[i] == 0)
            region_bits_set(&k->tight[i], n + k->placed);
        memmove(k->ray + kept * n, k->ray + i * n, n * sizeof *k->ray);
        k->tight[kept++] = k->tight[i];
    }
    k->count = kept;
}

static void put_in(cone *k, const int64_t *row)
{
    size_t n = k->of->n, old = k->count;
    region_bits common = {{0}};
    for (size_t i = 0; i < old; i++)
        k->side[i] = dot(row, k->ray + i * n, n);
    for (size_t i = 0; i < old; i++) {
        for (size_t j = 0; j < old && k->side[i] > 0; j++) {
            if (k->side[j] >= 0 || !are_neighbours(k, old, i, j, &common))
                continue;
            if (k->count == k->room)
                k->end = REGION_RAYS_MANY;
            else
                add_between(k, i, j, &common);
            if (k->end != REGION_RAYS_ALL)
                return;
        }
    }
    drop_outside(k, old);
    k->placed++;
}

tdo_status region_cone_rays(const region_cone *of, tdo_arena *a, region_rays *out)
{
    assert(of->n >= 1 && of->n <= TDO_MAX_CRITERIA);
    const size_t n = of->n;
    /* While a row is put in, the rays outside and the new ones stand side by side. */
    cone k = {.of = of, .room = 2 * TDO_REGION_VERTICES};
    k.ray = tdo_alloc(a, k.room, n * sizeof *k.ray);
    k.tight = tdo_alloc(a, k.room, sizeof *k.tight);
    k.side = tdo_alloc(a, k.room, sizeof *k.side);
    if (!k.ray || !k.tight || !k.side)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < n; c++) {
        k.ray[c * n + c] = 1;
        for (size_t z = 0; z < n; z++)
            if (z != c)
                region_bits_set(&k.tight[c], z);
    }
    k.count = n;
    for (size_t i = 0; i < of->m && k.end == REGION_RAYS_ALL; i++) {
        put_in(&k, of->row + i * n);
        if (k.end == REGION_RAYS_ALL && k.count > TDO_REGION_VERTICES)
            k.end = REGION_RAYS_MANY;
    }
    *out = (region_rays){.end = k.end, .count = k.count, .ray = k.ray, .tight = k.tight};
    return TDO_OK;
}
