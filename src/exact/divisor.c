/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Common divisors (Euclid; GMP's mpn_gcd, which wants odd numbers). */
#include "exact/divisor.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum { BITS = 64 };

bool exact_divisor_make(exact_divisor *s, int cap, tdo_arena *a)
{
    s->by = exact_nums(a, 1, cap);
    s->left = tdo_alloc(a, (size_t)cap, sizeof *s->left);
    s->right = tdo_alloc(a, (size_t)cap, sizeof *s->right);
    return s->by && s->left && s->right;
}

/* The odd part of a whole number that is not 0, and how many limbs it has. */
static mp_size_t odd_part(const exact_num *x, mp_limb_t *out)
{
    const unsigned twos = (unsigned)mpn_scan1(x->limb, 0); /* within the first limb */
    mp_size_t size = x->size;
    if (twos > 0)
        (void)mpn_rshift(out, x->limb, size, twos);
    else
        memcpy(out, x->limb, (size_t)size * sizeof *out);
    return size - (out[size - 1] == 0);
}

/* by = the largest odd number that divides by and x. by 0: that of x. */
static void take_divisor(exact_divisor *s, const exact_num *x)
{
    exact_num *by = s->by;
    if (x->size == 0)
        return;
    mp_size_t size = odd_part(x, s->left);
    if (by->size > 0) {
        mp_size_t other = odd_part(by, s->right);
        if (size >= other)
            size = mpn_gcd(by->limb, s->left, size, s->right, other);
        else
            size = mpn_gcd(by->limb, s->right, other, s->left, size);
    } else {
        memcpy(by->limb, s->left, (size_t)size * sizeof *s->left);
    }
    by->size = (int)size;
    by->low = 0;
    by->negative = false;
}

/* Multiplies them by one power of two: whole numbers, not all of them even. */
static void take_twos(exact_arith *A, exact_num *x, size_t n)
{
    int twos = INT_MAX;
    for (size_t c = 0; c < n; c++) {
        if (x[c].size == 0)
            continue;
        const int of = x[c].low * BITS + (int)mpn_scan1(x[c].limb, 0);
        twos = of < twos ? of : twos;
    }
    if (twos == INT_MAX)
        return;
    const int limbs = twos >= 0 ? twos / BITS : -((-twos + BITS - 1) / BITS);
    for (size_t c = 0; c < n; c++) {
        if (twos != limbs * BITS)
            exact_mul_double(A, &x[c], &x[c], ldexp(1, limbs * BITS - twos));
        x[c].low -= x[c].size == 0 ? 0 : limbs;
    }
}

void exact_shorten(exact_arith *A, exact_divisor *s, exact_num *x, size_t n)
{
    exact_num *by = s->by;
    by->size = 0;
    for (size_t c = 0; c < n && !(by->size == 1 && by->limb[0] == 1); c++)
        take_divisor(s, &x[c]);
    for (size_t c = 0; c < n && by->size > 0 && !(by->size == 1 && by->limb[0] == 1); c++)
        exact_divide(A, &x[c], &x[c], by);
    take_twos(A, x, n);
}

const char *exact_text(const exact_num *x, tdo_arena *a)
{
    const size_t limbs = (size_t)(x->size + x->low), room = limbs * 20 + 3; /* 2^64 < 10^20 */
    mp_limb_t *copy = tdo_alloc(a, limbs + 1, sizeof *copy);
    unsigned char *digit = tdo_alloc(a, room, 1);
    if (!copy || !digit)
        return NULL;
    if (x->size == 0)
        return "0";
    memcpy(copy + x->low, x->limb, (size_t)x->size * sizeof *copy);
    unsigned char *out = digit + x->negative;
    size_t n = mpn_get_str(out, 10, copy, (mp_size_t)limbs), zeros = 0;
    while (zeros + 1 < n && out[zeros] == 0)
        zeros++;
    memmove(out, out + zeros, n - zeros);
    n -= zeros;
    for (size_t k = 0; k < n; k++)
        out[k] = (unsigned char)(out[k] + '0');
    out[n] = '\0';
    if (x->negative)
        digit[0] = '-';
    return (const char *)digit;
}
