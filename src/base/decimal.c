/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums, products and quotients of decimals: whole numbers in a double while they are short, limbs
 * of nine digits otherwise. */
#include "base/decimal.h"

#include "tradeoff/text.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    LIMB = 1000000000,
    LIMB_DIGITS = 9,
    PRODUCT_LIMBS = 6,
    /* of limb 0: below every product of two numbers of 17 digits from 5e-324 on */
    LOWEST = -684,
    USUAL_PLACES = 6,
    PLACES = 22,         /* powers of ten that a double holds exactly */
    QUOTIENT_LIMBS = 14, /* kept of a quotient; what follows only decides that it goes on */
    DIGITS_ROOM = DECIMAL_LIMBS * LIMB_DIGITS + 32
};

static const double power[PLACES + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                         1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                         1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const double shortest = 1e15; /* two decimals of 15 digits are never the same double */

/* ---- short numbers ---- */

/* x as a whole number by 10^places. The division is of exact numbers, so that it rounds as reading
 * the decimal does. */
static bool is_scaled(double x, int places, double *whole)
{
    static const double to_whole = 0x1.8p52; /* sums beyond are whole numbers */
    double y = x * power[places], m = (y + to_whole) - to_whole;
    if (!(fabs(y) <= shortest))
        return false;
    *whole = m;
    return m / power[places] == x; /* NOLINT: exact */
}

/* The same with the number of places that was right before, the usual one, or the least that is. */
static bool scale(double x, int *places, double *whole)
{
    if (is_scaled(x, *places, whole))
        return true;
    if (is_scaled(x, USUAL_PLACES, whole)) {
        *places = USUAL_PLACES;
        return true;
    }
    for (int q = 0; q <= PLACES && fabs(x) * power[q] <= shortest; q++)
        if (is_scaled(x, q, whole)) {
            *places = q;
            return true;
        }
    return false;
}

decimal decimal_of(double x)
{
    double whole = 0;
    decimal y = {0, 0};
    assert(isfinite(x));
    for (int places = 0; places <= PLACES && fabs(x) * power[places] <= shortest; places++)
        if (is_scaled(x, places, &whole))
            return (decimal){(int64_t)whole, -places};
    number_digits(x, &y.mantissa, &y.exponent);
    return y;
}

double decimal_number(decimal d)
{
    char text[64];
    double x = 0;
    int length = snprintf(text, sizeof text, "%llde%d", (long long)d.mantissa, d.exponent);
    tdo_number_verdict verdict = tdo_number_read(text, (size_t)length, &x);
    return verdict == TDO_NUMBER_OVERFLOW ? (d.mantissa < 0 ? -HUGE_VAL : HUGE_VAL) : x;
}

/* ---- limbs ---- */

static void widen(decimal_sum *s);

/* Limbs of the product of two mantissas and a power of ten below 10^9. */
static void multiply(int64_t a, int64_t b, uint64_t by, uint64_t out[PRODUCT_LIMBS])
{
    uint64_t x = (uint64_t)(a < 0 ? -a : a), y = (uint64_t)(b < 0 ? -b : b);
    uint64_t p[3] = {x % LIMB * by, x / LIMB * by, 0}, q[2] = {y % LIMB, y / LIMB};
    for (int k = 0; k < 2; k++) {
        p[k + 1] += p[k] / LIMB;
        p[k] %= LIMB;
    }
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 2; j++) {
            uint64_t z = p[i] * q[j] + out[i + j];
            out[i + j] = z % LIMB;
            out[i + j + 1] += z / LIMB;
        }
}

/* Adds a x b. A limb takes some 10^9 of these before it must carry. */
static void add_wide(decimal_sum *s, decimal a, decimal b)
{
    static const uint64_t small[LIMB_DIGITS] = {1,      10,      100,      1000,     10000,
                                                100000, 1000000, 10000000, 100000000};
    int offset = a.exponent + b.exponent - LOWEST;
    bool negative = (a.mantissa < 0) != (b.mantissa < 0);
    uint64_t limb[PRODUCT_LIMBS] = {0};
    assert(offset >= 0 && offset / LIMB_DIGITS + PRODUCT_LIMBS <= DECIMAL_LIMBS);
    widen(s);
    multiply(a.mantissa, b.mantissa, small[offset % LIMB_DIGITS], limb);
    for (int k = 0; k < PRODUCT_LIMBS; k++) {
        int place = offset / LIMB_DIGITS + k;
        if (limb[k] == 0)
            continue;
        s->limb[place] += negative ? -(int64_t)limb[k] : (int64_t)limb[k];
        s->low = place < s->low ? place : s->low;
        s->high = place >= s->high ? place + 1 : s->high;
    }
}

