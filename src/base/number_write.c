/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubles to decimal text, without the locale. What 192 bits hold is done in integers; for the
 * rest printf is asked, and of what it writes only the digits are used. */
#include "base/decimal.h"
#include "base/plain.h"
#include "tradeoff/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;
#endif

/* A finite double's decimal digits: 0.d1d2d3... * 10^point, no trailing zeros. */
typedef struct number_text {
    char digit[20];
    int n;     /* digits, at least 1 */
    int point; /* digits before the decimal point; may be negative or beyond n */
} number_text;

/* By printf: any finite x but 0. */
static number_text printed_digits(double x, int significant)
{
    char text[64];
    number_text d = {.n = 0};
    const char *p = text;
    (void)snprintf(text, sizeof text, "%.*e", significant - 1, fabs(x));
    for (; *p != 'e' && *p != '\0'; p++) /* the decimal sign may be anything */
        if (plain_is_digit(*p) && d.n < (int)sizeof d.digit)
            d.digit[d.n++] = *p;
    d.point = 1 + (*p == 'e' ? (int)strtol(p + 1, NULL, 10) : 0);
    while (d.n > 1 && d.digit[d.n - 1] == '0')
        d.n--;
    return d;
}

#ifdef __SIZEOF_INT128__
enum { EXACT_DIGITS = 17 };

/* |x| is between digits and digits + 1, in units of 10^(point - EXACT_DIGITS); below: how much it
 * is above digits, 0 nothing, 1 less than a half, 2 a half, 3 more. */
typedef struct exact_digits {
    uint64_t digits; /* [10^16, 10^17) */
    int point, below;
} exact_digits;

static int side_of_half(wide rest, wide half)
{
    return rest == 0 ? 0 : rest < half ? 1 : rest == half ? 2 : 3;
}

/* m 10^k / 2^shift, in integers; k in [0, 38], shift in [1, 127], a result below 2^64. */
static exact_digits scale_exactly(uint64_t m, int k, int shift)
{
    wide power = 1, low = 0, high = 0;
    for (wide ten = 10; k > 0; k /= 2, ten *= ten) /* 10^32 squared wraps, and is not used */
        power = k % 2 != 0 ? power * ten : power;
    low = (wide)m * (uint64_t)power;
    high = (wide)m * (uint64_t)(power >> 64) + (low >> 64); /* the product without 64 bits */
    low = (uint64_t)low;
    if (shift <= 64) {
        const wide all = high << (64 - shift) | (shift < 64 ? low >> shift : 0);
        const wide unit = (wide)1 << shift;
        return (exact_digits){(uint64_t)all, 0, side_of_half(low & (unit - 1), unit / 2)};
    }
    const wide unit = (wide)1 << (shift - 64), rest = high & (unit - 1);
    int below = side_of_half(rest, unit / 2);
    if (low != 0 && below % 2 == 0) /* a bit more than nothing, or than a half */
        below++;
    return (exact_digits){(uint64_t)(high >> (shift - 64)), 0, below};
}

/* False: x is too large or too small for 192 bits. */
static bool find_exact_digits(double x, exact_digits *out)
{
    uint64_t bits = 0, m = 0;
    x = fabs(x);
    if (!(x >= 1e-20 && x < 1e15))
        return false;
    memcpy(&bits, &x, sizeof bits);
    m = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
    const int exponent = (int)(bits >> 52) - 1075;
    /* 10^(point - 1) <= x < 10^point, or one less: log10(2) from below, of a power of two */
    int point = ((exponent + 52) * 78913 >> 18) + 1;
    *out = scale_exactly(m, EXACT_DIGITS - point, -exponent);
    if (out->digits >= UINT64_C(100000000000000000))
        *out = scale_exactly(m, EXACT_DIGITS - ++point, -exponent);
    out->point = point;
    return true;
}

/* The digits rounded to so many, ties to even: an integer in units of 10^(point - significant). */
static uint64_t round_exactly(const exact_digits *of, int significant)
{
    static const uint64_t unit_of[EXACT_DIGITS] = {UINT64_C(10000000000000000),
                                                   UINT64_C(1000000000000000),
                                                   UINT64_C(100000000000000),
                                                   UINT64_C(10000000000000),
                                                   UINT64_C(1000000000000),
                                                   UINT64_C(100000000000),
                                                   UINT64_C(10000000000),
                                                   UINT64_C(1000000000),
                                                   UINT64_C(100000000),
                                                   UINT64_C(10000000),
                                                   UINT64_C(1000000),
                                                   UINT64_C(100000),
                                                   UINT64_C(10000),
                                                   UINT64_C(1000),
                                                   UINT64_C(100),
                                                   UINT64_C(10),
                                                   UINT64_C(1)};
    const uint64_t unit = unit_of[significant - 1], q = of->digits / unit,
                   rest = of->digits - q * unit;
    int below = of->below;
    if (unit > 1)
        below = 2 * rest < unit ? 0 : 2 * rest > unit ? 3 : 2 + (below != 0);
    return q + (below > 2 || (below == 2 && q % 2 != 0));
}

