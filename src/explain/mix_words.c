/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of the sentences about a split and its limits: what a rule's value is, amounts. */
#include "base/decimal.h"
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/mix.h"

#include <math.h>

enum { WORTH_DIGITS = 3, NOISE_DIGITS = 12 };

static const speech_value_words weighted = {"in total it has ", " of 100", " in total", 100};
static const speech_value_words maximin = {"whoever is worst off gets ", " of 100",
                                           " to whoever is worst off", 100};
static const speech_value_words leximin = {"whoever is worst off gets ", " of 100",
                                           " to whoever is worst off", 100};
static const speech_value_words nash = {"the bargaining score (the product of all gains) is ", "",
                                        " of the bargaining score", 1};
static const speech_value_words kalai_smorodinsky = {"everybody gets at least ",
                                                     " of what they could hope to gain",
                                                     " of what all could hope to gain", 1};
static const speech_value_words minimax_regret = {"the most disappointed gives up ", " of 100",
                                                  " less for the most disappointed", -100};
static const speech_value_words chebyshev = {"the weighted shortfall in the worst criterion is ",
                                             "", " less shortfall", -1};
static const speech_value_words least_gain = {"the least gain is ", " of 100", " of the least gain",
                                              100};

const speech_value_words *speech_words_of(const tdo_mix *m)
{
    static const speech_value_words *const words[TDO_MIX_RULES] = {
#define RULE_WORDS(NAME, function, name) [TDO_MIX_##NAME] = &(function),
        TDO_EACH_MIX_RULE(RULE_WORDS)
#undef RULE_WORDS
    };
    return m->no_gain ? &least_gain : words[m->rule];
}

void speech_put_worth(tdo_sink *o, const tdo_mix *m, double value)
{
    const double scale = fabs(speech_words_of(m)->scale);
    amount_put_rounded(o, scale * value, WORTH_DIGITS);
    if (scale > 1)
        tdo_puts(o, amount_point(scale * value, WORTH_DIGITS));
}

void speech_put_amount(tdo_sink *o, const tdo_run *run, size_t criterion, double x)
{
    amount_put_rounded(o, x, SPEECH_WORD_DIGITS);
    if (criterion != TDO_NONE)
        amount_put_unit(o, &run->scenario->criteria[criterion]);
}

void speech_put_limit(tdo_sink *o, const tdo_run *run, const tdo_mix_limit *l)
{
    speech_put_side(o, run, l->constraint, l->is_max);
    speech_put_owner(o, run, l->constraint);
}

/* ---- bounds as they are told ---- */

bool speech_tells_worse_by(const tdo_mix_limit *l)
{
    const tdo_condition *is = &l->constraint->condition;
    return l->constraint->relative && !(is->has_min && is->has_max);
}

double speech_told(const tdo_run *run, const tdo_mix_limit *l, double bound)
{
    if (!speech_tells_worse_by(l))
        return bound;
    return isinf(bound) ? (l->is_max ? bound : -bound) : speech_worse_by(run, l->constraint, bound);
}

double speech_told_unit(const tdo_run *run, const tdo_mix_limit *l)
{
    const size_t c = l->constraint->condition.criterion;
    return speech_tells_worse_by(l) && l->constraint->percent
               ? fabs(run->measured.reading[c][run->measured.incumbent]) / 100
               : 1;
}

void speech_put_told(tdo_sink *o, const tdo_run *run, const tdo_mix_limit *l, double told)
{
    const size_t c = l->constraint->condition.criterion;
    if (speech_tells_worse_by(l)) {
        speech_put_worse_by(o, run, l->constraint, told);
        return;
    }
    amount_put_grouped(o, told);
    if (c != TDO_NONE)
        amount_put_unit(o, &run->scenario->criteria[c]);
}

void speech_put_told_apart(tdo_sink *o, const tdo_run *run, const tdo_mix_limit *l, double by)
{
    const size_t c = l->constraint->condition.criterion;
    amount_put_rounded(o, by, SPEECH_WORD_DIGITS);
    if (speech_tells_worse_by(l) && l->constraint->percent)
        tdo_puts(o, "%");
    else if (c != TDO_NONE)
        amount_put_unit_apart(o, &run->scenario->criteria[c], by);
}

/* x to 12 digits: the rest is rounding. */
static double without_noise(double x)
{
    char text[TDO_NUMBER_TEXT];
    double y = x;
    const size_t n = tdo_number_round(x, NOISE_DIGITS, text);
    return tdo_number_read(text, n, &y) == TDO_NUMBER_OK ? y : x;
}

bool speech_round_inwards(double *from, double *to, int digits)
{
    const double low = isinf(*from) ? *from : without_noise(*from);
    const double high = isinf(*to) ? *to : without_noise(*to);
    for (; digits <= NOISE_DIGITS && low < high; digits++) {
        const double above = isinf(low) ? low : decimal_beyond(low, digits, true);
        const double below = isinf(high) ? high : decimal_beyond(high, digits, false);
        if (above < below) {
            *from = above;
            *to = below;
            return true;
        }
    }
    return false;
}