static void widen(decimal_sum *s)
{
    decimal so_far = {(int64_t)s->whole, -s->places}, one = {1, 0};
    if (s->wide)
        return;
    s->wide = true;
    s->low = DECIMAL_LIMBS;
    s->high = 0;
    memset(s->limb, 0, sizeof s->limb);
    add_wide(s, so_far, one);
}

/* Carries, so that every limb is one of 0 .. 10^9 - 1. Returns the sign, which the limbs are
 * without; 0: there is nothing. */
static int settle(decimal_sum *s)
{
    int64_t carry = 0;
    for (int k = s->low; k < s->high || carry != 0; k++) {
        int64_t y = s->limb[k] + carry;
        carry = y / LIMB;
        s->limb[k] = y % LIMB;
        s->high = k >= s->high ? k + 1 : s->high;
    }
    while (s->high > s->low && s->limb[s->high - 1] == 0)
        s->high--;
    if (s->high <= s->low)
        return 0;
    bool negative = s->limb[s->high - 1] < 0; /* the others are less together */
    for (int k = s->low; k < s->high; k++) {
        int64_t y = (negative ? -s->limb[k] : s->limb[k]) + carry;
        carry = y < 0 ? -1 : 0;
        s->limb[k] = y < 0 ? y + LIMB : y;
    }
    while (s->limb[s->high - 1] == 0)
        s->high--;
    while (s->limb[s->low] == 0)
        s->low++;
    return negative ? -1 : 1;
}

/* ---- sums ---- */

void decimal_clear(decimal_sum *s)
{
    s->whole = 0;
    s->places = s->near = 0;
    s->beyond = s->wide = false;
}

/* Adds a whole number by 10^places while the sum stays short. */
static bool add_short(decimal_sum *s, double whole, int places)
{
    double y = s->whole, x = whole;
    int most = places > s->places ? places : s->places;
    if (most > PLACES)
        return false;
    y *= power[most - s->places];
    x *= power[most - places];
    if (!(fabs(y) <= shortest && fabs(x) <= shortest && fabs(y + x) <= shortest))
        return false;
    s->whole = y + x;
    s->places = most;
    return true;
}

void decimal_add_product(decimal_sum *s, double a, double b)
{
    double x = 0, y = 0;
    int p = 0;
    if (!isfinite(a) || !isfinite(b)) {
        s->beyond = true;
        return;
    }
    if (!s->wide && scale(a, &p, &x) && scale(b, &s->near, &y) && fabs(x * y) <= shortest &&
        add_short(s, x * y, p + s->near))
        return;
    add_wide(s, decimal_of(a), decimal_of(b));
}

void decimal_add(decimal_sum *s, double x)
{
    decimal_add_product(s, 1, x);
}

/* The settled limbs as a double. */
static double read_limbs(const decimal_sum *s, int lowest, int sign)
{
    char text[DIGITS_ROOM];
    size_t n = 0;
    double x = 0;
    if (sign < 0)
        text[n++] = '-';
    for (int k = s->high; k-- > s->low; n += LIMB_DIGITS) {
        int64_t y = s->limb[k];
        for (size_t d = LIMB_DIGITS; d-- > 0; y /= 10)
            text[n + d] = (char)('0' + y % 10);
    }
    n += (size_t)snprintf(text + n, sizeof text - n, "e%d", lowest + s->low * LIMB_DIGITS);
    if (tdo_number_read(text, n, &x) == TDO_NUMBER_OVERFLOW)
        return sign < 0 ? -(double)INFINITY : (double)INFINITY;
    return x;
}

/* Settles, reads, and gives the limbs their sign again. */
static double read_sum(decimal_sum *s)
{
    int sign = settle(s);
    double x = sign == 0 ? 0 : read_limbs(s, LOWEST, sign);
    for (int k = s->low; k < s->high && sign < 0; k++)
        s->limb[k] = -s->limb[k];
    return x;
}

double decimal_rounded(decimal_sum *s, double *rest)
{
    double x = s->beyond ? (double)NAN : s->wide ? read_sum(s) : s->whole / power[s->places];
    if (rest)
        *rest = 0;
    if (!rest || !s->wide || !isfinite(x))
        return x;
    decimal_sum y = *s;
    add_wide(&y, decimal_of(x), (decimal){-1, 0});
    *rest = read_sum(&y);
    return x;
}

double decimal_difference(double a, double b)
{
    decimal_sum s;
    double x = 0, y = 0;
    int places = 0;
    if (scale(a, &places, &x) && is_scaled(b, places, &y) && fabs(x - y) <= shortest)
        return (x - y) / power[places];
    decimal_clear(&s);
    decimal_add(&s, a);
    decimal_add_product(&s, -1, b);
    return decimal_rounded(&s, NULL);
}

/* ---- quotients ---- */

