/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column's name as words, so that "P95LatencyMs" and "p95 latency (ms)" are the same. */
#include "inspect/guess.h"

#include <string.h>

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static char lower(char c)
{
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of other scripts are letters. */
static bool is_letter_or_digit(char c)
{
    return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* A sign that stands for a word. */
static const char *word_of_sign(const char *s, size_t *length)
{
    static const struct {
        const char *sign, *word;
    } signs[] = {
        {"%", " percent"},
        {"$", " usd"},
        {"\xE2\x82\xAC", " eur"},
        {"\xC2\xA3", " gbp"},
        {"\xE2\x86\x91", " \xE2\x86\x91"}, /* arrows are words of their own */
        {"\xE2\x86\x93", " \xE2\x86\x93"},
        {"\xE2\xAC\x86", " \xE2\xAC\x86"},
        {"\xE2\xAC\x87", " \xE2\xAC\x87"},
    };

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        *length = strlen(signs[i].sign);
        if (strncmp(s, signs[i].sign, *length) == 0)
            return signs[i].word;
    }
    return NULL;
}

/* A new word starts at "aB" (valAccuracy), and at the last capital of "ABc" (ROCCurve). */
static bool starts_word(const char *name, size_t i)
{
    if (i == 0 || !is_letter_or_digit(name[i - 1]))
        return true;
    if (!is_upper(name[i]))
        return false;
    return is_lower(name[i - 1]) || (is_upper(name[i - 1]) && is_lower(name[i + 1]));
}

/* Are the first letters those of a lower-case word, letter case aside? */
static bool same_letters(const char *s, const char *word, size_t length)
{
    for (size_t k = 0; k < length; k++)
        if (lower(s[k]) != word[k])
            return false;
    return true;
}

/* Is the word before the slash one that is counted or paid by the minute (ct/min), so that the min
 * after it is no least value (reward/min)? */
static bool goes_by_minute(const char *name, size_t slash)
{
    static const char *const words[] = {"ct", "cent", "cents", "usd",          "eur",     "gbp",
                                        "$",  "req",  "reqs",  "requests",     "calls",   "tokens",
                                        "kb", "mb",   "gb",    "\xE2\x82\xAC", "\xC2\xA3"};
    size_t start = slash;
    while (start > 0 && name[start - 1] != ' ' && name[start - 1] != '(' && name[start - 1] != '[')
        start--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == slash - start &&
            same_letters(name + start, words[i], slash - start))
            return true;
    return false;
}

/* Does a unit that something is divided by follow the slash: EUR/year, but not train/loss? */
static bool divides(const char *name, size_t slash)
{
    static const char *const units[] = {"s",    "sec",  "second", "minute",  "h",     "hr",
                                        "hour", "d",    "day",    "week",    "mo",    "month",
                                        "yr",   "year", "query",  "request", "token", "user"};
    const char *s = name + slash + 1 + strspn(name + slash + 1, " ");
    size_t length = 0;
    while (is_letter_or_digit(s[length]))
        length++;
    for (size_t i = 0; slash > 0 && i < sizeof units / sizeof units[0]; i++)
        if (length > 0 && strlen(units[i]) == length && same_letters(s, units[i], length))
            return true;
    return length == 3 && same_letters(s, "min", length) && goes_by_minute(name, slash);
}

const char *guess_name_words(tdo_arena *a, const char *name)
{
    tdo_sink o = tdo_sink_memory(a);
    bool fresh = true; /* the next letter starts a word */
    for (size_t i = 0; name[i] != '\0'; i++) {
        size_t length = 0;
        const char *word = word_of_sign(name + i, &length);
        if (word) {
            tdo_puts(&o, word);
            i += length - 1;
            fresh = true;
        } else if (is_letter_or_digit(name[i])) {
            char c = lower(name[i]);
            tdo_put(&o, " ", fresh || starts_word(name, i) ? 1 : 0);
            tdo_put(&o, &c, 1);
            fresh = false;
        } else {
            tdo_puts(&o, name[i] == '/' && divides(name, i) ? " per" : "");
            fresh = true;
        }
    }
    tdo_puts(&o, " ");
    return o.failed ? NULL : o.text;
}

bool guess_has_words(const char *words, const char *phrase)
{
    size_t length = strlen(phrase);
    for (const char *at = strstr(words, phrase); at; at = strstr(at + 1, phrase))
        if (at > words && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

bool guess_has_any(const char *words, const char *const *phrases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (guess_has_words(words, phrases[i]))
            return true;
    return false;
}

const char *guess_without_spread(tdo_arena *a, const char *name)
{
    static const char *const spreads[] = {"standard error",
                                          "standard deviation",
                                          "std error",
                                          "std err",
                                          "std dev",
                                          "confidence",
                                          "interval",
                                          "intervals",
                                          "stdev",
                                          "stddev",
                                          "stderr",
                                          "deviation",
                                          "std",
                                          "sd",
                                          "sem",
                                          "se",
                                          "ci",
                                          "ci95",
                                          "95ci",
                                          "95",
                                          "90",
                                          "99",
                                          "iqr",
                                          "range",
                                          "plus minus",
                                          "\xC2\xB1",
                                          "percent",
                                          "mean",
                                          "avg",
                                          "average"};
    const char *words = guess_name_words(a, name);
    tdo_sink o = tdo_sink_memory(a);
    if (!words)
        return NULL;
    for (const char *s = words; s[1] != '\0';) {
        size_t length = 0;
        for (size_t k = 0; k < sizeof spreads / sizeof spreads[0]; k++)
            if (strncmp(s + 1, spreads[k], strlen(spreads[k])) == 0 &&
                s[1 + strlen(spreads[k])] == ' ' && strlen(spreads[k]) > length)
                length = strlen(spreads[k]);
        const size_t word = length > 0 ? length : strcspn(s + 1, " ");
        if (length == 0)
            tdo_put(&o, s, 1 + word);
        s += 1 + word;
    }
    tdo_puts(&o, " ");
    return o.failed ? NULL : o.text;
}

bool guess_is_one_of(const char *s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (s[k] != '\0' && lower(s[k]) == words[i][k])
            k++;
        if (s[k] == '\0' && words[i][k] == '\0')
            return true;
    }
    return false;
}
