/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a decision still stand? What was accepted when it was made stays accepted: the limits that
 * the chosen one broke and the needs that it missed, by as much as then, and its place. */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "explain/amount.h"
#include "explain/words.h"
#include "record/parts.h"

typedef struct checking {
    const tdo_record *r;
    const record_stand *s;
    tdo_arena *a;
    tdo_check *check; /* [n] */
    size_t n;
    bool failed, reopened;
} checking;

/* Ends the sentence and keeps it as a check. */
static void conclude(checking *x, const char *asked, bool holds, tdo_sink *text)
{
    tdo_check *more = array_more(x->a, x->check, x->n, sizeof *more);
    tdo_puts(text, ".");
    x->failed = x->failed || !more || text->failed;
    x->check = more ? more : x->check;
    x->reopened = x->reopened || !holds;
    if (!x->failed)
        x->check[x->n++] = (tdo_check){holds, asked, text->text};
}

/* ---- it is there ---- */

static bool check_present(checking *x, const tdo_run *now)
{
    bool there = tdo_find_candidate(&now->measured, x->r->decision.chosen) != TDO_NONE;
    tdo_sink text = tdo_sink_memory(x->a);
    tdo_put_quoted(&text, x->r->decision.chosen);
    tdo_puts(&text, there ? " is still a candidate" : " is no candidate any more");
    conclude(x, "candidate", there, &text);
    return there;
}

static void check_measured(checking *x)
{
    const tdo_run *now = x->s->run;
    bool dropped = now->measured.dropped[x->s->i], was = x->r->status == TDO_IS_DROPPED;
    tdo_sink text = tdo_sink_memory(x->a);
    tdo_puts(&text, dropped ? "Not everything is measured" : "Everything is measured");
    tdo_puts(&text, dropped && was ? ", as when it was chosen" : "");
    conclude(x, "measured", !dropped || was, &text);
}

/* ---- limits ---- */

/* By how much the same limit was missed when the choice was made: the largest miss where there are
 * several on the same thing. -1: it was not. INFINITY: by a word, or nothing was measured. */
static double accepted_miss(const checking *x, const tdo_constraint *k)
{
    const tdo_scenario *s = x->s->run->scenario;
    const char *veto = k->stakeholder != TDO_NONE ? s->stakeholders[k->stakeholder].id : NULL;
    const char *on = k->condition.criterion != TDO_NONE ? s->criteria[k->condition.criterion].id
                                                        : k->condition.column;
    double most = -1;
    for (size_t q = 0; q < x->r->n_broke; q++) {
        const tdo_result_limit *l = &x->r->result->limit[x->r->broke[q].limit];
        double by = isnan(x->r->broke[q].by) ? INFINITY : x->r->broke[q].by;
        bool same_veto = l->veto && veto ? strcmp(l->veto, veto) == 0 : !l->veto && !veto;
        if (same_veto && l->on_column == (k->condition.criterion == TDO_NONE) &&
            strcmp(l->on, on) == 0)
            most = by > most ? by : most;
    }
    return most;
}

static void check_limit(checking *x, size_t j)
{
    const tdo_run *now = x->s->run;
    double by = tdo_shortfall(now->scenario, &now->measured, &now->screened, j, x->s->i);
    double accepted = accepted_miss(x, &now->scenario->constraints[j]);
    bool holds = isnan(by) ? isinf(accepted) : by <= accepted;
    tdo_sink text = tdo_sink_memory(x->a);
    speech_put_broken(&text, now, j, x->s->i);
    if (holds) {
        tdo_puts(&text, "; that was accepted");
    } else if (accepted > 0) {
        tdo_puts(&text, "; accepted was ");
        amount_put_rounded(&text, accepted, SPEECH_WORD_DIGITS);
    }
    conclude(x, "limits", holds, &text);
}

static void check_limits(checking *x)
{
    const tdo_run *now = x->s->run;
    size_t broken = 0;
    for (size_t j = 0; j < now->scenario->n_constraints; j++)
        if (record_breaks(x->s, j)) {
            check_limit(x, j);
            broken++;
        }
    if (broken || now->measured.dropped[x->s->i])
        return;
    tdo_sink text = tdo_sink_memory(x->a);
    tdo_puts(&text, "It meets every limit");
    conclude(x, "limits", true, &text);
}

/* ---- drift ---- */

static bool same_scenario(const checking *x)
{
    const tdo_result *then = x->r->result;
    for (size_t k = 0; k < then->n_inputs; k++)
        if (strcmp(then->input[k].role, "scenario") == 0)
            return strcmp(then->input[k].sha256, x->s->run->scenario->sha256) == 0;
    return false;
}

/* Is a reading what it was then, within two standard errors of the difference? *moved: it is
 * another one. */
static bool is_within_noise(const tdo_run *now, const tdo_result_candidate *then, size_t i,
                            size_t c, bool *moved)
{
    const tdo_measured *y = &now->measured;
    const double a = y->reading[c][i], b = then->reading[c];
    if (a == b || (isnan(a) && isnan(b)))
        return true;
    *moved = true;
    const double se = y->se[c] ? y->se[c][i] : (double)NAN;
    return fabs(tdo_beyond(a, 0, b)) <= 2 * sqrt(se * se + then->se[c] * then->se[c]);
}

