/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is where readings have errors and weights are open, in words. */
#include "base/list.h"
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/firsts.h"
#include "explain/limits.h"
#include "explain/words.h"

#include <math.h>

enum { LEADERS = 4, TIED_SHOWN = 8 };

static void put_slot(tdo_sink *o, const tdo_run *run, uint32_t slot)
{
    speech_put_candidate(o, run, speech_candidate_of(run, slot));
}

/* A share of the samples in percent, to the digits that its error leaves. */
static void put_share(tdo_sink *o, double share, double error, uint64_t samples)
{
    if (!(share > 0)) {
        tdo_puts(o, "below ");
        amount_put_rounded(o, 300 / (double)samples, 1);
        tdo_puts(o, "%");
        return;
    }
    double unit = 1;
    while (unit > 1e-4 && 100 * error < unit)
        unit /= 10;
    amount_put_rounded(o, floor(100 * share / unit + 0.5) * unit, 6);
    tdo_puts(o, "%");
}

static void put_estimate(speech *t, double share)
{
    double n = (double)t->run->robust.samples, q = (share * n + 0.5) / (n + 1);
    put_share(&t->o, share, sqrt(q * (1 - q) / n), t->run->robust.samples);
}

/* How many sources say nothing of what errors share. */
static size_t count_unstated(const tdo_robust *x)
{
    size_t n = 0;
    for (size_t k = 0; k < x->n_noise; k++)
        n += x->noise[k].unstated;
    return n;
}

/* The most often first ones: list: [LEADERS]. */
static size_t find_leaders(const tdo_run *run, uint32_t *list)
{
    size_t n = 0;
    for (size_t k = 0; k < run->screened.feasible_n; k++) {
        uint32_t slot = run->ranking.order[k];
        double first = run->robust.candidate[slot].first;
        size_t at = n;
        if (!(first > 0))
            continue;
        for (; at > 0 && run->robust.candidate[list[at - 1]].first < first; at--)
            if (at < LEADERS)
                list[at] = list[at - 1];
        if (at < LEADERS)
            list[at] = slot;
        n += n < LEADERS;
    }
    return n;
}

static void put_first(speech *t, const speech_firsts *x, uint32_t slot)
{
    speech_put_first(&t->o, x, slot, "100");
    tdo_puts(&t->o, "%");
}

static void say_first(speech *t)
{
    const tdo_robust *x = &t->run->robust;
    uint32_t leader[LEADERS];
    size_t n = find_leaders(t->run, leader);
    speech_firsts firsts;
    t->failed = t->failed || !speech_find_firsts_by_error(t->run, t->a, &firsts);
    if (!n || t->failed)
        return;
    put_slot(&t->o, t->run, leader[0]);
    tdo_puts(&t->o, " is first in ");
    put_first(t, &firsts, leader[0]);
    tdo_puts(&t->o, " of ");
    amount_put_count(&t->o, x->samples, "repeat", "repeats");
    for (size_t k = 1; k < n; k++) {
        tdo_puts(&t->o, k == 1 ? ", " : list_joint(k - 1, n - 1));
        put_slot(&t->o, t->run, leader[k]);
        tdo_puts(&t->o, " in ");
        put_first(t, &firsts, leader[k]);
    }
    const size_t unstated = count_unstated(x);
    if (unstated)
        tdo_puts(&t->o, unstated == x->n_noise
                            ? ", if errors are independent"
                            : ", if errors whose correlation is not stated are independent");
    speech_end(t);
}

static void say_correlated(speech *t)
{
    const tdo_robust *x = &t->run->robust;
    uint32_t leader = 0;
    if (!x->correlated)
        return;
    for (uint32_t k = 1; k < t->run->screened.feasible_n; k++)
        leader = x->correlated[k] > x->correlated[leader] ? k : leader;
    tdo_puts(&t->o, count_unstated(x) == x->n_noise
                        ? "If the errors of all candidates shared"
                        : "If the errors whose correlation is not stated shared");
    tdo_puts(&t->o, " most of their cause (correlation 0.9), ");
    put_slot(&t->o, t->run, leader);
    tdo_puts(&t->o, " would be first in ");
    put_estimate(t, x->correlated[leader]);
    speech_end(t);
}

