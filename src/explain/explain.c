/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the recommended one: for people who were not in the room when it was measured. */
#include "base/decimal.h"
#include "base/list.h"
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/limit_words.h"
#include "explain/limits.h"

#include <math.h>

static const tdo_rule_result *headline(const tdo_run *r)
{
    return &r->ranking.by_rule[r->ranking.rule];
}

/* ---- the choice ---- */

/* Nobody gains together: a score of 0 would say nothing. */
static void say_keep(speech *t)
{
    const tdo_run *r = t->run;
    const uint32_t best = r->ranking.recommended, next = r->ranking.runner_up;
    size_t who = 0;
    double least = INFINITY;
    for (size_t h = 0; h < r->utility.s; h++) {
        const double by = facts_utility_at(r, h, next) - facts_utility_at(r, h, best);
        if (!(r->utility.power[h] > 0) || by >= least)
            continue;
        least = by;
        who = h;
    }
    tdo_puts(&t->o, "Recommended is to keep today's ");
    speech_put_candidate(&t->o, r, speech_candidate_of(r, best));
    tdo_putf(&t->o,
             ": by the rule %s (%s) none of the %zu others that meet every limit makes everybody "
             "better off; the runner-up ",
             tdo_rule_name[r->ranking.rule], tdo_rule_about[r->ranking.rule]->seeks,
             r->valued.f - 1);
    speech_put_candidate(&t->o, r, speech_candidate_of(r, next));
    if (least < -TDO_TIE) {
        tdo_putf(&t->o, " takes ");
        amount_put_points(&t->o, -100 * least);
        tdo_putf(&t->o, " of 100 from %s", r->scenario->stakeholders[who].label);
    } else {
        tdo_putf(&t->o, " gives %s nothing", r->scenario->stakeholders[who].label);
    }
    speech_end(t);
}

static void say_choice(speech *t)
{
    const tdo_run *r = t->run;
    const tdo_ranking *k = &r->ranking;
    uint32_t best = k->recommended, next = k->runner_up;
    if (next != UINT32_MAX && k->top == best && facts_keeps_today(r, k->rule)) {
        say_keep(t);
        return;
    }
    tdo_puts(&t->o, "Recommended is ");
    speech_put_candidate(&t->o, r, speech_candidate_of(r, best));
    if (next == UINT32_MAX) {
        tdo_puts(&t->o, ": it is the only one that meets every limit");
        speech_end(t);
        return;
    }
    const double *score = headline(r)->score;
    const uint32_t other = k->top != best ? k->top : next;
    tdo_putf(&t->o, ": by the rule %s (%s) it has ", tdo_rule_name[k->rule],
             tdo_rule_about[k->rule]->seeks);
    speech_put_score_of(&t->o, k->rule, score[best], score[other]);
    tdo_putf(&t->o, " among %zu that meet every limit; ", r->valued.f);
    if (k->top != best) {
        speech_put_candidate(&t->o, r, speech_candidate_of(r, k->top));
        tdo_puts(&t->o, " has ");
        speech_put_score(&t->o, k->rule, score[other], score[best]);
    } else {
        tdo_puts(&t->o, "the runner-up ");
        speech_put_candidate(&t->o, r, speech_candidate_of(r, next));
        tdo_puts(&t->o, " has ");
        speech_put_score(&t->o, k->rule, score[other], score[best]);
        if (headline(r)->rank[next] == headline(r)->rank[best])
            tdo_puts(&t->o,
                     ", a tie: first is who is beaten by nobody outright, then the first by name");
    }
    speech_end(t);
}

static void say_practical_ties(speech *t)
{
    const tdo_ranking *k = &t->run->ranking;
    enum { SHOWN = 3 };
    if (!k->n_tied)
        return;
    const size_t shown = k->n_tied < SHOWN ? k->n_tied : SHOWN;
    for (size_t q = 0; q < shown; q++) {
        tdo_puts(&t->o, list_joint(q, k->n_tied));
        speech_put_candidate(&t->o, t->run, speech_candidate_of(t->run, k->tied[q]));
    }
    list_rest(&t->o, shown, k->n_tied);
    tdo_puts(&t->o, k->n_tied == 1 ? " is" : " are");
    tdo_puts(&t->o, " as good in practice: no criterion differs by more than its indifference");
    speech_end(t);
}

