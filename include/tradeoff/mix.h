/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits of traffic between candidates: a mix.
 *
 * Shares x[i] >= 0 that sum to 1. A stakeholder's utility of a split is the average of its
 * utilities of the parts; a criterion that mixes "worst" counts the worst of those used instead.
 * Limits bind averages of readings.
 *
 *     rule               value of a split (larger is better)
 *     weighted           sum of power x utility
 *     maximin, leximin   the least utility; the shares are the leximin ones: among equally good
 *                        ones the next-worst-off decides, and so on
 *     nash               product of gain^power over the disagreement; where no split gives
 *                        everybody a gain, the least gain. Who has no power must not lose, but does
 *                        not count
 *     kalai-smorodinsky  the least share of the hoped-for gain, then leximin on these shares
 *     minimax-regret     minus the largest regret, then leximin on the negative regrets
 *     chebyshev          minus the largest weighted shortfall of a criterion, less 0.001 of their
 *                        sum
 *
 * Ranges, disagreement, the best one hopes for and regret are those of the single feasible
 * candidates, so that the value of a split and the score of a candidate are the same scale. (borda,
 * copeland and kemeny count places, which shares do not have.)
 *
 * Answers are proven: each comes with multipliers from which our own code, from the data and over
 * all who may take part, bounds what any split could reach; the gap is the difference. */
#ifndef TRADEOFF_MIX_H
#define TRADEOFF_MIX_H

#include "tradeoff/search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Shares below this are left out, and the rest scaled up; everything is computed after that. */
#define TDO_MIX_SHARE 1e-12

enum {
    TDO_MIX_CURVE = 500,  /* points of a curve at most */
    TDO_MIX_CLASHES = 16, /* clashing sets listed at most */
    TDO_MIX_NODES = 20000 /* of a search for whole numbers of models, at most */
};

typedef enum tdo_mix_status {
    TDO_MIX_OPTIMAL,
    TDO_MIX_INFEASIBLE, /* no split meets the limits: see clash */
    TDO_MIX_LIMIT,      /* a search was cut: the best split so far; certificate.gap: what may be
                           missing */
    TDO_MIX_NUMERICAL   /* no answer passed its check */
} tdo_mix_status;

/* "optimal", "infeasible", "limit", "numerical". */
TDO_API const char *tdo_mix_status_word(tdo_mix_status s);

typedef struct tdo_mix_share {
    size_t candidate;   /* index among the loaded ones */
    double share;       /* in (0, 1] */
    double least, most; /* over all splits that are as good; NaN: not examined */
} tdo_mix_share;

/* ---- what limits cost ---- */

/* How the optimum moves with one bound, all else as it is. Prices are what relaxing the bound by
 * one unit buys of the rule's value, >= 0. left is the price just below the bound, right just
 * above: at a kink they differ, and the price is that of the side that relaxes. */
typedef struct tdo_price {
    bool known; /* false: no proven price, for whole numbers of models have none */
    double price;
    double left, right;  /* INFINITY: on that side no split meets the limits */
    double from, to;     /* the bounds between which they hold: both from `from` to `to` where they
                            are equal; else left from `from` to the bound, right from the bound to
                            `to`. Infinite: for ever. NaN: only here (nash; a curve that was cut) */
    const double *worth; /* [d] the price in the units of the other criteria: so many units of
                            criterion c, better on average, are worth as much under the group
                            weights at the solution. NaN: c counts nothing there, or has no more to
                            gain */
    const double *bound; /* [points] ascending; between them the optimum is linear. Beyond the
                            tighter end nothing is feasible, beyond the other nothing changes */
    const double *value; /* [points] */
    size_t points;       /* 0: no curve (nash) */
    bool complete;       /* false: no curve, or cut at TDO_MIX_CURVE points */
} tdo_price;

/* One side of a limit. */
typedef struct tdo_mix_limit {
    const tdo_constraint *constraint;
    bool from_constraint; /* a constraint of the scenario that averages here (infeasible_may_mix) */
    bool is_max;
    bool each;         /* binds each one used: its criterion mixes "worst" */
    double bound;      /* in the unit of the reading */
    const char *text;  /* "latency <= 150 ms" */
    double reached;    /* what the split has there; NaN: no split */
    double multiplier; /* >= 0, per unit of the bound: with those of the other limits and of the
                          levels it proves the gap (of nash, for the logarithm). NaN: none */
    tdo_price price;
} tdo_mix_limit;

/* ---- why it cannot be done ---- */

