/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre of a polytope given by its corners and by which facets each lies on. */
#include "region/region.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { WORDS = TDO_REGION_VERTICES / 64 };

/* A face, as the corners on it. */
typedef struct face {
    uint64_t word[WORDS];
} face;

/* A sum that does not lose what is small (Neumaier 1974). */
typedef struct total {
    double sum, lost;
} total;

typedef struct cutting {
    const region_corners *x;
    face *facet; /* [facets] the corners on each */
    face *room;  /* [facets x levels] the facets of the faces that are being cut */
    size_t simplex[TDO_MAX_CRITERIA + 1]; /* the corners of the one being made */
    size_t chosen;
    size_t *column; /* [n] coordinates in which volumes are compared, the first `rank` */
    size_t rank;    /* 0: not known yet */
    double *matrix; /* [n x n] room */
    total *moment;  /* [n] sum of volume x centre */
    total volume;
    size_t pieces;
    bool too_many;
} cutting;

static void add(total *t, double x)
{
    double sum = t->sum + x;
    t->lost += fabs(t->sum) >= fabs(x) ? (t->sum - sum) + x : (x - sum) + t->sum;
    t->sum = sum;
}

static double value(const total *t)
{
    return t->sum + t->lost;
}

/* ---- faces ---- */

static bool face_has(const face *f, size_t i)
{
    return f->word[i / 64] >> i % 64 & 1;
}

static size_t face_size(const face *f)
{
    size_t n = 0;
    for (size_t i = 0; i < WORDS; i++)
        for (uint64_t w = f->word[i]; w != 0; w &= w - 1)
            n++;
    return n;
}

static size_t face_first(const face *f)
{
    size_t i = 0;
    while (!face_has(f, i))
        i++;
    return i;
}

static bool face_within(const face *a, const face *b)
{
    for (size_t i = 0; i < WORDS; i++)
        if ((a->word[i] & ~b->word[i]) != 0)
            return false;
    return true;
}

/* The facets of a face: the largest of its proper meets with those of the whole. */
static size_t find_facets(const cutting *k, const face *of, face *out)
{
    size_t n = 0;
    for (size_t h = 0; h < k->x->facets; h++) {
        face meet = *of;
        bool some = false, kept = true;
        for (size_t i = 0; i < WORDS; i++) {
            meet.word[i] &= k->facet[h].word[i];
            some |= meet.word[i] != 0;
        }
        if (!some || face_within(of, &meet))
            continue;
        for (size_t q = 0; q < n && kept; q++)
            kept = !face_within(&meet, &out[q]);
        if (!kept)
            continue;
        size_t left = 0;
        for (size_t q = 0; q < n; q++)
            if (!face_within(&out[q], &meet))
                out[left++] = out[q];
        out[left++] = meet;
        n = left;
    }
    return n;
}

/* ---- simplices ---- */

/* Row i of the matrix: the coordinates of the i-th corner of the simplex. */
static void fill_matrix(cutting *k, const size_t *column, size_t columns)
{
    for (size_t i = 0; i < k->chosen; i++)
        for (size_t c = 0; c < columns; c++)
            k->matrix[i * columns + c] = k->x->corner[k->simplex[i] * k->x->n + column[c]];
}

/* Takes the column of the largest entry of rows [step, rows) to place step, and its row too; clears
 * the rows below. Returns the entry's size. */
static double eliminate(double *m, size_t rows, size_t columns, size_t step, size_t *column,
                        bool any_column)
{
    size_t row = step, best = step;
    for (size_t i = step; i < rows; i++)
        for (size_t c = step; c < (any_column ? columns : step + 1); c++)
            if (fabs(m[i * columns + c]) > fabs(m[row * columns + best])) {
                row = i;
                best = c;
            }
    double pivot = m[row * columns + best];
    for (size_t c = 0; c < columns; c++) {
        double swap = m[row * columns + c];
        m[row * columns + c] = m[step * columns + c];
        m[step * columns + c] = swap;
    }
    for (size_t i = 0; i < rows && best != step; i++) {
        double swap = m[i * columns + best];
        m[i * columns + best] = m[i * columns + step];
        m[i * columns + step] = swap;
    }
    if (column) {
        size_t swap = column[best];
        column[best] = column[step];
        column[step] = swap;
    }
    for (size_t i = step + 1; i < rows && pivot != 0; i++) {
        double by = m[i * columns + step] / pivot;
        for (size_t c = step; c < columns; c++)
            m[i * columns + c] -= by * m[step * columns + c];
    }
    return fabs(pivot);
}

