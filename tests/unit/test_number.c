/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal text to doubles and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tradeoff/text.h"

static uint64_t bits_of(double x)
{
    uint64_t bits = 0;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static void expect(const char *s, size_t length, uint64_t bits)
{
    double x = 0;
    tdo_number_verdict verdict = tdo_number_read(s, length, &x);
    if (verdict != TDO_NUMBER_OK || bits_of(x) != bits)
        fail_msg("%.80s: verdict %d, %016llx, not %016llx", s, (int)verdict,
                 (unsigned long long)bits_of(x), (unsigned long long)bits);
}

static void expect_verdict(const char *s, tdo_number_verdict verdict)
{
    double x = 42;
    if (tdo_number_read(s, strlen(s), &x) != verdict)
        fail_msg("%.80s: not verdict %d", s, (int)verdict);
    if (verdict != TDO_NUMBER_OK)
        assert_true(x == 42);
}

static void hard_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t bits;
    } table[] = {
        {"0", 0},
        {"-0", 0},
        {"-0.0e-999999999999999999999", 0},
        {"000000000000000000000000000000.00000", 0},
        {"0e99999", 0},
        {"1", 0x3FF0000000000000},
        {"+1.5", 0x3FF8000000000000},
        {".5", 0x3FE0000000000000},
        {"1.", 0x3FF0000000000000},
        {"-1E+0", 0xBFF0000000000000},
        {"0000000000000000000000001e00000000000000000000002", 0x4059000000000000},
        {"0.1", 0x3FB999999999999A},
        {"0.3", 0x3FD3333333333333},
        {"1e22", 0x4480F0CF064DD592}, /* the last power of ten that is exact */
        {"1e23", 0x44B52D02C7E14AF6}, /* the first that is not */
        {"8.41e21", 0x447C7E83209E90B2},
        {"9007199254740993", 0x4340000000000000}, /* 2^53 + 1: a tie, to even */
        {"9007199254740993.0000000000000000000000001", 0x4340000000000001},
        {"9007199254740995", 0x4340000000000002},
        {"18446744073709551615", 0x43F0000000000000},
        {"9999999999999999999", 0x43E158E460913D00}, /* 19 digits */
        {"99999999999999999999", 0x4415AF1D78B58C40},
        {"0.87574481964111328", 0x3FEC061A00000000},
        {"123456789012345678e-18", 0x3FBF9ADD3746F65F},
        {"1234567890123456789e19", 0x47A29361EDE00466},
        {"1.7976931348623157e308", 0x7FEFFFFFFFFFFFFF},
        {"1.7976931348623158e308", 0x7FEFFFFFFFFFFFFF},
        {"2.2250738585072014e-308", 0x0010000000000000},
        {"2.2250738585072011e-308", 0x000FFFFFFFFFFFFF}, /* hung PHP in 2011 */
        {"2.2250738585072012e-308", 0x0010000000000000}, /* hung Java in 2011 */
        {"4.9e-324", 1},
        {"2.5e-324", 1},
        {"6.631236871469758276785396630275967e-4", 0x3F45BAAF4655FD5C},
        {"3.518437208883201171875e13", 0x42C0000000000002}, /* ties that need all digits */
        {"62.5364939768271845828", 0x404F44ABD5AA7CA4},
        {"8.10109172351e-10", 0x3E0BD5CBAEF0FD0C},
        {"1.50000000000000011102230246251565", 0x3FF8000000000000},
        {"1.4361437213915025e-39", 0x37DF46C4D0106534},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *end = NULL;
        assert_int_equal(bits_of(strtod(table[i].text, &end) + 0.0), table[i].bits);
        expect(table[i].text, strlen(table[i].text), table[i].bits);
    }
}

