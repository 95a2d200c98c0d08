/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the group rules, apart from the reader that needs jansson: the page has them too. */
#include "tradeoff/scenario.h"

const char *const tdo_rule_name[TDO_RULES] = {
    [TDO_RULE_WEIGHTED] = "weighted",
    [TDO_RULE_MAXIMIN] = "maximin",
    [TDO_RULE_NASH] = "nash",
    [TDO_RULE_KALAI_SMORODINSKY] = "kalai-smorodinsky",
    [TDO_RULE_MINIMAX_REGRET] = "minimax-regret",
    [TDO_RULE_CHEBYSHEV] = "chebyshev",
    [TDO_RULE_BORDA] = "borda",
    [TDO_RULE_COPELAND] = "copeland",
    [TDO_RULE_KEMENY] = "kemeny",
};
