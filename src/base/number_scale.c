/* SPDX-License-Identifier: GPL-3.0-or-later */
/* m 10^exponent as a double, rounded once: in doubles where both are exact, else in 128 bits that
 * say whether they suffice. */
#include "base/decimal.h"

#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

enum {
    FIVES = 27,        /* 5^27 is the largest power of five that 64 bits hold */
    FIRST_POWER = -13, /* 10^-351 on: below 10^-327 no 19 digits reach a normal double */
    LAST_POWER = 11,
    ERROR_UNITS = 3
};

/* mantissa 2^exponent; mantissa in [2^52, 2^53]. The hidden bit adds one to the exponent as the
 * bits are added; 2^53 adds two, rightly. False: the double would not be normal. */
static bool put_together(uint64_t mantissa, int exponent, double *out)
{
    const uint64_t hidden = (uint64_t)1 << 52;
    const int biased = exponent + 1023 + 52;
    if (biased < 1 || biased + (mantissa > 2 * hidden - 1) > 2046)
        return false;
    const uint64_t bits = ((uint64_t)(biased - 1) << 52) + mantissa;
    memcpy(out, &bits, sizeof bits);
    return true;
}

static int leading_zeros(wide v)
{
    const uint64_t high = (uint64_t)(v >> 64);
    return high != 0 ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)v);
}

/* v 2^exponent rounded to nearest, ties to even; v > 0; some_below: a bit more than v is meant.
 * For results far from both ends of the range only. */
static double round_wide(wide v, bool some_below, int exponent)
{
    const int zeros = leading_zeros(v);
    double x = 0;
    v <<= zeros;
    uint64_t mantissa = (uint64_t)(v >> 75);
    const wide rest = v & (((wide)1 << 75) - 1), half = (wide)1 << 74;
    if (rest > half || (rest == half && (some_below || (mantissa & 1) != 0)))
        mantissa++;
    (void)put_together(mantissa, exponent + 128 - 53 - zeros, &x);
    return x;
}

/* Where 128 bits hold m 10^exponent, or the division by 10^-exponent and what it leaves. */
static bool scale_exactly(uint64_t m, int64_t exponent, double *out)
{
    static const uint64_t ten[] = {UINT64_C(1),
                                   UINT64_C(10),
                                   UINT64_C(100),
                                   UINT64_C(1000),
                                   UINT64_C(10000),
                                   UINT64_C(100000),
                                   UINT64_C(1000000),
                                   UINT64_C(10000000),
                                   UINT64_C(100000000),
                                   UINT64_C(1000000000),
                                   UINT64_C(10000000000),
                                   UINT64_C(100000000000),
                                   UINT64_C(1000000000000),
                                   UINT64_C(10000000000000),
                                   UINT64_C(100000000000000),
                                   UINT64_C(1000000000000000),
                                   UINT64_C(10000000000000000),
                                   UINT64_C(100000000000000000),
                                   UINT64_C(1000000000000000000),
                                   UINT64_C(10000000000000000000)};
    const int64_t most = sizeof ten / sizeof *ten - 1;
    if (exponent > most || exponent < -most)
        return false;
    if (exponent >= 0) {
        *out = round_wide((wide)m * ten[exponent], false, 0);
        return true;
    }
    const int zeros = __builtin_clzll(m);
    const wide n = (wide)m << (64 + zeros);
    *out = round_wide(n / ten[-exponent], n % ten[-exponent] != 0, -64 - zeros);
    return true;
}

/* The product of a and b without its last 64 bits. */
static wide high_product(wide a, uint64_t b)
{
    return (wide)(uint64_t)(a >> 64) * b + (((wide)(uint64_t)a * b) >> 64);
}

