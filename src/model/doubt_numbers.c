/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that hardly belong together: far ones, two scales in one column, and another unit than
 * the others, the range, the errors or the limit have. */
#include "model/measure.h"
#include "model/scales.h"

#include <math.h>
#include <string.h>

enum {
    UNIT_TIMES = 50, /* so many times all others is another unit, mostly: 100 and 1,000 are */
    UNIT_AMONG = 3,
    ERROR_TIMES = 3
};

static void put_cell(tdo_sink *o, const model_readings *r, size_t i)
{
    tdo_put_quoted(o, r->t->id[i]);
    tdo_putf(o, " (%s:%u)", r->t->name, (unsigned)r->line[i]);
}

static tdo_status doubt_far(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const double *y = r->reading[c];
    scales_far far;
    if (k->levels || k->n_value || !scales_find_far(y, r->n, 1, &far))
        return TDO_OK;
    double at = tdo_measurement(k, y[far.index]);
    if (k->has_range && (at < fmin(k->worst, k->best) || at > fmax(k->worst, k->best)))
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_criterion(&o, k);
    tdo_puts(&o, ": one far value stretches the range, ");
    tdo_put_number(&o, y[far.index]);
    tdo_puts(&o, " of ");
    put_cell(&o, r, far.index);
    tdo_puts(&o, "; the others measure ");
    tdo_put_number(&o, far.low);
    tdo_puts(&o, " to ");
    tdo_put_number(&o, far.high);
    tdo_puts(&o, " and hardly differ in value beside it");
    return model_warn(r, "W_FAR_VALUE", &o);
}

/* Can it be percentages, by its unit? */
static bool may_be_percent(const tdo_criterion *k)
{
    return k->unit[0] == '\0' || strchr(k->unit, '%') || strstr(k->unit, "percent");
}

static tdo_status doubt_scale(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const double *y = r->reading[c];
    scales_mixed mixed;
    scales_far far;
    if (k->levels || k->style.percent || k->goal == TDO_GOAL_MIN ||
        !scales_find_mixed(y, r->n, 1, &mixed) || (mixed.percent && !may_be_percent(k)) ||
        (!mixed.percent && scales_find_far(y, r->n, 1, &far))) /* and that is said */
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_criterion(&o, k);
    tdo_putf(&o,
             mixed.percent ? ": %zu fraction%s, it seems, beside percentages: at most "
                           : ": %zu large number%s beside fractions (a lost point?): these at "
                             "most ",
             mixed.n, mixed.n == 1 ? "" : "s");
    tdo_put_number(&o, mixed.most);
    tdo_puts(&o, mixed.percent ? ", and at least " : ", those at least ");
    tdo_put_number(&o, mixed.least);
    tdo_puts(&o, "; the first is ");
    put_cell(&o, r, mixed.first);
    return model_warn(r, "W_MIXED_SCALES", &o);
}

/* Everybody beyond the same end of a given range: seconds for milliseconds, mostly. */
static tdo_status doubt_range(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    size_t known = 0, below = 0, above = 0;
    if (!k->has_range && !k->n_value)
        return TDO_OK;
    double a = k->has_range ? k->worst : k->value_x[0];
    double b = k->has_range ? k->best : k->value_x[k->n_value - 1];
    for (size_t i = 0; i < r->n; i++) {
        double y = tdo_measurement(k, r->reading[c][i]);
        known += isnan(y) ? 0 : 1;
        below += y < fmin(a, b);
        above += y > fmax(a, b);
    }
    if (!known || (below != known && above != known))
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_place(&o, &k->place);
    model_put_criterion(&o, k);
    tdo_putf(&o, ": all %zu candidates measure %s its range, ", known, below ? "below" : "above");
    tdo_put_number(&o, a);
    tdo_puts(&o, " to ");
    tdo_put_number(&o, b);
    if (k->unit[0] != '\0')
        tdo_putf(&o, " %s", k->unit);
    tdo_puts(&o, ", and get the same value: check the unit");
    return model_warn(r, "W_UNIT", &o);
}

/* The least and the most of what is measured above 0, and the second of both; known 0: something
 * is not above 0. */
typedef struct positives {
    double low[2], high[2];
    size_t known, lowest, highest;
} positives;

static positives positives_of(const double *y, size_t n)
{
    positives e = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        if (y[i] <= 0)
            return (positives){.known = 0};
        e.known += isnan(y[i]) ? 0 : 1;
        if (y[i] < e.low[0]) {
            e.low[1] = e.low[0];
            e.low[0] = y[i];
            e.lowest = i;
        } else if (y[i] < e.low[1]) {
            e.low[1] = y[i];
        }
        if (y[i] > e.high[0]) {
            e.high[1] = e.high[0];
            e.high[0] = y[i];
            e.highest = i;
        } else if (y[i] > e.high[1]) {
            e.high[1] = y[i];
        }
    }
    return e;
}

