/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each limit costs, in plain words: for a split by its prices, for single candidates by the
 * next step of the best score. */
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/limit_words.h"
#include "explain/mix.h"

#include <math.h>

enum { PRICE_DIGITS = 3, REACHED_DIGITS = 4 };

/* ---- amounts ---- */

/* The power of ten for which the price is a number that people can read, but not more than the way
 * on which it holds. */
static double readable_amount(double price, double way)
{
    double amount = 1;
    if (!(way > 0))
        return amount;
    while (price * amount < 5e-4 && 10 * amount <= way)
        amount *= 10;
    while (amount > way)
        amount /= 10;
    return amount;
}

static double span_of(const tdo_run *run, size_t c)
{
    return fabs(run->valued.best[c] - run->valued.worst[c]);
}

/* The other criterion to compare with: the one with the most group weight in which the amount is no
 * more than the span that its values are made for. TDO_NONE: none. */
static size_t comparison_of(const tdo_run *run, const tdo_price *p, double amount)
{
    size_t best = TDO_NONE;
    for (size_t c = 0; p->worth && c < run->measured.d; c++) {
        if (isnan(p->worth[c]) || !(p->worth[c] * amount <= span_of(run, c)))
            continue;
        if (best == TDO_NONE || run->utility.group_weight[c] > run->utility.group_weight[best])
            best = c;
    }
    return best;
}

static void put_worth(speech *t, const tdo_mix_limit *l, double price, double amount)
{
    const tdo_run *run = t->run;
    speech_put_worth(&t->o, &run->mix, price * amount);
    tdo_puts(&t->o, speech_words_of(&run->mix)->worth);
    size_t c = comparison_of(run, &l->price, amount);
    if (c == TDO_NONE)
        return;
    tdo_puts(&t->o, ", as much as ");
    amount_put_rounded(&t->o, l->price.worth[c] * amount, PRICE_DIGITS);
    amount_put_unit_apart(&t->o, &run->scenario->criteria[c], l->price.worth[c] * amount);
    tdo_putf(&t->o, " of %s", run->scenario->criteria[c].label);
}

/* "from 118 to 131 ms"; one end may be open. */
static void put_range(speech *t, const tdo_mix_limit *l, double from, double to)
{
    size_t c = l->constraint->condition.criterion;
    if (isnan(from) || isnan(to) || (isinf(from) && isinf(to)))
        return;
    if (isinf(to)) {
        tdo_puts(&t->o, ", from ");
        speech_put_amount(&t->o, t->run, c, from);
        tdo_puts(&t->o, " on");
    } else if (isinf(from)) {
        tdo_puts(&t->o, ", up to ");
        speech_put_amount(&t->o, t->run, c, to);
    } else {
        tdo_puts(&t->o, ", from ");
        amount_put_rounded(&t->o, from, SPEECH_WORD_DIGITS);
        tdo_puts(&t->o, " to ");
        speech_put_amount(&t->o, t->run, c, to);
    }
}

/* ---- one limit of the mix ---- */

/* Do the two sides of the bound differ? */
static bool is_kink(const tdo_price *p)
{
    return isinf(p->left) || isinf(p->right) ||
           fabs(p->left - p->right) > 1e-9 * (fabs(p->left) + fabs(p->right));
}

/* What a split comes to, in few digits, but never rounded onto or across the bound. */
static void put_reached(speech *t, const tdo_mix_limit *l)
{
    char text[TDO_NUMBER_TEXT];
    double y = 0;
    const size_t n = tdo_number_round(l->reached, REACHED_DIGITS, text);
    const bool read = tdo_number_read(text, n, &y) == TDO_NUMBER_OK;
    const bool beside = read && (l->is_max ? y < l->bound : y > l->bound);
    speech_put_amount(&t->o, t->run, l->constraint->condition.criterion, beside ? y : l->reached);
}

static void say_free(speech *t, const tdo_mix_limit *l)
{
    speech_put_limit(&t->o, t->run, l);
    tdo_puts(&t->o, " costs nothing: the split has ");
    put_reached(t, l);
    speech_end(t);
}

/* By how much a bound moves. */
static void put_step(speech *t, const tdo_mix_limit *l, double amount)
{
    const size_t c = l->constraint->condition.criterion;
    amount_put_rounded(&t->o, amount, SPEECH_WORD_DIGITS);
    if (c != TDO_NONE)
        amount_put_unit_apart(&t->o, &t->run->scenario->criteria[c], amount);
}

