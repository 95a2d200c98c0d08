/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a difference comes to, in sentences. */
#include <math.h>
#include <string.h>

#include "base/list.h"
#include "compare/diff_parts.h"
#include "explain/amount.h"
#include "explain/words.h"

enum { NAMES_SHOWN = 5 };

static const char *const area_words[TDO_AREAS] = {
    [TDO_AREA_DATA] = "the measurements", [TDO_AREA_CANDIDATES] = "who is a candidate",
    [TDO_AREA_CRITERIA] = "the criteria", [TDO_AREA_STAKEHOLDERS] = "the stakeholders",
    [TDO_AREA_WEIGHTS] = "the weights",   [TDO_AREA_POWERS] = "the powers",
    [TDO_AREA_LIMITS] = "the limits",     [TDO_AREA_RULE] = "the rule",
    [TDO_AREA_OTHER] = "the rest",
};

static void put_score(tdo_sink *o, double score, double beside)
{
    amount_put_rounded(o, score, amount_digits_beside(score, beside, SPEECH_SCORE_DIGITS));
}

/* ---- the recommendation ---- */

/* A bargaining rule under which nobody gains together: the score says nothing more. */
static bool gains_nothing(const tdo_result *r)
{
    for (int q = 0; q < TDO_RULES; q++)
        if (strcmp(tdo_rule_name[q], r->rule) == 0)
            return tdo_rule_about[q]->no_gain && r->score <= TDO_TIE;
    return false;
}

static void put_under(tdo_sink *o, const tdo_result *r, const tdo_result *other)
{
    if (gains_nothing(r)) {
        tdo_putf(o, "under %s, where nobody gains together", r->rule);
        return;
    }
    tdo_putf(o, "under %s, with score ", r->rule);
    put_score(o, r->score, other->score);
}

static void put_recommended(tdo_sink *o, const tdo_result *r, const tdo_result *other)
{
    tdo_put_quoted(o, r->recommended->id);
    if (r->simpler_than) {
        tdo_puts(o, ", simpler than ");
        tdo_put_quoted(o, r->simpler_than);
        tdo_puts(o, ",");
    }
    tdo_puts(o, " ");
    put_under(o, r, other);
    if (!r->simpler_than)
        diff_put_tied(o, r, r->rule, r->recommended->id, true);
}

/* What the same candidate had before, where that was something else. */
static void put_old_score(tdo_sink *o, const tdo_diff *d)
{
    bool other_rule = strcmp(d->was->rule, d->is->rule) != 0;
    if (!other_rule && d->was->score == d->is->score)
        return;
    tdo_puts(o, "; it was ");
    if (other_rule || gains_nothing(d->is) || gains_nothing(d->was))
        put_under(o, d->was, d->is);
    else
        put_score(o, d->was->score, d->is->score);
}

static void say_recommendation(speech *t, const tdo_diff *d)
{
    tdo_sink *o = &t->o;
    if (d->is->wants_set && d->was->wants_set)
        tdo_puts(o, "Of single candidates: ");
    if (!d->is->recommended && !d->was->recommended) {
        tdo_puts(o, "Nothing is feasible, as before");
    } else if (!d->is->recommended) {
        tdo_puts(o, "Nothing is feasible any more; recommended was ");
        put_recommended(o, d->was, d->is);
    } else if (!d->was->recommended) {
        tdo_puts(o, "Recommended is now ");
        put_recommended(o, d->is, d->was);
        tdo_puts(o, "; before, nothing was feasible");
    } else if (!d->same) {
        tdo_puts(o, "The recommendation is another one: ");
        put_recommended(o, d->is, d->was);
        tdo_puts(o, "; it was ");
        put_recommended(o, d->was, d->is);
    } else {
        tdo_puts(o, "The recommendation is the same: ");
        put_recommended(o, d->is, d->was);
        put_old_score(o, d);
    }
    speech_end(t);
}

static void say_lead(speech *t, const tdo_diff *d)
{
    if (!d->same || !d->is->runner_up || !d->was->runner_up || isnan(d->is->margin) ||
        isnan(d->was->margin) ||
        (d->is->margin == d->was->margin && strcmp(d->is->runner_up, d->was->runner_up) == 0))
        return;
    tdo_puts(&t->o, "Its lead over the runner-up ");
    tdo_put_quoted(&t->o, d->is->runner_up);
    tdo_puts(&t->o, " is ");
    put_score(&t->o, d->is->margin, d->was->margin);
    tdo_puts(&t->o, "; it was ");
    put_score(&t->o, d->was->margin, d->is->margin);
    if (strcmp(d->is->runner_up, d->was->runner_up) != 0) {
        tdo_puts(&t->o, " over ");
        tdo_put_quoted(&t->o, d->was->runner_up);
    }
    speech_end(t);
}

/* ---- what differs ---- */

/* Whoever came or went is known only where both results list everybody. */
static bool lists_all(const tdo_diff *d)
{
    return d->was->complete && d->is->complete;
}

