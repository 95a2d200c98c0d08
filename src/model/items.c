/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the items of a candidate to one reading, and to what each of them adds to its error: the
 * mean, the ratio of two sums, a quantile. */
#include "model/items.h"
#include "base/decimal.h"
#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* One criterion while its items are gathered. */
typedef struct gathering {
    model_item_rows *x;
    const tdo_criterion *k;
    const tdo_items *g;
    size_t c;
    const tdo_column *value;
    const double *over; /* [rows]; NULL: the number of items divides */
    tdo_item_scores out;
    size_t *start;
    uint32_t *unit;
    double *score; /* of a quantile: the values */
    size_t kept;   /* entries of unit and score */
    bool *tailed;  /* [n] its mean may be far from normal */
    bool *flat;    /* [n] its items (clusters) do not differ: they show no error */
    bool share;    /* each is 0 or 1 so far */
    bool *seen;    /* [units] somebody is measured in it */
} gathering;

/* ---- what is measured ---- */

static bool is_measured(const gathering *g, uint32_t row)
{
    double y = g->value->number[row];
    return !isnan(y) && !(g->k->zero_is_missing && y == 0);
}

static void check_divisor(gathering *g, uint32_t row)
{
    if (g->over && isnan(g->over[row]) && model_item_is_told(g->x))
        model_item_complain(g->x, g->x->r->plan.item[g->c].over, row,
                            tdo_text(g->x->r->a, "column \"%s\" is empty where \"%s\" is measured",
                                     g->g->over, g->g->value));
}

static uint32_t unit_of(const gathering *g, uint32_t row)
{
    return g->x->rank[g->x->unit[row]];
}

/* What two sums give, exact and rounded once. */
typedef struct quotient {
    decimal_sum value, over;
    size_t items;
    uint32_t last; /* the last row of them */
} quotient;

static void add_up(gathering *g, size_t i, quotient *q)
{
    decimal_clear(&q->value);
    decimal_clear(&q->over);
    q->items = 0;
    for (size_t at = g->x->start[i]; at < g->x->start[i + 1]; at++) {
        uint32_t row = g->x->order[at];
        if (!is_measured(g, row))
            continue;
        check_divisor(g, row);
        decimal_add(&q->value, g->value->number[row]);
        if (g->value->rest && g->value->rest[row] != 0)
            decimal_add(&q->value, g->value->rest[row]);
        if (g->over && !isnan(g->over[row]))
            decimal_add(&q->over, g->over[row]);
        g->share = g->share && (g->value->number[row] == 0 || g->value->number[row] == 1);
        q->items++;
        q->last = row;
        g->seen[unit_of(g, row)] = true;
    }
    if (!g->over)
        decimal_add(&q->over, (double)q->items);
}

static void complain(gathering *g, uint32_t row, const char *what)
{
    tdo_sink o = tdo_sink_memory(g->x->r->a);
    size_t i = g->x->t->owner[row];
    g->x->r->reading[g->c][i] = 0; /* told here, and not missing besides */
    if (!model_item_is_told(g->x))
        return;
    tdo_put_quoted(&o, g->x->t->id[i]);
    tdo_puts(&o, what);
    model_item_complain(g->x, g->x->p->item, row, o.failed ? NULL : o.text);
}

/* ---- scores ---- */

/* A mean of so few units, so skewed, is far from normal (Kohavi and others 2014, rule 7). */
static bool is_tailed(const double *unit, size_t n)
{
    const double least = 355;
    double m2 = 0, m3 = 0;
    for (size_t k = 0; k < n; k++) {
        m2 += unit[k] * unit[k];
        m3 += unit[k] * unit[k] * unit[k];
    }
    double skewness = m3 / (double)n / ((m2 / (double)n) * sqrt(m2 / (double)n));
    return m2 > 0 && (double)n < least * skewness * skewness;
}

/* The deviations of candidate i from its mean (ratio) are summed within units. Returns se^2. */
static double add_scores(gathering *g, size_t i, double reading, double divisor)
{
    const size_t from = g->kept;
    uint32_t last = UINT32_MAX;
    double variance = 0;
    for (size_t at = g->x->start[i]; at < g->x->start[i + 1]; at++) {
        uint32_t row = g->x->order[at];
        if (!is_measured(g, row))
            continue;
        if (unit_of(g, row) != last) {
            g->unit[g->kept] = last = unit_of(g, row);
            g->score[g->kept++] = 0;
        }
        g->score[g->kept - 1] += g->value->number[row] -
                                 (g->over ? reading * g->over[row] : reading);
    }
    size_t n = g->kept - from;
    double by = sqrt((double)n / (double)(n - 1)) / divisor;
    g->tailed[i] = is_tailed(g->score + from, n);
    for (size_t q = from; q < g->kept; q++) {
        g->score[q] *= by;
        variance += g->score[q] * g->score[q];
    }
    return variance;
}

