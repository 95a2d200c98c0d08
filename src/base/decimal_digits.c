/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digits of decimals: where the first one stands, and to so many of them. */
#include "base/decimal.h"

#include <assert.h>

int decimal_tens(double x)
{
    const decimal d = decimal_of(x);
    int tens = d.exponent;
    for (int64_t m = d.mantissa / 10; m != 0; m /= 10)
        tens++;
    return tens;
}

double decimal_ten_to(int tens)
{
    return decimal_number((decimal){1, tens});
}

double decimal_beyond(double x, int digits, bool upwards)
{
    assert(digits >= 1);
    decimal d = decimal_of(x);
    int64_t most = 1, rest = 0;
    for (int k = 0; k < digits; k++)
        most *= 10;
    for (; d.mantissa >= most || d.mantissa <= -most; d.exponent++) {
        rest |= d.mantissa % 10;
        d.mantissa /= 10;
    }
    if (rest != 0 && upwards == (x > 0))
        d.mantissa += x > 0 ? 1 : -1;
    return decimal_number(d);
}
