/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directions in whole numbers, made as short as they can be. */
#ifndef TRADEOFF_EXACT_DIVISOR_H
#define TRADEOFF_EXACT_DIVISOR_H

#include "exact/dyadic.h"

/* Scratch. */
typedef struct exact_divisor {
    exact_num *by;
    mp_limb_t *left, *right;
} exact_divisor;

/* cap: limbs of the numbers. False when memory is out. */
bool exact_divisor_make(exact_divisor *s, int cap, tdo_arena *a);

/* Divides x[0 .. n - 1] by one positive number: whole numbers without a common divisor. */
void exact_shorten(exact_arith *A, exact_divisor *s, exact_num *x, size_t n);

/* A whole number in decimal digits. NULL when memory is out. */
const char *exact_text(const exact_num *x, tdo_arena *a);

#endif
