/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of group rules. The formulas are in cli/help/numbers.md. */
#include "terms/rules.h"

#include "tradeoff/decision.h"

#include <math.h>
#include <string.h>

static const tdo_rule_terms weighted = {
    .seeks = "the most points in total",
    .gloss = "the most points in total",
    .counts = "points in total",
    .in_points = true,
    .when = "the stakeholders accept that one's gain makes up for another's loss",
    .obeys = "powers are used; other candidates matter only through observed ranges; exaggerating "
             "one's weights can pay",
    .split = TDO_MIX_WEIGHTED,
    .on_own = true,
};
static const tdo_rule_terms maximin = {
    .seeks = "the best deal for whoever is worst off",
    .gloss = "best for the worst-off",
    .counts = "points of the worst-off",
    .in_points = true,
    .second = "the next-worst-off",
    .when = "nobody is to be left far behind, whatever the others gain",
    .obeys = "powers are not used (but for 0); other candidates matter only through observed "
             "ranges; looking badly served can pay",
    .split = TDO_MIX_MAXIMIN,
    .on_own = true,
};
static const tdo_rule_terms nash = {
    .seeks = "the bargain in which everybody gains most together",
    .gloss = "everybody gains together",
    .counts = "bargaining score",
    .when = "there is something to bargain against: what runs today",
    .obeys = "powers are used; without an incumbent everybody's least-liked candidate matters; "
             "exaggerating one's weights can pay, the scale of one's utility does not",
    .no_gain = "nash then ranks by the least gain, which is a loss or 0",
    .split = TDO_MIX_NASH,
    .bargains = true,
};
static const tdo_rule_terms kalai_smorodinsky = {
    .seeks = "the most even share of what each could hope for",
    .gloss = "each gets the same share of their hopes",
    .counts = "least share of the hoped-for gain",
    .second = "the next-least share",
    .when = "each should get the same part of what could be had alone",
    .obeys = "powers are not used (but for 0); everybody's favourite matters, and without an "
             "incumbent the least liked; a far-off favourite can pay",
    .no_gain = "kalai-smorodinsky leaves them out",
    .split = TDO_MIX_KALAI_SMORODINSKY,
    .bargains = true,
    .from_best = true,
};
static const tdo_rule_terms minimax_regret = {
    .seeks = "the smallest of the worst disappointments",
    .gloss = "nobody is badly disappointed",
    .counts = "points that the most disappointed gives up",
    .in_points = true,
    .when = "nobody should have to give up much of a favourite",
    .obeys = "powers are not used (but for 0); everybody's favourite matters; an extreme favourite "
             "can pay",
    .avoids = true,
    .split = TDO_MIX_MINIMAX_REGRET,
    .from_best = true,
};
static const tdo_rule_terms chebyshev = {
    .seeks = "the smallest weighted shortfall in the worst criterion",
    .gloss = "no criterion is very weak",
    .counts = "shortfall",
    .when = "a balanced candidate is wanted that no weighted sum would choose",
    .obeys = "powers are used; other candidates matter only through observed ranges; exaggerating "
             "one's weights can pay",
    .avoids = true,
    .split = TDO_MIX_CHEBYSHEV,
    .on_own = true,
};
static const tdo_rule_terms borda = {
    .seeks = "the most points when each stakeholder ranks all",
    .gloss = "the most points for places",
    .counts = "points",
    .when = "only the orders of the stakeholders are trusted, not how much they differ",
    .obeys = "powers are used; adding or leaving out any candidate matters; putting a rival last "
             "can pay",
    .counts_places = true,
};
static const tdo_rule_terms copeland = {
    .seeks = "the most majorities won, one against one",
    .gloss = "wins most duels",
    .counts = "majorities won",
    .when = "whoever beats every other one by majority should be first",
    .obeys = "powers are used; adding or leaving out any candidate matters; exaggerating changes "
             "nothing, reordering can pay",
    .counts_places = true,
    .most = TDO_COPELAND_MAX,
    .work = TDO_WORK_PAIRS,
};
static const tdo_rule_terms kemeny = {
    .seeks = "the order that contradicts the stakeholders least",
    .gloss = "the list with the least dispute",
    .counts = "candidates placed below it",
    .when = "a whole order is wanted, not only a first one",
    .obeys = "powers are used; adding or leaving out any candidate matters; exaggerating changes "
             "nothing, reordering can pay",
    .counts_places = true,
    .most = TDO_KEMENY_MAX,
    .sure = TDO_KEMENY_SURE,
    .work = TDO_WORK_SUBSETS,
};
static const tdo_rule_terms plurality = {
    .seeks = "the favourite of the most",
    .gloss = "the most first choices",
    .counts = "share of the power whose favourite it is",
    .when = "only the first choices are known or trusted",
    .obeys = "powers are used; a similar candidate takes votes away; voting for a second choice "
             "can pay",
    .counts_places = true,
};

