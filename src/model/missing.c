/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was not measured: refused, left out, or taken at its worst; never silently. */
#include "model/measure.h"

#include <math.h>

static void refuse(tdo_readings *r)
{
    static const char *const hint =
        "; in \"candidates\", \"missing\": \"drop\" leaves such a candidate out, \"worst\" takes "
        "the worst measured by the others";
    for (size_t i = 0; i < r->t->n; i++) {
        for (size_t c = 0; c < r->s->n_criteria; c++)
            if (isnan(r->reading[c * r->t->n + i]))
                tdo_readings_complain(r, i,
                                      tdo_text(r->a, "\"%s\" of \"%s\" is not measured%s",
                                               r->s->criteria[c].id, r->t->id[i], hint));
        for (size_t j = 0; j < r->s->n_constraints; j++)
            if (r->limited[j] && isnan(r->limited[j][i]))
                tdo_readings_complain(r, i,
                                      tdo_text(r->a, "\"%s\" of \"%s\" is not measured%s",
                                               r->s->constraints[j].is.column, r->t->id[i], hint));
    }
}

static tdo_status drop(tdo_readings *r)
{
    tdo_named gone = tdo_named_start(r->a);
    for (size_t i = 0; i < r->t->n; i++) {
        for (size_t c = 0; c < r->s->n_criteria; c++)
            if (isnan(r->reading[c * r->t->n + i]))
                r->dropped[i] = true;
        for (size_t j = 0; j < r->s->n_constraints; j++)
            if (r->limited[j] && isnan(r->limited[j][i]))
                r->dropped[i] = true;
        if (r->dropped[i])
            tdo_named_add(&gone, r->t->id[i]);
    }
    if (!gone.count)
        return TDO_OK;
    const char *who = tdo_named_text(&gone);
    return !who ? TDO_E_MEMORY
                : tdo_warn(r->w, r->a, "W_MISSING_DROPPED",
                           "%zu of %zu candidates left out because something was not measured (%s)",
                           gone.count, r->t->n, who);
}

/* The reading that is worst under the criterion's goal among those measured. NaN: none was. */
static double worst_reading(const tdo_criterion *c, const double *reading, size_t n)
{
    double worst = NAN;
    for (size_t i = 0; i < n; i++)
        if (!isnan(reading[i]) && (isnan(worst) || tdo_better(c, worst, reading[i]) > 0))
            worst = reading[i];
    return worst;
}

static tdo_status impute_criterion(tdo_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    double *y = r->reading + c * r->t->n, worst = worst_reading(k, y, r->t->n);
    tdo_named who = tdo_named_start(r->a);
    for (size_t i = 0; i < r->t->n; i++) {
        if (!isnan(y[i]))
            continue;
        if (!r->imputed)
            r->imputed = tdo_alloc(r->a, r->s->n_criteria * r->t->n, sizeof *r->imputed);
        if (!r->imputed)
            return TDO_E_MEMORY;
        if (isnan(worst)) {
            tdo_readings_complain(
                r, i, tdo_text(r->a, "\"%s\" is measured for no candidate at all", k->id));
            return TDO_OK;
        }
        y[i] = worst;
        r->imputed[c * r->t->n + i] = true;
        tdo_named_add(&who, r->t->id[i]);
    }
    if (!who.count)
        return TDO_OK;
    char number[TDO_NUMBER_TEXT];
    tdo_number_write(worst, number);
    const char *names = tdo_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_MISSING_WORST",
                             "criterion \"%s\" was not measured for %zu of %zu candidates (%s): "
                             "taken as %s, the worst measured by the others",
                             k->id, who.count, r->t->n, names, number);
}

/* A candidate that was not measured on a limited column breaks the limit (see tdo_miss). */
static tdo_status warn_unlimited(tdo_readings *r, size_t j)
{
    tdo_named who = tdo_named_start(r->a);
    for (size_t i = 0; i < r->t->n; i++)
        if (isnan(r->limited[j][i]))
            tdo_named_add(&who, r->t->id[i]);
    if (!who.count)
        return TDO_OK;
    const char *names = tdo_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_MISSING_LIMIT",
                             "column \"%s\" was not measured for %zu of %zu candidates (%s): "
                             "they count as missing the limit %s",
                             r->s->constraints[j].is.column, who.count, r->t->n, names,
                             r->s->constraints[j].text);
}

tdo_status tdo_missing_policy(tdo_readings *r)
{
    tdo_status status = TDO_OK;
    switch (r->s->missing) {
    case TDO_MISSING_ERROR:
        refuse(r);
        break;
    case TDO_MISSING_DROP:
        status = drop(r);
        break;
    case TDO_MISSING_WORST:
        for (size_t c = 0; c < r->s->n_criteria && status == TDO_OK; c++)
            status = impute_criterion(r, c);
        for (size_t j = 0; j < r->s->n_constraints && status == TDO_OK; j++)
            if (r->limited[j])
                status = warn_unlimited(r, j);
        break;
    }
    return status;
}
