/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the pieces of sentences: names, readings, comparisons, lists of limits. */
#include "explain/words.h"
#include "base/array.h"
#include "base/decimal.h"
#include "base/list.h"
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/limit_words.h"
#include "explain/limits.h"

#include <math.h>
#include <string.h>

speech speech_start(const tdo_run *run, tdo_arena *a)
{
    return (speech){.run = run, .a = a, .o = tdo_sink_memory(a)};
}

void speech_end(speech *t)
{
    tdo_puts(&t->o, ".");
    const char **more = array_more(t->a, t->out.item, t->out.n, sizeof *more);
    t->failed = t->failed || !more || t->o.failed || !t->o.text;
    t->out.item = more ? more : t->out.item;
    if (!t->failed)
        t->out.item[t->out.n++] = t->o.text;
    t->o = tdo_sink_memory(t->a);
}

tdo_status speech_finish(speech *t, tdo_sentences *out)
{
    if (t->failed)
        return TDO_E_MEMORY;
    *out = t->out;
    return TDO_OK;
}

size_t speech_candidate_of(const tdo_run *run, uint32_t slot)
{
    return run->screened.feasible[slot];
}

void speech_put_candidate(tdo_sink *o, const tdo_run *run, size_t i)
{
    tdo_put_quoted(o, run->measured.id[i]);
}

void tdo_put_reading(tdo_sink *o, const tdo_criterion *c, double reading)
{
    if (isnan(reading)) {
        tdo_puts(o, "not measured");
    } else if (c->levels && reading >= 0 && reading < (double)c->n_levels) {
        tdo_puts(o, c->levels[(size_t)reading]);
    } else {
        amount_put_rounded(o, reading, SPEECH_WORD_DIGITS);
        amount_put_unit(o, c);
    }
}

static double reading_of(const tdo_run *run, size_t c, size_t i)
{
    return run->measured.reading[c][i];
}

void speech_put_score(tdo_sink *o, tdo_rule rule, double score, double other)
{
    const tdo_rule_terms *about = tdo_rule_about[rule];
    const double sign = about->avoids ? -1 : 1;
    if (about->in_points)
        amount_put_points_beside(o, 100 * (sign * score + 0.0), 100 * (sign * other + 0.0));
    else
        amount_put_rounded(o, sign * score + 0.0, SPEECH_SCORE_DIGITS);
}

void speech_put_score_of(tdo_sink *o, tdo_rule rule, double score, double other)
{
    const tdo_rule_terms *about = tdo_rule_about[rule];
    speech_put_score(o, rule, score, other);
    if (about->in_points)
        tdo_putf(o, "%s of 100", amount_point_beside(100 * score, 100 * other));
    else
        tdo_putf(o, " (%s)", about->counts);
}

/* A reading that something would need instead of what it has now: rounded away from that, so that
 * it is enough. */
static void speech_put_needed(tdo_sink *o, const tdo_criterion *c, double now, double needed)
{
    tdo_put_reading(o, c,
                    c->levels ? needed : decimal_beyond(needed, SPEECH_WORD_DIGITS, needed > now));
}

void speech_put_improvement(tdo_sink *o, const tdo_run *run, const tdo_improvement *y)
{
    const tdo_criterion *c = &run->scenario->criteria[y->criterion];
    const bool whole = !y->group && !c->linear;
    const bool up = y->to > y->from;
    if (whole) {
        tdo_putf(o, "%s ", c->label);
        speech_put_needed(o, c, y->from, y->to);
    } else {
        tdo_puts(o, y->column);
        if (y->group)
            tdo_putf(o, " of %s", y->group);
        tdo_puts(o, " ");
        amount_put_grouped(o, decimal_beyond(y->to, SPEECH_WORD_DIGITS, up));
    }
    tdo_puts(o, " instead of ");
    if (whole)
        tdo_put_reading(o, c, y->from);
    else
        amount_put_rounded(o, y->from, SPEECH_WORD_DIGITS);
    if (!isnan(y->until)) {
        tdo_puts(o, up ? ", up to " : ", down to ");
        if (c->levels)
            tdo_put_reading(o, c, y->until);
        else
            amount_put_grouped(o, decimal_beyond(y->until, SPEECH_WORD_DIGITS, !up));
    }
    if (!whole)
        tdo_putf(o, " (%s)", c->label);
    if (y->tied &&
        (c->levels || decimal_beyond(y->to, SPEECH_WORD_DIGITS, up) == y->to)) /* NOLINT: exact */
        tdo_puts(o, ", where it is level with another one");
}

void speech_say_assumed(speech *t, size_t i)
{
    const tdo_run *r = t->run;
    for (size_t c = 0; c < r->measured.d; c++)
        if (facts_is_assumed(r, c, i)) {
            const tdo_criterion *k = &r->scenario->criteria[c];
            tdo_putf(&t->o, "%s is not measured and counts as ", k->label);
            tdo_put_reading(&t->o, k, reading_of(r, c, i));
            tdo_puts(&t->o, ", the worst measured by the others");
            speech_end(t);
        }
}

