/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights behind each choice: which weights put a candidate first, how far they may move before
 * another one is, and what a candidate lacks.
 *
 *     choosable    can any group weights (>= 0, sum 1) make it first under `weighted`? If so, the
 *                  ones with the largest lead; if not, a mixture of others, worth more at all
 *     allowed      the same over the weights that every stakeholder's "prefers" leaves open
 *     regret       the most that it may fall short of the best over the allowed weights
 *     rank range   its best and worst rank over the allowed weights (all group weights, where no
 *                  stakeholder has a "prefers")
 *     holds        between which values one weight of one stakeholder, or one power, may move while
 *                  the first one stays first
 *     flip         the smallest change of the group weights that puts another one first
 *     improvement  the smallest improvement of one measurement that makes a candidate first
 *
 * Ranges, and with them values, stay as they are while weights or one measurement move. Scores that
 * differ by no more than TDO_TIE are tied, and who is tied for first is first.
 *
 * Choosable, allowed and rank ranges are over the relative interior of the weights, that is over
 * all of them but a null set: who can only tie with a better one where some criterion has no weight
 * is not choosable; equal ones are always tied. A criterion in which all feasible candidates have
 * the same value is left out first: it makes nobody first.
 *
 * Answers are exact, or proven bounds that say so. Holds, flip and improvements are closed forms
 * and exact break points (no linear program), and so are part of the page's engine. */
#ifndef TRADEOFF_CHOICE_H
#define TRADEOFF_CHOICE_H

#include "tradeoff/region.h"
#include "tradeoff/search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Work is limited by the number of candidates, never by the clock: same input, same answer. */
enum {
    TDO_CHOICE_ALL = 2000,      /* feasible candidates up to which all are asked about; beyond: */
    TDO_CHOICE_BEST = 200,      /*   the frontier and so many of the best, */
    TDO_CHOICE_MANY = 500,      /*   but no more than this */
    TDO_CHOICE_PAIRS = 1000000, /* asked x members of the frontier: fewer are asked beyond, the best
                                   ones (but 20 at least) */
    TDO_CHOICE_REGION_PAIRS = 5000, /* the same where the corners of a region are not listed */
    TDO_CHOICE_RANKED = 200, /* feasible candidates up to which all have rank ranges; beyond: the
                                recommended one, the runner-up, the incumbent, every favourite */
    TDO_CHOICE_PLACES = 200, /* feasible candidates up to which holds under borda and copeland */
    TDO_CHOICE_KEMENY = 10   /*   are found, and under kemeny */
};
/* An improvement by more than so many times the range of a criterion (worst to best) is none: where
 * an observed range stretches with the cell, somebody may be first at 1e12, and nobody will get
 * there. */
#define TDO_IMPROVE_RANGES 10.0
/* Elementary steps that holds may cost; beyond, they are left out. */
#define TDO_CHOICE_STEPS 2e8
/* The same of rank ranges: of all together, and of one at most an eighth, which halves with each
 * that is found to cost more. */
#define TDO_CHOICE_RANK_STEPS 3e8

/* ---- who can be first ---- */

typedef struct tdo_part {
    uint32_t slot;
    double share; /* in (0, 1] */
} tdo_part;

typedef struct tdo_choosable {
    bool known; /* false: not proven either way; then the rest does not hold */
    bool yes;
    double lead;           /* yes: its score less that of the best other one on the frontier that
                              is not always tied with it, at these weights; no: minus what the
                              mixture is worth more at least (about 0: it is worth more at all
                              weights but a null set, or one of its parts is). NaN: there is no
                              such other one */
    const double *weights; /* [d] group weights with the largest lead; NULL where no */
    const tdo_part *beaten_by; /* [n_beaten_by] the largest share first; NULL where yes */
    size_t n_beaten_by;
} tdo_choosable;

typedef struct tdo_rank_range {
    bool asked;                       /* false: too many candidates are feasible, and it is none of
                                         those asked about all the same */
    bool known;                       /* false where asked: too much work; then the rest is 0 */
    uint32_t best, worst;             /* over the relative interior of the weights */
    const double *best_at, *worst_at; /* [d] group weights inside that reach them */
} tdo_rank_range;

typedef struct tdo_improvement {
    size_t criterion; /* the first one that counts of those which read the cell; TDO_NONE: no single
                         cell suffices within TDO_IMPROVE_RANGES, or it is first already */
    const char *column; /* of the cell */
    const char *group;  /* the subgroup whose cell it is; NULL: it is the candidate's own */
    double from, to;    /* what the cell reads; of levels, whole ones; to in nine digits */
    double until;       /* where being first is lost again, in nine digits inside; NaN: nowhere */
    double share;       /* the largest part of a range (worst to best) that a reading moves by */
    bool tied;          /* with `to` another one is first, too */
    bool left_out;      /* it would take too much work; then criterion is TDO_NONE */
    bool none;       /* every reading that counts, or keeps it out, has a cell that was tried, and
                        none suffices */
    bool above_zero; /* where none: of some column without numbers below 0 none was tried there */
} tdo_improvement;