/* Did the chosen one's reading drift within noise only, in the same scenario? */
static bool only_drifted(const checking *x, size_t c)
{
    const tdo_run *now = x->s->run;
    const tdo_result_candidate *then = tdo_result_find(x->r->result, x->r->decision.chosen);
    bool moved = false;
    return then && x->r->result->n_criteria == now->measured.d && same_scenario(x) &&
           is_within_noise(now, then, x->s->i, c, &moved) && moved;
}

/* ---- needs ---- */

/* By how much the need was missed when the choice was made; 0: it was met, or there was none. */
static double gap_then(const checking *x, const record_met_need *n)
{
    const tdo_scenario *s = x->s->run->scenario;
    const char *who = s->stakeholders[n->stakeholder].id;
    const char *what = s->criteria[n->need->criterion].id;
    for (size_t k = 0; k < x->r->n_needs; k++) {
        const tdo_accepted_need *then = &x->r->need[k];
        if (strcmp(then->stakeholder, who) == 0 && strcmp(then->criterion, what) == 0)
            return isnan(then->by) ? INFINITY : then->by;
    }
    return 0;
}

static void check_need(checking *x, const record_met_need *n)
{
    const tdo_scenario *s = x->s->run->scenario;
    const tdo_criterion *c = &s->criteria[n->need->criterion];
    double then = gap_then(x, n);
    const bool as_then = isnan(n->by) ? isinf(then) : n->by <= then;
    const bool holds = as_then || only_drifted(x, n->need->criterion);
    tdo_sink text = tdo_sink_memory(x->a);
    tdo_putf(&text, "What %s needs is not met: %s is ", s->stakeholders[n->stakeholder].label,
             c->label);
    tdo_put_reading(&text, c, n->reading);
    if (!isnan(n->by)) {
        tdo_puts(&text, n->low ? ", should be at least " : ", should be at most ");
        tdo_put_reading(&text, c, n->low ? n->need->min : n->need->max);
    }
    if (as_then) {
        tdo_puts(&text, "; so it was when this was decided");
    } else if (holds) {
        tdo_puts(&text, "; it moved within noise since this was decided");
    } else if (then > 0) {
        tdo_puts(&text, "; when this was decided it was missed by ");
        amount_put_rounded(&text, then, SPEECH_WORD_DIGITS);
    }
    conclude(x, "needs", holds, &text);
}

static void check_needs(checking *x)
{
    size_t met = 0;
    for (size_t k = 0; k < x->s->n_needs; k++)
        if (x->s->need[k].by <= 0)
            met++;
        else
            check_need(x, &x->s->need[k]);
    if (!met)
        return;
    tdo_sink text = tdo_sink_memory(x->a);
    tdo_putf(&text, "It meets %zu of %zu needs", met, x->s->n_needs);
    conclude(x, "needs", true, &text);
}

/* ---- its place ---- */

static void put_behind(tdo_sink *text, double behind, tdo_rule rule)
{
    if (!(behind > TDO_TIE))
        return; /* scores of stages are not compared; equal ones are told apart by something else */
    tdo_puts(text, ", ");
    if (tdo_rule_about[rule]->in_points)
        amount_put_points(text, 100 * behind);
    else
        amount_put_rounded(text, behind, SPEECH_SCORE_DIGITS);
    tdo_puts(text, tdo_rule_about[rule]->in_points ? " behind" : " behind in score");
}

static void put_place(checking *x, tdo_sink *text)
{
    const tdo_run *now = x->s->run;
    if (!now->feasible) {
        tdo_puts(text, "no candidate meets every limit");
        return;
    }
    const tdo_ranking *r = &now->ranking;
    const tdo_rule_result *y = facts_headline(now);
    const bool simpler = r->top != r->recommended;
    const bool first = x->s->slot != UINT32_MAX && y->rank[x->s->slot] == 1;
    tdo_puts(text, "recommended is ");
    speech_put_candidate(text, now, speech_candidate_of(now, r->recommended));
    if (simpler && first) {
        tdo_putf(text, ", which is simpler; by the rule %s it is still number 1 of %zu%s",
                 tdo_rule_name[r->rule], now->valued.f, r->n_first[r->rule] > 1 ? ", tied" : "");
        return;
    }
    if (simpler) {
        tdo_puts(text, ", which is simpler than ");
        speech_put_candidate(text, now, speech_candidate_of(now, r->top));
        tdo_putf(text, ", first by the rule %s", tdo_rule_name[r->rule]);
    } else {
        tdo_putf(text, " by the rule %s", tdo_rule_name[r->rule]);
    }
    if (x->s->slot == UINT32_MAX) {
        tdo_puts(text, ", and ");
        speech_put_candidate(text, now, x->s->i);
        tdo_puts(text, " breaks a limit");
        return;
    }
    if (first) {
        tdo_puts(text, facts_first_by_name(now)
                           ? ", tied with it: the first by name is chosen"
                           : ", tied with it: one that nobody beats outright is chosen");
        return;
    }
    tdo_putf(text, ", and it is number %u of %zu", y->rank[x->s->slot], now->valued.f);
    put_behind(text, facts_behind(now, x->s->slot), now->ranking.rule);
    for (size_t k = 0; k < now->ranking.n_tied; k++)
        if (now->ranking.tied[k] == x->s->slot)
            tdo_puts(text, "; in practice as good, for no criterion differs by more than its "
                           "indifference");
}

