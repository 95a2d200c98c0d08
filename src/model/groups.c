/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the values of a candidate's subgroups to one reading: the worst, the gap, the ratio or the
 * mean; and the standard error that follows from those of the values. */
#include "base/decimal.h"
#include "base/plain.h"
#include "base/real.h"
#include "base/sort.h"
#include "model/measure.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* The subgroups of one criterion while they are taken. */
typedef struct taking {
    model_readings *r;
    const tdo_criterion *k;
    const tdo_groups *g;
    const tdo_table *t;
    const tdo_column *name;
    const double *value, *size, *se; /* [t->n] by row; size, se: NULL where there is no column */
    double scale;                    /* of a rate: 1, or 100 for percentages */
    bool rates;                      /* all values are, and sizes are known */
    bool names_checked, sizes_checked, errors_checked; /* for an earlier criterion */

    tdo_subgroups out;
    size_t *start;   /* [n + 1] */
    uint32_t *row;   /* [measured] row in t, by candidate and then by subgroup */
    uint32_t *group; /* [measured] */
    double *out_value, *out_size, *out_se;
    uint32_t *index, *room; /* [most subgroups of a candidate] */
    double rest;            /* of what was taken last */
} taking;

static void complain(taking *x, size_t row, const char *text)
{
    model_readings_complain(x->r, x->t->file, x->t->line[row], text);
}

static const char *id_of(const taking *x, size_t row)
{
    return x->t->id[x->t->owner[row]];
}

/* ---- the rows, by candidate and subgroup ---- */

/* Is there something in this row? Nothing is measured in a subgroup of nobody. */
static bool is_measured(const taking *x, size_t row)
{
    return !isnan(x->value[row]) && !(x->k->zero_is_missing && x->value[row] == 0) &&
           !(x->size && x->size[row] == 0);
}

static void check_row(taking *x, size_t i)
{
    tdo_arena *a = x->r->a;
    double far = x->k->goal == TDO_GOAL_TARGET ? x->value[i] - x->k->target : x->value[i];
    const char *name = x->name->words[x->name->word[i]];
    if (!x->names_checked && plain_is_blank(name, strlen(name)))
        complain(x, i, tdo_text(a, "the subgroup in column \"%s\" has no name", x->g->group));
    if (x->size && !x->sizes_checked && x->size[i] < 0)
        complain(x, i, tdo_text(a, "the size in column \"%s\" is negative", x->g->size));
    if (x->se && !x->errors_checked && x->se[i] < 0)
        complain(x, i, tdo_text(a, "the standard error in column \"%s\" is negative", x->g->se));
    if (model_is_beyond(far))
        complain(x, i, tdo_text(a, "column \"%s\" is beyond 1e300", x->g->value));
    if (!is_measured(x, i))
        return;
    if (x->g->take == TDO_TAKE_MEAN && x->size && isnan(x->size[i]))
        complain(x, i,
                 tdo_text(a, "column \"%s\" has no size for the mean to weigh the subgroup by",
                          x->g->size));
    x->rates = x->rates && x->value[i] >= 0 && x->value[i] <= x->scale;
}

/* Orders all rows by candidate, then by subgroup, then as in the file (two counting sorts). */
static uint32_t *order_rows(taking *x)
{
    size_t n = x->t->n, buckets = (x->r->n > x->name->n_words ? x->r->n : x->name->n_words) + 1;
    uint32_t *by_name = tdo_alloc(x->r->a, n, sizeof *by_name);
    uint32_t *order = tdo_alloc(x->r->a, n, sizeof *order);
    size_t *at = tdo_alloc(x->r->a, buckets, sizeof *at);
    if (!by_name || !order || !at)
        return NULL;
    for (size_t i = 0; i < n; i++)
        at[x->name->word[i] + 1]++;
    for (size_t b = 1; b < buckets; b++)
        at[b] += at[b - 1];
    for (size_t i = 0; i < n; i++)
        by_name[at[x->name->word[i]]++] = (uint32_t)i;
    memset(at, 0, buckets * sizeof *at);
    for (size_t i = 0; i < n; i++)
        at[x->t->owner[i] + 1]++;
    for (size_t b = 1; b < buckets; b++)
        at[b] += at[b - 1];
    for (size_t i = 0; i < n; i++)
        order[at[x->t->owner[by_name[i]]]++] = by_name[i];
    return order;
}

