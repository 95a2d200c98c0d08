/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes limits in words, as they are and moved. */
#include "explain/limit_words.h"
#include "base/decimal.h"
#include "explain/amount.h"

#include <math.h>
#include <string.h>

enum { MOVED_DIGITS = 6 };

const char *speech_name_of(const tdo_run *run, const tdo_condition *is)
{
    return is->criterion == TDO_NONE ? is->column : run->scenario->criteria[is->criterion].label;
}

void speech_put_bound(tdo_sink *o, const tdo_run *run, const tdo_condition *is, double bound)
{
    if (is->criterion == TDO_NONE)
        amount_put_grouped(o, bound);
    else
        amount_put_bound(o, &run->scenario->criteria[is->criterion], bound);
}

void speech_put_unit_apart(tdo_sink *o, const tdo_criterion *c, double by)
{
    if (c->levels)
        tdo_puts(o, fabs(by) == 1 ? " level" : " levels");
    else
        amount_put_unit_apart(o, c, by);
}

void speech_put_worse_by(tdo_sink *o, const tdo_run *run, const tdo_constraint *k, double by)
{
    const tdo_criterion *c = &run->scenario->criteria[k->condition.criterion];
    amount_put_grouped(o, by);
    if (k->percent)
        tdo_puts(o, "%");
    else
        speech_put_unit_apart(o, c, by);
}

static void put_words(tdo_sink *o, const char *before, const tdo_match *word, size_t n)
{
    tdo_puts(o, before);
    for (size_t k = 0; k < n && k < 3; k++)
        tdo_putf(o, "%s%s", k ? " or " : "", word[k].text);
    if (n > 3)
        tdo_putf(o, " or %zu more", n - 3);
}

static void put_tests(tdo_sink *o, const tdo_run *run, const tdo_condition *is)
{
    if (is->has_min) {
        tdo_puts(o, " at least ");
        speech_put_bound(o, run, is, is->min);
    }
    if (is->has_max) {
        tdo_puts(o, is->has_min ? " and at most " : " at most ");
        speech_put_bound(o, run, is, is->max);
    }
    if (is->equals)
        put_words(o, " is ", is->equals, 1);
    if (is->in)
        put_words(o, " is ", is->in, is->n_in);
    if (is->not_in)
        put_words(o, " is not ", is->not_in, is->n_not_in);
}

static void put_shown(tdo_sink *o, const tdo_constraint *k)
{
    if (!(k->shown > 0))
        return;
    tdo_puts(o, ", shown at ");
    amount_put_rounded(o, 100 * k->shown, 6);
    tdo_puts(o, "%");
}

void speech_put_limit_of(tdo_sink *o, const tdo_run *run, const tdo_constraint *k)
{
    tdo_puts(o, speech_name_of(run, &k->condition));
    if (k->relative) {
        tdo_puts(o, " worse than today's by at most ");
        speech_put_worse_by(o, run, k, k->worse_by);
    } else {
        put_tests(o, run, &k->condition);
    }
    put_shown(o, k);
}

void speech_put_side(tdo_sink *o, const tdo_run *run, const tdo_constraint *k, bool is_max)
{
    const tdo_condition *is = &k->condition;
    if (!is->has_min || !is->has_max) {
        speech_put_limit_of(o, run, k);
        return;
    }
    tdo_putf(o, "%s %s ", speech_name_of(run, is), is_max ? "at most" : "at least");
    speech_put_bound(o, run, is, is_max ? is->max : is->min);
    if (k->relative) {
        tdo_puts(o, " (worse than today's by at most ");
        speech_put_worse_by(o, run, k, k->worse_by);
        tdo_puts(o, ")");
    }
    put_shown(o, k);
}

void speech_put_moved_bound(tdo_sink *o, const tdo_run *run, const tdo_constraint *k, double to)
{
    const tdo_condition *is = &k->condition;
    const bool levels = is->criterion != TDO_NONE && run->scenario->criteria[is->criterion].levels;
    const bool up = is->has_max && to > is->max;
    speech_put_bound(o, run, is, levels ? to : decimal_beyond(to, MOVED_DIGITS, up));
}

double speech_worse_by(const tdo_run *run, const tdo_constraint *k, double reading)
{
    const size_t c = k->condition.criterion;
    const tdo_criterion *of = &run->scenario->criteria[c];
    const double today = run->measured.reading[c][run->measured.incumbent];
    const double sign = of->goal == TDO_GOAL_MAX ? -1 : 1;
    const double by =
        tdo_beyond(sign * tdo_measurement(of, reading), 0, sign * tdo_measurement(of, today));
    return k->percent ? 100 * by / fabs(today) : by;
}

void speech_put_way(tdo_sink *o, const tdo_run *run, const tdo_relaxation *x)
{
    const tdo_constraint *k = &run->scenario->constraints[x->constraint];
    const tdo_condition *is = &k->condition;
    tdo_puts(o, speech_name_of(run, is));
    if (x->word) {
        tdo_putf(o, " may be %s", x->word);
    } else if (k->relative && is->criterion != TDO_NONE && run->measured.incumbent != TDO_NONE) {
        tdo_puts(o, " worse than today's by at most ");
        speech_put_worse_by(o, run, k,
                            decimal_beyond(speech_worse_by(run, k, x->to), MOVED_DIGITS, true));
        tdo_puts(o, " (now ");
        amount_put_grouped(o, k->worse_by);
        tdo_puts(o, ")");
    } else if (is->has_min && is->has_max) {
        const bool high = x->to > is->max;
        tdo_puts(o, high ? " at most " : " at least ");
        speech_put_moved_bound(o, run, k, x->to);
        tdo_puts(o, " (now ");
        amount_put_grouped(o, high ? is->max : is->min);
        tdo_puts(o, ")");
    } else {
        tdo_puts(o, is->has_min ? " at least " : " at most ");
        speech_put_moved_bound(o, run, k, x->to);
        tdo_puts(o, " (now ");
        amount_put_grouped(o, is->has_min ? is->min : is->max);
        tdo_puts(o, ")");
    }
    put_shown(o, k);
}

const char *speech_owner_of(const tdo_scenario *s, const char *owner)
{
    for (size_t h = 0; h < s->n_stakeholders; h++)
        if (strcmp(s->stakeholders[h].id, owner) == 0)
            return s->stakeholders[h].label;
    return owner;
}

void speech_put_owner(tdo_sink *o, const tdo_run *run, const tdo_constraint *k)
{
    if (k->owner[0])
        tdo_putf(o, " (%s)", speech_owner_of(run->scenario, k->owner));
}

void speech_put_whose(tdo_sink *o, const tdo_run *run, const tdo_constraint *k)
{
    if (k->owner[0] || k->why[0])
        tdo_putf(o, " (%s%s%s)", speech_owner_of(run->scenario, k->owner),
                 k->owner[0] && k->why[0] ? ": " : "", k->why);
}

void speech_put_found_in_full(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const tdo_measured *x = &run->measured;
    if (is->criterion != TDO_NONE)
        amount_put_bound(o, &run->scenario->criteria[is->criterion], x->reading[is->criterion][i]);
    else if (x->matches[j])
        tdo_puts(o, x->words[j][x->word[j][i]]);
    else if (isnan(x->limited[j][i]))
        tdo_puts(o, "not measured");
    else
        amount_put_grouped(o, x->limited[j][i]);
}
