/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unit that a name ends with: "ms", "EUR/month", "USD/1k tokens". A part of one is none: the
 * minutes of "req per min" count no requests. */
#include "inspect/guess.h"

#include <string.h>

/* The unit that a word stands for; "": none. */
static const char *unit_of_word(const char *s, size_t length)
{
    static const char *const units[][2] = {
        {"ms", "ms"},   {"s", "s"},     {"sec", "s"},   {"seconds", "s"},  {"us", "us"},
        {"ns", "ns"},   {"kb", "kB"},   {"mb", "MB"},   {"gb", "GB"},      {"tb", "TB"},
        {"kib", "KiB"}, {"mib", "MiB"}, {"gib", "GiB"}, {"kg", "kg"},      {"usd", "USD"},
        {"eur", "EUR"}, {"gbp", "GBP"}, {"kwh", "kWh"}, {"pct", "%"},      {"percent", "%"},
        {"h", "h"},     {"hours", "h"}, {"min", "min"}, {"minutes", "min"}};
    for (size_t k = 0; k < sizeof units / sizeof units[0]; k++)
        if (strlen(units[k][0]) == length && strncmp(s, units[k][0], length) == 0)
            return units[k][1];
    return "";
}

static bool is_currency(const char *unit)
{
    return strcmp(unit, "USD") == 0 || strcmp(unit, "EUR") == 0 || strcmp(unit, "GBP") == 0;
}

/* The last word before end, which stands behind a word's last letter. */
static const char *word_before(const char *words, const char *end)
{
    while (end > words + 1 && end[-1] != ' ')
        end--;
    return end;
}

/* Does money by this word stand in a name without a "per", as in cost_eur_month? */
static bool is_period(const char *s, size_t length)
{
    static const char *const periods[] = {"hour", "day", "week", "month", "quarter", "year"};
    for (size_t k = 0; k < sizeof periods / sizeof periods[0]; k++)
        if (strlen(periods[k]) == length && strncmp(s, periods[k], length) == 0)
            return true;
    return false;
}

/* What is divided, by what stands from by to the end of the words. */
static const char *put_ratio(const char *unit, const char *by, const char *end, tdo_arena *a)
{
    return unit[0] ? tdo_text(a, "%s/%.*s", unit, (int)(end - by), by) : "";
}

/* The last "per" of the words; NULL: none. */
static const char *find_per(const char *words)
{
    const char *last = NULL;
    for (const char *at = strstr(words, " per "); at; at = strstr(at + 1, " per "))
        last = at;
    return last;
}

const char *guess_unit(const char *words, tdo_arena *a)
{
    if (strlen(words) < 2)
        return "";
    const char *end = words + strlen(words) - 1, *last = word_before(words, end);
    const char *per = find_per(words);
    if (per && per > words) {
        const char *over = word_before(words, per);
        return put_ratio(unit_of_word(over, (size_t)(per - over)), per + 5, end, a);
    }
    if (is_period(last, (size_t)(end - last)) && last > words + 1) {
        const char *over = word_before(words, last - 1);
        const char *unit = unit_of_word(over, (size_t)(last - 1 - over));
        return is_currency(unit) ? put_ratio(unit, last, end, a) : "";
    }
    return unit_of_word(last, (size_t)(end - last));
}
