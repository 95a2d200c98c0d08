/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of units that quantities may bear, and what each is worth. */
#include "csv/unit.h"

#include <string.h>

static const struct {
    const char *text;
    unit_of unit;
} units[] = {
    {"ns", {UNIT_TIME, 1, "", "ns"}},
    {"us", {UNIT_TIME, 1e3, "", "us"}},
    {"\xC2\xB5s", {UNIT_TIME, 1e3, "", "us"}}, /* micro sign */
    {"\xCE\xBCs", {UNIT_TIME, 1e3, "", "us"}}, /* small mu */
    {"ms", {UNIT_TIME, 1e6, "", "ms"}},
    {"s", {UNIT_TIME, 1e9, "", "s"}},
    {"min", {UNIT_TIME, 60e9, "", "min"}},
    {"h", {UNIT_TIME, 3600e9, "", "h"}},
    {"d", {UNIT_TIME, 86400e9, "", "d"}},
    {"B", {UNIT_SIZE, 1, "", "B"}},
    {"kB", {UNIT_SIZE, 1e3, "", "kB"}},
    {"MB", {UNIT_SIZE, 1e6, "", "MB"}},
    {"GB", {UNIT_SIZE, 1e9, "", "GB"}},
    {"TB", {UNIT_SIZE, 1e12, "", "TB"}},
    {"KiB", {UNIT_SIZE, 1024, "", "KiB"}},
    {"MiB", {UNIT_SIZE, 1048576, "", "MiB"}},
    {"GiB", {UNIT_SIZE, 1073741824, "", "GiB"}},
    {"TiB", {UNIT_SIZE, 1099511627776, "", "TiB"}},
    {"$", {UNIT_MONEY, 1, "USD", "USD"}},
    {"\xE2\x82\xAC", {UNIT_MONEY, 1, "EUR", "EUR"}},
    {"\xC2\xA3", {UNIT_MONEY, 1, "GBP", "GBP"}},
};

static const char usual[][4] = {
    "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR",
    "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP",
    "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR"};

bool unit_read(const char *s, size_t length, unit_of *out)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strlen(units[i].text) != length || memcmp(units[i].text, s, length) != 0)
            continue;
        *out = units[i].unit;
        return true;
    }
    if (length != 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (s[i] < 'A' || s[i] > 'Z')
            return false;
    *out = (unit_of){UNIT_MONEY, 1, {s[0], s[1], s[2], '\0'}, ""};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (memcmp(usual[i], s, 3) == 0)
            out->spelt = usual[i];
    return true;
}

double unit_factor(char c)
{
    switch (c) {
    case 'k':
    case 'K':
        return 1e3;
    case 'M':
        return 1e6;
    case 'G':
    case 'B':
        return 1e9;
    case 'T':
        return 1e12;
    default:
        return 0;
    }
}

bool unit_is_usual_currency(const char code[4])
{
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (memcmp(usual[i], code, 4) == 0)
            return true;
    return false;
}

unit_of unit_of_criterion(const char *unit, const char **tail)
{
    unit_of is = {UNIT_COUNT, 1, "", ""};
    size_t length = unit ? strcspn(unit, " /") : 0;
    *tail = length > 0 ? unit + length : "";
    if (length == 1 && unit_factor(unit[0]) > 0 && (unit[0] != 'B' || unit[1] == ' '))
        is.by = unit_factor(unit[0]); /* M params */
    else if (length == 0 || !unit_read(unit, length, &is))
        *tail = "";
    return is;
}
