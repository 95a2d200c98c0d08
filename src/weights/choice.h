/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the weights behind each choice.
 *
 *   choice_weighted  holds under `weighted`, and the flip        (closed forms)
 *   choice_edits     the cells of the files behind a candidate's readings
 *   choice_lack      what is asked of a cell while it is edited  (halving)
 *   choice_improve   what a candidate lacks
 *   choice_path      one weight or power moves: what the utilities become
 *   choice_holds     the table of rules that know how far it may; the answers
 *   choice_levels    holds under the rules that compare levels   (exact break points)
 *   choice_shortfall holds under chebyshev                       (exact break points)
 *   choice_places    holds under borda and copeland              (exact break points)
 *   choice_kemeny    holds under kemeny                          (exact break points)
 *   choice_lp        who can be first                            (linear programs)
 *   choice_regret    over the allowed weights: necessary winners, regret
 *   choice_wishes    the weights that count: all, or the allowed ones
 *   choice_space     the group weights they add up to, by their corners
 *   choice_hull      the corners and facets of points
 *   choice_cells     parts of the weights, and cutting them in two
 *   choice_rank      rank ranges                                 (branch and bound over cells)
 *   choice_pairs     how many must be ahead in a cell
 *   choice_sweep     the same where two criteria share what moves
 *   choice_closed    who is asked about, and what needs no linear program
 *   choice           the whole */
#ifndef TRADEOFF_WEIGHTS_CHOICE_H
#define TRADEOFF_WEIGHTS_CHOICE_H

#include "tradeoff/choice.h"

/* Break points closer than this count as one. */
#define CHOICE_SAME_POINT 1e-12

/* ---- the whole, in two steps (between them come the linear programs, which the page has not) ----
 */

/* *of: [out->asked] who is asked about, in the order of the ranking; all else is yet to be found.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_start(const tdo_case *k, tdo_arena *a, tdo_candidate_choice **of,
                                     tdo_choice *out);
/* Improvements, holds, the flip. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_find_closed(const tdo_case *k, tdo_candidate_choice *of,
                                           tdo_arena *a, tdo_choice *out);

/* Is it the recommended one, the runner-up, the incumbent or somebody's favourite? */
bool choice_is_named(const tdo_case *k, uint32_t slot);

/* ---- one weight or power moves ---- */

/* t is the weight of one criterion for one stakeholder, or the power of one stakeholder. */
typedef struct choice_path {
    size_t stakeholder;
    size_t criterion; /* TDO_NONE: the power moves */
    double current;
    const double *rest; /* the proportions of what does not move, sum 1: [d] weights of that
                           stakeholder (0 at the criterion), or [S] powers (0 at the
                           stakeholder) */
} choice_path;

/* rest: [max(d, S)] room. */
void choice_path_make(const tdo_utility *u, size_t stakeholder, size_t criterion, double *rest,
                      choice_path *out);

typedef struct choice_line {
    double at0, slope;
} choice_line;

static inline double choice_line_at(choice_line l, double t)
{
    return l.at0 + t * l.slope;
}

/* The utility of slot k for the stakeholder whose weight moves. */
choice_line choice_path_utility(const choice_path *p, const tdo_valued *v, uint32_t k);

/* ---- holds by rule; k->r->winner[rule] is the one that stays ---- */

/* [paths] holds to fill: stakeholder, criterion and now are set. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_holds_weighted(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                              size_t n);
TDO_MUST_USE tdo_status choice_holds_shortfall(const tdo_case *k, tdo_arena *scratch,
                                               tdo_hold *hold, size_t n);
TDO_MUST_USE tdo_status choice_holds_maximin(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                             size_t n);
TDO_MUST_USE tdo_status choice_holds_nash(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                          size_t n);
TDO_MUST_USE tdo_status choice_holds_kalai_smorodinsky(const tdo_case *k, tdo_arena *scratch,
                                                       tdo_hold *hold, size_t n);
TDO_MUST_USE tdo_status choice_holds_minimax_regret(const tdo_case *k, tdo_arena *scratch,
                                                    tdo_hold *hold, size_t n);
TDO_MUST_USE tdo_status choice_holds_borda(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                           size_t n);
TDO_MUST_USE tdo_status choice_holds_copeland(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                              size_t n);
TDO_MUST_USE tdo_status choice_holds_kemeny(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                            size_t n);

#endif
