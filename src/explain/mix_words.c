/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of the sentences about a split and its limits: what a rule's value is, amounts. */
#include "explain/mix.h"

static const speech_value_words weighted = {"the total utility is ", "", " of total utility", 1};
static const speech_value_words maximin = {"the worst-off stakeholder gets ", "",
                                           " of utility to the worst-off stakeholder", 1};
static const speech_value_words leximin = {"the worst-off stakeholder gets ", "",
                                           " of utility to the worst-off stakeholder", 1};
static const speech_value_words nash = {"the bargaining score (the product of all gains) is ", "",
                                        " of the bargaining score", 1};
static const speech_value_words kalai_smorodinsky = {"everybody gets at least ",
                                                     " of what they could hope to gain",
                                                     " of what all could hope to gain", 1};
static const speech_value_words minimax_regret = {"the worst disappointment is ", "",
                                                  " less of the worst disappointment", -1};
static const speech_value_words chebyshev = {"the weighted shortfall in the worst criterion is ",
                                             "", " less shortfall", -1};
static const speech_value_words least_gain = {"the least gain is ", "", " of the least gain", 1};

const speech_value_words *speech_words_of(const tdo_mix *m)
{
    static const speech_value_words *const words[TDO_MIX_RULES] = {
#define RULE_WORDS(NAME, function, name) [TDO_MIX_##NAME] = &(function),
        TDO_EACH_MIX_RULE(RULE_WORDS)
#undef RULE_WORDS
    };
    return m->no_gain ? &least_gain : words[m->rule];
}

void speech_put_amount(tdo_sink *o, const tdo_run *run, size_t criterion, double x)
{
    tdo_put_rounded(o, x, SPEECH_WORD_DIGITS);
    if (criterion != TDO_NONE && run->scenario->criteria[criterion].unit[0])
        tdo_putf(o, " %s", run->scenario->criteria[criterion].unit);
}

void speech_put_limit(tdo_sink *o, const tdo_mix_limit *l)
{
    tdo_puts(o, l->text);
    if (l->constraint->owner[0])
        tdo_putf(o, " (%s)", l->constraint->owner);
}