static void say_against(speech *t, const char *who, size_t other)
{
    size_t best = speech_candidate_of(t->run, t->run->ranking.recommended);
    if (other == best)
        return;
    tdo_putf(&t->o, "Compared with %s ", who);
    speech_put_candidate(&t->o, t->run, other);
    tdo_puts(&t->o, " ");
    speech_put_comparison(&t->o, t->run, best, other, NULL);
    speech_end(t);
}

/* ---- the stakeholders ---- */

static double regret(const tdo_run *r, size_t h, uint32_t slot)
{
    return facts_regret_at(r, h, slot);
}

static void say_favourites(speech *t)
{
    const tdo_run *r = t->run;
    uint32_t best = r->ranking.recommended;
    for (size_t h = 0; h < r->utility.s; h++) {
        uint32_t rank = facts_own_rank(r, h, best);
        facts_put_person(&t->o, r, h);
        tdo_puts(&t->o, ": ");
        if (rank == 1) {
            tdo_puts(&t->o, "gets a first choice");
        } else {
            size_t own = speech_candidate_of(r, r->ranking.favourite[h]);
            const double has = 100 * facts_utility_at(r, h, best);
            const double most = 100 * facts_utility_at(r, h, r->ranking.favourite[h]);
            tdo_putf(&t->o, "number %u of %zu on their own list, with ", rank, r->valued.f);
            amount_put_points_beside(&t->o, has, most);
            tdo_putf(&t->o, "%s of 100; they would choose ", amount_point_beside(has, most));
            speech_put_candidate(&t->o, r, own);
            tdo_puts(&t->o, " with ");
            amount_put_points_beside(&t->o, most, has);
            tdo_puts(&t->o, "; compared with that one ");
            speech_put_comparison(&t->o, r, speech_candidate_of(r, best), own,
                                  r->utility.weight + h * r->utility.d);
        }
        speech_end(t);
    }
}

/* Who gives up most of those with power, or of those without. TDO_NONE: there is nobody, or nobody
 * gives up anything. */
static size_t worst_off(const tdo_run *r, bool power)
{
    size_t worst = TDO_NONE;
    double most = TDO_TIE;
    for (size_t h = 0; h < r->utility.s; h++) {
        const double by = regret(r, h, r->ranking.recommended);
        if (facts_has_power(r, h) != power || !(by > most))
            continue;
        worst = h;
        most = by;
    }
    return worst;
}

static void put_given_up(speech *t, size_t h)
{
    tdo_putf(&t->o, "ost is given up by %s: ", t->run->scenario->stakeholders[h].label);
    amount_put_points(&t->o, 100 * regret(t->run, h, t->run->ranking.recommended));
    tdo_puts(&t->o, " of 100 below their own favourite");
    speech_end(t);
}

/* Whoever has no power counts in no rule, and is not among "nobody" or "every". */
static void say_worst_off(speech *t)
{
    const size_t worst = worst_off(t->run, true), beside = worst_off(t->run, false);
    if (worst != TDO_NONE) {
        tdo_puts(&t->o, "M");
        put_given_up(t, worst);
    } else {
        tdo_puts(&t->o, beside == TDO_NONE
                            ? "Nobody gives up anything: it is a first choice of every stakeholder"
                            : "Nobody with power gives up anything: it is a first choice of each "
                              "of them");
        speech_end(t);
    }
    if (beside != TDO_NONE) {
        tdo_puts(&t->o, "Of those without power, who count in no rule, m");
        put_given_up(t, beside);
    }
}

