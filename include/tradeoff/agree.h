/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agreement is near: for each candidate the least that everybody's weights would have to
 * move so that nobody loses more than is accepted, what would make up for it instead, and who meets
 * all needs. Nobody is asked to move: it says where an agreement would be cheapest. */
#ifndef TRADEOFF_AGREE_H
#define TRADEOFF_AGREE_H

#include "tradeoff/choice.h"
#include "tradeoff/mix.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TDO_AGREE_ACCEPT 0.1 /* default */

typedef struct tdo_agree_options {
    double accept; /* in [0, 1): so much utility may each lose against its own favourite, */
    bool share;    /* or such a share of what lies between its best and its worst as it is now */
    size_t unit;   /* criterion in which it is made up for; TDO_NONE: one is chosen */
} tdo_agree_options;

/* What one person would have to do for one candidate. */
typedef struct tdo_agree_move {
    bool possible;         /* false: no weights do, and the rest is NaN */
    bool known;            /* false: no proven answer; then possible is false, too */
    double change;         /* half the L1 distance from the nearest allowed weights */
    const double *weights; /* [d] after the move, sum 1; of all least moves the one with the least
                              weight on the first criterion, then on the second, ... */
    double regret;         /* at these weights, against the favourite there */
} tdo_agree_move;

enum { TDO_AGREE_WORD_DIGITS = 3 }; /* of what is said */

typedef struct tdo_agree_candidate {
    uint32_t slot;
    double total;   /* sum over those with power of move_cost x change; NaN: somebody cannot */
    double largest; /* the largest change; NaN: somebody cannot */
    const tdo_agree_move *move; /* [S] */
    const double *compensation; /* [S] by how much its reading of the unit would have to change for
                                   this person to have no regret, at the weights as they are; of
                                   one without regret, by how much it may change until another one
                                   is better. What a run with that reading answers, all digits
                                   beyond the 12th on the side where it holds. NaN: no reading
                                   does, it has no weight, or it would take too much work */
    const double *said;         /* [S] the same in TDO_AGREE_WORD_DIGITS, or as many more as it
                                   takes for a run with that reading to answer so, too */
} tdo_agree_candidate;

/* Who meets everybody's needs. */
typedef struct tdo_agree_needs {
    size_t asked;           /* needs there are */
    const uint32_t *single; /* [n_single] slots that meet all, best first */
    size_t n_single;
    bool split;      /* no single one does, but this split, of as few as possible: the best under
                        `weighted` of these */
    bool within_mix; /* it keeps the limits of the scenario's mix, too; false: none can */
    const tdo_mix_share *share; /* [n_shares] */
    size_t n_shares;
    double range[2][2]; /* of two candidates: the shares of each between which all needs are met;
                           NaN: of more */
    const uint32_t *const *clash; /* [n_clashes] smallest sets of needs that no split meets: indices
                                     into all needs, in the scenario's order */
    const size_t *clash_size;
    size_t n_clashes;
    bool complete; /* those are all */
} tdo_agree_needs;

typedef struct tdo_agreement {
    double accept; /* in utility; with share: the share */
    bool share;
    size_t unit; /* of compensation; TDO_NONE: there is no criterion with numbers */
    const tdo_agree_candidate *of; /* [n] by total, then as ranked; those whom somebody can never
                                      accept last */
    size_t n;                      /* as many as the weights behind the choice were asked about */
    uint32_t least, least_largest; /* slots; UINT32_MAX: there is none */
    tdo_agree_needs needs;
} tdo_agreement;

/* s to regions of the case, with somebody feasible. choice: whose candidates are asked about.
 * Each move is a linear program with as many rivals as matter, solved exactly where it can be; each
 * answer is checked against all rivals. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_API TDO_MUST_USE tdo_status tdo_agree(const tdo_case *k, const tdo_choice *choice,
                                          const tdo_agree_options *o, tdo_arena *a,
                                          tdo_agreement *out, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