/* a -= q b LIMB^by. */
static void subtract(int64_t *a, const decimal_sum *b, int by, int64_t q)
{
    int64_t carry = 0;
    for (int k = b->low; k < b->high || carry != 0; k++) {
        int64_t y = a[k + by] - (k < b->high ? q * b->limb[k] : 0) + carry, low = y % LIMB;
        carry = y / LIMB - (low < 0);
        a[k + by] = low < 0 ? low + LIMB : low;
    }
}

static bool reaches(const int64_t *a, const decimal_sum *b, int by)
{
    if (a[b->high + by] != 0)
        return true;
    for (int k = b->high; k-- > b->low;)
        if (a[k + by] != b->limb[k])
            return a[k + by] > b->limb[k];
    return true;
}

/* How often b LIMB^by goes into a, a little less at times; at least once. */
static int64_t guess(const int64_t *a, const decimal_sum *b, int by)
{
    double x = (double)a[b->high + by], y = 0;
    for (int k = b->high - 1; k > b->high - 4; k--) {
        x = x * LIMB + (double)a[k + by];
        y = y * LIMB + (k >= b->low ? (double)b->limb[k] : 0);
    }
    double q = floor(x / y * (1 - 1e-12));
    return q < 1 ? 1 : q < LIMB ? (int64_t)q : LIMB - 1;
}

/* Long division of settled sums, limb by limb; the last limb only says whether there is a
 * remainder. Returns the exponent of the quotient's limb 0. */
static int divide(const decimal_sum *a, const decimal_sum *b, decimal_sum *q)
{
    enum { BELOW = DECIMAL_LIMBS + QUOTIENT_LIMBS + 8, ROOM = BELOW + DECIMAL_LIMBS + 8 };
    int64_t room[ROOM] = {0}, *r = room + BELOW; /* r[k] is worth what limb k is */
    int first = a->high - b->high, last = first - QUOTIENT_LIMBS;
    *q = (decimal_sum){.wide = true, .low = 0, .high = QUOTIENT_LIMBS + 2};
    memcpy(r + a->low, a->limb + a->low, (size_t)(a->high - a->low) * sizeof *r);
    for (int by = first; by >= last; by--)
        while (reaches(r, b, by)) {
            int64_t part = guess(r, b, by);
            subtract(r, b, by, part);
            q->limb[by - last + 1] += part;
        }
    for (int k = 0; k < ROOM; k++)
        q->limb[0] |= room[k] != 0;
    return (last - 1) * LIMB_DIGITS;
}

static double quotient_of_limbs(decimal_sum *a, decimal_sum *b)
{
    decimal_sum q;
    int sign_a = settle(a), sign_b = settle(b);
    double x = 0;
    assert(sign_b != 0);
    if (sign_a != 0) {
        int lowest = divide(a, b, &q);
        (void)settle(&q);
        x = read_limbs(&q, lowest, sign_a * sign_b);
    }
    for (int k = a->low; k < a->high && sign_a < 0; k++)
        a->limb[k] = -a->limb[k];
    for (int k = b->low; k < b->high && sign_b < 0; k++)
        b->limb[k] = -b->limb[k];
    return x;
}

/* The quotient of two short sums, and whether it is short too, and exact. */
static bool quotient_of_short(const decimal_sum *a, const decimal_sum *b, double *x, bool *exact)
{
    int up = b->places - a->places, places = 0;
    double p = a->whole * power[up > 0 ? up : 0], q = b->whole * power[up < 0 ? -up : 0], y = 0;
    if (a->wide || b->wide || !(fabs(p) <= shortest && fabs(q) <= shortest))
        return false;
    *x = p / q;
    *exact = scale(*x, &places, &y) && fabs(y * q) <= shortest &&
             fabs(p) * power[places] <= shortest && y * q == p * power[places];
    return true;
}

double decimal_quotient(decimal_sum *a, decimal_sum *b, double *rest)
{
    bool exact = false;
    double x = 0;
    if (rest)
        *rest = 0;
    if (a->beyond || b->beyond)
        return NAN;
    if (quotient_of_short(a, b, &x, &exact) && (exact || !rest))
        return x;
    widen(a);
    widen(b);
    x = quotient_of_limbs(a, b);
    if (!rest || !isfinite(x))
        return x;
    decimal y = decimal_of(x); /* the rest is (a - y b) by b */
    decimal_sum left = *a;
    if (y.exponent + b->low * LIMB_DIGITS < 0)
        return x; /* below every number there is */
    for (int k = b->low; k < b->high; k++)
        add_wide(&left, (decimal){-y.mantissa, y.exponent},
                 (decimal){b->limb[k], LOWEST + k * LIMB_DIGITS});
    *rest = quotient_of_limbs(&left, b);
    return x;
}
