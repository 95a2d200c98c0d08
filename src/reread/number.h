/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals, rationals and doubles. */
#ifndef TRADEOFF_REREAD_NUMBER_H
#define TRADEOFF_REREAD_NUMBER_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>

#define VERIFY_TIE 1e-12

/* An exact number, as the nearest double and what is left of it beyond that double's shortest
 * decimal. y NaN: not measured. */
typedef struct verify_number {
    double y, rest;
} verify_number;

/* [+-] digits [. digits] [(e|E) [+-] digits], nothing else; false: it is not of that form, or of an
 * exponent that no double has. q: initialised. */
bool verify_read_rational(const char *s, size_t length, mpq_t q);

/* The nearest double; false where the text is no number, or beyond the range of doubles, or reads
 * as 0 without being 0. */
bool verify_read_double(const char *s, size_t length, double *out);

/* The nearest double, ties to even. */
double verify_round(const mpq_t q);

/* The decimal that a double is written as: its shortest. y finite. */
void verify_set_decimal(mpq_t q, double y);

/* sum += factor x, where x is a number with its rest. room: initialised. */
void verify_add(mpq_t sum, double factor, verify_number x, mpq_t room);

verify_number verify_number_of(const mpq_t q, mpq_t room);

/* The sign of x - bound, bound being the decimal that it is written as. */
int verify_compare(verify_number x, double bound);

#endif