static void take_mean(gathering *g, size_t i, const quotient *sums, double *reading, double *rest,
                      double *se)
{
    quotient q = *sums;
    double divisor = decimal_rounded(&q.over, NULL);
    if (!(divisor > 0)) {
        complain(g, q.last,
                 tdo_text(g->x->r->a, ": the column \"%s\" adds up to no more than 0", g->g->over));
        return;
    }
    *reading = decimal_quotient(&q.value, &q.over, rest);
    *se = sqrt(add_scores(g, i, *reading, divisor));
    g->flat[i] = *se <= 0;
    if (model_is_beyond(*reading))
        complain(g, q.last, " has a mean beyond 1e300");
}

/* ---- quantiles ---- */

/* The least k of n with k >= q n, exactly. */
static size_t place_of(double q, size_t n)
{
    size_t k = (size_t)(q * (double)n);
    for (k = k > 0 ? k - 1 : 0; k < n; k++) {
        decimal_sum sum;
        decimal_clear(&sum);
        decimal_add(&sum, (double)k);
        decimal_add_product(&sum, -q, (double)n);
        if (decimal_rounded(&sum, NULL) >= 0 && k > 0)
            break;
    }
    return k;
}

/* How far the share at or below a value strays from the quantile, by units, moves the quantile:
 * half of what lies between the places that are one standard error off (Woodruff 1952). */
static double quantile_error(const gathering *g, size_t from, double reading)
{
    size_t n = g->kept - from, units = 0;
    double *sum = tdo_alloc(g->x->r->a, g->x->units, sizeof *sum), variance = 0;
    bool *there = tdo_alloc(g->x->r->a, g->x->units, sizeof *there);
    if (!sum || !there)
        return NAN;
    for (size_t q = from; q < g->kept; q++) {
        sum[g->unit[q]] += (g->score[q] <= reading ? 1 : 0) - g->g->quantile;
        there[g->unit[q]] = true;
    }
    for (size_t u = 0; u < g->x->units; u++) {
        variance += sum[u] * sum[u];
        units += there[u];
    }
    double off = sqrt(variance * (double)units / (double)(units - 1));
    double low = ceil(g->g->quantile * (double)n - off);
    double high = ceil(g->g->quantile * (double)n + off);
    size_t lower = low > 1 ? (size_t)low - 1 : 0;
    size_t upper = high < (double)n ? (size_t)high - 1 : n - 1;
    return (g->score[from + upper] - g->score[from + lower]) / 2;
}

static tdo_status take_quantile(gathering *g, size_t i, double *reading, double *se)
{
    const size_t from = g->kept, most = g->x->start[i + 1] - g->x->start[i];
    tdo_arena *own = tdo_arena_new();
    uint32_t *row = own ? tdo_alloc(own, most, sizeof *row) : NULL;
    uint64_t *room = own ? tdo_alloc(own, 2 * most, sizeof *room) : NULL;
    size_t n = 0;
    for (size_t at = g->x->start[i]; row && at < g->x->start[i + 1]; at++)
        if (is_measured(g, g->x->order[at]))
            row[n++] = g->x->order[at];
    if (row && room) {
        sort_by_key(g->value->number, row, n, room);
        for (size_t k = 0; k < n; k++) {
            g->unit[g->kept] = unit_of(g, row[k]);
            g->score[g->kept++] = g->value->number[row[k]];
        }
        *reading = g->score[from + place_of(g->g->quantile, n) - 1];
        *se = quantile_error(g, from, *reading);
        g->flat[i] = !(g->score[from] < g->score[g->kept - 1]);
    }
    tdo_status status = row && room ? TDO_OK : TDO_E_MEMORY;
    tdo_arena_free(own);
    return status;
}

/* ---- one criterion ---- */

static size_t units_of(const gathering *g, size_t i)
{
    uint32_t last = UINT32_MAX;
    size_t n = 0;
    for (size_t at = g->x->start[i]; at < g->x->start[i + 1]; at++) {
        uint32_t row = g->x->order[at];
        if (!is_measured(g, row) || unit_of(g, row) == last)
            continue;
        last = unit_of(g, row);
        n++;
    }
    return n;
}

