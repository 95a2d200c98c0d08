/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables whose rows are measurements, not candidates: long ones (candidate, metric, value) and
 * transposed ones (metrics as rows). */
#include "inspect/guess.h"

#include <string.h>

/* What a column of metrics is called, and one of what they are measured on. */
static const char *const metric_names[] = {
    " metric ",       " metrics ",   " metric name ", " measure ",   " measurement ",
    " measurements ", " kpi ",       " indicator ",   " criterion ", " variable ",
    " attribute ",    " statistic ", " stat ",        " quantity ",  " property "};
static const char *const test_names[] = {" benchmark ", " task ", " tasks ", " dataset ", " test "};
static const char *const value_names[] = {" value ",  " values ", " score ",
                                          " result ", " mean ",   " metric value "};
#define COUNT(array) (sizeof array / sizeof array[0])

/* Is the column called so? Errors: TDO_E_MEMORY. */
static tdo_status is_called(tdo_arena *a, const char *name, const char *const *names, size_t n,
                            bool *yes)
{
    const char *words = guess_name_words(a, name);
    *yes = false;
    for (size_t k = 0; k < n && words; k++)
        *yes = *yes || strcmp(words, names[k]) == 0;
    return words ? TDO_OK : TDO_E_MEMORY;
}

/* How many of a column's words are names of something measured. Errors: TDO_E_MEMORY. */
static tdo_status count_metrics(const tdo_profiled *c, tdo_arena *a, size_t *n)
{
    tdo_status status = TDO_OK;
    *n = 0;
    for (size_t k = 0; k < c->n_words && status == TDO_OK; k++) {
        tdo_goal_guess g;
        status = guess_goal(c->word[k].text, false, a, &g);
        *n += status == TDO_OK && g.known;
    }
    return status;
}

/* ---- long tables ---- */

/* The only column that is measured; TDO_NONE: there are several, or none. */
static size_t only_measured(const tdo_profile *p)
{
    size_t found = TDO_NONE;
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *c = &p->column[i];
        if (!c->numeric || c->kind == TDO_KIND_ID || c->partner != TDO_PARTNER_NONE ||
            c->guess.topic == TDO_TOPIC_SETTING || c->guess.topic == TDO_TOPIC_RANK ||
            c->guess.topic == TDO_TOPIC_SPREAD)
            continue;
        if (found != TDO_NONE)
            return TDO_NONE;
        found = i;
    }
    return found;
}

/* Does a column hold metrics, by its name or by its words? *sure: by both. Errors: TDO_E_MEMORY. */
static tdo_status holds_metrics(const tdo_profile *p, size_t column, size_t value, tdo_arena *a,
                                bool *yes, bool *sure)
{
    const tdo_profiled *c = &p->column[column];
    size_t known = 0;
    bool named = false, tested = false, valued = false;
    *yes = *sure = false;
    if (c->numeric || !c->word || c->n_words < 2 || !c->repeats)
        return TDO_OK;
    tdo_status status = is_called(a, c->name, metric_names, COUNT(metric_names), &named);
    if (status == TDO_OK)
        status = is_called(a, c->name, test_names, COUNT(test_names), &tested);
    if (status == TDO_OK)
        status = is_called(a, p->column[value].name, value_names, COUNT(value_names), &valued);
    if (status == TDO_OK)
        status = count_metrics(c, a, &known);
    *sure = named && known > 0;
    *yes = named || (tested && valued) || (known >= 2 && 2 * known >= c->n_words);
    return status;
}

static tdo_status find_long(tdo_profile *p, tdo_arena *a)
{
    const size_t value = only_measured(p);
    tdo_status status = TDO_OK;
    bool yes = false, sure = false;
    for (size_t m = 0; m < p->n_columns && value != TDO_NONE && status == TDO_OK; m++) {
        status = holds_metrics(p, m, value, a, &yes, &sure);
        for (size_t i = 0; i < p->n_columns && yes && status == TDO_OK; i++) {
            const tdo_profiled *c = &p->column[i];
            guess_key key = {.yes = false};
            if (i == m || i == value || !c->repeats || c->distinct < 2)
                continue;
            status = guess_is_key(p, NULL, (const size_t[]){i, m}, 2, &key);
            if (status == TDO_OK && (key.yes || sure)) { /* with seeds, no two columns are a key */
                p->layout.metric = m;
                p->layout.value = value;
                return TDO_OK;
            }
        }
    }
    return status;
}

/* ---- transposed tables ---- */

/* How many columns hold numbers beside this one, and how many of those have the name of something
 * measured. */
static void count_columns(const tdo_profile *p, size_t beside, size_t *numbers, size_t *named)
{
    *numbers = *named = 0;
    for (size_t i = 0; i < p->n_columns; i++) {
        if (i == beside || (!p->column[i].numeric && p->column[i].numbers == 0 &&
                            p->column[i].cells[TDO_CELL_FORMED].n == 0))
            continue;
        ++*numbers;
        *named += p->column[i].guess.known;
    }
}

static tdo_status find_transposed(tdo_profile *p, tdo_arena *a)
{
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *c = &p->column[i];
        size_t numbers = 0, named = 0, known = 0;
        bool called = false;
        if (c->numeric || c->repeats || !c->word || c->n_words != p->rows || p->rows < 2)
            continue;
        count_columns(p, i, &numbers, &named);
        if (numbers < 2 || 3 * named > numbers)
            continue;
        tdo_status status = is_called(a, c->name, metric_names, COUNT(metric_names), &called);
        if (status == TDO_OK)
            status = count_metrics(c, a, &known);
        if (status != TDO_OK)
            return status;
        if (called ? known > 0 : known > 1 && 10 * known >= 6 * p->rows) {
            p->layout.transposed = i;
            return TDO_OK;
        }
    }
    return TDO_OK;
}

tdo_status guess_layout(tdo_profile *p, tdo_arena *a)
{
    p->layout = (tdo_layout){
        .metric = TDO_NONE, .value = TDO_NONE, .transposed = TDO_NONE, .summed = TDO_NONE};
    if (p->shape == TDO_SHAPE_GROUPS)
        return TDO_OK;
    tdo_status status = find_long(p, a);
    return status == TDO_OK && p->layout.metric == TDO_NONE ? find_transposed(p, a) : status;
}
