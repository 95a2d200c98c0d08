/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell's text is compared with: the missing marks and the words of a condition. */
#include "terms/match.h"

#include <stdlib.h>
#include <string.h>

bool tdo_is_missing_mark(const char *s, size_t length)
{
    static const char *const marks[] = {"",    "-",    "NA",   "N/A",  "n/a",    "NaN",
                                        "nan", "null", "None", "#N/A", "#DIV/0!"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strlen(marks[i]) == length && memcmp(marks[i], s, length) == 0)
            return true;
    return false;
}

bool tdo_match_text(const tdo_match *m, const char *s, size_t length)
{
    double x = 0;
    if (m->is_number)
        return tdo_number_read(s, length, &x) == TDO_NUMBER_OK && x == m->number;
    return strlen(m->text) == length && memcmp(m->text, s, length) == 0;
}

/* ---- many words ---- */

static int by_text(const void *x, const void *y)
{
    const char *const *a = x, *const *b = y;
    return strcmp(*a, *b);
}

static int by_number(const void *x, const void *y)
{
    const double *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

tdo_status terms_list_make(const tdo_match *word, size_t n, tdo_arena *a, terms_list *out)
{
    terms_list x = {.text = tdo_alloc(a, n, sizeof *x.text),
                    .number = tdo_alloc(a, n, sizeof *x.number)};
    if (!x.text || !x.number)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        if (word[k].is_number)
            x.number[x.n_number++] = word[k].number;
        else
            x.text[x.n_text++] = word[k].text;
    qsort(x.text, x.n_text, sizeof *x.text, by_text);
    qsort(x.number, x.n_number, sizeof *x.number, by_number);
    *out = x;
    return TDO_OK;
}

/* The order of strcmp, of bytes that no NUL ends. */
static int compare_text(const char *s, size_t length, const char *text)
{
    const int order = strncmp(s, text, length);
    return order != 0 ? order : text[length] == '\0' ? 0 : -1;
}

bool terms_list_has(const terms_list *x, const char *s, size_t length)
{
    size_t from = 0, to = x->n_text;
    double number = 0;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        const int order = compare_text(s, length, x->text[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return x->n_number > 0 && tdo_number_read(s, length, &number) == TDO_NUMBER_OK &&
           bsearch(&number, x->number, x->n_number, sizeof number, by_number) != NULL;
}
