/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the kinds that frontier programs are compared on, all in [0, 1]: the three shapes of
 * Boerzsoenyi, Kossmann and Stocker 2001; a sphere, where nobody dominates anybody; and a grid of
 * 32 levels, with ties. */
#ifndef TRADEOFF_BENCH_DATA_H
#define TRADEOFF_BENCH_DATA_H

#include "../unit/random.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef enum data_kind {
    DATA_INDEPENDENT,
    DATA_CORRELATED,
    DATA_ANTICORRELATED,
    DATA_SPHERE,
    DATA_GRID,
    DATA_KINDS
} data_kind;

static const char *const data_name[DATA_KINDS] = {"independent", "correlated", "anticorrelated",
                                                  "sphere", "grid"};

static inline data_kind data_named(const char *name)
{
    int k = 0;
    while (k < DATA_KINDS && strcmp(name, data_name[k]) != 0)
        k++;
    return (data_kind)k;
}

/* Bell-shaped in [low, high): the mean of twelve. */
static inline double data_bell(rng *r, double low, double high)
{
    double sum = 0;
    for (int k = 0; k < 12; k++)
        sum += rng_unit(r);
    return low + (high - low) * sum / 12;
}

/* A point on the diagonal, moved along the plane through it: what one axis gains the next loses. */
static inline bool data_off_diagonal(rng *r, data_kind kind, double *row, size_t d)
{
    bool anti = kind == DATA_ANTICORRELATED, inside = true;
    double at = anti ? 0.5 + (data_bell(r, 0, 1) - 0.5) / 2 : data_bell(r, 0, 1);
    double room = at < 0.5 ? at : 1 - at;
    for (size_t c = 0; c < d; c++)
        row[c] = at;
    for (size_t c = 0; c < d; c++) {
        double move = anti ? (2 * rng_unit(r) - 1) * room : data_bell(r, -room, room);
        row[c] += move;
        row[(c + 1) % d] -= move;
    }
    for (size_t c = 0; c < d; c++)
        inside &= row[c] >= 0 && row[c] <= 1;
    return inside;
}

/* Evenly on the part of a sphere around 0 where nothing is negative (Marsaglia 1972): a normal
 * variate for each axis, as near as twelve uniform ones make it. */
static inline void data_on_sphere(rng *r, double *row, size_t d)
{
    double square = 0;
    for (size_t c = 0; c < d; c++) {
        row[c] = fabs(data_bell(r, -1, 1));
        square += row[c] * row[c];
    }
    for (size_t c = 0; c < d; c++)
        row[c] /= sqrt(square);
}

static inline void data_row(rng *r, data_kind kind, double *row, size_t d)
{
    if (kind == DATA_SPHERE && d > 1) {
        data_on_sphere(r, row, d);
        return;
    }
    if (kind == DATA_GRID) {
        for (size_t c = 0; c < d; c++)
            row[c] = (double)rng_below(r, 32) / 32;
        return;
    }
    if (kind == DATA_INDEPENDENT || d < 2) {
        for (size_t c = 0; c < d; c++)
            row[c] = rng_unit(r);
        return;
    }
    while (!data_off_diagonal(r, kind, row, d)) {
    }
}

#endif
