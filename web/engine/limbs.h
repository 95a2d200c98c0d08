/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arithmetic of long natural numbers for the page: what src/exact takes of GMP's mpn layer, which
 * is not there for WebAssembly. Numbers are limbs of 64 bits, least first; functions mean what
 * those of mpn do (gmplib.org, manual, "Low-level Functions"). */
#ifndef TRADEOFF_WEB_ENGINE_LIMBS_H
#define TRADEOFF_WEB_ENGINE_LIMBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* r = x + y, x - y of n limbs; returns what is carried, or borrowed. r may be x or y. */
uint64_t limbs_add(uint64_t *r, const uint64_t *x, const uint64_t *y, ptrdiff_t n);
uint64_t limbs_sub(uint64_t *r, const uint64_t *x, const uint64_t *y, ptrdiff_t n);
/* x * 2^by, x / 2^by, 0 < by < 64; returns the bits that go out. r may be x. */
uint64_t limbs_up(uint64_t *r, const uint64_t *x, ptrdiff_t n, unsigned by);
uint64_t limbs_down(uint64_t *r, const uint64_t *x, ptrdiff_t n, unsigned by);
int limbs_compare(const uint64_t *x, const uint64_t *y, ptrdiff_t n);
bool limbs_are_zero(const uint64_t *x, ptrdiff_t n);
/* The lowest bit that is set, from `from` on; there is one. */
uint64_t limbs_lowest(const uint64_t *x, uint64_t from);
/* r[nx + ny] = x y; r is neither. */
void limbs_mul(uint64_t *r, const uint64_t *x, ptrdiff_t nx, const uint64_t *y, ptrdiff_t ny);
/* q[nx - ny + 1] and rest[ny] of x / y; the highest limb of y is not 0, nx >= ny, all apart. */
void limbs_divide(uint64_t *q, uint64_t *rest, const uint64_t *x, ptrdiff_t nx, const uint64_t *y,
                  ptrdiff_t ny);
/* The greatest common divisor of two odd numbers, whose highest limbs are not 0; they are used up.
 * Returns its limbs. r may be x or y. */
ptrdiff_t limbs_divisor(uint64_t *r, uint64_t *x, ptrdiff_t nx, uint64_t *y, ptrdiff_t ny);

#endif
