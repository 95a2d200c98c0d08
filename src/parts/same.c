/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are two parts of one run? */
#include "parts/document.h"

#include <string.h>

static bool same_texts(const char *const *a, size_t n, const char *const *b, size_t m)
{
    bool same = n == m;
    for (size_t k = 0; k < n && same; k++)
        same = strcmp(a[k], b[k]) == 0;
    return same;
}

static bool same_word(const char *a, const char *b)
{
    return !a || !b ? a == b : strcmp(a, b) == 0;
}

/* ---- the same question ---- */

bool parts_ask_the_same(const parts_document *a, const parts_document *b)
{
    return strcmp(a->scenario, b->scenario) == 0 && a->text.length == b->text.length &&
           memcmp(a->text.s, b->text.s, a->text.length) == 0 &&
           same_texts(a->set, a->n_set, b->set, b->n_set) &&
           same_texts(a->limit, a->n_limit, b->limit, b->n_limit) && same_word(a->rule, b->rule);
}

/* ---- the same files ---- */

static bool same_words(const tdo_column *a, const tdo_column *b)
{
    if (a->n_words != b->n_words || a->shared != b->shared)
        return false;
    for (size_t q = 0; q < a->n_words; q++)
        if (strcmp(a->words[q], b->words[q]) != 0 || a->word_missing[q] != b->word_missing[q])
            return false;
    return true;
}

static bool same_files(const tdo_table *a, const tdo_table *b)
{
    if (strcmp(a->name, b->name) != 0 || strcmp(a->sha256, b->sha256) != 0 || a->rows != b->rows ||
        a->where_dropped != b->where_dropped || a->n_joined != b->n_joined)
        return false;
    for (size_t k = 0; k < a->n_joined; k++)
        if (strcmp(a->joined[k].name, b->joined[k].name) != 0 ||
            strcmp(a->joined[k].sha256, b->joined[k].sha256) != 0)
            return false;
    return true;
}

bool parts_agree(const parts_tables *a, const parts_tables *b)
{
    if (a->n != b->n || a->n_groups != b->n_groups)
        return false;
    for (size_t k = 0; k < a->n; k++) {
        const parts_rows *x = &a->of[k], *y = &b->of[k];
        if (x->n_columns != y->n_columns || !same_files(&x->t, &y->t) ||
            (k == 0 && !x->t.owner != !y->t.owner))
            return false;
        for (size_t c = 0; c < x->n_columns; c++)
            if (strcmp(x->head[c].column, y->head[c].column) != 0 ||
                x->head[c].words != y->head[c].words ||
                !same_words(&x->t.column[c], &y->t.column[c]))
                return false;
    }
    return true;
}
