/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From several rows of a candidate to one: means of numbers, words that must agree. What is summed
 * is sorted first, so that the order of the rows in the file changes no digit. */
#include "base/decimal.h"
#include "base/sort.h"
#include "model/measure.h"

#include <assert.h>
#include <math.h>

/* Room for the rows of one candidate. */
typedef struct heap {
    double *x;      /* [k] */
    double *sorted; /* [k] */
    uint32_t *index;
    uint64_t *room;
} heap;

tdo_status model_gather_rows(model_readings *r)
{
    const tdo_table *t = r->t;
    r->n = t->owner ? t->n_ids : t->n;
    r->line = t->line;
    if (!t->owner)
        return TDO_OK;
    uint32_t *order = tdo_alloc(r->a, t->n, sizeof *order);
    uint32_t *line = tdo_alloc(r->a, r->n, sizeof *line);
    size_t *start = tdo_alloc(r->a, r->n + 2, sizeof *start); /* the last is scratch */
    if (!order || !line || !start)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < t->n; i++)
        start[t->owner[i] + 2]++;
    for (size_t i = 2; i < r->n + 2; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < t->n; i++)
        order[start[t->owner[i] + 1]++] = (uint32_t)i;
    for (size_t i = 0; i < r->n; i++)
        line[i] = t->line[order[start[i]]];
    r->order = order;
    r->start = start;
    r->line = line;
    return TDO_OK;
}

static tdo_status make_heap(const model_readings *r, heap *h)
{
    size_t most = 0;
    for (size_t i = 0; i < r->n; i++)
        most = r->start[i + 1] - r->start[i] > most ? r->start[i + 1] - r->start[i] : most;
    h->x = tdo_alloc(r->a, most, sizeof *h->x);
    h->sorted = tdo_alloc(r->a, most, sizeof *h->sorted);
    h->index = tdo_alloc(r->a, most, sizeof *h->index);
    h->room = tdo_alloc(r->a, 2 * most, sizeof *h->room);
    return h->x && h->sorted && h->index && h->room ? TDO_OK : TDO_E_MEMORY;
}

/* The measured ones among candidate i's rows, ascending. keep: [t->n] rows are kept where it is
 * measured. Returns how many. */
static size_t pick(const model_readings *r, heap *h, size_t i, const double *row,
                   const double *keep)
{
    size_t k = 0;
    for (size_t q = r->start[i]; q < r->start[i + 1]; q++)
        if (!isnan(keep[r->order[q]]))
            h->x[k++] = row[r->order[q]];
    for (size_t q = 0; q < k; q++)
        if (!isfinite(h->x[q]))
            return 0; /* of an error: nothing follows from it */
    for (size_t q = 0; q < k; q++)
        h->index[q] = (uint32_t)q;
    sort_by_key(h->x, h->index, k, h->room);
    for (size_t q = 0; q < k; q++)
        h->sorted[q] = h->x[h->index[q]];
    return k;
}

/* The mean of candidate i's k measured rows, exact and rounded once. */
static double mean_of(const model_readings *r, size_t i, const double *row, const double *row_rest,
                      size_t k, double *rest)
{
    decimal_sum sum, count;
    decimal_clear(&sum);
    decimal_clear(&count);
    decimal_add(&count, (double)k);
    for (size_t q = r->start[i]; q < r->start[i + 1]; q++) {
        size_t at = r->order[q];
        if (isnan(row[at]))
            continue;
        decimal_add(&sum, row[at]);
        if (row_rest && row_rest[at] != 0)
            decimal_add(&sum, row_rest[at]);
    }
    return decimal_quotient(&sum, &count, rest);
}

/* The square root of a sum of squares about `middle`, over- and underflow aside. */
static double root_of_squares(const double *x, size_t k, double middle)
{
    double largest = 0, sum = 0;
    for (size_t q = 0; q < k; q++)
        largest = fmax(largest, fabs(x[q] - middle));
    for (size_t q = 0; q < k && largest > 0; q++) {
        double y = (x[q] - middle) / largest;
        sum += y * y;
    }
    return largest * sqrt(sum);
}

static void complain(model_readings *r, size_t i, const model_rows *of)
{
    model_readings_complain(r, r->t->file, r->line[i],
                            tdo_text(r->a, "the mean of %s \"%s\" of \"%s\" is beyond 1e300",
                                     of->what, of->name, r->t->id[i]));
}

static tdo_status warn_gaps(model_readings *r, const model_rows *of, model_named *who, size_t gaps)
{
    if (!who->count)
        return TDO_OK;
    const char *names = model_named_text(who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_AVERAGE_MISSING",
                             "%s \"%s\": %zu of %zu candidates averaged over fewer rows than they "
                             "have (%s); rows not measured: %zu",
                             of->what, of->name, who->count, r->n, names, gaps);
}

