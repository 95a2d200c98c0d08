/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and products of doubles without rounding: whole numbers times a power of two. */
#include "exact/dyadic.h"

#include <assert.h>
#include <math.h>
#include <string.h>

_Static_assert(GMP_NUMB_BITS == 64, "limbs of 64 bits, all of them used");

enum {
    BITS = 64,
    DOUBLE_LIMBS = 2, /* 53 bits at any place in a limb */
    /* Doubles reach from 2^-1074 to 2^1024, and a sum aligns its terms: limbs between them. */
    REACH = 40
};

exact_num *exact_nums(tdo_arena *a, size_t count, int room)
{
    exact_num *x = tdo_alloc(a, count, sizeof *x);
    mp_limb_t *limb = NULL;
    if (count <= SIZE_MAX / (size_t)room)
        limb = tdo_alloc(a, count * (size_t)room, sizeof *limb);
    if (!x || !limb)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        x[i].limb = limb + i * (size_t)room;
        x[i].room = room;
    }
    return x;
}

bool exact_arith_make(exact_arith *A, int cap, uint64_t work_max, tdo_arena *a)
{
    const int wide = 2 * cap + DOUBLE_LIMBS + 2;
    exact_num *product = exact_nums(a, 2, wide);
    assert(cap <= EXACT_CAP_MAX);
    *A = (exact_arith){.span = 2 * wide + REACH, .work_max = work_max};
    for (int i = 0; i < 3; i++) {
        A->scratch[i] = tdo_alloc(a, (size_t)A->span, sizeof(mp_limb_t));
        if (!A->scratch[i])
            return false;
    }
    if (!product)
        return false;
    A->product[0] = product[0];
    A->product[1] = product[1];
    return true;
}

static void count_work(exact_arith *A, int x, int y)
{
    A->work += (uint64_t)x * (uint64_t)y + 8; /* 8: what a call costs beside the products */
    if (A->work > A->work_max)
        A->spent = true;
}

/* r = the size limbs at p, the first of which counts 2^(64 low); zeros at both ends are dropped. */
static void store(exact_arith *A, exact_num *r, const mp_limb_t *p, int size, int low,
                  bool negative)
{
    while (size > 0 && p[size - 1] == 0)
        size--;
    while (size > 0 && p[0] == 0) {
        p++;
        size--;
        low++;
    }
    if (size > r->room) {
        A->full = true;
        size = 0;
    }
    if (size > 0)
        memmove(r->limb, p, (size_t)size * sizeof *p);
    r->size = size;
    r->low = size == 0 ? 0 : low;
    r->negative = size > 0 && negative;
}

void exact_set(exact_arith *A, exact_num *r, const exact_num *x)
{
    if (r != x)
        store(A, r, x->limb, x->size, x->low, x->negative);
}

/* A double as a number on limbs of the caller. */
static exact_num of_double(double x, mp_limb_t limb[DOUBLE_LIMBS])
{
    exact_num r = {.limb = limb, .room = DOUBLE_LIMBS, .negative = x < 0};
    int e = 0;
    if (x == 0)
        return r;
    uint64_t m = (uint64_t)ldexp(frexp(fabs(x), &e), 53);
    e -= 53;
    r.low = e >= 0 ? e / BITS : -((-e + BITS - 1) / BITS);
    const int shift = e - r.low * BITS;
    limb[0] = (mp_limb_t)m << shift;
    limb[1] = shift == 0 ? 0 : (mp_limb_t)m >> (BITS - shift);
    r.size = limb[1] != 0 ? 2 : 1;
    if (limb[0] == 0) {
        limb[0] = limb[1];
        r.low++;
        r.size = 1;
    }
    return r;
}

void exact_set_double(exact_arith *A, exact_num *r, double x)
{
    mp_limb_t limb[DOUBLE_LIMBS];
    exact_num y = of_double(x, limb);
    store(A, r, y.limb, y.size, y.low, y.negative);
}

