/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is, in words: whom no weights choose, how far weights may move, what would
 * put another one first. (Apart from the other sentences, because the page has no linear
 * programs.) */
#include "base/decimal.h"
#include "base/list.h"
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/mix.h"

#include <math.h>

enum { HOLDS_SHOWN = 2, TIED_SHOWN = 5 };

static void put_slot(tdo_sink *o, const tdo_run *run, uint32_t slot)
{
    speech_put_candidate(o, run, speech_candidate_of(run, slot));
}

static void put_percent(tdo_sink *o, double share)
{
    amount_put_rounded(o, 100 * share, 3);
    tdo_puts(o, "%");
}

/* Whom no group weights choose. */
static void say_choosable(speech *t, const tdo_candidate_choice *x)
{
    if (!x->any.known || x->any.yes)
        return;
    tdo_puts(&t->o, "No weights choose ");
    put_slot(&t->o, t->run, x->slot);
    tdo_puts(&t->o, " under weighted: ");
    for (size_t k = 0; k < x->any.n_beaten_by; k++) {
        tdo_puts(&t->o, list_joint(k, x->any.n_beaten_by));
        if (x->any.n_beaten_by > 1) {
            put_percent(&t->o, x->any.beaten_by[k].share);
            tdo_puts(&t->o, " of ");
        }
        put_slot(&t->o, t->run, x->any.beaten_by[k].slot);
    }
    bool several = x->any.n_beaten_by > 1;
    if (x->any.lead < -TDO_TIE)
        tdo_puts(&t->o, several ? " together are worth more, whatever counts"
                                : " is worth more, whatever counts");
    else
        tdo_puts(&t->o, several ? " together are never worth less, and one of them is worth more "
                                  "at almost all weights"
                                : " is never worth less, and worth more at almost all weights");
    speech_end(t);
}

static double room(const tdo_hold *h)
{
    double below = h->below == UINT32_MAX ? 1 : h->current - h->from;
    double above = h->above == UINT32_MAX ? 1 : h->to - h->current;
    return below < above ? below : above;
}

/* An end of an interval, rounded into it: to so many decimals that `now` stays inside. */
static void put_end(tdo_sink *o, double end, double now, bool upwards)
{
    double shown = 100 * end;
    for (double unit = 0.1; unit > 1e-9; unit /= 10) {
        shown = unit * (upwards ? ceil(100 * end / unit) : floor(100 * end / unit));
        if (upwards ? shown <= 100 * now : shown >= 100 * now)
            break;
    }
    amount_put_rounded(o, shown, 12);
    tdo_puts(o, "%");
}

/* Who is ahead beyond an end of an interval, and where that is so. */
static void put_turn(tdo_sink *o, const tdo_run *run, const tdo_hold *h, bool up)
{
    tdo_puts(o, up ? "above that, at " : "below that, at ");
    amount_put_beyond(o, up ? h->to : h->from, up);
    tdo_puts(o, ", ");
    put_slot(o, run, up ? h->above : h->below);
    tdo_puts(o, " is ahead");
}

/* A power is above 0 and below 100 %: at either end somebody has none, and is left out. */
static void put_hold(tdo_sink *o, const tdo_run *run, const tdo_hold *h)
{
    const char *who = run->scenario->stakeholders[h->stakeholder].label;
    if (h->criterion == TDO_NONE)
        tdo_putf(o, "the power of %s", who);
    else
        tdo_putf(o, "the weight of %s on %s", who, run->scenario->criteria[h->criterion].label);
    const bool power = h->criterion == TDO_NONE, low = h->from > 0, high = h->to < 1;
    tdo_puts(o, low ? " is at least " : power ? " is above 0% and at most " : " is at most ");
    put_end(o, low ? h->from : h->to, h->current, low);
    if (low && high) {
        tdo_puts(o, " and at most ");
        put_end(o, h->to, h->current, false);
    } else if (low && power) {
        tdo_puts(o, " and below 100%");
    }
    tdo_puts(o, " (now ");
    put_percent(o, h->current);
    tdo_puts(o, ")");
}

/* The holds with the least room, tightest first; those that never end are passed over. */
static size_t tightest(const tdo_holds *x, const tdo_hold *out[HOLDS_SHOWN])
{
    size_t n = 0, all = (x->weights_known ? x->weights : 0) + (x->powers_known ? x->powers : 0);
    for (size_t k = 0; k < all; k++) {
        size_t weights = x->weights_known ? x->weights : 0;
        const tdo_hold *h = k < weights ? &x->weight[k] : &x->power[k - weights];
        if (h->below == UINT32_MAX && h->above == UINT32_MAX)
            continue;
        size_t q = n < HOLDS_SHOWN ? n++ : HOLDS_SHOWN - 1;
        if (q == HOLDS_SHOWN - 1 && out[q] && room(h) >= room(out[q]))
            continue;
        for (; q > 0 && room(h) < room(out[q - 1]); q--)
            out[q] = out[q - 1];
        out[q] = h;
    }
    return n;
}

