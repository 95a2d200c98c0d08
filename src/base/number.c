/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal text to doubles, without the locale: strtod is only ever given digits and an exponent. */
#include "base/decimal.h"
#include "base/plain.h"
#include "tradeoff/text.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;
#endif

enum {
    /* No double, and no point halfway between two, has more than 767 significant digits (Goldberg's
     * bound for the smallest ones); further digits matter only by being zero or not. */
    DIGITS_KEPT = 768,
    MANTISSA_DIGITS = 19,   /* what a uint64_t holds for certain */
    EXPONENT_BEYOND = 99999 /* past the range of a double for any 769 digits */
};

#ifdef __SIZEOF_INT128__
/* v * 2^exponent rounded to nearest, ties to even; v > 0; some_below: a bit more than v is meant.
 * For results far from both ends of the range only. */
static double round_wide(wide v, bool some_below, int exponent)
{
    uint64_t high = (uint64_t)(v >> 64);
    int zeros = high != 0 ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)v);
    double x = 0;
    v <<= zeros;
    exponent += 128 - 53 - zeros;
    uint64_t mantissa = (uint64_t)(v >> 75);
    wide rest = v & (((wide)1 << 75) - 1);
    wide half = (wide)1 << 74;
    if (rest > half || (rest == half && (some_below || (mantissa & 1) != 0)))
        mantissa++;
    /* The hidden bit adds one to the exponent; a mantissa that became 2^53 adds two, rightly. */
    uint64_t bits = ((uint64_t)(exponent + 1023 + 52 - 1) << 52) + mantissa;
    memcpy(&x, &bits, sizeof x);
    return x;
}
#endif

bool number_scale(uint64_t m, int64_t exponent, double *out)
{
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    /* Both operands are exact, so that IEEE 754 rounds once (Clinger, PLDI 1990). */
    if (FLT_EVAL_METHOD == 0 && m <= (uint64_t)1 << 53 && exponent >= -22 && exponent <= 22) {
        *out = exponent < 0 ? (double)m / exact[-exponent] : (double)m * exact[exponent];
        return true;
    }
#ifdef __SIZEOF_INT128__
    /* The 17 digits of a printed double: 10^19 < 2^64, so that 128 bits hold the product, and 128
     * bits over 10^19 leave a quotient of 64 or more, whose remainder decides ties. */
    if (exponent >= 0 && exponent <= 19) {
        *out = round_wide((wide)m * (uint64_t)exact[exponent], false, 0);
        return true;
    }
    if (exponent < 0 && exponent >= -19) {
        int zeros = __builtin_clzll(m);
        wide n = (wide)m << (64 + zeros);
        uint64_t divisor = (uint64_t)exact[-exponent];
        *out = round_wide(n / divisor, n % divisor != 0, -64 - zeros);
        return true;
    }
#endif
    return false;
}

/* The value of the digits of s (with at most one point among them) times 10^exponent. */
static double scale_slowly(const char *s, const char *end, int64_t exponent)
{
    char text[DIGITS_KEPT + 32];
    size_t n = 0;
    bool some_below = false;
    for (; s < end; s++) {
        if (*s == '.' || (n == 0 && *s == '0'))
            continue;
        if (n < DIGITS_KEPT) {
            text[n++] = *s;
        } else {
            some_below = some_below || *s != '0';
            exponent++;
        }
    }
    if (some_below) {
        text[n++] = '1';
        exponent--;
    }
    if (exponent > EXPONENT_BEYOND)
        exponent = EXPONENT_BEYOND;
    if (exponent < -EXPONENT_BEYOND)
        exponent = -EXPONENT_BEYOND;
    (void)snprintf(text + n, sizeof text - n, "e%d", (int)exponent);
    return strtod(text, NULL);
}

/* Reads [+-] digits and moves *s past them; false where there is no digit. Saturates. */
static bool read_exponent(const char **s, const char *end, int64_t *out)
{
    const char *p = *s;
    int64_t value = 0;
    bool negative = false;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    if (p == end || !plain_is_digit(*p))
        return false;
    for (; p < end && plain_is_digit(*p); p++)
        if (value < INT64_MAX / 100)
            value = value * 10 + (*p - '0');
    *out = negative ? -value : value;
    *s = p;
    return true;
}

tdo_number_verdict tdo_number_read(const char *s, size_t length, double *out)
{
    const char *p = s, *end = s + length;
    const char *digits = NULL;
    uint64_t m = 0; /* of all digits; wraps where it is not used */
    int64_t exponent = 0, decimals = 0;
    bool negative = false;
    double x = 0;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    digits = p;
    for (; p < end && plain_is_digit(*p); p++)
        m = m * 10 + (uint64_t)(*p - '0');
    size_t n = (size_t)(p - digits);
    if (p < end && *p == '.') {
        const char *point = p++;
        for (; p < end && plain_is_digit(*p); p++)
            m = m * 10 + (uint64_t)(*p - '0');
        decimals = p - point - 1;
        n += (size_t)decimals;
    }
    const char *digits_end = p;
    if (n == 0)
        return TDO_NUMBER_SYNTAX;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (!read_exponent(&p, end, &exponent))
            return TDO_NUMBER_SYNTAX;
    }
    if (p != end)
        return TDO_NUMBER_SYNTAX;

    const char *first = digits; /* the first digit that is not zero */
    if (n > MANTISSA_DIGITS || m == 0) {
        for (; first < digits_end && (*first == '0' || *first == '.'); first++)
            n -= *first == '0';
        if (first == digits_end) {
            *out = 0;
            return TDO_NUMBER_OK;
        }
    }
    exponent -= decimals;
    if (n > MANTISSA_DIGITS || !number_scale(m, exponent, &x))
        x = scale_slowly(first, digits_end, exponent);
    if (isinf(x))
        return TDO_NUMBER_OVERFLOW;
    if (x == 0)
        return TDO_NUMBER_UNDERFLOW;
    *out = negative ? -x : x;
    return TDO_NUMBER_OK;
}
