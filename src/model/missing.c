/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was not measured: refused, left out, or taken at its worst; never silently. */
#include "model/measure.h"

#include <math.h>

tdo_missing model_policy_of(const model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    return k->has_missing ? k->missing : r->s->missing;
}

/* The columns that limits look at: those of the constraints, then those of the mix, then those of
 * the portfolio. */
static size_t limits_of(const model_readings *r)
{
    return r->s->n_constraints + r->s->mix.n_limits + r->s->portfolio.n_limits;
}

static const tdo_constraint *limit_at(const model_readings *r, size_t j)
{
    const size_t m = r->s->n_constraints, mix = r->s->mix.n_limits;
    return j < m         ? &r->s->constraints[j]
           : j - m < mix ? &r->s->mix.limits[j - m]
                         : &r->s->portfolio.limits[j - m - mix];
}

/* [n]; NULL: it looks at no column. */
static const double *limited_by(const model_readings *r, size_t j)
{
    const size_t m = r->s->n_constraints, mix = r->s->mix.n_limits;
    return j < m         ? r->limited[j]
           : j - m < mix ? r->mix_limited[j - m]
                         : r->portfolio_limited[j - m - mix];
}

static bool lacks(const model_readings *r, size_t j, size_t i)
{
    const double *y = limited_by(r, j);
    return y && isnan(y[i]);
}

/* A candidate that is left out needs no other measurement. */
static tdo_status drop(model_readings *r)
{
    model_named gone = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++) {
        for (size_t c = 0; c < r->s->n_criteria; c++)
            if (model_policy_of(r, c) == TDO_MISSING_DROP && isnan(r->reading[c][i]))
                r->dropped[i] = true;
        for (size_t j = 0; j < limits_of(r); j++)
            if (r->s->missing == TDO_MISSING_DROP && lacks(r, j, i))
                r->dropped[i] = true;
        if (r->dropped[i])
            model_named_add(&gone, r->t->id[i]);
    }
    if (!gone.count)
        return TDO_OK;
    const char *who = model_named_text(&gone);
    return !who ? TDO_E_MEMORY
                : tdo_warn(r->w, r->a, "W_MISSING_DROPPED",
                           "%zu of %zu candidates left out because something was not measured (%s)",
                           gone.count, r->n, who);
}

/* in: the file where it would be; NULL: the candidates' */
static void complain(model_readings *r, size_t i, const char *what, const char *in)
{
    static const char *const hint =
        "; in \"candidates\", \"missing\": \"drop\" leaves such a candidate out, \"worst\" takes "
        "the worst measured by the others";
    model_readings_complain(r, r->t->file, r->line[i],
                            tdo_text(r->a, "\"%s\" of \"%s\" is not measured%s%s%s", what,
                                     r->t->id[i], in ? " in " : "", in ? in : "", hint));
}

static const char *file_of(const tdo_criterion *k)
{
    return k->groups ? k->groups->from.path : k->items ? k->items->from.path : NULL;
}

static void refuse(model_readings *r)
{
    for (size_t i = 0; i < r->n; i++) {
        for (size_t c = 0; c < r->s->n_criteria && !r->dropped[i]; c++)
            if (model_policy_of(r, c) == TDO_MISSING_ERROR && isnan(r->reading[c][i]))
                complain(r, i, r->s->criteria[c].id, file_of(&r->s->criteria[c]));
        for (size_t j = 0; j < limits_of(r) && !r->dropped[i]; j++)
            if (r->s->missing == TDO_MISSING_ERROR && lacks(r, j, i))
                complain(r, i, limit_at(r, j)->condition.column, NULL);
    }
}

/* The candidate whose reading is worst under the criterion's goal among those measured and kept.
 * TDO_NONE: none was. */
static size_t worst_measured(const model_readings *r, const tdo_criterion *c, const double *reading)
{
    size_t worst = TDO_NONE;
    for (size_t i = 0; i < r->n; i++)
        if (!r->dropped[i] && !isnan(reading[i]) &&
            (worst == TDO_NONE || tdo_better(c, reading[worst], reading[i]) > 0))
            worst = i;
    return worst;
}

static tdo_status impute_criterion(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    double *y = r->reading[c], *rest = r->rest[c];
    size_t worst = worst_measured(r, k, y);
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++) {
        if (!isnan(y[i]) || r->dropped[i])
            continue;
        if (!r->imputed)
            r->imputed = tdo_alloc(r->a, r->s->n_criteria * r->n, sizeof *r->imputed);
        if (!r->imputed)
            return TDO_E_MEMORY;
        if (worst == TDO_NONE && r->incomplete)
            return TDO_OK;
        if (worst == TDO_NONE) {
            model_readings_complain(
                r, r->t->file, r->line[i],
                tdo_text(r->a, "\"%s\" is measured for no candidate at all", k->id));
            return TDO_OK;
        }
        y[i] = y[worst];
        if (rest)
            rest[i] = rest[worst];
        r->imputed[c * r->n + i] = true;
        model_named_add(&who, r->t->id[i]);
    }
    if (!who.count)
        return TDO_OK;
    char number[TDO_NUMBER_TEXT];
    tdo_number_write(y[worst], number);
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_MISSING_WORST",
                             "criterion \"%s\" was not measured for %zu of %zu candidates (%s): "
                             "taken as %s, the worst measured by the others",
                             k->id, who.count, r->n, names, number);
}

/* A candidate that was not measured on a limited column breaks the limit (see tdo_miss); where only
 * the mix limits it, it takes no part in that. */
static tdo_status warn_unlimited(model_readings *r, size_t j)
{
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++)
        if (lacks(r, j, i) && !r->dropped[i])
            model_named_add(&who, r->t->id[i]);
    if (!who.count)
        return TDO_OK;
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_MISSING_LIMIT",
                             "column \"%s\" was not measured for %zu of %zu candidates (%s): "
                             "%s the limit %s",
                             limit_at(r, j)->condition.column, who.count, r->n, names,
                             j < r->s->n_constraints ? "they count as missing"
                             : j - r->s->n_constraints < r->s->mix.n_limits
                                 ? "they take no part in the mix, which has"
                                 : "they take no part in the portfolio, which has",
                             limit_at(r, j)->text);
}

tdo_status model_missing_policy(model_readings *r)
{
    tdo_status status = drop(r);
    refuse(r);
    for (size_t c = 0; c < r->s->n_criteria && status == TDO_OK; c++)
        if (model_policy_of(r, c) == TDO_MISSING_WORST)
            status = impute_criterion(r, c);
    for (size_t j = 0; j < limits_of(r) && status == TDO_OK; j++)
        if (r->s->missing == TDO_MISSING_WORST)
            status = warn_unlimited(r, j);
    return status;
}