/* The side on which the bound gets tighter, where that differs. */
static void put_other_side(speech *t, const tdo_mix_limit *l)
{
    const tdo_price *p = &l->price;
    double tight = l->is_max ? p->left : p->right;
    double start = l->is_max ? p->from : l->bound, end = l->is_max ? l->bound : p->to;
    if (isinf(tight)) {
        tdo_putf(&t->o, "; with any %s no split would meet the limits",
                 l->is_max ? "less" : "more");
        return;
    }
    double amount = readable_amount(tight, fabs(end - start));
    tdo_puts(&t->o, p->price > 0 ? "; " : ", but ");
    put_step(t, l, amount);
    tdo_putf(&t->o, " %s would cost ", l->is_max ? "less" : "more");
    speech_put_worth(&t->o, &t->run->mix, tight * amount);
    put_range(t, l, start, end);
}

static void say_price(speech *t, const tdo_mix_limit *l)
{
    const tdo_price *p = &l->price;
    bool kink = is_kink(p);
    double from = kink && l->is_max ? l->bound : p->from;
    double to = kink && !l->is_max ? l->bound : p->to;
    double way = l->is_max ? to - l->bound : l->bound - from; /* what there is to relax */
    double amount = readable_amount(p->price, isfinite(way) ? way : fabs(l->bound));
    speech_put_limit(&t->o, t->run, l);
    if (p->price > 0) {
        tdo_puts(&t->o, ": ");
        put_step(t, l, amount);
        tdo_putf(&t->o, " %s is worth ", l->is_max ? "more" : "less");
        put_worth(t, l, p->price, amount);
        put_range(t, l, from, to);
    } else {
        tdo_puts(&t->o, ": relaxing it would change nothing");
    }
    if (kink)
        put_other_side(t, l);
    speech_end(t);
}

void speech_say_prices(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    if (m->whole && m->limits) {
        tdo_puts(&t->o, "A split that counts its candidates, or their worst, has no prices of its "
                        "limits");
        speech_end(t);
        return;
    }
    for (size_t k = 0; k < m->limits; k++) {
        const tdo_mix_limit *l = &m->limit[k];
        if (!l->price.known)
            continue;
        if (!(l->price.left > 0) && !(l->price.right > 0))
            say_free(t, l);
        else
            say_price(t, l);
    }
    if (m->relaxed_prices && m->limits) {
        tdo_puts(&t->o, "These prices hold as long as no more candidates, or smaller shares, are "
                        "needed than the scenario allows");
        speech_end(t);
    }
}

/* ---- single candidates ---- */

/* The first step that the bound as it is does not reach and that another one takes, or NULL. */
static const tdo_step *next_step(const tdo_run *run, const tdo_step_curve *c)
{
    const size_t top = speech_candidate_of(run, run->ranking.top);
    for (size_t k = 0; k < c->steps; k++)
        if ((c->is_max ? c->step[k].bound > c->bound : c->step[k].bound < c->bound) &&
            c->step[k].candidate != top)
            return &c->step[k];
    return NULL;
}

static void say_step(speech *t, const tdo_step_curve *c, const tdo_step *to)
{
    const tdo_constraint *k = &t->run->scenario->constraints[c->constraint];
    double now = facts_headline(t->run)->score[t->run->ranking.top];
    tdo_puts(&t->o, "If ");
    speech_put_limit_of(&t->o, t->run, k);
    speech_put_owner(&t->o, t->run, k);
    tdo_puts(&t->o, " were relaxed to ");
    speech_put_amount(&t->o, t->run, k->condition.criterion, to->bound);
    tdo_puts(&t->o, ", ");
    speech_put_candidate(&t->o, t->run, to->candidate);
    tdo_puts(&t->o, to->level ? " would be first, level with another one" : " would be first");
    /* with today's within the limits gains count from it: the scores are of two kinds */
    const bool other_scale = to->candidate == t->run->measured.incumbent &&
                             tdo_rule_about[t->run->ranking.rule]->bargains;
    if (other_scale) {
        tdo_puts(&t->o, ": then gains count from it");
    } else if (to->level && fabs(to->score - now) <= TDO_TIE) {
        tdo_puts(&t->o, ", with as good a score as now: ");
        speech_put_score_of(&t->o, t->run->ranking.rule, now, to->score);
    } else if (!tdo_rule_about[t->run->ranking.rule]->in_stages) {
        tdo_puts(&t->o, " with ");
        speech_put_score_of(&t->o, t->run->ranking.rule, to->score, now);
        tdo_puts(&t->o, " instead of ");
        speech_put_score(&t->o, t->run->ranking.rule, now, to->score);
    }
    speech_end(t);
}

tdo_status tdo_explain_steps(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    for (size_t k = 0; run->feasible && k < run->n_steps; k++) {
        const tdo_step *to = next_step(run, &run->steps[k]);
        if (to) {
            say_step(&t, &run->steps[k], to);
        } else if (run->steps[k].left_out) {
            tdo_puts(&t.o, "Who would be first if ");
            speech_put_limit_of(&t.o, run, &run->scenario->constraints[run->steps[k].constraint]);
            tdo_puts(&t.o, " moved is left out: it would take too many runs");
            speech_end(&t);
        }
    }
    return speech_finish(&t, out);
}