/* The volume of the simplex, up to a factor that all of them share: they lie in one flat, so that
 * leaving coordinates out scales every volume alike. The first simplex chooses which ones stay. */
static double volume_of(cutting *k)
{
    double volume = 1;
    bool first = k->rank == 0;
    if (first)
        k->rank = k->chosen;
    fill_matrix(k, k->column, first ? k->x->n : k->rank);
    for (size_t step = 0; step < k->rank; step++)
        volume *= eliminate(k->matrix, k->rank, first ? k->x->n : k->rank, step,
                            first ? k->column : NULL, first);
    return volume;
}

static void take_simplex(cutting *k)
{
    const double *at = k->x->corner;
    if (++k->pieces > TDO_REGION_PIECES) {
        k->too_many = true;
        return;
    }
    double volume = k->chosen == k->x->count ? 1 : volume_of(k); /* 1: it is the whole */
    add(&k->volume, volume);
    for (size_t c = 0; c < k->x->n; c++) {
        double sum = 0;
        for (size_t i = 0; i < k->chosen; i++)
            sum += at[k->simplex[i] * k->x->n + c];
        add(&k->moment[c], volume * (sum / (double)k->chosen));
    }
}

/* Cuts a face of that dimension, with the corners chosen so far as apexes. room: its own. */
static void cut(cutting *k, const face *f, size_t dimension, face *room)
{
    size_t before = k->chosen, apex = face_first(f);
    if (face_size(f) == dimension + 1) { /* a simplex already */
        for (size_t i = 0; i < k->x->count; i++)
            if (face_has(f, i))
                k->simplex[k->chosen++] = i;
        take_simplex(k);
    } else {
        size_t n = find_facets(k, f, room);
        k->simplex[k->chosen++] = apex;
        for (size_t q = 0; q < n && !k->too_many; q++)
            if (!face_has(&room[q], apex))
                cut(k, &room[q], dimension - 1, room + k->x->facets);
    }
    k->chosen = before;
}

/* A facet of a facet of ... has one dimension less each time; a single corner has none. */
static size_t dimension_of(const cutting *k, const face *all)
{
    face f = *all;
    size_t dimension = 0;
    while (find_facets(k, &f, k->room) > 0) {
        f = k->room[0];
        dimension++;
    }
    return dimension;
}

tdo_status region_find_centroid(const region_corners *x, tdo_arena *a, double *centroid, bool *done)
{
    assert(x->count >= 1);
    cutting k = {.x = x};
    face all = {{0}};
    k.facet = tdo_alloc(a, x->facets, sizeof *k.facet);
    k.room = tdo_alloc(a, x->facets * (x->n + 1), sizeof *k.room);
    k.column = tdo_alloc(a, x->n, sizeof *k.column);
    k.matrix = tdo_alloc(a, x->n * x->n, sizeof *k.matrix);
    k.moment = tdo_alloc(a, x->n, sizeof *k.moment);
    if (!k.facet || !k.room || !k.column || !k.matrix || !k.moment)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < x->count; i++) {
        all.word[i / 64] |= UINT64_C(1) << i % 64;
        for (size_t h = 0; h < x->facets; h++)
            if (exact_facets_has(&x->tight[i], h))
                k.facet[h].word[i / 64] |= UINT64_C(1) << i % 64;
    }
    for (size_t c = 0; c < x->n; c++)
        k.column[c] = c;
    cut(&k, &all, dimension_of(&k, &all), k.room);
    *done = !k.too_many;
    for (size_t c = 0; c < x->n; c++)
        centroid[c] = value(&k.moment[c]) / value(&k.volume);
    return TDO_OK;
}
