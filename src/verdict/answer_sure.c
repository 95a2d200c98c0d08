/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the answer is, in one line: how often it comes first again, and what would turn it. */
#include <math.h>

#include "explain/amount.h"
#include "explain/firsts.h"
#include "explain/limits.h"
#include "explain/words.h"
#include "verdict/answer_turn.h"

static const double SURE_FROM = 0.6;  /* first in so many repeats */
static const double SURE_ROOM = 0.01; /* a weight may move by so much */

static double answer_first_of(const tdo_run *run, uint32_t slot, bool *at_least)
{
    const double *together = run->robust.correlated;
    double first = run->robust.candidate[slot].first;
    *at_least = together != NULL;
    return together && together[slot] < first ? together[slot] : first;
}

/* The same number as in the column of all, where it is the one of independent errors. */
static void put_first(answer_writer *w, tdo_sink *o, double first, bool at_least)
{
    const tdo_run *run = w->run;
    const uint32_t slot = run->ranking.recommended;
    speech_firsts firsts;
    if (first < run->robust.candidate[slot].first) {
        amount_put_in_100(o, first, at_least);
        return;
    }
    w->failed = w->failed || !speech_find_firsts(run, 1, w->a, &firsts);
    if (w->failed)
        return;
    const uint32_t parts = firsts.parts[slot];
    speech_put_first(o, &firsts, slot, ">99");
    tdo_puts(o, at_least && parts > 0 && parts < 100 ? "+" : "");
}

/* In how many of a hundred repeats it is first again. False: nothing was repeated. */
static bool put_repeats(answer_writer *w, tdo_sink *o)
{
    const tdo_run *run = w->run;
    bool at_least = false;
    if (!run->sampled || !run->robust.samples || !facts_is_uncertain(run))
        return false;
    const double first = answer_first_of(run, run->ranking.recommended, &at_least);
    put_first(w, o, first, at_least);
    tdo_puts(o, " in 100");
    w->out->sure = w->out->sure && first >= SURE_FROM;
    return true;
}

/* A simpler one is recommended: how far it is behind. */
static void say_simpler(answer_writer *w)
{
    const tdo_run *run = w->run;
    const tdo_ranking *r = &run->ranking;
    const double *score = facts_headline(run)->score;
    tdo_sink o = tdo_sink_memory(w->a), often = tdo_sink_memory(w->a);
    if (!tdo_rule_about[r->rule]->in_points)
        return;
    amount_put_points(&o, 100 * (score[r->top] - score[r->recommended]));
    tdo_puts(&o, " of 100 behind, and ");
    amount_put_rounded(&o, 100 * run->scenario->simpler_within, 6);
    tdo_puts(&o, " are allowed for what is simpler");
    const tdo_lead *lead = speech_lead_over(run, r->recommended);
    if (lead) {
        tdo_puts(&o, "; not shown, ");
        speech_put_holds(&o, lead->holds, run->scenario->simpler_shown);
    }
    const bool repeated = put_repeats(w, &often);
    w->out->sure = w->out->sure && !w->limits_open;
    if (repeated && !w->out->sure)
        tdo_putf(&o, "; first by points %s", answer_taken(w, &often));
    (void)answer_add(w, w->out->sure ? "Sure" : "Unsure", &o);
}

/* "student-of-ensemble is 0.04 points behind": where the score of the rule is a utility. */
static bool put_next(answer_writer *w, tdo_sink *o)
{
    const tdo_ranking *r = &w->run->ranking;
    if (r->runner_up == UINT32_MAX || !tdo_rule_about[r->rule]->in_points ||
        !(facts_behind(w->run, r->runner_up) > TDO_TIE))
        return false;
    const double by = 100 * facts_behind(w->run, r->runner_up);
    answer_put_slot(o, w->run, r->runner_up);
    tdo_puts(o, " is ");
    amount_put_points(o, by);
    tdo_puts(o, " of 100 behind");
    return true;
}

/* "x", "x and y", "x and 3 more": those of the slots that are not recommended. */
static void put_others(answer_writer *w, tdo_sink *o, const uint32_t *slot, size_t n)
{
    const uint32_t recommended = w->run->ranking.recommended;
    size_t others = 0, said = 0;
    for (size_t k = 0; k < n; k++)
        others += slot[k] != recommended;
    const size_t most = others > 2 ? 1 : others;
    for (size_t k = 0; k < n && said < most; k++)
        if (slot[k] != recommended) {
            tdo_puts(o, said++ ? " and " : "");
            answer_put_slot(o, w->run, slot[k]);
        }
    if (others > most)
        tdo_putf(o, " and %zu more", others - most);
}

