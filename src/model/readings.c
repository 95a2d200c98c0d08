/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readings of one criterion: numbers, a sum of numbers, or levels; by row, and then by
 * candidate. */
#include "base/decimal.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

static size_t id_of_row(const model_readings *r, size_t i)
{
    return r->t->owner ? r->t->owner[i] : i;
}

/* ---- numbers ---- */

static tdo_status warn_zeros(model_readings *r, size_t c, const bool *zero, size_t zeros)
{
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n && zeros; i++)
        if (zero[i])
            model_named_add(&who, r->t->id[i]);
    if (!zeros)
        return TDO_OK;
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_ZERO_MISSING",
                             "criterion \"%s\": %zu zero%s not measured (%s)", r->s->criteria[c].id,
                             zeros, zeros == 1 ? " counts as" : "s count as", names);
}

/* Row i's sum of terms, exact and rounded once; NaN: a part is not measured. */
static double sum_terms(const model_readings *r, size_t c, size_t i, double *rest)
{
    const tdo_criterion *k = &r->s->criteria[c];
    decimal_sum sum;
    decimal_clear(&sum);
    for (size_t t = 0; t < k->n_terms; t++) {
        const tdo_column *x = &r->t->column[r->plan.term[c][t]];
        if (isnan(x->number[i]) || (k->zero_is_missing && x->number[i] == 0))
            return NAN;
        decimal_add_product(&sum, k->terms[t].coefficient, x->number[i]);
        if (x->rest && x->rest[i] != 0)
            decimal_add_product(&sum, k->terms[t].coefficient, x->rest[i]);
    }
    return decimal_rounded(&sum, rest);
}

static tdo_status find_zeros(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    bool *zero = k->zero_is_missing ? tdo_alloc(r->a, r->n, sizeof *zero) : NULL;
    size_t zeros = 0;
    if (!k->zero_is_missing)
        return TDO_OK;
    for (size_t t = 0; t < k->n_terms && zero; t++)
        for (size_t i = 0; i < r->t->n; i++)
            if (r->t->column[r->plan.term[c][t]].number[i] == 0) {
                zero[id_of_row(r, i)] = true;
                zeros++;
            }
    return zero ? warn_zeros(r, c, zero, zeros) : TDO_E_MEMORY;
}

/* Does the criterion read a column as it stands, row by row? */
static bool is_plain(const model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    return k->n_terms == 1 && k->terms[0].coefficient == 1 && !k->zero_is_missing &&
           !r->t->column[r->plan.term[c][0]].rest;
}

double *model_room_for_reading(const model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const bool made = k->levels || k->groups || k->items || r->order || !is_plain(r, c) ||
                      k->goal == TDO_GOAL_TARGET || model_policy_of(r, c) == TDO_MISSING_WORST;
    return made ? tdo_alloc(r->a, r->n, sizeof(double)) : r->t->column[r->plan.term[c][0]].number;
}

/* y: [t->n]; *rest: [t->n] or NULL. */
static tdo_status read_numbers(model_readings *r, size_t c, double *y, double **rest)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const tdo_column *only = &r->t->column[r->plan.term[c][0]];
    const bool plain = is_plain(r, c);
    tdo_status status = find_zeros(r, c);
    for (size_t i = 0; i < r->t->n && status == TDO_OK; i++) {
        double left = 0;
        if (y != only->number) {
            y[i] = plain ? only->number[i] : sum_terms(r, c, i, &left);
            status = model_keep_rest(r, rest, r->t->n, i, left);
        }
        if (model_is_beyond(k->goal == TDO_GOAL_TARGET ? y[i] - k->target : y[i]))
            model_readings_complain(r, r->t->file, r->t->line[i],
                                    tdo_text(r->a, "criterion \"%s\" of \"%s\" is beyond 1e300",
                                             k->id, r->t->id[id_of_row(r, i)]));
    }
    return status;
}

/* ---- levels ---- */

static size_t level_of(const tdo_criterion *k, const char *word)
{
    for (size_t l = 0; l < k->n_levels; l++)
        if (strcmp(k->levels[l], word) == 0)
            return l;
    return TDO_NONE;
}

/* row: the first one that has it; more: others that have it, too. */
static void refuse_level(model_readings *r, const tdo_criterion *k, size_t row, size_t more,
                         const char *word)
{
    tdo_sink o = tdo_sink_memory(r->a);
    const char *near = tdo_nearest_word(word, k->levels, k->n_levels);
    tdo_put_quoted(&o, word);
    tdo_putf(&o, " in column \"%s\"", k->terms[0].column);
    if (more)
        tdo_putf(&o, " (and %zu more %s)", more, more == 1 ? "row" : "rows");
    tdo_putf(&o, " is not one of the levels of \"%s\"", k->id);
    if (near)
        tdo_putf(&o, " (did you mean \"%s\"?)", near);
    else
        tdo_puts(&o, ": correct the cell, or put the word into \"levels\", worst first");
    model_readings_complain(r, r->t->file, r->t->line[row], o.failed ? NULL : o.text);
}

static tdo_status read_levels(model_readings *r, size_t c, double *y)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const tdo_column *x = &r->t->column[r->plan.term[c][0]];
    double *level = tdo_alloc(r->a, x->n_words, sizeof *level);
    const uint32_t *word = NULL;
    if (!level)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < x->n_words; q++) {
        size_t l = level_of(k, x->words[q]);
        level[q] = l != TDO_NONE ? (double)l : x->word_missing[q] ? (double)NAN : -1;
    }
    for (size_t i = 0; i < r->t->n; i++)
        if (level[x->word[i]] < 0)
            level[x->word[i]]--; /* -1 less the rows that have it */
    for (size_t i = 0; i < r->t->n; i++) {
        double *l = &level[x->word[i]];
        if (*l < -1) {
            refuse_level(r, k, i, (size_t)(-*l) - 2, x->words[x->word[i]]);
            *l = -1;
        }
    }
    tdo_status status = model_candidate_words(r, r->plan.term[c][0], &word);
    for (size_t i = 0; i < r->n && status == TDO_OK; i++)
        y[i] = level[word[i]];
    return status;
}

/* ---- one criterion ---- */

static bool some_known(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]))
            return true;
    return false;
}

tdo_status model_read_criterion(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    double *y = r->reading[c], *row = NULL, *row_rest = NULL;
    double *se = NULL, *runs = NULL;
    tdo_status status = TDO_OK;
    if (k->levels) {
        status = read_levels(r, c, y);
    } else if (k->groups) {
        se = model_constant(r, NAN);
        status = se ? model_take_groups(r, c, se) : TDO_E_MEMORY;
        if (status == TDO_OK && !some_known(se, r->n))
            se = NULL; /* nothing tells it: that is no gap in the data */
    } else if (!r->order) {
        status = read_numbers(r, c, y, &r->rest[c]);
    } else {
        bool wanted = r->s->average.se && !k->has_se;
        row = tdo_alloc(r->a, r->t->n, sizeof *row);
        se = wanted ? model_constant(r, NAN) : NULL;
        runs = wanted ? model_constant(r, NAN) : NULL;
        status = row && ((se && runs) || !wanted) ? read_numbers(r, c, row, &row_rest)
                                                  : TDO_E_MEMORY;
        r->drawn[c] = row;
        if (status == TDO_OK)
            status = model_average_rows(r, &(model_rows){"criterion", k->id, row, row_rest}, y,
                                        &r->rest[c], se, runs);
    }
    return status == TDO_OK ? model_settle_error(r, c, row, se, runs) : status;
}
