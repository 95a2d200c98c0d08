/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the portfolio. */
#include "tradeoff/portfolio.h"

const char *const tdo_portfolio_rule_name[TDO_PORTFOLIO_RULES] = {"weighted", "maximin"};

const char *tdo_portfolio_status_word(tdo_portfolio_status s)
{
    static const char *const word[TDO_PORTFOLIO_STATUSES] = {"optimal", "infeasible", "limit"};
    return word[s];
}

bool tdo_portfolio_takes(const tdo_portfolio_set *set, size_t i)
{
    for (size_t k = 0; k < set->n; k++)
        if (set->candidate[k] == i)
            return true;
    return false;
}