static void put_area(tdo_sink *o, const tdo_diff *d, tdo_area area)
{
    size_t in_both = d->unchanged;
    for (size_t k = 0; k < d->n; k++)
        in_both += d->candidate[k].was && d->candidate[k].is;
    tdo_puts(o, area_words[area]);
    if (area == TDO_AREA_CANDIDATES && (d->added || d->removed))
        tdo_putf(o, " (%zu added, %zu removed)", d->added, d->removed);
    if (area == TDO_AREA_DATA && d->measured_anew) {
        tdo_putf(o, " (%zu of the %zu candidates that are %s both", d->measured_anew, in_both,
                 lists_all(d) ? "in" : "listed in");
        if (d->with_noise) /* without standard errors nothing can be said */
            tdo_putf(o, ", %zu of them beyond two standard errors", d->beyond);
        tdo_puts(o, ")");
    }
}

static void put_areas(tdo_sink *o, const tdo_diff *d, unsigned areas)
{
    size_t n = 0, k = 0;
    for (unsigned a = 0; a < TDO_AREA_OTHER; a++)
        n += areas >> a & 1;
    for (unsigned a = 0; a < TDO_AREA_OTHER; a++)
        if (areas >> a & 1) {
            tdo_puts(o, list_joint(k++, n));
            put_area(o, d, (tdo_area)a);
        }
}

static bool is_set(const tdo_diff *d, tdo_area area)
{
    for (size_t k = 0; k < d->n_settings; k++)
        if (d->setting[k].area == area)
            return true;
    return false;
}

static void say_no_cause(speech *t, const tdo_diff *d)
{
    tdo_puts(&t->o, "Nothing differs that a recommendation rests on");
    if (!d->same && strcmp(d->was->version, d->is->version) == 0)
        tdo_puts(&t->o, ", and yet the recommendations do: at least one of the two files is not as "
                        "the program wrote it");
    else if (!d->same)
        tdo_puts(&t->o, " but the version of the program");
    speech_end(t);
}

/* One cause can be named. How much each of several has to do with it would have to be computed, by
 * changing one at a time, from data that results do not hold. */
static void say_causes(speech *t, const tdo_diff *d)
{
    const unsigned data = 1u << TDO_AREA_DATA | 1u << TDO_AREA_CANDIDATES;
    const unsigned all = (1u << TDO_AREA_OTHER) - 1;
    bool scenario_asks_the_same = !(d->areas & ~data) && !is_set(d, TDO_AREA_CANDIDATES);
    bool single = !(d->areas & (d->areas - 1));
    if (!d->areas) {
        say_no_cause(t, d);
        return;
    }
    tdo_puts(&t->o, "What differs: ");
    put_areas(&t->o, d, d->areas);
    unsigned same = all & ~d->areas & ~(lists_all(d) ? 0u : 1u << TDO_AREA_CANDIDATES);
    for (size_t k = 0; k < d->n_criteria; k++)
        if (diff_scale_moved(&d->criterion[k]))
            same &= ~(1u << TDO_AREA_CRITERIA);
    for (size_t k = 0; k < d->n_people; k++) /* a share moves with who joins or leaves */
        if (d->person[k].power)
            same &= ~(1u << TDO_AREA_POWERS);
    if (same) {
        tdo_puts(&t->o, "; the same: ");
        put_areas(&t->o, d, same);
    }
    speech_end(t);
    diff_say_scales(t, d);
    if (!lists_all(d)) {
        tdo_puts(&t->o, "Not everybody is listed, so that nobody knows who came or went: "
                        "\"tradeoff run --candidates all\" lists them");
        speech_end(t);
    }
    if (d->same)
        return;
    if (diff_scale_decided(d)) {
        tdo_puts(&t->o, "Nothing else about ");
        tdo_put_quoted(&t->o, d->was->recommended->id);
        tdo_puts(&t->o, " and ");
        tdo_put_quoted(&t->o, d->is->recommended->id);
        tdo_puts(&t->o, " changed that their scores rest on: it is the moved range that changed "
                        "the recommendation");
    } else if (scenario_asks_the_same) {
        tdo_puts(&t->o, "The scenario asks the same, so it is the data that changed the "
                        "recommendation");
    } else if (single) {
        tdo_puts(&t->o, "So what changed the recommendation is ");
        put_areas(&t->o, d, d->areas);
    } else {
        tdo_puts(&t->o, "Several things differ at once, and these two results do not tell how much "
                        "each has to do with it: run the old scenario with one change at a time");
    }
    speech_end(t);
}

/* ---- one candidate ---- */

/* "Fraud found (0.766 instead of 0.832, 0.066 less, beyond two standard errors)" */
static void put_reading_change(tdo_sink *o, const tdo_diff_reading *r)
{
    tdo_putf(o, "%s (", r->is_of->label);
    diff_put_bare_reading(o, r->is_of, r->is, r->was);
    tdo_puts(o, " instead of ");
    diff_put_reading(o, r->was_of, r->was, r->is);
    if (!isnan(r->by) && r->by != 0) {
        tdo_puts(o, ", ");
        amount_put_rounded(o, fabs(r->by), SPEECH_WORD_DIGITS);
        tdo_puts(o, r->by > 0 ? " more" : " less");
    }
    if (r->indifferent)
        tdo_puts(o, ", which does not matter in practice");
    if (r->noise != TDO_NOISE_UNKNOWN)
        tdo_puts(o, r->noise == TDO_BEYOND_NOISE ? ", beyond two standard errors"
                                                 : ", within two standard errors");
    tdo_puts(o, r->imputed ? ", not measured now)" : ")");
}

