/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a candidate stands where it stands, and why not another one. */
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/limits.h"

#include <math.h>

/* What was not measured of a dropped candidate. */
static void say_missing(speech *t, size_t i)
{
    const tdo_run *r = t->run;
    for (size_t c = 0; c < r->measured.d; c++)
        if (isnan(r->measured.reading[c * r->measured.n + i])) {
            tdo_putf(&t->o, "%s is not measured", r->scenario->criteria[c].label);
            speech_end(t);
        }
    for (size_t j = 0; j < r->measured.m; j++)
        if (r->measured.limited[j] && isnan(r->measured.limited[j][i])) {
            tdo_putf(&t->o, "%s is not measured", r->scenario->constraints[j].condition.column);
            speech_end(t);
        }
}

/* What would show a limit that asks for it. */
static void say_items_needed(speech *t, size_t j, size_t i)
{
    const tdo_limit_doubt *judge = tdo_judge_of(t->run->scenario, &t->run->doubts, j);
    if (!judge || isnan(judge->needs[i]))
        return;
    speech_put_items_needed(&t->o, judge->needs[i]);
    speech_end(t);
}

static void say_broken(speech *t, size_t i)
{
    for (size_t j = 0; j < t->run->measured.m; j++)
        if (t->run->screened.broken[i] >> j & 1) {
            speech_put_broken(&t->o, t->run, j, i);
            speech_end(t);
            say_items_needed(t, j, i);
        }
}

tdo_status tdo_reasons(const tdo_run *run, size_t i, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    if (run->measured.dropped[i])
        say_missing(&t, i);
    say_broken(&t, i);
    speech_say_assumed(&t, i);
    return speech_finish(&t, out);
}

static void say_place(speech *t, uint32_t slot)
{
    const tdo_run *r = t->run;
    const tdo_rule_result *y = &r->ranking.by_rule[r->ranking.rule];
    speech_put_candidate(&t->o, r, speech_candidate_of(r, slot));
    tdo_putf(&t->o, " is number %u of the %zu that meet every limit, by the rule %s", y->rank[slot],
             r->valued.f, tdo_rule_name[r->ranking.rule]);
    if (slot == r->ranking.top && facts_keeps_today(r, r->ranking.rule)) {
        tdo_puts(&t->o, " because it runs today and nobody gains together with another one");
    } else {
        tdo_puts(&t->o, ", with ");
        speech_put_score_of(&t->o, r->ranking.rule, y->score[slot], y->score[slot]);
    }
    if (slot == r->ranking.recommended)
        tdo_puts(&t->o, ", and recommended");
    speech_end(t);
    uint32_t beater = tdo_dominator(&r->valued, &r->front, &r->ranking, slot);
    if (beater == UINT32_MAX) {
        tdo_puts(&t->o, "It is beaten by nobody outright: no other one that meets every limit is "
                        "at least as good in everything and better in something");
    } else {
        size_t i = speech_candidate_of(r, slot), j = speech_candidate_of(r, beater);
        tdo_puts(&t->o, "It is beaten outright by ");
        speech_put_candidate(&t->o, r, j);
        tdo_puts(&t->o, ", which is no worse in anything and better in ");
        speech_put_lead(&t->o, r, j, i);
    }
    speech_end(t);
}

static void say_stakeholders(speech *t, uint32_t slot, uint32_t other)
{
    const tdo_run *r = t->run;
    for (size_t h = 0; h < r->utility.s; h++) {
        const double *u = r->utility.utility + h * r->valued.f;
        const uint32_t *rank = r->ranking.stakeholder_rank + h * r->valued.f;
        tdo_putf(&t->o, "%s: number %u of %zu, ", r->scenario->stakeholders[h].label, rank[slot],
                 r->valued.f);
        amount_put_points(&t->o, 100 * u[slot]);
        tdo_puts(&t->o, " of 100");
        if (other != UINT32_MAX) {
            double by = u[slot] - u[other];
            tdo_puts(&t->o, ", ");
            if (fabs(by) <= TDO_TIE)
                tdo_puts(&t->o, "the same as with ");
            else
                amount_put_points(&t->o, 100 * fabs(by));
            if (fabs(by) > TDO_TIE)
                tdo_puts(&t->o, by > 0 ? " more than with " : " less than with ");
            speech_put_candidate(&t->o, r, speech_candidate_of(r, other));
        }
        speech_end(t);
    }
}

static void say_out(speech *t, size_t i)
{
    speech_put_candidate(&t->o, t->run, i);
    tdo_puts(&t->o, t->run->measured.dropped[i]
                        ? " was left out because not everything was measured"
                        : " breaks a limit");
    speech_end(t);
    if (t->run->measured.dropped[i])
        say_missing(t, i);
    say_broken(t, i);
}

/* The candidate to compare i with: the one asked for, or the recommended one, or (for the
 * recommended one itself) the runner-up. TDO_NONE: there is none. */
static size_t opponent(const tdo_run *r, size_t i, size_t asked)
{
    if (asked != TDO_NONE || !r->feasible)
        return asked;
    size_t best = speech_candidate_of(r, r->ranking.recommended);
    if (i != best)
        return best;
    return r->ranking.runner_up == UINT32_MAX ? TDO_NONE
                                              : speech_candidate_of(r, r->ranking.runner_up);
}

/* How often it comes first, and whether the errors tell it from the best. */
static void say_doubt(speech *t, uint32_t slot)
{
    const tdo_robust *x = &t->run->robust;
    bool tied = false;
    if (!t->run->sampled || !x->samples || !x->candidate || !facts_is_uncertain(t->run))
        return;
    tdo_puts(&t->o, "It is first in ");
    amount_put_in_100(&t->o, x->candidate[slot].first, false);
    tdo_puts(&t->o, " of 100 repeats");
    for (size_t k = 0; k < x->n_tie; k++)
        tied = tied || x->tie[k] == slot;
    if (x->n_tie > 1)
        tdo_puts(&t->o, tied ? ", and tied with the best on this evidence"
                             : ", and behind the best on this evidence");
    else if (x->tie)
        tdo_puts(&t->o, tied ? ", and ahead of all others on this evidence"
                             : ", and behind the best on this evidence");
    speech_end(t);
}

tdo_status tdo_explain_candidate(const tdo_run *run, size_t i, size_t j, tdo_arena *a,
                                 tdo_sentences *out)
{
    speech t = speech_start(run, a);
    size_t other = opponent(run, i, j);
    uint32_t slot = run->screened.slot[i];
    uint32_t other_slot = other == TDO_NONE ? UINT32_MAX : run->screened.slot[other];
    if (slot == UINT32_MAX)
        say_out(&t, i);
    else
        say_place(&t, slot);
    speech_say_assumed(&t, i);
    if (other != TDO_NONE && other != i) {
        bool best = run->feasible && other_slot == run->ranking.recommended;
        tdo_puts(&t.o, best ? "Compared with the recommended " : "Compared with ");
        speech_put_candidate(&t.o, run, other);
        tdo_puts(&t.o, " ");
        speech_put_comparison(&t.o, run, i, other, NULL);
        speech_end(&t);
        if (other_slot == UINT32_MAX)
            say_out(&t, other);
    }
    speech_say_subgroups(&t, i);
    if (slot != UINT32_MAX)
        say_stakeholders(&t, slot, other == i ? UINT32_MAX : other_slot);
    if (slot != UINT32_MAX)
        say_doubt(&t, slot);
    return speech_finish(&t, out);
}