static void say_tie(speech *t)
{
    static const char *const number[] = {"",     "",    "Two",   "Three", "Four",
                                         "Five", "Six", "Seven", "Eight"};
    const tdo_robust *x = &t->run->robust;
    if (!x->tie || t->run->screened.feasible_n < 2)
        return;
    if (x->n_tie < 2) {
        tdo_puts(&t->o, "As far as errors go, ");
        put_slot(&t->o, t->run, t->run->ranking.top);
        tdo_puts(&t->o, " is ahead of all others (at ");
        amount_put_rounded(&t->o, 100 * x->level, SPEECH_SCORE_DIGITS);
        tdo_puts(&t->o, "%)");
        if (facts_has_open_weights(t->run) && x->candidate[t->run->ranking.top].first < x->level)
            tdo_puts(&t->o, "; open weights are what puts others first in some repeats");
        speech_end(t);
        return;
    }
    if (x->n_tie <= TIED_SHOWN)
        tdo_puts(&t->o, number[x->n_tie]);
    else
        tdo_putf(&t->o, "%zu", x->n_tie);
    tdo_puts(&t->o, " candidates are tied on this evidence: ");
    size_t shown = x->n_tie < TIED_SHOWN ? x->n_tie : TIED_SHOWN;
    for (size_t k = 0; k < shown; k++) {
        tdo_puts(&t->o, x->n_tie > shown && k ? ", " : list_joint(k, x->n_tie));
        put_slot(&t->o, t->run, x->tie[k]);
    }
    list_rest(&t->o, shown, x->n_tie);
    if (facts_ties_are_as_good(t->run))
        tdo_puts(&t->o, "; choosing among them is a matter of taste");
    else if (x->candidate[t->run->ranking.top].first < x->level)
        tdo_puts(&t->o, "; what was measured does not tell which of them is best");
    speech_end(t);
}

/* Is slot a first more often than b, by more than two standard errors of the difference? */
static bool more_often(const tdo_robust *x, uint32_t a, uint32_t b)
{
    const double p = x->candidate[a].first, q = x->candidate[b].first;
    return p - q > 2 * sqrt((p + q - (p - q) * (p - q)) / (double)x->samples);
}

/* Where the recommended, the best expected and the most often first one differ. */
static void say_differences(speech *t)
{
    const tdo_robust *x = &t->run->robust;
    uint32_t now = t->run->ranking.recommended;
    if (x->most_often != now && more_often(x, x->most_often, now)) {
        put_slot(&t->o, t->run, x->most_often);
        tdo_puts(&t->o, " is first most often, but ");
        put_slot(&t->o, t->run, now);
        tdo_puts(&t->o, " is recommended");
        speech_end(t);
    }
    if (x->best_expected != now) {
        put_slot(&t->o, t->run, x->best_expected);
        tdo_puts(&t->o, " is best on average over the repeats, but ");
        put_slot(&t->o, t->run, now);
        tdo_puts(&t->o, " is recommended");
        speech_end(t);
    }
}

/* ---- limits ---- */

static void say_limits(speech *t)
{
    const tdo_limit_doubts *d = &t->run->doubts;
    for (size_t k = 0; k < d->n; k++)
        if (speech_put_sureness(&t->o, t->run, d->limit[k].constraint, t->run->sampled))
            speech_end(t);
    if (d->n > 1 && t->run->sampled) {
        tdo_puts(&t->o, "A candidate must meet all limits at once, so that their number needs no "
                        "correction");
        speech_end(t);
    }
}

/* ---- doubt ---- */

