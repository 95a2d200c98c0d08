/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A split in plain words: who gets what from it, and why there is none. */
#include "explain/mix.h"
#include "base/decimal.h"
#include "base/list.h"
#include "explain/amount.h"
#include "explain/limit_words.h"

#include <assert.h>
#include <math.h>

enum { SHARE_DIGITS = 3 };
static const double NEGLIGIBLE = 1e-9; /* of a rule's value: what proofs leave open */

static void put_percent(tdo_sink *o, double share)
{
    amount_put_rounded(o, 100 * share, SHARE_DIGITS);
    tdo_puts(o, "%");
}

/* Of the last place printed, so many make 1 %: the least share has three digits. */
static double percent_unit(const tdo_mix *m)
{
    double least = 100 * m->shares[m->n_shares - 1].share, unit = 10;
    while (least * unit < 100 && unit < 1e6)
        unit *= 10;
    return unit;
}

/* Rounded down, and what is missing of 100 goes to those who lost most (largest remainders). */
double speech_share_percent(const tdo_mix *m, size_t k)
{
    assert(k < m->n_shares);
    const double unit = m->n_shares > 1 ? percent_unit(m) : 1;
    const double mine = 100 * m->shares[k].share * unit;
    double left = 100 * unit, before = 0;
    for (size_t j = 0; j < m->n_shares; j++) {
        double other = 100 * m->shares[j].share * unit;
        double lost = other - floor(other), lost_mine = mine - floor(mine);
        left -= floor(other);
        before += lost > lost_mine || (j < k && !(lost < lost_mine));
    }
    return (floor(mine) + (before < left)) / unit;
}

static void put_share(tdo_sink *o, const tdo_mix *m, size_t k)
{
    amount_put_rounded(o, speech_share_percent(m, k), SPEECH_PERCENT_DIGITS);
    tdo_puts(o, "%");
}

/* A value of the rule, told from the other one where it is in points. */
static void put_value(tdo_sink *o, const tdo_mix *m, double value, double other)
{
    const double scale = speech_words_of(m)->scale;
    if (fabs(scale) > 1)
        amount_put_points_beside(o, scale * value + 0.0, scale * other + 0.0);
    else
        amount_put_rounded(o, scale * value + 0.0, SPEECH_SCORE_DIGITS);
}

/* The same with what stands around it. */
static void put_value_of_all(tdo_sink *o, const tdo_mix *m, double value, double other)
{
    const speech_value_words *w = speech_words_of(m);
    tdo_puts(o, w->before);
    put_value(o, m, value, other);
    if (fabs(w->scale) > 1)
        tdo_puts(o, amount_point_beside(w->scale * value, w->scale * other));
    tdo_puts(o, w->after);
}

/* ---- the split ---- */

static void put_shares(tdo_sink *o, const tdo_run *run, const tdo_mix *m)
{
    for (size_t k = 0; k < m->n_shares; k++) {
        tdo_puts(o, list_joint(k, m->n_shares));
        put_share(o, m, k);
        tdo_puts(o, k == 0 ? " of traffic to " : " to ");
        speech_put_candidate(o, run, m->shares[k].candidate);
    }
}

static void say_split(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    const speech_value_words *w = speech_words_of(m);
    if (!m->better) {
        tdo_puts(&t->o, "No split is better than ");
        speech_put_candidate(&t->o, t->run, m->single);
        tdo_puts(&t->o, " alone: ");
        put_value_of_all(&t->o, m, m->value, m->value);
    } else {
        tdo_puts(&t->o, "Send ");
        put_shares(&t->o, t->run, m);
        tdo_puts(&t->o, ": ");
        put_value_of_all(&t->o, m, m->value, m->single == TDO_NONE ? m->value : m->single_value);
        if (m->single == TDO_NONE) {
            tdo_puts(&t->o, "; no single candidate meets the limits");
        } else if (!(fabs(m->value - m->single_value) > TDO_TIE)) { /* leximin decides */
            tdo_puts(&t->o, ", as with the best single candidate ");
            speech_put_candidate(&t->o, t->run, m->single);
            tdo_puts(&t->o, ", and who comes next gets more");
        } else {
            tdo_puts(&t->o, w->after[0] ? ", instead of " : " instead of ");
            put_value(&t->o, m, m->single_value, m->value);
            tdo_puts(&t->o, " with the best single candidate ");
            speech_put_candidate(&t->o, t->run, m->single);
        }
    }
    speech_end(t);
}

