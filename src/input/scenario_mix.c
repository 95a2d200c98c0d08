/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a split between candidates: "mix". */
#include "input/scenario_reader.h"

const char *const tdo_mix_rule_name[TDO_MIX_RULES] = {
    [TDO_MIX_AS_HEADLINE] = "headline",
    [TDO_MIX_WEIGHTED] = "weighted",
    [TDO_MIX_MAXIMIN] = "maximin",
    [TDO_MIX_LEXIMIN] = "leximin",
    [TDO_MIX_NASH] = "nash",
    [TDO_MIX_KALAI_SMORODINSKY] = "kalai-smorodinsky",
    [TDO_MIX_MINIMAX_REGRET] = "minimax-regret",
    [TDO_MIX_CHEBYSHEV] = "chebyshev",
};
