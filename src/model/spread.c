/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The errors of criteria and columns: how wide each is, and what is said of it beside. */
#include "model/measure.h"

#include <math.h>
#include <string.h>

double *model_constant(const model_readings *r, double x)
{
    double *y = tdo_alloc(r->a, r->n, sizeof *y);
    for (size_t i = 0; y && i < r->n; i++)
        y[i] = x;
    return y;
}

/* ---- standard errors ---- */

/* A column of standard errors. row: the readings by row, where rows are averaged; NULL: the errors
 * stand for them. */
static tdo_status read_se_column(model_readings *r, size_t wanted, const double *row,
                                 const double **out)
{
    const double *x = r->t->column[wanted].number;
    for (size_t i = 0; i < r->t->n; i++)
        if (x[i] < 0)
            model_readings_complain(r, r->t->file, r->t->line[i],
                                    tdo_text(r->a,
                                             "the standard error in column \"%s\" is negative",
                                             r->plan.wanted[wanted].column));
    *out = x;
    if (!r->order)
        return TDO_OK;
    double *y = model_constant(r, NAN);
    *out = y;
    return y ? model_average_errors(r, row ? row : x, x, y) : TDO_E_MEMORY;
}

/* ---- from few runs ---- */

/* By candidate; rows of one candidate must agree. */
static tdo_status read_runs_column(model_readings *r, size_t wanted, const double **out)
{
    const double *x = r->t->column[wanted].number;
    double *y = model_constant(r, NAN);
    if (!y)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < r->t->n; i++) {
        size_t at = r->t->owner ? r->t->owner[i] : i;
        const char *column = r->plan.wanted[wanted].column;
        if (isnan(x[i]))
            continue;
        if (!(x[i] >= 2) || x[i] > floor(x[i]))
            model_readings_complain(
                r, r->t->file, r->t->line[i],
                tdo_text(r->a,
                         "column \"%s\" must hold whole numbers of at least 2 (one run has no "
                         "spread)",
                         column));
        else if (y[at] < x[i] || y[at] > x[i])
            model_readings_complain(
                r, r->t->file, r->t->line[i],
                tdo_text(r->a, "column \"%s\" says another number of runs than an earlier row",
                         column));
        y[at] = x[i];
    }
    *out = y;
    return TDO_OK;
}

static tdo_status warn_few_runs(model_readings *r, const char *name, const tdo_spread *x)
{
    const double few = 4;
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++)
        if (x->runs[i] < few && x->se[i] >= 0)
            model_named_add(&who, r->t->id[i]);
    const char *names = who.count ? model_named_text(&who) : NULL;
    if (who.count && !names)
        return TDO_E_MEMORY;
    return !names ? TDO_OK
                  : tdo_warn(r->w, r->a, "W_FEW_RUNS",
                             "%s: the errors of %zu of %zu candidates (%s) come from fewer than 4 "
                             "runs, which hardly tell how wide they are: they count as from 4",
                             name, who.count, r->n, names);
}

/* Runs of one candidate that do not differ where those of others do. */
static tdo_status warn_flat_runs(model_readings *r, const char *name, const tdo_spread *x)
{
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++)
        if (!isnan(x->runs[i]) && x->se[i] <= 0)
            model_named_add(&who, r->t->id[i]);
    const char *names = who.count ? model_named_text(&who) : NULL;
    if (who.count && !names)
        return TDO_E_MEMORY;
    return !names ? TDO_OK
                  : tdo_warn(r->w, r->a, "W_NO_SPREAD",
                             "%s: the runs of %zu of %zu candidates (%s) do not differ, which "
                             "shows no error and does not say that there is none: samples take "
                             "them as exact, limits are not shown by them",
                             name, who.count, r->n, names);
}

/* Where nobody's runs differ, they do not move what is measured: nothing has an error. */
static bool some_differ(const model_readings *r, const tdo_spread *x)
{
    bool some = false;
    for (size_t i = 0; i < r->n && x->se; i++)
        some |= x->se[i] > 0;
    return some;
}

static tdo_status set_runs(model_readings *r, const tdo_error_shape *shape, size_t wanted,
                           const char *name, tdo_spread *x)
{
    tdo_status status = TDO_OK;
    if (wanted != TDO_NONE)
        status = read_runs_column(r, wanted, &x->runs);
    else if (shape->runs > 0)
        x->runs = model_constant(r, shape->runs);
    if (status != TDO_OK || (shape->runs > 0 && !x->runs))
        return TDO_E_MEMORY;
    if (!x->runs || !some_differ(r, x))
        return TDO_OK;
    status = warn_few_runs(r, name, x);
    return status == TDO_OK ? warn_flat_runs(r, name, x) : status;
}

/* ---- bounds ---- */

/* Whether a Beta between the bounds has such a mean and such a standard deviation. */
static void check_bounds(model_readings *r, const char *name, const double *reading,
                         const tdo_spread *x)
{
    for (size_t i = 0; i < r->n; i++) {
        double down = reading[i] - x->low, up = x->high - reading[i];
        const char *what = NULL;
        if (down < 0 || up < 0)
            what = "lies outside of its bounds";
        else if (x->se && x->se[i] > 0 && !(x->se[i] * x->se[i] < down * up))
            what = "has a standard error that nothing between its bounds can have";
        if (!what)
            continue;
        tdo_sink o = tdo_sink_memory(r->a);
        tdo_putf(&o, "%s of \"%s\", ", name, r->t->id[i]);
        tdo_put_number(&o, reading[i]);
        tdo_putf(&o, ", %s, ", what);
        tdo_put_number(&o, x->low);
        tdo_puts(&o, " and ");
        tdo_put_number(&o, x->high);
        model_readings_complain(r, r->t->file, r->line[i], o.failed ? NULL : o.text);
    }
}

