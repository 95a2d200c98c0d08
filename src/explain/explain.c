/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the recommended one: for people who were not in the room when it was measured. */
#include "base/decimal.h"
#include "base/list.h"
#include "explain/facts.h"
#include "explain/limits.h"

#include <math.h>

static void put_score(tdo_sink *o, double score)
{
    tdo_put_rounded(o, score, SPEECH_SCORE_DIGITS);
}

/* A rule that avoids something has negative scores; in words it is how much it avoids. */
static double in_words(int rule, double score)
{
    return tdo_rule_about[rule]->avoids ? -score : score;
}

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
        const double *u = r->utility.utility + h * r->valued.f;
        if (!(r->utility.power[h] > 0) || u[next] - u[best] >= least)
            continue;
        least = u[next] - u[best];
        who = h;
    }
    tdo_puts(&t->o, "Recommended is to keep today's ");
    speech_put_candidate(&t->o, r, speech_candidate_of(r, best));
    tdo_putf(&t->o,
             ": under the rule %s (%s) none of the %zu other feasible candidates makes everybody "
             "better off; the runner-up ",
             tdo_rule_name[r->ranking.rule], tdo_rule_about[r->ranking.rule]->seeks,
             r->valued.f - 1);
    speech_put_candidate(&t->o, r, speech_candidate_of(r, next));
    if (least < -TDO_TIE) {
        tdo_putf(&t->o, " takes ");
        put_score(&t->o, -least);
        tdo_putf(&t->o, " of utility from %s", r->scenario->stakeholders[who].label);
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
        tdo_puts(&t->o, ": it is the only feasible candidate");
        speech_end(t);
        return;
    }
    tdo_putf(&t->o, ": under the rule %s (%s) it scores ", tdo_rule_name[k->rule],
             tdo_rule_about[k->rule]->seeks);
    put_score(&t->o, headline(r)->score[best]);
    tdo_putf(&t->o, " among %zu feasible candidates; ", r->valued.f);
    if (k->top != best) {
        speech_put_candidate(&t->o, r, speech_candidate_of(r, k->top));
        tdo_puts(&t->o, " scores ");
        put_score(&t->o, headline(r)->score[k->top]);
    } else {
        tdo_puts(&t->o, "the runner-up ");
        speech_put_candidate(&t->o, r, speech_candidate_of(r, next));
        tdo_puts(&t->o, tdo_rule_about[k->rule]->in_stages ? " has " : " scores ");
        put_score(&t->o, headline(r)->score[next]);
        if (headline(r)->rank[next] == headline(r)->rank[best])
            tdo_puts(&t->o, ", a tie that is settled by the frontier and then by name");
    }
    speech_end(t);
}

static void say_simpler(speech *t)
{
    const tdo_run *r = t->run;
    const tdo_ranking *k = &r->ranking;
    if (k->top == k->recommended)
        return;
    const tdo_criterion *c = &r->scenario->criteria[r->scenario->simpler];
    const double *reading = r->measured.reading + r->scenario->simpler * r->measured.n;
    tdo_puts(&t->o, "The difference of ");
    put_score(&t->o, headline(r)->score[k->top] - headline(r)->score[k->recommended]);
    tdo_puts(&t->o, " is within the ");
    put_score(&t->o, r->scenario->simpler_within);
    tdo_putf(&t->o, " that the scenario calls too small to pay for less %s (", c->label);
    tdo_put_reading(&t->o, c, reading[speech_candidate_of(r, k->recommended)]);
    tdo_puts(&t->o, " instead of ");
    tdo_put_reading(&t->o, c, reading[speech_candidate_of(r, k->top)]);
    tdo_puts(&t->o, ")");
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
    return r->utility.best[h] - r->utility.utility[h * r->valued.f + slot];
}

static void say_favourites(speech *t)
{
    const tdo_run *r = t->run;
    uint32_t best = r->ranking.recommended;
    for (size_t h = 0; h < r->utility.s; h++) {
        const double *u = r->utility.utility + h * r->valued.f;
        uint32_t rank = r->ranking.stakeholder_rank[h * r->valued.f + best];
        tdo_putf(&t->o, "%s: ", r->scenario->stakeholders[h].label);
        if (rank == 1) {
            tdo_puts(&t->o, "gets a first choice");
        } else {
            size_t own = speech_candidate_of(r, r->ranking.favourite[h]);
            tdo_putf(&t->o, "number %u of %zu on their own list, utility ", rank, r->valued.f);
            put_score(&t->o, u[best]);
            tdo_puts(&t->o, "; they would choose ");
            speech_put_candidate(&t->o, r, own);
            tdo_puts(&t->o, " with ");
            put_score(&t->o, u[r->ranking.favourite[h]]);
            tdo_puts(&t->o, "; compared with it ");
            speech_put_comparison(&t->o, r, speech_candidate_of(r, best), own,
                                  r->utility.weight + h * r->utility.d);
        }
        speech_end(t);
    }
}

static void say_worst_off(speech *t)
{
    const tdo_run *r = t->run;
    size_t worst = 0;
    for (size_t h = 1; h < r->utility.s; h++)
        if (regret(r, h, r->ranking.recommended) > regret(r, worst, r->ranking.recommended))
            worst = h;
    double by = regret(r, worst, r->ranking.recommended);
    if (!(by > TDO_TIE))
        tdo_puts(&t->o, "Nobody gives up anything: it is a first choice of every stakeholder");
    else {
        tdo_putf(&t->o, "%s gives up most: ", r->scenario->stakeholders[worst].label);
        put_score(&t->o, by);
        tdo_puts(&t->o, " of utility (on a scale from 0 to 1) compared with their own favourite");
    }
    speech_end(t);
}

