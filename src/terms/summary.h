/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that sum up the others, as spreadsheets have them below a table: what they are called, and
 * what their numbers then are. */
#ifndef TRADEOFF_TERMS_SUMMARY_H
#define TRADEOFF_TERMS_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

typedef enum terms_summary {
    TERMS_SUM,
    TERMS_MEAN,
    TERMS_BETWEEN, /* a median or another quantile */
    TERMS_MIN,
    TERMS_MAX,
    TERMS_DEVIATION,
    TERMS_COUNT
} terms_summary;

typedef struct terms_summary_word {
    const char *word; /* small letters */
    terms_summary is;
} terms_summary_word;

extern const terms_summary_word terms_summary_words[];
extern const size_t terms_n_summary_words;

/* Is a name such a word? Case, Markdown's asterisks and underscores around it, a colon and a remark
 * in brackets behind it ("**Mean** (n=5):") do not matter. */
bool terms_is_summary(const char *name, terms_summary *is);

/* Numbers of the other rows, while they are gathered. */
typedef struct terms_others {
    double n, sum, squares, min, max;
} terms_others;
void terms_add_other(terms_others *o, double x);

/* Is x what such a row holds of them, but for rounding? False of fewer than two. */
bool terms_sums_up(const terms_others *o, double x, terms_summary is);

#endif
