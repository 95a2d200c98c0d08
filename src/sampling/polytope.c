/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights that are uniform on what statements leave of the simplex. */
#include "sampling/draws.h"

#include <math.h>
#include <string.h>

/* What counts as no further dimension: corners are doubles near their whole-number ratios. */
#define FLAT 1e-9

/* The dimension of the flat that the corners span, by elimination with full pivoting.
 * x: [rows x n] is lost. */
static size_t rank_of(double *x, size_t rows, size_t n)
{
    size_t rank = 0;
    for (; rank < rows && rank < n; rank++) {
        size_t at = rank, pivot = 0;
        double most = 0;
        for (size_t i = rank; i < rows; i++)
            for (size_t c = 0; c < n; c++)
                if (fabs(x[i * n + c]) > most) {
                    most = fabs(x[i * n + c]);
                    at = i;
                    pivot = c;
                }
        if (!(most > FLAT))
            break;
        for (size_t c = 0; c < n; c++) {
            double swap = x[at * n + c];
            x[at * n + c] = x[rank * n + c];
            x[rank * n + c] = swap;
        }
        for (size_t i = rank + 1; i < rows; i++) {
            double by = x[i * n + pivot] / x[rank * n + pivot];
            for (size_t c = 0; c < n; c++)
                x[i * n + c] -= by * x[rank * n + c];
        }
    }
    return rank;
}

tdo_status sampling_region_make(const tdo_region *r, tdo_arena *a, sampling_region *out)
{
    size_t n = r->n, corners = r->vertices;
    *out = (sampling_region){.way = SAMPLING_FIXED, .r = r};
    if (!r->open || !r->vertex || corners == 0)
        return TDO_OK;
    double *middle = tdo_alloc(a, n, sizeof *middle);
    double *from_first = tdo_alloc(a, corners * n, sizeof *from_first);
    if (!middle || !from_first)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < corners; k++)
        for (size_t c = 0; c < n; c++) {
            middle[c] += r->vertex[k * n + c] / (double)corners;
            from_first[k * n + c] = r->vertex[k * n + c] - r->vertex[c];
        }
    size_t axes = rank_of(from_first, corners, n);
    out->way = corners == axes + 1 && corners <= SAMPLING_MOST_CORNERS ? SAMPLING_CORNERS
                                                                       : SAMPLING_WALK;
    out->middle = middle;
    out->steps = SAMPLING_WALK_STEPS + SAMPLING_WALK_PER_AXIS * axes;
    return TDO_OK;
}

/* ---- a mixture of corners ---- */

static void mix_corners(const tdo_region *r, const sampling_draw *d, double *at)
{
    double share[SAMPLING_MOST_CORNERS];
    sampling_simplex(d, r->vertices, share);
    memset(at, 0, r->n * sizeof *at);
    for (size_t k = 0; k < r->vertices; k++)
        for (size_t c = 0; c < r->n; c++)
            at[c] += share[k] * r->vertex[k * r->n + c];
}

/* ---- hit-and-run ---- */

typedef struct chord {
    double from, to;
} chord;

/* Keeps y + t by >= 0. */
static void cut(chord *t, double y, double by)
{
    y = y > 0 ? y : 0; /* on the border, but for rounding */
    if (by > 0 && -y / by > t->from)
        t->from = -y / by;
    else if (by < 0 && -y / by < t->to)
        t->to = -y / by;
}

/* How far at + t along stays in the region; t = 0 does. */
static chord chord_of(const tdo_region *r, const double *at, const double *along)
{
    chord t = {-INFINITY, INFINITY};
    for (size_t c = 0; c < r->n; c++)
        cut(&t, at[c], along[c]);
    for (size_t i = 0; i < r->m; i++) {
        const double *row = r->row + i * r->n;
        double y = 0, by = 0;
        for (size_t c = 0; c < r->n; c++) {
            y += row[c] * at[c];
            by += row[c] * along[c];
        }
        cut(&t, y, by);
    }
    return t;
}

/* One of n, by a word. (The bias is below n / 2^32.) */
static size_t below(uint32_t word, size_t n)
{
    return (size_t)((uint64_t)word * n >> 32);
}

/* To a uniform place on the line through two corners that goes through at. */
static void step(const tdo_region *r, const uint32_t word[4], double *at)
{
    double along[TDO_MAX_CRITERIA];
    size_t i = below(word[0], r->vertices), j = below(word[1], r->vertices - 1);
    j += j >= i;
    for (size_t c = 0; c < r->n; c++)
        along[c] = r->vertex[i * r->n + c] - r->vertex[j * r->n + c];
    chord t = chord_of(r, at, along);
    double share = ((double)(((uint64_t)word[2] << 32 | word[3]) >> 11) + 0.5) * 0x1p-53;
    double by = t.from + share * (t.to - t.from);
    for (size_t c = 0; c < r->n; c++) {
        double x = at[c] + by * along[c];
        at[c] = x > 0 ? x : 0;
    }
}

static void walk(const sampling_region *r, const sampling_draw *d, double *at)
{
    enum { STEPS_AT_ONCE = 64 };
    uint32_t word[4 * STEPS_AT_ONCE];
    memcpy(at, r->middle, r->r->n * sizeof *at);
    for (size_t k = 0; k < r->steps; k++) {
        size_t in = k % STEPS_AT_ONCE;
        if (in == 0)
            sampling_words(d, (uint32_t)(4 * k), sizeof word / sizeof *word, word);
        step(r->r, word + 4 * in, at);
    }
}

void sampling_region_draw(const sampling_region *r, const sampling_draw *d, size_t n_criteria,
                          double *weight)
{
    double at[TDO_MAX_CRITERIA];
    if (r->way == SAMPLING_FIXED)
        return;
    if (r->way == SAMPLING_CORNERS)
        mix_corners(r->r, d, at);
    else
        walk(r, d, at);
    memset(weight, 0, n_criteria * sizeof *weight);
    for (size_t q = 0; q < r->r->n; q++)
        weight[r->r->criterion[q]] = at[q];
}