/* ---- rules that not every scenario can have ---- */

static bool is_heard(const tdo_stakeholder *h)
{
    return h->power > 0;
}

static const char *lacks_needs(const tdo_scenario *s)
{
    for (size_t h = 0; h < s->n_stakeholders; h++)
        if (is_heard(&s->stakeholders[h]) && s->stakeholders[h].n_needs)
            return NULL;
    return "no stakeholder with a power above 0 has needs";
}

static const char *lacks_equal_powers(const tdo_scenario *s)
{
    double least = INFINITY, most = 0;
    size_t n = 0, weights = s->rule_options.n_owa_weights;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        if (is_heard(&s->stakeholders[h])) {
            least = fmin(least, s->stakeholders[h].power);
            most = fmax(most, s->stakeholders[h].power);
            n++;
        }
    if (most - least > TDO_TIE * most)
        return "it knows no powers, and those above 0 are not all equal";
    return weights && weights != n
               ? "its weights must be as many as the stakeholders with a power above 0"
               : NULL;
}

static const char *lacks_order(const tdo_scenario *s)
{
    const size_t *stage = s->rule_options.stage;
    if (!stage)
        return "it needs an order: \"rule\": {\"name\": \"priorities\", \"order\": [[\"a\"], "
               "[\"b\", \"c\"]]}";
    for (size_t h = 0; h < s->n_stakeholders; h++)
        if (stage[h] != TDO_NONE && is_heard(&s->stakeholders[h]))
            return NULL;
    return "nobody in its order has a power above 0";
}

static const tdo_rule_terms needs_first = {
    .seeks = "what meets the needs of the most, then the most points in total",
    .gloss = "meets the needs of the most",
    .counts = "share of the power whose needs are met",
    .second = "points in total",
    .when = "meeting everybody's minimum comes before doing better than it",
    .obeys = "powers are used; other candidates matter only through observed ranges; overstating a "
             "need can pay",
    .by_readings = true,
    .lacks = lacks_needs,
};
static const tdo_rule_terms owa = {
    .seeks = "the most points with the worse-off counted more",
    .gloss = "the worse-off count more",
    .counts = "points with the worse-off counted more",
    .in_points = true,
    .when = "the total matters, and whoever is worse off matters more",
    .obeys = "powers must be equal; other candidates matter only through observed ranges; looking "
             "badly served can pay",
    .lacks = lacks_equal_powers,
    .on_own = true,
};
static const tdo_rule_terms priorities = {
    .seeks = "the best for the first group, then among those as good for it the best for the next",
    .gloss = "some decide first",
    .counts = "points of the group that decided",
    .in_points = true,
    .when = "some must be served first, and the others choose among what is left",
    .obeys = "powers are used inside a group; other candidates decide what is within the slack; "
             "exaggerating one's weights can pay",
    .in_stages = true,
    .only_asked = true,
    .lacks = lacks_order,
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

const char *const tdo_mix_rule_name[TDO_MIX_RULES] = {[TDO_MIX_AS_HEADLINE] = "headline",
#define MIX_RULE_NAME(NAME, function, name) [TDO_MIX_##NAME] = (name),
                                                      TDO_EACH_MIX_RULE(MIX_RULE_NAME)
#undef MIX_RULE_NAME
};

static bool names(const char *const *rule, size_t n, const char *word)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(rule[k], word) == 0)
            return true;
    return false;
}

const char *terms_rule_of_other_kind(const char *word, bool splits)
{
    const bool single = names(tdo_rule_name, TDO_RULES, word);
    const bool split = names(tdo_mix_rule_name + 1, TDO_MIX_RULES - 1, word);
    if (splits ? split || !single : single || !split)
        return NULL;
    return splits ? "it is a rule of single candidates, not of splits"
                  : "it is a rule of splits only (\"tradeoff mix\"); of single candidates "
                    "\"maximin\" does the same";
}
