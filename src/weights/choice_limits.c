/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell may be: within the limits on what reads it. And how far it moves its readings. */
#include "weights/choice_edits.h"

#include <math.h>
#include <string.h>

static bool is_within(const tdo_condition *is, double reading, double rest)
{
    return !(is->has_min && tdo_beyond(reading, rest, is->min) < 0) &&
           !(is->has_max && tdo_beyond(reading, rest, is->max) > 0);
}

/* Would all limits on what reads the cell, and on its column, hold? */
bool choice_is_allowed(const choice_edit *x, double cell)
{
    const tdo_scenario *s = x->k->s;
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].condition;
        const bool shown = s->constraints[j].shown > 0; /* an edit changes how sure that is */
        if (is->criterion == TDO_NONE && !x->group && strcmp(is->column, x->column) == 0 &&
            (shown || !is_within(is, cell, 0)))
            return false;
        for (size_t q = 0; q < x->n; q++) {
            const choice_reader *r = &x->reader[q];
            double rest = 0, reading = choice_read_edit(x, r, cell, &rest);
            if (isnan(reading) ||
                (is->criterion == r->c && (shown || !is_within(is, reading, rest))))
                return false;
        }
    }
    return true;
}

bool choice_is_limited(const choice_edit *x)
{
    const tdo_scenario *s = x->k->s;
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].condition;
        if (is->criterion == TDO_NONE && !x->group && strcmp(is->column, x->column) == 0)
            return true;
        for (size_t q = 0; q < x->n; q++)
            if (is->criterion == x->reader[q].c)
                return true;
    }
    return false;
}

/* The largest part of a range that one of its readings moves by. */
double choice_share_of(const choice_edit *x, double to)
{
    const tdo_valued *v = x->k->v;
    double share = 0, rest = 0;
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        double reading = choice_read_edit(x, r, to, &rest);
        double by = tdo_measurement(r->criterion, reading) -
                    tdo_measurement(r->criterion, r->reading);
        if (r->weighed)
            share = fmax(share, fabs(by) / fabs(v->best[r->c] - v->worst[r->c]));
    }
    return share;
}