/* Names all who are first, where they are several. */
static bool say_tie(speech *t, tdo_rule rule)
{
    const tdo_run *r = t->run;
    const size_t n = r->ranking.n_first[rule];
    size_t said = 0;
    if (n < 2)
        return false;
    for (; said < n && said < TIED_SHOWN; said++) {
        tdo_puts(&t->o, list_joint(said, n));
        put_slot(&t->o, r, r->ranking.first[rule][said]);
    }
    list_rest(&t->o, said, n);
    tdo_putf(&t->o, " are tied under %s", tdo_rule_name[rule]);
    speech_end(t);
    return true;
}

static void say_holds(speech *t, const tdo_holds *x)
{
    const tdo_hold *tight[HOLDS_SHOWN] = {NULL};
    const bool tied = say_tie(t, x->rule);
    size_t n = tightest(x, tight);
    for (size_t k = 0; k < n; k++) {
        if (!(tight[k]->to - tight[k]->from > TDO_TIE))
            continue; /* no way to go: the tie says it */
        put_slot(&t->o, t->run, x->first);
        tdo_putf(&t->o, " stays first under %s while ", tdo_rule_name[x->rule]);
        put_hold(&t->o, t->run, tight[k]);
        bool below = tight[k]->below != UINT32_MAX && tight[k]->from > 0;
        bool above = tight[k]->above != UINT32_MAX && tight[k]->to < 1;
        tdo_puts(&t->o, below || above ? "; " : "");
        if (below)
            put_turn(&t->o, t->run, tight[k], false);
        tdo_puts(&t->o, below && above ? ", and " : "");
        if (above)
            put_turn(&t->o, t->run, tight[k], true);
        speech_end(t);
    }
    if (!tied && !n && (x->weights || x->powers) && x->weights_known && x->powers_known) {
        put_slot(&t->o, t->run, x->first);
        tdo_putf(&t->o, " stays first under %s whatever single weight or power moves",
                 tdo_rule_name[x->rule]);
        speech_end(t);
    }
}

/* Which group weights give and take, largest first would be more than a sentence: the two ends. */
static void say_flip(speech *t)
{
    const tdo_run *r = t->run;
    const tdo_flip *flip = &r->choice.flip;
    if (flip->to == UINT32_MAX || !flip->weights || !(flip->change > TDO_TIE))
        return;
    size_t up = 0, down = 0, moved = 0;
    for (size_t c = 0; c < r->utility.d; c++) {
        double by = flip->weights[c] - r->utility.group_weight[c];
        moved += fabs(by) > TDO_TIE;
        up = by > flip->weights[up] - r->utility.group_weight[up] ? c : up;
        down = by < flip->weights[down] - r->utility.group_weight[down] ? c : down;
    }
    tdo_puts(&t->o, "Under weighted, moving ");
    put_percent(&t->o, flip->change / 2);
    tdo_putf(&t->o, " of the group's weight, %sfrom %s to %s, would put ",
             moved > 2 ? "mostly " : "", r->scenario->criteria[down].label,
             r->scenario->criteria[up].label);
    put_slot(&t->o, r, flip->to);
    tdo_puts(&t->o, " level with ");
    put_slot(&t->o, r, r->choice.first);
    speech_end(t);
}

/* What candidate i would need to be first under the headline. */
static void say_improvement(speech *t, size_t i, const tdo_improvement *y)
{
    const char *rule = tdo_rule_name[t->run->ranking.rule];
    if (y->left_out) {
        tdo_puts(&t->o, "What ");
        speech_put_candidate(&t->o, t->run, i);
        tdo_putf(&t->o, " would need to be first under %s was left out: %s", rule,
                 tdo_compares_wholes(t->run->scenario)
                     ? "with its cells the weights would move that follow from candidates compared"
                     : "too much work");
        speech_end(t);
    }
    if (y->none) {
        tdo_puts(&t->o, "No one cell of ");
        speech_put_candidate(&t->o, t->run, i);
        tdo_putf(&t->o,
                 ", better by up to %g times the range of its criterion and within the limits, "
                 "would make it first under %s%s",
                 TDO_IMPROVE_RANGES, rule,
                 y->above_zero ? " (numbers below 0 were not tried where a column has none)" : "");
        speech_end(t);
    }
    if (y->criterion == TDO_NONE)
        return;
    tdo_putf(&t->o, "To be first under %s ", rule);
    speech_put_candidate(&t->o, t->run, i);
    tdo_puts(&t->o, " would need ");
    speech_put_improvement(&t->o, t->run, y);
    speech_end(t);
}

static const char *which_weights(const tdo_run *run)
{
    return run->choice.regions ? "allowed" : "group";
}