/* What is said beside the size of an error. */
static tdo_status set_shape(model_readings *r, const tdo_error_shape *shape, size_t runs,
                            const char *name, const double *reading, tdo_spread *x)
{
    tdo_status status = name ? set_runs(r, shape, runs, name, x) : TDO_E_MEMORY;
    if (!shape->has_bounds || status != TDO_OK)
        return status;
    x->has_bounds = true;
    x->low = shape->bound_low;
    x->high = shape->bound_high;
    x->reading = reading;
    check_bounds(r, name, reading, x);
    return TDO_OK;
}

/* ---- criteria ---- */

tdo_status model_settle_error(model_readings *r, size_t c, const double *row, const double *se,
                              const double *runs)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const model_error_plan *p = &r->plan.se[c];
    const double *reading = r->reading[c];
    tdo_spread *x = &r->error[c];
    bool found = false;
    tdo_status status = k->has_se ? TDO_OK : model_cell_errors(r, c, row, &found);
    if (status == TDO_OK && k->se_column)
        status = read_se_column(r, p->se, row, &x->se);
    else if (status == TDO_OK && p->low != TDO_NONE)
        status = model_take_interval(r, &k->shape, row ? row : reading, r->t->column[p->low].number,
                                     r->t->column[p->high].number, x);
    else if (k->se > 0)
        x->se = model_constant(r, k->se);
    else if (!k->has_se && !found)
        *x = (tdo_spread){.se = se, .runs = runs};
    if (status != TDO_OK || (k->se > 0 && !x->se))
        return TDO_E_MEMORY;
    r->se[c] = x->se;
    return set_shape(r, &k->shape, p->runs, tdo_text(r->a, "criterion \"%s\"", k->id), reading, x);
}

/* ---- columns ---- */

static size_t error_of(const tdo_scenario *s, const char *column)
{
    for (size_t e = 0; e < s->n_errors; e++)
        if (strcmp(s->errors[e].column, column) == 0)
            return e;
    return TDO_NONE;
}

/* The criterion that measures that column alone, and so read its error; TDO_NONE: none does. */
static size_t criterion_of(const model_readings *r, const char *column)
{
    for (size_t c = 0; c < r->s->n_criteria; c++) {
        const tdo_criterion *k = &r->s->criteria[c];
        if (k->n_terms == 1 && !k->linear && r->se[c] && strcmp(k->terms[0].column, column) == 0)
            return c;
    }
    return TDO_NONE;
}

/* The error of a sum of columns that have independent ones; the criterion has none of its own. */
static tdo_status add_up_errors(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    double *sum = NULL;
    for (size_t t = 0; t < k->n_terms; t++) {
        size_t e = error_of(r->s, k->terms[t].column);
        if (e == TDO_NONE)
            continue;
        sum = sum ? sum : model_constant(r, 0);
        if (!sum)
            return TDO_E_MEMORY;
        for (size_t i = 0; i < r->n; i++) {
            double own = k->terms[t].coefficient * r->column_error[e].se[i];
            sum[i] += own * own;
        }
    }
    for (size_t i = 0; sum && i < r->n; i++)
        sum[i] = sqrt(sum[i]);
    if (sum)
        r->se[c] = r->error[c].se = sum;
    return TDO_OK;
}

/* The wanted column of numbers of that name: a criterion or a limit reads it. */
static size_t column_of(const model_readings *r, const char *column)
{
    for (size_t k = 0; k < r->plan.n_wanted; k++)
        if (!r->plan.wanted[k].words && strcmp(r->plan.wanted[k].column, column) == 0)
            return k;
    return TDO_NONE;
}

/* That of a column that no criterion reads alone: limits do, and sums. */
static tdo_status read_column_error(model_readings *r, size_t e)
{
    const tdo_column_error *k = &r->s->errors[e];
    const model_error_plan *p = &r->plan.error[e];
    const size_t at = column_of(r, k->column);
    const double *reading = NULL, *rest = NULL, *row = r->t->column[at].number;
    tdo_spread *x = &r->column_error[e];
    tdo_status status = model_candidate_numbers(r, at, &reading, &rest);
    if (status != TDO_OK)
        return status;
    if (k->in_cells)
        status = model_column_errors(r, k->column, x);
    else if (k->se_column)
        status = read_se_column(r, p->se, row, &x->se);
    else if (p->low != TDO_NONE)
        status = model_take_interval(r, &k->shape, row, r->t->column[p->low].number,
                                     r->t->column[p->high].number, x);
    else
        x->se = model_constant(r, k->se);
    if (status != TDO_OK || !x->se)
        return TDO_E_MEMORY;
    return set_shape(r, &k->shape, p->runs, tdo_text(r->a, "column \"%s\"", k->column), reading, x);
}

tdo_status model_read_errors(model_readings *r)
{
    tdo_status status = TDO_OK;
    for (size_t e = 0; e < r->s->n_errors && status == TDO_OK; e++) {
        size_t c = criterion_of(r, r->s->errors[e].column);
        if (c != TDO_NONE)
            r->column_error[e] = r->error[c];
        else
            status = read_column_error(r, e);
    }
    for (size_t c = 0; c < r->s->n_criteria && status == TDO_OK; c++)
        if (r->s->criteria[c].linear && !r->s->criteria[c].has_se)
            status = add_up_errors(r, c);
    return status;
}