/* Who does as well, as far as the errors tell or as far as it matters. False: nobody. The tie is
 * kept from every pair at once: who is first in as many repeats all the same is not said to be in
 * it. */
static bool put_equals(answer_writer *w, tdo_sink *o)
{
    const tdo_run *run = w->run;
    const tdo_ranking *r = &run->ranking;
    bool at_least = false;
    const bool by_noise = run->sampled && run->robust.tie && run->robust.n_tie > 1 &&
                          answer_first_of(run, r->recommended, &at_least) < run->robust.level;
    if (by_noise) {
        tdo_puts(o, "tied on this evidence with ");
        put_others(w, o, run->robust.tie, run->robust.n_tie);
        tdo_puts(o, facts_ties_are_as_good(run) ? ", as good in practice" : "");
        w->out->sure = false;
    } else if (r->n_tied) {
        put_others(w, o, r->tied, r->n_tied);
        tdo_puts(o, r->n_tied == 1 ? " is as good in practice" : " are as good in practice");
    }
    return by_noise || r->n_tied;
}

/* What would turn it, or how far the next one is behind. said: something stands before. False:
 * there is nothing to say. */
static bool put_margin(answer_writer *w, tdo_sink *o, tdo_sink *now, bool said)
{
    const tdo_run *run = w->run;
    bool known = false;
    answer_turn nearest = {.by = INFINITY};
    if (run->choice.computed && run->choice.headline.first == run->ranking.recommended)
        nearest = answer_nearest_turn(&run->choice.headline, &known);
    if (nearest.hold && answer_put_turn(w, o, now, &nearest)) {
        w->out->sure = w->out->sure && nearest.by >= SURE_ROOM;
    } else if (known && !nearest.hold) {
        tdo_puts(o, run->scenario->simpler == TDO_NONE
                        ? "no single weight or power turns it"
                        : "no single weight or power puts another one first by the rule");
    } else if (!put_next(w, o)) {
        tdo_puts(o, said ? "what would turn it was not looked for" : "");
        return said;
    }
    return true;
}

void answer_say_sure(answer_writer *w, bool draft)
{
    const tdo_run *run = w->run;
    tdo_sink often = tdo_sink_memory(w->a), rest = tdo_sink_memory(w->a);
    tdo_sink now = tdo_sink_memory(w->a), o = tdo_sink_memory(w->a);
    if (run->ranking.top != run->ranking.recommended) {
        say_simpler(w);
        return;
    }
    const bool repeated = put_repeats(w, &often);
    bool said = true, close = false;
    const char *label = NULL;
    if (facts_another_first(run) != UINT32_MAX) {
        tdo_puts(&rest, facts_first_by_name(run)
                            ? "a tie, the first by name is chosen"
                            : "a tie, one that nobody beats outright is chosen");
        w->out->sure = false;
    } else if (draft && put_next(w, &rest)) {
        label = repeated ? NULL : "Second"; /* nothing was found out of how sure it is */
    } else {
        tdo_puts(&rest, put_equals(w, &rest) ? "; " : "");
        const bool sure = w->out->sure;
        if (w->limits_open)
            tdo_puts(&rest, "a limit decides within noise; ");
        w->out->sure = sure && !w->limits_open;
        said = put_margin(w, &rest, &now, repeated);
        close = repeated && sure && !w->out->sure;
    }
    if (!said)
        return;
    w->out->sure = w->out->sure && !w->limits_open;
    if (close) /* ">99 in 100" is no reason for "Unsure" */
        tdo_putf(&o, "%s%s, though %s", answer_taken(w, &rest), answer_taken(w, &now),
                 answer_taken(w, &often));
    else
        tdo_putf(&o, "%s%s%s", answer_taken(w, &often), repeated ? "; " : "",
                 answer_taken(w, &rest));
    answer_add_with(w,
                    label          ? label
                    : w->out->sure ? "Sure"
                                   : "Unsure",
                    &o, close ? &(tdo_sink){0} : &now);
}