static number_text spell(uint64_t q, int significant, int point)
{
    number_text d = {.n = significant, .point = point};
    for (int k = significant; k-- > 0; q /= 10)
        d.digit[k] = (char)('0' + q % 10);
    if (q > 0) { /* 9.99... has become 10 */
        d.digit[0] = '1';
        d.point++;
    }
    while (d.n > 1 && d.digit[d.n - 1] == '0')
        d.n--;
    return d;
}
#endif

/* |x| rounded to so many significant digits, 1 to 17; x finite, not 0. */
static number_text digits_of(double x, int significant)
{
#ifdef __SIZEOF_INT128__
    exact_digits exact;
    if (find_exact_digits(x, &exact))
        return spell(round_exactly(&exact, significant), significant, exact.point);
#endif
    return printed_digits(x, significant);
}

static bool reads_back(const number_text *d, double magnitude)
{
    char text[40];
    double x = 0;
    const int n = snprintf(text, sizeof text, "%.*se%d", d->n, d->digit, d->point - d->n);
    return tdo_number_read(text, (size_t)n, &x) == TDO_NUMBER_OK && x == magnitude;
}

/* The shortest of 15, 16 and 17 digits that reads back; x finite, not 0. */
static number_text shortest_of(double x, int *significant)
{
    *significant = 15;
#ifdef __SIZEOF_INT128__
    exact_digits exact;
    double back = 0;
    for (const bool found = find_exact_digits(x, &exact); found; ++*significant) {
        const uint64_t q = round_exactly(&exact, *significant);
        if (*significant < EXACT_DIGITS && !number_scale(q, exact.point - *significant, &back))
            break;
        if (*significant == EXACT_DIGITS || back == fabs(x))
            return spell(q, *significant, exact.point);
    }
#endif
    number_text d = digits_of(x, *significant);
    while (*significant < 17 && !reads_back(&d, fabs(x)))
        d = digits_of(x, ++*significant);
    return d;
}

void number_digits(double x, int64_t *mantissa, int *exponent)
{
    int significant = 0;
    number_text d = shortest_of(x, &significant);
    int64_t m = 0;
    for (int i = 0; i < d.n; i++)
        m = m * 10 + (d.digit[i] - '0');
    *mantissa = x < 0 ? -m : m;
    *exponent = d.point - d.n;
}

static size_t lay_out(const number_text *d, bool negative, bool with_exponent, char *out)
{
    char *p = out;
    if (negative)
        *p++ = '-';
    int whole = with_exponent ? 1 : d->point; /* digits before the point */
    if (whole <= 0)
        *p++ = '0';
    for (int i = 0; i < whole; i++)
        *p++ = i < d->n ? d->digit[i] : '0';
    if (whole < d->n) {
        *p++ = '.';
        for (int i = whole; i < 0; i++)
            *p++ = '0';
        for (int i = whole < 0 ? 0 : whole; i < d->n; i++)
            *p++ = d->digit[i];
    }
    if (with_exponent)
        p += snprintf(p, 8, "e%+03d", d->point - 1);
    *p = '\0';
    return (size_t)(p - out);
}

static size_t write_word(const char *word, char *out)
{
    size_t length = strlen(word);
    memcpy(out, word, length + 1);
    return length;
}

size_t tdo_number_write(double x, char out[TDO_NUMBER_TEXT])
{
    if (!isfinite(x))
        return write_word("null", out);
    if (x == 0)
        return write_word("0", out);
    if (fabs(x) < 1e15 && x == (double)(int64_t)x)
        return (size_t)snprintf(out, TDO_NUMBER_TEXT, "%lld", (long long)x);
    int significant = 0;
    number_text d = shortest_of(x, &significant);
    /* printf's rule for %g: the exponent of the rounded number against the precision */
    bool with_exponent = d.point - 1 < -4 || d.point - 1 >= significant;
    return lay_out(&d, x < 0, with_exponent, out);
}

size_t tdo_number_round(double x, int digits, char out[TDO_NUMBER_TEXT])
{
    if (!isfinite(x))
        return write_word("null", out);
    if (x == 0)
        return write_word("0", out);
    number_text d = digits_of(x, digits < 1 ? 1 : digits > 17 ? 17 : digits);
    return lay_out(&d, x < 0, fabs(x) < 1e-6 || fabs(x) >= 1e15, out);
}