static void say_needs(speech *t)
{
    const tdo_run *r = t->run;
    size_t best = speech_candidate_of(r, r->ranking.recommended);
    for (size_t h = 0; h < r->scenario->n_stakeholders; h++)
        for (size_t q = 0; q < r->scenario->stakeholders[h].n_needs; q++) {
            const tdo_need *need = &r->scenario->stakeholders[h].needs[q];
            const tdo_criterion *c = &r->scenario->criteria[need->criterion];
            double y = r->measured.reading[need->criterion][best];
            const double miss = tdo_need_miss(need, &r->measured, best);
            const bool low = miss < 0;
            if (!(fabs(miss) > 0))
                continue;
            facts_put_person(&t->o, r, h);
            tdo_putf(&t->o, ": %s ", c->label);
            tdo_put_reading(&t->o, c, y);
            tdo_puts(&t->o, low ? ", needed at least " : ", needed at most ");
            tdo_put_reading(&t->o, c, low ? need->min : need->max);
            speech_end(t);
        }
}

/* Limits that the recommended one keeps as measured, and is not shown to keep. */
static void say_not_shown(speech *t)
{
    const tdo_run *r = t->run;
    size_t best = speech_candidate_of(r, r->ranking.recommended);
    for (size_t k = 0; k < r->doubts.n; k++) {
        const tdo_limit_doubt *d = &r->doubts.limit[k];
        if (d->status[best] == TDO_SHOWN)
            continue;
        tdo_puts(&t->o, "It meets ");
        speech_put_limit_of(&t->o, r, &r->scenario->constraints[d->constraint]);
        tdo_puts(&t->o, " as measured, but that is not shown: ");
        speech_put_holds(&t->o, d->holds[best], d->level);
        if (!isnan(d->needs[best])) {
            tdo_puts(&t->o, "; ");
            speech_put_items_needed(&t->o, d->needs[best]);
        }
        speech_end(t);
    }
}

/* ---- the rules ---- */

static void say_rules(speech *t)
{
    const tdo_run *r = t->run;
    const tdo_ranking *k = &r->ranking;
    size_t agree = 0, n = 0;
    for (int q = 0; q < TDO_RULES; q++)
        n += k->by_rule[q].computed && k->recommended_rank[q] == 1;
    for (int q = 0; q < TDO_RULES; q++)
        if (k->by_rule[q].computed && k->recommended_rank[q] == 1)
            tdo_putf(&t->o, "%s%s", list_joint(agree++, n), tdo_rule_name[q]);
    if (n) {
        tdo_puts(&t->o, n == 1 ? " is the only rule that puts it first" : " put it first");
        speech_end(t);
    }
    for (int q = 0; q < TDO_RULES; q++) {
        if (!k->by_rule[q].computed || k->recommended_rank[q] == 1)
            continue;
        const bool keeps = facts_keeps_today(r, (tdo_rule)q);
        tdo_putf(&t->o, "%s, which seeks %s, would %s ", tdo_rule_name[q], tdo_rule_about[q]->seeks,
                 keeps ? "keep today's" : "choose");
        speech_put_candidate(&t->o, r, speech_candidate_of(r, k->winner[q]));
        if (keeps) {
            tdo_putf(&t->o, " (nobody gains together) and puts it at number %u",
                     k->recommended_rank[q]);
            speech_end(t);
            continue;
        }
        const double wins = k->winner_score[q], has = k->recommended_score[q];
        tdo_putf(&t->o, " (%s: ", tdo_rule_about[q]->counts);
        speech_put_score(&t->o, (tdo_rule)q, wins, has);
        if (tdo_rule_about[q]->second && wins - has <= TDO_TIE) {
            tdo_putf(&t->o, " for both, and ahead by %s", tdo_rule_about[q]->second);
        } else {
            tdo_puts(&t->o, " instead of ");
            speech_put_score(&t->o, (tdo_rule)q, has, wins);
        }
        tdo_putf(&t->o, ") and puts it at number %u", k->recommended_rank[q]);
        speech_end(t);
    }
}

/* ---- nothing is feasible ---- */

