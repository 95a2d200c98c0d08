/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that hardly belong together: one far from all others, fractions beside percentages.
 * Whoever profiles a file asks, and whoever decides with it. */
#ifndef TRADEOFF_MODEL_SCALES_H
#define TRADEOFF_MODEL_SCALES_H

#include <stdbool.h>
#include <stddef.h>

/* One number that sets the range of n alone: without it the range would be less than a twentieth.
 * x: [n] every stride-th is looked at, NaN passed over. */
typedef struct scales_far {
    size_t index;     /* its index */
    double low, high; /* of the others */
} scales_far;

/* Is there one among at least five numbers? */
bool scales_find_far(const double *x, size_t n, size_t stride, scales_far *out);

typedef struct scales_mixed {
    bool percent;       /* fractions beside percentages; else a few numbers that lost their point
                           (409) beside fractions */
    size_t n;           /* how many fractions there are; of the others, where they are few */
    size_t first;       /* index of the first of them */
    double most, least; /* the largest fraction, the least of the others */
} scales_mixed;

/* Are there fractions among other numbers (some is no whole number): a wide gap between what is at
 * most 1 and the rest, and means that are about a hundred times apart (all numbers in [0, 100]), or
 * a thousand times, where the large ones are fewer? x: as above. */
bool scales_find_mixed(const double *x, size_t n, size_t stride, scales_mixed *out);

#endif