/* One cell in another unit than the others, which are in one. */
static tdo_status doubt_cell(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const positives e = positives_of(r->reading[c], r->n);
    const bool above = e.high[0] > UNIT_TIMES * e.high[1], below = e.low[0] < e.low[1] / UNIT_TIMES;
    const double least = above ? e.low[0] : e.low[1], most = above ? e.high[1] : e.high[0];
    if (k->levels || e.known < UNIT_AMONG || above == below || most > UNIT_TIMES * least)
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_criterion(&o, k);
    tdo_puts(&o, ": ");
    tdo_put_number(&o, above ? e.high[0] : e.low[0]);
    tdo_puts(&o, " of ");
    put_cell(&o, r, above ? e.highest : e.lowest);
    tdo_puts(&o, above ? " is more than fifty times" : " is less than a fiftieth of");
    tdo_puts(&o, " what all others measure, ");
    tdo_put_number(&o, least);
    tdo_puts(&o, " to ");
    tdo_put_number(&o, most);
    tdo_puts(&o, ": check its unit");
    return model_warn(r, "W_UNIT", &o);
}

/* Errors that are larger than everything that they are of. */
static tdo_status doubt_error(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const double *se = r->se ? r->se[c] : NULL;
    double least = INFINITY;
    if (!se)
        return TDO_OK;
    const positives e = positives_of(r->reading[c], r->n);
    for (size_t i = 0; i < r->n; i++)
        least = se[i] < least && !isnan(r->reading[c][i]) ? se[i] : least;
    if (!e.known || !(least > ERROR_TIMES * e.high[0]) || isinf(least))
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_place(&o, &k->place);
    model_put_criterion(&o, k);
    tdo_puts(&o, ": its standard errors, at least ");
    tdo_put_number(&o, least);
    tdo_puts(&o, ", are more than three times all that it measures, ");
    tdo_put_number(&o, e.low[0]);
    tdo_puts(&o, " to ");
    tdo_put_number(&o, e.high[0]);
    tdo_puts(&o, ": check the unit");
    return model_warn(r, "W_UNIT", &o);
}

/* Everybody far beyond a bound: 1 above it, -1 below it: a share for percent, seconds for
 * milliseconds. NaN: there is no such bound. */
static int far_from(const positives *e, double min, double max)
{
    const bool above = (max > 0 && e->low[0] > UNIT_TIMES * max) ||
                       (min > 0 && e->low[0] > UNIT_TIMES * min);
    const bool below = e->high[0] < min / UNIT_TIMES || e->high[0] < max / UNIT_TIMES;
    return e->known ? above - below : 0;
}

/* o: what is bounded. */
static tdo_status warn_far(model_readings *r, const positives *e, int far, tdo_sink *o)
{
    tdo_putf(o, ": all %zu candidates measure ", e->known);
    tdo_put_number(o, e->low[0]);
    tdo_puts(o, " to ");
    tdo_put_number(o, e->high[0]);
    tdo_puts(o, far > 0 ? ", more than fifty times that: check the unit"
                        : ", less than a fiftieth of that: check the unit");
    return model_warn(r, "W_UNIT", o);
}

tdo_status model_doubt_bound(model_readings *r, size_t j)
{
    const tdo_constraint *limit = &r->s->constraints[j];
    const tdo_condition *is = &limit->condition;
    const double *y = is->criterion != TDO_NONE ? r->reading[is->criterion] : r->limited[j];
    if (!y || limit->relative ||
        (is->criterion != TDO_NONE && r->s->criteria[is->criterion].levels))
        return TDO_OK;
    const positives e = positives_of(y, r->n);
    const int far =
        far_from(&e, is->has_min ? is->min : (double)NAN, is->has_max ? is->max : (double)NAN);
    if (!far)
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_place(&o, &is->place);
    tdo_puts(&o, "limit ");
    tdo_put_quoted(&o, limit->text);
    return warn_far(r, &e, far, &o);
}

tdo_status model_doubt_need(model_readings *r, size_t h, const tdo_need *need)
{
    const tdo_criterion *k = &r->s->criteria[need->criterion];
    if (k->levels || need->veto) /* a veto is a limit, too */
        return TDO_OK;
    const positives e = positives_of(r->reading[need->criterion], r->n);
    const int far = far_from(&e, need->has_min ? need->min : (double)NAN,
                             need->has_max ? need->max : (double)NAN);
    if (!far)
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_place(&o, &need->place);
    tdo_puts(&o, "what ");
    tdo_put_quoted(&o, r->s->stakeholders[h].id);
    tdo_puts(&o, " needs of ");
    model_put_criterion(&o, k);
    return warn_far(r, &e, far, &o);
}

tdo_status model_doubt_numbers(model_readings *r, size_t c)
{
    const size_t before = r->w->n;
    tdo_status status = doubt_far(r, c);
    if (status == TDO_OK)
        status = doubt_scale(r, c);
    if (status == TDO_OK)
        status = doubt_range(r, c);
    if (status == TDO_OK && r->w->n == before) /* else that says it */
        status = doubt_cell(r, c);
    return status == TDO_OK ? doubt_error(r, c) : status;
}