/* 1 + 2^-53 has 54 digits; one digit far behind it decides. */
static void ties_decided_late(void **state)
{
    (void)state;
    static const char tie[] = "1.00000000000000011102230246251565404236316680908203125";
    char text[3000];

    expect(tie, strlen(tie), 0x3FF0000000000000);
    memset(text, '0', sizeof text);
    memcpy(text, tie, strlen(tie));
    expect(text, sizeof text, 0x3FF0000000000000);
    text[sizeof text - 1] = '1';
    expect(text, sizeof text, 0x3FF0000000000001);

    /* Half of the least double has 752 significant digits: 2^-1075 is a tie with zero. */
    char least[1200];
    (void)snprintf(least, sizeof least, "%.1074f", 0x1p-1074);
    char half[1300] = "0.";
    int remainder = 0;
    size_t n = 2;
    for (size_t i = 2; least[i] != '\0'; i++) {
        int digit = remainder * 10 + (least[i] - '0');
        half[n++] = (char)('0' + digit / 2);
        remainder = digit % 2;
    }
    half[n++] = (char)('0' + remainder * 5);
    half[n] = '\0';
    expect_verdict(half, TDO_NUMBER_UNDERFLOW);
    half[n] = '1';
    expect(half, n + 1, 1);
}

static void long_digits(void **state)
{
    (void)state;
    size_t n = 100000;
    char *text = malloc(n + 32);

    assert_non_null(text);
    memset(text, '9', n);
    memcpy(text + n, "e-100000", 9); /* 0.999...: rounds to 1 */
    expect(text, n + 8, 0x3FF0000000000000);
    memset(text, '0', n);
    text[1] = '.';
    memcpy(text + n, "1e99999", 8); /* 0.000...01 times 10^99999 */
    expect(text, n + 7, 0x3FF0000000000000);
    text[n + 1] = '\0';
    expect_verdict(text, TDO_NUMBER_UNDERFLOW);
    free(text);
}

static void refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "+",
        "-",
        ".",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "--1",
        "+-1",
        " 1",
        "1 ",
        "1 000",
        "1,5",
        "1,000",
        "1_0",
        "0x10",
        "0x1p3",
        "inf",
        "-inf",
        "nan",
        "NaN",
        "1.2.3",
        "1..2",
        "20ms",
        "95%",
        "1f",
        "1d5",
        "1e5.5",
        "1e 5",
        "true",
        "1-Mar",
        "$1.50",
        "\xEF\xBC\x91",
        "\xE2\x88\x92"
        "1",
        "\xC2\xA0"
        "1",
        "1e--5",
        "Infinity",
        "1e5e5",
        "1\n",
        "\t1",
        "1+1",
        "0b1",
        "1.e",
        "\xD9\xA3",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_verdict(bad[i], TDO_NUMBER_SYNTAX);
    double x = 0;
    assert_int_equal(tdo_number_read("1\0"
                                     "2",
                                     3, &x),
                     TDO_NUMBER_SYNTAX);
    assert_int_equal(tdo_number_read("12", 1, &x), TDO_NUMBER_OK); /* no NUL is needed */
    assert_true(x == 1);
}

static void out_of_range(void **state)
{
    (void)state;
    static const char *const large[] = {"1e309", "-1e400", "1.7976931348623159e308",
                                        "1e9223372036854775808", "17976931348623159e292"};
    static const char *const small[] = {"1e-400", "-2.4e-324", "1e-9223372036854775809",
                                        "0.0000000000000001e-320"};

    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++)
        expect_verdict(large[i], TDO_NUMBER_OVERFLOW);
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
        expect_verdict(small[i], TDO_NUMBER_UNDERFLOW);
}

/* glibc's strtod is the judge: it is correctly rounded. */
static void random_texts_agree_with_strtod(void **state)
{
    (void)state;
    rng r = {1};

    for (int i = 0; i < 300000; i++) {
        char text[128];
        size_t n = 0, digits = 1 + rng_below(&r, i % 2 == 0 ? 20 : 50);
        size_t point = rng_below(&r, digits + 1);
        for (size_t k = 0; k < digits; k++) {
            if (k == point)
                text[n++] = '.';
            text[n++] = (char)('0' + rng_below(&r, 10));
        }
        if (rng_below(&r, 2) == 0)
            n += (size_t)snprintf(text + n, 16, "e%d", (int)rng_below(&r, 50) - 25);
        else if (rng_below(&r, 2) == 0)
            n += (size_t)snprintf(text + n, 16, "e%d", (int)rng_below(&r, 600) - 300);
        text[n] = '\0';
        double judge = strtod(text, NULL);
        if (isfinite(judge) && (judge != 0 || !strpbrk(text, "123456789")))
            expect(text, n, bits_of(judge));
    }
}

/* Up to 19 digits by a power of ten over the whole range and around 1, and those 18 digits that lie
 * nearest to halves between doubles, which 128 bits decide or leave. */
