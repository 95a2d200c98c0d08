/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of a cell: it is cut into simplices from its first corner over the facets that this one
 * is not on, each facet likewise (Cohen and Hickey 1979). Facets are told by the inequalities of
 * their corners: the largest sets of corners that share one more. */
#include "hull/cells.h"

#include <math.h>
#include <string.h>

/* What is looked at on one level of the recursion. */
typedef struct level {
    uint64_t *mask; /* [facets x words] the corners on each, of those of the face */
    size_t mask_room;
    uint32_t *ray; /* corners of the facet gone into */
    size_t ray_room;
} level;

typedef struct cell_cutter {
    const hull_rays *w;
    const double *corner;
    size_t d;
    tdo_arena *a;
    uint32_t *slot; /* [inequalities] 1 + its facet; 0 */
    uint32_t *used; /* [inequalities] those with a slot */
    level level[HULL_AXES];
    uint32_t apex[HULL_AXES]; /* corners of the simplex so far */
    bool failed;              /* memory is out */
} cell_cutter;

/* In units of the simplex of all weights. */
static double simplex_size(const cell_cutter *c)
{
    double x[HULL_AXES][HULL_AXES], size = 1;
    for (size_t i = 0; i < c->d; i++)
        memcpy(x[i], c->corner + c->apex[i] * c->d, c->d * sizeof(double));
    for (size_t s = 0; s < c->d; s++) {
        size_t best = s;
        for (size_t i = s + 1; i < c->d; i++)
            best = fabs(x[i][s]) > fabs(x[best][s]) ? i : best;
        if (!(fabs(x[best][s]) > 0))
            return 0;
        for (size_t k = s; k < c->d && best != s; k++) {
            const double t = x[best][k];
            x[best][k] = x[s][k];
            x[s][k] = t;
        }
        size *= fabs(x[s][s]);
        for (size_t i = s + 1; i < c->d; i++) {
            const double by = x[i][s] / x[s][s];
            for (size_t k = s + 1; k < c->d; k++)
                x[i][k] -= by * x[s][k];
        }
    }
    return size;
}

/* ---- facets ---- */

/* Which corners of a face (ray[n]) each inequality holds: as many masks as there are inequalities.
 */
static size_t find_masks(cell_cutter *c, level *l, const uint32_t *ray, size_t n, size_t words)
{
    size_t facets = 0;
    for (size_t i = 0; i < n; i++) {
        const hull_ray *r = &c->w->ray[ray[i]];
        for (size_t t = 0; t < r->n; t++) {
            uint32_t *slot = &c->slot[r->tight[t]];
            if (*slot == 0) {
                const size_t need = (facets + 1) * words;
                if (need > l->mask_room) {
                    uint64_t *more = tdo_grow(c->a, l->mask, l->mask_room, 2 * need, sizeof *more);
                    if (!more) {
                        c->failed = true;
                        return 0;
                    }
                    l->mask = more;
                    l->mask_room = 2 * need;
                }
                memset(l->mask + facets * words, 0, words * sizeof *l->mask);
                c->used[facets] = r->tight[t];
                *slot = (uint32_t)++facets;
            }
            l->mask[(*slot - 1) * words + i / 64] |= UINT64_C(1) << i % 64;
        }
    }
    for (size_t f = 0; f < facets; f++)
        c->slot[c->used[f]] = 0;
    return facets;
}

static size_t count_bits(const uint64_t *mask, size_t words)
{
    size_t n = 0;
    for (size_t k = 0; k < words; k++)
        n += (size_t)__builtin_popcountll(mask[k]);
    return n;
}

static bool is_within(const uint64_t *x, const uint64_t *y, size_t words)
{
    for (size_t k = 0; k < words; k++)
        if ((x[k] & ~y[k]) != 0)
            return false;
    return true;
}