static void put_constraint(tdo_sink *o, const tdo_run *run, const tdo_constraint *k)
{
    speech_put_limit_of(o, run, k);
    speech_put_owner(o, run, k);
}

static void say_conflict(speech *t)
{
    const tdo_run *r = t->run;
    const tdo_infeasible *f = &r->infeasible;
    size_t loaded = r->measured.n - r->screened.dropped_n;
    if (!loaded) {
        tdo_putf(&t->o,
                 "No candidate is left: of %zu rows %zu are no candidates and %zu were not "
                 "measured in full",
                 r->measured.rows, r->measured.where_dropped, r->screened.dropped_n);
    } else {
        tdo_putf(&t->o, "No candidate meets every limit: each of the %zu breaks ", loaded);
        for (size_t k = 0; k < f->n_conflict; k++) {
            tdo_puts(&t->o, k == 0 ? "" : k + 1 < f->n_conflict ? ", " : " or ");
            put_constraint(&t->o, r, &r->scenario->constraints[f->conflict[k]]);
        }
    }
    speech_end(t);
}

static void say_nearest(speech *t)
{
    const tdo_run *r = t->run;
    size_t i = r->infeasible.nearest, n = 0;
    if (i == TDO_NONE)
        return;
    tdo_puts(&t->o, "The nearest is ");
    speech_put_candidate(&t->o, r, i);
    tdo_puts(&t->o, ": ");
    for (size_t j = 0; j < r->measured.m; j++)
        if (r->screened.broken[i] >> j & 1) {
            tdo_puts(&t->o, n++ ? "; " : "");
            speech_put_broken(&t->o, r, j, i);
        }
    speech_end(t);
}

static void say_relaxation(speech *t, const tdo_relaxation *x)
{
    const tdo_run *r = t->run;
    const tdo_constraint *k = &r->scenario->constraints[x->constraint];
    if (x->word) {
        tdo_puts(&t->o, "Allowing ");
        tdo_put_quoted(&t->o, x->word);
        tdo_puts(&t->o, " in spite of ");
        put_constraint(&t->o, r, k);
    } else {
        tdo_puts(&t->o, "Relaxing ");
        put_constraint(&t->o, r, k);
        tdo_puts(&t->o, " to ");
        speech_put_moved_bound(&t->o, r, k, x->to);
    }
    tdo_puts(&t->o, " would let in ");
    speech_put_candidate(&t->o, r, x->admits);
    speech_end(t);
}

static void say_relaxations(speech *t)
{
    const tdo_infeasible *f = &t->run->infeasible;
    for (size_t k = 0; k < f->n_relax; k++)
        say_relaxation(t, &f->relax[k]);
    if (f->none_relaxes && f->nearest != TDO_NONE) {
        tdo_puts(&t->o, "No single limit, relaxed alone, would let anybody in");
        speech_end(t);
    }
}

tdo_status tdo_explain_recommendation(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    if (!run->feasible) {
        say_conflict(&t);
        say_nearest(&t);
        say_relaxations(&t);
        return speech_finish(&t, out);
    }
    const tdo_ranking *k = &run->ranking;
    say_choice(&t);
    speech_say_simpler(&t);
    say_practical_ties(&t);
    size_t incumbent = run->measured.incumbent;
    size_t next = k->runner_up == UINT32_MAX ? TDO_NONE : speech_candidate_of(run, k->runner_up);
    if (next != TDO_NONE)
        say_against(&t, next == incumbent ? "the runner-up, today's" : "the runner-up", next);
    if (incumbent != TDO_NONE && incumbent != next)
        say_against(&t, "today's", incumbent);
    const bool choice = run->valued.f > 1; /* else everybody has the only one */
    if (choice) {
        say_worst_off(&t);
        say_favourites(&t);
    }
    say_needs(&t);
    say_not_shown(&t);
    speech_say_assumed(&t, speech_candidate_of(run, k->recommended));
    speech_say_subgroups(&t, speech_candidate_of(run, k->recommended));
    if (choice)
        say_rules(&t);
    return speech_finish(&t, out);
}
