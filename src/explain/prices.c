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

/* price: of one more of what the limit is told in; amount: so many of these. */
static void put_worth(speech *t, const tdo_mix_limit *l, double price, double amount)
{
    const tdo_run *run = t->run;
    const double apart = amount * speech_told_unit(run, l); /* in units of the reading */
    speech_put_worth(&t->o, &run->mix, price * amount);
    tdo_puts(&t->o, speech_words_of(&run->mix)->worth);
    size_t c = comparison_of(run, &l->price, apart);
    if (c == TDO_NONE)
        return;
    tdo_puts(&t->o, ", as much as ");
    amount_put_rounded(&t->o, l->price.worth[c] * apart, PRICE_DIGITS);
    amount_put_unit_apart(&t->o, &run->scenario->criteria[c], l->price.worth[c] * apart);
    tdo_putf(&t->o, " of %s", run->scenario->criteria[c].label);
}

/* Bounds, ascending in what they are told in. */
typedef struct told_range {
    double from, to;
} told_range;

static told_range told_between(const speech *t, const tdo_mix_limit *l, double from, double to)
{
    const double a = speech_told(t->run, l, from), b = speech_told(t->run, l, to);
    return a > b ? (told_range){b, a} : (told_range){a, b};
}

/* "from 118 to 131 ms", rounded inwards; one end may be open. */
static void put_range(speech *t, const tdo_mix_limit *l, told_range s)
{
    if (isnan(s.from) || isnan(s.to) || (isinf(s.from) && isinf(s.to)) ||
        !speech_round_inwards(&s.from, &s.to, SPEECH_WORD_DIGITS))
        return;
    if (isinf(s.to)) {
        tdo_puts(&t->o, ", from ");
        speech_put_told(&t->o, t->run, l, s.from);
        tdo_puts(&t->o, " on");
    } else if (isinf(s.from)) {
        tdo_puts(&t->o, ", up to ");
        speech_put_told(&t->o, t->run, l, s.to);
    } else {
        tdo_puts(&t->o, ", from ");
        amount_put_grouped(&t->o, s.from);
        tdo_puts(&t->o, " to ");
        speech_put_told(&t->o, t->run, l, s.to);
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
    if (l->constraint->relative) {
        const size_t c = l->constraint->condition.criterion;
        tdo_puts(&t->o, ", today's has ");
        amount_put_bound(&t->o, &t->run->scenario->criteria[c],
                         t->run->measured.reading[c][t->run->measured.incumbent]);
    }
    speech_end(t);
}

/* Is a larger number, as the limit is told, a looser one? */
static bool loosens(const tdo_mix_limit *l)
{
    return l->is_max || speech_tells_worse_by(l);
}

/* The side on which the bound gets tighter, where that differs. */
static void put_other_side(speech *t, const tdo_mix_limit *l)
{
    const tdo_price *p = &l->price;
    const char *tighter = loosens(l) ? "less" : "more";
    double tight = (l->is_max ? p->left : p->right) * speech_told_unit(t->run, l);
    if (isinf(tight)) {
        tdo_putf(&t->o, "; with any %s no split would meet the limits", tighter);
        return;
    }
    const told_range s =
        told_between(t, l, l->is_max ? p->from : l->bound, l->is_max ? l->bound : p->to);
    double amount = readable_amount(tight, s.to - s.from);
    tdo_puts(&t->o, p->price > 0 ? "; " : ", but ");
    speech_put_told_apart(&t->o, t->run, l, amount);
    tdo_putf(&t->o, " %s would cost ", tighter);
    speech_put_worth(&t->o, &t->run->mix, tight * amount);
    put_range(t, l, s);
}

static void say_price(speech *t, const tdo_mix_limit *l)
{
    const tdo_price *p = &l->price;
    const bool kink = is_kink(p);
    const told_range s = told_between(t, l, kink && l->is_max ? l->bound : p->from,
                                      kink && !l->is_max ? l->bound : p->to);
    const double now = speech_told(t->run, l, l->bound);
    const double price = p->price * speech_told_unit(t->run, l);
    const double way = loosens(l) ? s.to - now : now - s.from; /* what there is to relax */
    const double amount = readable_amount(price, isfinite(way) ? way : fabs(now));
    speech_put_limit(&t->o, t->run, l);
    if (p->price > 0) {
        tdo_puts(&t->o, ": ");
        speech_put_told_apart(&t->o, t->run, l, amount);
        tdo_putf(&t->o, " %s is worth ", loosens(l) ? "more" : "less");
        put_worth(t, l, price, amount);
        put_range(t, l, s);
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
