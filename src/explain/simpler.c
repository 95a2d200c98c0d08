/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a simpler one is recommended, or is not. */
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/limits.h"
#include "explain/words.h"

static void put_difference(tdo_sink *o, tdo_rule rule, double by)
{
    if (tdo_rule_about[rule]->in_points)
        amount_put_points(o, 100 * by);
    else
        amount_put_rounded(o, by, SPEECH_SCORE_DIGITS);
}

const tdo_lead *speech_lead_over(const tdo_run *run, uint32_t slot)
{
    const tdo_ranking *k = &run->ranking;
    for (size_t q = 0; q < k->n_leads; q++)
        if (k->lead[q].slot == slot)
            return &k->lead[q];
    return NULL;
}

/* Within reach is a simpler one, and the lead over it is shown. */
static void say_shown_lead(speech *t, const tdo_lead *lead)
{
    const tdo_run *r = t->run;
    speech_put_candidate(&t->o, r, speech_candidate_of(r, lead->slot));
    tdo_putf(&t->o, " is better in %s and within reach, but the lead of ",
             r->scenario->criteria[r->scenario->simpler].label);
    speech_put_candidate(&t->o, r, speech_candidate_of(r, r->ranking.top));
    tdo_puts(&t->o, " over it is shown: ");
    speech_put_holds(&t->o, lead->holds, r->scenario->simpler_shown);
    speech_end(t);
}

static void say_preferred(speech *t)
{
    const tdo_run *r = t->run;
    const tdo_ranking *k = &r->ranking;
    const tdo_criterion *c = &r->scenario->criteria[r->scenario->simpler];
    const double *reading = r->measured.reading[r->scenario->simpler];
    const double *score = facts_headline(r)->score;
    const tdo_lead *lead = speech_lead_over(r, k->recommended);
    tdo_puts(&t->o, "The difference of ");
    put_difference(&t->o, k->rule, score[k->top] - score[k->recommended]);
    tdo_puts(&t->o, " is within the ");
    put_difference(&t->o, k->rule, r->scenario->simpler_within);
    tdo_putf(&t->o, " that the scenario calls too small to pay for less %s (", c->label);
    tdo_put_reading(&t->o, c, reading[speech_candidate_of(r, k->recommended)]);
    tdo_puts(&t->o, " instead of ");
    tdo_put_reading(&t->o, c, reading[speech_candidate_of(r, k->top)]);
    tdo_puts(&t->o, ")");
    if (lead) {
        tdo_puts(&t->o, ", and it is not shown: ");
        speech_put_holds(&t->o, lead->holds, r->scenario->simpler_shown);
    }
    speech_end(t);
}

void speech_say_simpler(speech *t)
{
    const tdo_ranking *k = &t->run->ranking;
    if (k->top != k->recommended)
        say_preferred(t);
    else if (k->n_leads > 0 && k->lead[0].holds >= t->run->scenario->simpler_shown)
        say_shown_lead(t, &k->lead[0]);
}
