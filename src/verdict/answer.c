/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer in at most seven lines: what to choose, against today's, who pays, what is missed,
 * which rules disagree, how sure. */
#include "verdict/answer.h"

#include "explain/limit_words.h"
#include "explain/limits.h"

#include "explain/words.h"
#include <math.h>

/* ---- what to choose ---- */

static bool runs_today(const tdo_run *run, uint32_t slot)
{
    return run->screened.feasible[slot] == run->measured.incumbent;
}

const char *answer_gloss(const tdo_run *run)
{
    const tdo_ranking *r = &run->ranking;
    return r->rule == TDO_RULE_NASH && !(facts_headline(run)->score[r->top] > 0)
               ? "nobody loses more than need be"
               : tdo_rule_about[r->rule]->gloss;
}

/* Nobody is left to choose from. */
static void put_only(tdo_sink *o, const tdo_run *run)
{
    const size_t out = facts_infeasible_n(run);
    if (run->measured.n == 1)
        tdo_puts(o, ", the only candidate");
    else if (!out)
        tdo_puts(o, ", the only one that is measured in full");
    else
        tdo_putf(o, ", the only one that meets every limit; %zu %s shut out", out,
                 out == 1 ? "is" : "are");
}

static void say_choice(answer_writer *w, bool draft)
{
    const tdo_run *run = w->run;
    const tdo_ranking *r = &run->ranking;
    const bool keep = runs_today(run, r->recommended);
    const uint32_t other = facts_another_first(run);
    tdo_sink o = tdo_sink_memory(w->a), gloss = tdo_sink_memory(w->a);
    answer_put_slot(&o, run, r->recommended);
    if (run->valued.f == 1) {
        put_only(&o, run);
    } else if (r->top != r->recommended) {
        tdo_puts(&o, ": simpler than ");
        answer_put_slot(&o, run, r->top);
        tdo_putf(&gloss, ", first by the rule %s", tdo_rule_name[r->rule]);
    } else if (draft) {
        tdo_puts(&o, ", if every guess holds");
    } else {
        tdo_putf(&o, ", by the rule %s", tdo_rule_name[r->rule]);
        if (other == UINT32_MAX)
            tdo_putf(&gloss, ": %s", answer_gloss(run));
    }
    if (r->top == r->recommended && other != UINT32_MAX) {
        const size_t n = run->ranking.n_first[r->rule];
        tdo_puts(&o, ", tied with ");
        answer_put_slot(&o, run, other);
        if (n > 2)
            tdo_putf(&o, " and %zu more", n - 2);
    }
    answer_add_with(w, keep ? "Keep" : "Choose", &o, &gloss);
}

/* ---- against today's ---- */

static void say_piece(answer_writer *w, tdo_answer_line *l, size_t c, bool worse)
{
    const tdo_run *run = w->run;
    const tdo_measured *x = &run->measured;
    const size_t i = run->screened.feasible[run->ranking.recommended], j = x->incumbent;
    tdo_sink o = tdo_sink_memory(w->a);
    tdo_putf(&o, "%s ", run->scenario->criteria[c].label);
    amount_put_change(&o, run, w->scale, c, x->reading[c][i], x->reading[c][j]);
    tdo_puts(&o, worse ? " (worse)" : " (better)");
    answer_add_piece(w, l, &o);
}

static void put_counts(tdo_sink *o, const answer_contrast *x, size_t d, bool long_form)
{
    tdo_putf(o, "in %zu of %zu%s, worse in ", x->n_better, d, long_form ? " criteria" : "");
    if (x->n_worse)
        tdo_putf(o, "%zu", x->n_worse);
    else
        tdo_puts(o, "none");
    if (x->n_noise && long_form)
        tdo_putf(o, ", within noise in %zu", x->n_noise);
}

