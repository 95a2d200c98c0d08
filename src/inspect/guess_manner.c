/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a name that say how something was measured, not what was set. */
#include "inspect/guess.h"

#include <string.h>

static bool is_number(const char *s)
{
    size_t digits = strspn(s, "0123456789");
    return digits > 0 && s[digits] == ' ';
}

bool guess_is_manner(const char *words, const char *s)
{
    static const struct {
        const char *word;
        bool numbered; /* also where its number follows: the place in training, in a list */
    } manners[] = {{"fold", false}, {"folds", false},    {"split", false}, {"splits", false},
                   {"seed", false}, {"seeds", false},    {"runs", false},  {"repeats", false},
                   {"shot", true},  {"shots", true},     {"epoch", true},  {"epochs", true},
                   {"step", true},  {"iteration", true}, {"depth", true}};
    for (size_t k = 0; k < sizeof manners / sizeof manners[0]; k++) {
        const size_t length = strlen(manners[k].word);
        if (strncmp(s, manners[k].word, length) != 0 ||
            (s[length] != ' ' && !is_number(s + length)))
            continue;
        const bool numbered = s[length] != ' ' || is_number(s + length + 1);
        return numbered ? manners[k].numbered : !guess_has_words(words, "best");
    }
    return false;
}
