/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact arithmetic on numbers as they were written. A double stands for the decimal that it was
 * read from: the shortest of 15, 16 and 17 digits that reads back as it. That is the decimal itself
 * wherever it has at most 15 digits, or was printed from a double by a program that prints enough.
 * What a longer decimal has beyond is carried beside it, as a `rest` that stands for a decimal too:
 * 30 digits in all.
 *
 *     decimal_sum y;                      the margin 0.3 x 1 + 0.1 x -1, exactly
 *     decimal_clear(&y);
 *     decimal_add_product(&y, 0.3, 1);
 *     decimal_add_product(&y, 0.1, -1);
 *     decimal_rounded(&y, NULL)           0.2, rounded once
 *
 * For integers of another room: x is decimal_of(x).mantissa x 10^exponent. */
#ifndef TRADEOFF_BASE_DECIMAL_H
#define TRADEOFF_BASE_DECIMAL_H

#include <float.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct decimal {
    int64_t mantissa; /* below 10^17 */
    int exponent;
} decimal;

enum { NUMBER_TENS = 23 }; /* powers of ten from 1 on that are doubles */

/* The decimal that a finite double stands for. */
decimal decimal_of(double x);

/* m * 10^exponent, correctly rounded, where that takes few steps; m > 0. False: it does not. */
bool number_scale(uint64_t m, int64_t exponent, double *out);

/* The same inline, where both are exact as doubles, so that IEEE 754 rounds once (Clinger, PLDI
 * 1990): at most 2^53 by one of these. False: they are not. */
extern const double number_ten[NUMBER_TENS];
static inline bool number_scale_exact(uint64_t m, int64_t exponent, double *out)
{
    if (FLT_EVAL_METHOD != 0 || m > (uint64_t)1 << 53 || exponent <= -NUMBER_TENS ||
        exponent >= NUMBER_TENS)
        return false;
    *out = exponent < 0 ? (double)m / number_ten[-exponent] : (double)m * number_ten[exponent];
    return true;
}

/* The same where it is not short: its digits by way of printing (number_write.c). */
void number_digits(double x, int64_t *mantissa, int *exponent);

enum { DECIMAL_LIMBS = 168 }; /* 9 digits each: from products of the least numbers on */

/* A sum of decimals and of products of two, exact. */
typedef struct decimal_sum {
    double whole; /* while it is short: a whole number up to 10^15, */
    int places;   /*   by 10^places */
    int near;     /* places that the last number had */
    bool beyond;  /* something added was infinite: the sum is no number */
    bool wide;    /* it is not short; only then are these set: */
    int low, high;
    int64_t limb[DECIMAL_LIMBS]; /* [low .. high) the others are 0 */
} decimal_sum;

void decimal_clear(decimal_sum *s);
void decimal_add(decimal_sum *s, double x);
void decimal_add_product(decimal_sum *s, double a, double b);

/* The sum, rounded to nearest once; an infinity where it is beyond the range of a double. rest:
 * what the exact one has beyond the decimal of the rounded one; NULL: not wanted. */
double decimal_rounded(decimal_sum *s, double *rest);

/* a by b, likewise; b is not 0. */
double decimal_quotient(decimal_sum *a, decimal_sum *b, double *rest);

/* What a text of the decimal is read as. */
double decimal_number(decimal d);

/* The power of ten of its first digit: 2 of 250, -3 of .004. x: finite, not 0. */
int decimal_tens(double x);

/* 10^tens. */
double decimal_ten_to(int tens);

/* The nearest number of so many digits at x or beyond it, upwards or downwards. */
double decimal_beyond(double x, int digits, bool upwards);

/* a - b, rounded once: 0 only where they are equal (or closer than any double is to 0). */
double decimal_difference(double a, double b);

#endif