/* Keeps the masks of facets of a face of n corners: the largest ones that do not hold all. */
static size_t keep_facets(uint64_t *mask, size_t facets, size_t words, size_t n, size_t least)
{
    size_t some = 0, kept = 0;
    for (size_t f = 0; f < facets; f++) {
        const size_t on = count_bits(mask + f * words, words);
        if (on < n && on >= least)
            memmove(mask + some++ * words, mask + f * words, words * sizeof *mask);
    }
    for (size_t f = 0; f < some; f++) {
        bool largest = true;
        for (size_t g = 0; g < some && largest; g++)
            largest = g == f || !is_within(mask + f * words, mask + g * words, words) ||
                      (f < g && is_within(mask + g * words, mask + f * words, words));
        if (largest) /* the others are still looked at: marked, not moved */
            mask[f * words + words - 1] |= UINT64_C(1) << 63;
    }
    for (size_t f = 0; f < some; f++) {
        if ((mask[f * words + words - 1] >> 63) == 0)
            continue;
        memmove(mask + kept * words, mask + f * words, words * sizeof *mask);
        mask[kept++ * words + words - 1] &= ~(UINT64_C(1) << 63);
    }
    return kept;
}

/* The corners of a facet, as a list of this level. */
static size_t list_corners(cell_cutter *c, level *l, const uint32_t *ray, size_t n,
                           const uint64_t *mask)
{
    size_t count = 0;
    if (n > l->ray_room) {
        uint32_t *more = tdo_grow(c->a, l->ray, l->ray_room, 2 * n, sizeof *more);
        if (!more) {
            c->failed = true;
            return 0;
        }
        l->ray = more;
        l->ray_room = 2 * n;
    }
    for (size_t i = 0; i < n; i++)
        if ((mask[i / 64] >> i % 64 & 1) != 0)
            l->ray[count++] = ray[i];
    return count;
}

/* The size of the pyramids over a face of so many dimensions, with the tops found above it. */
static double size_of(cell_cutter *c, const uint32_t *ray, size_t n, size_t dimensions)
{
    const size_t depth = c->d - 1 - dimensions, words = n / 64 + 1; /* the last bit is free */
    level *l = &c->level[depth];
    double size = 0;
    if (n == dimensions + 1) {
        memcpy(c->apex + depth, ray, n * sizeof *ray);
        return simplex_size(c);
    }
    size_t facets = find_masks(c, l, ray, n, words);
    facets = keep_facets(l->mask, facets, words, n, dimensions);
    for (size_t f = 0; f < facets && !c->failed; f++) {
        const uint64_t *mask = l->mask + f * words;
        if ((mask[0] & 1) != 0)
            continue;
        const size_t count = list_corners(c, l, ray, n, mask);
        c->apex[depth] = ray[0];
        if (!c->failed && count > 0)
            size += size_of(c, l->ray, count, dimensions - 1);
    }
    return size;
}

/* ---- all cells ---- */

static void find_center(const cell_cutter *c, const uint32_t *ray, size_t n, double *center)
{
    for (size_t k = 0; k < c->d; k++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += c->corner[ray[i] * c->d + k];
        center[k] = sum / (double)n;
    }
}

tdo_status hull_cells(const hull_rays *w, const double *corner, double *part, double *center)
{
    tdo_arena *a = tdo_arena_new();
    cell_cutter c = {.w = w, .corner = corner, .d = w->d, .a = a};
    tdo_status status = TDO_E_MEMORY;
    uint32_t *ray = a ? tdo_alloc(a, w->count, sizeof *ray) : NULL;
    if (!ray)
        goto out;
    c.slot = tdo_alloc(a, w->inequalities, sizeof *c.slot);
    c.used = tdo_alloc(a, w->inequalities, sizeof *c.used);
    if (!c.slot || !c.used)
        goto out;
    for (size_t v = 0; v + w->d < w->inequalities && !c.failed; v++) {
        const hull_ray_list *on = &w->on[w->d + v];
        size_t n = 0;
        for (size_t t = 0; t < on->n; t++)
            if (!w->ray[on->ray[t]].dead)
                ray[n++] = on->ray[t];
        find_center(&c, ray, n, center + v * w->d);
        part[v] = size_of(&c, ray, n, w->d - 1);
    }
    status = c.failed ? TDO_E_MEMORY : TDO_OK;
out:
    tdo_arena_free(a);
    return status;
}
