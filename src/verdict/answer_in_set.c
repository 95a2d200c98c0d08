/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The set that a portfolio asks for, in sentences: what it is and what it is worth, and what place
 * a candidate has in it. */
#include <math.h>
#include <string.h>

#include "base/list.h"
#include "explain/words.h"
#include "verdict/answer.h"

/* ---- names ---- */

/* The first part of an id of several columns; 0: it is of one. */
static size_t first_part(const tdo_run *run, const char *id)
{
    const char *end = run->scenario->n_id_columns > 1 ? strstr(id, " / ") : NULL;
    return end ? (size_t)(end - id) : 0;
}

bool answer_set_names_are_short(const tdo_run *run, const tdo_portfolio_set *set)
{
    const tdo_measured *x = &run->measured;
    for (size_t k = 0; k < set->n; k++) {
        const char *id = x->id[set->candidate[k]];
        const size_t length = first_part(run, id);
        for (size_t i = 0; i < x->n; i++)
            if (!length || (i != set->candidate[k] && strncmp(x->id[i], id, length + 3) == 0))
                return false;
    }
    return set->n > 0;
}

void answer_set_put_short_name(tdo_sink *o, const tdo_run *run, uint32_t candidate)
{
    const char *id = run->measured.id[candidate];
    tdo_put(o, id, first_part(run, id));
}

void answer_set_put_names(tdo_sink *o, const tdo_run *run, const tdo_portfolio_set *set)
{
    if (!set->n)
        tdo_puts(o, "none of them");
    for (size_t k = 0; k < set->n; k++) {
        tdo_puts(o, list_joint(k, set->n));
        answer_put_name(o, run->measured.id[set->candidate[k]]);
    }
}

void answer_set_put_beyond(tdo_sink *o, const tdo_run *run, const char *word,
                           const tdo_portfolio_set *in, const tdo_portfolio_set *out, size_t but)
{
    size_t n = 0, told = 0;
    for (size_t k = 0; k < in->n; k++)
        n += in->candidate[k] != but && !tdo_portfolio_takes(out, in->candidate[k]);
    if (n)
        tdo_putf(o, ", %s ", word);
    for (size_t k = 0; k < in->n; k++) {
        if (in->candidate[k] == but || tdo_portfolio_takes(out, in->candidate[k]))
            continue;
        tdo_puts(o, list_joint(told++, n));
        answer_put_name(o, run->measured.id[in->candidate[k]]);
    }
}

/* ---- the set ---- */

void answer_set_put_points(tdo_sink *o, double value)
{
    const double points = fabs(value) <= TDO_TIE ? 0 : 100 * value;
    if (points < 0 && points > -0.005) {
        tdo_puts(o, "hardly less than 0 points");
        return;
    }
    tdo_puts(o, points < 0 ? "-" : "");
    amount_put_points(o, points);
}

void answer_put_set_sums(tdo_sink *o, const tdo_run *run, const tdo_portfolio_set *set, bool bounds)
{
    const tdo_portfolio_options *asked = &run->scenario->portfolio;
    for (size_t q = 0; q < asked->n_limits; q++) {
        const tdo_condition *is = &asked->limits[q].condition;
        const tdo_criterion *c = is->column ? NULL : &run->scenario->criteria[is->criterion];
        tdo_putf(o, "; %s ", c ? c->label : is->column);
        amount_put_grouped(o, set->sum[q]);
        if (bounds && is->has_min) {
            tdo_puts(o, " of at least ");
            amount_put_grouped(o, is->min);
        }
        if (bounds && is->has_max) {
            tdo_puts(o, is->has_min ? " and at most " : " of ");
            amount_put_grouped(o, is->max);
        }
        if (c)
            amount_put_unit(o, c);
    }
}

static bool some_together(const tdo_portfolio_options *of)
{
    bool some = false;
    for (size_t k = 0; k < of->n_links; k++)
        some = some || of->links[k].kind == TDO_LINK_TOGETHER;
    return some;
}

void answer_set_put_none(tdo_sink *o, const tdo_run *run)
{
    const tdo_portfolio *p = &run->portfolio;
    if (p->status != TDO_PORTFOLIO_INFEASIBLE) {
        tdo_puts(o, "No set was found within the work allowed; there may be one");
        return;
    }
    tdo_puts(o, "No set keeps what is asked of it: ");
    for (size_t k = 0; k < p->n_clash; k++)
        tdo_putf(o, "%s%s", list_joint(k, p->n_clash), p->clash[k].text);
    tdo_puts(o, p->n_clash > 1 ? " clash" : " cannot hold");
    if (some_together(&run->scenario->portfolio))
        tdo_puts(o, ", as \"together\" joins candidates");
    if (p->linked_out)
        tdo_putf(o, "; %zu feasible candidate%s come%s only with one who cannot be taken",
                 p->linked_out, p->linked_out == 1 ? "" : "s", p->linked_out == 1 ? "s" : "");
}

