/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that stand where a number does: missing ones, infinite ones, a yes or no, as people and
 * programs spell them. */
#include <string.h>

#include "csv/cell.h"

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* word: lower-case ASCII */
static bool same_word(const char *s, size_t length, const char *word)
{
    if (strlen(word) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(s[i]) != word[i])
            return false;
    return true;
}

static bool among(const char *s, size_t length, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (same_word(s, length, words[i]))
            return true;
    return false;
}
#define AMONG(s, length, words) among(s, length, words, sizeof words / sizeof words[0])

bool csv_cell_near_mark(const char *s, size_t length)
{
    /* the last two: en dash, em dash */
    static const char *const words[] = {"n/a",
                                        "na",
                                        "nan",
                                        "-nan",
                                        "+nan",
                                        "null",
                                        "none",
                                        "nil",
                                        "n.a.",
                                        "n. a.",
                                        "n.a",
                                        "n\\a",
                                        "n/d",
                                        "n.d.",
                                        "n.c.",
                                        "n.v.",
                                        "n. v.",
                                        "k.a.",
                                        "k. a.",
                                        "s/d",
                                        "keine angabe",
                                        "fehlt",
                                        "unknown",
                                        "unk",
                                        "undefined",
                                        "missing",
                                        "not available",
                                        "not reported",
                                        "not measured",
                                        "not applicable",
                                        "tbd",
                                        "tba",
                                        "?",
                                        "??",
                                        "--",
                                        "---",
                                        ".",
                                        "<na>",
                                        "nat",
                                        "(null)",
                                        "\\n",
                                        "#n/a",
                                        "#na",
                                        "#null!",
                                        "#div/0!",
                                        "#value!",
                                        "#ref!",
                                        "#num!",
                                        "#name?",
                                        "\xE2\x80\x93",
                                        "\xE2\x80\x94"};
    return AMONG(s, length, words) || (length > 4 && same_word(s, 4, "nan("));
}

bool csv_cell_infinite(const char *s, size_t length)
{
    static const char *const words[] = {"inf", "infinity", "1.#inf", "\xE2\x88\x9E"};
    if (length > 0 && (s[0] == '-' || s[0] == '+')) {
        s++;
        length--;
    }
    return AMONG(s, length, words);
}

bool csv_cell_truth(const char *s, size_t length)
{
    static const char *const words[] = {"true", "false", "yes", "no", "y", "n", "t", "f"};
    return AMONG(s, length, words);
}