/* "Thai" with 0.31 over 412 orders */
static void put_subgroup(tdo_sink *o, const tdo_criterion *c, const tdo_subgroups *g, size_t at)
{
    tdo_put_quoted(o, g->name[g->group[at]]);
    tdo_puts(o, " with ");
    amount_put_rounded(o, g->value[at], SPEECH_WORD_DIGITS);
    if (c->groups->take != TDO_TAKE_RATIO)
        amount_put_unit(o, c);
    if (g->size && !isnan(g->size[at])) {
        tdo_puts(o, " over ");
        amount_put_rounded(o, g->size[at], SPEECH_WORD_DIGITS);
        tdo_putf(o, " %s", c->groups->size);
    }
}

void speech_say_subgroups(speech *t, size_t i)
{
    const tdo_measured *x = &t->run->measured;
    for (size_t c = 0; x->groups && c < x->d; c++) {
        const tdo_criterion *k = &t->run->scenario->criteria[c];
        size_t worst = TDO_NONE, best = TDO_NONE;
        if (x->groups[c])
            tdo_subgroup_ends(k, x->groups[c], i, &worst, &best);
        if (worst == TDO_NONE)
            continue;
        bool compares = k->groups->take == TDO_TAKE_GAP || k->groups->take == TDO_TAKE_RATIO;
        tdo_putf(&t->o, "%s: the %s subgroup is ", k->label, compares ? "lowest" : "worst-off");
        put_subgroup(&t->o, k, x->groups[c], worst);
        if (compares && best != worst) {
            tdo_puts(&t->o, ", the highest ");
            put_subgroup(&t->o, k, x->groups[c], best);
        }
        speech_end(t);
    }
}

/* What candidate i has where constraint j looks. */
static void put_found(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const tdo_measured *x = &run->measured;
    if (is->criterion != TDO_NONE)
        tdo_put_reading(o, &run->scenario->criteria[is->criterion],
                        reading_of(run, is->criterion, i));
    else if (x->matches[j])
        tdo_put_quoted(o, x->words[j][x->word[j][i]]);
    else if (isnan(x->limited[j][i]))
        tdo_puts(o, "not measured");
    else
        amount_put_rounded(o, x->limited[j][i], SPEECH_WORD_DIGITS);
}

void speech_put_broken(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_constraint *k = &run->scenario->constraints[j];
    const tdo_limit_doubt *judge = tdo_judge_of(run->scenario, &run->doubts, j);
    double by = tdo_miss(run->scenario, &run->measured, j, i);
    if (judge && by <= 0) {
        speech_put_limit_of(o, run, k);
        tdo_puts(o, ": not shown, ");
        speech_put_holds(o, judge->holds[i], judge->level);
    } else {
        speech_put_limit_of(o, run, k);
        tdo_puts(o, " is missed");
    }
    if (by > 0) {
        tdo_puts(o, " by ");
        amount_put_rounded(o, by, SPEECH_WORD_DIGITS);
        if (k->condition.criterion != TDO_NONE)
            speech_put_unit_apart(o, &run->scenario->criteria[k->condition.criterion], by);
    }
    tdo_puts(o, " (it has ");
    put_found(o, run, j, i);
    double se = speech_error_under(run, j, i);
    if (by > 0 && by <= 2 * se)
        tdo_puts(o, by <= se ? ", within one standard error of the limit"
                             : ", within two standard errors of the limit");
    if (k->owner[0])
        tdo_putf(o, "; %s%s%s", speech_owner_of(run->scenario, k->owner), k->why[0] ? ": " : "",
                 k->why);
    else if (k->why[0])
        tdo_putf(o, "; %s", k->why);
    tdo_puts(o, ")");
}

void speech_put_need(tdo_sink *o, const tdo_scenario *s, const tdo_need *need)
{
    const tdo_criterion *c = &s->criteria[need->criterion];
    tdo_puts(o, c->label);
    if (need->has_min) {
        tdo_puts(o, " at least ");
        tdo_put_reading(o, c, need->min);
    }
    if (need->has_max) {
        tdo_puts(o, need->has_min ? " and at most " : " at most ");
        tdo_put_reading(o, c, need->max);
    }
}

void speech_put_weights(tdo_sink *o, const tdo_run *run, size_t stakeholder)
{
    const double *weight = run->utility.weight + stakeholder * run->utility.d;
    const char *before = "";
    for (size_t c = 0; c < run->utility.d; c++) {
        if (!(weight[c] > 0))
            continue;
        tdo_putf(o, "%s%s: ", before, run->scenario->criteria[c].label);
        amount_put_rounded(o, weight[c], 3);
        before = "; ";
    }
}