static void check_twice(taking *x, uint32_t earlier, uint32_t row)
{
    if (x->t->owner[earlier] != x->t->owner[row] || x->name->word[earlier] != x->name->word[row])
        return;
    tdo_sink o = tdo_sink_memory(x->r->a);
    tdo_puts(&o, "the subgroup ");
    tdo_put_quoted(&o, x->name->words[x->name->word[row]]);
    tdo_puts(&o, " of ");
    tdo_put_quoted(&o, id_of(x, row));
    tdo_putf(&o, " is already on line %u", (unsigned)x->t->line[earlier]);
    complain(x, row, o.failed ? NULL : o.text);
}

/* Keeps what is measured. */
static tdo_status lay_out(taking *x)
{
    size_t n = x->t->n, kept = 0, most = 0, i = 0;
    tdo_arena *a = x->r->a;
    uint32_t *order = order_rows(x);
    x->start = tdo_alloc(a, x->r->n + 1, sizeof *x->start);
    x->row = tdo_alloc(a, n, sizeof *x->row);
    x->group = tdo_alloc(a, n, sizeof *x->group);
    x->out_value = tdo_alloc(a, n, sizeof *x->out_value);
    x->out_size = tdo_alloc(a, n, sizeof *x->out_size);
    x->out_se = tdo_alloc(a, n, sizeof *x->out_se);
    if (!order || !x->start || !x->row || !x->group || !x->out_value || !x->out_size || !x->out_se)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++) {
        uint32_t row = order[q];
        if (q && !x->names_checked)
            check_twice(x, order[q - 1], row);
        while (i < x->t->owner[row])
            x->start[++i] = kept;
        if (!is_measured(x, row))
            continue;
        x->row[kept] = row;
        x->group[kept] = x->name->word[row];
        x->out_value[kept] = x->value[row];
        x->out_se[kept] = x->se ? x->se[row] : (double)NAN;
        x->out_size[kept++] = x->size ? x->size[row] : (double)NAN;
    }
    while (i < x->r->n)
        x->start[++i] = kept;
    for (i = 0; i < x->r->n; i++)
        most = x->start[i + 1] - x->start[i] > most ? x->start[i + 1] - x->start[i] : most;
    x->index = tdo_alloc(a, most, sizeof *x->index);
    x->room = tdo_alloc(a, most, sizeof *x->room);
    return x->index && x->room ? TDO_OK : TDO_E_MEMORY;
}

/* ---- what is taken ---- */

/* A value's own standard error; or that of a rate p in n cases, sqrt(p(1-p)/n), which for the mean
 * of any numbers between 0 and 1 is the most it can be (Bhatia and Davis, 2000); NaN: not known. */
static double error_of(const taking *x, size_t at)
{
    size_t row = x->row[at];
    if (x->se)
        return x->se[row];
    double p = x->value[row] / x->scale;
    return x->rates ? x->scale * sqrt(p * (1 - p) / x->size[row]) : (double)NAN;
}

/* The error of a ratio by the delta method, written so that a least value of 0 is no special
 * case. */
static double ratio_error(taking *x, size_t low, size_t high)
{
    double a = x->out_value[low], b = x->out_value[high];
    bool good = a >= 0 && b > 0;
    if (!good) {
        size_t row = x->row[a < 0 ? low : high];
        complain(x, row,
                 tdo_text(x->r->a, "no ratio can be taken of column \"%s\" for \"%s\": its %s",
                          x->g->value, id_of(x, row),
                          a < 0 ? "least value is negative" : "largest value is 0"));
    }
    return good ? real_hypot(error_of(x, low) / b, a / b * (error_of(x, high) / b)) : (double)NAN;
}