typedef struct tdo_mix_clash {
    const double *proof; /* [limits] multipliers >= 0 of the bounds (each bound in units of
                            `scale`): with these, whoever takes part exceeds the weighted sum of
                            the bounds; NULL: the averages can be met, but not with so few models
                            or so large shares */
    const double *scale; /* [limits] > 0, in the unit of the reading */
    double margin;       /* the least of these excesses over all who may take part, > 0: checked */
    const uint32_t *const *set; /* [sets] smallest sets of limits that no split meets together:
                                   without any one of them it could */
    const size_t *size;         /* [sets] */
    size_t sets;
    bool complete;       /* these are all */
    const double *relax; /* [limits] the bound that is just loose enough when all others stay, and
                            max_models and min_share; NaN: relaxing this one alone does not help */
    bool relax_cut;      /* or that was not found out: a search ran out of work */
    size_t models;       /* candidates that the limits and min_share need at least; 0: not asked,
                            or even then no */
    bool nobody;         /* no candidate may take part at all */
} tdo_mix_clash;

/* ---- the answer ---- */

/* Recomputed from the data for the shares that are reported. */
typedef struct tdo_mix_certificate {
    double primal; /* largest miss of a limit (in units of the spread of its readings), or of the
                      sum */
    double dual;   /* largest miss of a multiplier's sign, or of their sum; NaN: no multipliers */
    double gap;    /* no split is better than value + gap */
} tdo_mix_certificate;

/* A stakeholder or, for chebyshev, a criterion whose level the rule looks at. */
typedef struct tdo_mix_level {
    size_t subject; /* stakeholder, or criterion */
    double level;   /* utility, gain, share of the hoped-for gain, minus regret, minus shortfall */
    double weight;  /* multiplier >= 0: how much of the rule's value one more of this level is
                       worth. With these weights the split is also what weighted would choose. NaN:
                       none */
    unsigned round; /* leximin: 1 for whose level was settled first; 0: no such order */
} tdo_mix_level;

typedef struct tdo_mix_effort {
    size_t participants; /* who may take part */
    size_t entered;      /* who can matter: no other is as good everywhere and better somewhere */
    size_t lps, rounds;  /* LPs solved; restricted ones and search nodes among them */
    double seconds;      /* in GLPK, wall clock, for the bench only */
} tdo_mix_effort;

typedef struct tdo_mix {
    tdo_mix_status status;
    tdo_mix_rule rule;           /* never TDO_MIX_AS_HEADLINE */
    bool no_gain;                /* nash: no split gives everybody a gain; value is the least
                                    gain */
    bool whole;                  /* a search for whole numbers was needed: no multipliers, no
                                    prices */
    bool relaxed_prices;         /* max_models or min_share are given, and hold by themselves:
                                    prices are those of a split without them */
    double value;                /* NaN: no split */
    const tdo_mix_share *shares; /* [n_shares] the largest first, then by id */
    size_t n_shares;
    bool unique; /* no other split is as good */
    bool unique_known;
    const double *utility;      /* [stakeholders] of the split; NULL: no split */
    const double *reading;      /* [d] average reading (the worst of those used where it mixes
                                   so) */
    const tdo_mix_level *level; /* [levels] */
    size_t levels;
    size_t single; /* the best candidate that meets the limits alone; TDO_NONE: none
                      does */
    double single_value;
    const double *single_utility; /* [stakeholders]; NULL: none */
    bool better;                  /* the split is better than that one under the rule */
    size_t next;                  /* who of those without a share could have next_share at the
                                     least cost; TDO_NONE: nobody could, or that was not found
                                     out */
    double next_lacks;            /* how much of the rule's value each share of it costs at least,
                                     by the multipliers */
    double next_share;            /* 0.01, or min_share where that is more */
    double next_costs;            /* the value, less that of the best split in which it has at
                                     least so much */
    const tdo_mix_limit *limit;   /* [limits] each side of each limit, in the scenario's order */
    size_t limits;
    size_t unmeasured; /* who cannot take part because a limited column was not
                          measured */
    tdo_mix_certificate certificate;
    tdo_mix_clash clash; /* where status is TDO_MIX_INFEASIBLE */
    tdo_mix_effort effort;
} tdo_mix;

/* The rule in effect. Errors: TDO_E_INPUT (the headline has no meaning for shares; located at the
 * rule). */
TDO_API TDO_MUST_USE tdo_status tdo_mix_rule_of(const tdo_scenario *s, tdo_mix_rule *out,
                                                tdo_error *err);

/* Solves s->mix (asked or not). Who is not feasible but may take part has the values of the ranges
 * found; where nobody is feasible, ranges, disagreement and regret are those of the participants.
 * Errors: TDO_E_INPUT (as tdo_mix_rule_of), TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_API TDO_MUST_USE tdo_status tdo_mix_solve(const tdo_case *k, tdo_arena *a, tdo_mix *out,
                                              tdo_error *err);

/* Writes the LP (or the integer program) of the mix in CPLEX LP format: for leximin the first of
 * them, for nash the linear one that the solution solves, too. Errors: as above, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_mix_write_lp(const tdo_case *k, tdo_sink *o, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