static void long_numbers_agree_with_strtod(void **state)
{
    (void)state;
    rng r = {5};
    for (int i = 0; i < 1000000; i++) {
        char text[64];
        const uint64_t m = rng_next(&r) >> rng_below(&r, 64);
        if (i % 2 == 0) {
            const int from = i % 4 == 0 ? 350 : 30;
            (void)snprintf(text, sizeof text, "%llue%d", (unsigned long long)m,
                           (int)rng_below(&r, 2 * (unsigned)from) - from);
        } else {
            const uint64_t bits = (m << 12 >> 12) | (900 + rng_below(&r, 200)) << 52;
            double x = 0, beside = 0;
            memcpy(&x, &bits, sizeof x);
            beside = nextafter(x, (double)INFINITY);
            (void)snprintf(text, sizeof text, "%.18Lg", ((long double)x + beside) / 2);
        }
        const double judge = strtod(text, NULL);
        if (isfinite(judge) && (judge != 0 || m == 0))
            expect(text, strlen(text), bits_of(judge));
    }
}

/* Numbers half way between two doubles, a little to either side, and at the ends of the range: 16
 * hexadecimal digits of the double (found with whole numbers), a blank, the text. */
static void stored_edges(void **state)
{
    (void)state;
    char line[4096];
    size_t checked = 0;
    FILE *f = fopen("tests/unit/numbers.txt", "r");
    if (!f)
        fail_msg("no tests/unit/numbers.txt: run this at the top of the checkout");
    while (fgets(line, sizeof line, f)) {
        size_t length = strcspn(line, "\r\n");
        line[length] = '\0';
        assert_true(length > 17);
        uint64_t bits = strtoull(line, NULL, 16);
        expect(line + 17, length - 17, bits << 1 == 0 ? 0 : bits);
        checked++;
    }
    (void)fclose(f);
    assert_int_equal(checked, 119);
}

static void expect_written(double x, const char *text)
{
    char out[TDO_NUMBER_TEXT];
    assert_int_equal(tdo_number_write(x, out), strlen(text));
    assert_string_equal(out, text);
}

static void written(void **state)
{
    (void)state;
    expect_written(0, "0");
    expect_written(-0.0, "0");
    expect_written(0.1, "0.1");
    expect_written(0.1 + 0.2, "0.30000000000000004");
    expect_written(-1.5, "-1.5");
    expect_written(1e15, "1e+15");
    expect_written(999999999999999, "999999999999999");
    expect_written(1234567890123456, "1234567890123456");
    expect_written(9007199254740992, "9007199254740992");
    expect_written(0.0001, "0.0001");
    expect_written(0.00001, "1e-05");
    expect_written(DBL_MAX, "1.7976931348623157e+308");
    expect_written(-DBL_MIN, "-2.2250738585072014e-308");
    expect_written(0x1p-1074, "4.94065645841247e-324"); /* 15 digits read back */
    expect_written((double)NAN, "null");
    expect_written(-(double)INFINITY, "null");
}

static void written_reads_back(void **state)
{
    (void)state;
    rng r = {2};

    for (int i = 0; i < 200000; i++) {
        char text[TDO_NUMBER_TEXT], shortest[64];
        uint64_t bits = rng_next(&r);
        double x = 0;
        memcpy(&x, &bits, sizeof x);
        if (i % 2 == 0)
            x = (rng_unit(&r) - 0.5) * pow(10, (double)rng_below(&r, 30) - 12);
        if (!isfinite(x))
            continue;
        size_t length = tdo_number_write(x, text);
        assert_true(length < TDO_NUMBER_TEXT);
        expect(text, length, bits_of(x == 0 ? 0.0 : x));
        for (int digits = 15; digits <= 17; digits++) {
            (void)snprintf(shortest, sizeof shortest, "%.*g", digits, x);
            if (strtod(shortest, NULL) == x)
                break;
        }
        assert_string_equal(text, shortest);
    }
}

static void expect_rounded(double x, int digits, const char *text)
{
    char out[TDO_NUMBER_TEXT];
    assert_int_equal(tdo_number_round(x, digits, out), strlen(text));
    assert_string_equal(out, text);
}