static void say_today(answer_writer *w)
{
    const tdo_run *run = w->run;
    const size_t today = run->measured.incumbent;
    const bool feasible = today != TDO_NONE && facts_is_feasible(run, today);
    answer_contrast x;
    tdo_sink o = tdo_sink_memory(w->a), brief = tdo_sink_memory(w->a);
    if (today == TDO_NONE || run->measured.dropped[today] ||
        runs_today(run, run->ranking.recommended))
        return;
    answer_compare(run, run->screened.feasible[run->ranking.recommended], today, &x);
    tdo_puts(&o, "Better ");
    if (feasible) {
        tdo_puts(&o, "than ");
        answer_put_name(&o, run->measured.id[today]);
        tdo_puts(&o, " ");
    }
    tdo_puts(&brief, "Better than today's ");
    put_counts(&o, &x, run->measured.d, feasible);
    put_counts(&brief, &x, run->measured.d, feasible);
    if (!feasible) {
        tdo_puts(&brief, ", which breaks a limit");
        tdo_puts(&o, "; ");
        answer_put_name(&o, run->measured.id[today]);
        tdo_puts(&o, " breaks a limit");
    }
    tdo_answer_line *l = answer_add(w, "Today", &o);
    l->brief = answer_taken(w, &brief);
    if (x.n_better)
        say_piece(w, l, x.better[0], false);
    for (size_t k = 0; k < x.n_worse; k++)
        say_piece(w, l, x.worse[k], true);
    for (size_t k = 1; k < x.n_better; k++)
        say_piece(w, l, x.better[k], false);
}

/* ---- who pays ---- */

/* Who gives up most of those with power, or of those without. TDO_NONE: nobody gives up anything.
 */
static size_t who_pays(const tdo_run *run, bool power)
{
    const uint32_t best = run->ranking.recommended;
    size_t most = TDO_NONE;
    for (size_t h = 0; h < run->utility.s; h++)
        if (facts_has_power(run, h) == power &&
            (most == TDO_NONE || facts_regret_at(run, h, best) > facts_regret_at(run, most, best)))
            most = h;
    const bool pays = most != TDO_NONE && facts_regret_at(run, most, best) > TDO_TIE;
    return pays && answer_loss(run, most, best) != TDO_NONE ? most : TDO_NONE;
}

static void put_payment(answer_writer *w, tdo_sink *o, size_t h)
{
    const tdo_run *run = w->run;
    const uint32_t best = run->ranking.recommended, favourite = run->ranking.favourite[h];
    const size_t c = answer_loss(run, h, best);
    const tdo_criterion *k = &run->scenario->criteria[c];
    facts_put_person(o, run, h);
    tdo_puts(o, ": ");
    answer_put_slot(o, run, favourite);
    if (k->levels)
        tdo_puts(o, " is ");
    else
        tdo_putf(o, " has %s ", k->label);
    amount_put_change(o, run, w->scale, c, facts_reading_at(run, c, favourite),
                      facts_reading_at(run, c, best));
    answer_put_doubt(o, run, c, favourite, best);
}

/* Whoever has no power counts in no rule, and is not among everybody: what they give up is said of
 * them where nobody else pays. */
static void say_who_pays(answer_writer *w)
{
    const size_t most = who_pays(w->run, true), beside = who_pays(w->run, false);
    tdo_sink o = tdo_sink_memory(w->a);
    if (most != TDO_NONE) {
        put_payment(w, &o, most);
    } else if (beside != TDO_NONE) {
        tdo_puts(&o, "nobody who has power; ");
        put_payment(w, &o, beside);
    } else {
        tdo_puts(&o, "nobody: it is everybody's favourite");
    }
    answer_add(w, "Pays", &o);
}

/* ---- needs ---- */

static void put_missed(answer_writer *w, tdo_sink *o, size_t h, const tdo_need *need)
{
    const tdo_criterion *c = &w->run->scenario->criteria[need->criterion];
    const double reading = facts_reading_at(w->run, need->criterion, w->run->ranking.recommended);
    const size_t best = w->run->screened.feasible[w->run->ranking.recommended];
    const bool low = tdo_need_miss(need, &w->run->measured, best) < 0;
    facts_put_person(o, w->run, h);
    tdo_putf(o, ": %s ", c->label);
    amount_put_reading(o, w->run, w->scale, need->criterion, reading);
    tdo_puts(o, low ? ", needed at least " : ", needed at most ");
    amount_put_bare_bound(o, c, low ? need->min : need->max);
}

static void say_needs(answer_writer *w)
{
    const tdo_scenario *s = w->run->scenario;
    size_t needs = 0, missed = 0;
    tdo_sink o = tdo_sink_memory(w->a);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_needs; k++) {
            const tdo_need *need = &s->stakeholders[h].needs[k];
            const size_t best = w->run->screened.feasible[w->run->ranking.recommended];
            needs++;
            if (facts_need_gap(w->run, need, best) > 0 && missed++ == 0)
                put_missed(w, &o, h, need);
        }
    if (missed > 1)
        tdo_putf(&o, "; %zu more", missed - 1);
    if (needs && !missed)
        tdo_putf(&o,
                 needs == 1 ? "nothing: the only need is met" : "nothing: all %zu needs are met",
                 needs);
    if (needs)
        answer_add(w, "Missed", &o);
}

