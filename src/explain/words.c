/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the pieces of sentences: names, readings, comparisons, lists of limits. */
#include "explain/words.h"
#include "base/array.h"
#include "base/decimal.h"
#include "base/list.h"
#include "explain/facts.h"
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

size_t tdo_find_candidate(const tdo_measured *x, const char *id)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->id[i], id) == 0)
            return i;
    return TDO_NONE;
}

static void put_unit(tdo_sink *o, const tdo_criterion *c)
{
    if (c->unit[0])
        tdo_putf(o, " %s", c->unit);
}

void tdo_put_reading(tdo_sink *o, const tdo_criterion *c, double reading)
{
    if (isnan(reading)) {
        tdo_puts(o, "not measured");
    } else if (c->levels && reading >= 0 && reading < (double)c->n_levels) {
        tdo_puts(o, c->levels[(size_t)reading]);
    } else {
        tdo_put_rounded(o, reading, SPEECH_WORD_DIGITS);
        put_unit(o, c);
    }
}

static double reading_of(const tdo_run *run, size_t c, size_t i)
{
    return run->measured.reading[c * run->measured.n + i];
}

bool speech_within_noise(const tdo_run *run, size_t c, size_t i, size_t j)
{
    const double *se = run->measured.se[c];
    if (!se || isnan(se[i]) || isnan(se[j]))
        return false;
    double by = reading_of(run, c, i) - reading_of(run, c, j);
    return fabs(by) <= 2 * sqrt(se[i] * se[i] + se[j] * se[j]);
}

void speech_put_by(tdo_sink *o, const tdo_criterion *k, double a, double b)
{
    if (k->goal != TDO_GOAL_TARGET) {
        tdo_put_rounded(o, fabs(tdo_beyond(a, 0, b)), SPEECH_WORD_DIGITS);
        tdo_puts(o, a > b ? " more" : " less");
        return;
    }
    double by = tdo_beyond(tdo_measurement(k, a), 0, tdo_measurement(k, b));
    if (by != 0)
        tdo_put_rounded(o, fabs(by), SPEECH_WORD_DIGITS);
    tdo_puts(o, by < 0 ? " nearer to " : by > 0 ? " farther from " : "as far from ");
    tdo_put_rounded(o, k->target, SPEECH_WORD_DIGITS);
}

static void put_bare(tdo_sink *o, const tdo_run *run, size_t c, size_t i)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    double reading = reading_of(run, c, i);
    if (k->levels || isnan(reading))
        tdo_put_reading(o, k, reading);
    else
        tdo_put_rounded(o, reading, SPEECH_WORD_DIGITS);
    if (facts_is_assumed(run, c, i))
        tdo_puts(o, " (not measured, taken as the worst)");
}

/* "latency (118 instead of 130 ms, 12 less)" */
static void put_difference(tdo_sink *o, const tdo_run *run, size_t c, size_t i, size_t j)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    tdo_putf(o, "%s (", k->label);
    put_bare(o, run, c, i);
    tdo_puts(o, " instead of ");
    if (facts_is_assumed(run, c, j))
        put_bare(o, run, c, j);
    else
        tdo_put_reading(o, k, reading_of(run, c, j));
    if (!k->levels) {
        tdo_puts(o, ", ");
        speech_put_by(o, k, reading_of(run, c, i), reading_of(run, c, j));
    }
    if (speech_within_noise(run, c, i, j))
        tdo_puts(o, ", within two standard errors");
    tdo_puts(o, ")");
}

/* Is the difference of two readings one that does not matter in practice? */
static bool is_indifferent(const tdo_run *run, size_t c, size_t i, size_t j)
{
    return tdo_is_indifferent(&run->scenario->criteria[c], reading_of(run, c, i),
                              reading_of(run, c, j));
}

/* Two candidates to be compared. */
typedef struct contrast {
    const tdo_run *run;
    size_t i, j;
    const double *weight; /* [d] criteria with weight 0 are passed over; NULL: none is */
} contrast;

/* How many criteria have i better (sign 1) or worse (-1) than j; which[] gets them in order. */
static size_t where_differs(const contrast *x, int sign, size_t *which)
{
    size_t n = 0;
    for (size_t c = 0; c < x->run->measured.d; c++) {
        double a = reading_of(x->run, c, x->i), b = reading_of(x->run, c, x->j);
        bool counts = !x->weight || x->weight[c] > 0;
        if (counts && !isnan(a) && !isnan(b) &&
            tdo_better(&x->run->scenario->criteria[c], a, b) == sign)
            which[n++] = c;
    }
    return n;
}

/* The same without those that do not matter in practice, which are added to small[]. */
static size_t where_matters(const contrast *x, int sign, size_t *which, size_t *small,
                            size_t *n_small)
{
    size_t all = where_differs(x, sign, which), n = 0;
    for (size_t k = 0; k < all; k++) {
        if (is_indifferent(x->run, which[k], x->i, x->j))
            small[(*n_small)++] = which[k];
        else
            which[n++] = which[k];
    }
    return n;
}

