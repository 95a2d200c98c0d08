/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long natural numbers by the methods of the school book: those of the page have a few dozen limbs
 * at most. */
#include "engine/limbs.h"

#include <string.h>

enum { BITS = 64 };

__extension__ typedef unsigned __int128 wide;

uint64_t limbs_add(uint64_t *r, const uint64_t *x, const uint64_t *y, ptrdiff_t n)
{
    wide carry = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        carry += (wide)x[i] + y[i];
        r[i] = (uint64_t)carry;
        carry >>= BITS;
    }
    return (uint64_t)carry;
}

uint64_t limbs_sub(uint64_t *r, const uint64_t *x, const uint64_t *y, ptrdiff_t n)
{
    uint64_t borrow = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        const wide difference = (wide)x[i] - y[i] - borrow;
        r[i] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> BITS) & 1;
    }
    return borrow;
}

uint64_t limbs_up(uint64_t *r, const uint64_t *x, ptrdiff_t n, unsigned by)
{
    const uint64_t out = x[n - 1] >> (BITS - by);
    for (ptrdiff_t i = n - 1; i > 0; i--)
        r[i] = x[i] << by | x[i - 1] >> (BITS - by);
    r[0] = x[0] << by;
    return out;
}

uint64_t limbs_down(uint64_t *r, const uint64_t *x, ptrdiff_t n, unsigned by)
{
    const uint64_t out = x[0] << (BITS - by);
    for (ptrdiff_t i = 0; i + 1 < n; i++)
        r[i] = x[i] >> by | x[i + 1] << (BITS - by);
    r[n - 1] = x[n - 1] >> by;
    return out;
}

int limbs_compare(const uint64_t *x, const uint64_t *y, ptrdiff_t n)
{
    while (n-- > 0)
        if (x[n] != y[n])
            return x[n] > y[n] ? 1 : -1;
    return 0;
}

bool limbs_are_zero(const uint64_t *x, ptrdiff_t n)
{
    uint64_t any = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        any |= x[i];
    return any == 0;
}

uint64_t limbs_lowest(const uint64_t *x, uint64_t from)
{
    uint64_t i = from / BITS, left = x[i] & ~UINT64_C(0) << from % BITS;
    while (left == 0)
        left = x[++i];
    return i * BITS + (uint64_t)__builtin_ctzll(left);
}

void limbs_mul(uint64_t *r, const uint64_t *x, ptrdiff_t nx, const uint64_t *y, ptrdiff_t ny)
{
    memset(r, 0, (size_t)(nx + ny) * sizeof *r);
    for (ptrdiff_t j = 0; j < ny; j++) {
        wide carry = 0;
        for (ptrdiff_t i = 0; i < nx; i++) {
            carry += (wide)x[i] * y[j] + r[i + j];
            r[i + j] = (uint64_t)carry;
            carry >>= BITS;
        }
        r[nx + j] = (uint64_t)carry;
    }
}

/* ---- division: a bit at a time, which the page has time for ---- */

/* rest = 2 rest + bit, less y where it holds y: whether it does. */
static bool shift_in(uint64_t *rest, uint64_t bit, const uint64_t *y, ptrdiff_t n)
{
    const uint64_t out = limbs_up(rest, rest, n, 1);
    rest[0] |= bit;
    const bool holds = out || limbs_compare(rest, y, n) >= 0;
    if (holds)
        (void)limbs_sub(rest, rest, y, n);
    return holds;
}

void limbs_divide(uint64_t *q, uint64_t *rest, const uint64_t *x, ptrdiff_t nx, const uint64_t *y,
                  ptrdiff_t ny)
{
    memset(rest, 0, (size_t)ny * sizeof *rest);
    memset(q, 0, (size_t)(nx - ny + 1) * sizeof *q);
    for (ptrdiff_t i = nx - 1; i >= 0; i--)
        for (unsigned b = BITS; b-- > 0;)
            if (shift_in(rest, x[i] >> b & 1, y, ny))
                q[i] |= UINT64_C(1) << b;
}

static ptrdiff_t used(const uint64_t *x, ptrdiff_t n)
{
    while (n > 0 && x[n - 1] == 0)
        n--;
    return n;
}

/* x without its factors of 2; n > 0: of its limbs. */
static ptrdiff_t make_odd(uint64_t *x, ptrdiff_t n)
{
    const uint64_t twos = limbs_lowest(x, 0);
    const ptrdiff_t whole = (ptrdiff_t)(twos / BITS);
    memmove(x, x + whole, (size_t)(n - whole) * sizeof *x);
    n -= whole;
    if (twos % BITS)
        (void)limbs_down(x, x, n, (unsigned)(twos % BITS));
    return used(x, n);
}

ptrdiff_t limbs_divisor(uint64_t *r, uint64_t *x, ptrdiff_t nx, uint64_t *y, ptrdiff_t ny)
{
    for (int order = 1; order != 0;) { /* the larger one less the smaller one is even */
        order = nx != ny ? (nx > ny ? 1 : -1) : limbs_compare(x, y, nx);
        uint64_t *large = order > 0 ? x : y;
        const uint64_t *small = order > 0 ? y : x;
        ptrdiff_t n = order > 0 ? nx : ny, m = order > 0 ? ny : nx;
        if (order == 0)
            break;
        uint64_t borrow = limbs_sub(large, large, small, m);
        for (ptrdiff_t i = m; borrow && i < n; i++)
            borrow = large[i]-- == 0;
        n = make_odd(large, used(large, n));
        *(order > 0 ? &nx : &ny) = n;
    }
    memmove(r, x, (size_t)nx * sizeof *r);
    return nx;
}
