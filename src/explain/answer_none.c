/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer where no candidate meets every limit: who is nearest, and which ways lead out. */
#include <math.h>
#include <string.h>

#include "base/list.h"
#include "explain/answer.h"

/* ---- limits in words ---- */

static const char *name_of(const tdo_run *run, const tdo_condition *is)
{
    return is->criterion == TDO_NONE ? is->column : run->scenario->criteria[is->criterion].label;
}

static void put_bound(tdo_sink *o, const tdo_run *run, const tdo_condition *is, double bound)
{
    if (is->criterion == TDO_NONE)
        amount_put_grouped(o, bound);
    else
        amount_put_bound(o, &run->scenario->criteria[is->criterion], bound);
}

static void put_words(tdo_sink *o, const char *before, const tdo_match *word, size_t n)
{
    tdo_puts(o, before);
    for (size_t k = 0; k < n && k < 3; k++)
        tdo_putf(o, "%s%s", k ? " or " : "", word[k].text);
    if (n > 3)
        tdo_putf(o, " or %zu more", n - 3);
}

void answer_put_limit(tdo_sink *o, const tdo_run *run, size_t j, double bound, const char *word)
{
    const tdo_constraint *k = &run->scenario->constraints[j];
    const tdo_condition *is = &k->condition;
    tdo_puts(o, name_of(run, is));
    if (k->relative && isnan(bound)) {
        tdo_puts(o, " worse than today's by at most ");
        if (k->percent) {
            amount_put_grouped(o, k->worse_by);
            tdo_puts(o, "%");
        } else {
            put_bound(o, run, is, k->worse_by);
        }
    } else if (word) {
        tdo_putf(o, " may be %s", word);
    } else {
        if (is->has_min) {
            tdo_puts(o, " at least ");
            put_bound(o, run, is, isnan(bound) || is->has_max ? is->min : bound);
        }
        if (is->has_max) {
            tdo_puts(o, is->has_min ? " and at most " : " at most ");
            put_bound(o, run, is, isnan(bound) || is->has_min ? is->max : bound);
        }
        if (is->equals)
            put_words(o, " is ", is->equals, 1);
        if (is->in)
            put_words(o, " is ", is->in, is->n_in);
        if (is->not_in)
            put_words(o, " is not ", is->not_in, is->n_not_in);
    }
    if (k->shown > 0) {
        tdo_puts(o, ", shown at ");
        tdo_put_rounded(o, 100 * k->shown, 6);
        tdo_puts(o, "%");
    }
}

void answer_put_found(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const tdo_measured *x = &run->measured;
    if (is->criterion != TDO_NONE)
        amount_put_bound(o, &run->scenario->criteria[is->criterion],
                         x->reading[is->criterion * x->n + i]);
    else if (x->matches[j])
        tdo_puts(o, x->words[j][x->word[j][i]]);
    else if (isnan(x->limited[j][i]))
        tdo_puts(o, "not measured");
    else
        amount_put_grouped(o, x->limited[j][i]);
}

/* ---- the lines ---- */

static void say_nobody(answer_writer *w)
{
    const tdo_run *run = w->run;
    const size_t limits = run->scenario->n_constraints;
    const size_t n = run->measured.n - run->screened.dropped_n;
    tdo_sink o = tdo_sink_memory(w->a);
    if (n == 0)
        tdo_puts(&o, "No candidate is measured in full: all were dropped");
    else if (limits == 1)
        tdo_putf(&o, "No candidate meets the limit: each of the %zu breaks it", n);
    else
        tdo_putf(&o, "No candidate meets all %zu limits: each of the %zu breaks at least one",
                 limits, n);
    answer_add(w, "None", &o);
}

/* The smallest set that lets nobody in, where that is not all of them. */
static void say_clash(answer_writer *w)
{
    const tdo_infeasible *no = &w->run->infeasible;
    tdo_sink o = tdo_sink_memory(w->a);
    if (!no->n_conflict || no->n_conflict == w->run->scenario->n_constraints)
        return;
    tdo_puts(&o, no->n_conflict == 1 ? "alone lets nobody in: " : "together let nobody in: ");
    for (size_t k = 0; k < no->n_conflict; k++) {
        tdo_puts(&o, k ? "; " : "");
        answer_put_limit(&o, w->run, no->conflict[k], (double)NAN, NULL);
    }
    answer_add(w, "Clash", &o);
}

/* "Latency, p95 45.1 ms, limit 40 ms"; "needs_new_cluster is yes" */
static void put_broken(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const tdo_measured *x = &run->measured;
    const double reading = is->criterion != TDO_NONE ? x->reading[is->criterion * x->n + i]
                           : x->limited[j]           ? x->limited[j][i]
                                                     : (double)NAN;
    const bool low = is->has_min && reading < is->min, high = is->has_max && reading > is->max;
    tdo_putf(o, low || high ? "%s " : "%s is ", name_of(run, is));
    answer_put_found(o, run, j, i);
    if (low || high) {
        tdo_puts(o, ", limit ");
        put_bound(o, run, is, low ? is->min : is->max);
    }
}

static void say_nearest(answer_writer *w)
{
    const tdo_run *run = w->run;
    const size_t i = run->infeasible.nearest;
    size_t broken = 0, first = TDO_NONE;
    tdo_sink o = tdo_sink_memory(w->a);
    if (i == TDO_NONE)
        return;
    for (size_t j = run->scenario->n_constraints; j-- > 0;)
        if (run->screened.broken[i] >> j & 1) {
            broken++;
            first = j;
        }
    answer_put_name(&o, run->measured.id[i]);
    if (first != TDO_NONE) {
        tdo_putf(&o, broken == 1 ? " breaks one: " : " breaks %zu: ", broken);
        put_broken(&o, run, first, i);
    }
    if (broken > 1)
        tdo_putf(&o, "; %zu more", broken - 1);
    answer_add(w, "Nearest", &o);
}

static void say_ways(answer_writer *w)
{
    const tdo_run *run = w->run;
    const tdo_infeasible *no = &run->infeasible;
    tdo_sink o = tdo_sink_memory(w->a);
    tdo_puts(&o, no->n_relax == 1 ? "This would let somebody in:"
                                  : "One of these would let somebody in:");
    tdo_answer_line *l = no->n_relax ? answer_add(w, "Ways", &o) : NULL;
    for (size_t k = 0; k < no->n_relax && l; k++) {
        const tdo_relaxation *x = &no->relax[k];
        const tdo_condition *is = &run->scenario->constraints[x->constraint].condition;
        tdo_sink way = tdo_sink_memory(w->a);
        answer_put_limit(&way, run, x->constraint, x->to, x->word);
        if (!x->word && is->has_min != is->has_max) {
            tdo_puts(&way, " (now ");
            amount_put_grouped(&way, is->has_min ? is->min : is->max);
            tdo_puts(&way, ")");
        }
        tdo_puts(&way, ": ");
        answer_put_name(&way, run->measured.id[x->admits]);
        answer_add_piece(w, l, &way);
        l->listed = true;
    }
}

void answer_say_none(answer_writer *w)
{
    say_nobody(w);
    say_clash(w);
    say_nearest(w);
    say_ways(w);
}
