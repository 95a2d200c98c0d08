/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the nearest of the words that would have been right. */
#include "tradeoff/text.h"

#include <string.h>

enum { LONGEST = 64 }; /* bytes; longer words are nobody's typing mistake */

static unsigned char fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, substitutions and swaps of neighbours (Damerau 1964), each piece edited
 * once; anything above limit is reported as limit + 1. */
static size_t distance(const char *s, size_t n, const char *t, size_t m, size_t limit)
{
    size_t row[3][LONGEST + 1] = {{0}};
    size_t *before = row[0], *last = row[1], *now = row[2];
    if ((n > m ? n - m : m - n) > limit)
        return limit + 1;
    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t best = now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t cost = fold(s[i - 1]) != fold(t[j - 1]);
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + cost);
            if (i > 1 && j > 1 && fold(s[i - 1]) == fold(t[j - 2]) &&
                fold(s[i - 2]) == fold(t[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
            best = least(best, now[j]);
        }
        if (best > limit + 1) /* a swap may still win one back from the row before */
            return limit + 1;
        size_t *unused = before;
        before = last;
        last = now;
        now = unused;
    }
    return least(last[m], limit + 1);
}

/* Shorter, or as long and less: in whatever order they come. */
static bool is_before(const char *a, const char *b)
{
    const size_t m = strlen(a), n = strlen(b);
    return m < n || (m == n && strcmp(a, b) < 0);
}

/* The shortest word that s begins: "ndcg" of "ndcg10". */
static const char *whole_of(const char *s, size_t length, const char *const *words, size_t n)
{
    enum { TELLING = 3 }; /* bytes; fewer begin too many words */
    const char *found = NULL;
    for (size_t i = 0; i < n && length >= TELLING; i++)
        if (strncmp(s, words[i], length) == 0 && (!found || is_before(words[i], found)))
            found = words[i];
    return found;
}

const char *tdo_nearest_word(const char *s, const char *const *words, size_t n)
{
    size_t length = strlen(s);
    const char *nearest = NULL;
    if (length > LONGEST)
        return NULL;
    size_t limit = length / 3 > 1 ? length / 3 : 1;
    for (size_t i = 0; i < n; i++) {
        size_t other = strlen(words[i]);
        if (other > LONGEST)
            continue;
        size_t d = distance(s, length, words[i], other, limit);
        if (d < limit || (d == limit && (!nearest || strcmp(words[i], nearest) < 0))) {
            nearest = words[i];
            limit = d; /* from here on a nearer one counts, or one as near that is less */
        }
    }
    return nearest ? nearest : whole_of(s, length, words, n);
}