/* The limbs of x within span limbs that start at low, zeros around them. */
static void spread(mp_limb_t *t, int span, int low, const exact_num *x)
{
    const int at = x->low - low;
    memset(t, 0, (size_t)at * sizeof *t);
    memcpy(t + at, x->limb, (size_t)x->size * sizeof *t);
    memset(t + at + x->size, 0, (size_t)(span - at - x->size) * sizeof *t);
}

static void add_signed(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y,
                       bool negate)
{
    mp_limb_t *t = A->scratch[0], *u = A->scratch[1];
    const bool y_negative = y->negative != negate;
    if (x->size == 0 || y->size == 0) {
        const bool negative = x->size == 0 ? y_negative : x->negative;
        const exact_num *only = x->size == 0 ? y : x;
        store(A, r, only->limb, only->size, only->low, negative);
        return;
    }
    const int low = x->low < y->low ? x->low : y->low;
    const int x_top = x->low + x->size, y_top = y->low + y->size;
    const int span = (x_top > y_top ? x_top : y_top) - low;
    if (span >= A->span) {
        A->full = true;
        return;
    }
    spread(t, span, low, x);
    spread(u, span, low, y);
    count_work(A, span, 1);
    if (x->negative == y_negative) {
        t[span] = mpn_add_n(t, t, u, span);
        store(A, r, t, span + 1, low, x->negative);
    } else if (mpn_cmp(t, u, span) >= 0) {
        (void)mpn_sub_n(t, t, u, span);
        store(A, r, t, span, low, x->negative);
    } else {
        (void)mpn_sub_n(t, u, t, span);
        store(A, r, t, span, low, y_negative);
    }
}

void exact_add(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y)
{
    add_signed(A, r, x, y, false);
}

void exact_sub(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y)
{
    add_signed(A, r, x, y, true);
}

void exact_mul(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y)
{
    mp_limb_t *t = A->scratch[0];
    if (x->size == 0 || y->size == 0) {
        store(A, r, NULL, 0, 0, false);
        return;
    }
    if (x->size + y->size > A->span) {
        A->full = true;
        return;
    }
    if (x->size >= y->size)
        (void)mpn_mul(t, x->limb, x->size, y->limb, y->size);
    else
        (void)mpn_mul(t, y->limb, y->size, x->limb, x->size);
    count_work(A, x->size, y->size);
    store(A, r, t, x->size + y->size, x->low + y->low, x->negative != y->negative);
}

void exact_mul_double(exact_arith *A, exact_num *r, const exact_num *x, double y)
{
    mp_limb_t limb[DOUBLE_LIMBS];
    const exact_num factor = of_double(y, limb);
    exact_mul(A, r, x, &factor);
}

void exact_add_mul(exact_arith *A, exact_num *r, const exact_num *x, double y)
{
    if (x->size == 0 || y == 0)
        return;
    exact_mul_double(A, &A->product[1], x, y);
    add_signed(A, r, r, &A->product[1], false);
}

void exact_sub_mul(exact_arith *A, exact_num *r, const exact_num *x, double y)
{
    exact_add_mul(A, r, x, -y);
}

/* x / y = (x / odd part of y) / power of two: the first quotient is whole wherever x / y is m x
 * 2^e. */
void exact_divide(exact_arith *A, exact_num *r, const exact_num *x, const exact_num *y)
{
    mp_limb_t *q = A->scratch[0], *rest = A->scratch[1], *odd = A->scratch[2];
    int odd_size = y->size;
    assert(y->size > 0);
    if (x->size == 0) {
        store(A, r, NULL, 0, 0, false);
        return;
    }
    if (x->size >= A->span || y->size >= A->span) {
        A->full = true;
        return;
    }
    const int twos = (int)mpn_scan1(y->limb, 0);
    if (twos > 0)
        (void)mpn_rshift(odd, y->limb, y->size, (unsigned)twos);
    else
        memcpy(odd, y->limb, (size_t)y->size * sizeof *odd);
    if (odd[odd_size - 1] == 0)
        odd_size--;
    if (x->size < odd_size) { /* cannot be whole: the caller broke the promise */
        A->full = true;
        return;
    }
    mpn_tdiv_qr(q, rest, 0, x->limb, x->size, odd, odd_size);
    count_work(A, x->size - odd_size + 1, odd_size);
    if (!mpn_zero_p(rest, odd_size)) {
        A->full = true;
        return;
    }
    int size = x->size - odd_size + 1, low = x->low - y->low;
    if (twos > 0) {
        q[size] = mpn_lshift(q, q, size, (unsigned)(BITS - twos));
        size++;
        low--;
    }
    store(A, r, q, size, low, x->negative != y->negative);
}

