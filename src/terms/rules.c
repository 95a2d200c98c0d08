/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of group rules. The formulas are in the README's table. */
#include "tradeoff/rule.h"

static const tdo_rule_terms weighted = {
    .seeks = "the largest total utility",
    .counts = "total utility",
    .when = "the stakeholders accept that one's gain makes up for another's loss",
    .obeys = "powers are used; other candidates matter only through observed ranges; exaggerating "
             "one's weights can pay",
    .split = TDO_MIX_WEIGHTED,
};
static const tdo_rule_terms maximin = {
    .seeks = "the best deal for whoever is worst off",
    .counts = "utility of the worst-off",
    .when = "nobody is to be left far behind, whatever the others gain",
    .obeys = "powers are not used (but for 0); other candidates matter only through observed "
             "ranges; looking badly served can pay",
    .split = TDO_MIX_MAXIMIN,
};
static const tdo_rule_terms nash = {
    .seeks = "the bargain in which everybody gains most together",
    .counts = "bargaining score",
    .when = "there is something to bargain against: what runs today",
    .obeys = "powers are used; without an incumbent everybody's least-liked candidate matters; "
             "exaggerating one's weights can pay, the scale of one's utility does not",
    .no_gain = "nash then ranks by the least gain, which is a loss or 0",
    .split = TDO_MIX_NASH,
};
static const tdo_rule_terms kalai_smorodinsky = {
    .seeks = "the most even share of what each could hope for",
    .counts = "least share of the hoped-for gain",
    .when = "each should get the same part of what could be had alone",
    .obeys = "powers are not used (but for 0); everybody's favourite matters, and without an "
             "incumbent the least liked; a far-off favourite can pay",
    .no_gain = "kalai-smorodinsky leaves them out",
    .split = TDO_MIX_KALAI_SMORODINSKY,
};
static const tdo_rule_terms minimax_regret = {
    .seeks = "the smallest of the worst disappointments",
    .counts = "worst disappointment",
    .when = "nobody should have to give up much of a favourite",
    .obeys = "powers are not used (but for 0); everybody's favourite matters; an extreme favourite "
             "can pay",
    .avoids = true,
    .split = TDO_MIX_MINIMAX_REGRET,
};
static const tdo_rule_terms chebyshev = {
    .seeks = "the smallest weighted shortfall in the worst criterion",
    .counts = "shortfall",
    .when = "a balanced candidate is wanted that no weighted sum would choose",
    .obeys = "powers are used; other candidates matter only through observed ranges; exaggerating "
             "one's weights can pay",
    .avoids = true,
    .split = TDO_MIX_CHEBYSHEV,
};
static const tdo_rule_terms borda = {
    .seeks = "the most points when each stakeholder ranks all",
    .counts = "points",
    .when = "only the orders of the stakeholders are trusted, not how much they differ",
    .obeys = "powers are used; adding or leaving out any candidate matters; putting a rival last "
             "can pay",
    .counts_places = true,
};
static const tdo_rule_terms copeland = {
    .seeks = "the most majorities won, one against one",
    .counts = "majorities won",
    .when = "whoever beats every other one by majority should be first",
    .obeys = "powers are used; adding or leaving out any candidate matters; exaggerating changes "
             "nothing, reordering can pay",
    .counts_places = true,
    .most = TDO_COPELAND_MAX,
};
static const tdo_rule_terms kemeny = {
    .seeks = "the order that contradicts the stakeholders least",
    .counts = "candidates placed below it",
    .when = "a whole order is wanted, not only a first one",
    .obeys = "powers are used; adding or leaving out any candidate matters; exaggerating changes "
             "nothing, reordering can pay",
    .counts_places = true,
    .most = TDO_KEMENY_MAX,
};

const char *const tdo_rule_name[TDO_RULES] = {
#define RULE_NAME(NAME, function, name) [TDO_RULE_##NAME] = (name),
    TDO_EACH_RULE(RULE_NAME)
#undef RULE_NAME
};

const tdo_rule_terms *const tdo_rule_about[TDO_RULES] = {
#define RULE_ABOUT(NAME, function, name) [TDO_RULE_##NAME] = &(function),
    TDO_EACH_RULE(RULE_ABOUT)
#undef RULE_ABOUT
};
