/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits that are relative to the incumbent become bounds on readings. */
#include "base/array.h"
#include "base/decimal.h"
#include "model/model.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

static tdo_status complain(const tdo_constraint *c, tdo_report *report, const char *text)
{
    tdo_error e = {.status = TDO_OK};
    const tdo_place *at = &c->condition.place;
    (void)tdo_fail_at(&e, TDO_E_INPUT, at->file, at->line, at->column, "%s", text);
    (void)snprintf(e.path, sizeof e.path, "%s", !at->path ? "" : at->path);
    tdo_report_add(report, &e);
    return TDO_E_INPUT;
}

/* from + sign x (distance + worse_by), exact and rounded once: in hundredths, for a percentage
 * divided by 100 is no short decimal. */
static double bound(double from, double rest, double sign, double distance, const tdo_constraint *c,
                    double reading)
{
    decimal_sum y, hundred;
    decimal_clear(&y);
    decimal_clear(&hundred);
    decimal_add(&hundred, 100);
    decimal_add_product(&y, 100, from);
    decimal_add_product(&y, 100, rest);
    decimal_add_product(&y, 100 * sign, distance);
    decimal_add_product(&y, sign * c->worse_by, c->percent ? fabs(reading) : 100);
    return decimal_quotient(&y, &hundred, NULL);
}

static tdo_status set_bounds(const tdo_scenario *s, const tdo_measured *x, tdo_constraint *c,
                             tdo_report *report)
{
    size_t at = c->condition.criterion, i = x->incumbent;
    const tdo_criterion *of = &s->criteria[at];
    double y = x->reading[at][i], rest = tdo_rest(x, at, i);
    bool target = of->goal == TDO_GOAL_TARGET;
    if (isnan(y) || x->dropped[i] || (x->imputed && x->imputed[at * x->n + i]))
        return complain(c, report,
                        "the incumbent was not measured in that criterion: nothing can "
                        "be compared with it");
    if (c->percent && !(y < 0) && !(y > 0))
        return complain(c, report,
                        "the incumbent measures 0 there, of which there is no "
                        "percentage: give \"worse_by\"");
    double from = target ? of->target : y, distance = target ? tdo_measurement(of, y) : 0;
    rest = target ? 0 : rest;
    c->condition.has_min = target || of->goal == TDO_GOAL_MAX;
    c->condition.has_max = target || of->goal == TDO_GOAL_MIN;
    if (c->condition.has_min)
        c->condition.min = bound(from, rest, -1, distance, c, y);
    if (c->condition.has_max)
        c->condition.max = bound(from, rest, 1, distance, c, y);
    return TDO_OK;
}

static bool has_relative(const tdo_scenario *s)
{
    size_t j = 0;
    while (j < s->n_constraints && !s->constraints[j].relative)
        j++;
    return j < s->n_constraints;
}

tdo_status tdo_set_relative_bounds(const tdo_scenario **s, const tdo_measured *x, tdo_arena *a,
                                   tdo_report *report)
{
    assert(x->d == (*s)->n_criteria);
    if (!has_relative(*s))
        return TDO_OK;
    tdo_scenario *bounded = array_copy(a, *s, 1, sizeof **s);
    tdo_constraint *own = array_copy(a, (*s)->constraints, (*s)->n_constraints, sizeof *own);
    tdo_status status = bounded && own ? TDO_OK : TDO_E_MEMORY;
    if (status != TDO_OK)
        return status;
    for (size_t j = 0; j < bounded->n_constraints; j++)
        if (own[j].relative && set_bounds(*s, x, &own[j], report) != TDO_OK)
            status = TDO_E_INPUT;
    bounded->constraints = own;
    if (status == TDO_OK)
        *s = bounded;
    return status;
}