tdo_status model_average_rows(model_readings *r, const model_rows *of, double *mean, double **rest,
                              double *se, double *runs)
{
    assert(r->order);
    heap h = {0};
    size_t gaps = 0;
    model_named partly = model_named_start(r->a);
    tdo_status status = make_heap(r, &h);
    for (size_t i = 0; i < r->n && status == TDO_OK; i++) {
        size_t k = pick(r, &h, i, of->row, of->row), rows = r->start[i + 1] - r->start[i];
        double left = 0;
        mean[i] = k ? mean_of(r, i, of->row, of->rest, k, &left) : (double)NAN;
        status = model_keep_rest(r, rest, r->n, i, left);
        if (se && k > 1) /* of a mean: the sample's standard deviation by the root of k */
            se[i] = root_of_squares(h.sorted, k, mean[i]) / sqrt((double)k - 1) / sqrt((double)k);
        if (runs && k > 1)
            runs[i] = (double)k;
        if (model_is_beyond(mean[i]) || (se && model_is_beyond(se[i])))
            complain(r, i, of);
        if (k && k < rows) {
            model_named_add(&partly, r->t->id[i]);
            gaps += rows - k;
        }
    }
    return status == TDO_OK ? warn_gaps(r, of, &partly, gaps) : status;
}

tdo_status model_average_errors(model_readings *r, const double *row, const double *row_se,
                                double *se)
{
    assert(r->order);
    heap h = {0};
    tdo_status status = make_heap(r, &h);
    for (size_t i = 0; i < r->n && status == TDO_OK; i++) {
        bool known = true;
        for (size_t q = r->start[i]; q < r->start[i + 1]; q++)
            known = known && (isnan(row[r->order[q]]) || !isnan(row_se[r->order[q]]));
        size_t k = known ? pick(r, &h, i, row_se, row) : 0;
        se[i] = k ? root_of_squares(h.sorted, k, 0) / (double)k : (double)NAN;
    }
    return status;
}

const double *model_by_candidate(model_readings *r, const double *row, const double *y)
{
    if (!y || !r->order)
        return y;
    double *mean = tdo_alloc(r->a, r->n, sizeof *mean);
    return mean && model_average_errors(r, row, y, mean) == TDO_OK ? mean : NULL;
}

tdo_status model_candidate_numbers(model_readings *r, size_t column, const double **out,
                                   const double **rest)
{
    const model_rows rows = {.what = "column",
                             .name = r->plan.wanted[column].column,
                             .row = r->t->column[column].number,
                             .rest = r->t->column[column].rest};
    tdo_status status = TDO_OK;
    if (r->order && !r->averaged[column]) {
        double *mean = tdo_alloc(r->a, r->n, sizeof *mean);
        r->averaged[column] = mean;
        status = mean ? model_average_rows(r, &rows, mean, &r->averaged_rest[column], NULL, NULL)
                      : TDO_E_MEMORY;
    }
    *out = r->order ? r->averaged[column] : rows.row;
    *rest = r->order ? r->averaged_rest[column] : rows.rest;
    return status;
}

static void refuse_words(model_readings *r, size_t column, uint32_t row, uint32_t earlier)
{
    const tdo_column *x = &r->t->column[column];
    tdo_sink o = tdo_sink_memory(r->a);
    tdo_puts(&o, "column ");
    tdo_put_quoted(&o, r->plan.wanted[column].column);
    tdo_puts(&o, " is ");
    tdo_put_quoted(&o, x->words[x->word[row]]);
    tdo_puts(&o, " here and ");
    tdo_put_quoted(&o, x->words[x->word[earlier]]);
    tdo_putf(&o, " on line %u: the rows of ", (unsigned)r->t->line[earlier]);
    tdo_put_quoted(&o, r->t->id[r->t->owner[row]]);
    tdo_puts(&o, " cannot be averaged unless their words agree");
    model_readings_complain(r, r->t->file, r->t->line[row], o.failed ? NULL : o.text);
}

/* A row without a word says nothing against the others. */
tdo_status model_candidate_words(model_readings *r, size_t column, const uint32_t **out)
{
    const tdo_column *x = &r->t->column[column];
    *out = x->word;
    if (!r->order)
        return TDO_OK;
    uint32_t *word = tdo_alloc(r->a, r->n, sizeof *word);
    for (size_t i = 0; word && i < r->n; i++) {
        uint32_t first = r->order[r->start[i]];
        for (size_t q = r->start[i]; q < r->start[i + 1]; q++) {
            uint32_t row = r->order[q];
            if (x->word_missing[x->word[first]])
                first = row;
            if (x->word_missing[x->word[row]] || x->word[row] == x->word[first])
                continue;
            refuse_words(r, column, row, first);
            break;
        }
        word[i] = x->word[first];
    }
    *out = word;
    return word ? TDO_OK : TDO_E_MEMORY;
}
