/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal text to doubles, without the locale: strtod is only ever given digits and an exponent. */
#include "base/decimal.h"
#include "base/plain.h"
#include "tradeoff/text.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* No double, and no point halfway between two, has more than 767 significant digits (Goldberg's
     * bound for the smallest ones); further digits matter only by being zero or not. */
    DIGITS_KEPT = 768,
    MANTISSA_DIGITS = 19,   /* what a uint64_t holds for certain */
    EXPONENT_BEYOND = 99999 /* past the range of a double for any 769 digits */
};

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

/* ---- digits ---- */

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

enum { AT_ONCE = 8 };
static const uint64_t zeros = UINT64_C(0x3030303030303030); /* "00000000" */

static uint64_t load(const char *s)
{
    uint64_t word = 0;
    memcpy(&word, s, sizeof word);
    return word;
}

/* Is each byte from '0' to '9'? Their upper halves are 3, and stay 3 when 6 is added. */
static bool are_digits(uint64_t word)
{
    const uint64_t upper = UINT64_C(0xF0F0F0F0F0F0F0F0), six = UINT64_C(0x0606060606060606);
    return (word & upper) == zeros && ((word + six) & upper) == zeros;
}

/* Their number: neighbours are joined to pairs, pairs to fours, fours to the whole. */
static uint64_t number_of_eight(uint64_t word)
{
    word -= zeros;
    word = (word * (1 + (10 << 8)) >> 8) & UINT64_C(0x00FF00FF00FF00FF);
    word = (word * (1 + (100 << 16)) >> 16) & UINT64_C(0x0000FFFF0000FFFF);
    return word * (1 + (UINT64_C(10000) << 32)) >> 32;
}

/* Appends digits at p to *m, which may wrap, up to the first byte that is none. What is left of a
 * text that starts at `start`, less than eight bytes, is looked at with the bytes before it. */
static const char *take_digits(const char *start, const char *p, const char *end, uint64_t *m)
{
    static const uint64_t ten[AT_ONCE] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
    uint64_t value = *m;
    for (; end - p >= AT_ONCE; p += AT_ONCE) {
        const uint64_t word = load(p);
        if (!are_digits(word))
            break;
        value = value * 100000000 + number_of_eight(word);
    }
    const int rest = (int)(end - p);
    if (rest > 0 && rest < AT_ONCE && end - start >= AT_ONCE) {
        const int others = CHAR_BIT * (AT_ONCE - rest);
        const uint64_t word = load(end - AT_ONCE) >> others << others | zeros >> CHAR_BIT * rest;
        if (are_digits(word)) {
            *m = value * ten[rest] + number_of_eight(word);
            return end;
        }
    }
    for (; p < end && plain_is_digit(*p); p++)
        value = value * 10 + (uint64_t)(*p - '0');
    *m = value;
    return p;
}

#else

/* Appends digits at p to *m, which may wrap, up to the first byte that is none. */
static const char *take_digits(const char *start, const char *p, const char *end, uint64_t *m)
{
    (void)start;
    for (; p < end && plain_is_digit(*p); p++)
        *m = *m * 10 + (uint64_t)(*p - '0');
    return p;
}

#endif

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
        p = take_digits(s, p, end, &m);
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
    if (n <= MANTISSA_DIGITS && number_scale_exact(m, exponent, &x)) {
        *out = negative ? -x : x;
        return TDO_NUMBER_OK;
    }
    if (n > MANTISSA_DIGITS || !number_scale(m, exponent, &x))
        x = scale_slowly(first, digits_end, exponent);
    if (isinf(x))
        return TDO_NUMBER_OVERFLOW;
    if (x == 0)
        return TDO_NUMBER_UNDERFLOW;
    *out = negative ? -x : x;
    return TDO_NUMBER_OK;
}
