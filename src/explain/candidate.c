/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a candidate stands where it stands, and why not another one. */
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/firsts.h"
#include "explain/limits.h"

#include <math.h>

static void say_missing_column(speech *t, const double *limited, const tdo_constraint *k, size_t i)
{
    if (!limited || !isnan(limited[i]))
        return;
    tdo_putf(&t->o, "%s is not measured", k->condition.column);
    speech_end(t);
}

/* What was not measured of a dropped candidate: criteria, and the columns that limits of single
 * candidates, of splits and of portfolios look at. */
static void say_missing(speech *t, size_t i)
{
    const tdo_run *r = t->run;
    const tdo_scenario *s = r->scenario;
    for (size_t c = 0; c < r->measured.d; c++)
        if (isnan(r->measured.reading[c][i])) {
            tdo_putf(&t->o, "%s is not measured", s->criteria[c].label);
            speech_end(t);
        }
    for (size_t j = 0; j < r->measured.m; j++)
        say_missing_column(t, r->measured.limited[j], &s->constraints[j], i);
    for (size_t j = 0; j < s->mix.n_limits && r->measured.mix_limited; j++)
        say_missing_column(t, r->measured.mix_limited[j], &s->mix.limits[j], i);
    for (size_t j = 0; j < s->portfolio.n_limits && r->measured.portfolio_limited; j++)
        say_missing_column(t, r->measured.portfolio_limited[j], &s->portfolio.limits[j], i);
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

void speech_put_beaten(tdo_sink *o, const tdo_run *run, uint32_t slot)
{
    const tdo_case k = tdo_case_of(run);
    const uint32_t beater = tdo_dominator(&k, slot);
    if (beater == UINT32_MAX) {
        tdo_puts(o, "by nobody outright: no other one that meets every limit is at least as good "
                    "in everything and better in something");
        return;
    }
    const size_t i = speech_candidate_of(run, slot), j = speech_candidate_of(run, beater);
    tdo_puts(o, "outright by ");
    speech_put_candidate(o, run, j);
    tdo_puts(o, ", which is no worse in anything and better in ");
    speech_put_lead(o, run, j, i);
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
    tdo_puts(&t->o, "It is beaten ");
    speech_put_beaten(&t->o, r, slot);
    speech_end(t);
}

static void say_stakeholders(speech *t, uint32_t slot, uint32_t other)
{
    const tdo_run *r = t->run;
    for (size_t h = 0; h < r->utility.s; h++) {
        facts_put_person(&t->o, r, h);
        tdo_putf(&t->o, ": number %u of %zu, ", facts_own_rank(r, h, slot), r->valued.f);
        amount_put_points(&t->o, 100 * facts_utility_at(r, h, slot));
        tdo_puts(&t->o, " of 100");
        if (other != UINT32_MAX) {
            double by = facts_utility_at(r, h, slot) - facts_utility_at(r, h, other);
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

size_t speech_opponent(const tdo_run *r, size_t i, size_t asked)
{
    if (asked != TDO_NONE || !r->feasible)
        return asked;
    size_t best = speech_candidate_of(r, r->ranking.recommended);
    if (i != best)
        return best;
    return r->ranking.runner_up == UINT32_MAX ? TDO_NONE
                                              : speech_candidate_of(r, r->ranking.runner_up);
}

bool speech_put_repeats(tdo_sink *o, const tdo_run *run, uint32_t slot, tdo_arena *a)
{
    speech_firsts firsts;
    const tdo_robust *x = &run->robust;
    bool tied = false;
    if (!run->sampled || !x->samples || !x->candidate || !facts_is_uncertain(run))
        return false;
    tdo_puts(o, "first in ");
    o->failed = o->failed || !speech_find_firsts(run, 1, a, &firsts);
    if (!o->failed)
        speech_put_first(o, &firsts, slot, ">99");
    tdo_puts(o, " of 100 repeats");
    for (size_t k = 0; k < x->n_tie; k++)
        tied = tied || x->tie[k] == slot;
    if (x->n_tie > 1)
        tdo_puts(o, tied ? ", and tied with the best on this evidence"
                         : ", and behind the best on this evidence");
    else if (x->tie)
        tdo_puts(o, tied ? ", and ahead of all others on this evidence"
                         : ", and behind the best on this evidence");
    return true;
}

static void say_repeats(speech *t, uint32_t slot)
{
    tdo_sink o = tdo_sink_memory(t->a);
    if (!speech_put_repeats(&o, t->run, slot, t->a))
        return;
    tdo_putf(&t->o, "It is %s", o.failed ? "" : o.text);
    t->failed = t->failed || o.failed;
    speech_end(t);
}

tdo_status tdo_explain_candidate(const tdo_run *run, size_t i, size_t j, tdo_arena *a,
                                 tdo_sentences *out)
{
    speech t = speech_start(run, a);
    size_t other = speech_opponent(run, i, j);
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
        say_repeats(&t, slot);
    return speech_finish(&t, out);
}