static void say_rank_range(speech *t, const tdo_candidate_choice *x)
{
    if (x->rank.known) {
        put_slot(&t->o, t->run, x->slot);
        tdo_putf(&t->o, " stands between number %u and number %u over all %s weights", x->rank.best,
                 x->rank.worst, which_weights(t->run));
    } else if (x->rank.asked) {
        tdo_puts(&t->o, "Between which numbers ");
        put_slot(&t->o, t->run, x->slot);
        tdo_putf(&t->o, " stands over all %s weights was left out: too much work",
                 which_weights(t->run));
    } else {
        tdo_putf(&t->o,
                 "With %zu candidates that meet every limit, ranks over all %s weights are found "
                 "only for the recommended one, the runner-up, today's and the favourites",
                 t->run->valued.f, which_weights(t->run));
    }
    speech_end(t);
}

/* What was left out at size, or for too much work. */
static void say_left_out(speech *t)
{
    const tdo_choice *x = &t->run->choice;
    size_t ranked = 0, known = 0, untold = 0;
    for (size_t k = 0; k < x->asked; k++) {
        untold += x->sought && !x->candidate[k].any.known;
        ranked += x->candidate[k].rank.asked;
        known += x->candidate[k].rank.known;
    }
    if (x->asked < t->run->valued.f) {
        tdo_putf(&t->o,
                 "Whom no weights choose was asked about %zu of the %zu that meet every limit: "
                 "those named here, those beaten by nobody outright, and the best",
                 x->asked, t->run->valued.f);
        speech_end(t);
    }
    if (untold > 0) {
        tdo_putf(&t->o, "Whether any weights choose it was left out for %zu of %zu: too much work",
                 untold, x->asked);
        speech_end(t);
    }
    if (ranked < t->run->valued.f) {
        tdo_putf(&t->o,
                 "Ranks over all %s weights were found only for the recommended candidate, the "
                 "runner-up, today's and the favourites: more than %d meet every limit",
                 which_weights(t->run), TDO_CHOICE_RANKED);
        speech_end(t);
    }
    if (known < ranked) {
        tdo_putf(&t->o, "Ranks over all %s weights were left out for %zu of %zu: too much work",
                 which_weights(t->run), ranked - known, ranked);
        speech_end(t);
    }
}

/* Where it would stand if the limits went that it breaks: all of them together. */
static void say_lifted(speech *t, size_t i)
{
    const tdo_run *r = t->run;
    const uint64_t broken = r->screened.broken[i];
    size_t n = 0, said = 0;
    if (!r->lifts.rank || !r->lifts.rank[i])
        return;
    for (size_t j = 0; j < r->measured.m; j++)
        n += broken >> j & 1;
    tdo_puts(&t->o, "Without ");
    for (size_t j = 0; j < r->measured.m; j++)
        if (broken >> j & 1) {
            const tdo_constraint *k = &r->scenario->constraints[j];
            tdo_puts(&t->o, list_joint(said++, n));
            speech_put_limit_of(&t->o, r, k);
            speech_put_owner(&t->o, r, k);
        }
    tdo_puts(&t->o, n > 1 ? ", all gone together, " : " ");
    speech_put_candidate(&t->o, r, i);
    const char *rule = tdo_rule_name[r->scenario->rule];
    if (r->lifts.rank[i] == 1)
        tdo_putf(&t->o, " would be first under %s%s", rule,
                 r->lifts.level[i] ? ", level with another one" : "");
    else
        tdo_putf(&t->o, " would be number %u under %s", r->lifts.rank[i], rule);
    speech_end(t);
}

static const tdo_candidate_choice *asked(const tdo_run *run, uint32_t slot)
{
    bool known = run->feasible && run->choice.computed && slot != UINT32_MAX &&
                 run->choice.place[slot] != UINT32_MAX;
    return known ? &run->choice.candidate[run->choice.place[slot]] : NULL;
}

tdo_status tdo_explain_choice(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    if (run->feasible && run->choice.computed) {
        const tdo_candidate_choice *best = asked(run, run->ranking.recommended);
        if (best)
            say_choosable(&t, best);
        say_holds(&t, run->ranking.rule == TDO_RULE_WEIGHTED ? &run->choice.weighted
                                                             : &run->choice.headline);
        say_flip(&t);
        if (run->choice.regions && run->choice.least_regret != UINT32_MAX) {
            put_slot(&t.o, run, run->choice.least_regret);
            tdo_puts(&t.o, " has the least regret over all weights that the stakeholders allow");
            speech_end(&t);
        }
        say_left_out(&t);
    }
    return speech_finish(&t, out);
}

tdo_status tdo_explain_candidate_choice(const tdo_run *run, size_t i, tdo_arena *a,
                                        tdo_sentences *out)
{
    speech t = speech_start(run, a);
    const tdo_candidate_choice *x = asked(run, run->screened.slot[i]);
    const tdo_choice *all = &run->choice;
    if (x) {
        say_choosable(&t, x);
        say_improvement(&t, i,
                        all->improvement ? &all->improvement[x - all->candidate] : &x->improvement);
        say_rank_range(&t, x);
    }
    speech_say_reached(&t, i);
    for (size_t k = 0; k < all->n_outside; k++)
        if (all->outside[k].candidate == i)
            say_improvement(&t, i, &all->outside[k].headline);
    say_lifted(&t, i);
    return speech_finish(&t, out);
}
