/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact numbers m x 2^e: what doubles are, and what sums and products of doubles are.
 *
 * Only GMP's mpn functions are used, on limbs that come from an arena. They ask for no memory of
 * their own: for operands of up to EXACT_CAP_MAX limbs their scratch is on the stack (GMP 6 turns
 * to malloc, and aborts when that fails, only for scratch above 32,512 bytes). So nothing here can
 * end the process, and GMP's global allocation functions are left alone. */
#ifndef TRADEOFF_EXACT_DYADIC_H
#define TRADEOFF_EXACT_DYADIC_H

#include "tradeoff/memory.h"

#include <gmp.h>

enum { EXACT_CAP_MAX = 256 /* limbs of a stored number, at most */ };

typedef struct exact_num {
    mp_limb_t *limb; /* [room] least first; the first and the last in use are not zero */
    int room;
    int size; /* limbs in use; 0: the number is 0 */
    int low;  /* the first limb counts 2^(64 low) */
    bool negative;
} exact_num;

/* Scratch, and what went wrong so far. */
typedef struct exact_arith {
    mp_limb_t *scratch[3]; /* [span] each */
    int span;
    exact_num product[2]; /* hold any product of two stored numbers */
    uint64_t work;        /* limb products done */
    uint64_t work_max;
    bool full;  /* a result did not fit: what came after is meaningless */
    bool spent; /* work_max is used up */
} exact_arith;

/* cap: limbs of a stored number, <= EXACT_CAP_MAX. False when memory is out. */
bool exact_arith_make(exact_arith *A, int cap, uint64_t work_max, tdo_arena *a);

/* count numbers, all 0, of room limbs each. NULL when memory is out. */
exact_num *exact_nums(tdo_arena *a, size_t count, int room);

static inline bool exact_arith_stopped(const exact_arith *A)
{
    return A->full || A->spent;
}

static inline int exact_sign(const exact_num *x)
{
    return x->size == 0 ? 0 : x->negative ? -1 : 1;
}

/* r may be any of the operands. x is finite. */
void exact_set(exact_arith *A, exact_num *r, const exact_num *x);
void exact_set_double(exact_arith *A, exact_num *r, double x);
void exact_add(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y);
void exact_sub(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y);
void exact_mul(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y);
void exact_mul_double(exact_arith *A, exact_num *r, const exact_num *x, double y);
/* r += x y, r -= x y */
void exact_add_mul(exact_arith *A, exact_num *r, const exact_num *x, double y);
void exact_sub_mul(exact_arith *A, exact_num *r, const exact_num *x, double y);

/* x / y where that is such a number again: y is not 0. */
void exact_divide(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y);

/* -1, 0, 1. */
int exact_cmp(const exact_num *x, const exact_num *y);

/* x / y, rounded to the nearest double, ties to even. y is not 0. Sets full where it overflows. */
double exact_ratio(exact_arith *A, const exact_num *x, const exact_num *y);

#endif