void answer_set_put_worth(tdo_sink *o, const tdo_run *run)
{
    const tdo_portfolio *is = &run->portfolio;
    answer_set_put_points(o, is->set.value);
    if (is->status == TDO_PORTFOLIO_OPTIMAL) {
        tdo_puts(o, " in all, proven");
    } else {
        tdo_puts(o, " in all, and none has more than ");
        answer_set_put_points(o, is->bound);
    }
    answer_put_set_sums(o, run, &is->set, true);
}

/* What the set is worth to each. */
static void say_to_each(speech *t)
{
    const tdo_run *run = t->run;
    tdo_puts(&t->o, "Worth to each: ");
    for (size_t h = 0; h < run->utility.s; h++) {
        tdo_putf(&t->o, "%s%s ", h ? "; " : "", run->scenario->stakeholders[h].label);
        answer_set_put_points(&t->o, run->portfolio.utility[h]);
    }
    speech_end(t);
}

tdo_status tdo_explain_set(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    const tdo_portfolio *is = &run->portfolio;
    if (run->picked && !is->found) {
        answer_set_put_none(&t.o, run);
        speech_end(&t);
    } else if (run->picked) {
        tdo_puts(&t.o, "Chosen is the set of ");
        answer_set_put_names(&t.o, run, &is->set);
        speech_end(&t);
        tdo_puts(&t.o, "It is worth ");
        answer_set_put_worth(&t.o, run);
        speech_end(&t);
        say_to_each(&t);
    }
    return speech_finish(&t, out);
}

/* ---- a candidate and the set ---- */

void answer_set_put_core(tdo_sink *o, const tdo_portfolio *p, size_t i)
{
    const double core = p->core[i];
    if (core >= 1) {
        tdo_puts(o, "in every set that none beats at every allowed weight");
    } else if (!(core > 0)) {
        tdo_puts(o, "in no set that none beats at every allowed weight");
    } else {
        tdo_puts(o, "in ");
        amount_put_in_100(o, core, false);
        tdo_puts(o, "% of the sets that none beats at every allowed weight");
    }
}

static void say_turned(speech *t, const tdo_portfolio_turned *x, size_t i)
{
    const tdo_run *run = t->run;
    const tdo_portfolio_set *is = &run->portfolio.set;
    const char *how = x->with ? "with" : "without";
    if (!x->asked)
        return;
    if (x->status == TDO_PORTFOLIO_LIMIT) {
        tdo_putf(&t->o, "What the best set %s it is was not found within the work allowed", how);
    } else if (!x->found) {
        tdo_putf(&t->o, "No set %s it keeps what is asked of it", how);
    } else {
        tdo_putf(&t->o, "The best set %s it has ", how);
        answer_set_put_points(&t->o, x->set.value);
        if (is->value - x->set.value > TDO_TIE) {
            tdo_puts(&t->o, ", ");
            amount_put_points(&t->o, 100 * (is->value - x->set.value));
            tdo_puts(&t->o, " less");
        } else {
            tdo_puts(&t->o, ", as many");
        }
        answer_set_put_beyond(&t->o, run, "without", is, &x->set, i);
        answer_set_put_beyond(&t->o, run, "with", &x->set, is, i);
    }
    speech_end(t);
}

tdo_status tdo_explain_in_set(const tdo_run *run, size_t i, const tdo_portfolio_turned *turned,
                              tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    const tdo_portfolio *is = &run->portfolio;
    if (run->picked && is->found) {
        const bool in = tdo_portfolio_takes(&is->set, i);
        tdo_putf(&t.o, "%s the chosen set of %zu", in ? "In" : "Not in", is->set.n);
        if (!facts_is_feasible(run, i)) {
            tdo_puts(&t.o, ": only what meets every limit is taken");
        } else if (turned && !turned->asked) {
            tdo_puts(&t.o, turned->linked_out
                               ? ": it comes only with one who cannot be taken"
                               : ": it lacks a reading that a limit of the set sums up");
        } else if (is->has_core) {
            tdo_puts(&t.o, ", and ");
            answer_set_put_core(&t.o, is, i);
        }
        speech_end(&t);
        if (turned)
            say_turned(&t, turned, i);
    }
    return speech_finish(&t, out);
}
