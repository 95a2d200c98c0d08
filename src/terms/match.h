/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a condition, in an order in which one is found without looking at all of them. */
#ifndef TRADEOFF_TERMS_MATCH_H
#define TRADEOFF_TERMS_MATCH_H

#include "tradeoff/table.h"

typedef struct terms_list {
    const char **text; /* [n_text] ascending by bytes */
    double *number;    /* [n_number] ascending */
    size_t n_text, n_number;
} terms_list;

/* word: [n] in any order. The texts stay where they are. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status terms_list_make(const tdo_match *word, size_t n, tdo_arena *a,
                                        terms_list *out);

/* Does tdo_match_text hold for one of them? O(log n). */
bool terms_list_has(const terms_list *x, const char *s, size_t length);

#endif