static void put_source(speech *t, const tdo_doubt_source *d)
{
    if (d->kind == TDO_DOUBT_POWERS) {
        tdo_puts(&t->o, "the powers");
        return;
    }
    if (d->kind == TDO_DOUBT_WEIGHTS) {
        tdo_putf(&t->o, "the weights of %s", t->run->scenario->stakeholders[d->index].label);
        return;
    }
    tdo_puts(&t->o, t->run->robust.noise[d->index].kind == TDO_ERROR_DRAWS ? "the draws of "
                                                                           : "the errors of ");
    tdo_put_quoted(&t->o, t->run->robust.noise[d->index].name);
}

/* Only where one source is the most doubtful both ways, and makes at least half of the doubt. */
static void say_doubt(speech *t)
{
    const tdo_robust *x = &t->run->robust;
    size_t worst = 0, best = 0;
    if (!x->doubted || x->n_doubt < 2)
        return;
    for (size_t k = 1; k < x->n_doubt; k++) {
        worst = x->doubt[k].alone < x->doubt[worst].alone ? k : worst;
        best = x->doubt[k].without > x->doubt[best].without ? k : best;
    }
    double doubt = 1 - x->stays;
    if (worst != best || !(doubt > 0) || 1 - x->doubt[worst].alone < doubt / 2)
        return;
    tdo_puts(&t->o, "Most of the doubt comes from ");
    put_source(t, &x->doubt[worst]);
    tdo_puts(&t->o, x->doubt[worst].kind == TDO_DOUBT_NOISE ? ": without them, "
                                                            : ": held where they are now, ");
    put_slot(&t->o, t->run, t->run->ranking.top);
    tdo_puts(&t->o, " would stay first in ");
    put_estimate(t, x->doubt[worst].without);
    tdo_puts(&t->o, " of the repeats instead of ");
    put_estimate(t, x->stays);
    speech_end(t);
}

/* ---- what was left out ---- */

static void say_left_out(speech *t)
{
    const tdo_robust *x = &t->run->robust;
    const tdo_scenario *s = t->run->scenario;
    size_t f = t->run->screened.feasible_n;
    for (size_t k = 0; k < x->n_exact_groups; k++) {
        tdo_putf(&t->o, "The errors of the subgroups of %s are not sampled: it counts as exact",
                 s->criteria[x->exact_groups[k]].label);
        speech_end(t);
    }
    if (f > TDO_ROBUST_PAIRS) {
        tdo_putf(&t->o,
                 "Above %d candidates that meet every limit, doubt by source is left out, and the "
                 "tie is looked for among as many best, pair by pair",
                 TDO_ROBUST_PAIRS);
        speech_end(t);
    }
    if (x->many_sources) {
        tdo_putf(&t->o, "With more than %d sources of doubt, doubt by source is left out",
                 TDO_ROBUST_SOURCES);
        speech_end(t);
    }
    if (x->interrupted) {
        tdo_putf(&t->o, "Interrupted after %llu samples: what would have followed is left out",
                 (unsigned long long)x->samples);
        speech_end(t);
    }
}

static void say_alone(speech *t, const char *text)
{
    tdo_puts(&t->o, text);
    speech_end(t);
}

tdo_status tdo_explain_robust(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    *out = (tdo_sentences){0};
    if (!run->sampled) {
        say_limits(&t);
        return speech_finish(&t, out);
    }
    if (!run->feasible)
        say_alone(&t, "No candidate meets every limit: there is no choice to be sure of");
    else if (!facts_is_uncertain(run))
        say_alone(&t, "Nothing is uncertain here: no reading has an error, no weights are open");
    else if (!run->robust.samples && !run->robust.interrupted)
        say_alone(&t, "No samples were asked for: only limits are judged");
    if (run->robust.candidate && run->robust.samples && facts_is_uncertain(run)) {
        say_first(&t);
        say_tie(&t);
        say_correlated(&t);
        say_differences(&t);
    }
    say_limits(&t);
    if (run->robust.candidate && run->robust.samples && facts_is_uncertain(run))
        say_doubt(&t);
    speech_say_next(&t);
    say_left_out(&t);
    return speech_finish(&t, out);
}