static void say_measured(speech *t, const tdo_diff *d, const char *id)
{
    const tdo_diff_candidate *c = diff_find_changed(d, id);
    if (c ? !(c->was && c->is) : d->same)
        return;
    tdo_put_quoted(&t->o, id);
    if (!c || !c->n_readings) {
        tdo_puts(&t->o, " measures the same in every criterion that is in both");
    } else {
        tdo_puts(&t->o, " was measured anew: ");
        for (size_t k = 0; k < c->n_readings; k++) {
            tdo_puts(&t->o, list_joint(k, c->n_readings));
            put_reading_change(&t->o, &c->reading[k]);
        }
    }
    speech_end(t);
}

/* Reasons are sentences, with their full stop. */
static void put_reasons(tdo_sink *o, const tdo_result_candidate *c)
{
    for (size_t k = 0; k < c->n_reasons; k++) {
        size_t length = strlen(c->reason[k]);
        tdo_puts(o, k ? "; " : ": ");
        tdo_put(o, c->reason[k], length - (length && c->reason[k][length - 1] == '.'));
    }
}

/* Where a candidate stands in one of the results. */
static void put_standing(tdo_sink *o, const tdo_result *r, const tdo_result_candidate *c,
                         const char *when)
{
    if (!c) {
        tdo_puts(o, r->complete ? "no candidate " : "not among those listed ");
        tdo_puts(o, when);
    } else if (c->status != TDO_IS_FEASIBLE) {
        tdo_puts(o, c->status == TDO_IS_DROPPED ? "left out " : "infeasible ");
        tdo_puts(o, when);
        put_reasons(o, c);
    } else {
        tdo_putf(o, "number %zu of %zu %s, with score ", c->rank, r->feasible_n, when);
        put_score(o, c->score, c->score);
        diff_put_tied(o, r, r->rule, c->id, true);
        if (c->dominated_by) {
            tdo_puts(o, ", beaten outright by ");
            tdo_put_quoted(o, c->dominated_by);
        }
    }
}

static bool is_tied(const tdo_result *r, const char *id)
{
    for (size_t k = 0; k < r->n_ties; k++)
        if (strcmp(r->tie[k], id) == 0)
            return true;
    return false;
}

static void say_old_one(speech *t, const tdo_diff *d)
{
    if (d->same || !d->was->recommended)
        return;
    const char *id = d->was->recommended->id;
    tdo_put_quoted(&t->o, id);
    tdo_puts(&t->o, " is ");
    put_standing(&t->o, d->is, tdo_result_find(d->is, id), "now");
    if (is_tied(d->is, id))
        tdo_puts(&t->o, "; in practice it is as good as the one recommended now: no criterion "
                        "differs by more than its indifference");
    speech_end(t);
    if (tdo_result_find(d->is, id))
        say_measured(t, d, id);
}

static void say_new_one(speech *t, const tdo_diff *d)
{
    if (!d->is->recommended)
        return;
    const char *id = d->is->recommended->id;
    const tdo_result_candidate *then = tdo_result_find(d->was, id);
    if (!d->same) {
        tdo_put_quoted(&t->o, id);
        tdo_puts(&t->o, " was ");
        put_standing(&t->o, d->was, then, "before");
        speech_end(t);
    }
    if (then)
        say_measured(t, d, id);
}

/* ---- the rest ---- */

static void say_names(speech *t, const char *what, const char *const *name, size_t n)
{
    size_t shown = n > NAMES_SHOWN + 1 ? NAMES_SHOWN : n;
    if (!n)
        return;
    tdo_puts(&t->o, what);
    for (size_t k = 0; k < shown; k++) {
        tdo_puts(&t->o, list_joint(k, n));
        tdo_put_quoted(&t->o, name[k]);
    }
    list_rest(&t->o, shown, n);
    speech_end(t);
}

static void say_versions(speech *t, const tdo_diff *d)
{
    if (strcmp(d->was->version, d->is->version) == 0)
        return;
    tdo_puts(&t->o, "The results were made by different versions of the program: ");
    tdo_put_quoted(&t->o, d->was->version);
    tdo_puts(&t->o, " and ");
    tdo_put_quoted(&t->o, d->is->version);
    speech_end(t);
}

tdo_status tdo_explain_diff(const tdo_diff *d, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(NULL, a);
    diff_say_set(&t, d);
    say_recommendation(&t, d);
    say_lead(&t, d);
    say_causes(&t, d);
    say_old_one(&t, d);
    say_new_one(&t, d);
    say_names(&t, "New on the frontier: ", d->frontier_in, d->n_in);
    say_names(&t, "No longer on the frontier: ", d->frontier_out, d->n_out);
    say_versions(&t, d);
    return speech_finish(&t, out);
}