static int cmp_magnitude(const exact_num *x, const exact_num *y)
{
    const int x_top = x->low + x->size, y_top = y->low + y->size;
    if (x_top != y_top)
        return x_top > y_top ? 1 : -1;
    const int n = x->size < y->size ? x->size : y->size;
    const int c = mpn_cmp(x->limb + (x->size - n), y->limb + (y->size - n), n);
    if (c != 0)
        return c > 0 ? 1 : -1;
    return (x->size > y->size) - (x->size < y->size); /* the longer has more below */
}

int exact_cmp(const exact_num *x, const exact_num *y)
{
    const int sx = exact_sign(x), sy = exact_sign(y);
    if (sx != sy || sx == 0)
        return (sx > sy) - (sx < sy);
    return sx * cmp_magnitude(x, y);
}

/* q x 2^(64 low), and a bit more where sticky, to the nearest double. q: size >= 2, top limb not
 * 0. */
static double round_quotient(const mp_limb_t *q, int size, int low, bool sticky)
{
    const int gap = __builtin_clzll(q[size - 1]);
    uint64_t top = q[size - 1];
    const int e = (low + size - 1) * BITS - gap; /* value = top x 2^e, 2^63 <= top */
    if (gap > 0) {
        top = top << gap | q[size - 2] >> (BITS - gap);
        sticky = sticky || (q[size - 2] << gap) != 0;
    } else {
        sticky = sticky || q[size - 2] != 0;
    }
    for (int i = 0; i < size - 2; i++)
        sticky = sticky || q[i] != 0;
    int keep = e + 63 >= -1022 ? 53 : e + 64 + 1074; /* bits that a double has at this size */
    if (keep < 0)
        return 0;
    if (keep == 0) /* at least half of the least double */
        return top > (uint64_t)1 << 63 || sticky ? 0x1p-1074 : 0;
    const int drop = 64 - keep;
    const uint64_t half = (uint64_t)1 << (drop - 1), rest = top & ((half << 1) - 1);
    uint64_t m = top >> drop;
    if (rest > half || (rest == half && (sticky || (m & 1) != 0)))
        m++;
    return ldexp((double)m, e + drop);
}

double exact_ratio(exact_arith *A, const exact_num *x, const exact_num *y)
{
    mp_limb_t *q = A->scratch[0], *rest = A->scratch[1], *padded = A->scratch[2];
    /* Padded so that the quotient has two limbs at least, the first of them maybe small. */
    const int pad = x->size < y->size + 2 ? y->size + 2 - x->size : 0;
    assert(y->size > 0);
    if (x->size == 0)
        return 0;
    const int size = x->size + pad;
    if (size >= A->span) {
        A->full = true;
        return 0;
    }
    memset(padded, 0, (size_t)pad * sizeof *padded);
    memcpy(padded + pad, x->limb, (size_t)x->size * sizeof *padded);
    mpn_tdiv_qr(q, rest, 0, padded, size, y->limb, y->size);
    count_work(A, size - y->size + 1, y->size);
    int n = size - y->size + 1;
    while (q[n - 1] == 0)
        n--;
    double r = round_quotient(q, n, x->low - pad - y->low, !mpn_zero_p(rest, y->size));
    if (isinf(r))
        A->full = true;
    return x->negative != y->negative ? -r : r;
}