/* Who gains and who loses against the best single candidate; sign: 1 gains, -1 losses. */
static size_t put_changes(speech *t, double sign, const char *before)
{
    const tdo_scenario *s = t->run->scenario;
    const tdo_mix *m = &t->run->mix;
    size_t n = 0, k = 0;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        n += sign * (m->utility[h] - m->single_utility[h]) > TDO_TIE;
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        double by = sign * (m->utility[h] - m->single_utility[h]);
        if (!(by > TDO_TIE))
            continue;
        tdo_putf(&t->o, "%s%s ", k == 0 ? before : list_joint(k, n), s->stakeholders[h].label);
        k++;
        amount_put_points(&t->o, 100 * by);
    }
    return n;
}

static void say_changes(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    if (m->single == TDO_NONE || !m->better)
        return;
    tdo_puts(&t->o, "Compared with ");
    speech_put_candidate(&t->o, t->run, m->single);
    tdo_puts(&t->o, " alone it ");
    size_t gains = put_changes(t, 1, "brings ");
    size_t losses = put_changes(t, -1, gains ? " and costs " : "costs ");
    if (!gains && !losses)
        tdo_puts(&t->o, "brings everybody the same");
    else if (!losses)
        tdo_puts(&t->o, " and costs nobody anything");
    speech_end(t);
}

static void say_bargain(speech *t)
{
    const tdo_run *r = t->run;
    if (!r->mix.no_gain)
        return;
    tdo_puts(&t->o, "No split gives everybody a gain over ");
    if (r->utility.from_incumbent) {
        tdo_puts(&t->o, "today's ");
        speech_put_candidate(&t->o, r, r->measured.incumbent);
    } else {
        tdo_puts(&t->o, "what each likes least");
    }
    tdo_puts(&t->o, ", so there is no bargain: the shares make the least gain as large as it can "
                    "be");
    speech_end(t);
}

static void say_others(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    size_t n = 0;
    if (!m->unique_known || m->unique)
        return;
    tdo_puts(&t->o, m->n_shares > 1 ? "Other splits are as good: "
                                    : "Others, or splits with them, are as good: ");
    for (size_t k = 0; k < m->n_shares; k++) {
        const tdo_mix_share *x = &m->shares[k];
        double least = 100 * x->least, most = 100 * x->most;
        if (!(x->most - x->least > 1e-6) || !speech_round_inwards(&least, &most, SHARE_DIGITS))
            continue;
        tdo_puts(&t->o, n++ ? "; " : "");
        speech_put_candidate(&t->o, t->run, x->candidate);
        tdo_puts(&t->o, " may have from ");
        amount_put_grouped(&t->o, least);
        tdo_puts(&t->o, " to ");
        amount_put_grouped(&t->o, most);
        tdo_puts(&t->o, "%");
    }
    if (!n)
        tdo_puts(&t->o, "candidates that are as good could take part");
    speech_end(t);
}

static void say_next(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    if (m->next == TDO_NONE || !(m->next_costs > NEGLIGIBLE))
        return;
    tdo_puts(&t->o, "Nearest to a share is ");
    speech_put_candidate(&t->o, t->run, m->next);
    const tdo_mix_options *o = &t->run->scenario->mix; /* where these hold, it may need more */
    tdo_puts(&t->o, o->max_models || o->min_share > 0 ? ": at least " : ": ");
    put_percent(&t->o, m->next_share);
    tdo_puts(&t->o, " of traffic for it would cost ");
    const speech_value_words *w = speech_words_of(m);
    speech_put_worth(&t->o, m, m->next_costs);
    tdo_puts(&t->o, w->scale > 0 ? w->worth : " of the rule's value");
    speech_end(t);
}

static void say_proof(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    if (m->status == TDO_MIX_LIMIT && m->n_shares) {
        tdo_puts(&t->o, "The search was cut: a split that is better by up to ");
        speech_put_worth(&t->o, m, m->certificate.gap);
        tdo_puts(&t->o, " may exist");
        speech_end(t);
    } else if (m->status == TDO_MIX_LIMIT) {
        tdo_puts(&t->o, "The search for a split was cut before it found one");
        speech_end(t);
    } else if (m->status == TDO_MIX_NUMERICAL) {
        tdo_puts(&t->o, "No split could be proven: the numbers of this scenario are too far apart");
        speech_end(t);
    }
}

/* ---- no split ---- */

