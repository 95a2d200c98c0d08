/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best set of candidates: which ones to take where sums of readings, their number and who
 * belongs to whom are limited.
 *
 * A set is worth what its candidates are worth together: with "sum" the utility of each less that
 * of doing nothing, added up; with "best" each stakeholder has the utility of the best one taken.
 * The rule makes one value of the stakeholders': their power-weighted sum, or the least of them.
 * Sums of readings are exact decimals, and values are whole multiples of 1e-15, so that what is
 * proven is proven: nothing allowed is worth more. */
#ifndef TRADEOFF_PORTFOLIO_H
#define TRADEOFF_PORTFOLIO_H

#include "tradeoff/choice.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How much a search may take: sets that are begun. */
enum {
    TDO_PORTFOLIO_STEPS = 20000000,          /* for the best set */
    TDO_PORTFOLIO_FRONTIER_STEPS = 20000000, /* for all sets of the frontier together */
    TDO_PORTFOLIO_CORE_STEPS = 5000000,      /* for all sets that allowed weights leave */
    TDO_PORTFOLIO_SETS = 10000,              /* of either that are listed, at most */
    TDO_PORTFOLIO_AXES = 12 /* extreme weights that the core is asked for, at most */
};

typedef enum tdo_portfolio_status {
    TDO_PORTFOLIO_OPTIMAL,
    TDO_PORTFOLIO_INFEASIBLE,
    TDO_PORTFOLIO_LIMIT, /* the search was cut short: the best so far, or none */
    TDO_PORTFOLIO_STATUSES
} tdo_portfolio_status;

typedef struct tdo_portfolio_set {
    const uint32_t *candidate; /* [n] by rank, then the bytes of the id */
    size_t n;
    double value;
    const double *sum; /* [limits of the portfolio] of the readings, exact, rounded once */
} tdo_portfolio_set;

/* Part of what cannot hold together. */
typedef struct tdo_portfolio_part {
    const char *text; /* "sum of cost <= 12 MUSD", "at least 3 candidates" */
} tdo_portfolio_part;

typedef struct tdo_portfolio {
    tdo_portfolio_status status;
    bool found; /* set holds; else nothing was found */
    tdo_portfolio_set set;
    const double *utility; /* [S] what the set is worth to each */
    double bound;          /* nothing allowed is worth more */
    uint64_t steps;
    size_t unmeasured; /* feasible candidates that lack a limited reading */
    size_t linked_out; /* other feasible ones, who come only with somebody who cannot be taken */
    const tdo_constraint *const *axis_of; /* [n_axes] the limits on criteria that the frontier is
                                             against */
    size_t n_axes;
    bool has_frontier; /* false: there is no such criterion, or it took too much (no_frontier) */
    const tdo_portfolio_set *frontier; /* [n_frontier] by value falling, then by the sums */
    size_t n_frontier;
    const char *no_frontier; /* why not; NULL: nobody asked */
    bool has_core;
    const double *core; /* [n] share of the non-dominated sets that contain it; NaN: not feasible */
    size_t core_sets;   /* the non-dominated sets over the allowed weights */
    const char *no_core;
    const char *settle; /* "quality >= cost": the statement whose answer leaves the fewest open,
                           whichever it is; NULL: none leaves fewer */
    size_t open, settle_yes, settle_no; /* candidates in some but not all: now, and then */
    const tdo_portfolio_part *clash; /* [n_clash] infeasible: a smallest set of what cannot hold */
    size_t n_clash;
    bool clash_proven; /* it is a smallest one; false: none of it can be left out */
} tdo_portfolio;

/* Do the ids of s->portfolio exist, and can what is said of them hold at all? Errors: TDO_E_INPUT
 * (located, in the report), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_portfolio_check(const tdo_scenario *s, const tdo_measured *x,
                                                    tdo_arena *a, tdo_report *report);

/* Solves s->portfolio over the feasible candidates: s to r of the case, regions where there are.
 * Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_API TDO_MUST_USE tdo_status tdo_portfolio_solve(const tdo_case *k, tdo_arena *a,
                                                    tdo_portfolio *out, tdo_warnings *w,
                                                    tdo_error *err);

/* The best set when a candidate must be in it (or must not). */
typedef struct tdo_portfolio_turned {
    bool asked;      /* false: no best set was found, or the candidate can be in none */
    bool with;       /* must be in; else: must not */
    bool linked_out; /* not asked: it comes only with somebody who cannot be taken */
    tdo_portfolio_status status;
    bool found;
    tdo_portfolio_set set; /* where found */
} tdo_portfolio_turned;

/* What is the best set with candidate i, where the best one leaves it out, or without it, where it
 * is taken? is: what was solved of the same case. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_portfolio_turn(const tdo_case *k, const tdo_portfolio *is,
                                                   size_t i, tdo_arena *a,
                                                   tdo_portfolio_turned *out, tdo_error *err);

/* Does a set take candidate i? */
TDO_API bool tdo_portfolio_takes(const tdo_portfolio_set *set, size_t i);

/* "optimal", "infeasible", "limit". */
TDO_API const char *tdo_portfolio_status_word(tdo_portfolio_status s);

#ifdef __cplusplus
}
#endif

#endif
