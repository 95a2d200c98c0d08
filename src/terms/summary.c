/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of rows that sum up the others. */
#include "terms/summary.h"

#include "base/plain.h"

#include <math.h>
#include <string.h>

#define NEAR_ENOUGH 0.01 /* of the number, for what was rounded */

const terms_summary_word terms_summary_words[] = {
    {"total", TERMS_SUM},
    {"totals", TERMS_SUM},
    {"sum", TERMS_SUM},
    {"grand total", TERMS_SUM},
    {"subtotal", TERMS_SUM},
    {"mean", TERMS_MEAN},
    {"avg", TERMS_MEAN},
    {"avg.", TERMS_MEAN},
    {"average", TERMS_MEAN},
    {"overall", TERMS_MEAN},
    {"mittelwert", TERMS_MEAN},
    {"durchschnitt", TERMS_MEAN},
    {"moyenne", TERMS_MEAN},
    {"media", TERMS_MEAN},
    {"promedio", TERMS_MEAN},
    {"summe", TERMS_SUM},
    {"gesamt", TERMS_SUM},
    {"median", TERMS_BETWEEN},
    {"min", TERMS_MIN},
    {"minimum", TERMS_MIN},
    {"max", TERMS_MAX},
    {"maximum", TERMS_MAX},
    {"std", TERMS_DEVIATION},
    {"stdev", TERMS_DEVIATION},
    {"std dev", TERMS_DEVIATION},
    {"std. dev.", TERMS_DEVIATION},
    {"sd", TERMS_DEVIATION},
    {"stddev", TERMS_DEVIATION},
    {"standard deviation", TERMS_DEVIATION},
    {"count", TERMS_COUNT},
    {"25%", TERMS_BETWEEN},
    {"50%", TERMS_BETWEEN},
    {"75%", TERMS_BETWEEN},
};
const size_t terms_n_summary_words = sizeof terms_summary_words / sizeof *terms_summary_words;

/* ---- names ---- */

static bool is_mark(char c)
{
    return c == ' ' || c == '*' || c == '_' || c == ':';
}

static size_t without_marks(const char **s, size_t n)
{
    while (n > 0 && is_mark((*s)[n - 1]))
        n--;
    while (n > 0 && is_mark(**s)) {
        ++*s;
        n--;
    }
    return n;
}

/* What is left where it ends in brackets: "Mean" of "Mean (n=5)". */
static size_t without_remark(const char *s, size_t n)
{
    if (n == 0 || s[n - 1] != ')')
        return n;
    const char *open = memchr(s, '(', n);
    return open ? (size_t)(open - s) : n;
}

static bool is_word(const char *s, size_t n, const char *word)
{
    for (size_t k = 0; k < n; k++) {
        char c = s[k] >= 'A' && s[k] <= 'Z' ? (char)(s[k] - 'A' + 'a') : s[k];
        if (c != word[k]) /* which may be its end */
            return false;
    }
    return word[n] == '\0';
}

bool terms_is_summary(const char *name, terms_summary *is)
{
    size_t n = without_marks(&name, strlen(name));
    n = without_remark(name, n);
    n = without_marks(&name, n);
    if (n > 0 && plain_is_digit(name[n - 1])) /* as most ids end, and no word does */
        return false;
    for (size_t k = 0; k < terms_n_summary_words; k++)
        if (is_word(name, n, terms_summary_words[k].word)) {
            *is = terms_summary_words[k].is;
            return true;
        }
    return false;
}

/* ---- numbers ---- */

void terms_add_other(terms_others *o, double x)
{
    o->min = o->n > 0 ? fmin(o->min, x) : x;
    o->max = o->n > 0 ? fmax(o->max, x) : x;
    o->n++;
    o->sum += x;
    o->squares += x * x;
}

static double expected(const terms_others *o, terms_summary is, double spread)
{
    switch (is) {
    case TERMS_SUM:
        return o->sum;
    case TERMS_MEAN:
        return o->sum / o->n;
    case TERMS_MIN:
        return o->min;
    case TERMS_MAX:
        return o->max;
    case TERMS_DEVIATION:
        return spread * sqrt(o->n / (o->n - 1));
    case TERMS_COUNT:
        return o->n;
    case TERMS_BETWEEN:
        break;
    }
    return NAN;
}

bool terms_sums_up(const terms_others *o, double x, terms_summary is)
{
    if (o->n < 2 || isnan(x))
        return false;
    if (is == TERMS_BETWEEN)
        return x >= o->min && x <= o->max && o->min < o->max;
    const double mean = o->sum / o->n, spread = sqrt(fmax(0, o->squares / o->n - mean * mean));
    const double whole = expected(o, is, spread);
    return fabs(x - whole) <= NEAR_ENOUGH * fabs(whole) ||
           (is == TERMS_DEVIATION && fabs(x - spread) <= NEAR_ENOUGH * spread);
}