typedef struct tdo_candidate_choice {
    uint32_t slot;
    tdo_choosable any;
    tdo_choosable allowed; /* known false where nobody has a region */
    bool necessary;        /* first at every allowed weight; where regret is computed */
    double regret;         /* NaN: not computed */
    tdo_rank_range rank;
    tdo_improvement improvement;
} tdo_candidate_choice;

/* ---- how long the first one stays first ---- */

typedef struct tdo_hold {
    size_t stakeholder;
    size_t criterion;      /* TDO_NONE: it is the power */
    double current;        /* normalised: weights of a stakeholder, and powers, sum to 1 */
    double from, to;       /* it stays first where the value is in [from, to] (at an end of it
                              another one may be tied, or ahead by a rule that has no ties). The
                              others keep their proportions (all of them 0: they share what is left
                              equally). An end within 1e-12 of 0 or 1 counts as that */
    uint32_t below, above; /* slot of one that is ahead just beyond; UINT32_MAX: the end is 0
                              or 1 */
} tdo_hold;

typedef struct tdo_holds {
    tdo_rule rule;
    uint32_t first;                   /* whose place is looked at */
    bool weights_known, powers_known; /* false: not computed for so many candidates */
    const tdo_hold *weight; /* [weights] stakeholder by stakeholder; none where there is one
                               criterion */
    size_t weights;
    const tdo_hold *power; /* [powers] none where there is one stakeholder */
    size_t powers;
} tdo_holds;

/* The first one under the rule (of r->winner), along every weight and every power.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_holds(const tdo_case *k, tdo_rule rule, tdo_arena *a,
                                               tdo_holds *out);

typedef struct tdo_flip {
    uint32_t to;           /* who is tied with the first one there, and ahead just beyond;
                              UINT32_MAX: no weights put another one ahead */
    double change;         /* sum of |change| over the group weights: twice what moves */
    const double *weights; /* [d] sum to 1; NULL: none */
} tdo_flip;

/* The smallest change of the group weights (>= 0, sum 1) beyond which another one is ahead of the
 * first one under `weighted`. Among equally small ones that of the better-ranked. Errors:
 * TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_flip(const tdo_case *k, tdo_arena *a, tdo_flip *out);

/* The smallest improvement of one cell that makes slot k first under `weighted` at the nominal
 * weights, within the constraints: what a run over the edited file answers. Every criterion that
 * reads the cell moves (a column of a sum, a subgroup), and an observed range with it. Left out are
 * means of rows, assumed readings, rows of a file that several candidates share, a cell that makes
 * one criterion better and another one worse, and columns that say who is a candidate. scratch: for
 * room. steps: looks at candidates that it may cost, lessened by those it did; used up, nothing is
 * found. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_improvement(const tdo_case *k, uint32_t slot,
                                                     tdo_arena *scratch, double *steps,
                                                     tdo_improvement *out);

/* ---- all of it ---- */

/* What somebody lacks who is not feasible. */
typedef struct tdo_outside {
    size_t candidate;
    tdo_improvement weighted, headline; /* under that rule, and under the scenario's */
} tdo_outside;

typedef struct tdo_choice {
    bool computed;
    bool sought;    /* linear programs looked for weights that choose somebody */
    uint32_t first; /* under `weighted` */
    const tdo_candidate_choice *candidate; /* [asked] in the order of the ranking */
    size_t asked;
    const uint32_t *place; /* [F] index into of; UINT32_MAX: not asked */
    tdo_holds weighted;
    tdo_holds headline; /* under the scenario's rule; the same where that is weighted */
    const tdo_improvement *improvement; /* [asked] under the scenario's rule; NULL: not asked for,
                                           or that is weighted: those of candidate */
    const tdo_outside *outside;         /* [n_outside] by the bytes of the id */
    size_t n_outside; /* 0: not asked for, or all are feasible, or too many are not */
    tdo_flip flip;
    bool regions;          /* somebody has allowed weights */
    uint32_t least_regret; /* slot: the minimax-regret choice over the allowed weights, the
                              best in the ranking among equal ones; UINT32_MAX: not
                              computed */
    size_t lps;            /* for the bench */
    double steps;          /* of rank ranges */
    double seconds;        /* in GLPK, wall clock */
} tdo_choice;

/* F >= 1. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_API TDO_MUST_USE tdo_status tdo_find_choice(const tdo_case *k, tdo_arena *a, tdo_choice *out,
                                                tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