/* The first 128 bits of 5^(27 a), a from FIRST_POWER on. */
static const uint64_t power[][2] = {
    {UINT64_C(0x8049A4AC0C5811AE), UINT64_C(0x205B896D777D6278)},
    {UINT64_C(0xCF42894A5DCE35EA), UINT64_C(0x52064CAC828675B9)},
    {UINT64_C(0xA76C582338ED2621), UINT64_C(0xAF2AF2B80AF6F24E)},
    {UINT64_C(0x873E4F75E2224E68), UINT64_C(0x5A7744A6E804A291)},
    {UINT64_C(0xDA7F5BF590966848), UINT64_C(0xAF39A475506A899E)},
    {UINT64_C(0xB080392CC4349DEC), UINT64_C(0xBD8D794D96AACFB3)},
    {UINT64_C(0x8E938662882AF53E), UINT64_C(0x547EB47B7282EE9C)},
    {UINT64_C(0xE65829B3046B0AFA), UINT64_C(0x0CB4A5A3112A5112)},
    {UINT64_C(0xBA121A4650E4DDEB), UINT64_C(0x92F34D62616CE413)},
    {UINT64_C(0x964E858C91BA2655), UINT64_C(0x3A6A07F8D510F86F)},
    {UINT64_C(0xF2D56790AB41C2A2), UINT64_C(0xFAE27299423FB9C3)},
    {UINT64_C(0xC428D05AA4751E4C), UINT64_C(0xAA97E14C3C26B886)},
    {UINT64_C(0x9E74D1B791E07E48), UINT64_C(0x775EA264CF55347D)},
    {UINT64_C(0x8000000000000000), UINT64_C(0x0000000000000000)},
    {UINT64_C(0xCECB8F27F4200F3A), UINT64_C(0x0000000000000000)},
    {UINT64_C(0xA70C3C40A64E6C51), UINT64_C(0x999090B65F67D924)},
    {UINT64_C(0x86F0AC99B4E8DAFD), UINT64_C(0x69A028BB3DED71A3)},
    {UINT64_C(0xDA01EE641A708DE9), UINT64_C(0xE80E6F4820CC9495)},
    {UINT64_C(0xB01AE745B101E9E4), UINT64_C(0x5EC05DCFF72E7F8F)},
    {UINT64_C(0x8E41ADE9FBEBC27D), UINT64_C(0x14588F13BE847307)},
    {UINT64_C(0xE5D3EF282A242E81), UINT64_C(0x8F1668C8A86DA5FA)},
    {UINT64_C(0xB9A74A0637CE2EE1), UINT64_C(0x6D953E2BD7173692)},
    {UINT64_C(0x95F83D0A1FB69CD9), UINT64_C(0x4ABDAF101564F98E)},
    {UINT64_C(0xF24A01A73CF2DCCF), UINT64_C(0xBC633B39673C8CEC)},
    {UINT64_C(0xC3B8358109E84F07), UINT64_C(0x0A862F80EC4700C8)},
};

static const uint64_t five[FIVES] = {
    UINT64_C(1),
    UINT64_C(5),
    UINT64_C(25),
    UINT64_C(125),
    UINT64_C(625),
    UINT64_C(3125),
    UINT64_C(15625),
    UINT64_C(78125),
    UINT64_C(390625),
    UINT64_C(1953125),
    UINT64_C(9765625),
    UINT64_C(48828125),
    UINT64_C(244140625),
    UINT64_C(1220703125),
    UINT64_C(6103515625),
    UINT64_C(30517578125),
    UINT64_C(152587890625),
    UINT64_C(762939453125),
    UINT64_C(3814697265625),
    UINT64_C(19073486328125),
    UINT64_C(95367431640625),
    UINT64_C(476837158203125),
    UINT64_C(2384185791015625),
    UINT64_C(11920928955078125),
    UINT64_C(59604644775390625),
    UINT64_C(298023223876953125),
    UINT64_C(1490116119384765625),
};

/* By 5^exponent as 5^(27 a) 5^b: t, below, is less than one unit short of its power. The product
 * with 5^b is cut and so less than 2 units short, that with m less than 3. It is at least 2^125, so
 * that 73 bits or more decide how the 53 before them are rounded: they tell unless those units
 * reach over the half. False: they do, or the result is not normal. */
static bool scale_closely(uint64_t m, int64_t exponent, double *out)
{
    if (exponent < (int64_t)FIRST_POWER * FIVES || exponent >= (int64_t)(LAST_POWER + 1) * FIVES)
        return false;
    const int q = (int)exponent, from = q - FIRST_POWER * FIVES, a = from / FIVES, b = from % FIVES;
    const int m_zeros = __builtin_clzll(m), b_zeros = __builtin_clzll(five[b]);
    const int log = (int)(((int64_t)(a + FIRST_POWER) * FIVES * 152170) >> 16); /* log2(5), down */
    const wide t = (wide)power[a][0] << 64 | power[a][1];
    const wide p = high_product(high_product(t, five[b] << b_zeros), m << m_zeros);
    const int below = 75 - leading_zeros(p);
    const wide rest = p & (((wide)1 << below) - 1), half = (wide)1 << (below - 1);
    if (rest <= half && rest + ERROR_UNITS > half)
        return false;
    return put_together((uint64_t)(p >> below) + (rest > half),
                        q + log - 127 + 128 - b_zeros - m_zeros + below, out);
}
#endif

const double number_ten[NUMBER_TENS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                        1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool number_scale(uint64_t m, int64_t exponent, double *out)
{
    if (number_scale_exact(m, exponent, out))
        return true;
#ifdef __SIZEOF_INT128__
    return scale_closely(m, exponent, out) || scale_exactly(m, exponent, out);
#else
    return false;
#endif
}