static tdo_status take(gathering *g, size_t i, double *se)
{
    model_readings *r = g->x->r;
    double *reading = &r->reading[g->c][i], rest = 0;
    tdo_status status = TDO_OK;
    quotient q;
    *reading = NAN;
    add_up(g, i, &q);
    g->start[i] = g->kept;
    if (q.items == 0)
        return TDO_OK;
    if (units_of(g, i) < 2)
        complain(g, q.last,
                 g->x->cluster ? " is measured in one cluster: from one alone no error can be told"
                               : " is measured in one item: from one alone no error can be told");
    else if (g->g->quantile > 0)
        status = take_quantile(g, i, reading, se);
    else
        take_mean(g, i, &q, reading, &rest, se);
    return status == TDO_OK ? model_keep_rest(r, &r->rest[g->c], r->n, i, rest) : status;
}

static tdo_status make_room(gathering *g)
{
    tdo_arena *a = g->x->r->a;
    size_t rows = g->x->t->n, n = g->x->r->n;
    g->start = tdo_alloc(a, n + 1, sizeof *g->start);
    g->unit = tdo_alloc(a, rows, sizeof *g->unit);
    g->score = tdo_alloc(a, rows, sizeof *g->score);
    g->tailed = tdo_alloc(a, n, sizeof *g->tailed);
    g->flat = tdo_alloc(a, n, sizeof *g->flat);
    return g->start && g->unit && g->score && g->tailed && g->flat ? TDO_OK : TDO_E_MEMORY;
}

/* se: [n], NaN. Errors: TDO_E_MEMORY. */
static tdo_status gather(gathering *g, double *se)
{
    const size_t n = g->x->r->n;
    tdo_status status = se ? make_room(g) : TDO_E_MEMORY;
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status = take(g, i, &se[i]);
    if (status != TDO_OK)
        return status;
    g->start[n] = g->kept;
    bool quantile = g->g->quantile > 0;
    g->out = (tdo_item_scores){.criterion = g->c,
                               .start = g->start,
                               .unit = g->unit,
                               .score = quantile ? NULL : g->score,
                               .value = quantile ? g->score : NULL,
                               .quantile = g->g->quantile,
                               .share = g->share && !quantile && !g->over && !g->x->cluster};
    return model_item_warn(g->x, &g->out, g->tailed, g->flat);
}

/* The criteria of one file, of which c is the first. */
static tdo_status take_file(model_readings *r, size_t c, tdo_item_file *out)
{
    const size_t table = r->plan.item[c].table;
    model_item_rows x;
    tdo_item_scores *of = tdo_alloc(r->a, r->s->n_criteria, sizeof *of);
    tdo_status status = of ? model_item_rows_make(r, c, &x) : TDO_E_MEMORY;
    bool *seen = status == TDO_OK ? tdo_alloc(r->a, x.units, sizeof *seen) : NULL;
    *out = (tdo_item_file){.name = r->item_table[table].name, .of = of};
    for (; c < r->s->n_criteria && seen && status == TDO_OK; c++) {
        const model_item_plan *p = &r->plan.item[c];
        double *se = p->table == table ? model_constant(r, NAN) : NULL;
        if (p->table != table)
            continue;
        gathering g = {.x = &x,
                       .k = &r->s->criteria[c],
                       .g = r->s->criteria[c].items,
                       .c = c,
                       .value = &x.t->column[p->value],
                       .over = p->over == TDO_NONE ? NULL : x.t->column[p->over].number,
                       .seen = seen,
                       .share = true};
        status = gather(&g, se);
        of[out->n++] = g.out;
        r->se[c] = r->error[c].se = se;
    }
    for (size_t u = 0; seen && u < x.units; u++)
        out->units += seen[u];
    return status == TDO_OK && !seen ? TDO_E_MEMORY : status;
}

tdo_status model_take_items(model_readings *r)
{
    tdo_item_file *file = tdo_alloc(r->a, r->plan.n_items, sizeof *file);
    tdo_status status = file ? TDO_OK : TDO_E_MEMORY;
    for (size_t c = 0; c < r->s->n_criteria && status == TDO_OK; c++)
        if (r->s->criteria[c].items && r->plan.item[c].table == r->n_items)
            status = take_file(r, c, &file[r->n_items++]);
    r->items = file;
    return status;
}
