/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules: how the wishes of all become one order. One list and one table; whoever knows
 * more about each rule (its function, its intervals) binds it by the list, so that a rule that was
 * forgotten somewhere does not compile. */
#ifndef TRADEOFF_RULE_H
#define TRADEOFF_RULE_H

#include "tradeoff/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_KEMENY_SURE = 16,    /* feasible candidates up to which kemeny is always computed */
    TDO_KEMENY_MAX = 60,     /* ... and up to which where the search proves the order */
    TDO_COPELAND_MAX = 10000 /* ... and copeland (all pairs) */
};

/* X(NAME_IN_ENUMS, name_in_functions, "name in the scenario"), in the order of every listing. */
#define TDO_EACH_RULE(X)                                                                           \
    X(WEIGHTED, weighted, "weighted")                                                              \
    X(MAXIMIN, maximin, "maximin")                                                                 \
    X(NASH, nash, "nash")                                                                          \
    X(KALAI_SMORODINSKY, kalai_smorodinsky, "kalai-smorodinsky")                                   \
    X(MINIMAX_REGRET, minimax_regret, "minimax-regret")                                            \
    X(CHEBYSHEV, chebyshev, "chebyshev")                                                           \
    X(BORDA, borda, "borda")                                                                       \
    X(COPELAND, copeland, "copeland")                                                              \
    X(KEMENY, kemeny, "kemeny")                                                                    \
    X(PLURALITY, plurality, "plurality")                                                           \
    X(NEEDS_FIRST, needs_first, "needs-first")                                                     \
    X(OWA, owa, "owa")                                                                             \
    X(PRIORITIES, priorities, "priorities")

typedef enum tdo_rule {
#define TDO_RULE_MEMBER(NAME, function, name) TDO_RULE_##NAME,
    TDO_EACH_RULE(TDO_RULE_MEMBER)
#undef TDO_RULE_MEMBER
        TDO_RULES /* how many there are */
} tdo_rule;

/* The rules that have a meaning for shares, likewise. */
#define TDO_EACH_MIX_RULE(X)                                                                       \
    X(WEIGHTED, weighted, "weighted")                                                              \
    X(MAXIMIN, maximin, "maximin")                                                                 \
    X(LEXIMIN, leximin, "leximin")                                                                 \
    X(NASH, nash, "nash")                                                                          \
    X(KALAI_SMORODINSKY, kalai_smorodinsky, "kalai-smorodinsky")                                   \
    X(MINIMAX_REGRET, minimax_regret, "minimax-regret")                                            \
    X(CHEBYSHEV, chebyshev, "chebyshev")

typedef enum tdo_mix_rule {
    TDO_MIX_AS_HEADLINE, /* the scenario's rule */
#define TDO_MIX_RULE_MEMBER(NAME, function, name) TDO_MIX_##NAME,
    TDO_EACH_MIX_RULE(TDO_MIX_RULE_MEMBER)
#undef TDO_MIX_RULE_MEMBER
        TDO_MIX_RULES
} tdo_mix_rule;

struct tdo_scenario;

/* What the order of n candidates takes beside a few looks at each of their utilities. */
typedef enum tdo_rule_work {
    TDO_WORK_EACH, /* nothing */
    TDO_WORK_PAIRS,
    TDO_WORK_SUBSETS
} tdo_rule_work;

/* What is said and known about a rule wherever rules are listed. */
typedef struct tdo_rule_terms {
    const char *seeks;   /* "the largest total utility" */
    const char *gloss;   /* the same in the fewest words, for people: "the most points in total" */
    const char *counts;  /* what its score is: "total utility" */
    const char *second;  /* what decides between equal scores; NULL: nothing, they are tied */
    const char *when;    /* "use it when ..." */
    const char *obeys;   /* are powers used, do other candidates matter, does exaggerating pay */
    const char *no_gain; /* what becomes of those who can gain nothing; NULL: it counts no gains */
    bool avoids;         /* its score is minus what it avoids */
    bool counts_places;  /* in the orders of the stakeholders */
    bool in_points;      /* it is a utility: in words points of 100 */
    bool in_stages;      /* scores of different stages are not compared: no margin, no "simpler" */
    bool by_readings;    /* looks at readings, beside utilities and values */
    bool only_asked;     /* not computed beside another headline */
    bool on_own;        /* a score rests on the candidate's own readings, ranges and wishes alone */
    bool bargains;      /* counts gains: from today's, or else from the least utility of each */
    bool from_best;     /* counts from the best utility of each */
    tdo_rule_work work; /* what its order takes beside reading each utility once */
    size_t most;        /* feasible candidates up to which it is computed; 0: any number */
    size_t sure;        /* ... and up to which it always is, and can be the headline; 0: most */
    /* Why this scenario cannot have it, NULL where it can. NULL: every scenario can. */
    const char *(*lacks)(const struct tdo_scenario *s);
    tdo_mix_rule split; /* the same for shares; TDO_MIX_AS_HEADLINE: it has no meaning there */
} tdo_rule_terms;

/* The names alone, in the order of the enum. */
TDO_API extern const char *const tdo_rule_name[TDO_RULES];
TDO_API extern const tdo_rule_terms *const tdo_rule_about[TDO_RULES];

/* Is the rule computed for so many feasible candidates? */
static inline bool tdo_rule_takes(tdo_rule rule, size_t candidates)
{
    size_t most = tdo_rule_about[rule]->most;
    return !most || candidates <= most;
}

/* Feasible candidates up to which it is computed whatever they are, so that it can be the headline;
 * 0: any number. */
static inline size_t tdo_rule_most_led(tdo_rule rule)
{
    const tdo_rule_terms *about = tdo_rule_about[rule];
    return about->sure ? about->sure : about->most;
}

static inline bool tdo_rule_leads(tdo_rule rule, size_t candidates)
{
    return !tdo_rule_most_led(rule) || candidates <= tdo_rule_most_led(rule);
}

/* "headline", "weighted", "maximin", "leximin", ...; in the order of the enum. */
TDO_API extern const char *const tdo_mix_rule_name[TDO_MIX_RULES];

#ifdef __cplusplus
}
#endif

#endif