/* By value, then by size, then by error: what is equal may stand in any order. */
static bool before(const void *user, uint32_t p, uint32_t q)
{
    const taking *x = user;
    double a = x->out_value[p], b = x->out_value[q];
    if (a != b) /* NOLINT: exact */
        return a < b;
    double v = x->size ? x->out_size[p] : 1, w = x->size ? x->out_size[q] : 1;
    if (v != w) /* NOLINT: exact */
        return v < w;
    return x->se && x->se[x->row[p]] < x->se[x->row[q]];
}

/* The error of a mean, summed from the least value up: the order of the rows changes no digit. */
static double mean_error(taking *x, size_t from, size_t to)
{
    size_t n = to - from;
    double weight = 0, squares = 0;
    for (size_t q = 0; q < n; q++)
        x->index[q] = (uint32_t)(from + q);
    sort_by(x->index, n, before, x, x->room);
    for (size_t q = 0; q < n; q++) {
        size_t at = x->index[q];
        double w = x->size ? x->out_size[at] : 1, e = w * error_of(x, at);
        weight += w;
        squares += e * e;
    }
    return sqrt(squares) / weight;
}

static double take(taking *x, size_t i, double *se)
{
    size_t from = x->start[i], n = x->start[i + 1] - from;
    bool compares = x->g->take == TDO_TAKE_GAP || x->g->take == TDO_TAKE_RATIO;
    size_t worst = TDO_NONE, best = TDO_NONE;
    double y = NAN;
    x->rest = 0;
    tdo_subgroup_ends(x->k, &x->out, i, &worst, &best);
    if (n < (compares ? 2 : 1))
        return NAN;
    y = tdo_taken(x->k, x->out_value + from, x->size ? x->out_size + from : NULL, n, &x->rest);
    switch (x->g->take) {
    case TDO_TAKE_GAP:
        *se = real_hypot(error_of(x, worst), error_of(x, best));
        break;
    case TDO_TAKE_RATIO:
        *se = ratio_error(x, worst, best);
        break;
    case TDO_TAKE_MEAN:
        *se = mean_error(x, from, from + n);
        break;
    case TDO_TAKE_WORST:
    case TDO_TAKES:
        *se = error_of(x, worst);
    }
    if (model_is_beyond(y))
        complain(x, x->row[from],
                 tdo_text(x->r->a, "the %s of column \"%s\" for \"%s\" is beyond 1e300",
                          tdo_take_name[x->g->take], x->g->value, x->t->id[i]));
    return y;
}

/* ---- what is not there ---- */

static tdo_status warn(taking *x, const char *code, const char *about, model_named *who,
                       const char *more)
{
    if (!who->count)
        return TDO_OK;
    const char *names = model_named_text(who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(x->r->w, x->r->a, code,
                             "criterion \"%s\": %zu of %zu candidates %s in %s (%s)%s", x->k->id,
                             who->count, x->r->n, about, x->t->name, names, more);
}

/* Those with fewer subgroups than there are; those of whom too few are left to compare. */
static tdo_status warn_lacking(taking *x)
{
    bool compares = x->g->take == TDO_TAKE_GAP || x->g->take == TDO_TAKE_RATIO;
    bool *seen = tdo_alloc(x->r->a, x->name->n_words, sizeof *seen);
    model_named some = model_named_start(x->r->a), single = some;
    size_t all = 0;
    if (!seen)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < x->start[x->r->n]; q++) {
        all += !seen[x->group[q]];
        seen[x->group[q]] = true;
    }
    for (size_t i = 0; i < x->r->n; i++) {
        size_t n = x->start[i + 1] - x->start[i];
        if (compares && n == 1)
            model_named_add(&single, x->t->id[i]);
        else if (n > 0 && n < all)
            model_named_add(&some, x->t->id[i]);
    }
    tdo_status status = warn(x, "W_GROUPS_LACKING", "are not measured in every subgroup", &some,
                             ": what is not measured may be what is worst");
    return status == TDO_OK ? warn(x, "W_GROUPS_SINGLE", "have one subgroup only", &single,
                                   ": there is nothing to compare, and it counts as not measured")
                            : status;
}

