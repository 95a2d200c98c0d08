/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of the sentences about a split and its limits: what a rule's value is, amounts. */
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/mix.h"

#include <math.h>

enum { WORTH_DIGITS = 3 };

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