/* ---- rules ---- */

/* The winner of the most rules that are not told yet (bits); how many. TDO_RULES: none is left. */
static size_t most_chosen(const tdo_ranking *r, uint64_t told, size_t *n)
{
    size_t of = TDO_RULES;
    *n = 0;
    for (size_t q = 0; q < TDO_RULES; q++) {
        size_t same = 0;
        for (size_t k = 0; k < TDO_RULES && !(told >> q & 1); k++)
            same += !(told >> k & 1) && r->winner[k] == r->winner[q];
        if (same > *n) {
            *n = same;
            of = q;
        }
    }
    return of;
}

/* Who else is chosen: the one that most rules choose, and how many choose others. */
static void say_others(answer_writer *w, tdo_sink *o, uint64_t told, size_t all)
{
    size_t n = 0;
    const size_t of = most_chosen(&w->run->ranking, told, &n);
    if (of == TDO_RULES)
        return;
    const uint32_t winner = w->run->ranking.winner[of];
    tdo_putf(o, "; %zu would %s ", n, runs_today(w->run, winner) ? "keep" : "choose");
    answer_put_slot(o, w->run, winner);
    if (all > n)
        tdo_putf(o, ", %zu %s", all - n, all - n == 1 ? "other" : "others");
}

static void say_rules(answer_writer *w)
{
    const tdo_ranking *r = &w->run->ranking;
    uint64_t told = 0; /* bit q: not asked, or it puts the recommended one first, or beside it */
    size_t all = 0, first = 0, tied = 0;
    tdo_sink o = tdo_sink_memory(w->a), brief = tdo_sink_memory(w->a);
    for (size_t q = 0; q < TDO_RULES; q++) {
        const bool computed = r->by_rule[q].computed;
        const bool same = computed && r->recommended_rank[q] == 1;
        all += computed;
        first += same;
        tied += same && r->n_first[q] > 1;
        if (!computed || same)
            told |= UINT64_C(1) << q;
    }
    if (all < 2)
        return;
    if (first == all)
        tdo_putf(&o, "all %zu put it first", all);
    else
        tdo_putf(&o, "%zu of %zu put it first", first, all);
    if (tied)
        tdo_putf(&o, ", %zu in a tie", tied);
    tdo_putf(&brief, "%s; %zu would choose others", answer_taken(w, &o), all - first);
    say_others(w, &o, told, all - first);
    tdo_answer_line *l = answer_add(w, "Rules", &o);
    if (l && first < all)
        l->brief = answer_taken(w, &brief);
}

/* ---- what a draft does without ---- */

static void say_unread(answer_writer *w, const tdo_draft *draft)
{
    tdo_sink o = tdo_sink_memory(w->a);
    tdo_puts(&o, draft->unread);
    if (draft->unread[0])
        answer_add(w, "Unread", &o);
}

/* ---- the whole ---- */

tdo_status tdo_explain_answer(const tdo_run *run, const tdo_draft *draft, tdo_arena *a,
                              tdo_answer *out)
{
    answer_writer w = {.run = run, .a = a, .scale = amount_scales(run, a), .out = out};
    *out = (tdo_answer){.sure = true};
    if (!w.scale)
        return TDO_E_MEMORY;
    if (!run->feasible) {
        answer_say_none(&w);
    } else if (run->picked) {
        answer_say_set(&w);
    } else {
        say_choice(&w, draft != NULL);
        if (draft) {
            say_unread(&w, draft);
            answer_say_without(&w);
        } else {
            say_today(&w);
            if (run->valued.f > 1)
                say_who_pays(&w);
            say_needs(&w);
        }
        answer_say_limits(&w);
        if (run->valued.f > 1) { /* else there is nothing to rank, nor to be sure of */
            say_rules(&w);
            answer_say_sure(&w, draft != NULL);
        } else if (w.limits_open) {
            tdo_sink o = tdo_sink_memory(a);
            tdo_puts(&o, "a limit decides within noise who is left");
            out->sure = false;
            answer_add(&w, "Unsure", &o);
        }
    }
    return w.failed ? TDO_E_MEMORY : TDO_OK;
}