static tdo_status warn_zeros(taking *x)
{
    size_t zeros = 0;
    for (size_t i = 0; i < x->t->n && x->k->zero_is_missing; i++)
        zeros += x->value[i] == 0;
    return !zeros ? TDO_OK
                  : tdo_warn(x->r->w, x->r->a, "W_ZERO_MISSING",
                             "criterion \"%s\": %zu zero%s not measured", x->k->id, zeros,
                             zeros == 1 ? " counts as" : "s count as");
}

/* Criteria share tables; what is wrong there is reported once. */
static void find_checked(taking *x, size_t c)
{
    const model_group_plan *own = &x->r->plan.group[c];
    for (size_t q = 0; q < c; q++) {
        const model_group_plan *p = &x->r->plan.group[q];
        if (p->table != own->table)
            continue;
        x->names_checked = x->names_checked || p->group == own->group;
        x->sizes_checked = x->sizes_checked || p->size == own->size;
        x->errors_checked = x->errors_checked || p->se == own->se;
    }
}

static const double *numbers(const taking *x, size_t column)
{
    return column == TDO_NONE ? NULL : x->t->column[column].number;
}

/* Those in the cells, where the scenario has none of its own. */
static tdo_status take_errors(taking *x, const tdo_column *value)
{
    if (x->se || x->k->has_se)
        return TDO_OK;
    x->se = value->error;
    if (!value->low)
        return TDO_OK;
    x->se = model_interval_errors(x->r->a, value, x->t->n);
    return x->se ? model_warn_interval(x->r, x->k->id) : TDO_E_MEMORY;
}

tdo_status model_take_groups(model_readings *r, size_t c, double *se)
{
    assert(r->s->criteria[c].groups);
    const model_group_plan *p = &r->plan.group[c];
    taking x = {.r = r,
                .k = &r->s->criteria[c],
                .g = r->s->criteria[c].groups,
                .t = &r->group_table[p->table]};
    tdo_subgroups *y = tdo_alloc(r->a, 1, sizeof *y);
    x.name = &x.t->column[p->group];
    x.value = numbers(&x, p->value);
    x.size = numbers(&x, p->size);
    x.se = numbers(&x, p->se);
    x.scale = x.k->style.percent ? 100 : 1;
    x.rates = x.size != NULL;
    find_checked(&x, c);
    if (!y || take_errors(&x, &x.t->column[p->value]) != TDO_OK)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < x.t->n; i++)
        check_row(&x, i);
    tdo_status status = lay_out(&x);
    x.out = *y = (tdo_subgroups){.file = x.t->file,
                                 .name = x.name->words,
                                 .n_names = x.name->n_words,
                                 .start = x.start,
                                 .group = x.group,
                                 .value = x.out_value,
                                 .size = x.size ? x.out_size : NULL,
                                 .se = x.se ? x.out_se : NULL,
                                 .rate = x.rates ? x.scale : 0};
    for (size_t i = 0; i < r->n && status == TDO_OK; i++) {
        r->reading[c][i] = take(&x, i, &se[i]);
        status = model_keep_rest(r, &r->rest[c], r->n, i, x.rest);
    }
    if (status == TDO_OK)
        status = warn_zeros(&x);
    if (status == TDO_OK)
        status = warn_lacking(&x);
    r->groups[c] = y;
    return status;
}
