/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is where readings have errors and weights are open: many samples, each with
 * readings and weights of its own.
 *
 * Sample k is a function of the seed and k. An error belongs to a column and is drawn once in each
 * sample: every criterion, sum and limit that reads the column sees the same draw. The value of a
 * sampled reading is that of the reading plus the slope of the scale times the difference, so that
 * nothing is clamped anew; value functions are taken as written. Who may be chosen is decided by
 * the readings: samples never add or remove anybody. */
#ifndef TRADEOFF_ROBUST_H
#define TRADEOFF_ROBUST_H

#include "tradeoff/fleet.h"
#include "tradeoff/region.h"
#include "tradeoff/search.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_ROBUST_RANKS = 100, /* feasible candidates up to which all ranks are counted; beyond: */
    TDO_ROBUST_FIRST_RANKS = 20, /*   so many, and the others together */
    TDO_ROBUST_PAIRS =
        200, /* feasible candidates up to which doubt is found, and the tie by samples */
    TDO_ROBUST_FRONTIER = 500,  /* and how often each is on the frontier */
    TDO_ROBUST_CONFIDENT = 10,  /* most often first ones whose confidence is found */
    TDO_ROBUST_CENTRAL = 100,   /* samples in which one must be first for central weights */
    TDO_ROBUST_SAMPLES = 10000, /* default */
    TDO_ROBUST_SOURCES = 200,   /* sources of doubt up to which each is looked at */
    TDO_ROBUST_UNASKED = 40000, /* feasible candidates up to which samples are taken unasked */
    TDO_ROBUST_ROUND = 4096,    /* samples after which it is asked whether they suffice */
    TDO_ROBUST_LIMITS = 10000   /* samples by which limits without a closed form are judged */
};

typedef struct tdo_robust_options {
    uint64_t samples;         /* at most; 0: only limits are judged */
    double until;             /* > 0: fewer, where the standard error of how often the winner is
                                 first is below this after a multiple of TDO_ROBUST_ROUND */
    bool each_draw;           /* sample k is joint draw k; else one is drawn */
    int threads;              /* 0: as many as there are cores */
    const tdo_fleet *fleet;   /* processes that divide the samples, and all make this call; what
                                 more readings or a talk are worth process 0 finds; NULL: none */
    const volatile int *stop; /* not 0, in process 0: come to an end; NULL: nobody asks */
    /* Called by one thread at a time, with samples that are done of one question and how many it
     * goes to; NULL: nobody looks. */
    void (*progress)(void *user, uint64_t done, uint64_t samples);
    void *user;
} tdo_robust_options;

/* The default number: 10,000, fewer where samples x (feasible candidates + rows of items that
 * quantiles are of) passed 4e7, 1,000 at least. */
TDO_API uint64_t tdo_default_samples(const tdo_measured *x, size_t feasible);

/* Is anything uncertain: has a reading an error that is not 0, or has somebody a region of weights,
 * or the powers? s, x and regions of the case. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_uncertain(const tdo_case *k, tdo_arena *a, bool *out);

typedef enum tdo_error_kind {
    TDO_ERROR_SE,       /* a standard error: normal, or Student t of few runs, or Beta between
                           bounds */
    TDO_ERROR_INTERVAL, /* two normal halves about the median */
    TDO_ERROR_ITEMS,    /* means over the items of a file, jointly */
    TDO_ERROR_GROUPS,   /* the cells of a file of subgroups */
    TDO_ERROR_DRAWS,    /* joint draws */
    TDO_ERROR_KINDS
} tdo_error_kind;

/* What has an error: a column, a sum of columns ("criterion:ID"), a file. */
typedef struct tdo_measurement_error {
    const char *name;
    tdo_error_kind kind;
    bool has_correlation; /* stated; items and draws are joint as they are */
    double correlation;   /* 0 where not stated */
    bool unstated;        /* nobody said how much the candidates share: nothing, in every figure */
    size_t items;         /* of items: how many of them (of clusters, where there are) */
} tdo_measurement_error;

typedef enum tdo_doubt_kind { TDO_DOUBT_NOISE, TDO_DOUBT_WEIGHTS, TDO_DOUBT_POWERS } tdo_doubt_kind;

typedef struct tdo_doubt_source {
    tdo_doubt_kind kind;
    size_t index;   /* of the noise, or of the stakeholder; 0 */
    double without; /* the first one stays first where this is held at what it is now */
    double alone;   /* the same where only this is uncertain */
} tdo_doubt_source;

/* What was found about a feasible candidate. Probabilities are shares of the samples; a sample in
 * which several are tied counts for each with an equal share. */
typedef struct tdo_robust_candidate {
    const double *rank; /* [ranks] */
    double first, first_se;
    double feasible; /* all limits hold */
    double first_and_feasible;
    double on_frontier;    /* NaN: not counted (too many candidates) */
    double expected;       /* mean score under the headline rule */
    const double *central; /* [S x d] mean weights over the samples in which it is first; NULL:
                              in fewer than TDO_ROBUST_CENTRAL */
    double confidence;     /* first at its central weights, by noise alone; NaN: not asked */
    const double *regret;  /* [S] mean regret of each stakeholder */
} tdo_robust_candidate;

/* What so many more items of a criterion are worth, and what they cost. */
typedef struct tdo_more_items {
    double n;
    double value; /* in utility */
    double cost;  /* NaN: not said */
} tdo_more_items;