/* Is what candidate i measures what it measured then, within two standard errors? */
static bool within_noise_of_then(const checking *x, size_t i, bool *moved)
{
    const tdo_run *now = x->s->run;
    const tdo_result_candidate *then = tdo_result_find(x->r->result, now->measured.id[i]);
    const bool in = facts_is_feasible(now, i);
    if (!then || (then->status == TDO_IS_FEASIBLE) != in)
        return false;
    for (size_t c = 0; c < now->measured.d; c++)
        if (!is_within_noise(now, then, i, c, moved))
            return false;
    return true;
}

/* The same scenario and candidates; readings moved, and none beyond noise. */
static bool only_noise_moved(const checking *x)
{
    const tdo_run *now = x->s->run;
    const tdo_result *then = x->r->result;
    if (!then->complete || then->n != now->measured.n || then->n_criteria != now->measured.d ||
        !same_scenario(x))
        return false;
    bool moved = false;
    for (size_t i = 0; i < now->measured.n; i++)
        if (!within_noise_of_then(x, i, &moved))
            return false;
    return moved;
}

/* Who was chosen as one of the set that is wanted must be in it still, but for drift within noise;
 * false: nobody was, and its place counts. */
static bool check_set(checking *x)
{
    const tdo_run *now = x->s->run;
    const tdo_result *then = x->r->result;
    bool was = false;
    for (size_t k = 0; k < then->n_set; k++)
        was = was || strcmp(then->set[k], x->r->decision.chosen) == 0;
    if (!was || !now->picked)
        return false;
    const bool in = facts_is_answer(now, x->s->i);
    const bool drift = !in && only_noise_moved(x);
    tdo_sink text = tdo_sink_memory(x->a);
    tdo_puts(&text, in                     ? "It is in the chosen set, as then"
                    : drift                ? "Nothing moved beyond noise, though it is not in "
                                             "the chosen set any more"
                    : now->portfolio.found ? "It is not in the chosen set any more"
                                           : "No set is chosen any more");
    conclude(x, "recommended", in || drift, &text);
    return true;
}

/* One that was recommended must be so still, and one that was not must have no worse rank than
 * then, but for drift within noise. Who was not feasible then was chosen whatever its rank. */
static void check_place(checking *x)
{
    tdo_sink text = tdo_sink_memory(x->a);
    size_t rank = x->s->slot == UINT32_MAX ? 0 : facts_headline(x->s->run)->rank[x->s->slot];
    tdo_puts(&text, x->s->run->picked ? "Of single candidates: " : "");
    if (x->r->recommended || x->s->recommended) {
        const bool still = x->s->recommended, drift = !still && only_noise_moved(x);
        tdo_puts(&text, still && x->r->recommended ? "It is still recommended"
                        : still                    ? "It is recommended now"
                        : drift ? "Nothing moved beyond noise, though another one is first: "
                                : "It is not recommended any more: ");
        if (!still)
            put_place(x, &text);
        conclude(x, "recommended", still || drift, &text);
        return;
    }
    const bool as_then = !x->r->rank || (rank && rank <= x->r->rank);
    const bool holds = as_then || only_noise_moved(x);
    tdo_puts(&text, as_then ? "It is not recommended, and was not when it was chosen"
                    : holds ? "Nothing moved beyond noise, though it stands worse than when it "
                              "was chosen"
                            : "It stands worse than when it was chosen");
    if (x->r->rank) {
        tdo_putf(&text, " (number %zu then", x->r->rank);
        put_behind(&text, x->r->behind, x->s->run->ranking.rule);
        tdo_puts(&text, ")");
    }
    tdo_puts(&text, ": ");
    put_place(x, &text);
    conclude(x, "recommended", holds, &text);
}

tdo_status tdo_recheck_decision(const tdo_record *r, const tdo_run *now, tdo_arena *a,
                                tdo_recheck *out)
{
    record_stand s = {0};
    checking x = {.r = r, .s = &s, .a = a};
    if (check_present(&x, now)) {
        tdo_status status = record_find_stand(now, r->decision.chosen, a, &s);
        if (status != TDO_OK)
            return status;
        check_measured(&x);
        check_limits(&x);
        check_needs(&x);
        if (!check_set(&x))
            check_place(&x);
    }
    if (x.failed)
        return TDO_E_MEMORY;
    *out = (tdo_recheck){!x.reopened, x.check, x.n};
    return TDO_OK;
}