static void rounded(void **state)
{
    (void)state;
    expect_rounded(0, 3, "0");
    expect_rounded(-0.0, 3, "0");
    expect_rounded(3.14159, 3, "3.14");
    expect_rounded(2, 6, "2");
    expect_rounded(2.5, 1, "2"); /* exact ties to even, as printf */
    expect_rounded(1234567, 3, "1230000");
    expect_rounded(-0.00001234567, 4, "-0.00001235");
    expect_rounded(1e-6, 3, "0.000001");
    expect_rounded(9.99e-7, 3, "9.99e-07");
    expect_rounded(1e15, 3, "1e+15");
    expect_rounded(999999999999999, 3, "1000000000000000"); /* the limit is on x itself */
    expect_rounded(0.9996, 3, "1");
    expect_rounded(1.0 / 3, 0, "0.3"); /* fewer than 1 digit: 1 */
    expect_rounded(1.0 / 3, 99, "0.33333333333333331");
    expect_rounded(-1.2345678901234567e-6, 17, "-0.0000012345678901234567");
    expect_rounded((double)NAN, 3, "null");
}

/* Nothing may change where the decimal sign is a comma. */
/* The digits of a number, without zeros at either end, its point and its exponent. */
static void take_digits(const char *text, char *out)
{
    size_t n = 0;
    for (; *text != '\0' && *text != 'e'; text++)
        if (*text >= '1' || (*text == '0' && n > 0))
            out[n++] = *text;
    while (n > 0 && out[n - 1] == '0')
        n--;
    out[n] = '\0';
}

/* To any number of digits, exact ties among them, and at either end of what is done in integers. */
static void rounded_as_printf(void **state)
{
    (void)state;
    rng r = {3};
    for (int i = 0; i < 300000; i++) {
        char own[64], printed[64], own_digits[64], printed_digits[64];
        const int digits = 1 + (int)rng_below(&r, 17);
        double x = 0;
        if (i % 3 == 0) /* few digits, the last of which is often a half */
            x = ldexp(1 + (double)rng_below(&r, (size_t)1 << (1 + rng_below(&r, 50))),
                      -(int)rng_below(&r, 70));
        else if (i % 3 == 1) /* a power of ten, a few ulps off */
            x = pow(10, (double)rng_below(&r, 44) - 24);
        else
            x = rng_unit(&r) * pow(10, (double)rng_below(&r, 44) - 24);
        for (size_t k = rng_below(&r, 4); i % 3 == 1 && k > 0; k--)
            x = nextafter(x, i % 2 ? 0 : 1e30);
        assert_true(x > 0);
        (void)tdo_number_round(x, digits, own);
        (void)snprintf(printed, sizeof printed, "%.*e", digits - 1, x);
        take_digits(own, own_digits);
        take_digits(printed, printed_digits);
        assert_string_equal(own_digits, printed_digits);
        assert_true(fabs(strtod(own, NULL) - strtod(printed, NULL)) <= 1e-9 * x);
    }
}

static void any_locale(void **state)
{
    (void)state;
    static const char *const commas[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8",
                                         "pt_BR.UTF-8", "de_DE",       "fr_FR"};
    const char *found = NULL;

    for (size_t i = 0; i < sizeof commas / sizeof commas[0] && !found; i++)
        found = setlocale(LC_ALL, commas[i]);
    if (!found) {
        print_message("no locale with a decimal comma is installed: skipped\n");
        skip();
    }
    assert_string_equal(localeconv()->decimal_point, ",");
    expect("0.1", 3, 0x3FB999999999999A);
    expect("3.518437208883201171875e13", 26, 0x42C0000000000002);
    expect_verdict("0,1", TDO_NUMBER_SYNTAX);
    expect_written(0.1 + 0.2, "0.30000000000000004");
    expect_rounded(3.14159, 3, "3.14");
    (void)setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hard_numbers),
        cmocka_unit_test(ties_decided_late),
        cmocka_unit_test(long_digits),
        cmocka_unit_test(refused),
        cmocka_unit_test(out_of_range),
        cmocka_unit_test(random_texts_agree_with_strtod),
        cmocka_unit_test(long_numbers_agree_with_strtod),
        cmocka_unit_test(stored_edges),
        cmocka_unit_test(written),
        cmocka_unit_test(written_reads_back),
        cmocka_unit_test(rounded),
        cmocka_unit_test(rounded_as_printf),
        cmocka_unit_test(any_locale),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