static void say_clashing(speech *t, size_t set)
{
    const tdo_mix *m = &t->run->mix;
    const tdo_mix_clash *c = &m->clash;
    tdo_puts(&t->o, c->size[set] == 1 ? "No split meets " : "No split meets together ");
    for (size_t k = 0; k < c->size[set]; k++) {
        tdo_puts(&t->o, list_joint(k, c->size[set]));
        speech_put_limit(&t->o, t->run, &m->limit[c->set[set][k]]);
    }
    speech_end(t);
}

/* to: rounded to what is looser. A limit relative to today's is moved as it is written. */
static void say_enough(speech *t, const tdo_mix_limit *l, double to)
{
    const tdo_constraint *k = l->constraint;
    tdo_puts(&t->o, "Relaxing ");
    if (k->relative) {
        speech_put_limit_of(&t->o, t->run, k);
        speech_put_owner(&t->o, t->run, k);
        tdo_puts(&t->o, " to ");
        speech_put_worse_by(
            &t->o, t->run, k,
            decimal_beyond(speech_worse_by(t->run, k, to), SPEECH_WORD_DIGITS, true));
    } else {
        speech_put_limit(&t->o, t->run, l);
        tdo_puts(&t->o, " to ");
        speech_put_told(&t->o, t->run, l, decimal_beyond(to, SPEECH_WORD_DIGITS, l->is_max));
    }
    tdo_puts(&t->o, " would be enough");
    speech_end(t);
}

static void say_relief(speech *t)
{
    const tdo_mix *m = &t->run->mix;
    size_t n = 0;
    for (size_t k = 0; k < m->limits; k++) {
        const tdo_mix_limit *l = &m->limit[k];
        if (isnan(m->clash.relax[k]))
            continue;
        n++;
        say_enough(t, l, m->clash.relax[k]);
    }
    if (!n && m->clash.sets && !m->clash.relax_cut) {
        tdo_puts(&t->o, "No single limit, relaxed alone, would be enough");
        speech_end(t);
    }
}

static void say_clash(speech *t)
{
    const tdo_mix_clash *c = &t->run->mix.clash;
    const tdo_mix_options *o = &t->run->scenario->mix;
    if (c->nobody) {
        tdo_puts(&t->o,
                 "There is no split: no candidate meets every limit, and \"constraints\" and "
                 "--limit bind each by itself");
        speech_end(t);
        tdo_puts(&t->o,
                 "What is to hold on average only goes into \"mix\": {\"limits\": [...]}, and "
                 "what would let somebody in says \"tradeoff run\"");
        speech_end(t);
        return;
    }
    for (size_t k = 0; k < c->sets; k++)
        say_clashing(t, k);
    if (c->proof) {
        say_relief(t);
        return;
    }
    tdo_puts(&t->o, "A split could meet the limits, but not ");
    if (o->max_models)
        tdo_putf(&t->o, "with %zu candidate%s", o->max_models, o->max_models == 1 ? "" : "s");
    if (o->min_share > 0) {
        tdo_puts(&t->o, o->max_models ? " with at least " : "with at least ");
        put_percent(&t->o, o->min_share);
        tdo_puts(&t->o, o->max_models && o->max_models > 1 ? " each" : "");
    }
    if (c->models)
        tdo_putf(&t->o, ": it takes %zu", c->models);
    speech_end(t);
}

tdo_status tdo_explain_mix(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    if (!run->mixed)
        return speech_finish(&t, out);
    if (run->mix.n_shares) {
        say_split(&t);
        say_changes(&t);
        say_bargain(&t);
        say_others(&t);
        say_next(&t);
        speech_say_prices(&t);
    } else if (run->mix.status == TDO_MIX_INFEASIBLE) {
        say_clash(&t);
    }
    say_proof(&t);
    return speech_finish(&t, out);
}

tdo_status tdo_explain_in_mix(const tdo_run *run, size_t i, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    const tdo_mix *m = &run->mix;
    size_t k = 0;
    if (!run->mixed || !m->n_shares)
        return speech_finish(&t, out);
    while (k < m->n_shares && m->shares[k].candidate != i)
        k++;
    if (k < m->n_shares) {
        tdo_putf(&t.o, "In the split under %s it has ", tdo_mix_rule_name[m->rule]);
        put_share(&t.o, m, k);
    } else {
        tdo_putf(&t.o, "In the split under %s it has no share", tdo_mix_rule_name[m->rule]);
    }
    speech_end(&t);
    return speech_finish(&t, out);
}
