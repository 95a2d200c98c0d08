/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joint draws: one row for each draw and candidate. Readings are means over the draws; what each
 * draw reads stays with them. */
#include "base/sort.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

static const tdo_column *column_of(const model_readings *r)
{
    return &r->t->column[r->plan.draw];
}

static bool word_before(const void *user, uint32_t a, uint32_t b)
{
    const tdo_column *x = user;
    return strcmp(x->words[a], x->words[b]) < 0;
}

/* The draws in ascending order: as numbers where all are, else by their bytes. place: [n_words] */
static tdo_status sort_draws(const model_readings *r, size_t *place)
{
    const tdo_column *x = column_of(r);
    double *key = tdo_alloc(r->a, x->n_words, sizeof *key);
    uint32_t *order = tdo_alloc(r->a, x->n_words, sizeof *order);
    uint64_t *room = tdo_alloc(r->a, 2 * x->n_words, sizeof *room);
    bool numbers = true;
    if (!key || !order || !room)
        return TDO_E_MEMORY;
    for (size_t w = 0; w < x->n_words; w++) {
        order[w] = (uint32_t)w;
        numbers = numbers &&
                  tdo_number_read(x->words[w], strlen(x->words[w]), &key[w]) == TDO_NUMBER_OK;
    }
    if (numbers)
        sort_by_key(key, order, x->n_words, room);
    else
        sort_by(order, x->n_words, word_before, x, (uint32_t *)room);
    for (size_t k = 0; k < x->n_words; k++)
        place[order[k]] = k;
    return TDO_OK;
}

static void complain(model_readings *r, uint32_t line, const char *what, const char *draw, size_t i,
                     const char *then)
{
    tdo_sink o = tdo_sink_memory(r->a);
    tdo_puts(&o, what);
    tdo_put_quoted(&o, draw);
    tdo_puts(&o, " of ");
    tdo_put_quoted(&o, r->t->id[i]);
    tdo_puts(&o, then);
    model_readings_complain(r, r->t->file, line, o.failed ? NULL : o.text);
}

/* Every draw of everybody must measure what is drawn. */
static void check_measured(model_readings *r, const double *row)
{
    const tdo_column *x = column_of(r);
    for (size_t q = 0; row && q < r->t->n; q++)
        if (isnan(row[q]))
            complain(r, r->t->line[q], "the draw ", x->words[x->word[q]], r->t->owner[q],
                     " is not measured");
}

static bool check_whole(model_readings *r, const uint32_t *row, const size_t *place)
{
    const tdo_column *x = column_of(r);
    bool whole = true;
    for (size_t w = 0; w < x->n_words; w++)
        for (size_t i = 0; i < r->n; i++) {
            if (row[place[w] * r->n + i] != UINT32_MAX)
                continue;
            whole = false;
            if (!x->word_missing[w])
                complain(r, r->line[i], "there is no draw ", x->words[w], i,
                         ": every candidate must have each draw");
        }
    return whole;
}

/* Of each candidate, the standard deviation of its draws. NULL: out of memory. */
static const double *deviations(const model_readings *r, size_t c, const uint32_t *row)
{
    double *se = tdo_alloc(r->a, r->n, sizeof *se);
    const double *mean = r->reading[c], *drawn = r->drawn[c];
    const size_t draws = column_of(r)->n_words;
    for (size_t i = 0; se && i < r->n; i++) {
        for (size_t t = 0; t < draws; t++) {
            const double by = drawn[row[t * r->n + i]] - mean[i];
            se[i] += by * by;
        }
        se[i] = sqrt(se[i] / (double)draws);
    }
    return se;
}

tdo_status model_read_draws(model_readings *r)
{
    if (r->plan.draw == TDO_NONE)
        return TDO_OK;
    const tdo_column *x = column_of(r);
    size_t *place = tdo_alloc(r->a, x->n_words, sizeof *place);
    uint32_t *row = tdo_alloc(r->a, x->n_words * r->n, sizeof *row);
    const double **limited = tdo_alloc(r->a, r->s->n_constraints, sizeof *limited);
    tdo_status status = place && row && limited ? sort_draws(r, place) : TDO_E_MEMORY;
    if (status != TDO_OK)
        return status;
    memset(row, 0xFF, x->n_words * r->n * sizeof *row);
    for (uint32_t q = 0; q < r->t->n; q++) {
        uint32_t *at = &row[place[x->word[q]] * r->n + r->t->owner[q]];
        if (x->word_missing[x->word[q]])
            complain(r, r->t->line[q], "this row names no draw: ", x->words[x->word[q]],
                     r->t->owner[q], "");
        else if (*at != UINT32_MAX)
            complain(r, r->t->line[q], "the draw ", x->words[x->word[q]], r->t->owner[q],
                     " stands here a second time");
        *at = q;
    }
    const bool whole = check_whole(r, row, place);
    for (size_t j = 0; j < r->s->n_constraints; j++)
        if (r->plan.limited[j] != TDO_NONE)
            check_measured(r, limited[j] = r->t->column[r->plan.limited[j]].number);
    for (size_t c = 0; c < r->s->n_criteria; c++)
        check_measured(r, r->drawn[c]);
    for (size_t c = 0; c < r->s->n_criteria && whole; c++) {
        if (!r->drawn[c])
            continue;
        r->se[c] = deviations(r, c, row);
        if (!r->se[c])
            return TDO_E_MEMORY;
    }
    r->draws = x->n_words;
    r->draw_row = row;
    r->drawn_limited = limited;
    return TDO_OK;
}
