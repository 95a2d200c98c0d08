/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and decimals: what is written reads back, and exact arithmetic obeys its laws. */
#include "fuzz.h"

#include <locale.h>
#include <math.h>

#include "base/decimal.h"

static bool same_double(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* [+-] digits [. digits] [e [+-] digits], one digit at least before the exponent. */
static bool is_number(const char *s, size_t length)
{
    size_t i = length > 0 && (*s == '+' || *s == '-'), digits = 0;
    for (bool point = false; i < length; i++)
        if (s[i] >= '0' && s[i] <= '9')
            digits++;
        else if (s[i] == '.' && !point)
            point = true;
        else
            break;
    if (digits == 0 || i == length)
        return digits > 0;
    if (s[i] != 'e' && s[i] != 'E')
        return false;
    i++;
    i += i < length && (s[i] == '+' || s[i] == '-');
    const size_t from = i;
    while (i < length && s[i] >= '0' && s[i] <= '9')
        i++;
    return i == length && i > from;
}

static void reads_back(double x)
{
    char text[TDO_NUMBER_TEXT];
    double y = -1;
    size_t n = tdo_number_write(x, text);
    FUZZ_MUST(n < TDO_NUMBER_TEXT && n == strlen(text));
    FUZZ_MUST(tdo_number_read(text, n, &y) == TDO_NUMBER_OK && y == x);
    FUZZ_MUST(decimal_number(decimal_of(x)) == x);
    for (int digits = 1; digits <= 17; digits += 4) {
        n = tdo_number_round(x, digits, text);
        tdo_number_verdict v = tdo_number_read(text, n, &y);
        FUZZ_MUST(n < TDO_NUMBER_TEXT);
        FUZZ_MUST(v == TDO_NUMBER_OK || fabs(x) > 1e308 || fabs(x) < 1e-307);
        FUZZ_MUST(v != TDO_NUMBER_OK || fabs(x) < 1e-307 ||
                  fabs(y - x) <= fabs(x) * 0.51 * pow(10, 1 - digits) * (1 + 1e-12));
    }
}

/* As strtod has it, where the text is a number of the grammar. */
static void text(const char *s, size_t length)
{
    double x = 1, y = 0;
    tdo_number_verdict v = tdo_number_read(s, length, &x);
    FUZZ_MUST((v == TDO_NUMBER_SYNTAX) == !is_number(s, length));
    if (v == TDO_NUMBER_SYNTAX)
        return;
    char *copy = malloc(length + 1);
    FUZZ_MUST(copy);
    memcpy(copy, s, length);
    copy[length] = '\0';
    y = strtod(copy, NULL);
    free(copy);
    if (v == TDO_NUMBER_OVERFLOW)
        FUZZ_MUST(isinf(y));
    else if (v == TDO_NUMBER_UNDERFLOW)
        FUZZ_MUST(y == 0);
    else {
        FUZZ_MUST(same_double(x, y + 0.0) || (x == 0 && y == 0 && !signbit(x)));
        reads_back(x);
    }
}

static double sum_of(double a, double b, double c, double *rest)
{
    decimal_sum s;
    decimal_clear(&s);
    decimal_add(&s, a);
    decimal_add(&s, b);
    decimal_add(&s, c);
    return decimal_rounded(&s, rest);
}

static void three(double a, double b, double c)
{
    decimal_sum p, q;
    double rest[3] = {0};
    double x = sum_of(a, b, c, &rest[0]), y = sum_of(c, a, b, &rest[1]);
    FUZZ_MUST(same_double(x, y) && same_double(rest[0], rest[1]));
    FUZZ_MUST(sum_of(a, -a, 0, &rest[2]) == 0 && rest[2] == 0);
    y = decimal_difference(a, b);
    FUZZ_MUST((y == 0) == (a == b) || fabs(a - b) < 1e-300);
    FUZZ_MUST(y == -decimal_difference(b, a) && (isinf(y) || (y > 0) == (a > b) || y == 0));
    decimal_clear(&p);
    decimal_clear(&q);
    decimal_add_product(&p, a, b);
    decimal_add_product(&p, b, c);
    decimal_add_product(&q, c, b);
    decimal_add_product(&q, b, a);
    FUZZ_MUST(same_double(decimal_rounded(&p, NULL), decimal_rounded(&q, NULL)));
    if (b == 0 || fabs(b) > 1e100 || fabs(b) < 1e-100 || fabs(a) > 1e100)
        return;
    decimal_clear(&p);
    decimal_clear(&q);
    decimal_add_product(&p, a, b);
    decimal_add(&q, b);
    FUZZ_MUST(decimal_quotient(&p, &q, &rest[0]) == a && rest[0] == 0);
}

void fuzz_number(const uint8_t *bytes, size_t length)
{
    double x[3] = {0};
    text((const char *)bytes, length);
    for (size_t k = 0; k < 3 && (k + 1) * sizeof *x <= length; k++) {
        memcpy(&x[k], bytes + k * sizeof *x, sizeof *x);
        x[k] = isfinite(x[k]) ? x[k] + 0.0 : 0;
        reads_back(x[k]);
    }
    three(x[0], x[1], x[2]);
}