/* What knowing a criterion exactly is worth, in utility: of all feasible candidates, or of one. */
typedef struct tdo_measure_next {
    size_t criterion;
    uint32_t slot; /* UINT32_MAX: of all */
    double value;
    double value_se;            /* 0: not from samples */
    const tdo_more_items *more; /* [n_more] of all: by n; NULL: "measure" does not ask, or the
                                   errors are not normal */
    size_t n_more;
    double best_n; /* items that pay best; 0: none do; NaN: not asked, or no costs */
} tdo_measure_next;

/* What settling the weights of a stakeholder is worth. */
typedef struct tdo_discuss_next {
    size_t stakeholder;
    double value, value_se;
} tdo_discuss_next;

enum {
    TDO_LEARN_SAMPLES = 65536, /* at most, of what is learned */
};
/* What is worth less is not listed of single candidates. */
#define TDO_LEARN_LEAST 1e-9

/* What is to be had by knowing, in utility, under `weighted` (Raiffa and Schlaifer 1961). */
typedef struct tdo_information {
    bool known;           /* false: interrupted, or another rule: then only `changes` holds */
    double loss;          /* E max_j U_j - E U_recommended */
    double swap;          /* max_j E U_j - E U_recommended: to be had now */
    uint32_t swap_to;     /* its slot; UINT32_MAX: it is the recommended one */
    double everything;    /* E max_j U_j - max_j E U_j */
    double everything_se; /* 0: a closed form, or every draw once */
    double changes;       /* the probability that another one is first; NaN: not sampled */
    bool listed;          /* the next were looked for: known, and up to TDO_ROBUST_PAIRS feasible */
    const tdo_measure_next *measure; /* [n_measure] by falling value */
    size_t n_measure;
    const size_t *unknown; /* [n_unknown] criteria with an error that says something of another one
                              for which there is no closed form: not in the list */
    size_t n_unknown;
    const tdo_discuss_next *discuss; /* [n_discuss] by falling value */
    size_t n_discuss;
    double per_utility; /* in the unit of the scenario's worth_in, for one period; NaN: its weight
                           or slope is 0 there, or nobody asked */
} tdo_information;

typedef struct tdo_robust {
    uint64_t samples; /* that were drawn; 0: nobody is feasible, only noise holds */
    uint64_t seed;
    double level;
    bool interrupted;             /* what came after the first count was left out */
    tdo_measurement_error *noise; /* [n_noise] */
    size_t n_noise;
    size_t ranks;                    /* all, or TDO_ROBUST_FIRST_RANKS and one for the others */
    tdo_robust_candidate *candidate; /* [F] by slot */
    const double *correlated; /* [F] first where every correlation that is not stated is 0.9; NULL:
                                 all are stated, or nothing has an error */
    bool doubted;             /* the next three hold */
    bool many_sources;        /* more than TDO_ROBUST_SOURCES: doubt is left out */
    double stays;            /* the one that is first at the readings is first in so many samples */
    tdo_doubt_source *doubt; /* [n_doubt] */
    size_t n_doubt;
    const uint32_t *tie; /* [n_tie] slots, best first: those that noise does not tell from the best
                            at the level (beyond TDO_ROBUST_PAIRS feasible ones, among as many
                            best); NULL: not found */
    size_t n_tie;
    double optimism; /* by how much the sampled score of each sample's winner is above its score at
                        the readings, on average; NaN: nothing has an error */
    uint32_t most_often, best_expected; /* slots */
    tdo_information information;
    const size_t *exact_groups; /* [n_exact_groups] criteria whose subgroups have errors that are
                                   not sampled */
    size_t n_exact_groups;
} tdo_robust;

/* Every limit on what has an error, and every one that asks to be shown. Closed forms where errors
 * are normal (a limit that is relative to the incumbent: with what the two errors share); joint
 * draws all, each once; else the samples 0 to TDO_ROBUST_LIMITS - 1 of the seed, whatever else is
 * sampled. A warning (W_SHOWN) where a limit asks to be shown and some have no error there.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_doubt_limits(const tdo_scenario *s, const tdo_measured *x,
                                                 tdo_arena *a, tdo_limit_doubts *out,
                                                 tdo_warnings *w);

/* One limit from the standard errors of what it compares, in closed form: constraint, level and se
 * of *d are given, the rest is found. NaN there: an error of another kind; holds and the others are
 * NaN, too. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_doubt_normal(const tdo_scenario *s, const tdo_measured *x,
                                                 tdo_arena *a, tdo_limit_doubt *d);

/* How sure it is that slot top has a better score than each of n others where noise alone moves
 * them: the share of joint draws, each once, or of the samples 0 to tdo_default_samples - 1 of the
 * seed, whatever else is sampled; a tie counts half. holds: [n]. s to front of the case. user: not
 * used. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_sample_leads(void *user, const tdo_case *k, uint32_t top,
                                                 const uint32_t *slot, size_t n, double *holds);

/* What a probability of a limit of so many parts says at a level; NaN: nothing is shown. */
TDO_API tdo_shown tdo_shown_status(double holds, size_t parts, double level);

/* s to regions of the case (without anybody feasible: s to v). Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_sample(const tdo_case *k, const tdo_robust_options *o,
                                           tdo_arena *a, tdo_robust *out);

#ifdef __cplusplus
}
#endif

#endif