void speech_put_comparison(tdo_sink *o, const tdo_run *run, size_t i, size_t j,
                           const double *weight)
{
    size_t gains[TDO_MAX_CRITERIA], losses[TDO_MAX_CRITERIA], small[2 * TDO_MAX_CRITERIA];
    const contrast x = {run, i, j, weight};
    size_t n_small = 0;
    size_t n_gains = where_matters(&x, 1, gains, small, &n_small);
    size_t n_losses = where_matters(&x, -1, losses, small, &n_small);
    if (!n_gains && !n_losses && !n_small)
        tdo_puts(o, weight ? "it measures the same in what they weigh"
                           : "it measures the same in every criterion");
    for (size_t k = 0; k < n_gains; k++) {
        tdo_puts(o, k ? list_joint(k, n_gains) : "it gains in ");
        put_difference(o, run, gains[k], i, j);
    }
    for (size_t k = 0; k < n_losses; k++) {
        tdo_puts(o, k ? list_joint(k, n_losses) : n_gains ? "; it gives up " : "it gives up ");
        put_difference(o, run, losses[k], i, j);
    }
    if (n_gains && !n_losses)
        tdo_puts(o, n_small ? " and gives up nothing that matters" : " and gives up nothing");
    if (n_losses && !n_gains)
        tdo_puts(o, n_small ? " and gains nothing that matters" : " and gains nothing");
    for (size_t k = 0; k < n_small; k++) {
        tdo_puts(o, k                     ? list_joint(k, n_small)
                    : n_gains || n_losses ? "; as good in practice: "
                                          : "it is as good in practice: ");
        put_difference(o, run, small[k], i, j);
    }
}

void speech_put_needed(tdo_sink *o, const tdo_criterion *c, double now, double needed)
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
        tdo_put_number(o, decimal_beyond(y->to, SPEECH_WORD_DIGITS, up));
    }
    tdo_puts(o, " instead of ");
    if (whole)
        tdo_put_reading(o, c, y->from);
    else
        tdo_put_rounded(o, y->from, SPEECH_WORD_DIGITS);
    if (!isnan(y->until)) {
        tdo_puts(o, up ? ", up to " : ", down to ");
        if (c->levels)
            tdo_put_reading(o, c, y->until);
        else
            tdo_put_number(o, decimal_beyond(y->until, SPEECH_WORD_DIGITS, !up));
    }
    if (!whole)
        tdo_putf(o, " (%s)", c->label);
}

void speech_put_lead(tdo_sink *o, const tdo_run *run, size_t i, size_t j)
{
    size_t gains[TDO_MAX_CRITERIA], n = where_differs(&(contrast){run, i, j, NULL}, 1, gains);
    for (size_t k = 0; k < n; k++) {
        const tdo_criterion *c = &run->scenario->criteria[gains[k]];
        double a = reading_of(run, gains[k], i), b = reading_of(run, gains[k], j);
        tdo_puts(o, list_joint(k, n));
        if (c->levels) {
            tdo_putf(o, "%s (%s instead of %s)", c->label, c->levels[(size_t)a],
                     c->levels[(size_t)b]);
        } else {
            tdo_putf(o, "%s by ", c->label);
            tdo_put_rounded(o, fabs(tdo_beyond(tdo_measurement(c, a), 0, tdo_measurement(c, b))),
                            SPEECH_WORD_DIGITS);
            put_unit(o, c);
        }
        if (is_indifferent(run, gains[k], i, j))
            tdo_puts(o, " (which does not matter in practice)");
    }
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
    tdo_put_rounded(o, g->value[at], SPEECH_WORD_DIGITS);
    if (c->groups->take != TDO_TAKE_RATIO)
        put_unit(o, c);
    if (g->size && !isnan(g->size[at])) {
        tdo_puts(o, " over ");
        tdo_put_rounded(o, g->size[at], SPEECH_WORD_DIGITS);
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
        tdo_put_rounded(o, x->limited[j][i], SPEECH_WORD_DIGITS);
}

void speech_put_broken(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_constraint *k = &run->scenario->constraints[j];
    const tdo_limit_doubt *judge = tdo_judge_of(run->scenario, &run->doubts, j);
    double by = tdo_miss(run->scenario, &run->measured, j, i);
    if (judge && by <= 0) {
        tdo_putf(o, "%s: not shown, ", k->text);
        speech_put_holds(o, judge->holds[i], judge->level);
    } else {
        tdo_putf(o, "%s is missed", k->text);
    }
    if (by > 0) {
        tdo_puts(o, " by ");
        tdo_put_rounded(o, by, SPEECH_WORD_DIGITS);
        if (k->condition.criterion != TDO_NONE &&
            !run->scenario->criteria[k->condition.criterion].levels)
            put_unit(o, &run->scenario->criteria[k->condition.criterion]);
    }
    tdo_puts(o, " (it has ");
    put_found(o, run, j, i);
    double se = speech_error_under(run, j, i);
    if (by > 0 && by <= 2 * se)
        tdo_puts(o, by <= se ? ", within one standard error of the limit"
                             : ", within two standard errors of the limit");
    if (k->owner[0])
        tdo_putf(o, "; %s%s%s", k->owner, k->why[0] ? ": " : "", k->why);
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
        tdo_put_rounded(o, weight[c], 3);
        before = "; ";
    }
}
