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

static bool is_own_column(const choice_edit *x, const tdo_condition *is)
{
    return is->criterion == TDO_NONE && !x->group && strcmp(is->column, x->column) == 0;
}

/* Is constraint j on what reads the cell, or on its column; and would it hold? */
static bool choice_reads_limit(const choice_edit *x, size_t j)
{
    const tdo_condition *is = &x->k->s->constraints[j].condition;
    bool reads = is_own_column(x, is);
    for (size_t q = 0; q < x->n; q++)
        reads |= is->criterion == x->reader[q].c;
    return reads;
}

static bool choice_holds_limit(const choice_edit *x, size_t j, double cell)
{
    const tdo_condition *is = &x->k->s->constraints[j].condition;
    const bool shown = x->k->s->constraints[j].shown > 0; /* an edit changes how sure that is */
    if (is_own_column(x, is) && (shown || !is_within(is, cell, 0)))
        return false;
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        double rest = 0, reading = choice_read_edit(x, r, cell, &rest);
        if (isnan(reading) || (is->criterion == r->c && (shown || !is_within(is, reading, rest))))
            return false;
    }
    return true;
}

bool choice_is_allowed(const choice_edit *x, double cell)
{
    bool holds = true;
    for (size_t j = 0; j < x->k->s->n_constraints && holds; j++)
        holds = choice_holds_limit(x, j, cell);
    return holds;
}

bool choice_is_limited(const choice_edit *x)
{
    bool limited = false;
    for (size_t j = 0; j < x->k->s->n_constraints; j++)
        limited |= choice_reads_limit(x, j);
    return limited;
}

/* The largest part of a range that one of its readings moves by. */
double choice_share_of(const choice_edit *x, double to)
{
    const tdo_valued *v = x->k->v;
    const bool any = x->reader[x->first].weighed;
    double share = 0, rest = 0;
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        double reading = choice_read_edit(x, r, to, &rest);
        double by = tdo_measurement(r->criterion, reading) -
                    tdo_measurement(r->criterion, r->reading);
        if (any ? r->weighed : q == x->first)
            share = fmax(share, fabs(by) / fabs(v->best[r->c] - v->worst[r->c]));
    }
    return share;
}

bool choice_reads_broken(const choice_edit *x)
{
    const uint64_t broken = choice_broken(x->k, x->slot);
    bool all = true;
    for (size_t j = 0; j < x->k->s->n_constraints; j++)
        all = all && (!(broken >> j & 1) || choice_reads_limit(x, j));
    return all;
}

bool choice_columns_keep_out(const tdo_case *k, uint32_t slot)
{
    const uint64_t broken = choice_broken(k, slot);
    for (size_t j = 0; j < k->s->n_constraints; j++)
        if ((broken >> j & 1) && k->s->constraints[j].condition.criterion == TDO_NONE)
            return true;
    return false;
}

double choice_find_entry(const choice_edit *x, double end, double *steps)
{
    enum { HALVINGS = 120 };
    const uint64_t broken = choice_broken(x->k, x->slot);
    double entry = x->from;
    for (size_t j = 0; j < x->k->s->n_constraints; j++) {
        double bad = x->from, good = end;
        if (!(broken >> j & 1))
            continue;
        if (!choice_reads_limit(x, j) || x->reader[0].criterion->levels ||
            !choice_holds_limit(x, j, end))
            return NAN;
        for (int k = 0; k < HALVINGS; k++) {
            double middle = good / 2 + bad / 2;
            *(choice_holds_limit(x, j, middle) ? &good : &bad) = middle;
        }
        *steps -= HALVINGS;
        entry = x->up * good > x->up * entry ? good : entry;
    }
    return entry;
}