static void say_needs(speech *t)
{
    const tdo_run *r = t->run;
    size_t best = speech_candidate_of(r, r->ranking.recommended);
    for (size_t h = 0; h < r->scenario->n_stakeholders; h++)
        for (size_t q = 0; q < r->scenario->stakeholders[h].n_needs; q++) {
            const tdo_need *need = &r->scenario->stakeholders[h].needs[q];
            const tdo_criterion *c = &r->scenario->criteria[need->criterion];
            double y = r->measured.reading[need->criterion * r->measured.n + best];
            const double miss = tdo_need_miss(need, &r->measured, best);
            const bool low = miss < 0;
            if (!(fabs(miss) > 0))
                continue;
            tdo_putf(&t->o, "What %s needs is not met: %s is ", r->scenario->stakeholders[h].label,
                     c->label);
            tdo_put_reading(&t->o, c, y);
            tdo_puts(&t->o, low ? ", should be at least " : ", should be at most ");
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
        tdo_putf(&t->o, "It meets %s as measured, but that is not shown: ",
                 r->scenario->constraints[d->constraint].text);
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
        n += k->by_rule[q].computed && k->by_rule[q].rank[k->recommended] == 1;
    for (int q = 0; q < TDO_RULES; q++)
        if (k->by_rule[q].computed && k->by_rule[q].rank[k->recommended] == 1)
            tdo_putf(&t->o, "%s%s", list_joint(agree++, n), tdo_rule_name[q]);
    if (n) {
        tdo_puts(&t->o, n == 1 ? " is the only rule that puts it first" : " put it first");
        speech_end(t);
    }
    for (int q = 0; q < TDO_RULES; q++) {
        const tdo_rule_result *y = &k->by_rule[q];
        if (!y->computed || y->rank[k->recommended] == 1)
            continue;
        const bool keeps = facts_keeps_today(r, (tdo_rule)q);
        tdo_putf(&t->o, "%s, which seeks %s, would %s ", tdo_rule_name[q], tdo_rule_about[q]->seeks,
                 keeps ? "keep today's" : "choose");
        speech_put_candidate(&t->o, r, speech_candidate_of(r, k->winner[q]));
        if (keeps) {
            tdo_putf(&t->o, " (nobody gains together) and puts it at number %u",
                     y->rank[k->recommended]);
            speech_end(t);
            continue;
        }
        tdo_putf(&t->o, " (%s ", tdo_rule_about[q]->counts);
        put_score(&t->o, in_words(q, y->score[k->winner[q]]));
        if (tdo_rule_about[q]->second &&
            y->score[k->winner[q]] - y->score[k->recommended] <= TDO_TIE) {
            tdo_putf(&t->o, " for both, and ahead by %s", tdo_rule_about[q]->second);
        } else {
            tdo_puts(&t->o, " instead of ");
            put_score(&t->o, in_words(q, y->score[k->recommended]));
        }
        tdo_putf(&t->o, ") and puts it at number %u", y->rank[k->recommended]);
        speech_end(t);
    }
}

/* ---- nothing is feasible ---- */

static void put_constraint(tdo_sink *o, const tdo_constraint *k)
{
    tdo_putf(o, "%s", k->text);
    if (k->owner[0])
        tdo_putf(o, " (%s)", k->owner);
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
        tdo_putf(&t->o, "No candidate is feasible: every one of %zu breaks ", loaded);
        for (size_t k = 0; k < f->n_conflict; k++) {
            tdo_puts(&t->o, k == 0 ? "" : k + 1 < f->n_conflict ? ", " : " or ");
            put_constraint(&t->o, &r->scenario->constraints[f->conflict[k]]);
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
        put_constraint(&t->o, k);
    } else {
        tdo_puts(&t->o, "Relaxing ");
        put_constraint(&t->o, k);
        tdo_puts(&t->o, " to ");
        const bool up = k->condition.has_max &&
                        x->to > k->condition.max; /* what is said still lets it in */
        if (k->condition.criterion != TDO_NONE)
            speech_put_needed(&t->o, &r->scenario->criteria[k->condition.criterion],
                              up ? k->condition.max : k->condition.min, x->to);
        else
            tdo_put_number(&t->o, decimal_beyond(x->to, SPEECH_WORD_DIGITS, up));
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
    if (!f->n_relax && f->nearest != TDO_NONE) {
        tdo_puts(&t->o, "No single constraint, relaxed alone, would let anybody in");
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
    say_simpler(&t);
    say_practical_ties(&t);
    size_t incumbent = run->measured.incumbent;
    size_t next = k->runner_up == UINT32_MAX ? TDO_NONE : speech_candidate_of(run, k->runner_up);
    if (next != TDO_NONE)
        say_against(&t, next == incumbent ? "the runner-up and incumbent" : "the runner-up", next);
    if (incumbent != TDO_NONE && incumbent != next)
        say_against(&t, "the incumbent", incumbent);
    say_worst_off(&t);
    say_favourites(&t);
    say_needs(&t);
    say_not_shown(&t);
    speech_say_assumed(&t, speech_candidate_of(run, k->recommended));
    speech_say_subgroups(&t, speech_candidate_of(run, k->recommended));
    say_rules(&t);
    return speech_finish(&t, out);
}
