/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights that are uniform on what statements leave of the simplex. */
#include "variates/variates.h"

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

static tdo_status look_at_corners(const tdo_region *r, tdo_arena *a, variate_region *out)
{
    size_t n = r->n, corners = r->vertices;
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
    out->way = corners == axes + 1 && corners <= VARIATE_MOST_CORNERS ? VARIATE_CORNERS
                                                                      : VARIATE_WALK_CORNERS;
    out->start = middle;
    out->steps = VARIATE_WALK_STEPS + VARIATE_WALK_PER_AXIS * axes;
    return TDO_OK;
}

tdo_status variate_region_make(const tdo_region *r, tdo_arena *a, variate_region *out)
{
    *out = (variate_region){.way = VARIATE_FIXED, .r = r};
    if (!r->open)
        return TDO_OK;
    if (r->slack && r->stated == 0) {
        out->way = VARIATE_BOX;
        for (size_t c = 1; c < r->n; c++)
            out->loosest = r->slack[c] > r->slack[out->loosest] ? c : out->loosest;
        return TDO_OK;
    }
    if (r->vertex)
        return look_at_corners(r, a, out);
    out->way = r->axis ? VARIATE_WALK_AXES : VARIATE_WALK_PAIRS;
    out->start = r->inside;
    out->steps = VARIATE_WALK_STEPS + VARIATE_WALK_PER_AXIS * (r->axis ? r->axes : r->n - 1);
    return TDO_OK;
}

/* A number in (0, 1) of two words. */
static double uniform_of(const uint32_t word[2])
{
    return ((double)(((uint64_t)word[0] << 32 | word[1]) >> 11) + 0.5) * 0x1p-53;
}

/* ---- a box ---- */

/* With the loosest one left to the sum, at least one try in six is taken on average, whatever the
 * widths of the others. */
static void draw_in_box(const variate_region *r, const variate_draw *d, double *at)
{
    enum { MOST_TRIES = 4096 };
    const tdo_region *of = r->r;
    const size_t words = (2 * of->n + 3) / 4 * 4, last = r->loosest;
    uint32_t word[2 * TDO_MAX_CRITERIA + 4];
    for (uint32_t try = 0; try < MOST_TRIES; try++) {
        double rest = 1;
        variate_words(d, try * (uint32_t)words, words, word);
        for (size_t c = 0; c < of->n; c++) {
            if (c == last)
                continue;
            at[c] = of->centre[c] + of->slack[c] * (2 * uniform_of(word + 2 * c) - 1);
            rest -= at[c];
        }
        at[last] = rest;
        if (fabs(rest - of->centre[last]) <= of->slack[last])
            return;
    }
    memcpy(at, of->centre, of->n * sizeof *at); /* less likely than 1e-300 */
}

/* ---- a mixture of corners ---- */

static void mix_corners(const tdo_region *r, const variate_draw *d, double *at)
{
    double share[VARIATE_MOST_CORNERS];
    variate_simplex(d, r->vertices, share);
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

static void walk_along(const tdo_region *r, const double *along, double share, double *at)
{
    chord t = chord_of(r, at, along);
    double by = t.from + share * (t.to - t.from);
    for (size_t c = 0; c < r->n; c++) {
        double x = at[c] + by * along[c];
        at[c] = x > 0 ? x : 0;
    }
}

/* Two different ones of n. */
static void choose_two(const uint32_t word[2], size_t n, size_t *i, size_t *j)
{
    *i = below(word[0], n);
    *j = below(word[1], n - 1);
    *j += *j >= *i;
}

/* To a uniform place on a line through at. */
static void step(const variate_region *of, const uint32_t word[4], double *at)
{
    const tdo_region *r = of->r;
    double along[TDO_MAX_CRITERIA] = {0};
    size_t i = 0, j = 0;
    if (of->way == VARIATE_WALK_PAIRS) {
        choose_two(word, r->n, &i, &j);
        along[i] = 1;
        along[j] = -1;
    } else {
        choose_two(word, r->vertices, &i, &j);
        for (size_t c = 0; c < r->n; c++)
            along[c] = r->vertex[i * r->n + c] - r->vertex[j * r->n + c];
    }
    walk_along(r, along, uniform_of(word + 2), at);
}

static void walk(const variate_region *r, const variate_draw *d, double *at)
{
    enum { STEPS_AT_ONCE = 64 };
    uint32_t word[4 * STEPS_AT_ONCE];
    memcpy(at, r->start, r->r->n * sizeof *at);
    for (size_t k = 0; k < r->steps; k++) {
        size_t in = k % STEPS_AT_ONCE;
        if (in == 0)
            variate_words(d, (uint32_t)(4 * k), sizeof word / sizeof *word, word);
        step(r, word + 4 * in, at);
    }
}

/* Along any line of the flat, all directions being as likely. */
static void walk_flat(const variate_region *r, const variate_draw *d, double *at)
{
    const tdo_region *of = r->r;
    const size_t normals = (of->axes + 3) / 4 * 4;
    double along[TDO_MAX_CRITERIA], by[TDO_MAX_CRITERIA];
    uint32_t word[4], first = 0;
    memcpy(at, r->start, of->n * sizeof *at);
    for (size_t k = 0; k < r->steps && of->axes > 0; k++) {
        variate_normals(d, first, of->axes, by);
        variate_words(d, first + (uint32_t)normals, 4, word);
        first += (uint32_t)normals + 4;
        memset(along, 0, of->n * sizeof *along);
        for (size_t a = 0; a < of->axes; a++)
            for (size_t c = 0; c < of->n; c++)
                along[c] += by[a] * of->axis[a * of->n + c];
        walk_along(of, along, uniform_of(word), at);
    }
}

void variate_region_draw(const variate_region *r, const variate_draw *d, size_t n, double *weight)
{
    double at[TDO_MAX_CRITERIA];
    if (r->way == VARIATE_FIXED)
        return;
    if (r->way == VARIATE_CORNERS)
        mix_corners(r->r, d, at);
    else if (r->way == VARIATE_BOX)
        draw_in_box(r, d, at);
    else if (r->way == VARIATE_WALK_AXES)
        walk_flat(r, d, at);
    else
        walk(r, d, at);
    memset(weight, 0, n * sizeof *weight);
    for (size_t q = 0; q < r->r->n; q++)
        weight[r->r->criterion[q]] = at[q];
}
